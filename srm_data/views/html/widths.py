"""How wide the words of a table are, so that its style sheet knows where they no longer fit.

A width is in em, the size of the text, so it holds for every size and zoom. It is that of DejaVu Sans, which
a bare Linux has and which is wider than the other fonts that a browser may come with.
"""

from __future__ import annotations

from collections.abc import Iterable

#: Limits of the style sheet, in em: below the limit of its class a table of parties stands in blocks, one of
#: texts in cards, and headings are turned.
BLOCKS = (14, 18, 22, 26, 32, 40, 52, 66)
CARDS = (16, 20, 24, 28, 32, 36, 40, 45, 50, 56, 62, 68, 72, 999)
HEADS = (3, 4, 5, 6, 7, 7.5, 8, 9, 10, 12, 14, 18, 24)

# In hundredths of an em: sums of whole numbers are the same under every Python, sums of fractions are not.
_SIGNS = {"ijlI'.,:;|!·": 35, "ftrJ()[]-/": 43, "cszkvxyL": 60, "mwMWQ@%&—…": 100}
_WIDTH = {sign: width for signs, width in _SIGNS.items() for sign in signs}
_SMALL, _SMALLER = 36, 0.9  # below this width the text of a table is smaller, by so much
_LETTER = 2.6  # of a cell that holds a letter alone: its hatch, its edges, a mark
_BOLD = 1.12  # a bold word beside a plain one


def widest(texts: Iterable[str], *, bold: bool = False) -> float:
    """The width of the longest word of these texts, in em.

    >>> widest(["Besturingssysteem", "Fysiek netwerk"])
    10.2
    """
    words = [word for text in texts for word in str(text).split()]
    return round(max(map(_width, words), default=0) * (_BOLD if bold else 1) / 100, 1)


def limit(need: float, limits: tuple[float, ...]) -> float:
    """The first of these limits that is enough, or the highest."""
    return next((one for one in limits if one >= need), limits[-1])


def heads(labels: Iterable[str], examples: Iterable[str] = ()) -> str:
    """The class of a table by its headings: below which width of a column they are turned."""
    need = max(widest(labels, bold=True), 0.85 * widest(examples))
    return f"h{HEADS.index(limit(need, HEADS))}"


def blocks(area: float, columns: int, letter: float = _LETTER) -> str:
    """The class of a table of parties: below which width its rows are blocks."""
    return f"blocks g{limit(0.9 * area + 1 + columns * letter, BLOCKS)}"


def cards(need: float) -> str:
    """The class of a table that needs this many em: below which width its rows are cards."""
    return f"cards s{limit(need * _SMALLER if need * _SMALLER <= _SMALL else need, CARDS)}"


def _width(word: str) -> int:
    return sum(_WIDTH.get(sign, 73 if sign.isupper() else 64) for sign in word)
