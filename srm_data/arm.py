"""The resources in an ARM template, or in what ``az bicep build`` makes of a Bicep file.

The format is Microsoft's: https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax
Expressions stay text; only a bare ``[parameters('x')]`` with a default is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from srm_data.faults import Fault, file_words
from srm_data.plan_parts import Found, Resource, as_list, as_object, as_text

#: The most copies of a resource that Azure takes.
MOST_COPIES = 800
_MOST = 10_000  # resources; whatever copies of copies ask for
_DEPLOYMENT = "microsoft.resources/deployments"
_PARAMETER = re.compile(r"\[\s*parameters\('([^']+)'\)\s*\]")


@dataclass(frozen=True)
class _Level:
    """A list of resources, and what was passed on to it."""

    resources: Any
    parameters: dict[str, Any]
    type: str = ""
    name: str = ""
    copies: int = 1
    why: str = ""


def is_template(content: dict[str, Any]) -> bool:
    """Whether this is an ARM template."""
    schema = as_text(content.get("$schema")).casefold()
    return "deploymenttemplate.json" in schema or ("resources" in content and "contentVersion" in content)


def resources(content: dict[str, Any], faults: list[Fault]) -> Found:
    """What the template makes, and what it only mentions.

    Taken are resources as a list and by symbolic name, resources within resources, templates within
    deployments, and copies. A count that only Azure can work out stands for one.
    """
    after: list[Resource] = []
    left_out: list[Resource] = []
    waiting = [_Level(content.get("resources"), as_object(content.get("parameters"), "parameters", faults))]
    while waiting:
        level = waiting.pop()
        inner: list[_Level] = []
        for symbol, one in _entries(level.resources, faults):
            kind, name = _type_and_name(symbol, one, level)
            copies = level.copies * _copies(one, level, faults)
            why = level.why or _left_out(one)
            if kind.casefold() == _DEPLOYMENT:
                properties = as_object(one.get("properties"), "properties", faults)
                template = properties.get("template")
                if not isinstance(template, dict):
                    left_out.append(Resource(name, kind, why or "linked"))
                    continue
                passed = as_object(properties.get("parameters"), "parameters", faults)
                own = as_object(template.get("parameters"), "parameters", faults)
                inner.append(_Level(template.get("resources"), own | passed, copies=copies, why=why))
                continue
            if len(after) + len(left_out) + copies > _MOST:
                faults.append(Fault(file_words()["too_many_components"].format(n=f"> {_MOST}", limit=_MOST)))
                return Found([], [], [])
            for n in range(1, copies + 1):
                shown = f"{name} {n}/{copies}" if copies > 1 else name
                (left_out if why else after).append(Resource(shown, kind, why))
            if "resources" in one:
                inner.append(_Level(one["resources"], level.parameters, kind, name, copies, why))
        waiting += reversed(inner)
    return Found(after, [], left_out)


def _entries(given: Any, faults: list[Fault]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Resources with their symbolic name, where they have one (languageVersion 2.0)."""
    if isinstance(given, dict):
        for symbol, one in given.items():
            yield symbol, as_object(one, symbol, faults)
    else:
        for one in as_list(given, "resources", faults):
            yield "", one


def _type_and_name(symbol: str, one: dict[str, Any], level: _Level) -> tuple[str, str]:
    """The full type and a name to read; within another resource both continue its own."""
    kind = as_text(one.get("type")).partition("@")[0]
    name = as_text(_looked_up(one.get("name"), level.parameters))
    if symbol and (not name or name.startswith("[")):
        name = symbol  # what the author called it says more than an expression
    name = name or kind
    if level.type:
        return f"{level.type}/{kind}", f"{level.name}/{name}"
    return kind, name


def _left_out(one: dict[str, Any]) -> str:
    if one.get("existing") is True:
        return "existing"
    return "condition" if one.get("condition") is False else ""


def _copies(one: dict[str, Any], level: _Level, faults: list[Fault]) -> int:
    """How often a resource is made: a number, or a parameter that has one; otherwise once."""
    copy = one.get("copy")
    count = _looked_up(copy.get("count"), level.parameters) if isinstance(copy, dict) else 1
    if not isinstance(count, int) or isinstance(count, bool):
        return 1
    if not 0 <= count <= MOST_COPIES:
        says = file_words()["copies"].format(value=count, limit=MOST_COPIES)
        faults.append(Fault(says, column="copy", value=str(count)))
        return 0
    return count


def _looked_up(value: Any, parameters: dict[str, Any]) -> Any:
    """The default of a parameter, or what was passed, where `value` is nothing but that parameter."""
    found = _PARAMETER.fullmatch(value) if isinstance(value, str) else None
    told = parameters.get(found[1]) if found else None
    if isinstance(told, dict):
        default = told.get("value", told.get("defaultValue"))
        if isinstance(default, str | int) and not _PARAMETER.fullmatch(str(default)):
            return default
    return value
