"""The split in bars: a number for each part of each bar, and the customer's part that the title is about."""

import pytest

import srm_data as srm
from srm_data.core.frames import as_matrix
from srm_data.core.language import texts
from srm_data.core.shipped import shipped_ids
from srm_data.core.vocabulary import LANGUAGES
from srm_data.views.figures import draw
from srm_data.views.figures.canvas import SIZES
from srm_data.views.figures.marks import Text
from srm_data.views.palette import THEMES
from tests.views.figures.checks import cells_of, claims, extent


def parts(picture, m):
    """The parts of all bars, row by row: party and how wide, told by their colour."""
    party = {ink.fill: name for name, ink in THEMES["light"].ink.items() if name}
    key = [box for box in cells_of(picture) if box.width == 66]
    found = {}
    for box in cells_of(picture):
        if box not in key and not box.claim:
            found.setdefault(box.y, []).append((box.x, party[box.fill], box))
    return [sorted(found[y], key=lambda part: part[0]) for y in sorted(found)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("matrix", shipped_ids())
def test_each_part_of_each_bar_says_how_many_areas_it_is(matrix, lang, size):
    m = as_matrix(matrix, lang)
    picture = draw.split(matrix, lang, size=size)
    bars = parts(picture, m)
    assert len(bars) == len(m.columns)
    words = texts(lang)["party"]
    for column, bar in zip(m.columns, bars, strict=True):
        counts = {party: n for party, n in m.count(column).items() if n}
        assert [party for _, party, _ in bar] == [party for party in counts]
        for _, party, box in bar:
            inside = " ".join(
                mark.text
                for mark in picture.marks
                if isinstance(mark, Text)
                and box.x <= (extent(mark)[0] + extent(mark)[2]) / 2 <= box.x + box.width
                and box.y <= mark.y <= box.y + box.height
            )
            said = (words[party]["label"], words[party]["letter"])
            assert inside in [f"{counts[party]} {name}" for name in said], (column.label, party)


def test_a_bar_is_as_long_as_its_share():
    m = as_matrix("azure-ai", "en")
    for column, bar in zip(m.columns, parts(draw.split("azure-ai", "en"), m), strict=True):
        units = [(box.width + 8) / m.count(column)[party] for _, party, box in bar]
        assert units == pytest.approx([units[0]] * len(units))


def test_the_mark_is_round_the_customers_part_of_the_first_and_the_last_bar():
    m = as_matrix("azure-2026", "en")
    picture = draw.split("azure-2026", "en")
    bars = parts(picture, m)
    marked = sorted((round(ring.x + 4), round(ring.y + 4), round(ring.width - 8)) for ring in claims(picture))
    mine = [bar[0][2] for bar in (bars[0], bars[-1])]
    assert marked == sorted((round(box.x), round(box.y), round(box.width)) for box in mine)


def test_of_kinds_of_task_it_tells_the_most_and_the_least():
    assert draw.split("ibm-software", "en").heading == "What the customer does alone: between 2 and 4 areas"
    assert draw.split("ibm-software", "nl").heading == "Wat de klant alleen doet: tussen de 2 en 4 gebieden"
    assert draw.split("rosa", "en").heading == "What the customer does alone stays 3 areas"
    frame = srm.load_matrix("azure-2026", "en")[["IaaS", "PaaS", "SaaS"]]
    assert draw.split(frame, "en").heading == "What the customer does alone: from 7 areas to 3"
