"""Load the shipped matrices as DataFrames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data.core.dataset import describes
from srm_data.core.frames import as_matrix, ordered, wide_frame
from srm_data.core.language import resolve_language
from srm_data.core.shipped import shipped_ids, shipped_matrix

if TYPE_CHECKING:
    import pandas as pd

    from srm_data.core.frames import MatrixLike


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
    for matrix_id in shipped_ids():
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
    """Load one matrix as a table: who is responsible for each area under each column.

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
    "does",
    "accountable",
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
            "does": cell.does,
            "accountable": cell.accountable,
            "area_id": area.id,
            "column_id": column.id,
        }
        for area, column, cell in found.walk()
    ]
    frame = pd.DataFrame(rows)
    frame["party"] = ordered(frame["party"], "party", found.lang)
    return frame
