"""The results of a class as a spreadsheet for Excel, LibreOffice and Numbers.

XLSX and not CSV: it holds several tables, is read alike whatever the separators of a country are, and what is
written as text stays text there, so that no name of a learner or file can be a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from srm_data.core.language import texts
from srm_data.learning.questions import misconception

if TYPE_CHECKING:
    import pandas as pd

    from srm_data.learning.class_bets import Made, Missed

_WIDEST = 60  # signs in a column; more than that is wrapped
_LONGEST = 32_000  # signs in a cell; Excel holds 32,767
_DAY = datetime(1980, 1, 1)  # always the same, as the bytes are


def workbook(
    lang: str,
    missed: Sequence[Missed],
    lessons: pd.DataFrame,
    learners: pd.DataFrame,
    made: Sequence[Made],
    skipped: Sequence[tuple[str, str]],
) -> bytes:
    """A sheet for each table: without names first, then those with names.

    Args:
        lang: "en" or "nl".
        missed: the questions that went wrong at least once.
        lessons: `ClassResults.per_lesson`.
        learners: `ClassResults.per_learner`.
        made: every bet.
        skipped: the files that could not be read, each with the reason.
    """
    import xlsxwriter

    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    words = texts(lang)["classroom"]
    book.set_properties({"title": words["sheet"]["title"], "created": _DAY})
    styles = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "number": book.add_format({"valign": "top"}),
        "share": book.add_format({"valign": "top", "num_format": "0%"}),
    }
    for name, heads, rows in _sheets(lang, missed, lessons, learners, made, skipped):
        _fill(book.add_worksheet(words["sheet"][name]), heads, [*rows], styles)
    book.close()
    return held.getvalue()


class _Share(float):
    """A part of a whole, which a spreadsheet shows in percents."""


def _sheets(
    lang: str,
    missed: Sequence[Missed],
    lessons: pd.DataFrame,
    learners: pd.DataFrame,
    made: Sequence[Made],
    skipped: Sequence[tuple[str, str]],
) -> Iterator[tuple[str, list[str], Iterable[Sequence[Any]]]]:
    """Of each sheet its name in the locale, its headings and its rows."""
    words = texts(lang)["classroom"]
    counted = [words["asked"], words["right"], words["share"], words["sure"]]

    yield (
        "questions",
        [
            *(words["question"], words["place"], words["the_lesson"], words["asked"], words["right"]),
            *(words["share"], words["the_answer"], words["chosen"], words["belief"], words["sure"]),
        ],
        (
            (
                *(one.question.stem, one.question.place, one.question.lesson, one.asked, one.right),
                _Share(one.right / one.asked),
                " / ".join(option.label for option in one.question.right),
                one.chosen.label,
                misconception(one.chosen.misconception, lang)[0] if one.chosen.misconception else "",
                one.certain,
            )
            for one in missed
        ),
    )
    yield (
        "lessons",
        [words["the_lesson"], words["title"], words["who"], *counted],
        (
            (
                one.lesson,
                one.title,
                one.learners,
                one.predictions,
                one.right,
                _Share(one.share),
                one.certain_wrong,
            )
            for one in _rows(lessons)
        ),
    )
    yield (
        "learners",
        [words["learner"], words["lessons"], *counted, words["empty"]],
        (
            (
                *(one.learner, one.lessons, one.predictions, one.right),
                *(_Share(one.share) if one.predictions else "", one.certain_wrong, one.hand_in),
            )
            for one in _rows(learners)
        ),
    )
    sures = texts(lang)["bet"]["sures"]
    verdicts = [texts(lang)["bet"][key] for key in ("wrong", "right")]
    yield (
        "predictions",
        [
            *(words["learner"], words["the_lesson"], words["question"], words["place"]),
            *(words["answered"], words["verdict"], words["how_sure"], words["file"]),
        ],
        (
            (
                *(bet.learner, question.lesson, question.stem, question.place),
                *(question.option(bet.answer).label, verdicts[bet.right]),
                *("" if bet.sure is None else sures[bet.sure], bet.file),
            )
            for bet in made
            for question in [bet.asked(lang)]
        ),
    )
    yield "skipped", [words["file"], words["reason"]], skipped


def _rows(frame: pd.DataFrame) -> Iterable[Any]:
    return frame.itertuples(index=False)


def _fill(sheet: Any, heads: list[str], rows: list[Sequence[Any]], styles: dict[str, Any]) -> None:
    """Headings that stay in view, with a filter; every column as wide as what stands in it."""
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, styles["head"])
        longest = max([len(head), *(len(str(row[column])) for row in rows)])
        sheet.set_column(column, column, min(longest, _WIDEST) + 2)
    for n, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if value == "":
                continue
            if isinstance(value, str):
                sheet.write_string(n, column, value[:_LONGEST], styles["text"])
            else:
                style = styles["share" if isinstance(value, _Share) else "number"]
                sheet.write_number(n, column, value, style)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
