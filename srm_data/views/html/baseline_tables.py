"""The security baselines as HTML tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from srm_data.core.baselines import MACHINE, by_host_access, defaults, patching, services_with, with_models
from srm_data.core.language import resolve_language, texts, unknown_name
from srm_data.core.services import baselines_about, family
from srm_data.core.vocabulary import NOT_APPLICABLE, PARTIES
from srm_data.views import sentences as say
from srm_data.views.content import Content, Fact, Said, Table, TableCell
from srm_data.views.html.engine import Html, show
from srm_data.views.matrix_content import head, named_party

if TYPE_CHECKING:
    import pandas as pd

#: How the tables of the baselines can be sorted, and which way each goes.
DEFAULT_SORTS = {"name": "ascending", "supported": "descending", "on": "descending", "share": "descending"}
PATCHING_SORTS = {"service": "ascending", "model": "ascending", "answer": "ascending"}


def on_by_default(
    baselines: pd.DataFrame, by: str = "control_domain", sort: str = "name", lang: str | None = None
) -> Html:
    """How many security features are on by default, a row a family of controls or a service.

    Args:
        baselines: rows of v3.0, from `load_baselines`.
        by: "control_domain" or "service".
        sort: "name", "supported", "on" or "share"; numbers begin with the highest.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for another `by` or `sort`.
        ValueError: for rows of another version.
    """
    lang = resolve_language(lang)
    if sort not in DEFAULT_SORTS:
        raise unknown_name("order", sort, DEFAULT_SORTS)
    counted = defaults(baselines, by)
    name = counted.index.map(lambda label: family(str(label), lang))
    counted = counted.assign(name=name.astype(str)).sort_values("name", key=lambda x: x.str.casefold())
    if sort != "name":
        counted = counted.sort_values(sort, ascending=False, kind="stable")
    words = texts(lang)["baseline"]["defaults"]
    labels = {"name": words["by"][by], **{key: words[key] for key in ("supported", "on", "share")}}
    rows = [
        (head(str(name)), TableCell(str(supported)), TableCell(str(on)), _share(share))
        for name, supported, on, share in zip(
            *(counted[column].tolist() for column in ("name", "supported", "on", "share")), strict=True
        )
    ]
    title = words["title"].format(share=say.per_cent(counted))
    table = Table((_sorted(labels, sort, DEFAULT_SORTS), *rows), title, "rows")
    return show(_shown("v3.0", lang, title, say.on_by_default(baselines, by, lang), table))


def who_patches(
    baselines: pd.DataFrame, party: str | None = None, sort: str = "service", lang: str | None = None
) -> Html:
    """Who patches the operating system, a row a service, beside the model on which we placed it.

    Args:
        baselines: rows of v1.1, from `load_baselines`.
        party: only services where this is the answer: "customer", "shared", "provider" or "n/a".
        sort: "service", "model" or "answer".
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for another party or sort.
        ValueError: for rows of another version.
    """
    lang = resolve_language(lang)
    if sort not in PATCHING_SORTS:
        raise unknown_name("order", sort, PATCHING_SORTS)
    if party not in (choices := (None, *PARTIES, NOT_APPLICABLE)):
        raise unknown_name("party", party, filter(None, choices))
    found = with_models(patching(baselines), "v1.1", lang)
    if sort != "service":
        found = found.sort_values({"answer": "responsibility"}.get(sort, sort), kind="stable")
    keys = dict(zip(found["responsibility"].cat.categories, PARTIES, strict=True))
    words = texts(lang)
    said = words["baseline"]["patching"]
    rows = [
        (head(service), TableCell(row.model if isinstance(row.model, str) else "–"), named_party(key, lang))
        for service, row in zip(found.index, found.itertuples(), strict=True)
        for key in [keys.get(row.responsibility)]
        if party in (None, key or NOT_APPLICABLE)
    ]
    labels = {"service": words["label"]["service"], "model": said["model"], "answer": said["answer"]}
    counts = say.count_parties(found["responsibility"])
    title = said["title"].format(n=len(found), **counts)
    table = Table((_sorted(labels, sort, PATCHING_SORTS), *rows), title, "rows")
    return show(_shown("v1.1", lang, title, say.who_patches(baselines, lang), table))


def lose_the_os(baselines: pd.DataFrame, access: str = "full", lang: str | None = None) -> Html:
    """Controls on the machine by what access the customer has to it, and the services behind one row.

    Args:
        baselines: rows of v3.0, from `load_baselines`.
        access: which services to list: "full", "read-only" or "none".
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for another access.
        ValueError: for rows of another version.
    """
    lang = resolve_language(lang)
    services, counted = services_with(baselines, access), by_host_access(baselines)
    words = texts(lang)["baseline"]["access"]
    levels = list(dict.fromkeys(counted.index.get_level_values("host_access")))
    families = [family(name, lang) for name in MACHINE]
    features = [head(name, aside=words["features"]) for name in families]
    rows = [
        (
            head(
                texts(lang)["host_access"][level],
                lit=level == access,
                aside=words["chosen"] if level == access else "",
            ),
            TableCell(str(counted.loc[(MACHINE[0], level)].services)),
            *(_with_parties(counted.loc[(name, level)], lang) for name in MACHINE),
        )
        for level in levels
    ]
    heads = (head(words["access"]), head(words["services"]), *features)
    tables = [Table((heads, *rows), words["title"], "rows")]
    these = words["these"][access].format(n=len(services))
    notes: tuple[Fact, ...] = ()
    if access == "none":
        notes = (Fact("", ", ".join(map(str, services.index))),)
    else:
        listed = [
            (head(str(name)), *(TableCell(str(n)) for n in counts))
            for name, counts in zip(services.index, services.to_numpy(), strict=True)
        ]
        tables.append(Table(((head(texts(lang)["label"]["service"]), *features), *listed), these, "rows"))
    named = baselines[
        (baselines["host_access"] == access)
        & baselines["control_domain"].isin(MACHINE)
        & baselines["supported"].isna()
        & baselines["responsibility"].notna()
    ]
    names = ", ".join(f"{name} ({n})" for name, n in named["service"].astype(str).value_counts().items())
    remarks = (f"{words['named']} {names}.",) if names else ()
    sentence = say.lose_the_os(baselines, lang)
    shown = _shown("v3.0", lang, words["title"], sentence, *tables)
    return show(replace(shown, remarks=remarks, notes=notes, notes_title=these if notes else ""))


def _sorted(labels: dict[str, str], sort: str, ways: dict[str, str]) -> tuple[TableCell, ...]:
    """The headings, of which one says that the rows go by it."""
    return tuple(head(label, sorted=ways[key] if key == sort else "") for key, label in labels.items())


def _share(share: float) -> TableCell:
    percent = round(100 * share)
    return TableCell(f"{percent} %", share=percent)


def _with_parties(counts: Any, lang: str) -> TableCell:
    """How many controls there are, and how many of them each party has."""
    n = int(counts["supported"])
    says = tuple(Said(party, str(counts[party])) for party in PARTIES if counts[party]) if n else ()
    letters = texts(lang)["party"]
    aside = " ".join(f"{letters[said.party]['letter']} {said.text}" for said in says)
    return TableCell(str(n), aside=aside, says=says)


def _shown(version: str, lang: str, title: str, sentence: str, *tables: Table) -> Content:
    """Tables of the baselines with what they do not say, their source and their edition."""
    about, foot = baselines_about(version, lang), say.baselines_foot(version, lang)
    return Content(title, sentence, tables=tables, caution=about["caution"], feet=(foot,), lang=lang)
