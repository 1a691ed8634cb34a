"""What every figure shares: how much of it is shown, its title and words, its key and source."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from srm_data.views import sentences as say
from srm_data.core.language import texts

if TYPE_CHECKING:
    from srm_data.views.figures.slide import Slide
    from srm_data.core.matrix import Cell, Matrix


def step_of(shown: int | None, steps: int, lang: str) -> int:
    """How many steps are revealed: all of them when nothing is said.

    Raises:
        ValueError: for a step that is not there.
    """
    if shown is None:
        return steps
    if not 0 <= shown <= steps:
        raise ValueError(texts(lang)["ask"]["step"].format(step=shown, steps=steps))
    return shown


def told(title: str, alt: str, question: str, open_: list[str], lang: str) -> tuple[str, str]:
    """Title and alternative text: the point of a whole figure, the question of one that is not."""
    return (question, say.unfinished(question, open_, lang)) if open_ else (title, alt)


def marks(cells: Iterable[Cell], lang: str) -> str:
    """What * and ? mean, where one of these cells has them."""
    marked = any(cell.qualifier or cell.disputed for cell in cells)
    return " · " + str(texts(lang)["label"]["marks"]) if marked else ""


def frame(
    slide: Slide,
    m: Matrix,
    *,
    marked: bool = True,
    parties: Collection[str | None] | None = None,
    subtitle: str = "",
) -> None:
    """Title above, key and source below."""
    slide.head(subtitle or m.title)
    slide.picture.about = m.short
    present = {cell.party for cell in m.cells.values()}
    line = say.foot(m) + (marks(m.cells.values(), m.lang) if marked else "")
    slide.foot(present if parties is None else parties, [line], runs=m.kind == "management")
