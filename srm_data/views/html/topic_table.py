"""One topic across providers as an HTML table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from srm_data.core.topics import look_up
from srm_data.core.vocabulary import PARTIES
from srm_data.views import sentences as say
from srm_data.views.html.engine import Html, render

if TYPE_CHECKING:
    from srm_data.core.frames import MatrixLike
    from srm_data.core.topics import Line


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
    found = look_up(topic, matrices, lang)
    used = [m for m in found.matrices if found.lines_of(m)]
    cells = [(line, line.matrix.cell(line.area, column)) for line in found.lines for column in line.columns]
    parties = {cell.party for _, cell in cells}
    notes = [(line.matrix, line.area, cell.qualifier) for line, cell in cells if cell.qualifier]
    body = render(
        "topic.html",
        found.lang,
        found=found,
        title=say.topic_title(found),
        sentence=say.topic(found.id, found.matrices, lang),
        label=say.model_label,
        parties=[party for party in (*PARTIES, None) if party in parties],
        notes=[note for i, note in enumerate(notes) if note not in notes[:i]],
        reasons=[(m, groups) for m in used if (groups := _by_reason(found.lines_of(m)))],
        feet=list(dict.fromkeys(say.foot(m) for m in used)),  # several tables of one page have one foot
    )
    return Html(body)


def _by_reason(lines: list[Line]) -> list[tuple[str, list[str], str]]:
    """The columns of one matrix by the model they count as and why: (model, labels, reason)."""
    groups: dict[tuple[str, str], list[str]] = {}
    for column in {c.id: c for line in lines for c in line.columns}.values():
        groups.setdefault((column.model, column.model_reason), []).append(column.label)
    return [(model, labels, reason) for (model, reason), labels in groups.items() if reason]
