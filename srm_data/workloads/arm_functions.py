"""The functions of ARM templates that need nothing but their arguments.

Microsoft describes them: https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions
What only Azure can work out (``reference``, ``uniqueString``, ``resourceGroup`` and the like) is not here, so
it stays `UNKNOWN`, and so does everything that is made of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

#: Elements of a list and signs of a text; what would be longer stays unknown, and fills no memory.
LARGEST = 20_000
_NODES = 3_000  # values that are looked at in one argument


class _Unknown:
    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = _Unknown()


def cost(name: str, args: Sequence[Any]) -> int:
    """How much work a call is: 1, and more for long texts and large lists, and for all that is in them."""
    if name.casefold() in _DEEP:
        return 1 + sum(_weight(arg) for arg in args)
    return 1 + sum(len(arg) // 50 for arg in args if isinstance(arg, str | list | dict))


def call(name: str, args: Sequence[Any]) -> Any:
    """What a function makes of its arguments, or `UNKNOWN`."""
    name = name.casefold()
    if name in _LAZY:
        return _LAZY[name](args)
    if any(arg is UNKNOWN for arg in args):
        return UNKNOWN
    if name in _SHALLOW:
        function = _SHALLOW[name]
    elif name in _DEEP and all(_is_known(arg) for arg in args):
        function = _DEEP[name]
    else:
        return UNKNOWN
    try:
        result = function(*args)
    except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError, RecursionError):
        return UNKNOWN  # a call that Azure would refuse
    return UNKNOWN if _is_large(result) else result


def get(value: Any, key: Any) -> Any:
    """A property by its name in any case, or an element by its number."""
    if isinstance(value, list):
        is_place = isinstance(key, int) and not isinstance(key, bool) and 0 <= key < len(value)
        return value[key] if is_place else UNKNOWN
    if isinstance(value, dict) and isinstance(key, str):
        if key in value:
            return value[key]
        return next((one for name, one in value.items() if name.casefold() == key.casefold()), UNKNOWN)
    return UNKNOWN


def _weight(value: Any) -> int:
    """How much there is in a value, as far as it is looked at."""
    waiting, seen, texts = [value], 0, 0
    while waiting and seen < _NODES:
        seen += 1
        one = waiting.pop()
        if isinstance(one, dict | list):
            waiting += one.values() if isinstance(one, dict) else one
        elif isinstance(one, str):
            texts += len(one)
    return seen + texts // 50


def _is_known(value: Any) -> bool:
    """Whether nothing in a value is unknown; lists that share parts are not walked for ever."""
    waiting, seen = [value], 0
    while waiting:
        seen += 1
        one = waiting.pop()
        if one is UNKNOWN or seen > _NODES:
            return False
        if isinstance(one, dict | list):
            waiting += one.values() if isinstance(one, dict) else one
    return True


def _is_large(value: Any) -> bool:
    if isinstance(value, int):
        return abs(value) > 2**63
    return isinstance(value, str | list | dict) and len(value) > LARGEST


def _and(args: Sequence[Any]) -> Any:
    if any(arg is False for arg in args):
        return False
    return all(arg is True for arg in args) or UNKNOWN


def _or(args: Sequence[Any]) -> Any:
    if any(arg is True for arg in args):
        return True
    return False if args and all(arg is False for arg in args) else UNKNOWN


def _coalesce(args: Sequence[Any]) -> Any:
    return next((arg for arg in args if arg is not None), None)


def _object(args: Sequence[Any]) -> Any:
    keys = args[::2]
    if len(args) % 2 or not all(isinstance(key, str) for key in keys):
        return UNKNOWN
    return dict(zip(keys, args[1::2], strict=True))


def _length(value: Any) -> int:
    if isinstance(value, str | list | dict):
        return len(value)
    raise TypeError


def _contains(where: Any, what: Any) -> Any:
    if isinstance(where, dict):
        return any(key.casefold() == what.casefold() for key in where)
    if isinstance(what, dict | list) and not (_is_known(where) and _is_known(what)):
        return UNKNOWN
    if what in where:
        return True
    return UNKNOWN if isinstance(where, list) and UNKNOWN in where else False


def _try_get(value: Any, *keys: Any) -> Any:
    """A property that need not be there; then it is null."""
    for key in keys:
        names = {name.casefold() for name in value} if isinstance(value, dict) else ()
        if isinstance(key, str) and key.casefold() not in names:
            return None
        if isinstance(key, int) and not (isinstance(value, list) and key < len(value)):
            return None
        value = get(value, key)
    return value


def _concat(*parts: Any) -> Any:
    if parts and all(isinstance(part, list) for part in parts):
        return [one for part in parts for one in part] if sum(map(len, parts)) <= LARGEST else UNKNOWN
    texts = [_text(part) for part in parts]
    return "".join(texts) if sum(map(len, texts)) <= LARGEST else UNKNOWN


def _text(value: Any) -> str:
    """A plain value in a text, as Azure writes it."""
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, str | int):
        return str(value)
    raise TypeError


def _format(template: str, *values: Any) -> str:
    """``{0}`` and ``{{``; a form behind a colon is .NET's business and stays unknown."""
    longest = max((len(_text(value)) for value in values), default=0)
    if template.count("{") * longest > LARGEST:
        raise ValueError

    def fill(found: re.Match[str]) -> str:
        return found[0][0] if found[0] in ("{{", "}}") else _text(values[int(found[1])])

    return re.sub(r"\{\{|\}\}|\{(\d{1,2})\}|[{}]", fill, template)


def _take(value: Any, n: int) -> Any:
    return value[: max(n, 0)]


def _skip(value: Any, n: int) -> Any:
    return value[max(n, 0) :]


def _end(place: int) -> Callable[[Any], Any]:
    def end(value: Any) -> Any:
        return value[place] if value else ("" if isinstance(value, str) else None)

    return end


def _range(start: int, count: int) -> Any:
    return [*range(start, start + count)] if 0 <= count <= LARGEST else UNKNOWN


def _union(*parts: Any) -> Any:
    if all(isinstance(part, dict) for part in parts):
        merged: dict[str, Any] = {}
        for part in parts:
            for key, value in part.items():
                old = merged.get(key)
                both = isinstance(old, dict) and isinstance(value, dict)
                merged[key] = _union(old, value) if both else value
        return merged
    found: dict[str, Any] = {}
    for one in _concat(*parts):
        found.setdefault(json.dumps(one, sort_keys=True), one)
    return [*found.values()]


def _intersection(first: Any, *others: Any) -> Any:
    if isinstance(first, dict):
        return {key: value for key, value in first.items() if all(o.get(key) == value for o in others)}
    kept = [{json.dumps(one, sort_keys=True) for one in other} for other in others]
    return [one for one in first if all(json.dumps(one, sort_keys=True) in other for other in kept)]


def _split(text: str, by: Any) -> list[str]:
    marks = [by] if isinstance(by, str) else by
    if not all(marks):
        raise ValueError
    return re.split("|".join(re.escape(mark) for mark in marks), text)


def _join(parts: list[Any], by: str) -> Any:
    texts = [_text(part) for part in parts]
    return by.join(texts) if sum(map(len, texts)) + len(by) * len(texts) <= LARGEST else UNKNOWN


def _replace(text: str, old: str, new: str) -> Any:
    return text.replace(old, new) if len(text) + text.count(old) * len(new) <= LARGEST else UNKNOWN


def _pad(text: Any, width: int, sign: str = " ") -> Any:
    return _text(text).rjust(width, sign) if width <= LARGEST else UNKNOWN


def _substring(text: str, start: int, length: int | None = None) -> Any:
    end = len(text) if length is None else start + length
    return text[start:end] if 0 <= start <= end <= len(text) else UNKNOWN


def _string(value: Any) -> str:
    return _text(value) if isinstance(value, str | int) else json.dumps(value, separators=(",", ":"))


def _whole(value: Any) -> int:
    return int(value)


def _flag(value: Any) -> bool:
    return bool(value) if isinstance(value, int) else {"true": True, "false": False}[value.casefold()]


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and one == other


def _ordered(test: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def compare(one: Any, other: Any) -> bool:
        if type(one) is not type(other) or not isinstance(one, int | str):
            raise TypeError
        return test(one, other)

    return compare


def _numbers(*given: Any) -> list[int]:
    """The numbers of ``min`` and ``max``: given one by one or as a list."""
    found = given[0] if len(given) == 1 and isinstance(given[0], list) else given
    if not found or not all(type(one) is int for one in found):
        raise TypeError
    return [*found]


def _sum(make: Callable[[int, int], int]) -> Callable[[Any, Any], int]:
    def work(one: Any, other: Any) -> int:
        if type(one) is not int or type(other) is not int:
            raise TypeError
        return make(one, other)

    return work


def _div(one: int, other: int) -> int:
    whole = abs(one) // abs(other)
    return whole if (one < 0) is (other < 0) else -whole


#: Functions whose result can be known although an argument is not.
_LAZY: dict[str, Callable[[Sequence[Any]], Any]] = {
    "and": _and,
    "or": _or,
    "coalesce": _coalesce,
    "createarray": list,
    "createobject": _object,
}
#: Functions for which it does not matter what the elements of a list are.
_SHALLOW: dict[str, Callable[..., Any]] = {
    "array": lambda value: value if isinstance(value, list) else [value],
    "concat": _concat,
    "contains": _contains,
    "empty": lambda value: value is None or _length(value) == 0,
    "first": _end(0),
    "flatten": lambda parts: _concat(*parts) if parts else [],
    "items": lambda value: [{"key": key, "value": value[key]} for key in sorted(value)],
    "last": _end(-1),
    "length": _length,
    "objectkeys": sorted,
    "range": _range,
    "skip": _skip,
    "take": _take,
    "tryget": _try_get,
}
_DEEP: dict[str, Callable[..., Any]] = {
    "add": _sum(lambda a, b: a + b),
    "bool": _flag,
    "div": _sum(_div),
    "endswith": lambda text, end: text.casefold().endswith(end.casefold()),
    "equals": _same,
    "false": lambda: False,
    "format": _format,
    "greater": _ordered(lambda a, b: a > b),
    "greaterorequals": _ordered(lambda a, b: a >= b),
    "indexof": lambda where, what: (
        where.casefold().find(what.casefold()) if isinstance(where, str) else where.index(what)
    ),
    "int": _whole,
    "intersection": _intersection,
    "join": _join,
    "json": json.loads,
    "less": _ordered(lambda a, b: a < b),
    "lessorequals": _ordered(lambda a, b: a <= b),
    "max": lambda *given: max(_numbers(*given)),
    "min": lambda *given: min(_numbers(*given)),
    "mod": _sum(lambda a, b: a - b * _div(a, b)),
    "mul": _sum(lambda a, b: a * b),
    "not": lambda value: {True: False, False: True}[value],
    "null": lambda: None,
    "padleft": _pad,
    "replace": _replace,
    "split": _split,
    "startswith": lambda text, start: text.casefold().startswith(start.casefold()),
    "string": _string,
    "sub": _sum(lambda a, b: a - b),
    "substring": _substring,
    "tolower": lambda text: text.lower(),
    "toupper": lambda text: text.upper(),
    "trim": lambda text: text.strip(),
    "true": lambda: True,
    "union": _union,
}
