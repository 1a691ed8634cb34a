"""What a widget is where nothing can be clicked: on a slide, on paper, on a page without a kernel.

Each widget says this itself. Whoever publishes it reads these objects and knows no widget by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from srm_data.core.language import texts

if TYPE_CHECKING:
    from srm_data.core.matrix import Matrix

#: What stands on paper in the place of a widget: itself with room for a pen, its questions, or nothing.
Paper = Literal["itself", "questions", "nothing"]


@dataclass(frozen=True)
class Still:
    """One thing that a slide can show.

    Attributes:
        view: a table or figure of the kit: an `Html`, a `Picture`, or the `Content` of one.
        headed: whether the table stands under the heading of the prose before it, not under its own title.
        lines: what is asked or told, a sentence each; with a table, on one slide with it.
        items: a list under it.
        questions: ids of questions that are asked, and answered when all of them have been.
        asks: ids of questions that the view is about, while it does not show their answer.
        answers: ids of questions that the view answers.
        step: whether it is the next step of the still before it, and stands in its place on a slide.
        passing: whether it is one of the steps before the whole: only a slide that shows steps has it.
        task: whether the code of the cell itself is what there is to show.
        notes: what a teacher says with it.
    """

    view: Any = None
    headed: bool = False
    lines: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    step: bool = False
    passing: bool = False
    task: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Away:
    """What a widget says of itself for all places without a kernel.

    Attributes:
        slides: makes its stills, for programs that cannot show the widget; called only to publish.
        live: whether slides in a browser show the widget itself, and the stills only elsewhere.
        paper: what stands on paper.
        questions: ids of the questions that it asks, for paper.
        needs_kernel: why it is of less use without a kernel, as a key of ``[site]`` in the locale; "typing"
            and "hand_in" only keep words, and have no sentence there, since the site keeps them too.
        about: what it is about in a few words, for a slide whose title comes twice.
        page: the element, and its content, that shows the same on a page that remembers; none for most.
    """

    slides: Callable[[], Iterable[Still]] = tuple
    live: bool = True
    paper: Paper = "itself"
    questions: tuple[str, ...] = ()
    needs_kernel: Literal["", "code", "hand_in", "lab", "table", "typing"] = ""
    about: str = ""
    page: tuple[str, dict[str, Any]] | None = None


def about_matrices(matrices: Sequence[Matrix], lang: str) -> str:
    """What a widget is about, for `Away`: its one table by name, or how many there are to choose from."""
    if len(matrices) == 1:
        return matrices[0].short
    return str(texts(lang)["slides"]["tables"].format(n=len(matrices)))
