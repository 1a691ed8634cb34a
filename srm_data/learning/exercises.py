"""Exercises that are no multiple choice: sort, order, find the wrong cell, write both parts, finish a line.

All but the last two are prepared and linked in the browser like every view; those two ask for the
learner's own words or code, so they need a kernel. None of them stops Run All.
"""

from __future__ import annotations

import math
import random
from functools import partial
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from srm_data.core.baselines import PATCHING, defaults
from srm_data.core.compare import Placed, compare, place_duties
from srm_data.core.dataset import read_table, rows_where
from srm_data.core.frames import as_matrix, own_matrix
from srm_data.core.incidents import as_incident
from srm_data.core.language import join, resolve_language, texts, unknown_name
from srm_data.core.load import load_matrix
from srm_data.core.services import load_baselines
from srm_data.core.vocabulary import PARTIES
from srm_data.learning import progress_file
from srm_data.learning.bets import keep_and_tell
from srm_data.views.html import tables
from srm_data.widgets.explore import Shared, View

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from srm_data.core.dataset import Row
    from srm_data.core.frames import MatrixLike
    from srm_data.core.matrix import Area, Column, Matrix


def sort_duties(matrix: MatrixLike, side: str, lang: str | None = None) -> View:
    """Put each duty of the student page on an area of the matrix, or on "no row of its own".

    Args:
        matrix: an id from `list_matrices`, or a DataFrame.
        side: "customer" or "provider", whose duty the page says it is.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown matrix, side or language.
    """
    m = as_matrix(matrix, lang)
    words = texts(m.lang)["exercise"]
    shared = Shared()
    children: list[w.Widget] = [_text(words["sort"], shared, m.lang)]
    for n, placed in enumerate(place_duties(m, side), 1):
        options = [*(area.label for area in m.areas), words["no_row"]]
        said = [_about_duty(placed, option, m.lang) for option in options]
        children += _row(f"{n}. {placed.duty}", options, said, shared)
    return _exercise(children, "sort", m.lang, shared)


def _about_duty(placed: Placed, option: str, lang: str) -> str:
    """The verdict on one place: right is each area the duty is about, and that it has no row of its own."""
    words = texts(lang)["exercise"]
    fits = [area.label for area in placed.areas]
    accepted = [*fits, *([] if placed.own else [words["no_row"]])]
    if option not in accepted:
        return _verdict(False, words["there_is" if option == words["no_row"] else "not_there"], lang)
    told = [words["partly"]] if len(fits) > 1 else []
    if fits and not placed.own:
        told.append(words["no_row_too"])
    return _verdict(True, " ".join([*told, placed.remark]), lang, join(accepted, lang))


def order_ladder(matrix: MatrixLike, lang: str | None = None) -> View:
    """Put the columns of a matrix in order of how much they take off the customer's hands.

    The rung of a column is the number of areas the provider answers for; columns with the same
    number share a rung, so either place is right.
    """
    m = as_matrix(matrix, lang)
    words = texts(m.lang)["exercise"]
    shared = Shared()
    taken = {column.label: m.count(column)["provider"] for column in m.columns}
    ladder = sorted(taken.values())
    names = list(taken)
    random.Random(m.id).shuffle(names)  # noqa: S311 - the same mix every time, so that twins and exports agree
    children: list[w.Widget] = [_text(words["ladder"].format(n=len(names)), shared, m.lang)]
    for place, wanted in enumerate(ladder, 1):
        said = []
        for name in names:
            right = taken[name] == wanted
            word = "" if right else words["more" if taken[name] < wanted else "less"]
            facts = words["takes"].format(name=name, n=taken[name], total=len(m.areas))
            said.append(_verdict(right, word, m.lang, facts))
        children += _row(words["rung"].format(n=place), names, said, shared)
    return _exercise(children, "ladder", m.lang, shared)


def find_wrong_cell(matrix: MatrixLike, lang: str | None = None) -> View:
    """One cell of the matrix has been changed. Find it, by area and by column.

    Which one is drawn from the name of the matrix, so the notebook does not hold it.

    Raises:
        ValueError: when the rows of the matrix do not all go one way, or are too short to break.
    """
    m = as_matrix(matrix, lang)
    words = texts(m.lang)["exercise"]
    shared = Shared()
    wrong = _tamper(m)
    area, column, false = wrong
    tampered = m.with_parties(
        {key: cell.party for key, cell in m.cells.items()} | {(area.id, column.id): false}
    )
    picture = tables.matrix(_bare(tampered, words["tampered"]), m.lang)
    areas = _dropdown(texts(m.lang)["label"]["area"], [a.label for a in m.areas], shared)
    columns = _dropdown(texts(m.lang)["label"][m.axis_key], [c.label for c in m.columns], shared)
    states: list[w.Widget] = [shared.html("")]
    for a in m.areas:
        row = [shared.html(""), *(shared.html(_about_cell(m, a, c, wrong)) for c in m.columns)]
        states.append(shared.linked(row, columns))
    children = [
        _text(words["wrong_cell"], shared, m.lang),
        shared.html(picture.body),
        shared.row([areas, columns]),
        shared.linked(states, areas),
    ]
    return _exercise(children, "wrong_cell", m.lang, shared)


def _about_cell(m: Matrix, area: Area, column: Column, wrong: tuple[Area, Column, str]) -> str:
    """The verdict on one cell. Right is the changed one, and each other that would mend the row as well."""
    words = texts(m.lang)["exercise"]
    row, changed, false = wrong
    parties = [false if c == changed else m.cell(row, c).party for c in m.columns]
    mends = [m.columns[i] for i in sorted(_mended_by(parties))]
    right = area == row and column in mends
    truth = m.cell(area, column).party
    party = texts(m.lang)["party"][truth]["word"] if truth else texts(m.lang)["not_applicable"]["label"]
    word = words["found" if right and column == changed else "cell_stands"].format(party=party)
    if right and len(mends) > 1:
        labels = join([c.label for c in mends if c != column], m.lang)
        told = words["mends_too" if column == changed else "mends"]
        word += " " + told.format(columns=labels, column=changed.label)
    elif area == row and not right:
        word += " " + words["warm"]
    return _verdict(right, word, m.lang)


def both_parts(matrix: MatrixLike, area: str, column: str, lang: str | None = None) -> View:
    """Write in your own words what the customer and the provider do in a shared cell, then compare.

    Args:
        matrix: an id from `list_matrices`, or a DataFrame.
        area: label or id of the area.
        column: label or id of the column.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown area or column.
        ValueError: when that cell is not shared.
    """
    m = as_matrix(matrix, lang)
    words = texts(m.lang)["exercise"]
    shared = Shared()
    found = next((a for a in m.areas if area.casefold() in (a.id, a.label.casefold())), None)
    if found is None:
        raise unknown_name("area", area, [a.label for a in m.areas])
    chosen = m.column(column)
    cell = m.cell(found, chosen)
    if cell.party != "shared":
        raise ValueError(words["not_shared"].format(matrix=m.short, area=found.label, column=chosen.label))
    labels = {"customer": texts(m.lang)["label"]["customer_does"], "provider": m.provider_short}
    fields = _own_words(f"{m.id}.{found.id}.{chosen.id}", labels, shared, m.lang)
    model = tables.render("exercises.html", m.lang, view="model", m=m, cell=cell, area=found, column=chosen)
    intro = words["both"].format(area=found.label, column=chosen.label, matrix=m.short)
    children = [_text(intro, shared, m.lang), *fields, shared.html(model)]
    return _exercise(children, "both", m.lang, shared, keeps=True)


def both_sides(incident: str, lang: str | None = None) -> View:
    """Write in your own words what each side could have done about an incident, then compare.

    Args:
        incident: an id from `load_incidents`, or its name.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown incident or language, with the nearest guess.
    """
    i = as_incident(incident, lang)
    words = texts(i.lang)["play"]
    shared = Shared()
    labels = {"customer": words["customer_could"], "other": words["other_could"]}
    fields = _own_words(f"incident.{i.id}", labels, shared, i.lang)
    model = tables.render("exercises.html", i.lang, view="sides", i=i)
    children = [_text(words["both"].format(name=i.name), shared, i.lang), *fields, shared.html(model)]
    return _exercise(children, "sides", i.lang, shared, keeps=True)


def _own_words(name: str, labels: dict[str, str], shared: Shared, lang: str) -> list[w.Widget]:
    """A field a label for the learner's own words, kept as the work `name`, and the note that tells so."""
    kept = progress_file.load().get("work", {}).get(name, {})
    note = shared.html("")

    def keep(part: str, change: dict[str, Any]) -> None:
        # Only what was typed: the other field may have been filled in another notebook meanwhile.
        keep_and_tell(note, lang, "work", name, **{part: change["new"]})

    fields: list[w.Widget] = []
    for part, label in labels.items():
        field = w.Textarea(
            value=str(kept.get(part, "")),
            description=f"{label} …",
            placeholder=texts(lang)["exercise"]["own_words"],
            continuous_update=False,
            style={"description_width": "initial"},
            layout=w.Layout(width="min(100%, 44rem)", height="4.5em"),
        )
        field.observe(partial(keep, part), "value")
        fields.append(field)
    return [*fields, note]


def place_services(*services: str, lang: str | None = None) -> View:
    """Put each service on the service model where it belongs.

    Where Microsoft itself names the model there is one answer. Elsewhere it is our reading, and a
    neighbouring model can be defended.

    Args:
        services: names or ids from `load_services`.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown service, with the nearest guess.
    """
    lang = resolve_language(lang)
    words = texts(lang)["exercise"]
    shared = Shared()
    taught = read_table("services")
    known = {name.casefold(): row for row in taught for name in (row["label"], row["service"])}
    models = {key: entry["word"] for key, entry in texts(lang)["service_model"].items()}
    children: list[w.Widget] = [_text(words["place"], shared, lang)]
    for n, name in enumerate(services, 1):
        if name.casefold() not in known:
            raise unknown_name("service", name, [row["label"] for row in taught])
        service = known[name.casefold()]
        place, named = [*models].index(service["model"]), service["basis"] == "named"
        basis = words["place_named" if named else "place_read"].format(model=models[service["model"]])
        told = f"{basis} {_signs(service, lang)}"
        said = []
        for i in range(len(models)):
            if i == place:
                said.append(_verdict(True, "", lang, told))
            elif abs(i - place) == 1 and not named:
                said.append(_verdict(None, words["place_near"], lang, told))
            else:
                said.append(_verdict(False, words["place_no"], lang))
        children += _row(f"{n}. {service['label']}", [*models.values()], said, shared)
    return _exercise(children, "place", lang, shared)


def _signs(service: Row, lang: str) -> str:
    """What the baselines say of a service that helps to place it: access to the machine, and patching."""
    words = texts(lang)["exercise"]["signs"]
    signs = []
    if service["name_v3_0"]:
        access = rows_where("baselines-v3.0", service=service["name_v3_0"])[0]["host_access"]
        signs.append(words["access"].format(access=texts(lang)["host_access"][access]))
    if service["name_v1_1"]:
        (row,) = rows_where("baselines-v1.1", service=service["name_v1_1"], control_id=PATCHING)
        party = texts(lang)["party"].get(row["responsibility"])
        signs.append(words["patching"].format(answer=party["word"] if party else words["does_not_apply"]))
    return " ".join(signs)


def check(exercise: str, answer: Any, lang: str | None = None) -> tables.Html:
    """Say whether a table that the learner made is the one that was asked for, and if not, what differs.

    Args:
        exercise: one of "moves" (the areas that leave the customer's list from IaaS to PaaS, as a
            DataFrame), "kept" (the areas that are the customer's in every column), "counts" (how many
            areas each party has per column), all about "azure-2026"; "on_by_default" (the share of
            features that is on by default in each family of controls, baselines v3.0).
        answer: what the learner made; ``...`` means not yet.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown exercise. A wrong answer raises nothing: it is told.
    """
    lang = resolve_language(lang)
    words = texts(lang)["exercise"]
    if exercise not in _WANTED:
        raise unknown_name("exercise", exercise, _WANTED)
    if answer is ...:  # kept is what was done before: Run All in a fresh copy undoes nothing
        return tables.Html(_verdict(False, words["todo"], lang))
    wanted = _WANTED[exercise](lang)
    fault = difference(answer, wanted, lang)
    told = progress_file.record("work", f"check.{exercise}", lang=lang, right=not fault)
    return tables.Html(_verdict(not fault, fault or _the_same(answer, wanted, lang), lang, told))


def difference(answer: Any, wanted: pd.DataFrame, lang: str) -> str:
    """The first thing in which a table differs from the wanted one: type, labels or values.

    An empty string when they are the same. The order of rows and columns is not asked for.
    """
    import pandas as pd

    words = texts(lang)["exercise"]
    if isinstance(answer, pd.Series) and len(wanted.columns) == 1:
        answer = answer.to_frame(wanted.columns[0])
    if not isinstance(answer, pd.DataFrame):
        return str(words["type"].format(type=type(answer).__name__))
    for axis, kind in (("index", words["rows"]), ("columns", words["columns"])):
        if fault := _differing_labels(getattr(answer, axis), getattr(wanted, axis), kind, lang):
            return fault
    rows, columns = [*answer.index], [*answer.columns]
    for i, row in enumerate(wanted.index):
        for j, column in enumerate(wanted.columns):
            value = answer.iloc[rows.index(row), columns.index(column)]
            if not _same(value, wanted.iloc[i, j]):
                return str(words["value"].format(row=row, column=column, value=value))
    return ""


def _differing_labels(answer: pd.Index, wanted: pd.Index, kind: str, lang: str) -> str:
    words = texts(lang)["exercise"]
    if answer.has_duplicates:
        return str(texts(lang)["error"]["double_label"].format(label=answer[answer.duplicated()][0]))
    theirs, ours = list(answer), list(wanted)
    missing = [str(x) for x in ours if x not in theirs]
    extra = [str(x) for x in theirs if x not in ours]
    if missing or extra:
        return " ".join(
            words[name].format(kind=kind, names=join(names if len(names) < 8 else [*names[:6], "…"], lang))
            for name, names in (("missing", missing), ("extra", extra))
            if names
        )
    return ""


def _the_same(answer: Any, wanted: pd.DataFrame, lang: str) -> str:
    """That it is the table that was asked for, and that another order is right as well."""
    words = texts(lang)["exercise"]
    moved = [*answer.index] != [*wanted.index] or [*getattr(answer, "columns", wanted)] != [*wanted.columns]
    return f"{words['same']} {words['order']}" if moved else str(words["same"])


def _same(value: Any, wanted: Any) -> bool:
    """Whether two cells of a table are equal; a missing one equals a missing one, a list no cell."""
    import pandas as pd

    if not pd.api.types.is_scalar(value):
        return False
    if pd.isna(value) or pd.isna(wanted):
        return bool(pd.isna(value) and pd.isna(wanted))
    if isinstance(wanted, float):  # a mean and a division may differ in the last digit
        return isinstance(value, int | float) and math.isclose(value, wanted)
    return bool(value == wanted)


_WANTED: dict[str, Callable[[str], pd.DataFrame]] = {
    "moves": lambda lang: compare("azure-2026", "IaaS", "PaaS", lang).query("before != after"),
    "kept": lambda lang: _kept(load_matrix("azure-2026", lang)),
    "counts": lambda lang: load_matrix("azure-2026", lang).apply(
        lambda column: column.value_counts(sort=False)
    ),
    "on_by_default": lambda lang: _on(load_baselines("v3.0", lang)),
}


def _on(baselines: pd.DataFrame) -> pd.DataFrame:
    return defaults(baselines)[["share"]].rename(columns={"share": "enabled_by_default"})


def _kept(matrix: pd.DataFrame) -> pd.DataFrame:
    return matrix[(matrix == matrix.iloc[0, 0]).all(axis=1)]


def _tamper(m: Matrix) -> tuple[Area, Column, str]:
    """A cell and a wrong party for it that breaks the run of its row, so that it can be found.

    Raises:
        ValueError: when no cell does, or a row is broken as published.
    """
    rows = {area: [m.cell(area, column).party for column in m.columns] for area in m.areas}
    candidates = [
        (area, i, party)
        for area, row in rows.items()
        for i, (before, here, after) in enumerate(zip(row, row[1:], row[2:], strict=False), 1)
        for party in PARTIES
        if here and before == here == after != party
    ]
    if not candidates or not all(map(_rises, rows.values())):
        raise ValueError(texts(m.lang)["exercise"]["no_wrong_cell"].format(matrix=m.short))
    # Rather one that can be told by looking: changing any other cell would not mend the row.
    plain = [c for c in candidates if _mended_by(_with(rows[c[0]], c[1], c[2])) == {c[1]}]
    area, i, party = random.Random(f"tamper {m.id}").choice(plain or candidates)  # noqa: S311 - a game
    return area, m.columns[i], party


def _rises(row: list[str | None]) -> bool:
    """Whether work only goes from the customer to the provider, from left to right."""
    order = [PARTIES.index(party) for party in row if party]
    return order == sorted(order)


def _with(row: list[str | None], i: int, party: str) -> list[str | None]:
    return [*row[:i], party, *row[i + 1 :]]


def _mended_by(row: list[str | None]) -> set[int]:
    """The places where another party would make the row rise."""
    return {i for i, here in enumerate(row) if here and any(_rises(_with(row, i, p)) for p in PARTIES)}


def _bare(m: Matrix, name: str) -> Matrix:
    """Only labels and parties, under another name: notes and marks would give the changed cell away."""
    return own_matrix({(a.label, c.label): cell.party for a, c, cell in m.walk()}, {"name": name}, m.lang)


def _row(label: str, options: list[str], said: list[str], shared: Shared) -> list[w.Widget]:
    control = _dropdown(label, options, shared)
    return [control, shared.linked([shared.html(""), *(shared.html(text) for text in said)], control)]


def _dropdown(label: str, options: list[str], shared: Shared) -> w.Dropdown:
    """A drop-down that begins with a dash: nothing chosen yet."""
    return w.Dropdown(
        options=[(option, i) for i, option in enumerate(["–", *options])],
        description=label,
        style=shared.described,
        layout=shared.control,
    )


def _text(text: str, shared: Shared, lang: str) -> w.HTML:
    return shared.html(_text_html(text, lang))


def _text_html(text: str, lang: str) -> str:
    return tables.render("exercises.html", lang, view="text", text=text)


def _verdict(right: bool | None, text: str, lang: str, more: str = "") -> str:
    return tables.render("exercises.html", lang, view="verdict", right=right, text=text, more=more)


def _exercise(children: list[w.Widget], kind: str, lang: str, shared: Shared, *, keeps: bool = False) -> View:
    """The exercise with its three hints, each a step nearer, folded under it; `keeps` is for own words."""
    words = texts(lang)["exercise"]
    hints = tables.render("exercises.html", lang, view="hints", hints=words["hints"][kind])
    return View(
        [shared.html(f"<style>{tables.style()}</style>"), *children, shared.html(hints)],
        words["hint"],
        lang if keeps else None,
    )
