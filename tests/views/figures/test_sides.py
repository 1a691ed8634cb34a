"""Two matrices beside each other: each difference has a ring, and the rest is named or counted."""

import re

import pytest

from srm_data.core.compare import differing
from srm_data.core.frames import as_matrix
from srm_data.views.figures import draw as figures
from srm_data.views.figures.canvas import SIZES
from srm_data.views.figures.marks import Area, Box, Lines
from tests.views.figures.checks import claims


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("azure-classic", "azure-2026", None),
        ("azure-2016", "azure-classic", None),
        ("stack", "azure-ai", "saas"),
        ("stack", "gcp", "saas"),
    ],
)
def test_each_cell_that_differs_has_a_ring_and_an_arrow_or_is_counted(old, new, column, size):
    picture = figures.side_by_side(old, new, column, "en", size=size)
    rings = [mark for mark in claims(picture) if isinstance(mark, Box)]
    arrows = [mark for mark in picture.marks if isinstance(mark, Area)]
    margin = min(text.x for text in picture.texts())
    counted = [
        text.text for text in picture.texts() if text.x == margin and re.fullmatch(r"and \d+ more", text.text)
    ]
    more = int(counted[0].split()[1]) if counted else 0
    assert len(rings) == len(arrows)
    assert len(rings) + more == len(differing(as_matrix(old, "en"), as_matrix(new, "en"), column))
    if size == "16:9":
        assert more == 0


def test_where_nothing_differs_the_rows_that_agree_are_what_is_claimed():
    picture = figures.side_by_side("stack", "nist-800-145", "saas", "en")
    assert not any(isinstance(mark, Area) for mark in picture.marks)
    brackets = [mark for mark in claims(picture) if isinstance(mark, Lines)]
    assert len(brackets) == 3
    assert "The same in both\xa0·\xa07" in [text.text for text in picture.texts()]


@pytest.mark.parametrize("size", SIZES)
def test_a_row_of_one_table_says_so_only_once_both_are_told(size):
    for shown in (0, 1):
        empty = figures.side_by_side("azure-classic", "azure-2026", lang="en", size=size, shown=shown)
        assert not any("Only in" in text.text for text in empty.texts())
        assert claims(empty) == []
