"""The resources in a Terraform plan or state, as ``terraform show -json`` writes it.

The format is HashiCorp's "JSON Output Format": https://developer.hashicorp.com/terraform/internals/json-format
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from srm_data.faults import Fault, file_words
from srm_data.plan_parts import Found, Resource, as_list, as_object, as_text

#: Actions after which a resource is no longer part of the plan.
_GONE = {str(["delete"]): "deleted", str(["forget"]): "forgotten"}


def is_terraform(content: dict[str, Any]) -> bool:
    """Whether this is a plan or a state of Terraform."""
    return "format_version" in content and ("planned_values" in content or "values" in content)


def resources(content: dict[str, Any], faults: list[Fault]) -> Found:
    """What will be there, what was there, and what the plan only reads or takes away.

    Instances of ``count`` and ``for_each`` are resources of their own, as Terraform lists them.
    """
    version = as_text(content.get("format_version"))
    if version.partition(".")[0] not in ("0", "1"):
        faults.append(Fault(file_words()["plan_version"].format(value=version), column="format_version"))
        return Found([], [], [])
    name = "planned_values" if "planned_values" in content else "values"
    values = as_object(content[name], name, faults)
    after, left_out = [], []
    for one in _module_resources(values.get("root_module"), faults):
        if as_text(one.get("mode")) == "data":
            left_out.append(_resource(one, "data"))
        else:
            after.append(_resource(one))
    before, gone = _changes(content, faults)
    left_out += [resource for resource in gone if resource not in left_out]
    prior = as_object(content.get("prior_state"), "prior_state", faults)
    prior_values = as_object(prior.get("values"), "values", faults)
    known = {resource.name for resource in left_out}
    for one in _module_resources(prior_values.get("root_module"), faults):
        # A data source that could be read already stands here only.
        if as_text(one.get("mode")) == "data" and as_text(one.get("address")) not in known:
            left_out.append(_resource(one, "data"))
    return Found(after, before, left_out)


def _changes(content: dict[str, Any], faults: list[Fault]) -> tuple[list[Resource], list[Resource]]:
    """What was there before, and what the plan reads, takes away or lets go."""
    before, left_out = [], []
    for one in as_list(content.get("resource_changes"), "resource_changes", faults):
        change = as_object(one.get("change"), "change", faults)
        if as_text(one.get("mode")) == "data":
            left_out.append(_resource(one, "data"))
        elif one.get("deposed"):
            left_out.append(_resource(one, "deposed"))
        elif change.get("before") is not None:
            before.append(_resource(one))
            if why := _GONE.get(str(change.get("actions"))):
                left_out.append(_resource(one, why))
    return before, left_out


def _module_resources(root: Any, faults: list[Fault]) -> Iterator[dict[str, Any]]:
    """The resources of a module and of all modules in it, in the order of the file."""
    waiting = [root]
    while waiting:
        module = as_object(waiting.pop(), "root_module", faults)
        yield from as_list(module.get("resources"), "resources", faults)
        waiting += reversed(as_list(module.get("child_modules"), "child_modules", faults))


def _resource(one: dict[str, Any], why: str = "") -> Resource:
    kind = as_text(one.get("type"))
    return Resource(as_text(one.get("address")) or f"{kind}.{as_text(one.get('name'))}", kind, why)
