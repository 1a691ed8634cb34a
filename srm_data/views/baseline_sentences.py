"""What the security baselines say, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data.core.baselines import MACHINE, by_host_access, defaults, patching
from srm_data.core.language import resolve_language, texts
from srm_data.core.services import baselines_about, family
from srm_data.core.vocabulary import PARTIES
from srm_data.views.counts import number

if TYPE_CHECKING:
    import pandas as pd


def on_by_default(baselines: pd.DataFrame, by: str = "control_domain", lang: str | None = None) -> str:
    """How many of the security features are on by default.

    Args:
        baselines: rows of v3.0, from `load_baselines`.
        by: "control_domain" tells the highest and the lowest family; "service" how much they differ in size.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for another `by`.
        ValueError: for rows of another version.
    """
    lang = resolve_language(lang)
    counted = defaults(baselines, by)
    words = texts(lang)["baseline"]["defaults"]
    ends = [counted["share"].idxmax(), counted["share"].idxmin()]
    return str(
        words[by].format(
            on=number(int(counted["on"].sum()), lang),
            n=number(int(counted["supported"].sum()), lang),
            services=baselines["service"].nunique(),
            share=per_cent(counted),
            most=family(str(ends[0]), lang),
            most_share=per_cent(counted.loc[[ends[0]]]),
            least=family(str(ends[1]), lang),
            least_share=per_cent(counted.loc[[ends[1]]]),
            fewest_features=counted["supported"].min(),
            most_features=counted["supported"].max(),
        )
    )


def who_patches(baselines: pd.DataFrame, lang: str | None = None) -> str:
    """Who patches the operating system, in numbers; `baselines` are rows of v1.1.

    Raises:
        ValueError: for rows of another version.
    """
    lang = resolve_language(lang)
    counts = count_parties(patching(baselines)["responsibility"])
    words = texts(lang)["baseline"]["patching"]
    return str(words["sentence"].format(n=sum(counts.values()), **counts))


def lose_the_os(baselines: pd.DataFrame, lang: str | None = None) -> str:
    """What becomes of the controls on a machine without access to it; `baselines` are rows of v3.0.

    Raises:
        ValueError: for rows of another version.
    """
    lang = resolve_language(lang)
    counted = by_host_access(baselines)
    endpoint, posture = (counted.xs(name) for name in MACHINE)
    words = texts(lang)["baseline"]["access"]
    return str(
        words["sentence"].format(
            full=endpoint.loc["full", "services"],
            services=endpoint["services"].sum(),
            endpoint=endpoint.loc["full", "supported"],
            endpoint_all=endpoint["supported"].sum(),
            posture=posture.loc["full", "supported"],
            posture_all=posture["supported"].sum(),
            none=endpoint.loc["none", "services"],
        )
    )


def count_parties(answers: pd.Series) -> dict[str, int]:
    """How often each party is named, and how often none is, under "not_applicable"."""
    parties = zip(PARTIES, answers.cat.categories, strict=True)
    counts = {party: int((answers == word).sum()) for party, word in parties}
    return counts | {"not_applicable": int(answers.isna().sum())}


def per_cent(counted: pd.DataFrame) -> str:
    """What `defaults` counted, as a whole percentage: "28 %"."""
    supported = counted["supported"].sum()
    return f"{round(100 * counted['on'].sum() / supported) if supported else 0} %"


def baselines_foot(version: str, lang: str) -> str:
    """Source, edition and licence of a version of the baselines, in one line."""
    about = baselines_about(version, lang)
    source = texts(lang)["foot"]["source"].format(source=about["source_title"], edition=about["edition"])
    return f"{source} · {about['licence']}"
