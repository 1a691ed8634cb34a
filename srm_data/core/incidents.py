"""Incidents from the news, laid on a matrix: the row, who failed, and what the other side says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from srm_data.core.dataset import describes, read_table, rows_where, table_frame
from srm_data.core.language import resolve_language, unknown_name
from srm_data.core.shipped import shipped_matrix

if TYPE_CHECKING:
    import pandas as pd

    from srm_data.core.matrix import Area, Column, Matrix

#: The fields of one language; their columns in the CSV end in ``_en`` and ``_nl``.
_WORDS = (
    "name", "story", "service", "provider", "why", "layer", "dispute", "other_side", "question",
    "customer_could", "other_could",
)  # fmt: skip
_OTHER = {"en": "_nl", "nl": "_en"}
_FACTS = ("failed_party", "other_side_basis", "source_title", "source_url", "confidence")


@dataclass(frozen=True)
class Incident:
    """One incident in one language, with the place where it lies on its matrix.

    `columns` holds one column, or several where the incident runs through more service models.
    `areas` is empty where the matrix has no row for what failed; `why` says so.
    """

    id: str
    lang: str
    year: int
    name: str
    story: str
    service: str
    provider: str
    service_models: tuple[str, ...]
    matrix: Matrix
    columns: tuple[Column, ...]
    areas: tuple[Area, ...]
    why: str
    failed_party: str  # one of vocabulary.FAILED
    layer: str
    dispute: str
    other_side: str
    other_side_basis: str  # "source" when the source argues so, "reading" when the argument is ours
    question: str
    customer_could: str
    other_could: str
    source_title: str
    source_url: str
    confidence: str

    @property
    def answers(self) -> tuple[str, ...]:
        """The parties that the matrix names in the cells of this incident, each once, from left to right."""
        cells = (self.matrix.cell(area, column) for area in self.areas for column in self.columns)
        return tuple(dict.fromkeys(cell.party for cell in cells if cell.party))

    def holds(self, area: Area, column: Column) -> bool:
        """Whether the incident lies in this cell."""
        return area in self.areas and column in self.columns


@describes(
    "incidents",
    "year",
    "name",
    "story",
    "service",
    "provider",
    "service_models",
    "matrix",
    "columns",
    "areas",
    "why",
    "failed_party",
    "layer",
    "dispute",
    "other_side",
    "other_side_basis",
    "question",
    "customer_could",
    "other_could",
    "source_title",
    "source_url",
    "confidence",
)
def load_incidents(lang: str | None = None) -> pd.DataFrame:
    """List the incidents that ship with the kit, oldest first.

    Args:
        lang: "en" or "nl"; the language in use when left out.

    Returns:
        One row an incident, index ``incident`` (the id), with the columns

            {fields}

    Raises:
        UnknownNameError: for an unknown language.

    >>> load_incidents("en").loc["unisuper-2024", "failed_party"]
    'provider'
    """
    import pandas as pd

    lang = resolve_language(lang)
    frame = table_frame("incidents").set_index("incident")
    names = [str(name) for name in frame]
    # In the order of the file, each field that is there in both languages once.
    ours = {x.removesuffix(f"_{lang}"): frame[x] for x in names if not x.endswith(_OTHER[lang])}
    return pd.DataFrame(ours).astype({"year": int})


def as_incident(incident: str | Incident, lang: str | None = None) -> Incident:
    """Turn an id or a name, whatever the case, into an `Incident`; an `Incident` comes back in `lang`.

    Raises:
        UnknownNameError: lists the incidents there are and guesses which was meant.
    """
    lang = resolve_language(lang)
    if isinstance(incident, Incident):
        return incident if incident.lang == lang else _shipped(incident.id, lang)
    ids = incident_ids()
    by_name = {row[f"name_{lang}"].casefold(): row["incident"] for row in read_table("incidents")}
    wanted = str(incident).strip().casefold()
    found = wanted if wanted in ids else by_name.get(wanted)
    if found is None:
        raise unknown_name("incident", incident, ids)
    return _shipped(found, lang)


def incident_ids() -> list[str]:
    """The ids of all incidents, oldest first."""
    return [row["incident"] for row in read_table("incidents")]


def incidents_on(matrix: str) -> list[str]:
    """The ids of the incidents that are laid on this matrix, oldest first."""
    return [row["incident"] for row in rows_where("incidents", matrix=matrix)]


@cache
def _shipped(incident: str, lang: str) -> Incident:
    row = next(row for row in read_table("incidents") if row["incident"] == incident)
    matrix = shipped_matrix(row["matrix"], lang)
    areas = {area.id: area for area in matrix.areas}
    return Incident(
        id=incident,
        lang=lang,
        year=int(row["year"]),
        service_models=tuple(row["service_models"].split()),
        matrix=matrix,
        columns=tuple(matrix.column(column) for column in row["columns"].split()),
        areas=tuple(areas[area] for area in row["areas"].split()),
        **{name: row[f"{name}_{lang}"] for name in _WORDS},
        **{name: row[name] for name in _FACTS},
    )
