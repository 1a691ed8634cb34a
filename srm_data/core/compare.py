"""What if: the difference between two columns of a matrix, or between two matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from srm_data.core.dataset import read_table, rows_where
from srm_data.core.frames import as_matrix, ordered
from srm_data.core.language import resolve_language, texts, unknown_name
from srm_data.core.vocabulary import change_between

if TYPE_CHECKING:
    import pandas as pd

    from srm_data.core.frames import MatrixLike
    from srm_data.core.matrix import Area, Column, Matrix


def compare(matrix: MatrixLike, before: str, after: str, lang: str | None = None) -> pd.DataFrame:
    """What moving from one column to another does to each area.

    Args:
        matrix: an id from `list_matrices`, or a DataFrame from `load_matrix` or `read_matrix`.
        before: label or id of the column one comes from, such as "IaaS".
        after: label or id of the column one goes to.
        lang: "en" or "nl"; the language in use when left out.

    Returns:
        Index ``area`` in source order; columns ``before`` and ``after`` (the party, ordered
        categorical) and ``change``, an ordered categorical seen from the customer: "stop doing" |
        "now shared" | "new duty" | "still shared" | "still do" | "still theirs". A change is
        missing where either side is not applicable.

    Raises:
        UnknownNameError: for an unknown matrix, column or language, with the nearest guess.

    >>> compare("azure-2026", "IaaS", "PaaS", lang="en")["change"].value_counts()["now shared"].item()
    2
    """
    import pandas as pd

    found = as_matrix(matrix, lang)
    changes = changes_by_area(found, before, after)
    columns = found.column(before), found.column(after)
    frame = pd.DataFrame(index=pd.Index([area.label for area in found.areas], name="area"))
    for name, column in zip(("before", "after"), columns, strict=True):
        frame[name] = ordered([found.cell(a, column).party for a in found.areas], "party", found.lang)
    frame["change"] = ordered([changes[area.id] for area in found.areas], "change", found.lang)
    return frame


def changes_by_area(matrix: Matrix, before: str, after: str) -> dict[str, str | None]:
    """The change of every area between two columns, keyed by area id: what `compare` tabulates.

    Args:
        matrix: the matrix that has both columns.
        before: label or id of the column one comes from, such as "IaaS".
        after: label or id of the column one goes to.
    """
    old, new = matrix.column(before), matrix.column(after)
    return {
        area.id: change_between(matrix.cell(area, old).party, matrix.cell(area, new).party)
        for area in matrix.areas
    }


def compare_matrices(before: MatrixLike, after: MatrixLike, lang: str | None = None) -> pd.DataFrame:
    """Hold two matrices, for example two editions, against each other.

    Areas are matched by topic (``data/crosswalk.csv``) or by an identical label. One area can match
    several: a row that was split in two stands on two lines. Columns are matched by id, or by label.

    Args:
        before: the older or first matrix, an id or a DataFrame.
        after: the newer or second one.
        lang: "en" or "nl"; the language in use when left out.

    Returns:
        One row a matched pair of areas and column: ``topic``, ``area_before``, ``area_after``,
        ``column``, ``before``, ``after`` (parties) and ``change``: "same" | "changed" | "came"
        (an area only the second has) | "went" (only the first). Missing where there is no counterpart.

    Raises:
        UnknownNameError: for an unknown matrix or language.
        ValueError: when the two have no column in common.
    """
    import pandas as pd

    lang = resolve_language(lang)
    old, new = as_matrix(before, lang), as_matrix(after, lang)
    columns = common_columns(old, new)
    rows = []
    for topics, old_area, new_area in match_areas(old, new):
        for old_column, new_column in columns:
            old_party = old.cell(old_area, old_column).party if old_area else None
            new_party = new.cell(new_area, new_column).party if new_area else None
            change = "same" if old_party == new_party else "changed"
            rows.append(
                {
                    "topic": topics,
                    "area_before": old_area.label if old_area else None,
                    "area_after": new_area.label if new_area else None,
                    "column": new_column.label,
                    "before": old_party,
                    "after": new_party,
                    "change": "went" if not new_area else "came" if not old_area else change,
                }
            )
    frame = pd.DataFrame(rows)
    frame["before"] = ordered(frame["before"], "party", lang)
    frame["after"] = ordered(frame["after"], "party", lang)
    frame["change"] = ordered(frame["change"], "edition_change", lang)
    return frame


def common_columns(old: Matrix, new: Matrix) -> list[tuple[Column, Column]]:
    """Columns that both matrices have, by id or by label.

    Raises:
        ValueError: when there is none; it lists the columns of both.
    """
    known = {key: column for column in new.columns for key in (column.label.casefold(), column.id)}
    found = [
        (column, known[key])
        for column in old.columns
        for key in [next((k for k in (column.id, column.label.casefold()) if k in known), None)]
        if key
    ]
    if found:
        return found
    raise ValueError(
        texts(old.lang)["error"]["no_common_column"].format(
            before=old.short,
            after=new.short,
            before_columns=", ".join(c.label for c in old.columns),
            after_columns=", ".join(c.label for c in new.columns),
        )
    )


def match_areas(old: Matrix, new: Matrix) -> list[tuple[str, Area | None, Area | None]]:
    """Pairs of areas that are about the same thing, then those only one side has."""
    old_topics, new_topics = _topics(old), _topics(new)
    labels = {row["topic"]: row[f"label_{old.lang}"] for row in read_table("topics")}
    pairs: list[tuple[str, Area | None, Area | None]] = []
    for a in old.areas:
        for b in new.areas:
            common = [topic for topic in labels if topic in old_topics[a.id] & new_topics[b.id]]
            if common or a.label.casefold() == b.label.casefold():
                pairs.append((", ".join(labels[topic] for topic in common), a, b))
    matched = {area.id for _, area, _ in pairs if area}, {area.id for _, _, area in pairs if area}

    def alone(area: Area, topics: dict[str, set[str]]) -> str:
        return ", ".join(labels[topic] for topic in labels if topic in topics[area.id])

    went = [(alone(a, old_topics), a, None) for a in old.areas if a.id not in matched[0]]
    came = [(alone(b, new_topics), None, b) for b in new.areas if b.id not in matched[1]]
    return [*pairs, *went, *came]


def _topics(matrix: Matrix) -> dict[str, set[str]]:
    mine = rows_where("crosswalk", matrix=matrix.id)
    return {area.id: {row["topic"] for row in mine if row["area"] == area.id} for area in matrix.areas}


def rungs(matrix: Matrix) -> list[tuple[Column, int, list[Area]]]:
    """The columns as a ladder, the one that takes least off the customer's hands first.

    Each with the number of areas that the provider is responsible for alone, and those of them that the
    provider did not yet have one rung lower.
    """
    ladder = sorted(matrix.columns, key=lambda column: matrix.count(column)["provider"])
    below: set[str] = set()
    found = []
    for column in ladder:
        theirs = matrix.held_by(column, "provider")
        found.append((column, len(theirs), [area for area in theirs if area.id not in below]))
        below = {area.id for area in theirs}
    return found


def differing(old: Matrix, new: Matrix, column: str | None = None) -> list[Difference]:
    """The cells that both matrices have and answer differently, one line a cell.

    Args:
        old: the older or first matrix.
        new: the newer or second one.
        column: label or id of the only column to look at; all they share when left out.

    Raises:
        UnknownNameError: for an unknown column.
        ValueError: when the two have no column in common.
    """
    return [
        Difference(a, b, d, old.cell(a, c).party, new.cell(b, d).party)
        for _, a, b in match_areas(old, new)
        if a and b
        for c, d in shared_columns(old, new, column)
        if old.cell(a, c).party != new.cell(b, d).party
    ]


def shared_columns(old: Matrix, new: Matrix, column: str | None = None) -> list[tuple[Column, Column]]:
    """The columns to hold against each other: the one that is named, or all that both have.

    Args:
        old: the older or first matrix.
        new: the newer or second one.
        column: label or id of a column that both have; all they share when left out.
    """
    return [(old.column(column), new.column(column))] if column else common_columns(old, new)


class Difference(NamedTuple):
    """One cell that two matrices answer differently."""

    before_area: Area
    after_area: Area
    column: Column
    before: str | None
    after: str | None


class Placed(NamedTuple):
    """A duty of the student page on a matrix: the areas it is about, and whether one is a row of its own."""

    duty: str
    remark: str
    areas: list[Area]
    own: bool


def place_duties(matrix: Matrix, side: str) -> list[Placed]:
    """The student page's duties of one side, each on the areas of `matrix` that it is about.

    The first topic of a duty is its subject. Where no area is about that one, the duty has no row of
    its own, though other rows may hold it.

    Raises:
        UnknownNameError: for a side that is neither "customer" nor "provider".
    """
    if side not in (sides := ("customer", "provider")):
        raise unknown_name("party", side, sides)
    topics = _topics(matrix)
    placed = []
    for row in rows_where("duties", side=side):
        about = row["topics"].split()
        areas = [area for area in matrix.areas if topics[area.id] & set(about)]
        own = any(about[0] in topics[area.id] for area in areas)
        placed.append(Placed(row[f"label_{matrix.lang}"], row[f"remark_{matrix.lang}"], areas, own))
    return placed
