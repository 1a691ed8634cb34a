"""Whole processes, one after the other: what files and imports cost."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
MATRIX = "azure-2026"
FIGURE_RUNS, IMPORT_RUNS = 5, 15

#: Draw the same pictures, then write each three times: as the kit does, or as matplotlib does if left alone.
FIGURES = """
import sys, time
from pathlib import Path
from srm_data.views.figures.catalogue import default_set, write_figures

if __name__ == "__main__":
    way, out = sys.argv[1], Path(sys.argv[2])
    jobs = list(default_set("en"))
    start = time.perf_counter()
    if way == "ours":
        files = sum(1 for _ in write_figures([(out, job) for job in jobs], ("svg", "png", "pdf")))
    else:
        files = 0
        for job in jobs:
            figure = job.draw().figure()
            for kind in ("svg", "png", "pdf"):
                figure.savefig(out / f"{job.name}.{kind}", dpi=144)
                files += 1
    assert files >= 100
    print(time.perf_counter() - start)
"""
IMPORTS = {
    "nothing": "pass",
    "srm_data": "import srm_data",
    "pandas": "import pandas",
    "load_matrix": f'import srm_data; srm_data.load_matrix("{MATRIX}")',
    "load_baselines": "import srm_data; srm_data.load_services(); srm_data.load_baselines()",
}


def python(*words: str) -> tuple[float, str]:
    """Run Python in the checkout: ms of the whole process, and what it printed."""
    start = time.perf_counter()
    done = subprocess.run([sys.executable, *words], cwd=ROOT, check=True, capture_output=True, text=True)
    return (time.perf_counter() - start) * 1000, done.stdout


def time_figures() -> dict[str, list[float]]:
    """The default set in all formats, drawn and written, imports left out."""
    times: dict[str, list[float]] = {"ours": [], "plain": []}
    for _ in range(FIGURE_RUNS):
        for way, values in times.items():
            with tempfile.TemporaryDirectory() as out:
                script = Path(out) / "draw.py"  # a file, since the second process has to find it
                script.write_text(FIGURES, encoding="utf-8")
                values.append(float(python(str(script), way, out)[1]) * 1000)
    return times


def time_imports() -> dict[str, list[float]]:
    """Whole processes; the first round, which may have to compile, does not count."""
    times: dict[str, list[float]] = {name: [] for name in IMPORTS}
    for _ in range(1 + IMPORT_RUNS):
        for name, code in IMPORTS.items():
            times[name].append(python("-c", code)[0])
    return {name: values[1:] for name, values in times.items()}
