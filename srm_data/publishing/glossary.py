"""The glossary as a notebook for each language, so that every word in a lesson can link to it.

``python -m srm_data glossary`` writes them from ``data/glossary.csv``; a test keeps them in step.
"""

from __future__ import annotations

from srm_data.core.glossary import glossary_terms
from srm_data.core.language import texts
from srm_data.publishing.markdown_notebook import markdown_notebook


def glossary_notebook(lang: str) -> str:
    """The glossary of one language as the text of a notebook, terms in alphabetical order."""
    words = texts(lang)["glossary"]
    terms = glossary_terms(lang)
    anchors = {term.name: term.anchor for term in terms}
    cells = [f"# {words['title']}\n\n{words['intro']}"]
    for term in terms:
        stands_for = f"*{term.stands_for}* " if term.stands_for else ""
        entry = f"## {term.name}\n\n{stands_for}{term.meaning}"
        if term.see:
            others = ", ".join(f"[{name}](#{anchors[name]})" for name in term.see)
            entry += f"\n\n{words['see']} {others}."
        cells.append(entry)
    return markdown_notebook("term", cells)
