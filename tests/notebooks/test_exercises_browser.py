"""The exercises in JupyterLab: its shortcuts stay away, words are kept, and a dead kernel costs none."""

import json
import string
from pathlib import Path

import pytest
from playwright.sync_api import expect

from srm_data.core.language import texts
from tests.browser import beside, jupyter_folders, open_notebook, run_all, run_cell, wait_for
from tests.lessons import cells
from tests.play_exercises import LiveOwnWords, LiveSort, LiveWrongCell

pytestmark = [pytest.mark.browser]

NAME = "azure-2026.applications.paas"
KEYS = [*string.ascii_lowercase, *string.digits, "Delete", "Backspace", "Shift+Enter", "Control+Enter"]

SOURCES = """jupyterapp.shell.currentWidget.content.widgets.map(one => one.model.sharedModel.getSource())"""


@pytest.fixture
def opened(lab, lab_page):
    """A lesson, run whole."""

    def run(path):
        open_notebook(lab_page, lab, path)
        run_all(lab_page)
        return lab_page

    return run


def press_all(page, keys):
    """Press keys where the focus is; the cells of the notebook stay what they are."""
    before = page.evaluate(SOURCES)
    for key in keys:
        page.keyboard.press(key)
    assert page.evaluate(SOURCES) == before


def test_shortcuts_do_not_reach_cards_and_cells(opened):
    page = opened("en/06_editions.ipynb")
    live = LiveWrongCell(page, page.locator("srm-wrong-cell").first)
    live.cell(0, 0).focus()
    press_all(page, KEYS)
    expect(live.cell(0, 0)).to_be_focused()
    live.press(1, 1)
    expect(live.strip).to_have_count(1)

    page = opened("nl/04_shared_means_two_parts.ipynb")
    live = LiveSort(page, page.locator("srm-sort").first)
    live.root.locator(".srm-card > button").first.focus()
    press_all(page, [*KEYS, "Escape"])  # Enter picked it up
    live.root.locator(".srm-one-hint button").focus()
    press_all(page, KEYS)
    # Escape has nothing to close any more: it leads back to the notebook, whose arrows work again.
    active = "jupyterapp.shell.currentWidget.content.activeCellIndex"
    before = page.evaluate(active)
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    page.wait_for_function(f"{active} === {before + 1}")
    live.press("Amazon RDS", texts("nl")["exercise"]["rung"].format(n=3))
    expect(live.told("Amazon RDS")).to_contain_text("✓")
    assert page.faults == []


def test_words_are_kept_and_a_dead_kernel_costs_none(opened, lab, lab_folder):
    path = "nl/04_shared_means_two_parts.ipynb"
    kept = Path(jupyter_folders(beside(lab_folder))["SRM_WORK"]) / "progress.json"
    words = texts("nl")
    page = opened(path)
    (index, *_) = [i for i, source in enumerate(cells(path, "code")) if "both_parts(" in source]
    place = page.locator(".jp-CodeCell").nth(index)
    live = LiveOwnWords(page, place.locator("srm-own-words"))
    box = live.box(words["label"]["customer_does"])
    box.click()
    press_all(page, ["x", "d", "d", "b", "Shift+Enter", "a", "Escape", "1"])
    expect(box).to_be_focused()
    expect(box).to_have_value("xddb\na1")
    note = words["progress"]["kept"].format(file="progress.json")
    expect(live.root.get_by_text(note)).to_be_visible()

    def on_disk():
        found = json.loads(kept.read_text("utf-8"))["work"] if kept.exists() else {}
        return found.get(NAME, {}).get("customer")

    wait_for(on_disk, "xddb\na1")

    page.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    page.wait_for_function("!jupyterapp.shell.currentWidget.sessionContext.session?.kernel")
    box.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" na de dood")
    expect(live.root.get_by_text(words["component"]["unkept"])).to_be_visible()
    assert on_disk() == "xddb\na1"

    # The kernel comes back, and its cells are run again: what nobody had kept is in the box, and kept.
    page.evaluate("() => { jupyterapp.shell.currentWidget.sessionContext.startKernel(); }")
    page.wait_for_function(
        "jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'", timeout=60_000
    )
    run_cell(page, 0)
    run_cell(page, index)
    expect(box).to_have_value("xddb\na1 na de dood")
    wait_for(on_disk, "xddb\na1 na de dood")
    assert page.faults == []
