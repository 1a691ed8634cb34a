"""What one file of a class tells: the bets in a progress file, or those on a hand-in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from srm_data.core.matrix import one_line
from srm_data.learning import progress_file
from srm_data.learning.class_files import Found, Owner, SkippedError
from srm_data.learning.hand_in_reader import read_hand_in
from srm_data.learning.progress import bets_made
from srm_data.learning.questions import find_question

_LONGEST_NAME = 80
_EVER = datetime.min  # when a bet does not say when, any other is later


@dataclass(frozen=True)
class _Bet:
    answer: str
    sure: int | None
    when: datetime


@dataclass
class Read:
    """What stands in one file, by whom as far as its name and place tell, and by whom as far as it says."""

    file: Found
    owner: Owner
    text: str
    bets: dict[str, _Bet]
    name: str = ""
    page: bool = False
    empty: tuple[str, ...] = ()
    learner: str = ""

    @property
    def moments(self) -> set[tuple[str, datetime]]:
        """When each question was answered: a copy shares these with its file, another learner does not."""
        return {(question, bet.when) for question, bet in self.bets.items() if bet.when != _EVER}


def read(file: Found, owner: Owner) -> Read:
    """What a learner's file tells.

    Raises:
        SkippedError: with the reason; "no_work" for a text that is about something else.
    """
    text = file.text()
    if file.ending == ".json" or (file.ending == ".txt" and text.lstrip().startswith("{")):
        return _progress(text, file, owner)
    page = read_hand_in(text)
    if page is None:
        raise SkippedError("no_work" if file.ending == ".txt" else "foreign_page")
    wrong = [(name, answer) for name, answer in page.wrong if find_question(name, "en").graded]
    bets = {name: _Bet(answer, None, _EVER) for name, answer in reversed(wrong)}
    return Read(file, owner, text, bets, page.name, page=True, empty=page.empty)


def _progress(text: str, file: Found, owner: Owner) -> Read:
    """The bets in a progress file."""
    try:
        kept = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SkippedError("damaged") from error
    if not isinstance(kept, dict) or not isinstance(kept.get("version"), int):
        raise SkippedError("foreign")
    if kept["version"] > progress_file.VERSION:
        raise SkippedError("newer")
    bets, work = kept.get("bets", {}), kept.get("work", {})
    if not isinstance(bets, dict) or not all(isinstance(facts, dict) for facts in bets.values()):
        raise SkippedError("damaged")
    made = {
        b.question.id: _Bet(b.answer, b.sure, progress_file.moment(bets[b.question.id].get("when")) or _EVER)
        for b in bets_made(bets, "en")
    }
    page = work.get("hand-in") if isinstance(work, dict) else None
    typed = page.get("name") if isinstance(page, dict) else None
    return Read(file, owner, text, made, _name(kept.get("learner")) or _name(typed))


def _name(told: object) -> str:
    """A name as it stands in a file that anybody may have written: one short line, or nothing."""
    return one_line(told)[:_LONGEST_NAME].strip() if isinstance(told, str) else ""
