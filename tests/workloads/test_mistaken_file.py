"""What is given by mistake is recognised, and answered with what to give."""

import json
import time
import zipfile

import pytest

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES, UnknownNameError
from srm_data.workloads import mistaken_file, plan_text

RESOURCES = '"resources": [{"address": "a.b", "type": "a"}]'
PLAN = f'{{"format_version": "1.2", "planned_values": {{"root_module": {{{RESOURCES}}}}}}}'
TF = 'resource "aws_s3_bucket" "logs" {\n  bucket = "logs"\n}\n'
BICEP = "param location string = 'x'\nresource s 'Microsoft.Web/sites@2023-12-01' = {\n  name: 's'\n}\n"
HUMAN = (
    "\x1b[1mTerraform will perform the following actions:\x1b[0m\n\n  # aws_s3_bucket.logs will be created\n"
)
STREAM = '{"@level":"info","@message":"Terraform 1.9.5"}\n{"@level":"info","type":"planned_change"}\n'
K8S = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n---\nkind: Service\n"
CFN = (
    "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  B:\n    Type: AWS::S3::Bucket\n    Name: !Ref N\n"
)

TEXTS = {
    "tf_source": [
        TF,
        'terraform {\n  required_version = ">= 1"\n}\n',
        'module "x" {\n source = "./x"\n}',
        "locals {\n}",
    ],
    "tf_text": [
        HUMAN,
        HUMAN.replace("Terraform will", "OpenTofu will"),
        "Terraform used the selected providers to generate\n",
        "\nNo changes. Your infrastructure matches the configuration.\n",
        "# aws_s3_bucket.logs:\n# aws_instance.web must be replaced\n",
    ],
    "tf_error": [
        "╷\n│ Error: No configuration files\n╵\n",
        "\x1b[31m│\x1b[0m \x1b[1mError: x\n",
        "Error: no state\n",
    ],
    "tf_stream": [STREAM],
    "bicep": [BICEP, "targetScope = 'subscription'\n", "module m './m.bicep' = {\n}"],
    "bicep_parameters": ["using './main.bicep'\n\nparam n = 3\n"],
    "kubernetes": [K8S],
    "cloudformation": [CFN, CFN.split("\n", 1)[1]],
    "compose": ["services:\n  web:\n    image: nginx\n", 'version: "3"\nservices:\n  web: {}\n'],
    "helm": ["apiVersion: v2\nname: shop\nversion: 1.0.0\n"],
    "github": ["on: push\njobs:\n  build:\n    runs-on: x\n"],
    "pipeline": ["trigger: [main]\nsteps:\n- script: x\n", "stages:\n- build\n"],
    "ansible": ["- hosts: all\n  tasks: []\n"],
    "serverless": ["service: shop\nprovider:\n  name: aws\n"],
    "pulumi": ["name: shop\nruntime: nodejs\n"],
}
OBJECTS = {
    "tf_state": [{"version": 4, "terraform_version": "1.9", "serial": 3, "lineage": "x", "resources": []}],
    "tf_encrypted": [
        {"meta": {}, "encrypted_data": "x"},
        {"serial": 1, "lineage": "", "encrypted_data": "x"},
    ],
    "tf_other": [
        {"format_version": "1.0", "valid": True, "error_count": 0, "diagnostics": []},
        {"format_version": "1.0", "provider_schemas": {}},
        {"terraform_version": "1.9.5", "platform": "linux_amd64", "provider_selections": {}},
        {"ip": {"sensitive": False, "type": "string", "value": "10.0.0.1"}},
    ],
    "tf_source": [
        {"//": {"metadata": {}}, "provider": {"aws": [{}]}, "resource": {"aws_s3_bucket": {"logs": {}}}},
    ],
    "arm_parameters": [
        {
            "$schema": "https://x/2019-04-01/deploymentParameters.json#",
            "contentVersion": "1",
            "parameters": {},
        },
        {"contentVersion": "1.0.0.0", "parameters": {"n": {"value": 3}}},
        {"parametersJson": "{}", "templateJson": "{}", "templateSpecId": None},
    ],
    "arm_screen": [{"$schema": "https://x/0.1.2-preview/CreateUIDefinition.MultiVm.json#", "parameters": {}}],
    "arm_what_if": [
        {"changes": [{"changeType": "Create", "resourceId": "/subscriptions/x"}], "status": "Succeeded"}
    ],
    "arm_deployment": [
        {"type": "Microsoft.Resources/deployments", "id": "/subscriptions/x", "properties": {}}
    ],
    "arm_resource": [
        {"id": "/subscriptions/x/resourceGroups/y", "name": "y"},
        {"name": "p", "type": "Microsoft.Authorization/policyDefinitions", "properties": {}},
        [{"id": "/subscriptions/x/resourceGroups/y", "name": "y"}],
    ],
    "cloudformation": [{"Resources": {"B": {"Type": "AWS::S3::Bucket"}}}],
    "kubernetes": [{"apiVersion": "v1", "kind": "List", "items": []}],
    "pulumi": [{"version": 3, "deployment": {}}, {"steps": [], "changeSummary": {}}],
    "compose": [{"services": {"web": {}}}],
}
CASES = [(kind, one) for kind, given in TEXTS.items() for one in given]
CASES += [(kind, json.dumps(one)) for kind, given in OBJECTS.items() for one in given]


def said(kind):
    """The first words of what is said of a file, in the language in use."""
    return str(mistaken_file.fault(kind))


@pytest.mark.parametrize(("kind", "content"), CASES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_given_for_a_plan_is_answered_with_what_to_give(tmp_path, kind, content, lang):
    srm.use_language(lang)
    file = tmp_path / "plan.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(srm.WorkloadFileError) as caught:
        srm.read_plan(file)
    assert [fault.says for fault in caught.value.faults] == [said(kind)]
    given = texts(lang)["file"]["given"]
    assert said(kind) == given.get(kind) or given["other"][kind] in said(kind)
    if kind.startswith("tf"):
        assert "show -json" in said(kind)


@pytest.mark.parametrize(
    ("kind", "content"), [(k, c) for k, c in CASES if k in texts("en")["file"]["given"]["other"]]
)
def test_yaml_of_others_is_named(tmp_path, kind, content):
    file = tmp_path / "shop.yaml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(srm.WorkloadFileError) as caught:
        srm.read_workload(file)
    assert [fault.says for fault in caught.value.faults] == [said("json" if content[0] == "{" else kind)]


def test_a_workload_in_yaml_is_never_taken_for_another(tmp_path):
    file = tmp_path / "shop.yaml"
    for head in ("components:\n", "workload: services\ncomponents:\n", "Componenten:\n", ""):
        file.write_text(head + "- name: services\n  kind: web\n- name: jobs\n", encoding="utf-8")
        assert [c.name for c in srm.read_workload(file).components] == ["services", "jobs"]


@pytest.mark.parametrize("content", ['{"components": [{"name": "jobs"}]}', "{components: [{name: jobs}]}"])
def test_a_workload_in_braces_stays_one(tmp_path, content):
    file = tmp_path / "shop.yaml"
    file.write_text(content, encoding="utf-8")
    assert [c.name for c in srm.read_workload(file).components] == ["jobs"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        (
            "shop.json",
            '{\n "a": 1\n "b": 2}',
            """regel 3: dit is niet als JSON te lezen; het gaat mis bij '"b": 2}'""",
        ),
        ("shop.json", '{\n "a": ', """regel 2: dit is niet als JSON te lezen; het gaat mis bij '"a":'"""),
        (
            "shop.yaml",
            "onderdelen:\n - naam: a\n- naam: b\n",
            "regel 3: dit is niet als YAML te lezen; kijk naar",
        ),
        ("shop.yaml", "onderdelen:\n- naam: \x01\n", "er staat een teken in dat niemand ziet"),
    ],
)
def test_a_broken_file_is_told_in_the_language_of_the_reader(tmp_path, name, content, says):
    srm.use_language("nl")
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    with pytest.raises(srm.WorkloadFileError) as caught:
        srm.read_workload(file)
    assert says in str(caught.value)
    for english in ("Expecting", "delimiter", "mapping", "expected", "characters"):
        assert english not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("main.tf", TF, "tf_source"),
        ("main.bicep", BICEP, "bicep"),
        ("main.bicepparam", "using './main.bicep'\n", "bicep_parameters"),
        ("plan.txt", HUMAN, "tf_text"),
        ("tfplan", b"PK\x03\x04rest", "binary_plan"),
        ("plan.out", b"tfplan\x02", "binary_plan"),
        ("terraform.tfstate", "{}", "json"),
    ],
)
def test_another_ending_is_answered_as_well(tmp_path, name, content, kind):
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(srm.WorkloadFileError) as caught:
        srm.read_workload(file)
    assert [fault.says for fault in caught.value.faults] == [said(kind)]
    file.write_text("nothing that is known", encoding="utf-8")
    with pytest.raises(UnknownNameError):
        srm.read_workload(file)


@pytest.mark.parametrize(("inside", "kind"), [("tfplan", "binary_plan"), ("xl/workbook.xml", "archive")])
def test_a_packed_file_is_told_by_what_is_in_it(tmp_path, inside, kind):
    file = tmp_path / "plan.json"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(inside, "x")
    with pytest.raises(srm.WorkloadFileError) as caught:
        srm.read_plan(file)
    assert [fault.says for fault in caught.value.faults] == [said(kind)]


def test_a_packed_file_with_a_broken_name_in_it_is_told(tmp_path):
    file = tmp_path / "plan.json"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("é.txt", "x")
    file.write_bytes(file.read_bytes().replace("é".encode(), b"\xff\xff"))
    with pytest.raises(srm.WorkloadFileError) as caught:
        srm.read_plan(file)
    assert [fault.says for fault in caught.value.faults] == [said("binary_plan")]


def test_a_file_that_may_not_be_read_is_a_fault(tmp_path, monkeypatch):
    file = tmp_path / "plan.json"
    file.write_text(PLAN, encoding="utf-8")

    def refuse(*_args, **_more):
        raise PermissionError(13, "Permission denied")

    for name in ("open", "read_bytes"):
        monkeypatch.setattr(f"pathlib.Path.{name}", refuse)
    with pytest.raises(srm.WorkloadFileError, match="Permission denied"):
        srm.read_plan(file)
    with pytest.raises(UnknownNameError):
        srm.read_workload(tmp_path / file.rename(tmp_path / "plan.txt"))


@pytest.mark.parametrize(
    "content",
    [
        f"[command]/usr/bin/terraform show -json plan.out\n{PLAN}\n\n::debug::code 0.\n",
        f"Acquiring state lock. This may take a few moments...\n{PLAN}\n",
        f"14:02:11.331 INFO   terraform: using cache\n{PLAN}",
        f"\ufeff{PLAN}\nReleasing state lock.\n",
    ],
)
def test_a_plan_is_read_past_the_lines_of_the_tool_that_ran_terraform(tmp_path, content):
    file = tmp_path / "plan.json"
    file.write_text(content, encoding="utf-8")
    assert [c.name for c in srm.read_plan(file).workload.components] == ["a.b"]


def test_of_two_plans_none_is_chosen(tmp_path):
    file = tmp_path / "plan.json"
    file.write_text(f"{PLAN}\n{PLAN}\n", encoding="utf-8")
    with pytest.raises(srm.WorkloadFileError, match="more than one plan"):
        srm.read_plan(file)


def test_every_answer_stands_in_both_languages():
    given = {lang: texts(lang)["file"]["given"] for lang in LANGUAGES}
    kinds = {kind for kind, _ in CASES} | {"binary_plan", "archive", "json", "plans", "openapi"}
    for words in given.values():
        assert set(words) - {"other", "no_reader"} | set(words["other"]) == kinds


WORST = {
    "comments": "/*" * 500_000,
    "slashes": '{"a": 1 /' + "/ " * 500_000,
    "quotes": '{"' + '\\"' * 500_000,
    "commas": "{" + ", " * 500_000,
    "blank lines": "\n" * 1_000_000 + "x",
    "blanks": " " * 1_000_000 + "x:",
    "words": "a" * 1_000_000,
    "escapes": "\x1b[31m" * 200_000,
    "objects": '{"a":\n' * 150_000,
    "hashes": "# a " * 250_000,
    "resources": 'resource "a" ' * 80_000,
    "params": "param " * 150_000,
}


@pytest.mark.parametrize("name", WORST)
def test_the_worst_text_is_told_in_a_second(name):
    content = WORST[name]
    begun = time.process_time()
    mistaken_file.text(content)
    mistaken_file.yaml(content)
    plan_text.objects(content)
    with pytest.raises((ValueError, RecursionError)):
        plan_text.parsed(content)
    assert time.process_time() - begun < 1
