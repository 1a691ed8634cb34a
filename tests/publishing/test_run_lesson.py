"""A lesson run once: the same notebook every time, and nobody's answers in it."""

import hashlib
import json
import os
import re
import socket
import sys

import nbformat
import pytest
from jupyter_client.connect import LocalPortCache
from nbclient.exceptions import CellExecutionError

from srm_data.files.paths import CHECKOUT, VENDOR
from srm_data.publishing.run_lesson import run_lesson, run_lessons
from srm_data.publishing.shown import MIME
from tests.lessons import NOTEBOOKS

CODE = """
import os, pathlib, ipywidgets as w, srm_data as srm
from srm_data.learning import progress_file
assert not progress_file.progress_file().exists()
progress_file.record("bets", "vm-os-update", answer="customer")
print(pathlib.Path.cwd().name, end="")
display(w.VBox([w.Dropdown(options=["a", "b"])]))
srm.explore("azure-2026")
"""


def notebook(folder, code, name="01_small"):
    title = "# Een les\n\n*Les 1*"
    cells = [nbformat.v4.new_markdown_cell(title, id="a"), nbformat.v4.new_code_cell(code, id="b")]
    path = folder / "nl" / f"{name}.ipynb"
    path.parent.mkdir(exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


@pytest.fixture(scope="module")
def small(tmp_path_factory, jupyter_home):
    """A small lesson, run twice at the same moment."""
    path = notebook(tmp_path_factory.mktemp("small"), CODE)
    before = path.read_bytes()
    (_, first), (_, second) = run_lessons([path, path])
    assert path.read_bytes() == before
    return first, second


def test_two_runs_give_the_same_notebook(small):
    first, second = small
    assert json.dumps(first) == json.dumps(second)  # the order of the models too
    assert "execution" not in first.cells[1].metadata


def test_nothing_of_a_widget_is_kept_but_what_it_is_elsewhere(small):
    """No model and no id of the moment: a component brings its tag, its content and its HTML."""
    lesson = small[0]
    assert "widgets" not in lesson.metadata
    assert not re.search(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", json.dumps(lesson))
    other, view = lesson.cells[1].outputs[1:]
    assert set(other.data) == {"text/plain"}
    assert view.data[MIME]["tag"] == "srm-explore"
    assert "<table" in view.data["text/html"]


def test_it_knows_its_folder_and_its_title(small):
    lesson = small[0]
    assert lesson.cells[1].outputs[0].text == "nl"
    assert lesson.metadata.language == "nl"
    assert lesson.metadata.title == "Een les"


def test_a_cell_that_fails_is_told(tmp_path, jupyter_home):
    good, bad = notebook(tmp_path, "1", name="good"), notebook(tmp_path, "1 / 0", name="bad")
    runs = run_lessons([good, bad, good])
    assert next(runs)[0] == good
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        next(runs)


@pytest.mark.skipif(os.name != "posix", reason="kernels are reached over TCP there")
def test_a_port_that_is_taken_in_between_stops_no_lesson(tmp_path, jupyter_home, monkeypatch):
    """Over TCP a kernel died now and then, and all the slides with it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr(LocalPortCache, "find_available_port", lambda cache, ip: port)
        lesson = run_lesson(notebook(tmp_path, "print(1)"))
    assert lesson.cells[1].outputs[0].text == "1\n"


def test_the_kernel_is_of_this_python_whatever_the_user_has(tmp_path, monkeypatch):
    spec = {"argv": ["false", "{connection_file}"], "display_name": "Mine", "language": "python"}
    for place in (tmp_path / "data", tmp_path / "path"):
        (place / "kernels" / "python3").mkdir(parents=True)
        (place / "kernels" / "python3" / "kernel.json").write_text(json.dumps(spec))
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "first.py").write_text("started = True")
    (tmp_path / "python.py").write_text("started = True")
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "srm_data.py").write_text("raise SystemExit('another srm_data')")
    for name, value in {
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_PATH": "path",
        "IPYTHONDIR": "ipython",
        "PYTHONSTARTUP": "python.py",
        "PYTHONPATH": "odd",
    }.items():
        monkeypatch.setenv(name, str(tmp_path / value))
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    code = "import sys, srm_data\nprint([sys.executable, srm_data.__file__, 'started' in globals()])"
    lesson = run_lesson(notebook(tmp_path, code))
    ours = [sys.executable, str(CHECKOUT / "srm_data" / "__init__.py"), False]
    assert lesson.cells[1].outputs[0].text == f"{ours}\n"


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(FileNotFoundError):
        run_lesson(tmp_path / "nothing.ipynb")


def test_a_run_without_stills_is_the_same_but_for_them(lesson_runs):
    path = NOTEBOOKS / "nl" / "03_what_if.ipynb"
    [(_, whole)] = lesson_runs([path])
    light = run_lesson(path, stills="none")
    drawn = 0
    for cell in (cell for cell in whole.cells if cell.cell_type == "code"):
        for output in cell.outputs:
            if shown := output.get("data", {}).get(MIME):
                drawn += len(shown["stills"])
                shown["stills"] = []
    assert drawn
    assert light == whole


@pytest.mark.parametrize("name", sorted(path.name for path in VENDOR.rglob("*.js")))
def test_vendored_scripts_are_the_published_ones(name):
    written = re.search(rf"^(\w{{64}})  {re.escape(name)}$", (VENDOR / "README.md").read_text("utf-8"), re.M)
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == written[1]
