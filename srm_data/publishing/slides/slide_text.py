"""Lesson prose, cut into what a slide shows and what the teacher says.

Long prose is no slide. Shown are a heading, the questions it asks, the sentences it sets in bold, and
its lists; everything else is for the teacher to say, and goes into the speaker notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

#: Sentences about the notebook itself: nobody runs a cell on a slide.
_HANDS_ON = re.compile(
    r"Shift\+Enter|\b[Rr]un (?:the|this|each|every) (?:\w+ )?cell|\bcell below|\bcell again"
    r"|buttons|knoppen|\b(?:next|last) cell\b|\b(?:volgende|laatste) cel\b"
    r"|(?:[Ss]tart|[Ww]ake) the kit|\bcel(?:len)? (?:\w+ )?uit\b|\bcel hieronder"
    r"|\b[Zz]et eerst de kit|\bkit (?:klaar|wakker)"
    r"|^Then open the\b|^Open daarna het\b"
)

#: The end of a sentence: a stop, what closes it, and the blank before the next one.
_STOP = re.compile(r"(?<=[.?!])[\"”')]*\s+(?=[\"“'(A-Z0-9À-Þ…])|(?<=[.?!][\"”)])\s+")

_SHORT = 20  # signs of a question that says nothing without the sentence before it: "Which?"
_CONTEXT = 210  # signs of a sentence that may stand before a question
_TITLE = 64  # signs of a sentence that can be a title
_LITTLE = 110  # signs that leave a slide too empty
_LINES = 3  # sentences of an opening
_ENOUGH = 150  # signs of an item or an opening that still reads as a line of a slide


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
    """What stands under one heading: what to show, the tables in it, and all of it to say."""

    title: str = ""
    level: int = 0
    points: list[Point] = field(default_factory=list)
    items: list[str] = field(default_factory=list)  # of its lists, whole
    tables: list[list[list[str]]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    key: bool = False  # whether it asks, states or lists something; else the points are an opening only
    leads: list[str] = field(default_factory=list)  # what can be a title where there is no heading


def plain(line: Line) -> str:
    """The words of a line."""
    return "".join(run.text for run in line)


def sections(markdown: str) -> list[Section]:
    """The sections of a markdown cell; the first has no title when the cell begins without a heading."""
    import mistune

    tokens: Any = mistune.create_markdown(renderer="ast", plugins=["table"])(markdown)
    found: list[Section] = []
    for token in tokens:
        if token["type"] == "heading":
            found.append(Section(plain(_line(token["children"])), token["attrs"]["level"]))
            continue
        if not found and token["type"] not in ("blank_line", "block_html"):
            found.append(Section())
        if token["type"] == "paragraph" and not _leads_on(token):
            _paragraph(found[-1], _line(token["children"]))
        elif token["type"] == "list":
            _list(found[-1], token)
        elif token["type"] == "table":
            found[-1].tables.append(
                [[plain(_line(cell["children"])) for cell in row] for row in _rows(token)]
            )
            found[-1].key = True
    for section in found:
        _open(section)
    return found


def sentences(line: Line) -> list[Line]:
    """The sentences of a paragraph, each with its own runs.

    >>> [plain(one) for one in sentences((Run('Look. "Is it?" '), Run("Yes.", bold=True)))]
    ['Look.', '"Is it?"', 'Yes.']
    """
    text = plain(line)
    # A stop within quotation marks ends no sentence of ours.
    ends, quotes, seen = [], 0, 0
    for stop in _STOP.finditer(text):
        quotes += text.count('"', seen, stop.end())
        seen = stop.end()
        if quotes % 2 == 0:
            ends.append(seen)
    ends.append(len(text))
    cut = [_strip(_slice(line, start, end)) for start, end in zip([0, *ends], ends, strict=False)]
    return [one for one in cut if plain(one)]


def _paragraph(section: Section, line: Line) -> None:
    told = [one for raw in sentences(line) if (one := _off_hands(raw))]
    if not told:
        return
    section.said.append(" ".join(map(plain, told)))
    stated = [plain(one) for one in told if _stated(one)]
    if stated and (both := " ".join(stated[:2])) in section.said[-1] and len(both) <= _TITLE:
        stated[:2] = [both]
    section.leads += stated
    for i, one in enumerate(told):
        before = told[i - 1] if i else ()
        asks = plain(one).rstrip("\"”')*").endswith("?") and not section.items
        if not asks and not _stated(one):
            continue
        shown = _after_colon(one) if asks else one
        if asks and before and len(plain(shown)) < _SHORT:
            if section.points and section.points[-1].line == before:
                section.points.pop()
            shown = (*before, Run(" "), *shown)
        elif before and not section.points:  # what it is about
            about = told[:i] if i < _LINES and sum(len(plain(x)) for x in told[:i]) < _CONTEXT else [before]
            section.points += [Point(x) for x in about if len(plain(x)) < _CONTEXT]
        section.points.append(Point(shown))


def title_of(section: Section) -> str:
    """A title for a section without a heading: its bold sentence, or the words before its list.

    The sentence leaves the points, and its neighbours come in where little is left.
    """
    first = section.said[0] if section.said else ""
    lead = next(iter(section.leads), first if first.endswith(":") else "")
    if not lead or len(lead) > _TITLE:
        return ""
    section.points = [p for p in section.points if plain(p.line) not in lead]
    if sum(len(plain(point.line)) for point in section.points) < _LITTLE:
        kept = [plain(point.line) for point in section.points]
        around = [p for p in opening(section) if plain(p.line) not in lead and plain(p.line) not in kept]
        section.points = [*around, *section.points]
    return lead.rstrip(".:")


def _list(section: Section, token: dict[str, Any]) -> None:
    ordered = token["attrs"].get("ordered")
    lead = section.said[-1] if section.said else ""
    if lead and lead[-1] not in ".?!" and len(lead) < _ENOUGH and not section.points:
        section.points.append(Point((Run(lead),)))  # "After this lesson you can"
    for i, item in enumerate(token["children"], 1):
        line: Line = tuple(run for block in item["children"] for run in _line(block.get("children", [])))
        first, *rest = sentences(line) or [()]
        whole = len(plain(line)) <= _ENOUGH
        kept = line if whole else first
        if plain(kept).endswith(";"):
            kept = _slice(kept, 0, len(plain(kept)) - 1)
        section.points.append(Point(kept, f"{i}." if ordered else "•"))
        section.items.append(plain(line))
        if rest and not whole:
            section.said.append(plain(line))
    section.key = True


def _open(section: Section) -> None:
    """Where nothing is asked, stated or listed, a slide may still show the opening words."""
    section.key = section.key or bool(section.points)
    if not section.key:
        section.points = opening(section)


def opening(section: Section, most: int = _CONTEXT) -> list[Point]:
    """The first sentences of a section: one at least, three at most, and `most` signs together."""
    points: list[Point] = []
    for one in (one for said in section.said for one in sentences((Run(said),))):
        long = sum(len(plain(point.line)) for point in points) + len(plain(one))
        if points and (long > most or len(points) == _LINES):
            break
        points.append(Point(one))
    return points


def told(text: str) -> str:
    """A text without its sentences about the notebook itself.

    >>> told("Which area is it? Run the cell.")
    'Which area is it?'
    """
    return " ".join(plain(one) for raw in sentences((Run(text),)) if (one := _off_hands(raw)))


def _stated(line: Line) -> bool:
    """Whether a sentence, or a clause of it, is set in bold: then it is what has to stick."""
    return any(run.bold and (run.text.count(" ") >= 2 or run.text.rstrip()[-1:] in ".?!") for run in line)


def _off_hands(line: Line) -> Line:
    """A sentence without what it says about running cells; nothing, when that is all it says."""
    if not _HANDS_ON.search(plain(line)):
        return line
    asked = _after_colon(line)
    return () if _HANDS_ON.search(plain(asked)) else asked


def _after_colon(line: Line) -> Line:
    """The question itself: what "Think first: which rows go?" asks."""
    text = plain(line)
    start = text.rfind(": ") + 2
    if not text.endswith("?") or start < 2 or text[:start].count('"') % 2 or len(text) - start < 8:
        return line
    asked = _strip(_slice(line, start, len(text)))
    return (replace(asked[0], text=asked[0].text[0].upper() + asked[0].text[1:]), *asked[1:])


def _leads_on(token: dict[str, Any]) -> bool:
    """Whether a paragraph only leads to another lesson."""
    return any(
        str(child.get("attrs", {}).get("url", "")).split("#")[0].endswith(".ipynb")
        and "glossary" not in child["attrs"]["url"]
        for child in token["children"]
    )


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


def _slice(line: Line, start: int, end: int) -> Line:
    runs, here = [], 0
    for run in line:
        text = run.text[max(0, start - here) : max(0, end - here)]
        here += len(run.text)
        if text:
            runs.append(replace(run, text=text))
    return tuple(runs)


def _strip(line: Line) -> Line:
    text = plain(line)
    start = len(text) - len(text.lstrip())
    return _slice(line, start, len(text.rstrip()))
