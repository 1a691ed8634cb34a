"""Load the shipped matrices: CSV tables in, DataFrames out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from srm_data.core.language import resolve_language, texts, unknown_name
from srm_data.core.matrix import Area, Cell, Column, Matrix, one_line
from srm_data.core.party_spellings import mixed_letters, parse_party
from srm_data.core.vocabulary import NOT_APPLICABLE, SERVICE_MODELS
from srm_data.files.paths import DATA

if TYPE_CHECKING:
    import pandas as pd

    #: What every function that takes a matrix accepts: an id, or a DataFrame that
    #: `load_matrix` or `read_matrix` gave (edited or not), or one made by hand in that form.
    MatrixLike = str | pd.DataFrame

F = TypeVar("F", bound=Callable[..., Any])


@cache
def datapackage() -> dict[str, Any]:
    """What ``data/datapackage.json`` says about every table and field."""
    package: dict[str, Any] = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    return package


def describes(resource: str, *names: str) -> Callable[[F], F]:
    """Put the descriptions of these fields in place of ``{fields}`` in a docstring.

    So the metadata of the tables is the one place that tells what a column means.
    """
    fields = next(r["schema"]["fields"] for r in datapackage()["resources"] if r["name"] == resource)
    # A column that is there in both languages is described once.
    told = {field["name"].removesuffix("_en"): field["description"] for field in fields}
    lines = [f"{name}: {told[name].removesuffix(', in English')}" for name in names]

    def fill(function: F) -> F:
        # There is none under python -OO. Python 3.13 and later take its indentation away.
        if function.__doc__:
            function.__doc__ = re.sub(
                r"^( *)\{fields\}$",
                lambda found: "\n".join(found[1] + line for line in lines),
                function.__doc__,
                flags=re.MULTILINE,
            )
        return function

    return fill


@cache
def read_table(name: str) -> pd.DataFrame:
    """Read ``data/<name>.csv`` with every value as text; empty fields are empty strings."""
    import pandas as pd

    return pd.read_csv(DATA / f"{name}.csv", dtype=str, keep_default_na=False)


@describes(
    "matrices",
    "kind",
    "provider",
    "title",
    "edition",
    "confidence",
    "licence",
    "source_title",
    "source_url",
)
def list_matrices(lang: str | None = None) -> pd.DataFrame:
    """List the matrices that ship with the kit.

    Args:
        lang: "en" or "nl"; the language in use when left out.

    Returns:
        One row a matrix, index ``matrix`` (the id), with the columns

            {fields}
            areas, columns, shared: how many areas, columns and shared cells it has

    Raises:
        UnknownNameError: for an unknown language.
    """
    import pandas as pd

    rows = []
    for matrix_id in read_table("matrices")["matrix"]:
        matrix = shipped_matrix(matrix_id, resolve_language(lang))
        rows.append(
            {
                "matrix": matrix.id,
                "kind": matrix.kind,
                "provider": matrix.provider,
                "title": matrix.title,
                "edition": matrix.edition,
                "areas": len(matrix.areas),
                "columns": len(matrix.columns),
                "shared": sum(cell.party == "shared" for cell in matrix.cells.values()),
                "confidence": matrix.confidence,
                "licence": matrix.licence,
                "source_title": matrix.source_title,
                "source_url": matrix.source_url,
            }
        )
    return pd.DataFrame(rows).set_index("matrix")


def load_matrix(matrix: str, lang: str | None = None) -> pd.DataFrame:
    """Load one matrix as a table: who answers for each area under each column.

    Args:
        matrix: an id from `list_matrices`, such as "azure-2026".
        lang: "en" or "nl" for labels and values; the language in use when left out.

    Returns:
        Index ``area`` (labels in source order), a column per service model, service or task, always
        from on-premises to SaaS. Values are one ordered categorical, customer < shared < provider;
        not applicable is missing. ``.attrs["srm"]`` remembers where it came from.

    Raises:
        UnknownNameError: for an unknown matrix or language, with the nearest guess.

    >>> load_matrix("azure-2026", lang="en").shape
    (10, 4)
    """
    lang = resolve_language(lang)
    return wide_frame(shipped_matrix(matrix, lang), {"matrix": matrix, "lang": lang})


@describes(
    "cells",
    "party",
    "customer_part",
    "provider_part",
    "parts_basis",
    "confidence",
    "disputed",
    "qualifier",
    "provider",
    "delegable",
)
def load_cells(matrix: MatrixLike, lang: str | None = None) -> pd.DataFrame:
    """Load one matrix cell by cell, with who does which part and the source of each cell.

    Args:
        matrix: an id from `list_matrices`, or a DataFrame from `load_matrix` or `read_matrix`.
        lang: "en" or "nl"; the language in use when left out.

    Returns:
        One row a cell, with the columns

            area: label of the area
            column: label of the column
            {fields}
            source_title, source_url, edition: of the matrix, as `list_matrices` has them
            area_id, column_id: the same in every language

    Raises:
        UnknownNameError: for an unknown matrix or language.
    """
    import pandas as pd

    found = as_matrix(matrix, lang)
    rows = [
        {
            "area": area.label,
            "column": column.label,
            "party": cell.party,
            "customer_part": cell.customer_part,
            "provider_part": cell.provider_part,
            "source_title": found.source_title,
            "source_url": found.source_url,
            "edition": found.edition,
            "confidence": cell.confidence,
            "disputed": cell.disputed,
            "qualifier": cell.qualifier,
            "parts_basis": cell.parts_basis,
            "provider": cell.provider,
            "delegable": cell.delegable,
            "area_id": area.id,
            "column_id": column.id,
        }
        for area, column, cell in found.walk()
    ]
    frame = pd.DataFrame(rows)
    frame["party"] = ordered(frame["party"], "party", found.lang)
    return frame


@cache
def shipped_matrix(matrix: str, lang: str) -> Matrix:
    """Build the `Matrix` of a shipped id in one language.

    Raises:
        UnknownNameError: lists the matrices there are and guesses which was meant.
    """

    def mine(table: str) -> list[dict[Any, Any]]:
        frame = read_table(table)
        return frame[frame["matrix"] == matrix].to_dict("records")

    head = mine("matrices")
    if not head:
        raise unknown_name("matrix", matrix, read_table("matrices")["matrix"])
    about = head[0]
    return Matrix(
        id=matrix,
        lang=lang,
        areas=tuple(
            Area(r["area"], r[f"label_{lang}"], r[f"group_{lang}"], r[f"about_{lang}"]) for r in mine("areas")
        ),
        columns=tuple(
            Column(
                r["column"], r[f"label_{lang}"], r[f"examples_{lang}"], r["model"], r[f"model_reason_{lang}"]
            )
            for r in mine("columns")
        ),
        cells={
            (r["area"], r["column"]): Cell(
                party=None if r["party"] == NOT_APPLICABLE else r["party"],
                customer_part=r[f"customer_part_{lang}"],
                provider_part=r[f"provider_part_{lang}"],
                parts_basis=r["parts_basis"],
                qualifier=r[f"qualifier_{lang}"],
                disputed=r["disputed"] == "true",
                confidence=r["confidence"],
                provider=r["provider"],
                delegable=r["delegable"] == "true",
            )
            for r in mine("cells")
        },
        notes=tuple(r[f"note_{lang}"] for r in mine("notes")),
        **{name: about[name] for name in _SAME_IN_ALL_LANGUAGES},
        **{name: about[f"{name}_{lang}"] for name in _PER_LANGUAGE},
    )


_SAME_IN_ALL_LANGUAGES = (
    "kind",
    "axis",
    "source_title",
    "source_url",
    "licence",
    "confidence",
)
_PER_LANGUAGE = ("provider", "provider_short", "short", "title", "edition", "confidence_note", "verified")


def as_matrix(matrix: MatrixLike, lang: str | None = None) -> Matrix:
    """Turn what a caller has, an id or a DataFrame, into a `Matrix`.

    A DataFrame is taken at its word: values changed by hand stay changed, rows and columns left
    out stay out. Labels, parts and source come from where it was loaded; a changed cell loses
    its parts, since they describe the old one.

    Raises:
        UnknownNameError: for an unknown matrix or language, or a value that is no party.
        TypeError: for anything that is neither an id nor a DataFrame.
    """
    lang = resolve_language(lang)
    if isinstance(matrix, str):
        return shipped_matrix(matrix, lang)
    if not hasattr(matrix, "columns"):
        raise TypeError(texts(lang)["error"]["not_a_matrix"].format(type=type(matrix).__name__))
    frame = _plain(matrix, lang)
    origin = frame.attrs.get("srm", {})
    if "matrix" not in origin:
        return matrix_by_hand(frame, origin, lang)
    here = shipped_matrix(origin["matrix"], origin["lang"])
    area_ids = {area.label: area.id for area in here.areas}
    column_ids = {column.label: column.id for column in here.columns}
    if not set(frame.index) <= set(area_ids) or not set(frame.columns) <= set(column_ids):
        # Renamed or added rows: nothing is known about them, so the frame speaks for itself.
        return matrix_by_hand(frame, {}, lang)
    parties = {
        (area_ids[label], column_ids[column]): parse_party(value)
        for column in frame.columns
        for label, value in zip(frame.index, frame[column], strict=True)
    }
    areas, columns = [area_ids[x] for x in frame.index], [column_ids[x] for x in frame.columns]
    return _subset(shipped_matrix(origin["matrix"], lang), areas, columns).with_parties(parties)


def _plain(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The same values with plain texts as labels, each of them once.

    Raises:
        ValueError: for a label that stands twice, as after concat, or a table without any cell.
    """
    words = texts(lang)["error"]
    if "area" in frame.columns:
        frame = frame.set_index("area")
    attrs = frame.attrs
    rows, columns = ([one_line(label) for label in labels] for labels in (frame.index, frame.columns))
    frame = frame.set_axis(rows).set_axis(columns, axis=1)
    frame.attrs = attrs  # whatever pandas makes of them on the way
    for labels in (frame.index, frame.columns):
        if labels.has_duplicates:
            raise ValueError(words["double_label"].format(label=labels[labels.duplicated()][0]))
    if frame.empty:
        raise ValueError(words["empty_matrix"])
    return frame


def _subset(matrix: Matrix, area_ids: list[str], column_ids: list[str]) -> Matrix:
    """The same matrix with only these areas and columns, in this order."""
    areas = {area.id: area for area in matrix.areas}
    columns = {column.id: column for column in matrix.columns}
    return replace(
        matrix,
        areas=tuple(areas[x] for x in area_ids),
        columns=tuple(columns[x] for x in column_ids),
        cells={(a, c): matrix.cells[a, c] for a in area_ids for c in column_ids},
    )


def matrix_by_hand(frame: pd.DataFrame, origin: dict[str, Any], lang: str) -> Matrix:
    """A matrix that did not ship with the kit: labels are ids.

    `origin` is what `read_matrix` knew: the source, the name of the provider and, in ``cells``, the
    parts and the party they go with. A cell whose party has changed since loses its parts.

    Raises:
        UnknownNameError: for a value that is no party.
        ValueError: for letters of two languages beside each other.
    """
    own = texts(lang)["own_matrix"]
    written = [str(value) for column in frame.columns for value in frame[column]]
    if mixed := mixed_letters(written):
        raise ValueError(texts(lang)["error"]["mixed_letters"].format(letter=mixed[0], other=mixed[1]))
    told = {
        (cell["area"], cell["column"]): Cell(**{k: v for k, v in cell.items() if k not in ("area", "column")})
        for cell in origin.get("cells", [])
    }
    parties = {
        (area, column): parse_party(value)
        for column in frame.columns
        for area, value in zip(frame.index, frame[column], strict=True)
    }
    name = origin.get("name", own["name"])
    provider = origin.get("provider") or own["provider"]
    return Matrix(
        id=name,
        lang=lang,
        areas=tuple(Area(label, label) for label in frame.index),
        columns=tuple(Column(label, label, model=service_model(label)) for label in frame.columns),
        cells={key: told.get(key, Cell(party)) for key, party in parties.items()},
        provider=provider,
        provider_short=provider,
        short=name,
        title=name,
        edition=origin.get("edition", ""),
        source_title=origin.get("source_title", "") or origin.get("file", ""),
        source_url=origin.get("source_url", ""),
    ).with_parties(parties)


def wide_frame(matrix: Matrix, origin: dict[str, Any]) -> pd.DataFrame:
    """The matrix as areas × columns, one ordered categorical; `origin` goes into ``.attrs["srm"]``."""
    import pandas as pd

    frame = pd.DataFrame(
        {
            column.label: ordered(
                [matrix.cell(area, column).party for area in matrix.areas], "party", matrix.lang
            )
            for column in matrix.columns
        },
        index=pd.Index([area.label for area in matrix.areas], name="area"),
    )
    frame.attrs["srm"] = origin
    return frame


def ordered(values: Any, kind: str, lang: str) -> pd.Categorical:
    """Keys such as "shared" as an ordered categorical of their words in `lang`; None is missing."""
    import pandas as pd

    words = {key: entry["word"] for key, entry in texts(lang)[kind].items()}
    return pd.Categorical(
        [words.get(value) for value in values], categories=list(words.values()), ordered=True
    )


def service_model(label: str) -> str:
    """The service model a heading names, or nothing.

    >>> service_model("paas"), service_model("RDS")
    ('PaaS', '')
    """
    return next((model for model in SERVICE_MODELS if model.casefold() == label.casefold()), "")
