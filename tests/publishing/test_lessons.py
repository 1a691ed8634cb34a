"""The table of lessons says what is in the notebooks, and what is beside them is found too."""

import re
from itertools import pairwise

import pytest

from srm_data.core.vocabulary import LANGUAGES
from srm_data.publishing.lessons import lessons
from tests.data.test_data import rows
from tests.lessons import LESSONS, NOTEBOOKS, NUMBERED, cells

ROWS = rows("lessons")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_notebook_of_a_lesson_has_its_row_and_every_row_its_notebook(lang):
    assert sorted(f"{lang}/{row['lesson']}.ipynb" for row in ROWS) == [
        path for path in LESSONS if path.startswith(lang)
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_course_counts_from_one_and_its_files_lie_in_the_same_order(lang):
    numbered = [row for row in ROWS if row["number"]]
    assert [int(row["number"]) for row in numbered] == list(range(1, len(numbered) + 1))
    assert ROWS[: len(numbered)] == numbered  # what is to explore comes last
    files = [f"{lang}/{row['lesson']}.ipynb" for row in numbered]
    assert files == [path for path in NUMBERED if path.startswith(lang)]
    assert all(row["lesson"].startswith(f"{int(row['number']):02}_") for row in numbered)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["lesson"])
def test_a_lesson_begins_with_the_title_number_and_minutes_of_the_table(row, lang):
    heading, _, rest = cells(f"{lang}/{row['lesson']}.ipynb", "markdown")[0].partition("\n")
    assert heading == f"# {row[f'title_{lang}']}"
    under = rest.strip().splitlines()[0]
    assert re.search(rf"· {row['minutes']} minut", under), under
    assert not row["number"] or re.match(rf"\*Les(?:son)? {row['number']} ·", under), under


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_link_at_the_end_leads_to_the_next_lesson_of_the_table(lang):
    word = {"en": "Next", "nl": "Verder"}[lang]
    for row, following in pairwise(row for row in ROWS if row["number"]):
        last = cells(f"{lang}/{row['lesson']}.ipynb", "markdown")[-1]
        assert re.search(rf"\*\*{word}:\*\* \[[^\]]+\]\(([^)]+)\)", last)[1] == f"{following['lesson']}.ipynb"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lessons_come_in_the_order_of_the_table(lang):
    found = lessons(lang)
    assert [one.path for one in found] == [NOTEBOOKS / lang / f"{row['lesson']}.ipynb" for row in ROWS]
    assert [(one.number, one.minutes, one.short, one.question) for one in found] == [
        (row["number"], row["minutes"], row[f"short_{lang}"], row[f"question_{lang}"]) for row in ROWS
    ]


def test_what_a_teacher_put_beside_them_comes_last_and_a_copy_takes_no_number(tmp_path):
    (tmp_path / "nl").mkdir()
    for name in ("03_what_if", "01_who_answers", "03_what_if-Copy1", "13_mine", "13_again", "notes"):
        (tmp_path / "nl" / f"{name}.ipynb").touch()
    found = lessons("nl", tmp_path)
    assert [(one.path.stem, one.number) for one in found] == [
        ("01_who_answers", "1"),
        ("03_what_if", "3"),
        ("03_what_if-Copy1", ""),
        ("13_again", "13"),
        ("13_mine", ""),
        ("notes", ""),
    ]
    assert [one.short for one in found[2:]] == [""] * 4


def test_without_a_folder_there_are_none(tmp_path):
    assert lessons("en", tmp_path / "nothing") == []
