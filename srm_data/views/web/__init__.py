"""The components: plain ES modules and one style sheet, put together for a page or a notebook.

In: the files of this folder. May import: what `views.html` may.
"""

from __future__ import annotations

import base64
import html
import json
import re
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from srm_data.core.glossary import glossary_terms
from srm_data.core.vocabulary import LANGUAGES

FOLDER = Path(__file__).resolve().parent

_IMPORT = re.compile(r"^import \{[^}]*\} from '([./\w]+\.js)';\n", re.M)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:class|const|function) )", re.M)

#: Content of so many signs or more is packed on a page.
_LARGE = 20_000

_LEFT_OUT = re.compile(r"^(?: *//.*)?\n|^ +", re.M)


@cache
def script(
    first: Path | None = None, languages: tuple[str, ...] = LANGUAGES, without: tuple[str, ...] = ()
) -> str:
    """Every module in one, in the order in which they need each other: it defines the elements.

    A page from a file may not load a module, and a notebook has no address to load one from. All modules
    share one scope here, so no two may use a name for different things. Lines of comment, empty lines and
    indents stay behind: every page and every notebook holds this text.

    Args:
        first: a folder with modules of a host, which must be there before the elements; none when left out.
        languages: those in which words of the glossary are explained.
        without: names of modules that stay away, with what only they need.
    """
    return f"(() => {{\n{modules(first, languages, without)}}})();\n"


def modules(
    first: Path | None = None, languages: tuple[str, ...] = LANGUAGES, without: tuple[str, ...] = ()
) -> str:
    """What `script` puts in a scope of its own.

    Args:
        first: see `script`.
        languages: see `script`.
        without: see `script`.
    """
    order: list[Path] = []
    for folder in (first, FOLDER) if first else (FOLDER,):
        for path in sorted(folder.glob("*.js")):
            if path.stem not in without:
                _add(path, order)
    parts = [_plain(path) for path in order]
    meanings = {lang: {term.anchor: term.meaning for term in glossary_terms(lang)} for lang in languages}
    glossary = f"const GLOSSARY = {json.dumps(meanings, ensure_ascii=False, separators=(',', ':'))};"
    return "\n".join([glossary, *parts])


@cache
def styles(without: tuple[str, ...] = ()) -> str:
    """The style sheets of the components, what they share first; that of every view goes before them.

    Args:
        without: names of sheets that stay away.
    """
    first = "components"
    found = sorted({path.stem for path in FOLDER.glob("*.css")} - {first, *without})
    names = [f"{name}.css" for name in (first, *found)]
    return "".join(line.strip() for name in names for line in _read(name).splitlines())


def _add(module: Path, order: list[Path]) -> None:
    """Put a module behind those that it imports."""
    if module in order:
        return
    for needed in _IMPORT.findall(module.read_text("utf-8")):
        _add((module.parent / needed).resolve(), order)
    order.append(module)


def _plain(module: Path) -> str:
    """A module as part of one script."""
    return _LEFT_OUT.sub("", _EXPORT.sub("", _IMPORT.sub("", module.read_text("utf-8"))))


def _read(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


def element(tag: str, content: dict[str, Any], still: str = "", **data: Any) -> str:
    """A component on a page: the element with its content inside, and what stands there without scripts.

    Args:
        tag: name of the element, such as "srm-explore".
        content: its content, which becomes JSON.
        still: HTML of the same content.
        data: what the host of a page asks of it, as attributes ``data-…`` in JSON.
    """
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    kind, text = ("application/json", text) if len(text) < _LARGE else ("text/plain", packed(content))
    text = text.replace("</", "<\\/").replace("<!--", "<\\u0021--")  # nothing in it may end the script
    told = "".join(f' data-{name}="{html.escape(json.dumps(value))}"' for name, value in data.items())
    return f'<{tag}{told}><script type="{kind}">{text}</script>{still}</{tag}>'


def packed(value: Any) -> str:
    """JSON made small: a saved notebook and a page of the site hold all of it.

    Args:
        value: what `unpack` of `unpack.js` gives back.
    """
    text = json.dumps(value, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def unpacker() -> str:
    """The function `unpack` alone, for a script that has to unpack the others."""
    return _plain(FOLDER / "unpack.js")


def demo(elements: Iterable[str], theme: str = "light") -> str:
    """A page of components alone, with all that they need in it, to open in a browser while working on one.

    Args:
        elements: what `element` made.
        theme: "light" or "dark".
    """
    from srm_data.views.html import tables
    from srm_data.views.palette import THEMES

    ground = THEMES[theme].ground
    return (
        f'<!DOCTYPE html><html lang="en" data-jp-theme-light="{str(theme == "light").lower()}">'
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Components</title><style>body{{margin:16px;background:{ground}}}{tables.style()}{styles()}"
        f"</style></head><body><main>{''.join(elements)}</main><script>{script()}</script></body></html>"
    )
