"""The site as a reader meets it: from a file, from a web server, on a phone, a laptop and a projector."""

import functools
import gzip
import http.server
import io
import json
import re
import threading
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pandas as pd
import pytest
from playwright.sync_api import expect

from srm_data import __main__ as command
from srm_data.core.glossary import glossary_terms
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.files.paths import DATA
from srm_data.publishing.site import build as maker
from srm_data.publishing.site.build import build_site
from srm_data.publishing.site.folder import MANIFEST, SiteError
from tests.browser import violations
from tests.data.test_data import rows
from tests.lessons import (
    LESSONS,
    NOTEBOOKS,
    ROOT,
    bet_cells,
    cells,
    every_other,
    find,
    plain,
    read,
    widget_cells,
)
from tests.play import Stepper
from tests.play_views import operate

SIZES = {"phone": (390, 844), "laptop": (1366, 768), "projector": (1920, 1080)}
OTHERS = [
    f"{lang}/{name}.html"
    for lang in LANGUAGES
    for name in ("index", "tables", "figures", "data", "teachers", "glossary", "guide")
]
MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def site(tmp_path_factory, chromium, lesson_runs):
    """The whole site, both languages, with handouts."""
    out = tmp_path_factory.mktemp("made") / "site"
    made = build_site(out, LANGUAGES, run=lesson_runs)
    assert sorted(made) == sorted(path for path in out.rglob("*") if path.is_file())
    assert [path for path in out.parent.iterdir() if path != out] == []
    return out


@pytest.fixture
def small(tmp_path):
    """A call that makes the smallest site there is: a glossary has no cell to run, and no handout."""
    page = NOTEBOOKS / "glossary_nl.ipynb"
    return functools.partial(build_site, tmp_path / "site", ["nl"], pdf=False, pages=[page])


class Addresses(HTMLParser):
    """What a page links to and what it loads, and the places in it that can be linked to."""

    def __init__(self, text):
        super().__init__()
        self.links, self.loads, self.ids = [], [], set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.ids.add(attributes.get("id"))
        if tag == "a":
            self.links.append(attributes.get("href", ""))
        elif tag in ("script", "img", "iframe", "source"):
            self.loads += filter(None, [attributes.get("src")])
        elif tag == "link":
            self.loads.append(attributes["href"])


# The files.


def test_every_lesson_is_there_in_both_languages(site):
    for path in LESSONS:
        assert (site / path).with_suffix(".html").is_file()
        assert (site / path[:2] / "handouts" / path[3:]).with_suffix(".pdf").is_file()
    assert [page for page in OTHERS if not (site / page).is_file()] == []


def test_every_link_leads_somewhere_and_nothing_is_fetched_from_outside(site):
    read = {page: Addresses(page.read_text("utf-8")) for page in site.rglob("*.html")}
    assert len(read) >= len(LESSONS) + len(OTHERS) + 1
    for page, found in read.items():
        for address in found.links + found.loads:
            parts = urlsplit(address)
            if parts.scheme:
                assert parts.scheme == "https", address
                assert address in found.links, f"{page} fetches {address}"
                continue
            assert not address.startswith("/"), f"{page}: {address}"
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            assert target.is_file(), f"{page}: {address}"
            assert target.is_relative_to(site), address
            if parts.fragment and target.suffix == ".html":
                assert {parts.fragment, unquote(parts.fragment)} & read[target].ids, f"{page}: {address}"
    css = (site / "assets" / "site.css").read_text("utf-8")
    assert {
        url for url in re.findall(r"url\(([^)]*)\)", css) if not (site / "assets" / url).is_file()
    } == set()
    assert "@import" not in css


def test_no_page_is_heavy(site):
    """With all that it loads, and nothing packed: half a megabyte at most for a lesson."""
    fonts = sum(file.stat().st_size for file in (site / "assets").rglob("*.ttf"))
    for page in site.rglob("*.html"):
        loads = [page, *(page.parent / one for one in Addresses(page.read_text("utf-8")).loads)]
        now = [file for file in loads if file.suffix != ".png"]  # pictures come as one scrolls
        weight = fonts + sum(file.stat().st_size for file in now)
        lesson = page.relative_to(site).with_suffix(".ipynb").as_posix() in LESSONS
        assert weight <= (0.5 if lesson else 1.5) * MEGABYTE, page


def test_pages_say_nothing_of_this_machine(site):
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        assert str(ROOT) not in text
        assert "/tmp/" not in text
        assert ".ipynb" not in re.sub(r"<script type=.*?</script>", "", text, flags=re.S)


def test_every_committed_figure_can_be_downloaded(site):
    for lang in LANGUAGES:
        gallery = Addresses((site / lang / "figures.html").read_text("utf-8"))
        for path in (ROOT / "figures" / lang).rglob("[!.]*.*"):
            name = path.relative_to(ROOT / "figures" / lang)
            assert (site / "figures" / lang / name).read_bytes() == path.read_bytes()
            if path.suffix in (".svg", ".png", ".pdf"):
                assert f"../figures/{lang}/{name.as_posix()}" in gallery.links


def test_the_data_are_plain_csv_with_their_package(site):
    package = json.loads((site / "data" / "datapackage.json").read_text("utf-8"))
    original = json.loads((DATA / "datapackage.json").read_text("utf-8"))
    assert len(package["resources"]) == len(original["resources"])
    for here, there in zip(package["resources"], original["resources"], strict=True):
        content = (DATA / there["path"]).read_bytes()
        content = gzip.decompress(content) if there["path"].endswith(".gz") else content
        assert (site / "data" / here["path"]).read_bytes() == content
        assert here["path"].endswith(".csv")
        assert list(pd.read_csv(io.BytesIO(content), dtype=str)) == [
            f["name"] for f in here["schema"]["fields"]
        ]
    assert "CC BY 4.0" in (site / "data" / "LICENCES.md").read_text("utf-8")
    assert "OFL.txt" in {path.name for path in (site / "assets").rglob("*")}


def test_the_landing_page_says_what_each_lesson_asks(site):
    for lang in LANGUAGES:
        page, at = plain((site / lang / "index.html").read_text("utf-8")), 0
        for row in rows("lessons"):  # in the order of the table
            for words in (row[f"short_{lang}"], f"{row['minutes']} minut", row[f"question_{lang}"]):
                at = page.index(words.replace("*", ""), at)


def test_a_site_without_files_for_teachers_says_how_to_get_them(site):
    assert not (site / "teachers").exists()
    for lang in LANGUAGES:
        page = (site / lang / "teachers.html").read_text("utf-8")
        assert "python3 kit.py site --teachers" in page
        assert page.count('href="handouts/') == len([path for path in LESSONS if path.startswith(lang)])
        assert "../teachers/" not in page


# The lessons in a browser.


@pytest.fixture
def page(one_page):
    """One page for all of these, which keeps the scripts that it has read: every test begins afresh in it."""
    one_page.emulate_media(color_scheme="null")
    one_page.set_viewport_size(dict(zip(("width", "height"), SIZES["laptop"], strict=True)))
    one_page.evaluate("location.protocol === 'about:' || localStorage.clear()")
    one_page.asked.clear()
    one_page.faults.clear()
    return one_page


def assert_bet_reveals(page, path):
    """The first question of a lesson stays closed until it is answered and asked for, and then says why.

    Until then it says that how sure one is is missing.
    """
    first = bet_cells(path)[0]
    question = first.rounds[0][0]
    stepper = Stepper(page.locator(".jp-CodeCell").nth(first.index).locator("srm-bet"), path[:2])
    stepper.answers.nth(1).click()
    expect(stepper.result).to_have_count(0)
    stepper.show.click()
    expect(stepper.told).to_have_text(stepper.words["missing_sure"])
    expect(stepper.result).to_have_count(0)
    stepper.sures.nth(2).click()
    stepper.show.click()
    stepper.expect_result(question, question.options[1].key)
    expect(stepper.element.locator(".srm-said")).to_have_text(texts(path[:2])["site"]["memory"]["kept"])


def assert_fits(page):
    """No size scrolls sideways; the last one is that of a phone."""
    for name, (width, height) in reversed(SIZES.items()):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name


def scheme(path):
    """Axe-core takes seconds on a long page, and the two languages are built alike: each in one theme."""
    return "light" if path.startswith("en/") else "dark"


def assert_reads(page, scheme):
    """Axe-core has nothing against the page in light or in dark, as it stands."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(
        "light => document.documentElement.dataset.jpThemeLight === light",
        arg=str(scheme == "light").lower(),
    )
    assert violations(page, whole=True) == []


def assert_asks_only(page, start):
    asked = [url for url in page.asked if not url.startswith(("data:", "blob:"))]
    assert [url for url in asked if not url.startswith(start)] == []
    assert page.faults == []


def few_of_many():
    """The widgets of each lesson in one language; of a kind that chooses among many, the last there is.

    JupyterLab moves all of them, and what links them there and here is the same.
    """
    here = {path: widget_cells(path) for path in every_other("en")}
    many = {cell.kind: (path, cell) for path in here for cell in here[path] if len(cell.matrices) > 1}
    return {
        path: [cell for cell in found if len(cell.matrices) == 1 or many[cell.kind] == (path, cell)]
        for path, found in here.items()
    }


OPERATED = few_of_many()


def assert_words_are_explained(page, lang):
    """Each link to the glossary shows what its word means, in the language of the lesson."""
    meanings = {term.meaning for term in glossary_terms(lang)}
    links = page.locator(".prose a[href*='glossary.html#']:visible")
    assert links.count() > 0
    for link in links.all():
        link.focus()
        assert page.get_by_role("tooltip").inner_text() in meanings
    link.blur()
    expect(page.get_by_role("tooltip")).to_have_count(0)


@pytest.mark.browser
@pytest.mark.parametrize("path", LESSONS)
def test_a_lesson_works_from_a_file(page, site, path):
    page.goto((site / path).with_suffix(".html").as_uri())
    page.locator(".jp-CodeCell srm-bet .srm-cards").first.wait_for()
    assert page.locator(".jp-CodeCell").count() == len(cells(path, "code"))
    assert_fits(page)
    # Each lesson is read in one language as it opens and in the other one when it has been used.
    if path in every_other("nl"):
        assert_reads(page, scheme(path))
    page.set_viewport_size(dict(zip(("width", "height"), SIZES["laptop"], strict=True)))
    for cell in OPERATED.get(path, ()):
        operate(page, page.locator(".jp-CodeCell").nth(cell.index), cell, arrive=lambda: None)
    assert_words_are_explained(page, path[:2])
    assert_bet_reveals(page, path)
    if path in every_other("en"):
        page.set_viewport_size(dict(zip(("width", "height"), SIZES["phone"], strict=True)))
        assert_reads(page, scheme(path))
    assert_asks_only(page, site.as_uri())


def assert_works_without_the_server(page, server, address):
    """What a browser keeps of a site on the web is all its pages, and it can be installed."""
    link = page.locator("link[rel=manifest]").get_attribute("href")
    told = page.request.get(link).json()
    assert page.request.get(f"{address}/{told['start_url']}").ok
    assert all(page.request.get(f"{address}/{icon['src']}").ok for icon in told["icons"])
    page.wait_for_function("navigator.serviceWorker.controller")
    server.shutdown()
    server.server_close()
    page.goto(f"{address}/nl/05_stack_is_not_matrix.html?from=elsewhere")
    page.locator(".jp-CodeCell srm-bet .srm-cards").first.wait_for()
    page.goto(f"{address}/en/")
    expect(search(page, "netw").first).to_be_visible()


@pytest.mark.browser
def test_a_lesson_works_on_a_web_server(page, site):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *words):
            pass

    serve = functools.partial(Quiet, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        page.set_viewport_size(dict(zip(("width", "height"), SIZES["phone"], strict=True)))
        page.goto(f"{address}/")
        page.get_by_role("link", name="Nederlands").click()
        page.get_by_role("link", name=re.compile("Wie is verantwoordelijk")).first.click()
        page.locator(".jp-CodeCell srm-bet .srm-cards").first.wait_for()
        assert_bet_reveals(page, "nl/01_who_answers.ipynb")
        page.get_by_role("link", name=re.compile(texts("nl")["site"]["next"])).click()
        expect(page).to_have_url(f"{address}/nl/02_service_models.html")
        page.get_by_role("link", name=texts("nl")["site"]["other"]).click()
        expect(page).to_have_url(f"{address}/en/02_service_models.html")
        page.locator(".prose a[href*='glossary.html#']").first.click()
        expect(page.locator(":target")).to_be_in_viewport()
        assert_works_without_the_server(page, server, address)
    assert page.faults == []
    assert [url for url in page.asked if not url.startswith((address, "data:", "blob:"))] == []


@pytest.mark.browser
@pytest.mark.parametrize("name", ["index.html", *OTHERS])
def test_the_other_pages_fit_and_read(page, site, name):
    page.goto((site / name).as_uri())
    assert_fits(page)
    if name.endswith("tables.html"):  # all are built alike, and axe-core takes half a minute for 33 tables
        page.evaluate("document.querySelectorAll('section:nth-of-type(n + 4)').forEach(one => one.remove())")
    assert_reads(page, scheme(name) if "/" in name else "light")
    assert_asks_only(page, site.as_uri())


def search(page, text):
    """Type into the search box, which `/` finds; gives the results."""
    page.keyboard.press("/")
    page.keyboard.type(text)
    return page.locator(".search .found a")


@pytest.mark.browser
def test_the_search_finds_words_sections_rows_and_figures_from_a_file(page, site):
    words = texts("nl")["search"]
    page.set_viewport_size(dict(zip(("width", "height"), SIZES["phone"], strict=True)))
    page.goto((site / "nl" / "02_service_models.html").as_uri())
    assert not [url for url in page.asked if "search-" in url]
    found = search(page, "NETWERKREG")  # neither capitals nor accents count, and a beginning is enough
    expect(found.first).to_contain_text(words["word"])
    expect(found.nth(1)).to_contain_text(words["row"])
    told = page.locator(".search [role=status]").inner_text()
    assert re.match(r"\d+ plekken gevonden", told)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert violations(page, whole=True) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(found.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.press("Escape")
    expect(found.first).to_be_hidden()
    page.keyboard.type("qqqq <b>")
    expect(page.locator(".search [role=status]")).to_have_text(words["none"].format(asked="qqqq <b>"))
    page.keyboard.press("Escape")
    page.keyboard.type("netwerkregels 2026")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"tables\.html#azure-2026\.network-controls$"))
    expect(page.locator("tr:target")).to_be_in_viewport()
    assert_asks_only(page, site.as_uri())


def index_of(site, lang):
    script = (site / "assets" / f"search-{lang}.js").read_text("utf-8")
    return json.loads(script.removeprefix("window.srmSearchIndex=").removesuffix(";\n"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_result_of_the_search_leads_to_its_place(site, lang):
    index = index_of(site, lang)
    pages = {path.name: Addresses(path.read_text("utf-8")).ids for path in (site / lang).glob("*.html")}
    kinds = set()
    for kind, title, where, address, _ in index["found"]:
        page, _, place = address.partition("#")
        assert place in pages[page], (title, where, address)
        kinds.add(kind)
    assert kinds == set(range(len(index["kinds"])))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_whole_table_comes_first_and_the_incidents_last(site, lang):
    names = re.findall(r'<li id="([^"]*)">', (site / lang / "figures.html").read_text("utf-8"))
    assert names[:2] == ["azure-2026-matrix", "azure-2026-split"]
    first = next(n for n, name in enumerate(names) if "-incident-" in name)
    assert all("-incident-" in name for name in names[first:])
    assert len(names[first:]) > 10


@pytest.mark.browser
def test_the_first_page_speaks_as_the_browser_does(chromium, site):
    for locale, lang in (("nl-BE", "nl"), ("en-GB", "en"), ("fr-FR", "en")):
        with chromium.new_context(locale=locale, viewport={"width": 1366, "height": 768}) as context:
            first = context.new_page()
            first.goto((site / "index.html").as_uri())
            start = first.get_by_role("link", name=texts(lang)["site"]["start"])
            expect(start).to_be_in_viewport()
            expect(first.locator("h1:visible")).to_have_text(texts(lang)["site"]["title"])
            expect(first.locator("srm-explore:visible .srm-explore")).to_be_in_viewport()
            assert first.title() == texts(lang)["site"]["title"]
            start.click()
            expect(first).to_have_url(re.compile(f"/{lang}/01_who_answers.html$"))
    with chromium.new_context(java_script_enabled=False) as context:  # then both languages are there
        first = context.new_page()
        first.goto((site / "index.html").as_uri())
        for lang in LANGUAGES:
            expect(first.get_by_role("link", name=texts(lang)["site"]["start"])).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_needs_a_kernel_says_so(page, site, lang):
    words = texts(lang)["site"]

    def note(name, call):
        page.goto((site / lang / f"{name}.html").as_uri())
        index = next(i for i, source in enumerate(cells(f"{lang}/{name}.ipynb", "code")) if call in source)
        place = page.locator(".jp-CodeCell").nth(index)
        expect(place.locator(".note")).to_have_count(1)
        return place, place.locator(".note").inner_text()

    assert note("03_what_if", "srm.check(")[1] == words["code"]
    assert note("01_who_answers", "srm.load_matrix(")[1] == words["table"]
    page.goto((site / lang / "12_your_hand_in.html").as_uri())
    expect(page.locator("srm-hand-in textarea").first).to_be_editable()  # the page itself remembers
    expect(page.locator("srm-standing .say").first).to_be_visible()
    expect(page.locator(".jp-CodeCell:has(srm-hand-in, srm-standing) .note")).to_have_count(0)
    head = page.locator(".note:visible").first.inner_text()
    assert head.startswith(f"{words['ran']} {words['bets']}")


# The making.


@pytest.mark.browser
def test_two_builds_give_the_same_bytes(site, tmp_path):
    page = NOTEBOOKS / "nl" / "03_what_if.ipynb"
    one, two = (tmp_path / name for name in ("one", "two"))
    for out in (one, two):
        build_site(out, ["nl"], pages=[page])
    files = [path.relative_to(one) for path in one.rglob("*") if path.is_file()]
    assert files
    assert [name for name in files if (one / name).read_bytes() != (two / name).read_bytes()] == []
    handout = Path("nl", "handouts", "03_what_if.pdf")
    assert (one / handout).read_bytes() == (site / handout).read_bytes()  # the whole site has the same one


def test_without_typst_there_is_one_sentence_and_no_folder(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(maker, "find_spec", lambda name: None)  # as on Windows on ARM
    for lang, says in (("nl", "laat de hand-outs weg"), ("en", "leave the handouts out")):
        assert command.main(["site", "--lang", lang, "--out", str(tmp_path / "site")]) == 1
        told = capsys.readouterr().err.strip()
        assert told == texts(lang)["site"]["no_typst"]
        assert says in told
        assert "--no-pdf" in told
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_site_is_replaced_and_nothing_lies_beside_it(small, tmp_path):
    first = small()
    (tmp_path / "site" / "index.html").read_bytes()
    assert small() == first
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert MANIFEST in {path.relative_to(tmp_path / "site").as_posix() for path in first}


def test_an_empty_folder_is_filled(small, tmp_path):
    (tmp_path / "site").mkdir()
    assert small()


def test_a_folder_that_is_there_stays_the_same_folder(small, tmp_path):
    # It may be a disk of its own, or lie in a folder where nobody may write.
    small()
    folder = tmp_path / "site"
    before = folder.stat().st_ino, tmp_path.stat().st_mtime_ns
    small()
    assert (folder.stat().st_ino, tmp_path.stat().st_mtime_ns) == before


def test_a_move_that_fails_puts_everything_back(small, tmp_path, monkeypatch):
    small()
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    rename, moved = Path.rename, []

    def fails_late(self, target):
        if len(moved) == 4:
            monkeypatch.setattr(Path, "rename", rename)
            raise OSError("no room")
        moved.append(self)
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails_late)
    with pytest.raises(OSError, match="no room"):
        small()
    assert len(moved) == 4
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def foreign(folder):
    (folder / "my-notes.txt").write_text("mine")


def changed(folder):
    with (folder / "nl" / "index.html").open("a") as page:
        page.write("<!-- mine -->")


def linked(folder):
    (folder / "elsewhere").symlink_to(folder.parent)


@pytest.mark.parametrize(
    ("touch", "named"), [(foreign, "my-notes.txt"), (changed, "nl/index.html"), (linked, "elsewhere")]
)
def test_what_is_not_ours_is_left_alone(small, tmp_path, touch, named):
    small()
    touch(tmp_path / "site")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(SiteError, match=re.escape(named)):
        small()
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_file_in_the_place_of_the_folder_is_left_alone(small, tmp_path):
    (tmp_path / "site").write_text("mine")
    with pytest.raises(SiteError, match="site"):
        small()
    assert (tmp_path / "site").read_text() == "mine"


def test_a_lesson_that_fails_leaves_the_earlier_site_as_it_was(tmp_path, monkeypatch, jupyter_home, capsys):
    notebooks = tmp_path / "notebooks"
    (notebooks / "nl").mkdir(parents=True)
    good = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Les", id="a")])
    nbformat.write(good, notebooks / "nl" / "01_les.ipynb")
    monkeypatch.setattr(maker, "NOTEBOOKS", notebooks)
    call = ["site", "--lang", "nl", "--no-pdf", "--out", str(tmp_path / "site")]
    assert command.main(call) == 0
    assert "index.html" in capsys.readouterr().out
    before = {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()}
    good.cells.append(nbformat.v4.new_code_cell("1 / 0", id="b"))
    nbformat.write(good, notebooks / "nl" / "01_les.ipynb")
    assert command.main(call) == 1
    told = capsys.readouterr().err.strip().splitlines()[-1]
    assert "nl/01_les.ipynb" in told
    assert "ZeroDivisionError" in told
    assert {path: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notebooks", "site"]


def test_a_folder_without_lessons_is_told(small, tmp_path, monkeypatch):
    monkeypatch.setattr(maker, "NOTEBOOKS", tmp_path / "nothing")
    with pytest.raises(SiteError, match="nothing"):
        small()


def test_the_scripts_are_the_kits_own(site):
    by_language = {
        f"{name}-{lang}"
        for name in ("components", "all-components", "words", "practice", "hand-in", "search")
        for lang in LANGUAGES
    }
    assert {path.stem for path in (site / "assets").glob("*.js")} == {"site"} | by_language
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        assert "widget-state+json" not in text
        assert "widget-view+json" not in text
        # What the search looks in is loaded by the script, when somebody searches.
        assert not [one for one in Addresses(text).loads if "search-" in one]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_page_tells_to_run_a_cell_by_keys(site, lang):
    """Only JupyterLab has these keys; the lesson says in `page_words` what a page says instead."""
    for page in (site / lang).glob("*.html"):
        text = re.sub(r"<script\b.*?</script>", "", page.read_text("utf-8"), flags=re.S)
        assert "Shift+Enter" not in plain(text), page


def test_the_words_of_pages_are_those_of_their_cells():
    for path in find():
        for cell in read(path).cells:
            for words in cell.metadata.get("page_words", {}):
                assert words in cell.source, f"{path}: the cell no longer says {words!r}, see its page_words"
