"""How a PDF is set, and its text: paragraphs and lists, in pieces between which a line may break."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib import font_manager

from srm_data.files.paths import FONTS, TEMPLATES

# matplotlib brings it; it has the signs (→, Greek, Cyrillic ...) that the kit's typeface lacks.
DEJAVU = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"

_LONG_WORD = 60  # signs; fewer always fit on a line
_PIECE = re.compile(
    r".{1,12}[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]*", re.S
)  # accents stay with their letter
# Choose a picture or a skin colour for the sign before them.
_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400))))


def set_pdf(template: str, told: dict[str, Any], root: Path = TEMPLATES) -> bytes:
    """A page as PDF/UA: tagged, in the kit's own typeface, the same bytes for the same words.

    Args:
        template: name of a file in ``templates``, ending in ``.typ``.
        told: what the template sets; every word of it stays text.
        root: the folder whose pictures it may show.

    Raises:
        ImportError: where the program that sets the page cannot be had (Windows on ARM).
    """
    # Here, not above: it is large, and only a PDF needs it.
    import typst

    made: bytes = typst.compile(  # type: ignore[call-overload]  # its stubs want one type for both paths
        (TEMPLATES / template).read_bytes(),
        root=root,
        font_paths=typst.Fonts(False, False, [FONTS, DEJAVU.parent]),
        sys_inputs={"page": json.dumps(told)},
        pdf_standards="ua-1",
    )
    return made


def paragraphs(text: str) -> list[str]:
    """What a blank line separates."""
    parts: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip():
            parts[-1].append(line)
        elif parts[-1]:
            parts.append([])
    return ["\n".join(lines) for lines in parts if lines]


def paragraph(text: str, *, quiet: bool = False, lead: bool = False) -> dict[str, Any]:
    """A paragraph as ``hand_in.typ`` sets it, from right to left where its first letter is read so.

    Args:
        text: what it says; its lines stay lines.
        quiet: whether it is grey, as what nobody filled in.
        lead: whether a list follows it.
    """
    strong = next((way for sign in text if (way := unicodedata.bidirectional(sign)) in ("L", "R", "AL")), "L")
    lines = [_pieces(line) for line in text.splitlines()]
    return {"kind": "paragraph", "lines": lines, "rtl": strong != "L", "quiet": quiet, "lead": lead}


def listed(items: Iterable[str]) -> dict[str, Any]:
    """A list as ``hand_in.typ`` sets it."""
    return {"kind": "list", "items": [_pieces(item) for item in items]}


def _pieces(line: str) -> list[str]:
    """A line in pieces between which it may break: only a word too long for its line has more than one."""
    drawn = "".join(sign if sign.isspace() or has_letter(sign) else "□" for sign in visible(line))
    pieces = [""]
    for part in re.split(r"(\s+)", drawn.expandtabs(4)):
        if len(part) > _LONG_WORD:
            pieces += [*_PIECE.findall(part), ""]
        else:
            pieces[-1] += part
    return [piece for piece in pieces if piece]


def visible(text: str) -> str:
    """Text without the signs that only join or colour a sign the typefaces do not have."""
    return "".join(
        sign
        for sign in unicodedata.normalize("NFC", text)
        if not (unicodedata.category(sign) == "Cf" or sign in _SELECTORS) or has_letter(sign)
    )


@cache
def has_letter(sign: str) -> bool:
    """Whether one of the two typefaces of the PDF can draw this sign."""
    return in_typeface(sign) or _draws(DEJAVU, sign)


@cache
def in_typeface(sign: str) -> bool:
    """Whether the kit's own typeface can draw this sign."""
    return _draws(FONTS / "AtkinsonHyperlegibleNext-Regular.ttf", sign)


def _draws(font: Path, sign: str) -> bool:
    return font_manager.get_font(str(font)).get_char_index(ord(sign)) > 0
