"""Workloads as files: CSV for a spreadsheet, YAML for an editor. Nothing in them is ever evaluated."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from srm_data.core.extras import needing
from srm_data.core.frames import as_matrix
from srm_data.core.language import resolve_language, speaking, unknown_name
from srm_data.core.party_spellings import language_of_file
from srm_data.files.inert_csv import as_csv
from srm_data.files.write_whole import write_whole
from srm_data.readers.csv_text import read_text
from srm_data.workloads import mistaken_file, yaml_text
from srm_data.workloads.component_rows import FORM, HEADINGS, MOST, WorkloadFileError, read_components
from srm_data.workloads.plan_file import read_plan
from srm_data.workloads.workload import Workload, plan_name

if TYPE_CHECKING:
    import os

    from srm_data.core.frames import MatrixLike
    from srm_data.readers.faults import Fault

LARGEST = 2.0  # megabytes; 5,000 components take half of one
ENDINGS = ("csv", "yaml", "yml", "json", "jsonc")


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
        table = FORM.rows(text, faults, most=MOST, too_many="too_many_components")
    elif whose := mistaken_file.yaml(text):
        raise WorkloadFileError(file.name, [*faults, mistaken_file.fault(whose)])
    else:
        table, called = yaml_text.read_rows(text, faults, most=MOST)
        name = called or name
    return Workload(read_components(table, file.name, matrix, faults), plan_name(name), matrix)


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
        dict(zip(HEADINGS, (c.name, c.kind, c.service, _model_word(workload, c.model)), strict=True))
        for c in workload.components
    ]
    if kind == "csv":
        return as_csv([HEADINGS, *(row.values() for row in rows)]).encode()
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
