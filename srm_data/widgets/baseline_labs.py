"""The labs of lesson 8: choose how to count and how to sort, and see Microsoft's baselines so.

Every state is prepared from `tables` and linked in the browser, as in `explore`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import ipywidgets as w

from srm_data.core.baselines import GROUPS
from srm_data.core.language import resolve_language, texts
from srm_data.core.services import load_baselines, load_services
from srm_data.core.vocabulary import NOT_APPLICABLE, PARTIES
from srm_data.views.html import tables
from srm_data.views.still import Away, Still
from srm_data.widgets.explore import Shared, View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def on_by_default(lang: str | None = None) -> View:
    """How many security features are on by default: by family of controls, or by service; sorted at will.

    The families count all 118 services of the baselines v3.0, the services are those of
    `load_services`.

    Args:
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown language.
    """
    lang = resolve_language(lang)
    words = texts(lang)["lab"]
    shared = Shared()
    baselines = load_baselines("v3.0", lang)
    taught = baselines[baselines["service"].isin(load_services(lang)["name_v3_0"])]
    rows = {"control_domain": baselines, "service": taught}
    group = _radio(words["by"], (words["groups"][by] for by in GROUPS), shared)
    sort = _radio(words["sort"], (words["sorts"][name] for name in tables.DEFAULT_SORTS), shared)
    views = [
        shared.linked(
            [
                shared.html(tables.on_by_default(rows[by], by, name, lang).body)
                for name in tables.DEFAULT_SORTS
            ],
            sort,
        )
        for by in GROUPS
    ]
    first = partial(tables.on_by_default, baselines, lang=lang)
    return _lab([shared.row([group, sort]), shared.linked(views, group)], first, lang, shared)


def who_patches(lang: str | None = None) -> View:
    """Who patches the operating system of 64 services (baselines v1.1): choose an answer, sort at will.

    Args:
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown language.
    """
    lang = resolve_language(lang)
    words = texts(lang)["lab"]
    shared = Shared()
    baselines = load_baselines("v1.1", lang)
    answers = (None, *PARTIES, NOT_APPLICABLE)
    labels = [
        words["all"],
        *(texts(lang)["party"][party]["label"] for party in PARTIES),
        texts(lang)["not_applicable"]["label"],
    ]
    answer = _radio(words["show"], labels, shared)
    sort = _radio(words["sort"], (words["sorts"][name] for name in tables.PATCHING_SORTS), shared)
    views = [
        shared.linked(
            [
                shared.html(tables.who_patches(baselines, party, name, lang).body)
                for name in tables.PATCHING_SORTS
            ],
            sort,
        )
        for party in answers
    ]
    first = partial(tables.who_patches, baselines, lang=lang)
    return _lab([shared.row([answer, sort]), shared.linked(views, answer)], first, lang, shared)


def lose_the_os(lang: str | None = None) -> View:
    """What becomes of the controls on a machine as the customer's access to it goes (baselines v3.0).

    Args:
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown language.
    """
    lang = resolve_language(lang)
    shared = Shared()
    baselines = load_baselines("v3.0", lang)
    levels = list(reversed(baselines["host_access"].cat.categories))
    access = _radio(
        texts(lang)["baseline"]["access"]["access"],
        (texts(lang)["host_access"][level] for level in levels),
        shared,
    )
    views = [shared.html(tables.lose_the_os(baselines, level, lang).body) for level in levels]
    first = partial(tables.lose_the_os, baselines, levels[0], lang)
    return _lab([access, shared.linked(views, access)], first, lang, shared)


def _radio(description: str, labels: Iterable[str], shared: Shared) -> w.RadioButtons:
    return w.RadioButtons(
        options=[(label, i) for i, label in enumerate(labels)],
        index=0,
        description=description,
        orientation="horizontal",
        style=shared.described,
        layout=shared.control,
    ).add_class("srm-radio")


def _lab(children: list[w.Widget], first: Callable[[], tables.Html], lang: str, shared: Shared) -> View:
    """A lab, which is on a slide what it shows `first`."""
    css = shared.html(f"<style>{tables.style()}</style>")
    away = Away(lambda: [Still(first(), headed=True)])
    return View([css, *children], texts(lang)["lab"]["hint"], away=away)
