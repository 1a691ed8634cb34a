"""The predictions of a class counted: by lesson, and by learner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from srm_data.core.dataset import rows_where

if TYPE_CHECKING:
    import pandas as pd

    from srm_data.learning.class_bets import Made

_CERTAIN = 2
_COUNTS = ("predictions", "right", "share", "certain_wrong")


def lesson_titles(lang: str) -> dict[int, str]:
    """The short title of each lesson, by its number.

    Args:
        lang: "en" or "nl".
    """
    return {int(row["number"]): row[f"short_{lang}"] for row in rows_where("lessons") if row["number"]}


def per_lesson(made: Iterable[Made], lang: str) -> pd.DataFrame:
    """One row a lesson; see `ClassResults.per_lesson`.

    Args:
        made: all bets of the class.
        lang: of the titles, "en" or "nl".
    """
    import pandas as pd

    groups: dict[int, list[Made]] = {}
    for bet in made:
        if not bet.page:
            groups.setdefault(bet.asked("en").lesson, []).append(bet)
    titles = lesson_titles(lang)
    rows = [
        (lesson, titles[lesson], len({bet.learner for bet in groups[lesson]}), *_counts(groups[lesson]))
        for lesson in sorted(groups)
    ]
    return pd.DataFrame(rows, columns=["lesson", "title", "learners", *_COUNTS])


def per_learner(made: Iterable[Made], learners: Iterable[str], pages: Mapping[str, str]) -> pd.DataFrame:
    """One row a learner, in the order of their names; see `ClassResults.per_learner`.

    Args:
        made: all bets of the class.
        learners: everybody of whom there is a file.
        pages: what was left empty on the page of each learner who handed one in.
    """
    import pandas as pd

    groups: dict[str, list[Made]] = {learner: [] for learner in sorted(learners, key=str.casefold)}
    for bet in made:
        if not bet.page:
            groups[bet.learner].append(bet)
    rows = [
        (learner, _numbers(bet.asked("en").lesson for bet in bets), *_counts(bets), pages.get(learner, ""))
        for learner, bets in groups.items()
    ]
    found = pd.DataFrame(rows, columns=["learner", "lessons", *_COUNTS, "hand_in"])
    return found.astype({"share": "Float64"})


def _counts(bets: Sequence[Made]) -> tuple[int, int, float | None, int]:
    right = sum(bet.right for bet in bets)
    certain = sum(bet.sure == _CERTAIN and not bet.right for bet in bets)
    return len(bets), right, right / len(bets) if bets else None, certain


def _numbers(lessons: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(set(lessons))))
