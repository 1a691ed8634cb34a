"""Read the handout of each lesson as the PDF that it is: it asks, it answers at the end, and it is tagged."""

import re

import pytest

from srm_data.core.language import texts
from srm_data.learning.pdf_text import has_letter
from srm_data.publishing.paper.blocks import content_blocks, prose
from srm_data.publishing.paper.handouts import handout
from srm_data.publishing.shown import Drawing, shown_in
from srm_data.views.content import Content, Table, TableCell
from tests.lessons import LESSONS, NOTEBOOKS, bet_cells, cells, door, every_other
from tests.publishing.pdfs import (
    headings,
    is_accessible,
    misplaced,
    squeezed,
    structure,
    text_of,
    text_of_pages,
)

EACH = [*every_other("en")]  # each lesson in one language: both are made alike
MARGIN = 20


@pytest.fixture(scope="module")
def made(lesson_runs):
    """The handout of a lesson, made once, with the executed notebook that it is made of."""
    found = {}

    def make(path):
        if path not in found:
            [(_, lesson)] = lesson_runs([NOTEBOOKS / path])
            found[path] = lesson, handout(lesson, path[:2])
        return found[path]

    return make


@pytest.mark.parametrize("path", EACH)
def test_it_asks_first_and_answers_on_pages_of_their_own(made, path):
    words = texts(path[:2])
    _, pdf = made(path)
    pages = [*map(squeezed, text_of_pages(pdf))]
    lead = squeezed(words["handout"]["answers_lead"])
    start = next(i for i, text in enumerate(pages) if lead in text)
    # The line below a page stands between two parts of a text that goes on.
    asked, answered = "".join(pages[:start]), "".join(pages[start:])
    assert "Shift+Enter" not in asked + answered
    questions = [*door(path), *(q for cell in bet_cells(path) for one in cell.rounds for q in one)]
    for n, question in enumerate(questions, 1):
        number = words["bet"]["question"].format(n=n)
        begins = [question.stem[:40]]  # two questions are about one incident, and its story stands once
        if question.incident:
            begins.append(f"{question.incident.name}, {question.incident.year}")
        assert any(squeezed(f"{number}. {begin}") in asked for begin in begins)
        assert squeezed(question.stem[:60]) in asked
        reason = squeezed(question.option(question.key).feedback[:40])
        assert reason not in asked
        assert reason in answered
        assert (
            squeezed(f"{number}. {words['bet']['key']}: {question.option(question.key).label}"[:60])
            in answered
        )


@pytest.mark.parametrize("path", EACH)
def test_every_view_of_the_lesson_stands_in_it(made, path):
    lesson, pdf = made(path)
    found, text = structure(pdf), squeezed(text_of(pdf))
    tables = pictures = 0
    for cell in lesson.cells:
        here = shown_in(cell)
        still = here.first
        if here.paper != "itself" or not still:
            continue
        if isinstance(still.view, Drawing):
            pictures += 1
        elif isinstance(still.view, Content):
            tables += len(still.view.tables)
            rows = [row for table in still.view.tables for row in table.rows]
            names = [row[0].text for row in rows if row[0].head]
            assert [name for name in names if squeezed(name) not in text] == []
            assert [foot for foot in still.view.feet if squeezed(foot)[:40] not in text] == []
        asked = [one.removesuffix(" …") for one in (*still.lines, *still.items)]
        assert [one for one in asked if squeezed(one)[:60] not in text] == []
    in_prose = sum(bool(re.search(r"^\|[ :-]+\|", source, re.M)) for source in cells(path, "markdown"))
    assert sum(line.startswith("Table") for line in found) == tables + in_prose
    assert sum(line.startswith("Figure") for line in found) == pictures


@pytest.mark.parametrize("path", EACH)
def test_it_has_the_headings_of_the_lesson_and_is_tagged(made, path):
    lang = path[:2]
    lesson, pdf = made(path)
    assert is_accessible(pdf, lang, lesson.metadata.title)
    shown = [heading.split(" ", 1)[1] for heading in headings(pdf)]
    assert squeezed(shown[0]) == squeezed(lesson.metadata.title)
    assert shown[-1] == texts(lang)["handout"]["answers"]
    own = [
        re.sub(r"[*`]", "", line)
        for source in cells(path, "markdown")
        for line in re.findall("^#+ (.*)", source, re.M)
    ]
    missing = [one for one in own if squeezed(one) not in map(squeezed, shown)]
    # A heading of nothing but the first cell of code, which fetches the kit, is left out.
    assert len(missing) <= 1, missing
    assert len(pdf) < 1_000_000


@pytest.mark.parametrize("path", EACH)
def test_nothing_lies_over_another_word_or_in_the_margin(made, path):
    _, pdf = made(path)
    assert [*misplaced(pdf, MARGIN)] == []
    signs = {sign for sign in text_of(pdf) if not sign.isspace() and not has_letter(sign)}
    assert signs == set()


def test_the_same_lesson_gives_the_same_bytes(made):
    lesson, pdf = made(EACH[2])
    assert handout(lesson, EACH[2][:2]) == pdf


def test_every_lesson_has_one_in_both_languages(made):
    for path in sorted(set(LESSONS) - set(EACH)):
        assert made(path)[1].startswith(b"%PDF")


# What it is made of.


def words_of(blocks):
    return ["".join(run["text"] for run in block["runs"]) for block in blocks if block["kind"] == "par"]


def test_what_is_folded_away_comes_apart():
    shown, folded = prose(
        "Before.\n\n<details><summary><b>Why?</b></summary>\n\nBecause *so*.\n\n</details>\n\nAfter."
    )
    assert words_of(shown) == ["Before.", "After."]
    assert [words_of(one) for one in folded] == [["Why?", "Because so."]]


def test_only_an_address_on_the_web_stays_a_link():
    (block,), _ = prose("See [one](https://example.org/x), [two](../glossary_en.ipynb#cell) and `three`.")
    assert [(run["text"], run.get("url")) for run in block["runs"]] == [
        ("See ", None),
        ("one", "https://example.org/x"),
        (", ", None),
        ("two", None),
        (" and ", None),
        ("three", None),
        (".", None),
    ]


def test_a_state_of_the_page_is_no_part_of_a_name_but_a_source_is():
    names = (
        TableCell("Row", aside="chosen", lit=True, head=True),
        TableCell("Data", aside="why", source="T", head=True),
    )
    table = Table(((TableCell("Head", aside="small", head=True),), *((name,) for name in names)))
    (grid,) = [block for block in content_blocks(Content("", tables=(table,))) if block["kind"] == "table"]
    said = ["".join(run["text"] for run in row[0]["runs"]) for row in grid["rows"]]
    assert said == ["Head small", "Row", "Data T why"]


def test_what_steps_back_or_is_open_has_no_colour():
    cells = TableCell("C", party="customer"), TableCell("C", party="customer", dim=True), TableCell(open=True)
    (grid,) = [
        block
        for block in content_blocks(Content("", tables=(Table((cells,), heads=0),)))
        if block["kind"] == "table"
    ]
    assert [cell["party"] for cell in grid["rows"][0]] == ["customer", "", ""]
