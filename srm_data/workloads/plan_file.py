"""A workload out of a description of infrastructure: a Terraform plan, or an ARM or Bicep template.

Which service a type of resource is, and what model that comes to, stands in a table that a teacher can
extend (``data/resource_types.csv``). A type that is not in it is a component without a place, and one
without a model too: nothing is guessed and nothing is dropped.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srm_data.core.language import nearest, resolve_language, texts
from srm_data.core.load import as_matrix, read_table
from srm_data.core.matrix import one_line
from srm_data.core.vocabulary import NOT_APPLICABLE
from srm_data.readers.csv_text import read_rows, read_text
from srm_data.readers.faults import Fault, FileFaultsError, faults_of, file_words, guessed, rules_of, short
from srm_data.workloads import arm, mistaken_file, plan_text, terraform
from srm_data.workloads.resources import Found, Resource
from srm_data.workloads.workload import LONGEST, Component, Workload, model_spellings
from srm_data.workloads.workload_file import MOST, WorkloadFileError, kinds

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from srm_data.core.load import MatrixLike

LARGEST = 30.0  # megabytes: a plan of some thousands of resources
_MOST_TYPES = 5_000
_LONGEST_TYPE = 200  # signs; `resource_types` has none that is longer
_RIGHTS = re.compile(r"google_\w+_iam_(?:member|binding|policy|audit_config)")
_HEADINGS = ("type", "kind", "service", "model", "basis", "source")


class ResourceTypesError(FileFaultsError):
    """A table of resource types that cannot be used yet."""

    what = "resource_types"


@dataclass(frozen=True)
class Plan:
    """What was read from a plan or template.

    Attributes:
        workload: the components after the plan is carried out. Those of a type that is not in the
            table are there without a place, with the type as their service.
        before: the components before it, which only a Terraform plan tells; matched by name.
        unknown: the types that are not in the table, each once.
        resources: every resource that is no component, with a key of the locale for why.
        unsure: the components of which the file does not say how often, or whether, they are made.
            Each is in the workload once, with ``×?`` or ``×0–1`` behind its name.
    """

    workload: Workload
    before: Workload
    unknown: tuple[str, ...]
    resources: tuple[Resource, ...]
    unsure: tuple[Resource, ...] = ()

    def left_out(self, lang: str | None = None) -> pd.DataFrame:
        """One row a resource that is no component: ``name``, ``type`` and ``why``."""
        return _frame(((r, r.why) for r in self.resources), "left_out", lang)

    def doubts(self, lang: str | None = None) -> pd.DataFrame:
        """One row a component of which the file does not say how often, or whether, it is made."""
        return _frame(((r, r.doubt) for r in self.unsure), "doubt", lang)


def read_plan(
    path: str | os.PathLike[str],
    resource_types: str | os.PathLike[str] | None = None,
    matrix: MatrixLike = "azure-2026",
) -> Plan:
    """Read what a Terraform plan or an ARM template makes, as a workload.

    Args:
        path: what ``terraform show -json plan.out`` or ``az bicep build`` wrote, or an ARM template.
            What a template makes is worked out with the values that stand in it; the parameters that
            somebody gives when it is carried out are in another file.
        resource_types: a CSV of your own beside the table that ships, with the same headings; its
            rows go before those of the kit.
        matrix: the matrix whose columns the models are. A model that it does not have leaves the
            component without a place.

    Raises:
        WorkloadFileError: for a file that is too large, nested too deeply, no JSON, or no plan; it
            says what the file is, where that is known, and which one to give.
        ResourceTypesError: with everything that is wrong in `resource_types`.
    """
    file = Path(path)
    types = dict(_shipped_types()) | (_own_types(Path(resource_types), matrix) if resource_types else {})
    faults: list[Fault] = []
    content = _read_json(file, faults)
    found = Found([], [], []) if faults else _found(content, faults)
    if len(found.after) > MOST:
        faults.append(Fault(file_words()["too_many_components"].format(n=len(found.after), limit=MOST)))
    if faults:
        raise WorkloadFileError(file.name, faults)
    spellings = model_spellings(matrix)
    after, settings = _components(found.after, types, spellings)
    before, _ = _components(found.before, types, spellings)
    words = texts(resolve_language(None))["workload"]
    rows = {kind: _row(kind, types) for kind in dict.fromkeys(r.type for r in found.after)}
    made = [r for r in found.after if not _why_no_component(r.type, rows[r.type], types)]
    return Plan(
        Workload(after, one_line(file.stem).lstrip("=+-@ ")[:100], matrix),
        Workload(before, words["before"], matrix),
        tuple(dict.fromkeys(r.type for r in made if not rows[r.type])),
        (*found.left_out, *settings),
        tuple(r for r in made if r.doubt),
    )


def load_resource_types() -> pd.DataFrame:
    """The types of resources that `read_plan` knows.

    Returns:
        Index ``type`` (lower case; one that ends in ``*`` is for all types that begin so and have no
        row of their own); columns ``kind`` of component, ``service``, ``model`` ("iaas",
        "paas", "saas", empty where you have to choose yourself, "n/a" for what is a setting of
        something else), ``basis`` and ``source``.
    """
    frame = read_table("resource_types").copy()
    frame["type"] = frame["type"].str.casefold()
    return frame.set_index("type")


@cache
def _shipped_types() -> dict[str, dict[str, str]]:
    return {str(kind): row for kind, row in load_resource_types().to_dict("index").items()}  # type: ignore[misc]


def _frame(rows: Iterable[tuple[Resource, str]], section: str, lang: str | None) -> pd.DataFrame:
    import pandas as pd

    words = texts(resolve_language(lang))[section]
    told = [(resource.name, resource.type, words[key]) for resource, key in rows]
    return pd.DataFrame(told, columns=["name", "type", "why"])


def _found(content: Any, faults: list[Fault]) -> Found:
    """The resources in a plan or template; what is neither is a fault."""
    if isinstance(content, dict):
        for inner in _unpacked(content):
            if terraform.is_terraform(inner):
                return terraform.resources(inner, faults)
            if arm.is_template(inner):
                return arm.resources(inner, faults)
    kind = mistaken_file.json_file(content) if isinstance(content, dict | list) else ""
    faults.append(mistaken_file.fault(kind) if kind else Fault(file_words()["no_plan"]))
    return Found([], [], [])


def _unpacked(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A file itself, and the template in what Azure writes of an export or of a template spec."""
    yield content
    properties = content.get("properties")
    for holder in (content, properties if isinstance(properties, dict) else {}):
        for name in ("template", "mainTemplate"):
            if isinstance(holder.get(name), dict):
                yield holder[name]


def _read_json(file: Path, faults: list[Fault]) -> Any:
    """What a JSON file holds; what is no such thing is a fault."""
    words = file_words()
    if file.is_file() and (kind := mistaken_file.binary(file)):
        faults.append(mistaken_file.fault(kind))
        return {}
    text = read_text(file, faults, largest=LARGEST, what="plan")
    if faults:
        return {}
    try:
        return plan_text.parsed(text)
    except RecursionError:
        faults.append(Fault(words["json_deep"]))
    except json.JSONDecodeError as error:
        return _among_others(text, error, faults)
    except plan_text.DoubleNameError as error:
        faults.append(Fault(words["double_name"], column=str(error)))
    except ValueError:  # a number of thousands of digits
        faults.append(Fault(words["bad_json"].format(value=_around(text, 0))))
    return {}


def _around(text: str, place: int) -> str:
    """What stands at a place in a text: the rest of its line, or the whole line when it ends there."""
    begin, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    line = text[begin : end if end >= 0 else len(text)]
    return short(line[place - begin :].strip()[:100] or line.strip()[:100])


def _among_others(text: str, error: json.JSONDecodeError, faults: list[Fault]) -> Any:
    """The one plan or template that stands in a text with other lines; what is no such text is a fault."""
    words = file_words()
    told = plan_text.objects(text)
    is_plan = [terraform.is_terraform(one) or arm.is_template(one) for one in told]
    if is_plan == [True]:
        return told[0]
    if is_plan == [True, True]:
        faults.append(Fault(words["given"]["plans"]))
    elif kind := mistaken_file.text(text):
        faults.append(mistaken_file.fault(kind))
    else:
        faults.append(Fault(words["bad_json"].format(value=_around(text, error.pos)), error.lineno))
    return {}


def _row(kind: str, types: dict[str, dict[str, str]]) -> dict[str, str] | None:
    """What the table says of a type: its own row, else that of the longest beginning with a star."""
    if len(kind) > _LONGEST_TYPE:
        return None
    name = kind.casefold()
    ends = [place + 1 for place, sign in enumerate(name) if sign in "_/"]
    names = [name, *(f"{name[:end]}*" for end in reversed(ends))]
    return next((types[one] for one in names if one in types), None)


def _why_no_component(kind: str, row: dict[str, str] | None, types: dict[str, dict[str, str]]) -> str:
    """Why a type is none of a component, as a key of the locale, or nothing; `row` is what `_row` found.

    What ARM names within another resource exists only as a part of that, so a name of three words and
    more needs no row of its own where the resource it lies in has one. Nor do the rights that the
    provider of Google has for every resource it knows.
    """
    if row:
        return "setting" if row["model"] == NOT_APPLICABLE else ""
    if _RIGHTS.fullmatch(kind):
        return "setting"
    whole = kind
    while len(kind) <= _LONGEST_TYPE and whole.count("/") > 1:
        whole = whole.rpartition("/")[0]
        if whole.casefold() in types:
            return "part"
    return ""


def _components(
    resources: Iterable[Resource], types: dict[str, dict[str, str]], spellings: dict[str, str]
) -> tuple[tuple[Component, ...], list[Resource]]:
    """Resources as components, and those that are a setting or a part of another one."""
    components: dict[str, Component] = {}
    settings: list[Resource] = []
    used: Counter[str] = Counter()
    for resource in resources:
        row = _row(resource.type, types)
        if why := _why_no_component(resource.type, row, types):
            settings.append(replace(resource, why=why))
            continue
        one = _component(resource, row, spellings)
        name = one.name
        while one.name in components:
            used[name] += 1
            one = replace(one, name=f"{name} #{used[name] + 1}")
        components[one.name] = one
    return tuple(components.values()), settings


def _component(resource: Resource, row: dict[str, str] | None, spellings: dict[str, str]) -> Component:
    """A resource as a component; one of a type without a row has no place."""
    starts = (resource.name[: 10 * LONGEST], resource.type[: 10 * LONGEST])
    name, kind = (one_line(said).lstrip("=+-@ ")[: LONGEST - 8] for said in starts)
    if row is None:
        return Component(name or kind or "?", "other", kind)
    return Component(name or kind, row["kind"], row["service"], spellings.get(row["model"].casefold(), ""))


def _own_types(file: Path, matrix: MatrixLike) -> dict[str, dict[str, str]]:
    """A teacher's own rows, checked as strictly as any other file."""
    faults: list[Fault] = []
    text = read_text(file, faults, largest=2.0, what="resource_types")
    table = read_rows(
        text, faults, lambda h: h.casefold() == "type", most=_MOST_TYPES, too_many="too_many_types"
    )
    if not table:
        raise ResourceTypesError(file.name, faults)
    (first, headings), *rows = table
    headings = [heading.casefold() for heading in headings]
    words = file_words()
    faults += [
        Fault(words["missing_heading"], first, n) for n in ("type", "service", "model") if n not in headings
    ]
    for i, heading in enumerate(headings):
        if heading in headings[:i] and heading in _HEADINGS:
            faults.append(Fault(words["double_heading"], first, heading, heading))
        elif heading not in _HEADINGS:
            says = guessed(words["unknown_heading"], heading, nearest(heading, _HEADINGS))
            faults.append(Fault(says, first, heading, heading, _HEADINGS))
    found: dict[str, dict[str, str]] = {}
    lines: dict[str, int] = {}
    for line, fields in rows:
        if len(fields) != len(headings):
            faults.append(Fault(words["ragged"].format(n=len(fields), expected=len(headings)), line))
        record = dict.fromkeys(_HEADINGS, "") | dict(zip(headings, fields, strict=False))
        faults += _type_faults(record, line, matrix)
        name = record["type"].casefold()
        if name in found:
            says = words["double_type"].format(value=short(name), line=lines[name])
            faults.append(Fault(says, line, "type", record["type"]))
        found.setdefault(name, record)
        lines.setdefault(name, line)
    if faults:
        raise ResourceTypesError(file.name, sorted(faults, key=lambda fault: fault.line or float("inf")))
    for record in found.values():
        record["kind"] = kinds()[record["kind"].casefold()] if record["kind"] else "other"
    return found


def _type_faults(record: dict[str, str], line: int, matrix: MatrixLike) -> list[Fault]:
    words = file_words()
    checked = {name: record[name] for name in ("type", "service")}
    faults = list(faults_of(_rules(), checked, line))
    if record["kind"] and record["kind"].casefold() not in kinds():
        allowed = tuple(texts(resolve_language(None))["kind"].values())
        says = guessed(words["bad_kind"], record["kind"], nearest(record["kind"], allowed))
        faults.append(Fault(says, line, "kind", record["kind"], allowed))
    model = record["model"]
    if model and model != NOT_APPLICABLE and model.casefold() not in model_spellings(matrix):
        labels = (*(column.label for column in as_matrix(matrix).columns), NOT_APPLICABLE)
        says = guessed(words["bad_model"], model, nearest(model, labels))
        faults.append(Fault(says, line, "model", model, labels))
    return faults


@cache
def _rules() -> dict[str, dict[str, Any]]:
    rules = rules_of("resource_types")
    return {name: rules[name] for name in ("type", "service")}
