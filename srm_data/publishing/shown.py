"""What a view is where there is no kernel, as it comes out of a run: JSON in the output of a cell, and back.

The kernel of a run puts it there (`publishing.kernel`); slides, handouts and pages read it.
"""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from srm_data.views.content import Content
from srm_data.views.still import Paper, Still

#: The kind of output that holds it.
MIME = "application/vnd.srm.view+json"


@dataclass(frozen=True)
class Drawing:
    """A figure as it was drawn: `svg` whole, `png` in base64 without its title and sources, if any.

    `about` is the short name of its matrix, `foot` its sources, `top` where it begins under its title.
    """

    heading: str
    alt: str
    svg: str
    png: str
    about: str = ""
    foot: str = ""
    top: float = 0.0

    def png_bytes(self) -> bytes:
        """The figure as a PNG file, without its title and sources."""
        return base64.b64decode(self.png)


@dataclass(frozen=True)
class Shown:
    """What one output is elsewhere; the fields are those of `views.still.Away`.

    The view of a still is a `Drawing`, a `Content` or None here. A component has its `tag` and the `content`
    that its element is given.
    """

    stills: tuple[Still, ...] = ()
    live: bool = True
    paper: Paper = "itself"
    questions: tuple[str, ...] = ()
    needs_kernel: str = ""
    about: str = ""
    tag: str = ""
    content: Any = None


def to_json(shown: Shown) -> dict[str, Any]:
    """What goes into the output of a cell; each view is named by its kind."""
    data = asdict(shown)
    for still, one in zip(shown.stills, data["stills"], strict=True):
        one["view"] = {"drawing" if isinstance(still.view, Drawing) else "content": one["view"]}
    plain: dict[str, Any] = json.loads(json.dumps(data, default=sorted))  # a frozen set as a list
    return plain


def shown_in(cell: Any) -> Shown:
    """What the outputs of an executed cell are elsewhere; nothing, when no view of the kit is among them."""
    for output in cell.get("outputs", []):
        if data := output.get("data", {}).get(MIME):
            shown: Shown = _made(Shown, data)
            return replace(shown, stills=tuple(_with_view(still) for still in shown.stills))
    return Shown()


def _with_view(still: Still) -> Still:
    ((kind, data),) = still.view.items()
    view = _made(Drawing if kind == "drawing" else Content, data) if data else None
    return replace(still, view=view)


def _made(kind: Any, value: Any) -> Any:
    """A value of this type out of JSON."""
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{f.name: _made(hints[f.name], value[f.name]) for f in fields(kind)})
    if get_origin(kind) is tuple:
        return tuple(_made(get_args(kind)[0], one) for one in value)
    return frozenset(value) if get_origin(kind) is frozenset else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
