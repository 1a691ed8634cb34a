"""The figure of a topic: a ring where the tables differ, a bracket where they agree, and who does what."""

import pytest

from srm_data.core.frames import as_matrix
from srm_data.core.language import texts
from srm_data.core.topics import look_up
from srm_data.core.vocabulary import LANGUAGES
from srm_data.views.figures import draw
from srm_data.views.figures.canvas import SIZES
from srm_data.views.figures.marks import Box, Lines
from srm_data.views.topic_sentences import model_label
from tests.views.figures.checks import claims, faults

FIVE = ("azure-2026", "gcp", "aws-rds", "ibm-iaas", "nist-800-145")
IN_BOTH = pytest.mark.parametrize("lang", LANGUAGES)
IN_EACH_SHAPE = pytest.mark.parametrize("size", SIZES)
TWO = ("azure-2026", "gcp")


def heads(picture, found):
    """Each service model with the left side of its column, by the headings."""
    labels = {model_label(model).partition("-")[0]: model for model in found.models}
    at = {text.text.rstrip("-").partition("-")[0]: text.x for text in picture.texts() if text.bold}
    return [(model, at[label]) for label, model in labels.items()]


def under(picture, found, left, right):
    """The service models whose column begins between these sides."""
    return [model for model, x in heads(picture, found) if left - 1 <= x < right]


@IN_EACH_SHAPE
@IN_BOTH
@pytest.mark.parametrize("topic", ["network-controls", "identity", "application"])
@pytest.mark.parametrize("tables", [TWO, FIVE])
def test_the_ring_is_around_the_columns_where_the_tables_differ(tables, topic, lang, size):
    found = look_up(topic, tables, lang)
    picture = draw.topic(topic, tables, lang, size=size)
    ringed = {
        model for ring in claims(picture) for model in under(picture, found, ring.x, ring.x + ring.width)
    }
    assert ringed == {model for model in found.models if found.verdict(model) == "differ"}
    assert all(isinstance(ring, Box) for ring in claims(picture))
    said = [text.text for text in picture.texts() if text.colour == claims(picture)[0].edge]
    assert set(" ".join(said).split()) == set(texts(lang)["topic"]["differ"].split())


@IN_EACH_SHAPE
@IN_BOTH
@pytest.mark.parametrize("topic", ["network-controls", "operating-system"])
def test_a_bracket_is_under_the_columns_where_they_agree(topic, lang, size):
    found = look_up(topic, TWO, lang)
    picture = draw.topic(topic, TWO, lang, size=size)
    brackets = [mark for mark in picture.marks if isinstance(mark, Lines) and len(mark.ends) == 3]
    agreed = [model for b in brackets for model in under(picture, found, b.ends[1][0][0], b.ends[1][1][0])]
    assert sorted(agreed) == sorted(model for model in found.models if found.verdict(model) == "agree")
    # They are the claim only where there is nothing that differs.
    assert [b.claim for b in brackets] == [topic == "operating-system"] * len(brackets)


@IN_BOTH
def test_who_does_which_part_of_the_shared_cell_where_they_differ(lang):
    picture = draw.topic("network-controls", TWO, lang)
    said = " ".join(text.text for text in picture.texts())
    m = as_matrix("azure-2026", lang)
    area = next(area for area in m.areas if area.id == "network-controls")
    cell = m.cell(area, m.column("paas"))
    assert f"{m.short}, PaaS" in said
    assert cell.customer_part in said
    assert cell.provider_part in said
    before = " ".join(text.text for text in draw.topic("network-controls", TWO, lang, shown=1).texts())
    assert cell.customer_part not in before


@IN_BOTH
def test_with_nothing_shared_each_row_tells_why_it_is_about_the_topic(lang):
    said = " ".join(text.text for text in draw.topic("operating-system", TWO, lang).texts())
    for line in look_up("operating-system", TWO, lang).lines:
        assert f"{line.area.label}: {line.reason}" in said


@IN_EACH_SHAPE
def test_a_table_with_several_rows_has_one_on_a_narrow_slide_with_many(size):
    picture = draw.topic("operating-system", FIVE, "en", size=size)
    said = [text.text.partition(", ")[0] for text in picture.texts()]
    assert said.count("AWS RDS") == (2 if size == "16:9" else 1)
    assert len(picture.rows) == 1 + 6  # the table behind the picture keeps them all


@IN_EACH_SHAPE
@IN_BOTH
def test_a_topic_of_all_tables_counts_the_rows_that_have_no_room(lang, size):
    picture = draw.topic("application", None, lang, size=size)
    assert [*faults(picture)] == []
    tables = {row[0] for row in picture.rows[1:]}
    drawn = {text.text for text in picture.texts()} & tables
    assert texts(lang)["ask"]["more"].format(n=len(tables) - len(drawn)) in [t.text for t in picture.texts()]


@IN_EACH_SHAPE
def test_an_empty_topic_does_not_tell_which_parties_occur(size):
    for topic in ("data", "network-controls"):  # one of them is all the customer's
        said = [text.text for text in draw.topic(topic, TWO, "en", size=size, shown=0).texts()]
        assert [text for text in said if text in ("C", "S", "P")] == ["C", "S", "P"]
        assert not any("sources disagree" in text for text in said)


def test_a_narrow_cell_drops_the_mark_of_a_note_for_its_word_but_never_that_of_a_dispute():
    def said(topic, size):
        return [text.text for text in draw.topic(topic, TWO, "nl", size=size).texts()]

    assert "Leverancier*" in said("network-controls", "16:9")
    assert "met een kanttekening" in " ".join(said("network-controls", "16:9"))
    assert said("network-controls", "1:1").count("Leverancier") == 3
    assert "met een kanttekening" not in " ".join(said("network-controls", "1:1"))
    assert "Klant?" in said("application", "1:1")


def test_a_row_for_a_table_keeps_the_doubt_of_its_areas():
    # Of the two areas of Google one is disputed under PaaS.
    tables = ("azure-ai", "azure-ai-agent", "azure-2026", "gcp")
    said = [text.text for text in draw.topic("application", tables, "en", size="1:1").texts()]
    row = said[said.index("Google Cloud, 2023") + 1 :][:8]
    assert row == ["C", "Customer", "C", "Customer", "C", "Customer?", "P", "Provider"]
