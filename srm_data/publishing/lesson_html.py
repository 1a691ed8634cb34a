"""An executed notebook as pieces of HTML: prose, code and outputs, for a page that has no kernel.

Links between notebooks become links between pages. What a page without a kernel cannot do is said in one
line above it, and its controls are switched off, so that nothing looks broken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from srm_data.core.language import texts
from srm_data.publishing.run_lesson import WIDGET_STATE, WIDGET_VIEW
from srm_data.views.html import tables

if TYPE_CHECKING:
    from nbformat import NotebookNode

_CHILD = re.compile(r"IPY_MODEL_(\d+)")
# Neither looks past the next one that opens: a text of nothing but openings takes no longer.
_TABLE = re.compile(r"<table>(?:(?!<table>).)*?</table>", re.S)
_LINK = re.compile(r'<a href="([^"]*)">((?:(?!<a ).)*?)</a>', re.S)
_LINKS = ("LinkModel", "DirectionalLinkModel")
_WRITING = "TextareaModel"  # room for your own words: of use without a kernel too
#: Calls whose result is about the learner, or that a learner wants to change: what a page says of each.
_NEEDS = {r"srm\.check\(": "code", r"srm\.progress\(": "progress", r"srm\.show\(": "table"}


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
            yield Piece(prose=markdown(cell.source, lang, link))
        elif cell.cell_type == "code":
            outputs = tuple(filter(None, (_output(output, lang) for output in cell.outputs)))
            yield Piece(code=_highlighted(cell.source), outputs=outputs, note=_note(lesson, cell, lang))


def markdown(source: str, lang: str, link: Callable[[str], str | None]) -> Markup:
    """Prose of a lesson as HTML. Lessons are the kit's own text, so HTML in them stays HTML."""
    from nbconvert.filters import markdown2html

    html = re.sub(r'<a class="anchor-link"[^<>]*>[^<]*</a>', "", markdown2html(source))
    html = _TABLE.sub(lambda table: _scroll(table[0], lang, "table"), html)
    return Markup(_LINK.sub(lambda found: _link(found, link), html))


def widget_state(lesson: NotebookNode) -> Markup:
    """The state of the widgets as JSON to put in a ``<script>``; empty when there are none."""
    models = _models(lesson)
    if not models:
        return Markup()
    dead = {name for cell in lesson.cells for view in _views(cell) for name in _dead(models, view, cell)}
    kept = {}
    for name, model in models.items():
        state = {key: value for key, value in model["state"].items() if value is not None or key == "index"}
        if name in dead:
            state["disabled"] = True
        kept[name] = {**model, "state": state}
    whole = {"version_major": 2, "version_minor": 0, "state": kept}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    text = text.replace(json.dumps(f"<style>{tables.style()}</style>", ensure_ascii=False), '""')
    return Markup(text.replace("</", "\\u003c/").replace("<!--", "\\u003c!--"))


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
    if WIDGET_VIEW in data:
        view = json.dumps(data[WIDGET_VIEW], sort_keys=True)
        return Markup(f'<script type="{WIDGET_VIEW}">{view}</script>')
    if "text/html" in data:
        html = data["text/html"].replace(f"<style>{tables.style()}</style>", "")
        return Markup(_scroll(html, lang, "figure") if "srm-figure" in html else html)
    if "text/plain" in data:
        return Markup("<pre>{}</pre>").format(data["text/plain"])
    return None


def _scroll(html: str, lang: str, kind: str) -> str:
    """What may be wider than a phone scrolls by itself, also by keyboard, and the page does not."""
    name = escape(texts(lang)["site"][f"{kind}_scrolls"])
    # The corner of a table is no heading.
    html = re.sub(r"<th\b[^<>]*>(?:\s|&nbsp;)*</th>", "<td></td>", html)
    return f'<div class="scroll" tabindex="0" role="group" aria-label="{name}">{html}</div>'


def _note(lesson: NotebookNode, cell: Any, lang: str) -> str:
    """What this cell cannot do on a page, or nothing."""
    words = texts(lang)["site"]
    for call, key in _NEEDS.items():
        if re.search(call, cell.source):
            return str(words[key])
    models = _models(lesson)
    for view in _views(cell):
        if _dead(models, view, cell):
            return str(words["lab"])
        if any(models[name]["model_name"] == _WRITING for name in _inside(models, view)):
            return str(words["typing"])
    return ""


def _models(lesson: NotebookNode) -> dict[str, Any]:
    models: dict[str, Any] = lesson.metadata.get("widgets", {}).get(WIDGET_STATE, {}).get("state", {})
    return models


def _views(cell: Any) -> list[str]:
    views = (output.get("data", {}).get(WIDGET_VIEW) for output in cell.get("outputs", []))
    return [view["model_id"] for view in views if view]


def _inside(models: dict[str, Any], view: str) -> list[str]:
    """A widget and all that it holds."""
    children = _CHILD.findall(json.dumps(models[view]["state"].get("children", [])))
    return [view, *(name for child in children for name in _inside(models, child))]


def _dead(models: dict[str, Any], view: str, cell: Any) -> set[str]:
    """The controls that do nothing without a kernel: those that are linked to no view.

    A bet asks how sure somebody is, which is only kept; that is said once, at the head of the page.
    """
    if re.search(r"srm\.(bet|play_incidents)\(", cell.source):
        return set()
    linked = {
        name
        for model in models.values()
        if model["model_name"] in _LINKS
        for name in _CHILD.findall(json.dumps([model["state"]["source"], model["state"]["target"]]))
    }
    controls = [name for name in _inside(models, view) if "disabled" in models[name]["state"]]
    dead = {name for name in controls if name not in linked and models[name]["model_name"] != _WRITING}
    # Words that no button can send anywhere are of no use either.
    return {name for name in controls if name not in linked} if dead else set()
