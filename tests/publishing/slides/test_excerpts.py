"""The cells of a matrix on a slide with words: the lines that ask for them, and how they look."""

import re
from itertools import pairwise

import nbformat
import pytest
from lxml import html

from srm_data.core.vocabulary import LANGUAGES
from srm_data.publishing.slides import deck, excerpts, powerpoint, reveal, slide_fit
from srm_data.publishing.slides.slide_text import sections
from tests.lessons import NUMBERED as LESSONS
from tests.lessons import read

ACCENT = "accent4"


def asked(path):
    """What the cells of a lesson ask for, a list a slide."""
    return [
        section.pictures
        for cell in read(path).cells
        for section in sections(cell.metadata.get("slide", ""))
        if section.pictures
    ]


def rows(lines, lang="en"):
    """The tables that some lines ask for, as rows of words."""
    contents, _ = excerpts.read(lines, lang)
    return [[[cell.text for cell in row] for row in content.tables[0].rows] for content in contents]


def cells(lines):
    """All cells of parties that some lines ask for."""
    contents, _ = excerpts.read(lines, "en")
    return [cell for content in contents for row in content.tables[0].rows[1:] for cell in row[1:]]


def test_a_row_has_the_headings_of_its_matrix_and_one_lit_cell():
    line = "row:azure-2026/network-controls/paas"
    assert rows([line]) == [
        [
            ["Azure, January 2026", "On-premises", "IaaS", "PaaS", "SaaS"],
            ["Network controls", "Customer", "Customer", "Shared", "Provider"],
        ]
    ]
    assert [(cell.letter, cell.lit) for cell in cells([line])] == [
        ("C", False),
        ("C", False),
        ("S", True),
        ("P", False),
    ]
    assert rows([line], "nl")[0][1] == ["Netwerkregels", "Klant", "Klant", "Gedeeld", "Leverancier"]


def test_what_is_asked_is_not_told():
    assert rows(["row:azure-2026/network-controls/?saas"]) == [
        [["Azure, January 2026", "?"], ["Network controls", "Provider"]]
    ]
    assert rows(["row:azure-classic/?applications/iaas"]) == [
        [["Azure, classic (2019-2025)", "IaaS"], ["?", "Customer"]]
    ]
    (matrix,) = rows(["row:?azure-2026/configurations-and-settings/paas"])
    assert matrix[0][0] == "?"
    (contents,) = excerpts.read(["row:?azure-2026/configurations-and-settings/paas"], "en")[0]
    assert "Azure" not in contents.title + contents.tables[0].title
    assert [cell.text for cell in cells(["row:azure-2026/network-controls/paas?"])] == [
        "Customer",
        "Customer",
        "?",
        "Provider",
    ]
    assert {(cell.text, cell.lit, cell.open) for cell in cells(["row:azure-2026/network-controls/*?"])} == {
        ("?", False, True)
    }


def test_rows_of_one_matrix_are_one_table():
    lines = ["row:azure-2016/network-controls/iaas"]
    lines += [f"row:azure-classic/{area}/iaas" for area in ("network-controls", "applications")]
    assert [len(table) for table in rows(lines)] == [2, 3]


def test_a_column_has_all_areas_and_stands_beside_the_words():
    line = "column:azure-2026/iaas+paas?"
    (table,) = rows([line])
    assert table[0] == ["Azure, January 2026", "IaaS", "PaaS"]
    assert len(table) == 11
    assert table[1] == ["Customer data", "Customer", "?"]
    assert excerpts.read([line], "en")[1]
    assert not excerpts.read(["row:azure-2026/applications/iaas"], "en")[1]


def test_two_letters_only_where_the_lesson_asks_for_them():
    (told,) = cells(["roles:gdpr/rights/owner"])
    (plain,) = cells(["row:gdpr/rights/owner"])
    assert (told.roles, plain.roles) == ("S/C", "")


def test_marks_are_left_out_beside_open_cells():
    """A mark would look like what is still to be filled in."""
    marked = [cell.mark for cell in cells(["column:azure-2026/saas"])]
    assert {"?", "*"} <= {*marked}
    assert {cell.mark for cell in cells(["column:azure-2026/saas+iaas?"])} == {""}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("rwo:azure-2026/applications", r"no kind of picture 'rwo'\. Did you mean 'row'\?"),
        ("row:azure-2062/applications", r"no matrix 'azure-2062'\. Did you mean 'azure-20"),
        (
            "row:azure-2026/aplications",
            r"no area 'aplications'\. Did you mean 'applications'\? Choose from: cus",
        ),
        ("row:azure-2026", r"no area ''"),
        (
            "row:azure-2026/applications/pas",
            r"no column 'pas'\. Did you mean 'PaaS'\? Choose from: On-premises",
        ),
        ("column:azure-2026", r"no column ''"),
    ],
)
def test_a_line_with_an_unknown_name_is_told_with_the_nearest_guess(line, told):
    with pytest.raises(excerpts.PictureError, match=told) as error:
        excerpts.read([line], "en")
    assert error.value.line == line


def with_slide(slide):
    return nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell(
                "# T", metadata={"slide": "# T", "slideshow": {"slide_type": "slide"}}
            ),
            nbformat.v4.new_markdown_cell(
                "## U", metadata={"slide": slide, "slideshow": {"slide_type": "slide"}}
            ),
        ]
    )


def test_a_deck_says_in_which_cell_a_picture_is_wrong():
    run = with_slide("## U\n\nSome words.\n\n![](row:azure-2026/aplications)")
    with pytest.raises(
        deck.LessonError, match=r"cell 2 .*'row:azure-2026/aplications'.*'applications'\?"
    ) as error:
        deck.build("03", "en", run=run)
    assert error.value.lesson == "en/03_what_if.ipynb"


def test_words_that_leave_no_room_are_told_and_not_made_smaller():
    run = with_slide("## U\n\n" + "A long line of words. " * 100 + "\n\n![](row:azure-2026/applications)")
    with pytest.raises(deck.LessonError, match=r"cell 2 .*do not fit on one slide"):
        deck.build("03", "en", run=run)


# The lessons


@pytest.mark.parametrize("path", [path for path in LESSONS if path.startswith("en")])
def test_both_languages_show_the_same_cells(path):
    english, dutch = asked(path), asked(f"nl/{path[3:]}")
    assert english
    assert english == dutch
    for lines, lang in ((lines, lang) for lines in english for lang in LANGUAGES):
        assert excerpts.read(lines, lang)


@pytest.mark.parametrize("path", LESSONS)
def test_words_and_cells_fit_together_and_can_be_read(decks, path):
    shown = [slide for slide in decks[path].slides if slide.cells]
    written = sum("srm.both_parts(" in cell.source for cell in read(path).cells)  # each shows its own cell
    assert len(shown) == len(asked(path)) + written
    for slide in shown:
        assert slide.size >= 30
        high = sum(sum(fit.heights) for fit in slide.cells) + slide_fit.SEAM * (len(slide.cells) - 1)
        wide = max(sum(fit.widths) for fit in slide.cells)
        room = slide_fit.ROOM - wide - slide_fit.BLANK if slide.beside else slide_fit.ROOM
        words = slide_fit.points_height(slide.points, slide.size, room)
        used = max(words, high) if slide.beside else words + slide_fit.BLANK + high
        assert used <= slide_fit.room_over(slide.foot) + 0.01, slide.title
        assert wide <= slide_fit.ROOM + 0.01
        for fit in slide.cells:
            assert fit.size >= 24  # 14.4 points
            assert fit.table.title  # what it says, in words
            assert all(cell.letter for row in fit.table.rows for cell in row if cell.party)


@pytest.mark.parametrize("kind", ["reveal", "pptx"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_at_most_a_third_of_the_slides_are_text_alone(decks, lang, kind):
    for path in (path for path in LESSONS if path.startswith(lang)):
        slides = decks[path].shown(kind)
        text = [slide.title for slide in slides if slide.kind in ("text", "code") and not slide.cells]
        assert len(text) * 3 <= len(slides), f"{path}, {kind}: {len(text)} of {len(slides)}: {text}"


def test_cells_are_a_table_of_the_page_with_letters_and_hatches(decks):
    page = html.fromstring(reveal.page(decks["en/02_service_models.ipynb"]))
    under, asked_for, beside = page.find_class("with")[1:4]
    (table,) = under.iter("table")
    assert table.get("aria-label").startswith("Azure, January 2026. Network controls: On-premises customer, ")
    party = table.find_class("k")
    assert [cell.get("class") for cell in party] == ["k c", "k c lit", "k s", "k p"]
    assert [cell.text_content() for cell in party] == ["C Customer", "C Customer", "S Shared", "P Provider"]
    assert [cell.text_content() for cell in asked_for.find_class("open")] == ["?"]
    assert "beside" in beside.get("class")


def test_cells_are_a_native_table_under_or_beside_the_words(decks):
    for path in ("en/02_service_models.ipynb", "nl/03_what_if.ipynb", "en/06_editions.ipynb"):
        for made, slide in zip(powerpoint.make(decks[path]).slides, decks[path].shown("pptx"), strict=True):
            if not slide.cells:
                continue
            tables = [shape for shape in made.shapes if shape.has_table]
            words = next(one for one in made.placeholders if one.placeholder_format.idx == 1)
            assert len(tables) == len(slide.cells)
            for shape, fit in zip(tables, slide.cells, strict=True):
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr") == fit.table.title
                if slide.beside:
                    assert shape.left >= words.left + words.width
                else:
                    assert shape.top >= words.top + words.height
            assert all(one.top + one.height <= other.top for one, other in pairwise(tables))


def test_a_lit_cell_has_a_ring_that_its_neighbours_draw_too(decks):
    built = decks["en/02_service_models.ipynb"]
    n = next(
        i for i, slide in enumerate(built.shown("pptx")) if slide.cells and "step by step" in slide.title
    )
    (grid,) = (shape.table for shape in powerpoint.make(built).slides[n].shapes if shape.has_table)

    def edge(row, column, side):
        line = grid.cell(row, column)._tc.tcPr.find(f"{{*}}{side}")
        return line.find(".//{*}schemeClr").get("val")

    assert [edge(1, 2, side) for side in ("lnL", "lnR", "lnT", "lnB")] == [ACCENT] * 4
    assert (edge(1, 1, "lnR"), edge(1, 3, "lnL"), edge(0, 2, "lnB")) == (ACCENT,) * 3
    assert edge(1, 1, "lnL") != ACCENT
    sides = [re.sub(r"{.*}", "", one.tag) for one in grid.cell(1, 2)._tc.tcPr]
    assert sides[:4] == ["lnL", "lnR", "lnT", "lnB"]  # PowerPoint repairs a file with another order


def test_an_open_cell_has_a_dashed_edge(decks):
    built = decks["en/10_agents.ipynb"]
    n = next(i for i, slide in enumerate(built.shown("pptx")) if slide.title == "Three kinds of agents")
    (grid,) = (shape.table for shape in powerpoint.make(built).slides[n].shapes if shape.has_table)
    assert grid.cell(1, 1).text_frame.text == "?"
    for row, column, side in ((1, 1, "lnL"), (1, 1, "lnB"), (1, 0, "lnR"), (0, 1, "lnB")):
        line = grid.cell(row, column)._tc.tcPr.find(f"{{*}}{side}")
        assert line.find("{*}prstDash").get("val") == "dash"
