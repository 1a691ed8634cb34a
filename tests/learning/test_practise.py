"""Practice: what is due is asked, answers are added, and the first answer stays."""

import json
from datetime import datetime, timedelta

import pytest

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.learning import answer_history, practise, progress_file
from srm_data.learning.questions import question_bank

pytestmark = pytest.mark.usefixtures("work")

FIRST, SECOND = [question for question in question_bank("en") if not question.incident][:2]
START = datetime(2026, 9, 1, 10, 0)


@pytest.fixture
def clock(monkeypatch):
    """The time as the kit knows it: call it with the days that have passed."""

    class Set(datetime):
        time = START

        @classmethod
        def now(cls, tz=None):
            return cls.time

    for module in (practise, progress_file):
        monkeypatch.setattr(module, "datetime", Set)
    return lambda days: setattr(Set, "time", START + timedelta(days=days))


def wrong(question):
    return next(option.key for option in question.options if not question.accepts(option.key))


def bet(question, answer, sure):
    progress_file.record("bets", question.id, answer=answer, sure=sure, revealed=True)


def asked(view):
    return [question["id"] for question in view.content["rounds"][0]["questions"]]


def answer(view, question, key, sure, *, revealed=True):
    facts = {"answer": key, "sure": sure, "revealed": revealed}
    view._handle_custom_msg({"kind": "answers", "name": question.id, "facts": facts}, [])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_with_nothing_answered_it_says_so(lang):
    assert texts(lang)["practise"]["nothing"] in str(srm.practise(lang=lang))


def test_what_is_due_is_asked_and_the_first_answer_stays(clock, work):
    clock(0)
    bet(FIRST, wrong(FIRST), 2)
    bet(SECOND, SECOND.key, 1)
    clock(1)
    view = srm.practise(2, "en")
    assert asked(view) == [FIRST.id, SECOND.id]
    answer(view, FIRST, wrong(FIRST), 1, revealed=False)  # not yet asked for: nothing is kept
    assert len(progress_file.load()["answers"][FIRST.id]["tries"]) == 1
    answer(view, FIRST, FIRST.key, 1)
    answer(view, FIRST, wrong(FIRST), 1)  # a second answer in the same practice is none
    kept = json.loads((work / "progress.json").read_text("utf-8"))
    assert [one["answer"] for one in kept["answers"][FIRST.id]["tries"]] == [wrong(FIRST), FIRST.key]
    assert kept["bets"][FIRST.id]["answer"] == wrong(FIRST)
    assert view.answers[FIRST.id] == {"answer": FIRST.key, "sure": 1, "right": True, "revealed": True}
    assert FIRST.id not in asked(srm.practise(20, "en"))
    clock(2)
    assert FIRST.id in asked(srm.practise(20, "en"))


@pytest.mark.parametrize(("lang", "day"), [("en", "12 September"), ("nl", "12 september")])
def test_when_all_is_answered_it_says_when_the_next_one_comes(clock, lang, day, monkeypatch):
    monkeypatch.setattr("srm_data.learning.answer_history.unasked", lambda lessons, known: [])
    for days in (0, 1, 4):
        clock(days)
        progress_file.record("answers", FIRST.id, answer=FIRST.key, sure=1)
    clock(5)
    said = str(srm.practise(lang=lang))
    assert texts(lang)["practise"]["later"].format(day=day) in said


def test_before_a_lesson_only_earlier_ones_are_asked():
    view = srm.practise(3, "en", before=3)
    lessons = {question.id: question.lesson for question in question_bank("en")}
    assert len(asked(view)) == 3
    assert {lessons[name] for name in asked(view)} <= {1, 2}


@pytest.mark.parametrize(
    "message",
    [
        {"kind": "bets", "name": FIRST.id, "facts": {"answer": FIRST.key, "sure": 2, "revealed": True}},
        {"kind": "answers", "name": "no-such-question", "facts": {}},
        {"kind": "answers", "name": FIRST.id, "facts": {"answer": ["x"], "sure": 2, "revealed": True}},
        {"kind": "answers", "name": FIRST.id, "facts": "x"},
        None,
    ],
)
def test_what_a_page_should_not_send_is_not_kept(message):
    bet(FIRST, wrong(FIRST), 2)
    view = srm.practise(3, "en", before=2)
    before = progress_file.load()
    view._handle_custom_msg(message, [])
    assert progress_file.load() == before


def test_a_file_of_the_first_version_is_carried_over(work):
    work.mkdir()
    old = {"answer": wrong(FIRST), "sure": 2, "right": False, "revealed": True, "when": "2026-09-01T10:00:00"}
    open_ = {"answer": SECOND.key, "sure": None, "when": "2026-09-01T10:01:00"}
    file = work / "progress.json"
    file.write_text(
        json.dumps({"version": 1, "bets": {FIRST.id: old, SECOND.id: open_}, "work": {}}), "utf-8"
    )
    assert progress_file.trouble("en") == ""
    first = {fact: old[fact] for fact in ("answer", "sure", "when")}
    assert progress_file.load()["answers"] == {FIRST.id: {"tries": [first]}}
    assert progress_file.record("work", "x", said="y") == ""
    kept = json.loads(file.read_text("utf-8"))
    assert kept["version"] == 2
    assert kept["answers"] == {FIRST.id: {"tries": [first]}}
    assert kept["bets"] == {FIRST.id: old, SECOND.id: open_}


def test_how_sure_is_held_against_how_right(clock):
    clock(0)
    bet(FIRST, wrong(FIRST), 2)
    bet(SECOND, SECOND.key, 2)
    said = str(srm.progress("en"))
    assert "certain: 2 times, 1 right" in said
    assert "1 question is ready" not in said
    clock(1)
    assert "srm.practise()" in str(srm.progress("en"))


def test_what_is_not_asked_is_not_made(monkeypatch):
    """A lesson opens with three questions: the bank and its tables are not read for them."""
    made = []
    find = answer_history.find_question
    monkeypatch.setattr(
        answer_history, "find_question", lambda name, lang: made.append(name) or find(name, lang)
    )
    assert asked(srm.practise(3, "en", before=7)) == made
    assert len(made) == 3
