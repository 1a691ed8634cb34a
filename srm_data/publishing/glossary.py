"""The glossary as a notebook for each language, so that every word in a lesson can link to it.

``python -m srm_data glossary`` writes them from ``data/glossary.csv``; a test keeps them in step.
"""

from __future__ import annotations

import json
import re
from typing import Any

from srm_data.core.dataset import rows_by
from srm_data.core.language import texts


def anchor(heading: str) -> str:
    """The address of a heading in a notebook, as JupyterLab and nbconvert make it."""
    return heading.replace(" ", "-")


def glossary_notebook(lang: str) -> str:
    """The glossary of one language as the text of a notebook, terms in alphabetical order."""
    words = texts(lang)["glossary"]
    terms = rows_by("glossary", "term")
    # "IaaS (infrastructure as a service)": the short name is the heading, what it stands for begins the text.
    names = {term: row[f"term_{lang}"].partition(" (")[0] for term, row in terms.items()}
    cells = [f"# {words['title']}\n\n{words['intro']}"]
    for term in sorted(terms, key=lambda t: names[t].casefold()):
        long = re.search(r"\((.+)\)", terms[term][f"term_{lang}"])
        stands_for = f"*{long[0]}* " if long else ""
        entry = f"## {names[term]}\n\n{stands_for}{terms[term][f'meaning_{lang}']}"
        others = [f"[{names[o]}](#{anchor(names[o])})" for o in terms[term]["see"].split()]
        if others:
            entry += f"\n\n{words['see']} {', '.join(others)}."
        cells.append(entry)
    notebook: dict[str, Any] = {
        "cells": [
            {
                "cell_type": "markdown",
                "id": f"term-{i}",
                "metadata": {},
                "source": text.splitlines(keepends=True),
            }
            for i, text in enumerate(cells)
        ],
        "metadata": {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {  # as JupyterLab writes it, so that opening the glossary changes nothing in it
                "codemirror_mode": {"name": "ipython", "version": 3},
                "file_extension": ".py",
                "mimetype": "text/x-python",
                "name": "python",
                "nbconvert_exporter": "python",
                "pygments_lexer": "ipython3",
            },
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
