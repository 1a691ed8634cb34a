"""The components to explore, move, sort and search, each alone in a page from a file."""

import re

import pytest
from playwright.sync_api import expect

import srm_data as srm
from srm_data.core.frames import as_matrix
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES, PARTIES
from srm_data.views import web
from srm_data.views.html import tables
from srm_data.views.search import find_rows, shown
from tests.browser import reach, violations
from tests.lessons import WidgetCell
from tests.play_views import LiveView
from tests.widgets.test_baseline_labs import TABLE

pytestmark = [pytest.mark.browser]

EACH = pytest.mark.parametrize("lang", LANGUAGES)
BROWSED = ["service", "feature", "supported", "enabled_by_default", "control_domain"]


@pytest.fixture
def show(one_page, tmp_path):
    """Open a page with views, and read that nothing failed in it."""
    one_page.faults.clear()
    one_page.asked.clear()

    def opened(*views, theme="light", wide=1000, high=768):
        one_page.set_viewport_size({"width": wide, "height": high})
        file = tmp_path / "page.html"
        elements = [web.element(view.tag, view.content, view.still.body) for view in views]
        file.write_text(web.demo(elements, theme), "utf-8")
        one_page.goto(file.as_uri())
        return one_page

    yield opened
    assert one_page.faults == []
    assert all(url.startswith(("file:", "blob:")) for url in one_page.asked)


@EACH
def test_every_column_is_lit_by_mouse_and_by_keyboard(show, lang):
    page = show(srm.explore("azure-2026", lang))
    cell = WidgetCell(0, "explore", ("azure-2026",), lang)
    live = LiveView(page, page.locator("main"), cell)
    states = cell.states("azure-2026")
    for state in states:
        live.click(state)
        lit = live.view.locator("td.touch:not(.dim)")
        letters = [texts(lang)["party"][p]["letter"] for p in srm.load_matrix("azure-2026")[state.chosen[0]]]
        assert [text[0] for text in lit.all_inner_texts()] == letters
        pressed = live.view.locator("thead button[aria-pressed=true]")
        expect(pressed).to_have_count(1)
    for state in reversed(states):
        live.press(state)


@EACH
def test_a_cell_opens_under_its_row_and_stays_when_the_column_changes(show, lang):
    page = show(srm.explore("azure-2026", lang))
    view = page.locator("srm-explore")
    cells = srm.load_cells("azure-2026", lang=lang).set_index(["area_id", "column_id"])
    row = view.locator(
        "tbody tr", has=page.locator("th", has_text=cells.loc["network-controls", "paas"]["area"])
    )
    row.locator("button").nth(2).click()
    strip = view.locator("tr.strip")
    for part in ("customer_part", "provider_part"):
        expect(strip).to_contain_text(cells.loc["network-controls", "paas"][part])
    assert row.evaluate("one => one.nextElementSibling.className") == "strip"
    expect(row.locator("button").nth(2)).to_have_attribute("aria-expanded", "true")
    view.locator("thead button").nth(3).click()
    expect(strip).to_have_count(1)
    expect(strip).not_to_contain_text(cells.loc["network-controls", "paas"]["customer_part"])
    expect(strip.locator("dl")).to_contain_text(texts(lang)["label"]["whole"])
    row.locator("button").nth(3).click()
    expect(strip).to_have_count(0)


def test_arrows_walk_the_cells_and_one_tab_leaves_them(show):
    page = show(srm.explore("azure-2026", "en"), srm.explore("gcp", "en"))
    first = page.locator("srm-explore").first
    reach(page, first.locator("[tabindex='0']"))
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "End", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    expect(first.locator("tbody tr").first.locator("button").nth(2)).to_be_focused()
    page.keyboard.press("Enter")
    expect(first.locator("tr.strip")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(first.locator("tr.strip")).to_have_count(0)
    page.keyboard.press("Tab")  # to the notes of the matrix, and on
    assert not page.evaluate("Boolean(document.activeElement.closest('table'))")


@EACH
def test_columns_stay_covered_until_they_are_asked_for(show, lang):
    page = show(srm.explore("azure-2026", lang, covered=True))
    view = page.locator("srm-explore")
    expect(view.locator("td", has_text="?")).to_have_count(40)
    expect(view.locator(".say")).to_have_text(texts(lang)["component"]["covered"])
    assert "Provider" not in view.locator("tbody").inner_text()
    view.locator("thead button").nth(1).click()
    expect(view.locator("td.dim")).to_have_count(0)
    expect(view.locator("td", has_text="?")).to_have_count(30)
    expect(view.locator("caption")).to_have_text(srm.words.model_title(as_matrix("azure-2026", lang), "IaaS"))


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_cells_of_another_party_move_unless_less_motion_is_asked_for(show, motion):
    page = show(srm.explore("azure-2026", "en"))
    page.emulate_media(reduced_motion=motion)
    moved = page.evaluate(
        """() => {
          document.querySelectorAll('thead button')[2].click();
          return document.getAnimations().map(({effect}) =>
            [effect.target.innerText.trim().slice(0, 1), effect.getTiming().duration]);
        }"""
    )
    page.emulate_media(reduced_motion="null")
    # from on-premises to PaaS two are shared and four go to the provider
    assert moved == ([] if motion == "reduce" else [["S", 200]] * 2 + [["P", 200]] * 4)


@EACH
def test_ten_rows_are_on_one_screen(show, lang):
    page = show(srm.explore("azure-2026", lang), wide=934)
    for c in range(4):
        page.locator("thead button").nth(c).click()
        assert page.locator("srm-explore").bounding_box()["height"] <= 620


@EACH
def test_a_move_regroups_the_rows(show, lang):
    page = show(srm.what_if("azure-2026", lang))
    cell = WidgetCell(0, "what_if", ("azure-2026",), lang)
    live = LiveView(page, page.locator("main"), cell)
    for state in cell.states("azure-2026"):
        live.click(state)
        compared = srm.compare("azure-2026", *state.chosen, lang=lang)["change"].dropna()
        rows = live.view.locator("tbody tr:not(.g)")
        assert sorted(rows.locator("th").all_inner_texts()) == sorted(
            srm.load_matrix("azure-2026", lang=lang).index
        )
        found = page.evaluate(
            """() => [...document.querySelectorAll('tbody')].flatMap(body => [...body.rows]
              .filter(row => !row.matches('.g')).map(row => [row.cells[0].innerText,
                body.querySelector('.g')?.innerText.split(' · ')[0] ?? '']))"""
        )
        labels = {said["word"]: said["label"] for said in texts(lang)["change"].values()}
        assert dict(found) | {area: labels[word] for area, word in compared.items()} == dict(found)
    live.press(cell.states("azure-2026")[6])


@EACH
def test_a_chip_leaves_one_group_and_the_sentence_is_copied(show, lang):
    page = show(srm.what_if("azure-2026", lang))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    view, words = page.locator("srm-what-if"), texts(lang)
    chip = view.get_by_role("button", name=re.compile(words["change"]["now shared"]["label"]))
    chip.click()
    expect(view.locator("tbody")).to_have_count(1)
    expect(view.locator("tbody tr:not(.g)")).to_have_count(2)
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(chip).to_be_focused()
    chip.click()
    expect(view.locator("tbody tr:not(.g)")).to_have_count(10)
    view.get_by_role("button", name=words["component"]["copy"]).click()
    expect(view.get_by_role("status")).to_have_text(words["component"]["copied"])
    wanted = srm.words.what_if("azure-2026", "iaas", "paas", lang)
    assert page.evaluate("navigator.clipboard.readText()") == wanted


# Tables to choose, sort and filter


def column(page, n):
    return (
        page.locator("tbody")
        .first.locator("tr:visible")
        .locator(f":scope > :nth-child({n})")
        .all_inner_texts()
    )


@EACH
def test_headings_sort_as_the_tables_do(show, lang):
    page = show(srm.on_by_default(lang))
    baselines = srm.load_baselines("v3.0", lang)
    for n, sort in enumerate(tables.DEFAULT_SORTS):
        if n:
            page.locator("thead button").nth(n).click()
        wanted = tables.on_by_default(baselines, sort=sort, lang=lang).content.tables[0]
        expect(page.locator("thead th").nth(n)).to_have_attribute("aria-sort", tables.DEFAULT_SORTS[sort])
        values = column(page, n + 1)
        assert [value.strip() for value in values] == [row[n].text for row in wanted.rows[1:]]
        expect(page.locator("[aria-sort]")).to_have_count(1)
    page.locator("thead button").nth(3).click()
    expect(page.locator("thead th").nth(3)).to_have_attribute("aria-sort", "ascending")


@EACH
def test_a_filter_leaves_the_services_of_an_answer(show, lang):
    page = show(srm.who_patches(lang))
    old = srm.load_baselines("v1.1", lang)
    for party in (*PARTIES, "n/a"):
        label = (
            texts(lang)["party"][party]["label"]
            if party in PARTIES
            else texts(lang)["not_applicable"]["label"]
        )
        page.get_by_role("radio", name=label, exact=True).click()
        wanted = tables.who_patches(old, party, lang=lang).content.tables[0].rows[1:]
        assert column(page, 1) == [row[0].text for row in wanted]
        told = texts(lang)["rows"]["found"].format(n=len(wanted), all=64)
        expect(page.get_by_role("status")).to_have_text(told)
    page.get_by_role("radio", name=texts(lang)["lab"]["all"], exact=True).click()
    page.locator("thead button").nth(1).click()
    wanted = tables.who_patches(old, sort="model", lang=lang).content.tables[0].rows[1:]
    assert column(page, 2) == [row[1].text for row in wanted]


@EACH
def test_a_choice_shows_another_table(show, lang):
    page = show(srm.lose_the_os(lang))
    for access in ("none", "read-only", "full"):
        page.get_by_role("radio", name=texts(lang)["host_access"][access], exact=True).click()
        expect(page.locator("tr.lit th")).to_contain_text(texts(lang)["host_access"][access])
    topics = srm.explore_topics(["azure-2026", "gcp"], lang)
    page = show(topics)
    page.get_by_role("combobox").select_option(index=3)
    expect(page.locator("caption").first).to_contain_text(topics.content["pick"]["options"][3])


# Search


@pytest.mark.parametrize(
    "search", ["", "SQL", "yes shared", "shared STOR", "storage sql", "img src", ".*", "("]
)
def test_a_search_finds_what_the_table_holds(show, search):
    page = show(srm.browse(TABLE, "en"))
    page.get_by_role("searchbox").fill(search)
    found = find_rows(TABLE, search, lang="en")
    assert column(page, 1) == found["name"].tolist()
    expect(page.get_by_role("status")).to_contain_text(f"{len(found)} of 4 rows.")
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("name", TABLE)
def test_rows_are_sorted_by_a_heading_and_what_is_missing_comes_last(show, name):
    page = show(srm.browse(TABLE, "en"))
    n = [*TABLE].index(name)
    for turned in (False, True):
        page.locator("thead button").nth(n).click()
        wanted = find_rows(TABLE, "", name, turned, "en")
        assert column(page, n + 1) == [shown(value, "en", name) for value in wanted[name]]
        way = "descending" if turned else "ascending"
        expect(page.locator("thead th").nth(n)).to_have_attribute("aria-sort", way)


@EACH
def test_a_long_table_is_leafed_by_keyboard(show, lang):
    table = srm.load_baselines("v3.0", lang)[BROWSED]
    page = show(srm.browse(table, lang))
    words, thousand = texts(lang)["rows"], texts(lang)["thousands"]
    status = page.get_by_role("status")
    reach(page, page.get_by_role("searchbox"))
    page.keyboard.type("storage backup")
    expect(status).to_have_text(
        words["found"].format(n=len(find_rows(table, "storage backup", lang=lang)), all=f"4{thousand}141")
    )
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    reach(page, page.get_by_role("button", name=words["on"]))
    page.keyboard.press("Enter")
    told = words["found"].format(n=f"4{thousand}141", all=f"4{thousand}141")
    expect(status).to_have_text(f"{told} {words['page'].format(page=2, pages=42)}")
    assert column(page, 2)[0] == shown(table.iloc[100]["feature"], lang)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # before the first page there is none
    expect(status).to_have_text(f"{told} {words['page'].format(page=1, pages=42)}")


# All of them


VIEWS = {
    "explore": lambda lang: srm.explore(["azure-2026", "managed-hsm"], lang),
    "covered": lambda lang: srm.explore("azure-2026", lang, covered=True),
    "what_if": lambda lang: srm.what_if(["azure-2026", "aws-rds"], lang),
    "topics": lambda lang: srm.explore_topics(["azure-2026", "gcp"], lang),
    "on_by_default": srm.on_by_default,
    "who_patches": srm.who_patches,
    "lose_the_os": srm.lose_the_os,
    "browse": lambda lang: srm.browse(srm.load_services(lang).reset_index()[["service", "model"]], lang),
}


@pytest.mark.parametrize(("theme", "lang"), [("light", "en"), ("dark", "nl")])
def test_they_can_be_read_by_everybody(show, theme, lang):
    page = show(*(make(lang) for make in VIEWS.values()), theme=theme)
    assert violations(page) == []
    for view in page.locator("srm-explore").all():
        view.locator("thead button").last.click()
        view.locator("td.touch button").first.click()
    assert violations(page) == []
    unguarded = page.evaluate(
        """() => [...document.querySelectorAll('button, select, input, summary, a, [tabindex]')]
          .filter(one => one.dataset.lmSuppressShortcuts !== 'true').map(one => one.outerHTML)"""
    )
    assert unguarded == []


#: What is wider than its box; headings that are for a screen reader alone have a box of one pixel.
CUT_OFF = """() => {
  const hidden = [...document.querySelectorAll('thead, thead th')].filter(
    one => getComputedStyle(one).clipPath !== 'none');
  return [...document.querySelectorAll('th, td, button, select, li, p, h3')].filter(one =>
    one.checkVisibility() && one.scrollWidth > one.clientWidth + 1
    && getComputedStyle(one).display !== 'inline' && !one.closest('.wide, .vh')
    && !hidden.some(head => head.contains(one))
  ).map(one => `${one.tagName} ${one.textContent.slice(0, 40)}`);
}"""


@EACH
@pytest.mark.parametrize("name", VIEWS)
def test_no_word_is_cut_off_from_a_phone_to_a_projector(show, name, lang):
    page = show(VIEWS[name](lang))
    for wide in (320, 390, 480, 560, 640, 768, 934, 1200, 1600):
        page.set_viewport_size({"width": wide, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, wide
        assert page.evaluate(CUT_OFF) == [], wide


def test_roles_and_names_are_spoken(show):
    page = show(srm.what_if("azure-2026", "en"))
    snapshot = page.locator("srm-what-if").aria_snapshot()
    assert '- radiogroup "From":' in snapshot
    assert '- radio "IaaS" [checked]' in snapshot
    assert '- radiogroup "To":' in snapshot
    assert "- status" in snapshot
    page = show(srm.explore("azure-2026", "en"))
    snapshot = page.locator("srm-explore").aria_snapshot()
    assert '- button "On-premises your own server room" [pressed]' in snapshot
    assert re.search(r'- rowheader "Client devices"', snapshot)
    assert re.search(r'- button "S Shared ?\? Disputed"', snapshot)
