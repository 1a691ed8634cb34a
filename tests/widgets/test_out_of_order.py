"""A cell that was run before the one it needs is told so; every other error is as Python shows it."""

import json
import re

import pytest
from IPython.core.interactiveshell import InteractiveShell

from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.widgets import out_of_order
from tests.lessons import NOTEBOOKS, cells

FIRST = 'import srm_data as srm\n\nsrm.use_language("{lang}")'
MIDDLE = "rows = [len(word) for word in ('a', 'bc')]\nlongest = max(rows)"
LAST = "longest + 1"


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """An IPython of nobody's, that has not run anything yet."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    shell = InteractiveShell()
    shell.history_manager.enabled = False
    shell.colors = "nocolor"
    out_of_order.load_ipython_extension(shell)
    yield shell
    shell.history_manager.end_session()
    shell.cleanup()


def notebook(folder, *sources, lang="en"):
    """A notebook on the disk, as Jupyter saves it."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "mine.ipynb"
    code = [{"cell_type": "code", "source": one.format(lang=lang).splitlines(True)} for one in sources]
    file.write_text(json.dumps({"cells": [{"cell_type": "markdown", "source": ["# x"]}, *code]}), "utf-8")
    return file


def ran(shell, source, capsys):
    """What IPython shows of a cell."""
    shell.run_cell(source, store_history=True)
    return capsys.readouterr().out


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("cell", "name", "line"),
    [
        ("srm.load_matrix('azure-2026')", "srm", "import srm_data as srm"),
        (LAST, "longest", "rows = [len(word) for word in ('a', 'bc')]"),
    ],
)
def test_it_says_which_cell_to_run_first(shell, tmp_path, monkeypatch, capsys, lang, cell, name, line):
    file = notebook(tmp_path / "lessen", FIRST, MIDDLE, LAST, lang=lang)
    monkeypatch.setenv("JPY_SESSION_NAME", str(file))
    shown = ran(shell, cell, capsys)
    assert shown.startswith(texts(lang)["kernel"]["needs"].format(name=name, line=line))
    assert shown.rstrip().endswith(
        f"NameError: name '{name}' is not defined"
    )  # to look up, or to show a teacher
    assert "Traceback" not in shown


def test_every_name_of_every_lesson_is_found(shell, monkeypatch):
    """Each code cell run first, before any other."""
    path = "nl/12_your_hand_in.ipynb"
    first, *others = cells(path, "code")
    for source in others:
        shell.user_ns["In"].append(source)
        if "srm." in source:
            told = out_of_order.hint("srm", NOTEBOOKS / path, shell)
            assert told.startswith("Deze cel heeft srm nodig")
            assert first.partition("\n")[0] in told


@pytest.mark.parametrize("folder", LANGUAGES)
def test_without_a_word_on_it_the_folder_says_the_language(shell, tmp_path, folder):
    file = notebook(tmp_path / folder, "x = 1")
    assert out_of_order.hint("x", file, shell) == texts(folder)["kernel"]["needs"].format(
        name="x", line="x = 1"
    )


def test_visual_studio_code_tells_the_file_in_its_own_way(shell, tmp_path, capsys):
    shell.user_ns["__vsc_ipynb_file__"] = str(notebook(tmp_path, FIRST, MIDDLE, lang="nl"))
    assert ran(shell, LAST, capsys).startswith("Deze cel heeft longest nodig")


MAGIC = "%matplotlib inline\nimport numpy as np"
BROKEN = "this is no Python ("


@pytest.mark.parametrize(
    ("made", "cell"),
    [
        ((FIRST, MIDDLE), "sorted(nobody)"),  # no cell makes it
        ((FIRST, LAST + "; total = total + 1"), LAST + "; total = total + 1"),  # only the cell itself
        ((FIRST, "def f():\n    longest = 1"), LAST),  # inside a function it is another name
        ((FIRST, "x = 1"), "def f():\n    print(x)\n    x = 2\nf()"),  # UnboundLocalError
        ((FIRST, MIDDLE), "1 / 0"),
        ((BROKEN,), LAST),
        ((), LAST),
    ],
)
def test_any_other_error_is_as_it_was(shell, tmp_path, monkeypatch, capsys, made, cell):
    monkeypatch.setenv("JPY_SESSION_NAME", str(notebook(tmp_path, *made)))
    shown = ran(shell, cell, capsys)
    shell.set_custom_exc((), None)
    count = r"(?<=In\[)\d|(?<=input-)\d"
    assert re.sub(count, "", shown) == re.sub(count, "", ran(shell, cell, capsys))
    assert "Error" in shown


def test_a_cell_with_magics_is_read_too_and_a_broken_one_passed_over(shell, tmp_path):
    file = notebook(tmp_path, BROKEN, MAGIC)
    assert "%matplotlib inline" in out_of_order.hint("np", file, shell)


@pytest.mark.parametrize("content", [None, "", "{", "[]", '{"cells": [3]}', '{"cells": {"a": 1}}', "\udc80"])
def test_a_file_that_is_no_notebook_explains_nothing(shell, tmp_path, monkeypatch, capsys, content):
    file = tmp_path / "mine.ipynb"
    if content is not None:
        file.write_bytes(content.encode(errors="surrogateescape"))
    monkeypatch.setenv("JPY_SESSION_NAME", str(file))
    assert "NameError: name 'srm' is not defined" in ran(shell, "srm", capsys)


def test_a_name_that_is_missing_in_a_package_is_not_the_learners(shell, tmp_path, monkeypatch, capsys):
    (tmp_path / "odd_package.py").write_text("def f():\n    return longest\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("JPY_SESSION_NAME", str(notebook(tmp_path, FIRST, MIDDLE)))
    shown = ran(shell, "import odd_package\nodd_package.f()", capsys)
    assert "Traceback" in shown
    assert "needs" not in shown
