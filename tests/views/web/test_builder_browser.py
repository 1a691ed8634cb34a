"""The workload builder in Chromium, with its own Python to answer: by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import expect

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from tests.browser import reach, violations
from tests.play_forms import Host
from tests.workloads.test_compare_plans import many

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("work")]

EACH = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture
def show(one_page, tmp_path):
    """Open a page with a builder; at the end, read that nothing failed in it and nothing was fetched."""
    one_page.faults.clear()
    one_page.asked.clear()
    host = Host(one_page, tmp_path / "page.html")

    def opened(workload=None, lang="en", theme="light", wide=1000):
        return host.show(srm.build_workload(workload, lang=lang), theme, wide)

    yield opened
    assert one_page.faults == []
    assert all(url.startswith("file:") for url in one_page.asked)


def row(builder, name):
    """The fields of a component, by its name."""
    return builder.locator(f"tbody tr:has(input[aria-label*='{name}'])")


def open_plan(builder):
    return builder.locator(".srm-head [aria-checked=true]")


def said(builder):
    return builder.get_by_role("status")


@EACH
def test_rows_are_edited_in_place(show, lang):
    words, kinds = texts(lang)["build"], texts(lang)["kind"]
    builder = show("web-shop", lang)
    first = srm.load_scenario("web-shop", "before", lang).components[0].name
    field = row(builder, first).locator("input").first
    field.fill("bel <b>winkel</b>")
    field.press("Enter")
    expect(said(builder)).to_contain_text("bel <b>winkel</b>")
    expect(row(builder, "bel").locator("input").first).to_be_focused()
    assert builder.locator("b", has_text=re.compile("^winkel$")).count() == 0
    model = row(builder, "bel").locator("select").last
    model.select_option(label="PaaS")
    expect(said(builder)).to_contain_text("PaaS")
    expect(builder.locator(".srm-made")).to_contain_text("PaaS")
    row(builder, "bel").locator("select").first.select_option(label=kinds["database"])
    expect(said(builder)).to_contain_text(kinds["database"])
    builder.get_by_role("button", name=words["remove_it"].format(name="bel <b>winkel</b>")).click()
    expect(row(builder, "bel")).to_have_count(0)
    assert builder.page.evaluate("document.activeElement.matches('srm-builder .srm-cross')")  # not lost
    for _ in range(4):
        builder.get_by_role("button", name=words["undo"]).click()
    expect(row(builder, first)).to_have_count(1)


@EACH
def test_a_plan_is_built_by_keyboard_alone(show, lang):
    """Add two, duplicate, move one, read the difference in the other direction too."""
    words, changes = texts(lang)["build"], texts(lang)["change"]
    builder = show(lang=lang)
    page = builder.page
    added = builder.locator("tfoot tr")
    for name, service in (("site", "Azure App Service"), ("files", "Azure Storage")):
        reach(page, added.get_by_label(words["new_name"]))
        page.keyboard.type(name)
        reach(page, added.get_by_label(words["new_service"]))
        page.keyboard.type(service)
        expect(added.get_by_label(words["new_model"])).to_have_value("paas")  # proposed with the service
        page.keyboard.press("Enter")
        expect(said(builder)).to_have_text(words["added"].format(name=name))
        expect(added.get_by_label(words["new_name"])).to_be_focused()
        expect(added.get_by_label(words["new_name"])).to_have_value("")
    reach(page, builder.get_by_role("button", name=words["copy"]))
    page.keyboard.press("Enter")
    a = texts(lang)["workload"]["plan_a"]
    expect(open_plan(builder)).to_contain_text(a)
    reach(page, row(builder, "site").locator("select").last)
    page.keyboard.press("Home")  # chooses the first: it has no place
    expect(row(builder, "site").locator("select").last).to_have_value("")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(row(builder, "site").locator("select").last).to_have_value("iaas")
    expect(builder.locator(".srm-made")).to_contain_text(changes["new duty"]["label"] + " · 3")
    turn = builder.get_by_role("button", name=words["turn"])
    reach(page, turn)
    page.keyboard.press("Enter")
    expect(builder.locator(".srm-made")).to_contain_text(changes["stop doing"]["label"])
    expect(turn).to_be_focused()


def test_what_is_refused_stays_to_be_mended(show):
    builder = show("web-shop")
    field = row(builder, "shop site").locator("input").first
    field.fill("newsletter")
    field.press("Tab")
    expect(said(builder)).to_contain_text("Now already has a component called newsletter")
    expect(field).to_have_value("newsletter")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("news")
    field.press("Enter")
    expect(said(builder)).to_contain_text("is now news")
    field = row(builder, "of news").locator("input").first
    expect(field).not_to_have_attribute("aria-invalid", "true")
    field.fill("half a wo")
    field.press("Escape")
    expect(field).to_have_value("news")


@EACH
def test_no_plan_goes_unasked(show, lang):
    words = texts(lang)["build"]
    builder = show("web-shop", lang)
    builder.get_by_role("button", name=words["copy"]).click()
    question = builder.get_by_role("group", name=words["replace_which"])
    expect(question).to_be_focused()
    question.get_by_role("button", name=words["keep"]).click()
    expect(question).to_have_count(0)
    expect(said(builder)).to_have_text(words["kept"])
    expect(builder.get_by_role("button", name=words["copy"])).to_be_focused()
    builder.get_by_role("button", name=words["copy"]).click()
    b = texts(lang)["workload"]["plan_b"]
    question.get_by_role("button", name=words["replace"].format(plan=b)).click()
    expect(said(builder)).to_contain_text(words["replaced"].format(plans=b))
    expect(open_plan(builder)).to_contain_text(b)


def test_answers_come_in_the_order_of_what_was_asked(show):
    """Six clicks before the first answer: each is done, once."""
    builder = show("web-shop")
    builder.page.evaluate("document.querySelectorAll('.srm-cross').forEach(cross => cross.click())")
    expect(said(builder)).to_have_text("Removed from Now: backup server.")
    expect(builder.locator(".srm-cross")).to_have_count(0)
    undo = builder.get_by_role("button", name="Undo")
    undo.evaluate("button => { for (let n = 0; n < 6; n++) button.click(); }")
    expect(builder.locator(".srm-cross")).to_have_count(6)


@pytest.mark.parametrize(("lang", "theme"), [("en", "dark"), ("nl", "light")])
def test_it_is_named_and_fits_every_width(show, lang, theme):
    builder = show("web-shop", lang, theme)
    builder.get_by_role("button", name=texts(lang)["build"]["copy"]).click()
    builder.locator(".srm-comparing").get_by_role("radio").nth(1).click()
    expect(builder.locator(".srm-made caption")).to_have_count(2)
    assert violations(builder.page) == []
    for wide in (320, 390, 700, 1000, 1600):
        builder.page.set_viewport_size({"width": wide, "height": 768})
        over = builder.evaluate(
            """view => [...view.querySelectorAll(':is(.srm-files, .srm-head, .srm-comparing, tr) *')]
              .filter(one => one.getClientRects().length && !one.closest('thead, .srm-made, option'))
              .filter(one => one.getBoundingClientRect().right > innerWidth - 16
                || one.matches('button, label, p, b') && one.scrollWidth > one.clientWidth + 1)
              .map(one => one.outerHTML.slice(0, 120))"""
        )
        assert over == [], wide
        assert builder.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), wide


def test_pages_of_a_hundred(show):
    builder = show(many(250))
    expect(builder.locator("tbody").first.locator("tr")).to_have_count(100)
    builder.get_by_role("combobox", name="Page").focus()
    builder.get_by_role("combobox", name="Page").select_option("3")
    expect(builder.locator("tbody").first.locator("tr")).to_have_count(50)
    expect(builder.get_by_role("combobox", name="Page")).to_be_focused()
