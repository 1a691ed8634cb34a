"""One topic across providers as an HTML table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from srm_data.core.topics import look_up
from srm_data.views import topic_content
from srm_data.views.html.engine import Html, show

if TYPE_CHECKING:
    from srm_data.core.frames import MatrixLike


def topic(
    topic: str, matrices: MatrixLike | Iterable[MatrixLike] | None = None, lang: str | None = None
) -> Html:
    """One topic across providers, lined up under the service models that they share.

    Each area stands with its table and the reason why it is about the topic; columns that are no service
    model follow under their own names.

    Args:
        topic: id of a topic or its name, such as "network-controls".
        matrices: the matrices to line up, ids or DataFrames; all but the stack when left out.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown topic, matrix or language.
        ValueError: for a matrix about management, such as "stack".
    """
    return show(topic_content.topic(look_up(topic, matrices, lang)))
