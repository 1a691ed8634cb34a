"""The figures of a folder, as the page of figures shows them: the whole table first, the incidents last."""

from __future__ import annotations

import html
import re
import struct
from pathlib import Path, PurePosixPath
from typing import Any

from srm_data.core.shipped import shipped_ids
from srm_data.views.figures.catalogue import KINDS, default_set

#: The groups of the page in their order; each kind of figure is in one, and the empty ones are together.
GROUPS = ("table", "model", "what-if", "ladder", "beside", "topic", "blank", "incident", "other")

_GROUP_OF = {"matrix": "table", "split": "table", "editions": "beside", "stack": "beside"}
_KIND = re.compile(rf"-({'|'.join(KINDS)})(?:-|$)")


def gallery(folder: Path) -> list[dict[str, Any]]:
    """The figures of a folder: name, heading and alternative text from the SVG, and the files there are."""
    found = []
    for svg in sorted(folder.rglob("*.svg")):
        drawn = svg.read_text("utf-8")
        said = [re.search(rf"<{tag}\b[^<>]*>([^<]*)</{tag}>", drawn) for tag in ("title", "desc")]
        heading, alt = (html.unescape(one[1]) if one else "" for one in said)
        paths = [path for path in sorted(svg.parent.glob(f"{svg.stem}.*")) if path.is_file()]
        address = {
            path.suffix[1:].upper(): f"../figures/{folder.name}/{path.relative_to(folder).as_posix()}"
            for path in paths
        }
        png = svg.with_suffix(".png")
        found.append(
            {
                "name": svg.relative_to(folder).with_suffix("").as_posix(),
                "heading": heading,
                "alt": alt,
                "paths": paths,
                "files": list(address.items()),
                "image": address.get("PNG", address["SVG"]),
                "size": struct.unpack(">II", png.read_bytes()[16:24]) if png.is_file() else None,
            }
        )
    return found


def grouped(figures: list[dict[str, Any]], lang: str) -> list[tuple[str, list[dict[str, Any]]]]:
    """The figures under the groups of `GROUPS` that have any, each in the order in which the kit draws them.

    Args:
        figures: what `gallery` found.
        lang: of the figures.
    """
    place = {job.name: n for n, job in enumerate(default_set(lang))}
    ordered = sorted(figures, key=lambda one: place.get(one["name"], len(place)))
    groups = ((group, [one for one in ordered if _group(one["name"]) == group]) for group in GROUPS)
    return [(group, found) for group, found in groups if found]


def _group(name: str) -> str:
    """The group of a figure, from the name that `figure_set` gives its file."""
    file = PurePosixPath(name).name
    if re.search(r"-blank(-|$)", file):
        return "blank"
    of_matrix = max((one for one in shipped_ids() if file.startswith(f"{one}-")), key=len, default="")
    found = _KIND.search(file, len(of_matrix))
    return _GROUP_OF.get(found[1], found[1]) if found else "other"
