"""The security baselines as HTML tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from srm_data.core.baselines import MACHINE, by_host_access, defaults, patching, services_with, with_models
from srm_data.core.language import resolve_language, texts, unknown_name
from srm_data.core.services import baselines_about, family
from srm_data.core.vocabulary import NOT_APPLICABLE, PARTIES
from srm_data.views import sentences as say
from srm_data.views.html.engine import Html, render

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
    title = texts(lang)["baseline"]["defaults"]["title"].format(share=say.per_cent(counted))
    sentence = say.on_by_default(baselines, by, lang)
    rows = [(row.name, row.supported, row.on, row.share) for row in counted.itertuples(index=False)]
    return _baselines(
        "defaults",
        "v3.0",
        lang,
        title=title,
        sentence=sentence,
        rows=rows,
        by=by,
        sort=sort,
        direction=DEFAULT_SORTS[sort],
    )


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
    rows = [
        (service, row.model if isinstance(row.model, str) else "", keys.get(row.responsibility))
        for service, row in zip(found.index, found.itertuples(), strict=True)
    ]
    shown = [row for row in rows if party in (None, row[2] or NOT_APPLICABLE)]
    counts = say.count_parties(found["responsibility"])
    title = texts(lang)["baseline"]["patching"]["title"].format(n=len(rows), **counts)
    sentence = say.who_patches(baselines, lang)
    return _baselines(
        "patching",
        "v1.1",
        lang,
        title=title,
        sentence=sentence,
        rows=shown,
        sort=sort,
        direction=PATCHING_SORTS[sort],
    )


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
    services = services_with(baselines, access)
    counted = by_host_access(baselines)
    words = texts(lang)["baseline"]["access"]
    levels = list(dict.fromkeys(counted.index.get_level_values("host_access")))
    rows = [(level, [counted.loc[(name, level)] for name in MACHINE]) for level in levels]
    named = baselines[
        (baselines["host_access"] == access)
        & baselines["control_domain"].isin(MACHINE)
        & baselines["supported"].isna()
        & baselines["responsibility"].notna()
    ]
    return _baselines(
        "access",
        "v3.0",
        lang,
        title=words["title"],
        sentence=say.lose_the_os(baselines, lang),
        rows=rows,
        lit=access,
        families=[family(name, lang) for name in MACHINE],
        services=[
            (str(name), list(counts))
            for name, counts in zip(services.index, services.to_numpy(), strict=True)
        ],
        named=named["service"].astype(str).value_counts().to_dict(),
        parties=PARTIES,
    )


def _baselines(view: str, version: str, lang: str, **context: Any) -> Html:
    """A table of the baselines with what it does not say, its source and its edition."""
    about = baselines_about(version, lang)
    foot = say.baselines_foot(version, lang)
    return Html(render("baselines.html", lang, view=view, about=about, foot=foot, **context))
