"""Terraform plans and ARM templates as workloads: nothing dropped, nothing guessed, nothing evaluated."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.files.paths import CHECKOUT
from srm_data.workloads import arm, plan_file, resource_types, terraform

FIXTURES = CHECKOUT / "tests" / "fixtures" / "workload"


def rows(plan):
    return [(c.name, c.kind, c.service, c.model) for c in plan.components]


@pytest.fixture(scope="module")
def plan():
    return srm.read_plan(FIXTURES / "terraform-plan.json")


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


def test_a_model_that_the_matrix_lacks_leaves_a_component_without_a_place():
    read = srm.read_plan(FIXTURES / "terraform-state.json", matrix="aws-rds")
    assert len(read.workload.unplaced()) == 2
    assert read.unknown == ()


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
        known = plan_file._looked_up(read.after, resource_types.known_types())
        plan_file._components(read.after, known, {})
    plan_file._found(content, found)
