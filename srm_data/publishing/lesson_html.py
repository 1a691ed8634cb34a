"""An executed notebook as pieces of HTML: prose, code and outputs, for a page that has no kernel.

Links between notebooks become links between pages. What a page without a kernel cannot do is said in one
line above it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from srm_data.core.language import texts
from srm_data.publishing.shown import MIME, shown_in
from srm_data.views import web
from srm_data.views.figures.typeface import without_typeface
from srm_data.views.html import tables

if TYPE_CHECKING:
    from nbformat import NotebookNode

# Neither looks past the next one that opens: a text of nothing but openings takes no longer.
_TABLE = re.compile(r"<table>(?:(?!<table>).)*?</table>", re.S)
_LINK = re.compile(r'<a href="([^"]*)">((?:(?!<a ).)*?)</a>', re.S)


@dataclass(frozen=True)
class Piece:
    """One cell: prose, or code with its outputs and a line about what a page cannot do."""

    prose: str = ""
    code: str = ""
    outputs: tuple[str, ...] = ()
    note: str = ""


def pieces(lesson: NotebookNode, lang: str, link: Callable[[str], str | None]) -> Iterator[Piece]:
    """The cells of an executed notebook in order.

    Args:
        lesson: what `run_lesson` gave.
        lang: of the lines about what a page cannot do.
        link: the address on the site for one in the notebook; None when it leads nowhere here.
    """
    for cell in lesson.cells:
        if cell.cell_type == "markdown":
            yield Piece(prose=markdown(page_text(cell), lang, link))
        elif cell.cell_type == "code":
            outputs = tuple(filter(None, (_output(output, lang) for output in cell.outputs)))
            needs = shown_in(cell).needs_kernel
            note = texts(lang)["site"].get(needs, "")  # what only needs a memory, the site has
            yield Piece(code=_highlighted(cell.source), outputs=outputs, note=note)


def page_text(cell: Any) -> str:
    """The prose of a cell for a page: its `page_words` stand in the place of what is about running cells."""
    source = str(cell.source)
    for words, instead in cell.metadata.get("page_words", {}).items():
        source = source.replace(words, instead)
    return source


def markdown(source: str, lang: str, link: Callable[[str], str | None]) -> Markup:
    """Prose of a lesson as HTML. Lessons are the kit's own text, so HTML in them stays HTML.

    Args:
        source: Markdown of a cell.
        lang: of what a screen reader says at a wide table, "en" or "nl".
        link: the address on the site for one in the notebook; None when it leads nowhere here.
    """
    from nbconvert.filters import markdown2html

    html = re.sub(r'<a class="anchor-link"[^<>]*>[^<]*</a>', "", markdown2html(source))
    html = _TABLE.sub(lambda table: _scroll(table[0], lang, "table"), html)
    return Markup(_LINK.sub(lambda found: _link(found, link), html))


def _link(found: re.Match[str], link: Callable[[str], str | None]) -> str:
    address, text = found[1], found[2]
    if re.match(r"https?:|mailto:|#", address):
        return found[0]
    here = link(address)
    return f'<a href="{escape(here)}">{text}</a>' if here else text


def _highlighted(source: str) -> Markup:
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    return Markup(highlight(source, PythonLexer(), HtmlFormatter(nowrap=True)))


def _output(output: Any, lang: str) -> Markup | None:
    """One output as HTML. Only the kit's own code made it."""
    if output.output_type == "stream":
        return Markup("<pre>{}</pre>").format(output.text)
    data = output.get("data", {})
    if MIME in data and data[MIME]["tag"]:
        return _component(data)
    if "text/html" in data:
        html = without_typeface(data["text/html"].replace(f"<style>{tables.style()}</style>", ""))
        return Markup(_scroll(html, lang, "figure") if "srm-figure" in html else html)
    if "text/plain" in data:
        return Markup("<pre>{}</pre>").format(data["text/plain"])
    return None


def components_of(cell: Any) -> Markup:
    """The components that a cell shows, as elements; empty when it shows none."""
    shown = (output.get("data", {}) for output in cell.get("outputs", []))
    return Markup().join(_component(data) for data in shown if data.get(MIME, {}).get("tag"))


def _component(data: dict[str, Any]) -> Markup:
    """A component as its element, with its still for where no script runs; `data` is that of an output."""
    still = without_typeface(data["text/html"].replace(f"<style>{tables.style()}</style>", ""))
    content = data[MIME]["content"]
    asks = {"practice": content["practice"]} if content.get("practice") else {}
    return Markup(web.element(data[MIME]["tag"], content, still, **asks))


def _scroll(html: str, lang: str, kind: str) -> str:
    """What may be wider than a phone scrolls by itself, also by keyboard, and the page does not."""
    name = escape(texts(lang)["site"][f"{kind}_scrolls"])
    # The corner of a table is no heading.
    html = re.sub(r"<th\b[^<>]*>(?:\s|&nbsp;)*</th>", "<td></td>", html)
    return f'<div class="scroll" tabindex="0" role="group" aria-label="{name}">{html}</div>'
