"""A class of four goes through four weeks of lessons and practice, with a clock that is set.

What was asked and answered is written down here as it happens. What should come back, what is mastered and
what the teacher sees is worked out from that log again, and held against what the kit did.
"""

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

import srm_data as srm
from srm_data.files.paths import NOTEBOOKS
from srm_data.learning import practise, progress, progress_file
from srm_data.learning.answer_history import DAYS, histories, mastered
from srm_data.learning.new_cells import new_cell_questions
from srm_data.learning.questions import question_bank

START = datetime(2026, 9, 7, 10, 0)  # a Monday
LESSONS = {
    lesson: START + timedelta(days=7 * (n // 3) + 2 * (n % 3)) for n, lesson in enumerate(range(1, 13))
}
PATCHED = ("operating-system", "runtime", "database-software", "containers")
QUESTIONS = {q.id: q for q in (*question_bank("en"), *new_cell_questions("en"))}


@dataclass
class Meeting:
    """One question, met once."""

    session: int
    question: object
    answer: str
    sure: int
    when: datetime
    first: bool = False  # asked as a prediction of the lesson

    @property
    def right(self):
        return self.question.accepts(self.answer)


@dataclass
class Learner:
    """A learner with a belief: `answers` is given a question and how often it was met before."""

    name: str
    answers: object
    log: list = field(default_factory=list)
    sessions: list = field(
        default_factory=list
    )  # the lesson of each (None: practice at home), and what was asked

    def met(self, question):
        return [one for one in self.log if one.question == question]


def wrong(question):
    return next(option.key for option in question.options if not question.accepts(option.key))


def patches_everything(question, times):
    belief = next((o.key for o in question.options if o.misconception == "os-patch"), "")
    if belief:
        return belief, 1
    return ("provider" if question.idea in PATCHED else question.key), 1


def always_guesses(question, times):
    return Random(f"{question.id} {times}").choice(question.options).key, 0


def certain_about_accounts(question, times):
    if question.idea != "identity":
        return question.key, 1
    return (wrong(question), 2) if times < 2 else (question.key, 1)


def is_right(question, times):
    return question.key, 2


BELIEFS = {
    "patches": patches_everything,
    "guesses": always_guesses,
    "accounts": certain_about_accounts,
    "right": is_right,
}


def asked_in(lesson):
    """The questions that a lesson asks by name, in their order."""
    (file,) = (NOTEBOOKS / "en").glob(f"{lesson:02}_*.ipynb")
    cells = json.loads(file.read_text("utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return [
        name for call in re.findall(r"srm\.bet\(([^)]*)\)", code) for name in re.findall(r'"([^"]+)"', call)
    ]


class Clock(datetime):
    """The time as the kit knows it."""

    time = START

    @classmethod
    def now(cls, tz=None):
        return cls.time


def play(learner, view, session):
    """Answer all that a component asks, a minute each, as its page would send it."""
    asked = [QUESTIONS[one["id"]] for one in view.content["rounds"][0]["questions"]]
    kind = "answers" if view.content.get("practice") else "bets"
    for question in asked:
        Clock.time += timedelta(minutes=1)
        answer, sure = learner.answers(question, len(learner.met(question)))
        facts = {"answer": answer, "sure": sure, "revealed": True}
        view._handle_custom_msg({"kind": kind, "name": question.id, "facts": facts}, [])
        first = kind == "bets"
        learner.log.append(Meeting(session, question, answer, sure, Clock.time.replace(microsecond=0), first))
    return asked


@pytest.fixture(scope="module")
def class_of_four(tmp_path_factory):
    """The four of them, after four weeks, and the folder with their work."""
    folder = tmp_path_factory.mktemp("class")
    with pytest.MonkeyPatch.context() as patch:
        for module in (practise, progress, progress_file):
            patch.setattr(module, "datetime", Clock)
        patch.setattr(progress_file, "_unsaved", {})
        learners = [Learner(name, answers) for name, answers in BELIEFS.items()]
        for learner in learners:
            patch.setenv("SRM_WORK", str(folder / learner.name))
            patch.setattr(progress_file, "token_hex", lambda _, name=learner.name: name)
            for session, (lesson, day) in enumerate(LESSONS.items()):
                Clock.time = day
                if lesson > 1:
                    door = srm.practise(3, "en", before=lesson)
                    learner.sessions.append((lesson, Clock.time, play(learner, door, 2 * session)))
                names = asked_in(lesson)
                if names:
                    play(learner, srm.bet(*names, lang="en"), 2 * session)
                if lesson % 3 == 0:
                    Clock.time = day.replace(hour=19) + timedelta(days=2)  # on Sunday evening
                    home = srm.practise(lang="en")
                    learner.sessions.append((None, Clock.time, play(learner, home, 2 * session + 1)))
        yield {learner.name: learner for learner in learners}, folder


NAMES = pytest.mark.parametrize("name", BELIEFS)


@NAMES
def test_every_session_asks_first_what_was_certain_and_wrong(class_of_four, name):
    learner = class_of_four[0][name]
    seen = 0
    for lesson, start, asked in learner.sessions:
        before = {one.question.id: one for one in learner.log if one.when <= start}
        urgent = {
            question
            for question, last in before.items()
            if not last.right and last.sure == 2 and (lesson is None or last.question.lesson < lesson)
        }
        first = min(len(urgent), len(asked))
        assert {q.id for q in asked[:first]} <= urgent
        seen += first
    assert bool(seen) == (name == "accounts")


@NAMES
def test_the_door_of_a_lesson_asks_three_of_earlier_lessons(class_of_four, name):
    for lesson, _, asked in class_of_four[0][name].sessions:
        assert len(asked) == (3 if lesson else 5)
        assert len({question.id for question in asked}) == len(asked)
        if lesson:
            assert all(question.lesson < lesson for question in asked)


@NAMES
def test_nothing_comes_back_before_its_day(class_of_four, name):
    learner = class_of_four[0][name]
    again = 0
    for question in {one.question.id: one.question for one in learner.log}.values():
        meetings = [one for one in learner.log if one.question == question]
        for n, (earlier, later) in enumerate(pairwise(meetings), 1):
            if later.first:
                continue  # met at a door before its own lesson asked it
            again += 1
            streak = 0
            for one in reversed(meetings[:n]):
                if not one.right:
                    break
                streak += one.sure != 0
            gap = timedelta(days=DAYS[min(max(streak, 1), 4) - 1] if earlier.right else 1)
            if not earlier.right and earlier.sure == 2:
                gap = timedelta(minutes=10)
            assert later.when - earlier.when >= gap - timedelta(minutes=1), question.id
    assert again > 20


def cells_in_a_row(learner):
    """By idea, how many different cells were right at the end of the log, guesses apart."""
    rows = defaultdict(list)
    for one in learner.log:
        if one.question.idea:
            rows[one.question.idea].append(one)
    found = {}
    for idea, meetings in rows.items():
        cells = set()
        for one in reversed(meetings):
            if not one.right:
                break
            if one.sure:
                cells.add(one.question.id)
        found[idea] = len(cells)
    return found


@NAMES
def test_what_is_mastered(class_of_four, name, monkeypatch):
    learners, folder = class_of_four
    monkeypatch.setenv("SRM_WORK", str(folder / name))
    found = {*mastered(histories(progress_file.load()["answers"], "en"))}
    assert found == {idea for idea, cells in cells_in_a_row(learners[name]).items() if cells >= 3}
    assert bool(found) == (name != "guesses")
    assert ("operating-system" in found) == (name in ("right", "accounts"))
    assert name != "right" or "identity" in found


def test_who_was_certain_about_accounts_meets_them_until_they_are_right(class_of_four):
    learner = class_of_four[0]["accounts"]
    accounts = {one.question.id for one in learner.log if one.question.idea == "identity" and one.first}
    assert len(accounts) >= 3
    for name in accounts:
        rights = [one.right for one in learner.log if one.question.id == name]
        assert rights[0] is False
        if learner.met(QUESTIONS[name])[0].when < START + timedelta(days=14):
            assert rights[-1] is True, f"{name} was met {len(rights)} times"


@NAMES
def test_the_first_answer_stays_the_first(class_of_four, name):
    learners, folder = class_of_four
    kept = json.loads((folder / name / "progress.json").read_text("utf-8"))
    told = {one.question.id: one for one in learners[name].log if one.first}
    assert {q: facts["answer"] for q, facts in kept["bets"].items()} == {q: m.answer for q, m in told.items()}
    for question, facts in kept["answers"].items():
        meetings = [one for one in learners[name].log if one.question.id == question]
        assert [(t["answer"], t["sure"], t["when"]) for t in facts["tries"]] == [
            (m.answer, m.sure, m.when.isoformat(timespec="seconds")) for m in meetings
        ]


def test_neighbours_are_asked_other_new_questions(tmp_path, monkeypatch):
    """On the first day nothing is due, so all that practice asks is new."""
    asked = {}
    for name in ("ann", "bob", "ann again"):
        monkeypatch.setenv("SRM_WORK", str(tmp_path / name))
        monkeypatch.setattr(progress_file, "token_hex", lambda _, name=name: name.split()[0])
        learner = Learner(name, is_right)
        play(learner, srm.bet(*asked_in(1)[:3], lang="en"), 0)
        asked[name] = [question.id for question in play(learner, srm.practise(lang="en"), 1)]
        assert not {*asked[name]} & {*asked_in(1)[:3]}
    assert asked["ann"] == asked["ann again"] != asked["bob"]


def test_what_the_teacher_sees(class_of_four):
    learners, folder = class_of_four
    results = srm.class_results(folder, "en")
    assert {*results.learners} == {*BELIEFS}
    predicted = [one for learner in learners.values() for one in learner.log if one.first]
    firsts = [one for one in predicted if one.question.graded]
    assert len(firsts) < len(predicted)
    assert len(results.bets) == len(firsts), "neither practice nor an estimate counts as a prediction"
    for sure, word in enumerate(("a guess", "fairly sure", "certain")):
        row = results.calibration.set_index("sure").loc[word]
        chosen = [one for one in firsts if one.sure == sure]
        assert (row["predictions"], row["right"]) == (len(chosen), sum(one.right for one in chosen))
    chance = {0: lambda q: 1 / len(q.options), 1: lambda q: 0.75, 2: lambda q: 1}
    squares = [(one.right - chance[one.sure](one.question)) ** 2 for one in firsts]
    assert results.brier == pytest.approx(sum(squares) / len(squares))
    by_learner = results.bets.groupby("learner")["right"]
    assert by_learner.all().to_dict() == dict.fromkeys(BELIEFS, False) | {"right": True}
    patches = results.bets[(results.bets["learner"] == "patches") & ~results.bets["right"]]
    assert patches["misconception"].value_counts().idxmax() == "os-patch"
