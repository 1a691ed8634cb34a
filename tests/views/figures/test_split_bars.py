"""The split in bars: a number in every part, as the table has it, and a mark on the parts of the title."""

import re

import pytest

import srm_data as srm
from srm_data.core.shipped import shipped_ids, shipped_matrix
from srm_data.core.vocabulary import LANGUAGES, PARTIES
from srm_data.views.figures import draw as figures
from srm_data.views.figures.canvas import SIZES
from srm_data.views.palette import THEMES
from tests.views.figures.checks import cells_of, claims, extent

FILLS = {THEMES["light"].ink[party].fill: party for party in PARTIES}
SEVERAL = [one for one in shipped_ids() if len(shipped_matrix(one, "en").columns) > 1]
ALONE = [one for one in shipped_ids() if one not in SEVERAL]
SHAPES = pytest.mark.parametrize("size", SIZES)


def parts(picture):
    """The filled boxes in the order of the table, without those of the key."""
    return [box for box in cells_of(picture) if box.fill in FILLS and (box.width, box.height) != (66, 40)]


def counted(matrix):
    """Party and count of each part of each bar, from the DataFrame."""
    frame = srm.load_matrix(matrix, "en")
    columns = [frame[column].value_counts() for column in frame.columns]
    return [[(party, int(counts[party])) for party in PARTIES if counts[party]] for counts in columns]


def number_on(picture, box):
    """The number that is written in a part, or right over it."""
    inside, over = [], []
    for text in picture.texts():
        x0, y0, x1, y1 = extent(text)
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        if box.x <= x <= box.x + box.width and (number := re.match(r"\d+", text.text)):
            inside += [int(number[0])] * (box.y < y < box.y + box.height)
            over += [int(number[0])] * (box.y - 30 < y <= box.y)
    return inside or over


@SHAPES
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_part_of_every_bar_has_its_number(size, lang):
    for matrix in SEVERAL:
        picture = figures.split(matrix, lang, size=size)
        told = [pair for column in counted(matrix) for pair in column]
        boxes = parts(picture)
        assert [FILLS[box.fill] for box in boxes] == [party for party, _ in told], matrix
        assert [number_on(picture, box) for box in boxes] == [[n] for _, n in told], matrix


@SHAPES
def test_a_part_is_as_wide_as_its_count(size):
    for matrix in SEVERAL:
        counts = [n for column in counted(matrix) for _, n in column]
        widths = [box.width + 6 for box in parts(figures.split(matrix, "en", size=size))]
        assert widths == pytest.approx([n * widths[0] / counts[0] for n in counts]), matrix


@SHAPES
def test_one_column_has_a_block_for_each_area(size):
    for matrix in ALONE:
        fills = [FILLS[box.fill] for box in parts(figures.split(matrix, "en", size=size))]
        found = [(party, fills.count(party)) for party in PARTIES if party in fills]
        assert found == counted(matrix)[0], matrix


def test_a_number_with_no_room_in_its_part_stands_over_it():
    frame = srm.load_matrix("azure-2026", "en")[["IaaS", "SaaS"]]
    names = [f"area {n}" for n in range(70)]
    long = frame.iloc[[0] * 69 + [9]].set_axis(names)
    picture = figures.split(long, "en", size="1:1")
    box = parts(picture)[1]
    assert box.width < 13
    assert number_on(picture, box) == [1]


@SHAPES
def test_the_customers_parts_that_the_title_is_about_have_a_ring(size):
    picture = figures.split("azure-ai", "en", size=size)
    mine = [box for box in parts(picture) if FILLS[box.fill] == "customer"]
    assert picture.heading == "What the customer does alone: from 13 areas to 2"
    rings = [(ring.x + 4, ring.y + 4, ring.width - 8, ring.height - 8) for ring in claims(picture)]
    assert rings == [pytest.approx((box.x, box.y, box.width, box.height)) for box in (mine[0], mine[-1])]


@SHAPES
def test_no_part_at_all_is_a_zero_in_a_ring(size):
    picture = figures.split("stack", "en", size=size)
    ring = claims(picture)[-1]
    inside = [
        text.text
        for text in picture.texts()
        for x0, y0, x1, y1 in [extent(text)]
        if ring.x < x0 and x1 < ring.x + ring.width and ring.y < y0 + 4 and y1 - 4 < ring.y + ring.height
    ]
    assert inside == ["0"]


@pytest.mark.parametrize(
    ("matrix", "lang", "title"),
    [
        ("ibm-hybrid", "en", "What the customer does alone: 5 areas in each kind of task"),
        ("rosa", "nl", "Wat de klant alleen doet: 3 gebieden bij elke soort taak"),
        ("ibm-software", "en", "What the customer does alone: at least 2, at most 4 areas per kind of task"),
        ("ibm-software", "nl", "Wat de klant alleen doet: minstens 2, hoogstens 4 gebieden per soort taak"),
        ("azure-aks", "en", "What the customer does alone: 8 of the 23 areas"),
        ("azure-aks", "nl", "Wat de klant alleen doet: 8 van de 23 gebieden"),
    ],
)
def test_the_title_claims_no_way_down_where_the_columns_are_no_ladder(matrix, lang, title):
    assert figures.split(matrix, lang).heading == title


def test_an_empty_split_has_one_length_for_all():
    for matrix in shipped_ids():
        blank = [box for box in cells_of(figures.split(matrix, "en", shown=0)) if box.dashed]
        assert len({round(box.width, 3) for box in blank}) == 1, matrix
