"""A cell that was run before the one it needs: say which, in the language of the notebook.

The day after, and after a restart of the kernel, every name is gone, and Python says only that "srm" is not
defined. This is an extension of IPython, which `register_kit` has the kernels of the kit load. Any other
error, and a name that no cell of the notebook makes, is shown as always.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from pathlib import Path
from symtable import symtable
from types import TracebackType
from typing import Any

from srm_data.core.language import resolve_language, texts
from srm_data.core.vocabulary import LANGUAGES

_LANGUAGE = re.compile(r"""\buse_language\(\s*["'](\w+)["']""")


def load_ipython_extension(shell: Any) -> None:
    """Have a NameError looked at before it is shown."""
    shell.set_custom_exc((NameError,), _show)


def hint(name: str | None, notebook: Path, shell: Any) -> str:
    """Say which cell of a notebook makes `name`, and to run it first; empty when none does.

    Args:
        name: what is not defined.
        notebook: the file.
        shell: it knows the cell that was run, and what of a cell is not Python.

    Raises:
        OSError, ValueError: when the file is no notebook that can be read.
    """
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]).strip() for cell in cells if cell["cell_type"] == "code"]
    ran = shell.user_ns["In"][-1]
    for source in sources:
        code = shell.transform_cell(source)
        if name in _made_by(code) and code.strip() != ran.strip():
            said = texts(_language_of(notebook, sources))["kernel"]["needs"]
            return str(said.format(name=name, line=source.partition("\n")[0]))
    return ""


def _show(
    shell: Any,
    kind: type[NameError],
    error: NameError,
    trace: TracebackType,
    tb_offset: int | None = None,
) -> None:
    told = ""
    while trace.tb_next:
        trace = trace.tb_next
    # A name that is missing in a function of a package is for the author of that package to mend.
    if kind is NameError and trace.tb_frame.f_globals is shell.user_ns:
        # No notebook, or one that cannot be read, explains nothing.
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            told = hint(error.name, _notebook(shell), shell)
    if told:
        shell._showtraceback(kind, error, [told, *shell.InteractiveTB.get_exception_only(kind, error)])
    else:
        shell.showtraceback((kind, error, error.__traceback__), tb_offset=tb_offset)


def _notebook(shell: Any) -> Path:
    """The file behind a kernel, as Visual Studio Code or Jupyter tells it; the folder when neither does."""
    return Path(shell.user_ns.get("__vsc_ipynb_file__") or os.environ.get("JPY_SESSION_NAME", ""))


def _made_by(code: str) -> set[str]:
    """The names that a cell makes: by an assignment, an import, a loop or a definition."""
    try:
        found = symtable(code, "cell", "exec").get_symbols()
    except (SyntaxError, ValueError):
        return set()
    return {symbol.get_name() for symbol in found if symbol.is_assigned() or symbol.is_imported()}


def _language_of(notebook: Path, sources: list[str]) -> str:
    """The language that a notebook asks for, else that of its folder, else the one in use."""
    asked = [match[1] for source in sources for match in _LANGUAGE.finditer(source)]
    return next((one for one in (*asked, notebook.parent.name) if one in LANGUAGES), resolve_language(None))
