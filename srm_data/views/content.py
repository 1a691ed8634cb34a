"""What a view says, before it has a form: made once, then rendered as HTML, figure, slide, CSV or JSON.

Whoever renders it reads these objects, and nobody reads a rendering back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Said:
    """What one party has in a cell that tells of several: a count, or the columns that it is about."""

    party: str  # as in `TableCell`
    text: str = ""
    mark: str = ""  # "*" has a note, "?" is disputed
    old: bool = False  # what was said before the change


@dataclass(frozen=True)
class Fact:
    """A term with what is to be said about it; `term` is "" where it goes on with the one before."""

    term: str
    text: str
    quiet: bool = False
    url: str = ""  # of the source that `text` names
    rest: str = ""  # what follows the name of the source
    lead: str = ""  # what stands before the text, as a line of its own


@dataclass(frozen=True)
class Opened:
    """What one line of a view opens to: who does which part of a cell."""

    label: str
    party: str
    about: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class TableCell:
    """A cell of a view's table.

    Attributes:
        text: what it says, in words; the party's name in a party's cell.
        aside: what is set smaller and quieter after it.
        source: the table that a row is from, where a view lines up several; it stands before the aside.
        party: "customer", "shared" or "provider" colours it; "none" is not applicable, "" no party's cell.
        letter: the party's letter, which stands alone where the words do not fit.
        mark: "*" where a note belongs to it, "?" where it is disputed.
        roles: where one party does the work and another is accountable, both letters, such as "P/C".
        roles_told: the same in words.
        says: the parties of a cell that tells of several; `text` says the same in words.
        about: what the area is about, for who points at its name.
        head: whether it names its row or column.
        dim: whether it steps back, as the cells beside the column that is lit.
        lit: whether it is the column or the cell that the view is about.
        changed: whether two tables differ here.
        span: how many columns it takes.
        sorted: which way the rows go by this column, "ascending" or "descending"; "" where they do not.
        share: how much of a whole it is, from 0 to 100, for a cell that is drawn as a part.
        open: whether it is still to be filled in, in a view that is filled in step by step.
        plain: what it says in a table of nothing but words, where that is not `text`; one or more columns.
    """

    text: str = ""
    aside: str = ""
    source: str = ""
    party: str = ""
    letter: str = ""
    mark: str = ""
    roles: str = ""
    roles_told: str = ""
    says: tuple[Said, ...] = ()
    about: str = ""
    head: bool = False
    dim: bool = False
    lit: bool = False
    changed: bool = False
    span: int = 1
    sorted: str = ""
    share: int | None = None
    open: bool = False
    plain: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """The letter or letters with their mark, or the words of a cell without a letter."""
        return (self.roles or self.letter or self.text) + self.mark

    @property
    def whole(self) -> str:
        """Letter, words and mark in one line."""
        return f"{self.letter} {self.text}".strip() + self.tail

    @property
    def tail(self) -> str:
        """What follows the words: the letters of two parties, where there are two, and the mark."""
        return (f" {self.roles}" if self.roles else "") + self.mark


@dataclass(frozen=True)
class RowSet:
    """Rows of a table that belong together, such as the areas that are always the customer's.

    Attributes:
        label: what they have in common.
        rows: which they are; 0 is the first one under the headings.
        party: whose they are in every cell that counts; "" where that differs.
        claim: whether the title is about them.
    """

    label: str
    rows: tuple[int, ...]
    party: str = ""
    claim: bool = False


_LONG = 21  # rows, with the headings

#: How the cells of a table are drawn: a party's colour over the whole cell, a bar of counts, badges with
#: words, badges from before to after, rows to sort and read, a data frame, or words alone.
TableKind = Literal["parties", "bars", "badges", "changes", "rows", "frame", "words"]


@dataclass(frozen=True)
class Table:
    """Rows of cells, the first `heads` of them headings that return when the table is split.

    `groups` are the rows that head those under them, and the first `names` columns name the rows. `sets`
    tell what the rows have in common, once all of them are filled in, and `bands` are those of the source.
    """

    rows: tuple[tuple[TableCell, ...], ...]
    title: str = ""
    kind: TableKind = "words"
    heads: int = 1
    groups: frozenset[int] = frozenset()
    names: int = 1
    sets: tuple[RowSet, ...] = ()
    bands: tuple[RowSet, ...] = ()

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return max(sum(cell.span for cell in row) for row in self.rows)

    @property
    def grouped(self) -> list[tuple[TableCell | None, list[tuple[TableCell, ...]]]]:
        """The rows under the headings, by the row that heads them; None for those under none."""
        found: list[tuple[TableCell | None, list[tuple[TableCell, ...]]]] = []
        for i, row in enumerate(self.rows[self.heads :], self.heads):
            if i in self.groups:
                found.append((row[0], []))
            else:
                if not found:
                    found.append((None, []))
                found[-1][1].append(row)
        return found

    @property
    def long(self) -> bool:
        """Whether it is one to scroll through."""
        return self.kind == "rows" and len(self.rows) > _LONG

    @property
    def coloured(self) -> bool:
        """Whether a cell is some party's, or is to become so."""
        return any(cell.party or (cell.open and not cell.head) for row in self.rows for cell in row)


@dataclass(frozen=True)
class Content:
    """One view: its claim, the same in a sentence, what it asks while it is empty, tables, key and foot.

    Attributes:
        title: the point, in one line.
        sentence: the summary under a table and the alternative text of a picture.
        question: the title of the view while it is still to be filled in; "" for one that is not.
        tables: the first is the view's own, others stand under it.
        counts: how often something happens, with its name.
        bar: a whole, divided over the parties.
        opens: lines that open to more, under `opens_title`.
        caution: what the table does not say.
        remarks: sentences under the tables.
        facts: what is to be said about the view as a whole.
        notes: remarks to fold away, under `notes_title`.
        reasons: facts to fold away, under `reasons_title`.
        parties: those that occur, for the key: "customer", "shared", "provider", "none".
        marked: whether a cell bears a mark that the key has to explain.
        parted: whether a cell names two parties, see `TableCell.roles`, which the key has to explain.
        runs: whether the key tells who runs a layer, not who is responsible for it.
        feet: sources, a line each.
        subject: the title of the one matrix that it is about; "" for several, or for none that ships.
        short: the short name of that matrix.
        lang: "en" or "nl".
    """

    title: str
    sentence: str = ""
    question: str = ""
    tables: tuple[Table, ...] = ()
    counts: tuple[tuple[int, str], ...] = ()
    bar: tuple[Said, ...] = ()
    opens_title: str = ""
    opens: tuple[Opened, ...] = ()
    caution: str = ""
    remarks: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    notes_title: str = ""
    notes: tuple[Fact, ...] = ()
    reasons_title: str = ""
    reasons: tuple[Fact, ...] = ()
    parties: tuple[str, ...] = ()
    marked: bool = False
    parted: bool = False
    runs: bool = False
    feet: tuple[str, ...] = ()
    subject: str = ""
    short: str = ""
    lang: str = "en"

    def rows(self) -> list[list[str]]:
        """The view's own table as rows of words, headings first: what a CSV and a picture carry."""
        table = self.tables[0]
        return [
            [word for cell in row for word in cell.plain or (cell.text, *[""] * (cell.span - 1))]
            for i, row in enumerate(table.rows)
            if i not in table.groups
        ]


#: The content of what is no view, such as a note beside one.
NOTHING = Content("")


def from_words(rows: list[list[str]], title: str = "") -> Table:
    """A table of plain words, the first row of headings."""
    cells = (tuple(TableCell(text, head=not i) for text in row) for i, row in enumerate(rows))
    return Table(tuple(cells), title)
