"""Where a question, its options and its answer stand on their PowerPoint slide, in slide pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from srm_data.learning.questions import Option
from srm_data.publishing.slides.answers import option_marks, reasons
from srm_data.publishing.slides.slide import Slide
from srm_data.publishing.slides.slide_fit import BOTTOM, LEADING, ROOM, TOP, points_height
from srm_data.publishing.slides.slide_text import Point, Run
from srm_data.views.figures.canvas import MARGIN

#: From the left, from the top, width, height.
Box = tuple[float, float, float, float]

_STEM = TOP + 8  # where the question begins
_SIZES = range(46, 27, -2)
_LABEL = 36  # options are not larger: the name of a party stays on one line
_GAP, _WIDER_GAP = 28, 44  # between question, options, reason and table
_BETWEEN = (32, 18)  # from one option to the next: to the side, and down
_HANDS, _BESIDE = 84, 30  # width of the box for the hands, and how far from its option
_PAD = 13  # over and under the words of an option
_HIGH = (96, 68)  # an option is at least so high, or so where there is less room
LEFT, PARTY_LEFT, RIGHT = 24, 44, 34  # of the words in an option, from its sides
HANGING = 52  # from the letter of an option to its words
_ARIAL = 1.15  # what is measured leaves room for a wider font; in Arial so much more stands on a line
REASON = 28  # from the margin to the reason: before it stands a line


@dataclass(frozen=True)
class Card:
    """One option: its letter, its own box and that for the hands."""

    option: Option
    letter: str
    box: Box
    hands: Box


@dataclass(frozen=True)
class Plan:
    """The measures of one slide; `table` is where the table of the answer begins."""

    size: int
    label: int  # size of the options
    small: int  # size of the reason
    stem: Box
    cards: list[Card]
    reason: Box
    bar: float  # height of the line before the reason
    table: float


def plan(slide: Slide) -> Plan:
    """The largest type at which the question, its options and its answer stand on one slide."""
    made = [_at(slide, size, least) for size in _SIZES for least in _HIGH]
    return next((plan for plan, end in made if end <= BOTTOM), made[-1][0])


def _at(slide: Slide, size: int, least: int) -> tuple[Plan, float]:
    """The plan at one size and least height of an option, and where it ends."""
    q, answer = slide.question, slide.last
    assert q
    small = max(_SIZES[-1], size - 4)
    label = min(_LABEL, small)
    stem = points_height([Point((Run(q.stem),))], size)
    high, columns = _rows(slide, label, least)
    reason = points_height(reasons(q), small, ROOM - REASON)
    table = sum(answer.fit.heights) if answer.fit else 0.0
    options = sum(high) + _BETWEEN[1] * (len(high) - 1)
    blocks = [stem, options, reason, *([table] if table else [])]
    spare = BOTTOM - _STEM - sum(blocks)
    gap = min(_WIDER_GAP, max(_GAP, spare / (len(blocks) - 1)))
    y = _STEM + stem + gap
    cards = list(_cards(slide, y, high, columns))
    y += options + gap
    boxes = (MARGIN, _STEM, ROOM, stem + 8), (MARGIN + REASON, y, ROOM - REASON, reason + 8)
    end = y + reason + (gap + table if table else 0)
    bar = points_height(reasons(q), small, (ROOM - REASON) * _ARIAL)
    return Plan(size, label, small, boxes[0], cards, boxes[1], bar, y + reason + gap), end


def _rows(slide: Slide, size: int, least: int) -> tuple[list[float], int]:
    """The height of each row of options, and how many stand in a row: as many as keep to one line."""
    q = slide.question
    assert q
    party = q.kind == "cell"
    left = PARTY_LEFT if party else LEFT
    for columns in (3, 2, 1):
        wide = _wide(columns) - left - HANGING - RIGHT
        if least >= 2 * size * LEADING:  # high enough for two lines, should another font need them
            wide *= _ARIAL
        tall = [points_height([Point((Run(one.label),))], size, wide) for one in q.options]
        whole = len(q.options) % columns == 0 and max(tall) < 1.5 * min(tall) and min(tall) < 2 * size
        if party or whole or columns == 1:
            break
    high = [max(least, one + 2 * _PAD) for one in tall]
    return [max(high[i : i + columns]) for i in range(0, len(high), columns)], columns


def _wide(columns: int) -> float:
    """How wide an option is."""
    return (ROOM - _BETWEEN[0] * (columns - 1)) / columns - _BESIDE - _HANDS


def _cards(slide: Slide, y: float, high: list[float], columns: int) -> Iterator[Card]:
    assert slide.question
    wide, marks = _wide(columns), option_marks(slide.question)
    for i, option in enumerate(slide.question.options):
        row, column = divmod(i, columns)
        top = y + sum(high[:row]) + _BETWEEN[1] * row
        left = MARGIN + column * (wide + _BESIDE + _HANDS + _BETWEEN[0])
        box = (left, top, wide, high[row])
        hands = (left + wide + _BESIDE, top, _HANDS, high[row])
        yield Card(option, marks[i], box, hands)
