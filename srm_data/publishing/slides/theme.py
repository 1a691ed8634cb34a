"""The design of the PowerPoints: ``templates/slides.pptx``, its names, and its colours on a dark ground.

Fonts, places and the light colours stand in that file and can be changed in PowerPoint, under Slide Master.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srm_data.core.language import texts
from srm_data.files.paths import TEMPLATES
from srm_data.views.figures.canvas import WIDTH
from srm_data.views.palette import Theme

if TYPE_CHECKING:
    from pptx.presentation import Presentation

TEMPLATE = TEMPLATES / "slides.pptx"
CODE_FONT = "Courier New"

EMU = 12_192_000 // WIDTH  # a slide pixel in the unit of PowerPoint

#: Layouts of the template by the kind of slide.
LAYOUTS = {"title": "Title", "text": "Text", "table": "Table", "figure": "Figure", "question": "Question"}

#: The accents of the theme: three parties, the accent, and two edges.
CUSTOMER, SHARED, PROVIDER, ACCENT, EDGE, SHARED_EDGE = (f"accent{n}" for n in range(1, 7))
PARTY = {"customer": CUSTOMER, "shared": SHARED, "provider": PROVIDER}

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DARK = {"bg1": "dk1", "tx1": "lt1", "bg2": "dk2", "tx2": "lt2"}


class TemplateError(ValueError):
    """A file is not there or cannot be the template of the slides; its text says why."""


def check_template(path: Path, lang: str) -> None:
    """See that a file has the layouts, places and size that slides are made with, and no slides.

    Raises:
        TemplateError: when it has not or is not there, in the language of `lang`.
    """
    import pptx
    from pptx.exc import PackageNotFoundError

    if not path.exists():
        raise TemplateError(f"{path}: {texts(lang)['file']['missing_file']}")
    try:
        ours, theirs = pptx.Presentation(str(TEMPLATE)), pptx.Presentation(str(path))
        fits = _places(ours) <= _places(theirs) and _size(ours) == _size(theirs) and not len(theirs.slides)
    except (PackageNotFoundError, KeyError, OSError, ValueError, zipfile.BadZipFile):
        fits = False
    if not fits:
        raise TemplateError(texts(lang)["slides"]["template"].format(file=path))


def _places(deck: Any) -> set[tuple[str, int]]:
    """Every layout with the numbers of its placeholders."""
    return {(one.name, it.placeholder_format.idx) for one in deck.slide_layouts for it in one.placeholders}


def _size(deck: Any) -> tuple[int, int]:
    return deck.slide_width, deck.slide_height


def new_presentation(theme: Theme, dark: bool, lang: str, foot: str, template: Path) -> Presentation:
    """An empty 16:9 presentation in the kit's design.

    Args:
        theme: its colours on a dark ground, from `palette.THEMES`; the light ones are those of the template.
        dark: whether the ground is dark.
        lang: of its text, as PowerPoint names it, such as "en-GB".
        foot: what stands at the foot of a slide that is added in PowerPoint.
        template: the file with the design.
    """
    import pptx
    from pptx.enum.shapes import PP_PLACEHOLDER
    from pptx.opc.constants import RELATIONSHIP_TYPE as REL

    deck = pptx.Presentation(str(template))
    master = deck.slide_master
    for style in master._element.iter(f"{_A}defRPr"):
        if style.get("lang"):
            style.set("lang", lang)
    for one in (master, *deck.slide_layouts):
        for holder in one.placeholders:
            if holder.placeholder_format.type == PP_PLACEHOLDER.FOOTER:
                holder.text_frame.paragraphs[0].runs[0].text = foot
        for run in one._element.iter(f"{_A}rPr"):
            run.set("lang", lang)
    if dark:
        for one in (master, deck.notes_master):
            _darken(one.part.part_related_by(REL.THEME), theme)
        mapping = master._element.find("{*}clrMap")
        for key, value in _DARK.items():
            mapping.set(key, value)
    return deck


def colours(theme: Theme, dark: bool) -> dict[str, str]:
    """The colours of a theme, as "#rrggbb", by the name that PowerPoint has for each.

    Args:
        theme: one of `palette.THEMES`.
        dark: whether the ground is dark.
    """
    ink = theme.ink
    grounds = (theme.ground, theme.text, theme.line, theme.quiet)
    dk1, lt1, dk2, lt2 = grounds if dark else (grounds[1], grounds[0], grounds[3], grounds[2])
    return {
        "dk1": dk1,
        "lt1": lt1,
        "dk2": dk2,
        "lt2": lt2,
        CUSTOMER: ink["customer"].fill,
        SHARED: ink["shared"].fill,
        PROVIDER: ink["provider"].fill,
        ACCENT: theme.accent,
        EDGE: ink["provider"].edge,
        SHARED_EDGE: ink["shared"].edge,
        "hlink": theme.accent,
        "folHlink": theme.quiet,
    }


def _darken(part: Any, theme: Theme) -> None:
    """Put the colours of a dark theme into a theme part of the package."""
    from lxml import etree

    tree = etree.fromstring(part.blob)
    scheme = tree.find(f".//{_A}clrScheme")
    for name, colour in colours(theme, dark=True).items():
        scheme.find(f"{_A}{name}")[0].set("val", colour[1:].upper())
    part._blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
