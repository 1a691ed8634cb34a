"""No way to guess passes, each lesson asks for all three parties, and the bank asks more than to apply."""

from collections import Counter

import pytest

from srm_data import __main__ as command
from srm_data.core.dataset import read_table
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES, PARTIES
from srm_data.learning import bank_report
from srm_data.learning.questions import LEVELS, Option, Question, find_question, load_questions, question_bank
from srm_data.publishing.asked_questions import asked_anywhere, asked_by
from srm_data.publishing.questions import common
from tests.lessons import LESSONS, NOTEBOOKS, bet_cells

BANK = question_bank("en")
BOTH = pytest.mark.parametrize("lang", LANGUAGES)

#: Numbers that a learner can come to by thinking, and how.
REASONED = {
    "count-own-basement": "on-premises there is no second party, so all rows",
    "count-alone-in-saas": "only who knows the company can do the three rows: data, settings, accounts",
    "count-google-shared-paas": "the drawing has two letters",
    "count-left-on-rds": "one row needs knowledge of the application",
    "stack-saas-customer-count": "in SaaS one opens a browser and keeps nothing running",
    "ed-classic-iaas-shared-count": "the stem names the two shared rows, the hints what became of them",
}
#: Cells that two lessons ask on purpose, and why.
TWICE = {
    ("database-open-to-all", "paas-firewall-open"): "lesson 5 asks it again, now against the stack",
}


def made(key, *labels, kind="choice", right="a"):
    """A question with these answers, the keys in the order of the alphabet."""
    options = tuple(Option(letter, label, "") for letter, label in zip("abcd", labels, strict=False))
    return Question(key, "en", kind, 1, 1, (), "?", options, right)


# What is counted


def test_who_leaves_out_a_party_scores_all_the_others():
    keys = {"customer": 5, "shared": 3, "provider": 2}
    assert [bank_report.without(keys, party) for party in PARTIES] == [0.5, 0.7, 0.8]


def test_of_two_longest_answers_either_one_is_chosen():
    one, tie, short = made("x", "long", "no", "no"), made("y", "long", "wide", "no"), made("z", "a", "long")
    guess = bank_report.longest_option([one, tie, short])
    assert (guess.right, guess.of) == (1.5, 3)
    assert guess.chance == pytest.approx(1 / 3 + 1 / 3 + 1 / 2)
    assert guess.gain == pytest.approx((1.5 - guess.chance) / 3)


def test_questions_about_one_cell_are_found():
    pairs = [tuple(ids) for ids in bank_report.same_cell(BANK)]
    assert pairs == [*TWICE]
    first, second = (find_question(name, "en") for name in pairs[0])
    assert (first.matrix.id, first.area, first.column) == (second.matrix.id, second.area, second.column)


# The bounds


def test_no_party_is_a_way_to_pass():
    keys = bank_report.party_keys(BANK)
    total = sum(keys.values())
    assert total >= 100
    assert {party: n for party, n in keys.items() if not 0.25 <= n / total <= 0.45} == {}
    assert {p: bank_report.without(keys, p) for p in PARTIES if bank_report.without(keys, p) > 0.7} == {}


def test_every_lesson_with_cells_asks_for_all_three_parties():
    lessons = {}
    for lesson in {q.lesson for q in BANK}:
        keys = bank_report.party_keys(q for q in BANK if q.lesson == lesson)
        if sum(keys.values()) >= 5:
            lessons[lesson] = [party for party, n in keys.items() if not n]
    assert len(lessons) >= 9
    assert {lesson: missing for lesson, missing in lessons.items() if missing} == {}


@BOTH
def test_the_length_of_an_answer_tells_nothing(lang):
    guess = bank_report.longest_option(question_bank(lang))
    assert guess.of >= 40
    assert guess.gain <= 0.08
    assert guess.gain >= -0.12  # to leave out the longest is a way to guess too


def test_the_place_of_an_answer_tells_nothing():
    places = bank_report.key_places(BANK)
    assert set(places) == {1, 2, 3, 4}
    assert max(places.values()) <= 0.4 * sum(places.values())


def test_a_number_that_can_only_be_guessed_does_not_count():
    numbers = {q.id for q in BANK if all(o.label.removesuffix("%").isdigit() for o in q.options)}
    assert len(numbers) >= 10
    assert {q.id for q in BANK if q.id in numbers and q.graded} == {*REASONED}
    assert {q.id for q in BANK if not q.graded} == numbers - {*REASONED}


@BOTH
def test_no_platform_gets_an_estimate(lang):
    given = {q.id for q in common.choose(lang)}
    assert given == {q.id for q in question_bank(lang) if q.graded}
    assert "default-share-all" not in given


def test_a_belief_is_sought_more_than_once():
    assert bank_report.rarely_sought(BANK) == []
    assert "two-parties" in bank_report.rarely_sought(BANK[:3])


# Levels


def test_the_bank_asks_more_than_to_apply():
    levels = Counter(q.level for q in BANK)
    assert set(levels) <= set(LEVELS)
    beside_stories = [q for q in BANK if q.level in ("analyse", "evaluate") and q.kind != "incident"]
    assert len(beside_stories) >= 25
    assert levels["evaluate"] >= 10
    assert levels["apply"] <= 0.6 * len(BANK)


@BOTH
def test_the_level_is_told_in_the_table(lang):
    frame = load_questions(lang)
    assert frame.loc["source-for-a-sentence", "level"] == "evaluate"
    assert not frame.loc["default-share-all", "graded"]
    assert set(frame["level"]) <= set(texts(lang)["code"]["level"])


# What the lessons ask


def test_what_a_lesson_asks_is_read_from_its_code():
    for path in LESSONS:
        asked = [q.id for cell in bet_cells(path) for group in cell.rounds for q in group]
        assert [question for _, question in asked_by(NOTEBOOKS / path)] == asked, path
    (first, *_) = asked_by(NOTEBOOKS / "en/01_who_answers.ipynb")
    assert first == (4, "vm-os-update")


def test_without_lessons_nothing_is_said_of_them(tmp_path):
    assert asked_anywhere(tmp_path) is None
    assert texts("nl")["bank"]["no_lessons"] in [*bank_report.report("nl")]


@BOTH
def test_the_command_tells_it(lang, capsys):
    assert command.main(["bank", "--lang", lang]) == 0
    said = capsys.readouterr().out
    words = texts(lang)["bank"]
    keys = bank_report.party_keys(BANK)
    provider = texts(lang)["party"]["provider"]["label"]
    assert f"{provider}: {keys['provider']} (" in said
    assert f" {round(100 * bank_report.without(keys, 'provider'))}%." in said
    unasked = [q.id for q in BANK if q.id not in asked_anywhere()]
    assert words["unasked"].format(n=len(unasked)) in said
    assert all(name in said for name in unasked)
    assert words["once"].format(all=len(read_table("objectives")), n=len(bank_report.checked_once())) in said
    assert max(map(len, said.splitlines())) <= 130
