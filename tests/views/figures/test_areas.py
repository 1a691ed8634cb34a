"""Areas in rows: what has a bracket, what becomes one row, and what is counted instead of drawn."""

import re

import pytest

from srm_data.core.frames import as_matrix
from srm_data.core.vocabulary import LANGUAGES
from srm_data.views import matrix_content
from srm_data.views.figures import draw as figures
from srm_data.views.figures.arrangement import LOOKS, across, arranged
from srm_data.views.figures.canvas import SIZES, Canvas
from srm_data.views.figures.marks import Lines
from tests.views.figures.checks import cells_of, claims


def bracketed(picture, labels):
    """Which of these labels stand between the arms of a bracket of the claim."""
    found = set()
    for mark in claims(picture):
        ys = [y for ends in mark.ends for _, y in ends] if isinstance(mark, Lines) else []
        found |= {
            text.text
            for text in picture.texts()
            if ys and text.text in labels and min(ys) <= text.y - text.size * 0.36 <= max(ys)
        }
    return found


@pytest.mark.parametrize("size", ["16:9", "4:3"])
def test_the_bracket_spans_the_areas_that_stay_with_the_customer(size):
    labels = {area.label for area in as_matrix("azure-2026", "en").areas}
    kept = {"Customer data", "Configurations and settings", "Identities and users"}
    assert bracketed(figures.matrix("azure-2026", "en", size=size), labels) == kept
    lit = kept | {"Client devices"}
    assert bracketed(figures.model("azure-2026", "PaaS", "en", size=size), labels) == lit


@pytest.mark.parametrize("size", ["16:9", "4:3"])
def test_where_the_bands_are_not_what_is_claimed_the_claim_has_a_bracket_of_its_own(size):
    labels = {area.label for area in as_matrix("azure-ai", "en").areas}
    kept = {"User training and accountability", "Usage policy, admin controls"}
    assert bracketed(figures.matrix("azure-ai", "en", size=size), labels) == kept


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_build_moves_no_area_where_the_sets_stand_together(lang):
    for matrix in ("azure-2026", "azure-classic", "aws-rds", "nist-800-145"):
        m = as_matrix(matrix, lang)
        labels = {area.label for area in m.areas}
        places = [
            [(text.text, round(text.y)) for text in picture.texts() if text.text in labels]
            for picture in figures.build(figures.matrix, matrix, lang=lang)
        ]
        assert places[0]
        assert places == [places[0]] * len(places)


def test_an_empty_figure_keeps_the_order_of_its_table():
    labels = [area.label for area in as_matrix("isaca-2022", "en").areas]
    empty = [text.text for text in figures.matrix("isaca-2022", "en", shown=0).texts()]
    whole = [text.text for text in figures.matrix("isaca-2022", "en").texts()]
    assert [label for label in empty if label in labels] == [label for label in labels if label in empty]
    kept = whole.index("Data integrity and confidentiality"), whole.index("Access policies")
    assert max(kept) < whole.index("Physical controls")  # the provider's come last, once they may be told


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("matrix", ["azure-ai-agent", "aws-eks", "gcp", "rosa", "ibm-hybrid", "aws-ecs"])
def test_each_area_is_drawn_or_counted_once(matrix, size):
    m = as_matrix(matrix, "en")
    table = matrix_content.matrix(m).tables[0]
    canvas = Canvas("A title", "", size=size)
    canvas.head("A line")
    for look in LOOKS:
        place = across(canvas, table, look=look)
        items, sets, loss = arranged(table, place, 600, "en")
        rows = [row for item in items for row in item.rows]
        assert sorted(rows) == list(range(len(m.areas)))
        counted = [item for item in items if re.fullmatch(r"and \d+ more", item.cells[0].text)]
        for item in counted:
            assert int(item.cells[0].text.split()[1]) == len(item.rows)
        assert (loss >= 20) == bool(counted)
        claimed = {row for group in table.sets if group.claim for row in group.rows}
        assert not any(claimed & {*item.rows} for item in counted)
        assert {*sets} <= {*table.sets, *table.bands}


def test_areas_of_one_party_in_all_columns_fold_to_one_block():
    picture = figures.matrix("aws-eks", "en", size="1:1")
    widest = max(cells_of(picture), key=lambda box: box.width)
    assert widest.width > 500
    said = " ".join(text.text for text in picture.texts())
    assert "Customer data, Container images" in said
    assert "Always the customer\xa0·\xa012" in said


def test_a_blank_has_the_whole_key_and_a_neutral_subtitle():
    for size in SIZES:
        said = [text.text for text in figures.matrix("gcp", "en", size=size, shown=0).texts()]
        assert "Google Cloud, 2023" in said
        assert not any("no cell" in text for text in said)
        assert "S" in said  # nothing in that table is shared
    whole = [text.text for text in figures.matrix("gcp", "en", size="1:1").texts()]
    assert "S" not in whole


def test_a_narrow_slide_shows_the_lit_column_alone():
    said = [text.text for text in figures.model("azure-2026", "PaaS", "en", size="1:1").texts()]
    assert said.count("Customer") >= 4
    assert "PaaS" in said
    assert "IaaS" not in said
