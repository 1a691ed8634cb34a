"""The slides of every lesson: what is shown, what is said, in which order, and that it fits."""

import ast
import json
import re

import nbformat
import pytest
from lxml import html
from nbclient.exceptions import CellExecutionError

from srm_data.core.language import resolve_language, texts, use_language
from srm_data.core.load import list_matrices
from srm_data.core.vocabulary import LANGUAGES, UnknownNameError
from srm_data.publishing.run_lesson import run_lesson
from srm_data.publishing.slides import (
    deck,
    find_lessons,
    powerpoint,
    reveal,
    slide_fit,
    teacher_notes,
)
from srm_data.publishing.slides.slide_text import Run, plain, sections
from srm_data.views.content import from_words
from srm_data.views.figures import draw as drawing
from srm_data.views.html import tables
from srm_data.views.palette import THEMES
from tests.lessons import NOTEBOOKS, door, read
from tests.lessons import NUMBERED as LESSONS
from tests.notebooks.test_shown_words import is_code, is_cut

MARK = "give it a place among the slides: python -m tests.mark_slides"
TYPES = {"slide", "subslide", "fragment", "skip", "notes", "-"}


def states(built):
    """Every slide of a deck, and each step of it."""
    return [state for slide in built.slides for state in (slide, *slide.steps)]


def words(slide):
    """Everything a slide shows and everything its notes say."""
    shown = [
        slide.title,
        slide.under,
        slide.code,
        *(plain(point.line) for point in slide.points),
        *slide.notes,
    ]
    if slide.fit:
        shown += [f"{cell.text} {cell.aside}" for row in slide.fit.table.rows for cell in row]
    return " ".join(shown)


def test_every_lesson_is_a_deck_in_both_languages():
    for lang in LANGUAGES:
        paths = [f"{lang}/{one.path.name}" for one in find_lessons.chosen(None, lang)]
        assert paths == [path for path in LESSONS if path.startswith(lang)]


@pytest.mark.parametrize("path", LESSONS)
def test_every_cell_has_its_place(path):
    places = [cell.metadata.get("slideshow", {}).get("slide_type") for cell in read(path).cells]
    assert None not in places, f"{path}, cell {places.index(None)}: {MARK}"
    assert set(places) <= TYPES
    assert places[0] == "slide"
    other = read(f"en/{path[3:]}").cells
    assert places == [cell.metadata.slideshow.slide_type for cell in other], "one lesson, one order"


@pytest.mark.parametrize("path", LESSONS)
def test_what_a_lesson_tells_is_shown_or_said(decks, path):
    """Whatever is left out of a slide stands in its notes: nothing of the prose gets lost."""
    told = re.sub(r"\W+", " ", " ".join(words(slide) for slide in states(decks[path])))
    for cell in read(path).cells:
        if cell.cell_type == "markdown" and cell.metadata.slideshow.slide_type != "skip":
            for section in sections(deck.note_text(cell)):
                for point in section.points:
                    assert re.sub(r"\W+", " ", plain(point.line)).strip() in told, plain(point.line)


@pytest.mark.parametrize("path", LESSONS)
def test_slides_have_titles_of_their_own(decks, path):
    for kind in ("pptx", "reveal"):
        titles = [slide.title for slide in decks[path].shown(kind)]
        assert all(titles)
        assert len(set(titles)) == len(titles)
        assert not [title for title in titles if re.search(r"\(\d\)$", title)]
    assert titles[0] == re.search(r"^# (.*)$", read(path).cells[0].source, re.M)[1]


@pytest.mark.parametrize("path", LESSONS)
def test_nobody_is_told_to_run_a_cell(decks, path):
    """Neither a class that looks at slides nor the teacher who reads the notes has a cell to run."""
    for slide in states(decks[path]):
        assert not re.search(HANDS_ON, words(slide)), words(slide)


HANDS_ON = (
    r"Shift\+Enter|\*\*|\]\(|\.ipynb|\b[Rr]un (?:the|this|each|every) (?:\w+ )*cell|\bcell (?:below|again)\b"
    r"|\b(?:next|last) (?:code )?cell\b|\b(?:volgende|laatste) (?:code)?cel\b|(?:[Ss]tart|[Ww]ake) the kit"
    r"|\b(?:code)?cel(?:len)? (?:dan |hieronder |nog een keer )*uit\b|\b(?:code)?cel (?:hieronder|uitvoer)"
    r"|\b[Zz]et (?:eerst )?de kit|\bkit (?:klaar|wakker)"
)

#: Words that point at a place on a page, and what "this" may point at: a slide holds little of either.
POINTS = {
    "en": r"\babove\b|\bbelow\b|\bhere (?:is|are|comes?)\b|\bno row here\b|(?<!one )\bclick(?! together)"
    r"|\btile\b|\b(?:next|last) (?:(?:code )?cell|column)\b|\b(?:done|finished) early\b"
    r"|\bopen the (?:line|model)|\breading this\b",
    "nl": r"\bhier(?:boven|onder|naast)\b|(?<!vanaf )\bhier (?:is|zijn|staa|komt|komen|zie|geen)"
    r"|(?<!één )\bklik(?! je een website)|\btegel\b|\b(?:volgende|laatste) (?:(?:code)?cel|kolom)\b"
    r"|\b(?:snel|eerder) klaar\b|\bklap\b|\bopen daarna\b|\bleest dit\b",
}
THIS = {"en": r"\bthis (table|figure|drawing|stack)\b", "nl": r"\bdeze (tabel|figuur|tekening|stapel)\b"}


@pytest.mark.parametrize("path", LESSONS)
def test_no_slide_points_at_what_is_not_on_it(decks, path):
    for slide in states(decks[path]):
        q = slide.question
        told = [plain(point.line) for point in slide.points]
        if q:
            told += [q.stem, *(o.label for o in q.options)] if slide.kind == "question" else [_reason(q)]
        for line in told:
            found = re.findall(POINTS[path[:2]], line, re.I)
            # Code stands under the words about it.
            assert found == [] or (slide.code and {*map(str.lower, found)} <= {"below", "hieronder"}), line
            for kind in [] if slide.under else re.findall(THIS[path[:2]], line, re.I):  # `under` names it
                other = re.sub(THIS[path[:2]], "", " ".join([slide.title, *told]), flags=re.I)
                assert kind.lower() in other.lower(), line


def _reason(q):
    return q.option(q.key).feedback


@pytest.mark.parametrize("path", LESSONS)
def test_what_a_cell_shows_is_written_down_well(path):
    """Each slide has its title, and nothing is written for a cell that has no slide."""
    for cell in read(path).cells:
        if written := cell.metadata.get("slide"):
            assert cell.metadata.slideshow.slide_type in ("slide", "subslide"), written
            found = sections(written)
            assert all(section.points or section.tables for section in found), written
            if cell.cell_type == "markdown":
                assert all(section.title and section.level <= 3 for section in found), written


@pytest.mark.parametrize("name", sorted({path[3:] for path in LESSONS}))
def test_both_languages_have_the_same_slides(name):
    english, dutch = (read(f"{lang}/{name}").cells for lang in LANGUAGES)
    for one, other in zip(english, dutch, strict=True):
        levels = [[s.level for s in sections(cell.metadata.get("slide", ""))] for cell in (one, other)]
        assert levels[0] == levels[1], one.source


@pytest.mark.parametrize("path", LESSONS)
def test_words_for_the_notes_stand_in_the_place_of_words_of_the_lesson(path):
    for cell in read(path).cells:
        for words_, instead in cell.metadata.get("note_words", {}).items():
            assert cell.source.count(words_) == 1, (
                f"{path}: the cell no longer says {words_!r}, see its note_words"
            )
            assert instead in deck.note_text(cell)


@pytest.mark.parametrize("path", LESSONS)
def test_a_bet_comes_before_its_answer(decks, path):
    slides = states(decks[path])
    asked = [question.id for question in door(path)]
    asked += [name for cell in read(path).cells for name in _bets(cell)]
    for kind in ("question", "answer"):
        assert [slide.question.id for slide in slides if slide.kind == kind] == asked
    for name in asked:
        (first,) = [i for i, s in enumerate(slides) if s.kind == "question" and s.question.id == name]
        assert slides[first].steps == [slides[first + 1]]
        assert slides[first + 1].kind == "answer"
        reason = _reason(slides[first].question)
        assert not any(reason in words(slide) for slide in slides[: first + 1])
        if story := slides[first].question.story:  # who must say who failed has read what happened
            assert any(story in words(slide) for slide in slides[:first]), name


def _bets(cell):
    if cell.cell_type != "code":
        return []
    if cell.source.startswith("srm.bet("):
        return [argument.value for argument in ast.parse(cell.source).body[0].value.args]
    return []


@pytest.mark.parametrize("path", LESSONS)
def test_every_figure_and_view_of_a_lesson_is_there(decks, path):
    slides = states(decks[path])
    code = [cell for cell in read(path).cells if cell.cell_type == "code"]
    shown = [cell.source for cell in code if cell.metadata.slideshow.slide_type == "subslide"]
    figures = [slide for slide in slides if slide.kind == "figure" and not slide.only]
    played = [name for source in shown if _call(source) == "play_incidents" for name in _names(source)]
    assert len(figures) == sum("srm.figures." in source for source in shown) + 2 * len(played)
    assert all(slide.picture.alt and slide.picture.heading == slide.title for slide in figures)
    inline = ("", "bet", "practise", "check", "compare", "show", "play_incidents")
    live = [source for source in shown if _call(source) not in inline]
    assert sum(slide.kind == "live" for slide in slides) == len(live)


def _names(source):
    return [argument.value for argument in ast.parse(source).body[-1].value.args]


def _call(source):
    """The view that a cell ends in: `srm.explore(...)`, not `srm.figures.matrix(...)`."""
    match ast.parse(source).body[-1]:
        case ast.Expr(ast.Call(ast.Attribute(ast.Name("srm"), name))):
            return "" if name.startswith("load_") else name
    return ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_incident_is_asked_about_before_it_is_told(decks, lang):
    shown = [s.title for s in decks[f"{lang}/11_incidents.ipynb"].shown("pptx") if s.kind == "figure"]
    for incident in ("storm-0558-2023", "unisuper-2024", "toolshell-2025"):
        asked, told = (drawing.incident(incident, lang, shown=n).heading for n in (0, 2))
        assert shown.index(asked) + 1 == shown.index(told)


@pytest.mark.parametrize("path", LESSONS)
def test_no_table_is_cut_or_speaks_in_codes(decks, path):
    """PowerPoint and the web slides are both made of these."""
    fits = [slide.fit for slide in states(decks[path]) if slide.fit]
    told = [cell.text for fit in fits for row in fit.table.rows for cell in row]
    assert not [text for text in told if is_cut(text)]
    assert path.startswith("en/") or not [text for text in told if is_code(text)]


@pytest.mark.parametrize("path", LESSONS)
def test_everything_fits_and_can_be_read(decks, path):
    for slide in states(decks[path]):
        if slide.points and not slide.cells:  # words with cells are measured in test_excerpts
            assert 36 <= slide.size <= 62
            assert slide_fit.points_height(slide.points, slide.size) <= slide_fit.BOTTOM - slide_fit.TOP, (
                slide.title
            )
        if slide.fit:
            assert slide.fit.size >= 27
            assert sum(slide.fit.heights) <= slide_fit.room_over(slide.foot) + 0.01, slide.title
            assert sum(slide.fit.widths) <= slide_fit.ROOM + 0.01


def test_the_notes_hold_what_the_guide_says_about_the_lesson(decks):
    first = decks["en/03_what_if.ipynb"].slides[0]
    assert '"Lift and shift, so no more Windows updates." Say: "What did you shift? Windows."' in words(first)
    assert "90 minutes, minute 58 to 64: Lesson 3" in words(first)
    assert "App Service" not in words(first)  # that is lesson 2
    dutch = decks["nl/03_what_if.ipynb"].slides[0]
    assert '"Gedeeld is weg." Nee: je houdt een deel' in words(dutch)
    for path in LESSONS:
        start = teacher_notes.remarks(int(path[3:5]), path[:2]).get("", [])
        assert len(start) >= 4, f"the guide in {path[:2]} says nothing about lesson {path[3:5]}"
        assert set(start) <= set(decks[path].slides[0].notes)


def test_every_place_that_the_guide_names_is_in_the_lesson():
    for lang in LANGUAGES:
        for cell in teacher_notes.read(NOTEBOOKS / "teacher" / lang / "guide.ipynb"):
            if places := cell["metadata"].get("remarks"):
                (title,) = re.findall(r"^### \w+ (\d+)", "".join(cell["source"]))
                lesson = read(f"{lang}/{find_lessons.find_lesson(title, lang).path.name}")
                known = (
                    {cell.id for cell in lesson.cells} | {q for c in lesson.cells for q in _bets(c)} | {""}
                )
                assert set(places) <= known


@pytest.mark.parametrize("path", [path for path in LESSONS if path[3:5] in ("05", "09")])
def test_an_answer_names_every_right_option_and_each_once(decks, path):
    built = decks[path]
    web = html.fromstring(reveal.page(built)).find_class("question")
    native = powerpoint.make(built).slides
    asked = [(n, one.question) for n, one in enumerate(built.shown("pptx")) if one.kind == "question"]
    assert len(web) == len(asked) > 1
    for page, (n, q) in zip(web, asked, strict=True):
        shapes = "\n".join(shape.text_frame.text for shape in native[n].shapes if shape.has_text_frame)
        for right in q.right:
            assert right.feedback in shapes
            shapes = shapes.replace(right.feedback, "")
            assert right.feedback in page.find_class("reason")[0].text_content()
        for right in q.right:
            assert q.kind == "cell" or shapes.count(right.label.rstrip(".")) == 1, (q.id, shapes)
        marked = [one.getparent() for one in page.find_class("mark")]
        assert [card.find_class("label")[0].text for card in marked] == [
            option.label for option in q.options if q.accepts(option.key)
        ]


def test_wrong_bets_are_answered_in_the_notes(decks):
    answer = next(s for s in states(decks["en/01_who_answers.ipynb"]) if s.kind == "answer")
    wrong = [option for option in answer.question.options if option.key != answer.question.key]
    assert wrong
    for option in wrong:
        assert any(option.label in note and option.feedback in note for note in answer.notes)


def test_a_deck_holds_nothing_of_whoever_makes_it(monkeypatch, tmp_path):
    kept = {"version": 1, "work": {"azure-2026.network-controls.paas": {"customer": "my own words"}}}
    (tmp_path / "progress.json").write_text(json.dumps(kept))
    monkeypatch.setenv("SRM_WORK", str(tmp_path))
    use_language("nl")
    made = deck.build("02", "en")
    page = reveal.page(made)
    assert "<srm-" in page
    assert "my own words" not in page
    assert resolve_language(None) == "nl"
    assert [path.name for path in tmp_path.iterdir()] == ["progress.json"]


@pytest.mark.usefixtures("quick_run")
def test_the_theme_goes_to_the_figures(decks):
    made = decks["en/05_stack_is_not_matrix.ipynb"], deck.build("05", "en", "dark")
    for built in made:
        drawn = [slide.picture.svg for slide in built.slides if slide.picture]
        ground = re.search(r"<rect [^>]*fill:(#\w+)", drawn[0])  # the first shape
        assert ground[1] == THEMES[built.theme].ground


@pytest.mark.usefixtures("quick_run")
def test_a_view_that_fails_to_say_what_it_is_ends_the_run(tmp_path):
    """IPython only prints such an error; a deck without a slide would pass unseen."""
    code = "import srm_data as srm\nfrom srm_data.views.still import Away\n"
    code += "view = srm.explore('azure-2026')\nview.away = Away(lambda: 1 / 0)\nview"
    cell = nbformat.v4.new_code_cell(code, id="a")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "bad.ipynb")
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        run_lesson(tmp_path / "bad.ipynb")


@pytest.mark.parametrize("asked", ["3", "03", 3, "03_what_if", "03_what_if.ipynb"])
def test_a_lesson_is_found_by_number_and_by_name(asked):
    assert find_lessons.find_lesson(asked, "nl").path == NOTEBOOKS / "nl/03_what_if.ipynb"


def test_an_unknown_lesson_is_told_with_those_there_are():
    with pytest.raises(UnknownNameError, match=r"no lesson '33'\. Did you mean '03'\? Choose from: 01, 02"):
        find_lessons.find_lesson("33", "en")


# Prose


def test_markdown_becomes_lines_with_their_faces():
    (section,) = sections(
        '## A *b*\n\nShe says: *"Take it."* Will\nthey?\n\n- `x` **y**\n- z\n\n1. one\n2. two'
    )
    assert (section.title, section.level) == ("A b", 2)
    told = [f"{point.mark} {plain(point.line)}".strip() for point in section.points]
    assert told == ['She says: "Take it." Will they?', "• x y", "• z", "1. one", "2. two"]
    assert Run('"Take it."', italic=True) in section.points[0].line
    assert section.points[1].line == (Run("x", code=True), Run(" "), Run("y", bold=True))


def test_headings_begin_sections_and_tables_stay_tables():
    first, second = sections("Before.\n\n### Under\n\n| a | b |\n| - | - |\n| 1 | 2 |\n")
    assert [plain(point.line) for point in first.points] == ["Before."]
    assert (second.title, second.level, second.tables) == ("Under", 3, [[["a", "b"], ["1", "2"]]])
    assert sections("") == []


# Tables


def test_a_view_holds_a_table_with_parties():
    content = tables.what_if("azure-2026", "IaaS", "PaaS", "en").content
    (table,) = content.tables
    assert [cell.text for cell in table.rows[0]] == ["Area", "IaaS", "PaaS"]
    assert [(c.whole, c.party, c.letter) for c in table.rows[2]] == [
        ("Operating system", "", ""),
        ("C Customer", "customer", "C"),
        ("P Provider", "provider", "P"),
    ]
    assert (table.rows[1][0].text, table.rows[1][0].aside) == ("Stop doing · 1", "this work leaves your list")
    assert 1 in table.groups
    assert table.rows[1][0].span == 3
    assert "January 2026" in content.feet[0]
    assert content.short == "Azure, January 2026"


def test_two_editions_side_by_side_keep_their_marks():
    content = tables.side_by_side("azure-classic", "azure-2026", lang="en").content
    (table,) = content.tables
    changed = [cell.text for row in table.rows for cell in row if cell.changed]
    assert changed == ["C → S", "P → S"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_shipped_matrix_fits(lang):
    for name in list_matrices(lang).index:
        (table,) = tables.matrix(name, lang).content.tables
        pages = list(slide_fit.fit_table(table))
        assert len(pages) <= 3, name
        rows = [row for page in pages for row in page.table.rows[1:]]
        assert rows == list(table.rows[1:]), "no row may get lost between two slides"
        assert all(page.table.rows[0] == table.rows[0] for page in pages), "each begins with the headings"
        for page in pages:
            assert sum(page.heights) <= slide_fit.BOTTOM - slide_fit.TOP + 0.01
            assert page.size >= 27


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["azure-2026", "ovhcloud", "aws-ecs"])
def test_the_rows_of_a_matrix_are_read_along(name, lang):
    """Names of rows do not fold where a heading may, and all rows are as high."""
    (page,) = slide_fit.fit_table(tables.matrix(name, lang).content.tables[0])
    assert len({round(height, 3) for height in page.heights[1:]}) == 1


def test_words_go_before_letters():
    (page,) = slide_fit.fit_table(tables.matrix("ovhcloud", "en").content.tables[0])
    assert not page.letters


def test_a_long_table_goes_on_with_its_headings():
    rows = [["Area", "What"], *([f"area {n}", "words " * 20] for n in range(30))]
    pages = list(slide_fit.fit_table(from_words(rows)))
    assert len(pages) > 2
    assert {page.table.rows[0][0].text for page in pages} == {"Area"}
    assert [row[0].text for page in pages for row in page.table.rows[1:]] == [f"area {n}" for n in range(30)]
    assert all(sum(page.heights) <= slide_fit.BOTTOM - slide_fit.TOP for page in pages)


def test_many_lines_go_on_to_a_next_slide():
    points = [
        p
        for section in sections("\n".join(f"- {'word ' * 25}{n}" for n in range(12)))
        for p in section.points
    ]
    pages = list(slide_fit.split_points(points))
    assert len(pages) > 1
    assert [point for _, part in pages for point in part] == points
    assert all(
        slide_fit.points_height(part, size) <= slide_fit.BOTTOM - slide_fit.TOP for size, part in pages
    )


@pytest.mark.parametrize("path", LESSONS)
def test_a_title_in_powerpoint_counts_no_steps_that_are_not_there(decks, path):
    """The steps of a figure of the lesson itself are on the web slides alone."""
    titles = [slide.title for slide in decks[path].shown("pptx")]
    step = texts(decks[path].lang)["slides"]["step"]
    counted = [n for n in range(2, 9) for title in titles if title.endswith(f" · {step.format(n=n)}")]
    before = [n + 1 for n in range(1, 8) for title in titles if title.endswith(f" · {step.format(n=n)}")]
    assert set(counted) <= set(before)
