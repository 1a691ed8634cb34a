"""What a Terraform plan and an ARM template have in common: resources with a name and a type."""

from __future__ import annotations

import reprlib
from dataclasses import dataclass
from typing import Any

from srm_data.readers.faults import Fault, file_words

# A list in which every list stands twice, some dozens deep, is too long for any memory when written out.
_BRIEF = reprlib.Repr()
_BRIEF.maxlevel = 2


@dataclass(frozen=True)
class Resource:
    """One resource.

    `why` is a key of the locale when it is no component of the workload, and `doubt` when it is not
    known how often, or whether, it is made.
    """

    name: str
    type: str
    why: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class Found:
    """The resources of a file: those after it is carried out, those before, and those left out."""

    after: list[Resource]
    before: list[Resource]
    left_out: list[Resource]


def as_object(value: Any, name: str, faults: list[Fault]) -> dict[str, Any]:
    """`value` when it is an object; nothing there is an empty one, anything else a fault.

    Args:
        value: what stands in the file.
        name: where it stands there, for the message.
        faults: where a fault is added.
    """
    if isinstance(value, dict):
        return value
    if value is not None:
        _wrong(value, name, "object", faults)
    return {}


def as_list(value: Any, name: str, faults: list[Fault]) -> list[dict[str, Any]]:
    """The objects in a list; what is no object is a fault.

    Args:
        value: what stands in the file; nothing there is an empty list.
        name: where it stands there, for the message.
        faults: where a fault is added.
    """
    if value is None:
        return []
    if not isinstance(value, list):
        _wrong(value, name, "array", faults)
        return []
    for one in value:
        if not isinstance(one, dict):
            _wrong(one, name, "object", faults)
            break
    return [one for one in value if isinstance(one, dict)]


def as_text(value: Any) -> str:
    """A name or type as text; nothing there is an empty one."""
    return value if isinstance(value, str) else "" if value is None else _BRIEF.repr(value)[:200]


def _wrong(value: Any, name: str, wanted: str, faults: list[Fault]) -> None:
    said = as_text(value)[:60]
    faults.append(
        Fault(file_words()["json_form"].format(value=said), column=name, value=said, allowed=(wanted,))
    )
