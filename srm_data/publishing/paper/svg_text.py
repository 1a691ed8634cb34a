"""The text of a figure for typst, which sets a line of an SVG in one typeface.

For a line with a sign that the kit's typeface lacks, such as an arrow, it would take another one for the
whole line, with serifs. Here each piece of such a line has a place and a typeface of its own.
"""

from __future__ import annotations

import re
from itertools import groupby
from xml.sax.saxutils import escape, unescape

from srm_data.learning.pdf_text import in_typeface
from srm_data.views.figures.text_fit import measure

_LINE = re.compile(r'<text x="([^"]*)"([^<>]* style="font-size:([\d.]+)px[^"]*")[^<>]*>([^<>]+)</text>')
_BEFORE = {"middle": 0.5, "end": 1}  # the share of a line that stands before its place


def each_in_its_typeface(svg: str) -> str:
    """The same figure; a line that one typeface can draw stays as it is."""
    return _LINE.sub(_pieces, svg)


def _pieces(line: re.Match[str]) -> str:
    place, look, size, words = line[1], line[2], float(line[3]), unescape(line[4])
    if all(map(in_typeface, words)):
        return line[0]
    bold = "font-weight:700" in look
    anchor = next((share for name, share in _BEFORE.items() if f"text-anchor:{name}" in look), 0)
    x = float(place) - anchor * measure(words, size, bold=bold)
    made = []
    for own, signs in groupby(words, in_typeface):
        piece = "".join(signs)
        family = "" if own else ";font-family:'DejaVu Sans'"
        made.append(f'<tspan x="{x:.2f}" style="text-anchor:start{family}">{escape(piece)}</tspan>')
        x += measure(piece, size, bold=bold)
    turned = re.search(r' transform="[^"]*"', line[0])
    return f'<text xml:space="preserve"{look}{turned[0] if turned else ""}>{"".join(made)}</text>'
