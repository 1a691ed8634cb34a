"""The words of the model, and what a move does."""

from itertools import product

import pytest

from srm_data.core.vocabulary import CHANGES, MOVES, PARTIES, UnknownNameError, change_between


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("customer", "provider", "stop doing"),
        ("customer", "shared", "now shared"),
        ("customer", "customer", "still do"),
        ("shared", "customer", "new duty"),
        ("shared", "shared", "still shared"),
        ("shared", "provider", "stop doing"),
        ("provider", "customer", "new duty"),
        ("provider", "shared", "now shared"),
        ("provider", "provider", "still theirs"),
        (None, "customer", None),
        ("provider", None, None),
        (None, None, None),
    ],
)
def test_every_pair_of_parties_has_its_change(before, after, change):
    assert change_between(before, after) == change


def test_a_change_moves_work_exactly_when_the_party_changes():
    for before, after in product(PARTIES, PARTIES):
        assert (change_between(before, after) in MOVES) == (before != after)


def test_all_changes_occur():
    assert {change_between(a, b) for a, b in product(PARTIES, PARTIES)} == set(CHANGES)


def test_an_unknown_name_is_a_value_error():
    # So a beginner's `except ValueError` works.
    assert issubclass(UnknownNameError, ValueError)
