"""Real services: the 41 for teaching, and Microsoft's security baselines, one row a feature or control."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from srm_data.core.dataset import datapackage, describes, rows_by, table_frame
from srm_data.core.frames import ordered
from srm_data.core.language import resolve_language, texts, unknown_name
from srm_data.files.paths import DATA

if TYPE_CHECKING:
    import pandas as pd


@describes("services", "kind", "basis", "now", "ends", "name_v3_0", "name_v1_1", "name_v2_0")
def load_services(lang: str | None = None) -> pd.DataFrame:
    """List 41 Azure services for teaching, each with the service model it is placed on.

    Args:
        lang: "en" or "nl" for the words; the language in use when left out.

    Returns:
        Index ``service`` (its name), in the order from IaaS to SaaS, with the columns

            model: service model, one ordered categorical: IaaS < between IaaS and PaaS < PaaS <
                near SaaS < SaaS
            {fields}
            service_id: the same in every language

    Raises:
        UnknownNameError: for an unknown language.

    >>> load_services("en").loc["Azure SQL", ["model", "basis"]].tolist()
    ['PaaS', 'Microsoft']
    """
    lang = resolve_language(lang)
    told = table_frame("services").set_index("label").rename_axis("service")
    frame = told[["model", "kind", "basis", "now", "ends", "name_v3_0", "name_v1_1", "name_v2_0"]].copy()
    for name, words in (("model", "service_model"), ("kind", "service_kind"), ("basis", "basis")):
        frame[name] = ordered(told[name], words, lang)
    frame["service_id"] = told["service"]
    return frame


def load_baselines(version: str = "v3.0", lang: str | None = None) -> pd.DataFrame:
    """Load Microsoft's security baselines for Azure services, as published.

    Args:
        version: "v3.0" (118 services, a row a feature), "v2.0" (59 services) or "v1.1" (64 services),
            both a row a control.
        lang: "en" or "nl" for the parties; the language in use when left out. Names stay as published.

    Returns:
        One row a feature or control. All versions have ``service``, ``control_domain``,
        ``control_id`` and ``responsibility`` (ordered categorical, customer < shared < provider;
        missing where it does not apply). v3.0 also has ``category``, ``host_access`` (ordered
        categorical, none < read-only < full), ``in_customer_vnet`` and ``stores_customer_content``
        (booleans), ``control_title``, ``feature``, ``supported`` and ``enabled_by_default`` (booleans,
        missing where it does not apply); v2.0 and v1.1 have ``recommendation``. Other texts are
        categoricals. ``.attrs["baselines"]`` holds the version.

        Source: Microsoft, Azure Offer Security Baselines, CC BY 4.0. Read what `baselines_about` says
        about a version before you count: v3.0 is no responsibility matrix.

    Raises:
        UnknownNameError: for an unknown version or language.

    >>> baselines = load_baselines()
    >>> int(baselines["supported"].sum()), int(baselines["enabled_by_default"].sum())
    (1269, 361)
    """
    lang = resolve_language(lang)
    baselines_about(version, lang)
    frame = _read(version).copy()
    frame["responsibility"] = ordered(frame["responsibility"], "party", lang)
    frame.attrs["baselines"] = version
    return frame


def baselines_about(version: str, lang: str | None = None) -> dict[str, str]:
    """What there is to know about a version: title, edition, source_title, source_url, licence, caution.

    Raises:
        UnknownNameError: lists the versions there are.
    """
    lang = resolve_language(lang)
    versions = rows_by("baselines", "version")
    if version not in versions:
        raise unknown_name("version", version, versions)
    row = versions[version]
    told = {name: text for name, text in row.items() if name != "version"}
    return told | {name: row[f"{name}_{lang}"] for name in ("edition", "caution")}


@cache
def _read(version: str) -> pd.DataFrame:
    """The file of a version, with the types that ``datapackage.json`` gives its fields."""
    import pandas as pd

    name = f"baselines-{version}"
    fields = next(r["schema"]["fields"] for r in datapackage()["resources"] if r["name"] == name)
    frame = pd.read_csv(
        DATA / f"{name}.csv.gz",
        dtype={field["name"]: _dtype(field) for field in fields},
        keep_default_na=False,
        na_values={field["name"]: [""] for field in fields if field["name"] in _MAY_BE_MISSING},
    )
    plain = [field["name"] for field in fields if _dtype(field) == "str"]
    return frame.astype(dict.fromkeys(plain, "category"))


#: Empty means "does not apply" here; elsewhere it is an empty text.
_MAY_BE_MISSING = ("supported", "enabled_by_default", "responsibility")


def _dtype(field: dict[str, Any]) -> Any:
    import pandas as pd

    if field["type"] == "boolean":
        return "boolean" if field["name"] in _MAY_BE_MISSING else "bool"
    if order := field.get("constraints", {}).get("enum"):
        return pd.CategoricalDtype(order, ordered=True)
    return "str"  # a category straight away would read control "1.10" as the number 1.1


def family(domain: str, lang: str) -> str:
    """The name of a family of controls (``control_domain``) in a language."""
    return str(texts(lang)["family"].get(domain, domain))
