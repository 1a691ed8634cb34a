"""Titles of a matrix and of a comparison that state the point, shared by tables and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data.core.compare import differing, match_areas, rungs
from srm_data.core.language import texts
from srm_data.core.vocabulary import MOVES
from srm_data.views.counts import areas_by_change, count_areas, how_many

if TYPE_CHECKING:
    from srm_data.core.matrix import Matrix


def matrix_title(m: Matrix) -> str:
    """The point of a whole matrix: how much never leaves the customer."""
    words = texts(m.lang)["title"]
    if m.kind == "management":
        return str(words["stack"])
    if len(m.columns) == 1:
        counts = m.count(m.columns[0])
        return str(
            words["matrix_owner"].format(n=counts["customer"], total=len(m.areas), shared=counts["shared"])
        )
    kept = sum(all(m.cell(area, c).party == "customer" for c in m.columns) for area in m.areas)
    name = "matrix_none" if not kept else "matrix_kept_one" if kept == 1 else "matrix_kept"
    return str(words[name].format(n=kept, total=len(m.areas)))


def model_title(m: Matrix, column: str) -> str:
    """The point of one column: how much it leaves the customer."""
    if m.axis == "owner":  # one column: the matrix itself is the model
        return matrix_title(m)
    chosen = m.column(column)
    counts = m.count(chosen)
    what = how_many(m, counts["customer"])
    if counts["customer"]:
        name = "model" if counts["shared"] else "model_no_shared"
    else:
        name = "model_none" if counts["shared"] else "model_nothing"
    words = texts(m.lang)["title"]
    return str(words[name].format(column=chosen.label, what=what, shared=counts["shared"]))


def split_title(m: Matrix) -> str:
    """The point of the split: how the customer's own share shrinks along the columns.

    Kinds of task have no order, so there it is the least and the most that the customer does.
    """
    words = texts(m.lang)["title"]
    alone = [m.count(column)["customer"] for column in m.columns]
    if len(m.columns) == 1:
        return str(words["split_one"].format(what=how_many(m, alone[0])))
    if m.ladder:
        name = "split_same" if alone[0] == alone[-1] else "split"
        return str(words[name].format(first=count_areas(m, alone[0]), last=alone[-1]))
    name = "split_task_same" if min(alone) == max(alone) else "split_task"
    return str(words[name].format(least=min(alone), most=count_areas(m, max(alone))))


def told_by_split(m: Matrix) -> list[int]:
    """The columns, by number, whose customer's share the title of the split is about."""
    alone = [m.count(column)["customer"] for column in m.columns]
    if m.ladder:
        return [0, len(m.columns) - 1]
    return [i for i, n in enumerate(alone) if n in (min(alone), max(alone))]


def what_if_title(m: Matrix, before: str, after: str) -> str:
    """The point of a difference, in counts: "IaaS → PaaS: 1 handed over, 2 now shared, 4 kept".

    Args:
        m: the matrix.
        before: label or id of the column one comes from, such as "IaaS".
        after: label or id of the column one goes to.
    """
    words = texts(m.lang)["title"]
    groups = areas_by_change(m, before, after)
    names = {"stop doing": "stop", "now shared": "shared", "new duty": "new", "still do": "kept"}
    points = [words[f"what_if_{n}"].format(n=len(groups[c])) for c, n in names.items() if groups[c]]
    if not any(groups[change] for change in MOVES):
        points = [words["what_if_nothing"]]
    return str(
        words["what_if"].format(
            before=m.column(before).label, after=m.column(after).label, points=", ".join(points)
        )
    )


def ladder_title(m: Matrix) -> str:
    """The point of a ladder: how the provider's share grows from rung to rung."""
    found = rungs(m)
    words = texts(m.lang)["title"]
    first, last = found[0][1], found[-1][1]
    name = "ladder" if last > first else "ladder_flat"
    return str(words[name].format(first=first, last=last, total=count_areas(m, len(m.areas))))


def side_by_side_title(old: Matrix, new: Matrix, column: str | None = None) -> str:
    """The point of two matrices beside each other: how many cells differ, and how many rows stand alone.

    Args:
        old: the older or first matrix.
        new: the newer or second one; the title is in its language.
        column: label or id of the only column; all they share when left out.
    """
    words = texts(new.lang)["title"]
    n = len(differing(old, new, column))
    name = {0: "side_by_side_none", 1: "side_by_side_one"}.get(n, "side_by_side")
    where = f" ({new.column(column).label})" if column else ""
    title = words[name].format(before=old.short, after=f"{new.short}{where}", n=n)
    alone = sum(not (a and b) for _, a, b in match_areas(old, new))
    rows = "side_by_side_rows_one" if alone == 1 else "side_by_side_rows"
    return str(words[rows].format(title=title, n=alone) if alone else title)


def question(figure: str, lang: str, **facts: str) -> str:
    """The title of a figure that is still to be filled in: it asks what the finished one states."""
    return str(texts(lang)["ask"][figure].format(**facts))
