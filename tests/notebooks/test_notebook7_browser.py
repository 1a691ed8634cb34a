"""A lesson in Notebook 7, where a notebook has a page of its own."""

import pytest

from tests.browser import run_all, running_lab, violations, wait_for_kernel
from tests.lessons import bet_cells, cells, widget_cells
from tests.play import Stepper
from tests.play_views import operate

pytestmark = [pytest.mark.browser]

PATH = "nl/03_what_if.ipynb"


@pytest.fixture
def lesson(lab_folder, page):
    """The lesson, opened in Notebook 7."""
    with running_lab(lab_folder, "notebook", "JupyterNotebookApp") as address:
        page.goto(f"{address}/notebooks/{PATH}")
        wait_for_kernel(page, PATH)
        yield page
    assert page.faults == []


def test_a_lesson_is_played_in_notebook_7(lesson):
    page = lesson
    run_all(page)
    assert page.locator(".jp-CodeCell").count() == len(cells(PATH, "code"))
    for cell in bet_cells(PATH)[:1]:
        stepper = Stepper(page.locator(".jp-CodeCell").nth(cell.index).locator("srm-bet"), "nl")
        for n, question in enumerate(cell.rounds[0]):
            stepper.click(question, question.key, 1)
            stepper.expect_result(question, question.key)
            if n + 1 < len(cell.rounds[0]):
                stepper.next.click()
    for cell in widget_cells(PATH)[:1]:
        place = page.locator(".jp-CodeCell").nth(cell.index)
        operate(page, place, cell, arrive=lambda: None)
    assert violations(page) == []
    before = page.locator(".jp-CodeCell").count()
    for key in "abdmxyz0123456789":  # none of them is a shortcut while a control has the focus
        page.keyboard.press(key)
    assert page.locator(".jp-CodeCell").count() == before
    assert page.evaluate("kernelErrors") == []
