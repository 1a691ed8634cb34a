"""The ladder: a block for each area in the colour of its party, the provider's at the foot."""

from collections import Counter

import pytest

from srm_data.core.compare import rungs
from srm_data.core.frames import as_matrix
from srm_data.core.shipped import shipped_ids
from srm_data.core.vocabulary import LANGUAGES
from srm_data.views.figures import draw
from srm_data.views.figures.canvas import SIZES
from srm_data.views.figures.catalogue import figure_set, is_ladder
from srm_data.views.palette import THEMES
from tests.views.figures.checks import cells_of, claims

LADDERS = [matrix for matrix in shipped_ids() if is_ladder(as_matrix(matrix, "en"))]
PARTY = {ink.fill: name for name, ink in THEMES["light"].ink.items() if name}


def blocks(picture, columns):
    """The blocks of each rung, from the left."""
    found = [box for box in cells_of(picture) if box.width != 66 and not box.claim]
    margin = 56 if picture.width > picture.height else 40
    wide = (picture.width - 2 * margin + 30) / columns
    return [[box for box in found if (box.x - margin) // wide == k] for k in range(columns)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("matrix", LADDERS)
def test_there_is_a_block_for_each_area_in_the_colour_of_its_party(matrix, lang, size):
    m = as_matrix(matrix, lang)
    found = rungs(m)
    drawn = blocks(draw.ladder(matrix, lang, size=size), len(found))
    for (column, _, _), boxes in zip(found, drawn, strict=True):
        counted = Counter(PARTY.get(box.fill, "none") for box in boxes)
        expected = Counter(m.cell(area, column).party or "none" for area in m.areas)
        assert counted == expected, column.label


def test_the_provider_stands_at_the_foot_and_the_mark_is_round_it():
    picture = draw.ladder("azure-2026", "en")
    last = blocks(picture, 4)[-1]
    mine = [box for box in last if PARTY[box.fill] == "provider"]
    assert min(box.y for box in mine) > max(box.y for box in last if box not in mine)
    _, ring = claims(picture)
    assert ring.y + 4 == pytest.approx(min(box.y for box in mine))
    assert ring.y + ring.height - 4 == pytest.approx(max(box.y + box.height for box in mine))


def test_a_rung_says_how_many_and_what_is_new():
    said = [text.text for text in draw.ladder("azure-2026", "en").texts()]
    for told in ("10 Customer", "7 Customer", "4 Provider", "2 Shared", "5 Provider"):
        assert told in said
    assert "+ Operating system" in " ".join(said).replace("\u00a0", " ")


def test_an_empty_one_shows_no_rung_and_no_party():
    picture = draw.ladder("azure-2026", "en", shown=0)
    assert [box.dashed for rung in blocks(picture, 4) for box in rung] == [True] * 40
    assert "IaaS · On-premises · PaaS · SaaS" in [text.text for text in picture.texts()]


@pytest.mark.parametrize("matrix", sorted({*shipped_ids()} - {*LADDERS}))
def test_what_is_no_ladder_has_no_moves(matrix):
    kinds = {job.kind for job in figure_set(matrix, "en")}
    assert not kinds & {"ladder", "what-if", "model"}
    assert {"matrix", "split"} <= kinds
