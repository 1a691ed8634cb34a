"""A table of one column as a block for each party, and as a list to fill in."""

import re

import pytest

import srm_data as srm
from srm_data.core.vocabulary import LANGUAGES
from srm_data.views.figures import draw as figures
from srm_data.views.figures.canvas import SIZES
from tests.views.figures.checks import cells_of, claims


def picture_words(picture):
    return [text.text for text in picture.texts()]


PARTIES = ("customer", "shared", "provider")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("matrix", ["azure-aks", "gdpr", "managed-hsm", "azure-vmware"])
def test_each_area_stands_in_the_block_of_its_party(matrix, size):
    frame = srm.load_matrix(matrix, "en")
    picture = figures.matrix(matrix, "en", size=size)
    blocks = [box for box in cells_of(picture) if box.fill != "none"]
    assert len(blocks) == 3
    for box, party in zip(blocks, PARTIES, strict=True):
        inside = "".join(
            text.text
            for text in picture.texts()
            if box.x < text.x < box.x + box.width and box.y < text.y < box.y + box.height
        )
        areas = list(frame.index[frame.iloc[:, 0] == party])
        assert f"\xa0·\xa0{len(areas)}" in inside
        assert all(area.replace(" ", "") in inside.replace(" ", "") for area in areas)


def test_the_ring_is_around_the_block_that_the_title_is_about():
    picture = figures.matrix("gdpr", "en")
    (ring,) = claims(picture)
    block = next(box for box in cells_of(picture) if box.fill != "none")
    assert (ring.x, ring.y) == (block.x - 4, block.y - 4)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_list_counts_the_areas_that_have_no_room(lang):
    for size in SIZES:
        picture = figures.matrix("azure-aks", lang, size=size, shown=0)
        cells = [box for box in cells_of(picture) if box.dashed]
        counted = re.search(r"(?:and|en nog) (\d+)", " ".join(picture_words(picture)))
        assert len(cells) + (int(counted[1]) if counted else 0) == 23
