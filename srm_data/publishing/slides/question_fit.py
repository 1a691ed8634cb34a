"""How a question stands on a slide of a browser with its answer under it, measured first.

The answer has its room from the start, so that nothing moves when it comes.
"""

from __future__ import annotations

from dataclasses import dataclass

from srm_data.publishing.slides.slide import Slide
from srm_data.publishing.slides.slide_fit import LEADING, ROOM, Fit, fit_whole, lines, room_over

#: What a card has beside its words: the edge, the letter, the mark of the right one, the box for hands.
PAD, LETTER, MARK = 16, 62, 62
HANDS_WIDE, HANDS_HIGH = 250, 64
GAP, BETWEEN = 26, 14
UNDER = 18  # blank under the quiet line

_SIZES = range(50, 27, -2)
_LABEL, _LEAST = 46, 28
_PARTS = 240  # how high a table under the reason may be, and how low it may become
_PARTS_LEAST = 110
#: A page has our typeface in it, so it needs less room than a slide that another font may be used for.
_OWN_FONT = 1.12


@dataclass(frozen=True)
class QuestionFit:
    """Sizes in pixels, whether the options stand beside each other, and the table under the reason."""

    stem: int
    label: int
    reason: int
    across: bool
    parts: Fit | None


def fit_question(slide: Slide) -> QuestionFit:
    """The largest sizes at which a question, its options and its answer fit; the smallest when none do."""
    return next((fit for size in _SIZES if (fit := _fit(slide, size))), _least(slide))


def _fit(slide: Slide, size: int) -> QuestionFit | None:
    q, answer = slide.question, slide.last
    assert q
    label, reason = min(size, _LABEL), max(_LEAST, size - 4)
    n = len(q.options)
    wide = (ROOM - BETWEEN * (n - 1)) / n - LETTER - MARK - 2 * PAD
    across = all(_lines(option.label, label, wide, bold=True) == 1 for option in q.options)
    high = _lines(q.stem, size, ROOM) * size * LEADING + 2 * GAP + UNDER
    if across:
        high += label * LEADING + HANDS_HIGH + BETWEEN + 2 * PAD
    else:
        wide = ROOM - LETTER - MARK - HANDS_WIDE - 3 * PAD
        rows = [_lines(option.label, label, wide) * label * LEADING for option in q.options]
        high += sum(max(HANDS_HIGH, row) + PAD for row in rows) + BETWEEN * (n - 1)
    for right in q.right:
        high += _lines(right.feedback, reason, ROOM - LETTER) * reason * LEADING + BETWEEN
    spare = room_over(answer.foot) - high
    parts = None
    if answer.fit:
        if spare < _PARTS_LEAST:
            return None
        parts = fit_whole(answer.fit.table, min(_PARTS, spare))
        if not parts:
            return None
    return QuestionFit(size, label, reason, across, parts) if spare >= 0 else None


def _least(slide: Slide) -> QuestionFit:
    return QuestionFit(_SIZES[-1], _SIZES[-1], _LEAST, False, slide.last.fit)


def _lines(text: str, size: float, room: float, *, bold: bool = False) -> int:
    return lines(text, size, room * _OWN_FONT, bold=bold)
