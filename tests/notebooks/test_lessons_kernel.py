"""Every option of every control of every lesson, through the kernel, as a browser would send it."""

import pytest

from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from tests.lessons import (
    NOTEBOOKS,
    Kernel,
    bet_cells,
    cells,
    every_other,
    widget_cells,
)

pytestmark = [pytest.mark.usefixtures("jupyter_home", "quick_kernels"), pytest.mark.xdist_group("kernel")]


def assert_shown(kernel, path):
    """Each view that the lesson calls has come as a component."""
    tags = [widget["tag"] for widget in kernel.widgets.values() if widget.get("tag")]
    for kind, tag in (("explore", "srm-explore"), ("what_if", "srm-what-if")):
        assert tags.count(tag) == sum(cell.kind == kind for cell in widget_cells(path))


@pytest.mark.parametrize("path", every_other("en"))
def test_every_option_of_every_control(path):
    with Kernel((NOTEBOOKS / path).parent) as kernel:
        for source in cells(path, "code"):
            kernel.run(source)
        assert kernel.errors == []
        assert kernel.opened_bytes <= 200_000  # what the notebook keeps of its views when it is saved

        assert {w["_model_name"] for w in kernel.widgets.values()} <= {"AnyModel", "LayoutModel"}
        steppers = [w for w in kernel.widgets.values() if w.get("tag") == "srm-bet"]
        practised = [w for w in steppers if w["content"].get("practice")]  # none, or what is due by now
        assert len(steppers) - len(practised) == len(bet_cells(path))
        assert len(practised) <= sum("srm.practise(" in source for source in cells(path, "code"))
        assert_shown(kernel, path)
        for comm_id, message in kernel.moves():
            kernel.send(comm_id, message)
            assert kernel.errors == [], f"after {message} to {kernel.widgets[comm_id]}"
            told = message.get("content", {})
            if told.get("kind") == "work":  # what was typed is kept, and the page hears it
                answered = kernel.ask(comm_id)
                assert answered["answers"].items() >= told["facts"].items()
                assert answered["note"]


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
import srm_data as srm

view = srm.both_parts("azure-2026", "applications", "paas")
view.on_msg(lambda *message: 1 / 0)
view
"""


def test_a_callback_that_fails_is_noticed(tmp_path):
    with Kernel(tmp_path) as kernel:
        kernel.run(FAILING)
        assert kernel.errors == []
        for comm_id, message in kernel.moves():
            kernel.send(comm_id, message)
    assert set(kernel.errors) == {"ZeroDivisionError: division by zero"}


def test_a_control_that_nobody_moves_is_noticed(tmp_path):
    with Kernel(tmp_path) as kernel:
        kernel.run("import ipywidgets as w\nw.IntSlider()")
        assert kernel.errors == []
        with pytest.raises(AssertionError, match="how a learner moves a Slider"):
            list(kernel.moves())
