"""A move: the areas that change stand large in blocks, what stays is named and counted."""

from itertools import permutations

import pytest

from srm_data.core.frames import as_matrix
from srm_data.core.shipped import shipped_ids
from srm_data.core.vocabulary import LANGUAGES, MOVES
from srm_data.views.counts import areas_by_change
from srm_data.views.figures import draw
from srm_data.views.figures.catalogue import is_ladder
from srm_data.views.figures.text_fit import LEAST
from tests.views.figures.checks import claims


def pairs(lang):
    for matrix in shipped_ids():
        m = as_matrix(matrix, lang)
        if is_ladder(m):
            yield from ((m, a.id, b.id) for a, b in permutations(m.columns, 2))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_a_wide_slide_every_area_that_changes_is_named_and_all_that_stays_is_counted(lang):
    for m, before, after in pairs(lang):
        picture = draw.what_if(m.id, before, after, lang)
        said = " ".join(text.text for text in picture.texts())
        groups = areas_by_change(m, before, after)
        for change, areas in groups.items():
            if areas:
                assert f"· {len(areas)}" in said, (m.id, before, after, change)
            if change in MOVES:
                for area in areas:
                    assert area.label.split()[0] in said, (m.id, before, after, area.label)


def test_what_moves_is_larger_than_what_stays():
    sizes = {
        text.text.rstrip("*?"): text.size for text in draw.what_if("azure-2026", "IaaS", "PaaS", "en").texts()
    }
    for area in ("Operating system", "Applications", "Network controls"):
        assert sizes[area] >= 42
    stays = "Still do · 4: Customer data, Configurations and settings, Identities and users, Client devices"
    assert sizes[stays] == LEAST


def test_the_mark_stands_beside_all_that_moves():
    picture = draw.what_if("azure-2026", "IaaS", "PaaS", "en")
    (bracket,) = claims(picture)
    reach = [y for ends in bracket.ends for _, y in ends]
    at = {text.text.rstrip("*?"): text.y for text in picture.texts()}
    assert min(reach) < at["Operating system"] < at["Network controls"] < max(reach)
    assert max(reach) < at["Still theirs · 3: Physical hosts, Physical network, Physical datacenter"]


def test_where_nothing_moves_what_stays_has_the_slide():
    m, before, after = next(
        (m, a, b) for m, a, b in pairs("en") if not any(areas_by_change(m, a, b)[c] for c in MOVES)
    )
    picture = draw.what_if(m.id, before, after, "en")
    assert max(text.size for text in picture.texts() if text.text in [area.label for area in m.areas]) >= 26
    assert claims(picture)


def test_before_the_move_no_area_is_grouped():
    picture = draw.what_if("azure-2026", "IaaS", "PaaS", "en", shown=1)
    labels = [area.label for area in as_matrix("azure-2026", "en").areas]
    assert [text.text for text in picture.texts() if text.text in labels] == labels
