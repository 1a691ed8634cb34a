"""Blanks and steps: what is not shown is nowhere in the figure, and the last step is the whole."""

import csv
import io

import pytest

import srm_data as srm
from srm_data.core.frames import as_matrix
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES, PARTIES
from srm_data.views import sentences
from srm_data.views.figures import draw as figures
from srm_data.views.figures.canvas import SIZES
from srm_data.views.figures.marks import Box
from srm_data.views.figures.picture import Picture

#: One figure of each kind: the call without its language, and in how many steps it is built.
KINDS = {
    "matrix": (figures.matrix, ("azure-2026",), 4),
    "model": (figures.model, ("azure-2026", "PaaS"), 1),
    "split": (figures.split, ("azure-2026",), 4),
    "what-if": (figures.what_if, ("azure-2026", "IaaS", "PaaS"), 2),
    "ladder": (figures.ladder, ("aws-rds-custom",), 4),
    "editions": (figures.side_by_side, ("azure-classic", "azure-2026"), 2),
    "stack": (figures.side_by_side, ("stack", "azure-2026", "saas"), 2),
    "topic": (figures.topic, ("network-controls",), 2),
    "incident": (figures.incident, ("storm-0558-2023",), 2),
}
EACH = pytest.mark.parametrize("kind", KINDS)
BOTH = pytest.mark.parametrize("lang", LANGUAGES)


def draw(kind, **how) -> Picture:
    function, what, _ = KINDS[kind]
    return function(*what, **{"lang": "en"} | how)


def said(picture):
    return [text.text for text in picture.texts()]


def cells(picture):
    """The cells that are filled in, and those that are not: a blank has a dashed edge."""
    boxes = [mark for mark in picture.marks if isinstance(mark, Box) and mark.corner]
    blank = [box for box in boxes if box.dashed]
    return len(boxes) - len(blank), len(blank)


@EACH
@BOTH
def test_an_empty_figure_asks_and_gives_nothing_away(kind, lang):
    whole, empty = draw(kind, lang=lang), draw(kind, lang=lang, shown=0)
    assert empty.heading.endswith("?")
    assert empty.heading != whole.heading
    assert whole.heading not in empty.alt
    assert empty.alt.startswith(empty.heading)
    parties = {texts(lang)["party"][party]["word"] for party in PARTIES}
    assert not any(field in parties for row in empty.rows[1:] for field in row)
    # In the drawing the parties stand in the key alone.
    labels = [texts(lang)["party"][party]["label"] for party in PARTIES]
    assert all(said(empty).count(label) <= 1 for label in labels)
    assert cells(empty)[1] > 0
    assert cells(whole)[1] == 0


@EACH
def test_a_build_begins_empty_and_ends_whole(kind):
    function, what, steps = KINDS[kind]
    pictures = figures.build(function, *what, lang="en")
    assert len(pictures) == steps + 1
    assert {picture.steps for picture in pictures} == {steps}
    assert pictures[0].svg() == draw(kind, shown=0).svg()
    assert pictures[-1].svg() == draw(kind).svg()
    assert all(picture.heading == pictures[0].heading for picture in pictures[:-1])
    open_ = [cells(picture)[1] for picture in pictures]
    assert open_[-1] == 0
    if kind != "incident":  # its second step shows where in the table it lies
        assert open_ == sorted(set(open_), reverse=True)


@EACH
@pytest.mark.parametrize("shown", [-1, 9])
def test_a_step_that_is_not_there_is_told(kind, shown):
    with pytest.raises(ValueError, match=rf"Step {shown} is not there: .* built in {KINDS[kind][2]}"):
        draw(kind, shown=shown)


def test_one_column_at_a_time():
    steps = figures.build(figures.matrix, "azure-2026", lang="en")
    for n, picture in enumerate(steps):
        filled = [len([field for field in row[1:] if field]) for row in picture.rows[1:]]
        assert filled == [n] * 10


def test_the_steps_of_a_move():
    before, after = (figures.what_if("azure-2026", "IaaS", "PaaS", "en", shown=n) for n in (1, 2))
    assert before.rows[7] == ["Operating system", "customer", "", ""]
    assert ["Operating system", "customer", "provider", "stop doing"] in after.rows
    assert sorted(row[:2] for row in after.rows) == sorted(row[:2] for row in before.rows)
    assert "Stop doing" not in " ".join(said(before))
    assert "Stop doing · 1" in said(after)


def test_an_empty_ladder_names_what_is_to_be_put_in_order():
    empty = figures.ladder("azure-2026", "en", shown=0)
    assert "IaaS · On-premises · PaaS · SaaS" in said(empty)
    assert {field for row in empty.rows[1:] for field in row} == {""}


def test_a_ladder_tells_what_is_new_on_each_rung():
    ladder = figures.ladder("azure-2026", "nl")
    assert [[row[0], row[3]] for row in ladder.rows] == [
        ["Servicemodel", "leverancier"],
        ["On-premises", "0"],
        ["IaaS", "3"],
        ["PaaS", "4"],
        ["SaaS", "5"],
    ]
    assert ladder.rows[3][4] == "Besturingssysteem"
    assert "4 Leverancier" in said(ladder)
    assert "2 Gedeeld" in said(ladder)
    assert ladder.heading == "De ladder op: de leverancier gaat van 0 naar 5 van de 10 gebieden"


def test_a_ladder_stands_in_order_whatever_the_order_of_the_columns():
    turned = srm.load_matrix("azure-2026", "en")[["SaaS", "IaaS", "On-premises", "PaaS"]]
    assert [row[0] for row in figures.ladder(turned, "en").rows[1:]] == [
        "On-premises",
        "IaaS",
        "PaaS",
        "SaaS",
    ]


def test_editions_have_a_ring_around_what_changed():
    picture = figures.side_by_side("azure-classic", "azure-2026", lang="en")
    rings = [mark for mark in picture.marks if isinstance(mark, Box) and mark.fill == "none"]
    assert len(rings) == 2  # a cell of the one and that of the other
    assert [text for text in said(picture) if "Only in" in text or "same" in text] == [
        "Only in Azure, classic (2019-2025)\xa0·\xa01",
        "Only in Azure, January 2026\xa0·\xa01",
        "The same in both\xa0·\xa07",
    ]
    assert picture.heading.endswith(": 2 cells differ, 2 rows in one only")
    assert "Client devices in SaaS (customer → shared)" in picture.alt
    assert "Only in Azure, January 2026: Configurations and settings." in picture.alt


def test_the_stack_beside_the_matrix_is_about_one_column():
    picture = figures.side_by_side("stack", "azure-2026", "saas", "en")
    assert picture.rows[0] == [
        "Stack of nine layers",
        "Azure, January 2026",
        "SaaS (Stack of nine layers)",
        "SaaS (Azure, January 2026)",
    ]
    assert ["Data", "Customer data", "provider", "customer"] in picture.rows


def test_a_topic_lines_two_providers_up():
    picture = figures.topic("network-controls", lang="en")
    assert picture.rows[1:] == [
        ["Azure, January 2026", "Network controls", "customer", "customer", "shared", "provider"],
        ["Google Cloud, 2023", "Network security", "customer", "customer", "provider", "provider"],
    ]
    assert picture.alt == sentences.topic("network-controls", ("azure-2026", "gcp"), "en")
    with pytest.raises(ValueError, match="none of these tables has a column that counts as a service model"):
        figures.topic("network-controls", ["rosa", "aro"], lang="en")


def test_an_incident_says_who_failed_beside_who_answers():
    picture = figures.incident("storm-0558-2023", "nl")
    assert picture.heading == sentences.incident_title("storm-0558-2023", "nl")
    assert any("(Storm-0558)" in field for row in picture.rows for field in row)
    failed = "De leverancier ging de fout in (Microsoft)."
    assert failed in " ".join(said(picture))
    for shown in (0, 1):
        assert failed not in " ".join(said(figures.incident("storm-0558-2023", "nl", shown=shown)))


@pytest.mark.parametrize(
    ("size", "pixels"), [("16:9", (1920, 1080)), ("4:3", (1440, 1080)), ("1:1", (1080, 1080))]
)
@EACH
def test_every_figure_has_every_shape(kind, size, pixels):
    picture = draw(kind, size=size)
    width, height = picture.figure().get_size_inches() * 144
    assert (round(width), round(height)) == pixels


def test_an_unknown_shape_lists_those_there_are():
    with pytest.raises(srm.UnknownNameError, match=r"There is no size '3:4'.*Choose from: 16:9, 4:3, 1:1\."):
        figures.matrix("azure-2026", size="3:4", lang="en")
    assert set(SIZES) == {"16:9", "4:3", "1:1"}


@EACH
@BOTH
def test_the_table_goes_with_the_picture(kind, lang):
    picture = draw(kind, lang=lang)
    rows = list(csv.reader(io.StringIO(picture.table())))
    assert rows == [[*row] for row in picture.rows]
    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1
    told = picture.description()
    for part in (picture.heading, picture.alt, *(" | ".join(row) for row in rows), *picture.foot):
        assert part in told


def test_the_rows_of_a_matrix_are_the_matrix():
    m = as_matrix("gcp", "en")
    for area, row in zip(m.areas, figures.matrix("gcp", "en").rows[1:], strict=True):
        assert row == [area.label, *(str(m.cell(area, column).party) for column in m.columns)]
