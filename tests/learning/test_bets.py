"""Predict first: what the stepper is given, and what the kernel keeps of what the page sends."""

import dataclasses
import json
import re

import pytest

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.learning import progress_file, question_content
from srm_data.learning.question_content import Round
from srm_data.learning.questions import find_question, misconception, question_bank
from tests.lessons import LESSONS, plain, read

pytestmark = pytest.mark.usefixtures("work")

BOTH = pytest.mark.parametrize("lang", LANGUAGES)
BANK = question_bank("en")
WITH_REPAIR = "vm-os-update"
OTHER = next(q.id for q in BANK if q.id not in (WITH_REPAIR, find_question(WITH_REPAIR, "en").repair))


def send(view, question, **facts):
    """What a page sends when a learner chooses or asks for the outcome."""
    content = {"kind": "bets", "name": question, "facts": facts}
    view._handle_msg({"content": {"data": {"method": "custom", "content": content}}, "buffers": []})


def kept(question):
    """What the file of the learner holds about a question."""
    bets = json.loads(progress_file.progress_file().read_text(encoding="utf-8"))["bets"]
    return {key: value for key, value in bets[question].items() if key != "when"}


def key_of(question):
    return find_question(question, "en").key


def asked(question, lang="en", **given):
    """What the stepper is given of one question."""
    one = find_question(question, lang) if isinstance(question, str) else question
    return question_content.stepper([Round((one,), **given)], lang)["rounds"][0]["questions"][0]


@BOTH
def test_the_stepper_gets_every_question_with_its_options_and_hints(lang):
    for question in question_bank(lang):
        made = asked(question, lang)
        assert (made["id"], made["stem"], made["hints"]) == (question.id, question.stem, [*question.hints])
        assert [(o["key"], o["label"]) for o in made["options"]] == [
            (o.key, o.label) for o in question.options
        ]
        assert made.get("place", "").startswith(question.place)
        estimate = texts(lang)["bet"]["estimate"] in made.get("place", "")
        assert estimate == made.get("estimate", False) == (not question.graded)
        assert made.get("story", {}).get("text", "") == question.story
        assert made["key"] == question.key


@BOTH
def test_every_answer_is_told_whether_it_is_right_and_why(lang):
    beliefs = 0
    words = texts(lang)["bet"]
    for question in question_bank(lang):
        for option, made in zip(question.options, asked(question, lang)["options"], strict=True):
            assert (made["right"], made["say"]) == (question.accepts(option.key), option.feedback)
            more = {fact["term"]: fact["text"] for fact in made["more"]}
            if option.misconception:
                claim, truth = misconception(option.misconception, lang)
                assert (more[words["belief"]], more[words["truth"]]) == (claim, truth)
                beliefs += 1
            for other in question.right:
                assert (other.feedback in more.values()) == (other != option)
            if question.accepts(option.key):
                assert all(words["also"].partition(" {")[0] in term for term in more)
    assert beliefs >= 40


@BOTH
def test_a_verdict_is_not_said_twice(lang):
    """No "Right. Yes." and no "Not right. No."."""
    twice = re.compile(r"(Yes|No|Right|Ja|Nee|Klopt)\b[.,:;!]")
    assert [q.id for q in question_bank(lang) for o in q.options if twice.match(o.feedback)] == []


@BOTH
def test_a_shared_cell_is_told_in_both_its_parts_and_every_question_names_its_source(lang):
    shared = 0
    for question in question_bank(lang):
        told = " ".join(fact["text"] for fact in asked(question, lang)["facts"])
        if question.matrix:
            assert question.matrix.source_title in told
        if question.incident:
            assert question.incident.source_title in told
        if question.kind == "cell" and question.cell.party == "shared":
            assert (question.cell.customer_part or texts(lang)["label"]["not_told"]) in told
            assert question.cell.provider_part in told
            shared += 1
    assert shared >= 10


@BOTH
def test_answers_that_are_parties_have_their_colour_and_letter(lang):
    party = asked(WITH_REPAIR, lang)["options"]
    letters = [texts(lang)["party"][key]["letter"] for key in ("customer", "shared", "provider")]
    assert [(o["party"], o["letter"]) for o in party] == list(zip("csp", letters, strict=True))
    assert not any("party" in option for option in asked("accountable-to-the-law", lang)["options"])


@BOTH
def test_a_second_chance_is_another_question_and_has_none_itself(lang):
    again = 0
    for question in question_bank(lang):
        repair = asked(question, lang).get("repair")
        assert bool(repair) is bool(question.repair)
        if repair:
            assert repair["id"] == question.repair != question.id
            assert "repair" not in repair
            again += 1
    assert again >= 50


@BOTH
def test_without_scripts_stand_the_questions_with_their_options_and_no_answer(lang):
    for question in question_bank(lang):
        body = question_content.still([Round((question,))], lang).body
        text = plain(body)
        for said in (question.stem, question.story, *(option.label for option in question.options)):
            assert " ".join(said.split()) in text
        for option in question.options:
            assert option.feedback not in text


# What the kernel does with what a page sends.


def test_a_choice_is_kept_at_once_and_told_back():
    view = srm.bet(WITH_REPAIR, OTHER)
    assert (view.answers, view.note, view.heard) == ({}, "", 0)
    send(view, WITH_REPAIR, answer="shared", sure=None, revealed=False)
    assert kept(WITH_REPAIR) == {"answer": "shared", "sure": None, "right": False}
    bet = {"answer": "shared", "sure": None, "right": False, "revealed": False}
    assert (view.answers, view.note, view.heard) == ({WITH_REPAIR: bet}, "Kept in progress.json.", 1)
    send(view, WITH_REPAIR, answer=key_of(WITH_REPAIR), sure=2, revealed=False)
    assert kept(WITH_REPAIR) == {"answer": key_of(WITH_REPAIR), "sure": 2, "right": True}
    assert view.heard == 2


def test_an_answer_does_not_end_before_how_sure_is_said():
    view = srm.bet(WITH_REPAIR)
    send(view, WITH_REPAIR, answer="shared", sure=None, revealed=True)
    assert "revealed" not in kept(WITH_REPAIR)
    assert view.answers[WITH_REPAIR]["revealed"] is False
    send(view, WITH_REPAIR, answer="shared", sure=0, revealed=True)
    assert kept(WITH_REPAIR) == {"answer": "shared", "sure": 0, "right": False, "revealed": True}


def test_the_kernel_decides_what_is_right():
    view = srm.bet(WITH_REPAIR)
    send(view, WITH_REPAIR, answer="shared", sure=1, right=True, revealed=True)
    assert kept(WITH_REPAIR)["right"] is False


@BOTH
@pytest.mark.parametrize("later", [{"answer": "customer", "sure": 2}, {"answer": "shared", "sure": 2}])
def test_an_answer_that_ended_in_another_notebook_stands_and_is_said(lang, later):
    first, second = srm.bet(WITH_REPAIR, lang=lang), srm.bet(WITH_REPAIR, OTHER, lang=lang)
    ended = {"answer": "shared", "sure": 0, "right": False, "revealed": True}
    send(first, WITH_REPAIR, **ended)
    send(second, WITH_REPAIR, **later, revealed=True)
    assert kept(WITH_REPAIR) == ended
    assert second.answers == {WITH_REPAIR: ended}
    shared = texts(lang)["party"]["shared"]["label"]
    assert second.note == texts(lang)["bet"]["stands"].format(answer=shared)
    assert second.heard == 1


def test_a_restart_shows_what_was_kept():
    send(srm.bet(WITH_REPAIR), WITH_REPAIR, answer="shared", sure=2, revealed=True)
    again = srm.bet(OTHER, WITH_REPAIR, lang="nl")
    bet = {"answer": "shared", "sure": 2, "right": False, "revealed": True}
    assert again.answers == {WITH_REPAIR: bet}


def test_a_second_chance_is_kept_under_its_own_name_and_the_first_answer_stays():
    view = srm.bet(WITH_REPAIR)
    repair = find_question(WITH_REPAIR, "en").repair
    send(view, WITH_REPAIR, answer="shared", sure=0, revealed=True)
    send(view, repair, answer=key_of(repair), sure=1, revealed=True)
    assert kept(repair) == {"answer": key_of(repair), "sure": 1, "right": True, "revealed": True}
    assert kept(WITH_REPAIR)["right"] is False


@pytest.mark.parametrize(
    "facts",
    [
        {"answer": "nobody", "sure": 1, "revealed": True},  # of an edition with other options
        {"answer": ["shared"], "sure": "2"},
        {"answer": None},
        {"sure": 2},
    ],
)
def test_what_makes_no_sense_is_neither_kept_nor_shown(facts, work):
    view = srm.bet(WITH_REPAIR)
    send(view, WITH_REPAIR, **facts)
    assert (view.answers, view.heard, work.exists()) == ({}, 1, False)
    work.mkdir()
    (work / "progress.json").write_text(json.dumps({"version": 1, "bets": {WITH_REPAIR: facts}}))
    assert srm.bet(WITH_REPAIR).answers == {}


def test_a_question_of_another_view_is_not_kept_here(work):
    view = srm.bet(WITH_REPAIR)
    send(view, OTHER, answer=key_of(OTHER), sure=1)
    assert (view.heard, work.exists()) == (1, False)


def test_an_answer_that_an_older_kit_ended_without_how_sure_lies_open(work):
    work.mkdir()
    bet = {"answer": "shared", "sure": None, "right": False, "revealed": True}
    (work / "progress.json").write_text(json.dumps({"version": 1, "bets": {WITH_REPAIR: bet}}))
    assert srm.bet(WITH_REPAIR).answers == {WITH_REPAIR: bet}


# What goes wrong is said.


@BOTH
def test_a_folder_that_cannot_be_written_is_said_and_the_answer_lasts(lang, work):
    work.write_text("")
    view = srm.bet(WITH_REPAIR, lang=lang)
    send(view, WITH_REPAIR, answer="shared", sure=1)
    assert view.note.startswith(texts(lang)["progress"]["unwritable"].partition(" {")[0])
    assert srm.bet(WITH_REPAIR, lang=lang).answers[WITH_REPAIR]["answer"] == "shared"


@BOTH
def test_a_damaged_file_is_said_before_and_after(lang, work):
    work.mkdir()
    (work / "progress.json").write_text("{")
    view, words = srm.bet(WITH_REPAIR, lang=lang), texts(lang)["progress"]
    assert view.note == words["unreadable"].format(file=work / "progress.json")
    send(view, WITH_REPAIR, answer="shared", sure=1)
    (aside,) = work.glob("progress-damaged-*.json")
    assert view.note == words["damaged"].format(file=aside.name)
    send(view, WITH_REPAIR, answer="shared", sure=2)
    assert view.note == words["kept"].format(file="progress.json")


@BOTH
def test_a_file_of_a_newer_kit_stays_as_it_is(lang, work):
    work.mkdir()
    file = work / "progress.json"
    file.write_text('{"version": 99}')
    view = srm.bet(WITH_REPAIR, lang=lang)
    send(view, WITH_REPAIR, answer="shared", sure=1)
    assert view.note == texts(lang)["progress"]["newer"].format(file=file)
    assert (file.read_text(), view.answers[WITH_REPAIR]["answer"]) == ('{"version": 99}', "shared")


@BOTH
def test_an_error_nobody_foresaw_is_said_and_raised(lang, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("<b>")

    monkeypatch.setattr(progress_file, "record", broken)
    view = srm.bet(WITH_REPAIR, lang=lang)
    hear = view._msg_callbacks.callbacks[-1]  # ipywidgets hands what it raises to IPython, or logs it
    message = {"kind": "bets", "name": WITH_REPAIR, "facts": {"answer": "shared", "sure": 1}}
    with pytest.raises(RuntimeError, match="<b>"):
        hear(view, message, [])
    assert "(RuntimeError: <b>)" in view.note
    assert view.heard == 1


@BOTH
def test_a_mistyped_question_is_guessed(lang):
    srm.use_language(lang)
    with pytest.raises(srm.UnknownNameError, match=f"'vm-os-updat'.*'{WITH_REPAIR}'"):
        srm.bet(OTHER, "vm-os-updat")
    with pytest.raises(srm.UnknownNameError, match="en, nl"):
        srm.bet(WITH_REPAIR, lang="fr")


def test_no_question_is_no_error():
    assert srm.bet().content["rounds"][0]["questions"] == []
    assert "Shift+Enter" in repr(srm.bet(WITH_REPAIR))


def test_words_of_a_question_stay_words():
    evil = "<script>alert(1)</script>"
    question = dataclasses.replace(find_question(WITH_REPAIR, "en"), stem=evil, area=evil)
    body = question_content.still([Round((question,))], "en").body
    assert "&lt;script&gt;" in body
    assert "<script" not in body


@BOTH
def test_the_state_stays_small(lang):
    ids = [q.id for q in BANK]
    sizes = [
        len(json.dumps(srm.bet(*ids[start : start + 4], lang=lang).content).encode())
        for start in range(0, len(ids), 4)
    ]
    assert 5_000 < max(sizes) < 60_000


# What stands in the lessons, where a curious learner looks.


@pytest.mark.parametrize("path", LESSONS)
def test_a_lesson_holds_no_answer(path):
    notebook = read(path)
    assert notebook.metadata.keys() == {"kernelspec", "language_info"}
    lang = path.partition("/")[0]
    source = "\n".join(f"{cell.source}\n{cell.metadata.get('slide', '')}" for cell in notebook.cells)
    told = [o.feedback for q in question_bank(lang) for o in q.options if o.feedback in source]
    assert told == []
    for cell in notebook.cells:
        assert cell.metadata.keys() <= {
            "editable",
            "deletable",
            "tags",
            "slideshow",
            "slide",
            "note_words",
            "page_words",
        }
        assert not cell.get("attachments")
        if cell.cell_type == "code":
            assert cell.outputs == []
            for call in re.findall(r"srm\.play_incidents\(([^)]*)\)", cell.source):
                assert re.fullmatch(r'[\s,]*("[a-z0-9-]+"[\s,]*)+', call)
            for call in re.findall(r"srm\.bet\(([^)]*)\)", cell.source):
                for given in re.findall(r'"([^"]*)"', call):
                    find_question(given, lang)  # an id, and nothing but ids
                assert re.fullmatch(r'[\s,]*("[a-z0-9-]+"[\s,]*)+', call)


def test_the_id_of_a_question_does_not_tell_its_answer():
    parties = {"customer", "provider", "shared"}
    telling = [
        q.id
        for q in BANK
        if q.kind == "cell" and q.key in re.split("-", q.id) and not parties - {q.key} & set(q.id.split("-"))
    ]
    assert telling == []
