"""One palette for tables, widgets and figures, and the contrast it was chosen by.

The three parties are steps of ink, the same in every theme: the customer's is the darkest, the provider's
the lightest, and each keeps its hue in the dark. Neighbouring fills differ by a luminance contrast of 3:1 or
more, so the picture survives grey print, a weak projector and every kind of colour blindness; hue comes on
top. ``tests/views/test_palette.py`` computes all of it.
"""

import os
from dataclasses import dataclass
from typing import Literal

from srm_data.core.language import unknown_name

#: Set where a lesson is run for slides in another theme: what figures wear that ask for none.
VARIABLE = "SRM_THEME"

Hatch = Literal["solid", "stripes", "dots", "none"]

#: The second cue beside colour, drawn in a strip at the left of a cell.
HATCHES: dict[str | None, Hatch] = {
    "customer": "solid",
    "shared": "stripes",
    "provider": "dots",
    None: "none",
}


@dataclass(frozen=True)
class Ink:
    """How a party is drawn: `fill` of the cell, `text` on it, `edge` around it."""

    fill: str
    text: str
    edge: str


@dataclass(frozen=True)
class Theme:
    """Colours of one ground; `ink` is keyed by party, None for not applicable."""

    ground: str
    text: str
    quiet: str  # captions, feet, dimmed cells
    line: str  # hairlines that carry no meaning
    accent: str  # what a claim is about
    panel: Ink  # a quiet box on a page of the site
    ink: dict[str | None, Ink]


THEMES = {
    "light": Theme(
        ground="#ffffff",
        text="#16202e",
        quiet="#4d5a6b",
        line="#d5dbe3",
        accent="#b3261e",
        panel=Ink("#dff2ee", "#0d3b38", "#2f7f78"),
        ink={
            "customer": Ink("#17386f", "#f7faff", "#13326a"),
            "shared": Ink("#c96f1a", "#130a00", "#8a4708"),
            "provider": Ink("#dff2ee", "#0d3b38", "#2f7f78"),
            None: Ink("#ffffff", "#4d5a6b", "#78828f"),
        },
    ),
    "dark": Theme(
        ground="#111111",
        text="#eef2f7",
        quiet="#aab4c0",
        line="#39424d",
        accent="#ff9d8f",
        panel=Ink("#123b38", "#d9f4ef", "#6fb8b0"),
        ink={
            "customer": Ink("#132f5f", "#ffffff", "#6f9bea"),
            "shared": Ink("#b8651a", "#0d0600", "#f0a254"),
            "provider": Ink("#c2e4dc", "#0a302d", "#8fd0c5"),
            None: Ink("#111111", "#aab4c0", "#87919d"),
        },
    ),
    # Greys only, for a black and white printer: the same three steps of ink.
    "print": Theme(
        ground="#ffffff",
        text="#000000",
        quiet="#4a4a4a",
        line="#d0d0d0",
        accent="#000000",
        panel=Ink("#f2f2f2", "#1a1a1a", "#6e6e6e"),
        ink={
            "customer": Ink("#2e2e2e", "#ffffff", "#2e2e2e"),
            "shared": Ink("#808080", "#000000", "#4a4a4a"),
            "provider": Ink("#f2f2f2", "#1a1a1a", "#6e6e6e"),
            None: Ink("#ffffff", "#4a4a4a", "#7a7a7a"),
        },
    ),
}


def light_to_dark() -> dict[str, str]:
    """Every colour of the light theme with its counterpart in the dark one.

    Pictures in a page use it to follow the page's theme; so a light colour may have one dark
    counterpart only, which a test checks.
    """
    light, dark = THEMES["light"], THEMES["dark"]
    pairs = {
        getattr(light, name): getattr(dark, name) for name in ("ground", "text", "quiet", "line", "accent")
    }
    for party, ink in light.ink.items():
        other = dark.ink[party]
        pairs |= {ink.fill: other.fill, ink.text: other.text, ink.edge: other.edge}
    return pairs


def worn(name: str) -> str:
    """The theme that a figure wears: in a run for dark slides, those that ask for none are dark."""
    return os.environ.get(VARIABLE, name) if name == "light" else name


def theme(name: str) -> Theme:
    """Return a theme by name.

    Raises:
        UnknownNameError: lists the themes.
    """
    if name not in THEMES:
        raise unknown_name("theme", name, THEMES)
    return THEMES[name]


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", 0 for black to 1 for white (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2).

    >>> round(contrast("#ffffff", "#000000"))
    21
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
