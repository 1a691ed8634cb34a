"""The table of resource types, and one of a teacher's own beside it."""

import json
from collections import Counter

import pytest

import srm_data as srm
from srm_data.core.dataset import datapackage, table_frame
from srm_data.core.vocabulary import KINDS
from srm_data.files.paths import DATA
from tests.workloads.test_plan_file import FIXTURES, template

TYPES = table_frame("resource_types").to_dict("records")


def is_arm(row):
    return "/" in row["type"]


def example(row):
    """A type that the row is for: with a star, one that has no row of its own."""
    return row["type"].replace("*", "thing_without_a_row")


def test_every_row_of_the_table_becomes_what_it_says(write):
    """One plan with every type of Terraform, and one template with every type of ARM."""
    for of_arm in (False, True):
        mine = [row for row in TYPES if is_arm(row) is of_arm]
        assert len(mine) > 50
        if of_arm:
            content = template()
            content["resources"] = [{"type": example(r).upper(), "name": f"n{i}"} for i, r in enumerate(mine)]
        else:
            made = [{"address": f"n{i}", "type": example(r)} for i, r in enumerate(mine)]
            content = {"format_version": "1.2", "planned_values": {"root_module": {"resources": made}}}
        read = srm.read_plan(write(content))
        settings_told = {r.name for r in read.resources if r.why == "setting"}
        assert read.unknown == ()
        for i, row in enumerate(mine):
            if row["model"] == "n/a":
                assert f"n{i}" in settings_told, row
            else:
                component = read.workload.component(f"n{i}")
                assert (component.kind, component.service, component.model) == (
                    row["kind"],
                    row["service"],
                    row["model"],
                ), row


def test_every_row_is_whole():
    fields = next(r for r in datapackage()["resources"] if r["name"] == "resource_types")["schema"]["fields"]
    wanted = {
        "setting": {"n/a"},
        "between": {""},
        "named": {"iaas", "paas"},
        "definition": {"iaas", "paas", "saas"},
    }
    for row in TYPES:
        assert list(row) == [field["name"] for field in fields]
        assert row["kind"] in KINDS, row
        assert bool(row["service"]) is (row["basis"] != "setting"), row
        assert row["model"] in wanted[row["basis"]], row
        assert row["source"].startswith("https://"), row
        if row["type"].endswith("*"):
            assert row["basis"] == "setting", row  # no component is told by how its name begins
        if row["basis"] != "named":
            # The page of the type itself, by the addresses of both registries; of a whole family, the
            # page of its provider. What begins with alb is on the page of lb.
            tail = row["type"].lower() if is_arm(row) else row["type"].partition("_")[2]
            tail = tail.removesuffix("/*") if is_arm(row) else tail
            tail = "docs" if tail.endswith("*") else tail.removeprefix("a") if tail[:3] == "alb" else tail
            assert row["source"].endswith(f"/{tail}"), row


#: Our own count of the types in public repositories, with the commit of each.
USES = json.loads((FIXTURES / "type-uses.json").read_text("utf-8"))


@pytest.mark.parametrize("provider", ["aws", "azurerm", "google", "arm"])
def test_less_than_8_percent_of_what_people_really_use_is_unknown(write, provider):
    uses = USES["uses"][provider]
    assert len(uses) > 500
    assert sum(uses.values()) > 4_000
    if provider == "arm":
        content = template()
        content["resources"] = [{"type": name, "name": name} for name in uses]
    else:
        made = [{"address": f"{name}.x", "type": name} for name in uses]
        content = {"format_version": "1.2", "planned_values": {"root_module": {"resources": made}}}
    read = srm.read_plan(write(content))
    unknown = sum(uses[name] for name in read.unknown)
    assert unknown / sum(uses.values()) < 0.08
    # A setting is no component, and a component no setting.
    assert 0.15 < len(read.workload) / len(uses) < 0.5


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("azurerm_managed_redis", "Azure Managed Redis"),
        ("Microsoft.CognitiveServices/accounts", "Foundry Tools"),
        ("azurerm_storage_account", "Azure Storage"),
        ("azurerm_storage_account_network_rules", None),
        ("azurerm_virtual_network_gateway", "Azure VPN Gateway"),
        ("azurerm_virtual_network_peering", None),
        ("azurerm_cosmosdb_account", "Azure Cosmos DB"),
        ("azurerm_cosmosdb_sql_container", None),
        ("azurerm_api_management_api_version_set", None),
        ("aws_s3_bucket_cors_configuration", None),
        ("aws_wafv2_web_acl", "AWS WAF"),
        ("google_pubsub_topic_iam_member", None),
        ("google_secret_manager_regional_secret_iam_binding", None),
        ("google_compute_region_disk", "Google Persistent Disk"),
        ("google_compute_url_map", None),
        ("Microsoft.Network/dnsZones/CNAME", None),
        ("Microsoft.Insights/components", "Azure Monitor"),
        ("Microsoft.Insights/metricAlerts", None),
    ],
)
def test_settings_are_told_apart_from_components(write, name, service):
    made = [{"address": "x", "type": name}]
    content = {"format_version": "1.2", "planned_values": {"root_module": {"resources": made}}}
    read = srm.read_plan(write(content))
    assert read.unknown == ()
    assert [c.service for c in read.workload.components] == ([service] if service else [])
    assert len(read.resources) == (0 if service else 1)


def test_no_type_stands_twice_and_one_service_has_one_model():
    assert [n for n, times in Counter(row["type"].casefold() for row in TYPES).items() if times > 1] == []
    models = {}
    for row in TYPES:
        if row["service"]:
            models.setdefault(row["service"], set()).add(row["model"])
    assert {service: found for service, found in models.items() if len(found) > 1} == {}


def test_models_agree_with_the_services_that_ship():
    """What the 41 teaching services say of a service, the table of types says too."""
    services = srm.load_services("en")["model"].astype(str)
    ours = {row["service"]: row["model"] for row in TYPES if row["service"].startswith(("Azure", "SQL"))}
    known = {name.removeprefix("Azure "): model for name, model in services.items()}
    compared = 0
    for service, model in ours.items():
        theirs = known.get(service.removeprefix("Azure "))
        if theirs is not None:
            compared += 1
            assert model.upper().replace("AAS", "aaS") == (
                theirs if theirs in ("IaaS", "PaaS", "SaaS") else ""
            ), service
    assert compared > 20


def test_load_resource_types():
    frame = srm.load_resource_types()
    assert len(frame) == len(TYPES)
    assert frame.loc["microsoft.web/sites", "service"] == "Azure App Service"
    frame.loc["microsoft.web/sites", "service"] = "mine"
    assert srm.load_resource_types().loc["microsoft.web/sites", "service"] == "Azure App Service"


# A table of one's own


def test_an_own_table_goes_before_ours(tmp_path):
    own = tmp_path / "types.csv"
    own.write_text(
        "type;kind;service;model\nmollie_payment_page;applicatie;Mollie;SaaS\nazurerm_kubernetes_cluster;;AKS;iaas\n"
        "aws_ses_domain_identity;;;n/a\n",
        encoding="utf-8",
    )
    read = srm.read_plan(FIXTURES / "terraform-plan.json", resource_types=own)
    assert read.unknown == ()
    assert read.workload.unplaced() == []
    assert read.workload.component("mollie_payment_page.checkout") == srm.Component(
        "mollie_payment_page.checkout", "application", "Mollie", "saas"
    )
    assert read.workload.component("azurerm_kubernetes_cluster.jobs").service == "AKS"
    assert "aws_ses_domain_identity.newsletter" in {r.name for r in read.resources}


def test_a_star_in_an_own_table_is_for_all_types_that_begin_so(tmp_path):
    own = tmp_path / "types.csv"
    own.write_text(
        "type,service,model\nmollie_*,Mollie,SaaS\nmollie_payment_*,Mollie Pay,SaaS\naws_ses_*,,n/a\n",
        encoding="utf-8",
    )
    read = srm.read_plan(FIXTURES / "terraform-plan.json", resource_types=own)
    assert read.workload.component("mollie_payment_page.checkout").service == "Mollie Pay"
    assert read.workload.component("aws_ses_domain_identity.newsletter").service == "Amazon SES"
    own.write_text("type,service,model\nmoll*,Mollie,SaaS\n*,x,SaaS\n", encoding="utf-8")
    with pytest.raises(srm.ResourceTypesError) as caught:
        srm.read_plan(FIXTURES / "terraform-plan.json", resource_types=own)
    assert [(f.line, f.column) for f in caught.value.faults] == [(2, "type"), (3, "type")]


def test_a_type_or_heading_that_stands_twice_in_an_own_table_is_told(tmp_path):
    own = tmp_path / "types.csv"
    own.write_text("type,service,model,model\na_b,X,PaaS,\nA_b,Y,SaaS,\n", encoding="utf-8")
    with pytest.raises(srm.ResourceTypesError, match="'a_b' is there twice, first on line 2") as caught:
        srm.read_plan(FIXTURES / "terraform-plan.json", resource_types=own)
    assert [(f.line, f.column) for f in caught.value.faults] == [(1, "model"), (3, "type")]


def test_all_faults_of_an_own_table_are_told(tmp_path):
    own = tmp_path / "types.csv"
    own.write_text("type,kind,service,modle\nx y,kar,=1,PaaS\n", encoding="utf-8")
    with pytest.raises(srm.ResourceTypesError) as caught:
        srm.read_plan(FIXTURES / "terraform-plan.json", resource_types=own)
    assert [(f.line, f.column) for f in caught.value.faults] == [
        (1, "model"),
        (1, "modle"),
        (2, "type"),
        (2, "service"),
        (2, "kind"),
    ]
    assert str(caught.value).startswith("types.csv is not a table of resource types yet. 5 things")
    own.write_text("type,service,model\nx,y,PasS\n", encoding="utf-8")
    with pytest.raises(srm.ResourceTypesError, match="Did you mean 'PaaS'"):
        srm.read_plan(FIXTURES / "terraform-plan.json", resource_types=own)


def test_the_table_ships_with_the_package():
    assert (DATA / "resource_types.csv").is_file()


def test_headings_that_are_empty_and_the_row_numbers_of_pandas(tmp_path):
    own = tmp_path / "types.csv"
    own.write_text("type,,service,model\na_b,,X,PaaS\n", encoding="utf-8")
    with pytest.raises(srm.ResourceTypesError, match="line 1: heading 2 is empty"):
        srm.read_plan(FIXTURES / "terraform-plan.json", resource_types=own)
    own.write_text(",type,service,model\n0,mollie_payment_page,Mollie,SaaS\n", encoding="utf-8")
    assert srm.read_plan(FIXTURES / "terraform-plan.json", resource_types=own).unknown == ()
