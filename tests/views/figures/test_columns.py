"""A few large rows: columns over a width, cells in words or in parts."""

import pytest

from srm_data.views.content import Said, TableCell
from srm_data.views.figures.canvas import Canvas
from srm_data.views.figures.columns import Columns, runs
from srm_data.views.matrix_content import named_party
from tests.views.figures.checks import cells_of


def test_the_columns_fill_the_width_they_are_given():
    canvas = Canvas("", "")
    columns = Columns(canvas, 100, 800, 4)
    columns.row(200, 60, [named_party("customer", "en")] * 4, 24)
    boxes = cells_of(canvas.finish())
    assert boxes[0].x == 100
    assert boxes[-1].x + boxes[-1].width == pytest.approx(900)
    assert columns.span(1, 2) == pytest.approx((boxes[1].x, boxes[2].x + boxes[2].width - boxes[1].x))


def test_a_cell_of_several_parties_has_a_part_for_each_and_no_words():
    canvas = Canvas("", "")
    columns = Columns(canvas, 100, 400, 2)
    parted = TableCell(says=(Said("customer"), Said("provider", mark="?")))
    columns.row(200, 60, [parted, TableCell("–")], 24)
    picture = canvas.finish()
    left, right = cells_of(picture)
    assert left.x == 100
    assert right.x + right.width <= 100 + columns.wide + 1e-6
    assert [text.text for text in picture.texts()] == ["C", "P", "?", "–"]
    assert not columns.words_fit([parted, named_party("shared", "en")], 60)
    assert columns.words_fit([named_party("shared", "en")], 60)


def test_an_open_cell_is_dashed():
    canvas = Canvas("", "")
    Columns(canvas, 100, 400, 2).row(200, 60, [TableCell(open=True)] * 2, 24)
    assert [box.dashed for box in cells_of(canvas.finish())] == [True, True]


@pytest.mark.parametrize(
    ("columns", "found"), [([], []), ([2], [(2, 2)]), ([3, 0, 1], [(0, 1), (3, 3)]), (range(4), [(0, 3)])]
)
def test_runs_of_columns(columns, found):
    assert runs(columns) == found
