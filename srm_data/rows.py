"""Find and order the rows of a long table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from srm_data.language import resolve_language, texts, unknown_name

if TYPE_CHECKING:
    import pandas as pd

#: A page: longer tables make a browser slow (100 rows 50 ms, 4,000 rows half a second).
PAGE = 100


def find_rows(
    table: pd.DataFrame, search: str = "", sort: str = "", descending: bool = False, lang: str | None = None
) -> pd.DataFrame:
    """The rows that hold every word of a search, in the order of one column.

    Args:
        table: any DataFrame.
        search: words, in any order and in capitals or not; each must stand somewhere in the row, as
            `shown` writes it.
        sort: name of the column to sort by; the order stays as it was when left out.
        descending: from high to low, or from Z to A. Missing values always come last.
        lang: "en" or "nl", for how values are shown; the language in use when left out.

    Returns:
        Rows of `table`, with its index and columns.

    Raises:
        UnknownNameError: for a column that is not there, or an unknown language.
    """
    lang = resolve_language(lang)
    if sort and sort not in table.columns:
        raise unknown_name("column", sort, map(str, table.columns))
    found = table
    if wanted := search.casefold().split():
        columns = [table[name].map(lambda value: shown(value, lang), na_action=None) for name in table]
        lines = [" ".join(map(str, line)).casefold() for line in zip(*columns, strict=True)]
        found = table[[all(word in line for word in wanted) for line in lines]]
    if sort:
        key = None if getattr(found[sort].dtype, "ordered", False) else _alphabetical
        found = found.sort_values(sort, ascending=not descending, kind="stable", key=key)
    return found


def shown(value: Any, lang: str) -> str:
    """A value as a table shows it: yes and no for booleans, a dash for what is missing or empty."""
    import pandas as pd

    if pd.api.types.is_scalar(value) and pd.isna(value):
        return "–"
    if str(value) in ("True", "False"):
        return str(texts(lang)["rows"]["yes" if str(value) == "True" else "no"])
    return str(value) or "–"


def _alphabetical(values: pd.Series) -> pd.Series:
    """Names without regard to capitals; numbers and booleans as they are."""
    if values.dtype == "category" or values.dtype == "str" or values.dtype == object:
        return values.astype("str").str.casefold()
    return values
