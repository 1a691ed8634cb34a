"""The glossary as a notebook for each language, so that every word in a lesson can link to it.

``python -m srm_data glossary`` writes them from ``data/glossary.csv``; a test keeps them in step.
"""

from __future__ import annotations

from srm_data.core.language import texts
from srm_data.core.load import read_table
from srm_data.publishing.markdown_notebook import markdown_notebook


def anchor(heading: str) -> str:
    """The address of a heading in a notebook, as JupyterLab and nbconvert make it."""
    return heading.replace(" ", "-")


def glossary_notebook(lang: str) -> str:
    """The glossary of one language as the text of a notebook, terms in alphabetical order."""
    words = texts(lang)["glossary"]
    terms = read_table("glossary").set_index("term")
    # "IaaS (infrastructure as a service)": the short name is the heading, what it stands for begins the text.
    names = terms[f"term_{lang}"].str.partition(" (")[0]
    long = terms[f"term_{lang}"].str.extract(r"\((.*)\)", expand=False).fillna("")
    cells = [f"# {words['title']}\n\n{words['intro']}"]
    for term in sorted(names.index, key=lambda t: str(names[t]).casefold()):
        stands_for = f"*({long[term]})* " if long[term] else ""
        entry = f"## {names[term]}\n\n{stands_for}{terms.loc[term, f'meaning_{lang}']}"
        others = [f"[{names[o]}](#{anchor(str(names[o]))})" for o in str(terms.loc[term, "see"]).split()]
        if others:
            entry += f"\n\n{words['see']} {', '.join(others)}."
        cells.append(entry)
    return markdown_notebook("term", cells)
