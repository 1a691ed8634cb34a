"""What the components of one matrix or several are given: their content as plain JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from srm_data.core.language import texts
from srm_data.core.services import baselines_about
from srm_data.core.vocabulary import MOVES, PARTIES
from srm_data.views import matrix_content as content
from srm_data.views import sentences as say
from srm_data.views.cell_facts import facts
from srm_data.views.html.widths import measures
from srm_data.views.search import PAGE, find_rows, heading, shown

if TYPE_CHECKING:
    import pandas as pd

    from srm_data.core.matrix import Matrix
    from srm_data.views.content import Content, Fact

#: What the control of one matrix or another leaves out unless it is told of.
_ALWAYS_OFFERED = ("stop doing", "now shared", "still do")


def explore(matrices: Sequence[Matrix], lang: str, *, covered: bool = False) -> dict[str, Any]:
    """The content of ``<srm-explore>``.

    Args:
        matrices: those to choose from.
        lang: "en" or "nl".
        covered: whether a column shows its parties only when its heading is chosen.
    """
    told: dict[str, int] = {}
    made = [_explored(m, told) for m in matrices]
    return {
        "lang": lang,
        "words": words_json(lang, "matrix"),
        "parties": parties_json(lang),
        "covered": covered,
        "matrices": made,
        "told": [json.loads(one) for one in told],
    }


def what_if(matrices: Sequence[Matrix], lang: str) -> dict[str, Any]:
    """The content of ``<srm-what-if>``.

    Args:
        matrices: those to choose from, of two columns or more.
        lang: "en" or "nl".
    """
    return {
        "lang": lang,
        "words": words_json(lang, "before", "after", "matrix"),
        "parties": parties_json(lang),
        "matrices": [_moved(m) for m in matrices],
    }


def prepared(
    views: Sequence[str],
    lang: str,
    *,
    pick: tuple[str, Sequence[str]] | None = None,
    as_list: bool = False,
    parties: str = "",
    sorts: bool = False,
    orders: dict[int, Sequence[str]] | None = None,
) -> dict[str, Any]:
    """The content of ``<srm-tables>``: tables of which one choice shows one.

    Args:
        views: the tables as HTML of the kit's own templates, everything in it escaped.
        lang: "en" or "nl".
        pick: the label of the choice and its options, one a view; None for one view.
        as_list: whether the options stand in a drop-down, for many.
        parties: the label of a filter by the party of a row; "" for none.
        sorts: whether the headings of a view sort its rows.
        orders: the words of a column, by its number, in the order in which they sort.
    """
    made: dict[str, Any] = {"lang": lang, "views": [*views], "sorts": sorts, "orders": orders or {}}
    made["words"] = words_json(lang) | {"rows": texts(lang)["rows"]["found"]}
    if pick:
        label, options = pick
        made["pick"] = {"label": label, "options": [*options], "kind": "list" if as_list else "segments"}
    if parties:
        said = texts(lang)["party"]
        options = [texts(lang)["lab"]["all"], *(said[party]["label"] for party in PARTIES)]
        options.append(texts(lang)["not_applicable"]["label"])
        keys = ["", *(party[0] for party in PARTIES), "n"]
        made["filter"] = {
            "label": parties,
            "options": options_json(zip(keys, options, strict=True)),
        }
    return made


def browse(table: pd.DataFrame, lang: str) -> dict[str, Any]:
    """The content of ``<srm-browse>``: each column as its values, once each, and where each row has which.

    Args:
        table: any DataFrame; its columns are shown, its index is not.
        lang: "en" or "nl".
    """
    words = texts(lang)
    version = table.attrs.get("baselines")
    said = {
        name: words["rows"][name] for name in ("search", "example", "back", "on", "found", "page", "nothing")
    }
    said |= {"thousands": words["thousands"], "careful": words["baseline"]["careful"]}
    return {
        "lang": lang,
        "words": words_json(lang) | said,
        "rows": len(table),
        "page": PAGE,
        "columns": [_column(table[name], str(name), lang) for name in table],
        "caution": baselines_about(version, lang)["caution"] if version else "",
        "foot": say.baselines_foot(version, lang) if version else "",
    }


def _column(values: pd.Series, name: str, lang: str) -> dict[str, Any]:
    """A column: what it says, the place of each of its values in the order, and which one each row has.

    A missing value has the place -1.
    """
    said = [shown(value, lang, name) for value in values]
    first: dict[str, int] = {}
    for row, text in enumerate(said):
        first.setdefault(text, row)
    once = values.iloc[[*first.values()]].reset_index(drop=True)
    places = {at: place for place, at in enumerate(find_rows(once.to_frame(), sort=str(values.name)).index)}
    numbers = {text: n for n, text in enumerate(first)}
    return {
        "label": heading(name, lang),
        "values": [*first],
        "rank": [-1 if missing else places[at] for at, missing in enumerate(once.isna())],
        "at": [numbers[text] for text in said],
    }


def facts_json(told: Iterable[Fact]) -> list[dict[str, Any]]:
    """Terms with what is said of them, as JSON without what is empty."""
    return [_plain(fact) for fact in told]


def legend_json(made: Content) -> dict[str, Any]:
    """The key of a view: each party with what it means, and what the marks mean."""
    words = texts(made.lang)
    entries = []
    for party in made.parties:
        said = words["party"].get(party)
        text = (said["runs" if made.runs else "key"]) if said else words["not_applicable"]["key"]
        entries.append(
            {"party": party, "letter": (said or {}).get("letter", words["not_applicable"]["label"])}
            | {"text": text}
        )
    marks = content.marks_told(made)
    return {"legend": entries} | ({"marks": marks} if marks else {})


def parties_json(lang: str) -> dict[str, dict[str, str]]:
    """How the cell of each party looks, by the sign that stands for it in a row."""
    words = texts(lang)["party"]
    made = {party: content.named_party(party, lang) for party in (*PARTIES, "none")}
    return {
        party[0]: {"party": party, "letter": cell.letter, "text": cell.text}
        | ({name: words[party][name] for name in ("word", "who")} if party in words else {})
        for party, cell in made.items()
    }


def _explored(m: Matrix, told: dict[str, int]) -> dict[str, Any]:
    """One matrix; what is told of its cells goes into `told`, where many share one."""
    whole = content.matrix(m)
    models = [content.model(m, column.id) for column in m.columns]
    made = table_json(m, whole)
    for row, area in zip(made["rows"], m.areas, strict=True):
        said = [facts_json(facts(m, m.cell(area, column), source=False)) for column in m.columns]
        row["told"] = [told.setdefault(json.dumps(one), len(told)) for one in said]
    for column, view in zip(made["columns"], models, strict=True):
        column |= {"title": view.title, "sentence": view.sentence}
    made |= {"question": whole.question}  # its title would give away what is covered
    if m.notes:
        about = content.about(m)
        made["notes"] = {
            "title": about.title,
            "lines": facts_json(about.notes),
            "facts": facts_json(about.facts),
        }
    return made


def _moved(m: Matrix) -> dict[str, Any]:
    words = texts(m.lang)["change"]
    made = table_json(m, content.matrix(m))
    labels = [column.label for column in m.columns]
    start = labels.index("IaaS") if "IaaS" in labels[:-1] else 0
    changes = [
        {"key": change, "label": said["label"], "meaning": said["meaning"], "moves": change in MOVES}
        | {"always": change in _ALWAYS_OFFERED}
        for change, said in words.items()
    ]
    return made | {
        "changes": [*changes, {"key": "", "label": "", "meaning": "", "moves": False, "always": False}],
        "start": [start, start + 1],
        "moves": [[_move(m, a.id, b.id) for b in m.columns] for a in m.columns],
    }


def _move(m: Matrix, before: str, after: str) -> dict[str, Any]:
    groups = say.areas_by_change(m, before, after)
    change_of = {area.id: change for change, areas in groups.items() for area in areas}
    return {
        "title": say.what_if_title(m, before, after),
        "sentence": say.what_if(m, before, after, m.lang),
        "changes": [change_of.get(area.id, "") for area in m.areas],
    }


def table_json(m: Matrix, made: Content) -> dict[str, Any]:
    """The rows and columns of a matrix, its key and its foot."""
    table = made.tables[0]
    (corner, *heads), *rows = table.rows
    looks, style = measures(table)
    return {
        "short": m.short,
        "area": corner.text,
        "measured": looks,
        "measures": style,
        "columns": [{"label": head.text} | ({"aside": head.aside} if head.aside else {}) for head in heads],
        "rows": [
            {"label": name.text, "cells": [cell.party[:1] + cell.mark + cell.roles for cell in cells]}
            | ({"about": name.about} if name.about else {})
            for name, *cells in rows
        ],
        "foot": made.feet[0],
        **legend_json(made),
    }


def words_json(lang: str, *labels: str) -> dict[str, str]:
    """The words of the components, and some of the labels that every view uses."""
    label = texts(lang)["label"]
    return {
        **texts(lang)["component"],
        **{name: label[name] for name in (*labels, "note", "disputed", "roles_told")},
    }


def options_json(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """What there is to choose: the key and the label of each option.

    Args:
        pairs: key and label.
    """
    return [{"key": key, "label": label} for key, label in pairs]


def _plain(one: Fact) -> dict[str, Any]:
    found = {field.name: getattr(one, field.name) for field in fields(one)}
    return {name: value for name, value in found.items() if value}
