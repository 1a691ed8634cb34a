"""Ready workloads to begin with: a story, the plan before, plan A and plan B."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data.core.dataset import rows_by, rows_where, table_frame
from srm_data.core.language import resolve_language, unknown_name
from srm_data.workloads.component import Component
from srm_data.workloads.workload import Workload

if TYPE_CHECKING:
    import pandas as pd

PLANS = ("before", "a", "b")


def list_scenarios(lang: str | None = None) -> pd.DataFrame:
    """The ready workloads.

    Args:
        lang: "en" or "nl"; the language in use when left out.

    Returns:
        Index ``scenario`` (the id); columns ``label``, ``story`` and the names of the plans
        ``before``, ``a`` and ``b``.
    """
    lang = resolve_language(lang)
    names = ["label", "story", *PLANS]
    frame = table_frame("scenarios").set_index("scenario")[[f"{name}_{lang}" for name in names]]
    return frame.set_axis(names, axis=1)


def load_scenario(scenario: str, plan: str = "before", lang: str | None = None) -> Workload:
    """One plan of a ready workload.

    Args:
        scenario: an id from `list_scenarios`, such as "web-shop".
        plan: "before", "a" or "b".
        lang: "en" or "nl" for the names; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown scenario, plan or language.

    >>> load_scenario("web-shop", "b", lang="en").component("shop site").service
    'Azure App Service'
    """
    lang = resolve_language(lang)
    lang = resolve_language(lang)
    heads = rows_by("scenarios", "scenario")
    if scenario not in heads:
        raise unknown_name("scenario", scenario, heads)
    if plan not in PLANS:
        raise unknown_name("plan", plan, PLANS)
    components = tuple(
        Component(row[f"name_{lang}"], row["kind"], row[f"service_{lang}"], row["model"])
        for row in rows_where("scenario_components", scenario=scenario, plan=plan)
    )
    return Workload(components, heads[scenario][f"{plan}_{lang}"])
