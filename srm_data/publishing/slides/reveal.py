"""A deck as web slides (reveal.js): one page with its scripts and fonts in it, which needs no network.

So it can be mailed, and opens from a file. The components of the lesson work in it. The same deck gives the
same bytes.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

import jinja2

from srm_data.core.language import texts
from srm_data.files.paths import FONTS, VENDOR
from srm_data.files.write_whole import write_own
from srm_data.publishing.slides.answers import option_marks
from srm_data.publishing.slides.question_fit import fit_question
from srm_data.publishing.slides.slide import LANGUAGE, Deck, Slide
from srm_data.publishing.slides.slide_fit import title_size
from srm_data.publishing.slides.slide_text import Point
from srm_data.views import web
from srm_data.views.html import tables
from srm_data.views.html.engine import environment
from srm_data.views.palette import THEMES


def write(deck: Deck, path: Path) -> Path:
    """Write a deck as the page `path`; under another name where somebody changed the one that was there.

    Raises:
        OSError: when the folder cannot be written to.
    """
    return write_own(path, page(deck).encode())


def page(deck: Deck) -> str:
    """The page of a deck, with all that it needs."""
    theme = THEMES[deck.theme]
    environment = _environment()
    scheme = "light" if deck.theme == "light" else "dark"
    css = environment.get_template("reveal.css").render(fonts=_fonts(), theme=theme, scheme=scheme)
    return environment.get_template("reveal.html").render(
        deck=deck,
        lang=LANGUAGE[deck.lang],
        words=texts(deck.lang),
        style="\n".join((_read("reveal.css"), tables.style(), web.styles(), css)),
        scripts=[_inline(one) for one in (_read("reveal.js"), _read("reveal-notes.js"), web.script())],
        licences=_licences(),
        stacks=list(_stacks(deck.shown("reveal"))),
    )


@cache
def _read(name: str) -> str:
    return (VENDOR / name).read_text("utf-8")


@cache
def _fonts() -> dict[int, str]:
    """The typeface by weight, as addresses that hold it."""
    files = {400: "AtkinsonHyperlegibleNext-Regular.ttf", 700: "AtkinsonHyperlegibleNext-Bold.ttf"}
    return {
        weight: "data:font/ttf;base64," + base64.b64encode((FONTS / name).read_bytes()).decode()
        for weight, name in files.items()
    }


def _licences() -> str:
    """What the licences of reveal.js and of the typeface ask to go along."""
    return f"{_read('LICENSE-revealjs')}\n\n{(FONTS / 'OFL.txt').read_text('utf-8')}"


def _inline(script: str) -> str:
    """A script as it may stand in a page: these words in its texts would begin or end an element there."""
    return re.sub(r"<(?=!--|/?script)", r"\\x3c", script)


def _stacks(slides: list[Slide]) -> Iterator[list[Slide]]:
    """Slides of one section of the lesson stand under each other."""
    stack: list[Slide] = []
    for slide in slides:
        if stack and not slide.sub:
            yield stack
            stack = []
        stack.append(slide)
    yield stack


def _by_mark(points: Iterable[Point]) -> Iterator[tuple[str, list[Point]]]:
    """Lines that belong to one list, under the mark of its first."""
    for _, group in groupby(points, key=lambda point: re.sub(r"\w+", "1", point.mark)):
        lines = list(group)
        yield lines[0].mark, lines


def _environment() -> jinja2.Environment:
    made = environment()
    used = (title_size, fit_question, option_marks)
    made.filters |= {"groupby_mark": _by_mark} | {each.__name__: each for each in used}
    return made
