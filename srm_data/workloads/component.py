"""A component of a workload: what it is called, what it is for and where it runs."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from srm_data.core.frames import as_matrix
from srm_data.core.language import resolve_language, texts, unknown_name
from srm_data.core.matrix import one_line
from srm_data.core.vocabulary import KINDS, LANGUAGES

if TYPE_CHECKING:
    from srm_data.core.frames import MatrixLike

#: The longest name or service in signs: an address of Terraform with its modules still fits.
LONGEST = 200


@dataclass(frozen=True)
class Component:
    """One part of a workload and where it runs.

    `model` is the id of a column of the matrix, or empty for a component that is not placed yet.

    Raises:
        ValueError: for a name that is empty, too long, or begins like a spreadsheet formula.
        UnknownNameError: for an unknown kind.
    """

    name: str
    kind: str = "other"
    service: str = ""
    model: str = ""

    def __post_init__(self) -> None:
        for part in ("name", "service"):
            object.__setattr__(self, part, fit(getattr(self, part), part))
        object.__setattr__(self, "kind", kind_of(self.kind or "other"))


def model_spellings(matrix: MatrixLike) -> dict[str, str]:
    """Labels and ids of the columns of a matrix in both languages, lower case, with the id."""
    found: dict[str, str] = {}
    for lang in LANGUAGES:
        for column in as_matrix(matrix, lang).columns:
            found |= {column.label.casefold(): column.id, column.id.casefold(): column.id}
    return found


def kind_of(name: str) -> str:
    """The id of a kind of component, by its id or its word in either language.

    >>> kind_of("Opslag"), kind_of("web")
    ('storage', 'web')

    Raises:
        UnknownNameError: lists the kinds.
    """
    wanted = plain_name(name).casefold()
    if wanted in KINDS:
        return wanted
    for lang in LANGUAGES:
        for kind, word in texts(lang)["kind"].items():
            if wanted == word.casefold():
                return str(kind)
    raise unknown_name("kind", name, [texts(resolve_language(None))["kind"][kind] for kind in KINDS])


@cache
def kinds() -> dict[str, str]:
    """Every way to write a kind, lower case, with its id."""
    words = [word for lang in LANGUAGES for word in texts(lang)["kind"].values()]
    return {word.casefold(): kind_of(word) for word in [*KINDS, *words]}


def plain_name(text: object) -> str:
    """A name on one line, every sign fit for XML, accents in one piece."""
    return unicodedata.normalize("NFC", one_line(text))


def fit(text: object, part: str) -> str:
    """`text` as a name or service that every file can hold.

    Raises:
        ValueError: when it is empty, too long or would be a formula in a spreadsheet.
    """
    said = plain_name(text)
    words = texts(resolve_language(None))
    if part == "name" and not said:
        raise ValueError(words["workload"]["no_name"])
    if len(said) > LONGEST:
        raise ValueError(words["file"]["too_long"].format(value=said[:60], limit=LONGEST))
    if said[:1] in tuple("=+-@"):
        raise ValueError(words["file"]["formula"].format(value=said[:60]))
    return said
