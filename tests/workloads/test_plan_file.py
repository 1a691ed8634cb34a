"""Terraform plans and ARM templates as workloads: nothing dropped, nothing guessed, nothing evaluated."""

import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import srm_data as srm
from srm_data.core.dataset import datapackage, table_frame
from srm_data.core.language import texts
from srm_data.core.vocabulary import KINDS, LANGUAGES
from srm_data.files.paths import CHECKOUT, DATA
from srm_data.workloads import arm, plan_file, terraform

FIXTURES = CHECKOUT / "tests" / "fixtures" / "workload"
TYPES = table_frame("resource_types").to_dict("records")


def rows(plan):
    return [(c.name, c.kind, c.service, c.model) for c in plan.components]


@pytest.fixture(scope="module")
def plan():
    return srm.read_plan(FIXTURES / "terraform-plan.json")


@pytest.fixture
def write(tmp_path):
    def write(content, name="plan.json"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return file

    return write


def faults(file, **options):
    with pytest.raises(srm.WorkloadFileError) as caught:
        srm.read_plan(file, **options)
    return str(caught.value)


# Terraform


def test_modules_counts_and_keys_of_a_terraform_plan_are_components(plan):
    assert rows(plan.workload) == [
        ("azurerm_linux_virtual_machine.web[0]", "machine", "Azure Virtual Machines", "iaas"),
        ("azurerm_linux_virtual_machine.web[1]", "machine", "Azure Virtual Machines", "iaas"),
        ('azurerm_storage_account.photos["large"]', "storage", "Azure Storage", "paas"),
        ('azurerm_storage_account.photos["small"]', "storage", "Azure Storage", "paas"),
        ("azurerm_kubernetes_cluster.jobs", "container", "Azure Kubernetes Service (AKS)", ""),
        ("aws_ses_domain_identity.newsletter", "mail", "Amazon SES", "paas"),
        ("mollie_payment_page.checkout", "other", "mollie_payment_page", ""),
        ("module.orders.azurerm_mssql_database.orders", "database", "Azure SQL Database", "paas"),
        ("module.orders.module.keys.azurerm_key_vault.main", "security", "Azure Key Vault", "paas"),
        ('module.region["west"].google_sql_database_instance.copy', "database", "Google Cloud SQL", "paas"),
    ]


def test_what_a_plan_takes_away_is_in_the_plan_before(plan):
    assert [c.name for c in plan.before.components] == [
        "azurerm_linux_virtual_machine.web[0]",
        'azurerm_storage_account.photos["large"]',  # replaced: it was there and it stays
        "azurerm_windows_virtual_machine.old_database",
        "azurerm_windows_virtual_machine.manual",
        "module.orders.module.keys.azurerm_key_vault.main",  # moved here from another address
    ]
    difference = srm.workload_words.difference(plan.before, plan.workload, "en")
    assert "Only in Now: azurerm_windows_virtual_machine.old_database" in difference


def test_every_other_resource_is_listed_with_the_reason(plan):
    assert [(r.name, r.why) for r in plan.resources] == [
        ("data.azurerm_key_vault_secret.password", "data"),
        ("azurerm_windows_virtual_machine.old_database", "deleted"),
        ("azurerm_windows_virtual_machine.manual", "forgotten"),
        ("azurerm_linux_virtual_machine.web[0]", "deposed"),
        ("data.azurerm_client_config.me", "data"),
        ("azurerm_resource_group.shop", "setting"),
        ("module.orders.azurerm_mssql_server.main", "setting"),
    ]
    for lang in LANGUAGES:
        frame = plan.left_out(lang)
        assert frame["why"].to_list() == [texts(lang)["left_out"][r.why] for r in plan.resources]


def test_an_unknown_type_is_named_and_not_placed(plan):
    assert plan.unknown == ("mollie_payment_page",)
    assert [c.name for c in plan.workload.unplaced()] == [
        "azurerm_kubernetes_cluster.jobs",  # known, but between two models: yours to say
        "mollie_payment_page.checkout",
    ]


def test_no_resource_of_a_plan_is_dropped(plan):
    content = json.loads((FIXTURES / "terraform-plan.json").read_text("utf-8"))
    said = []

    def collect(module):
        said.extend(resource["address"] for resource in module.get("resources", ()))
        for child in module.get("child_modules", ()):
            collect(child)

    collect(content["planned_values"]["root_module"])
    said += [change["address"] for change in content["resource_changes"]]
    assert len(set(said)) == 15
    told = {c.name for c in plan.workload.components} | {r.name for r in plan.resources}
    assert set(said) <= told


def test_a_state_is_read_too():
    read = srm.read_plan(FIXTURES / "terraform-state.json")
    assert rows(read.workload) == [
        ("aws_instance.web", "machine", "Amazon EC2", "iaas"),
        ("aws_db_instance.main", "database", "Amazon RDS", "paas"),
    ]
    assert [(r.name, r.why) for r in read.resources] == [("data.aws_ami.latest", "data")]
    assert len(read.before) == 0


def test_a_plan_saved_by_powershell_is_read(write):
    text = (FIXTURES / "terraform-plan.json").read_text("utf-8")
    assert len(srm.read_plan(write(text.encode("utf-16"))).workload) == 10


def test_read_workload_takes_a_plan_as_well(plan):
    assert srm.read_workload(FIXTURES / "terraform-plan.json") == plan.workload


# ARM and Bicep


def test_a_template_with_children_copies_and_deployments():
    read = srm.read_plan(FIXTURES / "arm-template.json")
    assert rows(read.workload) == [
        ("bel-site", "web", "Azure App Service", "paas"),
        *((f"job{n}", "machine", "Azure Virtual Machines", "iaas") for n in (0, 1, 2)),
        ("[variables('vault')]", "security", "Azure Key Vault", "paas"),
        ("loud", "other", "Contoso.Bells/ringers", ""),
        ("bel-sql/orders", "database", "Azure SQL Database", "paas"),
        ("belphotos", "storage", "Azure Storage", "paas"),
    ]
    assert [(r.name, r.why) for r in read.resources] == [
        ("basket", "condition"),
        ("elsewhere", "linked"),
        ("plan", "setting"),
        ("bel-sql", "setting"),
        ("bel-site/web", "setting"),
    ]
    assert read.unknown == ("Contoso.Bells/ringers",)


def test_what_bicep_compiles_to():
    read = srm.read_plan(FIXTURES / "bicep-compiled.json")
    assert rows(read.workload) == [
        ("site 1/2", "web", "Azure App Service", "paas"),
        ("site 2/2", "web", "Azure App Service", "paas"),
        ("insights-0", "analytics", "Azure Monitor", "paas"),  # as many as the default of "sites"
        ("insights-1", "analytics", "Azure Monitor", "paas"),
        ("sql::orders", "database", "Azure SQL Database", "paas"),
        ("jobs", "container", "Azure Kubernetes Service (AKS)", ""),
        ("group", "other", "Microsoft.Graph/groups", ""),
        ("hub", "messaging", "Azure Event Hubs", "paas"),
        ("hub #2", "messaging", "Azure Event Hubs", "paas"),
    ]
    assert [(r.name, r.why) for r in read.resources] == [("vault", "existing"), ("sql", "setting")]


def template(**resource):
    return {"$schema": "x/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [resource]}


@pytest.mark.parametrize(
    ("count", "made"), [(0, 0), (2, 2), (800, 800), ("[add(1, 1)]", 2), ("3", 3), (True, 1), (None, 1)]
)
def test_copies(write, count, made):
    one = template(type="Microsoft.Web/sites", name="site", copy={"name": "c", "count": count})
    assert len(srm.read_plan(write(one)).workload) == made


@pytest.mark.parametrize("count", [-1, 801, 10**9])
def test_copies_that_azure_does_not_take(write, count):
    one = template(type="Microsoft.Web/sites", name="site", copy={"name": "c", "count": count})
    assert f"{count} copies; Azure takes 0 to 800" in faults(write(one))


def test_copies_of_copies_end(write):
    one = template(type="Microsoft.Web/sites", name="site", copy={"name": "c", "count": 800})
    for _ in range(20):
        one = template(
            type="Microsoft.Resources/deployments",
            name="d",
            copy={"name": "c", "count": 800},
            properties={"template": one},
        )
    assert "at most 10000" in faults(write(one))


def test_equal_names_stay_two_components(write):
    two = template(type="Microsoft.Web/sites", name="[variables('x')]")
    two["resources"] *= 2
    assert [c.name for c in srm.read_plan(write(two)).workload.components] == [
        "[variables('x')]",
        "[variables('x')] #2",
    ]


@pytest.mark.parametrize("name", ["=cmd()", "<script>alert(1)</script>", "x" * 5_000, "", None, 7, {"a": 1}])
def test_a_hostile_name_is_inert_text(write, name):
    read = srm.read_plan(write(template(type="Microsoft.Web/sites", name=name)))
    (only,) = read.workload.components
    assert only.model == "paas"
    assert "<script" not in srm.workload_tables.whole(read.workload).body
    assert only.name[0] not in "=+-@"


# Bad files


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty"),
        (b"PK\x03\x04rest", "terraform show -json plan.out"),
        (b"{", "cannot be read as JSON"),
        (b'{"a": 1}\n{"a": 2}', "line 2: this cannot be read as JSON"),
        (b"[]", "neither a Terraform plan nor an ARM template"),
        (b'{"a": 1}', "neither a Terraform plan nor an ARM template"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a":' * 200_000, "nested too deeply"),
        (b'{"caf\xe9": 1}', "is not UTF-8"),
        (b"9" * 10_000, "cannot be read as JSON"),
        (b'{"format_version":"2.0","planned_values":{}}', "format version '2.0' is newer"),
        (b'{"format_version":"1.0","planned_values":[]}', "column 'planned_values'"),
        (b'{"format_version":"1.0","planned_values":{"root_module":{"resources":{}}}}', "allowed: array"),
        (b'{"format_version":"1.0","planned_values":{"root_module":{"resources":[1]}}}', "allowed: object"),
        (b'{"contentVersion":"1","resources":"x"}', "column 'resources'"),
        (b'{"contentVersion":"1","resources":{"site":[]}}', "column 'site'"),
    ],
)
def test_a_bad_file_is_told(write, content, says):
    assert says in faults(write(content))


def test_a_hundred_megabytes_are_not_opened(tmp_path):
    with (tmp_path / "big.json").open("wb") as file:
        file.truncate(100_000_000)
    assert "100.0 MB; a plan or template stays under 30 MB" in faults(tmp_path / "big.json")


def test_modules_within_modules_do_not_end_in_a_recursion(write):
    module = {"resources": [{"address": "aws_instance.deep", "type": "aws_instance", "mode": "managed"}]}
    text = json.dumps(module)
    for _ in range(300):
        text = f'{{"child_modules": [{text}]}}'
    file = write(f'{{"format_version": "1.0", "planned_values": {{"root_module": {text}}}}}'.encode())
    assert rows(srm.read_plan(file).workload) == [("aws_instance.deep", "machine", "Amazon EC2", "iaas")]


KEYS = [
    "variables",
    "functions",
    "defaultValue",
    "expressionEvaluationOptions",
    "scope",
    "resource_change",
    "resources",
    "type",
    "name",
    "copy",
    "count",
    "properties",
    "template",
    "parameters",
    "mode",
    "root_module",
    "child_modules",
    "address",
    "change",
    "actions",
    "before",
    "values",
    "existing",
    "deposed",
    "condition",
]
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(
        [
            "Microsoft.Resources/deployments",
            "azapi_resource",
            "[parameters('name')]",
            "[variables('copy').count]",
            "[map(variables('name'), lambda('x', lambdaVariables('x')))]",
            "[concat(parameters('name'), variables('type'), copyIndex())]",
            "[union(createArray(1), variables('name'))[0]]",
        ]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@given(JSON)
@settings(max_examples=150, deadline=None)
def test_no_content_raises_anything(content):
    found = []
    template = {"resources": content, "parameters": content, "variables": content, "functions": content}
    plan = {
        "format_version": "1.0",
        "planned_values": {"root_module": content},
        "resource_changes": content,
        "deferred_changes": content,
        "action_invocations": content,
        "prior_state": content,
    }
    for read in (arm.resources(template, found), terraform.resources(plan, found)):
        plan_file._components(read.after, plan_file._shipped_types(), {})
    plan_file._found(content, found)


# The table of types


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
    with pytest.raises(srm.ResourceTypesError, match="'a_b' stands twice, first on line 2") as caught:
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


def test_a_model_that_the_matrix_lacks_leaves_a_component_without_a_place():
    read = srm.read_plan(FIXTURES / "terraform-state.json", matrix="aws-rds")
    assert len(read.workload.unplaced()) == 2
    assert read.unknown == ()


def test_the_table_ships_with_the_package():
    assert (DATA / "resource_types.csv").is_file()
