"""The resources in an ARM template, or in what ``az bicep build`` makes of a Bicep file.

The format is Microsoft's: https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax
Expressions are worked out as far as the file goes; see `arm_expressions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from srm_data.readers.faults import Fault, file_words, short
from srm_data.workloads.arm_expressions import Budget, Scope
from srm_data.workloads.arm_functions import UNKNOWN
from srm_data.workloads.resources import Found, Resource, as_list, as_object, as_text

#: The most copies of a resource that Azure takes.
MOST_COPIES = 800
_MOST = 10_000  # resources; whatever copies of copies ask for
_DEPLOYMENTS = ("microsoft.resources/deployments", "microsoft.resources/deploymentstacks")
_NAMESPACE = re.compile(r"\b[A-Za-z]+\.[A-Za-z.]+\b")
#: How a name shows that the file does not say how often, or whether, a resource is made.
_DOUBTS = {"count": "×?", "condition": "×0–1"}


@dataclass(frozen=True)
class _Level:
    """A list of resources, what the names in it stand for, and what was passed on to it."""

    resources: Any
    scope: Scope
    type: str = ""
    name: str = ""
    why: str = ""
    doubt: str = ""


def is_template(content: dict[str, Any]) -> bool:
    """Whether this is an ARM template."""
    schema = as_text(content.get("$schema")).casefold()
    return "deploymenttemplate.json" in schema or ("resources" in content and "contentVersion" in content)


def resources(content: dict[str, Any], faults: list[Fault]) -> Found:
    """What the template makes, and what it only mentions.

    Taken are resources as a list and by symbolic name, resources within resources, templates within
    deployments, and copies. What is made a number of times that only Azure can work out stands there
    once, with ``×?`` behind its name; what may be left out because of a condition has ``×0–1``.
    """
    walk = _Walk(faults)
    waiting = [_Level(content.get("resources"), Scope.of(content, {}, Budget()))]
    while waiting and not walk.is_full():
        inner: list[_Level] = []
        level = waiting.pop()
        for symbol, one in _entries(level.resources, faults):
            inner += walk.resource(symbol, one, level)
            if walk.is_full():
                break
        waiting += reversed(inner)
    if walk.is_full():
        faults.append(Fault(file_words()["too_many_components"].format(n=f"> {_MOST}", limit=_MOST)))
        return Found([], [], [])
    return Found(walk.after, [], walk.left_out)


@dataclass
class _Walk:
    """What was found on the way through a template."""

    faults: list[Fault]
    after: list[Resource] = field(default_factory=list)
    left_out: list[Resource] = field(default_factory=list)
    opened: int = 0

    def is_full(self) -> bool:
        """Whether there is more than any workload has: copies of copies may ask for millions."""
        return len(self.after) + len(self.left_out) + self.opened > _MOST

    def resource(self, symbol: str, one: dict[str, Any], level: _Level) -> Iterator[_Level]:
        """Note a resource, as often as it is made, and give the levels that lie within it."""
        kind, full = _type(one, level)
        why, doubt = _condition(one, level)
        copy = one.get("copy")
        count = self._copies(one, level) if copy is not None else 1
        if count == 0:
            name = _name(symbol, one, level, full) or kind
            self.left_out.append(Resource(name, kind, why or "no_copies"))
            if "resources" in one:
                yield _Level(one["resources"], level.scope, kind, name, why or "no_copies")
        if count is None:
            doubt = "count"
        loop = as_text(copy.get("name")) if isinstance(copy, dict) else ""
        scopes = [level.scope.in_copy(loop, n) for n in range(count)] if count and copy else [level.scope]
        names = [_name(symbol, one, level, full, scope) or kind for scope in scopes[:count]]
        if len(names) > len(set(names)):
            names = [f"{name} {n}/{count}" for n, name in enumerate(names, 1)]
        for name, scope in zip(names, scopes, strict=False):
            shown = f"{name} {_DOUBTS[doubt]}" if doubt and not why else name
            if kind.casefold() in _DEPLOYMENTS:
                yield from self._deployment(one, Resource(shown, kind, why, doubt), scope)
            else:
                (self.left_out if why else self.after).append(Resource(shown, kind, why, doubt))
                if "resources" in one:
                    # Azure makes what lies within a resource whatever the condition of that one is.
                    told = "count" if count is None else level.doubt
                    yield _Level(one["resources"], scope, kind, name, level.why, told)
            if self.is_full():
                return

    def _deployment(self, one: dict[str, Any], said: Resource, scope: Scope) -> Iterator[_Level]:
        """The template within a deployment; what is not in this file is told."""
        self.opened += 1
        properties = as_object(one.get("properties"), "properties", self.faults)
        template = properties.get("template")
        template = scope.value(template) if isinstance(template, str) else template
        if not isinstance(template, dict):
            self.left_out.append(Resource(said.name, said.type, said.why or "linked"))
            return
        if not template.get("resources"):
            self.left_out.append(Resource(said.name, said.type, said.why or "no_resources"))
            return
        options = as_object(
            properties.get("expressionEvaluationOptions"), "expressionEvaluationOptions", self.faults
        )
        if as_text(options.get("scope")).casefold() == "inner":
            scope = Scope.of(template, _passed(properties.get("parameters"), scope), scope.budget)
        yield _Level(template["resources"], scope, why=said.why, doubt=said.doubt)

    def _copies(self, one: dict[str, Any], level: _Level) -> int | None:
        """How often a resource is made, or None when the file does not say."""
        copy = one["copy"]
        count = level.scope.value(copy.get("count")) if isinstance(copy, dict) else UNKNOWN
        if isinstance(count, str) and count.isdecimal() and len(count) < 10:
            count = int(count)
        if not isinstance(count, int) or isinstance(count, bool):
            return None
        if not 0 <= count <= MOST_COPIES:
            name = as_text(one.get("name")) or as_text(one.get("type"))
            says = file_words()["copies"].format(name=short(name), value=count, limit=MOST_COPIES)
            self.faults.append(Fault(says, column="copy", value=str(count)))
            return 0
        return count


def _entries(given: Any, faults: list[Fault]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Resources with their symbolic name, where they have one (languageVersion 2.0)."""
    if isinstance(given, dict):
        for symbol, one in given.items():
            yield symbol, as_object(one, symbol, faults)
    else:
        for one in as_list(given, "resources", faults):
            yield "", one


def _type(one: dict[str, Any], level: _Level) -> tuple[str, bool]:
    """The full type, and whether it stands there in full although it lies within another resource.

    What belongs to any resource (a lock, a role) can be written as ``.../providers/locks``, with the
    namespace in its name.
    """
    said = as_text(one.get("type"))
    kind = level.scope.value(said)
    kind = (kind if isinstance(kind, str) else said).partition("@")[0].strip("/ ")
    full = "." in kind.partition("/")[0]
    if level.type and not full:
        kind = f"{level.type}/{kind}"
    _, within, tail = kind.partition("/providers/")
    if within:
        namespace = _NAMESPACE.search(as_text(one.get("name")))
        kind = tail if "." in tail else f"{namespace[0]}/{tail}" if namespace else kind
    return kind, full


def _name(symbol: str, one: dict[str, Any], level: _Level, full: bool, scope: Scope | None = None) -> str:
    """A name to read: what it comes to, else what the author called it, else the expression."""
    said = as_text(one.get("name"))
    name = (scope or level.scope).value(said)
    if not isinstance(name, str):
        name = symbol or said
    name = name or symbol
    return f"{level.name}/{name}" if level.type and name and not full else name


def _condition(one: dict[str, Any], level: _Level) -> tuple[str, str]:
    """Why a resource is not made, and what is not known of it, as keys of the locale."""
    if level.why or one.get("existing") is True:
        return level.why or "existing", level.doubt
    test = level.scope.value(one.get("condition", True))
    test = {"true": True, "false": False}.get(test.casefold(), UNKNOWN) if isinstance(test, str) else test
    if test is False:
        return "condition", level.doubt
    return "", level.doubt or ("" if test is True else "condition")


def _passed(given: Any, scope: Scope) -> dict[str, Any]:
    """The values that a deployment gives to the template in it; a secret of a vault stays unknown."""
    given = scope.value(given) if isinstance(given, str) else given
    passed = {}
    for name, one in given.items() if isinstance(given, dict) else ():
        told = scope.value(one)
        passed[name.casefold()] = told.get("value", UNKNOWN) if isinstance(told, dict) else UNKNOWN
    return passed
