"""How wide the words of a table are, so that its style sheet knows where they no longer fit.

A width is in em, the size of the text, so it holds for every size and zoom. It is that of DejaVu Sans, which
a bare Linux has and which is wider than the other fonts that a browser may come with.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from srm_data.views.content import Table

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
_LETTERS = 3.4  # of one with the letters of two parties under it
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


def measured(table: Table) -> Markup:
    """The attributes of a table that tell the style sheet where it no longer fits."""
    looks, style = measures(table)
    if not style:
        return Markup(' class="{}"').format(looks)
    return Markup(' class="{}" style="{}"').format(looks, style)


def measures(table: Table) -> tuple[str, str]:
    """The class and the style of a table that tell the style sheet where it no longer fits."""
    if not table.names:
        return "beside", ""
    columns = table.rows[0][table.names :]
    labels = [cell.text for cell in columns]
    named = [row for i, row in enumerate(table.rows) if i >= table.heads and i not in table.groups]
    if table.kind == "parties":  # a row without a party may break its words
        named = [row for row in named if any(cell.party for cell in row)]
    area = widest(cell.text for row in named for cell in row[: table.names])
    if table.kind == "parties":
        style = f"--a:{area}em;--n:{len(labels)}" + (";--area-width:22cqi" if len(labels) > 4 else "")
        letter = _LETTERS if any(cell.roles for row in table.rows for cell in row) else _LETTER
        looks = [heads(labels, [cell.aside for cell in columns]), blocks(area, len(labels), letter)]
    elif table.kind == "bars":
        area = max(area, widest([table.rows[0][0].text], bold=True))
        words = [row[2].text for row in table.rows[1:] if len(row) > 2]
        style = f"--a:{area}em" + (";--area-width:20cqi" if words else "")
        looks = [cards(area + (widest(words) + 20 if words else 14))]
    elif table.kind == "rows":
        badges = [1.12 * (widest([c.text]) + 3) for row in table.rows for c in row if c.letter]
        each = max(9, 2.5 + max([widest(labels, bold=True), *badges]))
        style = f"--a:{area}em;--area-width:28cqi"
        looks = ["rows", cards(area + 4 + len(labels) * each)]
    elif table.kind == "changes":
        head = widest(labels, bold=True)
        style = f"--a:{area}em;--area-width:0px;--c:{round(max(8, 1 + 0.84 * head), 1)}em"
        looks = [cards(2 * area + 3 + len(labels) * max(8, 1.1 + 0.93 * head))]
    else:
        listed = max([7.0, *(widest([said.text for said in c.says]) for row in table.rows for c in row)])
        style = f"--a:{area}em;--c:10.5em"
        looks = ["topic", cards(area + (3 + len(labels) * (listed + 3.8) if len(labels) > 1 else 18))]
    return " ".join(looks), style


def heads(labels: Iterable[str], examples: Iterable[str] = ()) -> str:
    """The class of a table by its headings: below which width of a column they are turned."""
    need = max(widest(labels, bold=True), 0.85 * widest(examples))
    return f"h{HEADS.index(limit(need, HEADS))}"


def blocks(area: float, columns: int, letter: float = _LETTER) -> str:
    """The class of a table of parties: below which width its rows are blocks.

    Args:
        area: width of the longest name of an area, in em.
        columns: how many columns have parties.
        letter: width of a cell with a letter alone, in em.
    """
    return f"blocks g{limit(0.9 * area + 1 + columns * letter, BLOCKS)}"


def cards(need: float) -> str:
    """The class of a table that needs this many em: below which width its rows are cards."""
    return f"cards s{limit(need * _SMALLER if need * _SMALLER <= _SMALL else need, CARDS)}"


def _width(word: str) -> int:
    return sum(_WIDTH.get(sign, 73 if sign.isupper() else 64) for sign in word)
