"""One written claim for each lesson: the page sees four points of it, a neighbour looks at four more.

The page sees words, not meaning: whether an area, a column, a table with its year and a party are named, and
whether the table names that party there. Everything else takes a reader.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from srm_data.core.frames import as_matrix
from srm_data.core.language import join, resolve_language, texts
from srm_data.core.vocabulary import PARTIES
from srm_data.learning import exercise_view, progress_file
from srm_data.learning.kept_work import keep_work, kept_work
from srm_data.views.component_content import options_json
from srm_data.views.html import tables
from srm_data.views.still import Away, Still, about_matrices

if TYPE_CHECKING:
    from srm_data.core.frames import MatrixLike
    from srm_data.core.matrix import Cell, Matrix
    from srm_data.widgets.component import ComponentView

_NAME = "claim.{lesson:02}"
_NAMED = re.compile(r"claim\.(\d{2,6})")
_TEXT = "claim"
#: What a neighbour looks at, as keys of the locale and of what is kept.
NEIGHBOUR = ("part", "no_more", "plain", "looked_up")

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WORD = re.compile(r"[^\W_]+")
_IN_BRACKETS = re.compile(r"\([^()]*\)")


def write_claim(lesson: int, *matrices: MatrixLike, lang: str | None = None) -> ComponentView:
    """Write one claim about a cell, see what it names, and let a neighbour look at it.

    The claims of all lessons come together in `hand_in`.

    Args:
        lesson: number of the lesson that it belongs to.
        matrices: the tables that it may be about, each an id from `list_matrices` or a DataFrame;
            "azure-2026" when left out.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown matrix or language, with the nearest guess.
    """
    lang = resolve_language(lang)
    about = [as_matrix(one, lang) for one in matrices or ("azure-2026",)]
    words = texts(lang)["claim"]
    task = words["task_one" if len(about) == 1 else "task"].format(
        tables=join([m.short for m in about], lang)
    )
    neighbour = {key: words["neighbour"][key] for key in NEIGHBOUR}
    name = _NAME.format(lesson=lesson)
    made = exercise_view.content(
        task,
        "claim",
        lang,
        name=name,
        label=words["label"],
        part=_TEXT,
        points=words["point"],
        sees=words["sees"],
        looks=words["looks"],
        neighbour=options_json(neighbour.items()),
        tables=[_table(m, words["small"]) for m in about],
        parties={party: _forms(words["party"][party], words["small"]) for party in PARTIES},
    )
    asked = Still(lines=(task,), items=tuple(words["paper"].values()))
    checks = {"sees": words["paper"].values(), "looks": words["looks"], "ticks": neighbour.values()}
    paper = tables.render("exercises.html", lang, view="claim", task=task, **checks)
    parts = (_TEXT, *NEIGHBOUR)
    view = exercise_view.exercise(
        "srm-claim",
        made,
        Away(lambda: [asked], needs_kernel="typing", about=about_matrices(about, lang)),
        paper,
        answers=kept_work(name, parts),
        note=progress_file.trouble(lang),
    )
    keep_work(view, name, parts, lang)
    return view


def claims_written(work: Mapping[str, Mapping[str, Any]]) -> dict[int, str]:
    """The claims that were kept, by the number of their lesson.

    Args:
        work: what `progress_file.load` has under "work".
    """
    found = {int(of[1]): facts.get(_TEXT) for name, facts in work.items() if (of := _NAMED.fullmatch(name))}
    return {lesson: text for lesson in sorted(found) if (text := str(found[lesson] or "").strip())}


def _table(m: Matrix, small: list[str]) -> dict[str, Any]:
    """How a table, its columns and its areas are named, and who is responsible for each cell.

    The only column of a table needs no words: it is named with the table.
    """
    return {
        "names": _forms([m.provider, m.provider_short, m.short.split(",")[0]], small),
        "years": sorted({*_YEAR.findall(f"{m.short} {m.edition}")}),
        "columns": [
            {"label": column.label, "forms": _forms([column.label], small) if len(m.columns) > 1 else [[]]}
            for column in m.columns
        ],
        "areas": [
            {
                "label": area.label,
                "forms": _forms([area.label], small),
                "parties": [_parties(m.cell(area, column)) for column in m.columns],
            }
            for area in m.areas
        ],
    }


def _parties(cell: Cell) -> list[str]:
    """The parties that a claim may name: two where one does the work and another is accountable."""
    named = dict.fromkeys([cell.party, *((cell.does, cell.accountable) if cell.parted else ())])
    return [party for party in named if party]


def _forms(names: list[str], small: list[str]) -> list[list[str]]:
    """The words by which each name is recognised: no little ones. What stands in brackets is a name too."""
    found = []
    for name in names:
        for spoken in (_IN_BRACKETS.sub(" ", name), *_IN_BRACKETS.findall(name), name):
            form = [word for word in _WORD.findall(spoken.casefold()) if word not in small]
            if form and form not in found:
                found.append(form)
    return found
