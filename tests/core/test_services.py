"""Real services and Microsoft's baselines: every row walked with the csv module, types, and errors."""

import csv
import gzip
import re
from collections import Counter

import pandas as pd
import pytest

import srm_data as srm
from srm_data.core.dataset import datapackage
from srm_data.core.services import baselines_about
from srm_data.core.vocabulary import LANGUAGES, PARTIES, UnknownNameError
from srm_data.files.paths import DATA

VERSIONS = ("v1.1", "v2.0", "v3.0")
MODELS = ("iaas", "iaas-paas", "paas", "paas-saas", "saas")


def rows(version):
    with gzip.open(DATA / f"baselines-{version}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = {version: rows(version) for version in VERSIONS}
SERVICES = table("services")


# Every row


@pytest.mark.parametrize(
    ("version", "count", "services", "controls"),
    [("v1.1", 5632, 64, 88), ("v2.0", 4130, 59, 70), ("v3.0", 4141, 118, 34)],
)
def test_all_of_each_version_ships(version, count, services, controls):
    assert len(ROWS[version]) == count
    assert len({row["service"] for row in ROWS[version]}) == services
    assert len({row["control_id"] for row in ROWS[version]}) == controls


@pytest.mark.parametrize("version", VERSIONS)
def test_every_row_is_whole(version):
    may_be_empty = {"supported", "enabled_by_default", "responsibility", "feature", "category"}
    for row in ROWS[version]:
        assert [name for name, value in row.items() if not value and name not in may_be_empty] == [], row
        assert [value for value in row.values() if value != " ".join(value.split())] == [], row
        assert [value for value in row.values() if re.search(r"[<>\x00-\x1f]|^[=+@]", value)] == [], row
        assert row["responsibility"] in (*PARTIES, "")


@pytest.mark.parametrize("version", ["v1.1", "v2.0"])
def test_the_old_versions_give_one_answer_for_each_service_and_control(version):
    asked = Counter((row["service"], row["control_id"]) for row in ROWS[version])
    assert set(asked.values()) == {1}
    services, controls = ({row[name] for row in ROWS[version]} for name in ("service", "control_id"))
    assert len(asked) == len(services) * len(controls)


def test_a_service_of_v3_has_one_profile():
    names = ("category", "host_access", "in_customer_vnet", "stores_customer_content")
    profiles = {(row["service"], *(row[name] for name in names)) for row in ROWS["v3.0"]}
    assert len(profiles) == 118


def test_in_v3_only_a_feature_that_exists_can_be_on():
    assert Counter((row["supported"], row["enabled_by_default"]) for row in ROWS["v3.0"]) == {
        ("", ""): 1953,
        ("false", ""): 919,
        ("true", "false"): 908,
        ("true", "true"): 361,
    }


def test_responsibility_in_v3_repeats_whether_a_feature_is_on():
    """The caution that every view of v3.0 shows, in numbers: 1238 of 1269."""
    there = [row for row in ROWS["v3.0"] if row["supported"] == "true"]
    party = {"true": "provider", "false": "customer"}
    assert sum(row["responsibility"] == party[row["enabled_by_default"]] for row in there) == 1238
    assert len(there) == 1269


def test_every_taught_service_has_a_model_and_says_who_gave_it():
    assert len(SERVICES) == 41
    assert [row["order"] for row in SERVICES] == [str(n) for n in range(1, 42)]
    assert [MODELS.index(row["model"]) for row in SERVICES] == sorted(
        MODELS.index(row["model"]) for row in SERVICES
    )
    assert Counter(row["basis"] for row in SERVICES) == {"named": 7, "inferred": 34}
    for row in SERVICES:
        assert row["service"] == re.sub(r"[^a-z0-9]+", "-", row["label"].lower()).strip("-")
        assert row["kind"] == "" or row["model"] == "paas", row


def test_what_ends_or_has_another_name_today_says_so():
    assert {row["service"]: (row["now"], row["ends"]) for row in SERVICES if row["now"] or row["ends"]} == {
        "azure-dedicated-hsm": ("Azure Cloud HSM", "2028-07-31"),
        "azure-cache-for-redis": ("Azure Managed Redis", "2028-09-30"),
        "azure-openai": ("Azure OpenAI in Foundry Models", ""),
        "azure-ai-services-cognitive-services": ("Foundry Tools", ""),
        "azure-active-directory": ("Microsoft Entra ID", ""),
        "microsoft-cloud-app-security": ("Microsoft Defender for Cloud Apps", ""),
    }


@pytest.mark.parametrize("version", VERSIONS)
def test_every_name_leads_to_a_baseline(version):
    known = {row["service"] for row in ROWS[version]}
    named = [row[f"name_{version.replace('.', '_')}"] for row in SERVICES]
    given = [name for name in named if name]
    assert set(given) <= known
    assert len(set(given)) == len(given)
    assert len(given) == {"v1.1": 28, "v2.0": 18, "v3.0": 38}[version]


def test_every_taught_service_is_in_some_baseline():
    for row in SERVICES:
        assert row["name_v3_0"] or row["name_v1_1"] or row["name_v2_0"], row


def test_the_metadata_says_whose_words_these_are():
    told = {r["name"]: r for r in datapackage()["resources"]}
    for row in table("baselines"):
        resource = told[f"baselines-{row['version']}"]
        assert resource["licenses"][0]["name"] == "CC-BY-4.0"
        assert "Microsoft" in resource["sources"][0]["title"]
        assert row["source_url"].startswith(resource["sources"][0]["path"])
        assert row["licence"] == "CC BY 4.0"
    assert "Azure Offer Security Baselines" in (DATA.parent.parent / "DATA-LICENCES.md").read_text("utf-8")


def test_the_files_can_be_made_again_to_the_byte():
    """`gzip -n9`, without name or time."""
    for version in VERSIONS:
        packed = (DATA / f"baselines-{version}.csv.gz").read_bytes()
        assert packed[3] == 0  # no name
        assert packed[4:8] == b"\0\0\0\0"  # no time
        assert len(packed) < 40_000


# As DataFrames


@pytest.mark.parametrize("version", VERSIONS)
def test_a_frame_holds_what_the_file_holds(version):
    frame = srm.load_baselines(version, lang="en")
    kept = frame.astype(object).where(frame.notna(), "")
    for column in kept:
        if column in ("supported", "enabled_by_default", "in_customer_vnet", "stores_customer_content"):
            kept[column] = kept[column].map({True: "true", False: "false", "": ""})
    assert kept.to_dict("records") == ROWS[version]


def test_columns_are_typed():
    frame = srm.load_baselines(lang="en")
    assert {name: str(frame[name].dtype) for name in frame if frame[name].dtype != "category"} == {
        "in_customer_vnet": "bool",
        "stores_customer_content": "bool",
        "supported": "boolean",
        "enabled_by_default": "boolean",
    }
    ordered = {
        name: list(frame[name].cat.categories) for name in frame if getattr(frame[name].dtype, "ordered", 0)
    }
    assert ordered == {
        "host_access": ["none", "read-only", "full"],
        "responsibility": ["customer", "shared", "provider"],
    }
    assert (frame["host_access"] > "none").sum() == 11 * 35


def test_a_control_is_a_text_and_no_number():
    old = srm.load_baselines("v1.1")
    assert {"1.1", "1.10"} <= set(old["control_id"])


def test_what_a_learner_does_to_a_frame_stays_there():
    frame = srm.load_baselines()
    del frame["feature"]
    frame.loc[0, "host_access"] = "none"
    assert "feature" in srm.load_baselines()
    assert srm.load_baselines().loc[0, "host_access"] == "full"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_parties_and_models_speak_the_language(lang):
    assert (
        list(srm.load_baselines("v2.0", lang)["responsibility"].cat.categories)
        == {
            "en": ["customer", "shared", "provider"],
            "nl": ["klant", "gedeeld", "leverancier"],
        }[lang]
    )
    services = srm.load_services(lang)
    assert services["model"].cat.ordered
    assert services.loc[services["model"] < "PaaS", "service_id"].tolist() == [
        row["service"] for row in SERVICES if row["model"] in ("iaas", "iaas-paas")
    ]
    assert services["basis"].value_counts().tolist() == [34, 7]
    assert list(services.index) == [row["label"] for row in SERVICES]


def test_a_version_that_is_not_there_lists_those_that_are():
    with pytest.raises(UnknownNameError, match=r"Did you mean 'v3\.0'\? Choose from: v1\.1, v2\.0, v3\.0"):
        srm.load_baselines("v3")
    with pytest.raises(UnknownNameError, match="v1"):
        srm.load_baselines("../v3.0")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_says_what_it_does_not_say(version, lang):
    about = baselines_about(version, lang)
    assert ("2020" in about["edition"]) == (version != "v3.0")
    assert len(about["caution"]) > 100
    assert about["licence"] == "CC BY 4.0"


def test_the_docstrings_tell_of_the_columns():
    assert "who placed it on that model" in srm.load_services.__doc__
    assert isinstance(srm.load_services(), pd.DataFrame)
