"""Workloads as files: CSV for a spreadsheet, YAML for an editor. Nothing in them is ever evaluated."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srm_data.core.extras import needing
from srm_data.core.language import nearest, resolve_language, speaking, texts, unknown_name
from srm_data.core.load import as_matrix
from srm_data.core.party_spellings import language_of_file
from srm_data.core.vocabulary import KINDS, LANGUAGES
from srm_data.files.inert_csv import as_csv
from srm_data.files.write_whole import write_whole
from srm_data.readers.csv_text import Row, clean, read_rows, read_text
from srm_data.readers.faults import Fault, FileFaultsError, faults_of, file_words, guessed, rules_of, short
from srm_data.workloads import mistaken_file
from srm_data.workloads.workload import Component, Workload, kind_of, model_spellings

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from srm_data.core.load import MatrixLike

LARGEST = 2.0  # megabytes; 5,000 components take half of one
MOST = 10_000  # components
_GUESSES = 100  # faults that come with a guess; each takes a while, and only the first are shown
ENDINGS = ("csv", "yaml", "yml", "json", "jsonc")
_HEADINGS = ("name", "kind", "service", "model")


class WorkloadFileError(FileFaultsError):
    """A file that is not a workload yet. `faults` lists all there is to mend, in file order."""

    what = "workload"


def read_workload(path: str | os.PathLike[str], matrix: MatrixLike = "azure-2026") -> Workload:
    """Read a workload from a file: CSV, YAML, a Terraform plan as JSON, or an ARM template.

    A CSV file has the headings ``name``, ``kind``, ``service`` and ``model``; YAML has a list
    ``components`` with the same four words, and a ``workload`` with its name. Only the name is
    needed; without a model a component is not placed yet. Words may be English or Dutch. For what
    a Terraform plan or template leaves out of the workload, see `read_plan`.

    Args:
        path: a file that ends in .csv, .yaml, .yml, .json or .jsonc.
        matrix: the matrix whose columns the models are.

    Raises:
        WorkloadFileError: with every fault, its file, line, column, value and the allowed values, in the
            language of the file where it tells one.
        UnknownNameError: for another ending, unless the file tells what it is.
    """
    file = Path(path)
    kind = file.suffix.lstrip(".").lower()
    if kind not in ENDINGS:
        if told := mistaken_file.told(file):
            raise WorkloadFileError(file.name, told)
        raise unknown_name("format", kind, ENDINGS)
    if kind in ("json", "jsonc"):
        from srm_data.workloads.plan_file import read_plan

        return read_plan(file, matrix=matrix).workload
    with speaking(language_of_file(file, "workload_headings") or resolve_language(None)):
        return _read(file, kind, matrix)


def _read(file: Path, kind: str, matrix: MatrixLike) -> Workload:
    """A workload from a CSV or YAML file.

    Raises:
        WorkloadFileError: with all that is wrong.
    """
    faults: list[Fault] = []
    text = read_text(file, faults, largest=LARGEST, what="workload")
    name = file.stem
    if kind == "csv":
        table = read_rows(text, faults, _is_name, most=MOST, too_many="too_many_components")
    elif whose := mistaken_file.yaml(text):
        raise WorkloadFileError(file.name, [*faults, mistaken_file.fault(whose)])
    else:
        from srm_data.workloads.yaml_text import read_components

        table, called = read_components(text, faults, most=MOST)
        name = called or name
    return from_rows(table, file.name, name, matrix, faults)


def write_workload(workload: Workload, path: str | os.PathLike[str]) -> Path:
    """Write a workload as CSV or YAML, by the ending of `path`; `read_workload` gives it back.

    Raises:
        UnknownNameError: for another ending.
        OSError: when the folder cannot be written to; no file is half written.
    """
    target = Path(path)
    return write_whole(target, to_bytes(workload, target.suffix.lstrip(".").lower()))


def to_bytes(workload: Workload, kind: str) -> bytes:
    """A workload as a file of this kind, "csv" or "yaml".

    Raises:
        UnknownNameError: for another kind.
    """
    rows = [
        dict(zip(_HEADINGS, (c.name, c.kind, c.service, _model_word(workload, c.model)), strict=True))
        for c in workload.components
    ]
    if kind == "csv":
        return as_csv([_HEADINGS, *(row.values() for row in rows)]).encode()
    if kind in ("yaml", "yml"):
        with needing():
            import yaml

        content = {"workload": workload.name, "components": rows}
        text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=1000)
        return str(text).encode()
    raise unknown_name("format", kind, ("csv", "yaml"))


def _model_word(workload: Workload, model: str) -> str:
    """The label of a column as English has it: the same bytes whatever language is spoken."""
    labels = {column.id: column.label for column in as_matrix(workload.matrix, "en").columns}
    return labels.get(model, "")


def from_rows(table: list[Row], file: str, name: str, matrix: MatrixLike, faults: list[Fault]) -> Workload:
    """A workload from rows of a table with headings; `faults` are those found on the way.

    Raises:
        WorkloadFileError: with all that is wrong.
    """
    if not table:
        raise WorkloadFileError(file, faults or [Fault(file_words()["empty"])])
    (line, headings), *rows = table
    headings = [_standard(clean(heading)) for heading in headings]
    if not headings[0] and all(fields[0].isdecimal() for _, fields in rows):
        # The row numbers that DataFrame.to_csv writes unless told not to.
        headings, rows = headings[1:], [(number, fields[1:]) for number, fields in rows]
    faults += _heading_faults(line, headings)
    spellings = model_spellings(matrix)
    components: dict[str, tuple[int, Component]] = {}
    for number, fields in rows:
        if len(fields) != len(headings):
            says = file_words()["ragged"].format(n=len(fields), expected=len(headings))
            faults.append(Fault(says, number))
        record = {name: clean(field) for name, field in zip(headings, fields, strict=False) if name}
        found = list(_row_faults(number, record, matrix, spellings, guess=len(faults) < _GUESSES))
        if not found and record.get("name"):
            component = Component(
                record["name"],
                record.get("kind", ""),
                record.get("service", ""),
                spellings.get(record.get("model", "").casefold(), ""),
            )
            if component.name in components:
                says = file_words()["double_component"]
                says = says.format(value=short(component.name), line=components[component.name][0])
                found = [Fault(says, number, "name", component.name)]
            components.setdefault(component.name, (number, component))
        faults += found
    if faults:
        raise WorkloadFileError(file, sorted(faults, key=lambda fault: fault.line or float("inf")))
    return Workload(tuple(component for _, component in components.values()), _plan_name(name), matrix)


def _plan_name(name: str) -> str:
    """A name from a file or its stem; one that cannot be a name is no reason to refuse the file."""
    return clean(name).lstrip("=+-@ ")[:100]


def _is_name(heading: str) -> bool:
    return _standard(heading) == "name"


def _standard(name: str) -> str:
    """A heading in English: the Dutch ones are taken too."""
    name = name.casefold()
    for lang in LANGUAGES:
        if name in (headings := texts(lang)["file"]["workload_headings"]):
            return _HEADINGS[headings.index(name)]
    return name


def _heading_faults(line: int, headings: list[str]) -> Iterator[Fault]:
    words = file_words()
    if "name" not in headings:
        yield Fault(words["missing_heading"], line, "name")
    for i, heading in enumerate(headings):
        if not heading:
            yield Fault(words["no_heading"].format(n=i + 1), line)
        elif heading not in _HEADINGS:
            says = guessed(words["unknown_heading"], heading, nearest(heading, _HEADINGS))
            yield Fault(says, line, heading, heading, _HEADINGS)
        elif heading in headings[:i]:
            yield Fault(words["double_heading"], line, heading, heading)


def _row_faults(
    line: int, record: dict[str, str], matrix: MatrixLike, spellings: dict[str, str], *, guess: bool
) -> Iterator[Fault]:
    """What is wrong with the fields of one component; `guess` also tells what was probably meant."""
    words = file_words()
    checked: dict[str, str] = {name: record[name] for name in ("name", "service") if name in record}
    yield from faults_of(_rules(tuple(checked)), checked, line)
    if (kind := record.get("kind", "")) and kind.casefold() not in kinds():
        allowed = tuple(texts(resolve_language(None))["kind"].values())
        says = guessed(words["bad_kind"], kind, nearest(kind, allowed) if guess else "")
        yield Fault(says, line, "kind", kind, allowed)
    if (model := record.get("model", "")) and model.casefold() not in spellings:
        allowed = tuple(column.label for column in as_matrix(matrix).columns)
        says = guessed(words["bad_model"], model, nearest(model, allowed) if guess else "")
        yield Fault(says, line, "model", model, allowed)


@cache
def kinds() -> dict[str, str]:
    """Every way to write a kind, lower case."""
    words = [word for lang in LANGUAGES for word in texts(lang)["kind"].values()]
    return {word.casefold(): kind_of(word) for word in [*KINDS, *words]}


@cache
def _rules(fields: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """What may stand in these fields, from ``datapackage.json``."""
    rules = rules_of("own-workload")
    return {name: rules[name] for name in fields}
