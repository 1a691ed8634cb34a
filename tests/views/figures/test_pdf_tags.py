"""A page with its colours by number."""

import shutil
import subprocess

import numpy as np
import pytest
from PIL import Image

from srm_data.views.figures import draw
from srm_data.views.figures.pdf_tags import with_palette


def test_colours_are_numbered_in_order_of_appearance_after_black():
    drawn = (
        b"/DeviceRGB CS\n/DeviceRGB cs\n1 g 0 0 0 RG\n0.0901960784 0.2196078431\n0.4352941176 rg f 1 1 1 RG S"
    )
    content, colours = with_palette(drawn)
    assert content.split() == b"/Colours cs /Colours CS 1 sc 0 SC 2 sc f 1 SC S".split()
    assert colours == b"\0\0\0\xff\xff\xff\x17\x38\x6f"


def test_a_text_that_looks_like_a_colour_stays():
    drawn = rb"BT (1 0 0 rg \) 0 g) Tj 1 0 0 rg (12.34567) Tj ET"
    assert with_palette(drawn)[0].endswith(rb"BT (1 0 0 rg \) 0 g) Tj 1 sc (12.34567) Tj ET")


def test_long_numbers_are_cut_to_hundredths_and_small_ones_kept():
    assert with_palette(b"12.345678 0.0012345 -3.999999 2.50000 cm")[0].endswith(b"12.35 0.0012345 -4 2.5 cm")


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="poppler-utils is not installed")
def test_another_program_shows_the_colours(tmp_path):
    picture = draw.incident("omigod-2021")
    file = picture.write(tmp_path / "x.pdf")
    subprocess.run(["pdftoppm", "-r", "144", "-png", file, tmp_path / "x"], check=True, capture_output=True)
    picture.write(tmp_path / "ours.png")
    (drawn,) = tmp_path.glob("x-*.png")
    shown = [
        np.asarray(Image.open(path).convert("RGB")).astype(int) for path in (drawn, tmp_path / "ours.png")
    ]
    off = np.abs(shown[0] - shown[1]).max(2)
    assert (off > 64).mean() < 0.05  # edges alone are smoothed in another way
    assert (shown[0][5, 5] == 255).all()
