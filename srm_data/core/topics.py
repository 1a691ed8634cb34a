"""One topic across providers: the areas about it, and what each table says under the same service model.

Providers name and cut their areas differently. A crosswalk made by hand (``data/crosswalk.csv``) says
which area is about which topic, and ``data/columns.csv`` which columns are a service
model; both give their reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from srm_data.core.dataset import describes, read_table, rows_by, rows_where
from srm_data.core.frames import as_matrix, listed, ordered
from srm_data.core.language import resolve_language, texts, unknown_name
from srm_data.core.shipped import shipped_ids
from srm_data.core.vocabulary import LANGUAGES, PARTIES, SERVICE_MODELS

if TYPE_CHECKING:
    import pandas as pd

    from srm_data.core.frames import MatrixLike
    from srm_data.core.matrix import Area, Cell, Column, Matrix


@dataclass(frozen=True)
class Line:
    """One area of one matrix that is about the topic, why, and the columns for which that holds."""

    matrix: Matrix
    area: Area
    reason: str
    columns: tuple[Column, ...]

    def under(self, model: str) -> list[tuple[Column, Cell]]:
        """What it says under a service model; "" gives the columns that are none.

        More than one where the columns of a matrix are tasks within one model, as at IBM.
        """
        return [(c, self.matrix.cell(self.area, c)) for c in self.columns if c.model == model]


@dataclass(frozen=True)
class Topic:
    """A topic with the lines about it, in the order of the matrices that were asked for."""

    id: str
    label: str
    lang: str
    matrices: tuple[Matrix, ...]
    lines: tuple[Line, ...]

    @property
    def models(self) -> list[str]:
        """The service models under which at least one table says something, from on-premises to SaaS."""
        return [model for model in SERVICE_MODELS if any(line.under(model) for line in self.lines)]

    def lines_of(self, matrix: Matrix) -> list[Line]:
        """The lines of one matrix."""
        return [line for line in self.lines if line.matrix is matrix]

    def silent(self) -> list[Matrix]:
        """The matrices that have no row on the topic."""
        return [m for m in self.matrices if not self.lines_of(m)]

    def said(self, model: str) -> list[tuple[Matrix, tuple[str, ...]]]:
        """What each table says under a model: one party, or several where its rows or tasks differ."""
        found = []
        for m in self.matrices:
            parties = {cell.party for line in self.lines_of(m) for _, cell in line.under(model)}
            if told := tuple(party for party in PARTIES if party in parties):
                found.append((m, told))
        return found

    def verdict(self, model: str) -> str:
        """Whether the tables "agree" or "differ" under a model; "alone" when fewer than two say anything."""
        said = self.said(model)
        if len(said) < 2:
            return "alone"
        return "agree" if len({parties for _, parties in said}) == 1 else "differ"


def look_up(
    topic: str, matrices: MatrixLike | Iterable[MatrixLike] | None = None, lang: str | None = None
) -> Topic:
    """Find the lines about a topic: what `compare_topic` tabulates and `tables.topic` shows.

    Args:
        topic: id of a topic, or its name, such as "network-controls" or "Network controls".
        matrices: the matrices to line up, ids or DataFrames; all that ship when left out, but for the stack.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown topic, matrix or language.
        ValueError: for a matrix about management: who runs a layer is another question.
    """
    lang = resolve_language(lang)
    found, label = _find(topic, lang)
    chosen = _choose(matrices, lang)
    lines = tuple(line for m in chosen for line in _lines(m, found, label))
    return Topic(found, label, lang, chosen, lines)


def all_topics(
    matrices: MatrixLike | Iterable[MatrixLike] | None = None, lang: str | None = None
) -> list[Topic]:
    """Every topic looked up in the same matrices, in the order of ``data/topics.csv``."""
    chosen = _choose(matrices, resolve_language(lang))
    return [look_up(topic, chosen, lang) for topic in rows_by("topics", "topic")]


@describes("cells", "customer_part", "provider_part", "qualifier", "disputed")
def compare_topic(
    topic: str, matrices: MatrixLike | Iterable[MatrixLike] | None = None, lang: str | None = None
) -> pd.DataFrame:
    """Line up what several providers say about one topic, such as "operating-system".

    Args:
        topic: id of a topic, or its name, such as "network-controls" or "Network controls".
        matrices: the matrices to line up, ids or DataFrames; all that ship when left out, but for the
            stack, which is about who runs a layer.
        lang: "en" or "nl"; the language in use when left out.

    Returns:
        One row a matrix × area × column, with the columns

            provider: who published the matrix
            matrix: its id
            area, column: their labels
            model: the service model the column is lined up under, ordered; missing where it is none
            party: who answers, ordered from customer to provider
            {fields}
            reason: why this area is about the topic
            model_reason: why the column is that service model, or none
            edition, source_title, source_url: of the matrix
            area_id, column_id: the same in every language

    Raises:
        UnknownNameError: for an unknown topic, matrix or language, with the nearest guess.
        ValueError: for a matrix about management, such as "stack".

    >>> rows = compare_topic("operating-system", ["azure-2026", "gcp", "aws-rds"], lang="en")
    >>> rows.groupby("model", observed=True)["party"].unique().map(list)["PaaS"]
    ['provider']
    """
    import pandas as pd

    found = look_up(topic, matrices, lang)
    rows = [
        {
            "provider": line.matrix.provider,
            "matrix": line.matrix.id,
            "area": line.area.label,
            "column": column.label,
            "model": column.model or None,
            "party": cell.party,
            "customer_part": cell.customer_part,
            "provider_part": cell.provider_part,
            "qualifier": cell.qualifier,
            "disputed": cell.disputed,
            "reason": line.reason,
            "model_reason": column.model_reason,
            "edition": line.matrix.edition,
            "source_title": line.matrix.source_title,
            "source_url": line.matrix.source_url,
            "area_id": line.area.id,
            "column_id": column.id,
        }
        for line in found.lines
        for column in line.columns
        for cell in [line.matrix.cell(line.area, column)]
    ]
    frame = pd.DataFrame(rows, columns=_FIELDS)
    frame["model"] = pd.Categorical(frame["model"], categories=SERVICE_MODELS, ordered=True)
    frame["party"] = ordered(frame["party"], "party", found.lang)
    return frame


_FIELDS = [
    "provider",
    "matrix",
    "area",
    "column",
    "model",
    "party",
    "customer_part",
    "provider_part",
    "qualifier",
    "disputed",
    "reason",
    "model_reason",
    "edition",
    "source_title",
    "source_url",
    "area_id",
    "column_id",
]


def _find(topic: str, lang: str) -> tuple[str, str]:
    """The id and label of a topic by its id or its name in either language."""
    wanted = " ".join(str(topic).split()).casefold()
    for row in read_table("topics"):
        if wanted in (row["topic"], *(row[f"label_{x}"].casefold() for x in LANGUAGES)):
            return row["topic"], row[f"label_{lang}"]
    raise unknown_name("topic", topic, rows_by("topics", "topic"))


def _choose(matrices: MatrixLike | Iterable[MatrixLike] | None, lang: str) -> tuple[Matrix, ...]:
    """The matrices to line up.

    Raises:
        ValueError: when one is about management, or when there is none.
    """
    words = texts(lang)["error"]
    if matrices is None:
        matrices = [row["matrix"] for row in rows_where("matrices", kind="responsibility")]
    chosen = tuple(as_matrix(m, lang) for m in listed(matrices))
    if not chosen:
        raise ValueError(words["no_matrices"])
    for m in chosen:
        if m.kind == "management":
            raise ValueError(words["not_answering"].format(matrix=m.id))
    return chosen


def _lines(m: Matrix, topic: str, label: str) -> list[Line]:
    """The lines of one matrix: by the crosswalk, or by name in a matrix that did not ship with the kit."""
    if m.id in shipped_ids():
        about = _crosswalk(m.id, topic)
        return [
            Line(m, area, reason[m.lang], tuple(c for c in m.columns if not only or c.id in only))
            for area in m.areas
            if area.id in about
            for reason, only in [about[area.id]]
        ]
    reason = texts(m.lang)["topic"]["same_name"]
    names = _names(topic) | {label.casefold()}
    return [Line(m, area, reason, m.columns) for area in m.areas if area.label.casefold() in names]


@cache
def topics_of(matrix: str, area: str, column: str) -> tuple[str, ...]:
    """What an area of a shipped matrix is about under a column: ids of topics; none in another matrix.

    Args:
        matrix: id of the matrix.
        area: id of the area.
        column: id of the column.

    >>> topics_of("azure-2026", "customer-data", "saas")
    ('data',)
    """
    return tuple(
        row["topic"]
        for row in rows_where("crosswalk", matrix=matrix, area=area)
        if not row["columns"] or column in row["columns"].split()
    )


@cache
def _crosswalk(matrix: str, topic: str) -> dict[str, tuple[dict[str, str], list[str]]]:
    """Area id -> (reason in each language, the only columns it holds for)."""
    return {
        row["area"]: ({lang: row[f"reason_{lang}"] for lang in LANGUAGES}, row["columns"].split())
        for row in rows_where("crosswalk", matrix=matrix, topic=topic)
    }


@cache
def _names(topic: str) -> set[str]:
    """What areas about a topic are called in the shipped matrices, in either language, lower case."""
    about = {(row["matrix"], row["area"]) for row in rows_where("crosswalk", topic=topic)}
    named = [row for row in read_table("areas") if (row["matrix"], row["area"]) in about]
    return {row[f"label_{lang}"].casefold() for row in named for lang in LANGUAGES}
