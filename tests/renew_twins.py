"""Run every lesson and keep it with its outputs in tests/reference: ``python -m tests.renew_twins``.

The twins are what strict nbval compares with. Their bytes change only when a lesson or what it
shows changes: no times, no widget state, no ids that differ from run to run.
It also renews the checksums in notebooks/SHA256SUMS.
"""

import re
import shutil

import nbformat

from srm_data.publishing.run_lesson import run_lesson
from srm_data.publishing.shown import MIME
from srm_data.setup.register_kit import sha256
from tests.lessons import LESSONS, NOTEBOOKS, REFERENCE, find, read


def twin_of(path: str, notebook: nbformat.NotebookNode) -> str:
    """The file that an executed lesson makes, without what belongs to its widgets and not to its text."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            data.pop(MIME, None)
            if "text/html" in data:  # as tests/nbval_sanitize.cfg does before it compares
                data["text/html"] = re.sub("<style>.*?</style>", "<style/>", data["text/html"])
    notebook.metadata = read(path).metadata
    return f"{nbformat.writes(notebook).rstrip()}\n"


def sums() -> str:
    """What `notebooks/SHA256SUMS` must say: which notebooks are the kit's own."""
    return "".join(f"{sha256(NOTEBOOKS / path)}  {path}\n" for path in find())


def main() -> None:
    (NOTEBOOKS / "SHA256SUMS").write_text(sums(), "utf-8", newline="\n")
    twins = {path: twin_of(path, run_lesson(NOTEBOOKS / path, stills="none")) for path in LESSONS}
    for lang in {path.partition("/")[0] for path in LESSONS}:
        shutil.rmtree(REFERENCE / lang, ignore_errors=True)  # so that no twin outlives its lesson
    for path, text in twins.items():
        (REFERENCE / path).parent.mkdir(parents=True, exist_ok=True)
        (REFERENCE / path).write_text(text, "utf-8", newline="\n")
        print(path)


if __name__ == "__main__":
    main()
