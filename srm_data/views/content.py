"""What a view says, before it has a form: made once, then rendered as HTML, figure, slide, CSV or JSON.

Whoever renders it reads these objects, and nobody reads a rendering back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Said:
    """What one party has in a cell that tells of several: a count, or the columns that it is about."""

    party: str  # as in `TableCell`
    text: str = ""
    mark: str = ""  # "*" has a note, "?" is disputed
    old: bool = False  # what was said before the change


@dataclass(frozen=True)
class TableCell:
    """A cell of a view's table.

    Attributes:
        text: all it says, in words.
        aside: what is set smaller and quieter after it.
        party: "customer", "shared" or "provider" colours it; "none" is not applicable, "" no party's cell.
        letter: stands alone where the words do not fit, with its mark.
        mark: "*" where a note belongs to it, "?" where it is disputed.
        says: the parties of a cell that tells of several; `text` says the same in words.
        about: what the area is about, for who points at its name.
        head: whether it names its row or column.
        dim: whether it steps back, as the cells beside the column that is lit.
        lit: whether it is the column that the view is about.
        changed: whether two tables differ here.
        span: how many columns it takes.
        step: from which step on a view that is filled in step by step shows it; 0 is from the start.
    """

    text: str = ""
    aside: str = ""
    party: str = ""
    letter: str = ""
    mark: str = ""
    says: tuple[Said, ...] = ()
    about: str = ""
    head: bool = False
    dim: bool = False
    lit: bool = False
    changed: bool = False
    span: int = 1
    step: int = 0


#: How the cells of a table are drawn: a party's colour over the whole cell, a bar of counts, badges with
#: words, badges from before to after, or words alone.
TableKind = Literal["parties", "bars", "badges", "changes", "words"]


@dataclass(frozen=True)
class Table:
    """Rows of cells, the first `heads` of them headings that return when the table is split.

    `groups` are the rows that head those under them.
    """

    rows: tuple[tuple[TableCell, ...], ...]
    title: str = ""
    kind: TableKind = "words"
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

    def words(self, step: int | None = None) -> list[list[str]]:
        """The table as rows of words, headings first: what stands in a CSV and beside a picture.

        Args:
            step: of a view that is filled in step by step; what comes later is "". All when left out.
        """
        shown = [
            ["" if step is not None and cell.step > step else cell.text for cell in row] for row in self.rows
        ]
        return [
            [word for word, cell in zip(words, row, strict=True) for word in [word, *[""] * (cell.span - 1)]]
            for words, row in zip(shown, self.rows, strict=True)
        ]


@dataclass(frozen=True)
class Content:
    """One view: its claim, the same in a sentence, what it asks while it is empty, tables, key and foot.

    Attributes:
        title: the point, in one line.
        sentence: the summary under a table and the alternative text of a picture.
        question: the title of the view while it is still to be filled in; "" for one that is not.
        tables: the first is the view's own, others stand under it.
        parties: those that occur, for the key: "customer", "shared", "provider", "none".
        marked: whether a cell bears a mark that the key has to explain.
        feet: sources, a line each.
        subject: the title of the one matrix that it is about; "" for several, or for none that ships.
        short: the short name of that matrix.
        lang: "en" or "nl".
    """

    title: str
    sentence: str = ""
    question: str = ""
    tables: tuple[Table, ...] = field(default=())
    parties: tuple[str, ...] = ()
    marked: bool = False
    feet: tuple[str, ...] = ()
    subject: str = ""
    short: str = ""
    lang: str = "en"


def from_words(rows: list[list[str]], title: str = "") -> Table:
    """A table of plain words, the first row of headings."""
    cells = (tuple(TableCell(text, head=not i) for text in row) for i, row in enumerate(rows))
    return Table(tuple(cells), title)
