"""Read a teacher's own matrix, and say everything that is wrong with it at once.

What may stand in a field is written down once, as constraints in ``data/datapackage.json``; here
they become a JSON Schema, and the schema library finds the faults.
"""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srm_data.language import nearest, resolve_language, texts
from srm_data.loaders import DATA, _matrix_by_hand, parse_party, party_spellings, wide_frame
from srm_data.vocabulary import NOT_APPLICABLE, PARTIES

if TYPE_CHECKING:
    import os

    import jsonschema
    import pandas as pd

_LARGEST = 2.0  # megabytes; the largest matrix that ships is 60 kB
_MOST_ROWS = 2000
_SHOWN = 40  # faults spelled out in the message; `faults` holds all

#: Optional columns of the tidy form, with the constraint field of cells.csv each must meet.
_TIDY_TEXTS = ("customer_part", "provider_part", "qualifier")
_TIDY_SOURCE = ("source_title", "source_url", "edition")
_AREA = ("area", "gebied")
_COLUMN = ("column", "kolom")
_PARTY = ("party", "partij")


@dataclass(frozen=True)
class Fault:
    """One thing to mend: where it is, what is wrong, and what would be right."""

    says: str
    line: int | None = None
    column: str | None = None
    value: str | None = None
    allowed: tuple[str, ...] = ()

    def __str__(self) -> str:
        words = texts(resolve_language(None))["file"]
        where = [words["line"].format(line=self.line)] if self.line else []
        where += [words["column"].format(column=self.column)] if self.column else []
        text = f"{', '.join(where)}: {self.says}" if where else self.says
        return f"{text}; {words['allowed'].format(allowed=', '.join(self.allowed))}" if self.allowed else text


class MatrixFileError(ValueError):
    """A file that is not a matrix yet. `faults` lists all there is to mend, in file order."""

    def __init__(self, file: str, faults: list[Fault]) -> None:
        words = texts(resolve_language(None))["file"]
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
    ``customer_part``, ``provider_part``, ``qualifier``, ``disputed``, ``source_title``,
    ``source_url`` and ``edition``. Commas, semicolons or tabs; UTF-8 or UTF-16, with or without BOM.

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
    table = _read_rows(file, faults)
    if not table:
        raise MatrixFileError(file.name, faults)
    (_, headings), *rows = table
    names = [heading.strip().casefold() for heading in headings]
    tidy = {"column", "party"} <= {_standard(name) for name in names}
    faults += _heading_faults(headings, tidy)
    records = list(_records(headings, rows, faults, tidy))
    if not rows:
        faults.append(Fault(texts(_spoken())["file"]["no_rows"]))
    faults += _schema_faults(records, tidy)
    faults += _double_faults(records, tidy)
    if faults:
        raise MatrixFileError(file.name, sorted(faults, key=lambda fault: fault.line or 0))
    return _frame(file.name, records, lang, tidy)


def _spoken() -> str:
    return resolve_language(None)


def _standard(name: str) -> str:
    """A heading in the words of the tidy form: the Dutch ones are taken too."""
    name = name.strip().casefold()
    return {"gebied": "area", "kolom": "column", "partij": "party"}.get(name, name)


def _read_rows(file: Path, faults: list[Fault]) -> list[tuple[int, list[str]]]:
    """The file as (line number, fields), empty lines left out; what stops the reading goes to `faults`."""
    words = texts(_spoken())["file"]
    if not file.is_file():
        faults.append(Fault(words["missing_file"]))
        return []
    size = file.stat().st_size / 1e6
    if size > _LARGEST:
        faults.append(Fault(words["too_big"].format(size=size, limit=_LARGEST)))
        return []
    raw = file.read_bytes()
    encoding = "utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        faults.append(Fault(words["encoding"], line=line))
        text = raw.decode("cp1252", errors="replace")  # read on, to find the other faults too
    if not text.strip():
        faults.append(Fault(words["empty"]))
        return []
    first = text.lstrip().splitlines()[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    rows = []
    start = 1
    try:
        for fields in reader:
            if any(field.strip() for field in fields):
                rows.append((start, fields))
            start = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(words["broken"].format(reason=error), line=reader.line_num))
    if len(rows) - 1 > _MOST_ROWS:
        faults.append(Fault(words["too_many"].format(n=len(rows) - 1, limit=_MOST_ROWS)))
        return []
    return rows


def _heading_faults(headings: list[str], tidy: bool) -> Iterator[Fault]:
    words = texts(_spoken())["file"]
    names = [_standard(heading) for heading in headings]
    if tidy and "area" not in names:
        yield Fault(words["missing_heading"], line=1, column="area")
    if not tidy and names[0] != "area":
        yield Fault(words["no_area"] + nearest(names[0], ["area"]), line=1, column=headings[0])
    if not tidy and len(names) == 1:
        yield Fault(words["no_columns"], line=1)
    for i, name in enumerate(names):
        if not name:
            yield Fault(words["no_heading"], line=1)
        elif name in names[:i]:
            yield Fault(words["double_heading"], line=1, column=headings[i])
    heading_schema = _validator(("label",))
    for heading in headings:
        yield from _faults_of(heading_schema, {"label": heading}, 1, {"label": heading})


def _records(
    headings: list[str], rows: list[tuple[int, list[str]]], faults: list[Fault], tidy: bool
) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows as (line number, field by heading); rows of another length are faults."""
    names = [_standard(h) if tidy or i == 0 else h.strip() for i, h in enumerate(headings)]
    for line, fields in rows:
        if len(fields) != len(names):
            says = texts(_spoken())["file"]["ragged"].format(n=len(fields), expected=len(names))
            faults.append(Fault(says, line=line))
        yield line, {name: field.strip() for name, field in zip(names, fields, strict=False)}


def _schema_faults(records: list[tuple[int, dict[str, str]]], tidy: bool) -> Iterator[Fault]:
    """What the schema finds in each row."""
    for line, record in records:
        if tidy:
            checked = {
                key: record[key] for key in ("area", "column", *_TIDY_TEXTS, *_TIDY_SOURCE) if key in record
            }
            parties = {"party": record["party"]} if "party" in record else {}
        else:
            first, *others = record
            checked = {"area": record[first]}
            parties = {key: record[key] for key in others}
        yield from _faults_of(_validator(tuple(checked)), checked, line, {key: key for key in checked})
        yield from _party_faults(parties, line)


def _party_faults(parties: dict[str, str], line: int) -> Iterator[Fault]:
    import jsonschema

    words = texts(_spoken())
    known = party_spellings()
    validator = jsonschema.Draft202012Validator({"additionalProperties": {"enum": sorted(known)}})
    shown = [*(words["party"][party]["word"] for party in PARTIES), NOT_APPLICABLE]
    letters = [words["party"][party]["letter"] for party in PARTIES]
    for error in validator.iter_errors({key: value.lower() for key, value in parties.items()}):
        column = str(error.path[0])
        value = parties[column]
        says = words["file"]["bad_party"].format(value=_short(value)) + nearest(value, shown)
        yield Fault(says, line, column, value, (*shown, *letters))


def _faults_of(
    validator: jsonschema.Draft202012Validator, checked: dict[str, str], line: int, headings: dict[str, str]
) -> Iterator[Fault]:
    words = texts(_spoken())["file"]
    for error in validator.iter_errors(checked):
        key = str(error.path[0]) if error.path else ""
        value = str(error.instance)
        names = {"minLength": "required", "maxLength": "too_long"}
        kind = names.get(str(error.validator), "")
        if error.validator == "pattern":
            kind = "formula" if value[:1] in "=+-@\t" else "markup"
        says = words[kind or "bad_value"].format(value=_short(value), limit=error.validator_value)
        yield Fault(says, line, headings.get(key, key), value)


def _double_faults(records: list[tuple[int, dict[str, str]]], tidy: bool) -> Iterator[Fault]:
    """Areas, or cells in the tidy form, that stand twice; and cells that are not there at all."""
    words = texts(_spoken())["file"]
    seen: dict[tuple[str, ...], int] = {}
    key_names = ("area", "column") if tidy else ("area",)
    for line, record in records:
        key = tuple(record.get(name, "").casefold() for name in key_names)
        if key in seen and all(key):
            says = words["double_cell" if tidy else "double_area"].format(line=seen[key])
            yield Fault(
                says, line, None if tidy else "area", " × ".join(record.get(n, "") for n in key_names)
            )
        seen.setdefault(key, line)
    if tidy:
        areas = dict.fromkeys(record.get("area", "") for _, record in records)
        columns = dict.fromkeys(record.get("column", "") for _, record in records)
        for area in filter(None, areas):
            for column in filter(None, columns):
                if (area.casefold(), column.casefold()) not in seen:
                    yield Fault(words["missing_cell"].format(area=area, column=column))


def _frame(file: str, records: list[tuple[int, dict[str, str]]], lang: str, tidy: bool) -> pd.DataFrame:
    import pandas as pd

    rows = [record for _, record in records]
    cells: list[dict[str, Any]] = []
    if tidy:
        areas = list(dict.fromkeys(row["area"] for row in rows))
        columns = list(dict.fromkeys(row["column"] for row in rows))
        parties = {(row["area"], row["column"]): parse_party(row["party"]) for row in rows}
        cells = [
            {key: row[key] for key in ("area", "column", *_TIDY_TEXTS) if key in row}
            | {"disputed": row.get("disputed", "").casefold() in ("true", "1", "yes", "ja", "waar")}
            for row in rows
        ]
    else:
        first, *columns = rows[0]
        areas = [row[first] for row in rows]
        parties = {(row[first], column): parse_party(row[column]) for row in rows for column in columns}
    origin: dict[str, Any] = {"name": file, "file": file, "lang": lang, "cells": cells}
    if tidy:
        origin |= {key: rows[0][key] for key in _TIDY_SOURCE if rows[0].get(key)}
    plain = pd.DataFrame({c: [parties[a, c] for a in areas] for c in columns}, index=areas, dtype=object)
    return wide_frame(_matrix_by_hand(plain, origin, lang), origin)


@cache
def _validator(fields: tuple[str, ...]) -> jsonschema.Draft202012Validator:
    """A JSON Schema for these fields, made from the constraints in ``datapackage.json``."""
    import jsonschema

    rules = _constraints()
    return jsonschema.Draft202012Validator({"properties": {name: rules[name] for name in fields}})


@cache
def _constraints() -> dict[str, dict[str, Any]]:
    """Frictionless constraints of the tidy form as JSON Schema keywords, by field name."""
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    own = next(r for r in package["resources"] if r["name"] == "own-matrix")
    rules = {}
    for field in own["schema"]["fields"]:
        constraints = dict(field.get("constraints", {}))
        rule: dict[str, Any] = {"type": "string"}
        if constraints.pop("required", False):
            rule["minLength"] = 1
        # Frictionless patterns are anchored, JSON Schema's are not.
        if "pattern" in constraints:
            rule["pattern"] = f"^(?:{constraints.pop('pattern')})$"
        rules[field["name"]] = rule | constraints
    rules["label"] = rules["column"]
    return rules


def _short(value: str) -> str:
    """A value fit for a message: one line, not too long."""
    return value if len(value) <= 60 else value[:57] + "..."
