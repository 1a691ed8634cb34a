"""Components out of the rows of a table, whatever it came from, with every fault at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from srm_data.core.frames import as_matrix
from srm_data.core.language import resolve_language, texts
from srm_data.readers.csv_text import Row, clean
from srm_data.readers.faults import Fault, FileFaultsError, faults_of, file_words, not_among, rules_of, short
from srm_data.readers.form import Form, as_records, in_file_order
from srm_data.workloads.component import Component, kinds, model_spellings

if TYPE_CHECKING:
    from srm_data.core.frames import MatrixLike

HEADINGS = ("name", "kind", "service", "model")
FORM = Form(HEADINGS, needed=("name",), words="workload_headings")
MOST = 10_000  # components
_GUESSES = 100  # faults that come with a guess; each takes a while, and only the first are shown


class WorkloadFileError(FileFaultsError):
    """A file that is not a workload yet. `faults` lists all there is to mend, in file order."""

    what = "workload"


def read_components(
    table: list[Row], file: str, matrix: MatrixLike, faults: list[Fault]
) -> tuple[Component, ...]:
    """The components in a table.

    Args:
        table: rows with their lines, that of the headings first: ``name`` and, if you like, ``kind``,
            ``service`` and ``model``, in English or Dutch.
        file: what to call the table in an error.
        matrix: the matrix whose columns the models are.
        faults: those found on the way.

    Raises:
        WorkloadFileError: with all that is wrong.
    """
    if not table:
        raise WorkloadFileError(file, faults or [Fault(file_words()["empty"])])
    (line, headings), *rows = FORM.recognised([(line, [*map(clean, fields)]) for line, fields in table])
    faults += FORM.heading_faults(line, headings)
    spellings = model_spellings(matrix)
    components: dict[str, tuple[int, Component]] = {}
    for number, record in as_records(headings, rows, faults):
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
        raise WorkloadFileError(file, in_file_order(faults))
    return tuple(component for _, component in components.values())


def _row_faults(
    line: int, record: dict[str, str], matrix: MatrixLike, spellings: dict[str, str], *, guess: bool
) -> Iterator[Fault]:
    """What is wrong with the fields of one component; `guess` also tells what was probably meant."""
    checked: dict[str, str] = {name: record[name] for name in ("name", "service") if name in record}
    yield from faults_of(rules_of("own-workload"), checked, line)
    yield from kind_faults(record.get("kind", ""), line, guess=guess)
    yield from model_faults(record.get("model", ""), line, matrix, spellings, guess=guess)


def kind_faults(kind: str, line: int, *, guess: bool = True) -> Iterator[Fault]:
    """A kind that there is not; it may be left empty.

    Args:
        kind: what stands in the field; right is a key, or its word in English or Dutch.
        line: where it stands in the file, from 1.
        guess: whether to tell which was probably meant; that takes a while.
    """
    if kind and kind.casefold() not in kinds():
        allowed = tuple(texts(resolve_language(None))["kind"].values())
        yield not_among("bad_kind", line, "kind", kind, allowed, guess=guess)


def model_faults(
    model: str,
    line: int,
    matrix: MatrixLike,
    spellings: dict[str, str],
    *,
    more: tuple[str, ...] = (),
    guess: bool = True,
) -> Iterator[Fault]:
    """A model that is no column of the matrix, nor one of `more`; it may be left empty.

    Args:
        model: what stands in the field.
        line: where it stands in the file, from 1.
        matrix: whose columns are the models: an id or a DataFrame.
        spellings: column id by every way to write it, in lower case.
        more: what may stand there too.
        guess: whether to tell which was probably meant; that takes a while.
    """
    if model and model not in more and model.casefold() not in spellings:
        allowed = (*(column.label for column in as_matrix(matrix).columns), *more)
        yield not_among("bad_model", line, "model", model, allowed, guess=guess)
