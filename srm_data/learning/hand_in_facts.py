"""What the learner's own page knows by itself: errors that lasted, how sure, sources read, claims written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from srm_data.core.language import said_day, texts
from srm_data.core.services import baselines_about
from srm_data.core.shipped import shipped_ids, shipped_matrix
from srm_data.learning import progress_file
from srm_data.learning.answer_history import History, histories
from srm_data.learning.claim import claims_written
from srm_data.learning.progress import Bet, bets_made

if TYPE_CHECKING:
    from srm_data.learning.questions import Question

#: The table that every figure of a page is drawn from.
DRAWN_FROM = "azure-2026"


@dataclass(frozen=True)
class Facts:
    """What is known of a learner for their page.

    Attributes:
        missed: every first answer that was wrong, as ids of question and answer.
        lasting: those that were not answered right since, each as a sentence.
        sures: how often the learner was how sure, and how often right.
        used: the sources, see `facts_of_learner`.
        claims: the written claims of the lessons.
    """

    missed: tuple[tuple[str, str], ...]
    lasting: tuple[str, ...]
    sures: tuple[str, ...]
    used: tuple[str, ...]
    claims: tuple[str, ...]


def facts_of_learner(lang: str) -> Facts:
    """Read them from what is kept.

    Args:
        lang: "en" or "nl".
    """
    kept = progress_file.load()
    made = bets_made(kept.get("bets", {}), lang)
    found = histories(kept.get("answers", {}), lang)
    missed = [bet for bet in made if not bet.right]
    words = texts(lang)["hand_in"]
    return Facts(
        missed=tuple((bet.question.id, bet.answer) for bet in missed),
        lasting=tuple(wrong_bet(b.question, b.answer) for b in missed if not _mended(b.question, found)),
        sures=tuple(_how_sure(made, lang)),
        used=tuple(_sources(kept, made, found, lang)),
        claims=tuple(
            words["claim"].format(lesson=lesson, claim=" ".join(text.split()))
            for lesson, text in claims_written(kept.get("work", {})).items()
        ),
    )


def wrong_bet(question: Question, answer: str) -> str:
    """A prediction that turned out otherwise, as a sentence that can be read without the lesson."""
    words = texts(question.lang)["hand_in"]
    by_table = question.kind in ("cell", "change", "count", "baseline")
    kind = question.kind if question.kind in ("cell", "change") else "table" if question.place else "other"
    if kind == "cell" and question.matrix and question.matrix.kind == "management":
        kind = "run"  # the stack tells who runs a layer
    asked = words[f"wrong_{kind}"].format(
        place=question.place, before=question.before, after=question.after, stem=question.stem
    )
    yours = question.option(answer).label.rstrip(".")
    theirs = " / ".join(right.label.rstrip(".") for right in question.right)
    told = words["wrong_told" if by_table else "wrong_answered"].format(yours=yours, theirs=theirs)
    return f"{asked} {told}"


def _mended(question: Question, found: Mapping[str, History]) -> bool:
    """Whether the same question, or its second chance, was right when it was asked last."""
    return any(name in found and found[name].latest.right for name in (question.id, question.repair))


def _how_sure(made: list[Bet], lang: str) -> Iterator[str]:
    """How often each of the three was chosen, and how often it was right."""
    words = texts(lang)["bet"]
    for sure, name in enumerate(words["sures"]):
        bets = [bet for bet in made if bet.sure == sure]
        if bets:
            said = words["sum_sure_one" if len(bets) == 1 else "sum_sure"]
            told = said.format(sure=name, all=len(bets), right=sum(bet.right for bet in bets))
            yield told[0].upper() + told[1:]


def _sources(
    kept: progress_file.Kept, made: list[Bet], found: Mapping[str, History], lang: str
) -> Iterator[str]:
    """The source of each table that the learner answered or wrote about, with the last day on which they did.

    The table of the figure is always there, without a day where the learner did nothing with it.
    """
    last: dict[tuple[str, str], datetime | None] = {}
    for table, when in [(("matrix", DRAWN_FROM), None), *_read(kept, made, found)]:
        last[table] = max(filter(None, (last.get(table), when)), default=None)
    said = texts(lang)["hand_in"]["read"]
    for (kind, name), when in last.items():
        about = baselines_about(name, lang) if kind == "baseline" else vars(shipped_matrix(name, lang))
        day = said.format(date=said_day(when, lang, year=True)) if when else ""
        yield " ".join("{source_title}, {edition}. {day} {source_url}".format(day=day, **about).split())


def _read(
    kept: progress_file.Kept, made: list[Bet], found: Mapping[str, History]
) -> Iterator[tuple[tuple[str, str], datetime | None]]:
    """Each table that something was done with, and when: a first or later answer, or own words."""
    bets = kept.get("bets", {})
    answered = [(bet.question, progress_file.moment(bets[bet.question.id].get("when"))) for bet in made]
    answered += [(one.question, one.latest.when) for one in found.values()]
    for question, when in answered:
        if question.matrix:
            yield ("matrix", question.matrix.id), when
        if question.baseline:
            yield ("baseline", question.baseline), when
    for name, facts in kept.get("work", {}).items():
        if (matrix := name.partition(".")[0]) in shipped_ids():
            yield ("matrix", matrix), progress_file.moment(facts.get("when"))
