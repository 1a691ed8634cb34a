"""What every figure shares: how much of it is shown, its title and words, its key and source."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from srm_data.core.language import texts
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


def titled(content: Content, open_: list[str], theme: str, size: str, subtitle: str) -> Canvas:
    """A slide with the title of a content above; what it draws tells which key belongs below.

    Args:
        content: what the figure shows, filled in up to its step.
        open_: names of what is not there yet.
        theme: name of the theme.
        size: name of the shape.
        subtitle: the line under the title.
    """
    told = (
        (content.question, say.unfinished(content.question, open_, content.lang))
        if open_
        else (content.title, content.sentence)
    )
    canvas = Canvas(*told, theme, size, lang=content.lang, rows=content.rows())
    canvas.picture.about = content.short
    canvas.head(subtitle)
    return canvas


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
        parties: what the key explains; those of the content when left out.
        feet: sources, a line each; those of the content when left out.
    """
    canvas = titled(content, open_, theme, size, subtitle)
    lines = list(content.feet if feet is None else feet)
    if marks := marks_told(content):
        lines[-1] += f" · {marks}"
    canvas.foot(content.parties if parties is None else parties, lines, runs=content.runs)
    return canvas
