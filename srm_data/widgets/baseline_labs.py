"""The labs of lesson 9: choose how to count, sort and filter, and see Microsoft's baselines so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from srm_data.core.baselines import GROUPS
from srm_data.core.language import resolve_language, texts
from srm_data.core.services import load_baselines, load_services
from srm_data.views import component_content
from srm_data.views.html import tables
from srm_data.views.still import Away, Still
from srm_data.widgets.component import ComponentView

if TYPE_CHECKING:
    from srm_data.views.html.engine import Html


def on_by_default(lang: str | None = None) -> ComponentView:
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
    baselines = load_baselines("v3.0", lang)
    taught = baselines[baselines["service"].isin(load_services(lang)["name_v3_0"])]
    rows = {"control_domain": baselines, "service": taught}
    views = [tables.on_by_default(rows[by], by, lang=lang) for by in GROUPS]
    pick = (words["by"], [words["groups"][by] for by in GROUPS])
    return _lab(views, lang, "v3.0", pick=pick, sorts=True)


def who_patches(lang: str | None = None) -> ComponentView:
    """Who patches the operating system of 64 services (baselines v1.1): choose an answer, sort at will.

    Args:
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown language.
    """
    lang = resolve_language(lang)
    view = tables.who_patches(load_baselines("v1.1", lang), lang=lang)
    models = [model["word"] for model in texts(lang)["service_model"].values()]
    return _lab([view], lang, "v1.1", parties=texts(lang)["lab"]["show"], sorts=True, orders={1: models})


def lose_the_os(lang: str | None = None) -> ComponentView:
    """What becomes of the controls on a machine as the customer's access to it goes (baselines v3.0).

    Args:
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown language.
    """
    lang = resolve_language(lang)
    baselines = load_baselines("v3.0", lang)
    levels = list(reversed(baselines["host_access"].cat.categories))
    views = [tables.lose_the_os(baselines, level, lang) for level in levels]
    pick = (
        texts(lang)["baseline"]["access"]["access"],
        [texts(lang)["host_access"][level] for level in levels],
    )
    return _lab(views, lang, "v3.0", pick=pick)


def _lab(views: list[Html], lang: str, version: str, **controls: Any) -> ComponentView:
    """A lab on one version of the baselines, which is on a slide what it shows first."""
    return ComponentView(
        "srm-tables",
        component_content.prepared([view.body for view in views], lang, **controls),
        Away(
            partial(map, partial(Still, headed=True), views[:1]),
            about=texts(lang)["baseline"]["name"].format(version=version),
        ),
        views[0],
        texts(lang)["lab"]["hint"],
    )
