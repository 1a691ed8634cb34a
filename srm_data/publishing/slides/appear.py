"""Shapes of a slide that appear at a click, written the way PowerPoint writes its effect Appear."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

_SPACES = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_APPEAR = 'presetID="1" presetClass="entr" presetSubtype="0" fill="hold"'
_AT_ONCE = '<p:stCondLst><p:cond delay="0"/></p:stCondLst>'


def at_a_click(slide: Any, shapes: Sequence[Any]) -> None:
    """Let these shapes of a slide appear together, at the next click; on paper all of them are there."""
    from pptx.oxml import parse_xml

    ids = count(1)
    top, sequence, click, group = (next(ids) for _ in range(4))
    effects = "".join(_effect(shape, ids, "with" if n else "click") for n, shape in enumerate(shapes))
    built = "".join(_built(shape) for shape in shapes if _is_text(shape))
    timing = (
        f'<p:timing {_SPACES}><p:tnLst><p:par><p:cTn id="{top}" dur="indefinite" restart="never"'
        ' nodeType="tmRoot"><p:childTnLst><p:seq concurrent="1" nextAc="seek">'
        f'<p:cTn id="{sequence}" dur="indefinite" nodeType="mainSeq"><p:childTnLst>'
        f'<p:par><p:cTn id="{click}" fill="hold"><p:stCondLst><p:cond delay="indefinite"/></p:stCondLst>'
        f'<p:childTnLst><p:par><p:cTn id="{group}" fill="hold">{_AT_ONCE}<p:childTnLst>{effects}'
        "</p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn>"
        f"{_when('prev', 'onPrev')}{_when('next', 'onNext')}</p:seq></p:childTnLst></p:cTn></p:par>"
        f"</p:tnLst>{f'<p:bldLst>{built}</p:bldLst>' if built else ''}</p:timing>"
    )
    slide._element.clrMapOvr.addnext(parse_xml(timing))


def _effect(shape: Any, ids: Any, when: str) -> str:
    group = ' grpId="0"' if _is_text(shape) else ""
    return (
        f'<p:par><p:cTn id="{next(ids)}" {_APPEAR}{group} nodeType="{when}Effect">{_AT_ONCE}<p:childTnLst>'
        f'<p:set><p:cBhvr><p:cTn id="{next(ids)}" dur="1" fill="hold">{_AT_ONCE}</p:cTn>'
        f'<p:tgtEl><p:spTgt spid="{shape.shape_id}"/></p:tgtEl>'
        "<p:attrNameLst><p:attrName>style.visibility</p:attrName></p:attrNameLst></p:cBhvr>"
        '<p:to><p:strVal val="visible"/></p:to></p:set></p:childTnLst></p:cTn></p:par>'
    )


def _is_text(shape: Any) -> bool:
    """Whether PowerPoint lists it among what is built up: a shape with text, no table and no group."""
    return str(shape._element.tag).endswith("}sp")


def _built(shape: Any) -> str:
    ground = "" if shape.is_placeholder else ' animBg="1"'
    return f'<p:bldP spid="{shape.shape_id}" grpId="0"{ground}/>'


def _when(name: str, event: str) -> str:
    return (
        f'<p:{name}CondLst><p:cond evt="{event}" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond>'
        f"</p:{name}CondLst>"
    )
