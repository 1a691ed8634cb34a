"""One matrix in one language: the shape that comparisons, pictures, tables and sentences are made from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from srm_data.core.language import unknown_name
from srm_data.core.vocabulary import PARTIES

# Control signs and halves of signs: XML, and so SVG, cannot hold them.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_MOST_BANDS = 5


def one_line(text: object) -> str:
    r"""A label as pages and pictures can hold it: one line, every sign fit for XML.

    >>> one_line("Client\n devices")
    'Client devices'
    """
    return " ".join(_UNFIT.sub("\ufffd", str(text)).split())


@dataclass(frozen=True)
class Area:
    """A row: what has to be looked after."""

    id: str
    label: str
    group: str = ""
    about: str = ""


@dataclass(frozen=True)
class Column:
    """A service model, a service or a task: under which conditions."""

    id: str
    label: str
    examples: str = ""
    model: str = ""  # the service model it is, where it is one
    model_reason: str = ""


@dataclass(frozen=True)
class Cell:
    """Who is responsible for an area under a column, and who does which part."""

    party: str | None
    customer_part: str = ""
    provider_part: str = ""
    parts_basis: str = ""  # "source" when the source states the division, "reading" when it is ours
    qualifier: str = ""
    disputed: bool = False
    confidence: str = ""
    provider: str = ""  # its name where a matrix knows several providers
    delegable: bool = False  # the customer may appoint an operator for it
    does: str = ""  # the party that does the work, and the one that is accountable for it: "shared" is both,
    accountable: str = ""  # both are empty where the source does not say

    @property
    def parted(self) -> bool:
        """Whether one party does the work and another one is accountable for it."""
        return self.does != self.accountable


@dataclass(frozen=True)
class Matrix:
    """One published table at one date, in one language.

    `cells` is keyed by (area id, column id) and is complete: every area has every column.
    """

    id: str
    lang: str
    areas: tuple[Area, ...]
    columns: tuple[Column, ...]
    cells: dict[tuple[str, str], Cell]
    kind: str = "responsibility"
    axis: str = "service model"
    provider: str = ""
    provider_short: str = ""
    short: str = ""
    title: str = ""
    edition: str = ""
    source_title: str = ""
    source_url: str = ""
    licence: str = ""
    confidence: str = ""
    confidence_note: str = ""
    verified: str = ""
    notes: tuple[str, ...] = ()
    edited: bool = False

    @property
    def axis_key(self) -> str:
        """What the columns are, as a key of the locale: "model", "service", "task" or "owner"."""
        return self.axis.split()[-1]

    @property
    def ladder(self) -> bool:
        """Whether the columns are ways to get a service, so that one can move from one to another."""
        return len(self.columns) > 1 and self.axis_key in ("model", "service")

    def cell(self, area: Area, column: Column) -> Cell:
        """Return the cell where `area` and `column` meet."""
        return self.cells[area.id, column.id]

    def column(self, name: str) -> Column:
        """Find a column by its label or id, whatever the case.

        Raises:
            UnknownNameError: lists the columns of this matrix and guesses which was meant.
        """
        wanted = one_line(name).casefold()
        for column in self.columns:
            if wanted in (column.label.casefold(), column.id.casefold()):
                return column
        raise unknown_name("column", name, [column.label for column in self.columns])

    def count(self, column: Column) -> dict[str, int]:
        """Count the areas of each party under `column`: ``{"customer": 4, "shared": 2, "provider": 4}``."""
        parties = [self.cell(area, column).party for area in self.areas]
        return {party: parties.count(party) for party in PARTIES}

    def held_by(self, column: Column, party: str | None) -> list[Area]:
        """The areas that `party` answers for under `column`, in source order."""
        return [area for area in self.areas if self.cell(area, column).party == party]

    @property
    def bands(self) -> list[tuple[str, list[Area]]]:
        """The groups of the areas, where the source draws a few bands of rows; none where a row stands alone.

        >>> from srm_data.core.shipped import shipped_matrix
        >>> [(band, len(areas)) for band, areas in shipped_matrix("azure-classic", "en").bands][:2]
        [('Always kept by the customer', 3), ('Depends on the service model', 4)]
        >>> shipped_matrix("azure-2026", "en").bands
        []
        """
        found = [(group, [*areas]) for group, areas in groupby(self.areas, lambda area: area.group)]
        names = {group for group, _ in found}
        drawn = 1 < len(found) == len(names) <= _MOST_BANDS and all(len(areas) > 1 for _, areas in found)
        return found if drawn else []

    def walk(self) -> Iterator[tuple[Area, Column, Cell]]:
        """Every cell with its area and column, row by row."""
        for area in self.areas:
            for column in self.columns:
                yield area, column, self.cell(area, column)

    def with_parties(self, parties: dict[tuple[str, str], str | None]) -> Matrix:
        """The same matrix with other parties; a changed cell loses the parts that no longer hold."""
        cells = {
            key: cell if cell.party == parties[key] else Cell(parties[key])
            for key, cell in self.cells.items()
        }
        return self if cells == self.cells else replace(self, cells=cells, edited=True)
