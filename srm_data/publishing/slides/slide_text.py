"""Markdown as the lines of a slide or of its notes: headings, paragraphs, lists and tables.

What a slide says is written down in the lesson, in the metadata of its cells; nothing is guessed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Run:
    """A stretch of text in one face."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False


#: A line of text as its runs.
Line = tuple[Run, ...]


@dataclass(frozen=True)
class Point:
    """A line of a slide; `mark` stands before it: a bullet, a number, or nothing before a sentence."""

    line: Line
    mark: str = ""


@dataclass
class Section:
    """What stands under one heading: its lines in order, and the tables among them as rows of words.

    `pictures` are the addresses of its pictures, see `excerpts`.
    """

    title: str = ""
    level: int = 0
    points: list[Point] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)


def plain(line: Line) -> str:
    """The words of a line."""
    return "".join(run.text for run in line)


def sections(markdown: str) -> list[Section]:
    r"""The sections of a text; the first has no title when the text begins without a heading.

    >>> [(one.title, [plain(point.line) for point in one.points]) for one in sections("## A\n\nOne *two*.")]
    [('A', ['One two.'])]
    """
    import mistune

    tokens: Any = mistune.create_markdown(renderer="ast", plugins=["table"])(markdown)
    found: list[Section] = []
    for token in tokens:
        kind = token["type"]
        if kind == "heading":
            found.append(Section(plain(_line(token["children"])), token["attrs"]["level"]))
        elif kind in ("paragraph", "list", "table"):
            found = found or [Section()]
        if kind == "paragraph" and (pictures := [*_pictures(token)]):
            found[-1].pictures += pictures
        elif kind == "paragraph":
            found[-1].points.append(Point(_line(token["children"])))
        elif kind == "list":
            found[-1].points += _items(token)
        elif kind == "table":
            found[-1].tables.append(
                [[plain(_line(cell["children"])) for cell in row] for row in _rows(token)]
            )
    return found


def _pictures(token: dict[str, Any]) -> Iterator[str]:
    for child in token["children"]:
        if child["type"] == "image":
            yield child["attrs"]["url"]


def _items(token: dict[str, Any]) -> Iterator[Point]:
    for i, item in enumerate(token["children"], 1):
        line = tuple(run for block in item["children"] for run in _line(block.get("children", [])))
        yield Point(line, f"{i}." if token["attrs"].get("ordered") else "•")


def _rows(token: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    head, *bodies = token["children"]
    yield head["children"]
    for body in bodies:
        for row in body["children"]:
            yield row["children"]


def _line(tokens: Sequence[dict[str, Any]], face: Run = Run("")) -> Line:
    runs: list[Run] = []
    for token in tokens:
        kind = token["type"]
        if kind in ("softbreak", "linebreak"):
            runs.append(replace(face, text=" "))
        elif kind == "codespan":
            runs.append(replace(face, text=token["raw"], code=True))
        elif kind == "text":
            runs.append(replace(face, text=token["raw"]))
        elif "children" in token:
            bold, italic = face.bold or kind == "strong", face.italic or kind == "emphasis"
            runs += _line(token["children"], replace(face, bold=bold, italic=italic))
    return tuple(runs)
