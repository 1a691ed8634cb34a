"""The check of a table that the learner made with code: what was asked for, and what differs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from srm_data.core.baselines import defaults
from srm_data.core.compare import compare
from srm_data.core.language import join, resolve_language, texts, unknown_name
from srm_data.core.load import load_matrix
from srm_data.core.services import load_baselines
from srm_data.learning import exercise_view, progress_file
from srm_data.views.html import tables
from srm_data.views.still import Away, Still

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd


#: On a slide stands the line of code that is to be finished.
_AWAY = Away(lambda: [Still(task=True)], needs_kernel="code")


def check(exercise: str, answer: Any, lang: str | None = None) -> tables.Html:
    """Say whether a table that the learner made is the one that was asked for, and if not, what differs.

    Args:
        exercise: one of "moves" (the areas that leave the customer's list from IaaS to PaaS, as a
            DataFrame), "kept" (the areas that are the customer's in every column), "counts" (how many
            areas each party has per column), all about "azure-2026"; "on_by_default" (the share of
            features that is on by default in each family of controls, baselines v3.0).
        answer: what the learner made; ``...`` means not yet.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown exercise. A wrong answer raises nothing: it is told.
    """
    lang = resolve_language(lang)
    words = texts(lang)["exercise"]
    if exercise not in _WANTED:
        raise unknown_name("exercise", exercise, _WANTED)
    if answer is ...:  # kept is what was done before: Run All in a fresh copy undoes nothing
        return exercise_view.Told(exercise_view.verdict(False, words["todo"], lang), _AWAY)
    wanted = wanted_table(exercise, lang)
    fault = first_fault(answer, wanted, lang)
    told = progress_file.record("work", f"check.{exercise}", lang=lang, right=not fault)
    said = fault or _the_same(answer, wanted, lang)
    return exercise_view.Told(exercise_view.verdict(not fault, said, lang, told), _AWAY)


def wanted_table(exercise: str, lang: str) -> pd.DataFrame:
    """The table that an exercise asks for.

    Args:
        exercise: one of those that `check` knows.
        lang: "en" or "nl".
    """
    return _WANTED[exercise](lang)


def first_fault(answer: Any, wanted: pd.DataFrame, lang: str) -> str:
    """The first thing in which a table differs from the wanted one: type, labels or values.

    An empty string when they are the same. The order of rows and columns is not asked for.

    Args:
        answer: what the learner made; a Series counts as a table of one column.
        wanted: the right table.
        lang: "en" or "nl".
    """
    import pandas as pd

    words = texts(lang)["exercise"]
    if isinstance(answer, pd.Series) and len(wanted.columns) == 1:
        answer = answer.to_frame(wanted.columns[0])
    if not isinstance(answer, pd.DataFrame):
        return str(words["type"].format(type=type(answer).__name__))
    for axis, kind in (("index", words["rows"]), ("columns", words["columns"])):
        if fault := _differing_labels(getattr(answer, axis), getattr(wanted, axis), kind, lang):
            return fault
    rows, columns = [*answer.index], [*answer.columns]
    for i, row in enumerate(wanted.index):
        for j, column in enumerate(wanted.columns):
            value = answer.iloc[rows.index(row), columns.index(column)]
            if not _same(value, wanted.iloc[i, j]):
                return str(words["value"].format(row=row, column=column, value=value))
    return ""


def _differing_labels(answer: pd.Index, wanted: pd.Index, kind: str, lang: str) -> str:
    words = texts(lang)["exercise"]
    if answer.has_duplicates:
        return str(texts(lang)["error"]["double_label"].format(label=answer[answer.duplicated()][0]))
    theirs, ours = list(answer), list(wanted)
    missing = [str(x) for x in ours if x not in theirs]
    extra = [str(x) for x in theirs if x not in ours]
    if missing or extra:
        return " ".join(
            words[name].format(kind=kind, names=join(names if len(names) < 8 else [*names[:6], "…"], lang))
            for name, names in (("missing", missing), ("extra", extra))
            if names
        )
    return ""


def _the_same(answer: Any, wanted: pd.DataFrame, lang: str) -> str:
    """That it is the table that was asked for, and that another order is right as well."""
    words = texts(lang)["exercise"]
    moved = [*answer.index] != [*wanted.index] or [*getattr(answer, "columns", wanted)] != [*wanted.columns]
    return f"{words['same']} {words['order']}" if moved else str(words["same"])


def _same(value: Any, wanted: Any) -> bool:
    """Whether two cells of a table are equal; a missing one equals a missing one, a list no cell."""
    import pandas as pd

    if not pd.api.types.is_scalar(value):
        return False
    if pd.isna(value) or pd.isna(wanted):
        return bool(pd.isna(value) and pd.isna(wanted))
    if isinstance(wanted, float):  # a mean and a division may differ in the last digit
        return isinstance(value, int | float) and math.isclose(value, wanted)
    return bool(value == wanted)


_WANTED: dict[str, Callable[[str], pd.DataFrame]] = {
    "moves": lambda lang: compare("azure-2026", "IaaS", "PaaS", lang).query("before != after"),
    "kept": lambda lang: _kept(load_matrix("azure-2026", lang)),
    "counts": lambda lang: load_matrix("azure-2026", lang).apply(
        lambda column: column.value_counts(sort=False)
    ),
    "on_by_default": lambda lang: _on(load_baselines("v3.0", lang)),
}


def _on(baselines: pd.DataFrame) -> pd.DataFrame:
    return defaults(baselines)[["share"]].rename(columns={"share": "enabled_by_default"})


def _kept(matrix: pd.DataFrame) -> pd.DataFrame:
    return matrix[(matrix == matrix.iloc[0, 0]).all(axis=1)]
