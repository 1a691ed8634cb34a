"""Any DataFrame or Series as a table to read: whole texts, words for codes, in the language of the lesson."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from srm_data.core.language import resolve_language, texts
from srm_data.views.content import Content, Table, TableCell
from srm_data.views.html.engine import Html, render
from srm_data.views.html.widths import cards, widest
from srm_data.views.matrix_content import head, named_party
from srm_data.views.search import PAGE, code_words, heading, shown

if TYPE_CHECKING:
    import pandas as pd

_LONG = 24  # a text of more signs takes more than one line
_PARTY, _TEXT = 10.0, 12.0  # room for the word of a party, and for a text on several lines, in em


@dataclass(frozen=True)
class _Column:
    """A column in words; `parties` holds the party of each row where every value is one."""

    heading: str
    values: list[str]
    parties: list[str | None]

    @property
    def need(self) -> float:
        """How wide it has to be, in em."""
        least = widest([self.heading], bold=True)
        if self.parties:
            return max(_PARTY, least + 1)
        room = _TEXT if any(len(value) > _LONG for value in self.values) else 0
        return 1 + max(room, least, widest(self.values))

    @property
    def card(self) -> float:
        """How wide it has to be where it stands in a card, in em: a long text has all of it."""
        if any(len(value) > _LONG for value in self.values):
            return 0
        return max(0.84 * widest([self.heading]) + 1, _PARTY if self.parties else widest(self.values) + 1)


def show(frame: pd.DataFrame | pd.Series, lang: str | None = None) -> Html:
    """A DataFrame or Series as a table to read, as every lesson shows one.

    Headings and codes are in words; texts are whole and wrap. What is no field of the kit's data keeps
    its own name. Of a long table the first hundred rows are shown, and that is said.

    Args:
        frame: what `load_cells`, `compare` or a line of pandas gives.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown language.
        TypeError: for anything that is neither a DataFrame nor a Series.
    """
    import pandas as pd

    lang = resolve_language(lang)
    if isinstance(frame, pd.Series):
        frame = frame.to_frame("value" if frame.name is None else frame.name)
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(texts(lang)["frame"]["type"].format(type=type(frame).__name__))
    part = frame.head(PAGE)
    columns = [_column(name, values, lang) for name, values in _named(part)]
    words = texts(lang)["frame"]
    body = render(
        "frame.html",
        lang,
        columns=columns,
        rows=range(len(part)),
        fit=cards(sum(column.need for column in columns)),
        card=max([9.5, *(column.card for column in columns)]),
        name=words["name"].format(n=len(frame), columns=len(columns)),
        more=words["more"].format(n=PAGE, all=len(frame)) if len(frame) > PAGE else "",
        long=_LONG,
    )
    return Html(body, _content(columns, len(part), lang))


def _content(columns: list[_Column], n: int, lang: str) -> Content:
    heads = tuple(head(column.heading) for column in columns)
    lines = [[column.values[i] for column in columns] for i in range(n)]  # noqa: PD011 - no DataFrame
    coloured = [[column.parties[i] if column.parties else None for column in columns] for i in range(n)]
    rows = [
        tuple(
            named_party(party, lang) if party else TableCell(value, head=k == 0)
            for k, (value, party) in enumerate(zip(values, parties, strict=True))
        )
        for values, parties in zip(lines, coloured, strict=True)
    ]
    return Content("", tables=(Table((heads, *rows), kind="frame"),), lang=lang)


def _named(frame: pd.DataFrame) -> list[tuple[str, list[Any]]]:
    """The columns with their names, those of the index first; mere numbers of rows are left out."""
    index = frame.index
    levels = [(_name(name), list(index.get_level_values(i))) for i, name in enumerate(index.names)]
    columns = [(_name(name), list(frame.iloc[:, i])) for i, name in enumerate(frame.columns)]
    return [*(levels if _told(index) else []), *columns]


def _told(index: pd.Index) -> bool:
    """Whether an index says something: it has a name, or holds more than numbers."""
    return any(name is not None for name in index.names) or index.dtype.kind not in "iu"


def _name(name: Any) -> str:
    if name is None:
        return ""
    return " · ".join(map(str, name)) if isinstance(name, tuple) else str(name)


def _column(name: str, values: list[Any], lang: str) -> _Column:
    spoken = {word: party for party, word in code_words(lang)["party"].items()}
    told = [shown(value, lang, name) for value in values]
    parties = [spoken.get(value) for value in told]
    coloured = any(parties) and all(value in spoken or value == "–" for value in told)
    return _Column(heading(name, lang) if name else "", told, parties if coloured else [])
