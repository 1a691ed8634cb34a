"""The ladder in stacks: a block an area, coloured as the table has it, with the provider's ends marked."""

from itertools import groupby

import pytest

import srm_data as srm
from srm_data.core.compare import rungs
from srm_data.core.shipped import shipped_ids, shipped_matrix
from srm_data.core.vocabulary import PARTIES
from srm_data.views.figures import draw as figures
from srm_data.views.figures.canvas import SIZES
from srm_data.views.figures.marks import Box, Lines
from srm_data.views.palette import THEMES
from tests.views.figures.checks import cells_of, claims, faults

FILLS = {THEMES["light"].ink[party].fill: party for party in PARTIES}
LADDERS = [one for one in shipped_ids() if shipped_matrix(one, "en").ladder]
SHAPES = pytest.mark.parametrize("size", SIZES)


def stacks(picture):
    """The parties of the blocks of each stack from above, and where the provider's begin and end."""
    blocks = [box for box in cells_of(picture) if box.fill in FILLS and (box.width, box.height) != (66, 40)]
    for _, found in groupby(sorted(blocks, key=lambda box: (box.x, box.y)), key=lambda box: box.x):
        yield [*found]


def left_of(mark):
    return mark.x if isinstance(mark, Box) else mark.ends[0][0][0]


@SHAPES
def test_each_stack_has_a_block_for_each_area_of_each_party(size):
    assert len(LADDERS) > 15
    for matrix in LADDERS:
        frame = srm.load_matrix(matrix, "en")
        drawn = stacks(figures.ladder(matrix, "en", size=size))
        found = [[FILLS[box.fill] for box in stack] for stack in drawn]
        order = [column.label for column, _, _ in rungs(shipped_matrix(matrix, "en"))]
        told = [sorted(frame[column], key=PARTIES.index) for column in order]
        assert found == told, matrix


@SHAPES
def test_each_part_of_a_stack_is_named_with_its_number(size):
    for matrix in LADDERS:
        frame = srm.load_matrix(matrix, "en")
        said = " ".join(text.text for text in figures.ladder(matrix, "en", size=size).texts())
        for column in frame.columns:
            for party, n in frame[column].value_counts().items():
                assert not n or f"{n} {party.capitalize()}" in said, (matrix, column, party)


@SHAPES
def test_the_provider_is_marked_on_the_first_and_the_last_rung(size):
    for matrix in LADDERS:
        picture = figures.ladder(matrix, "en", size=size)
        found, marks = [*stacks(picture)], sorted(claims(picture), key=left_of)
        assert len(marks) == 2, matrix
        for stack, mark in zip((found[0], found[-1]), marks, strict=True):
            theirs = [box for box in stack if FILLS[box.fill] == "provider"]
            if theirs:
                assert isinstance(mark, Box)
                assert (mark.x + 4, mark.y + 4) == pytest.approx((stack[0].x, theirs[0].y))
                assert mark.y + mark.height - 4 == pytest.approx(theirs[-1].y + theirs[-1].height)
            else:
                assert isinstance(mark, Lines)
                assert mark.ends[0][0][1] > stack[-1].y + stack[-1].height


def test_what_is_new_stands_beside_its_rung_or_is_counted():
    said = [text.text for text in figures.ladder("aws-eks-auto", "en").texts()]
    assert "+\u00a0Node patching" in said
    assert "and 2 more" in said


def test_the_key_explains_all_that_is_drawn():
    said = [text.text for text in figures.ladder("azure-2026", "en").texts()]
    assert "the customer is responsible" in said
    assert "both have their own part in it" in said


@SHAPES
def test_nothing_jumps_from_step_to_step(size):
    last = {}
    for shown in range(5):
        picture = figures.ladder("aws-rds-custom", "en", size=size, shown=shown if shown < 4 else None)
        places = {(round(box.x), round(box.width)) for stack in stacks(picture) for box in stack}
        open_ = [box for box in cells_of(picture) if box.dashed and box.height < 60]
        blank = {(round(box.x), round(box.width)) for box in open_}
        assert len(places) == shown
        assert not last or places > last or shown == 0
        assert places <= blank | places
        last = places


@SHAPES
def test_a_long_ladder_of_ones_own_is_whole_and_legible(size):
    frame = srm.load_matrix("azure-2026", "en")
    names = [f"area {n}" for n in range(70)]
    long = frame[["On-premises", "IaaS", "PaaS", "SaaS", "SaaS", "SaaS"]].iloc[[n % 10 for n in range(70)]]
    picture = figures.ladder(long.set_axis(names).set_axis([*"ABCDEF"], axis=1), "en", size=size)
    assert [*faults(picture)] == []
    assert [len(stack) for stack in stacks(picture)] == [1, 2, 3, 3, 3, 3]
