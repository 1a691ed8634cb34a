"""The report on a class: the questions, cells and beliefs that went wrong most, in tables and words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from srm_data.core.language import resolve_language, texts
from srm_data.learning import class_figure
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
        lang = self.lang if lang is None else resolve_language(lang)
        foot = say("foot", lang, learners=self._learners(lang), bets=self._bets(lang))
        return class_figure.draw(self.missed(lang, cells=True), self.made, foot, lang, theme)

    def _repr_html_(self) -> str:
        missed, brier = self.missed(self.lang), self.brier
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


def say(key: str, lang: str, **facts: object) -> str:
    """A sentence about a class, filled in."""
    return str(texts(lang)["classroom"][key].format(**facts))


def _count(key: str, n: int, lang: str) -> str:
    return say(f"{key}_one" if n == 1 else key, lang, n=n)
