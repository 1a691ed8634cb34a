"""Every figure there is of a matrix, by name, and how a whole set of them becomes files."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from srm_data.core.compare import common_columns
from srm_data.core.dataset import rows_by
from srm_data.core.frames import as_matrix
from srm_data.core.incidents import as_incident, incidents_on
from srm_data.core.language import texts, unknown_name
from srm_data.core.shipped import shipped_ids, shipped_matrix
from srm_data.core.topics import look_up

if TYPE_CHECKING:
    from srm_data.core.frames import MatrixLike
    from srm_data.core.matrix import Matrix
    from srm_data.views.figures.picture import Picture

KINDS = ("matrix", "split", "model", "what-if", "ladder", "editions", "stack", "topic", "incident")

#: The matrix whose figures are committed in ``figures/``, with every incident.
DEFAULT_MATRIX = "azure-2026"

_STACKED = "saas"  # the column in which the stack and a matrix differ most


class Job(NamedTuple):
    """A figure to draw: its kind, what it is about, the name of its file without ending, how to draw it."""

    kind: str
    about: str  # tells figures of one kind apart: "PaaS", "IaaS → PaaS", "ChaosDB"
    name: str
    draw: partial[Picture]


def figure_set(matrix: MatrixLike, lang: str, theme: str = "light", size: str = "16:9") -> Iterator[Job]:
    """Every figure of one matrix, a shipped one or a DataFrame.

    Names are ``<matrix>-<figure>``, with ``-dark`` or ``-print`` and ``-4x3`` or ``-1x1`` behind it. Moves
    and single columns are drawn along a ladder of services: nobody moves from one kind of task to another.

    Args:
        matrix: an id from `list_matrices`, or a DataFrame from `load_matrix` or `read_matrix`.
        lang: "en" or "nl".
        theme: "light" when left out, "dark", or "print" for grey paper.
        size: shape of the slide: "16:9" when left out, "4:3" or "1:1".

    Raises:
        UnknownNameError: for an unknown matrix or language.
    """
    from srm_data.views.figures import draw as figures

    m = as_matrix(matrix, lang)
    stem = m.id if isinstance(matrix, str) else _own_stem(m.id)
    look = "" if theme == "light" else f"-{theme}"
    shape = "" if size == "16:9" else f"-{size.replace(':', 'x')}"

    def job(kind: str, about: str, name: str, draw: Callable[..., Picture], *what: MatrixLike) -> Job:
        named = f"{stem}-{name}{look}{shape}"
        return Job(kind, about, named, partial(draw, *what, lang=lang, theme=theme, size=size))

    yield job("matrix", m.short, "matrix", figures.matrix, matrix)
    yield job("split", m.short, "split", figures.split, matrix)
    if m.ladder:
        for column in m.columns:
            yield job("model", column.label, f"model-{_stem(column.id)}", figures.model, matrix, column.id)
        for before, after in combinations(m.columns, 2):
            about = f"{before.label} → {after.label}"
            name = f"what-if-{_stem(before.id)}-to-{_stem(after.id)}"
            yield job("what-if", about, name, figures.what_if, matrix, before.id, after.id)
        yield job("ladder", m.short, "ladder", figures.ladder, matrix)
    shipped = matrix if isinstance(matrix, str) else ""
    if earlier := _named_beside(shipped, "earlier_edition"):
        about = shipped_matrix(earlier, lang).short
        yield job("editions", about, f"editions-{earlier}", figures.side_by_side, earlier, matrix)
    if _compares_with_the_stack(m):
        about = m.column(_STACKED).label
        yield job("stack", about, f"stack-{_STACKED}", figures.side_by_side, "stack", matrix, _STACKED)
    for topic, about in _topics(shipped, lang):
        draw = partial(figures.topic, matrices=(shipped, _named_beside(shipped, "compared_with")))
        yield job("topic", about, f"topic-{topic}", draw, topic)
    for incident in incidents_on(shipped) if shipped else ():
        yield job(
            "incident", as_incident(incident, lang).name, f"incident-{incident}", figures.incident, incident
        )


def why_none(matrix: MatrixLike, kind: str, lang: str) -> str:
    """Why a matrix has no figure of this kind, in a sentence for who asked for it.

    Args:
        matrix: an id from `list_matrices`, or a DataFrame from `load_matrix` or `read_matrix`.
        kind: one of `KINDS` that `figure_set` does not have for it.
        lang: "en" or "nl".
    """
    m, words = as_matrix(matrix, lang), texts(lang)["ask"]
    told = str(words["no_figure"].format(matrix=m.short, kind=kind))
    if kind not in ("model", "what-if", "ladder"):
        return told
    return f"{told} {words['no_move_one' if len(m.columns) == 1 else 'no_move']}"


def _stem(name: str) -> str:
    """A name from somebody's table as a part of a file name: "My cloud (2).csv" is "my-cloud-2"."""
    return re.sub(r"\W+", "-", name.removesuffix(".csv").casefold()).strip("-") or "own"


def _own_stem(name: str) -> str:
    """How the files of somebody's own table begin: never as those of a matrix that ships."""
    stem = _stem(name)
    return f"own-{stem}" if stem in shipped_ids() else stem


def default_set(lang: str) -> Iterator[Job]:
    """What is committed in ``figures/``: all of one matrix, some blanks for the board, and every incident."""
    for job in figure_set(DEFAULT_MATRIX, lang):
        yield job
        if job.kind in ("matrix", "split", "ladder", "editions") or "paas" in job.name.rpartition("-")[2]:
            yield blank(job)
    for matrix in shipped_ids():
        if matrix != DEFAULT_MATRIX:
            yield from (job for job in figure_set(matrix, lang) if job.kind == "incident")


def blank(job: Job) -> Job:
    """The same figure to fill in."""
    return job._replace(name=f"{job.name}-blank", draw=partial(job.draw, shown=0))


def steps(job: Job) -> Iterator[Job]:
    """The same figure step by step, empty first."""
    for step in range(job.draw(shown=0).steps + 1):
        yield job._replace(name=f"{job.name}-step-{step}", draw=partial(job.draw, shown=step))


def check_kinds(kinds: Iterable[str]) -> None:
    """Fail on a kind of figure that is not there.

    Raises:
        UnknownNameError: with the nearest guess.
    """
    for kind in kinds:
        if kind not in KINDS:
            raise unknown_name("figure", kind, KINDS)


def write_figures(jobs: list[tuple[Path, Job]], formats: Iterable[str]) -> Iterator[Path]:
    """Draw each figure once and write it in every format; yields the files as they appear.

    A set of some size is drawn by as many processes as there are cores.

    Args:
        jobs: the folder and the figure.
        formats: "svg", "png" or "pdf"; a PNG has a text file beside it.

    Raises:
        OSError: when a folder cannot be written to.
    """
    formats = tuple(formats)
    workers = min(os.cpu_count() or 1, 4)
    if workers == 1 or len(jobs) < _WORTH:
        for folder, job in jobs:
            yield from _write(folder, job, formats)
        return
    # Here, not above: most of what is drawn is one figure. Fresh processes, not forked ones: matplotlib
    # and a notebook's kernel have threads.
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from multiprocessing import get_context

    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        waiting = [pool.submit(_write, folder, job, formats) for folder, job in jobs]
        try:
            for done in as_completed(waiting):
                yield from done.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


_WORTH = 24  # a second process takes two seconds to start, the time of some ten figures in three formats


def _write(folder: Path, job: Job, formats: tuple[str, ...]) -> list[Path]:
    picture = job.draw()
    return [picture.write_own(folder / f"{job.name}.{kind}") for kind in formats]


def _compares_with_the_stack(m: Matrix) -> bool:
    if m.kind == "management" or m.axis_key != "model":
        return False
    return any(column.id == _STACKED for column, _ in common_columns(shipped_matrix("stack", m.lang), m))


def _named_beside(matrix: str, column: str) -> str:
    """The matrix that a column of ``data/matrices.csv`` names beside this one, if any."""
    row = rows_by("matrices", "matrix").get(matrix)
    return row[column] if row else ""


@cache
def _topics(matrix: str, lang: str) -> list[tuple[str, str]]:
    """The topics, id and label, on which this matrix and its counterpart both have something to say."""
    other = _named_beside(matrix, "compared_with")
    if not other:
        return []
    found = (look_up(topic, (matrix, other), lang) for topic in rows_by("topics", "topic"))
    return [(t.id, t.label) for t in found if sum(t.verdict(model) != "alone" for model in t.models) > 1]
