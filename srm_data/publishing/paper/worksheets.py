"""A worksheet of one page for each lesson, and a page with its answers for the teacher.

``data/worksheets.csv`` says which table, which questions and which shared cell stand on it. What a page says
is made here as plain data; ``templates/worksheet.typ`` sets it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srm_data.core.dataset import rows_by
from srm_data.core.language import texts, unknown_name
from srm_data.core.shipped import shipped_matrix
from srm_data.files.write_whole import write_own
from srm_data.learning.pdf_text import set_pdf
from srm_data.learning.questions import find_question
from srm_data.publishing.questions.common import about_cell, about_incident, find_source, sources
from srm_data.publishing.slides.find_lessons import chosen
from srm_data.views import matrix_content
from srm_data.views import sentences as say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from srm_data.core.dataset import Row
    from srm_data.core.matrix import Area, Cell, Column, Matrix
    from srm_data.learning.questions import Question
    from srm_data.publishing.lessons import Lesson
    from srm_data.views.content import Content, TableCell

_STEPS = 16  # from roomy to tight; the first that stays on one page is taken
_HALVES = 16  # rows; a table of one column that has more stands in two halves


@dataclass(frozen=True)
class Worksheet:
    """What the sheet of a lesson is made from, in one language."""

    lesson: Lesson
    lang: str
    matrix: Matrix
    questions: tuple[Question, ...]
    part_matrix: Matrix  # of the shared cell to write about
    area: Area
    column: Column

    @property
    def part(self) -> Cell:
        """The shared cell to write about."""
        return self.part_matrix.cell(self.area, self.column)


class OnePageError(ValueError):
    """What a sheet says does not fit on one page, however tight it is set."""


def worksheets(lessons: Sequence[str] | None, lang: str) -> list[Worksheet]:
    """The worksheets of these lessons, in the order of the course.

    Args:
        lessons: numbers or names; all lessons that have a worksheet when left out.
        lang: "en" or "nl".

    Raises:
        UnknownNameError: lists the lessons there are, or those with a worksheet, with the nearest guess.
    """
    rows = rows_by("worksheets", "lesson")
    asked = chosen(lessons, lang)
    if lessons and (none := [one.number for one in asked if one.number not in rows]):
        raise unknown_name("lesson", none[0], rows)
    return [_worksheet(one, rows[one.number], lang) for one in asked if one.number in rows]


def _worksheet(lesson: Lesson, row: Row, lang: str) -> Worksheet:
    of = shipped_matrix(row["part_matrix"], lang)
    return Worksheet(
        lesson,
        lang,
        shipped_matrix(row["matrix"], lang),
        tuple(find_question(one, lang) for one in row["questions"].split()),
        of,
        next(area for area in of.areas if area.id == row["part_area"]),
        of.column(row["part_column"]),
    )


def sheet(w: Worksheet) -> bytes:
    """The sheet to print for the learner; it holds no answer."""
    return _one_page(_page(w, matrix_content.matrix(w.matrix, 0), answers=False))


def answers(w: Worksheet) -> bytes:
    """The same page for the teacher: each answer with its reason, the table filled in, both parts."""
    return _one_page(_page(w, matrix_content.matrix(w.matrix), answers=True))


def write_worksheets(
    out: Path, lessons: Sequence[str] | None, langs: Sequence[str]
) -> list[tuple[Path, Path]]:
    """Write ``<out>/<lang>/<lesson>-worksheet.pdf`` and ``...-answers.pdf`` for each lesson.

    A file that somebody changed stays as it is, see `write_whole.write_own`.

    Args:
        out: the folder; made when it is not there.
        lessons: numbers or names; all lessons that have a worksheet when left out.
        langs: the languages to write.

    Returns:
        For each file the name it was to have and the one it got.

    Raises:
        UnknownNameError: for an unknown lesson or language.
        OSError: when the folder cannot be written to.
    """
    asked = [w for lang in langs for w in worksheets(lessons, lang)]
    made = []
    for w in asked:
        for kind, page in (("worksheet", sheet), ("answers", answers)):
            wanted = out / w.lang / f"{w.lesson.path.stem}-{kind}.pdf"
            made.append((wanted, write_own(wanted, page(w))))
    return made


def _one_page(told: dict[str, Any]) -> bytes:
    """The page, set as roomy as it can be.

    Raises:
        OnePageError: when it takes more than one page even so.
    """
    from pypdf import PdfReader

    made: dict[int, bytes] = {}

    def fits(step: int) -> bool:
        made[step] = set_pdf("worksheet.typ", {**told, "room": 1 - step / _STEPS})
        return len(PdfReader(BytesIO(made[step])).pages) == 1

    step = bisect_left(range(_STEPS + 1), True, key=fits)
    if step > _STEPS:
        raise OnePageError(told["title"])
    return made[step]


def _page(w: Worksheet, content: Content, *, answers: bool) -> dict[str, Any]:
    """What the template sets."""
    words = texts(w.lang)
    said, paper = words["worksheet"], words["handout"]
    kind = said["answers" if answers else "worksheet"].format(n=w.lesson.number)
    return {
        "lang": w.lang,
        "title": f"{w.lesson.short} · {kind}",
        "heading": w.lesson.short,
        "kind": kind,
        "lead": w.lesson.question.replace("*", ""),
        "for_teacher": said["for_teacher"] if answers else "",
        "name": paper["name"],
        "date": paper["date"],
        "headings": [said[one] for one in ("predict", "fill", "parts", "claim")],
        "how": ["" if answers else said[one] for one in ("predict_how", f"fill_{w.matrix.kind}")],
        "sure": words["bet"]["sure"],
        "sures": words["bet"]["sures"],
        "questions": [_question(q, answers=answers) for q in w.questions],
        "tables": list(_tables(content)),
        "table": _table_name(w.matrix),
        "key": _key(w, content, marked=answers),
        "part": said["parts_how"].format(cell=_place(w)),
        "parts": _parts(w, filled=answers),
        "reading": words["label"]["our_reading"] if answers and w.part.parts_basis == "reading" else "",
        "claim": [] if answers else _claim(w),
        "feet": _sources(w) if answers else list(dict.fromkeys((*content.feet, say.foot(w.part_matrix)))),
    }


def _table_name(m: Matrix) -> str:
    """A matrix and its edition, which many a short name ends with."""
    return m.short if m.short.casefold().endswith(m.edition.casefold()) else f"{m.short} · {m.edition}"


def _place(w: Worksheet) -> str:
    """The shared cell by its table, its area, and its column where there is more than one."""
    column = () if w.part_matrix.axis == "owner" else (w.column.label,)
    return " · ".join((w.part_matrix.short, w.area.label, *column))


def _sources(w: Worksheet) -> list[str]:
    """Where all that is on the page of answers can be read, each source once."""
    found = [find_source(m.id, w.lang) for m in (w.matrix, w.part_matrix)]
    found += [source for q in w.questions for source in sources(q)]
    said = texts(w.lang)["export"]["source"]
    return [said.format(source=source) for source in dict.fromkeys(found)]


def _question(q: Question, *, answers: bool) -> dict[str, Any]:
    """A question with its answers to choose from, or with the right one and why it is right."""
    told: dict[str, Any] = {"stem": q.stem, "place": q.place}
    if answers:  # the story, and what a learner chooses from, are on the sheet
        right = [[option.label.rstrip(".") + ".", option.feedback] for option in q.right]
        return told | {"story": "", "right": right, "more": " · ".join((*about_cell(q), *about_incident(q)))}
    return told | {"story": q.story, "options": [option.label for option in q.options]}


def _tables(content: Content) -> Iterator[list[list[str]]]:
    """The table as rows of words, headings first; a long one of one column in two halves."""
    heads, *rows = content.tables[0].rows
    half = (len(rows) + 1) // 2 if len(rows) > _HALVES and len(heads) == 2 else len(rows)
    for part in (rows[:half], rows[half:]):
        if part:
            yield [[_word(cell) for cell in row] for row in (heads, *part)]


def _word(cell: TableCell) -> str:
    return cell.text if cell.head else cell.short


def _key(w: Worksheet, content: Content, *, marked: bool) -> str:
    """What each letter means, and with `marked` what stands behind some letters."""
    words = texts(w.lang)
    means = "runs" if content.runs else "key"
    told = [f"{party['letter']} = {party[means]}" for party in words["party"].values()]
    if "none" in content.parties:
        told.append(f"{words['not_applicable']['label']} = {words['not_applicable']['key']}")
    if marked and (marks := matrix_content.marks_told(content)):
        told.append(marks)
    return " · ".join(told)


def _parts(w: Worksheet, *, filled: bool) -> list[list[str]]:
    """A box for each side: its name, and with `filled` what it does."""
    provider = w.part.provider or w.part_matrix.provider_short
    sides = (
        (texts(w.lang)["label"]["customer_does"], w.part.customer_part),
        (provider[0].upper() + provider[1:], w.part.provider_part),
    )
    return [[name, part if filled else ""] for name, part in sides]


def _claim(w: Worksheet) -> list[list[dict[str, str]]]:
    """Lines of a sentence with gaps: their words, and what each gap is for."""
    said = texts(w.lang)["worksheet"]
    name = "claim_owner" if w.matrix.axis == "owner" else f"claim_{w.matrix.kind}"
    lines = []
    for line in said[name]:
        pieces = re.split(r"\{(\w+)\}", line)  # every second one is the name of a gap
        lines.append(
            [
                {"gap": piece, "text": said["gap"].get(piece, "")} if i % 2 else {"text": piece}
                for i, piece in enumerate(pieces)
                if piece
            ]
        )
    return lines
