"""Plans and states as Terraform, OpenTofu and the tools around them write them."""

import json
import time

import pytest

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES


@pytest.fixture
def read(tmp_path):
    def read(**content):
        file = tmp_path / "plan.json"
        file.write_text(json.dumps({"format_version": "1.2"} | content), encoding="utf-8")
        return srm.read_plan(file)

    return read


def bucket(name, **more):
    return {
        "address": f"aws_s3_bucket.{name}",
        "mode": "managed",
        "type": "aws_s3_bucket",
        "name": name,
    } | more


def change(name, *actions, **more):
    before = None if actions in (("create",), ("read",)) else {"id": name}
    after = None if actions in (("delete",), ("forget",)) else {"id": name}
    return bucket(name, **more) | {"change": {"actions": [*actions], "before": before, "after": after}}


def module(*resources, **more):
    return {"root_module": {"resources": [*resources]} | more}


def short(name):
    return name.removeprefix("aws_s3_bucket.")


def names(plan):
    return [short(component.name) for component in plan.workload.components]


def left(plan):
    return [(short(resource.name), resource.why) for resource in plan.resources]


CHANGES = [
    change("made", "create"),
    change("kept", "no-op"),
    change("changed", "update"),
    change("replaced", "delete", "create"),
    change("remade", "create", "delete"),
    change("swapped", "create", "forget"),
    change("gone", "delete"),
    change("let", "forget"),
    change("old", "delete", deposed="deadbeef"),
    change("looked", "read", mode="data"),
    change("passing", "create", mode="ephemeral"),
    change("moved", "no-op", previous_address="aws_s3_bucket.was"),
]
STAYS = ["made", "kept", "changed", "replaced", "remade", "swapped", "moved"]
GOES = [
    ("gone", "deleted"),
    ("let", "forgotten"),
    ("old", "deposed"),
    ("looked", "data"),
    ("passing", "ephemeral"),
]


def test_a_plan_of_changes_alone_is_read(read):
    plan = read(terraform_version="1.9.5", resource_changes=CHANGES)
    assert (names(plan), left(plan)) == (STAYS, GOES)
    was = [short(component.name) for component in plan.before.components]
    assert was == ["kept", "changed", "replaced", "remade", "swapped", "gone", "let", "moved"]


def test_what_stands_in_both_parts_of_a_plan_counts_once(read):
    plan = read(planned_values=module(*(bucket(name) for name in STAYS[:4])), resource_changes=CHANGES)
    assert (names(plan), left(plan)) == (STAYS, GOES)


def test_a_redacted_plan_of_hcp_terraform_is_read(tmp_path):
    file = tmp_path / "plan.json"
    content = {"plan_format_version": "1.2", "provider_schemas": {}, "resource_changes": CHANGES}
    file.write_text(json.dumps(content), encoding="utf-8")
    assert names(srm.read_plan(file)) == STAYS


def test_what_is_put_off_is_told(read):
    put_off = [
        {"reason": "instance_count_unknown", "resource_change": change("later[*]", "create")},
        {"reason": "provider_config_unknown", "resource_change": change("soon", "create")},
    ]
    plan = read(planned_values=module(bucket("now")), deferred_changes=put_off, complete=False)
    assert (names(plan), left(plan)) == (["now"], [("later[*]", "deferred"), ("soon", "deferred")])


def test_what_a_plan_does_not_look_at_is_told(read):
    """A plan of a part (-target), or of nothing (-refresh-only), leaves the rest in the state before it."""
    state = module(bucket("now"), bucket("rest"), bucket("was"), bucket("half", deposed_key="1"))
    changes = [change("now", "update"), change("moved", "no-op", previous_address="aws_s3_bucket.was")]
    plan = read(
        planned_values=module(bucket("now"), bucket("moved")),
        resource_changes=changes,
        prior_state={"format_version": "1.0", "values": state},
        complete=False,
    )
    assert names(plan) == ["now", "moved"]
    assert left(plan) == [("rest", "untouched"), ("…", "incomplete")]
    only = read(planned_values=module(), prior_state={"format_version": "1.0", "values": state})
    assert (names(only), [name for name, _ in left(only)]) == ([], ["now", "rest", "was"])


def test_the_short_addresses_of_terraform_0_12_are_made_whole(read):
    counted = [bucket("logs", index=n) for n in (0, 1)]
    keyed = bucket("photos", index="large")
    inner = {"address": 'module.shop["nl"]', "resources": [bucket("orders", index=0)]}
    whole = ["logs[0]", "logs[1]", 'photos["large"]', 'module.shop["nl"].aws_s3_bucket.orders[0]']
    changes = [change(name, "no-op") for name in whole[:3]]
    changes.append(change("x", "no-op", address=whole[3]) | {"address": whole[3]})
    plan = read(
        planned_values=module(*counted, keyed, child_modules=[inner]),
        resource_changes=changes,
        prior_state={"values": module(*counted, keyed, child_modules=[inner])},
    )
    assert (names(plan), left(plan)) == (whole, [])


def test_a_plan_that_stopped_says_so(read):
    plan = read(planned_values=module(bucket("first")), errored=True, complete=False)
    assert left(plan) == [("…", "errored")]
    for lang in LANGUAGES:
        assert plan.left_out(lang)["why"].to_list() == [texts(lang)["left_out"]["errored"]]


def test_actions_are_no_resources(read):
    done = [{"address": "action.aws_lambda_invoke.warm", "type": "aws_lambda_invoke", "name": "warm"}]
    plan = read(planned_values=module(bucket("now")), action_invocations=done)
    assert left(plan) == [("action.aws_lambda_invoke.warm", "action")]


def test_an_old_copy_in_a_state_is_not_counted(read):
    plan = read(values=module(bucket("logs", deposed_key="byebye"), bucket("logs", tainted=True)))
    assert (names(plan), left(plan)) == (["logs"], [("logs", "deposed")])


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"terraform_version": "1.9.5"},
        {"values": {"root_module": {}}},
        {"values": {"outputs": {"x": {"value": 1, "sensitive": False}}}},
        {"planned_values": {"root_module": {}}, "applyable": False, "complete": True, "errored": False},
    ],
)
def test_nothing_is_an_empty_workload(read, content):
    plan = read(**content)
    assert (len(plan.workload), left(plan)) == (0, [])


@pytest.mark.parametrize(
    ("kind", "values", "service"),
    [
        ("azapi_resource", {"type": "Microsoft.App/containerApps@2024-03-01"}, "Azure Container Apps"),
        ("azapi_resource", {"type": "microsoft.storage/STORAGEACCOUNTS@2023-05-01"}, "Azure Storage"),
        ("azapi_resource", {"type": "Contoso.Bells/ringers@2024-01-01"}, "Contoso.Bells/ringers"),
        ("azapi_resource", {"type": None}, "azapi_resource"),
        ("azapi_resource", None, "azapi_resource"),
        ("azapi_resource", {"type": "Microsoft.Storage/storageAccounts/blobServices@2023-05-01"}, None),
        ("azapi_data_plane_resource", {"type": "Microsoft.Synapse/workspaces/databases@2021-04-01"}, None),
        ("azapi_update_resource", {"type": "Microsoft.Storage/storageAccounts@2023-05-01"}, None),
        ("azapi_resource_action", {"type": "Microsoft.Storage/storageAccounts@2023-05-01"}, None),
    ],
)
def test_azapi_says_its_type_among_its_values(read, kind, values, service):
    one = {"address": f"{kind}.x", "mode": "managed", "type": kind, "name": "x"}
    made = read(planned_values=module(one | {"values": values}))
    changed = one | {"change": {"actions": ["create"], "before": None, "after": values}}
    for plan in (made, read(resource_changes=[changed])):
        assert [c.service for c in plan.workload.components] == ([service] if service else [])
        assert len(plan.workload) + len(plan.resources) == 1


@pytest.mark.parametrize("kind", ["azurerm_resource_group_template_deployment", "aws_cloudformation_stack"])
def test_a_template_within_a_plan_is_said_not_to_be_read(read, kind):
    plan = read(planned_values=module({"address": f"{kind}.x", "type": kind, "name": "x"}))
    assert [(r.type, r.why) for r in plan.resources] == [(kind, "linked")]
    assert plan.unknown == ()


def test_names_that_become_equal_stay_two_components(read):
    plan = read(
        planned_values=module(*(bucket("x", address=a) for a in ("a b", "a  b", "a b #2", "", "\x00")))
    )
    assert len(plan.workload) == 5


def test_more_resources_than_the_kit_reads_are_a_fault(read):
    half = [bucket(f"b{n}", mode="data") for n in range(25_001)]
    with pytest.raises(srm.WorkloadFileError, match="there are more than 50000 resources"):
        read(planned_values=module(*half), resource_changes=half)


def test_a_large_plan_is_read_in_a_time_that_grows_with_it(read):
    """9,000 resources with what they hold, 10 MB, and as many data sources and changes."""
    values = {"tags": {f"tag{n}": "x" * 40 for n in range(8)}}
    made = [bucket(f"b{n}", values=values) for n in range(9_000)]
    looked = [bucket(f"d{n}", mode="data") for n in range(9_000)]
    changes = [change(f"b{n}", "create") for n in range(9_000)]
    begun = time.process_time()
    plan = read(
        planned_values=module(*made),
        resource_changes=changes,
        prior_state={"values": module(*looked)},
    )
    assert time.process_time() - begun < 8
    assert (len(plan.workload), len(plan.resources)) == (9_000, 9_000)
