"""What a file holds and what `figure()` gives look the same, though they are drawn in two ways."""

import io

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from srm_data.views.figures import draw
from srm_data.views.figures.marks import Area, Box, Dots, Lines, Text
from srm_data.views.figures.paint import for_files
from srm_data.views.figures.picture import Picture

BLACK = "#000000"
LOOKS = {
    "box": Box(100, 100, 400, 200, "#ff0000"),
    "round box": Box(100, 100, 400, 200, "#ff0000", BLACK, 6, 30),
    "dashed box": Box(100, 100, 400, 200, "none", BLACK, 6, dashed=True),
    "area": Area(((100, 100), (500, 300), (100, 500)), "#00ff00"),
    "lines": Lines((((100, 100), (500, 300)), ((100, 700), (900, 700))), BLACK, 8),
    "dots": Dots(((100, 100), (500, 300)), BLACK, 30),
    "text": Text(100, 300, "Klant – gedeeld", 90, BLACK),
    "bold text in the middle": Text(800, 300, "IaaS → PaaS", 90, BLACK, bold=True, align="center"),
    "text at the right": Text(1500, 300, "Shared?", 90, BLACK, align="right"),
    "turned text": Text(300, 800, "Provider", 90, BLACK, turned=True),
    "turned text in the middle": Text(300, 450, "Provider", 90, BLACK, turned=True, align="center"),
}


def pixels(figure):
    raw = io.BytesIO()
    figure.savefig(raw, format="png", dpi=144)
    return np.asarray(Image.open(raw).convert("L")).astype(int)


@pytest.mark.parametrize("name", LOOKS)
def test_each_mark_looks_as_matplotlib_paints_it_alone(name):
    """But that a text may stand a pixel or two to the side: the two take its width from two places."""
    alone = pixels(Picture(marks=[LOOKS[name]]).figure())
    ours = pixels(for_files([LOOKS[name]], 1600, 900, "#ffffff"))
    shifts = range(-4, 5) if "text" in name else [0]
    axis = 0 if "turned" in name else 1
    off = min(np.abs(np.roll(ours, shift, axis) - alone).mean() for shift in shifts)
    assert (alone < 200).mean() > 0.001
    assert off < 0.05 * (255 - alone).mean()


def test_what_comes_later_lies_above():
    under, over = Text(100, 500, "Klant", 200, "#00ff00"), Box(0, 0, 900, 900, "#0000ff")
    (seen,) = np.unique(pixels(for_files([under, over], 1600, 900, "#ffffff"))[:, :1000])
    assert seen < 200
    assert len(np.unique(pixels(for_files([over, under], 1600, 900, "#ffffff"))[:, :1000])) > 1


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_a_pdf_says_every_text_of_the_figure(lang, tmp_path):
    picture = draw.what_if("azure-2026", "IaaS", "PaaS", lang=lang)
    said = PdfReader(picture.write(tmp_path / "move.pdf")).pages[0].extract_text()
    held = "".join(said.split())
    assert [text.text for text in picture.texts() if "".join(text.text.split()) not in held] == []
