"""The colours hold what the palette promises, computed by the WCAG formula."""

from itertools import combinations

import pytest

from srm_data import palette
from srm_data.vocabulary import PARTIES, UnknownNameError

BOTH = pytest.mark.parametrize("theme", palette.THEMES.values(), ids=palette.THEMES)


def test_the_formula_agrees_with_known_values():
    assert palette.contrast("#ffffff", "#000000") == pytest.approx(21)
    assert palette.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert palette.luminance("#ff0000") == pytest.approx(0.2126)


@BOTH
def test_text_reads_on_every_ground(theme):
    for ink in theme.ink.values():
        assert palette.contrast(ink.text, ink.fill) >= 4.5
    for colour in (theme.text, theme.quiet):
        assert palette.contrast(colour, theme.ground) >= 4.5


@BOTH
def test_every_cell_stands_off_the_ground(theme):
    for ink in theme.ink.values():
        assert max(palette.contrast(colour, theme.ground) for colour in (ink.fill, ink.edge)) >= 3
    assert palette.contrast(theme.accent, theme.ground) >= 3


@BOTH
def test_fills_of_parties_differ_without_hue(theme):
    for one, other in combinations(PARTIES, 2):
        assert palette.contrast(theme.ink[one].fill, theme.ink[other].fill) >= 3


@BOTH
def test_what_the_customer_has_weighs_most_in_grey(theme):
    distance = [abs(palette.luminance(theme.ink[p].fill) - palette.luminance(theme.ground)) for p in PARTIES]
    assert distance[0] > distance[1] > distance[2]
    grey = [palette.luminance(theme.ink[party].fill) for party in PARTIES]
    assert grey in (sorted(grey), sorted(grey, reverse=True))


def test_print_is_grey():
    theme = palette.THEMES["print"]
    inks = [(ink.fill, ink.text, ink.edge) for ink in theme.ink.values()]
    for colour in (theme.ground, theme.text, theme.quiet, theme.line, theme.accent, *sum(inks, ())):
        assert colour[1:3] == colour[3:5] == colour[5:7], colour


@BOTH
def test_not_applicable_looks_like_no_party(theme):
    nobody = theme.ink[None]
    assert nobody.fill == theme.ground
    assert all(theme.ink[party].fill != nobody.fill for party in PARTIES)


def test_every_party_has_a_hatch_of_its_own():
    assert palette.HATCHES.keys() == {*PARTIES, None}
    assert len(set(palette.HATCHES.values())) == 4


def test_an_unknown_theme_lists_those_there_are():
    with pytest.raises(UnknownNameError, match=r"Did you mean 'dark'\? Choose from: light, dark, print\."):
        palette.theme("drak")
