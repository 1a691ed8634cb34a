"""Figures as SVG: the browser draws what matplotlib paints, in few bytes, and words stay words."""

import io
import xml.etree.ElementTree as ET
from functools import partial

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from srm_data.files.paths import CHECKOUT, FONTS
from srm_data.views.figures import draw
from srm_data.views.figures.marks import Area, Box, Dots, Lines, Text
from srm_data.views.figures.picture import Picture
from srm_data.views.figures.svg import drawn

SVG = "{http://www.w3.org/2000/svg}"
FACES = "".join(
    f"@font-face {{font-family: 'Atkinson Hyperlegible Next'; font-weight: {weight};"
    f" src: url({(FONTS / f'AtkinsonHyperlegibleNext-{cut}.ttf').as_uri()})}}"
    for weight, cut in ((400, "Regular"), (700, "Bold"))
)


def element(mark):
    """The one element that draws a mark: its tag, its attributes and what it says."""
    found = ET.fromstring("\n".join(drawn([mark])))[0]
    return found.tag, found.attrib, found.text


@pytest.mark.parametrize(
    ("mark", "tag", "attributes"),
    [
        (
            Box(0, 5, 10, 20, "#aabbcc"),
            "rect",
            {"y": "5", "width": "10", "height": "20", "style": "fill:#aabbcc"},
        ),
        (
            Box(1.006, 2, 3, 4, "none", "#112233", 2.5, 7, dashed=True),
            "rect",
            {
                "x": "1.01",
                "y": "2",
                "width": "3",
                "height": "4",
                "rx": "7",
                "style": "fill:none;stroke:#112233;stroke-width:2.5;stroke-dasharray:10 7.5",
            },
        ),
        (
            Area(((1, 2), (-3, -4), (5, 6)), "#000000"),
            "path",
            {"d": "M1 2L-3-4L5 6z", "style": "fill:#000000"},
        ),
        (
            Lines((((1, 2), (3, 4)), ((5, 6), (7, 8))), "#000000", 2),
            "path",
            {"d": "M1 2L3 4M5 6L7 8", "style": "fill:none;stroke:#000000;stroke-width:2"},
        ),
        (
            Dots(((1, 2), (3, 4)), "#000000", 3.6),
            "path",
            {
                "d": "M1 2h.01M3 4h.01",
                "style": "fill:none;stroke:#000000;stroke-width:3.6;stroke-linecap:round",
            },
        ),
        (
            Text(1, 2, "C", 30, "#000000", bold=True, align="center"),
            "text",
            {
                "x": "1",
                "y": "2",
                "style": "font-size:30px;fill:#000000;text-anchor:middle;font-weight:700",
            },
        ),
    ],
)
def test_each_mark_is_one_element(mark, tag, attributes):
    assert element(mark)[:2] == (tag, attributes)


def test_a_turned_word_stays_turned():
    assert element(Text(1, 2, "up", 9, "#000000", turned=True))[1]["transform"] == "rotate(-90 1 2)"


@pytest.mark.parametrize(
    "label",
    [
        'style="fill: none; stroke: red"',
        'a x="1.23456789" b',
        "text-anchor: start; font-family: Arial; c",
        '<g id="patch_1"> </g>',
        "rotate(-0 1 2)",
    ],
)
def test_words_that_look_like_svg_stay_as_they_are(label):
    shown = draw.matrix(pd.DataFrame({"IaaS": ["C", "S"]}, index=[label, "Building"])).svg()
    said = "".join("".join(one.itertext()) for one in ET.fromstring(shown).iter(f"{SVG}text"))
    assert "".join(label.split()) in "".join(said.split())


@pytest.fixture
def seen(chromium):
    """What Chromium makes of an SVG, as pixels of a slide."""
    page = chromium.new_page(viewport={"width": 1600, "height": 900})

    def look(picture, folder):
        file = folder / "seen.html"
        look = f"body {{margin: 0}} svg {{max-width: none !important; display: block}} {FACES}"
        svg = picture.svg()
        file.write_text(f"<!doctype html><meta charset=utf-8><style>{look}</style>{svg}", "utf-8")
        page.goto(file.as_uri())
        page.evaluate("() => document.fonts.ready")
        return Image.open(io.BytesIO(page.screenshot())).convert("RGB")

    yield look
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    "make",
    [
        partial(draw.matrix, "azure-2026", "en"),
        partial(draw.matrix, "aws-rds", "nl", "dark", shown=1),  # blanks
        partial(draw.what_if, "azure-2026", "IaaS", "PaaS", "nl", "print"),  # arrows
        partial(draw.ladder, "azure-2026", "en"),
        partial(draw.side_by_side, "azure-classic", "azure-2026", lang="en"),  # rings
    ],
)
def test_a_browser_draws_what_matplotlib_paints(make, seen, tmp_path):
    """In squares of ten pixels, as letters are smoothed in two ways; below the title, whose → is borrowed."""
    picture: Picture = make()
    painted = Image.open(io.BytesIO(picture.png())).convert("RGB").resize((1600, 900), Image.Resampling.BOX)
    one, other = (
        np.asarray(image.resize((160, 90), Image.Resampling.BOX)).astype(int)
        for image in (painted, seen(picture, tmp_path))
    )
    off = np.abs(one - other).max(2)[9:]
    assert off.mean() < 3
    assert (off > 60).mean() < 0.002, np.argwhere(off > 60).tolist()


def test_the_folder_of_figures_is_small():
    """So that a clone is quick; issue 10 asks for 12 MB."""
    assert sum(path.stat().st_size for path in (CHECKOUT / "figures").rglob("*") if path.is_file()) < 12e6
