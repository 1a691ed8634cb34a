"""What the views of one matrix say, and of two beside each other, before they have a form."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from srm_data.core.compare import match_areas, place_duties, rungs, shared_columns
from srm_data.core.language import texts
from srm_data.core.vocabulary import MOVES, PARTIES
from srm_data.views import sentences as say
from srm_data.views.cell_facts import facts, source_fact
from srm_data.views.content import Content, Fact, Opened, RowSet, Said, Table, TableCell

if TYPE_CHECKING:
    from typing import Any

    from srm_data.core.matrix import Area, Cell, Column, Matrix

#: Changes whose count is worth a zero: their absence is part of the answer.
_ALWAYS_COUNTED = ("stop doing", "now shared", "still do")
_BLANK = TableCell(open=True)


def matrix(m: Matrix, step: int | None = None) -> Content:
    """The whole matrix, areas down and columns across; `step` columns are filled in, all when left out."""
    title = say.matrix_title(m)
    table = Table((column_heads(m), *grid_rows(m, m.columns[:step])), title, "parties")
    if step in (None, len(m.columns)):
        table = replace(table, sets=row_sets(m, m.columns), bands=_bands(m))
    return view_of(
        m,
        title=title,
        sentence=say.matrix(m, m.lang),
        question=say.question("stack" if m.kind == "management" else "matrix", m.lang),
        tables=(table,),
    )


def model(m: Matrix, column: str, step: int | None = None) -> Content:
    """The matrix with one column lit, its split, and what each of its cells opens to.

    Args:
        m: the matrix.
        column: label or id of the column to light.
        step: 0 leaves the cells open; filled in when left out.
    """
    lit = m.column(column)
    label, title = texts(m.lang)["label"], say.model_title(m, column)
    whole = step is None or step > 0
    rows = grid_rows(m, m.columns if whole else (), [lit])
    table = Table((column_heads(m, [lit]), *rows), title, "parties")
    if whole:
        table = replace(table, sets=row_sets(m, [lit]), bands=_bands(m))
    return view_of(
        m,
        title=title,
        sentence=say.model(m, column, m.lang),
        question=say.question("model", m.lang, column=lit.label),
        tables=(table,),
        bar=_counted(m, lit),
        opens_title=label["who_does_what"].format(column=lit.label),
        opens=tuple(
            Opened(area.label, party_key(cell), area.about, facts(m, cell, source=False))
            for area in m.areas
            for cell in [m.cell(area, lit)]
        ),
    )


def split(m: Matrix, step: int | None = None) -> Content:
    """How many areas each party has, a bar a column; `step` columns are filled in, all when left out."""
    words = texts(m.lang)
    heads = (
        head(words["label"][m.axis_key]),
        head(words["label"]["counts"], plain=tuple(words["party"][p]["word"] for p in PARTIES)),
    )
    shown = m.columns[:step]
    rows = [(head(column.label), _bar(m, column, column in shown)) for column in m.columns]
    title = say.split_title(m)
    return view_of(
        m,
        title=title,
        sentence=say.split(m, m.lang),
        question=say.question("split", m.lang),
        tables=(Table((heads, *rows), title, "bars"),),
        marked=False,
    )


def what_if(m: Matrix, before: str, after: str, step: int = 2) -> Content:
    """Two columns, grouped by what the move does to the customer's work.

    Until both are filled in nothing is grouped.

    Args:
        m: the matrix.
        before: label or id of the column one comes from, such as "IaaS".
        after: label or id of the column one goes to.
        step: 0 leaves both columns open, 1 the second one, 2 none.
    """
    old, new = m.column(before), m.column(after)
    words, groups = texts(m.lang), say.areas_by_change(m, before, after)
    title = say.what_if_title(m, before, after)
    label = words["label"]
    rows: list[tuple[TableCell, ...]] = [
        (head(label["area"]), head(old.label), head(new.label, plain=(new.label, label["change"])))
    ]
    changes = {area.id: change for change, areas in groups.items() for area in areas}
    heads = set()
    order: list[tuple[str, Sequence[Area]]] = [*groups.items()] if step == 2 else [("", m.areas)]
    for change, areas in order:
        if change and areas:
            heads.add(len(rows))
            rows.append((_group_head(words["change"][change], len(areas), 3),))
        for area in areas:
            still = change not in MOVES and step == 2
            name = words["change"][changes[area.id]]["word"] if area.id in changes else ""
            cells = [party_cell(m.cell(area, column), m.lang, dim=still) for column in (old, new)]
            rows.append(
                (
                    head(area.label),
                    cells[0] if step else _BLANK,
                    _with_plain(cells[1], name) if step == 2 else _with_plain(_BLANK, ""),
                )
            )
    return view_of(
        m,
        title=title,
        sentence=say.what_if(m, before, after, m.lang),
        question=say.question("what_if", m.lang, before=old.label, after=new.label),
        tables=(Table(tuple(rows), title, "parties", groups=frozenset(heads)),),
        counts=tuple(
            (len(areas), words["change"][change]["label"])
            for change, areas in groups.items()
            if areas or change in _ALWAYS_COUNTED
        ),
    )


def ladder(m: Matrix, step: int | None = None) -> Content:
    """The columns as rungs, each with what is new on it; `step` rungs are filled in, all when left out."""
    words = texts(m.lang)
    label = words["label"]
    heads = (
        head(label[m.axis_key]),
        head(label["counts"], plain=tuple(words["party"][p]["word"] for p in PARTIES)),
        head(label["new_here"]),
    )
    found = rungs(m)
    shown = found[:step]
    rows = [
        (
            head(column.label) if rung in shown else TableCell(head=True, open=True),
            _bar(m, column, rung in shown),
            _came([area.label for area in came]) if rung in shown else _BLANK,
        )
        for rung in found
        for column, _, came in [rung]
    ]
    title = say.ladder_title(m)
    return view_of(
        m,
        title=title,
        sentence=say.ladder(m, m.lang),
        question=say.question("ladder", m.lang),
        tables=(Table((heads, *rows), title, "bars"),),
        marked=False,
    )


def side_by_side(old: Matrix, new: Matrix, column: str | None = None, step: int = 2) -> Content:
    """Two matrices on what they have in common.

    Args:
        old: the older or first matrix.
        new: the newer or second one.
        column: label or id of the only column; all they share when left out.
        step: 0 leaves both matrices open, 1 the second one, 2 none.

    Raises:
        UnknownNameError: for an unknown column.
        ValueError: when the two have no column in common.
    """
    words = texts(new.lang)
    columns = shared_columns(old, new, column)
    rows: list[tuple[TableCell, ...]] = [
        (
            head(old.short),
            head(new.short),
            *(
                head(d.label, plain=(f"{c.label} ({old.short})", f"{d.label} ({new.short})"))
                for c, d in columns
            ),
        )
    ]
    for _, a, b in match_areas(old, new):
        line = [head(area.label if area else "–") for area in (a, b)]
        change = "came" if not a else "went" if not b else "changed"
        for c, d in columns:
            cells = old.cell(a, c) if a else None, new.cell(b, d) if b else None
            line.append(_change(cells, words["edition_change"][change]["word"], step, new.lang))
        rows.append(tuple(line))
    title = say.side_by_side_title(old, new, column)
    table = Table(tuple(rows), title, "changes", names=2)
    if step == 2:
        table = replace(table, sets=_agreement(old, new, columns))
    return Content(
        title=title,
        sentence=say.side_by_side(old, new, column, new.lang),
        question=say.question("side_by_side", new.lang, before=old.short, after=new.short),
        tables=(table,),
        parties=parties_in([*old.cells.values(), *new.cells.values()]),
        runs=new.kind == "management",
        feet=tuple(dict.fromkeys((say.foot(old), say.foot(new)))),
        lang=new.lang,
    )


def duties(m: Matrix, side: str) -> Content:
    """The duties that the student page gives to one side, each over the areas it is really about.

    Raises:
        UnknownNameError: for an unknown side.
    """
    words = texts(m.lang)
    rows, heads, n = [column_heads(m)], set(), len(m.columns)
    placed_duties = place_duties(m, side)
    title = words["title"][f"duties_{side}"]
    for i, placed in enumerate(placed_duties, 1):
        heads.add(len(rows))
        rows.append((head(f"{i}. {placed.duty}", aside=placed.remark, span=n + 1),))
        rows += [
            (head(area.label), *(party_cell(m.cell(area, c), m.lang) for c in m.columns))
            for area in placed.areas
        ]
        if not placed.areas:
            rows.append((head("–"), TableCell(words["label"]["no_row"], span=n)))
    return view_of(m, title=title, tables=(Table(tuple(rows), title, "parties", groups=frozenset(heads)),))


def about(m: Matrix) -> Content:
    """What to know about a matrix: its notes, source, licence, and how it was checked."""
    label = texts(m.lang)["label"]
    told = [
        source_fact(m, f", {m.edition}" if m.edition else "") if m.source_title else None,
        Fact(label["licence"], m.licence) if m.licence else None,
        Fact(label["checked"], f"{m.verified} {m.confidence_note}".strip()) if m.verified else None,
    ]
    return Content(
        title=f"{label['notes']}: {m.short}",
        notes=tuple(Fact("", note) for note in m.notes),
        facts=tuple(fact for fact in told if fact),
        lang=m.lang,
    )


def party_cell(cell: Cell | None, lang: str, **look: Any) -> TableCell:
    """A cell of a matrix as one of a table; a dash where a table has no such cell."""
    if cell is None:
        return TableCell("–", **look)
    return named_party(cell.party, lang, mark=mark(cell), **roles(cell, lang), **look)


def roles(cell: Cell, lang: str) -> dict[str, str]:
    """The fields of a `TableCell` that tell who does the work and who is accountable; none for one party."""
    if not cell.parted:
        return {}
    words = texts(lang)
    does, accountable = (words["party"][party] for party in (cell.does, cell.accountable))
    return {
        "roles": f"{does['letter']}/{accountable['letter']}",
        "roles_told": words["label"]["roles_told"].format(does=does["who"], accountable=accountable["who"]),
    }


def named_party(party: str | None, lang: str, **look: Any) -> TableCell:
    """A party as a cell: letter and name. None and "none" are not applicable."""
    words = texts(lang)
    if party in (None, "none"):
        name = words["not_applicable"]["label"]
        return TableCell(name, party="none", **({"plain": (name,)} | look))
    said = words["party"][party]
    plain = {"plain": (said["word"],)}
    return TableCell(said["label"], party=party, letter=said["letter"], **(plain | look))


def party_key(cell: Cell) -> str:
    """The party of a cell as content knows it: "none" where it is not applicable."""
    return cell.party or "none"


def mark(cell: Cell) -> str:
    """The sign behind a cell's words: sources disagree, or it comes with a note."""
    return "?" if cell.disputed else "*" if cell.qualifier else ""


def marks_told(content: Content) -> str:
    """What the marks of a view mean, and the two letters of a cell; "" where there are none."""
    label = texts(content.lang)["label"]
    told = (label["roles"] if content.parted else "", label["marks"] if content.marked else "")
    return " · ".join(filter(None, told))


def parties_in(cells: Iterable[Cell]) -> tuple[str, ...]:
    """The parties that occur, in order, for the key."""
    present = {party_key(cell) for cell in cells}
    return tuple(party for party in (*PARTIES, "none") if party in present)


def grid_rows(
    m: Matrix, shown: Collection[Column], lit: Collection[Column] = ()
) -> list[tuple[TableCell, ...]]:
    """A row an area: its name, then its cells.

    Args:
        m: the matrix.
        shown: columns that are filled in; the others are still open.
        lit: columns that stay in colour, while the others step back; all when left out.
    """
    return [
        (
            head(area.label, about=area.about),
            *(
                party_cell(m.cell(area, c), m.lang, dim=bool(lit) and c not in lit) if c in shown else _BLANK
                for c in m.columns
            ),
        )
        for area in m.areas
    ]


def row_sets(m: Matrix, columns: Sequence[Column]) -> tuple[RowSet, ...]:
    """The areas by who is responsible for them: in one column, or in all of several.

    The title is about those of the customer; where one column leaves the customer none, about those that
    are shared.

    Args:
        m: the matrix.
        columns: those that count.
    """
    words = texts(m.lang)
    found: dict[str, list[int]] = {party: [] for party in ("customer", "", "shared", "provider", "none")}
    for i, area in enumerate(m.areas):
        parties = {party_key(m.cell(area, column)) for column in columns}
        found[parties.pop() if len(parties) == 1 else ""].append(i)
    about = "customer"
    if len(columns) == 1:
        names = {party: words["party"][party]["label"] for party in PARTIES}
        labels = names | {"none": words["not_applicable"]["key"]}
        about = "customer" if found["customer"] else "shared"
    else:
        labels = words["row_set"]
    return tuple(
        RowSet(_counted_label(labels[party or "mixed"], len(rows)), tuple(rows), party, party == about)
        for party, rows in found.items()
        if rows
    )


def _bands(m: Matrix) -> tuple[RowSet, ...]:
    return tuple(RowSet(band, tuple(m.areas.index(area) for area in areas)) for band, areas in m.bands)


def _agreement(old: Matrix, new: Matrix, columns: Sequence[tuple[Column, Column]]) -> tuple[RowSet, ...]:
    """The rows of two matrices in which a cell differs, those of one of the two only, and those that agree.

    The title is about all but the last; where nothing differs, about those too.

    Args:
        old: the older or first matrix.
        new: the newer or second one.
        columns: those that count, of the one and of the other.
    """
    words = texts(new.lang)["row_set"]
    differ: list[int] = []
    went: list[int] = []
    came: list[int] = []
    same: list[int] = []
    for i, (_, a, b) in enumerate(match_areas(old, new)):
        if not b:
            went.append(i)
        elif not a:
            came.append(i)
        else:
            agree = all(old.cell(a, c).party == new.cell(b, d).party for c, d in columns)
            (same if agree else differ).append(i)
    found = (
        (words["differ"], differ, True),
        (words["only"].format(matrix=old.short), went, True),
        (words["only"].format(matrix=new.short), came, True),
        (words["same"], same, not differ),
    )
    return tuple(
        RowSet(_counted_label(label, len(rows)), tuple(rows), claim=claim)
        for label, rows, claim in found
        if rows
    )


def _counted_label(label: str, n: int) -> str:
    """A label and its count, which stay on one line."""
    return f"{label}\u00a0·\u00a0{n}"


def column_heads(m: Matrix, lit: Collection[Column] = ()) -> tuple[TableCell, ...]:
    """The headings over the rows of `grid_rows`; those that are `lit` are what the view is about."""
    area = texts(m.lang)["label"]["area"]
    return (head(area), *(head(c.label, aside=c.examples, lit=c in lit) for c in m.columns))


def view_of(m: Matrix, *, marked: bool | None = None, **parts: Any) -> Content:
    """The content of a view of one matrix, with the key and the foot of that matrix.

    Args:
        m: the matrix.
        marked: whether a cell of the view bears a mark; whether one of the matrix does when left out. False
            also for a view whose cells do not name two parties.
        parts: the other fields of `Content`.
    """
    noted = any(mark(cell) for cell in m.cells.values())
    parted = any(cell.parted for cell in m.cells.values())
    return Content(
        **parts,
        parties=parties_in(m.cells.values()),
        marked=noted if marked is None else marked,
        parted=parted and marked is not False,
        runs=m.kind == "management",
        feet=(say.foot(m),),
        subject=m.title,
        short=m.short,
        lang=m.lang,
    )


def head(text: str, **look: Any) -> TableCell:
    """The name of a row or a column."""
    return TableCell(text, head=True, **look)


def _group_head(change: dict[str, str], n: int, span: int) -> TableCell:
    return head(f"{change['label']} · {n}", aside=change["meaning"], span=span)


def _with_plain(cell: TableCell, *more: str) -> TableCell:
    return replace(cell, plain=(*(cell.plain or (cell.text,)), *more))


def _came(labels: list[str]) -> TableCell:
    """The areas that are new on a rung."""
    text = "; ".join(labels)
    return TableCell(text or "–", says=tuple(Said("", label) for label in labels), plain=(text,))


def _counted(m: Matrix, column: Column) -> tuple[Said, ...]:
    return tuple(Said(party, str(n)) for party, n in m.count(column).items() if n)


def _bar(m: Matrix, column: Column, shown: bool) -> TableCell:
    counts = m.count(column)
    if not shown:
        return TableCell(open=True, plain=("",) * len(PARTIES))
    words = texts(m.lang)["party"]
    told = " ".join(f"{n} {words[party]['word']}" for party, n in counts.items() if n)
    return TableCell(told, says=_counted(m, column), plain=tuple(str(counts[party]) for party in PARTIES))


def _change(cells: tuple[Cell | None, Cell | None], change: str, step: int, lang: str) -> TableCell:
    """One place in two tables: what the one said, and the other where that differs."""
    words = texts(lang)
    says, plain = [], []
    for i, cell in enumerate(cells):
        if step <= i:
            plain.append("")
        else:
            told = party_cell(cell, lang)
            says.append(Said(told.party, told.text, told.mark))
            plain.append(told.plain[0] if told.plain else told.text)
    old, new = cells
    changed = bool(old and new and old.party != new.party)
    same = bool(old and new and old.party == new.party)
    letters = [
        words["party"][cell.party]["letter"] if cell.party else words["not_applicable"]["label"]
        for cell in filter(None, cells)
    ]
    text = letters[0] if same else f"{letters[0] if old else ''} → {letters[-1] if new else '–'}".strip()
    return TableCell(
        text,
        aside="" if same else change,
        party=says[-1].party if says and step == 2 else "",
        says=tuple(says),
        changed=changed and step == 2,
        open=step < 2,
        plain=tuple(plain),
    )
