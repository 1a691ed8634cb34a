"""The figure of a class: a row a cell, a bar of wrong answers, and at its right what the matrix says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data.core.language import texts
from srm_data.core.vocabulary import PARTIES
from srm_data.learning.questions import misconception

if TYPE_CHECKING:
    from collections.abc import Iterable

    from srm_data.learning.class_bets import Made, Missed
    from srm_data.views.figures.canvas import Canvas
    from srm_data.views.figures.picture import Picture

_BARS = 6  # cells in the figure: more cannot be read from the back of the room
_NARROWEST = 62.0  # pixels of a part of a bar
_LABEL, _BADGE, _COUNT = 610.0, 190.0, 150.0  # pixels for the cell's name, the right answer, "5 of 6"


def draw(missed: list[Missed], made: Iterable[Made], foot: str, lang: str, theme: str) -> Picture:
    """The cells most often wrong, drawn.

    Args:
        missed: cells with at least one wrong bet, the worst first; only the first six are drawn.
        made: all bets of the class, to tell "nothing wrong" from "nothing asked".
        foot: the line at the foot: whose bets these are.
        lang: "en" or "nl".
        theme: "light", "dark", or "print" for grey paper.
    """
    from srm_data.views.figures.canvas import Canvas

    words = texts(lang)["classroom"]
    rows = missed[:_BARS]
    on_cells = any(bet.asked(lang).kind == "cell" for bet in made)
    title = words["figure_none" if on_cells else "figure_empty"]
    if rows:
        worst = rows[0]
        title = words["figure_title"].format(where=worst.where, wrong=len(worst.wrong), n=worst.asked)
    alt = " ".join([f"{title}.", *(_in_words(row, lang) for row in rows)])
    canvas = Canvas(title, alt, theme, lang=lang)
    canvas.head(words["figure_sub"])
    canvas.foot(PARTIES, [foot])
    _rows(canvas, rows, lang)
    return canvas.finish()


def _in_words(row: Missed, lang: str) -> str:
    words, q = texts(lang)["classroom"], row.question
    answers = ", ".join(
        words["alt_answer"].format(n=n, party=texts(lang)["party"][party]["word"])
        for party, n in row.answers.items()
    )
    where = f"{row.where} ({q.matrix.short})" if q.matrix else row.where
    return str(
        words["alt_row"].format(
            where=where,
            wrong=len(row.wrong),
            n=row.asked,
            answers=answers,
            key=texts(lang)["party"][q.key]["word"],
        )
    )


def _rows(canvas: Canvas, rows: list[Missed], lang: str) -> None:
    if not rows:
        return
    words = texts(lang)["classroom"]
    left, badge = canvas.left + _LABEL + 30, canvas.right - _BADGE
    for x, head, width in ((left, words["answered"], 300), (badge, words["theirs"], _BADGE)):
        canvas.text(x, 168, head, 26, width=width, bold=True)
    # A frame as long as all predictions, so that 10 of 28 does not look like everybody.
    room = badge - _COUNT - left
    unit = min(100.0, (room - _NARROWEST) / max(row.asked for row in rows))
    for n, row in enumerate(rows):
        y, q = 192 + n * 98.0, row.question
        canvas.text(canvas.left, y + 19, row.where, 29, width=_LABEL, bold=True)
        belief = row.chosen.misconception
        below = q.matrix.short if q.matrix else ""
        if belief:
            below += f" · “{misconception(belief, lang)[0]}”"
        canvas.text(
            canvas.left, y + 63, below, 20, width=_LABEL, lines=2, height=44, colour=canvas.theme.quiet
        )
        # A small part is longer than its share, so that hatch and letter fit; the largest makes room for it.
        widths = [max(_NARROWEST, unit * times - 6) for times in row.answers.values()]
        widths[0] -= max(0.0, sum(widths) + 6 * len(widths) - room)
        x, end = left, left + unit * row.asked
        canvas.box(x, y + 14, end - x - 6, 62, fill=canvas.theme.ground, edge=canvas.theme.line)
        for (party, times), width in zip(row.answers.items(), widths, strict=True):
            _segment(canvas, x, y + 14, width, 62, party, times, lang)
            x += width + 6
        said = words["of"].format(wrong=len(row.wrong), n=row.asked)
        canvas.text(max(x, end) + 8, y + 45, said, 26, width=_COUNT - 20)
        assert q.matrix is not None
        assert q.cell is not None
        # The answer alone: what is disputed about it is the lesson's, not the slide's.
        label = texts(lang)["party"][q.key]["label"]
        _segment(canvas, badge, y + 14, _BADGE, 62, q.key, 0, lang, label)


def _segment(
    canvas: Canvas,
    x: float,
    y: float,
    width: float,
    height: float,
    party: str,
    n: int,
    lang: str,
    label: str = "",
) -> None:
    """A part of a bar: fill and hatch of the party, its letter, and how many (or a label)."""
    from srm_data.views.figures.text_fit import measure

    ink, words = canvas.theme.ink[party], texts(lang)["party"][party]
    canvas.box(x, y, width, height, fill=ink.fill, edge=ink.edge)
    canvas.strip(x, y, height, party, colour=ink.text)
    if label:
        canvas.text(x + 38, y + height / 2, words["letter"], 30, width=40, bold=True, colour=ink.text)
        canvas.text(x + 68, y + height / 2, label, 26, width=width - 76, colour=ink.text)
        return
    for said, size in ((f"{n} {words['label']}", 28), (f"{n} {words['letter']}", 28), (words["letter"], 26)):
        if measure(said, size, bold=True) <= width - 38 - 2:
            canvas.text(x + 38, y + height / 2, said, size, width=width - 38, bold=True, colour=ink.text)
            return
