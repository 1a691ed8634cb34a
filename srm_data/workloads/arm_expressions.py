"""What an expression of an ARM template comes to, where the file itself says so.

``[length(parameters('sites'))]`` is known when `sites` has a default; ``[uniqueString(...)]`` is not. What is
not known is `UNKNOWN` and never guessed. The syntax is Microsoft's:
https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from srm_data.workloads.arm_functions import UNKNOWN, call, cost, get

_DEEPEST = 80  # calls within calls, and values that refer to values
_LONGEST = 24_576  # signs of an expression, as Azure has it
_MOST_TOKENS = 5_000  # names, texts and signs in it; what people write has some hundreds
_ROUNDS = 800  # of a loop: more Azure does not take
_STEPS = 100_000  # of work in a file: what goes further is unknown
_TOKEN = re.compile(r"\s*(?:'((?:[^']|'')*)'|(-?\d{1,18})(?!\d)|([A-Za-z_][\w.]*)|([()\[\],.]))")

Node = tuple[Any, ...]


@dataclass
class Budget:
    """What is left to work out, for a file with all its nested templates."""

    steps: int = _STEPS
    depth: int = 0


@dataclass(frozen=True)
class Scope:
    """What the names in an expression stand for.

    Attributes:
        parameters: how the template declares them, by name in lower case.
        passed: the values that were given, likewise.
        variables: as the template writes them, likewise.
        functions: those of the template itself, by ``namespace.name``, likewise.
        copies: the number of each loop that is running; the innermost one also as "".
    """

    parameters: Mapping[str, Any] = field(default_factory=dict)
    passed: Mapping[str, Any] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    functions: Mapping[str, Any] = field(default_factory=dict)
    copies: Mapping[str, int] = field(default_factory=dict)
    lambdas: Mapping[str, Any] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)
    _known: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, template: Mapping[str, Any], passed: Mapping[str, Any], budget: Budget) -> Scope:
        """The scope of a template, with the values that were passed to it.

        Args:
            template: as the file has it.
            passed: values of its parameters, by name in lower case.
            budget: how much may still be worked out; nested templates use up the same one.
        """
        functions = {}
        for group in _listed(template.get("functions")):
            for name, one in _folded(group.get("members")).items():
                functions[f"{group.get('namespace')}.{name}".casefold()] = _object(one)
        variables = _folded(template.get("variables"))
        for loop in _listed(variables.pop("copy", None)):
            variables[str(loop.get("name")).casefold()] = _Loop(loop)
        return cls(_folded(template.get("parameters")), passed, variables, functions, budget=budget)

    def in_copy(self, name: str, number: int) -> Scope:
        """The same scope in one round of a loop."""
        return replace(self, copies={**self.copies, "": number, name.casefold(): number})

    def value(self, raw: Any) -> Any:
        """What a value of the template comes to; parts of it may be `UNKNOWN`."""
        return self._within(self._part, raw) if isinstance(raw, str | dict | list | _Loop) else raw

    def _within(self, work: Callable[[Any], Any], given: Any) -> Any:
        """Do one step of the work, unless it is too deep or there was too much of it."""
        budget = self.budget
        if budget.steps <= 0 or budget.depth >= _DEEPEST:
            return UNKNOWN
        budget.steps -= 1
        budget.depth += 1
        result = work(given)
        budget.depth -= 1
        return result

    def _part(self, raw: Any) -> Any:
        if isinstance(raw, str):
            if not raw.startswith("["):
                return raw
            node = _parsed(raw) if len(raw) <= _LONGEST else None
            return UNKNOWN if node is None else self._worked_out(node)
        if isinstance(raw, _Loop):
            return self._rounds(raw.loop)
        if isinstance(raw, list):
            return [self.value(one) for one in raw]
        made = {name: self.value(one) for name, one in raw.items() if name != "copy"}
        if "copy" in raw:
            loops = raw["copy"]
            if not isinstance(loops, list) or not all(isinstance(one, dict) for one in loops):
                return made | {"copy": self.value(loops)}
            made |= {str(loop.get("name")): self._rounds(loop) for loop in loops}
        return made

    def _rounds(self, loop: Mapping[str, Any]) -> Any:
        count = self.value(loop.get("count"))
        if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= _ROUNDS:
            return UNKNOWN
        self.budget.steps -= count
        rounds = (self.in_copy(str(loop.get("name")), n) for n in range(count))
        return [one.value(loop.get("input")) for one in rounds] if self.budget.steps > 0 else UNKNOWN

    def _worked_out(self, node: Node) -> Any:
        return node[1] if node[0] == "text" else self._within(self._called, node)

    def _called(self, node: Node) -> Any:
        if node[0] == "get":
            value = self._worked_out(node[1])
            self.budget.steps -= cost("get", [value])
            return get(value, self._worked_out(node[2]))
        _, name, args = node
        if name in _NAMES:
            return _NAMES[name](self, args)
        if name in self.functions:
            return self._own_function(self.functions[name], args)
        given = [self._worked_out(arg) for arg in args]
        self.budget.steps -= cost(name, given)
        return call(name, given) if self.budget.steps > 0 else UNKNOWN

    def _own_function(self, one: Any, args: list[Node]) -> Any:
        told = [str(p.get("name")).casefold() for p in _listed(one.get("parameters"))]
        passed = dict(zip(told, (self._worked_out(arg) for arg in args), strict=False))
        inner = Scope(passed=passed, functions=self.functions, budget=self.budget)
        output = one.get("output")
        return inner.value(output.get("value")) if isinstance(output, dict) else UNKNOWN

    def _looked_up(self, args: list[Node], kind: str) -> Any:
        name = self._worked_out(args[0]) if args else UNKNOWN
        if not isinstance(name, str):
            return UNKNOWN
        name = name.casefold()
        key = f"{kind} {name}"
        if key not in self._known:
            self._known[key] = UNKNOWN  # what a value that refers to itself finds
            self._known[key] = self._variable(name) if kind == "variable" else self._parameter(name)
        return self._known[key]

    def _variable(self, name: str) -> Any:
        return self.value(self.variables[name]) if name in self.variables else UNKNOWN

    def _parameter(self, name: str) -> Any:
        if name in self.passed:
            return self.passed[name]
        declared = self.parameters.get(name)
        if not isinstance(declared, dict):
            return UNKNOWN
        if "defaultValue" in declared:
            return self.value(declared["defaultValue"])
        return None if declared.get("nullable") is True else UNKNOWN

    def _if(self, args: list[Node]) -> Any:
        if len(args) != 3:
            return UNKNOWN
        test = self._worked_out(args[0])
        return self._worked_out(args[1 if test else 2]) if isinstance(test, bool) else UNKNOWN

    def _copy_index(self, args: list[Node]) -> Any:
        given = [self._worked_out(arg) for arg in args]
        name = given.pop(0) if given and isinstance(given[0], str) else ""
        number = self.copies.get(name.casefold())
        offset = given[0] if given else 0
        return number + offset if number is not None and isinstance(offset, int) else UNKNOWN

    def _each(self, args: list[Node], keep: bool) -> Any:
        """``map`` and ``filter``: a function of one argument over a list."""
        if len(args) != 2 or args[1][:2] != ("call", "lambda") or len(args[1][2]) != 2:
            return UNKNOWN
        listed, (name, body) = self._worked_out(args[0]), args[1][2]
        if not isinstance(listed, list) or name[0] != "text" or self.budget.steps < len(listed):
            return UNKNOWN
        self.budget.steps -= len(listed)
        made = []
        for one in listed:
            inner = replace(self, lambdas={**self.lambdas, name[1].casefold(): one})
            result = inner._worked_out(body)
            if keep and not isinstance(result, bool):
                return UNKNOWN
            if result or not keep:
                made.append(one if keep else result)
        return made

    def _lambda_variable(self, args: list[Node]) -> Any:
        name = args[0][1] if args and args[0][0] == "text" else ""
        return self.lambdas.get(str(name).casefold(), UNKNOWN)


_NAMES = {
    "parameters": lambda scope, args: scope._looked_up(args, "parameter"),
    "variables": lambda scope, args: scope._looked_up(args, "variable"),
    "if": Scope._if,
    "copyindex": Scope._copy_index,
    "map": lambda scope, args: scope._each(args, keep=False),
    "filter": lambda scope, args: scope._each(args, keep=True),
    "lambdavariables": Scope._lambda_variable,
}


@dataclass(frozen=True)
class _Loop:
    """A variable that a loop makes."""

    loop: Mapping[str, Any]


def _folded(given: Any) -> dict[str, Any]:
    """An object by its names in lower case: Azure does not mind which case is used."""
    return {name.casefold(): value for name, value in given.items()} if isinstance(given, dict) else {}


def _object(given: Any) -> dict[str, Any]:
    return given if isinstance(given, dict) else {}


def _listed(given: Any) -> list[dict[str, Any]]:
    return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []


@lru_cache(4096)
def _parsed(text: str) -> Node | None:
    """An expression as a tree, or None when it is none that can be read; ``[[`` stands for a plain ``[``."""
    if text.startswith("[["):
        return ("text", text[1:])
    if not text.rstrip().endswith("]"):
        return ("text", text)
    tokens: list[Node] = []
    place, end = 1, len(text.rstrip()[:-1].rstrip())
    while place < end:
        if len(tokens) == _MOST_TOKENS:
            return None
        found = _TOKEN.match(text, place, end)
        if found is None:
            return None
        said, number, name, sign = found.groups()
        if name and name.count(".") > _DEEPEST:
            return None
        tokens.append(
            ("text", said.replace("''", "'"))
            if said is not None
            else ("text", int(number))
            if number is not None
            else ("name", name.casefold())
            if name
            else ("sign", sign)
        )
        place = found.end()
    try:
        node, rest = _tree(tokens, 0, 0)
    except (IndexError, ValueError):
        return None
    return node if rest == len(tokens) else None


def _tree(tokens: list[Node], at: int, depth: int) -> tuple[Node, int]:
    """The value that begins at a token, and where the next one is."""
    if depth > _DEEPEST:
        raise ValueError
    node, at = tokens[at], at + 1
    if node[0] == "name":
        args: list[Node] = []
        at = _expect(tokens, at, "(")
        while tokens[at] != ("sign", ")"):
            arg, at = _tree(tokens, at, depth + 1)
            args.append(arg)
            if tokens[at] == ("sign", ","):
                at += 1
        node, at = ("call", node[1], args), at + 1
    elif node[0] != "text":
        raise ValueError
    while at < len(tokens) and tokens[at] in (("sign", "."), ("sign", "[")):
        if tokens[at][1] == ".":
            kind, name = tokens[at + 1]
            if kind != "name":
                raise ValueError
            for part in name.split("."):  # a name may hold dots, as those of functions do
                node = ("get", node, ("text", part))
            at += 2
        else:
            key, at = _tree(tokens, at + 1, depth + 1)
            node, at = ("get", node, key), _expect(tokens, at, "]")
    return node, at


def _expect(tokens: list[Node], at: int, sign: str) -> int:
    if tokens[at] != ("sign", sign):
        raise ValueError
    return at + 1
