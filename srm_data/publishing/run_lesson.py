"""A lesson run once, to make pages, slides and handouts of.

`run_lesson` gives an executed notebook, `run_lessons` several, two at a time. The same lesson gives the same
notebook every time: no times, no ids of the moment. So the site, the slides and the handouts can all be made
from one run.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from srm_data.core.vocabulary import LANGUAGES
from srm_data.files.paths import CHECKOUT
from srm_data.publishing.kernel import STILLS
from srm_data.views.palette import VARIABLE

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: A widget of the moment; what a component is on a page stands beside it, see `shown`.
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"

#: Which stills a run makes, see `run_lesson`.
Stills = Literal["all", "first", "none"]

_EXTENSION = "srm_data.publishing.kernel"
_SECONDS = 120  # for one cell; the slowest takes two


def run_lesson(path: Path, theme: str = "light", *, stills: Stills = "all") -> NotebookNode:
    """Execute a lesson in its own folder.

    Nothing of a learner is read or written: answers go to a folder of the moment, and the kernel is the
    Python that runs this, without the settings of whoever owns the machine.

    Args:
        path: a notebook, such as ``notebooks/en/03_what_if.ipynb``. The file stays as it is.
        theme: of the figures that ask for none, see `palette.THEMES`.
        stills: which of what a view is on slides it also says: a deck needs "all", paper the "first" and
            no pixels, other places "none". To draw every picture once more is most of the time that some
            lessons take.

    Returns:
        The notebook with its outputs. Those that are views of the kit also say what they are where there
        is no kernel, see `shown`. ``metadata.title`` is its first heading and ``metadata.language`` the
        name of its folder, where that is a language.

    Raises:
        OSError: when the file cannot be read.
        nbclient.exceptions.CellExecutionError: when a cell fails; it shows the cell and the error.
    """
    [(_, lesson)] = run_lessons([path], theme, stills=stills)
    return lesson


def run_lessons(
    paths: Iterable[Path], theme: str = "light", *, stills: Stills = "all"
) -> Iterator[tuple[Path, NotebookNode]]:
    """Run lessons two at a time, each in a kernel of its own, and give them in the order asked for.

    Args:
        paths: the notebooks.
        theme: as in `run_lesson`.
        stills: as in `run_lesson`.

    Raises:
        The same as `run_lesson`, when the turn of that lesson comes; later ones are not begun.
    """
    paths = list(paths)
    with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        runs = [pool.submit(_run, path, theme, stills) for path in paths]
        try:
            for path, run in zip(paths, runs, strict=True):
                yield path, run.result()
        finally:
            pool.shutdown(cancel_futures=True)


def transport(home: str) -> dict[str, str]:
    """How a kernel is reached: by sockets in its own folder, where there are such.

    Over TCP the free ports are looked up here and opened by the kernel a second later. Another program may
    have taken one by then, and the kernel dies.
    """
    return {"transport": "ipc", "ip": f"{home}/socket"} if os.name == "posix" else {}


def _run(path: Path, theme: str, stills: Stills) -> NotebookNode:
    import nbformat
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    lesson: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    lesson.metadata.title = re.sub(r"^#+ *", "", lesson.cells[0].source.partition("\n")[0])
    if path.parent.name in LANGUAGES:
        lesson.metadata.language = path.parent.name
    if all(cell.cell_type != "code" for cell in lesson.cells):
        return lesson
    with tempfile.TemporaryDirectory(prefix="srm-lesson-") as home:
        client = NotebookClient(
            lesson,
            # No folder of kernels: what is left is the kernel of this very Python.
            km=AsyncKernelManager(kernel_spec_manager=KernelSpecManager(kernel_dirs=[]), **transport(home)),
            timeout=_SECONDS,
            record_timing=False,
            coalesce_streams=True,
            store_widget_state=False,
            # ERROR: nobody listens in, the kernel is reached from this machine alone.
            extra_arguments=["--log-level=ERROR", f"--IPKernelApp.extra_extensions={_EXTENSION}"],
            resources={"metadata": {"path": str(path.parent)}},
        )
        folders = {"SRM_WORK": f"{home}/work", "IPYTHONDIR": f"{home}/ipython", "PYTHONPATH": str(CHECKOUT)}
        folders["PYTHONSTARTUP"] = ""  # IPython would run what the user named there
        folders |= {VARIABLE: theme, STILLS: stills}
        # The manager is ours, so it must be stopped too. A loop of its own, since tests have one running.
        asyncio.run(client.async_execute(env=os.environ | folders, cleanup_kc=True))
    for cell in lesson.cells:  # IPython shows an error in a view of ours, and goes on
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                raise CellExecutionError.from_cell_and_msg(cell, output)
            output.get("data", {}).pop(WIDGET_VIEW, None)
    lesson.metadata.language_info = {"name": "python"}  # without a word of the very Python
    return lesson
