"""What one slide holds, and a deck of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from srm_data.learning.questions import Question
from srm_data.publishing.shown import Drawing
from srm_data.publishing.slides.slide_fit import Fit
from srm_data.publishing.slides.slide_text import Point

#: The language of the text, as programs that spell and speak want it.
LANGUAGE = {"en": "en-GB", "nl": "nl-NL"}


Kind = Literal["title", "text", "table", "figure", "question", "answer", "live", "code"]
Only = Literal["", "reveal", "pptx"]


@dataclass
class Slide:
    """One slide. What it holds goes by its kind; `only` names the one format that shows it.

    `steps` is what a press makes of it: the answer to a question, a figure with more in it. In PowerPoint
    a step of a figure is a slide of its own.
    """

    kind: Kind
    title: str
    sub: bool = True  # below the slide before it, in the same section
    under: str = ""  # a quiet line under the title
    about: str = ""  # what tells it from another slide with the same title: the short name of a matrix
    part: str = ""  # the same for two that are about the same: "rows 9 to 16 of 16"
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
    steps: list[Slide] = field(default_factory=list)
    only: Only = ""

    @property
    def last(self) -> Slide:
        """What it is after all steps."""
        return self.steps[-1] if self.steps else self


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
        found = [slide for slide in self.slides if slide.only in ("", kind)]
        if kind == "pptx":
            found = [one for slide in self.slides for one in _apart(slide) if one.only in ("", kind)]
        titles = [slide.title for slide in found]
        for tells in ("about", "part"):
            tags: dict[str, set[str]] = defaultdict(set)
            for title, slide in zip(titles, found, strict=True):
                tags[title].add(getattr(slide, tells))
            titles = [
                f"{title} · {tag}" if (tag := getattr(slide, tells)) and len(tags[title]) > 1 else title
                for title, slide in zip(titles, found, strict=True)
            ]
        return [replace(slide, title=title) for slide, title in zip(found, titles, strict=True)]


def _apart(slide: Slide) -> Iterator[Slide]:
    """A slide; of a figure, its steps as slides too, in the section of the figure."""
    if slide.kind != "figure":
        yield slide
        return
    for one in (slide, *slide.steps):
        yield replace(one, steps=[], sub=slide.sub)
