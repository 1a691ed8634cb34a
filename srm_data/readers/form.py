"""The form of a table that somebody made: its headings, in either language, and the rows under them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.readers.csv_text import Row, read_rows
from srm_data.readers.faults import Fault, file_words, not_among

MOST_HEADINGS = 100  # that are looked at one by one; no form has so many

Record = tuple[int, dict[str, str]]  # line in the file, field by heading


@dataclass(frozen=True)
class Form:
    """The headings that a table may have.

    Attributes:
        headings: as the code knows them, in English and in lower case.
        needed: those that have to be there; the first helps to find the delimiter.
        words: the key of ``[file]`` in the locale under which each language has its words for the first
            of `headings`, in the same order; empty when there are none in other languages.
    """

    headings: tuple[str, ...]
    needed: tuple[str, ...]
    words: str = ""

    def rows(self, text: str, faults: list[Fault], *, most: int, too_many: str) -> list[Row]:
        """The rows of a CSV file, that of the headings first.

        Args:
            text: what `read_text` gave.
            faults: where faults are added.
            most: rows under the headings; more than these is a fault, and they are left out.
            too_many: what to say then, as a key of the locale.
        """
        return read_rows(
            text, faults, lambda h: self.standard(h) == self.needed[0], most=most, too_many=too_many
        )

    def standard(self, heading: str) -> str:
        """A heading as the code knows it, whatever the language; an unknown one in lower case.

        >>> Form(("area", "column", "party"), ("area",), "headings").standard("Gebied")
        'area'
        """
        wanted = heading.casefold()
        for lang in LANGUAGES if self.words else ():
            spelled: list[str] = texts(lang)["file"][self.words]
            if wanted in spelled:
                return self.headings[spelled.index(wanted)]
        return wanted

    def recognised(self, table: list[Row]) -> list[Row]:
        """The table with headings as the code knows them, without the row numbers that pandas writes.

        Args:
            table: rows with their lines, that of the headings first.
        """
        (line, headings), *rows = table
        names = [self.standard(heading) for heading in headings]
        if names and not names[0] and all(fields[0].isdecimal() for _, fields in rows):
            # DataFrame.to_csv writes them under an empty heading unless told not to.
            return [(line, names[1:]), *((number, fields[1:]) for number, fields in rows)]
        return [(line, names), *rows]

    def heading_faults(self, line: int, headings: list[str]) -> Iterator[Fault]:
        """Headings that are missing, then those that are empty, unknown or there twice.

        Args:
            line: where the headings stand.
            headings: as the code knows them, see `standard`.
        """
        for name in self.needed:
            if name not in headings:
                yield Fault(file_words()["missing_heading"], line, name)
        for n, heading in enumerate(headings[:MOST_HEADINGS]):
            if heading and heading not in self.headings:
                yield not_among("unknown_heading", line, heading, heading, self.headings)
            else:
                yield from heading_fault(line, headings, n)


def heading_fault(line: int, headings: list[str], n: int) -> Iterator[Fault]:
    """What is wrong with heading `n` of any table: it is empty, or stands before it too.

    Args:
        line: where the headings stand in the file, from 1.
        headings: all of them.
        n: which one, from 0.
    """
    heading = headings[n]
    if not heading:
        yield Fault(file_words()["no_heading"].format(n=n + 1), line)
    elif heading.casefold() in (before.casefold() for before in headings[:n]):
        yield Fault(file_words()["double_heading"], line, heading, heading)


def as_records(headings: list[str], rows: Iterable[Row], faults: list[Fault]) -> Iterator[Record]:
    """Each row by heading; under a heading that stands twice the first field counts.

    Args:
        headings: those of the table.
        rows: the rows under them, with their lines.
        faults: where a row is added that has more or fewer fields than there are headings.
    """
    for line, fields in rows:
        if len(fields) != len(headings):
            says = file_words()["ragged"].format(n=len(fields), expected=len(headings))
            faults.append(Fault(says, line))
        record: dict[str, str] = {}
        for heading, field in zip(headings, fields, strict=False):
            record.setdefault(heading, field)
        yield line, record


def in_file_order(faults: list[Fault], headings: Iterable[str] = ()) -> list[Fault]:
    """The faults by line; what has no line of its own, such as a cell that is missing, comes last.

    Args:
        faults: those of one file.
        headings: the order of the columns, for the faults on one line; when left out these stay as they are.
    """
    columns: dict[str, int] = {}
    for n, heading in enumerate(headings):
        columns.setdefault(heading, n)
    return sorted(faults, key=lambda f: (f.line or float("inf"), columns.get(f.column or "", -1)))
