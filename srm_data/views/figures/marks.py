"""What a figure is drawn from: marks in slide pixels, made once. `svg` writes them, `paint` paints them."""

from __future__ import annotations

from dataclasses import dataclass

#: From the left and from the top.
Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A rectangle; colours are "#rrggbb", and "none" draws nothing."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    edge: str = "none"
    line: float = 0.0  # how thick the edge is
    corner: float = 0.0  # radius
    dashed: bool = False
    claim: bool = False  # shows where the title's claim is to be seen


@dataclass(frozen=True)
class Area:
    """A filled shape with straight sides."""

    points: tuple[Point, ...]
    fill: str


@dataclass(frozen=True)
class Lines:
    """Straight lines of one colour, each from a point to another."""

    ends: tuple[tuple[Point, Point], ...]
    colour: str
    line: float
    claim: bool = False  # shows where the title's claim is to be seen


@dataclass(frozen=True)
class Dots:
    """Round dots of one colour around these points."""

    points: tuple[Point, ...]
    colour: str
    across: float


@dataclass(frozen=True)
class Text:
    """One line of text; `y` is where its letters stand."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    bold: bool = False
    align: str = "left"  # or "center", "right": what of it is at `x`
    turned: bool = False  # runs upwards from the point


Mark = Box | Area | Lines | Dots | Text

#: What comes later lies over what came before.
ORDER: tuple[type[Mark], ...] = (Box, Lines, Dots, Area, Text)
