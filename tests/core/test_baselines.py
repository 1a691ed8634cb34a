"""What the baselines say, each number worked out a second time from the file with the csv module."""

from collections import Counter

import pytest

import srm_data as srm
from srm_data.core.baselines import MACHINE, by_host_access, defaults, patching, services_with, with_models
from srm_data.core.vocabulary import PARTIES, UnknownNameError
from tests.core.test_services import ROWS, SERVICES

V3 = ROWS["v3.0"]
THERE = [row for row in V3 if row["supported"] == "true"]


@pytest.fixture(scope="module")
def v3():
    return srm.load_baselines("v3.0", "en")


@pytest.fixture(scope="module")
def v1():
    return srm.load_baselines("v1.1", "en")


def test_twenty_eight_per_cent_is_on_by_default(v3):
    on = sum(row["enabled_by_default"] == "true" for row in THERE)
    assert (len(THERE), on) == (1269, 361)
    counted = defaults(v3)
    assert (counted["supported"].sum(), counted["on"].sum()) == (1269, 361)
    assert round(100 * on / len(THERE)) == 28


@pytest.mark.parametrize("by", ["control_domain", "service"])
def test_defaults_are_counted_group_by_group(v3, by):
    supported = Counter(row[by] for row in THERE)
    on = Counter(row[by] for row in THERE if row["enabled_by_default"] == "true")
    counted = defaults(v3, by)
    assert list(counted.index) == sorted(supported, key=str.casefold)
    for name, row in counted.iterrows():
        assert (row["supported"], row["on"]) == (supported[name], on[name])
        assert row["share"] == pytest.approx(on[name] / supported[name])


def test_defaults_of_some_rows_are_counted_alone(v3):
    counted = defaults(v3.query("service == 'Storage'"))
    assert counted["supported"].sum() == sum(row["service"] == "Storage" for row in THERE)


def test_who_patches_over_sixty_four_services(v1):
    wanted = {row["service"]: row["responsibility"] for row in ROWS["v1.1"] if row["control_id"] == "5.2"}
    found = patching(v1)["responsibility"]
    assert {service: party if isinstance(party, str) else "" for service, party in found.items()} == wanted
    assert Counter(wanted.values()) == {"": 40, "customer": 10, "provider": 9, "shared": 5}
    assert list(found.index) == sorted(wanted, key=str.casefold)
    assert found["Windows Virtual Machines"] == found["Azure Kubernetes Service"] == "customer"


def test_who_patches_beside_our_models(v1):
    found = with_models(patching(v1), "v1.1", "nl")
    words = {"iaas": "IaaS", "iaas-paas": "tussen IaaS en PaaS", "paas": "PaaS", "paas-saas": "bijna SaaS"}
    wanted = {row["name_v1_1"]: words[row["model"]] for row in SERVICES if row["name_v1_1"]}
    assert found["model"].dropna().to_dict() == wanted
    assert found["model"].cat.ordered


def test_lose_the_machine_and_its_duties_go(v3):
    counted = by_host_access(v3)
    assert list(counted.index) == [(f, a) for f in MACHINE for a in ("full", "read-only", "none")]
    for (family, access), row in counted.iterrows():
        mine = [r for r in V3 if (r["control_domain"], r["host_access"]) == (family, access)]
        assert row["rows"] == len(mine)
        assert row["services"] == len({r["service"] for r in mine})
        assert row["supported"] == sum(r["supported"] == "true" for r in mine)
        assert row["on"] == sum(r["enabled_by_default"] == "true" for r in mine)
        parties = Counter(r["responsibility"] for r in mine if r["supported"] == "true")
        assert row[list(PARTIES)].tolist() == [parties[party] for party in PARTIES]
        assert row["supported"] == row[list(PARTIES)].sum()


def test_all_twenty_two_endpoint_features_sit_with_full_access(v3):
    endpoint = by_host_access(v3, ("Endpoint Security",)).droplevel(0)
    assert endpoint["supported"].to_dict() == {"full": 22, "read-only": 0, "none": 0}
    assert endpoint.loc["full", ["customer", "on"]].tolist() == [22, 0]
    assert endpoint["rows"].to_dict() == {"full": 30, "read-only": 3, "none": 321}
    assert {row["responsibility"] for row in V3 if row["control_domain"] == MACHINE[0]} == {"customer", ""}


def test_posture_goes_with_it_but_for_two_features_and_four_rows_without_one(v3):
    posture = by_host_access(v3, MACHINE[1:]).droplevel(0)
    assert posture["supported"].to_dict() == {"full": 35, "read-only": 2, "none": 0}
    nameless = [
        row["service"]
        for row in V3
        if (row["control_domain"], row["host_access"]) == (MACHINE[1], "none") and row["responsibility"]
    ]
    assert Counter(nameless) == {"App Service": 3, "Azure Databricks": 1}


@pytest.mark.parametrize(("access", "services"), [("full", 10), ("read-only", 1), ("none", 107)])
def test_the_services_behind_the_counts(v3, access, services):
    found = services_with(v3, access)
    assert len(found) == services
    wanted = Counter(
        (row["service"], row["control_domain"])
        for row in THERE
        if row["host_access"] == access and row["control_domain"] in MACHINE
    )
    for service, row in found.iterrows():
        assert row.to_dict() == {family: wanted[service, family] for family in MACHINE}


def test_errors_say_what_was_meant(v1, v3):
    with pytest.raises(UnknownNameError, match="Did you mean 'service'"):
        defaults(v3, "services")
    with pytest.raises(ValueError, match=r"no column supported, enabled_by_default.*v3\.0"):
        defaults(v1)
    with pytest.raises(ValueError, match=r"v3\.0"):
        by_host_access(v1)
    with pytest.raises(UnknownNameError, match="Did you mean 'Endpoint Security'"):
        by_host_access(v3, ("Endpoint security",))
    with pytest.raises(UnknownNameError, match="Did you mean 'full'"):
        services_with(v3, "ful")
    with pytest.raises(UnknownNameError, match=r"Did you mean '5\.2'"):
        patching(v1, "5.22")
    with pytest.raises(ValueError, match=r"v1\.1"):
        patching(v1.drop(columns="control_id"))
