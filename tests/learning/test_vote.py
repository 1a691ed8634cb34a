"""A vote in two rounds: what the page gets, what the kernel keeps, and classes side by side."""

import json

import pytest

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES, UnknownNameError
from srm_data.learning import progress_file, vote_content
from srm_data.learning.questions import find_question, question_bank
from tests.views.html.test_tables import parse

pytestmark = pytest.mark.usefixtures("work")

BOTH = pytest.mark.parametrize("lang", LANGUAGES)
WINDOWS, STORM = "vm-os-update", "storm-party"


def send(view, name, **facts):
    """What a page sends when a round is closed, a number corrected or a vote cancelled."""
    content = {"kind": "work", "name": name, "facts": facts}
    view._handle_msg({"content": {"data": {"method": "custom", "content": content}}, "buffers": []})


def kept(name):
    work = json.loads(progress_file.progress_file().read_text("utf-8"))["work"]
    return {fact: told for fact, told in work[name].items() if fact != "when"}


def hold(question, moment, room, one, two, **more):
    """A vote of a class, as the page sends it."""
    name = f"vote.{question}.{moment}"
    send(srm.vote(question), name, **{"class": room}, one=one, two=two, **more)
    return name


@BOTH
def test_every_question_can_be_voted_on(lang):
    questions = question_bank(lang)
    made = vote_content.content(questions, lang)["questions"]
    for question, one in zip(questions, made, strict=True):
        assert (one["id"], one["stem"]) == (question.id, question.stem)
        assert [option["right"] for option in one["options"]] == [
            question.accepts(option.key) for option in question.options
        ]
        letters = [option["letter"] for option in one["options"]]
        assert len({*letters, *(option["ink"] for option in one["options"])}) == 2 * len(letters)
        assert "hints" not in one
    party = texts(lang)["party"]["customer"]["letter"]
    by_id = {one["id"]: one for one in made}
    assert by_id[WINDOWS]["options"][0]["letter"] == party
    assert [option["letter"] for option in by_id[STORM]["options"]] == ["A", "B", "C", "D"]


@BOTH
def test_without_a_script_there_is_room_for_a_pen_and_no_answer(lang):
    view = srm.vote(WINDOWS, STORM, lang=lang)
    tree = parse(str(view.still).partition("</style>")[2])
    for name in (WINDOWS, STORM):
        question = find_question(name, lang)
        assert question.stem in tree.text
        assert question.option(question.key).feedback not in tree.text
    assert len([*tree.find("td")]) == 2 * (3 + 4)
    (slide,) = view.away.slides()
    assert slide.questions == view.away.questions == (WINDOWS, STORM)


def test_both_rounds_are_kept_and_a_number_can_be_corrected():
    view = srm.vote(WINDOWS)
    name = f"vote.{WINDOWS}.20261130-093000"
    send(view, name, **{"class": " 3A\n"}, one="customer 7, shared 12, provider 4", two="", cancelled="")
    assert kept(name) == {
        "class": "3A",
        "one": "customer 7, shared 12, provider 4",
        "two": "",
        "cancelled": "",
    }
    assert srm.votes().made == (), "round two is still to come"
    send(view, name, one="customer 8, shared 12, provider 4", two="customer 20, shared 3, provider 1")
    assert kept(name)["one"] == "customer 8, shared 12, provider 4"
    assert view.answers[name] == kept(name)
    assert view.heard == 2
    assert view.note == texts("en")["progress"]["kept"].format(file="progress.json")
    assert srm.vote(WINDOWS).answers == view.answers
    assert srm.vote(STORM).answers == {}


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        (f"vote.{STORM}.20261130-093000", {"one": "customer 7"}),  # another question than this view asks
        (f"vote.{WINDOWS}.tomorrow", {"one": "customer 7"}),
        (f"vote.{WINDOWS}.20269930-093000", {"one": "customer 7"}),
        (f"vote.{WINDOWS}.20261130-093000", {"one": "nobody 7"}),
        (f"vote.{WINDOWS}.20261130-093000", {"one": "customer -7"}),
        (f"vote.{WINDOWS}.20261130-093000", {"one": "customer 1000"}),
        (f"vote.{WINDOWS}.20261130-093000", {"one": "customer 0", "two": ["customer 7"]}),
        ("hand-in", {"class": "3A"}),
    ],
)
def test_what_makes_no_sense_is_not_kept(name, facts, work):
    view = srm.vote(WINDOWS)
    send(view, name, **facts)
    view._handle_msg({"content": {"data": {"method": "custom", "content": ["no", "message"]}}, "buffers": []})
    assert not progress_file.progress_file().exists()
    assert view.answers == {}


def test_classes_lie_beside_each_other():
    hold(STORM, "20261101-100000", "3A", "customer 1, both 1", "provider 2")
    hold(
        WINDOWS, "20261130-093000", "<b>3B</b>", "customer 6, shared 15, provider 3", "customer 18, shared 6"
    )
    hold(WINDOWS, "20261123-093000", "3A", "customer 5, shared 5, provider 10", "customer 15, provider 10")
    gone = hold(WINDOWS, "20261124-093000", "3C", "customer 5", "customer 5")
    send(srm.vote(WINDOWS), gone, cancelled="yes")
    found = srm.votes(lang="en")
    assert [(vote.question.id, vote.room) for vote in found.made] == [
        (WINDOWS, "3A"),
        (WINDOWS, "<b>3B</b>"),
        (STORM, "3A"),
    ]
    frame = found.frame.query("question == @WINDOWS and right")
    assert frame[["round", "hands", "share"]].values.tolist() == [
        [1, 5, 0.25],
        [2, 15, 0.6],
        [1, 6, 0.25],
        [2, 18, 0.75],
    ]
    tree = parse(str(found._repr_html_()).partition("</style>")[2])
    cells = [cell.text.strip() for cell in tree.find("td")]
    assert cells[7] == "13% → 0%", "3 of 24 is 12.5, rounded as the page does"
    assert cells[:4] == ["20 → 25", "25% → 60%", "25% → 0%", "50% → 40%"]
    heads = [cell.text for cell in tree.find("th")]
    assert "3A23 November 2026" in heads
    assert "<b>3B</b>30 November 2026" in heads, "a name stays text"
    assert {vote.question.id for vote in srm.votes(STORM).made} == {STORM}
    send(srm.vote(WINDOWS), gone, cancelled="")
    assert len(srm.votes(WINDOWS).made) == 3


def test_what_somebody_wrote_into_the_file_by_hand_breaks_nothing():
    hold(WINDOWS, "20261130-093000", "3A", "customer 6", "shared 6")
    progress_file.record("work", f"vote.{WINDOWS}.20261130-100000", one=5, two="customer ٣")
    progress_file.record("work", "vote.no-such-question.20261130-100000", one="customer 5", two="customer 5")
    assert [vote.room for vote in srm.votes().made] == ["3A"]
    assert len(srm.vote(WINDOWS).answers) == 2


@BOTH
def test_without_votes_it_says_how_to_begin(lang):
    assert "srm.vote(" in parse(str(srm.votes(lang=lang)._repr_html_()).partition("</style>")[2]).text


def test_an_unknown_question_is_told():
    with pytest.raises(UnknownNameError, match="vm-os-update"):
        srm.vote("vm-os-updat")
    with pytest.raises(UnknownNameError, match="vm-os-update"):
        srm.votes("vm-os-updat")
