"""The figures of a folder, as the page of figures shows them."""

from __future__ import annotations

import html
import re
import struct
from pathlib import Path
from typing import Any


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
