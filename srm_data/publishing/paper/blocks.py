"""Prose and views as the blocks that ``templates/handout.typ`` sets: plain data, every word of it text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from srm_data.core.language import texts
from srm_data.publishing.paper.svg_text import each_in_its_typeface
from srm_data.publishing.shown import Drawing
from srm_data.views import matrix_content
from srm_data.views.content import Content

if TYPE_CHECKING:
    from srm_data.views.content import Fact, Table, TableCell
    from srm_data.views.still import Still

Block = dict[str, Any]

_PAGE, _LINE = 110, 8  # signs: of a line of the page, and of a line in a narrow column
_TAG = re.compile(r"</?[a-z][^<>]*>")


def run(text: str, **face: bool | str) -> Block:
    """A stretch of text in one face: bold, italic, code or with the address in `url`."""
    return {"text": text, **face}


def paragraph(*runs: Block | str, **look: Any) -> Block:
    """A paragraph of stretches and plain text; `look` is quiet, bold or lead (it stays with what follows)."""
    return {"kind": "par", "runs": [run(one) if isinstance(one, str) else one for one in runs], **look}


def fact_blocks(facts: Sequence[Fact], lang: str) -> Iterator[Block]:
    """Each fact as a paragraph: its term, then what is said of it."""
    colon = texts(lang)["colon"]
    for fact in facts:
        said = run(fact.text, url=fact.url) if fact.url else run(fact.text)
        term = [run(f"{fact.term}{colon}", bold=True)] if fact.term else []
        yield paragraph(*term, *([f"{fact.lead} "] if fact.lead else []), said, fact.rest, quiet=fact.quiet)


# Prose


def prose(source: str) -> tuple[list[Block], list[list[Block]]]:
    """Markdown of a lesson as blocks, and apart from it what it folds away, each with its summary."""
    import mistune

    tokens: Any = mistune.create_markdown(renderer="ast", plugins=["table"])(source)
    shown: list[Block] = []
    folded: list[list[Block]] = []
    here = shown
    for token in tokens:
        if token["type"] != "block_html":
            here += _block(token)
        elif "</details>" in token["raw"]:
            here = shown
        elif summary := token["raw"].partition("<summary>")[2].partition("</summary>")[0]:
            here = [paragraph(_TAG.sub("", summary), bold=True, lead=True)]
            folded.append(here)
    return shown, folded


def _block(token: dict[str, Any]) -> Iterator[Block]:
    kind, children = token["type"], token.get("children", [])
    if kind == "heading":
        yield {"kind": "heading", "level": token["attrs"]["level"], "runs": list(_runs(children))}
    elif kind in ("paragraph", "block_text"):
        yield {"kind": "par", "runs": list(_runs(children))}
    elif kind == "list":
        items = [[block for one in item["children"] for block in _block(one)] for item in children]
        yield {"kind": "list", "ordered": bool(token["attrs"].get("ordered")), "items": items}
    elif kind == "block_quote":
        yield {"kind": "quote", "blocks": [block for one in children for block in _block(one)]}
    elif kind == "block_code":
        yield {"kind": "code", "text": token["raw"].rstrip("\n")}
    elif kind == "table":
        head, body = children
        rows = [head["children"], *(row["children"] for row in body["children"])]
        cells = [[{"runs": list(_runs(cell["children"]))} for cell in row] for row in rows]
        yield {"kind": "table", "heads": 1, "rows": cells, "columns": len(cells[0]), "shares": []}


def _runs(tokens: Sequence[dict[str, Any]], **face: bool | str) -> Iterator[Block]:
    for token in tokens:
        kind = token["type"]
        if kind in ("softbreak", "linebreak"):
            yield run(" ", **face)
        elif kind == "codespan":
            yield run(token["raw"], **face, code=True)
        elif kind == "text":
            yield run(token["raw"], **face)
        elif kind == "link":
            url = token["attrs"]["url"]  # one that leads to another notebook leads nowhere on paper
            away = {"url": url} if url.startswith("https://") else {}
            yield from _runs(token["children"], **{**face, **away})
        elif kind in ("strong", "emphasis"):
            look = "bold" if kind == "strong" else "italic"
            yield from _runs(token["children"], **{**face, look: True})


# Views


def still_blocks(still: Still, code: str, *, typing: bool) -> Iterator[Block]:
    """A still with room for a pen.

    Args:
        still: what a view or an exercise is where nothing can be clicked.
        code: of its cell, for one that asks to change it.
        typing: whether it asks for words of one's own; else for a short answer after each line.
    """
    if isinstance(still.view, Drawing):
        yield {"kind": "figure", "svg": each_in_its_typeface(still.view.svg), "alt": still.view.alt}
    elif isinstance(still.view, Content):
        yield from content_blocks(still.view)
    if still.task:
        yield {"kind": "code", "text": code}
    if still.lines:
        task, *cards = still.lines
        asked = [one.removesuffix(" …") for one in (*cards, *still.items)]
        yield {"kind": "write", "task": task, "asked": asked, "lines": 3 if typing else 1}


def content_blocks(content: Content) -> Iterator[Block]:
    """A view of the kit: its tables, their key, what is said about it, and its sources.

    What folds away on a page stays folded, but for a view that is nothing else.
    """
    lang = content.lang
    if content.title:
        yield paragraph(run(content.title, bold=True), lead=True)
    for table in content.tables:
        if table.title not in ("", content.title):
            yield paragraph(run(table.title, bold=True), lead=True)
        yield _table(table)
    yield from _key(content)
    if content.counts:
        yield paragraph(" · ".join(f"{n} {name}" for n, name in content.counts))
    yield from (paragraph(one) for one in (content.caution, *content.remarks) if one)
    yield from fact_blocks(content.facts, lang)
    if not content.tables:
        yield from fact_blocks(content.notes, lang)
    yield from (paragraph(foot, quiet=True) for foot in content.feet)


def _key(content: Content) -> Iterator[Block]:
    """What the letters and marks of a view mean."""
    words = texts(content.lang)
    means = "runs" if content.runs else "key"
    known = {key: f"{party['letter']} = {party[means]}" for key, party in words["party"].items()}
    known["none"] = f"{words['not_applicable']['label']} = {words['not_applicable']['key']}"
    told = [*(known[party] for party in content.parties), matrix_content.marks_told(content)]
    if any(told):
        yield paragraph(" · ".join(filter(None, told)), quiet=True)


def _table(table: Table) -> Block:
    rows = []
    for i, row in enumerate(table.rows):
        named = i >= table.heads and i not in table.groups
        rows.append([_cell(cell, name=named and n < table.names) for n, cell in enumerate(row)])
    return {
        "kind": "table",
        "heads": table.heads,
        "rows": rows,
        "columns": table.columns,
        "shares": _shares(table),
        "groups": sorted(table.groups),
    }


def _shares(table: Table) -> list[float]:
    """How the columns share the page, where it is too narrow for their lines: long texts get more of it.

    Empty for a table that fits, whose columns are as wide as what is in them.
    """
    texts_of = [[cell.whole for cell in column] for column in zip(*_rows_of(table), strict=True)]
    if sum(max(map(len, said)) for said in texts_of) < _PAGE:
        return []
    words = [max(len(word) for text in said for word in text.split() or [""]) for said in texts_of]
    lines = [max(map(len, said)) for said in texts_of]
    return [max(word + 2, (_LINE * line) ** 0.5) for word, line in zip(words, lines, strict=True)]


def _rows_of(table: Table) -> list[tuple[TableCell, ...]]:
    """The rows that have a cell in every column."""
    return [row for row in table.rows if len(row) == table.columns]


def _cell(cell: TableCell, *, name: bool) -> Block:
    """A cell; what stands beside the name of a row is a state of the page, but for the source of the row."""
    runs = [run(cell.whole if cell.letter else cell.text)]
    beside = [cell.source, cell.aside] if cell.source or not name else []
    runs += [run(f" {one}", small=True) for one in beside if one]
    party = "" if cell.dim or cell.open else cell.party
    return {"runs": runs, "party": party, "span": cell.span, "head": cell.head}
