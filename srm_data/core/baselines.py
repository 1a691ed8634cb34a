"""What Microsoft's baselines say: what is on by default, who patches, and what goes with the machine.

Each function takes what `load_baselines` gave, whole or filtered, and returns a small table of counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data.core.frames import ordered
from srm_data.core.language import texts, unknown_name
from srm_data.core.vocabulary import PARTIES

if TYPE_CHECKING:
    import pandas as pd

#: The two families of controls that are about a machine you can log in to.
MACHINE = ("Endpoint Security", "Posture and Vulnerability Management")

#: "Deploy automated operating system patch management solution", in the baselines v1.1.
PATCHING = "5.2"

#: By what the features of v3.0 can be counted.
GROUPS = ("control_domain", "service")


def defaults(baselines: pd.DataFrame, by: str = "control_domain") -> pd.DataFrame:
    """Of the security features that services have, how many are on by default?

    Args:
        baselines: rows of v3.0, from `load_baselines`.
        by: count per "control_domain" (family of controls) or per "service".

    Returns:
        Index `by`, in alphabetical order; columns ``supported`` (number of features that exist), ``on``
        (how many of these are on by default) and ``share`` (on / supported, from 0 to 1). Groups
        without any supported feature are left out.

    Raises:
        UnknownNameError: for another `by`.
        ValueError: for a table without the columns of v3.0.

    >>> from srm_data import load_baselines
    >>> defaults(load_baselines()).loc["Data Protection"].round(2).to_dict()
    {'supported': 343.0, 'on': 176.0, 'share': 0.51}
    """
    if by not in GROUPS:
        raise unknown_name("group", by, GROUPS)
    _need(baselines, ("supported", "enabled_by_default"), "v3.0")
    grouped = baselines[_true(baselines["supported"])].groupby(by, observed=True)["enabled_by_default"]
    found = grouped.size().to_frame("supported")
    found["on"] = grouped.sum().astype(int)
    found["share"] = (found["on"] / found["supported"]).astype(float)
    return found.sort_index(key=lambda index: index.astype(str).str.casefold())


def patching(baselines: pd.DataFrame, control: str = PATCHING) -> pd.DataFrame:
    """Who is responsible for patching the operating system, service by service.

    Args:
        baselines: rows of v1.1, from `load_baselines`.
        control: id of another control, to ask the same about it.

    Returns:
        Index ``service`` in alphabetical order; column ``responsibility``, an ordered categorical in
        the words of `baselines`; missing where it does not apply.

    Raises:
        UnknownNameError: for a control that is not in these rows.
        ValueError: for a table without controls.
    """
    _need(baselines, ("service", "control_id", "responsibility"), "v1.1")
    rows = baselines[baselines["control_id"] == control]
    if rows.empty:
        raise unknown_name("control", control, dict.fromkeys(baselines["control_id"]))
    found = rows.set_index(rows["service"].astype(str))[["responsibility"]]
    return found.sort_index(key=lambda index: index.str.casefold())


def by_host_access(baselines: pd.DataFrame, families: tuple[str, ...] = MACHINE) -> pd.DataFrame:
    """What becomes of controls on the machine when the customer has no access to it.

    Args:
        baselines: rows of v3.0, from `load_baselines`.
        families: families of controls (``control_domain``) to count; endpoint security, and posture
            and vulnerability management, when left out.

    Returns:
        Index ``control_domain`` × ``host_access`` (full, read-only, none); columns ``services``,
        ``rows``, ``supported`` (features that exist), and of these ``on`` (by default) and
        ``customer``, ``shared``, ``provider`` (by who configures).

    Raises:
        UnknownNameError: for an unknown family.
        ValueError: for a table without the columns of v3.0.
    """
    import pandas as pd

    _need(baselines, ("host_access", "control_domain", "supported", "responsibility"), "v3.0")
    known = dict.fromkeys(baselines["control_domain"].astype(str))
    for family in families:
        if family not in known:
            raise unknown_name("family", family, known)
    levels = list(reversed(baselines["host_access"].cat.categories))
    parties = dict(zip(PARTIES, baselines["responsibility"].cat.categories, strict=True))
    counts = []
    for family in families:
        for access in levels:
            rows = baselines[(baselines["control_domain"] == family) & (baselines["host_access"] == access)]
            answers = rows.loc[_true(rows["supported"]), "responsibility"]
            counts.append(
                {
                    "control_domain": family,
                    "host_access": access,
                    "services": rows["service"].nunique(),
                    "rows": len(rows),
                    "supported": int(rows["supported"].sum()),
                    "on": int(rows["enabled_by_default"].sum()),
                    **{party: int((answers == word).sum()) for party, word in parties.items()},
                }
            )
    return pd.DataFrame(counts).set_index(["control_domain", "host_access"])


def services_with(baselines: pd.DataFrame, access: str, families: tuple[str, ...] = MACHINE) -> pd.DataFrame:
    """The services with one kind of host access, and how many machine features each has.

    Args:
        baselines: rows of v3.0, from `load_baselines`.
        access: "full", "read-only" or "none".
        families: as in `by_host_access`.

    Returns:
        Index ``service``; a column for each family with the number of features that exist.

    Raises:
        UnknownNameError: for another access.
        ValueError: for a table without the columns of v3.0.
    """
    _need(baselines, ("host_access", "control_domain", "supported"), "v3.0")
    levels = list(baselines["host_access"].cat.categories)
    if access not in levels:
        raise unknown_name("access", access, levels)
    rows = baselines[(baselines["host_access"] == access) & baselines["control_domain"].isin(families)]
    rows = rows.assign(service=rows["service"].astype(str), supported=_true(rows["supported"]))
    found = rows.pivot_table(
        index="service", columns="control_domain", values="supported", aggfunc="sum", observed=True
    )
    return found.astype(int)[[f for f in families if f in found]].rename_axis(columns=None)


def with_models(table: pd.DataFrame, version: str, lang: str) -> pd.DataFrame:
    """Add ``model``: where our 41 services stand, matched by their name in that version; else missing.

    Args:
        table: any with the name of a service as its index, such as what `patching` gave.
        version: "v3.0", "v2.0" or "v1.1".
        lang: "en" or "nl".
    """
    from srm_data.core.services import load_services

    services = load_services(lang)
    name = f"name_{version.replace('.', '_')}"
    models = services[services[name] != ""].set_index(name)["model"].astype(object)
    found = table.copy()
    found["model"] = ordered_models([models.get(service) for service in table.index], lang)
    return found


def ordered_models(words: list[str | None], lang: str) -> pd.Categorical:
    """Words of service models as one ordered categorical."""
    keys = {entry["word"]: key for key, entry in texts(lang)["service_model"].items()}
    return ordered([keys.get(word) if word else None for word in words], "service_model", lang)


def _true(flags: pd.Series) -> pd.Series:
    """Plain booleans; missing is not true."""
    return flags.eq(True).fillna(False).astype(bool)


def _need(baselines: pd.DataFrame, columns: tuple[str, ...], version: str) -> None:
    """Say plainly when somebody brings rows of another version."""
    from srm_data.core.language import resolve_language

    missing = [column for column in columns if column not in baselines.columns]
    if missing:
        raise ValueError(
            texts(resolve_language(None))["error"]["other_baselines"].format(
                missing=", ".join(missing), version=version
            )
        )
