"""The package for learning platforms: its files, what it keeps, and a platform that starts it in Chromium."""

import http.server
import json
import re
import threading
import zipfile
from datetime import datetime, timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from lxml import etree
from playwright.sync_api import expect

from srm_data import __main__ as command
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.learning.questions import find_question, question_bank
from srm_data.publishing.lessons import lessons
from srm_data.publishing.site.folder import SiteError
from srm_data.publishing.site.scorm import package as maker
from srm_data.publishing.site.scorm import question_list
from srm_data.publishing.site.scorm.package import Package, package_files, packages
from srm_data.publishing.site.scorm.question_list import graded_numbers, grown, numbered_questions
from tests.browser import violations, wait_for
from tests.lessons import ROOT, bet_cells
from tests.play import Stepper, wrong_key

LMS = ROOT / "tests" / "fixtures" / "scorm"
WORDS = texts("nl")["scorm"]["page"]
FIRST, SECOND = "nl/02_service_models.ipynb", "nl/03_what_if.ipynb"
LIMIT = 4096


# The list of questions.


def test_every_question_has_a_number_and_every_option_a_place():
    for lang in LANGUAGES:
        numbered = numbered_questions(lang)
        there = question_list.every_question(lang)
        assert {question for question, *_ in numbered} >= there.keys()
        for question, options, right in numbered:
            if question in there:
                assert {options[place] for place in right} == {o.key for o in there[question].right}


def test_the_list_only_grows():
    bank = question_bank("en")
    old = [["gone", "yes", "no"], [bank[1].id, bank[1].options[-1].key]]
    new = grown(old, bank[:2])
    assert new[0] == old[0]
    assert new[1][:2] == old[1]
    assert set(new[1][1:]) == {option.key for option in bank[1].options}
    assert new[2] == [bank[0].id, *(option.key for option in bank[0].options)]
    assert len(new) == 3


def test_a_question_without_a_number_is_told(monkeypatch, tmp_path, capsys):
    lines = question_list.read_numbers()
    short = tmp_path / "numbers.json"
    short.write_text(json.dumps(lines[:-1]), "utf-8")
    monkeypatch.setattr(question_list, "NUMBERS", short)
    with pytest.raises(SiteError, match=re.escape(lines[-1][0])):
        numbered_questions("en")
    assert command.main(["question-numbers"]) == 0
    assert str(len(lines)) in capsys.readouterr().out
    assert json.loads(short.read_text("utf-8")) == lines


def test_the_score_counts_each_question_that_a_lesson_asks_once():
    numbered = numbered_questions("en")
    course = graded_numbers([one.path for one in lessons("en")], numbered, "en")
    asked = [numbered[number][0] for number in course]
    assert len(set(asked)) == len(asked) > 60
    assert all(find_question(question, "en").graded for question in asked)
    for lang in LANGUAGES:
        assert graded_numbers([one.path for one in lessons(lang)], numbered, lang) == course


# A learning platform.


class Lms:
    """A platform that serves the package, keeps what it is told to, and can refuse."""

    def __init__(self, folder):
        self.kept, self.commits, self.behaves = {}, [], {}
        lms = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *words):
                pass

            def translate_path(self, path):
                name = urlsplit(path).path.lstrip("/")
                for start, root in (("package/", folder), ("web/", maker._WEB)):
                    if name.startswith(start):
                        return str(root / name.removeprefix(start))
                return str(LMS / name)

            def do_GET(self):
                if urlsplit(self.path).path != "/lms.html":
                    return super().do_GET()
                given = json.dumps({"kept": lms.kept} | lms.behaves).replace("\\", "\\\\").replace("'", "\\'")
                return self.answer((LMS / "lms.html").read_text("utf-8").replace("KEPT", given), "text/html")

            def do_POST(self):
                told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                lms.commits.append(told)
                lms.kept = told.get("cmi", told)
                self.answer('{"result": "true", "errorCode": 0}', "application/json")

            def answer(self, text, kind):
                self.send_response(200)
                self.send_header("Content-Type", f"{kind}; charset=utf-8")
                self.end_headers()
                self.wfile.write(text.encode())

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def forget(self):
        self.kept, self.commits, self.behaves = {}, [], {"learner": "anne"}


@pytest.fixture(scope="module")
def files(lesson_runs):
    """The files of a course of two lessons."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(maker, "lessons", lambda lang, folder: lessons(lang, folder)[1:3])
        return package_files(Package("nl", None), run=lesson_runs)


@pytest.fixture(scope="module")
def platform(files, tmp_path_factory):
    folder = tmp_path_factory.mktemp("package")
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    lms = Lms(folder)
    yield lms
    lms.server.shutdown()
    lms.server.server_close()


@pytest.fixture
def lms(platform):
    platform.forget()
    return platform


def start(page, lms):
    """Start the package; returns the lesson in its frame."""
    page.goto(f"{lms.address}/lms.html")
    return page.frame_locator("iframe").frame_locator("iframe")


def said(page):
    return page.frame_locator("iframe").locator("main > [role=status]")


def close(page, lms):
    """Close the package, as a platform that goes on to something else; returns all that was called."""
    before = len(lms.commits)
    page.evaluate("document.querySelector('iframe').remove()")
    wait_for(lambda: len(lms.commits) > before, True)
    return page.evaluate("called")


def open_lesson(lesson, path):
    """From whatever page by way of the list of lessons."""
    lesson.get_by_role("link", name=texts("nl")["site"]["home"], exact=True).click()
    lesson.locator(f"main a[href='{path[3:-6]}.html']").click()


def answer(lesson, path, n, right=True):
    """Answer the question `n` of the first round of a lesson."""
    cell = bet_cells(path)[0]
    stepper = Stepper(lesson.locator(".jp-CodeCell").nth(cell.index).locator("srm-bet"), path[:2])
    question = cell.rounds[0][n]
    stepper.dots.nth(n).click()
    stepper.click(question, question.key if right else wrong_key(question), 2)
    return stepper, question


def core(lms):
    return lms.kept.get("core", {})


# What fits into 4096 signs.


@pytest.fixture(scope="module")
def listed():
    return numbered_questions("nl")


@pytest.fixture(scope="module")
def state(one_page, platform):
    """A call with what is kept and a list of questions: what a platform would hold, and what is read back."""
    one_page.goto(f"{platform.address}/README.md")
    run = """async ([kept, list, earlier]) => {
      const {encode, decode} = await import('/web/state.js');
      const {text, ...left} = encode(kept, list, 12345);
      const read = decode(text, earlier ?? list);
      const again = encode(read.kept, earlier ?? list, read.token, read.strangers).text;
      return {text, left, token: read.token, read: read.kept, again: decode(again, list).kept};
    }"""

    def call(kept, listed, earlier=None):
        return SimpleNamespace(**one_page.evaluate(run, [kept, listed, earlier]))

    return call


def learner(listed, tries, days=1, work=()):
    """Who answered every question so many times, each time on another day."""
    kept = {"version": 2, "bets": {}, "answers": {}, "work": dict(work)}
    for n, (question, options, right) in enumerate(listed):
        given = [
            {
                "answer": options[(n + i) % len(options)],
                "sure": (None, 0, 1, 2)[(n + i) % 4],
                "when": (datetime(2026, 1, 5, 10, 30, 59) + timedelta(i * days + n % 5)).isoformat(),
            }
            for i in range(tries)
        ]
        kept["bets"][question] = given[0] | {"right": n % len(options) in right, "revealed": True}
        kept["answers"][question] = {"tries": given}
    return kept


def by_day(kept):
    """Answers with the day of each, as a platform keeps them."""

    def short(facts):
        return facts | {"when": facts["when"][:10] + "T00:00:00"}

    return (
        {name: short(facts) for name, facts in kept["bets"].items()},
        {name: [short(one) for one in facts["tries"]] for name, facts in kept["answers"].items()},
    )


@pytest.mark.browser
def test_every_answer_comes_back(state, listed):
    kept = learner(listed, 3)
    kept["work"] = {
        "learner": {"seed": "0a1b2c3d"},
        "claim": {"text": "Één €! <b>", "when": "2026-03-01T10:30:59"},
    }
    held = state(kept, listed)
    assert held.token == 12345
    assert by_day(held.read) == by_day(kept)
    assert held.read["work"] == kept["work"]
    assert len(held.text) <= LIMIT
    assert re.fullmatch("[A-Za-z0-9_-]*", held.text)
    assert held.left == {"left": [], "works": [], "tries": 0}


@pytest.mark.browser
def test_the_worst_case_keeps_first_and_last_answers(state, listed):
    """All questions, many tries over many years, more texts than fit: never a sign too many."""
    text = {
        f"text-{n}": {"a": "Ik weet niet of één rij zo is. " * 12, "when": f"2026-01-{n + 1:02}T10:00:00"}
        for n in range(20)
    }
    kept = learner(listed, 20, days=97, work=text)
    held = state(kept, listed)
    assert len(held.text) <= LIMIT
    bets, tries = by_day(kept)
    read_bets, read_tries = by_day(held.read)
    assert read_bets == bets
    for question, given in tries.items():
        assert read_tries[question][0] == given[0]
        assert read_tries[question][-1] == given[-1]
        assert [one for one in given if one in read_tries[question]] == read_tries[question]
    kept_tries = sum(map(len, read_tries.values()))
    assert held.left["tries"] == sum(map(len, tries.values())) - kept_tries > 0
    there = [f"text-{n}" for n in range(19, -1, -1)][: len(held.read["work"])]
    assert set(held.read["work"]) == set(there) != set()  # the newest
    assert set(held.left["works"]) == text.keys() - held.read["work"].keys()


@pytest.mark.browser
def test_an_edition_keeps_what_it_does_not_know(state, listed):
    kept = learner(listed, 2)
    fewer = [*listed[:5], [listed[5][0], listed[5][1][:1], []], *listed[6:-3]]
    held = state(kept, listed, fewer)
    known = {question for question, *_ in fewer} - {listed[5][0]}
    assert known <= held.read["bets"].keys() < kept["bets"].keys()
    assert by_day(held.again) == by_day(kept)
    unknown = state({"bets": {"new-question": {"answer": "a", "sure": 1}}}, listed)
    assert unknown.left["left"] == ["new-question"]


@pytest.mark.browser
def test_what_is_cut_off_or_newer_is_told_apart(one_page, state, listed):
    text = state(learner(listed, 1), listed).text
    kinds = one_page.evaluate(
        """async ([texts, list]) => {
          const {decode} = await import('/web/state.js');
          return texts.map(text => { try { return decode(text, list)?.token ?? null; }
            catch (error) { return error.constructor.name; } });
        }""",
        [[text, text[:-1], text[:9], text.replace("srm1", "srm2"), "", "somebody's"], listed],
    )
    assert kinds == [12345, "UnreadableError", "UnreadableError", "NewerError", None, None]


@pytest.mark.browser
def test_two_copies_lose_nothing(one_page, state):
    early, late = {"answer": "a", "sure": 1, "when": "2026-01-01T00:00:00"}, "2026-01-01T12:30:00"
    other = {"answer": "b", "sure": 2, "when": "2026-01-02T08:00:00"}
    both = one_page.evaluate(
        """async ([platform, browser]) =>
          (await import('/web/two_copies.js')).bothCopies(platform, browser)""",
        [
            {
                "bets": {"q": early | {"revealed": True}, "p": early},
                "answers": {"q": {"tries": [early, other]}},
                "work": {"w": {"x": "old", "when": "2026-01-01T00:00:00"}, "v": {"x": "here"}},
            },
            {
                "bets": {"q": other | {"revealed": True}, "p": other, "o": other},
                "answers": {"q": {"tries": [early | {"when": late}]}, "o": {"tries": [other]}},
                "work": {"w": {"x": "new", "when": "2026-01-03T00:00:00"}},
            },
        ],
    )
    assert both["bets"] == {"q": early | {"revealed": True}, "p": other, "o": other}
    assert both["answers"] == {"q": {"tries": [early | {"when": late}, other]}, "o": {"tries": [other]}}
    assert both["work"] == {"w": {"x": "new", "when": "2026-01-03T00:00:00"}, "v": {"x": "here"}}


# The files.


def test_the_manifest_is_what_the_schema_asks_for(files):
    schema = etree.RelaxNG(etree.parse(LMS / "imsmanifest.rng"))
    manifest = etree.fromstring(files["imsmanifest.xml"])
    schema.assertValid(manifest)
    listed = [file.get("href") for file in manifest.iterfind(".//{*}file")]
    assert listed == sorted(set(files) - {"imsmanifest.xml"})
    (resource,) = manifest.iterfind(".//{*}resource")
    assert resource.get("href") in files
    assert {title.text for title in manifest.iterfind(".//{*}title")} == {texts("nl")["site"]["title"]}
    resource.set("identifier", "other")  # now the item leads nowhere
    assert manifest.find(".//{*}item").get("identifierref") != "other"


def test_a_package_holds_pages_for_learners_alone(files):
    pages = {name for name in files if name.endswith(".html")}
    lessons_in = {name for name in pages if re.match("nl/[0-9y]", name)}
    assert lessons_in == {f"{path[:-6]}.html" for path in (FIRST, SECOND)}
    assert pages >= lessons_in | {"scorm.html", "nl/index.html", "nl/glossary.html"}
    assert not pages & {"index.html", "nl/guide.html", "nl/figures.html", "nl/data.html"}
    assert not [name for name in files if name.startswith("figures/") or name.endswith((".csv", ".pdf"))]
    for name in pages:
        text = files[name].decode()
        links = {
            urlsplit(link).path for link in re.findall(r'(?:href|src)="([^"#]+)', text) if "://" not in link
        }
        folder = name.rpartition("/")[0]
        for link in links:
            target = f"{folder}/{link}" if folder else link
            assert re.sub(r"\w+/\.\./", "", target) in files, f"{name}: {link}"


def test_the_command_writes_one_zip_a_lesson(files, monkeypatch, tmp_path, capsys):
    """The same bytes twice, and a file that somebody changed stays."""
    monkeypatch.setattr(maker, "package_files", lambda package, tell: files)
    call = ["scorm", "--lang", "nl", "--lesson", "3", "02_service_models", "--out", str(tmp_path)]
    assert command.main(call) == 0
    assert texts("nl")["scorm"]["made"].format(n=2, folder=tmp_path) in capsys.readouterr().out
    names = ["srm-nl-02_service_models.zip", "srm-nl-03_what_if.zip"]
    made = [(tmp_path / name).read_bytes() for name in names]
    with zipfile.ZipFile(tmp_path / names[0]) as archive:
        assert archive.namelist()[0] == "imsmanifest.xml"
        assert {name: archive.read(name) for name in archive.namelist()} == files
    (tmp_path / names[0]).write_bytes(b"mine")
    assert command.main(call) == 0
    assert (tmp_path / names[0]).read_bytes() == b"mine"
    assert [(tmp_path / name).read_bytes() for name in ("srm-nl-02_service_models-2.zip", names[1])] == made
    assert [one.name for one in packages(None, LANGUAGES)] == ["srm-en", "srm-nl"]
    assert command.main([*call[:4], "77"]) == 1


# A learner at a platform.


@pytest.mark.browser
def test_a_learner_comes_back(page, lms):
    lesson = start(page, lms)
    open_lesson(lesson, SECOND)
    answer(lesson, SECOND, 0)
    stepper, second = answer(lesson, SECOND, 1, right=False)
    wait_for(lambda: core(lms).get("score", {}).get("raw"), "13")  # one of eight
    assert core(lms)["lesson_status"] == "incomplete"
    assert (core(lms)["score"]["min"], core(lms)["score"]["max"]) == ("0", "100")
    lesson.get_by_role("link", name="Servicemodellen").first.click()
    answer(lesson, FIRST, 0)
    page.frame_locator("iframe").locator("iframe").evaluate("frame => frame.contentWindow.history.back()")
    stepper.dots.nth(1).click()
    stepper.expect_result(second, wrong_key(second))
    called = [name for name, *_ in close(page, lms)]
    assert called[-1] == "LMSFinish"
    assert (called.count("LMSFinish"), called.count("LMSInitialize")) == (1, 1)
    assert core(lms)["lesson_location"] == "nl/03_what_if.html"
    assert core(lms)["exit"] == "suspend"
    assert core(lms)["score"]["raw"] == "25"
    assert re.fullmatch(r"\d{2,4}:\d\d:\d\d(\.\d+)?", core(lms)["session_time"])
    assert 0 < len(lms.kept["suspend_data"]) < 100

    page.evaluate("localStorage.clear()")  # another computer
    lesson = start(page, lms)
    cell = bet_cells(SECOND)[0]
    stepper = Stepper(lesson.locator(".jp-CodeCell").nth(cell.index).locator("srm-bet"), "nl")
    stepper.dots.nth(1).click()
    stepper.expect_result(second, wrong_key(second))
    expect(said(page)).to_have_text("")
    assert page.faults == []


@pytest.mark.browser
def test_who_has_answered_everything_is_done(page, lms):
    """What was kept long ago counts too; once it is done, the platform may look back only."""
    *others, last = (
        question for path in (FIRST, SECOND) for cell in bet_cells(path) for question in cell.rounds[0]
    )
    start(page, lms).get_by_role("heading", level=1).wait_for()
    kept = {"version": 2, "bets": {q.id: {"answer": q.key, "sure": 1, "revealed": True} for q in others}}
    inner = page.frames[2]
    inner.evaluate("text => parent.srmPlatform.write(text)", json.dumps(kept))
    wait_for(lambda: core(lms).get("score", {}).get("raw"), "88")  # seven of eight
    assert core(lms)["lesson_status"] == "incomplete"
    sent = len(lms.commits)
    inner.evaluate(
        "text => parent.srmPlatform.write(text)", json.dumps(kept | {"work": {"learner": {"place": "a"}}})
    )
    kept["bets"][last.id] = {"answer": wrong_key(last), "sure": 2, "revealed": True}
    inner.evaluate("text => parent.srmPlatform.write(text)", json.dumps(kept))
    wait_for(lambda: core(lms)["lesson_status"], "completed")
    assert len(lms.commits) == sent + 1  # where the learner is waits for an answer
    assert core(lms)["score"]["raw"] == "88"
    close(page, lms)

    lms.behaves["mode"] = "review"
    start(page, lms)
    expect(said(page)).to_have_text(WORDS["review"])
    del kept["bets"][last.id]
    page.frames[2].evaluate("text => parent.srmPlatform.write(text)", json.dumps(kept))
    called = str(close(page, lms))
    assert "LMSFinish" in called
    assert not re.search("suspend_data|lesson_status|score|exit", called)
    assert core(lms)["lesson_status"] == "completed"


@pytest.mark.browser
def test_a_platform_that_does_not_begin_is_told_of(page, lms):
    lms.behaves["refuses"] = ["LMSInitialize"]
    for _ in "twice":
        lesson = start(page, lms)
        expect(said(page)).to_have_text(WORDS["no_answer"])
    open_lesson(lesson, SECOND)
    stepper, question = answer(lesson, SECOND, 0)
    lesson = start(page, lms)
    open_lesson(lesson, SECOND)
    stepper.dots.first.click()
    stepper.expect_result(question, question.key)
    assert {call[0] for call in page.evaluate("called")} == {"LMSInitialize"}


@pytest.mark.browser
def test_a_platform_that_keeps_nothing_loses_no_answer(page, lms):
    lms.behaves["refuses"] = ["LMSCommit", "LMSFinish"]
    lesson = start(page, lms)
    open_lesson(lesson, SECOND)
    stepper, question = answer(lesson, SECOND, 0)
    expect(said(page)).to_have_text(WORDS["refused"])
    lms.behaves["refuses"] = []  # the next day it does
    lesson = start(page, lms)
    open_lesson(lesson, SECOND)
    stepper.dots.first.click()
    stepper.expect_result(question, question.key)
    assert lms.kept == {}
    answer(lesson, SECOND, 1)
    wait_for(lambda: core(lms).get("score", {}).get("raw"), "25")
    expect(said(page)).to_have_text("")
    close(page, lms)
    for learner_id in ("anne", "bram"):  # a new attempt, and another learner on this computer
        lms.kept, lms.behaves["learner"] = {}, learner_id
        lesson = start(page, lms)
        open_lesson(lesson, SECOND)
        expect(stepper.answers.first).to_be_visible()


@pytest.mark.browser
def test_what_cannot_be_read_is_told_and_what_is_newer_stays(page, lms):
    """In both cases the copy in the browser is found."""
    kept = {"version": 2, "bets": {"vm-os-update": {"answer": "customer", "sure": 1, "revealed": True}}}
    start(page, lms)
    page.frames[1].evaluate("text => srmPlatform.write(text)", json.dumps(kept))
    close(page, lms)
    whole = lms.kept["suspend_data"]
    for text, sentence in ((whole.replace("srm1", "srm2"), "newer"), (whole[:-1], "damaged")):
        lms.kept = {"suspend_data": text}
        start(page, lms)
        expect(said(page)).to_have_text(WORDS[sentence])
        read = page.frames[1].evaluate("srmPlatform.read()")
        assert json.loads(read)["bets"] == kept["bets"]
        page.frames[1].evaluate("text => srmPlatform.write(text)", read)
        close(page, lms)
        assert (lms.kept["suspend_data"] == text) == (sentence == "newer")
    assert whole[:-1] in page.evaluate("Object.values(localStorage)")


@pytest.mark.browser
def test_who_begins_again_begins_anew(page, lms):
    lesson = start(page, lms)
    open_lesson(lesson, SECOND)
    stepper, _ = answer(lesson, SECOND, 0)
    wait_for(lambda: core(lms).get("score", {}).get("raw"), "13")
    copies = page.evaluate("Object.keys(localStorage)")
    page.frames[1].evaluate("srmPlatform.remove()")
    assert page.frames[1].evaluate("srmPlatform.read()") is None
    close(page, lms)
    assert page.evaluate("Object.keys(localStorage)") != copies
    lesson = start(page, lms)  # where the learner was last
    expect(stepper.answers.first).to_be_visible()


@pytest.mark.browser
def test_without_a_platform_it_says_so_and_works(page, lms):
    page.goto(f"{lms.address}/package/scorm.html")
    expect(page.locator("main > [role=status]")).to_have_text(WORDS["alone"])
    lesson = page.frame_locator("iframe")
    open_lesson(lesson, SECOND)
    stepper, question = answer(lesson, SECOND, 0)
    stepper.expect_result(question, question.key)
    assert page.title() == lesson.locator("head title").inner_text()
    found = [one for one in violations(page, whole=True) if one[0] != "page-has-heading-one"]
    assert found == []  # the heading stands in the frame, into which axe does not look here
