"""A whole workload, and two plans for it, as HTML tables that are themselves the live picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from srm_data.core.language import texts
from srm_data.core.vocabulary import CHANGES, MOVES, PARTIES
from srm_data.views.html.engine import Html, render
from srm_data.workloads import compare_plans, content
from srm_data.workloads import sentences as say
from srm_data.workloads.workload import column_labels

if TYPE_CHECKING:
    from srm_data.core.matrix import Matrix
    from srm_data.views.content import Content
    from srm_data.workloads.compare_plans import Move
    from srm_data.workloads.workload import Workload

    T = TypeVar("T")

#: Rows on a page: more cost the browser more than a frame.
PAGE = 100
_NAMED = 12  # components named on one line
#: Changes whose count is worth a zero: their absence is part of the answer.
_ALWAYS_COUNTED = ("stop doing", "now shared", "new duty", "still do")


def whole(workload: Workload, lang: str | None = None, page: int = 1) -> Html:
    """Every component with its party for each area, and how many of each by area.

    Args:
        workload: components placed on services.
        lang: "en" or "nl"; the language in use when left out.
        page: which hundred components to show; beyond the last it is the last.
    """
    found = compare_plans.whole(workload, lang)
    shown, rows = _page(workload.components, page, found.m.lang)
    return _render(
        "whole",
        found.m,
        content.whole(found),
        found=found,
        components=shown,
        rows=rows,
    )


def difference(before: Workload, after: Workload, lang: str | None = None, page: int = 1) -> Html:
    """Plan against plan, grouped by what happens to the customer's work; then where each component goes.

    Args:
        before: the plan one comes from.
        after: the plan one goes to, on the same matrix.
        lang: "en" or "nl"; the language in use when left out.
        page: which hundred components to show in the second table.

    Raises:
        UnknownNameError: for a column that the matrix of `before` does not have.
    """
    found = compare_plans.difference(before, after, lang)
    plan_a, plan_b = found.before.plan.by_name, found.after.plan.by_name
    both = [(name, plan_a.get(name), plan_b.get(name)) for name in [*plan_a, *found.only_after]]
    shown, rows = _page(both, page, found.m.lang)
    return _render(
        "difference",
        found.m,
        content.difference(found),
        found=found,
        changes={change: _lines(moves, change in MOVES) for change, moves in found.moves.items() if moves},
        counted=[change for change in CHANGES if found.moves[change] or change in _ALWAYS_COUNTED],
        moves=MOVES,
        components=shown,
        rows=rows,
    )


def duties(
    workload: Workload, before: Workload | None = None, lang: str | None = None, page: int = 1
) -> Html:
    """What the customer has to do for each component: `compare_plans.duty_list`, a hundred rows a page.

    Args:
        workload: the plan that a team is going to work with.
        before: the plan they work with now; with it each duty says what changed.
        lang: "en" or "nl"; the language in use when left out.
        page: which hundred duties to show, from 1.
    """
    m = compare_plans.whole(workload, lang).m
    frame = compare_plans.duty_list(workload, before, lang)
    shown, rows = _page(frame.to_dict("records"), page, m.lang)
    return _render(
        "duties",
        m,
        content.duties(frame, workload, m),
        duties=shown,
        changed=before is not None,
        rows=rows,
        keys={entry["word"]: party for party, entry in texts(m.lang)["party"].items()},
    )


def _lines(moves: list[Move], each: bool) -> list[tuple[str, str, str, list[str]]]:
    """Lines of a difference: areas, party before and after, components.

    What moved gets a line for `each` area; areas where the same components stay as they were share one.
    """
    lines: dict[tuple[str, ...], tuple[str, str, str, list[str]]] = {}
    for move in moves:
        key = (move.area.id if each else "", move.before, move.after, *move.names)
        label = f"{lines[key][0]}, {move.area.label}" if key in lines else move.area.label
        lines[key] = (label, move.before, move.after, move.names)
    return list(lines.values())


def _page(items: Sequence[T], page: int, lang: str) -> tuple[Sequence[T], str]:
    """The items of one page, and which they are when there is more than one."""
    pages = max(1, -(-len(items) // PAGE))
    first = (min(max(1, page), pages) - 1) * PAGE
    shown = items[first : first + PAGE]
    words = texts(lang)["workload"]
    told = words["rows"].format(first=first + 1, last=first + len(shown), n=len(items))
    return shown, str(told) if pages > 1 else ""


def _render(view: str, m: Matrix, c: Content, **context: Any) -> Html:
    def named(all_names: list[str]) -> str:
        return say.names(all_names, m.lang, _NAMED)

    told = {"c": c, "labels": column_labels(m), "parties": PARTIES, "upper": say.upper, "named": named}
    return Html(render("workload.html", m.lang, view=view, m=m, **told, **context), c)
