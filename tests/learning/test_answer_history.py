"""When a question comes back: by what was answered, how sure, and when."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srm_data.learning import progress_file
from srm_data.learning.answer_history import DAYS, due, histories, next_due
from srm_data.learning.questions import question_bank

NOW = datetime(2026, 9, 1, 10, 0)
BANK = [question for question in question_bank("en") if question.graded and not question.incident]
ESTIMATE = next(question for question in question_bank("en") if not question.graded)
FIRST, SECOND, THIRD = (question for question in BANK[:3])


def wrong(question):
    return next(option.key for option in question.options if not question.accepts(option.key))


def tries(question, *told):
    """Answers as they are kept: each (right, sure, days after `NOW`)."""
    return {
        "tries": [
            {
                "answer": question.key if right else wrong(question),
                "sure": sure,
                "when": (NOW + timedelta(days=days)).isoformat(timespec="seconds"),
            }
            for right, sure, days in told
        ]
    }


def ids(questions):
    return [question.id for question in questions]


def test_right_answers_come_back_later_and_later():
    told, days = [], 0
    for interval in (*DAYS, DAYS[-1]):
        told.append((True, 1, days))
        found = histories({FIRST.id: tries(FIRST, *told)}, "en")
        assert found[FIRST.id].due == NOW + timedelta(days=days + interval)
        days += interval


def test_an_estimate_does_not_come_back():
    found = histories({ESTIMATE.id: tries(ESTIMATE, (False, 2, -9))}, "en")
    assert found == {}
    assert ESTIMATE.id not in ids(due(found, "en", NOW, range(1, 13)))


@pytest.mark.parametrize(
    ("told", "streak"),
    [
        ([(True, 2, 0), (True, 2, 0.01), (True, 2, 0.02)], 1),  # three times in one hour is one day
        ([(True, 2, 0), (False, 1, 3), (True, 1, 4)], 1),
        ([(True, 2, 0), (True, 0, 1), (True, 1, 4)], 2),  # a right guess adds nothing
        ([(True, 0, 0)], 0),
        ([(True, 1, 0), (True, 1, 1), (False, 2, 4)], 0),
    ],
)
def test_a_streak_counts_days_and_no_guesses(told, streak):
    assert histories({FIRST.id: tries(FIRST, *told)}, "en")[FIRST.id].streak == streak


def test_certain_and_wrong_goes_first_and_soon():
    kept = {
        FIRST.id: tries(FIRST, (False, 1, 0)),
        SECOND.id: tries(SECOND, (True, 1, -3)),
        THIRD.id: tries(THIRD, (False, 2, 0)),
    }
    found = histories(kept, "en")
    soon = NOW + timedelta(minutes=11)
    assert ids(due(found, "en", soon, [1]))[:2] == [THIRD.id, SECOND.id]
    assert FIRST.id not in ids(due(found, "en", soon, [1]))
    tomorrow = NOW + timedelta(days=1)
    assert ids(due(found, "en", tomorrow, [1]))[:3] == [THIRD.id, SECOND.id, FIRST.id]
    assert next_due(found, NOW) == NOW + timedelta(minutes=10)


def test_what_was_never_asked_comes_last_and_only_of_lessons_so_far():
    found = histories({FIRST.id: tries(FIRST, (False, 2, -1))}, "en")
    asked = due(found, "en", NOW)
    assert asked[0] == FIRST
    assert {question.lesson for question in asked} == {FIRST.lesson}
    assert not any(question.incident for question in asked)
    assert due({}, "en", NOW) == []


@pytest.mark.parametrize(
    "odd",
    [
        {"tries": "x"},
        {"tries": [1, None, {}, {"answer": []}, {"answer": FIRST.key}, {"answer": FIRST.key, "when": 3}]},
        {"tries": [{"answer": "nobody", "sure": 2, "when": NOW.isoformat()}]},
        {},
    ],
)
def test_what_makes_no_sense_is_no_answer(odd):
    assert histories({FIRST.id: odd, "a-question-of-another-edition": odd}, "en") == {}


ONE = st.builds(
    lambda right, sure, when: {"answer": "a" if right else "b", "sure": sure, "when": when.isoformat()},
    st.booleans(),
    st.sampled_from([0, 1, 2]),
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),
)


@given(st.lists(ONE), st.lists(ONE), st.lists(ONE))
def test_two_tabs_that_each_knew_a_part_lose_nothing_and_add_nothing_twice(common, left, right):
    def kept(answers):
        unique = [one for i, one in enumerate(answers) if one not in answers[:i]]
        return {"answers": {"q": {"tries": unique}}}

    merged = progress_file._merge(kept(common + left), kept(common + right))["answers"]["q"]["tries"]
    assert all(one in merged for one in common + left + right)
    assert [one for i, one in enumerate(merged) if one in merged[:i]] == []
    again = progress_file._merge(kept(merged), kept(common + right))["answers"]["q"]["tries"]
    assert again == merged


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([0, 1, 2]), st.integers(-900, 900)), min_size=1))
def test_a_clock_that_jumps_breaks_nothing(told):
    found = histories({FIRST.id: tries(FIRST, *told)}, "en")[FIRST.id]
    assert [one.right for one in found.answers] == [right for right, _, _ in told]
    assert 0 <= found.streak <= len(told)
    assert found.answers[-1].when < found.due <= found.answers[-1].when + timedelta(days=DAYS[-1])
    assert found.urgent is (told[-1][:2] == (False, 2))


ANY_TIME = st.datetimes(datetime(1990, 1, 1), datetime.max).map(lambda when: when.isoformat())
MEETINGS = st.lists(st.tuples(st.booleans(), st.sampled_from([0, 1, 2]), ANY_TIME), min_size=1, max_size=6)


@given(MEETINGS, st.datetimes(datetime(2020, 1, 1), datetime(2060, 1, 1)))
def test_a_clock_that_jumps_hides_no_question_for_long(meetings, now):
    """Whatever times are kept: within two weeks of now the question is asked again."""
    kept = [
        {"answer": FIRST.key if right else wrong(FIRST), "sure": sure, "when": when}
        for right, sure, when in meetings
    ]
    found = histories({FIRST.id: {"tries": kept}}, "en")
    if not found:
        assert all(when.startswith("9999") for _, _, when in meetings)
        return
    for later in (now, now + timedelta(days=15)):
        asked = ids(due(found, "en", later, [FIRST.lesson]))
        comes = next_due(found, later)
        assert (FIRST.id in asked) == (comes is None)
        assert comes is None or later < comes <= later + timedelta(days=14)
    last = found[FIRST.id].latest.when
    assert FIRST.id in asked or last > now, "what was answered before now is due after two weeks"


def test_an_answer_of_tomorrow_is_asked_again_today():
    found = histories({FIRST.id: tries(FIRST, (True, 2, 400))}, "en")
    assert FIRST.id in ids(due(found, "en", NOW, [1]))
    assert next_due(found, NOW) is None


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([0, 1, 2])), min_size=1, max_size=8))
def test_a_first_answer_never_changes_and_a_streak_ends_with_an_error(told):
    kept = tries(FIRST, *((right, sure, day) for day, (right, sure) in enumerate(told)))
    one = histories({FIRST.id: kept}, "en")[FIRST.id]
    assert (one.answers[0].right, one.answers[0].sure) == told[0]
    assert (one.latest.right, one.latest.sure) == told[-1]
    row = []
    for right, sure in reversed(told):
        if not right:
            break
        row.append(sure)
    assert one.streak == len([sure for sure in row if sure])
