"""Any DataFrame as a table: every column under its own name, whatever pandas calls it."""

import pandas as pd
import pytest
from lxml import html

import srm_data as srm


def headings(frame):
    return [th.text or "" for th in html.fromstring(srm.show(frame, "en").body).xpath("//thead//th")]


def test_a_column_keeps_a_name_that_is_a_number():
    assert headings(pd.DataFrame([["a", "b"], ["c", "d"]])) == ["0", "1"]


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        (None, ["n"]),  # mere numbers of rows
        (pd.Index(["a", "b"]), ["", "n"]),
        (pd.Index(["a", "b"], name="0"), ["0", "n"]),
        (pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["x", "x"]), ["x", "x", "n"]),
        (pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["x", None]), ["x", "", "n"]),
    ],
)
def test_an_index_that_says_something_comes_first(index, expected):
    assert headings(pd.DataFrame({"n": [1, 2]}, index=index)) == expected


def test_a_table_of_nothing_is_shown_as_that():
    assert headings(pd.DataFrame()) == []
    assert headings(pd.DataFrame({"n": []})) == ["n"]
