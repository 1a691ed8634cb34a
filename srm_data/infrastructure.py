"""A workload out of a description of infrastructure: a Terraform plan, or an ARM or Bicep template.

Which service a type of resource is, and what model that comes to, stands in a table that a teacher can
extend (``data/resource_types.csv``). A type that is not in it is a component without a place, and one
without a model too: nothing is guessed and nothing is dropped.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srm_data import arm, terraform
from srm_data.csv_files import read_rows, read_text
from srm_data.faults import Fault, FileFaultsError, faults_of, file_words, guessed, rules_of, short
from srm_data.language import nearest, resolve_language, texts
from srm_data.loaders import as_matrix, read_table
from srm_data.plan_parts import Found, Resource
from srm_data.vocabulary import NOT_APPLICABLE
from srm_data.workload import LONGEST, Component, Workload, model_spellings
from srm_data.workload_files import MOST, WorkloadFileError, kinds

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    import jsonschema
    import pandas as pd

    from srm_data.loaders import MatrixLike

LARGEST = 30.0  # megabytes: a plan of some thousands of resources
_MOST_TYPES = 5_000
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
    """

    workload: Workload
    before: Workload
    unknown: tuple[str, ...]
    resources: tuple[Resource, ...]

    def left_out(self, lang: str | None = None) -> pd.DataFrame:
        """One row a resource that is no component: ``name``, ``type`` and ``why``."""
        import pandas as pd

        words = texts(resolve_language(lang))["left_out"]
        rows = [(r.name, r.type, words[r.why]) for r in self.resources]
        return pd.DataFrame(rows, columns=["name", "type", "why"])


def read_plan(
    path: str | os.PathLike[str],
    resource_types: str | os.PathLike[str] | None = None,
    matrix: MatrixLike = "azure-2026",
) -> Plan:
    """Read what a Terraform plan or an ARM template makes, as a workload.

    Args:
        path: what ``terraform show -json plan.out`` or ``az bicep build`` wrote, or an ARM template.
        resource_types: a CSV of your own beside the table that ships, with the same headings; its
            rows go before those of the kit.
        matrix: the matrix whose columns the models are. A model that it does not have leaves the
            component without a place.

    Raises:
        WorkloadFileError: for a file that is too large, nested too deeply, no JSON, or no plan.
        ResourceTypesError: with everything that is wrong in `resource_types`.
    """
    file = Path(path)
    types = dict(_shipped_types()) | (_own_types(Path(resource_types), matrix) if resource_types else {})
    faults: list[Fault] = []
    content = _read_json(file, faults)
    found = Found([], [], [])
    if not faults:
        if terraform.is_terraform(content):
            found = terraform.resources(content, faults)
        elif arm.is_template(content):
            found = arm.resources(content, faults)
        else:
            faults.append(Fault(file_words()["no_plan"]))
    if len(found.after) > MOST:
        faults.append(Fault(file_words()["too_many_components"].format(n=len(found.after), limit=MOST)))
    if faults:
        raise WorkloadFileError(file.name, faults)
    spellings = model_spellings(matrix)
    after, settings = _components(found.after, types, spellings)
    before, _ = _components(found.before, types, spellings)
    words = texts(resolve_language(None))["workload"]
    return Plan(
        Workload(after, file.stem.lstrip("=+-@ ")[:100], matrix),
        Workload(before, words["before"], matrix),
        tuple(dict.fromkeys(r.type for r in found.after if r.type.casefold() not in types)),
        (*found.left_out, *settings),
    )


def load_resource_types() -> pd.DataFrame:
    """The types of resources that `read_plan` knows.

    Returns:
        Index ``type`` (lower case); columns ``kind`` of component, ``service``, ``model`` ("iaas",
        "paas", "saas", empty where you have to choose yourself, "n/a" for what is a setting of
        something else), ``basis`` and ``source``.
    """
    frame = read_table("resource_types").copy()
    frame["type"] = frame["type"].str.casefold()
    return frame.set_index("type")


@cache
def _shipped_types() -> dict[str, dict[str, str]]:
    return {str(kind): row for kind, row in load_resource_types().to_dict("index").items()}  # type: ignore[misc]


def _read_json(file: Path, faults: list[Fault]) -> dict[str, Any]:
    """The object in a JSON file; what is no such thing is a fault."""
    words = file_words()
    if file.is_file():
        with file.open("rb") as opened:
            if opened.read(4) == b"PK\x03\x04":
                faults.append(Fault(words["binary_plan"]))
                return {}
    text = read_text(file, faults, largest=LARGEST, what="plan")
    if faults:
        return {}
    try:
        content = json.loads(text)
    except RecursionError:
        faults.append(Fault(words["json_deep"]))
        return {}
    except json.JSONDecodeError as error:
        line = text.splitlines()[error.lineno - 1] if error.lineno <= len(text.splitlines()) else ""
        says = words["bad_json"].format(reason=error.msg, value=short(line.strip()))
        faults.append(Fault(says, error.lineno))
        return {}
    except ValueError:  # a number of thousands of digits
        faults.append(Fault(words["bad_json"].format(reason="number", value="")))
        return {}
    if not isinstance(content, dict):
        faults.append(Fault(words["no_plan"]))
        return {}
    return content


def _components(
    resources: Iterable[Resource], types: dict[str, dict[str, str]], spellings: dict[str, str]
) -> tuple[tuple[Component, ...], list[Resource]]:
    """Resources as components, and those that are a setting of another one."""
    components, settings = [], []
    used: Counter[str] = Counter()
    for resource in resources:
        row = types.get(resource.type.casefold())
        if row and row["model"] == NOT_APPLICABLE:
            settings.append(Resource(resource.name, resource.type, "setting"))
            continue
        name = resource.name.lstrip("=+-@ ")[: LONGEST - 8] or resource.type or "?"
        used[name] += 1
        if used[name] > 1:
            name = f"{name} #{used[name]}"
        if row is None:
            components.append(Component(name, "other", resource.type.lstrip("=+-@ ")[:LONGEST]))
        else:
            model = spellings.get(row["model"].casefold(), "")
            components.append(Component(name, row["kind"], row["service"], model))
    return tuple(components), settings


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
    for heading in headings:
        if heading not in _HEADINGS:
            says = guessed(words["unknown_heading"], heading, nearest(heading, _HEADINGS))
            faults.append(Fault(says, first, heading, heading, _HEADINGS))
    found: dict[str, dict[str, str]] = {}
    for line, fields in rows:
        if len(fields) != len(headings):
            faults.append(Fault(words["ragged"].format(n=len(fields), expected=len(headings)), line))
        record = dict.fromkeys(_HEADINGS, "") | dict(zip(headings, fields, strict=False))
        faults += _type_faults(record, line, matrix)
        found[record["type"].casefold()] = record
    if faults:
        raise ResourceTypesError(file.name, sorted(faults, key=lambda fault: fault.line or float("inf")))
    for record in found.values():
        record["kind"] = kinds()[record["kind"].casefold()] if record["kind"] else "other"
    return found


def _type_faults(record: dict[str, str], line: int, matrix: MatrixLike) -> list[Fault]:
    words = file_words()
    checked = {name: record[name] for name in ("type", "service")}
    faults = list(faults_of(_validator(), checked, line))
    if record["kind"] and record["kind"].casefold() not in kinds():
        allowed = tuple(texts(resolve_language(None))["kind"].values())
        says = guessed(words["bad_kind"], record["kind"], nearest(record["kind"][:60], allowed))
        faults.append(Fault(says, line, "kind", record["kind"], allowed))
    model = record["model"]
    if model and model != NOT_APPLICABLE and model.casefold() not in model_spellings(matrix):
        labels = (*(column.label for column in as_matrix(matrix).columns), NOT_APPLICABLE)
        says = guessed(words["bad_model"], model, nearest(model[:60], labels))
        faults.append(Fault(says, line, "model", model, labels))
    return faults


@cache
def _validator() -> jsonschema.Draft202012Validator:
    import jsonschema

    rules = rules_of("resource_types")
    return jsonschema.Draft202012Validator(
        {"properties": {name: rules[name] for name in ("type", "service")}}
    )
