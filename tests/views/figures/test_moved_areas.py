"""What if: every area that moves is named large or counted, each kind of move under a bracket."""

from itertools import combinations

import pytest

import srm_data as srm
from srm_data.core.shipped import shipped_ids, shipped_matrix
from srm_data.core.vocabulary import LANGUAGES, MOVES
from srm_data.views.figures import draw as figures
from srm_data.views.figures.canvas import SIZES
from srm_data.views.figures.marks import Lines
from tests.views.figures.checks import claims

SHAPES = pytest.mark.parametrize("size", SIZES)


def each_move(lang):
    for matrix in shipped_ids():
        m = shipped_matrix(matrix, lang)
        if m.ladder:
            for before, after in combinations(m.columns, 2):
                yield matrix, before.label, after.label


def said(picture):
    """All lines after each other, a word that was parted at its hyphen whole again."""
    return " ".join(text.text for text in picture.texts()).replace("- ", "-")


@SHAPES
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_area_that_moves_is_named(size, lang):
    for matrix, before, after in each_move(lang):
        change = srm.compare(matrix, before, after, lang)["change"]
        shown = said(figures.what_if(matrix, before, after, lang, size=size))
        missing = [area for area in change[change.isin(MOVES)].index if area.replace("- ", "-") not in shown]
        assert missing == [], (matrix, before, after)


@SHAPES
def test_each_kind_of_move_has_a_bracket(size):
    for matrix, before, after in each_move("en"):
        frame = srm.compare(matrix, before, after, "en")
        moved = frame[frame["change"].isin(MOVES)]
        pairs = {*zip(moved["before"], moved["after"], strict=True)}
        marks = claims(figures.what_if(matrix, before, after, "en", size=size))
        assert all(isinstance(mark, Lines) for mark in marks)
        assert len(marks) == (len(pairs) or frame["change"].nunique()), (matrix, before, after)


@SHAPES
def test_what_moves_is_larger_than_what_stays(size):
    picture = figures.what_if("azure-2026", "IaaS", "PaaS", "en", size=size)
    sizes = {text.text: text.size for text in picture.texts()}
    assert sizes["Operating system"] >= 1.8 * sizes["Still do · 4"]
    assert sizes["Network controls"] == sizes["Applications"] == sizes["Operating system"]


def test_what_stays_is_counted_where_it_does_not_fit():
    shown = said(figures.what_if("azure-ai-agent", "IaaS-agent", "SaaS-agent", "nl", size="1:1"))
    assert "Blijven doen · 5" in shown
    assert "en nog 2" in shown


@SHAPES
def test_where_nothing_moves_what_stays_is_large(size):
    picture = figures.what_if("aws-ecs", "ECS Managed Instances", "ECS on Fargate", "en", size=size)
    assert picture.heading.endswith("nothing moves")
    sizes = {text.text: text.size for text in picture.texts()}
    assert sizes["Container image"] >= 28
    assert len(claims(picture)) == 2


@SHAPES
def test_an_empty_move_has_two_cells_for_each_area_in_the_order_of_the_table(size):
    for matrix in ("azure-2026", "gcp", "aws-eks-auto"):
        m = shipped_matrix(matrix, "en")
        picture = figures.what_if(matrix, m.columns[0].id, m.columns[-1].id, "en", size=size, shown=0)
        assert sum(getattr(mark, "dashed", False) for mark in picture.marks) == 2 * len(m.areas)
        shown = said(picture)
        places = [shown.index(area.label) for area in m.areas if len(area.label) > 9]
        assert places == sorted(places), matrix


def test_a_long_table_counts_the_rows_that_have_no_room():
    names = [f"area number {n} of a long table of one's own" for n in range(60)]
    two = srm.load_matrix("azure-2026", "en")[["IaaS", "PaaS"]]
    frame = two.iloc[[n % 10 for n in range(60)]].set_axis(names)
    picture = figures.what_if(frame, "IaaS", "PaaS", "en", size="1:1", shown=1)
    rows = sum(getattr(mark, "dashed", False) for mark in picture.marks)
    assert 5 < rows < 60
    assert f"and {60 - rows} more" in said(picture)
