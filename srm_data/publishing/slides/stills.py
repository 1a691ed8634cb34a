"""What a cell shows, as a table that a slide can hold: read from the kit's own HTML."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CLASSES = {"c": "customer", "s": "shared", "p": "provider", "n": "none"}


@dataclass(frozen=True)
class Cell:
    """A cell of a slide's table. `party` colours it; "none" is not applicable, "" no party's cell."""

    text: str = ""
    aside: str = ""  # what is set smaller and quieter after it
    party: str = ""
    letter: str = ""  # stands alone where the word does not fit
    head: bool = False
    dim: bool = False
    lit: bool = False
    changed: bool = False
    span: int = 1


@dataclass(frozen=True)
class Table:
    """Rows of cells, the first `heads` of them headings that return when the table is split.

    `groups` are the rows that head those under them.
    """

    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    alt: str = ""
    foot: str = ""
    heads: int = 1
    groups: frozenset[int] = frozenset()

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return max(sum(cell.span for cell in row) for row in self.rows)

    @property
    def coloured(self) -> bool:
        """Whether a cell is some party's."""
        return any(cell.party for row in self.rows for cell in row)


@dataclass
class Still:
    """Everything a piece of HTML tells, in order of reading."""

    tables: list[Table] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


def from_html(body: str) -> Still:
    """Read one view of the kit: its tables, its sentences, and the sources at its foot."""
    from lxml import html

    still = Still()
    page = html.fromstring(f"<div>{body}</div>")
    for away in page.xpath("//style | //*[contains(concat(' ', @class, ' '), ' vh ')]"):
        away.drop_tree()
    for paragraph in page.xpath("//p[not(ancestor::details)]"):
        kind = still.sources if "foot" in paragraph.get("class", "").split() else still.lines
        kind.append(_words(paragraph))
    for table in page.iter("table"):
        still.tables.append(replace(_table(table), alt=" ".join(still.lines), foot=" · ".join(still.sources)))
    return still


def from_words(rows: list[list[str]]) -> Table:
    """A table of plain words, the first row of headings."""
    return Table(tuple(tuple(Cell(text, head=not i) for text in row) for i, row in enumerate(rows)))


def _table(table: HtmlElement) -> Table:
    rows, groups = [], set()
    heads = len(table.xpath("./thead/tr"))
    for i, row in enumerate(table.iter("tr")):
        if "g" in row.get("class", "").split():
            groups.add(i)
        rows.append(tuple(_cell(cell) for cell in row.iterchildren("th", "td")))
    caption = table.find("caption")
    return Table(
        tuple(rows),
        title=_words(caption) if caption is not None else "",
        heads=heads,
        groups=frozenset(groups),
    )


def _cell(cell: HtmlElement) -> Cell:
    classes = cell.get("class", "").split()
    badges = [badge for badge in cell.iter("i") if "k" in badge.get("class", "").split()]
    own = classes if "k" in classes else badges[-1].get("class", "").split() if badges else []
    party = next((_CLASSES[name] for name in own if name in _CLASSES), "") if "k" in own else ""
    letters = cell.xpath("./div/b") if "k" in classes else badges
    set_apart = cell.xpath("./span[not(@class)] | ./small | ./div/small")
    asides = [_words(part) for part in set_apart]
    for part in set_apart:
        part.drop_tree()
    if cell.tag == "th" and "colspan" not in cell.attrib:
        asides = []  # examples under the name of a column
    text = _words(cell)
    mark = "".join(_words(sup) for sup in cell.iter("sup"))
    return Cell(
        text=text,
        aside=" ".join(asides),
        party=party,
        letter=(_words(letters[0]) + mark if len(letters) == 1 else text) if party else "",
        head=cell.tag == "th",
        dim="dim" in classes,
        lit="lit" in classes,
        changed="changed" in classes,
        span=int(cell.get("colspan", 1)),
    )


def _words(element: HtmlElement) -> str:
    """The text of an element; parts that the style sheet sets apart are set apart by a blank."""
    for inner in element.iter("span", "small", "b", "i"):
        inner.tail = f" {inner.tail or ''}"
        inner.text = f" {inner.text or ''}"
    return " ".join(element.text_content().split()).replace(" ?", "?").replace(" *", "*")
