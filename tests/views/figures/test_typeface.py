"""The typeface travels with a figure: it looks the same on a machine that does not have it."""

import base64
import io
import re
from xml.sax.saxutils import escape

import numpy as np
import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from nbformat.v4 import new_code_cell, new_notebook, new_output
from PIL import Image

from srm_data.core.shipped import shipped_ids
from srm_data.core.vocabulary import LANGUAGES
from srm_data.files.paths import FIGURE_FONTS, FONTS
from srm_data.learning import hand_in
from srm_data.publishing.lesson_html import pieces
from srm_data.views.figures import draw
from srm_data.views.figures.catalogue import figure_set
from srm_data.views.figures.marks import Text
from srm_data.views.figures.text_fit import measure, signs
from srm_data.views.figures.typeface import SIGNS, embedded, without_typeface
from tests.views.figures.test_svg import FACES

CUTS = {400: "Regular", 700: "Bold"}


def carried(svg):
    """The fonts in an SVG, by weight."""
    faces = re.findall(r"font-weight:(\d+);src:url\(data:font/\w+;base64,([^)]*)\)", svg)
    return {int(weight): base64.b64decode(data) for weight, data in faces}


def small(weight):
    return (FIGURE_FONTS / f"AtkinsonHyperlegibleNext-{CUTS[weight]}.woff2").read_bytes()


def whole(weight):
    return (FIGURE_FONTS / f"AtkinsonHyperlegibleNext-{CUTS[weight]}.ttf").read_bytes()


def test_a_file_and_a_notebook_carry_the_typeface_and_a_page_that_has_it_does_not(tmp_path):
    picture = draw.matrix("azure-2026")
    for shown in (picture.write(tmp_path / "matrix.svg").read_text("utf-8"), picture._repr_html_()):
        assert carried(shown) == {400: small(400), 700: small(700)}
        assert "@font-face" not in without_typeface(shown)
    assert "@font-face" not in picture.svg()
    assert without_typeface(picture.svg(typeface=True)).replace("\n\n", "\n") == picture.svg()


def test_a_page_of_the_site_has_the_typeface_once():
    """The outputs of a lesson bring it along, and the page leaves it out."""
    output = new_output("display_data", {"text/html": draw.matrix("azure-2026")._repr_html_()})
    lesson = new_notebook(cells=[new_code_cell("1", outputs=[output])])
    (piece,) = pieces(lesson, "en", lambda address: address)
    assert "srm-figure" in piece.outputs[0]
    assert "@font-face" not in piece.outputs[0]


def test_a_page_that_is_handed_in_carries_it():
    words = dict.fromkeys(hand_in.SECTIONS, "")
    assert carried(hand_in.to_html(hand_in.compose("", words, "matrix", "nl"))).keys() == {400, 700}


def test_a_figure_carries_the_cuts_that_it_uses():
    plain, bold = Text(0, 0, "a", 9, "#000000"), Text(0, 0, "b", 9, "#000000", bold=True)
    assert embedded([]) == ""
    assert carried(embedded([plain])) == {400: small(400)}
    assert carried(embedded([bold])) == {700: small(700)}


def test_a_sign_of_somebodys_own_table_brings_the_whole_cut():
    """A sign that the typeface lacks brings nothing: the next typeface has it."""
    own = draw.matrix(pd.DataFrame({"IaaS": ["C", "S"]}, index=["Łódź → 2", "Größe"])).svg(typeface=True)
    assert carried(own) == {400: whole(400), 700: small(700)}
    assert carried(embedded([Text(0, 0, "IaaS → 漢", 9, "#000000")])) == {400: small(400)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_small_fonts_hold_every_sign_of_the_kit(lang):
    said = set()
    for matrix in shipped_ids():
        for job in figure_set(matrix, lang):
            said.update(*(text.text for text in job.draw().texts()))
    assert (said & signs()) - set(SIGNS) == set()


_WIDTHS = """() => {
  for (const text of document.querySelectorAll('text')) text.removeAttribute('textLength');
  return [...document.querySelectorAll('text')].map(t => t.getComputedTextLength());
}"""


@pytest.mark.parametrize("cut", CUTS.values())
def test_what_matplotlib_draws_with_has_the_signs_of_the_kit(cut):
    """The same shapes and widths, and no table that a PDF would have to cut down."""
    own, drawn = (TTFont(folder / f"AtkinsonHyperlegibleNext-{cut}.ttf") for folder in (FONTS, FIGURE_FONTS))
    assert drawn.getBestCmap() == own.getBestCmap()
    for glyph in own.getBestCmap().values():
        assert drawn["hmtx"][glyph] == own["hmtx"][glyph]
        coordinates = [font["glyf"][glyph].getCoordinates(font["glyf"])[0] for font in (own, drawn)]
        assert coordinates[0] == coordinates[1]
    assert {"GPOS", "GSUB", "GDEF"} & {*drawn.keys()} == set()


@pytest.mark.browser
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_letters_of_a_saved_file_have_their_own_widths(lang, page, tmp_path):
    """With nothing that holds them, each text of the file is as wide as it was measured."""
    picture = draw.matrix("azure-2026", lang)
    page.goto(picture.write(tmp_path / "matrix.svg").as_uri())
    page.evaluate("() => document.fonts.ready")
    wanted = [measure(text.text, text.size, bold=text.bold) for text in picture.texts()]
    assert page.evaluate(_WIDTHS) == pytest.approx(wanted, rel=0.002, abs=0.3)


@pytest.mark.browser
def test_every_sign_of_the_small_fonts_is_as_wide_as_in_the_whole_ones(page):
    """Renew them with `python -m tests.renew_typeface` when the typeface changes."""
    for bold in (False, True):
        texts = [Text(0, 50, f"{sign}x{sign}", 100, "#000000", bold=bold) for sign in SIGNS]
        look = f"font-family:'Atkinson Hyperlegible Next';white-space:pre;font-weight:{700 if bold else 400}"
        drawn = "".join(f'<text style="{look};font-size:100px">{escape(text.text)}</text>' for text in texts)
        page.set_content(f"{embedded(texts)}<svg xmlns='http://www.w3.org/2000/svg'>{drawn}</svg>")
        page.evaluate("() => document.fonts.ready")
        wanted = [measure(text.text, 100, bold=bold) for text in texts]
        assert page.evaluate(_WIDTHS) == pytest.approx(wanted, abs=0.2)


@pytest.mark.browser
def test_an_image_shows_the_typeface(page, tmp_path):
    """A browser fetches no font for an image, so it has its own; pixel by pixel, it is as with the fonts."""
    page.set_viewport_size({"width": 1600, "height": 900})
    picture = draw.matrix("azure-2026", "nl")
    picture.write(tmp_path / "matrix.svg")
    csp = "default-src 'none'; img-src file:; style-src 'unsafe-inline'; font-src file:"
    pages = {
        "image": '<img src="matrix.svg" style="display:block;width:1600px">',
        "fonts": f"<style>{FACES} svg{{max-width:none!important;display:block;font-kerning:none}}</style>"
        + picture.svg(),
        "neither": "<style>svg{max-width:none!important;display:block}</style>" + picture.svg(),
    }
    seen = {}
    for name, body in pages.items():
        file = tmp_path / f"{name}.html"
        head = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{csp}">'
        file.write_text(f"<!doctype html>{head}<body style='margin:0'>{body}", "utf-8")
        page.goto(file.as_uri())
        page.evaluate("() => document.fonts.ready")
        shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        seen[name] = np.asarray(shot).astype(int)
    off = {name: np.abs(seen[name] - seen["fonts"]).mean() for name in seen}
    assert off["image"] < off["neither"] / 10, off


@pytest.mark.browser
@pytest.mark.parametrize("family", ["Arial", "DejaVu Sans"])
def test_in_another_typeface_no_text_runs_over(page, family):
    picture = draw.matrix("azure-2026", "nl")
    page.set_content(picture.svg().replace("'Atkinson Hyperlegible Next'", f"'{family}'"))
    over = page.evaluate("""() => [...document.querySelectorAll('text[textLength]')].filter(
      text => text.getBBox().width > Number(text.getAttribute('textLength')) + 2).map(t => t.textContent)""")
    assert over == []
