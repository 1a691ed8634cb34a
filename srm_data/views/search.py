"""Find and order the rows of a long table, and say in words what stands in its fields."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from srm_data.core.language import resolve_language, texts, unknown_name
from srm_data.core.vocabulary import PARTIES

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
        columns = [[shown(value, lang, str(name)) for value in table[name]] for name in table]
        lines = [" ".join(map(str, line)).casefold() for line in zip(*columns, strict=True)]
        found = table[[all(word in line for word in wanted) for line in lines]]
    if sort:
        key = None if getattr(found[sort].dtype, "ordered", False) else _alphabetical
        found = found.sort_values(sort, ascending=not descending, kind="stable", key=key)
    return found


def shown(value: Any, lang: str, field: str = "") -> str:
    """A value as a table shows it: a code of its field in words, yes and no, a dash for what is missing.

    Args:
        value: what stands in the field.
        lang: "en" or "nl".
        field: the heading of the column, for its codes; none when left out.
    """
    import pandas as pd

    if pd.api.types.is_scalar(value) and pd.isna(value):
        return "–"
    if word := code_words(lang).get(field, {}).get(str(value)):
        return word
    if isinstance(value, float):
        number = f"{value:.4g}" if abs(value) < 1000 else f"{value:.0f}"
        return number.replace(".", ",") if texts(lang)["thousands"] == "." else number
    if str(value) in ("True", "False"):
        return str(texts(lang)["rows"]["yes" if str(value) == "True" else "no"])
    return str(value) or "–"


def heading(field: str, lang: str) -> str:
    """What stands above a column: the words for a field of the data, or the name itself."""
    return str(texts(lang)["field"].get(field, field))


@cache
def code_words(lang: str) -> dict[str, dict[str, str]]:
    """What the codes of each field are called: ``code_words("nl")["failed_party"]["both"]`` is "Allebei"."""
    words = texts(lang)
    party = {key: words["party"][key]["word"] for key in PARTIES}
    source = words["code"]["parts_basis"]
    plans = {"before": words["workload"]["before"]}
    plans |= {plan: words["workload"][f"plan_{plan}"] for plan in ("a", "b")}
    return {
        **dict.fromkeys(("party", "before", "after", "responsibility"), party),
        **dict.fromkeys(("side", "does", "accountable"), party),
        "axis": words["code"]["axis"],
        "basis": _words(words["basis"]) | words["code"]["basis"],
        "change": _words(words["change"]) | _words(words["edition_change"]),
        "confidence": words["confidence"],
        "failed_party": {key: said["label"] for key, said in words["incident"]["failed"].items()},
        "host_access": words["host_access"],
        "kind": words["kind"] | _words(words["service_kind"]) | words["code"]["kind"],
        "model": _words(words["service_model"]),
        "other_side_basis": source,
        "parts_basis": source,
        "plan": plans,
        "sure": dict(zip("012", words["bet"]["sures"], strict=True)),
    }


def _words(entries: dict[str, dict[str, str]]) -> dict[str, str]:
    return {key: entry["word"] for key, entry in entries.items()}


def _alphabetical(values: pd.Series) -> pd.Series:
    """Names without regard to capitals; numbers and booleans as they are."""
    if values.dtype == "category" or values.dtype == "str" or values.dtype == object:
        return values.astype("str").str.casefold()
    return values
