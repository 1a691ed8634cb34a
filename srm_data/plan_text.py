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
_OBJECT = re.compile(r"^\{", re.MULTILINE)


def parsed(text: str) -> Any:
    """What the text holds.

    Raises:
        json.JSONDecodeError: when it is no JSON; its line is that of the text as it was given.
        RecursionError: when it is nested too deeply.
        ValueError: when a number in it has thousands of digits.
    """
    try:
        return json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        plain = _COMMA.sub(_kept, _COMMENT.sub(_kept, text))
        if plain == text:
            raise
        try:
            return json.loads(plain, strict=False)
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


def _kept(found: re.Match[str]) -> str:
    """A text as it is; of anything else the line ends, so that lines keep their number."""
    return found[1] if found[1] is not None else "\n" * found[0].count("\n")
