"""Lesson 8 by keyboard: the labs and the search, on a page without a kernel and in JupyterLab."""

import shutil

import pytest
from playwright.sync_api import expect

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import PARTIES
from srm_data.files.paths import VENDOR
from srm_data.publishing.run_lesson import SCRIPTS, render
from srm_data.views import sentences
from srm_data.views.html import tables
from tests.browser import LiveWidget, reach, violations
from tests.lessons import NOTEBOOKS, State, WidgetCell, cells, plain

pytestmark = [pytest.mark.browser]

LESSON = "08_real_services"
#: Opened in JupyterLab among the other lessons, see tests/notebooks/test_lessons_browser.py.
LABS = f"en/{LESSON}.ipynb"
BROWSED = ["service", "feature", "supported", "enabled_by_default", "control_domain"]


def lab(page, lang, call):
    """The output of the code cell that ends in this call."""
    index = next(i for i, source in enumerate(cells(f"{lang}/{LESSON}.ipynb", "code")) if call in source)
    return LiveWidget(page, WidgetCell(index, "lab", (), lang))


def states(lang):
    """Some states of every lab, and what each should show."""
    say, old, new = texts(lang), srm.load_baselines("v1.1", lang), srm.load_baselines("v3.0", lang)
    own = say["lab"]
    family = own["groups"]["control_domain"]
    yield (
        "srm.on_by_default()",
        [
            State(
                ((own["by"], family), (own["sort"], own["sorts"][sort])),
                tables.on_by_default(new, sort=sort, lang=lang).body,
                sentences.on_by_default(new, lang=lang),
            )
            for sort in tables.DEFAULT_SORTS
        ],
    )
    yield (
        "srm.who_patches()",
        [
            State(
                ((own["show"], say["party"][party]["label"]), (own["sort"], own["sorts"][sort])),
                tables.who_patches(old, party, sort, lang).body,
                sentences.who_patches(old, lang),
            )
            for party in PARTIES
            for sort in ("service", "model")
        ],
    )
    yield (
        "srm.lose_the_os()",
        [
            State(
                ((say["baseline"]["access"]["access"], say["host_access"][access]),),
                tables.lose_the_os(new, access, lang).body,
                sentences.lose_the_os(new, lang),
            )
            for access in ("none", "read-only", "full")
        ],
    )


def test_the_labs_need_no_kernel(page, tmp_path, lesson_runs):
    """From a file, in Dutch; the search says there what it needs."""
    [(_, lesson)] = lesson_runs([NOTEBOOKS / "nl" / f"{LESSON}.ipynb"])
    file = tmp_path / "lesson.html"
    file.write_text(render(lesson, scripts="."), encoding="utf-8")
    for script in SCRIPTS:
        shutil.copy(VENDOR / script, tmp_path)
    page.goto(file.as_uri())
    for call, wanted in states("nl"):
        live = lab(page, "nl", call)
        live.place.locator(".widget-radio:visible").first.wait_for()
        for state in wanted:
            live.press(state)
        expect(live.place.locator(".careful:visible")).to_have_count(1)
    search = lab(page, "nl", "srm.browse(baselines").place
    expect(search.get_by_text(texts("nl")["rows"]["kernel"])).to_be_visible()
    expect(search.locator("tbody tr:visible")).to_have_count(100)
    for light in ("true", "false"):
        page.evaluate("light => { document.body.dataset.jpThemeLight = light; }", light)
        assert violations(page) == []
    assert page.faults == []
    assert all(url.startswith(("file:", "data:", "blob:")) for url in page.asked)


def assert_labs_and_search(page):
    """The lesson in JupyterLab, where it was run; the walk through the lessons calls this."""
    for call, wanted in states("en"):
        lab(page, "en", call).press(wanted[-1])
    sorted_by = lab(page, "en", "srm.on_by_default()").place.locator("th[aria-sort]:visible")
    expect(sorted_by).to_have_attribute("aria-sort", "descending")

    say = texts("en")["rows"]
    search = lab(page, "en", "srm.browse(baselines").place
    table = srm.load_baselines("v3.0", "en")[BROWSED]
    expect(search.get_by_text(say["kernel"])).to_be_hidden()
    reach(page, search.get_by_label(say["search"], exact=True))
    page.keyboard.type("storage backup")
    found = plain(tables.rows(table, "storage backup", lang="en").body)
    expect(search.get_by_role("status")).to_have_text(found.partition(" rows.")[0] + " rows.")
    search.get_by_label(say["sort"], exact=True).select_option(label=texts("en")["field"]["feature"])
    heading = search.get_by_role("columnheader", name=texts("en")["field"]["feature"])
    expect(heading).to_have_attribute("aria-sort", "ascending")
    reach(page, search.get_by_label(say["turned"], exact=True))
    page.keyboard.press("Space")
    expect(heading).to_have_attribute("aria-sort", "descending")
    reach(page, search.get_by_label(say["search"], exact=True))
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    expect(search.get_by_role("status")).to_have_text("4,141 of 4,141 rows. Page 1 of 42.")
    reach(page, search.get_by_role("button", name=say["on"]))
    page.keyboard.press("Enter")
    expect(search.get_by_role("status")).to_have_text("4,141 of 4,141 rows. Page 2 of 42.")
