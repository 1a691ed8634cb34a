"""What the cells of a lesson say, are for and give when they are run."""

from __future__ import annotations

import ast
from typing import Any


def source_of(cell: dict[str, Any]) -> str:
    """What a cell says on slides: its `slide_words` are put in the place of words that point at its page."""
    source = "".join(cell["source"])
    for words, instead in cell["metadata"].get("slide_words", {}).items():
        source = source.replace(words, instead)
    return source


def slide_type(cell: dict[str, Any]) -> str:
    """What the notebook says a cell is among the slides; "-" when it says nothing."""
    return str(cell["metadata"].get("slideshow", {}).get("slide_type", "-"))


def last_name(cell: dict[str, Any] | None) -> str:
    """The function of the kit that the code of a cell ends in."""
    return last_call(ast.parse("".join(cell["source"])))[0] if cell and cell["cell_type"] == "code" else ""


def has_its_heading(cell: dict[str, Any] | None) -> bool:
    """Whether what a cell shows goes under the heading of the prose before it: it states no title itself."""
    if cell is None or cell["cell_type"] != "code" or slide_type(cell) == "skip":
        return False
    titled = ("srm.figures.", "srm.tables.", "srm.bet(", "srm.play_incidents(")
    return not any(part in "".join(cell["source"]) for part in titled)


def is_task(cell: dict[str, Any] | None) -> bool:
    """Whether a cell is a line of code that the learner has to finish."""
    if cell is None or cell["cell_type"] != "code":
        return False
    body = ast.parse("".join(cell["source"])).body
    return any(isinstance(node, ast.Assign) and ast.unparse(node.value) == "..." for node in body)


def last_call(tree: ast.Module) -> tuple[str, list[Any]]:
    """The name of the kit's function that a cell ends in, and the words it is called with."""
    match tree.body[-1]:
        case ast.Expr(ast.Call(ast.Attribute(attr=name), arguments, [])):
            try:
                return name, [ast.literal_eval(argument) for argument in arguments]
            except ValueError:
                return name, []
    return "", []


def run(tree: ast.Module, names: dict[str, Any]) -> Any:
    """Run the code of a cell and return the value of its last line, as Jupyter would.

    Lessons are part of the kit, reviewed and tested like its other code: nobody else's is run.
    """
    *first, last = tree.body
    if isinstance(last, ast.Expr):
        exec(compile(ast.Module(first, []), "lesson", "exec"), names)  # noqa: S102
        return eval(compile(ast.Expression(last.value), "lesson", "eval"), names)  # noqa: S307
    exec(compile(tree, "lesson", "exec"), names)  # noqa: S102
    return None


class Themed(ast.NodeTransformer):
    """Draws the figures of a lesson in another theme."""

    def __init__(self, theme: str) -> None:
        self._theme = theme

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Add the theme to a call that draws a figure."""
        if ast.unparse(node.func).startswith("srm.figures."):
            node.keywords.append(ast.keyword("theme", ast.Constant(self._theme)))
            ast.fix_missing_locations(node)
        return self.generic_visit(node)
