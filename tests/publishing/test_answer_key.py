"""The answer key of a lesson: it holds every exercise, each answer is right, and nothing stands open."""

import html
import re

import pytest

import srm_data as srm
from srm_data import _HOME
from srm_data.core.vocabulary import LANGUAGES
from srm_data.learning.check_tables import first_fault, wanted_table
from srm_data.learning.questions import find_question, questions_about
from srm_data.publishing.answer_key import LINES, answer_key, answers
from srm_data.publishing.lesson_calls import calls_in
from srm_data.publishing.lessons import lessons

#: What has no answer: it shows what the learner did, asks what others asked, or a neighbour checks it.
NO_KEY = {"practise", "progress", "hand_in", "write_claim"}
EVERY = [(one, lang) for lang in LANGUAGES for one in lessons(lang)]


def is_exercise(call):
    return _HOME.get(call.name, "").startswith("learning.") and call.name not in NO_KEY


@pytest.mark.parametrize(("lesson", "lang"), EVERY, ids=lambda one: getattr(one, "path", one))
def test_every_question_and_every_exercise_of_a_lesson_is_in_its_key(lesson, lang):
    wanted = 0
    asked = {answer.asked for answer in answers(lesson, lang)}
    for call in calls_in(lesson.path):
        if call.name in ("bet", "play_incidents"):
            named = [find_question(q, lang) for q in call.given] if call.name == "bet" else []
            named += [] if named else [q for i in call.given for q in questions_about(i, lang)]
            assert {q.stem for q in named} <= asked
            wanted += len(named)
        elif is_exercise(call):
            wanted += 1
    more = {"explore", "what_if", "explore_topics", "build_workload"}  # views that a lesson gives a task
    free = sum(call.name in more for call in calls_in(lesson.path))
    found = answers(lesson, lang)
    assert wanted <= len(found) <= wanted + free
    assert all(answer.facts and all(fact.text for fact in answer.facts) for answer in found)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_answer_is_closed_until_somebody_opens_it(lang):
    shown = answer_key(1, lang).body
    assert shown.count("<details>") == len(answers(lessons(lang)[0], lang)) >= 5
    assert "<details open" not in shown
    before = re.sub(r"<details>.*?</details>", "", shown, flags=re.S)
    summaries = re.findall(r"<summary>(.*?)</summary>", shown, re.S)
    right = find_question("broken-memory-vm", lang).right[0]
    for visible in (before, *summaries):
        assert right.feedback not in html.unescape(visible)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", LINES)
def test_the_line_of_code_gives_the_table_that_is_asked_for(name, lang):
    srm.use_language(lang)
    known = {
        "table": srm.compare("azure-2026", "iaas", "paas"),
        "matrix": srm.load_matrix("azure-2026"),
        "features": srm.load_baselines().query("supported"),
    }
    (line,) = {
        answer.code
        for one in lessons(lang)
        for answer in answers(one, lang)
        if answer.code and f"“{name}”" in answer.asked
    }
    assert first_fault(eval(line, known), wanted_table(name, lang), lang) == ""


def facts(number, lang, asked):
    (lesson,) = [one for one in lessons(lang) if one.number == number]
    (answer,) = [one for one in answers(lesson, lang) if asked in one.asked]
    return {fact.term: (fact.lead, fact.text) for fact in answer.facts}


def test_what_stands_in_the_answers():
    duties = facts("1", "en", "Which area is each duty about?")
    assert (
        duties["5. Updating and patching the Azure infrastructure"][0] == "Operating system / Physical hosts"
    )
    assert duties["4. Availability of the services and what is under them"][0] == "no row of its own"
    assert facts("2", "nl", "welke rijen zijn van jou")["SaaS"][1].startswith("Alleen van jou, 3: ")
    assert facts("3", "en", "takes most off")["Most off your list"][1] == "On-premises → SaaS: 5"
    assert facts("6", "en", "One cell of this table").keys() == {"Information and data × IaaS"}
    assert "Backup and restore" not in facts("7", "en", "The search")["Tables agree in every column"][1]
    ladder = facts("4", "en", "in order")
    assert [ladder[name][0] for name in ("On-premises", "Amazon RDS")] == ["Rung 1", "Rung 3"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_in_the_workload_duties_come_back(lang):
    (lesson,) = [one for one in lessons(lang) if not one.number]
    told = answers(lesson, lang)[-1].facts[0].text
    assert int(re.search(r" (\d+) ", told)[1]) == 24


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_lesson_that_is_not_there_is_named_with_those_that_are(lang):
    with pytest.raises(srm.UnknownNameError, match="13"):
        answer_key(13, lang)
