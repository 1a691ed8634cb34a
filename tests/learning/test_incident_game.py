"""The game of incidents: what is shown before and after the reveal, and what is kept."""

import re

import ipywidgets as w
import pytest

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.learning import progress_file
from srm_data.learning.bets import answer_view
from srm_data.learning.hand_in import compose
from srm_data.learning.progress import bets_made
from srm_data.learning.questions import find_question, questions_about
from srm_data.views.html import tables
from tests.learning.test_bets import behind, on_page
from tests.learning.test_exercises import work_kept
from tests.lessons import plain

pytestmark = pytest.mark.usefixtures("work")

BOTH = pytest.mark.parametrize("lang", LANGUAGES)
INCIDENTS = list(srm.load_incidents("en").index)


class Played:
    """The game of one incident taken apart."""

    def __init__(self, incident, lang="en"):
        self.view = srm.play_incidents(incident, lang=lang)
        _, panel = self.view.children
        self.begin, *middle, self.reveal, self.note, self.shown = panel.children
        self.stems, self.answers, self.sures = middle[::3], middle[1::3], middle[2::3]
        self.closed, rows = self.shown.children
        self.layer, self.party = (behind(row.children[1]) for row in rows.children)


@BOTH
@pytest.mark.parametrize("incident", INCIDENTS)
def test_the_story_stands_once_above_two_questions_and_the_answers_lie_under_the_reveal(incident, lang):
    game, (layer, party) = Played(incident, lang), questions_about(incident, lang)
    first, second = (plain(html.value) for html in game.stems)
    assert first.startswith(f"{layer.incident.name}, {layer.incident.year}. {layer.story}")
    assert second.startswith(f"{texts(lang)['bet']['question'].format(n=2)}. {party.stem}")
    open_before = " ".join([first, second, plain(game.closed.value)])
    for secret in (layer.incident.why, layer.incident.other_side, *(o.feedback for o in layer.options)):
        assert secret not in open_before
    for stack, q in ((game.layer, layer), (game.party, party)):
        for state, option in zip(stack.children, q.options, strict=True):
            first = state if isinstance(state, w.HTML) else state.children[0]
            assert first.value == answer_view(q, option.key, 1 if q is layer else 2, told=True)


@BOTH
@pytest.mark.parametrize("incident", INCIDENTS)
def test_both_sources_are_named_once_when_all_is_open(incident, lang):
    game, (layer, party) = Played(incident, lang), questions_about(incident, lang)
    found = [
        (game.layer, layer, layer.option(layer.key)),
        (game.party, party, party.option(party.key)),
    ]
    states = [stack.children[q.options.index(option)] for stack, q, option in found]
    shown = [state if isinstance(state, w.HTML) else state.children[0] for state in states]
    shown.append(next(child for child in states[1].children[1:] if "<table" in child.value))
    text = " ".join(plain(html.value) for html in shown)
    assert text.count(layer.incident.source_title) == 1
    assert text.count(layer.incident.matrix.source_title) == 1


@BOTH
def test_whatever_was_bet_the_incident_is_shown_on_its_matrix(lang):
    for incident in INCIDENTS:
        _, party = questions_about(incident, lang)
        for state, option in zip(Played(incident, lang).party.children, party.options, strict=True):
            below = [child.value for child in state.children if isinstance(child, w.HTML)]
            assert below[1] == tables.incident(incident, lang).body
            repair = any(find_question(party.repair, lang).stem in plain(html) for html in below)
            assert repair == (option.key != party.key)


def test_a_bet_is_kept_with_all_others():
    game = Played("omigod-2021")
    layer, party = questions_about("omigod-2021", "en")
    game.answers[0].index = [o.key for o in layer.options].index(layer.key)
    game.answers[1].index = 0
    game.reveal.index = 1
    assert not any(control.disabled for control in game.answers)
    for sure in game.sures:
        sure.index = 2
    assert all(control.disabled for control in game.answers)
    made = bets_made(progress_file.load()["bets"], "nl")
    assert [(b.question.id, b.right) for b in made] == [("omigod-layer", True), ("omigod-party", False)]
    assert party.key == "disputed"
    assert re.search(r"9.*1 .* 2", plain(str(srm.progress("en"))))
    assert any("OMIGOD" in fact for fact in compose(lang="en").wrong)  # the hand-in knows it
    again = Played("omigod-2021", "nl")
    assert (again.reveal.index, [control.index for control in again.answers][1]) == (1, 0)


@BOTH
def test_several_incidents_are_chosen_from_a_drop_down_in_the_browser(lang):
    registry = w.widgets.widget._instances  # no public list of live widgets is left in ipywidgets 8
    registry.clear()
    view = srm.play_incidents("toolshell-2025", "Log4Shell", lang=lang)
    _, control, stack = view.children
    assert [label for label, _ in control.options] == ["ToolShell (2025)", "Log4Shell (2021)"]
    assert control.description == texts(lang)["play"]["choose"]
    assert "Shift+Enter" in repr(view)
    links = [
        (link.source[0], link.target[0]) for link in registry.values() if isinstance(link, w.widget_link.Link)
    ]
    assert (control, stack) in links
    assert len(stack.children) == 2


def test_without_names_all_of_them_are_there_to_play():
    _, control, stack = srm.play_incidents(lang="nl").children
    assert len(control.options) == len(stack.children) == len(INCIDENTS)


def test_controls_are_native_and_labelled():
    for widget in on_page(srm.play_incidents("ovh-fire-2021", "chaosdb-2021")):
        assert type(widget).__name__ in {"View", "VBox", "Stack", "HTML", "RadioButtons", "Dropdown"}
        if isinstance(widget, w.RadioButtons | w.Dropdown):
            assert widget.description


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
