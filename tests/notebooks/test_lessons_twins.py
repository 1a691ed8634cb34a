"""What the lessons show: executed twins in tests/reference, compared cell by cell.

Strict nbval compares each lesson in one language. In the other one it is the run that all tests share which
must give the very file; the code cells of both languages are the same.
nbval starts a pytest of its own here, since the options that it needs would hold for every test.
"""

import os
import re
import subprocess
import sys

import nbformat
import pytest

from tests.lessons import LESSONS, NOTEBOOKS, REFERENCE, ROOT, every_other, find, read
from tests.renew_twins import twin_of

pytestmark = pytest.mark.usefixtures("jupyter_home", "quick_kernels")

OF_NBVAL = every_other("nl")[::2]  # the others are compared with a run that other tests need too
RENEW = "renew the twins: python -m tests.renew_twins"


def nbval(option, *paths):
    """Run nbval; return its exit code, what it said, and how many cells passed."""
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-o", "addopts=", "--noconftest"),
            *("-p", "nbval.plugin", option, "--nbval-cell-timeout=120"),
            *("-q", "--color=no", "-p", "no:cacheprovider"),
            f"--nbval-sanitize-with={ROOT / 'tests' / 'nbval_sanitize.cfg'}",
            *paths,
        ],
        cwd=ROOT,
        env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},  # to load the others takes seconds
        capture_output=True,
        encoding="utf-8",
    )
    passed = re.search(r"^(?:\d+ failed, )?(\d+) passed", ended.stdout, re.M)
    return ended.returncode, ended.stdout + ended.stderr, int(passed[1]) if passed else 0


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_every_lesson_has_a_twin_and_every_twin_a_lesson():
    assert find(REFERENCE) == LESSONS, RENEW


@pytest.mark.parametrize("path", LESSONS)
def test_twins_are_in_step(path):
    lesson, twin = read(path).cells, read(path, REFERENCE).cells
    assert [(c.id, c.cell_type) for c in twin] == [(c.id, c.cell_type) for c in lesson], RENEW
    for here, there in zip(lesson, twin, strict=True):
        assert there.source == here.source, RENEW


@pytest.mark.parametrize("path", LESSONS)
def test_twins_hold_outputs_and_nothing_that_passes(path):
    """nbval compares no cell without a count; times and ids of models would differ from run to run."""
    twin = read(path, REFERENCE)
    assert twin.metadata == read(path).metadata
    assert [cell.execution_count for cell in code_cells(twin)] == [
        number + 1 for number in range(len(code_cells(twin)))
    ], RENEW
    for cell in twin.cells:
        assert not set(cell.metadata) - {"tags", "slideshow", "slide", "note_words", "page_words"}
        for output in cell.get("outputs", []):
            assert output.output_type in ("execute_result", "display_data"), output  # no print, no warning
            assert "application/vnd.jupyter.widget-view+json" not in output.data
            assert not re.search(r"0x[0-9a-f]{6,}|<Figure size|<srm_data", str(output.data)), output
    assert all(cell.outputs for cell in code_cells(twin)[1:]), "a cell that shows nothing teaches nothing"


def test_lessons_show_what_their_twins_show():
    code, said, passed = nbval("--nbval", *(REFERENCE / path for path in OF_NBVAL))
    assert code == 0, f"{said}\n{RENEW}"
    assert passed == sum(len(code_cells(read(path, REFERENCE))) for path in OF_NBVAL)


@pytest.mark.parametrize("path", [path for path in LESSONS if path not in OF_NBVAL])
def test_a_run_gives_the_twin(lesson_runs, path):
    [(_, run)] = lesson_runs([NOTEBOOKS / path])
    assert twin_of(path, run) == (REFERENCE / path).read_text("utf-8"), RENEW


def test_the_other_notebooks_run():
    """A lesson is in step with its twin, which ran above; the guides and what else there is have none."""
    others = [path for path in find() if path not in LESSONS]
    assert len(others) >= 6
    code, said, passed = nbval("--nbval-lax", *(NOTEBOOKS / path for path in others))
    assert code == 0, said
    assert passed == sum(len(code_cells(read(path))) for path in others)


def test_strict_nbval_sees_one_changed_word(tmp_path):
    """So that the green of the test above means something."""
    changed = read("en/01_who_answers.ipynb", REFERENCE)
    start, *others = code_cells(changed)
    table = next(cell for cell in others if cell.source.startswith("srm.tables."))
    shown = table.outputs[0].data
    changed.cells = [start, table]
    folder = tmp_path / "en"
    folder.mkdir()
    nbformat.write(changed, folder / "a_same.ipynb")
    shown["text/html"] = shown["text/html"].replace("Customer", "Consumer", 1)
    nbformat.write(changed, folder / "b_changed.ipynb")
    code, said, passed = nbval("--nbval", folder)
    assert code == 1
    assert passed == 3, said  # two cells that are the same, and the first of the changed twin
    assert re.findall(r"^FAILED .*?(\w+\.ipynb::Cell \d)", said, re.M) == ["b_changed.ipynb::Cell 1"]
    assert "Cell outputs differ" in said
