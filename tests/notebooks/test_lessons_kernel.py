"""Every option of every control of every lesson, through the kernel, as a browser would send it."""

import nbformat
import pytest

from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from tests.lessons import (
    CHOICES,
    NOTEBOOKS,
    PASSIVE,
    Kernel,
    bet_cells,
    cells,
    every_other,
    read,
    widget_cells,
)

pytestmark = [pytest.mark.usefixtures("jupyter_home"), pytest.mark.xdist_group("kernel")]

MEGABYTE = 1_000_000


def assert_shown(kernel, path):
    """Each view that the lesson calls has come as a component."""
    tags = [widget["tag"] for widget in kernel.widgets.values() if widget.get("tag")]
    for kind, tag in (("explore", "srm-explore"), ("what_if", "srm-what-if")):
        assert tags.count(tag) == sum(cell.kind == kind for cell in widget_cells(path))


@pytest.mark.parametrize("path", every_other("en"))
def test_every_option_of_every_control(path):
    with Kernel((NOTEBOOKS / path).parent) as kernel:
        open_input = set()  # controls of open input: the kernel answers them, no link does
        for source in cells(path, "code"):
            before = set(kernel.widgets)
            kernel.run(source)
            if "build_workload(" in source:
                open_input |= set(kernel.widgets) - before
        assert kernel.errors == []
        assert kernel.opened_bytes < 2 * MEGABYTE

        controls = {i: w for i, w in kernel.widgets.items() if w.get("_options_labels")}
        assert {w["_model_name"] for w in controls.values()} <= CHOICES
        steppers = [w for w in kernel.widgets.values() if w.get("tag") == "srm-bet"]
        assert len(steppers) == len(bet_cells(path))
        assert_shown(kernel, path)
        for comm_id, message in kernel.moves():
            kernel.send(comm_id, message)
            assert kernel.errors == [], f"after {message} to {kernel.widgets[comm_id]}"
            told = message.get("content", {})
            if told.get("kind") == "work":  # what was typed is kept, and the page hears it
                answered = kernel.ask(comm_id)
                assert answered["answers"].items() >= told["facts"].items()
                assert answered["note"]
            for trait, value in message.get("state", {}).items():
                assert kernel.ask(comm_id)[trait] == value

        # The browser follows these links; a control without one would move and show nothing.
        links = [w for w in kernel.widgets.values() if w["_model_name"] == "LinkModel"]
        linked = {}
        for link in links:
            (source, trait), (target, shown) = link["source"], link["target"]
            assert (trait, shown) == ("index", "selected_index")
            linked.setdefault(source.removeprefix("IPY_MODEL_"), []).append(target.removeprefix("IPY_MODEL_"))
        for comm_id, control in controls.items():
            if comm_id in open_input:
                continue
            options = len(control["_options_labels"])
            assert linked[comm_id], control["description"]
            for stack in linked[comm_id]:
                assert len(kernel.widgets[stack]["children"]) == options


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_copied_lesson_speaks_its_own_language(lang, tmp_path):
    """Elsewhere, and even in the folder of the other language."""
    other = tmp_path / next(one for one in LANGUAGES if one != lang)
    other.mkdir()
    start, asks, *_ = cells(f"{lang}/01_who_answers.ipynb", "code")
    with Kernel(other) as kernel:
        kernel.run(start)
        kernel.run(asks)
        assert kernel.errors == []
        (said,) = (w["content"]["words"] for w in kernel.widgets.values() if w.get("tag") == "srm-bet")
        assert said["show"] == texts(lang)["bet"]["show"]


FAILING = """
import ipywidgets as w

control = w.Dropdown(options=["IaaS", "PaaS"])
control.observe(lambda change: 1 / 0, "index")
button = w.Button()
button.on_click(lambda button: {}["nothing"])
control
"""


def test_a_callback_that_fails_is_noticed(tmp_path):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(FAILING)])
    nbformat.write(notebook, tmp_path / "failing.ipynb")
    with Kernel(tmp_path) as kernel:
        for cell in read("failing.ipynb", tmp_path).cells:
            kernel.run(cell.source)
        assert kernel.errors == []
        for comm_id, message in kernel.moves():
            kernel.send(comm_id, message)
    assert kernel.errors == ["ZeroDivisionError: division by zero", "KeyError: 'nothing'"]


def test_a_control_that_nobody_moves_is_noticed(tmp_path):
    with Kernel(tmp_path) as kernel:
        kernel.run("import ipywidgets as w\nslider = w.IntSlider()")
        assert kernel.errors == []
        assert "IntSliderModel" not in PASSIVE
        with pytest.raises(AssertionError, match="IntSliderModel"):
            list(kernel.moves())
