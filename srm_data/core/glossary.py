"""The words of the field: what each is called in a language, and what it means."""

from __future__ import annotations

import re
from typing import NamedTuple

from srm_data.core.dataset import rows_by


class Term(NamedTuple):
    """A word of the glossary in one language."""

    name: str
    stands_for: str  # "(infrastructure as a service)" behind IaaS, mostly empty
    meaning: str
    see: tuple[str, ...]  # names of terms close to it
    id: str  # the same in each language

    @property
    def anchor(self) -> str:
        """The address of its heading in a notebook, as JupyterLab and nbconvert make it."""
        return self.name.replace(" ", "-")


def glossary_terms(lang: str) -> list[Term]:
    """All terms, in alphabetical order.

    Args:
        lang: "en" or "nl".
    """
    rows = rows_by("glossary", "term")
    # "IaaS (infrastructure as a service)": the short name is the heading, what it stands for begins the text.
    names = {term: row[f"term_{lang}"].partition(" (")[0] for term, row in rows.items()}
    found = []
    for term in sorted(rows, key=lambda term: names[term].casefold()):
        long = re.search(r"\([^()]+\)", rows[term][f"term_{lang}"])
        see = tuple(names[other] for other in rows[term]["see"].split())
        found.append(Term(names[term], long[0] if long else "", rows[term][f"meaning_{lang}"], see, term))
    return found
