"""Read a teacher's own matrix, and say everything that is wrong with it at once.

What may stand in a field is written down once, as constraints in ``data/datapackage.json``; here
they become a JSON Schema, and the schema library finds the faults.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srm_data.language import nearest, resolve_language, texts
from srm_data.loaders import datapackage, matrix_by_hand, parse_party, party_spellings, wide_frame
from srm_data.matrix import one_line
from srm_data.vocabulary import LANGUAGES, NOT_APPLICABLE, PARTIES

if TYPE_CHECKING:
    import os

    import jsonschema
    import pandas as pd

    Record = tuple[int, dict[str, str]]  # line in the file, field by heading

# The largest matrix that ships has 16 areas and 5 columns; beyond these no picture can be read.
_LARGEST = 2.0  # megabytes
_MOST_AREAS = 100
_MOST_COLUMNS = 20
_MOST_ROWS = _MOST_AREAS * _MOST_COLUMNS
_LONGEST_FIELD = 131_072  # signs; a longer one is a broken file
_SHOWN = 40  # faults spelled out in the message; `faults` holds all

#: Headings of the tidy form beside area, column and party. The last two are ids that `load_cells`
#: writes; a table of one's own has no use for them.
_PARTS = ("customer_part", "provider_part", "qualifier", "parts_basis", "confidence", "provider")
_FLAGS = ("disputed", "delegable")
_SOURCE = ("source_title", "source_url", "edition")
_TIDY = ("area", "column", "party", *_PARTS, *_FLAGS, *_SOURCE, "area_id", "column_id")
_DUTCH = {"gebied": "area", "kolom": "column", "partij": "party"}
_YES = ("true", "1", "yes", "ja", "waar")
_NO = ("false", "0", "no", "nee", "onwaar", "")


@dataclass(frozen=True)
class Fault:
    """One thing to mend: where it is, what is wrong, and what would be right."""

    says: str
    line: int | None = None
    column: str | None = None
    value: str | None = None
    allowed: tuple[str, ...] = ()

    def __str__(self) -> str:
        words = _words()
        where = [words["line"].format(line=self.line)] if self.line else []
        where += [words["column"].format(column=_short(self.column))] if self.column else []
        text = f"{', '.join(where)}: {self.says}" if where else self.says
        return (
            f"{text} ({words['allowed'].format(allowed=', '.join(self.allowed))})" if self.allowed else text
        )


class MatrixFileError(ValueError):
    """A file that is not a matrix yet. `faults` lists all there is to mend, in file order."""

    def __init__(self, file: str, faults: list[Fault]) -> None:
        words = _words()
        self.file, self.faults = file, faults
        head = words["head_one" if len(faults) == 1 else "head_many"].format(file=file, n=len(faults))
        lines = [f"  {file}, {fault}" if fault.line else f"  {fault}" for fault in faults[:_SHOWN]]
        if len(faults) > _SHOWN:
            lines.append("  " + words["more"].format(n=len(faults) - _SHOWN))
        super().__init__("\n".join([head, *lines]))


def read_matrix(path: str | os.PathLike[str], lang: str | None = None) -> pd.DataFrame:
    """Read and check a matrix of your own from a CSV file.

    Two forms are taken. As a spreadsheet has it: first column ``area``, then a column for each
    service model, cells customer, shared, provider or n/a, the Dutch words, or the letters. Or the
    tidy form of `load_cells`: columns ``area``, ``column``, ``party`` and, if you like,
    ``customer_part``, ``provider_part``, ``qualifier``, ``disputed``, ``confidence``, ``provider``,
    ``delegable``, ``parts_basis``, ``source_title``, ``source_url`` and ``edition``. Commas,
    semicolons or tabs; UTF-8 or UTF-16, with or without BOM. An empty party is n/a.

    Args:
        path: the CSV file.
        lang: "en" or "nl", the language of the values in the table; the language in use when left out.

    Returns:
        The same form as `load_matrix`: index ``area``, a column per service model, ordered
        categorical values. Everything that takes a matrix takes it.

    Raises:
        MatrixFileError: with every fault, its file, line, column, value and the allowed values.
        UnknownNameError: for an unknown language.
    """
    lang = resolve_language(lang)
    file = Path(path)
    faults: list[Fault] = []
    table = _read_rows(_read_text(file, faults), faults)
    if not table:
        raise MatrixFileError(file.name, faults)
    table, tidy = _recognise(table)
    faults += _heading_faults(*table[0], tidy)
    records = list(_records(table, faults, tidy))
    faults += _row_faults(records, tidy)
    faults += _double_faults(records, tidy)
    if tidy:
        faults += _tidy_faults(records)
    if faults:
        # What has no line of its own, such as a missing cell, comes last.
        raise MatrixFileError(file.name, sorted(faults, key=lambda fault: fault.line or float("inf")))
    return _frame(one_line(file.name), [record for _, record in records], lang, tidy)


def _words() -> dict[str, Any]:
    """What there is to say about files, in the language in use."""
    words: dict[str, Any] = texts(resolve_language(None))["file"]
    return words


def _read_text(file: Path, faults: list[Fault]) -> str:
    """The text of the file, or nothing when it cannot be had; faults go to `faults`."""
    words = _words()
    if not file.is_file():
        faults.append(Fault(words["not_a_file" if file.is_dir() else "missing_file"]))
        return ""
    size = file.stat().st_size / 1e6
    if size > _LARGEST:
        faults.append(Fault(words["too_big"].format(size=size, limit=_LARGEST)))
        return ""
    try:
        raw = file.read_bytes()
    except OSError as error:
        faults.append(Fault(words["unreadable"].format(reason=error.strerror)))
        return ""
    encoding = _encoding(raw)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        # Read on as what Windows probably wrote, to find the other faults too.
        text = raw.decode("cp1252" if encoding == "utf-8-sig" else encoding, errors="replace")
        line = raw.count(b"\n", 0, error.start) + 1
        value = (text.splitlines() or [""])[min(line, len(text.splitlines())) - 1]
        faults.append(Fault(words["encoding"].format(value=_short(value)), line=line, value=value))
    if not text.strip():
        faults.append(Fault(words["empty"]))
    return text


def _encoding(raw: bytes) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # UTF-16 without its mark: every other byte of western text is zero.
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if raw[start::2].count(0) > len(raw) / 4:
            return name
    return "utf-8-sig"


def _read_rows(text: str, faults: list[Fault]) -> list[tuple[int, list[str]]]:
    """The text as (line number, fields), without empty rows and empty fields at the right."""
    if not text.strip():
        return []
    declared, delimiter = _delimiter(next(line for line in text.splitlines() if line.strip()))
    # StringIO leaves line ends alone; str.splitlines would also cut at signs such as U+2028.
    before = csv.field_size_limit(_LONGEST_FIELD)  # one for the whole process, and others raise it
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    start = 1
    while True:
        try:
            fields = [_clean(field) for field in next(reader)]
        except StopIteration:
            break
        except csv.Error as error:
            faults.append(Fault(_broken(error), line=start))
            fields = []
        if any(fields):
            rows.append((start, fields))
        start = reader.line_num + 1
    csv.field_size_limit(before)
    del rows[: int(declared)]  # the line that told the delimiter
    if not rows:
        if not faults:
            faults.append(Fault(_words()["empty"]))
        return []
    if len(rows) - 1 > _MOST_ROWS:
        faults.append(Fault(_words()["too_many_rows"].format(n=len(rows) - 1, limit=_MOST_ROWS)))
    headings = rows[0][1]
    width = max((i for i, heading in enumerate(headings, 1) if heading), default=len(headings))
    return [(line, _trim(fields, width)) for line, fields in rows[: _MOST_ROWS + 1]]


def _broken(error: csv.Error) -> str:
    """What is wrong with a row that is no CSV; most often a quotation mark was forgotten."""
    unclosed = "unexpected end of data" in str(error)
    return str(_words()["unclosed" if unclosed else "broken"].format(reason=error))


def _delimiter(first: str) -> tuple[bool, str]:
    """Whether a line like ``sep=;`` declares it, as some spreadsheets write; and the delimiter."""
    declared = re.fullmatch(r"\ufeff?sep=([,;\t])\s*", first, re.IGNORECASE)
    if declared:
        return True, declared[1]
    outside = re.sub(r'"[^"]*("|$)', '""', first)  # commas in a quoted heading separate nothing

    def fitness(delimiter: str) -> tuple[bool, int]:
        fields = [_standard(field.strip(' "')) for field in first.split(delimiter)]
        return "area" in fields, outside.count(delimiter)

    return False, max(",;\t", key=fitness)


def _clean(field: str) -> str:
    """A field on one line, without needless blanks, accents in one piece."""
    return " ".join(unicodedata.normalize("NFC", field).split())


def _trim(fields: list[str], width: int) -> list[str]:
    """Without the empty fields a spreadsheet leaves at the right of the table."""
    fields = [*fields]
    while len(fields) > width and not fields[-1]:
        fields.pop()
    return fields


def _standard(name: str) -> str:
    """A heading in the words of the tidy form: the Dutch ones are taken too."""
    name = name.casefold()
    return _DUTCH.get(name, name)


def _recognise(table: list[tuple[int, list[str]]]) -> tuple[list[tuple[int, list[str]]], bool]:
    """The table with headings as the rest knows them, and whether it is in the tidy form."""
    (line, headings), *rows = table
    names = [_standard(heading) for heading in headings]
    tidy = "column" in names or "party" in names
    if not tidy:
        return [(line, [names[0] if names[0] == "area" else headings[0], *headings[1:]]), *rows], False
    if not names[0] and all(fields[0].isdecimal() for _, fields in rows):
        # The row numbers that DataFrame.to_csv writes unless told not to.
        return [(line, names[1:]), *((row, fields[1:]) for row, fields in rows)], True
    return [(line, names), *rows], True


def _heading_faults(line: int, headings: list[str], tidy: bool) -> Iterator[Fault]:
    words = _words()
    yield from (_tidy_heading_faults if tidy else _wide_heading_faults)(line, headings)
    seen: set[str] = set()
    for i, heading in enumerate(headings):
        if heading.casefold() in seen:
            yield Fault(words["double_heading"], line, heading, heading)
        elif heading:
            seen.add(heading.casefold())
        elif i or tidy:  # an empty first heading of the wide form is told as such
            yield Fault(words["no_heading"].format(n=i + 1), line)


def _tidy_heading_faults(line: int, headings: list[str]) -> Iterator[Fault]:
    words = _words()
    for name in ("area", "column", "party"):
        if name not in headings:
            yield Fault(words["missing_heading"], line, name)
    for heading in filter(None, headings):
        if heading not in _TIDY:
            says = _guessed(words["unknown_heading"], heading, nearest(heading, _TIDY))
            yield Fault(says, line, heading, heading, _TIDY)


def _wide_heading_faults(line: int, headings: list[str]) -> Iterator[Fault]:
    words = _words()
    first, *others = headings
    if first != "area":
        says = words["no_area"].format(value=_short(first))
        yield Fault(says, line, first or None, first, ("area", "gebied"))
    if not others:
        yield Fault(words["no_columns"], line)
    if len(others) > _MOST_COLUMNS:
        yield Fault(words["too_many_columns"].format(n=len(others), limit=_MOST_COLUMNS), line)
    for heading in filter(None, others[:_MOST_COLUMNS]):
        yield from _faults_of({"column": heading}, line, {"column": heading})


def _records(table: list[tuple[int, list[str]]], faults: list[Fault], tidy: bool) -> Iterator[Record]:
    """Rows as (line number, field by heading); what does not fit under the headings is a fault."""
    words = _words()
    (_, headings), *rows = table
    if not rows and not faults:
        faults.append(Fault(words["no_rows"]))
    if not tidy and len(rows) > _MOST_AREAS:
        faults.append(Fault(words["too_many_areas"].format(n=len(rows), limit=_MOST_AREAS)))
        rows = rows[:_MOST_AREAS]
    first_spelling: dict[tuple[str, str], str] = {}
    for line, fields in rows:
        if len(fields) != len(headings):
            says = words["ragged"].format(n=len(fields), expected=len(headings))
            faults.append(Fault(says, line))
        record: dict[str, str] = {}
        for name, field in list(zip(headings, fields, strict=False))[: None if tidy else _MOST_COLUMNS + 1]:
            record.setdefault(name, field)
        for name in ("area", "column") if tidy else ():
            if name in record:
                # "Backup" and "backup" are one area, written as it was first.
                key = name, record[name].casefold()
                record[name] = first_spelling.setdefault(key, record[name])
        yield line, record


def _row_faults(records: list[Record], tidy: bool) -> Iterator[Fault]:
    """What the schema finds in each row."""
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
        yield from _faults_of(checked, line, where)
        yield from _party_faults(parties, line)


def _party_faults(parties: dict[str, str], line: int) -> Iterator[Fault]:
    words = texts(resolve_language(None))
    shown = [*(words["party"][party]["word"] for party in PARTIES), NOT_APPLICABLE]
    letters = [words["party"][party]["letter"] for party in PARTIES]
    for error in _party_validator().iter_errors({key: value.lower() for key, value in parties.items()}):
        column = str(error.path[0])
        value = parties[column]
        says = _guessed(words["file"]["bad_party"], value, _party_guess(value, words["and"]))
        yield Fault(says, line, column, value, (*shown, *letters))


def _guessed(template: str, value: str, guess: str) -> str:
    """What is wrong with a value, and which was probably meant."""
    says = template.format(value=_short(value))
    return f"{says}.{guess}" if guess else says


@cache
def _party_guess(value: str, _language: str) -> str:
    """The nearest word for a party in either language; a table that is all wrong repeats few values."""
    in_all = (texts(lang)["party"][party]["word"] for lang in LANGUAGES for party in PARTIES)
    return nearest(value[:60], in_all)


def _faults_of(checked: dict[str, str], line: int, where: dict[str, str]) -> Iterator[Fault]:
    """What the schema says about these fields; `where` tells under which heading each stands."""
    words = _words()
    for error in _validator(tuple(checked)).iter_errors(checked):
        name, value = str(error.path[0]), str(error.instance)
        allowed: tuple[str, ...] = ()
        if error.validator == "enum":
            kind = "bad_value"
            allowed = ("true", "false") if name in _FLAGS else tuple(filter(None, error.validator_value))
        elif error.validator == "pattern":
            kind = _kind_of_markup(name, value)
        else:
            kind = {"minLength": "required", "maxLength": "too_long"}[str(error.validator)]
        says = words[kind].format(value=_short(value), limit=error.validator_value)
        yield Fault(says, line, where[name], value, allowed)


def _kind_of_markup(name: str, value: str) -> str:
    """Why a value is not plain text."""
    if name == "source_url":
        return "bad_address"
    if value[0] in "=+-@":
        return "formula"
    return "markup" if re.search("<[a-zA-Z/!]", value) else "control"


def _double_faults(records: list[Record], tidy: bool) -> Iterator[Fault]:
    """Areas, or cells in the tidy form, that stand twice."""
    words = _words()
    seen: dict[tuple[str, ...], int] = {}
    for line, record in records:
        names = ("area", "column") if tidy else (next(iter(record)),)
        label = tuple(record.get(name, "") for name in names)
        key = tuple(part.casefold() for part in label)
        if all(key) and key in seen:
            value = " × ".join(label)
            says = words["double_cell" if tidy else "double_area"].format(value=_short(value), line=seen[key])
            yield Fault(says, line, None if tidy else names[0], value)
        seen.setdefault(key, line)


def _tidy_faults(records: list[Record]) -> Iterator[Fault]:
    """Cells that are not there at all, or more of them than a matrix can have."""
    words = _words()
    areas = dict.fromkeys(filter(None, (record.get("area") for _, record in records)))
    columns = dict.fromkeys(filter(None, (record.get("column") for _, record in records)))
    if len(areas) > _MOST_AREAS:
        yield Fault(words["too_many_areas"].format(n=len(areas), limit=_MOST_AREAS))
    if len(columns) > _MOST_COLUMNS:
        yield Fault(words["too_many_columns"].format(n=len(columns), limit=_MOST_COLUMNS))
    there = {(record.get("area"), record.get("column")) for _, record in records}
    if len(areas) * len(columns) <= _MOST_ROWS:
        for area in areas:
            for column in columns:
                if (area, column) not in there:
                    yield Fault(words["missing_cell"].format(area=area, column=column))


def _frame(file: str, records: list[dict[str, str]], lang: str, tidy: bool) -> pd.DataFrame:
    """Checked records as the DataFrame that everything else takes."""
    import pandas as pd

    if tidy:
        cells: list[dict[str, Any]] = [
            {"area": record["area"], "column": record["column"], "party": parse_party(record["party"])}
            | {name: record[name] for name in _PARTS if record.get(name)}
            | {name: record[name].casefold() in _YES for name in _FLAGS if name in record}
            for record in records
        ]
    else:
        cells = [
            {"area": record["area"], "column": column, "party": parse_party(value)}
            for record in records
            for column, value in record.items()
            if column != "area"
        ]
    origin: dict[str, Any] = {"name": file, "file": file, "lang": lang, "cells": cells}
    for name in _SOURCE:
        origin[name] = next((record[name] for record in records if tidy and record.get(name)), "")
    parties = {(cell["area"], cell["column"]): cell["party"] for cell in cells}
    areas = list(dict.fromkeys(area for area, _ in parties))
    plain = pd.DataFrame(
        {column: [parties[area, column] for area in areas] for _, column in parties}, areas, dtype=object
    )
    return wide_frame(matrix_by_hand(plain, origin, lang), origin)


@cache
def _validator(fields: tuple[str, ...]) -> jsonschema.Draft202012Validator:
    """A JSON Schema for these fields."""
    import jsonschema

    return jsonschema.Draft202012Validator({"properties": {name: _rules()[name] for name in fields}})


@cache
def _party_validator() -> jsonschema.Draft202012Validator:
    """A JSON Schema for a row of parties, whatever the headings."""
    import jsonschema

    return jsonschema.Draft202012Validator({"additionalProperties": {"enum": sorted(party_spellings())}})


@cache
def _rules() -> dict[str, dict[str, Any]]:
    """Constraints from ``datapackage.json`` as JSON Schema keywords, by field name."""
    own, cells = (
        {field["name"]: field for field in resource["schema"]["fields"]}
        for name in ("own-matrix", "cells")
        for resource in datapackage()["resources"]
        if resource["name"] == name
    )
    rules = {name: _rule(field) for name, field in own.items() if name != "party"}
    for name in ("parts_basis", "confidence"):
        rules[name] = {"enum": [*cells[name]["constraints"]["enum"], ""]}
    rules["provider"] = {**rules["column"], "minLength": 0}
    # A flag may be written as a spreadsheet in either language writes it.
    return rules | {name: {"enum": [*_YES, *_NO]} for name in _FLAGS}


def _rule(field: dict[str, Any]) -> dict[str, Any]:
    constraints = dict(field["constraints"])
    rule: dict[str, Any] = {"minLength": 1} if constraints.pop("required", False) else {}
    # Frictionless patterns are anchored, JSON Schema's are not. An empty field is "required"'s business.
    return rule | constraints | {"pattern": f"^(?:{constraints['pattern']})?$"}


def _short(value: str) -> str:
    """A value fit for a message: one line, not too long."""
    return value if len(value) <= 60 else value[:57] + "..."
