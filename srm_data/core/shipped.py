"""The matrices that ship with the kit, put together from the tables in ``data/``."""

from __future__ import annotations

from functools import cache
from typing import Any

from srm_data.core.dataset import rows_by, rows_where
from srm_data.core.language import unknown_name
from srm_data.core.matrix import Area, Cell, Column, Matrix
from srm_data.core.vocabulary import NOT_APPLICABLE


def shipped_ids() -> list[str]:
    """The ids of the matrices that ship, in the order of ``data/matrices.csv``."""
    return list(rows_by("matrices", "matrix"))


@cache
def shipped_matrix(matrix: str, lang: str) -> Matrix:
    """Build the `Matrix` of a shipped id in one language.

    Raises:
        UnknownNameError: lists the matrices there are and guesses which was meant.
    """
    about = rows_by("matrices", "matrix").get(matrix)
    if about is None:
        raise unknown_name("matrix", matrix, shipped_ids())
    told: dict[str, Any] = {name: about[name] for name in _SAME_IN_ALL_LANGUAGES}
    told |= {name: about[f"{name}_{lang}"] for name in _PER_LANGUAGE}
    return Matrix(
        id=matrix,
        lang=lang,
        areas=tuple(
            Area(r["area"], r[f"label_{lang}"], r[f"group_{lang}"], r[f"about_{lang}"])
            for r in rows_where("areas", matrix=matrix)
        ),
        columns=tuple(
            Column(
                r["column"], r[f"label_{lang}"], r[f"examples_{lang}"], r["model"], r[f"model_reason_{lang}"]
            )
            for r in rows_where("columns", matrix=matrix)
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
                does=r["does"],
                accountable=r["accountable"],
            )
            for r in rows_where("cells", matrix=matrix)
        },
        notes=tuple(r[f"note_{lang}"] for r in rows_where("notes", matrix=matrix)),
        **told,
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
