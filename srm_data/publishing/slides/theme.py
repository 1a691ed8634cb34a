"""The kit's own PowerPoint theme: colours and fonts, a master, and a layout for each kind of slide.

python-pptx brings a template of its own, 4:3 and in the colours of Office. Its parts are kept and their
contents replaced, so that the colours of a deck are changed in one place: the theme.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from srm_data.publishing.slides.slide_fit import BOTTOM, ROOM, TOP
from srm_data.views.figures.canvas import HEIGHT, MARGIN, WIDTH
from srm_data.views.palette import Theme

if TYPE_CHECKING:
    from pptx.presentation import Presentation

#: On every machine, as wide as the font of the figures; LibreOffice has a twin of it.
FONT, CODE_FONT = "Arial", "Courier New"

EMU = 12_192_000 // WIDTH  # a slide pixel in the unit of PowerPoint

#: Layouts by the kind of slide, in the order of the template.
LAYOUTS = {"title": "Title", "text": "Text", "table": "Table", "figure": "Figure", "question": "Question"}

#: The accents of the theme: three parties, the accent, and two edges.
CUSTOMER, SHARED, PROVIDER, ACCENT, EDGE, SHARED_EDGE = (f"accent{n}" for n in range(1, 7))
PARTY = {"customer": CUSTOMER, "shared": SHARED, "provider": PROVIDER}

NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TITLE_BOX = (MARGIN, 18, ROOM, 86)
_UNDER_BOX = (MARGIN, 104, ROOM, 34)
_BODY_BOX = (MARGIN, TOP, ROOM, BOTTOM - TOP)
NUMBER = '<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">{face}<a:t>{n}</a:t></a:fld>'
FOOT_BOX = (MARGIN, HEIGHT - 62, ROOM - 110, 54)
NUMBER_BOX = (WIDTH - MARGIN - 100, HEIGHT - 62, 100, 54)


def new_presentation(theme: Theme, dark: bool, lang: str) -> Presentation:
    """An empty 16:9 presentation in the kit's theme.

    Args:
        theme: its colours, from `palette.THEMES`.
        dark: whether the ground is dark.
        lang: of its text, as PowerPoint names it, such as "en-GB".
    """
    import pptx
    from pptx.opc.constants import RELATIONSHIP_TYPE as REL
    from pptx.util import Emu

    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Emu(WIDTH * EMU), Emu(HEIGHT * EMU)
    layouts = list(deck.slide_layouts)
    for layout in layouts[len(LAYOUTS) :]:
        deck.slide_layouts.remove(layout)
    master = deck.slide_master
    colour(master.part.part_related_by(REL.THEME), theme, dark)
    _fill(master._element, _master_shapes(), "Kit")
    _styles(master._element, dark, lang)
    for layout, (kind, name) in zip(layouts, LAYOUTS.items(), strict=False):
        _fill(layout._element, _layout_shapes(kind), name)
        layout._element.attrib.pop("type", None)
        layout._element.set("userDrawn", "1")
    thumbnail = next(
        key for key, rel in deck.part.package._rels.items() if rel.reltype.endswith("/thumbnail")
    )
    deck.part.package._rels.pop(thumbnail)
    return deck


def colour(part: Any, theme: Theme, dark: bool) -> None:
    """Put the kit's colours and fonts into a theme part of the package.

    Args:
        part: the theme of a master, as python-pptx has it; its content is replaced.
        theme: the colours, from `palette.THEMES`.
        dark: whether the ground is dark.
    """
    from lxml import etree

    raw = part.blob
    tree = etree.fromstring(raw)
    tree.set("name", "Kit")
    ns = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    (scheme,) = tree.xpath(".//a:clrScheme", namespaces=ns)
    (fonts,) = tree.xpath(".//a:fontScheme", namespaces=ns)
    pairs = _scheme(theme, dark).items()
    colours = "".join(f'<a:{name}><a:srgbClr val="{value[1:].upper()}"/></a:{name}>' for name, value in pairs)
    face = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    for old, new in (
        (scheme, f'<a:clrScheme {NAMES} name="Kit">{colours}</a:clrScheme>'),
        (
            fonts,
            f'<a:fontScheme {NAMES} name="Kit"><a:majorFont>{face}</a:majorFont>'
            f"<a:minorFont>{face}</a:minorFont></a:fontScheme>",
        ),
    ):
        fresh = etree.fromstring(new)
        old.getparent().replace(old, fresh)
    etree.cleanup_namespaces(tree)
    content = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    if hasattr(part, "_element"):
        part._element = etree.fromstring(content)
    else:
        part._blob = content


def _scheme(theme: Theme, dark: bool) -> dict[str, str]:
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


def _fill(element: Any, shapes: str, name: str) -> None:
    """Replace what stands on a master or layout."""
    from pptx.oxml import parse_xml

    old = element.cSld
    old.set("name", name)
    tree = old.spTree
    for shape in list(tree)[2:]:
        tree.remove(shape)
    for shape in parse_xml(f"<all {NAMES}>{shapes}</all>"):
        tree.append(shape)


def _styles(master: Any, dark: bool, lang: str) -> None:
    """Text styles of the master, and which colours of the theme are ground and text."""
    from lxml import etree

    on = {"bg1": "dk1", "tx1": "lt1", "bg2": "dk2", "tx2": "lt2"}
    off = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
    (mapping,) = [child for child in master if child.tag.endswith("}clrMap")]
    for key, value in (on if dark else off).items():
        mapping.set(key, value)
    (styles,) = [child for child in master if child.tag.endswith("}txStyles")]

    def level(n: int, size: int, bold: int) -> str:
        return (
            f'<a:lvl{n}pPr marL="0" indent="0" algn="l"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
            f'<a:buNone/><a:defRPr lang="{lang}" sz="{size}" b="{bold}" kern="1200">'
            '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/>'
            f"</a:defRPr></a:lvl{n}pPr>"
        )

    body = "".join(level(n, 2400, 0) for n in range(1, 10))
    fresh = etree.fromstring(
        f"<p:txStyles {NAMES}><p:titleStyle>{level(1, 3000, 1)}</p:titleStyle>"
        f"<p:bodyStyle>{body}</p:bodyStyle><p:otherStyle>{body}</p:otherStyle></p:txStyles>"
    )
    master.replace(styles, fresh)


def _master_shapes() -> str:
    return (
        _holder(2, "Title", 'type="title"', _TITLE_BOX, "b")
        + _holder(3, "Text", 'type="body" idx="1"', _BODY_BOX, "t")
        + _foot(4)
    )


def _layout_shapes(kind: str) -> str:
    if kind == "title":
        blocks = "".join(
            _block(10 + i, MARGIN + i * 150, 250, 130, 26, accent)
            for i, accent in enumerate((CUSTOMER, SHARED, PROVIDER))
        )
        title = _holder(2, "Title", 'type="ctrTitle"', (MARGIN, 310, ROOM, 200), "ctr", size=4800)
        under = _holder(3, "Subtitle", 'type="subTitle" idx="1"', (MARGIN, 530, ROOM, 60), "t", 2400, "tx2")
        return blocks + title + under + _foot(4)
    shapes = _holder(2, "Title", 'type="title"', _TITLE_BOX, "b")
    if kind in ("table", "figure", "question"):
        shapes += _holder(6, "Under", 'type="body" sz="quarter" idx="13"', _UNDER_BOX, "ctr", 1500, "tx2")
    if kind in ("text", "question"):
        anchor = "ctr" if kind == "text" else "t"  # a few words stand in the middle
        shapes += _holder(3, "Text", 'type="body" idx="1"', _BODY_BOX, anchor)
    return shapes + _foot(4)


def _foot(number: int) -> str:
    return _holder(
        number, "Source", 'type="ftr" sz="quarter" idx="11"', FOOT_BOX, "ctr", 1200, "tx2"
    ) + _holder(
        number + 1, "Number", 'type="sldNum" sz="quarter" idx="12"', NUMBER_BOX, "ctr", 1200, "tx2", "r"
    )


def transform(box: tuple[float, float, float, float]) -> str:
    """Place and size in the unit of PowerPoint."""
    x, y, width, height = (round(value * EMU) for value in box)
    return f'<a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/>'


def _holder(
    number: int,
    name: str,
    kind: str,
    box: tuple[float, float, float, float],
    anchor: str,
    size: int = 0,
    ink: str = "tx1",
    align: str = "l",
) -> str:
    """A placeholder of a master or layout."""
    style = (
        f'<a:lvl1pPr algn="{align}"><a:buNone/><a:defRPr sz="{size}"><a:solidFill><a:schemeClr val="{ink}"/>'
        f'</a:solidFill><a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr>'
        if size
        else ""
    )
    words = NUMBER.format(face="", n="‹#›")
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm>{transform(box)}</a:xfrm>"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}">'
        f"<a:noAutofit/></a:bodyPr><a:lstStyle>{style}</a:lstStyle>"
        f"<a:p>{words if 'sldNum' in kind else ''}</a:p></p:txBody></p:sp>"
    )


def _block(number: int, x: float, y: float, width: float, height: float, accent: str) -> str:
    """A block in the colour of a party: what the kit is known by."""
    edge = {PROVIDER: EDGE, SHARED: SHARED_EDGE}.get(accent, accent)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Block"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f"<p:spPr><a:xfrm>{transform((x, y, width, height))}</a:xfrm>"
        '<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val 25000"/></a:avLst></a:prstGeom>'
        f'<a:solidFill><a:schemeClr val="{accent}"/></a:solidFill>'
        f'<a:ln w="19050"><a:solidFill><a:schemeClr val="{edge}"/></a:solidFill></a:ln></p:spPr></p:sp>'
    )
