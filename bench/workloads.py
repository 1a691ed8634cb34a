"""How the cost of one move in a workload grows with its components, beside the plain way."""

import random
import time
from collections.abc import Callable

import pandas as pd

from srm_data.core.load import load_matrix
from srm_data.core.vocabulary import change_between
from srm_data.workloads.component import Component
from srm_data.workloads.session import Desk
from srm_data.workloads.workload import Workload

SIZES = (50, 500, 5_000)
RUNS = 9
_MODELS = {"on-premises": "On-premises", "iaas": "IaaS", "paas": "PaaS", "saas": "SaaS"}


def plans(n: int) -> tuple[Workload, Workload]:
    """Two plans for `n` components; every service model goes to every other."""
    pick = random.Random(n)  # the same plans in every run

    def plan(name: str) -> Workload:
        models = list(_MODELS)
        return Workload(
            tuple(Component(f"part {i}", "web", "service", pick.choice(models)) for i in range(n)), name
        )

    return plan("now"), plan("plan B")


def plain(before: Workload, after: Workload) -> str:
    """What a notebook does without the kit: a row a duty, looked up one by one, and the table shown whole."""
    matrix = load_matrix("azure-2026", "en")
    rows = []
    for old, new in zip(before.components, after.components, strict=True):
        for area in matrix.index:
            parties = [matrix.loc[area, _MODELS[c.model]] for c in (old, new)]
            rows.append((old.name, area, *parties, change_between(*parties)))
    return str(pd.DataFrame(rows).to_html(escape=True))


def ms(act: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def time_moves(n: int) -> dict[str, list[float]]:
    """Ms of a move among `n` components and its view, ours and plain in turns; the first does not count."""
    before, after = plans(n)
    desk = Desk("azure-2026", "en", {"before": before, "b": after}, shown="b", compared="before")
    times: dict[str, list[float]] = {"ours": [], "plain": []}
    for run in range(1 + RUNS):
        model = list(_MODELS)[run % len(_MODELS)]
        times["ours"].append(ms(lambda model=model: (desk.change("part 0", "model", model), desk.view())))
        if run < 3:  # fifty thousand look-ups take seconds: two of them say it as well
            times["plain"].append(ms(lambda: plain(before, after)))
    return {way: values[1:] for way, values in times.items()}
