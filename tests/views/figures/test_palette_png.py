"""Small PNGs: the same picture to the eye, and the same pixels whatever the colours."""

import io
import struct
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from srm_data.views import palette
from srm_data.views.figures import canvas, draw
from srm_data.views.figures.paint import for_files
from srm_data.views.figures.palette_png import palette_png

#: An edge has sixteen steps, so half a step of the widest contrast, and rounding, may be off.
STEP = 16


def pixels(png):
    with Image.open(io.BytesIO(png)) as image:
        return np.asarray(image.convert("RGB")).astype(int)


def bare(picture):
    raw = io.BytesIO()
    figure = for_files(picture.marks, picture.width, picture.height, picture.ground)
    figure.savefig(raw, format="png", dpi=144)
    return raw.getvalue()


def chunks(png):
    """What stands in a PNG, by the kind of chunk."""
    found, at = {}, 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind = png[at + 4 : at + 8].decode()
        found[kind] = found.get(kind, b"") + png[at + 8 : at + 8 + length]
        at += 12 + length
    return found


@pytest.fixture
def other_colour(monkeypatch):
    """The customer in another blue, on demand."""

    def change():
        light = palette.THEMES["light"]
        ink = light.ink | {"customer": replace(light.ink["customer"], fill="#1b3f7a")}
        monkeypatch.setitem(palette.THEMES, "light", replace(light, ink=ink))

    return change


PICTURES = {
    "matrix": lambda: draw.matrix("azure-2026"),
    "dark and tall": lambda: draw.matrix("gcp", "nl", "dark", size="1:1"),
    "for a printer": lambda: draw.split("azure-2026", "en", "print"),
    "a ring around a cell": lambda: draw.incident("omigod-2021"),  # blends of three colours
    "a ring around a pale cell": lambda: draw.incident("aws-dynamodb-2025", "nl", "dark"),
    "an arrow": lambda: draw.what_if("azure-2026", "IaaS", "PaaS"),
    "two tables": lambda: draw.side_by_side("azure-classic", "azure-2026"),
}


@pytest.mark.parametrize("kind", PICTURES)
def test_the_small_png_looks_as_the_large_one(kind):
    picture = PICTURES[kind]()
    large, small = bare(picture), picture.png()
    assert np.abs(pixels(large) - pixels(small)).max() <= STEP
    assert len(small) < 0.4 * len(large)
    with Image.open(io.BytesIO(small)) as image:
        assert image.mode == "P"


@pytest.mark.parametrize("theme", palette.THEMES)
def test_every_colour_of_a_picture_is_kept_exactly(theme):
    picture = draw.matrix("azure-2026", "en", theme)
    held = {tuple(colour) for colour in np.unique(pixels(picture.png()).reshape(-1, 3), axis=0)}
    worn = palette.THEMES[theme]
    fills = [worn.ink[party].fill for party in ("customer", "shared", "provider")]
    for colour in (worn.ground, worn.text, *fills):
        assert tuple(bytes.fromhex(colour[1:])) in held, colour


def test_a_changed_colour_changes_the_palette_and_no_pixel(other_colour):
    before = chunks(draw.matrix("azure-2026", "en").png())
    other_colour()
    after = chunks(draw.matrix("azure-2026", "en").png())
    assert {kind for kind in before if before[kind] != after[kind]} == {"PLTE"}


def test_a_changed_colour_changes_that_colour_in_a_pdf_and_no_other_byte(other_colour, tmp_path):
    before = draw.matrix("azure-2026", "en").write(tmp_path / "matrix.pdf").read_bytes()
    other_colour()
    after = draw.matrix("azure-2026", "en").write(tmp_path / "matrix.pdf").read_bytes()
    assert len(before) == len(after)
    changed = [i for i, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    assert 0 < len(changed) <= 6  # the digits of one colour


def test_a_changed_colour_changes_that_colour_in_an_svg_and_nothing_else(other_colour):
    before = draw.matrix("azure-2026", "en").svg()
    other_colour()
    after = draw.matrix("azure-2026", "en").svg()
    assert before != after
    assert before.replace("#17386f", "#1b3f7a") == after


def test_a_picture_of_very_many_colours_is_written_in_full():
    drawn = canvas.Canvas("Many", "Many colours")
    for i in range(40):
        colour = f"#{i * 5:02x}{255 - i * 4:02x}80"
        drawn.box(20 * i, 100, 15, 300, fill=colour, edge=colour)
    picture = drawn.finish()
    assert palette_png(picture.figure(), 144, {}) is None
    assert (pixels(picture.png()) == pixels(bare(picture))).all()


def test_the_figure_keeps_its_own_resolution():
    figure = draw.split("azure-2026").figure()
    before = figure.dpi
    assert palette_png(figure, 144, {})
    assert figure.dpi == before
