"""What is wrong with a file that somebody made: every fault at once, with its place and what would be right.

What may stand in a field is written down once, as constraints in ``data/datapackage.json``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from srm_data.core.dataset import datapackage
from srm_data.core.language import nearest, resolve_language, texts

_SHOWN = 40  # faults spelled out in the message; `faults` holds all


@dataclass(frozen=True)
class Fault:
    """One thing to mend: where it is, what is wrong, and what would be right."""

    says: str
    line: int | None = None
    column: str | None = None
    value: str | None = None
    allowed: tuple[str, ...] = ()
    lang: str = field(default_factory=lambda: resolve_language(None), compare=False)  # it was found in

    def __str__(self) -> str:
        words = texts(self.lang)["file"]
        where = [words["line"].format(line=self.line)] if self.line else []
        where += [words["column"].format(column=short(self.column))] if self.column else []
        text = f"{', '.join(where)}: {self.says}" if where else self.says
        return (
            f"{text} ({words['allowed'].format(allowed=', '.join(self.allowed))})" if self.allowed else text
        )


class FileFaultsError(ValueError):
    """A file that cannot be used yet. `faults` lists all there is to mend, in file order."""

    #: What the file should be, as a key of the locale.
    what = "matrix"

    def __init__(self, file: str, faults: list[Fault]) -> None:
        words = file_words()
        self.file, self.faults = file, faults
        head = words["head_one" if len(faults) == 1 else "head_many"]
        lines = [f"  {file}, {fault}" if fault.line else f"  {fault}" for fault in faults[:_SHOWN]]
        if len(faults) > _SHOWN:
            lines.append("  " + words["more"].format(n=len(faults) - _SHOWN))
        super().__init__(
            "\n".join([head.format(file=file, n=len(faults), what=words["what"][self.what]), *lines])
        )


def file_words() -> dict[str, Any]:
    """What there is to say about files, in the language in use."""
    words: dict[str, Any] = texts(resolve_language(None))["file"]
    return words


def short(value: str) -> str:
    """A value fit for a message: one line, not too long."""
    return value if len(value) <= 60 else value[:57] + "..."


def guessed(template: str, value: str, guess: str) -> str:
    """What is wrong with a value, and which was probably meant.

    Args:
        template: what to say, with ``{value}`` in it, without a full stop.
        value: what stands in the file; a long one is cut.
        guess: the sentence that tells what was meant; "" when nothing comes near.
    """
    says = template.format(value=short(value))
    return f"{says}.{guess}" if guess else says


def not_among(
    says: str, line: int, column: str, value: str, allowed: tuple[str, ...], *, guess: bool = True
) -> Fault:
    """A value that is none of those allowed.

    Args:
        says: what to say, as a key of the locale.
        line: where it stands.
        column: the heading above it.
        value: what stands there.
        allowed: what may stand there.
        guess: whether to tell which was probably meant; that takes a while.
    """
    meant = nearest(value, allowed) if guess else ""
    return Fault(guessed(file_words()[says], value, meant), line, column, value, allowed)


def faults_of(
    rules: Mapping[str, Mapping[str, Any]],
    checked: dict[str, str],
    line: int,
    where: dict[str, str] | None = None,
    flags: tuple[str, ...] = (),
) -> Iterator[Fault]:
    """What the rules say about these fields of one row.

    Args:
        rules: what may stand in each field, see `rules_of`; the faults come in the order of these.
        checked: the value of each field; one without a rule may hold anything.
        line: of the row in the file.
        where: under which heading each field stands; its own name when left out.
        flags: the fields whose many spellings of true and false need not all be listed.
    """
    words = file_words()
    for name in filter(checked.__contains__, rules):
        value = checked[name]
        for rule, limit in rules[name].items():
            if _keeps(rule, limit, value):
                continue
            allowed: tuple[str, ...] = ()
            if rule == "enum":
                kind = "bad_value"
                allowed = ("true", "false") if name in flags else tuple(filter(None, limit))
            elif rule == "pattern":
                kind = _kind_of_markup(name, value)
            else:
                kind = {"minLength": "required", "maxLength": "too_long"}[rule]
            says = words[kind].format(value=short(value), limit=limit)
            yield Fault(says, line, (where or {}).get(name, name), value, allowed)


def _keeps(rule: str, limit: Any, value: str) -> bool:
    """Whether a text keeps a rule. Those about numbers say nothing of a text."""
    if rule == "enum":
        return value in limit
    if rule == "pattern":
        return re.search(limit, value) is not None
    if rule == "minLength":
        return len(value) >= int(limit)
    return rule != "maxLength" or len(value) <= int(limit)


def _kind_of_markup(name: str, value: str) -> str:
    """Why a value is not plain text."""
    if name.endswith(("source_url", "source")):
        return "bad_address"
    if value[0] in "=+-@":
        return "formula"
    return "markup" if re.search("<[a-zA-Z/!]", value) else "control"


@cache
def rules_of(resource: str) -> dict[str, dict[str, Any]]:
    """The constraints of a table in ``datapackage.json`` in the words of JSON Schema, by field name."""
    fields = next(r["schema"]["fields"] for r in datapackage()["resources"] if r["name"] == resource)
    return {field["name"]: rule_of(field) for field in fields}


def rule_of(field: dict[str, Any]) -> dict[str, Any]:
    """The constraints of one field in the words of JSON Schema; `faults_of` checks by them."""
    constraints = dict(field.get("constraints", {}))
    rule: dict[str, Any] = {"minLength": 1} if constraints.pop("required", False) else {}
    constraints.pop("unique", None)  # told with both lines, where it matters
    if "pattern" in constraints:
        # Frictionless patterns are anchored, JSON Schema's are not. An empty field is "required"'s business.
        constraints["pattern"] = f"^(?:{constraints['pattern']})?$"
    return rule | constraints
