"""The components to explore, move, sort and search, each alone in a page from a file."""

import html
import json
import re

import pytest
from playwright.sync_api import expect

import srm_data as srm
from srm_data.core.frames import as_matrix
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES, PARTIES
from srm_data.learning import hand_in_facts, progress_file
from srm_data.learning.questions import question_bank
from srm_data.views import web
from srm_data.views.figures.picture import FORMATS
from srm_data.views.figures.text_fit import measure
from srm_data.views.html import tables
from srm_data.views.palette import THEMES
from srm_data.views.search import find_rows, shown
from tests.browser import reach, violations
from tests.lessons import WidgetCell
from tests.play_forms import Host
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
def test_two_letters_only_where_another_is_accountable(show, lang):
    """Whoever cannot see the letters hears them in words."""
    matrix = as_matrix("azure-ai-agent", lang)
    words = texts(lang)
    said = [
        f"{words['party'][cell.does]['letter']}/{words['party'][cell.accountable]['letter']} "
        + words["label"]["roles_told"].format(
            does=words["party"][cell.does]["who"], accountable=words["party"][cell.accountable]["who"]
        )
        for _, _, cell in matrix.walk()
        if cell.does != cell.accountable
    ]
    assert 0 < len(said) < len(matrix.cells)
    page = show(srm.explore("azure-ai-agent", lang))
    assert page.locator("td b.roles").all_text_contents() == said
    assert page.locator("ul.legend").first.text_content().count(words["label"]["roles"]) == 1
    page = show(srm.explore("azure-2026", lang))
    expect(page.locator("td").first).to_be_visible()
    assert page.locator("b.roles").count() == 0
    assert words["label"]["roles"] not in page.locator("body").text_content()


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
    expect(view.locator("caption")).to_have_text(srm.words.question("matrix", lang))
    assert {text.split()[0] for text in view.locator("td").all_inner_texts()} == {"?"}
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


# Forms, with the Python behind them that keeps, writes and draws


@pytest.fixture
def host(one_page, tmp_path, work):
    """Opens a page with a view and its kernel, and reads that nothing failed in it."""
    one_page.faults.clear()
    one_page.asked.clear()
    yield Host(one_page, tmp_path / "page.html")
    assert one_page.faults == []
    assert all(url.startswith(("file:", "data:", "blob:")) for url in one_page.asked)


#: A browser that lets no page copy a picture.
REFUSES = "() => { navigator.clipboard.write = () => Promise.reject(new Error('no')); }"


def kept(work):
    """What is on the disk of a form."""
    file = work / "progress.json"
    return json.loads(file.read_text("utf-8"))["work"]["hand-in"] if file.exists() else {}


@EACH
def test_a_form_keeps_what_is_typed_and_writes_it(host, work, lang):
    view = srm.hand_in(lang=lang)
    form, page, words = host.show(view), host.page, texts(lang)["hand_in"]
    status = form.get_by_role("status")
    box = form.get_by_role("textbox", name=words["key_terms"], exact=True)
    expect(box).to_have_accessible_description(words["ask_key_terms"])
    reach(page, box)
    page.keyboard.type("dd xx")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("<b>more</b>")
    assert page.evaluate("sent") == []
    expect(status).to_have_text(texts(lang)["progress"]["kept"].format(file="progress.json"))
    assert kept(work)["key_terms"] == "dd xx\n<b>more</b>"
    assert kept(work).keys() == {"key_terms", "when"}, "only what was typed is kept"
    reach(page, form.get_by_role("combobox", name=words["figure"], exact=True))
    page.keyboard.press("Home")  # the whole table
    reach(page, form.get_by_role("textbox", name=words["result"], exact=True))
    page.keyboard.type("typed at the very last")
    check = form.get_by_role("checkbox", name=words["replace"], exact=True)
    for name in (f"hand-in-{lang}", f"hand-in-{lang}-2"):
        reach(page, check)
        page.keyboard.press("Space")
        reach(page, form.get_by_role("button", name=words["write"], exact=True))
        page.keyboard.press("Enter")
        expect(status).to_contain_text(f"{name}.pdf")
        expect(form.get_by_role("button")).to_be_focused()
    assert page.evaluate("sent.filter(one => one.do === 'write').map(one => one.replace)") == [True, False]
    written = (work / f"hand-in-{lang}.md").read_text("utf-8")
    assert "typed at the very last" in written
    assert srm.figures.matrix("azure-2026", lang).alt in html.unescape(
        (work / f"hand-in-{lang}.html").read_text("utf-8")
    )
    assert kept(work)["figure"] == "matrix"
    assert form.locator("b").count() == 0, "what is typed stays text"


def test_a_page_has_what_was_typed_a_moment_before_and_a_double_click_writes_once(host, work):
    form = host.show(srm.hand_in(lang="en"))
    form.get_by_role("textbox", name="Result").press_sequentially("at the last moment")
    form.get_by_role("button").dblclick()
    expect(form.get_by_role("status")).to_contain_text("hand-in-en.md")
    assert "at the last moment" in (work / "hand-in-en.md").read_text("utf-8")
    assert [one["kind"] for one in host.page.evaluate("sent")] == ["work", "ask"]


def test_two_views_of_a_form_follow_each_other(host):
    view = srm.hand_in("Kim", lang="en")
    host.show(view)
    second, first = host.again(), host.page.locator("srm-hand-in").first
    name = "Your name"
    expect(second.get_by_role("textbox", name=name)).to_have_value("Kim")
    first.get_by_role("textbox", name=name).fill("Sanne")
    first.get_by_role("combobox").focus()
    first.get_by_role("combobox").select_option("split")
    expect(first.get_by_role("status")).to_have_text("Kept in progress.json.")
    kept = "({name, figure}) => name === 'Sanne' && figure === 'split'"
    host.page.wait_for_function(f"({kept})(document.querySelector('srm-hand-in').answers)")
    tell = "answers => { document.querySelectorAll('srm-hand-in')[1].answers = answers; }"
    host.page.evaluate(tell, view.answers)  # in a notebook both are told of one model
    expect(second.get_by_role("textbox", name=name)).to_have_value("Sanne")
    expect(second.get_by_role("combobox")).to_have_value("split")
    host.page.evaluate(tell, view.answers | {"figure": "a circle"})
    expect(second.get_by_role("combobox")).to_have_value("what_if")


@EACH
def test_a_form_that_cannot_write_says_so_and_loses_nothing(host, work, lang):
    work.write_text("a file where the folder should be")
    form = host.show(srm.hand_in(lang=lang))
    box = form.get_by_role("textbox").last
    box.fill("own words")
    form.get_by_role("button").click()
    said = texts(lang)["hand_in"]["unwritable"].format(folder=work, reason="File exists")
    expect(form.get_by_role("status")).to_have_text(said)
    expect(box).to_have_value("own words")


def test_a_form_without_a_kernel_is_to_look_at(show):
    page = show(srm.hand_in(lang="en"))
    for one in page.locator("srm-hand-in").locator("input, textarea, select, button").all():
        expect(one).to_be_disabled()
    page = show(srm.pick_figure(lang="en"))
    expect(page.locator("srm-figure-picker svg title")).to_have_text(
        srm.figures.matrix("azure-2026", "en").heading
    )
    expect(page.locator("srm-figure-picker button")).to_have_count(0)


@EACH
def test_a_picker_draws_what_is_chosen_by_keyboard(host, lang):
    words = texts(lang)["pick"]
    picker, page = host.show(srm.pick_figure(lang=lang)), host.page
    title = picker.locator(".srm-preview svg title")
    expect(title).to_have_text(srm.figures.matrix("azure-2026", lang).heading)
    which = picker.get_by_role("combobox", name=words["about"], exact=True)
    expect(which).to_be_hidden()
    kind = picker.get_by_role("combobox", name=words["kind"], exact=True)
    reach(page, kind)
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    move = srm.figures.what_if("azure-2026", "on-premises", "iaas", lang)
    expect(title).to_have_text(move.heading)
    expect(kind).to_be_focused()
    expect(which).to_be_visible()
    theme = picker.get_by_role("radiogroup", name=words["theme"], exact=True)
    reach(page, theme.get_by_role("radio").first)
    page.keyboard.press("ArrowRight")
    dark = picker.locator(".srm-preview[aria-busy=false] svg rect").first
    expect(theme.get_by_role("radio").nth(1)).to_be_focused()
    expect(theme.get_by_role("radio").nth(1)).to_be_checked()
    expect(dark).to_have_attribute("style", re.compile(THEMES["dark"].ground))
    step = picker.get_by_role("combobox", name=words["step"], exact=True)
    assert step.locator("option").all_inner_texts() == [
        words["whole"],
        words["empty"],
        words["after_step"].format(n=1),
    ]
    kind.select_option("ladder")
    expect(which).to_be_hidden()
    expect(title).to_have_text(srm.figures.ladder("azure-2026", lang).heading)


_TEXTS = """async picker => {
  await document.fonts.ready;
  return [...picker.querySelectorAll('.srm-preview text')].map(text => {
    text.removeAttribute('textLength');
    return text.getComputedTextLength();
  });
}"""


@EACH
def test_a_picker_previews_in_the_typeface_of_the_kit(host, lang):
    """With nothing that holds them, the letters are as wide as they were measured, after each choice too."""
    picker = host.show(srm.pick_figure(lang=lang))
    for kind, drawn in (("matrix", srm.figures.matrix), ("ladder", srm.figures.ladder)):
        picture = drawn("azure-2026", lang)
        picker.get_by_role("combobox", name=texts(lang)["pick"]["kind"], exact=True).select_option(kind)
        expect(picker.locator(".srm-preview svg title")).to_have_text(picture.heading)
        wanted = [measure(text.text, text.size, bold=text.bold) for text in picture.texts()]
        assert picker.evaluate(_TEXTS) == pytest.approx(wanted, rel=0.003, abs=0.5)


@EACH
@pytest.mark.parametrize(("wide", "high"), [(1366, 768), (390, 844)])
def test_a_picker_says_what_became_of_it_where_the_click_was(host, work, lang, wide, high):
    """Each button is pressed where it stands last in the window, below a long page."""
    words = texts(lang)["pick"]
    picker, page = host.show(srm.pick_figure(lang=lang), wide=wide, high=high), host.page
    page.evaluate("document.querySelector('main').style.paddingTop = '1500px'")
    status = picker.get_by_role("status")
    saved = {
        end: words["saved"].format(file=f"azure-2026-matrix.{end}", folder=work / "figures")
        for end in FORMATS
    }
    steps = words["saved_steps"].format(n=5, folder=work / "figures")
    for name, said in [*((end.upper(), line) for end, line in saved.items()), (words["steps"], steps)]:
        button = picker.get_by_role("button", name=name, exact=True)
        button.evaluate("button => button.scrollIntoView({block: 'end'})")
        button.click()
        expect(status).to_have_text(said)
        seen, pressed = status.bounding_box(), button.bounding_box()
        assert 0 <= seen["y"] <= high - seen["height"], name
        assert 0 <= pressed["y"] <= high - pressed["height"], name
        assert 0 <= seen["y"] - pressed["y"] - pressed["height"] < 120, name  # at most two rows of buttons
        assert seen["x"] + seen["width"] <= wide


def test_a_picker_asks_for_one_drawing_at_a_time_and_the_last_one_counts(host):
    picker, page = host.show(srm.pick_figure(lang="en")), host.page
    page.evaluate(
        """async () => {
          const pick = document.querySelectorAll('select')[1];
          for (const kind of ['split', 'model', 'what-if', 'ladder']) {
            pick.value = kind;
            pick.dispatchEvent(new Event('change'));
          }
        }"""
    )
    expect(picker.locator(".srm-preview svg title")).to_have_text(
        srm.figures.ladder("azure-2026", "en").heading
    )
    assert page.evaluate("sent.map(one => one.chosen.kind)") == ["split", "ladder"]
    expect(picker.locator(".srm-preview")).to_have_attribute("aria-busy", "false")


@EACH
def test_a_picker_says_what_it_saved_above_the_picture(host, work, lang):
    picker = host.show(srm.pick_figure(lang=lang))
    words, status = texts(lang)["pick"], picker.get_by_role("status")
    folder = work / "figures"
    for ending in ("svg", "png", "pdf"):
        button = picker.get_by_role("button", name=ending.upper(), exact=True)
        reach(host.page, button)
        host.page.keyboard.press("Enter")
        expect(status).to_have_text(words["saved"].format(file=f"azure-2026-matrix.{ending}", folder=folder))
        expect(button).to_be_focused()
        assert (folder / f"azure-2026-matrix.{ending}").exists()
    picker.get_by_role("button", name=words["steps"], exact=True).click()
    expect(status).to_have_text(words["saved_steps"].format(n=5, folder=folder))
    said, seen = status.bounding_box(), picker.locator(".srm-preview").bounding_box()
    assert said["y"] + said["height"] <= seen["y"]


@EACH
def test_where_a_page_may_not_copy_the_picture_is_offered(host, lang):
    picker, words = host.show(srm.pick_figure(lang=lang)), texts(lang)["pick"]
    offered = picker.locator("figure img")
    expect(offered).to_have_count(0)
    host.page.evaluate(REFUSES)
    picker.get_by_role("button", name=words["copy"], exact=True).click()
    expect(offered).to_be_visible()
    picture = srm.figures.matrix("azure-2026", lang)
    expect(offered).to_have_attribute("alt", f"{picture.heading}. {picture.alt}")
    assert offered.evaluate("async one => { await one.decode(); return one.naturalWidth; }") == 1920
    expect(picker.get_by_role("status")).to_have_text(words["not_copied"])
    picker.get_by_role("radio", name="4:3").click()
    expect(offered).to_be_hidden()


FORMS = {"hand_in": srm.hand_in, "pick_figure": srm.pick_figure}


def play(form, host):
    """Type, tick and write, or choose, save and copy."""
    if form.locator("textarea").count():
        for box in form.get_by_role("textbox").all():
            box.fill("own words " * 20)
        form.get_by_role("checkbox").check()
        form.get_by_role("button").click()
        expect(form.get_by_role("status")).to_contain_text("hand-in")
        return
    form.get_by_role("combobox").nth(1).select_option("topic")
    expect(form.locator(".srm-preview[aria-busy=false]")).to_have_count(1)
    host.page.evaluate(REFUSES)
    form.get_by_role("button").last.click()
    expect(form.locator("figure img")).to_be_visible()


@pytest.mark.parametrize(("theme", "lang"), [("light", "en"), ("dark", "nl")])
@pytest.mark.parametrize("name", FORMS)
def test_forms_can_be_read_by_everybody_at_every_width(host, name, theme, lang):
    for question in question_bank(lang)[:3]:
        bet_wrong(question)
    form = host.show(FORMS[name](lang=lang), theme)
    assert violations(host.page) == []
    play(form, host)
    assert violations(host.page) == []
    kept_away = "all => all.every(one => one.dataset.lmSuppressShortcuts === 'true')"
    assert form.locator("button, select, input, textarea, [tabindex]").evaluate_all(kept_away)
    for wide in (320, 390, 480, 560, 683, 768, 934, 1200, 1366, 1600):
        host.page.set_viewport_size({"width": wide, "height": 800})
        assert host.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, wide
        assert host.page.evaluate(CUT_OFF) == [], wide


def test_roles_and_names_of_forms_are_spoken(host):
    made = bet_wrong(question_bank("en")[0])
    snapshot = host.show(srm.hand_in(lang="en")).aria_snapshot()
    for name in ("Your name", "Key terms", "Assignment", "Sources used", "Difficulties met", "Result"):
        assert f'- textbox "{name}"' in snapshot
    assert '- combobox "Figure"' in snapshot
    assert '- checkbox "Replace the files I wrote before"' in snapshot
    assert '- button "Write my page"' in snapshot
    assert "- listitem" in snapshot
    assert made in snapshot.replace('\\"', '"')
    snapshot = host.show(srm.pick_figure(lang="en")).aria_snapshot()
    for name in ("Matrix", "Figure", "Filled in"):
        assert f'- combobox "{name}"' in snapshot
    assert '- radio "English" [checked]' in snapshot
    for name in ("Language", "Theme", "Shape"):
        assert f'- radiogroup "{name}"' in snapshot
    assert '- group "Save as"' in snapshot
    assert '- button "Copy"' in snapshot
    assert "- status" in snapshot
    assert 'img "3 of 10 areas stay with the customer in every column' in snapshot


def bet_wrong(question):
    """Bet wrong on a question; the sentence of it."""
    wrong = next(option for option in question.options if not question.accepts(option.key))
    progress_file.record("bets", question.id, answer=wrong.key)
    return hand_in_facts.wrong_bet(question, wrong.key)
