"""Two matrices and the glossary as a text file that Anki imports: a question, and behind it the answer.

Anki's manual (docs.ankiweb.net/importing/text-files) tells of the lines that begin with ``#``. The id of a
card goes with it as its guid, so a later file corrects the card that somebody has and keeps when it is due.
A column names the deck, since Anki makes a deck that is not there only then. There is no ``#columns``: with
names in it Anki looks for fields that are called so, and in a Dutch Anki they are called otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from srm_data.core.glossary import glossary_terms
from srm_data.core.language import texts
from srm_data.core.shipped import shipped_matrix
from srm_data.files.inert_csv import as_csv
from srm_data.views.cell_facts import facts

if TYPE_CHECKING:
    from srm_data.core.glossary import Term
    from srm_data.core.matrix import Matrix

_text = partial(escape, quote=False)

#: The newest edition of Microsoft, and the one before it, which lessons 1 and 6 are about.
MATRICES = ("azure-2026", "azure-classic")


class Note(NamedTuple):
    """One card: its id, deck and tags, and both sides as HTML."""

    guid: str
    deck: str
    front: str
    back: str
    tags: str


def anki_deck(lang: str) -> bytes:
    """The text file of one language, in UTF-8."""
    columns = [
        f"{name} column:{i}" for i, name in enumerate(Note._fields, 1) if name in ("guid", "deck", "tags")
    ]
    head = ["separator:tab", "html:true", f"notetype:{texts(lang)['anki']['notetype']}", *columns]
    return ("".join(f"#{line}\n" for line in head) + as_csv(anki_notes(lang), between="\t")).encode()


def anki_notes(lang: str) -> list[Note]:
    """A card for each cell of `MATRICES`, and one for each word of the glossary."""
    words = texts(lang)
    top = words["export"]["category"]
    found = []
    for matrix in MATRICES:
        m = shipped_matrix(matrix, lang)
        found += list(_cells(m, f"{top}::{m.short}"))
    deck = f"{top}::{words['glossary']['title']}"
    return found + [_word(term, lang, deck) for term in glossary_terms(lang)]


def _cells(m: Matrix, deck: str) -> Iterator[Note]:
    words = texts(m.lang)
    for area, column, cell in m.walk():
        ask = words["anki"]["ask"].format(area=area.label, column=column.label, matrix=m.short)
        party = words["party"][cell.party]["label"] if cell.party else words["not_applicable"]["label"]
        told = [(fact.term, f"{fact.text}{fact.rest}") for fact in facts(m, cell)]
        yield Note(
            f"srm/{m.lang}/{m.id}/{area.id}/{column.id}",
            deck,
            _html(ask, area.about),
            "<br>".join([f"<b>{_text(party)}</b>", *(_line(*line, m.lang) for line in told)]),
            f"srm::{m.id} srm::{column.id}",
        )


def _word(term: Term, lang: str, deck: str) -> Note:
    ask = texts(lang)["anki"]["word"].format(word=term.name)
    return Note(
        f"srm/{lang}/glossary/{term.id}",
        deck,
        _html(ask),
        _html(*filter(None, (term.stands_for.strip("()"), term.meaning))),
        "srm::glossary",
    )


def _line(name: str, said: str, lang: str) -> str:
    """What is said of a thing, behind its name where it has one."""
    return _text(f"{name}{texts(lang)['colon']}{said}" if name else said)


def _html(first: str, *more: str) -> str:
    """Lines under each other, the first of them heavy."""
    return "<br>".join([f"<b>{_text(first)}</b>" if more else _text(first), *map(_text, more)])
