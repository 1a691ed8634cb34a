"""What one slide holds, and a deck of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from srm_data.learning.questions import Question
from srm_data.publishing.shown import Drawing
from srm_data.publishing.slides.slide_fit import Fit
from srm_data.publishing.slides.slide_text import Point

#: The language of the text, as programs that spell and speak want it.
LANGUAGE = {"en": "en-GB", "nl": "nl-NL"}


Kind = Literal["title", "text", "table", "figure", "question", "answer", "live", "code"]


@dataclass
class Slide:
    """One slide. What it holds goes by its kind; `only` names the one format that shows it."""

    kind: Kind
    title: str
    sub: bool = True  # below the slide before it, in the same section
    under: str = ""  # a quiet line under the title
    about: str = ""  # the matrix, by its short name, for two slides that would have one title
    points: list[Point] = field(default_factory=list)
    size: int = 0  # of the points, in pixels
    cells: list[Fit] = field(default_factory=list)  # of a matrix, with the points of a text
    beside: bool = False  # whether they stand at the right of the points, not under them
    fit: Fit | None = None
    picture: Drawing | None = None
    component: str = ""  # the element of a component, as HTML
    alt: str = ""  # of its table, in a sentence
    question: Question | None = None
    code: str = ""
    foot: str = ""
    notes: list[str] = field(default_factory=list)
    only: Literal["", "reveal", "pptx"] = ""


@dataclass
class Deck:
    """The slides of one lesson in one language and theme."""

    name: str
    lang: str
    theme: str
    slides: list[Slide]

    @property
    def title(self) -> str:
        """The title of the lesson."""
        return self.slides[0].title

    def shown(self, kind: Literal["reveal", "pptx"]) -> list[Slide]:
        """The slides of one format, each under a title of its own."""
        seen: set[str] = set()
        kept = [slide for slide in self.slides if slide.only in ("", kind)]
        abouts: dict[str, set[str]] = {}
        for slide in kept:
            abouts.setdefault(slide.title, set()).add(slide.about)
        shown = []
        for slide in kept:
            title = slide.title
            if slide.about and len(abouts[title]) > 1:
                title += f" · {slide.about}"
            n = 1
            while (name := title if n == 1 else f"{title} ({n})") in seen:
                n += 1
            seen.add(name)
            shown.append(replace(slide, title=name))
        return shown
