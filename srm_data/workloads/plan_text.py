"""The JSON in a plan or template, whatever stands around it.

Templates may hold comments, texts over several lines and a comma too many; the tools that run Terraform
in a pipeline put lines of their own before and behind a plan.
"""

from __future__ import annotations

import json
import re
from typing import Any

_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\Z)'
# Each of these always matches where it begins, so that no text is read twice.
_COMMENT = re.compile(rf"({_STRING})|//[^\n]*|/\*[^*]*(?:\*(?!/)[^*]*)*(?:\*/|\Z)", re.DOTALL)
_COMMA = re.compile(rf"({_STRING})|,(?=\s*[\]}}])", re.DOTALL)
#: Names of which a second one in the same object would hide the resources under the first.
_ONCE = {"resources", "planned_values", "values", "root_module", "child_modules", "resource_changes"}
_OBJECT = re.compile(r"^\{", re.MULTILINE)


class DoubleNameError(ValueError):
    """A name that stands twice in an object; the program that reads it would keep one."""


def parsed(text: str) -> Any:
    """What the text holds.

    Raises:
        json.JSONDecodeError: when it is no JSON; its line is that of the text as it was given.
        DoubleNameError: when something with resources in it stands twice in the same object.
        RecursionError: when it is nested too deeply.
        ValueError: when a number in it has thousands of digits.
    """
    try:
        return json.loads(text, strict=False, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        plain = _COMMA.sub(_kept, _COMMENT.sub(_kept, text))
        if plain == text:
            raise
        try:
            return json.loads(plain, strict=False, object_pairs_hook=_object)
        except json.JSONDecodeError as mended:
            raise max(error, mended, key=lambda e: e.pos) from None


def objects(text: str) -> list[dict[str, Any]]:
    """The first two objects that begin at the start of a line; nothing when one of them is not whole."""
    found: list[dict[str, Any]] = []
    decoder = json.JSONDecoder(strict=False)
    place = 0
    while len(found) < 2 and (start := _OBJECT.search(text, place)):
        try:
            one, place = decoder.raw_decode(text, start.start())
        except (ValueError, RecursionError):
            return []
        found.append(one)
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, unless resources would be lost in it."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        if double := next((name for name in _ONCE if names.count(name) > 1), ""):
            raise DoubleNameError(double)
    return made


def _kept(found: re.Match[str]) -> str:
    """A text as it is; of anything else the line ends, so that lines keep their number."""
    return found[1] if found[1] is not None else "\n" * found[0].count("\n")
