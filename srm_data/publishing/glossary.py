"""The glossary as a notebook for each language, so that every word in a lesson can link to it.

``python -m srm_data glossary`` writes them from ``data/glossary.csv``; a test keeps them in step.
"""

from __future__ import annotations

import re

from srm_data.core.dataset import rows_by
from srm_data.core.language import texts
from srm_data.publishing.markdown_notebook import markdown_notebook


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
        long = re.search(r"\([^()]+\)", terms[term][f"term_{lang}"])
        stands_for = f"*{long[0]}* " if long else ""
        entry = f"## {names[term]}\n\n{stands_for}{terms[term][f'meaning_{lang}']}"
        others = [f"[{names[o]}](#{anchor(names[o])})" for o in terms[term]["see"].split()]
        if others:
            entry += f"\n\n{words['see']} {', '.join(others)}."
        cells.append(entry)
    return markdown_notebook("term", cells)
