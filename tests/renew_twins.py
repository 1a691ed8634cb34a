"""Run every lesson and keep it with its outputs in tests/reference: ``python -m tests.renew_twins``.

The twins are what strict nbval compares with. Their bytes change only when a lesson or what it
shows changes: no times, no widget state, no ids that differ from run to run.
"""

import os
import shutil
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from tests.browser import jupyter_folders
from tests.lessons import LESSONS, NOTEBOOKS, REFERENCE, read

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def run(path: str) -> nbformat.NotebookNode:
    """Execute one lesson in its own folder."""
    notebook = read(path)
    folder = str((NOTEBOOKS / path).parent)
    client = NotebookClient(
        notebook,
        timeout=120,
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        resources={"metadata": {"path": folder}},
    )
    client.execute()
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if WIDGET_VIEW in output.get("data", {}):
                del output.data[WIDGET_VIEW]  # names a model by an id of this very run
    notebook.metadata = read(path).metadata
    return notebook


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(jupyter_folders(Path(home)))
        twins = {path: nbformat.writes(run(path)) for path in LESSONS}
    for lang in {path.partition("/")[0] for path in LESSONS}:
        shutil.rmtree(REFERENCE / lang, ignore_errors=True)  # so that no twin outlives its lesson
    for path, twin in twins.items():
        (REFERENCE / path).parent.mkdir(parents=True, exist_ok=True)
        (REFERENCE / path).write_text(f"{twin.rstrip()}\n", "utf-8", newline="\n")
        print(path)


if __name__ == "__main__":
    main()
