"""The calls of the kit in the code of a lesson, and what they are given: read from the file, nothing runs."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Call:
    """A call such as ``srm.bet("a", "b")``; what is not written out, such as a name, is None."""

    cell: int  # number of the cell in the notebook
    name: str
    given: tuple[Any, ...]
    named: dict[str, Any]


def calls_in(notebook: Path) -> Iterator[Call]:
    """Every call of the kit in a notebook, in its order."""
    for n, cell in enumerate(json.loads(notebook.read_text(encoding="utf-8"))["cells"]):
        if cell["cell_type"] != "code":
            continue
        try:
            tree = ast.parse("".join(cell["source"]))
        except SyntaxError:  # a magic of IPython, or a cell that a teacher left half
            continue
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Attribute(ast.Name("srm"), name), args=given, keywords=named):
                    written = {str(one.arg): _literal(one.value) for one in named}
                    yield Call(n, name, tuple(map(_literal, given)), written)


def _literal(node: ast.AST) -> Any:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None
