"""Where a learner stands is computed from the matrix of today, in both languages."""

import json
import re

import pytest

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.learning import progress, progress_file
from srm_data.learning.questions import question_bank
from tests.lessons import plain

pytestmark = pytest.mark.usefixtures("work")

BANK = question_bank("en")
FIRST, SECOND = (next(q for q in BANK if q.lesson == lesson) for lesson in (1, 2))
OTHER = [q for q in BANK if q.lesson == 1][1]


def wrong_key(question):
    return next(option.key for option in question.options if option.key != question.key)


def bet(question, *, right, **facts):
    progress_file.record("bets", question.id, answer=question.key if right else wrong_key(question), **facts)


def marks(html):
    """The row of each lesson: its heading, and right (True) or wrong (False) bet by bet."""
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td></tr>', html)
    return [
        (heading, [kind == "good" for kind in re.findall(r'<li class="(\w+)"', row)]) for heading, row in rows
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_bets_it_says_where_they_begin(lang, work):
    page = srm.progress(lang)
    assert texts(lang)["standing"]["none"] in plain(page.body)
    assert {"en": "lesson 1", "nl": "les 1"}[lang] in page.body
    assert "<table" not in page.body
    assert not work.exists(), "looking keeps nothing"


@pytest.mark.parametrize(
    ("lang", "said", "rows"),
    [
        ("en", "3 predictions made, 1 of them right.", ["Lesson 1: 1 of 2 right", "Lesson 2: 0 of 1 right"]),
        ("nl", "3 keer voorspeld, 1 keer goed.", ["Les 1: 1 van 2 goed", "Les 2: 0 van 1 goed"]),
    ],
)
def test_bets_are_counted_lesson_by_lesson(lang, said, rows):
    bet(SECOND, right=False)
    bet(OTHER, right=False)
    bet(FIRST, right=True)
    page = srm.progress(lang)
    assert said in plain(page.body)
    assert marks(page.body) == [(rows[0], [True, False]), (rows[1], [False])]
    words = texts(lang)["bet"]
    for question, verdict in ((FIRST, "right"), (OTHER, "wrong"), (SECOND, "wrong")):
        stem = next(q.stem for q in question_bank(lang) if q.id == question.id)
        assert f"{words[verdict]}: {stem}" in plain(page.body), "a mark is a sentence for who cannot see it"
    assert page.body.count("✓") == 1
    assert page.body.count("✗") == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_certain_and_wrong_is_what_to_remember(lang):
    words = texts(lang)["standing"]
    bet(FIRST, right=True, sure=2)
    bet(OTHER, right=False, sure=1)
    assert words["certain_one"] not in plain(srm.progress(lang).body)
    bet(OTHER, right=False, sure=2)
    assert words["certain_one"] in plain(srm.progress(lang).body)
    bet(SECOND, right=False, sure=2)
    assert words["certain"].format(n=2) in plain(srm.progress(lang).body)


@pytest.mark.parametrize("claimed", [True, False, None, "yes"])
def test_right_is_computed_anew(claimed):
    progress_file.record("bets", FIRST.id, answer=FIRST.key, right=claimed)
    progress_file.record("bets", OTHER.id, answer=wrong_key(OTHER), right=claimed)
    assert marks(srm.progress("en").body) == [("Lesson 1: 1 of 2 right", [True, False])]


def test_what_is_no_bet_of_this_bank_is_left_out():
    progress_file.record("bets", "a-question-of-another-edition", answer="shared", sure=2)
    progress_file.record("bets", FIRST.id, answer="nobody")
    progress_file.record("work", "check.moves", right=True)
    assert "No predictions yet" in srm.progress("en").body


@pytest.mark.parametrize("facts", [{"answer": ["shared"]}, {"answer": {"a": 1}}, {"sure": 2}, {}])
def test_an_answer_of_another_shape_is_no_bet(facts, work):
    work.mkdir()
    (work / "progress.json").write_text(json.dumps({"version": 1, "bets": {FIRST.id: facts}}))
    assert "No predictions yet" in srm.progress("en").body


@pytest.mark.parametrize(
    ("given", "sure"), [(0, 0), (2, 2), (None, None), (3, None), ("2", None), ([], None)]
)
def test_how_sure_is_one_of_three_or_unknown(given, sure):
    kept = {FIRST.id: {"answer": FIRST.key, "sure": given}}
    (made,) = progress.bets_made(kept, "en")
    assert (made.question, made.answer, made.sure, made.right) == (FIRST, FIRST.key, sure, True)


def test_bets_stand_in_the_order_of_the_bank():
    kept = {q.id: {"answer": q.key} for q in reversed(BANK)}
    assert [made.question.id for made in progress.bets_made(kept, "nl")] == [q.id for q in BANK if q.graded]


def test_an_estimate_is_no_bet_that_was_right_or_wrong(work):
    (estimate,) = [q for q in BANK if q.id == "default-share-all"]
    wrong = next(option.key for option in estimate.options if option.key != estimate.key)
    progress_file.record("bets", estimate.id, answer=wrong, sure=2)
    assert texts("en")["standing"]["none"] in plain(srm.progress("en").body)
    bet(FIRST, right=True)
    assert "1 prediction made, 1 right." in plain(srm.progress("en").body)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("content", "word"), [("{", "unreadable"), ('{"version": 3}', "newer")])
def test_a_file_that_cannot_be_read_does_not_pass_for_an_empty_one(content, word, lang, work):
    work.mkdir()
    (work / "progress.json").write_text(content)
    text = plain(srm.progress(lang).body)
    assert plain(texts(lang)["progress"][word].format(file=work / "progress.json")) in text
    assert texts(lang)["standing"]["none"] not in text


def test_a_newer_file_hides_no_bet_of_this_session(work):
    work.mkdir()
    (work / "progress.json").write_text('{"version": 3}')
    bet(FIRST, right=True)
    text = plain(srm.progress("en").body)
    assert "newer version of the kit" in text
    assert "1 prediction made, 1 right." in text


def test_the_language_in_use_is_spoken_and_the_file_named():
    bet(FIRST, right=True)
    srm.use_language("nl")
    page = srm.progress()
    assert 'lang="nl"' in page.body
    assert "Bewaard in progress.json, in je eigen map. Er wordt niets verstuurd." in plain(page.body)
    assert str(page).startswith("<style>")
    with pytest.raises(srm.UnknownNameError, match="nl"):
        srm.progress("fr")


def answered(question, *rights, sure=1):
    """Answers of practice, a day apart; the first is that of the lesson."""
    tries = [
        {
            "answer": question.key if right else wrong_key(question),
            "sure": sure,
            "when": f"2026-09-{day:02}T10:00:00",
        }
        for day, right in enumerate(rights, 1)
    ]
    return {question.id: {"tries": tries}}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_first_answer_latest_answer_and_streak_are_told_apart(lang, work):
    work.mkdir()
    bets = {q.id: {"answer": wrong_key(q), "sure": 2, "revealed": True} for q in (FIRST, OTHER)}
    answers = answered(FIRST, False, True, True, True) | answered(OTHER, False) | answered(SECOND, True)
    kept = {"version": 2, "bets": bets, "work": {}, "answers": answers}
    (work / "progress.json").write_text(json.dumps(kept))
    words, page = texts(lang)["standing"], srm.progress(lang)
    heads = re.findall(r'<th[^>]*scope="col">(.*?)</th>', page.body)
    assert heads == [words["lesson"], words["bets"], words["latest"]]
    rows = re.findall(r"<tr><th scope=.row.>.*?</th><td>(.*?)</td><td>(.*?)</td></tr>", page.body)
    kinds = [[re.findall(r'<li class="(\w+)"', cell) for cell in row] for row in rows]
    assert kinds == [[["bad", "bad"], ["good"]], [[], ["good"]]], "a wrong first answer stays wrong"
    assert words["streak_one"].format(days=3) in plain(page.body)
    assert words["in_a_row"].format(n=3) in page.body
    assert words["sum"].format(n=2, right=0) in plain(page.body)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_lesson_alone(lang):
    words = texts(lang)["standing"]
    bet(FIRST, right=True, sure=2, revealed=True)
    bet(SECOND, right=False, sure=2, revealed=True)
    page = srm.progress(lang, lesson=2)
    assert [heading for heading, _ in marks(page.body)] == [
        f"{words['lesson']} 2: {words['of'].format(right=0, n=1)}"
    ]
    assert words["certain_one"] in plain(page.body)
    assert words["none_here"].format(lesson=3) in plain(srm.progress(lang, lesson=3).body)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_three_different_cells_in_a_row_are_mastery(lang, work):
    work.mkdir()
    same = [q for q in question_bank(lang) if q.idea == "operating-system" and q.kind == "cell"][:3]
    label = {"en": "Operating system", "nl": "Besturingssysteem"}[lang]
    said = texts(lang)["standing"]["mastered"].format(ideas=label, n=3)

    def told(*answers):
        kept = {
            "version": 2,
            "bets": {},
            "work": {},
            "answers": {k: v for one in answers for k, v in one.items()},
        }
        (work / "progress.json").write_text(json.dumps(kept))
        return said in plain(srm.progress(lang).body)

    assert told(*(answered(q, True) for q in same))
    assert not told(*(answered(q, True) for q in same[:2]))
    assert not told(answered(same[0], True, True, True)), "one cell three times is one cell"
    assert not told(*(answered(q, True, sure=0) for q in same)), "guesses are no mastery"
    assert not told(*(answered(q, True, False) for q in same)), "the last answers were wrong"
    assert told(answered(same[0], False, False, True), *(answered(q, False, False, True) for q in same[1:]))
