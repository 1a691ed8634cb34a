"""A deck as web slides (reveal.js) that need no network: a page, and a folder of scripts and fonts beside it.

The components of the lesson work in it. The same deck gives the same bytes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from itertools import chain, count, groupby
from pathlib import Path

import jinja2

from srm_data.core.language import texts
from srm_data.files.paths import FONTS, VENDOR
from srm_data.files.write_whole import may_replace, write_own
from srm_data.publishing.slides.answers import answer_points
from srm_data.publishing.slides.slide import LANGUAGE, Deck, Slide
from srm_data.publishing.slides.slide_fit import title_size
from srm_data.publishing.slides.slide_text import Point
from srm_data.views import web
from srm_data.views.html import tables
from srm_data.views.html.engine import environment
from srm_data.views.palette import THEMES

#: What lies beside the decks, once for all of them.
ASSETS = (
    *(VENDOR / name for name in ("reveal.css", "reveal.js", "reveal-notes.js")),
    *sorted(FONTS.glob("*.ttf")),
    VENDOR / "LICENSE-revealjs",
    FONTS / "OFL.txt",
)


def write(deck: Deck, path: Path, assets: Path | None = None) -> Path:
    """Write a deck as the page `path`, and what it needs into `assets`, first.

    Args:
        deck: what `deck.build` made.
        path: the page.
        assets: the folder of scripts and fonts, by default ``assets`` beside the folder of the page.

    Returns:
        The page; under another name where somebody changed the one that was there, see `write_own`.

    Raises:
        OSError: when a folder cannot be written to.
    """
    folder = _write_assets(assets or path.parent.parent / "assets")
    way = Path(os.path.relpath(folder, path.parent)).as_posix()
    return write_own(path, page(deck, way).encode())


def _write_assets(wanted: Path) -> Path:
    """Put scripts and fonts into a folder; into another one where somebody changed a file of the first."""
    needed = {source.name: source.read_bytes() for source in ASSETS}
    needed["components.js"] = web.script().encode()
    folders = chain([wanted], (wanted.with_name(f"{wanted.name}-{n}") for n in count(2)))
    folder = next(f for f in folders if all(may_replace(f / name, needed[name]) for name in needed))
    for name, content in needed.items():
        write_own(folder / name, content)
    return folder


def page(deck: Deck, assets: str) -> str:
    """The page of a deck; `assets` is the address of the folder of scripts and fonts."""
    slides = deck.shown("reveal")
    theme = THEMES[deck.theme]
    environment = _environment()
    scheme = "light" if deck.theme == "light" else "dark"
    css = environment.get_template("reveal.css").render(assets=assets, theme=theme, scheme=scheme)
    return environment.get_template("reveal.html").render(
        deck=deck,
        lang=LANGUAGE[deck.lang],
        words=texts(deck.lang),
        assets=assets,
        style=f"{tables.style()}{web.styles()}\n{css}",
        stacks=list(_stacks(slides)),
    )


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
    used = (title_size, answer_points)
    made.filters |= {"groupby_mark": _by_mark} | {each.__name__: each for each in used}
    return made
