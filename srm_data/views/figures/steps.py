"""A whole figure remembers how it was drawn, so that slides can build it up step by step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import ParamSpec

from srm_data.views.figures.picture import Picture

P = ParamSpec("P")


def in_steps(draw: Callable[P, Picture]) -> Callable[P, Picture]:
    """Let a function that draws a figure give the whole one the way to draw it again, see `Picture.again`."""

    @wraps(draw)
    def drawn(*what: P.args, **how: P.kwargs) -> Picture:
        picture = draw(*what, **how)
        if how.get("shown") is None and picture.steps > 1:
            picture.again = partial(draw, *what, **how)
        return picture

    return drawn
