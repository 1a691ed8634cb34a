"""A whole workload, and two plans for it, as sentences: under a table and as alternative text.

Each function here has a twin of the same name in `html` and in `figures`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data.core.language import join, texts
from srm_data.core.vocabulary import CHANGES, MOVES, PARTIES
from srm_data.views.sentences import count_areas
from srm_data.workloads import compare_plans

if TYPE_CHECKING:
    from collections.abc import Iterable

    from srm_data.workloads.compare_plans import Difference, Move, Whole
    from srm_data.workloads.workload import Workload

#: Names spelled out in a sentence; of more, the rest is counted.
_NAMED = 6
#: Changes in a title, with the key of what is said there.
_IN_TITLE = {"stop doing": "stop", "now shared": "shared", "new duty": "new", "still do": "kept"}


def whole(workload: Workload, lang: str | None = None) -> str:
    """The whole workload in numbers.

    >>> from srm_data.workloads.scenarios import load_scenario
    >>> print(whole(load_scenario("school-mail", "b", "en"), "en"))  # doctest: +ELLIPSIS
    Microsoft 365: 3 components on 10 areas, 30 duties in all. The customer alone is responsible for 9, ...
    """
    found = compare_plans.whole(workload, lang)
    words = texts(found.m.lang)["workload"]
    name = upper(workload.name or words["plan_a"])
    if not workload.components:
        return str(words["empty"].format(name=name))
    placed = sum(map(len, found.by_model.values()))
    total = placed * len(found.m.areas)
    said = []
    if placed:
        said.append(
            words["whole"].format(
                name=name,
                components=components(placed, found.m.lang),
                areas=count_areas(found.m, len(found.m.areas)),
                total=duties(total, found.m.lang),
                **found.total,
            )
        )
        labels = {column.id: column.label for column in found.m.columns}
        models = [
            words["model_count"].format(n=len(c), column=labels[model]) for model, c in found.by_model.items()
        ]
        said.append(words["models"].format(models=join(models, found.m.lang)))
    if left := workload.unplaced():
        said.append(words["not_placed"].format(names=names((c.name for c in left), found.m.lang)))
    return " ".join(said)


def difference(before: Workload, after: Workload, lang: str | None = None) -> str:
    """What going from one plan to another does to the customer's work.

    Args:
        before: the plan one comes from.
        after: the plan one goes to.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for a column that the matrix of `before` does not have.
    """
    found = compare_plans.difference(before, after, lang)
    return " ".join(sentences(found))


def sentences(found: Difference) -> list[str]:
    """The sentences of a difference: what moves, what stays with the provider, what is in one plan only."""
    lang = found.m.lang
    words = texts(lang)
    said, labels = words["workload"], dict(zip(("before", "after"), found.labels, strict=True))
    told: list[str] = []
    if not found.together:
        told.append(said["nothing_shared"])
    elif not any(found.count(change) for change in MOVES):
        told.append(said["none"].format(**labels))
    else:
        clauses: list[str] = []
        for change in CHANGES[:-1]:
            n = found.count(change)
            if n:
                # The areas of what moves are named; what stays is counted.
                where = _in_areas(found.moves[change], lang) if change in MOVES else ""
                what = str(n) if clauses else duties(n, lang)
                clauses.append(words["change"][change]["verb"].format(n=what, names=where))
        told.append(words["sentence"]["what_if"]["begin"].format(**labels, changes=join(clauses, lang)))
        if theirs := found.count("still theirs"):
            told.append(said["theirs_one" if theirs == 1 else "theirs"].format(n=theirs))
    for key, one_plan, side, label in (
        ("only_before", found.only_before, found.before, labels["before"]),
        ("only_after", found.only_after, found.after, labels["after"]),
    ):
        if one_plan:
            count = duties(customers(side, one_plan), lang)
            told.append(said[key].format(plan=label, names=names(one_plan, lang), n=count))
    if found.unplaced:
        told.append(said["not_placed"].format(names=names(found.unplaced, lang)))
    return told


def whole_title(found: Whole) -> str:
    """The point of a whole workload: how much of it is the customer's."""
    words = texts(found.m.lang)["workload"]
    name = upper(found.plan.name or words["plan_a"])
    if not found.by_model:
        return str(words["empty"].format(name=name)) if not found.plan.components else name
    return str(words["whole_title"].format(name=name, total=sum(found.total.values()), **found.total))


def difference_title(found: Difference) -> str:
    """The point of a difference, in counts: "Now → Plan A: 18 handed over, 30 kept"."""
    words = texts(found.m.lang)
    points = [
        words["title"][f"what_if_{key}"].format(n=found.count(change))
        for change, key in _IN_TITLE.items()
        if found.count(change)
    ]
    if not any(found.count(change) for change in MOVES):
        points = [words["title"]["what_if_nothing"]]
    before, after = found.labels
    return str(words["workload"]["title"].format(before=upper(before), after=after, points=", ".join(points)))


def customers(side: Whole, some: list[str]) -> int:
    """How many duties of these components are the customer's, alone or shared."""
    models = [side.plan.by_name[name].model for name in some]
    return sum(
        side.m.cells[area.id, model].party in PARTIES[:2]
        for model in models
        if model
        for area in side.m.areas
    )


def names(all_names: Iterable[str], lang: str, most: int = _NAMED) -> str:
    """Some names in running text; of more than `most` the rest is counted.

    Args:
        all_names: the names, in order.
        lang: "en" or "nl".
        most: how many to name at most.
    """
    listed = list(all_names)
    if len(listed) <= most:
        return join(listed, lang)
    words = texts(lang)["workload"]
    return str(words["more_names"].format(names=", ".join(listed[:most]), n=len(listed) - most))


def upper(name: str) -> str:
    """A name as it begins a sentence or a title."""
    return name[:1].upper() + name[1:]


def duties(n: int, lang: str) -> str:
    """The number with its noun: "1 duty", "60 duties"."""
    words = texts(lang)["workload"]
    return str(words["duties_one"] if n == 1 else words["duties"].format(n=n))


def components(n: int, lang: str) -> str:
    """The number with its noun: "1 component", "6 components"."""
    words = texts(lang)["workload"]
    return str(words["components_one"] if n == 1 else words["components"].format(n=n))


def _in_areas(moves: list[Move], lang: str) -> str:
    """Where a change happens, such as " (Operating system 4×, Network controls 2×)"."""
    words = texts(lang)["workload"]
    counts: dict[str, int] = {}
    for move in moves:
        counts[move.area.label] = counts.get(move.area.label, 0) + len(move.names)
    told = [words["in_area"].format(area=area, n=n) if n > 1 else area for area, n in counts.items()]
    return str(
        words["in_areas"].format(areas="; ".join(told) if any("," in t for t in told) else ", ".join(told))
    )
