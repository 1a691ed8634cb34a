"""The figure of a class: a row a cell, a bar as long as the class, and at its right what the matrix says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data.core.language import texts
from srm_data.core.vocabulary import PARTIES
from srm_data.learning.questions import misconception

if TYPE_CHECKING:
    from srm_data.learning.class_bets import Missed
    from srm_data.views.figures.canvas import Canvas
    from srm_data.views.figures.picture import Picture

_BARS = 5  # cells in the figure, in type that can be read from the back of the room
_LABEL, _BADGE, _GAP = 560.0, 200.0, 40.0  # pixels for the cell's name, the right answer, and between
_PITCH, _HIGH = 220.0, 120.0  # pixels for a row, and of its bar
_HATCHED, _LETTER = 66.0, 30.0  # pixels that a part of a bar needs for hatch and letter, and for its letter
_NARROWEST = 10.0  # pixels of a part of a bar
_BESIDE = 77.0  # pixels of hatch and letter before a label


def draw(rows: list[Missed], learners: int, foot: str, lang: str, theme: str) -> Picture:
    """The cells most often wrong, drawn: wrong answers filled, right ones in outline, the rest open.

    Args:
        rows: cells with at least one wrong prediction, the worst first; those that all had right where none
            was wrong. Only the first five are drawn.
        learners: how many there are in the class, with those who did not predict on a cell.
        foot: the line at the foot: whose predictions these are.
        lang: "en" or "nl".
        theme: "light", "dark", or "print" for grey paper.
    """
    from srm_data.views.figures.canvas import Canvas

    words = texts(lang)["classroom"]
    rows = rows[:_BARS]
    wrong = bool(rows and rows[0].wrong)
    title = words["figure_none" if rows else "figure_empty"]
    if wrong:
        worst = rows[0]
        title = words["figure_title"].format(where=worst.where, wrong=len(worst.wrong), n=worst.asked)
    alt = " ".join([f"{title}.", *(_in_words(row, lang) for row in rows)])
    canvas = Canvas(title, alt, theme, lang=lang)
    subtitle = words["figure_sub_right" if rows and not wrong else "figure_sub"]
    full = max([learners, *(row.asked for row in rows)])
    if rows and full == learners:
        who = words["learners_one"] if learners == 1 else words["learners"].format(n=learners)
        subtitle += " " + words["figure_scale"].format(learners=who)
        if any(row.asked < learners for row in rows):
            subtitle += " " + words["figure_open"]
    canvas.head(subtitle)
    canvas.foot(PARTIES, [foot], key=bool(rows))
    if rows:
        _rows(canvas, rows, learners, full, lang)
    else:
        middle = (canvas.top + canvas.bottom) / 2
        canvas.blank(canvas.left, canvas.top, canvas.room, canvas.bottom - canvas.top)
        later, room, quiet = words["figure_later"], canvas.room - 80, canvas.theme.quiet
        canvas.text(canvas.width / 2, middle, later, 40, width=room, lines=2, colour=quiet, align="center")
    return canvas.finish()


def _in_words(row: Missed, lang: str) -> str:
    words, q = texts(lang)["classroom"], row.question
    answers = ", ".join(
        words["alt_answer"].format(n=n, party=texts(lang)["party"][party]["word"])
        for party, n in row.answers.items()
    )
    where = f"{row.where} ({q.matrix.short})" if q.matrix else row.where
    return str(
        words["alt_row" if row.wrong else "alt_right"].format(
            where=where,
            wrong=len(row.wrong),
            n=row.asked,
            answers=answers,
            key=texts(lang)["party"][q.key]["word"],
        )
    )


def _rows(canvas: Canvas, rows: list[Missed], learners: int, full: int, lang: str) -> None:
    """The rows: the name of a cell, its bar, and the answer.

    Args:
        canvas: the slide, with its `head` and `foot`.
        rows: the cells.
        learners: how many there are in the class.
        full: how many predictions the longest bar can hold; all bars are on this one scale.
        lang: "en" or "nl".
    """
    from srm_data.views.matrix_content import named_party

    words = texts(lang)["classroom"]
    left, badge = canvas.left + _LABEL + _GAP, canvas.right - _BADGE
    unit = (badge - _GAP - left) / full
    for x, head, width in ((left, words["answered"], 300), (badge, words["theirs"], _BADGE)):
        canvas.text(x, canvas.top + 14, head, 28, width=width, bold=True)
    top = canvas.top + 44
    pitch = min(_PITCH, (canvas.bottom - top) / len(rows))
    high = min(_HIGH, pitch - 62)
    word = canvas.word_size([named_party(party, lang) for party in PARTIES], _BADGE, high)
    for n, row in enumerate(rows):
        y, q = top + n * pitch, row.question
        _name(canvas, row, y, pitch, lang)
        end, said = _answers(canvas, row, left, y, unit, high)
        line = words["of" if row.wrong else "all_right"].format(wrong=len(row.wrong), n=row.asked)
        canvas.text(left, y + high + 22, ": ".join(filter(None, (line, said))), 24, width=badge - left)
        _rest(canvas, row, end, y, unit, high, max(0, learners - row.asked), left)
        if n == 0 and row.wrong:  # after the parts of the bar, so that it lies over them
            canvas.around(left, y, end - left, high)
        # The answer alone: what is disputed about it is the lesson's, not the slide's.
        canvas.cell(badge, y, _BADGE, high, named_party(q.key, lang), word=word)
    if not rows[0].wrong:
        canvas.bracket(badge - 14, top, top + (len(rows) - 1) * pitch + high)


def _name(canvas: Canvas, row: Missed, y: float, pitch: float, lang: str) -> None:
    """The cell, and under it the table and the belief behind the answer that was given most."""
    from srm_data.views.figures.text_fit import LEADING, LEAST, fit, paragraph_height

    shown, size = fit(row.where, 30, _LABEL, 2, bold=True)
    high = len(shown) * size * LEADING
    canvas.text(canvas.left, y + high / 2, row.where, size, width=_LABEL, lines=2, bold=True)
    table = row.question.matrix.short if row.question.matrix else ""
    told = [table]
    if row.wrong and (belief := row.chosen.misconception):
        claim = f"“{misconception(belief, lang)[0]}”"
        told = [f"{table} · {claim}", claim, table]
    room = pitch - high - 10
    below = next((text for text in told if paragraph_height(text, LEAST, _LABEL) <= room), "")
    canvas.paragraph(canvas.left, y + high + 4, below, LEAST, _LABEL, colour=canvas.theme.quiet)


def _answers(
    canvas: Canvas, row: Missed, left: float, y: float, unit: float, high: float
) -> tuple[float, str]:
    """The wrong answers, a part of the bar each; returns where they end, and those there was no room to name.

    Args:
        canvas: the slide.
        row: the cell.
        left: where the bar begins.
        y: upper side of the bar.
        unit: pixels for one prediction.
        high: of the bar.
    """
    from srm_data.views.figures.text_fit import LEAST, measure
    from srm_data.views.matrix_content import named_party

    x, unsaid = left, []
    for party, n in row.answers.items():
        cell, width, ink = named_party(party, canvas.lang), max(_NARROWEST, unit * n), canvas.theme.ink[party]
        whole = f"{n} {cell.text}"
        if named := measure(whole, LEAST) <= width - _BESIDE:
            canvas.cell(x, y, width, high, cell, labels=(whole,))
        elif width >= _HATCHED:
            canvas.cell(x, y, width, high, cell, word=0)
        elif width >= _LETTER:
            canvas.letter(x, y, width, high, party)
        else:
            canvas.box(x, y, width, high, fill=ink.fill, edge=ink.edge)
        if not named:
            unsaid.append(whole)
        x += width
    return x, ", ".join(unsaid)


def _rest(
    canvas: Canvas, row: Missed, x: float, y: float, unit: float, high: float, missing: int, left: float
) -> None:
    """The right answers in outline, and a dashed part for those who did not predict.

    Args:
        canvas: the slide.
        row: the cell.
        x: where the wrong answers end.
        y: upper side of the bar.
        unit: pixels for one prediction.
        high: of the bar.
        missing: how many learners did not predict.
        left: where the bar begins.
    """
    from srm_data.views.figures.text_fit import LEAST, measure

    words, theme = texts(canvas.lang)["classroom"], canvas.theme
    for n, until, says in (
        (row.right, left + unit * row.asked, words["are_right"]),
        (missing, left + unit * (row.asked + missing), words["none_given"]),
    ):
        if not n:
            continue
        width = max(_NARROWEST, until - x)
        if says == words["are_right"]:
            canvas.box(x, y, width, high, fill=theme.ground, edge=theme.quiet)
        else:
            canvas.blank(x, y, width, high)
        fits = (said for said in (says.format(n=n), str(n)) if measure(said, LEAST) <= width - 20)
        if said := next(fits, ""):
            middle = y + high / 2
            canvas.text(x + width / 2, middle, said, 26, width=width - 18, colour=theme.quiet, align="center")
        x += width
