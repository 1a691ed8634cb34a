"""Run the benchmark, print its table and keep it in RESULTS.md."""

import datetime
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Page

from bench import classes, pages, processes, workloads

RESULTS = Path(__file__).parent / "RESULTS.md"
PARTS = ("starts", "clicks", "figures", "imports", "workloads", "class")
OURS = ("explore", "what_if")
HEAD = ("metric", "ours", "plain", "ratio", "target", "met")

Row = tuple[str, ...]


def row(metric: str, ours: float, plain: float, *, most: float = 0, ratio: float = 0) -> Row:
    """One line: ours and plain in ms, held against at most so many ms and at most so many times plain."""
    targets = [f"≤ {most:.3g} ms"] * bool(most) + [f"≤ {ratio:.4g} ×"] * bool(ratio)
    met = (not most or ours <= most) and (not ratio or ours <= ratio * plain)
    verdict = ("yes" if met else "**no**") if targets else ""
    return metric, f"{ours:.1f}", f"{plain:.1f}", f"{ours / plain:.3f}", ", ".join(targets), verdict


def p95(values: list[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]


def start_rows(opened: dict[str, Page]) -> list[Row]:
    """Run all to the first view."""
    times = pages.time_starts(opened)
    return [
        row(f"{name}: Run all to first view", median(times[name]), median(times["plain"]), ratio=0.35)
        for name in (*OURS, "bet")
    ]


def click_rows(opened: dict[str, Page]) -> list[Row]:
    """Single clicks and thirty clicks, beside the floor: a page that changes one word."""
    pages.run_all(opened)
    drawn, following, states = pages.time_clicks(opened)
    lags, worst = pages.time_bursts(opened, states)
    rows: list[Row] = []
    # The ruler of the next frame steps by 16.7 ms and reads what the floor reads: no target for it.
    goals = {
        "click to drawn, median": {"most": 1.1 * median(drawn["floor"]), "ratio": 0.1},
        "click to drawn, p95": {"most": 1.4 * p95(drawn["floor"])},
    }
    for name in (*OURS, "floor"):
        lag, longest = (15, 30) if name in OURS else (0, 0)
        for what, times, of in (
            ("click to drawn, median", drawn, median),
            ("click to drawn, p95", drawn, p95),
            ("click to next frame, median", following, median),
            ("click to next frame, p95", following, p95),
        ):
            goal = goals.get(what, {}) if name in OURS else {}
            rows.append(row(f"{name}: {what}", of(times[name]), of(times["plain"]), **goal))
        rows += [
            row(
                f"{name}: thirty clicks, lag of the last", median(lags[name]), median(lags["plain"]), most=lag
            ),
            row(
                f"{name}: thirty clicks, worst lag",
                median(worst[name]),
                median(worst["plain"]),
                most=longest,
            ),
        ]
    return rows


def browser_rows(parts: set[str]) -> tuple[list[Row], str]:
    """What the pages tell, and the version of the browser."""
    rows: list[Row] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        pages.opened(Path(folder) / "notebooks") as (opened, chromium),
    ):
        if "starts" in parts:
            rows += start_rows(opened)
        if "clicks" in parts:
            rows += click_rows({name: page for name, page in opened.items() if name != "bet"})
    return rows, chromium


def process_rows(parts: set[str]) -> list[Row]:
    """What whole processes tell."""
    rows: list[Row] = []
    if "figures" in parts:
        figures = processes.time_figures()
        rows.append(
            row(
                "the default set of figures in all formats / bare savefig",
                *map(median, figures.values()),
                ratio=0.5,
            )
        )
    if "imports" in parts:
        spent = {name: median(values) for name, values in processes.time_imports().items()}
        rows += [
            row("import srm_data / python -c pass", spent["srm_data"], spent["nothing"], ratio=2),
            row("load_matrix / import pandas", spent["load_matrix"], spent["pandas"], ratio=1.25),
            row(
                "load_services and load_baselines, beyond import pandas",
                spent["load_baselines"] - spent["pandas"],
                spent["pandas"],
                most=200,
            ),
        ]
    if "workloads" in parts:
        for n in workloads.SIZES:
            moves = {way: median(values) for way, values in workloads.time_moves(n).items()}
            name = f"a move among {n:,} components, its view included"
            rows.append(row(name, moves["ours"], moves["plain"], most=60 if n == 50 else 0, ratio=0.25))
    if "class" in parts:
        rows += class_rows()
    return rows


def class_rows() -> list[Row]:
    """What a learner costs when ten run lesson 2 at once, against before; and the least there is."""
    rows: list[Row] = []
    for what, costs in zip(("ms of processor", "MB of memory"), classes.count_costs(), strict=True):
        least, before = median(costs["floor"]), median(costs["before"])
        name = f"a class of ten, lesson 2 whole, a learner: {what} / before"
        rows.append(row(name, median(costs["ours"]), before, ratio=0.6))
        rows.append(row(f"the same kernels with nothing run: {what} / before", least, before))
    return rows


def machine(chromium: str) -> str:
    """What it ran on, and how busy that was."""
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("jupyterlab", "ipywidgets", "pandas", "matplotlib")
    )
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return (
        f"{datetime.date.today()}, {os.cpu_count()} cores ({platform.machine()}, {platform.system()}){load}; "
        f"Python {platform.python_version()}, {packages}, Chromium {chromium or 'not used'}."
    )


def table(rows: list[Row]) -> str:
    """A table that reads well in a terminal and is Markdown."""
    widths = [max(len(cell) for cell in column) for column in zip(HEAD, *rows, strict=True)]
    lines = [HEAD, tuple("-" * width for width in widths), *rows]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in lines
    )


def main(words: list[str]) -> int:
    if unknown := set(words) - set(PARTS):
        print(f"There is no part {', '.join(unknown)}. Parts: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    parts = set(words or PARTS)
    where = machine("")
    rows, chromium = browser_rows(parts) if parts & {"starts", "clicks"} else ([], "")
    where = where.replace("not used", chromium or "not used")
    rows += process_rows(parts)
    text = f"{where}\n\n{table(rows)}\n"
    print(text)
    if parts == set(PARTS):
        RESULTS.write_text(
            "# The last run of the benchmark\n\n"
            "Medians in ms where nothing else is said, of all ways in one run.\n"
            f"What is timed and how: `bench/__init__.py`.\n\n{text}",
            encoding="utf-8",
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
