"""The figure of an incident: its story whole and large, a ring on its row, and a sentence on whose it is."""

import pytest

from srm_data.core.incidents import as_incident, incident_ids
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.views.figures import draw
from srm_data.views.figures.canvas import SIZES
from srm_data.views.figures.text_fit import LEAST
from srm_data.views.incident_sentences import incident_verdict
from tests.views.figures.checks import cells_of, claims

IN_BOTH = pytest.mark.parametrize("lang", LANGUAGES)
IN_EACH_SHAPE = pytest.mark.parametrize("size", SIZES)
WITH = [name for name in incident_ids() if as_incident(name, "en").areas]
WITHOUT = [name for name in incident_ids() if not as_incident(name, "en").areas]


def written(picture):
    """All that is written, running text in one piece."""
    return " ".join(text.text for text in picture.texts())


def name_over(picture, ring):
    """The nearest bold text over a ring."""
    over = [text for text in picture.texts() if text.bold and text.y < ring.y + 4]
    return max(over, key=lambda text: text.y).text


@IN_EACH_SHAPE
@IN_BOTH
def test_the_ring_is_on_the_row_of_the_incident_in_its_columns(size, lang):
    for incident in WITH:
        i = as_incident(incident, lang)
        picture = draw.incident(incident, lang, size=size)
        rings = claims(picture)
        assert [name_over(picture, ring) for ring in rings] == [area.label for area in i.areas]
        for ring in rings:
            inside = [column for column, x in places(picture, i) if ring.x < x + 10 < ring.x + ring.width]
            assert inside == [column.id for column in i.columns]


def places(picture, i):
    """Each column with the left side of its cells, taken from the cells of one row."""
    ring = claims(picture)[0]
    row = sorted(box.x for box in cells_of(picture) if box.fill != "none" and abs(box.y - ring.y - 4) < 1)
    return [(column.id, x) for column, x in zip(i.matrix.columns, row, strict=True)]


@IN_BOTH
def test_the_cell_in_the_ring_is_the_only_one_in_colour(lang):
    for incident in WITH:
        picture = draw.incident(incident, lang)
        i = as_incident(incident, lang)
        filled = [box for box in cells_of(picture) if box.fill not in ("none", picture.ground)]
        assert len(filled) == len(i.areas) * len(i.columns)
        for box in filled:
            assert any(
                ring.x < box.x
                and box.x + box.width < ring.x + ring.width
                and ring.y < box.y < ring.y + ring.height
                for ring in claims(picture)
            )


@IN_EACH_SHAPE
@IN_BOTH
@pytest.mark.parametrize("shown", [0, 1, 2])
def test_the_story_stands_whole_and_large(size, lang, shown):
    for incident in incident_ids():
        i = as_incident(incident, lang)
        picture = draw.incident(incident, lang, size=size, shown=shown)
        assert i.story in written(picture)
        lines = [text.size for text in picture.texts() if text.text in i.story and len(text.text) > 12]
        assert min(lines) >= (30 if size == "16:9" else LEAST)


@IN_EACH_SHAPE
@IN_BOTH
def test_one_sentence_says_who_failed_and_whose_row_it_is(size, lang):
    for incident in incident_ids():
        i = as_incident(incident, lang)
        said = written(draw.incident(incident, lang, size=size))
        words = texts(lang)["incident"]
        verdict = incident_verdict(i)
        assert verdict in said
        assert verdict.startswith(words["failed"][i.failed_party]["say"].format(provider=i.provider))
        for area in i.areas:
            owners = {i.matrix.cell(area, column).party for column in i.columns}
            assert area.label in verdict
            if len(owners) == 1:
                assert words["of"][owners.pop()].format(area=area.label) in verdict
        if not i.areas:
            assert words["of_none"] in verdict


def test_the_sentence_in_words():
    def said(incident, lang="en"):
        return incident_verdict(as_incident(incident, lang))

    assert (
        said("ovh-fire-2021") == "The provider failed (OVHcloud). Row: Physical datacenter, the provider's."
    )
    assert said("chaosdb-2021", "nl") == (
        "De leverancier ging de fout in (Microsoft Azure). Rij: Applicaties, van allebei een deel."
    )
    assert said("meltdown-spectre-2018").endswith(
        "Rows: Operating system, the customer's; Physical hosts, the provider's."
    )
    assert said("log4shell-2021").endswith("Row: Applications, from customer to shared.")
    assert said("unisuper-2024") == "The provider failed (Google Cloud). No row of the table is about it."


@IN_BOTH
def test_a_wide_slide_tells_all_that_is_disputed(lang):
    for incident in incident_ids():
        i = as_incident(incident, lang)
        assert i.dispute in written(draw.incident(incident, lang))


@IN_BOTH
def test_the_rows_beside_it_are_drawn_and_the_others_counted(lang):
    for incident in WITH:
        i = as_incident(incident, lang)
        said = [text.text for text in draw.incident(incident, lang).texts()]
        names = [area.label for area in i.matrix.areas]
        hit = [names.index(area.label) for area in i.areas]
        near = [name for j, name in enumerate(names) if min(hit) - 1 <= j <= max(hit) + 1]
        assert [name for name in names if name in said] == near
        assert texts(lang)["ask"]["more"].format(n=len(names) - len(near)) in said


@IN_BOTH
def test_where_no_row_is_about_it_all_rows_are_named(lang):
    for incident in WITHOUT:
        i = as_incident(incident, lang)
        picture = draw.incident(incident, lang)
        said = written(picture)
        assert ", ".join(area.label for area in i.matrix.areas) in said
        (ring,) = claims(picture)
        level = [text for text in picture.texts() if ring.y < text.y < ring.y + ring.height]
        assert [text.text for text in level if text.x > ring.x] == [texts(lang)["label"]["no_row"]]


@IN_EACH_SHAPE
@IN_BOTH
def test_the_first_step_names_all_rows_alike(size, lang):
    for incident in incident_ids():
        i = as_incident(incident, lang)
        picture = draw.incident(incident, lang, size=size, shown=1)
        names = [area.label for area in i.matrix.areas]
        listed = [text for text in picture.texts() if text.text in names]
        assert sorted(text.text for text in listed) == sorted(names)
        assert len({(text.size, text.colour, text.bold) for text in listed}) == 1
        assert claims(picture) == []


@IN_EACH_SHAPE
@IN_BOTH
def test_an_empty_one_names_no_row_and_explains_all_three_parties(size, lang):
    for incident in incident_ids():
        i = as_incident(incident, lang)
        picture = draw.incident(incident, lang, size=size, shown=0)
        said = [text.text for text in picture.texts()]
        assert not [area.label for area in i.matrix.areas if area.label in said]
        letters = [party["letter"] for party in texts(lang)["party"].values()]
        assert [text for text in said if text in letters] == letters
