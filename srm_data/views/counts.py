"""How many: areas of a matrix and rows of a table, as sentences and titles both say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data.core.compare import changes_by_area
from srm_data.core.language import resolve_language, texts
from srm_data.core.vocabulary import CHANGES

if TYPE_CHECKING:
    from srm_data.core.matrix import Area, Matrix


def count_areas(m: Matrix, n: int) -> str:
    """The number with its noun: "1 area", "4 areas", "9 layers"."""
    words = texts(m.lang)["sentence"]
    return str(words["one"][m.kind] if n == 1 else words["many"][m.kind].format(n=n))


def how_many(m: Matrix, n: int) -> str:
    """Such as "all 10 areas" or "4 of the 10 areas"."""
    words = texts(m.lang)["sentence"]
    name = "all" if n == len(m.areas) > 1 else "of"
    return str(words[name][m.kind].format(n=n, total=len(m.areas)))


def areas_by_change(matrix: Matrix, before: str, after: str) -> dict[str, list[Area]]:
    """The areas of each change in the order of `CHANGES`, empty lists included.

    Args:
        matrix: the matrix that has both columns.
        before: label or id of the column one comes from, such as "IaaS".
        after: label or id of the column one goes to.
    """
    changes = changes_by_area(matrix, before, after)
    return {change: [a for a in matrix.areas if changes[a.id] == change] for change in CHANGES}


def rows(found: int, all_rows: int, page: int, pages: int, lang: str | None = None) -> str:
    """How many rows a search found, and which page of them is shown.

    Args:
        found: rows that were found.
        all_rows: rows of the whole table.
        page: which page is shown, from 1.
        pages: how many pages there are; of a single one nothing is said.
        lang: "en" or "nl"; the language in use when left out.

    >>> rows(250, 4141, 2, 3, "en")
    '250 of 4,141 rows. Page 2 of 3.'
    """
    lang = resolve_language(lang)
    words = texts(lang)["rows"]
    said = str(words["found"].format(n=number(found, lang), all=number(all_rows, lang)))
    return said + (" " + words["page"].format(page=page, pages=pages) if pages > 1 else "")


def number(n: int, lang: str) -> str:
    """A number with its thousands marked.

    >>> number(1269, "en"), number(1269, "nl")
    ('1,269', '1.269')
    """
    return f"{n:,}".replace(",", texts(lang)["thousands"])
