"""A matrix as a DataFrame, and whatever a caller has as a `Matrix`.

pandas is imported only where a DataFrame is made; one that comes in brings its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from srm_data.core.language import resolve_language, texts
from srm_data.core.matrix import Area, Cell, Column, Matrix, one_line
from srm_data.core.party_spellings import mixed_letters, parse_party
from srm_data.core.shipped import shipped_ids, shipped_matrix
from srm_data.core.vocabulary import SERVICE_MODELS

if TYPE_CHECKING:
    import pandas as pd

    #: What every function that takes a matrix accepts: an id, or a DataFrame that
    #: `load_matrix` or `read_matrix` gave (edited or not), or one made by hand in that form;
    #: and inside the kit a `Matrix` that was looked up already.
    MatrixLike = str | pd.DataFrame | Matrix


def listed(matrices: MatrixLike | Iterable[MatrixLike]) -> list[MatrixLike]:
    """One matrix as a list of one, several as a list."""
    if isinstance(matrices, str) or hasattr(matrices, "columns"):
        return [cast("MatrixLike", matrices)]
    return list(matrices)


def as_matrix(matrix: MatrixLike, lang: str | None = None) -> Matrix:
    """Turn what a caller has, an id, a DataFrame or a `Matrix`, into a `Matrix` in one language.

    A DataFrame is taken at its word: values changed by hand stay changed, rows and columns left
    out stay out. Labels, parts and source come from where it was loaded; a changed cell loses
    its parts, since they describe the old one. The same holds for a `Matrix` in another language.

    Args:
        matrix: an id from `list_matrices`; a DataFrame, areas × columns, with a party in every cell
            and the areas as its index or as a column ``area``; or a `Matrix`.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown matrix or language, or a value that is no party.
        TypeError: for anything that is none of these.
        ValueError: for a DataFrame with a label that stands twice, or without any cell.
    """
    lang = resolve_language(lang)
    if isinstance(matrix, str):
        return shipped_matrix(matrix, lang)
    if isinstance(matrix, Matrix):
        return matrix if matrix.lang == lang else _in_language(matrix, lang)
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


def _in_language(matrix: Matrix, lang: str) -> Matrix:
    """The same matrix in another language; labels that somebody wrote stay as they are."""
    here = shipped_matrix(matrix.id, lang) if matrix.id in shipped_ids() else None
    if here is None or not matrix.cells.keys() <= here.cells.keys():  # a file may be named after one
        return replace(matrix, lang=lang)
    areas, columns = [area.id for area in matrix.areas], [column.id for column in matrix.columns]
    return _subset(here, areas, columns).with_parties({key: cell.party for key, cell in matrix.cells.items()})


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


def matrix_by_hand(frame: pd.DataFrame, origin: Mapping[str, Any], lang: str) -> Matrix:
    """A matrix out of a DataFrame that did not ship with the kit.

    Args:
        frame: areas × columns, a party in every cell, in any spelling of either language.
        origin: see `own_matrix`. A cell whose party has changed since loses its parts.
        lang: "en" or "nl".

    Raises:
        UnknownNameError: for a value that is no party.
        ValueError: for letters of two languages beside each other.
    """
    written = [str(value) for column in frame.columns for value in frame[column]]
    if mixed := mixed_letters(written):
        raise ValueError(texts(lang)["error"]["mixed_letters"].format(letter=mixed[0], other=mixed[1]))
    parties = {
        (area, column): parse_party(value)
        for column in frame.columns
        for area, value in zip(frame.index, frame[column], strict=True)
    }
    return own_matrix(parties, origin, lang)


def own_matrix(parties: Mapping[tuple[str, str], str | None], origin: Mapping[str, Any], lang: str) -> Matrix:
    """A matrix that did not ship with the kit: its labels are its ids.

    Args:
        parties: the party of every (area, column), in the order in which they are shown.
        origin: what `read_matrix` knew: ``name``, ``provider``, the source and, in ``cells``, the
            parts of each cell and the party they go with. All of it may be left out.
        lang: "en" or "nl".
    """
    own = texts(lang)["own_matrix"]
    told = {
        (cell["area"], cell["column"]): Cell(**{k: v for k, v in cell.items() if k not in ("area", "column")})
        for cell in origin.get("cells", [])
    }
    name = origin.get("name", own["name"])
    provider = origin.get("provider") or own["provider"]
    return Matrix(
        id=name,
        lang=lang,
        areas=tuple(Area(label, label) for label in dict.fromkeys(area for area, _ in parties)),
        columns=tuple(
            Column(label, label, model=service_model(label))
            for label in dict.fromkeys(column for _, column in parties)
        ),
        cells={key: told.get(key, Cell(party)) for key, party in parties.items()},
        provider=provider,
        provider_short=provider,
        short=name,
        title=name,
        edition=origin.get("edition", ""),
        source_title=origin.get("source_title", "") or origin.get("file", ""),
        source_url=origin.get("source_url", ""),
    ).with_parties(dict(parties))


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
    """Keys such as "shared" as an ordered categorical of their words in `lang`; None is missing.

    Args:
        values: the keys, in the order of the rows.
        kind: the table of the locale with their words, such as "party" or "change".
        lang: "en" or "nl".
    """
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
