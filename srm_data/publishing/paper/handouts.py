"""A lesson on paper: the prose, the figures and tables, and the predictions as questions to tick.

Controls become what a pen can do: boxes to tick, lines to write on. What would give a prediction away, the
answers with their reasons and the folded remarks, comes on pages of its own at the end. What a lesson says
is made here as plain data; ``templates/handout.typ`` sets it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from srm_data.core.language import texts
from srm_data.learning.pdf_text import set_pdf
from srm_data.learning.questions import find_question
from srm_data.publishing.paper.blocks import Block, fact_blocks, paragraph, prose, run, still_blocks
from srm_data.publishing.shown import shown_in
from srm_data.views.cell_facts import facts, source_fact
from srm_data.views.content import Fact
from srm_data.views.palette import THEMES

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from srm_data.learning.questions import Question

_KEYS = re.compile(r"(?<![^.!?\n])[^.!?\n]*Shift\+Enter[^.!?\n]*(?:[.!?]+|$)", re.M)


def handout(lesson: NotebookNode, lang: str) -> bytes:
    """The handout of an executed lesson as PDF/UA.

    Args:
        lesson: what `run_lesson` gave, with at least the first still of each view.
        lang: "en" or "nl".

    Raises:
        ImportError: where the program that sets the page cannot be had (Windows on ARM).
    """
    words = texts(lang)
    blocks: list[Block] = []
    asked: list[Question] = []
    folded: list[Block] = []
    for i, cell in enumerate(lesson.cells):
        if cell.cell_type == "markdown":
            shown, apart = prose(_KEYS.sub("", _without_settling(lesson, i)))
            blocks += shown
            folded += [block for one in apart for block in one]
        elif cell.cell_type == "code":
            if (here := shown_in(cell)).paper == "questions":
                new = [find_question(one, lang) for one in here.questions]
                blocks += _questions(new, len(asked), lang)
                asked += new
            else:
                blocks += _views(cell)
    after = [block for n, q in enumerate(asked, 1) for block in _answer(n, q)]
    if folded:
        after += [paragraph(run(words["handout"]["after"], bold=True), lead=True), *folded]
    told = {
        "lang": lang,
        "title": lesson.metadata.title,
        "name": words["handout"]["name"],
        "date": words["handout"]["date"],
        "blocks": blocks,
        "answers": words["handout"]["answers"],
        "lead": words["handout"]["answers_lead"],
        "after": after,
        "sure": words["bet"]["sure"],
        "sures": words["bet"]["sures"],
        "ink": {
            party or "none": {"fill": ink.fill, "text": ink.text}
            for party, ink in THEMES["light"].ink.items()
        },
    }
    return set_pdf("handout.typ", told)


def _views(cell: Any) -> Iterator[Block]:
    """What a cell of code shows; of a view in several steps the first one, which gives nothing away."""
    here = shown_in(cell)
    if here.paper == "itself" and (still := here.first):
        yield from still_blocks(still, cell.source, typing=here.needs_kernel == "typing")


def _questions(asked: list[Question], before: int, lang: str) -> Iterator[Block]:
    words = texts(lang)
    yield paragraph(run(words["handout"]["before"], bold=True), lead=True)
    told = ""
    for n, q in enumerate(asked, before + 1):
        story = q.story if q.story != told else ""  # two questions are about one incident
        told = q.story or told
        yield {
            "kind": "question",
            "number": f"{words['bet']['question'].format(n=n)}. ",
            "story": f"{q.incident.name}, {q.incident.year}. {story}" if q.incident and story else "",
            "stem": q.stem,
            "place": q.place,
            "options": [option.label for option in q.options],
        }


def _answer(n: int, q: Question) -> Iterator[Block]:
    """The right answer to a question, why it is right, and where that can be read."""
    words = texts(q.lang)
    number = f"{words['bet']['question'].format(n=n)}. "
    right = " / ".join(option.label for option in q.right)
    yield paragraph(run(number, bold=True), f"{words['bet']['key']}: ", run(right, bold=True), lead=True)
    for option in q.right:
        yield paragraph(option.feedback)
    if q.cell and q.matrix and (q.cell.party == "shared" or q.cell.qualifier):
        yield from fact_blocks(facts(q.matrix, q.cell), q.lang)
    elif q.incident:
        yield from fact_blocks([source_fact(q.incident, f", {q.incident.year}", quiet=True)], q.lang)
    elif q.matrix:
        where = f"{q.matrix.source_title}, {q.matrix.edition}"
        yield from fact_blocks([Fact(words["label"]["source"], where, quiet=True)], q.lang)


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
