"""The tables of a page that somebody saved, Markdown or HTML, as plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from srm_data.core.matrix import one_line
from srm_data.readers.csv_text import read_text
from srm_data.readers.faults import Fault, FileFaultsError
from srm_data.readers.matrix_file import MOST_AREAS, MOST_COLUMNS

_LARGEST = 2.0  # megabytes
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TAG = re.compile(r"<(/?[a-zA-Z][^<>]*)>")
_NAME = re.compile(r"/?[a-z0-9]+")
_LINK = re.compile(r"!?\[([^][]*)\]\([^()]*\)")
_KEYWORD = re.compile(r"\{\{([\w.-]*)\}\}")  # IBM writes {{site.data.keyword.IBM_notm}} for IBM
_ESCAPED = re.compile(r"\\([^\w\s])")
_MARKS = re.compile("[*`®™]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class PageFileError(FileFaultsError):
    """A file that is no page with text."""

    what = "page"


@dataclass(frozen=True)
class PageTable:
    """One table of a page: the heading above it, its own headings, its rows, and the text under it."""

    section: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


def read_page(path: Path) -> list[PageTable]:
    """Read the tables of a page, in the order of the page. Comments and blocks of code are no part of it.

    Args:
        path: a Markdown or HTML file.

    Returns:
        Each table that is not larger than a matrix can be.

    Raises:
        PageFileError: when the file is missing, too large or no text.
    """
    faults: list[Fault] = []
    text = read_text(path, faults, largest=_LARGEST, what="page", page=True)
    if faults:
        raise PageFileError(one_line(path.name), faults)
    return [*_tables(_Markdown(_without_comments(text)).lines)]


def _without_comments(text: str) -> str:
    """The text without comments, also without one that never ends."""
    first, *pieces = text.split("<!--")
    return first + "".join(piece.partition("-->")[2] for piece in pieces)


class _Markdown:
    """Writes the tables and headings of HTML as Markdown does, so that one reader is enough for both.

    Not `html.parser`: that takes minutes over a page of tags that never end.
    """

    def __init__(self, text: str) -> None:
        self._parts: list[str] = []
        self._rows: list[list[list[str]]] = []  # a cell is the pieces of its text
        self._depth, self._hidden, self._raised = 0, "", False
        for n, piece in enumerate(_TAG.split(text)):
            if not n % 2:
                self._text(html.unescape(piece))
            elif name := _NAME.match(piece.casefold()):
                self._tag(name[0])
        self._write()
        self.lines = "".join(self._parts).splitlines()

    def _tag(self, tag: str) -> None:
        if self._hidden or tag in ("script", "style"):
            self._hidden = "" if tag == f"/{self._hidden}" else self._hidden or tag
        elif tag in ("sup", "/sup"):
            self._raised = tag == "sup"
        elif tag == "table":
            self._depth += 1
        elif tag == "/table" and self._depth:
            self._depth -= 1
            if not self._depth:
                self._write()
        elif self._depth == 1 and tag == "tr":
            self._rows.append([])
        elif self._depth == 1 and tag in ("td", "th") and self._rows:
            self._rows[-1].append([])
        elif tag.removeprefix("/") in _HEADINGS and not self._depth:
            self._parts.append("\n" if tag[0] == "/" else "\n# ")
        elif tag.removeprefix("/") in ("br", "li", "p", *_HEADINGS):
            self._text(" ")  # no new line: they stand in cells of Markdown too

    def _text(self, text: str) -> None:
        if self._hidden:
            return
        if self._raised:
            text = text.translate(_RAISED)
        if not self._depth:
            self._parts.append(text)
        elif self._rows and self._rows[-1]:
            self._rows[-1][-1].append(text)

    def _write(self) -> None:
        rows = [row for row in self._rows if row]
        texts = [[" ".join("".join(cell).replace("|", r"\|").split()) for cell in row] for row in rows]
        lines = [f"| {' | '.join(row)} |" for row in texts]
        self._parts += ["\n\n", "\n".join([*lines[:1], "|-|", *lines[1:]] if lines else []), "\n\n"]
        self._rows, self._depth = [], 0


def _tables(lines: list[str]) -> Iterator[PageTable]:
    """The tables among lines of Markdown."""
    section, fenced, n = "", False, 0
    while n < len(lines):
        line = lines[n].strip()
        n += 1
        if line.startswith(("```", "~~~")):
            fenced = not fenced
        elif fenced:
            continue
        elif line.startswith("#"):
            section = plain_text(line.strip("# "))
        elif "|" in line and n < len(lines) and _divides(lines[n]):
            begin = n + 1
            n = _end(lines, begin, lambda text: "|" not in text)
            under = _end(lines, n, lambda text: "|" in text or text.lstrip().startswith(("#", "```", "~~~")))
            rows = tuple(_cells(text) for text in lines[begin:n])
            note = " ".join(text for text in lines[n:under] if not text.startswith("{:"))
            if len(rows) <= MOST_AREAS and len(_cells(line)) <= MOST_COLUMNS:
                yield PageTable(section, _cells(line), rows, plain_text(note))


def _end(lines: list[str], begin: int, is_beyond: Callable[[str], bool]) -> int:
    return next((n for n in range(begin, len(lines)) if is_beyond(lines[n])), len(lines))


def _divides(line: str) -> bool:
    """Whether a line is the one between headings and rows, such as ``|---|:-:|``."""
    return "-" in line and "|" in line and not line.strip(" \t|:-")


def _cells(line: str) -> tuple[str, ...]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith(r"\|") else inner
    return tuple(plain_text(cell) for cell in re.split(r"(?<!\\)\|", inner))


def plain_text(text: str) -> str:
    r"""A text of a page without the marks of Markdown, on one line.

    >>> plain_text(r"**[On\-premises](x.md)** by {{site.data.keyword.IBM_notm}}")
    'On-premises by IBM'
    """
    text = _KEYWORD.sub(lambda found: found[1].rpartition(".")[2].partition("_")[0], _LINK.sub(r"\1", text))
    return one_line(_MARKS.sub("", _ESCAPED.sub(r"\1", text))).strip("_ ")
