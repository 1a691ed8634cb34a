"""The votes that were kept: the hands of both rounds, by class and day.

A vote is a piece of work in the file of the teacher, named ``vote.<question>.<day>-<time>``. Its facts are
texts: ``class``, ``cancelled``, and ``one`` and ``two``, the hands of a round, such as
"customer 12, shared 7". While the class talks there is no ``two``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from srm_data.core.language import resolve_language, said_day
from srm_data.core.matrix import one_line
from srm_data.learning import progress_file
from srm_data.learning.questions import Question, find_question, question_ids
from srm_data.learning.vote_content import letters
from srm_data.views.html import tables

if TYPE_CHECKING:
    import pandas as pd

FACTS = ("class", "one", "two", "cancelled")
MOST_HANDS = 999
LONGEST_CLASS = 40

_NAME = re.compile(r"vote\.([a-z0-9-]+)\.(\d{8}-\d{6})")


@dataclass(frozen=True)
class Vote:
    """One vote of one class: the hands that each answer got in each round, by its key."""

    question: Question
    when: datetime
    room: str
    one: Mapping[str, int]
    two: Mapping[str, int]


@dataclass(frozen=True)
class Votes:
    """Votes on questions, the questions in the order of the bank and the votes of each in that of time.

    A notebook shows them as tables, a row a class; `frame` holds the numbers.
    """

    made: tuple[Vote, ...]
    lang: str

    @property
    def frame(self) -> pd.DataFrame:
        """One row an answer of a round: ``question, class, when, round, answer, right, hands, share``."""
        import pandas as pd

        rows = []
        for vote in self.made:
            for n, hands in ((1, vote.one), (2, vote.two)):
                for option in vote.question.options:
                    told = (vote.question.id, vote.room, vote.when, n, option.label)
                    share = hands[option.key] / sum(hands.values())
                    rows.append((*told, vote.question.accepts(option.key), hands[option.key], share))
        columns = ["question", "class", "when", "round", "answer", "right", "hands", "share"]
        return pd.DataFrame(rows, columns=columns)

    def __repr__(self) -> str:
        return f"Votes({len(self.made)})"

    def _repr_html_(self) -> str:
        asked = {vote.question.id: vote.question for vote in self.made}
        shown = [
            (
                question,
                letters(question),
                [self._row(vote) for vote in self.made if vote.question is question],
            )
            for question in asked.values()
        ]
        return str(tables.Html(tables.render("votes.html", self.lang, shown=shown)))

    def _row(self, vote: Vote) -> dict[str, Any]:
        parts = [
            [_percent(hands[option.key], sum(hands.values())) for option in vote.question.options]
            for hands in (vote.one, vote.two)
        ]
        return {
            "room": vote.room,
            "day": said_day(vote.when, self.lang, year=True),
            "hands": [sum(hands.values()) for hands in (vote.one, vote.two)],
            "parts": [*zip(*parts, strict=True)],
        }


def _percent(part: int, whole: int) -> int:
    """In whole percents, a half upwards, as the page rounds."""
    return (200 * part + whole) // (2 * whole)


def votes(*questions: str, lang: str | None = None) -> Votes:
    """The votes that `vote` kept, class beside class. It shows the answers, so look at it after the vote.

    Votes that were cancelled, or in which round two was never closed, are left out. Nothing in it names a
    learner.

    Args:
        questions: ids of questions; all that were voted on when left out.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown question or language, with the nearest guess.
    """
    lang = resolve_language(lang)
    wanted = [find_question(question, lang).id for question in questions]
    known = question_ids()
    found = []
    for name, facts in progress_file.load().get("work", {}).items():
        of, when = named(name)
        if when and of in known and (not wanted or of in wanted) and not facts.get("cancelled"):
            question = find_question(of, lang)
            one, two = (hands_in(facts.get(part), question) for part in ("one", "two"))
            if one and two:
                found.append(Vote(question, when, one_line(facts.get("class", "")), one, two))
    places = {question: n for n, question in enumerate(wanted or known)}
    return Votes(tuple(sorted(found, key=lambda vote: (places[vote.question.id], vote.when))), lang)


def named(name: str) -> tuple[str, datetime | None]:
    """The question that a vote is about and when it began, from its name; ("", None) for other work.

    Args:
        name: of a piece of work.
    """
    if told := _NAME.fullmatch(name):
        try:
            return told[1], datetime.strptime(told[2], "%Y%m%d-%H%M%S")
        except ValueError:
            pass
    return "", None


def hands_in(text: Any, question: Question) -> dict[str, int]:
    """The hands of a round, by the key of each answer; empty where the text tells of none.

    Args:
        text: what stands under ``one`` or ``two``; someone may have edited it.
        question: what was voted on.
    """
    if not isinstance(text, str):
        return {}
    found = dict.fromkeys((option.key for option in question.options), 0)
    for part in text.split(", "):
        key, _, number = part.rpartition(" ")
        if key not in found or not re.fullmatch(r"[0-9]{1,3}", number):
            return {}
        found[key] = int(number)
    return found if any(found.values()) else {}


def facts_of(given: Mapping[Any, Any], question: Question) -> dict[str, str]:
    """What is kept of a vote as a page tells it: only the parts that make sense.

    Args:
        given: what the page sent.
        question: what is voted on.
    """
    facts = {}
    for fact in FACTS:
        told = given.get(fact)
        if not isinstance(told, str):
            continue
        if fact == "class":
            facts[fact] = one_line(told)[:LONGEST_CLASS]
        elif fact == "cancelled":
            facts[fact] = "yes" if told else ""
        elif not told or hands_in(told, question):
            facts[fact] = told
    return facts
