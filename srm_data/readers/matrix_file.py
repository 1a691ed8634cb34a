"""Read a teacher's own matrix, and say everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srm_data.core.frames import own_matrix, wide_frame
from srm_data.core.language import nearest, resolve_language, speaking, texts
from srm_data.core.matrix import one_line
from srm_data.core.party_spellings import checked_spellings, language_of_file, mixed_letters, read_party
from srm_data.core.vocabulary import LANGUAGES, NOT_APPLICABLE, PARTIES, UnknownNameError
from srm_data.readers.csv_text import read_text, sign_fault
from srm_data.readers.faults import Fault, FileFaultsError, faults_of, file_words, guessed, rules_of, short
from srm_data.readers.form import MOST_HEADINGS, Form, as_records, heading_fault, in_file_order

if TYPE_CHECKING:
    import os

    import pandas as pd

    from srm_data.core.party_spellings import Spellings
    from srm_data.readers.csv_text import Row
    from srm_data.readers.form import Record

# The largest matrix that ships has 23 areas and 5 columns; beyond these no picture can be read.
_LARGEST = 2.0  # megabytes
MOST_AREAS = 100
MOST_COLUMNS = 20
_MOST_ROWS = MOST_AREAS * MOST_COLUMNS
_NAME = 40  # signs; a longer text is no name of a party

#: Headings of the tidy form beside area, column and party. The last two are ids that `load_cells`
#: writes; a table of one's own has no use for them.
_PARTS = (
    *("customer_part", "provider_part", "qualifier", "parts_basis", "confidence", "provider"),
    *("does", "accountable"),
)
_FLAGS = ("disputed", "delegable")
_SOURCE = ("source_title", "source_url", "edition")
_NEEDED = ("area", "column", "party")
_FORM = Form((*_NEEDED, *_PARTS, *_FLAGS, *_SOURCE, "area_id", "column_id"), _NEEDED, "headings")


class MatrixFileError(FileFaultsError):
    """A file that is not a matrix yet. `faults` lists all there is to mend, in file order."""


def read_matrix(
    path: str | os.PathLike[str], lang: str | None = None, parties: Spellings | None = None
) -> pd.DataFrame:
    """Read and check a matrix of your own from a CSV file.

    Two forms are taken. As a spreadsheet has it: first column ``area``, then a column for each
    service model, in the cells who is responsible. Or the tidy form of `load_cells`: columns
    ``area``, ``column``, ``party`` and, if you like, ``customer_part``, ``provider_part``,
    ``qualifier``, ``disputed``, ``confidence``, ``provider``, ``delegable``, ``parts_basis``,
    ``does``, ``accountable``, ``source_title``, ``source_url`` and ``edition``. Commas, semicolons or
    tabs; UTF-8 or UTF-16, with or without BOM.

    A party is customer, shared, provider or n/a, the Dutch words, the letters of one language, or
    what people write for them: You, Consumer, CSP, Vendor, Both, "Customer / Provider", the name of a
    provider whose table ships with the kit. What stands behind it, in brackets or as the sign of a
    footnote, becomes the qualifier of the cell. An empty cell is a fault, since merged cells leave
    such ones; ``to_csv(na_rep="n/a")`` writes a table that can be read back.

    Args:
        path: the CSV file.
        lang: "en" or "nl", the language of the values in the table; the language in use when left out.
        parties: what other words mean in this table, such as ``{"Contoso": "provider"}``.

    Returns:
        The same form as `load_matrix`: index ``area``, a column per service model, ordered
        categorical values. Everything that takes a matrix takes it.

    Raises:
        MatrixFileError: with every fault, its line, column, value and the allowed values, in file
            order and in the language of the file, else in `lang`.
        UnknownNameError: for an unknown language, or a meaning in `parties` that is no party.
    """
    lang = resolve_language(lang)
    own = checked_spellings(parties)
    file = Path(path)
    faults: list[Fault] = []
    with speaking(language_of_file(file) or lang):
        return _read(file.name, read_text(file, faults, largest=_LARGEST), faults, lang, own)


def _read(file: str, text: str, faults: list[Fault], lang: str, own: Spellings) -> pd.DataFrame:
    """The text of the file as a matrix.

    Raises:
        MatrixFileError: with the faults found so far and all others.
    """
    table = _FORM.rows(text, faults, most=_MOST_ROWS, too_many="too_many_rows")
    if not table:
        raise MatrixFileError(file, faults)
    table, tidy = _recognise(table)
    faults += _heading_faults(*table[0], tidy)
    records = list(_records(table, faults, tidy))
    faults += _row_faults(records, tidy, own)
    faults += _double_faults(records, tidy)
    faults += _letter_faults(records, tidy, own)
    if tidy:
        faults += _tidy_faults(records)
    if faults:
        raise MatrixFileError(file, in_file_order(faults, table[0][1]))
    return _frame(one_line(file), [record for _, record in records], lang, tidy, own)


def _recognise(table: list[Row]) -> tuple[list[Row], bool]:
    """The table with headings as the rest knows them, and whether it is in the tidy form."""
    (line, headings), *rows = table
    names = [_FORM.standard(heading) for heading in headings]
    if "column" in names or "party" in names:
        return _FORM.recognised(table), True
    return [(line, [names[0] if names[0] == "area" else headings[0], *headings[1:]]), *rows], False


def _heading_faults(line: int, headings: list[str], tidy: bool) -> Iterator[Fault]:
    yield from (_FORM.heading_faults if tidy else _wide_heading_faults)(line, headings)
    for n, heading in enumerate(headings[:MOST_HEADINGS]):
        if says := sign_fault(heading):
            yield Fault(says, line, heading, heading)
        if n and not tidy:
            yield from heading_fault(line, headings, n)


def _wide_heading_faults(line: int, headings: list[str]) -> Iterator[Fault]:
    words = file_words()
    first, *others = headings
    if first != "area":
        says = words["no_area"].format(value=short(first))
        allowed = tuple(texts(lang)["file"][_FORM.words][0] for lang in LANGUAGES)
        yield Fault(says, line, first or None, first, allowed)
    if not others:
        yield Fault(words["no_columns"], line)
    if len(others) > MOST_COLUMNS:
        yield Fault(words["too_many_columns"].format(n=len(others), limit=MOST_COLUMNS), line)
    for heading in filter(None, others[:MOST_COLUMNS]):
        yield from faults_of(_rules_of(("column",)), {"column": heading}, line, {"column": heading})


def _records(table: list[Row], faults: list[Fault], tidy: bool) -> Iterator[Record]:
    """Rows as (line number, field by heading); what does not fit under the headings is a fault."""
    words = file_words()
    (_, headings), *rows = table
    if not rows and not faults:
        faults.append(Fault(words["no_rows"]))
    if not tidy and len(rows) > MOST_AREAS:
        faults.append(Fault(words["too_many_areas"].format(n=len(rows), limit=MOST_AREAS)))
        rows = rows[:MOST_AREAS]
    first_spelling: dict[tuple[str, str], str] = {}
    for line, record in as_records(headings, rows, faults):
        if not tidy:
            record = dict(islice(record.items(), MOST_COLUMNS + 1))
        for name in ("area", "column") if tidy else ():
            if name in record:
                # "Backup" and "backup" are one area, written as it was first.
                key = name, record[name].casefold()
                record[name] = first_spelling.setdefault(key, record[name])
        yield line, record


def _row_faults(records: list[Record], tidy: bool, own: Spellings) -> Iterator[Fault]:
    """What the schema finds in each row, and in its parties."""
    told: set[str] = set()
    for line, record in records:
        if tidy:
            checked = {
                name: field.casefold() if name in _FLAGS else field
                for name, field in record.items()
                if name in _rules()
            }
            parties = {"party": record["party"]} if "party" in record else {}
        else:
            (heading, area), *others = record.items()
            checked, parties = {"area": area}, dict(others)
        where = {name: name for name in checked} if tidy else {"area": heading}
        yield from faults_of(_rules_of(tuple(checked)), checked, line, where, _FLAGS)
        for name, value in checked.items():
            if says := sign_fault(value):
                yield Fault(says, line, where[name], value)
        if not tidy and len(parties) > 1 and not any(parties.values()):
            yield Fault(file_words()["empty_row"], line)
        else:
            yield from _party_faults(parties, line, own, told)


def _party_faults(parties: dict[str, str], line: int, own: Spellings, told: set[str]) -> Iterator[Fault]:
    """What is no party. How to name one is said once for each value; `told` remembers which."""
    words = texts(resolve_language(None))
    shown = [*(words["party"][party]["word"] for party in PARTIES), NOT_APPLICABLE]
    letters = [words["party"][party]["letter"] for party in PARTIES]
    for column, value in parties.items():
        try:
            said = read_party(value, own)
        except UnknownNameError:
            guess = _party_guess(value, words["and"])
            says = sign_fault(value) or guessed(words["file"]["bad_party"], value, guess)
            if not guess and value not in told and len(value) <= _NAME:
                says += ". " + words["file"]["name_a_party"].format(value=value)
            told.add(value)
            yield Fault(says, line, column, value, (*shown, *letters))
        else:
            if not value:
                yield Fault(words["file"]["empty_party"], line, column, value)
            yield from faults_of(
                _rules_of(("qualifier",)), {"qualifier": said.remark}, line, {"qualifier": column}
            )


def _letter_faults(records: list[Record], tidy: bool, own: Spellings) -> Iterator[Fault]:
    """A letter of one language among words or letters of the other."""
    cells = [
        (line, column, value)
        for line, record in records
        for column, value in list(record.items())[0 if tidy else 1 :]
        if column == "party" or not tidy
    ]
    if mixed := mixed_letters((value for _, _, value in cells), own):
        letter, other = mixed
        line, column = next((line, column) for line, column, value in cells if value == letter)
        yield Fault(file_words()["mixed_letters"].format(letter=letter, other=other), line, column, letter)


@cache
def _party_guess(value: str, _language: str) -> str:
    """The nearest word for a party in either language; a table that is all wrong repeats few values."""
    in_all = (texts(lang)["party"][party]["word"] for lang in LANGUAGES for party in PARTIES)
    return nearest(value[:60], in_all)


def _double_faults(records: list[Record], tidy: bool) -> Iterator[Fault]:
    """Areas, or cells in the tidy form, that stand twice."""
    words = file_words()
    seen: dict[tuple[str, ...], int] = {}
    for line, record in records:
        names = ("area", "column") if tidy else (next(iter(record)),)
        label = tuple(record.get(name, "") for name in names)
        key = tuple(part.casefold() for part in label)
        if all(key) and key in seen:
            value = " × ".join(label)
            says = words["double_cell" if tidy else "double_area"].format(value=short(value), line=seen[key])
            yield Fault(says, line, None if tidy else names[0], value)
        seen.setdefault(key, line)


def _tidy_faults(records: list[Record]) -> Iterator[Fault]:
    """Cells that are not there at all, or more of them than a matrix can have."""
    words = file_words()
    areas = dict.fromkeys(filter(None, (record.get("area") for _, record in records)))
    columns = dict.fromkeys(filter(None, (record.get("column") for _, record in records)))
    if len(areas) > MOST_AREAS:
        yield Fault(words["too_many_areas"].format(n=len(areas), limit=MOST_AREAS))
    if len(columns) > MOST_COLUMNS:
        yield Fault(words["too_many_columns"].format(n=len(columns), limit=MOST_COLUMNS))
    there = {(record.get("area"), record.get("column")) for _, record in records}
    if len(areas) * len(columns) <= _MOST_ROWS:
        for area in areas:
            for column in columns:
                if (area, column) not in there:
                    yield Fault(words["missing_cell"].format(area=area, column=column))


def _frame(file: str, records: list[dict[str, str]], lang: str, tidy: bool, own: Spellings) -> pd.DataFrame:
    """Checked records as the DataFrame that everything else takes."""
    if not tidy:
        records = [
            {"area": record["area"], "column": column, "party": value}
            for record in records
            for column, value in record.items()
            if column != "area"
        ]
    cells: list[dict[str, Any]] = []
    for record in records:
        said = read_party(record["party"], own)
        qualifier = " · ".join(filter(None, (record.get("qualifier", ""), said.remark)))
        cells.append(
            {"area": record["area"], "column": record["column"], "party": said.party}
            | {"provider": said.provider, "qualifier": qualifier}
            | {name: record[name] for name in _PARTS if name != "qualifier" and record.get(name)}
            | {name: record[name].casefold() in _flag_words("true") for name in _FLAGS if name in record}
        )
    named = {cell["provider"] for cell in cells} - {""}
    if len(named) == 1 and not any(record.get("provider") for record in records):
        cells = [cell | {"provider": ""} for cell in cells]  # one name is the name of all
    origin: dict[str, Any] = {"name": file, "file": file, "lang": lang, "cells": cells}
    origin["provider"] = named.pop() if len(named) == 1 else ""
    for name in _SOURCE:
        origin[name] = next((record[name] for record in records if tidy and record.get(name)), "")
    parties = {(cell["area"], cell["column"]): cell["party"] for cell in cells}
    return wide_frame(own_matrix(parties, origin, lang), origin)


@cache
def _rules_of(fields: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """What may stand in these fields."""
    return {name: _rules()[name] for name in fields}


@cache
def _rules() -> dict[str, dict[str, Any]]:
    """What may stand in each field of a matrix of one's own, from ``datapackage.json``."""
    cells = rules_of("cells")
    rules = {name: rule for name, rule in rules_of("own-matrix").items() if name != "party"}
    for name in ("parts_basis", "confidence", "does", "accountable"):
        rules[name] = {"enum": [*cells[name]["enum"], ""]}
    rules["provider"] = {**rules["column"], "minLength": 0}
    # A flag may be written as a spreadsheet in either language writes it.
    allowed = [*_flag_words("true"), *_flag_words("false")]
    return rules | {name: {"enum": allowed} for name in _FLAGS}


def _flag_words(meaning: str) -> list[str]:
    """Every way to write a flag that is true, or one that is false, lower case."""
    neutral = {"true": ["true", "1"], "false": ["false", "0", ""]}[meaning]
    return neutral + [word for lang in LANGUAGES for word in texts(lang)["file"][meaning]]
