"""Text measured before it is drawn, in the kit's own typeface: it wraps or shrinks, and never runs over."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache

from srm_data.core.language import texts
from srm_data.files.paths import FIGURE_FONTS, FONTS

FAMILY = "Atkinson Hyperlegible Next"
LEADING = 1.14  # distance of two lines of text, in sizes
LEAST = 24.0  # slide pixels, 14.4 points: smaller type cannot be read from the back row


def fit(
    text: str, size: float, width: float, lines: int = 1, *, height: float = 1000, bold: bool = False
) -> tuple[list[str], float]:
    """Wrap `text` into at most `lines` lines within `width` × `height` pixels, `size` at most.

    Returns the lines and their size, the largest that fits. Type that is larger shrinks to 60 % of `size`,
    and to `LEAST` at most; text that does not fit then ends in an ellipsis.

    Args:
        text: what to write.
        size: height of the type at most, in slide pixels.
        width: of the room, in slide pixels.
        lines: how many lines there may be.
        height: of the room, in slide pixels.
        bold: whether the type is bold.
    """
    if measure(text, size, bold=bold) <= width and size * LEADING <= height:
        return [text], size
    # One line can be computed; with more, where it breaks depends on the size.
    least = min(size, max(size * 0.6, LEAST))
    one = min(size, height / LEADING, width / max(measure(text, 1, bold=bold), 1e-9))
    best: tuple[list[str], float] = ([text], one) if one > least else ([], 0)
    for count in range(2, lines + 1):
        tried = min(size, height / (count * LEADING))
        while tried > max(best[1], least):
            wrapped = _wrap(text, tried, width, bold)
            if len(wrapped) <= count and all(measure(line, tried, bold=bold) <= width for line in wrapped):
                best = wrapped, tried
                break
            tried *= 0.96
    if best[0]:
        return best
    wrapped = _wrap(text, least, width, bold)
    kept = [_cut(line, least, width, bold) for line in wrapped[:lines]]
    if len(wrapped) > lines:
        kept[-1] = _cut(f"{kept[-1]} {wrapped[lines]}", least, width, bold)
    return kept, least


def _cut(line: str, size: float, width: float, bold: bool) -> str:
    """The line itself, or as much of it as fits with an ellipsis."""
    if measure(line, size, bold=bold) <= width:
        return line
    while line and measure(line + "…", size, bold=bold) > width:
        line = line[:-1]
    return line.rstrip() + "…"


def common_size(
    labels: Iterable[str], size: float, width: float, lines: int, height: float, *, bold: bool = False
) -> float:
    """The size at which all `labels` fit, so that a row of headings looks alike.

    Args:
        labels: the texts.
        size: height of the type at most, in slide pixels.
        width: of the room for one label, in slide pixels.
        lines: how many lines a label may have.
        height: of the room for one label, in slide pixels.
        bold: whether the type is bold.
    """
    sizes = [fit(label, size, width, lines, height=height, bold=bold)[1] for label in labels]
    return min(sizes)


def balanced(text: str, size: float, width: float, lines: int, *, bold: bool = False) -> float:
    """The width at which `lines` lines come out about equally long, so that no word stands alone.

    Args:
        text: what to write.
        size: height of the type, in slide pixels.
        width: of the room, in slide pixels.
        lines: how many lines the text takes in that room.
        bold: whether the type is bold.
    """
    while width > 100 and len(_wrap(text, size, width * 0.98, bold)) <= lines:
        width *= 0.98
    return width


def paragraph_height(text: str, size: float, width: float, *, bold: bool = False) -> float:
    """How high running text is, in slide pixels.

    Args:
        text: what to write.
        size: height of the type, in slide pixels.
        width: of the room, in slide pixels.
        bold: whether the type is bold.
    """
    return len(_wrap(text, size, width, bold)) * size * LEADING


def lines_of(text: str, width: float, most: int, *, bold: bool = False) -> int:
    """How many lines of the least size a text takes; more than `most` where it does not fit.

    Args:
        text: what to write.
        width: of the room, in slide pixels.
        most: how many lines there may be.
        bold: whether the type is bold.
    """
    shown, _ = fit(text, LEAST, width, most, bold=bold)
    return most + 1 if any(line.endswith("…") for line in shown) else len(shown)


def narrowest(names: Collection[str], lines: int, *, bold: bool = False) -> float:
    """The least width, in slide pixels, in which all names fit in so many lines of the least size.

    Args:
        names: what to write.
        lines: how many each may take.
        bold: whether the type is bold.
    """
    return _narrowest(tuple(names), lines, bold)


@lru_cache(maxsize=1024)  # asked again for each step of a figure, and for each look of its cells
def _narrowest(names: tuple[str, ...], lines: int, bold: bool) -> float:
    width = max(measure(name, LEAST, bold=bold) for name in names)
    while width > 60 and all(lines_of(name, width - 6, lines, bold=bold) <= lines for name in names):
        width -= 6
    return width


def listed(names: Sequence[str], size: float, room: float, most: int, lang: str) -> list[str]:
    """Names after each other in at most so many lines; those that do not fit are counted.

    Args:
        names: what to list.
        size: of the type.
        room: how wide a line may be.
        most: how many lines there may be.
        lang: "en" or "nl".
    """
    more = texts(lang)["ask"]["more"]
    for n in range(len(names), 0, -1):
        text = ", ".join(names[:n])
        if n < len(names):
            text += " " + more.format(n=len(names) - n)
        lines, fitted = fit(text, size, room, most)
        if fitted == size and not any(line.endswith("…") for line in lines):
            return lines
    return [more.format(n=len(names))]


# Between words, but not at a no-break space or behind a number, which stays with what it counts; a single
# word, as headings of columns are, behind its hyphen.
_SPACES, _HYPHENS = re.compile(r"(?<=\D )"), re.compile(r"(?<=[^\W\d]-)(?=[^\W\d])")


def _wrap(text: str, size: float, width: float, bold: bool) -> list[str]:
    lines = [""]
    for piece in (_SPACES if " " in text else _HYPHENS).split(text):
        if lines[-1] and measure((lines[-1] + piece).rstrip(" "), size, bold=bold) > width:
            lines.append(piece)
        else:
            lines[-1] += piece
    return [line.strip(" ") for line in lines]


def measure(text: str, size: float, *, bold: bool = False) -> float:
    """Width of one line of text in slide pixels at `size` pixels; a sign that the typeface lacks is an "m".

    Args:
        text: one line.
        size: height of the type, in slide pixels.
        bold: whether the type is bold.
    """
    return round(_width_at_1000(text, bold) * size / 1000, 6)  # the last digits are not the same each way


@cache
def _width_at_1000(text: str, bold: bool) -> int:
    widths = _widths()["bold" if bold else "normal"]
    return sum(widths.get(sign, widths["m"]) for sign in text)


@cache
def _widths() -> dict[str, dict[str, int]]:
    """How far each sign of both cuts moves the next one on, in thousandths of the size."""
    read: dict[str, dict[str, int]] = json.loads((FONTS / "widths.json").read_text("utf-8"))
    return read


def signs() -> frozenset[str]:
    """What the typeface can write."""
    return frozenset(_widths()["normal"])


@cache
def font_files() -> dict[str, str]:
    """The two cuts of the typeface, without what moves letters together."""
    return {
        "normal": str(FIGURE_FONTS / "AtkinsonHyperlegibleNext-Regular.ttf"),
        "bold": str(FIGURE_FONTS / "AtkinsonHyperlegibleNext-Bold.ttf"),
    }
