"""A lesson as a page that needs no kernel and no network: run it once, use it as often as you like.

`run_lesson` gives an executed notebook with the state of its widgets in it; `run_lessons` runs several,
two at a time. The same lesson gives the same notebook every time: no times, no ids of the moment. So the
site, the slides and the handouts can all be made from one run:

    lesson = run_lesson(Path("notebooks/nl/03_what_if.ipynb"))
    page = render(lesson, scripts="assets")                  # nbconvert's page, with everything offline
    deck = render(lesson, SlidesExporter, reveal_url_prefix="assets/reveal.js")

`scripts` is the address of a folder that holds `SCRIPTS` from `VENDOR`, or any copy of them.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srm_data.core.vocabulary import LANGUAGES
from srm_data.files.paths import CHECKOUT
from srm_data.publishing.kernel import STILLS
from srm_data.views.palette import VARIABLE

if TYPE_CHECKING:
    from nbconvert.exporters import HTMLExporter
    from nbformat import NotebookNode

#: What shows the widgets of a page without a kernel; require.js goes first.
SCRIPTS = ("require.js", "embed-amd.js")

WIDGET_STATE = "application/vnd.jupyter.widget-state+json"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"

_NAME_OF_A_MODEL = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_EXTENSION = "srm_data.publishing.kernel"
_SECONDS = 120  # for one cell; the slowest takes two


def run_lesson(path: Path, theme: str = "light", *, stills: bool = True) -> NotebookNode:
    """Execute a lesson in its own folder, and keep the state of its widgets.

    Nothing of a learner is read or written: answers go to a folder of the moment, and the kernel is the
    Python that runs this, without the settings of whoever owns the machine.

    Args:
        path: a notebook, such as ``notebooks/en/03_what_if.ipynb``. The file stays as it is.
        theme: of the figures that ask for none, see `palette.THEMES`.
        stills: whether the views also say what they are on slides. Only decks need it, and to draw every
            picture once more is most of the time that some lessons take.

    Returns:
        The notebook with its outputs. ``metadata.widgets[WIDGET_STATE]["state"]`` holds the models,
        named "0001", "0002" ... in the order in which they were made; outputs of the kind `WIDGET_VIEW`
        name one of them as ``model_id``. Outputs that are views of the kit also say what they are where
        there is no kernel, see `shown`. ``metadata.title`` is its first heading and
        ``metadata.language`` the name of its folder, where that is a language.

    Raises:
        OSError: when the file cannot be read.
        nbclient.exceptions.CellExecutionError: when a cell fails; it shows the cell and the error.
    """
    [(_, lesson)] = run_lessons([path], theme, stills=stills)
    return lesson


def run_lessons(
    paths: Iterable[Path], theme: str = "light", *, stills: bool = True
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


def render(
    lesson: NotebookNode, exporter: type[HTMLExporter] | None = None, *, scripts: str = "", **options: Any
) -> str:
    """Render an executed lesson with an HTML exporter of nbconvert that fetches nothing from outside.

    Args:
        lesson: what `run_lesson` gave.
        exporter: a class of nbconvert; `HTMLExporter` when left out.
        scripts: address of the folder with `SCRIPTS`, as the page will see it; "" is its own folder.
        options: of the exporter, such as ``reveal_url_prefix``.
    """
    from nbconvert.exporters import HTMLExporter

    prefix = f"{scripts}/" if scripts else ""
    require, widgets = (f"{prefix}{name}" for name in SCRIPTS)
    settled = {
        "require_js_url": require,
        "widget_renderer_url": widgets,
        "mathjax_url": "",
        "language_code": lesson.metadata.get("language", "en"),
    }
    body, _ = (exporter or HTMLExporter)(**(settled | options)).from_notebook_node(lesson)
    return str(body)


def _run(path: Path, theme: str, stills: bool) -> NotebookNode:
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
    # No folder of kernels: what is left is the kernel of this very Python.
    manager = AsyncKernelManager(kernel_spec_manager=KernelSpecManager(kernel_dirs=[]))
    client = NotebookClient(
        lesson,
        km=manager,
        timeout=_SECONDS,
        record_timing=False,
        coalesce_streams=True,
        # ERROR: nobody listens in, the ports are those of this machine.
        extra_arguments=["--log-level=ERROR", f"--IPKernelApp.extra_extensions={_EXTENSION}"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    with tempfile.TemporaryDirectory(prefix="srm-lesson-") as home:
        folders = {"SRM_WORK": f"{home}/work", "IPYTHONDIR": f"{home}/ipython", "PYTHONPATH": str(CHECKOUT)}
        folders["PYTHONSTARTUP"] = ""  # IPython would run what the user named there
        folders |= {VARIABLE: theme, STILLS: "1" if stills else ""}
        # The manager is ours, so it must be stopped too. A loop of its own, since tests have one running.
        asyncio.run(client.async_execute(env=os.environ | folders, cleanup_kc=True))
    for cell in lesson.cells:  # IPython shows an error in a view of ours, and goes on
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                raise CellExecutionError.from_cell_and_msg(cell, output)
    return _renumbered(lesson)


def _renumbered(lesson: NotebookNode) -> NotebookNode:
    """The same notebook, widgets named by number, without a word of the very Python."""
    import nbformat

    models = lesson.metadata.get("widgets", {}).get(WIDGET_STATE, {}).get("state", {})
    numbers = {name: f"{number:04}" for number, name in enumerate(models, 1)}
    text = _NAME_OF_A_MODEL.sub(lambda name: numbers.get(name[0], name[0]), json.dumps(lesson))
    same: NotebookNode = nbformat.from_dict(json.loads(text))  # type: ignore[no-untyped-call]
    same.metadata.language_info = {"name": "python"}
    return same
