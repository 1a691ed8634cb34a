"""Who is responsible for what in a whole workload, and the difference between two plans for it.

A *duty* is one area of one component. What it comes to depends on the service model alone, so the work is
done once for each pair of models, however many components there are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from srm_data.core.frames import as_matrix, ordered
from srm_data.core.language import texts
from srm_data.core.vocabulary import CHANGES, PARTIES, change_between
from srm_data.workloads.component import Component
from srm_data.workloads.workload import Workload, column_labels, plan_names

if TYPE_CHECKING:
    import pandas as pd

    from srm_data.core.matrix import Area, Matrix


@dataclass(frozen=True)
class Whole:
    """One workload on its matrix."""

    m: Matrix
    plan: Workload

    @cached_property
    def by_model(self) -> dict[str, list[Component]]:
        """The placed components by the id of their column, in the order of the matrix."""
        found: dict[str, list[Component]] = {column.id: [] for column in self.m.columns}
        for component in self.plan.components:
            if component.model:
                found[component.model].append(component)
        return {model: components for model, components in found.items() if components}

    def count(self, area: Area) -> dict[str, int]:
        """How many components each party has in `area`."""
        counts: Counter[str | None] = Counter()
        for model, components in self.by_model.items():
            counts[self.m.cells[area.id, model].party] += len(components)
        return {party: counts[party] for party in PARTIES}

    def only(self, names: set[str]) -> Whole:
        """The same with no other components than these."""
        kept = tuple(component for component in self.plan.components if component.name in names)
        return Whole(self.m, Workload(kept, self.plan.name, self.plan.matrix))

    @cached_property
    def total(self) -> dict[str, int]:
        """How many duties each party has in all."""
        counts = [self.count(area) for area in self.m.areas]
        return {party: sum(count[party] for count in counts) for party in PARTIES}


@dataclass(frozen=True)
class Move:
    """What a plan does to one area for the components that go the same way."""

    area: Area
    before: str
    after: str
    names: list[str]


@dataclass(frozen=True)
class Difference:
    """Two plans for one workload, component by component: matched by name."""

    m: Matrix
    before: Whole
    after: Whole
    labels: tuple[str, str]
    pairs: dict[tuple[str, str], list[str]]  # ids of both columns -> names
    only_before: list[str]
    only_after: list[str]
    unplaced: list[str]  # in one of the two, or both

    @cached_property
    def moves(self) -> dict[str, list[Move]]:
        """For each change the areas it happens to, in source order; empty lists included."""
        found: dict[str, dict[tuple[str, str, str], Move]] = {change: {} for change in CHANGES}
        for area in self.m.areas:
            for (old, new), names in self.pairs.items():
                before, after = (self.m.cells[area.id, model].party for model in (old, new))
                change = change_between(before, after)
                if change is None or before is None or after is None:
                    continue
                key = (area.id, before, after)
                move = found[change].setdefault(key, Move(area, before, after, []))
                move.names.extend(names)
        order = {name: i for i, name in enumerate(self.before.plan.by_name)}
        for moves in found.values():
            for move in moves.values():
                move.names.sort(key=order.__getitem__)
        return {change: list(moves.values()) for change, moves in found.items()}

    def count(self, change: str) -> int:
        """How many duties a change happens to."""
        return sum(len(move.names) for move in self.moves[change])

    @property
    def together(self) -> int:
        """How many components are in both plans and placed in both."""
        return sum(map(len, self.pairs.values()))


def whole(workload: Workload, lang: str | None = None) -> Whole:
    """A workload on its matrix, in one language."""
    return Whole(as_matrix(workload.matrix, lang), workload)


def difference(before: Workload, after: Workload, lang: str | None = None) -> Difference:
    """Hold two plans against each other on the matrix of the first.

    Args:
        before: the plan one comes from; its matrix counts.
        after: the plan one goes to.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: when the second is placed under a column that this matrix does not have.
    """
    m = as_matrix(before.matrix, lang)
    same = after.matrix is before.matrix or (
        isinstance(before.matrix, str) and str(after.matrix) == before.matrix
    )
    if not same:
        after = Workload(after.components, after.name, before.matrix)
    pairs: dict[tuple[str, str], list[str]] = {}
    unplaced = []
    for name, component in before.by_name.items():
        other = after.by_name.get(name)
        if other is None:
            continue
        if component.model and other.model:
            pairs.setdefault((component.model, other.model), []).append(name)
        else:
            unplaced.append(name)
    order = {column.id: i for i, column in enumerate(m.columns)}
    names = plan_names((before, after), m.lang)
    return Difference(
        m,
        Whole(m, before),
        Whole(m, after),
        (names[0], names[1]),
        dict(sorted(pairs.items(), key=lambda pair: [order[model] for model in pair[0]])),
        [name for name in before.by_name if name not in after.by_name],
        [name for name in after.by_name if name not in before.by_name],
        unplaced,
    )


def responsibilities(workload: Workload, lang: str | None = None) -> pd.DataFrame:
    """Who is responsible for each area of each component.

    Args:
        workload: components placed on services.
        lang: "en" or "nl"; the language in use when left out.

    Returns:
        Index ``component``, a column for each area of the matrix; values are one ordered
        categorical, customer < shared < provider. Not applicable is missing, and so is the whole
        row of a component that is not placed yet.

    >>> from srm_data.workloads.scenarios import load_scenario
    >>> responsibilities(load_scenario("web-shop", "b", "en"), "en").loc["shop site", "Operating system"]
    'provider'
    """
    import pandas as pd

    m = as_matrix(workload.matrix, lang)
    index = pd.Index([c.name for c in workload.components], name="component")
    parties = {
        area.label: ordered(
            [m.cells[area.id, c.model].party if c.model else None for c in workload.components],
            "party",
            m.lang,
        )
        for area in m.areas
    }
    return pd.DataFrame(parties, index=index)


def compare_workloads(before: Workload, after: Workload, lang: str | None = None) -> pd.DataFrame:
    """What going from one plan to another does to every area of every component.

    Components are matched by their name.

    Args:
        before: the plan one comes from.
        after: the plan one goes to, on the same matrix.
        lang: "en" or "nl"; the language in use when left out.

    Returns:
        One row a duty, in the order of `before` and then of what only `after` has: ``component``,
        ``area``, ``model_before``, ``model_after`` (labels of columns), ``before``, ``after``
        (parties) and ``change``, an ordered categorical seen from the customer: "stop doing" |
        "now shared" | "new duty" | "still shared" | "still do" | "still theirs". Missing where a
        component stands in one plan only, or is not placed.

    Raises:
        UnknownNameError: for a column that the matrix of `before` does not have.
    """
    import pandas as pd

    found = difference(before, after, lang)
    m = found.m
    labels = column_labels(m)
    old, new = found.before.plan.by_name, found.after.plan.by_name
    columns: dict[str, list[Any]] = {
        n: [] for n in ("component", "area", "model_before", "model_after", "before", "after", "change")
    }
    for name in [*old, *found.only_after]:
        models = [plan[name].model if name in plan else None for plan in (old, new)]
        for area in m.areas:
            one, other = (m.cells[area.id, model].party if model else None for model in models)
            row = (
                name,
                area.label,
                *(None if model is None else labels[model] for model in models),
                one,
                other,
                change_between(one, other),
            )
            for column, value in zip(columns.values(), row, strict=True):
                column.append(value)
    frame = pd.DataFrame(columns)
    for name in ("before", "after"):
        frame[name] = ordered(frame[name], "party", m.lang)
    frame["change"] = ordered(frame["change"], "change", m.lang)
    return frame


def duty_list(workload: Workload, before: Workload | None = None, lang: str | None = None) -> pd.DataFrame:
    """What the customer has to do, whole or in part, for each component: a list to hand to a team.

    Args:
        workload: the plan that the team is going to work with.
        before: the plan they work with now; with it each duty says what changed.
        lang: "en" or "nl"; the language in use when left out.

    Returns:
        One row a duty: ``component``, ``service``, ``model``, ``area``, ``party`` ("customer" or
        "shared"), ``you`` (what to do), ``provider`` (the other part of a shared one) and, with
        `before`, ``change``; "new duty" too for a component that was not there.
    """
    import pandas as pd

    m = as_matrix(workload.matrix, lang)
    words = texts(m.lang)
    labels = column_labels(m)
    old = before.by_name if before else {}
    rows = []
    for component in workload.components:
        for area in m.areas if component.model else ():
            cell = m.cells[area.id, component.model]
            if cell.party not in ("customer", "shared"):
                continue
            row = {
                "component": component.name,
                "service": component.service,
                "model": labels[component.model],
                "area": area.label,
                "party": cell.party,
                "you": (cell.customer_part or words["label"]["not_told"])
                if cell.party == "shared"
                else area.about or words["label"]["whole"],
                "provider": cell.provider_part,
            }
            if before is not None:
                was = old.get(component.name)
                party = m.cells[area.id, was.model].party if was and was.model else None
                # What was not there, nobody did: to this team it is new, whole or in part.
                row["change"] = change_between(party or "provider", cell.party)
            rows.append(row)
    columns = ["component", "service", "model", "area", "party", "you", "provider"]
    frame = pd.DataFrame(rows, columns=[*columns, "change"] if before is not None else columns)
    frame["party"] = ordered(frame["party"], "party", m.lang)
    if before is not None:
        frame["change"] = ordered(frame["change"], "change", m.lang)
    return frame
