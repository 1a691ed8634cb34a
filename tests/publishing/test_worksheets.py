"""Read each worksheet and its answers as the PDF that they are: whole, on one page, tagged."""

from dataclasses import replace
from io import BytesIO

import pypdf
import pytest

from srm_data import __main__ as command
from srm_data.core.language import texts
from srm_data.core.shipped import shipped_ids, shipped_matrix
from srm_data.core.vocabulary import LANGUAGES, UnknownNameError
from srm_data.files.write_whole import RECORD
from srm_data.learning.pdf_text import has_letter
from srm_data.publishing.paper import worksheets
from srm_data.views.cell_facts import facts
from tests.publishing.pdfs import headings, is_accessible, misplaced, squeezed, tags, text_of

NUMBERS = [str(n) for n in range(1, 13)]
ALL = [(lang, number) for lang in LANGUAGES for number in NUMBERS]
MARGIN = 24  # points; that of the page is wider, and letters may hang out of their line a little


@pytest.fixture(scope="module")
def made():
    """Each worksheet with its sheet and its answers, made once."""
    found = {}
    for lang in LANGUAGES:
        for w in worksheets.worksheets(None, lang):
            found[lang, w.lesson.number] = w, worksheets.sheet(w), worksheets.answers(w)
    return found


def cells(pdf):
    """What stands in each cell of the tables that is no heading, in their order."""
    found = []
    for line in tags(pdf):
        if line.startswith("TD"):
            found.append("")
            inside = True
        elif not line.startswith(('"', "/")):
            inside = False
        elif line.startswith('"') and found and inside:
            found[-1] += line.strip('"')
    return found


def pages(pdf):
    return len(pypdf.PdfReader(BytesIO(pdf)).pages)


def test_every_lesson_of_the_course_has_one(made):
    assert [*made] == ALL


@pytest.mark.parametrize(("lang", "number"), ALL)
def test_both_are_one_page_on_which_no_word_is_cut_or_lies_over_another(made, lang, number):
    _, *pdfs = made[lang, number]
    assert [pages(pdf) for pdf in pdfs] == [1, 1]
    assert [pypdf.PdfReader(BytesIO(pdf)).pages[0].mediabox[2:] for pdf in pdfs] == [
        [pytest.approx(595.28, abs=0.1), pytest.approx(841.89, abs=0.1)]
    ] * 2
    assert [[*misplaced(pdf, MARGIN)] for pdf in pdfs] == [[], []]


@pytest.mark.parametrize(("lang", "number"), ALL)
def test_the_sheet_asks_all_and_answers_nothing(made, lang, number):
    w, sheet, _ = made[lang, number]
    text = squeezed(text_of(sheet))
    words = texts(lang)
    asked = [
        w.lesson.short,
        w.lesson.question.replace("*", ""),
        w.matrix.short,
        w.area.label,
        w.part_matrix.short,
    ]
    asked += [area.label for area in w.matrix.areas] + [column.label for column in w.matrix.columns]
    for q in w.questions:
        asked += [q.story, q.stem, *(option.label for option in q.options)]
    asked += [words["party"][party]["letter"] + "=" for party in words["party"]]
    assert [one for one in asked if squeezed(one) not in text] == []
    assert text.count(squeezed("".join(words["bet"]["sures"]))) == len(w.questions) == 3
    kept = [w.part.customer_part, w.part.provider_part, w.part.qualifier]
    kept += [option.feedback for q in w.questions for option in q.options]
    kept += [fact.text for q in w.questions if q.cell for fact in facts(q.matrix, q.cell, source=False)]
    kept += [q.incident.why for q in w.questions if q.incident]
    assert [one for one in kept if len(one) > 12 and squeezed(one) in text] == []


@pytest.mark.parametrize(("lang", "number"), ALL)
def test_the_cells_of_the_sheet_are_empty_and_those_of_the_answers_hold_the_letter(made, lang, number):
    w, sheet, answers = made[lang, number]
    party = texts(lang)["party"]
    letters = [party[cell.party]["letter"] for _, _, cell in w.matrix.walk()]

    areas, columns = w.matrix.areas, w.matrix.columns
    step = len(columns) + 1
    for pdf, right in ((sheet, False), (answers, True)):
        told = cells(pdf)[: len(areas) * step]
        assert [squeezed(name) for name in told[::step]] == [squeezed(area.label) for area in areas]
        shown = [one for i, one in enumerate(told) if i % step]
        if not right:
            assert shown == [""] * len(letters)
        else:  # of two letters the first does the work and the second is accountable
            pairs = zip(shown, letters, strict=True)
            assert [pair for pair in pairs if "/" not in pair[0] and pair[0].rstrip("*?") != pair[1]] == []


@pytest.mark.parametrize(("lang", "number"), ALL)
def test_the_answers_say_why_and_where_it_can_be_read(made, lang, number):
    w, _, answers = made[lang, number]
    text = squeezed(text_of(answers))
    told = [w.part.customer_part, w.part.provider_part, w.matrix.source_url, w.part_matrix.source_title]
    for q in w.questions:
        told += [q.stem, *(one for right in q.right for one in (right.label, right.feedback))]
    assert [one for one in told if squeezed(one) not in text] == []
    reading = texts(lang)["label"]["our_reading"]
    assert (squeezed(reading) in text) == (w.part.parts_basis == "reading")


@pytest.mark.parametrize("number", NUMBERS)
def test_the_shared_cell_that_is_named_gives_no_question_away(number):
    (w,) = worksheets.worksheets([number], "en")
    assert w.part.party == "shared"
    assert w.part.customer_part
    assert w.part.provider_part
    for q in w.questions:
        if q.matrix and q.matrix.id == w.part_matrix.id and q.area == w.area.label:
            assert w.column.label not in (q.column, q.before, q.after), q.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_they_are_tagged_and_the_same_every_time(made, lang):
    w, sheet, answers = made[lang, "4"]
    words = texts(lang)["worksheet"]
    names = [f"{i}. {words[part]}" for i, part in enumerate(("predict", "fill", "parts", "claim"), 1)]
    first = f"H1 {w.lesson.short}"
    assert headings(sheet) == [first, *(f"H2 {name}" for name in names)]
    assert headings(answers) == [first, *(f"H2 {name}" for name in names[:3])]
    for pdf, kind in ((sheet, "worksheet"), (answers, "answers")):
        lines = tags(pdf)
        assert sum(line.startswith("Table") for line in lines) == 2
        assert sum(line.startswith("TH ") for line in lines) == 1 + len(w.matrix.columns) + 2
        assert is_accessible(pdf, lang, f"{w.lesson.short} · {words[kind].format(n=4)}")
    assert (worksheets.sheet(w), worksheets.answers(w)) == (sheet, answers)


@pytest.mark.parametrize(("lang", "number"), ALL)
def test_every_sign_has_a_letter(made, lang, number):
    _, *pdfs = made[lang, number]
    assert {
        sign for pdf in pdfs for sign in text_of(pdf) if not sign.isspace() and not has_letter(sign)
    } == set()


def hardest():
    """The matrices with the most rows of one column and of several, the most cells, and the longest name."""
    every = [shipped_matrix(one, "en") for one in shipped_ids()]
    for owner in (True, False):
        yield max((len(m.areas), m.id) for m in every if (len(m.columns) == 1) == owner)[1]
    yield max((len(m.cells), m.id) for m in every)[1]
    yield max((len(area.label), m.id) for m in every for area in m.areas)[1]


@pytest.mark.parametrize("matrix", dict.fromkeys(hardest()))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_longest_matrix_fits_on_the_page(matrix, lang):
    (w,) = worksheets.worksheets(["10"], lang)
    w = replace(w, matrix=shipped_matrix(matrix, lang))
    for pdf in (worksheets.sheet(w), worksheets.answers(w)):
        assert pages(pdf) == 1
        assert [*misplaced(pdf, MARGIN)] == []
        text = squeezed(text_of(pdf))
        assert [area.label for area in w.matrix.areas if squeezed(area.label) not in text] == []


def test_what_does_not_fit_is_no_worksheet():
    (w,) = worksheets.worksheets(["1"], "en")
    with pytest.raises(worksheets.OnePageError, match="Worksheet"):
        worksheets.sheet(replace(w, questions=w.questions * 5))


def test_the_command_writes_two_files_a_lesson_and_keeps_a_changed_one(tmp_path, capsys):
    words = ["worksheets", "--lesson", "3", "05", "--lang", "nl", "--out", str(tmp_path)]
    assert command.main(words) == 0
    names = [
        f"nl/{lesson}-{kind}.pdf"
        for lesson in ("03_what_if", "05_stack_is_not_matrix")
        for kind in ("answers", "worksheet")
    ]

    def there():
        return sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.*") if p.name != RECORD)

    assert there() == names
    assert "4 files in " in capsys.readouterr().out
    mine = tmp_path / names[0]
    mine.write_bytes(b"mine")
    assert command.main(words) == 0
    assert mine.read_bytes() == b"mine"
    assert there() == sorted([*names, "nl/03_what_if-answers-2.pdf"])
    assert "03_what_if-answers-2.pdf" in capsys.readouterr().out


def test_a_lesson_that_is_not_there_is_guessed():
    with pytest.raises(UnknownNameError, match="lesson '99'"):
        worksheets.worksheets(["99"], "en")
