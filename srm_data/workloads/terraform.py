"""The resources in a Terraform or OpenTofu plan or state, as ``terraform show -json`` writes it.

The format is HashiCorp's "JSON Output Format": https://developer.hashicorp.com/terraform/internals/json-format
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from srm_data.readers.faults import Fault, file_words
from srm_data.workloads.resources import Found, Resource, as_list, as_object, as_text

#: The most resources, changes and data sources of one file; a large plan has a tenth of it.
MOST_RESOURCES = 50_000
_VERSIONS = ("format_version", "plan_format_version")  # the second in the redacted plans of HCP Terraform
_HOLDERS = {"planned_values", "values", "resource_changes", "deferred_changes", "prior_state"}
#: What may stand in a plan or state beside those, so that one without resources is known as well.
_BESIDE = {"terraform_version", "checks", "timestamp", "variables", "configuration", "output_changes"}
_BESIDE |= {"applyable", "complete", "errored", "resource_drift", "relevant_attributes"}
#: Actions after which a resource is no longer part of the plan.
_GONE = {"delete": "deleted", "forget": "forgotten"}
#: Types of the provider azapi that stand for the type of Azure that is among their values.
_AZURE = {"azapi_resource", "azapi_data_plane_resource"}

#: Types that carry out a template; what that makes stands in the template only.
_TEMPLATES = re.compile(r"azurerm_\w*template_deployment|aws_cloudformation_stack\w*")


def is_terraform(content: dict[str, Any]) -> bool:
    """Whether this is a plan or a state; other outputs of Terraform have a version too."""
    keys = set(content)
    rest = keys - {*_VERSIONS}
    return rest != keys and (bool(rest & _HOLDERS) or rest <= _BESIDE)


def resources(content: dict[str, Any], faults: list[Fault]) -> Found:
    """What will be there, what was there, and what the plan only reads, puts off or takes away.

    Instances of ``count`` and ``for_each`` are resources of their own, as Terraform lists them. A plan
    that was cut down to its ``resource_changes`` is read from those.
    """
    version = as_text(next(content[name] for name in _VERSIONS if name in content))
    if version.partition(".")[0] not in ("0", "1"):
        faults.append(Fault(file_words()["plan_version"].format(value=version), column="format_version"))
        return Found([], [], [])
    told = _Told(faults)
    name = "planned_values" if "planned_values" in content else "values"
    values = as_object(content.get(name), name, faults)
    for one in told.read(_module_resources(values.get("root_module"), faults)):
        told.note(one, _mode(one) or ("deposed" if one.get("deposed_key") else ""))
    before = _changes(content, told, faults)
    for one in told.read(as_list(content.get("deferred_changes"), "deferred_changes", faults)):
        told.note(as_object(one.get("resource_change"), "resource_change", faults), "deferred")
    prior = as_object(content.get("prior_state"), "prior_state", faults)
    prior_values = as_object(prior.get("values"), "values", faults)
    for one in told.read(_module_resources(prior_values.get("root_module"), faults)):
        # A data source that could be read already stands here only; and what a plan of a part of
        # the resources (-target) or of none (-refresh-only) does not look at.
        if not one.get("deposed_key") and one["address"] not in told.known:
            told.note(one, _mode(one) or "untouched")
    for one in told.read(as_list(content.get("action_invocations"), "action_invocations", faults)):
        told.note(one, "action")
    return Found(told.after, before, [*told.left_out, *_unfinished(content)])


def _changes(content: dict[str, Any], told: _Told, faults: list[Fault]) -> list[Resource]:
    """What was there before; what the plan changes is noted, with the reason when it does not stay."""
    before = []
    for one in told.read(as_list(content.get("resource_changes"), "resource_changes", faults)):
        change = as_object(one.get("change"), "change", faults)
        why = _mode(one) or ("deposed" if one.get("deposed") else "") or _gone(change)
        if not why or why in _GONE.values():
            told.known.add(as_text(one.get("previous_address")))
            if change.get("before") is not None:
                before.append(_resource(one))
        if why or _resource(one).name not in told.there:
            told.note(one, why)
    return before


class _Told:
    """The resources that were met: those that are made, and those left out, each once for each reason."""

    def __init__(self, faults: list[Fault]) -> None:
        self.after: list[Resource] = []
        self.left_out: list[Resource] = []
        self.known: set[str] = set()  # every address
        self.there: set[str] = set()  # those that are made
        self._noted: set[Resource] = set()
        self._faults = faults
        self._count = 0

    def read(self, listed: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Each of these resources; a fault where the file has more than the kit reads."""
        for one in listed:
            self._count += 1
            if self._count == MOST_RESOURCES + 1:
                says = file_words()["too_many_resources"].format(limit=MOST_RESOURCES)
                self._faults.append(Fault(says))
            if self._count > MOST_RESOURCES:
                return
            yield one

    def note(self, one: dict[str, Any], why: str) -> None:
        """Take a resource in what is made, or with the reason in what is left out."""
        resource = _resource(one, why)
        self.known.add(resource.name)
        if not why:
            self.after.append(resource)
            self.there.add(resource.name)
        elif resource not in self._noted:
            self.left_out.append(resource)
            self._noted.add(resource)


def _mode(one: dict[str, Any]) -> str:
    """Why a resource is none that Terraform makes and keeps by itself, as a key of the locale."""
    mode = as_text(one.get("mode"))
    if mode in ("", "managed"):
        return "linked" if _TEMPLATES.fullmatch(as_text(one.get("type"))) else ""
    return "ephemeral" if mode == "ephemeral" else "data"


def _gone(change: dict[str, Any]) -> str:
    """Why a resource is not there afterwards, or nothing."""
    actions = change.get("actions")
    return _GONE.get(as_text(actions[0]), "") if isinstance(actions, list) and len(actions) == 1 else ""


def _unfinished(content: dict[str, Any]) -> Iterator[Resource]:
    """A row that says so, for a plan that does not hold everything."""
    if content.get("errored") is True:
        yield Resource("…", "", "errored")
    elif content.get("complete") is False and not content.get("deferred_changes"):
        yield Resource("…", "", "incomplete")


def _module_resources(root: Any, faults: list[Fault]) -> Iterator[dict[str, Any]]:
    """The resources of a module and of all modules in it, in the order of the file."""
    waiting = [root]
    while waiting:
        module = as_object(waiting.pop(), "root_module", faults)
        inside = as_text(module.get("address"))
        for one in as_list(module.get("resources"), "resources", faults):
            yield one | {"address": _address(one, inside)}
        waiting += reversed(as_list(module.get("child_modules"), "child_modules", faults))


def _address(one: dict[str, Any], module: str) -> str:
    """The whole address; Terraform 0.12 leaves out the module and the index."""
    address = _resource(one).name
    if module and not address.startswith(f"{module}."):
        address = f"{module}.{address}"
    index = one.get("index")
    whole = address.endswith("]") or not isinstance(index, str | int)
    return address if whole else f"{address}[{json.dumps(index)}]"


def _resource(one: dict[str, Any], why: str = "") -> Resource:
    kind = as_text(one.get("type"))
    name = as_text(one.get("address")) or f"{kind}.{as_text(one.get('name'))}"
    return Resource(name, _azure_type(one) if kind in _AZURE else kind, why)


def _azure_type(one: dict[str, Any]) -> str:
    """The type of Azure behind a resource of azapi, where it is known."""
    change = one.get("change") if isinstance(one.get("change"), dict) else {}
    for values in (one.get("values"), change.get("after"), change.get("before")):  # type: ignore[union-attr]
        if isinstance(values, dict) and "/" in as_text(values.get("type")):
            return as_text(values["type"]).partition("@")[0]
    return as_text(one.get("type"))
