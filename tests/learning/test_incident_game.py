"""The game of incidents: what is asked and shown, and what is kept."""

import re

import pytest

import srm_data as srm
from srm_data.core.incidents import as_incident
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.learning import progress_file
from srm_data.learning.hand_in import compose
from srm_data.learning.progress import bets_made
from srm_data.learning.questions import questions_about
from tests.learning.test_bets import send
from tests.learning.test_exercises import work_kept
from tests.lessons import plain

pytestmark = pytest.mark.usefixtures("work")

BOTH = pytest.mark.parametrize("lang", LANGUAGES)
INCIDENTS = list(srm.load_incidents("en").index)


@BOTH
@pytest.mark.parametrize("incident", INCIDENTS)
def test_the_story_stands_with_both_questions_and_the_incident_comes_last(incident, lang):
    i = as_incident(incident, lang)
    (one,) = srm.play_incidents(incident, lang=lang).content["rounds"]
    assert [q["id"] for q in one["questions"]] == [q.id for q in questions_about(incident, lang)]
    assert {q["story"]["text"] for q in one["questions"]} == {i.story}
    told = one["told"]
    lit = [row["label"] for row in told["rows"] if row["lit"]]
    assert lit[: len(i.areas)] == [area.label for area in i.areas]
    assert len(lit) == max(len(i.areas), 1)  # a row more where the table has none for it
    assert all(len(row["cells"]) == len(told["columns"]) for row in told["rows"])
    said = [fact["text"] for fact in told["facts"]]
    assert {i.why, i.other_side, i.question, i.source_title} <= set(said)


@BOTH
@pytest.mark.parametrize("incident", INCIDENTS)
def test_both_sources_are_named_once_when_all_is_open(incident, lang):
    i = as_incident(incident, lang)
    (one,) = srm.play_incidents(incident, lang=lang).content["rounds"]
    shown = [fact["text"] for question in one["questions"] for fact in question["facts"]]
    shown += [fact["text"] for fact in one["told"]["facts"]] + [one["told"]["foot"]]
    text = " ".join(shown)
    assert text.count(i.source_title) == 1
    assert text.count(i.matrix.source_title) == 1


@BOTH
def test_without_scripts_the_story_stands_once_and_nothing_is_given_away(lang):
    for incident in INCIDENTS:
        i = as_incident(incident, lang)
        text = plain(srm.play_incidents(incident, lang=lang).still.body)
        assert text.count(" ".join(i.story.split())) == 1
        assert i.why not in text


def test_an_answer_is_kept_with_all_others():
    view = srm.play_incidents("omigod-2021")
    layer, party = questions_about("omigod-2021", "en")
    send(view, layer.id, answer=layer.key, sure=2, revealed=True)
    send(view, party.id, answer=party.options[0].key, sure=2, revealed=True)
    made = bets_made(progress_file.load()["bets"], "nl")
    assert [(b.question.id, b.right) for b in made] == [("omigod-layer", True), ("omigod-party", False)]
    assert re.search(r"9.*1 .* 2", plain(str(srm.progress("en"))))
    assert any("OMIGOD" in fact for fact in compose(lang="en").wrong)  # the hand-in knows it
    assert srm.play_incidents("omigod-2021", lang="nl").answers[layer.id]["revealed"] is True


@BOTH
def test_several_incidents_are_chosen_from_a_drop_down(lang):
    view = srm.play_incidents("toolshell-2025", "Log4Shell", lang=lang)
    assert [one["label"] for one in view.content["rounds"]] == ["ToolShell (2025)", "Log4Shell (2021)"]
    assert view.content["words"]["choose"] == texts(lang)["play"]["choose"]
    assert "Shift+Enter" in repr(view)


def test_without_names_all_of_them_are_there_to_play():
    assert len(srm.play_incidents(lang="nl").content["rounds"]) == len(INCIDENTS)


def test_an_unknown_incident_is_guessed():
    with pytest.raises(srm.UnknownNameError, match=r"'unisupr'\. Did you mean 'unisuper-2024'"):
        srm.play_incidents("unisupr")


# What each side could have done, in the learner's own words.


@BOTH
@pytest.mark.parametrize("incident", INCIDENTS)
def test_both_sides_are_asked_for_and_can_be_compared(incident, lang):
    row, words = srm.load_incidents(lang).loc[incident], texts(lang)["play"]
    view = srm.both_sides(incident, lang)
    assert [part["label"] for part in view.content["parts"]] == [
        words["customer_could"],
        words["other_could"],
    ]
    assert row["name"] in view.content["task"]
    first, second, ours = (fact["text"] for fact in view.content["model"])
    assert (first, second, ours) == (row["customer_could"], row["other_could"], words["our_model"])
    assert row["other_could"] not in plain(str(view.still)), "paper holds no answer"


@BOTH
def test_words_about_both_sides_are_kept_and_come_back(lang):
    view = srm.both_sides("ovh-fire-2021", lang)
    name = view.content["name"]
    typed = {"kind": "work", "name": name, "facts": {"customer": "<b>a copy</b> elsewhere"}}
    view._handle_custom_msg(typed, [])
    assert name == "incident.ovh-fire-2021"
    assert work_kept(name) == {"customer": "<b>a copy</b> elsewhere"}
    assert srm.both_sides("OVHcloud Strasbourg fire").answers == {"customer": "<b>a copy</b> elsewhere"}
