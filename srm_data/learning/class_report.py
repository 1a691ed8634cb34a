"""The report on a class: the questions, cells and beliefs that went wrong most, in tables and words.

What a notebook shows of it, and its figure, may be on a projector: no learner is named there, and no file.
Names stand in `ClassResults.with_names`, in the DataFrames about learners, and in the spreadsheet.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from srm_data.core.language import resolve_language, texts, unknown_name
from srm_data.files.write_whole import write_own
from srm_data.learning import class_figure, class_sheet, class_tables
from srm_data.learning.class_bets import Made, Missed
from srm_data.learning.questions import misconception, question_bank
from srm_data.views.html import tables
from srm_data.views.search import shown

if TYPE_CHECKING:
    import pandas as pd

    from srm_data.views.figures.picture import Picture

#: What chance of being right somebody gives an answer, by how sure they are.
_CHANCES: tuple[Callable[[Made], float], ...] = (
    lambda bet: 1 / len(bet.asked("en").options),
    lambda bet: 0.75,
    lambda bet: 1.0,
)
_SHOWN = 10  # rows of a table on the page; the DataFrames hold them all


@dataclass(frozen=True)
class ClassResults:
    """The bets of a class. A notebook shows it as tables without names; `with_names` has the names.

    `figure` draws the cells most often wrong, `of_lesson` is about one lesson, `save` writes a spreadsheet.
    """

    folder: str
    lang: str
    learners: tuple[str, ...]
    made: tuple[Made, ...]
    pages: tuple[tuple[str, str, tuple[str, ...]], ...]  # learner, file, sections left empty
    left_out: tuple[tuple[str, str], ...]  # file, reason
    lesson: int | None = None  # the only one that it is about

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
    def per_lesson(self) -> pd.DataFrame:
        """One row a lesson.

        Columns ``lesson``, ``title``, ``learners``, ``predictions``, ``right``, ``share`` (of those that
        were right, from 0 to 1) and ``certain_wrong`` (how often somebody was certain and wrong). Hand-ins
        are left out, since they hold only what was wrong.
        """
        return class_tables.per_lesson(self.made, self.lang)

    @property
    def per_learner(self) -> pd.DataFrame:
        """One row a learner, with names: ``learner``, ``lessons``, and the counts of `per_lesson`.

        ``hand_in`` holds the sections that were left empty on their page; it is empty where there is no page.
        """
        pages = {learner: self._sections(empty) or self._word("whole") for learner, _, empty in self.pages}
        return class_tables.per_learner(self.made, self.learners, pages)

    @property
    def with_names(self) -> tables.Html:
        """What is not for the projector: a table of learners, and the files that were skipped, by name."""
        return tables.Html(
            tables.render(
                "class_names.html",
                self.lang,
                learners=[*self.per_learner.itertuples(index=False)],
                pages=[(learner, self._sections(empty)) for learner, _, empty in self.pages],
                skipped=self.left_out,
            )
        )

    def of_lesson(self, lesson: int) -> ClassResults:
        """The same about one lesson.

        Args:
            lesson: its number.

        Raises:
            UnknownNameError: for a lesson that there is not.
        """
        known = class_tables.lesson_titles(self.lang)
        if lesson not in known:
            raise unknown_name("lesson", str(lesson), [str(one) for one in known])
        made = tuple(bet for bet in self.made if bet.asked("en").lesson == lesson)
        learners = tuple(dict.fromkeys(bet.learner for bet in made))
        return replace(self, made=made, learners=learners, pages=(), lesson=lesson)

    def save(self, file: str | os.PathLike[str]) -> Path:
        """Write everything as a spreadsheet (.xlsx), with names: keep it where only you can read it.

        Each table is a sheet. The same results give the same bytes. A file of that name that somebody else
        made or changed is left alone: the new one gets a number.

        Args:
            file: its name, such as "class.xlsx".

        Returns:
            The file that was written.

        Raises:
            ValueError: for a name that ends in something else than .xlsx.
            OSError: when it cannot be written.
        """
        target = Path(file)
        target = target if target.suffix else target.with_suffix(".xlsx")
        if target.suffix.lower() != ".xlsx":
            raise ValueError(say("only_xlsx", self.lang, file=target.name))
        tables_of = (self.missed(self.lang), self.per_lesson, self.per_learner)
        return write_own(target, class_sheet.workbook(self.lang, *tables_of, self.made, self.left_out))

    @property
    def calibration(self) -> pd.DataFrame:
        """How sure the class was against how right: a row a level, from "a guess" to "certain".

        Columns ``sure`` (in words), ``predictions``, ``right`` and ``share`` (of those that were right, from
        0 to 1). Predictions that do not say how sure are left out, and so are hand-ins, which hold only what
        was wrong.
        """
        import pandas as pd

        rows = [
            (word, len(bets), right, right / len(bets))
            for word, bets in zip(texts(self.lang)["bet"]["sures"], self._by_sure(), strict=True)
            if bets
            for right in [sum(bet.right for bet in bets)]
        ]
        return pd.DataFrame(rows, columns=["sure", "predictions", "right", "share"])

    @property
    def brier(self) -> float | None:
        """The Brier score of the class: 0 is always certain and right, 1 always certain and wrong.

        The mean square of the distance between the chance that somebody gave an answer and what it was: 1 for
        right, 0 for wrong. "Certain" is a chance of 1, "fairly sure" of 0.75, "a guess" of 1 in the number of
        answers.
        None without predictions that say how sure. Source: G. W. Brier, Verification of forecasts expressed
        in terms of probability, Monthly Weather Review 78 (1950), for one outcome.
        """
        found = [
            (bet.right - chance(bet)) ** 2
            for bets, chance in zip(self._by_sure(), _CHANCES, strict=True)
            for bet in bets
        ]
        return sum(found) / len(found) if found else None

    def _by_sure(self) -> list[list[Made]]:
        return [[bet for bet in self.made if bet.sure == sure and not bet.page] for sure in range(3)]

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
        about = self._about(self.lang)
        if not self.made:
            none = words["none"].format(folder=self.folder)
            return f"{about}{words['none_of_lesson']}" if about else str(none)
        missed = self.missed(self.lang)
        right = sum(bet.right for bet in self.made)
        said = [about + words["sum"].format(learners=self._learners(), bets=self._bets(), right=right)]
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
        return [one for one in self._asked(lang, cells=cells) if one.wrong]

    def _asked(self, lang: str, *, cells: bool) -> list[Missed]:
        """Questions (or cells of a matrix) that were asked, those most often wrong first."""
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
            found,
            # Of those that nobody had wrong, the one asked most comes first.
            key=lambda one: (-len(one.wrong), one.asked if one.wrong else -one.asked, -one.certain),
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

        Each bar is as long as the whole class, with the right answers and those who did not predict.

        Args:
            lang: "en" or "nl"; the language of the results when left out.
            theme: "light" or "dark".

        Raises:
            UnknownNameError: for an unknown language or theme.
        """
        lang = self.lang if lang is None else resolve_language(lang)
        foot = self._about(lang) + say("foot", lang, learners=self._learners(lang), bets=self._bets(lang))
        rows = self.missed(lang, cells=True) or self._asked(lang, cells=True)
        return class_figure.draw(rows, len(self.learners), foot, lang, theme)

    def __repr__(self) -> str:
        return self.sentence

    def _repr_html_(self) -> str:
        missed, brier = self.missed(self.lang), self.brier
        empty = Counter(self._sections([section]) for _, _, sections in self.pages for section in sections)
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
                    sures=self.calibration.itertuples(index=False),
                    brier="" if brier is None else shown(round(brier, 2), self.lang),
                    lessons=[*self.per_lesson.itertuples(index=False)],
                    pages=len(self.pages),
                    empty=empty.most_common(),
                    skipped=len(self.left_out),
                )
            )
        )

    def _about(self, lang: str) -> str:
        """The lesson that it is about, to stand before a sentence; empty where it is about all of them."""
        if self.lesson is None:
            return ""
        title = class_tables.lesson_titles(lang)[self.lesson]
        return f"{say('lesson', lang, n=self.lesson)}, {title}: "

    def _word(self, key: str) -> str:
        return str(texts(self.lang)["classroom"][key])

    def _sections(self, empty: Iterable[str]) -> str:
        return ", ".join(texts(self.lang)["hand_in"][section] for section in empty)

    def _learners(self, lang: str = "") -> str:
        return _count("learners", len(self.learners), lang or self.lang)

    def _bets(self, lang: str = "") -> str:
        return _count("bets", len(self.made), lang or self.lang)


def say(key: str, lang: str, **facts: object) -> str:
    """A sentence about a class, filled in."""
    return str(texts(lang)["classroom"][key].format(**facts))


def _count(key: str, n: int, lang: str) -> str:
    return say(f"{key}_one" if n == 1 else key, lang, n=n)
