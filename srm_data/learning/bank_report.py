"""What the question bank measures and what gives an answer away: counts and shares, and the same in words."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from srm_data.core.dataset import read_table, rows_by
from srm_data.core.language import texts
from srm_data.core.vocabulary import PARTIES
from srm_data.learning.questions import KINDS, LEVELS, Question, question_bank

#: A belief that fewer questions than this look for is seen by accident.
FEW = 2

_WIDE = 100  # letters on a line


class Guess(NamedTuple):
    """What a way to guess scores: right answers out of all, beside what chance gives."""

    right: float
    of: int
    chance: float

    @property
    def share(self) -> float:
        """Of the questions, how much was right, from 0 to 1."""
        return self.right / self.of if self.of else 0

    @property
    def gain(self) -> float:
        """How much more than chance, as a part of 1."""
        return (self.right - self.chance) / self.of if self.of else 0


def party_keys(questions: Iterable[Question]) -> dict[str, int]:
    """How often each party is the key of a question about a cell."""
    found = Counter(q.key for q in questions if q.kind == "cell")
    return {party: found[party] for party in PARTIES}


def without(keys: dict[str, int], party: str) -> float:
    """The best score, from 0 to 1, of somebody who never answers this party and knows all the rest."""
    return 1 - keys[party] / sum(keys.values())


def longest_option(questions: Iterable[Question]) -> Guess:
    """What it scores to choose the longest of the answers in words; of two that are as long, either one."""
    right = chance = 0.0
    asked = _worded(questions)
    for q in asked:
        most = max(len(option.label) for option in q.options)
        longest = [option.key for option in q.options if len(option.label) == most]
        right += sum(q.accepts(key) for key in longest) / len(longest)
        chance += len(q.right) / len(q.options)
    return Guess(right, len(asked), chance)


def key_places(questions: Iterable[Question]) -> dict[int, int]:
    """How often the key of a question in words stands first, second and so on, counted from 1."""
    found = Counter([o.key for o in q.options].index(q.key) + 1 for q in _worded(questions))
    return dict(sorted(found.items()))


def same_cell(questions: Iterable[Question]) -> list[list[str]]:
    """The ids of questions that ask for one and the same cell, a list for each cell."""
    cells: dict[tuple[str, str, str], list[str]] = {}
    for q in questions:
        if q.kind == "cell" and q.matrix:
            cells.setdefault((q.matrix.id, q.area, q.column), []).append(q.id)
    return [ids for ids in cells.values() if len(ids) > 1]


def rarely_sought(questions: Iterable[Question]) -> list[str]:
    """The misconceptions that stand behind an answer of fewer than `FEW` questions."""
    behind = Counter(m for q in questions for m in {o.misconception for o in q.options})
    return [name for name in rows_by("misconceptions", "misconception") if behind[name] < FEW]


def checked_once() -> list[str]:
    """The objectives of the lessons that one question or exercise alone checks."""
    return [row["objective"] for row in read_table("objectives") if len(row["items"].split()) == 1]


def report(lang: str, asked: Collection[str] | None = None) -> Iterator[str]:
    """The bank in plain words and figures, a line at a time.

    Args:
        lang: "en" or "nl".
        asked: the ids that the lessons ask, or have as a second chance; None where there are no lessons.
    """
    words, bank = texts(lang)["bank"], question_bank(lang)
    estimates = sum(not q.graded for q in bank)
    yield words["title"].format(n=len(bank), estimates=estimates)
    kinds, levels = (texts(lang)["code"][field] for field in ("kind", "level"))
    yield from ("", words["kinds"], *_counted((kinds[x], [q for q in bank if q.kind == x]) for x in KINDS))
    yield from ("", words["levels"])
    yield from _counted((levels[x], [q for q in bank if q.level == x]) for x in LEVELS)
    yield from ("", *_keys(bank, lang))
    yield from ("", *_lessons(bank, lang))
    yield from ("", *_words_of_choices(bank, lang))
    yield ""
    yield from _named(words["same_cell"], [" = ".join(ids) for ids in same_cell(bank)], lang)
    yield from _named(words["no_repair"], [q.id for q in bank if not q.repair], lang)
    if asked is None:
        yield words["no_lessons"]
    else:
        yield from _named(words["unasked"], [q.id for q in bank if q.id not in asked], lang)
    yield from _named(words["rare"], rarely_sought(bank), lang, few=FEW)
    yield from _named(words["once"], checked_once(), lang, all=len(read_table("objectives")))


def _worded(questions: Iterable[Question]) -> list[Question]:
    """Those whose answers are sentences."""
    return [q for q in questions if q.kind == "choice"]


def _keys(bank: Sequence[Question], lang: str) -> Iterator[str]:
    """The balance of the keys of cells, and what it scores to leave a party out."""
    words, parties = texts(lang)["bank"], texts(lang)["party"]
    keys = party_keys(bank)
    total = sum(keys.values())
    yield words["keys"].format(n=total)
    for party, n in keys.items():
        name = parties[party]["label"]
        always, never = _percent(n / total), _percent(without(keys, party))
        yield words["key"].format(party=name, n=n, share=always, always=always, never=never)


def _lessons(bank: Sequence[Question], lang: str) -> Iterator[str]:
    """A row a lesson: its questions by level, and the keys of its cells."""
    words, parties = texts(lang)["bank"], texts(lang)["party"]
    letters = "/".join(parties[party]["letter"] for party in PARTIES)
    names = [texts(lang)["code"]["level"][level] for level in LEVELS]
    head = [words["lesson"], words["questions"], *names, words["cells"].format(letters=letters)]
    rows = [head]
    for lesson in sorted({q.lesson for q in bank}):
        ours = [q for q in bank if q.lesson == lesson]
        by_level = Counter(q.level for q in ours)
        keys = party_keys(ours)
        told = "/".join(map(str, keys.values())) if any(keys.values()) else "–"
        rows.append([str(lesson), str(len(ours)), *(str(by_level[level]) for level in LEVELS), told])
    widths = [max(len(row[n]) for row in rows) for n in range(len(head))]
    yield words["lessons"]
    for row in rows:
        yield "  " + "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))


def _words_of_choices(bank: Sequence[Question], lang: str) -> Iterator[str]:
    """Whether the length of an answer or its place tells that it is the right one."""
    words = texts(lang)["bank"]
    guess = longest_option(bank)
    share, chance = _percent(guess.share), _percent(guess.share - guess.gain)
    yield words["longest"].format(n=guess.of, right=round(guess.right), share=share, chance=chance)
    places = (words["place"].format(place=place, n=n) for place, n in key_places(bank).items())
    yield words["places"].format(places=", ".join(places))


def _counted(groups: Iterable[tuple[str, list[Question]]]) -> Iterator[str]:
    rows = [(name, str(len(questions))) for name, questions in groups]
    wide, high = (max(len(row[n]) for row in rows) for n in (0, 1))
    yield from (f"  {name.ljust(wide)}  {n.rjust(high)}" for name, n in rows)


def _named(said: str, names: Sequence[str], lang: str, **facts: int) -> Iterator[str]:
    """A sentence with a number, and below it what it counts."""
    yield said.format(n=len(names) or texts(lang)["bank"]["none"], **facts)
    told = ", ".join(names)
    yield from textwrap.wrap(told, _WIDE, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)


def _percent(share: float) -> str:
    return f"{round(100 * share)}%"
