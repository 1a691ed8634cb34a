"""The colours hold what the palette promises, computed by the WCAG formula, and each party has its hatch."""

import colorsys
import io
from itertools import combinations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES, PARTIES, UnknownNameError
from srm_data.views import palette
from srm_data.views.figures.canvas import Canvas
from srm_data.views.html import tables
from srm_data.views.matrix_content import named_party

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
def test_what_the_customer_has_is_the_darkest_in_every_theme(theme):
    grey = [palette.luminance(theme.ink[party].fill) for party in PARTIES]
    assert grey == sorted(grey)


@pytest.mark.parametrize("party", PARTIES)
def test_a_colour_keeps_its_meaning_in_the_dark(party):
    """The same hue, so that blue is the customer's on every slide."""

    def hue(theme):
        colour = palette.THEMES[theme].ink[party].fill
        return colorsys.rgb_to_hls(*(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)))[0]

    assert hue("dark") == pytest.approx(hue("light"), abs=10 / 360)


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


#: Which hatch belongs to which party, as every lesson and every printed figure shows it.
HATCHES = {"customer": "a bar", "shared": "stripes", "provider": "dots"}


def hatch_of(strip):
    """Which hatch stands in a picture of the strip at the left of a cell, read from its pixels."""
    grey = strip.astype(float)
    fill = np.median(grey)
    far = np.abs(grey - fill).max()
    ink = np.abs(grey - fill) > far / 2
    if far < 40:
        return "nothing"
    rows = [tuple(np.flatnonzero(row)) for row in ink]
    if any(not row for row in rows[8:-8]):
        return "dots"  # between two rows of dots there is nothing
    return "a bar" if len(set(rows[8:-8])) == 1 else "stripes"  # stripes go aslant


def grey(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("L"))


@pytest.mark.parametrize("theme", palette.THEMES)
def test_every_party_has_its_own_hatch_in_a_figure(theme):
    assert palette.HATCHES.keys() == {*PARTIES, None}
    for party in PARTIES:
        slide = Canvas("", "", theme)
        slide.cell(100, 100, 300, 100, named_party(party, "en"))
        picture = slide.finish()
        canvas = FigureCanvasAgg(picture.figure())
        canvas.draw()
        pixels = np.asarray(Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("L"))
        per = pixels.shape[1] / 1600
        strip = pixels[round(112 * per) : round(188 * per), round(106 * per) : round(127 * per)]
        assert hatch_of(strip) == HATCHES[party], party


@pytest.mark.browser
def test_every_party_has_its_own_hatch_in_a_page(page):
    """The same three in the style sheet, beside the letter of the party."""
    for lang in LANGUAGES:
        page.set_content(str(tables.matrix("azure-2026", lang)))
        for party, hatch in HATCHES.items():
            words = texts(lang)["party"][party]
            cell = page.locator(f"td.k.{party[0]}").filter(has_text=words["letter"]).first
            assert words["letter"] == {"en": "CSP", "nl": "KGL"}[lang][PARTIES.index(party)]
            box = cell.bounding_box()
            clip = {"x": box["x"] + 3, "y": box["y"] + 4, "width": 11, "height": box["height"] - 8}
            assert hatch_of(grey(page.screenshot(clip=clip))) == hatch, (lang, party)


def test_an_unknown_theme_lists_those_there_are():
    with pytest.raises(UnknownNameError, match=r"Did you mean 'dark'\? Choose from: light, dark, print\."):
        palette.theme("drak")
