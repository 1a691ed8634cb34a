"""The site remembers: what a learner answers is there after a reload, in another tab, on another machine."""

import json
import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

import srm_data as srm
from srm_data.core.language import texts
from srm_data.files.paths import NOTEBOOKS
from srm_data.learning import add_progress, progress_file
from srm_data.learning.answer_history import due, histories
from srm_data.learning.questions import find_question, question_bank
from srm_data.publishing.site.build import build_site
from tests.browser import violations
from tests.play import Stepper, wrong_key

KEY = "shared-responsibility.first"
WORDS = {lang: texts(lang)["site"] for lang in ("en", "nl")}
START = datetime(2026, 9, 7, 10, 0)
ONE, TWO, LAST = "01_who_answers", "02_service_models", "12_your_hand_in"


@pytest.fixture(scope="module")
def site(tmp_path_factory, lesson_runs):
    """The lessons of these tests, without handouts."""
    out = tmp_path_factory.mktemp("remembered") / "site"
    pages = [NOTEBOOKS / lang / f"{name}.ipynb" for lang in ("en", "nl") for name in (ONE, TWO, LAST)]
    build_site(out, ["en", "nl"], pdf=False, pages=pages, run=lesson_runs)
    return out


@pytest.fixture
def browse(site, chromium):
    """A call that opens pages of the site in a browser of its own: size, script before all others."""
    opened = []

    def browser(width=1366, height=768, script="", **more):
        context = chromium.new_context(viewport={"width": width, "height": height}, **more)
        if script:
            context.add_init_script(script)
        opened.append(context)
        return Visitor(site, context)

    yield browser
    faults = [fault for context in opened for fault in getattr(context, "faults", [])]
    for context in opened:
        context.close()
    assert faults == []


class Visitor:
    """Somebody with a browser."""

    def __init__(self, site, context):
        self.site, self.context = site, context
        context.faults = []
        context.on("console", lambda told: context.faults.append(told.text) if told.type == "error" else None)
        context.on("weberror", lambda fault: context.faults.append(str(fault.error)))

    def open(self, name, lang="en", page=None):
        page = page or self.context.new_page()
        page.goto((self.site / lang / f"{name}.html").as_uri())
        page.wait_for_function("srmHost.ready.then(() => true)")
        return page

    def kept(self, page, key=KEY):
        return json.loads(page.evaluate("key => localStorage.getItem(key)", key) or "null")


def stepper(page, lang="en", n=0):
    return Stepper(page.locator("srm-bet:not([data-practice])").nth(n), lang)


def door(page, lang="en"):
    return Stepper(page.locator("srm-bet[data-practice]"), lang)


def asked(element):
    return element.evaluate("one => one.content.rounds[0].questions.map(question => question.id)")


def answer(play, key=None, sure=2):
    """Answer what a stepper asks now: rightly, when no key is given."""
    question = next(q for q in ASKABLE[play.words["show"]] if q.stem == play.stem.inner_text())
    play.click(question, key(question) if key else question.key, sure)
    expect(play.result).to_be_visible()
    return question


ASKABLE = {texts(lang)["bet"]["show"]: question_bank(lang) for lang in ("en", "nl")}


def go_on(play):
    play.next.click()


def said(element):
    return element.locator(".srm-said")


def at(page, when):
    page.clock.set_fixed_time(when)


def test_two_weeks_of_a_learner_between_phone_jupyterlab_and_laptop(browse, work, tmp_path, monkeypatch):
    """What was certain and wrong comes back first, wherever the learner goes on, and nothing is lost."""
    phone = browse(390, 844, locale="nl-NL")
    page = phone.context.new_page()
    at(page, START)
    phone.open(ONE, "nl", page)
    play = stepper(page, "nl")
    missed = answer(play, wrong_key)
    expect(said(play.element)).to_have_text(WORDS["nl"]["memory"]["kept"])
    go_on(play)
    page.locator("srm-own-words textarea, srm-claim textarea").first.fill("De klant doet de gegevens. <b>")
    page.wait_for_timeout(100)
    page.locator("h1").first.click()  # leaves the box
    page.reload()
    page.wait_for_function("srmHost.ready.then(() => true)")
    expect(stepper(page, "nl").element.locator(".srm-dots button").first).to_contain_text("✗")
    assert page.locator("srm-own-words textarea, srm-claim textarea").first.input_value().endswith("<b>")

    # A quarter of an hour later the door of lesson 2 asks it again, before all others.
    at(page, START + timedelta(minutes=15))
    phone.open(TWO, "nl", page)
    assert asked(door(page, "nl").element)[0] == missed.id
    answer(door(page, "nl"))
    kept = phone.kept(page)
    assert kept["bets"][missed.id]["right"] is False  # the first answer stays
    assert [one["answer"] for one in kept["answers"][missed.id]["tries"]] == [wrong_key(missed), missed.key]
    phone.open("index", "nl", page)
    expect(page.locator("[data-continue] a").first).to_have_attribute("href", re.compile(rf"{TWO}\.html#."))
    count = WORDS["nl"]["my_work"]["answered"].format(n=1, all=4)
    expect(page.locator(f"[data-answered='{ONE}.html']")).to_contain_text(count)

    # Saved on the phone, read in JupyterLab: it goes on with what the phone would ask.
    file = tmp_path / "phone.json"
    at(page, START + timedelta(days=2))
    phone.open("my_work", "nl", page)
    page.get_by_label(WORDS["nl"]["my_work"]["name"]).fill("Ann")
    with page.expect_download() as saved:
        page.get_by_role("button", name=WORDS["nl"]["my_work"]["save"], exact=True).click()
    saved.value.save_as(file)
    assert saved.value.suggested_filename == "Ann - progress.json"
    there = srm.add_progress(file, lang="nl")
    assert "Je hebt nu 1 voorspelling." in there.body
    kept = progress_file.load()
    on_phone = asked(page.locator("srm-bet[data-practice]"))
    now = START + timedelta(days=2)
    seed = progress_file.seed(kept)
    in_jupyter = due(histories(kept["answers"], "nl"), "nl", now, None, seed, 5)
    assert on_phone == [q.id for q in in_jupyter]
    assert on_phone[0] == missed.id

    # A prediction made there comes to the laptop in the file of JupyterLab; class results know whose it is.
    other = next(q for q in question_bank("nl") if q.lesson == 2 and q.kind == "cell")
    progress_file.record("bets", other.id, answer=other.key, sure=1, right=True, revealed=True)
    laptop = browse()
    mine = laptop.open("my_work", "en")
    mine.locator("[data-load]").set_input_files(progress_file.progress_file())
    words = WORDS["en"]["my_work"]
    expect(mine.locator("[data-said] span")).to_contain_text(
        words["loaded"].format(file="progress.json", n=2)
    )
    expect(mine.locator("srm-standing ol.marks").first).to_be_visible()
    assert laptop.kept(mine)["bets"][other.id]["answer"] == other.key
    (tmp_path / "phone.json").rename(tmp_path / "progress.json")  # as a platform may name it
    assert {one.learner for one in srm.class_results(tmp_path, lang="en").made} == {"Ann"}


def test_what_the_page_keeps_is_as_the_kit_writes_it(browse):
    visitor = browse()
    page = visitor.open(ONE)
    answer(stepper(page), sure=1)
    text = page.evaluate("key => localStorage.getItem(key)", KEY)
    kept, others = progress_file.parsed(text)
    assert others == {}
    assert text == json.dumps({"version": 2, **kept}, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    ((name, facts),) = kept["bets"].items()
    assert facts | {"when": ""} == {
        "answer": find_question(name, "en").key,
        "sure": 1,
        "right": True,
        "revealed": True,
        "when": "",
    }


def test_the_hand_in_is_written_printed_and_read_by_the_class_results(browse, tmp_path):
    visitor = browse()
    page = visitor.open(ONE)
    question = answer(stepper(page), wrong_key)
    visitor.open(LAST, page=page)
    form = page.locator("srm-hand-in")
    form.get_by_label("Your name").fill("Ann <script>")
    form.get_by_label("Definition").fill("Each does a part.\n\n* not a list")
    form.locator(".srm-go").click()
    made = WORDS["en"]["hand_in_made"]
    written = page.locator(".written")
    expect(written.get_by_role("status")).to_have_text(made["ready"])
    expect(written.locator(".hand-in")).to_contain_text("Ann <script>")
    expect(written.locator(".hand-in svg")).to_be_visible()
    with page.expect_download() as saved:
        written.get_by_role("button", name=made["save_markdown"]).click()
    text = saved.value.path().read_text("utf-8")
    assert "\\* not a list" in text
    assert "&lt;script&gt;" in text
    assert question.option(wrong_key(question)).label.rstrip(".") in text
    (tmp_path / "Ann - hand-in-en.md").write_text(text, "utf-8")
    ((learner, name),) = {(one.learner, one.question) for one in srm.class_results(tmp_path, lang="en").made}
    assert (learner, name) == ("Ann", question.id)
    # Alone on paper, with nothing of the lesson around it.
    page.evaluate("window.print = () => { globalThis.printed = true; }")
    written.get_by_role("button", name=made["print"]).click()
    page.emulate_media(media="print")
    assert page.evaluate("printed")
    expect(written.locator(".hand-in h1")).to_be_visible()
    expect(page.locator("header")).to_be_hidden()
    expect(page.locator(".prose").first).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollHeight") < 4_000
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    visitor.open(LAST, page=page)
    typed = page.locator("srm-hand-in").get_by_label("Definition").input_value()
    assert typed == "Each does a part.\n\n* not a list"


REFUSED = (
    "Object.defineProperty(window, 'localStorage',"
    " {get() { throw new DOMException('no', 'SecurityError'); }})"
)
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"


@pytest.mark.parametrize(("script", "why"), [(REFUSED, "refused"), (FULL, "full")])
def test_what_cannot_be_kept_is_said_and_can_still_be_saved(browse, script, why):
    visitor = browse(script=script)
    page = visitor.open(ONE)
    expect(page.locator("#memory")).to_have_text(WORDS["en"]["memory"][why])
    play = stepper(page)
    question = answer(play)
    expect(said(play.element)).to_have_text(WORDS["en"]["memory"][why])
    expect(page.locator("srm-standing .marks li")).to_have_count(1)  # the page itself still knows it
    assert question.id in page.evaluate("srmHost.memory.text()")


@pytest.mark.parametrize(("text", "why"), [('{"version": 3, "x": 1}', "newer"), ("half a fi", "damaged")])
def test_what_cannot_be_read_is_not_lost(browse, text, why):
    put = f"location.protocol == 'file:' && (localStorage['{KEY}'] ??= {json.dumps(text)})"
    visitor = browse(script=put)
    page = visitor.open(ONE)
    expect(page.locator("#memory")).to_have_text(WORDS["en"]["memory"][f"{why}_now"])
    play = stepper(page)
    question = answer(play)
    told = said(play.element) if why == "newer" else page.locator("#memory")
    expect(told).to_have_text(WORDS["en"]["memory"][why])
    stored = page.evaluate("() => Object.fromEntries(Object.entries(localStorage))")
    assert text in stored.values()
    assert (stored[KEY] == text) == (why == "newer")
    assert question.id in page.evaluate("srmHost.memory.text()")


def test_two_tabs_know_of_each_other(browse):
    visitor = browse()
    first, second = visitor.open(ONE), visitor.open(ONE)
    play = stepper(second)
    question = answer(stepper(first))
    expect(play.result).to_be_visible()  # told, without a reload
    go_on(play)
    next_one = answer(play, sure=0)
    assert set(visitor.kept(first)["bets"]) == {question.id, next_one.id}
    late = visitor.open(ONE)
    told = late.evaluate(
        """async ([id, key]) => {
          const element = document.querySelector('srm-bet:not([data-practice])');
          element.keep('bets', id, {answer: key, sure: 0, revealed: true});
          await srmHost.ready;
          return element.status.textContent;
        }""",
        [question.id, wrong_key(question)],
    )
    assert told == texts("en")["bet"]["stands"].format(answer=question.option(question.key).label.rstrip("."))
    assert visitor.kept(first)["bets"][question.id]["answer"] == question.key


def test_another_learner_begins_with_nothing_and_each_comes_back_to_their_own(browse):
    visitor = browse()
    page = visitor.open(ONE)
    question = answer(stepper(page))
    visitor.open("my_work", page=page)
    words = WORDS["en"]["my_work"]
    page.get_by_role("button", name=words["add"], exact=True).click()
    expect(page.locator("[data-said] span")).to_have_text(words["no_name"])
    page.get_by_label(words["newcomer"]).fill("<img src=x onerror=alert(1)>")
    page.get_by_role("button", name=words["add"], exact=True).click()
    names = page.locator(".learners button")
    expect(names).to_have_text([words["nameless"], "<img src=x onerror=alert(1)>"])
    expect(page.locator("srm-standing .say")).to_have_text(texts("en")["standing"]["none"])
    names.first.click()
    expect(page.locator("srm-standing ol.marks li")).to_have_count(1)
    page.get_by_role("button", name=words["again"], exact=True).click()
    page.get_by_role("button", name=words["again_not"]).click()
    assert question.id in visitor.kept(page)["bets"]
    page.get_by_role("button", name=words["again"], exact=True).click()
    with page.expect_download() as saved:
        page.get_by_role("button", name=words["again_saved"]).click()
    expect(page.locator("[data-said] span")).to_have_text(words["begun"])
    assert question.id in saved.value.path().read_text("utf-8")
    assert question.id not in (visitor.kept(page) or {}).get("bets", {})
    page.locator("[data-load]").set_input_files(saved.value.path())
    expect(page.locator("srm-standing ol.marks li")).to_have_count(1)
    page.get_by_role("button", name=words["undo"]).click()
    expect(page.locator("srm-standing .say")).to_have_text(texts("en")["standing"]["none"])
    page.locator("[data-load]").set_input_files(__file__)
    expect(page.locator("[data-said] span")).to_have_text(words["load_damaged"].format(file="test_memory.py"))


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize("dark", [False, True])
def test_the_page_of_your_work_can_be_used_by_everybody(browse, lang, dark):
    visitor = browse(390, 844, color_scheme="dark" if dark else "light")
    page = visitor.open(ONE, lang)
    answer(stepper(page, lang))
    visitor.open("my_work", lang, page)
    page.locator("[data-do=again]").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    small = "[...document.querySelectorAll('#my-work > :is(p, ul, form, div) button, .file')]"
    heights = page.evaluate(f"{small}.filter(e => e.offsetParent).map(e => e.offsetHeight)")
    assert min(heights) >= 44


def test_a_file_that_is_none_changes_nothing_in_jupyterlab(work, tmp_path):
    words = texts("en")["add_progress"]
    (tmp_path / "notes.json").write_text("[]")
    (tmp_path / "newer.json").write_text('{"version": 99}')
    for name, why in (("notes.json", "damaged"), ("newer.json", "newer")):
        assert words[why].format(file=name) in add_progress.add_progress(tmp_path / name).body
    gone = srm.add_progress(tmp_path / "gone.json").body
    assert words["unreadable"].partition("(")[2].partition(")")[2].strip() in gone
    assert not progress_file.progress_file().exists()
