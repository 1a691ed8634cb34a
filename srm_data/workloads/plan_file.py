"""A workload out of a description of infrastructure: a Terraform plan, or an ARM or Bicep template.

A type of resource that the kit does not know is a component without a place, and one without a model too:
nothing is guessed and nothing is dropped.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from srm_data.core.language import resolve_language, texts
from srm_data.core.matrix import one_line
from srm_data.readers.csv_text import read_text
from srm_data.readers.faults import Fault, file_words, short
from srm_data.workloads import arm, mistaken_file, plan_text, terraform
from srm_data.workloads.component import LONGEST, Component, model_spellings
from srm_data.workloads.component_rows import MOST, WorkloadFileError
from srm_data.workloads.resource_types import known_types, row_of, why_no_component
from srm_data.workloads.resources import Found, Resource
from srm_data.workloads.workload import Workload, plan_name

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from srm_data.core.frames import MatrixLike
    from srm_data.workloads.resource_types import TypeRow, Types

LARGEST = 30.0  # megabytes: a plan of some thousands of resources


@dataclass(frozen=True)
class PlanFile:
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
) -> PlanFile:
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
    types = known_types(Path(resource_types) if resource_types else None, matrix)
    faults: list[Fault] = []
    content = _read_json(file, faults)
    found = Found([], [], []) if faults else _found(content, faults)
    if len(found.after) > MOST:
        faults.append(Fault(file_words()["too_many_components"].format(n=len(found.after), limit=MOST)))
    if faults:
        raise WorkloadFileError(file.name, faults)
    spellings = model_spellings(matrix)
    known = _looked_up((*found.after, *found.before), types)
    after, settings = _components(found.after, known, spellings)
    before, _ = _components(found.before, known, spellings)
    words = texts(resolve_language(None))["workload"]
    made = [r for r in found.after if not known[r.type].why]
    return PlanFile(
        Workload(after, plan_name(file.stem), matrix),
        Workload(before, words["before"], matrix),
        tuple(dict.fromkeys(r.type for r in made if not known[r.type].row)),
        (*found.left_out, *settings),
        tuple(r for r in made if r.doubt),
    )


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


class _Known(NamedTuple):
    row: TypeRow | None
    why: str  # it is no component; empty when it is one


def _looked_up(resources: Iterable[Resource], types: Types) -> dict[str, _Known]:
    """By type what the table says of it, once for each: a plan may hold thousands of one type."""
    rows = {name: row_of(name, types) for name in dict.fromkeys(one.type for one in resources)}
    return {name: _Known(row, why_no_component(name, row, types)) for name, row in rows.items()}


def _components(
    resources: Iterable[Resource], known: dict[str, _Known], spellings: dict[str, str]
) -> tuple[tuple[Component, ...], list[Resource]]:
    """Resources as components, and those that are a setting or a part of another one."""
    components: dict[str, Component] = {}
    settings: list[Resource] = []
    used: Counter[str] = Counter()
    for resource in resources:
        row, why = known[resource.type]
        if why:
            settings.append(replace(resource, why=why))
            continue
        one = _component(resource, row, spellings)
        name = one.name
        while one.name in components:
            used[name] += 1
            one = replace(one, name=f"{name} #{used[name] + 1}")
        components[one.name] = one
    return tuple(components.values()), settings


def _component(resource: Resource, row: TypeRow | None, spellings: dict[str, str]) -> Component:
    """A resource as a component; one of a type without a row has no place."""
    starts = (resource.name[: 10 * LONGEST], resource.type[: 10 * LONGEST])
    name, kind = (one_line(said).lstrip("=+-@ ")[: LONGEST - 8] for said in starts)
    if row is None:
        return Component(name or kind or "?", "other", kind)
    return Component(name or kind, row["kind"], row["service"], spellings.get(row["model"].casefold(), ""))
