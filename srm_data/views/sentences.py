"""The same result as a sentence: the summary under a table and the alternative text of a picture.

Each function here has a twin of the same name in `html.tables` and in `figures.draw` (matplotlib).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from srm_data.core.baselines import MACHINE, by_host_access, defaults, patching
from srm_data.core.compare import changes_by_area, differing, match_areas, rungs
from srm_data.core.frames import as_matrix
from srm_data.core.incidents import as_incident
from srm_data.core.language import join, resolve_language, texts
from srm_data.core.services import baselines_about, family
from srm_data.core.topics import look_up
from srm_data.core.vocabulary import CHANGES, MOVES, PARTIES

if TYPE_CHECKING:
    import pandas as pd

    from srm_data.core.frames import MatrixLike
    from srm_data.core.incidents import Incident
    from srm_data.core.matrix import Area, Matrix
    from srm_data.core.topics import Topic


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
    """Who answers for what under one column.

    >>> print(model("azure-2026", "SaaS", lang="en"))  # doctest: +ELLIPSIS
    Under SaaS the customer answers alone for 3 of the 10 areas (Customer data, ...

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
                what=str(len(areas)) if sentences else _how_many(m, len(areas)),
                names=_names(m, areas),
                provider=join(providers, m.lang),
            )
            sentences[party] = sentence if party != "provider" else sentence[0].upper() + sentence[1:]
    theirs = sentences.pop("provider", "")
    ours = f"{join(sentences.values(), m.lang)}." if sentences else ""
    return f"{ours} {theirs}".strip()


def what_if(matrix: MatrixLike, before: str, after: str, lang: str | None = None) -> str:
    """What moving from one column to another does to the customer's work.

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
        what = _how_many(m, len(m.areas))
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


def incident(incident: str | Incident, lang: str | None = None) -> str:
    """What failed in an incident, who failed, where it lies on its matrix, and what is disputed.

    >>> print(incident("ovh-fire-2021", lang="en").partition(" The dispute")[0])  # doctest: +ELLIPSIS
    OVHcloud Strasbourg fire (2021). What failed: ... It lies in Physical datacenter ...

    Raises:
        UnknownNameError: for an unknown incident or language, with the nearest guess.
    """
    i = as_incident(incident, lang)
    words = texts(i.lang)["incident"]
    name = "where_none" if not i.areas else "where_goes" if _goes(i) else "where"
    where = words[name].format(
        areas=join([area.label for area in i.areas], i.lang), place=incident_place(i), **_answers(i)
    )
    return str(
        words["sentence"].format(
            name=i.name,
            year=i.year,
            layer=i.layer,
            failed=words["failed"][i.failed_party]["say"].format(provider=i.provider),
            where=where,
            dispute=words["dispute" if i.dispute else "no_dispute"].format(dispute=i.dispute),
        )
    )


def topic(
    topic: str, matrices: MatrixLike | Iterable[MatrixLike] | None = None, lang: str | None = None
) -> str:
    """Who answers for one topic according to several tables: where they agree and where they differ.

    >>> print(topic("network-controls", ["azure-2026", "gcp"], lang="en"))  # doctest: +ELLIPSIS
    Network controls. Under On-premises and IaaS both tables say customer. Under PaaS they differ: ...

    Raises:
        UnknownNameError: for an unknown topic, matrix or language.
        ValueError: for a matrix about management, such as "stack".
    """
    found = look_up(topic, matrices, lang)
    words = texts(found.lang)["sentence"]["topic"]
    told = _under_each_model(found)
    apart = [m for m in found.matrices if any(line.under("") for line in found.lines_of(m))]
    if len(apart) > _NAMED:
        told.append(words["apart_many"].format(n=len(apart)))
    elif apart:
        told.append(words["apart"].format(names=_tables(apart, found.lang)))
    silent = found.silent()
    if len(silent) == len(found.matrices):
        told.append(words["nothing"])
    elif len(silent) > _NAMED:
        told.append(words["silent_many"].format(n=len(silent)))
    elif silent:
        told.append(words["silent"].format(names=_tables(silent, found.lang)))
    return " ".join([f"{found.label}.", *told])


#: More tables than this are counted, not named.
_NAMED = 4


def _under_each_model(found: Topic) -> list[str]:
    """What the tables say, a sentence a service model; models with the same answer share one."""
    words = texts(found.lang)["sentence"]
    same: dict[str, list[str]] = {}
    for model in found.models:
        same.setdefault(_under_one_model(found, model), []).append(model_label(model))
    return [
        sentence.format(under=words["under"]["model"].format(column=join(models, found.lang)))
        for sentence, models in same.items()
    ]


def _under_one_model(found: Topic, model: str) -> str:
    """What the tables say under one service model, with "{under}" still to be filled in."""
    words = texts(found.lang)["sentence"]["topic"]
    said = found.said(model)
    sides: dict[tuple[str, ...], list[Matrix]] = {}
    for m, parties in said:
        sides.setdefault(parties, []).append(m)
    verdict = found.verdict(model)
    name = "agree_two" if verdict == "agree" and len(said) == 2 else verdict
    told = [
        words["side"].format(party=_parties(parties, found.lang), names=_tables(tables, found.lang))
        for parties, tables in sides.items()
    ]
    return str(
        words[name].format(
            under="{under}",
            n=len(said),
            party=_parties(said[0][1], found.lang),
            name=_in_brackets(said[0][0].short),
            sides="; ".join(told),
        )
    )


def _parties(parties: tuple[str, ...], lang: str) -> str:
    """Such as "customer", or "partly shared, partly provider" where rows or tasks of one table differ."""
    names = [str(texts(lang)["party"][party]["word"]) for party in parties]
    partly = texts(lang)["sentence"]["topic"]["partly"]
    return names[0] if len(names) == 1 else ", ".join(partly.format(party=name) for name in names)


def _tables(matrices: list[Matrix], lang: str) -> str:
    """Their short names in running text; between brackets what stands after the comma in a name."""
    return join([_in_brackets(m.short) for m in matrices], lang)


def _in_brackets(short: str) -> str:
    """Take the comma out of a name, so that it can stand among others.

    >>> _in_brackets("Azure, January 2026"), _in_brackets("Azure, classic (2019-2025)")
    ('Azure (January 2026)', 'Azure (classic, 2019-2025)')
    """
    name, comma, edition = short.partition(", ")
    return f"{name} ({edition.replace(' (', ', ').rstrip(')')})" if comma else short


def model_label(model: str) -> str:
    """A service model as a heading.

    >>> model_label("on-premises"), model_label("IaaS")
    ('On-premises', 'IaaS')
    """
    return model[0].upper() + model[1:]


def on_by_default(baselines: pd.DataFrame, by: str = "control_domain", lang: str | None = None) -> str:
    """How many of the security features are on by default.

    Args:
        baselines: rows of v3.0, from `load_baselines`.
        by: "control_domain" tells the highest and the lowest family; "service" how much they differ in size.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for another `by`.
        ValueError: for rows of another version.
    """
    lang = resolve_language(lang)
    counted = defaults(baselines, by)
    words = texts(lang)["baseline"]["defaults"]
    ends = [counted["share"].idxmax(), counted["share"].idxmin()]
    return str(
        words[by].format(
            on=number(int(counted["on"].sum()), lang),
            n=number(int(counted["supported"].sum()), lang),
            services=baselines["service"].nunique(),
            share=per_cent(counted),
            most=family(str(ends[0]), lang),
            most_share=per_cent(counted.loc[[ends[0]]]),
            least=family(str(ends[1]), lang),
            least_share=per_cent(counted.loc[[ends[1]]]),
            fewest_features=counted["supported"].min(),
            most_features=counted["supported"].max(),
        )
    )


def who_patches(baselines: pd.DataFrame, lang: str | None = None) -> str:
    """Who patches the operating system, in numbers; `baselines` are rows of v1.1.

    Raises:
        ValueError: for rows of another version.
    """
    lang = resolve_language(lang)
    counts = count_parties(patching(baselines)["responsibility"])
    words = texts(lang)["baseline"]["patching"]
    return str(words["sentence"].format(n=sum(counts.values()), **counts))


def lose_the_os(baselines: pd.DataFrame, lang: str | None = None) -> str:
    """What becomes of the controls on a machine without access to it; `baselines` are rows of v3.0.

    Raises:
        ValueError: for rows of another version.
    """
    lang = resolve_language(lang)
    counted = by_host_access(baselines)
    endpoint, posture = (counted.xs(name) for name in MACHINE)
    words = texts(lang)["baseline"]["access"]
    return str(
        words["sentence"].format(
            full=endpoint.loc["full", "services"],
            services=endpoint["services"].sum(),
            endpoint=endpoint.loc["full", "supported"],
            endpoint_all=endpoint["supported"].sum(),
            posture=posture.loc["full", "supported"],
            posture_all=posture["supported"].sum(),
            none=endpoint.loc["none", "services"],
        )
    )


def rows(found: int, all_rows: int, page: int, pages: int, lang: str | None = None) -> str:
    """How many rows a search found, and which page of them is shown.

    >>> rows(250, 4141, 2, 3, "en")
    '250 of 4,141 rows. Page 2 of 3.'
    """
    lang = resolve_language(lang)
    words = texts(lang)["rows"]
    said = str(words["found"].format(n=number(found, lang), all=number(all_rows, lang)))
    return said + (" " + words["page"].format(page=page, pages=pages) if pages > 1 else "")


def count_parties(answers: pd.Series) -> dict[str, int]:
    """How often each party is named, and how often none is, under "not_applicable"."""
    parties = zip(PARTIES, answers.cat.categories, strict=True)
    counts = {party: int((answers == word).sum()) for party, word in parties}
    return counts | {"not_applicable": int(answers.isna().sum())}


def per_cent(counted: pd.DataFrame) -> str:
    """What `defaults` counted, as a whole percentage: "28 %"."""
    supported = counted["supported"].sum()
    return f"{round(100 * counted['on'].sum() / supported) if supported else 0} %"


def number(n: int, lang: str) -> str:
    """A number with its thousands marked.

    >>> number(1269, "en"), number(1269, "nl")
    ('1,269', '1.269')
    """
    return f"{n:,}".replace(",", texts(lang)["thousands"])


def baselines_foot(version: str, lang: str) -> str:
    """Source, edition and licence of a version of the baselines, in one line."""
    about = baselines_about(version, lang)
    source = texts(lang)["foot"]["source"].format(source=about["source_title"], edition=about["edition"])
    return f"{source} · {about['licence']}"


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

    >>> print(side_by_side("azure-classic", "azure-2026", lang="en"))  # doctest: +ELLIPSIS
    Azure, classic (2019-2025) and Azure, January 2026 differ in 2 cells: Client devices under SaaS ...

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
    """What a figure that is still to be filled in says: its question, and what is not there yet."""
    return str(texts(lang)["ask"]["open"].format(question=question, names=join(open_, lang)))


def areas_by_change(matrix: Matrix, before: str, after: str) -> dict[str, list[Area]]:
    """The areas of each change in the order of `CHANGES`, empty lists included."""
    changes = changes_by_area(matrix, before, after)
    return {change: [a for a in matrix.areas if changes[a.id] == change] for change in CHANGES}


def count_areas(m: Matrix, n: int) -> str:
    """The number with its noun: "1 area", "4 areas", "9 layers"."""
    words = texts(m.lang)["sentence"]
    return str(words["one"][m.kind] if n == 1 else words["many"][m.kind].format(n=n))


# Titles that state the point, shared by tables and figures.


def matrix_title(m: Matrix) -> str:
    """The point of a whole matrix: how much never leaves the customer."""
    words = texts(m.lang)["title"]
    if m.kind == "management":
        return str(words["stack"])
    if len(m.columns) == 1:
        counts = m.count(m.columns[0])
        return str(
            words["matrix_owner"].format(n=counts["customer"], total=len(m.areas), shared=counts["shared"])
        )
    kept = sum(all(m.cell(area, c).party == "customer" for c in m.columns) for area in m.areas)
    name = "matrix_none" if not kept else "matrix_kept_one" if kept == 1 else "matrix_kept"
    return str(words[name].format(n=kept, total=len(m.areas)))


def model_title(m: Matrix, column: str) -> str:
    """The point of one column: how much it leaves the customer."""
    if m.axis == "owner":  # one column: the matrix itself is the model
        return matrix_title(m)
    chosen = m.column(column)
    counts = m.count(chosen)
    what = _how_many(m, counts["customer"])
    if counts["customer"]:
        name = "model" if counts["shared"] else "model_no_shared"
    else:
        name = "model_none" if counts["shared"] else "model_nothing"
    words = texts(m.lang)["title"]
    return str(words[name].format(column=chosen.label, what=what, shared=counts["shared"]))


def split_title(m: Matrix) -> str:
    """The point of the split: how the customer's own share shrinks."""
    words = texts(m.lang)["title"]
    first, last = (m.count(column)["customer"] for column in (m.columns[0], m.columns[-1]))
    if len(m.columns) == 1:
        return str(words["split_one"].format(first=count_areas(m, len(m.areas))))
    name = "split_same" if first == last else "split"
    return str(words[name].format(first=count_areas(m, first), last=last))


def what_if_title(m: Matrix, before: str, after: str) -> str:
    """The point of a difference, in counts: "IaaS → PaaS: 1 handed over, 2 now shared, 4 kept"."""
    words = texts(m.lang)["title"]
    groups = areas_by_change(m, before, after)
    names = {"stop doing": "stop", "now shared": "shared", "new duty": "new", "still do": "kept"}
    points = [words[f"what_if_{n}"].format(n=len(groups[c])) for c, n in names.items() if groups[c]]
    if not any(groups[change] for change in MOVES):
        points = [words["what_if_nothing"]]
    return str(
        words["what_if"].format(
            before=m.column(before).label, after=m.column(after).label, points=", ".join(points)
        )
    )


def incident_title(incident: str | Incident, lang: str | None = None) -> str:
    """The point of an incident: who failed beside who answers by the table.

    >>> incident_title("unisuper-2024", lang="en")
    'UniSuper: the provider failed, and no row is about it'

    Raises:
        UnknownNameError: for an unknown incident or language, with the nearest guess.
    """
    i = as_incident(incident, lang)
    words = texts(i.lang)["incident"]
    name = "row_none" if not i.areas else "row_goes" if _goes(i) else "rows" if i.areas[1:] else "row"
    row = words[name].format(**_answers(i))
    failed = words["failed"][i.failed_party]["title"]
    return str(words["title"].format(name=i.name, failed=failed, row=row))


def incident_place(i: Incident) -> str:
    """The matrix and the column or columns of an incident; a column that is no choice is not named."""
    if i.matrix.axis == "owner":
        return i.matrix.short
    columns = join([column.label for column in i.columns], i.lang)
    if i.columns == i.matrix.columns:
        columns = texts(i.lang)["incident"]["every_column"]
    return f"{i.matrix.short}, {columns}"


def _goes(i: Incident) -> bool:
    """Whether the answer changes along the row, from one service model to the next."""
    return len(i.columns) > 1 and len(i.answers) > 1


def _answers(i: Incident) -> dict[str, str]:
    """The parties of the table as words for a template: all of them, the first and the last."""
    said = [texts(i.lang)["party"][party]["word"] for party in i.answers] or [""]
    return {"answers": join(said, i.lang), "first": said[0], "last": said[-1]}


def topic_title(found: Topic) -> str:
    """The point of a topic: under which service models the tables agree, and under which they do not."""
    words = texts(found.lang)["title"]
    models = {
        verdict: join((model_label(m) for m in found.models if found.verdict(m) == verdict), found.lang)
        for verdict in ("agree", "differ")
    }
    if models["agree"] and models["differ"]:
        name = "topic_both"
    elif models["agree"] or models["differ"]:
        name = "topic_agree" if models["agree"] else "topic_differ"
    else:
        name = "topic_alone" if found.lines else "topic_nothing"
    return str(words[name].format(topic=found.label, **models))


def ladder_title(m: Matrix) -> str:
    """The point of a ladder: how the provider's share grows from rung to rung."""
    found = rungs(m)
    words = texts(m.lang)["title"]
    first, last = found[0][1], found[-1][1]
    name = "ladder" if last > first else "ladder_flat"
    return str(words[name].format(first=first, last=last, total=count_areas(m, len(m.areas))))


def side_by_side_title(old: Matrix, new: Matrix, column: str | None = None) -> str:
    """The point of two matrices beside each other: how many cells differ, and how many rows stand alone."""
    words = texts(new.lang)["title"]
    n = len(differing(old, new, column))
    name = {0: "side_by_side_none", 1: "side_by_side_one"}.get(n, "side_by_side")
    where = f" ({new.column(column).label})" if column else ""
    title = words[name].format(before=old.short, after=f"{new.short}{where}", n=n)
    alone = sum(not (a and b) for _, a, b in match_areas(old, new))
    rows = "side_by_side_rows_one" if alone == 1 else "side_by_side_rows"
    return str(words[rows].format(title=title, n=alone) if alone else title)


def question(figure: str, lang: str, **facts: str) -> str:
    """The title of a figure that is still to be filled in: it asks what the finished one states."""
    return str(texts(lang)["ask"][figure].format(**facts))


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


def _how_many(m: Matrix, n: int) -> str:
    """Such as "all 10 areas" or "4 of the 10 areas"."""
    words = texts(m.lang)["sentence"]
    name = "all" if n == len(m.areas) > 1 else "of"
    return str(words[name][m.kind].format(n=n, total=len(m.areas)))


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
