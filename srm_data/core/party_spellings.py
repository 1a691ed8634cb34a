"""How people write who is responsible: "Customer", "klant", "AWS", "Vendor + Customer".

The words of each language stand in the locale, the names of providers in ``data/matrices.csv``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from srm_data.core.dataset import read_table
from srm_data.core.language import texts, unknown_name
from srm_data.core.vocabulary import LANGUAGES, NOT_APPLICABLE, PARTIES

#: Spelling to party, as a teacher gives it to `read_matrix`: ``{"IBM": "provider"}``.
Spellings = Mapping[str, str | None]

_START = 50_000  # signs of a file that are enough to hear its language
_LONGEST = 200  # signs; a longer text names no party
_FOOTNOTE = "*†‡§¹²³⁰⁴⁵⁶⁷⁸⁹"
_REMARK = re.compile(r"([^()]+)\(([^()]*)\)")


@dataclass(frozen=True)
class Reading:
    """What a cell of somebody's table says."""

    party: str | None  # None where it does not apply
    remark: str = ""  # what stood behind it: a condition in brackets, or the sign of a footnote
    provider: str = ""  # the name by which it called the provider


def read_party(value: str, own: Spellings | None = None) -> Reading:
    """Read one cell.

    Args:
        value: what is written there.
        own: spellings that mean a party in this table, before all others.

    Raises:
        UnknownNameError: lists the parties.

    >>> read_party("Vendor + Customer").party, read_party("AWS (by default)")
    ('shared', Reading(party='provider', remark='by default', provider='AWS'))
    """
    mine = {_plain(name): party for name, party in (own or {}).items()}
    for words, remark in _with_and_without_remark(value):
        found = _look_up(words, mine)
        if found:
            names = mine.keys() | _provider_names()
            named = found == {"provider"} and all(x in names for x in _joined().split(_plain(words)))
            return Reading(_together(found), remark, words.strip() if named and len(words) > 1 else "")
    raise unknown_name("party", value, [*PARTIES, NOT_APPLICABLE])


def parse_party(value: Any) -> str | None:
    """Read a value of a DataFrame as a party, in either language; missing and "n/a" are None.

    A remark behind it is refused: a DataFrame has no place to keep it.

    >>> parse_party("Gedeeld"), parse_party("P"), parse_party("n/a")
    ('shared', 'provider', None)

    Raises:
        UnknownNameError: lists the parties.
    """
    if not isinstance(value, str):
        import pandas as pd

        if pd.api.types.is_scalar(value) and pd.isna(value):
            return None
    found = _look_up(str(value), {})
    if not found:
        raise unknown_name("party", value, [*PARTIES, NOT_APPLICABLE])
    return _together(found)


def checked_spellings(parties: Spellings | None) -> dict[str, str | None]:
    """The spellings that a teacher gave, with the parties as keys of the kit.

    Raises:
        UnknownNameError: for a meaning that is no party.

    >>> checked_spellings({"IBM": "leverancier"})
    {'IBM': 'provider'}
    """
    return {name: None if party is None else parse_party(party) for name, party in (parties or {}).items()}


def mixed_letters(values: Iterable[str], own: Spellings | None = None) -> tuple[str, str] | None:
    """A letter of one language that stands among words or letters of the other, and the first of those.

    C and G beside each other are *customer* and *gedeeld* to the kit, but to whoever wrote them perhaps
    Customer and Google; so nobody can tell what the letter means.

    >>> mixed_letters(["C", "G", "n/a"])
    ('G', 'C')
    >>> mixed_letters(["K", "G", "L"]) is None
    True
    """
    mine = {_plain(name) for name in own or {}}
    first: dict[str, str] = {}  # language to what spoke it first
    letters: dict[str, str] = {}
    for value in dict.fromkeys(values):
        for key in _named(value):
            spoken = _languages().get(key, set())
            if len(spoken) == 1 and key not in mine:
                (lang,) = spoken
                first.setdefault(lang, value)
                if len(key) == 1:
                    letters.setdefault(lang, value)
    if len(first) < 2 or not letters:
        return None
    lang = next(lang for lang in reversed(first) if lang in letters)  # the later one is the odd one
    return letters[lang], next(value for other, value in first.items() if other != lang)


def language_of(text: str, form: str = "headings") -> str | None:
    """The language whose words for the parties and headings stand in a text most often, if any.

    Args:
        text: the text of a table.
        form: which headings such a table has, as a key of ``[file]`` in the locale.

    >>> language_of("gebied;IaaS"), language_of("area;IaaS;klant"), language_of("area")
    ('nl', 'nl', None)
    """
    words = re.findall(r"\w+", text[:_START].casefold())
    counts = {lang: sum(word in _telling(lang, form) for word in words) for lang in LANGUAGES}
    most = max(counts.values())
    best = [lang for lang, count in counts.items() if count == most]
    return best[0] if len(best) == 1 else None


def language_of_file(file: Path, form: str = "headings") -> str | None:
    """The language of a file that somebody made, whatever it was saved as; see `language_of`."""
    try:
        with file.open("rb") as opened:
            start = opened.read(_START)
    except OSError:
        return None
    # Without its zeros UTF-16 reads alike.
    return language_of(start.replace(b"\0", b"").decode("latin-1"), form)


def _named(value: str) -> list[str]:
    """The spellings in a cell without its remark: of "C / P (by default)" the whole, and the letters."""
    *_, (words, _) = _with_and_without_remark(value)
    if len(words) > _LONGEST:
        return []
    whole = _plain(words)
    return [whole, *_joined().split(whole)]


@cache
def _telling(lang: str, form: str) -> set[str]:
    """Words that only a table in this language has."""
    words = texts(lang)
    parties = [words["party"][party]["word"] for party in PARTIES]
    said = {_plain(word) for word in (*parties, *words["file"][form])}
    return said - {*words["file"]["common_headings"]}


def _plain(text: str) -> str:
    """A spelling without what makes no difference: capitals, marks of Markdown, blanks, quotes."""
    text = " ".join(unicodedata.normalize("NFC", text).casefold().replace("’", "'").split())
    while len(text) > 2 and text[0] == text[-1] and text[0] in "*_`'\"":
        text = text[1:-1].strip()
    return text.rstrip(".") or text  # a mark alone is a sign of its own, not an empty cell


def _with_and_without_remark(value: str) -> Iterable[tuple[str, str]]:
    yield value, ""
    if remark := _REMARK.fullmatch(value.strip()):
        yield remark[1], remark[2].strip()
    bare = value.strip().rstrip(_FOOTNOTE)
    if bare and bare != value.strip():
        yield bare, value.strip()[len(bare) :]


def _look_up(text: str, own: Spellings) -> set[str | None]:
    """The parties a text names; nothing when one of its words is unknown."""
    if len(text) > _LONGEST:
        return set()
    found = _one(text, own)
    if found is not None:
        return found
    parts = [_one(part, own) for part in _joined().split(_plain(text))]
    if len(parts) == 1 or None in parts:
        return set()
    named = set().union(*(part or set() for part in parts))
    return named if named <= {"customer", "provider"} else set()  # "customer / shared" says two things


def _one(text: str, own: Spellings) -> set[str | None] | None:
    key = _plain(text)
    core = [word for word in key.removesuffix("'s").replace("'s ", " ").split() if word not in _around()]
    for spelling in (key, *([" ".join(core)] if core else [])):
        for known in (own, _spellings()):
            if spelling in known:
                return {known[spelling]}
    return None


def _together(parties: set[str | None]) -> str | None:
    return next(iter(parties)) if len(parties) == 1 else "shared"


@cache
def _spellings() -> dict[str, str | None]:
    """Every way to write a party: words and letters of both languages, names of providers, and n/a."""
    known: dict[str, str | None] = {NOT_APPLICABLE: None}
    for lang in LANGUAGES:
        for word in texts(lang)["not_applicable"]["spellings"]:
            known[_plain(word)] = None
        for party in PARTIES:
            known[party] = party
            known |= dict.fromkeys(_of_language(party, lang), party)
    return known | dict.fromkeys(_provider_names(), "provider")


def _of_language(party: str, lang: str) -> list[str]:
    entry = texts(lang)["party"][party]
    return [_plain(word) for word in (entry["word"], entry["letter"], *entry["spellings"])]


@cache
def _languages() -> dict[str, set[str]]:
    """The languages in which a spelling means a party."""
    spoken: dict[str, set[str]] = {}
    for lang in LANGUAGES:
        for party in PARTIES:
            for word in _of_language(party, lang):
                spoken.setdefault(word, set()).add(lang)
    return spoken


@cache
def _provider_names() -> frozenset[str]:
    """The providers whose tables ship with the kit: "microsoft", "red hat"."""
    neutral = {_plain(texts(lang)["own_matrix"]["provider"]) for lang in LANGUAGES}
    names: set[str] = set()
    for row in read_table("matrices"):
        for lang in LANGUAGES:
            both = (row[f"provider_short_{lang}"], row[f"provider_{lang}"])
            if _plain(both[0]) not in neutral:
                names |= {part for name in both for part in _joined().split(_plain(name))}
    return frozenset(names)


@cache
def _joined() -> re.Pattern[str]:
    """What stands between two parties that do something together: "/", "+", "and"."""
    words = "|".join(re.escape(word) for lang in LANGUAGES for word in texts(lang)["party_joins"])
    return re.compile(rf" ?[/+&,] ?| (?:{words}) ")


@cache
def _around() -> frozenset[str]:
    """Words that add nothing to a party: "customer's responsibility", "managed by AWS"."""
    return frozenset(word for lang in LANGUAGES for word in texts(lang)["party_around"])
