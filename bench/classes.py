"""A class: ten kernels at once run lesson 2 whole, as it is now and as it was before the rooms. Linux only.

A learner costs the seconds of processor that the kernel has used by the end, and the memory it holds then:
what is its own, and its part of what the ten share ("Pss" of the system). Times of a clock are left out, so a
busy machine changes little. The same lesson, packages and Python on both sides, in turns.
"""

import io
import os
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import mean

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

ROOT = Path(__file__).parent.parent
#: The last commit in which all modules lay in one folder.
BEFORE = "af45240"
LESSON = Path("notebooks", "en", "02_service_models.ipynb")
LEARNERS, ROUNDS = 10, 3
_SECONDS = 300  # for one cell, on a slow machine

Costs = dict[str, list[float]]


def checked_out(commit: str, folder: Path) -> Path:
    """The files of a commit, in a folder of their own; git's own folder stays as it is."""
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return folder


class Learner:
    """One kernel, in the checkout whose kit it runs; without a checkout it is a kernel that does nothing."""

    def __init__(self, checkout: Path | None, home: Path) -> None:
        home.mkdir()
        self.cells = cells_of(checkout / LESSON) if checkout else []
        folders = {"SRM_WORK": str(home / "work"), "IPYTHONDIR": str(home / "ipython"), "PYTHONSTARTUP": ""}
        folders |= {
            "PYTHONPATH": str(checkout or ""),
            "PYTHONDONTWRITEBYTECODE": "",
        }  # as on a learner's machine
        where = checkout / LESSON.parent if checkout else home
        # No folder of kernels: what is left is the kernel of this very Python.
        # By files in its own folder: ten at once would now and then take the same port.
        self.kernel = KernelManager(kernel_spec_manager=KernelSpecManager(kernel_dirs=[]), transport="ipc")
        self.kernel.ip = str(home / "socket")
        self.kernel.start_kernel(
            cwd=str(where), env=os.environ | folders, extra_arguments=["--log-level=ERROR"]
        )
        self.client = self.kernel.client()
        self.client.start_channels()

    def run_all(self) -> None:
        """The whole lesson, cell by cell."""
        self.client.wait_for_ready(timeout=_SECONDS)
        for cell in self.cells:
            self.client.execute_interactive(cell, timeout=_SECONDS, output_hook=raise_on_error)

    def cost(self) -> tuple[float, float]:
        """Ms of processor, and megabytes."""
        process = Path("/proc", str(self.kernel.provisioner.pid))  # type: ignore[union-attr]
        used = process.joinpath("stat").read_text().rpartition(")")[2].split()[11:15]
        memory = process.joinpath("smaps_rollup").read_text().partition("Pss:")[2].split()[0]
        return sum(map(int, used)) * 1000 / os.sysconf("SC_CLK_TCK"), int(memory) / 1024

    def leave(self) -> None:
        self.client.stop_channels()
        self.kernel.shutdown_kernel(now=True)


def cells_of(lesson: Path) -> list[str]:
    """Its code."""
    notebook = nbformat.read(lesson, as_version=4)  # type: ignore[no-untyped-call]
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def raise_on_error(message: dict[str, dict[str, str]]) -> None:
    """A lesson that fails halfway would be cheap."""
    if message["header"]["msg_type"] == "error":
        raise RuntimeError(message["content"]["evalue"])


def costs_of(checkout: Path | None) -> tuple[float, float]:
    """What one of `LEARNERS` costs who begin at the same moment: the mean of all."""
    with tempfile.TemporaryDirectory() as home, ThreadPoolExecutor(LEARNERS) as pool:
        learners = [Learner(checkout, Path(home, str(i))) for i in range(LEARNERS)]
        try:
            list(pool.map(Learner.run_all, learners))
            cpu, memory = zip(*(learner.cost() for learner in learners), strict=True)
        finally:
            for learner in learners:
                learner.leave()
    return mean(cpu), mean(memory)


def count_costs() -> tuple[Costs, Costs]:
    """Ms of processor and megabytes a learner, of each way; the first round, which compiles, is left out."""
    if sys.platform != "linux":
        raise SystemExit("A class is measured on Linux only: elsewhere no system tells what kernels share.")
    processor: Costs = defaultdict(list)
    memory: Costs = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        ways = {"before": checked_out(BEFORE, Path(folder)), "ours": ROOT, "floor": None}
        for _ in range(1 + ROUNDS):
            for name, checkout in ways.items():
                cpu, held = costs_of(checkout)
                processor[name].append(cpu)
                memory[name].append(held)
    return _measured(processor), _measured(memory)


def _measured(costs: Costs) -> Costs:
    return {name: values[1:] for name, values in costs.items()}
