"""The kit's typeface as a figure carries it, so that it looks the same where nobody has the typeface."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from srm_data.views.figures.marks import Text
from srm_data.views.figures.text_fit import FAMILY, font_files, signs

#: What the small fonts hold, which is all that the kit's own figures say: `python -m tests.renew_typeface`.
SIGNS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    " !\"#%&'()*+,-./:;?·–—‘’“”…\N{NO-BREAK SPACE}éèëêïöü"
)
_STYLE = re.compile("<style>@font-face[^<]*</style>")


def embedded(texts: Iterable[Text]) -> str:
    """A style with the cuts of the typeface that these texts need; empty when there are none.

    The small font is enough for nearly every text; a cut with a sign outside it comes whole.
    """
    said: dict[bool, set[str]] = {}
    for text in texts:
        said.setdefault(text.bold, set()).update(text.text)
    faces = "".join(_face(bold, small=(said[bold] & signs()).issubset(SIGNS)) for bold in sorted(said))
    return f"<style>{faces}</style>" if faces else ""


def without_typeface(html: str) -> str:
    """The same HTML or SVG for a page that has the typeface already."""
    return _STYLE.sub("", html)


@cache
def _face(bold: bool, *, small: bool) -> str:
    whole = Path(font_files()["bold" if bold else "normal"])
    kind = "woff2" if small else "ttf"
    data = base64.b64encode(whole.with_suffix(f".{kind}").read_bytes()).decode()
    weight = 700 if bold else 400
    return (
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};src:url(data:font/{kind};base64,{data})}}"
    )
