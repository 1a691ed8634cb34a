"""What a newer copy of a source page would change: cells, questions, lessons and figures. Writes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from srm_data.core.dataset import read_table, rows_by
from srm_data.core.incidents import as_incident
from srm_data.core.language import texts
from srm_data.core.matrix import one_line
from srm_data.core.vocabulary import NOT_APPLICABLE
from srm_data.learning.questions import changed_keys, question_bank
from srm_data.publishing.lessons import Lesson, lessons
from srm_data.readers.faults import short
from srm_data.readers.newer_edition import Edition, newer_editions
from srm_data.readers.page_tables import read_page
from srm_data.views.figures.catalogue import Job, default_set


def watch_page(path: Path, lang: str) -> tuple[int, list[str]]:
    """Lay a page beside the matrices that were made from it.

    Args:
        path: a Markdown or HTML file.
        lang: "en" or "nl".

    Returns:
        An exit code and the lines to print. The code is 0 when nothing changed, 1 when something did, and 2
        when no table of the page fits a matrix.

    Raises:
        PageFileError: when the file cannot be read as a page.
    """
    words = texts(lang)["watch"]
    file = one_line(path.name)
    editions = newer_editions(read_page(path), lang)
    if not editions:
        known = [row["matrix"] for row in read_table("matrices") if row["source_fingerprint"]]
        return 2, [words["no_table"].format(file=file, matrices=", ".join(known))]
    lines, code = [], 0
    for edition in editions:
        m = edition.matrix
        lines.append(words["head"].format(file=file, matrix=m.id, edition=m.edition))
        found = [*_differences(edition, words)]
        if found:
            code = 1
            found += _touched(edition, words)
        lines += [f"  {line}" for line in found or [words["same"]]]
    return code, lines


def _differences(edition: Edition, words: dict[str, Any]) -> Iterator[str]:
    """What the page says otherwise, a line each."""
    m = edition.matrix
    source = rows_by("matrices", "matrix")[m.id]["source_file"]
    if not edition.tables:
        yield words["missing"].format(source=source)
        return
    areas = {area.id: area.label for area in m.areas}
    columns = {column.id: column.label for column in m.columns}
    lines = [words["renamed"].format(area=areas[a], label=short(b)) for a, b in edition.renamed.items()]
    lines += [words["gone"].format(area=areas[area]) for area in edition.gone]
    lines += [words["new"].format(label=short(label)) for label in edition.new]
    lines += [words["column_gone"].format(column=columns[column]) for column in edition.columns_gone]
    lines += [words["column_new"].format(label=short(label)) for label in edition.columns_new]
    for (a, c), party in edition.changed_cells.items():
        was = _word(m.cells[a, c].party, m.lang)
        lines.append(
            words["cell"].format(area=areas[a], column=columns[c], before=was, after=_word(party, m.lang))
        )
    for (a, c), value in edition.unread.items():
        lines.append(words["unread"].format(area=areas[a], column=columns[c], value=short(value)))
    if not lines and not edition.same_table:
        lines.append(words["words"].format(source=source))
    if not edition.same_note:
        lines.append(words["note"])
    yield from lines


def _word(party: str | None, lang: str) -> str:
    return str(texts(lang)["party"][party]["word"]) if party else NOT_APPLICABLE


def _touched(edition: Edition, words: dict[str, Any]) -> Iterator[str]:
    """The questions, lessons and figures that a change of the matrix touches."""
    m = edition.matrix
    keys = changed_keys(edition.changed_matrix)
    if keys:
        yield words["keys"]
    for question, (before, after) in keys.items():
        yield "  " + words["key"].format(question=question, before=before, after=after)
    about = [q for q in question_bank(m.lang) if q.matrix and q.matrix.id == m.id]
    gone = {area.label for area in m.areas if area.id in edition.gone}
    gone |= {column.label for column in m.columns if column.id in edition.columns_gone}
    lost = [q.id for q in about if gone & {q.area, q.column, q.before, q.after}]
    if lost:
        yield words["rows"].format(questions=", ".join(lost))
    asked = {str(q.lesson) for q in about}
    used = [one.path.stem for one in lessons(m.lang) if one.number in asked or _names(one, m.id)]
    yield words["lessons"].format(lessons=", ".join(used) or words["none"])
    shown = [job.name for job in default_set(m.lang) if _shows(job, m.id)]
    yield words["figures"].format(figures=", ".join(shown) or words["none"])


def _names(lesson: Lesson, matrix: str) -> bool:
    """Whether a code cell of a lesson names the matrix."""
    cells = json.loads(lesson.path.read_text(encoding="utf-8"))["cells"]
    return any(f'"{matrix}"' in "".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def _shows(job: Job, matrix: str) -> bool:
    """Whether a figure is made from the matrix, alone or beside another one."""
    if job.kind == "incident":
        return as_incident(job.draw.args[0]).matrix.id == matrix
    return matrix in (*job.draw.args, *job.draw.keywords.get("matrices", ()))
