"""What the search of the site looks in: sections of pages, words, rows of tables and figures of one language.

It becomes a script that names one object, because a page from a file may load a script and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from srm_data.core.glossary import glossary_terms
from srm_data.core.language import texts
from srm_data.core.shipped import shipped_ids, shipped_matrix
from srm_data.publishing.lesson_html import page_text
from srm_data.publishing.site.table_sections import row_address
from srm_data.publishing.slides.slide_text import plain, sections

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: What an entry is, the most telling first: of two that fit equally well the earlier kind comes first.
KINDS = ("word", "lesson", "row", "figure", "guide")


class Entry(NamedTuple):
    """One result: its kind, title, the page or table it is in, its address, and text to look in."""

    kind: str
    title: str
    where: str
    address: str
    text: str


def word_entries(lang: str) -> Iterator[Entry]:
    """The words of the glossary."""
    for term in glossary_terms(lang):
        text = " ".join(filter(None, (term.stands_for, term.meaning)))
        yield Entry("word", term.name, "", f"glossary.html#{_anchor(term.name)}", text)


def page_entries(kind: str, lesson: NotebookNode, title: str, page: str) -> Iterator[Entry]:
    """The sections of a notebook that became a page.

    Args:
        kind: of `KINDS`.
        lesson: the notebook.
        title: what the page is called in a list.
        page: its address.
    """
    found: list[tuple[str, list[str]]] = []
    for cell in lesson.cells:
        if cell.cell_type == "markdown":
            for section in sections(page_text(cell)):
                if section.title or not found:
                    found.append((section.title, []))
                found[-1][1].extend(plain(point.line) for point in section.points)
                found[-1][1].extend(" ".join(row) for rows in section.tables for row in rows)
    for heading, lines in found:
        yield Entry(kind, heading or title, title, f"{page}#{_anchor(heading)}", " ".join(lines))


def row_entries(lang: str) -> Iterator[Entry]:
    """The rows of all tables, each with who is responsible in which column."""
    parties = texts(lang)["party"]
    for one in shipped_ids():
        m = shipped_matrix(one, lang)
        said: dict[str, list[str]] = {area.id: [area.about] for area in m.areas}
        for area, column, cell in m.walk():
            if cell.party:
                said[area.id].append(f"{column.label}: {parties[cell.party]['label']}.")
        for area in m.areas:
            address = f"tables.html#{row_address(m.id, area.id)}"
            yield Entry("row", area.label, m.short, address, " ".join(said[area.id]))


def figure_entries(figures: Iterable[dict[str, Any]]) -> Iterator[Entry]:
    """The figures that `gallery` found."""
    for figure in figures:
        yield Entry("figure", figure["heading"], "", f"figures.html#{figure['name']}", figure["alt"])


def _anchor(heading: str) -> str:
    """The id of a heading on a page, as nbconvert makes it."""
    return quote(heading.replace(" ", "-"), safe="?/:@!$&'()*+,;=")


def index_script(entries: Iterable[Entry], lang: str) -> str:
    """The script that a page loads when somebody searches."""
    kinds = [texts(lang)["search"][kind] for kind in KINDS]
    found = [[KINDS.index(entry.kind), *entry[1:]] for entry in entries]
    told = json.dumps({"kinds": kinds, "found": found}, ensure_ascii=False, separators=(",", ":"))
    return f"window.srmSearchIndex={told};\n"
