"""The types of resources that a plan or template may hold: which service each is, and under which model.

They stand in a table that a teacher can extend (``data/resource_types.csv``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from srm_data.core.dataset import read_table, table_frame
from srm_data.core.vocabulary import NOT_APPLICABLE
from srm_data.readers.csv_text import read_text
from srm_data.readers.faults import Fault, FileFaultsError, faults_of, file_words, rules_of, short
from srm_data.readers.form import Form, as_records, in_file_order
from srm_data.workloads.component import kinds, model_spellings
from srm_data.workloads.component_rows import kind_faults, model_faults

if TYPE_CHECKING:
    import pandas as pd

    from srm_data.core.frames import MatrixLike

    TypeRow = dict[str, str]  # value by heading
    Types = dict[str, TypeRow]

_FORM = Form(("type", "kind", "service", "model", "basis", "source"), needed=("type", "service", "model"))
_LARGEST = 2.0  # megabytes
_MOST = 5_000  # types
_LONGEST = 200  # signs of a type; the table that ships has none that is longer
_RIGHTS = re.compile(r"google_\w+_iam_(?:member|binding|policy|audit_config)")


class ResourceTypesError(FileFaultsError):
    """A table of resource types that cannot be used yet."""

    what = "resource_types"


def load_resource_types() -> pd.DataFrame:
    """The types of resources that `read_plan` knows.

    Returns:
        Index ``type`` (lower case; one that ends in ``*`` is for all types that begin so and have no
        row of their own); columns ``kind`` of component, ``service``, ``model`` ("iaas",
        "paas", "saas", empty where you have to choose yourself, "n/a" for what is a setting of
        something else), ``basis`` and ``source``.
    """
    frame = table_frame("resource_types").copy()
    frame["type"] = frame["type"].str.casefold()
    return frame.set_index("type")


def known_types(own: Path | None = None, matrix: MatrixLike = "azure-2026") -> Types:
    """Every type by its name in lower case; rows of a teacher's own file go before those of the kit.

    Args:
        own: a CSV file with ``type``, ``service`` and ``model``, and perhaps ``kind``, ``basis``, ``source``.
        matrix: the matrix whose columns the models are.

    Raises:
        ResourceTypesError: with everything that is wrong in `own`.
    """
    return _shipped_types() | (_own_types(own, matrix) if own else {})


@cache
def _shipped_types() -> Types:
    return {row["type"].casefold(): dict(row) for row in read_table("resource_types")}


def row_of(kind: str, types: Types) -> TypeRow | None:
    """What the table says of a type: its own row, else that of the longest beginning with a star."""
    if len(kind) > _LONGEST:
        return None
    name = kind.casefold()
    if name in types:
        return types[name]
    ends = [place + 1 for place, sign in enumerate(name) if sign in "_/"]
    return next((types[begin] for end in reversed(ends) if (begin := f"{name[:end]}*") in types), None)


def why_no_component(kind: str, row: TypeRow | None, types: Types) -> str:
    """Why a type is none of a component, as a key of the locale, or nothing.

    What ARM names within another resource exists only as a part of that, so a name of three words and
    more needs no row of its own where the resource it lies in has one. Nor do the rights that the
    provider of Google has for every resource it knows.

    Args:
        kind: the type, as the file names it.
        row: what `row_of` found for it; None when the table has no such type.
        types: all types of the table.
    """
    if row:
        return "setting" if row["model"] == NOT_APPLICABLE else ""
    if _RIGHTS.fullmatch(kind):
        return "setting"
    name = kind.casefold() if len(kind) <= _LONGEST else ""
    _, *ends = [place for place, sign in enumerate(name) if sign == "/"] or [0]
    return "part" if any(name[:end] in types for end in ends) else ""


def _own_types(file: Path, matrix: MatrixLike) -> Types:
    """A teacher's own rows, checked as strictly as any other file.

    Raises:
        ResourceTypesError: with all that is wrong.
    """
    faults: list[Fault] = []
    text = read_text(file, faults, largest=_LARGEST, what="resource_types")
    table = _FORM.rows(text, faults, most=_MOST, too_many="too_many_types")
    if not table:
        raise ResourceTypesError(file.name, faults)
    (first, headings), *rows = _FORM.recognised(table)
    faults += _FORM.heading_faults(first, headings)
    spellings = model_spellings(matrix)
    found: dict[str, tuple[int, TypeRow]] = {}
    for line, given in as_records(headings, rows, faults):
        record = dict.fromkeys(_FORM.headings, "") | given
        faults += _type_faults(record, line, matrix, spellings)
        name = record["type"].casefold()
        if name in found:
            says = file_words()["double_type"].format(value=short(name), line=found[name][0])
            faults.append(Fault(says, line, "type", record["type"]))
        found.setdefault(name, (line, record))
    if faults:
        raise ResourceTypesError(file.name, in_file_order(faults))
    return {
        name: record | {"kind": kinds()[record["kind"].casefold()] if record["kind"] else "other"}
        for name, (_, record) in found.items()
    }


def _type_faults(
    record: TypeRow, line: int, matrix: MatrixLike, spellings: dict[str, str]
) -> Iterator[Fault]:
    checked = {name: record[name] for name in ("type", "service")}
    yield from faults_of(rules_of("resource_types"), checked, line)
    yield from kind_faults(record["kind"], line)
    yield from model_faults(record["model"], line, matrix, spellings, more=(NOT_APPLICABLE,))
