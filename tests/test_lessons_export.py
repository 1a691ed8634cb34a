"""A lesson exported to HTML and opened from a file: no kernel, no network, and the controls still work."""

import shutil

import pytest
from playwright.sync_api import expect

from srm_data.bets import answer_view
from srm_data.pages import SCRIPTS, VENDOR, render, run_lessons
from tests.browser import operate, violations
from tests.lessons import LESSONS, NOTEBOOKS, bet_cells, plain, widget_cells

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("jupyter_home")]


@pytest.fixture(scope="module")
def pages(tmp_path_factory, jupyter_home):
    """A folder of exported lessons for each language, with the two scripts beside them."""
    folder = tmp_path_factory.mktemp("exported")
    for path, lesson in run_lessons(NOTEBOOKS / path for path in LESSONS):
        page = folder / path.relative_to(NOTEBOOKS).with_suffix(".html")
        page.parent.mkdir(exist_ok=True)
        page.write_text(render(lesson), "utf-8")
        for script in SCRIPTS:
            shutil.copy(VENDOR / script, page.parent)
    return folder


def assert_bet_reveals(page, path):
    """The first bet of a lesson stays closed until it is made and asked for, and then says what it earns."""
    first = bet_cells(path)[0]
    questions = first.rounds[0]
    question = questions[0]
    place = page.locator(".jp-CodeCell").nth(first.index)
    place.locator(".widget-radio").nth(0).get_by_role("radio").nth(1).check()
    assert place.locator(".told:visible").count() == 0
    place.locator(".widget-radio").nth(2 * len(questions)).get_by_role("radio").nth(1).check()
    told = place.locator(".told:visible")
    expect(told).to_have_count(1)  # the other rows have no bet
    assert " ".join(told.text_content().split()) == plain(answer_view(question, question.options[1].key, 1))


@pytest.mark.parametrize("path", LESSONS)
def test_an_exported_lesson_needs_no_kernel(page, pages, path):
    file = (pages / path).with_suffix(".html")
    page.goto(file.as_uri())
    for cell in widget_cells(path):
        place = page.locator(".jp-CodeCell").nth(cell.index)
        place.locator(".widget-dropdown:visible, .widget-radio:visible").first.wait_for()
        operate(page, cell, arrive=lambda: None)
    assert_bet_reveals(page, path)
    for light in ("true", "false"):
        page.evaluate("light => { document.body.dataset.jpThemeLight = light; }", light)
        assert violations(page) == []

    assert page.faults == []
    asked = [url for url in page.asked if not url.startswith(("data:", "blob:"))]
    assert all(url.startswith("file:") for url in asked)
    assert {url.rpartition("/")[2] for url in asked} == {file.name, *SCRIPTS}
