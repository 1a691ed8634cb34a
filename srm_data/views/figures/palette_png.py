"""A PNG of at most 256 colours, a third of the size, in which a changed colour changes the palette alone.

matplotlib paints the picture twice, each colour in two keys of its own, which lie far from all lines between
other keys: so each pixel tells which two colours it is between, and how far. The pixels then hold the number
of that blend, and the palette how it looks. Numbers do not depend on colours: when one changes, the pixels
stay the same bytes, and git keeps of the new PNG little more than its palette. A colour itself, of ground or
cell, is kept exactly; an edge has as many steps as the palette has room for.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from itertools import combinations
from typing import Any, cast

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

Numbers = NDArray[np.int64]

#: Red, green and blue of both keys. Found by trying: a line between two comes no nearer to a third than 21.
_KEYS: Numbers = np.array(
    [
        (83, 0, 96, 0, 192, 19),
        (255, 14, 11, 171, 230, 0),
        (246, 204, 255, 237, 68, 233),
        (20, 0, 230, 233, 201, 190),
        (255, 183, 55, 169, 161, 255),
        (62, 255, 193, 255, 206, 94),
        (32, 0, 129, 255, 81, 12),
        (255, 70, 242, 60, 229, 153),
        (85, 225, 240, 21, 255, 81),
        (77, 34, 109, 94, 255, 239),
        (255, 68, 182, 0, 65, 21),
        (88, 63, 13, 0, 42, 115),
        (198, 254, 3, 69, 75, 89),
        (12, 255, 90, 134, 195, 250),
        (49, 167, 18, 163, 232, 6),
        (231, 29, 128, 255, 12, 55),
        (90, 229, 15, 244, 54, 146),
        (18, 255, 145, 89, 0, 36),
        (0, 255, 235, 139, 9, 255),
        (212, 0, 112, 72, 26, 220),
    ]
)
_STEPS = (16, 12, 8, 6)
_NEAR = 36.0  # squared: a pixel that is farther from every line is a blend of three colours


class _Canvases:
    """Two canvases of Agg, on which the same is painted, each colour in the keys of its number.

    Numbers are given in order of appearance. It stands in for the one canvas of matplotlib's renderer.
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        self.two = make(), make()
        self.numbers: dict[tuple[int, ...], int] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self.two[0], name)

    def draw_path(self, gc: Any, path: Any, transform: Any, face: Any) -> None:
        for i, pen in self._pens(gc):
            self.two[i].draw_path(pen, path, transform, self._key(i, face))

    def draw_markers(self, gc: Any, mark: Any, own: Any, places: Any, placed: Any, face: Any = None) -> None:
        for i, pen in self._pens(gc):
            self.two[i].draw_markers(pen, mark, own, places, placed, self._key(i, face))

    def draw_text_image(self, image: Any, x: int, y: int, angle: float, gc: Any) -> None:
        for i, pen in self._pens(gc):
            self.two[i].draw_text_image(image, x, y, angle, pen)

    def draw_path_collection(self, gc: Any, *what: Any, **how: Any) -> None:
        for i, pen in self._pens(gc):
            faces, edges = (
                np.array([self._key(i, colour) for colour in colours]).reshape(-1, 4) for colours in what[5:7]
            )
            self.two[i].draw_path_collection(pen, *what[:5], faces, edges, *what[7:], **how)

    def _key(self, canvas: int, colour: Any) -> Any:
        if colour is None or (len(colour) == 4 and colour[3] == 0):
            return colour
        rgb = tuple(round(255 * float(part)) for part in colour[:3])
        number = self.numbers.setdefault(rgb, len(self.numbers)) % len(_KEYS)
        return (*(_KEYS[number, 3 * canvas : 3 * canvas + 3] / 255).tolist(), *colour[3:])

    def _pens(self, gc: Any) -> Iterator[tuple[int, Any]]:
        """For both canvases the pen with the key for its colour."""
        pen, colour = copy(gc), gc.get_rgb()
        for canvas in range(2):
            if gc.get_linewidth():
                pen.set_foreground(self._key(canvas, colour), isRGBA=True)
            yield canvas, pen


def palette_png(figure: Figure, dpi: int, metadata: Mapping[str, str]) -> bytes | None:
    """The figure as PNG; none when it has more colours than there are keys, or more blends than 256.

    Args:
        figure: of opaque, flat colours.
        dpi: pixels an inch.
        metadata: text chunks by their name.
    """
    before = figure.dpi
    try:
        figure.set_dpi(dpi)
        width, height = (int(side) for side in figure.bbox.size)
        painter: Any = cast(Any, RendererAgg)(width, height, dpi)
        canvas = type(painter._renderer)
        painter._renderer = canvases = _Canvases(lambda: canvas(width, height, dpi))
        painter._update_methods()
        figure.draw(painter)
    finally:
        figure.set_dpi(before)
    if len(canvases.numbers) > len(_KEYS):
        return None
    first, second = (np.asarray(canvas) for canvas in canvases.two)
    pixels = (
        first.reshape(-1, 4).view("<u4")[:, 0] | second.reshape(-1, 4).view("<u4")[:, 0].astype("u8") << 32
    )
    # Most pixels are as the one before them: the rest is done for runs.
    starts = np.flatnonzero(np.append(True, pixels[1:] != pixels[:-1]))
    painted, which = np.unique(pixels[starts], return_inverse=True)
    shades = painted[:, None] >> np.array([0, 8, 16, 32, 40, 48], "u8") & 255
    found = _blends(shades.astype("i8"), np.array([*canvases.numbers], "i8"))
    if found is None:
        return None
    numbers, palette = found
    runs = np.diff(np.append(starts, pixels.size))
    image = Image.frombytes("P", (width, height), np.repeat(numbers[which], runs).tobytes())
    image.putpalette(palette.tobytes(), "RGB")
    said = PngInfo()
    for name, text in metadata.items():
        said.add_text(name, text)
    raw = io.BytesIO()
    image.save(raw, "PNG", pnginfo=said, dpi=(dpi, dpi), compress_level=6)
    return raw.getvalue()


def _blends(shades: Numbers, colours: Numbers) -> tuple[NDArray[np.uint8], NDArray[np.uint8]] | None:
    """For each shade the number of its blend, and the palette of the blends; none when they are too many."""
    shares = _shares(shades, _KEYS[: len(colours)])
    for steps in _STEPS:
        weights = np.rint(shares * steps).astype("i8")
        # What rounding takes or adds, the largest share gives or gets.
        weights[np.arange(len(weights)), shares.argmax(1)] += steps - weights.sum(1)
        blends, numbers = np.unique(weights, axis=0, return_inverse=True)
        if len(blends) <= 256:
            palette = (2 * blends @ colours + steps) // (2 * steps)
            return numbers.reshape(-1).astype("u1"), palette.astype("u1")
    return None


def _shares(shades: Numbers, keys: Numbers) -> NDArray[np.float64]:
    """How much of each key is in each shade: of two, or of three where no two come near it.

    No matrix product, whose last digits are not the same on every machine.
    """
    shares = np.zeros((len(shades), len(keys)))
    nearest = np.full(len(shades), np.inf)
    rows = np.arange(len(shades))
    for many in (2, 3):
        for some in combinations(range(len(keys)), many):
            last, others = keys[some[-1]], keys[[*some[:-1]]]
            parts, far = _within(shades[rows] - last, others - last)
            nearer = far < nearest[rows]
            at = rows[nearer]
            nearest[at], shares[at] = far[nearer], 0
            shares[at[:, None], some[:-1]] = parts[nearer]
            shares[at, some[-1]] = 1 - parts[nearer].sum(1)
        rows = np.flatnonzero(nearest > _NEAR)
    return shares


def _within(off: Numbers, ways: Numbers) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How far along each of one or two ways the nearest point lies, and the square of how far it is off.

    What lies outside of the line or the triangle is infinitely far, but for the ends of a line.
    """
    along = (off[:, None] * ways).sum(2)
    if len(ways) == 1:
        parts = np.clip(along / (ways * ways).sum(), 0, 1)
        outside = np.zeros(len(off), bool)
    else:
        uu, uv, vv = ((ways[i] * ways[j]).sum() for i, j in ((0, 0), (0, 1), (1, 1)))
        parts = np.stack([along[:, 0] * vv - along[:, 1] * uv, along[:, 1] * uu - along[:, 0] * uv], 1)
        parts = parts / (uu * vv - uv * uv)
        outside = (parts.min(1) < 0) | (parts.sum(1) > 1)
    far = ((off - (parts[:, :, None] * ways).sum(1)) ** 2).sum(1)
    return parts, np.where(outside, np.inf, far)
