"""What every exercise is made of: its text, drop-downs with a verdict a choice, and hints folded under it."""

from __future__ import annotations

import ipywidgets as w

from srm_data.core.language import texts
from srm_data.views.html import tables
from srm_data.views.still import Away
from srm_data.widgets.explore import Shared, View


class Told(tables.Html):
    """A piece of HTML for one learner; `away` says what it is where there is none."""

    def __init__(self, body: str, away: Away) -> None:
        super().__init__(body)
        object.__setattr__(self, "away", away)  # a frozen object is filled like this

    def __repr__(self) -> str:
        return f"Html(body={self.body!r})"


def row(label: str, options: list[str], said: list[str], shared: Shared) -> list[w.Widget]:
    """A drop-down, and under it what is said of the option that is chosen.

    Args:
        label: what stands before the drop-down.
        options: what can be chosen, as text.
        said: HTML for each option, in the same order.
        shared: the layout and style of the exercise.
    """
    control = dropdown(label, options, shared)
    return [control, shared.linked([shared.html(""), *(shared.html(text) for text in said)], control)]


def dropdown(label: str, options: list[str], shared: Shared) -> w.Dropdown:
    """A drop-down that begins with a dash: nothing chosen yet.

    Args:
        label: what stands before it.
        options: what can be chosen, as text; the dash is added.
        shared: the layout and style of the exercise.
    """
    return w.Dropdown(
        options=[(option, i) for i, option in enumerate(["–", *options])],
        description=label,
        style=shared.described,
        layout=shared.control,
    )


def text(text: str, shared: Shared, lang: str) -> w.HTML:
    """What the exercise asks.

    Args:
        text: the task, from the locale.
        shared: the layout and style of the exercise.
        lang: "en" or "nl".
    """
    return shared.html(_text_html(text, lang))


def _text_html(text: str, lang: str) -> str:
    return tables.render("exercises.html", lang, view="text", text=text)


def verdict(right: bool | None, text: str, lang: str, more: str = "") -> str:
    """Whether an answer is right, and why, as HTML.

    Args:
        right: whether the answer is right; None when it can be defended.
        text: why, as plain text.
        lang: "en" or "nl".
        more: a second text, behind the first; none when left out.
    """
    return tables.render("exercises.html", lang, view="verdict", right=right, text=text, more=more)


def exercise(children: list[w.Widget], kind: str, lang: str, shared: Shared, away: Away) -> View:
    """The exercise with its three hints, each a step nearer, folded under it.

    Args:
        children: the widgets of the exercise, from top to bottom.
        kind: which hints, as a key of ``[exercise.hints]`` in the locale.
        lang: "en" or "nl".
        shared: the layout and style of the exercise.
        away: what it is in places without a kernel; some exercises need one, to keep own words.
    """
    words = texts(lang)["exercise"]
    hints = tables.render("exercises.html", lang, view="hints", hints=words["hints"][kind])
    return View(
        [shared.html(f"<style>{tables.style()}</style>"), *children, shared.html(hints)],
        words["hint"],
        lang if away.needs_kernel else None,
        away,
    )
