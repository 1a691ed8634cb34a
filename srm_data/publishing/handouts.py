"""A lesson on paper: the prose, the figures, and the bets as questions to tick.

Controls become what a pen can do: boxes to tick, lines to write on. What would give a bet away, the answers
with their reasons and the folded remarks, comes on a sheet of its own at the end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from srm_data.learning.questions import Question, find_question
from srm_data.publishing.lesson_html import markdown
from srm_data.publishing.shown import shown_in
from srm_data.views.html import tables

if TYPE_CHECKING:
    from nbformat import NotebookNode

# Each part stops at the first tag that could end it: a text of nothing but openings takes no longer.
_FOLDED = re.compile(
    r"<details>\s*<summary>(?>(?:(?!</summary>|<details>).)*)</summary>((?>(?:(?!</?details>).)*))</details>",
    re.S,
)
_KEYS = re.compile(r"(?<![^.!?\n])[^.!?\n]*Shift\+Enter[^.!?\n]*(?:[.!?]+|$)", re.M)


def handout(lesson: NotebookNode, lang: str, css: str) -> str:
    """The handout of an executed lesson as one HTML page.

    Args:
        lesson: what `run_lesson` gave.
        lang: "en" or "nl".
        css: the address of the site's style sheet.
    """
    parts: list[Markup] = []
    bets: list[Question] = []
    folded: list[Markup] = []
    for i, cell in enumerate(lesson.cells):
        if cell.cell_type == "markdown":
            prose = markdown(_KEYS.sub("", _without_settling(lesson, i)), lang, lambda address: None)
            folded += [Markup(one) for one in _FOLDED.findall(prose)]
            parts.append(Markup('<div class="prose">{}</div>').format(Markup(_FOLDED.sub("", prose))))
        elif (shown := shown_in(cell)).paper == "questions":
            asked = [find_question(one, lang) for one in shown.questions]
            numbered = list(enumerate(asked, len(bets) + 1))
            parts.append(Markup(tables.fill("site/bets_on_paper.html", lang, numbered=numbered)))
            bets += asked
        elif shown.paper == "itself":
            parts += _on_paper(cell)
    answers = tables.fill("site/answers_on_paper.html", lang, numbered=list(enumerate(bets, 1)))
    return tables.fill(
        "site/handout.html",
        lang,
        css=css,
        title=lesson.metadata.title,
        parts=parts,
        answers=Markup(answers if bets else ""),
        folded=folded,
    )


def _without_settling(lesson: NotebookNode, i: int) -> str:
    """The prose of a cell; before the first code, which fetches the kit, without its last paragraph."""
    source = str(lesson.cells[i].source)
    first = next((n for n, cell in enumerate(lesson.cells) if cell.cell_type == "code"), None)
    if i + 1 != first:
        return source
    rest = source.rstrip().rpartition("\n\n")[0]
    only_a_heading = rest.startswith("#") and "\n" not in rest
    follows = next((cell.source for cell in lesson.cells[first + 1 :]), "")
    return "" if only_a_heading and follows.startswith("#") else rest


def _on_paper(cell: Any) -> list[Markup]:
    """The outputs of a cell; a component stands as what it is without scripts."""
    found = []
    for output in cell.outputs:
        data = output.get("data", {})
        if "text/html" in data:
            html = data["text/html"].replace(f"<style>{tables.style()}</style>", "")
            found.append(Markup('<div class="output">{}</div>').format(Markup(html)))
        elif "text/plain" in data:
            found.append(Markup("<pre>{}</pre>").format(data["text/plain"]))
    return found
