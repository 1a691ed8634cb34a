"""What every figure shares: how much of it is shown, its title and words, its key and source."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from srm_data.core.language import texts
from srm_data.core.vocabulary import PARTIES
from srm_data.views import sentences as say
from srm_data.views.figures.canvas import Canvas
from srm_data.views.matrix_content import marks_told

if TYPE_CHECKING:
    from srm_data.views.content import Content


def step_of(shown: int | None, steps: int, lang: str) -> int:
    """How many steps are revealed: all of them when nothing is said.

    Args:
        shown: from 0 to `steps`; None for all.
        steps: how many there are.
        lang: of the error, "en" or "nl".

    Raises:
        ValueError: for a step that is not there.
    """
    if shown is None:
        return steps
    if not 0 <= shown <= steps:
        raise ValueError(texts(lang)["ask"]["step"].format(step=shown, steps=steps))
    return shown


def begin(
    content: Content,
    open_: list[str],
    theme: str,
    size: str,
    subtitle: str,
    *,
    parties: Collection[str] | None = None,
    feet: Sequence[str] | None = None,
) -> Canvas:
    """A slide with the title of a content above, and its key and sources below.

    Args:
        content: what the figure shows, filled in up to its step.
        open_: names of what is not there yet.
        theme: name of the theme.
        size: name of the shape.
        subtitle: the line under the title.
        parties: what the key explains; those of the content when left out, all while some is still open.
        feet: sources, a line each; those of the content when left out.
    """
    canvas = titled(content, open_, theme, size, subtitle)
    founded(canvas, content, parties=key_of(content, open_) if parties is None else parties, feet=feet)
    return canvas


def titled(
    content: Content, open_: list[str], theme: str, size: str, subtitle: str, *, steady: bool = True
) -> Canvas:
    """A slide with its title and the line under it, as `begin` has them, without a foot.

    The title of a matrix may tell what an empty figure asks: until it is whole its short name stands there.

    Args:
        content: what the figure shows, filled in up to its step.
        open_: names of what is not there yet.
        theme: name of the theme.
        size: name of the shape.
        subtitle: the line under the title.
        steady: whether nothing may move from step to step, however long the titles are.
    """
    told = (
        (content.question, say.unfinished(content.question, open_, content.lang))
        if open_
        else (content.title, content.sentence)
    )
    canvas = Canvas(*told, theme, size, lang=content.lang, rows=content.rows())
    canvas.picture.about = content.short
    neutral = open_ and subtitle == content.subject
    canvas.head(content.short if neutral else subtitle, [content.question, content.title] if steady else ())
    return canvas


def founded(
    canvas: Canvas,
    content: Content,
    *,
    parties: Collection[str] = (),
    feet: Sequence[str] | None = None,
    key: bool = True,
) -> None:
    """The key and the sources under a figure.

    Args:
        canvas: the slide, with its head.
        content: what the figure shows.
        parties: what the key explains.
        feet: sources, a line each; those of the content when left out.
        key: whether there is a key at all.
    """
    lines = list(content.feet if feet is None else feet)
    if marks := marks_told(content):
        lines[-1] += f" · {marks}"
    canvas.foot(parties, lines, runs=content.runs, key=key)


def key_of(content: Content, open_: Collection[str]) -> list[str]:
    """The parties that the key explains: all while some of the figure is open, so that it gives none away."""
    said = [*PARTIES, "none"] if "none" in content.parties else [*PARTIES]
    return said if open_ else [party for party in said if party in content.parties]
