"""SVG in fewer bytes, with the same shapes and the same words."""

import io
import re
import xml.etree.ElementTree as ET

import pandas as pd
import pytest
from matplotlib import rc_context

from srm_data.files.paths import CHECKOUT
from srm_data.views.figures import draw
from srm_data.views.figures.small_svg import smaller

SVG = "{http://www.w3.org/2000/svg}"


def large(picture):
    raw = io.StringIO()
    with rc_context({"svg.fonttype": "none"}):
        picture.savefig(raw, format="svg")
    return raw.getvalue()


def points(svg):
    """Every point that a path goes through, to a tenth of a pixel, sorted."""
    found = []
    for element in ET.fromstring(svg.encode()).iter(f"{SVG}path"):
        here = [0.0, 0.0]
        for command, numbers in re.findall("([MLHVQCz])([^MLHVQCz]*)", element.attrib["d"]):
            values = [float(number) for number in re.findall(r"-?[\d.]+(?:e-\d+)?", numbers)]
            if command == "H":
                values = [values[0], here[1]]
            elif command == "V":
                values = [here[0], values[0]]
            here = values[-2:] or here
            found += [(command in "QC", *(round(value + 0.0, 1) for value in values))]
    return sorted(set(found))


@pytest.mark.parametrize("picture", [draw.matrix, draw.split, draw.ladder])
def test_the_same_shapes_in_far_fewer_bytes(picture):
    drawn = picture("azure-2026")
    small, plain = drawn.svg(), large(drawn)
    assert len(small) < 0.7 * len(plain)
    ours, theirs = points(small), points(plain)
    assert len(ours) == pytest.approx(len(theirs), rel=0.02)
    near = {tuple(round(value) for value in point[1:]) for point in theirs}
    wide = {tuple(v + d for v in point) for point in near for d in (-1, 0, 1)}
    assert {tuple(round(value) for value in point[1:]) for point in ours} <= near | wide


def test_nothing_stays_that_draws_nothing():
    svg = draw.matrix("azure-2026").svg()
    for word in ("<metadata", "clip-path", "clipPath", "rotate(-0", "<g id=", "*{"):
        assert word not in svg
    # The typeface is said once, and each mark of a hatch without its colour.
    assert svg.count("font-family") == 1
    assert not re.search("<use [^>]*style=", svg)


def test_a_turned_word_stays_turned():
    body = '<text style="font-size: 9px" x="1" y="2" transform="rotate(-90 1 2)">up</text></svg>'
    assert 'transform="rotate(-90 1 2)"' in smaller(body, "0 0 9 9")


def test_a_clip_within_the_picture_stays():
    clip = '<defs><clipPath id="p1">\n<rect x="0" y="0" width="5" height="5"/>\n</clipPath></defs>'
    body = f'<path d="M 0 0 \nL 9 9 \n" clip-path="url(#p1)" style="fill: none"/>{clip}</svg>'
    assert smaller(body, "0 0 9 9").count("p1") == 2
    assert smaller(body, "0 0 5 5").count("p1") == 0


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
    said = "".join("".join(element.itertext()) for element in ET.fromstring(shown).iter(f"{SVG}text"))
    assert "".join(label.split()) in "".join(said.split())


def test_the_folder_of_figures_is_small():
    """So that a clone is quick; issue 10 asks for 12 MB."""
    assert sum(path.stat().st_size for path in (CHECKOUT / "figures").rglob("*") if path.is_file()) < 12e6
