"""What a newer copy of a source page says of the matrices that were made from it: the same, or what else."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from srm_data.core.dataset import read_table, rows_by, rows_where
from srm_data.core.matrix import Matrix
from srm_data.core.party_spellings import read_party
from srm_data.core.shipped import shipped_matrix
from srm_data.core.vocabulary import NOT_APPLICABLE, UnknownNameError
from srm_data.readers.page_tables import PageTable

_MARKS = ("✅",)  # in a table with a column for each party, where the data name no other


@dataclass
class Edition:
    """One matrix beside the tables of a page that are about it. Areas and columns are ids of the matrix.

    Attributes:
        matrix: as it ships.
        tables: those of the page; none when the page has its sister matrices only.
        parties: what the page says of each cell that it has and that can be read.
        unread: cells that name no party, with what stands there.
        renamed: areas in whose place the page has another name, with that name.
        gone: areas that the page does not have.
        new: rows that the matrix does not have.
        columns_gone: columns that the page does not have.
        columns_new: headings that the matrix does not have.
    """

    matrix: Matrix
    tables: list[PageTable] = field(default_factory=list)
    parties: dict[tuple[str, str], str | None] = field(default_factory=dict)
    unread: dict[tuple[str, str], str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    columns_gone: list[str] = field(default_factory=list)
    columns_new: list[str] = field(default_factory=list)

    @property
    def same_table(self) -> bool:
        """Whether the tables have the words that the matrix was made from."""
        return table_fingerprint(self.tables) == self._row["source_fingerprint"]

    @property
    def same_note(self) -> bool:
        """Whether the text under the tables is that of the source."""
        return note_fingerprint(self.tables) == self._row["source_note_fingerprint"]

    @property
    def changed_cells(self) -> dict[tuple[str, str], str | None]:
        """The parties that are others than in the matrix."""
        return {key: party for key, party in self.parties.items() if party != self.matrix.cells[key].party}

    @property
    def changed_matrix(self) -> Matrix:
        """The matrix with the parties of the page."""
        return self.matrix.with_parties(
            {key: cell.party for key, cell in self.matrix.cells.items()} | self.parties
        )

    @property
    def _row(self) -> dict[str, str]:
        return dict(rows_by("matrices", "matrix")[self.matrix.id])


def newer_editions(tables: Iterable[PageTable], lang: str) -> list[Edition]:
    """Lay the tables of a page beside the matrices whose source is a table.

    Args:
        tables: as `read_page` gives them.
        lang: "en" or "nl", for the labels of the matrices.

    Returns:
        Each matrix that a table fits: more than half of its columns, and half of the rows of the table.
        One table goes to one matrix, by the heading above it and then by its rows. Behind them come the
        other matrices of the same page, without tables. Empty when no table fits.
    """
    known = [
        _Labels(shipped_matrix(row["matrix"], lang))
        for row in read_table("matrices")
        if row["source_fingerprint"]
    ]
    found: dict[str, Edition] = {}
    for table in tables:
        best = max(known, key=lambda labels: labels.fit(table))
        if best.fit(table) > (0, 0):
            found.setdefault(best.matrix.id, Edition(best.matrix)).tables.append(table)
    for labels in known:
        if labels.matrix.id in found:
            _compare(found[labels.matrix.id], labels)
    sources = rows_by("matrices", "matrix")
    pages = {sources[name]["source_file"] for name in found}
    for labels in known:
        if sources[labels.matrix.id]["source_file"] in pages:
            found.setdefault(labels.matrix.id, Edition(labels.matrix))
    return [*found.values()]


def table_fingerprint(tables: Iterable[PageTable]) -> str:
    """A short sum of the headings and cells; capitals, blanks and marks make no difference."""
    lines = [row for table in tables for row in (table.headings, *table.rows)]
    return _sum("\n".join("\t".join(map(_plain, row)) for row in lines))


def note_fingerprint(tables: Iterable[PageTable]) -> str:
    """A short sum of the words under the tables, up to the next heading or table; "" where there are none."""
    words = [word for table in tables for word in re.findall(r"\w+", table.note.casefold())]
    return _sum(" ".join(words)) if words else ""


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


class _Labels:
    """What the source calls the rows, columns and parties of one matrix (``data/source_labels.csv``)."""

    def __init__(self, matrix: Matrix) -> None:
        english = shipped_matrix(matrix.id, "en")
        self.matrix = matrix
        self.areas = self._of("area")
        self.columns = self._of("column")
        # Where the source has the label that the kit has, it is not written down again.
        for ids, things in ((self.areas, english.areas), (self.columns, english.columns)):
            ids |= {_plain(thing.label): thing.id for thing in things if thing.id not in ids.values()}
        self.owners = self._of("owner")
        self.marks = self._of("mark") or _MARKS
        self.sections = self._of("section")
        self.spellings = self._of("word")

    def _of(self, kind: str) -> dict[str, str]:
        rows = rows_where("source_labels", matrix=self.matrix.id, kind=kind)
        return {_plain(row["label"]): row["id"] for row in rows}

    def fit(self, table: PageTable) -> tuple[int, float]:
        """How well a table fits, to be compared; (0, 0) when it is about something else."""
        wanted = self.owners or self.columns
        columns = {wanted[name] for name in map(_plain, table.headings) if name in wanted}
        rows = {_plain(row[0]) for row in table.rows if not _is_heading(row)}
        common = rows & self.areas.keys()
        if len(columns) * 2 <= len({*wanted.values()}) or not common or len(common) * 2 < len(rows):
            return 0, 0
        return _plain(table.section) in self.sections, len(common) / len(rows | self.areas.keys())

    def parties_in(self, headings: tuple[str, ...], row: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """The columns of a row, as ids of the matrix, and what stands there; of marks, whose they are."""
        fields = dict(zip(map(_plain, headings), row, strict=False))
        if self.owners:
            marked = [
                self.owners[name] for name in fields if name in self.owners and self._marked(fields[name])
            ]
            parties = [owner for owner in dict.fromkeys(marked) if owner != NOT_APPLICABLE]
            yield self.matrix.columns[0].id, " / ".join(parties)
        else:
            for name in fields:
                if self.columns.get(name, NOT_APPLICABLE) != NOT_APPLICABLE:
                    yield self.columns[name], fields[name]

    def _marked(self, text: str) -> bool:
        return any(mark in _plain(text) for mark in self.marks)


def _is_heading(row: tuple[str, ...]) -> bool:
    """Whether a row has nothing but a name: a heading between the rows."""
    return not any(row[1:])


def _compare(edition: Edition, labels: _Labels) -> None:
    """Fill in what the tables of the edition say."""
    order = [area.id for area in edition.matrix.areas]
    there = {labels.areas.get(_plain(row[0])) for table in edition.tables for row in table.rows}
    edition.gone = [area for area in order if area not in there]
    before = -1  # place in the matrix of the row above
    for table in edition.tables:
        for row in table.rows:
            area = labels.areas.get(_plain(row[0]))
            if area is None and _is_heading(row):
                continue
            if area is None and before + 1 < len(order) and order[before + 1] in edition.gone:
                area = order[before + 1]
                edition.gone.remove(area)
                edition.renamed[area] = row[0]
                labels.areas[_plain(row[0])] = area  # a second table may have it too
            if area is None:
                edition.new.append(row[0])
                continue
            before = order.index(area)
            for column, says in labels.parties_in(table.headings, row):
                _read_cell(edition, (area, column), says, labels.spellings)
    read = {column for _, column in (*edition.parties, *edition.unread)}
    edition.columns_gone = [column.id for column in edition.matrix.columns if column.id not in read]
    known = labels.columns.keys() | labels.owners.keys()
    headings = (name for table in edition.tables for name in table.headings[1:])
    edition.columns_new = [name for name in dict.fromkeys(headings) if _plain(name) not in known]


def _read_cell(edition: Edition, key: tuple[str, str], says: str, spellings: dict[str, str]) -> None:
    try:
        party = read_party(says, spellings).party
    except UnknownNameError:
        edition.unread[key] = says
    else:
        if party != edition.matrix.cells[key].party or key not in edition.parties:
            edition.parties[key] = party  # of two tables that differ, the one that says something new
