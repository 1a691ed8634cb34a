"""The IPython extension of a run that is to be published: each view also says what it is elsewhere.

`run_lesson` loads it in the kernel of the lesson, where the views are at hand as objects. A learner's
kernel never does, so what notebooks hold stays as it is.
"""

from __future__ import annotations

import base64
import os
import sys
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from srm_data.publishing.shown import MIME, Drawing, Shown, to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from srm_data.views.still import Still

#: Which stills a run makes: "all" for a deck, "first" for paper, without pixels, or "none".
STILLS = "SRM_STILLS"

#: By module and name, so that nothing is imported before a lesson does it.
_KINDS = (
    ("srm_data.widgets.component", "ComponentView"),
    ("srm_data.views.html.engine", "Html"),
    ("srm_data.views.figures.picture", "Picture"),
)


def load_ipython_extension(shell: Any) -> None:
    """Called by IPython when the kernel begins."""
    formatter = shell.display_formatter.mimebundle_formatter

    # anywidget makes a class of the same name for each object, and IPython takes the first of those for the
    # one that was named. So the class above them is registered as soon as it is there.
    def first(view: Any) -> dict[str, Any]:
        for module, name in _KINDS:
            if module in sys.modules:
                formatter.for_type(getattr(sys.modules[module], name), _bundle)
        return _bundle(view)

    for module, name in _KINDS:
        formatter.for_type_by_name(module, name, first)


def _bundle(view: Any) -> dict[str, Any]:
    """What IPython would show of a view, and what the view is elsewhere."""
    own: Any = getattr(view, "_repr_mimebundle_", dict)()
    data: dict[str, Any] = own[0] if isinstance(own, tuple) else own  # anywidget gives metadata as well
    return {**data, MIME: to_json(_shown(view))}


def _shown(view: Any) -> Shown:
    from srm_data.views.still import Away

    which = os.environ.get(STILLS, "all")
    away = getattr(view, "away", None)
    if away is None:  # a table or figure is its own still
        # To a data frame a learner may want to put a question of their own.
        tables = getattr(getattr(view, "content", None), "tables", ())
        away = Away(
            lambda: _built_up(view, which == "all"),
            needs_kernel="table" if tables and tables[0].kind == "frame" else "",
        )
    stills = () if which == "none" else islice(away.slides(), 1 if which == "first" else None)
    made = tuple(_plain(still, pixels=which == "all") for still in stills)
    tag, content = away.page or (getattr(view, "tag", ""), getattr(view, "content", None))
    return Shown(
        made,
        away.live,
        away.paper,
        away.questions,
        away.needs_kernel,
        away.about,
        tag,
        content if tag else None,
    )


def _built_up(view: Any, steps: bool) -> Iterator[Still]:
    """A view, and before it the steps to it where a deck is made and it is a figure that has them."""
    from srm_data.views.still import Still

    again = getattr(view, "again", None)
    if not (steps and again):
        yield Still(view)
        return
    for n in range(view.steps):
        yield Still(again(shown=n), step=n > 0, passing=True)
    yield Still(view, step=True)


def _plain(still: Still, *, pixels: bool) -> Still:
    """The same still with its view as data."""
    view = still.view
    if hasattr(view, "svg"):
        inner = view.unframed()
        png = base64.b64encode(inner.png()).decode() if pixels and not still.passing else ""
        foot = " · ".join(view.foot)
        view = Drawing(view.heading, view.alt, view.svg(), png, view.about, foot, inner.top())
    elif view is not None:
        view = getattr(view, "content", view)
    return replace(still, view=view)
