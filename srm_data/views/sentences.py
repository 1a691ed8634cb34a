"""The same result as a sentence: the summary under a table and the alternative text of a picture.

Each function here has a twin of the same name in `html.tables` and in `figures.draw`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data.core.compare import differing, match_areas, rungs
from srm_data.core.frames import as_matrix
from srm_data.core.language import join, texts
from srm_data.core.vocabulary import MOVES, PARTIES
from srm_data.views.baseline_sentences import (
    baselines_foot,
    count_parties,
    lose_the_os,
    on_by_default,
    per_cent,
    who_patches,
)
from srm_data.views.counts import areas_by_change, count_areas, how_many, number, rows
from srm_data.views.incident_sentences import incident, incident_place, incident_title, incident_where
from srm_data.views.titles import (
    ladder_title,
    matrix_title,
    model_title,
    question,
    side_by_side_title,
    split_title,
    what_if_title,
)
from srm_data.views.topic_sentences import model_label, topic, topic_title

if TYPE_CHECKING:
    from srm_data.core.frames import MatrixLike
    from srm_data.core.matrix import Area, Matrix

__all__ = [
    "areas_by_change",
    "baselines_foot",
    "count_areas",
    "count_parties",
    "foot",
    "incident",
    "incident_place",
    "incident_title",
    "incident_where",
    "ladder",
    "ladder_title",
    "lose_the_os",
    "matrix",
    "matrix_title",
    "model",
    "model_label",
    "model_title",
    "number",
    "on_by_default",
    "per_cent",
    "question",
    "rows",
    "side_by_side",
    "side_by_side_title",
    "split",
    "split_title",
    "topic",
    "topic_title",
    "unfinished",
    "what_if",
    "what_if_title",
    "who_patches",
]


def matrix(matrix: MatrixLike, lang: str | None = None) -> str:
    """The whole matrix in numbers, column by column.

    >>> print(matrix("azure-2016", lang="en").partition("provider; ")[2])
    PaaS: 2 customer, 2 shared, 3 provider; SaaS: 1 customer, 2 shared, 4 provider.
    """
    m = as_matrix(matrix, lang)
    words = texts(m.lang)["sentence"]
    parts = []
    for column in m.columns:
        counts = m.count(column)
        split = ", ".join(words[f"split_{p}"].format(n=counts[p]) for p in PARTIES if counts[p])
        parts.append(words["matrix_part"].format(column=column.label, split=split))
    # Many titles name the edition already.
    title = m.title if m.edition in m.title else f"{m.title}, {m.edition}"
    return str(words["matrix"].format(title=title, parts="; ".join(parts)))


#: The split per column says the same in numbers as the whole matrix does.
split = matrix


def model(matrix: MatrixLike, column: str, lang: str | None = None) -> str:
    """Who is responsible for what under one column.

    Args:
        matrix: an id from `list_matrices`, or a DataFrame from `load_matrix` or `read_matrix`.
        column: label or id of the column, such as "SaaS".
        lang: "en" or "nl"; the language in use when left out.

    >>> print(model("azure-2026", "SaaS", lang="en"))  # doctest: +ELLIPSIS
    With SaaS the customer alone is responsible for 3 of the 10 areas (Customer data, ...

    Raises:
        UnknownNameError: for an unknown matrix, column or language.
    """
    m = as_matrix(matrix, lang)
    chosen = m.column(column)
    words = texts(m.lang)["sentence"]
    under = words["under"][m.axis_key].format(column=chosen.label)
    sentences: dict[str, str] = {}
    templates = words["model"][m.kind]
    for party in PARTIES:
        areas = m.held_by(chosen, party)
        if areas:
            providers = _providers(m, areas, chosen.id)
            # The first clause of all says under which column; several providers take a plural verb.
            names = [party if sentences else f"{party}_first", party]
            if len(providers) > 1:
                names.insert(0, f"{party}_many" if sentences else f"{party}_first")
            template = next(templates[name] for name in names if name in templates)
            sentence = template.format(
                under=under,
                what=str(len(areas)) if sentences else how_many(m, len(areas)),
                names=_names(m, areas),
                provider=join(providers, m.lang),
            )
            sentences[party] = sentence if party != "provider" else sentence[0].upper() + sentence[1:]
    theirs = sentences.pop("provider", "")
    ours = f"{join(sentences.values(), m.lang)}." if sentences else ""
    return f"{ours} {theirs}".strip()


def what_if(matrix: MatrixLike, before: str, after: str, lang: str | None = None) -> str:
    """What moving from one column to another does to the customer's work.

    Args:
        matrix: an id from `list_matrices`, or a DataFrame from `load_matrix` or `read_matrix`.
        before: label or id of the column one comes from, such as "IaaS".
        after: label or id of the column one goes to.
        lang: "en" or "nl"; the language in use when left out.

    >>> print(what_if("azure-2026", "IaaS", "PaaS", lang="en"))  # doctest: +ELLIPSIS
    Going from IaaS to PaaS, the customer hands over 1 area (Operating system), shares 2 from now on ...

    Raises:
        UnknownNameError: for an unknown matrix, column or language.
    """
    m = as_matrix(matrix, lang)
    old, new = m.column(before), m.column(after)
    words = texts(m.lang)["sentence"]["what_if"]
    if old == new:
        return str(words["same"].format(before=old.label))
    groups = areas_by_change(m, before, after)
    if not any(groups[change] for change in MOVES):
        what = how_many(m, len(m.areas))
        return str(words["none"].format(before=old.label, after=new.label, what=what))
    theirs = groups.pop("still theirs")
    clauses = [
        texts(m.lang)["change"][change]["verb"].format(n=n, names=_names(m, areas))
        for i, (change, areas) in enumerate((c, a) for c, a in groups.items() if a)
        for n in [str(len(areas)) if i else count_areas(m, len(areas))]
    ]
    sentence = words["begin"].format(before=old.label, after=new.label, changes=join(clauses, m.lang))
    if theirs:
        name = "theirs_one" if len(theirs) == 1 else "theirs"
        sentence += " " + words[name].format(what=count_areas(m, len(theirs)), names=_names(m, theirs))
    return str(sentence)


def ladder(matrix: MatrixLike, lang: str | None = None) -> str:
    """The columns from the one that takes least off the customer's hands to the one that takes most.

    >>> print(ladder("azure-2026", lang="en").partition("; ")[2])  # doctest: +ELLIPSIS
    IaaS, 3 (new: Physical hosts, Physical network, Physical datacenter); PaaS, 4 (new: Operating system); ...
    """
    m = as_matrix(matrix, lang)
    words = texts(m.lang)["sentence"]["ladder"]
    parts = [
        words["rung" if came else "rung_same"].format(
            column=column.label, n=n, names=_list([area.label for area in came])
        )
        for column, n, came in rungs(m)
    ]
    return str(words["begin"].format(what=count_areas(m, len(m.areas)), rungs="; ".join(parts)))


def side_by_side(
    before: MatrixLike, after: MatrixLike, column: str | None = None, lang: str | None = None
) -> str:
    """Where two matrices differ: cells with another party, and areas that only one of them has.

    Args:
        before: the older or first matrix, an id or a DataFrame.
        after: the newer or second one.
        column: only this column; all they share when left out.
        lang: "en" or "nl"; the language in use when left out.

    >>> print(side_by_side("azure-classic", "azure-2026", lang="en"))  # doctest: +ELLIPSIS
    Azure, classic (2019-2025) and Azure, January 2026 differ in 2 cells: Client devices in SaaS ...

    Raises:
        UnknownNameError: for an unknown matrix, column or language.
        ValueError: when the two have no column in common.
    """
    old, new = as_matrix(before, lang), as_matrix(after, lang)
    words, party = texts(new.lang)["sentence"]["side_by_side"], texts(new.lang)["party"]
    none = texts(new.lang)["not_applicable"]["label"]
    found = differing(old, new, column)
    cells = [
        words["cell"].format(
            area=d.after_area.label,
            column=d.column.label,
            before=party[d.before]["word"] if d.before else none,
            after=party[d.after]["word"] if d.after else none,
        )
        for d in found
    ]
    name = "none" if not cells else "one" if len(cells) == 1 else "many"
    sentences = [words[name].format(before=old.short, after=new.short, n=len(cells), cells="; ".join(cells))]
    for matrix, alone in (
        (old, [a.label for _, a, b in match_areas(old, new) if a and not b]),
        (new, [b.label for _, a, b in match_areas(old, new) if b and not a]),
    ):
        if alone:
            sentences.append(words["only"].format(matrix=matrix.short, names=_list(alone)))
    return " ".join(sentences)


def unfinished(question: str, open_: list[str], lang: str) -> str:
    """What a figure that is still to be filled in says: its question, and what is not there yet.

    Args:
        question: what the figure asks.
        open_: names of what is not there yet, such as columns.
        lang: "en" or "nl".
    """
    return str(texts(lang)["ask"]["open"].format(question=question, names=join(open_, lang)))


def foot(m: Matrix) -> str:
    """Source, edition and confidence in one line, for the foot of a picture or table."""
    words = texts(m.lang)
    if not m.edition:
        line = str(words["foot"]["own"].format(source=m.source_title or m.id))
    else:
        line = str(words["foot"]["source"].format(source=m.source_title, edition=m.edition))
    if m.confidence:
        line += " · " + words["foot"]["confidence"].format(confidence=words["confidence"][m.confidence])
    if m.edited:
        line += " · " + words["label"]["edited"]
    return line


def _names(m: Matrix, areas: list[Area]) -> str:
    """Such as " (Applications, Network controls)"; nothing when it would name every area."""
    if len(areas) == len(m.areas):
        return ""
    return f" ({_list([area.label for area in areas])})"


def _list(labels: list[str]) -> str:
    """Names with commas between, or semicolons: some labels hold a comma themselves."""
    return ("; " if any("," in label for label in labels) else ", ").join(labels)


def _providers(m: Matrix, areas: list[Area], column_id: str) -> list[str]:
    """The names of those who stand on the provider's side of these areas."""
    return list(dict.fromkeys(m.cells[area.id, column_id].provider or m.provider_short for area in areas))
