"""The icon of the site: a table of three by three, with a colour of the palette for each party.

It is drawn on a grid of sixteen by sixteen, so every size that is a multiple of it is sharp.
"""

from __future__ import annotations

import struct
import zlib

from srm_data.views.palette import THEMES

_GRID = 16
_CELL = 4  # and a line of one around each
#: Customer, shared and provider, in rows as on a ladder from on-premises to SaaS.
_CELLS = (
    ("customer", "customer", "shared"),
    ("customer", "shared", "provider"),
    ("customer", "provider", "provider"),
)


def icon_svg() -> str:
    """The icon as SVG."""
    light = THEMES["light"]
    rects = "".join(
        f'<rect x="{x}" y="{y}" width="{_CELL}" height="{_CELL}" fill="{light.ink[party].fill}"/>'
        for x, y, party in _cells()
    )
    box = f'<rect width="{_GRID}" height="{_GRID}" rx="2" fill="{light.text}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_GRID} {_GRID}" '
        f'shape-rendering="crispEdges">{box}{rects}</svg>\n'
    )


def icon_png(size: int) -> bytes:
    """The icon as a PNG of `size` by `size` pixels; a multiple of sixteen."""
    light = THEMES["light"]
    grid = [[_rgb(light.text)] * _GRID for _ in range(_GRID)]
    for x, y, party in _cells():
        for row in grid[y : y + _CELL]:
            row[x : x + _CELL] = [_rgb(light.ink[party].fill)] * _CELL
    times = size // _GRID
    lines = (b"\0" + b"".join(one * times for one in row) for row in grid for _ in range(times))
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(lines), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts)


def _cells() -> list[tuple[int, int, str]]:
    step = _CELL + 1
    return [
        (1 + step * i, 1 + step * j, party) for j, row in enumerate(_CELLS) for i, party in enumerate(row)
    ]


def _rgb(colour: str) -> bytes:
    return bytes.fromhex(colour.removeprefix("#"))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
