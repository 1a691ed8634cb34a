"""Which language the kit speaks, and the words it speaks it with (``locale/*.toml``)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from srm_data.core.vocabulary import LANGUAGES, UnknownNameError
from srm_data.files.kept_aside import read_toml
from srm_data.files.paths import LOCALE

_current = "en"


def use_language(lang: str) -> None:
    """Speak `lang` ("en" or "nl") wherever no ``lang=`` is given.

    Raises:
        UnknownNameError: for any other language, with the list of those there are.
    """
    global _current
    _current = resolve_language(lang)


def use_folder_language() -> None:
    """Speak the language the current folder is named after: ``nl`` is Dutch, ``en`` English.

    For notebooks of your own that lie side by side in two languages with the same code; Jupyter starts each
    in its own folder. The lessons say `use_language` instead, so that a copy elsewhere speaks their language.
    In a folder with another name the language stays as it was.
    """
    folder = Path.cwd().name
    if folder in LANGUAGES:
        use_language(folder)


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Speak `lang` inside a ``with``, and the language of before after it."""
    before = _current
    use_language(lang)
    try:
        yield
    finally:
        use_language(before)


def said_day(day: date, lang: str, *, year: bool = False) -> str:
    """A day as the language says it.

    Args:
        day: the day.
        lang: "en" or "nl".
        year: whether the year stands with it.

    >>> said_day(date(2026, 12, 3), "nl", year=True)
    '3 december 2026'
    """
    said = f"{day.day} {texts(lang)['date']['months'][day.month - 1]}"
    return f"{said} {day.year}" if year else said


def resolve_language(lang: str | None) -> str:
    """Return `lang` itself, or the language in use when it is None.

    >>> resolve_language("nl")
    'nl'
    """
    if lang is None:
        return _current
    if lang not in LANGUAGES:
        raise unknown_name("language", lang, LANGUAGES)
    return lang


@cache
def texts(lang: str) -> dict[str, Any]:
    """Every word a learner sees that is not lesson prose: the nested tables of ``locale/<lang>.toml``."""
    return read_toml(LOCALE / f"{lang}.toml")


def join(items: Iterable[str], lang: str) -> str:
    """Join names into running text.

    >>> join(["data", "devices", "accounts"], "nl")
    'data, devices en accounts'
    """
    *first, last = [*items] or [""]
    return f"{', '.join(first)} {texts(lang)['and']} {last}" if first else last


def kept_lines(wanted: Iterable[Path], made: Iterable[Path], lang: str) -> list[str]:
    """A sentence for each file that got another name, since somebody changed the one that was there.

    Args:
        wanted: the names that the files were to have.
        made: the names that they got, in the same order.
        lang: "en" or "nl".
    """
    said = texts(lang)["progress"]["kept_yours"]
    pairs = zip(wanted, made, strict=True)
    return [said.format(file=old.name, new=new.name) for old, new in pairs if old.name != new.name]


def nearest(value: object, allowed: Iterable[str]) -> str:
    """Return " Did you mean 'PaaS'?" for the name in `allowed` closest to `value`, or nothing."""
    if isinstance(value, int):  # two numbers may share a digit, but neither is misspelt
        return ""
    by_lower = {name.lower(): name for name in allowed}
    start = str(value).strip().lower()[:60]  # a longer text is no misspelt name
    close = get_close_matches(start, by_lower, n=1, cutoff=0.5)
    return " " + texts(_current)["error"]["guess"].format(guess=by_lower[close[0]]) if close else ""


def unknown_name(what: str, value: object, allowed: Iterable[str]) -> UnknownNameError:
    """Build the error for a name that is not among `allowed`, with the nearest guess.

    Args:
        what: what the name is of, as a key of ``[error.what]`` in the locale, such as "column".
        value: the name that was given.
        allowed: the names there are.

    >>> print(unknown_name("column", "PasS", ["IaaS", "PaaS", "SaaS"]))
    There is no column 'PasS'. Did you mean 'PaaS'? Choose from: IaaS, PaaS, SaaS.
    """
    allowed = list(allowed)
    words = texts(_current)["error"]
    head, choose = words["unknown"].split("|")  # the guess goes between
    head = head.format(what=words["what"][what], value=value)
    return UnknownNameError(f"{head}{nearest(value, allowed)}{choose.format(allowed=', '.join(allowed))}")
