"""What a class bet: progress files and hand-ins read together, so that a teacher sees what to teach again.

The files come from many machines, so none of them is believed: what cannot be read is named with its
reason and skipped, and whatever a file says is right or wrong is computed anew.
"""

from __future__ import annotations

import html
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srm_data import store, tables
from srm_data.handin import SECTIONS, wrong_bet
from srm_data.language import resolve_language, texts
from srm_data.matrix import one_line
from srm_data.questions import Option, Question, find_question, misconception, question_bank
from srm_data.standing import bets_made
from srm_data.vocabulary import LANGUAGES, PARTIES

if TYPE_CHECKING:
    import pandas as pd

    from srm_data.canvas import Slide
    from srm_data.picture import Picture

LIMIT_BYTES = 2_000_000  # a learner who answers everything makes less than a tenth of it
LIMIT_FILES = 2_000
_SHOWN = 10  # rows of a table on the page; the DataFrames hold them all
_BARS = 6  # cells in the figure: more cannot be read from the back of the room
_EVER = datetime.min  # when a bet does not say when, any other is later


@dataclass(frozen=True)
class Made:
    """One bet of one learner, and the file that tells of it."""

    learner: str
    question: str
    answer: str
    sure: int | None
    when: datetime
    file: str

    def asked(self, lang: str) -> Question:
        """The question, in one language."""
        return find_question(self.question, lang)

    @property
    def right(self) -> bool:
        """Whether the answer is one that the matrix gives today."""
        return self.asked("en").accepts(self.answer)


@dataclass(frozen=True)
class Missed:
    """Bets on one question, or on one cell, that went wrong at least once."""

    question: Question
    asked: int
    wrong: tuple[Made, ...]

    @property
    def right(self) -> int:
        """How many bets were right."""
        return self.asked - len(self.wrong)

    @property
    def certain(self) -> int:
        """How often somebody was certain and wrong."""
        return sum(bet.sure == 2 for bet in self.wrong)

    @property
    def answers(self) -> dict[str, int]:
        """The wrong answers, each with its count: the most frequent first, at a tie those with a belief."""
        counts = Counter(bet.answer for bet in self.wrong)
        given = [option for option in self.question.options if option.key in counts]
        given.sort(key=lambda option: (-counts[option.key], not option.misconception))
        return {option.key: counts[option.key] for option in given}

    @property
    def chosen(self) -> Option:
        """The wrong answer that was given most."""
        return self.question.option(next(iter(self.answers)))

    @property
    def where(self) -> str:
        """Area and column, or the question itself where it is about no cell."""
        return ", ".join(part for part in (self.question.area, self.question.column) if part) or (
            self.question.stem
        )


@dataclass(frozen=True)
class ClassResults:
    """The bets of a class. A notebook shows it as tables; `figure` draws the cells most often wrong."""

    folder: str
    lang: str
    learners: tuple[str, ...]
    made: tuple[Made, ...]
    pages: tuple[tuple[str, str, tuple[str, ...]], ...]  # learner, file, sections left empty
    left_out: tuple[tuple[str, str], ...]  # file, reason

    @property
    def bets(self) -> pd.DataFrame:
        """One row a bet, with the misconception behind it where it is wrong."""
        import pandas as pd

        rows = []
        for bet in self.made:
            q = bet.asked(self.lang)
            option = q.option(bet.answer)
            rows.append(
                {
                    "learner": bet.learner,
                    "question": bet.question,
                    "lesson": q.lesson,
                    "matrix": q.matrix.id if q.matrix else "",
                    "area": q.area,
                    "column": q.column,
                    "answer": option.label,
                    "right": bet.right,
                    "sure": bet.sure,
                    "misconception": "" if bet.right else option.misconception,
                    "file": bet.file,
                }
            )
        columns = [
            *("learner", "question", "lesson", "matrix", "area", "column"),
            *("answer", "right", "sure", "misconception", "file"),
        ]
        return pd.DataFrame(rows, columns=columns).astype({"right": bool, "sure": "Int64", "lesson": int})

    @property
    def hand_ins(self) -> pd.DataFrame:
        """One row a hand-in, with the sections that were left empty."""
        import pandas as pd

        rows = [(learner, file, self._sections(empty)) for learner, file, empty in self.pages]
        return pd.DataFrame(rows, columns=["learner", "file", "empty"])

    @property
    def skipped(self) -> pd.DataFrame:
        """One row a file that could not be read, and why."""
        import pandas as pd

        return pd.DataFrame(list(self.left_out), columns=["file", "reason"])

    @property
    def sentence(self) -> str:
        """The class in two or three sentences."""
        words = texts(self.lang)["classroom"]
        if not self.made:
            return str(words["none"].format(folder=self.folder))
        missed = self.missed(self.lang)
        right = sum(bet.right for bet in self.made)
        said = [words["sum"].format(learners=self._learners(), bets=self._bets(), right=right)]
        if missed:
            worst = missed[0]
            said.append(words["worst"].format(where=worst.where, wrong=len(worst.wrong), n=worst.asked))
        else:
            said.append(words["no_wrong"])
        if certain := sum(one.certain for one in missed):
            said.append(words["certain_one" if certain == 1 else "certain"].format(n=certain))
        if pages := sum(bet.file.lower().endswith(".md") for bet in self.made):
            said.append(words["only_wrong"].format(n=pages))
        return " ".join(said)

    def missed(self, lang: str, *, cells: bool = False) -> list[Missed]:
        """Questions (or cells of a matrix) with a wrong bet, those most often wrong first."""
        groups: dict[object, list[Made]] = {}
        places = {question.id: n for n, question in enumerate(question_bank(lang))}
        for bet in sorted(self.made, key=lambda bet: places[bet.question]):
            question = bet.asked(lang)
            if cells and question.matrix and question.kind == "cell":
                groups.setdefault((question.matrix.id, question.area, question.column), []).append(bet)
            elif not cells:
                groups.setdefault(bet.question, []).append(bet)
        found = [
            Missed(bets[0].asked(lang), len(bets), tuple(bet for bet in bets if not bet.right))
            for bets in groups.values()
        ]
        return sorted(
            (one for one in found if one.wrong), key=lambda one: (-len(one.wrong), one.asked, -one.certain)
        )

    def beliefs(self, lang: str) -> list[tuple[str, str, int, int]]:
        """The misconceptions behind wrong bets: belief, what holds, bets and learners; most bets first."""
        behind: dict[str, list[Made]] = {}
        for bet in self.made:
            belief = bet.asked(lang).option(bet.answer).misconception
            if belief and not bet.right:
                behind.setdefault(belief, []).append(bet)
        ranked = [
            (*misconception(name, lang), len(bets), len({bet.learner for bet in bets}))
            for name, bets in behind.items()
        ]
        return sorted(ranked, key=lambda row: (-row[2], -row[3], row[0]))

    def figure(self, lang: str | None = None, theme: str = "light") -> Picture:
        """The cells most often wrong: how many bets missed each, what was answered, and what it is.

        Args:
            lang: "en" or "nl"; the language of the results when left out.
            theme: "light" or "dark".

        Raises:
            UnknownNameError: for an unknown language or theme.
        """
        return _draw(self, self.lang if lang is None else resolve_language(lang), theme)

    def _repr_html_(self) -> str:
        missed = self.missed(self.lang)
        return str(
            tables.Html(
                tables.render(
                    "class.html",
                    self.lang,
                    say=self.sentence,
                    missed=missed[:_SHOWN],
                    more=len(missed) - _SHOWN,
                    belief=lambda option: (
                        misconception(option.misconception, self.lang)[0] if option.misconception else ""
                    ),
                    beliefs=self.beliefs(self.lang)[:_SHOWN],
                    pages=[(learner, self._sections(empty)) for learner, _, empty in self.pages],
                    skipped=self.left_out[:_SHOWN],
                    more_skipped=len(self.left_out) - _SHOWN,
                )
            )
        )

    def _sections(self, empty: Iterable[str]) -> str:
        return ", ".join(texts(self.lang)["hand_in"][section] for section in empty)

    def _learners(self, lang: str = "") -> str:
        return _count("learners", len(self.learners), lang or self.lang)

    def _bets(self, lang: str = "") -> str:
        return _count("bets", len(self.made), lang or self.lang)


def class_results(folder: str | os.PathLike[str], lang: str | None = None) -> ClassResults:
    """Read what a class bet, and show which cells and beliefs went wrong most.

    Put the files of your learners in one folder: ``progress.json`` from their ``my_work``, hand-ins
    (``.md``), or both. A file straight in the folder is the learner it is named after; files in a
    subfolder are those of the learner the subfolder is named after. A learner with several files
    counts once a question: the latest bet. Nothing is changed, and nothing is sent.

    Args:
        folder: where the files are.
        lang: "en" or "nl"; the language in use when left out.

    Returns:
        `ClassResults`: ``bets``, ``hand_ins`` and ``skipped`` are DataFrames, ``figure()`` is a slide,
        ``sentence`` says it in words. Files that cannot be read are in ``skipped``, with the reason.

    Raises:
        FileNotFoundError: when there is no such folder.
    """
    lang = resolve_language(lang)
    root = Path(folder)
    if not root.is_dir():
        raise FileNotFoundError(texts(lang)["classroom"]["no_folder"].format(folder=root))
    latest: dict[tuple[str, str], Made] = {}
    learners: dict[str, None] = {}
    pages, skipped = [], []
    for number, path in enumerate(_files(root)):
        name = one_line(path.relative_to(root).as_posix())
        if number == LIMIT_FILES:
            skipped.append((name, _say("too_many", lang, file=name, limit=LIMIT_FILES)))
            break
        learner = name.split("/")[0] if "/" in name else one_line(path.stem)
        try:
            text = _read(path, name, lang)
            if path.suffix.lower() == ".md":
                found, empty = _hand_in(text, learner, name, lang)
                pages.append((learner, name, empty))
            else:
                found = _progress(text, learner, name, lang)
        except _SkippedError as error:
            skipped.append((name, str(error)))
            continue
        learners.setdefault(learner)
        for bet in found:
            kept = latest.get((bet.learner, bet.question))
            if kept is None or bet.when > kept.when:
                latest[bet.learner, bet.question] = bet
    return ClassResults(
        one_line(root), lang, tuple(learners), tuple(latest.values()), tuple(pages), tuple(skipped)
    )


class _SkippedError(Exception):
    """A file that is left out; its message is the reason, for the teacher."""


def _files(root: Path) -> Iterator[Path]:
    """The files that learners make, progress before hand-ins, since a page tells only the wrong bets."""
    pages: list[Path] = []
    for parent, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            kind = path.suffix.lower()
            if name.startswith(".") or kind not in (".json", ".md"):
                continue
            if kind == ".md":
                pages.append(path)
            else:
                yield path
    yield from pages


def _read(path: Path, name: str, lang: str) -> str:
    try:
        # A pipe or a device would keep us waiting for ever; a huge file would fill the memory.
        if not path.is_file():
            raise _SkippedError(_say("no_file", lang, file=name))
        if (size := path.stat().st_size) > LIMIT_BYTES:
            raise _SkippedError(_say("huge", lang, file=name, size=size / 1e6))
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise _SkippedError(_say("unreadable", lang, file=name, reason=error.strerror or error)) from error
    except ValueError as error:
        raise _SkippedError(_say("damaged", lang, file=name)) from error


def _progress(text: str, learner: str, name: str, lang: str) -> list[Made]:
    """The bets in a progress file."""
    try:
        kept = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _SkippedError(_say("damaged", lang, file=name)) from error
    if not isinstance(kept, dict) or not isinstance(kept.get("version"), int):
        raise _SkippedError(_say("foreign", lang, file=name))
    if kept["version"] > store.VERSION:
        raise _SkippedError(_say("newer", lang, file=name))
    bets = kept.get("bets", {})
    if not isinstance(bets, dict) or not all(isinstance(facts, dict) for facts in bets.values()):
        raise _SkippedError(_say("damaged", lang, file=name))
    return [
        Made(learner, b.question.id, b.answer, b.sure, _when(bets[b.question.id].get("when")), name)
        for b in bets_made(bets, lang)
    ]


def _when(text: Any) -> datetime:
    try:
        when = datetime.fromisoformat(text)
        # The kit writes local time without a zone; another program may have added one.
        return when.astimezone().replace(tzinfo=None) if when.tzinfo else when
    except (TypeError, ValueError, OverflowError, OSError):
        return _EVER


def _hand_in(text: str, learner: str, name: str, lang: str) -> tuple[list[Made], tuple[str, ...]]:
    """The wrong bets on a hand-in, and the sections that were left empty."""
    for spoken in LANGUAGES:
        words = texts(spoken)["hand_in"]
        titles = {words[section]: section for section in SECTIONS}
        bodies: dict[str, list[str]] = {}
        section = None
        for line in text.splitlines():
            heading = re.fullmatch(r"#{1,6} +(.*?) *", line)
            if heading:
                section = titles.get(heading[1])
            elif section:
                bodies.setdefault(section, []).append(line.strip())
        # A learner may have lost a heading; two that happen to stand in a page are no hand-in.
        if len(bodies) < 3:
            continue
        known = _wrong_bets(spoken)
        found = [
            Made(learner, *known[said], None, _EVER, name)
            for line in bodies.get("difficulties", ())
            if (said := _spoken(line.removeprefix("- "))) in known
        ]
        empty = (s for s in SECTIONS if _is_empty(bodies.get(s, []), words["empty"]))
        return found, tuple(empty)
    raise _SkippedError(_say("foreign_page", lang, file=name))


def _is_empty(lines: list[str], sentence: str) -> bool:
    """Whether nothing was written: the page says so, or nothing but the figure is left."""
    return f"*{sentence}*" in lines or not any(line and not line.startswith("![") for line in lines)


def _spoken(markdown: str) -> str:
    """Text as it was before the hand-in made it safe for Markdown."""
    return html.unescape(re.sub(r"\\(.)", r"\1", markdown))


@cache
def _wrong_bets(lang: str) -> dict[str, tuple[str, str]]:
    """What a hand-in says of each wrong answer in the bank → question and answer.

    Two questions about one cell say the same; the first stands for both.
    """
    said: dict[str, tuple[str, str]] = {}
    for question in question_bank(lang):
        for option in question.options:
            if not question.accepts(option.key):
                said.setdefault(wrong_bet(question, option.key), (question.id, option.key))
    return said


def _say(key: str, lang: str, **facts: object) -> str:
    return str(texts(lang)["classroom"][key].format(**facts))


def _count(key: str, n: int, lang: str) -> str:
    return _say(f"{key}_one" if n == 1 else key, lang, n=n)


# The figure: a row a cell, a bar of wrong answers, and at its right what the matrix says.

_LABEL, _BADGE, _COUNT = 610.0, 190.0, 150.0  # pixels for the cell's name, the right answer, "5 of 6"


def _draw(results: ClassResults, lang: str, theme: str) -> Picture:
    from srm_data.canvas import Slide
    from srm_data.picture import own_style

    words = texts(lang)["classroom"]
    rows = results.missed(lang, cells=True)[:_BARS]
    on_cells = any(bet.asked(lang).kind == "cell" for bet in results.made)
    title = words["figure_none" if on_cells else "figure_empty"]
    if rows:
        worst = rows[0]
        title = words["figure_title"].format(where=worst.where, wrong=len(worst.wrong), n=worst.asked)
    alt = " ".join([f"{title}.", *(_in_words(row, lang) for row in rows)])
    foot = words["foot"].format(learners=results._learners(lang), bets=results._bets(lang))
    with own_style():
        slide = Slide(title, alt, theme, lang=lang)
        slide.head(words["figure_sub"])
        slide.foot(PARTIES, [foot])
        _rows(slide, rows, lang)
        return slide.finish()


def _in_words(row: Missed, lang: str) -> str:
    words, q = texts(lang)["classroom"], row.question
    answers = ", ".join(
        words["alt_answer"].format(n=n, party=texts(lang)["party"][party]["word"])
        for party, n in row.answers.items()
    )
    where = f"{row.where} ({q.matrix.short})" if q.matrix else row.where
    return str(
        words["alt_row"].format(
            where=where,
            wrong=len(row.wrong),
            n=row.asked,
            answers=answers,
            key=texts(lang)["party"][q.key]["word"],
        )
    )


def _rows(slide: Slide, rows: list[Missed], lang: str) -> None:
    if not rows:
        return
    words = texts(lang)["classroom"]
    left, badge = slide.left + _LABEL + 30, slide.right - _BADGE
    for x, head, width in ((left, words["answered"], 300), (badge, words["theirs"], _BADGE)):
        slide.text(x, 168, head, 26, width=width, bold=True)
    narrowest = 30  # the hatch must fit
    most = max(len(row.wrong) for row in rows)
    unit = min(100.0, (badge - _COUNT - left - narrowest) / most)
    for n, row in enumerate(rows):
        y, q = 192 + n * 98.0, row.question
        slide.text(slide.left, y + 19, row.where, 29, width=_LABEL, bold=True)
        belief = row.chosen.misconception
        below = q.matrix.short if q.matrix else ""
        if belief:
            below += f" · “{misconception(belief, lang)[0]}”"
        slide.text(slide.left, y + 63, below, 20, width=_LABEL, lines=2, height=44, colour=slide.theme.quiet)
        x = left
        for party, times in row.answers.items():
            width = max(narrowest, unit * times - 6)
            _segment(slide, x, y + 14, width, 62, party, times, lang)
            x += width + 6
        said = words["of"].format(wrong=len(row.wrong), n=row.asked)
        slide.text(x + 8, y + 45, said, 26, width=_COUNT - 20)
        assert q.matrix is not None
        assert q.cell is not None
        # The answer alone: what is disputed about it is the lesson's, not the slide's.
        label = texts(lang)["party"][q.key]["label"]
        _segment(slide, badge, y + 14, _BADGE, 62, q.key, 0, lang, label)


def _segment(
    slide: Slide,
    x: float,
    y: float,
    width: float,
    height: float,
    party: str,
    n: int,
    lang: str,
    label: str = "",
) -> None:
    """A part of a bar: fill and hatch of the party, its letter, and how many (or a label)."""
    from srm_data.typesetting import measure

    ink, words = slide.theme.ink[party], texts(lang)["party"][party]
    slide.box(x, y, width, height, fill=ink.fill, edge=ink.edge)
    slide.strip(x, y, height, party, colour=ink.text)
    if label:
        slide.text(x + 38, y + height / 2, words["letter"], 30, width=40, bold=True, colour=ink.text)
        slide.text(x + 68, y + height / 2, label, 26, width=width - 76, colour=ink.text)
        return
    for said in (f"{n} {words['label']}", f"{n} {words['letter']}", str(n), words["letter"]):
        if measure(said, 28, bold=True) <= width - 38 - 8:
            slide.text(x + 38, y + height / 2, said, 28, width=width - 44, bold=True, colour=ink.text)
            return
