"""What a class bet: progress files and hand-ins read together, so that a teacher sees what to teach again.

The files come from many machines, so none of them is believed: what cannot be read is named with its
reason and skipped, and whatever a file says is right or wrong is computed anew.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srm_data.core.language import resolve_language, texts
from srm_data.core.matrix import one_line
from srm_data.core.vocabulary import PARTIES
from srm_data.learning import class_files, progress_file
from srm_data.learning.class_files import Found, Owner, SkippedError
from srm_data.learning.hand_in_reader import read_hand_in
from srm_data.learning.progress import bets_made
from srm_data.learning.questions import Option, Question, find_question, misconception, question_bank
from srm_data.views.html import tables

if TYPE_CHECKING:
    import pandas as pd

    from srm_data.views.figures.picture import Picture
    from srm_data.views.figures.slide import Slide

LIMIT_FILES = 2_000
_SHOWN = 10  # rows of a table on the page; the DataFrames hold them all
_BARS = 6  # cells in the figure: more cannot be read from the back of the room
_EVER = datetime.min  # when a bet does not say when, any other is later
_STRANGERS = 3  # questions that both answered, none at the same moment: two people, not a copy
_DOCUMENTS = (".docx", ".doc", ".odt", ".rtf", ".pages", ".gdoc", ".ipynb")
_PAGES = (".html", ".htm", ".pdf")
_ARCHIVES = (".7z", ".rar", ".tar", ".gz", ".tgz")


@dataclass(frozen=True)
class Made:
    """One bet of one learner, and the file that tells of it."""

    learner: str
    question: str
    answer: str
    sure: int | None
    when: datetime
    file: str
    page: bool = False  # from a hand-in, which tells the wrong bets only

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
        if pages := sum(bet.page for bet in self.made):
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

    Give the folder or ZIP that your learning platform makes of what was handed in, or put the files of
    your learners in a folder: ``progress.json`` from their ``my_work``, hand-ins (``.md``), all of
    ``my_work`` as ZIP. A file straight in the folder is the learner it is named after; files in a
    subfolder are those of the learner the subfolder is named after. A learner with several files
    counts once a question: the latest bet. Nothing is changed, and nothing is sent.

    Args:
        folder: where the files are.
        lang: "en" or "nl"; the language in use when left out.

    Returns:
        `ClassResults`: ``bets``, ``hand_ins`` and ``skipped`` are DataFrames, ``figure()`` is a slide,
        ``sentence`` says it in words. Files that cannot be read are in ``skipped``, with the reason.

    Raises:
        FileNotFoundError: when there is no such folder or ZIP.
    """
    lang = resolve_language(lang)
    root = Path(folder)
    if not root.exists():
        raise FileNotFoundError(_say("no_folder", lang, folder=root))
    skipped: list[tuple[str, str]] = []
    files, others = _sorted([*class_files.find(root)], skipped, lang)
    owners = class_files.owners([*files, *others])
    read: list[_Read] = []
    heard: set[tuple[object, ...]] = set()  # of whom something was read or named
    for file in files:
        owner = owners[file.parts]
        try:
            read.append(_read(file, owner))
        except SkippedError as error:
            if error.key == "no_work":
                others.append(file)
                continue
            skipped.append((file.name, _say(error.key, lang, file=file.name, **error.facts)))
        heard.add(owner.key)
    paged = {one.owner.key for one in read if one.page}
    skipped += _unread(others, owners, heard, paged, lang)
    latest: dict[tuple[str, str], Made] = {}
    learners: dict[str, None] = {}
    pages: dict[tuple[str, str], tuple[str, str, tuple[str, ...]]] = {}
    # Progress before hand-ins, since a page tells only the wrong bets.
    for one in sorted(_people(read), key=lambda one: one.page):
        learners.setdefault(one.learner)
        if one.page:
            pages.setdefault((one.learner, one.text), (one.learner, one.file.name, one.empty))
        for question, bet in one.bets.items():
            kept = latest.get((one.learner, question))
            if kept is None or bet.when > kept.when:
                made = Made(one.learner, question, bet.answer, bet.sure, bet.when, one.file.name, one.page)
                latest[one.learner, question] = made
    return ClassResults(
        one_line(root), lang, tuple(learners), tuple(latest.values()), tuple(pages.values()), tuple(skipped)
    )


@dataclass(frozen=True)
class _Bet:
    answer: str
    sure: int | None
    when: datetime


@dataclass
class _Read:
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


def _sorted(found: list[Found], skipped: list[tuple[str, str]], lang: str) -> tuple[list[Found], list[Found]]:
    """The files that a learner's work can stand in, and the others; too many of them are left out."""
    readable: list[Found] = []
    others: list[Found] = []
    for file in found:
        if isinstance(file.source, SkippedError):
            skipped.append((file.name, _say(file.source.key, lang, file=file.name, **file.source.facts)))
        elif file.ending not in class_files.TEXT:
            others.append(file)
        elif len(readable) < LIMIT_FILES:
            readable.append(file)
        else:
            skipped.append((file.name, _say("too_many", lang, file=file.name, limit=LIMIT_FILES)))
            break
    return readable, others


def _read(file: Found, owner: Owner) -> _Read:
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
    bets = {question: _Bet(answer, None, _EVER) for question, answer in reversed(page.wrong)}
    return _Read(file, owner, text, bets, page.name, page=True, empty=page.empty)


def _progress(text: str, file: Found, owner: Owner) -> _Read:
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
        b.question.id: _Bet(b.answer, b.sure, _when(bets[b.question.id].get("when")))
        for b in bets_made(bets, "en")
    }
    page = work.get("hand-in") if isinstance(work, dict) else None
    return _Read(file, owner, text, made, one_line(page.get("name", "")) if isinstance(page, dict) else "")


def _when(text: Any) -> datetime:
    try:
        when = datetime.fromisoformat(text)
        # The kit writes local time without a zone; another program may have added one.
        return when.astimezone().replace(tzinfo=None) if when.tzinfo else when
    except (TypeError, ValueError, OverflowError, OSError):
        return _EVER


# Who is who


def _people(read: list[_Read]) -> list[_Read]:
    """The files with their learner filled in: one name a person, however many files there are."""
    named: dict[tuple[object, ...], list[list[_Read]]] = {}
    nameless: list[list[_Read]] = []
    units: dict[tuple[object, ...], list[_Read]] = {}
    for one in read:
        if one.owner.label:
            people = named.setdefault(one.owner.key, [])
            _join(people, [one], _same_person)
        else:
            unit = (one.file.parts[:-1], class_files.copy_mark(one.file.parts[-1]))
            units.setdefault(unit, []).append(one)
    for files in units.values():
        _join(nameless, files, _same_nameless)
    taken: set[str] = set()
    for person in [*chain.from_iterable(named.values()), *nameless]:
        owner, label = person[0].owner, _label(person)
        more = chain([owner.id, *reversed(owner.where)], map(str, count(2)))
        label = next(x for x in chain([label], (f"{label} ({x})" for x in more if x)) if x not in taken)
        taken.add(label)
        for one in person:
            one.learner = label
    return read


def _join(people: list[list[_Read]], files: list[_Read], same: Any) -> None:
    for person in people:
        if same(person, files):
            person += files
            return
    people.append(files)


def _same_person(person: list[_Read], files: list[_Read]) -> bool:
    """Two with one name: another id in the same download means another person, unless it is a copy."""
    new = files[0].owner
    clash = any(x.owner.where == new.where and x.owner.id != new.id and x.owner.id and new.id for x in person)
    return not clash or _shared(person, files)


def _same_nameless(person: list[_Read], files: list[_Read]) -> bool:
    """Two files without a name, such as "progress.json" and "progress (1).json": what they hold decides."""
    names = [{x.name.casefold() for x in group if x.name} for group in (person, files)]
    if all(names):
        return bool(names[0] & names[1])
    both = {q for x in person for q in x.bets if not x.page} & {
        q for x in files for q in x.bets if not x.page
    }
    return _shared(person, files) or len(both) < _STRANGERS


def _shared(person: list[_Read], files: list[_Read]) -> bool:
    moments = [set[tuple[str, datetime]]().union(*(x.moments for x in group)) for group in (person, files)]
    return bool(moments[0] & moments[1])


def _label(person: list[_Read]) -> str:
    if label := person[0].owner.label:
        return label
    said = next((one.name for one in person if one.name), "")
    return said or one_line(Path(person[0].file.parts[-1]).stem)


# What could not be read


def _unread(
    others: list[Found],
    owners: dict[tuple[str, ...], Owner],
    heard: set[tuple[object, ...]],
    paged: set[tuple[object, ...]],
    lang: str,
) -> list[tuple[str, str]]:
    """The files that hold a learner's work in a form that cannot be read, each with what to do.

    What the kit writes beside a file that was read goes without saying. Of a learner who is not `heard`
    (nothing was read or named), one file is named whatever it is, so that nobody is missed.
    """
    found: list[tuple[str, str]] = []
    rest: dict[tuple[object, ...], Found] = {}
    for file in others:
        key = owners[file.parts].key
        if file.ending in _DOCUMENTS:
            reason = "document"
        elif file.ending in _ARCHIVES:
            reason = "archive"
        elif file.ending in _PAGES and key not in paged:
            reason = "page_only"
        else:
            rest.setdefault(key, file)
            continue
        heard = heard | {key}
        found.append((file.name, _say(reason, lang, file=file.name)))
    alone = [file.name for key, file in rest.items() if key not in heard]
    return found + [(name, _say("no_work", lang, file=name)) for name in alone]


def _say(key: str, lang: str, **facts: object) -> str:
    return str(texts(lang)["classroom"][key].format(**facts))


def _count(key: str, n: int, lang: str) -> str:
    return _say(f"{key}_one" if n == 1 else key, lang, n=n)


# The figure: a row a cell, a bar of wrong answers, and at its right what the matrix says.

_LABEL, _BADGE, _COUNT = 610.0, 190.0, 150.0  # pixels for the cell's name, the right answer, "5 of 6"


def _draw(results: ClassResults, lang: str, theme: str) -> Picture:
    from srm_data.views.figures.picture import own_style
    from srm_data.views.figures.slide import Slide

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
    from srm_data.views.figures.text_fit import measure

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
