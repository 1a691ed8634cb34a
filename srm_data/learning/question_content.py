"""What the prediction stepper is given: questions with what each answer earns, as plain JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from srm_data.core.language import texts
from srm_data.core.services import baselines_about
from srm_data.learning.questions import Option, Question, find_question, misconception
from srm_data.views import incident_content
from srm_data.views.cell_facts import facts, source_fact
from srm_data.views.component_content import facts_json, parties_json, table_json, words_json
from srm_data.views.content import Fact
from srm_data.views.html import tables
from srm_data.views.html.engine import Html

if TYPE_CHECKING:
    from srm_data.core.incidents import Incident


@dataclass(frozen=True)
class Round:
    """Questions that are asked one after the other, and the incident that is shown when all are answered."""

    questions: tuple[Question, ...]
    incident: Incident | None = None

    @property
    def asked(self) -> tuple[Question, ...]:
        """Its questions, and those that are asked as a second chance."""
        again = (find_question(q.repair, q.lang) for q in self.questions if q.repair)
        return (*self.questions, *again)


def stepper(
    rounds: Sequence[Round], lang: str, *, practice: dict[str, int | None] | None = None
) -> dict[str, Any]:
    """The content of ``<srm-bet>``.

    Args:
        rounds: those to choose from.
        lang: "en" or "nl".
        practice: for one whose answers are added to those of before: how many questions at most, and before
            which lesson (None: all so far), so that a page without a kernel can choose them itself.
    """
    said = texts(lang)
    words = words_json(lang) | {name: text for name, text in said["bet"].items() if name != "hint"}
    return {
        "lang": lang,
        "words": words | {"choose": said["play"]["choose"], "told": said["play"]["told"]},
        "parties": parties_json(lang),
        "rounds": [_round(one) for one in rounds],
        **({"practice": practice} if practice else {}),
    }


def still(rounds: Iterable[Round], lang: str) -> Html:
    """The questions with their options and room for a pen, for where no script runs. It holds no answer.

    Args:
        rounds: the rounds of the stepper.
        lang: "en" or "nl".
    """
    asked = [question for one in rounds for question in one.questions]
    return Html(tables.render("bets.html", lang, asked=asked))


def alone(question: Question) -> dict[str, Any]:
    """One question with what each answer earns, without a second chance.

    Args:
        question: the question.
    """
    return question_json(question, again=True)


def _round(one: Round) -> dict[str, Any]:
    i = one.incident
    made: dict[str, Any] = {"questions": [question_json(q, told=i is not None) for q in one.questions]}
    if i:
        made |= {"label": f"{i.name} ({i.year})", "told": _incident(i)}
    return made


def question_json(q: Question, *, told: bool = False, again: bool = False) -> dict[str, Any]:
    """One question of a stepper.

    Args:
        q: the question.
        told: whether its incident is shown below, and names the sources.
        again: whether it is a second chance: that has none itself.
    """
    key = q.option(q.key)
    words = texts(q.lang)["bet"]
    named = "baseline" if q.baseline else "theirs"
    made: dict[str, Any] = {
        "id": q.id,
        "stem": q.stem,
        "hints": list(q.hints),
        "theirs": words["key" if q.kind == "choice" or not (q.matrix or q.baseline) else named],
        "key": key.key,
        "options": [_option(q, option) for option in q.options],
        "facts": facts_json(_facts(q, told=told)),
    }
    if place := " · ".join(filter(None, (q.place, "" if q.graded else words["estimate"]))):
        made["place"] = place
    if not q.graded:
        made["estimate"] = True
    if q.incident:
        made["story"] = {"title": f"{q.incident.name}, {q.incident.year}.", "text": q.story}
    if q.repair and not again:
        made["repair"] = question_json(find_question(q.repair, q.lang), again=True)
    return made


def _option(q: Question, option: Option) -> dict[str, Any]:
    """One answer: how it looks, and what is said of it when it was chosen."""
    made = {
        "key": option.key,
        "label": option.label,
        "right": q.accepts(option.key),
        "say": option.feedback,
        "more": facts_json(_more(q, option)),
    }
    parties = texts(q.lang)["party"]
    if any(one.key in parties for one in q.options):
        made["party"] = option.key[0] if option.key in parties else "n"
        made["letter"] = parties[option.key]["letter"] if option.key in parties else ""
    return made


def _more(q: Question, option: Option) -> Iterable[Fact]:
    """The belief behind a wrong answer, and the other answers that are right."""
    words = texts(q.lang)["bet"]
    if option.misconception:
        claim, truth = misconception(option.misconception, q.lang)
        yield from (Fact(words["belief"], claim), Fact(words["truth"], truth))
    for other in q.right:
        if other != option:
            also = words["also"].format(answer=other.label)
            yield Fact(also if q.accepts(option.key) else other.label, other.feedback)


def _facts(q: Question, *, told: bool) -> Iterable[Fact]:
    """Both parts of a cell that has them, and the sources where nothing below names them."""
    source = texts(q.lang)["label"]["source"]
    if q.matrix and q.cell and (q.cell.party == "shared" or q.cell.qualifier):
        yield from facts(q.matrix, q.cell, source=not told)
    elif told:
        return
    elif q.baseline:
        about = baselines_about(q.baseline, q.lang)
        text = "{source_title}, {edition}. {caution}".format(**about)
        yield Fact(source, text, quiet=True)
    elif q.matrix:
        yield Fact(source, f"{q.matrix.source_title}, {q.matrix.edition}", quiet=True)
    if q.incident and not told:
        yield source_fact(q.incident, f", {q.incident.year}", quiet=True)


def _incident(i: Incident) -> dict[str, Any]:
    """An incident on its matrix: the cells where it lies are lit."""
    made = incident_content.incident(i)
    grid, who = made.tables
    table = table_json(i.matrix, made)
    for row, cells in zip(table["rows"], grid.rows[1:], strict=True):
        row["lit"] = [n for n, cell in enumerate(cells[1:]) if cell.lit]
    heads, parties = who.rows
    failed, answers = parties[: heads[0].span], parties[heads[0].span :]
    return table | {
        "title": made.title,
        "sentence": made.sentence,
        "who": [
            {"term": head.text}
            | {"cells": [{"party": c.party, "letter": c.letter, "text": c.text} for c in cells]}
            for head, cells in zip(heads, (failed, answers), strict=True)
        ],
        "facts": facts_json(made.facts),
    }
