"""What the view of a topic says: several providers, lined up under the service models they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data.core.language import texts
from srm_data.views import sentences as say
from srm_data.views.content import Content, Fact, Said, Table, TableCell
from srm_data.views.matrix_content import head, mark, named_party, parties_in, party_cell, party_key

if TYPE_CHECKING:
    from collections.abc import Collection

    from srm_data.core.matrix import Cell, Column, Matrix
    from srm_data.core.topics import Line, Topic


def topic(found: Topic, shown: Collection[Matrix] | None = None) -> Content:
    """A row an area, with its table and why it is about the topic; columns that are no model come after.

    Args:
        found: what `topics.look_up` found.
        shown: the matrices whose rows are filled in; all of them when left out.
    """
    words = texts(found.lang)["topic"]
    used = [m for m in found.matrices if found.lines_of(m)]
    cells = [(line, line.matrix.cell(line.area, column)) for line in found.lines for column in line.columns]
    notes = [
        Fact(f"{line.matrix.short}, {line.area.label}", cell.qualifier)
        for line, cell in cells
        if cell.qualifier
    ]
    title = say.topic_title(found)
    apart = [line for line in found.lines if line.under("")]
    tables = [_by_model(found, title, used if shown is None else shown)] if found.models else []
    if apart:
        tables.append(_apart(apart, words["apart"] if found.models else title, found.lang))
    return Content(
        title=title,
        sentence=say.topic(found.id, found.matrices, found.lang),
        question=say.question("topic", found.lang, topic=found.label),
        tables=tuple(tables),
        notes_title=words["notes"],
        notes=tuple(dict.fromkeys(notes)),
        reasons_title=words["lined_up"],
        reasons=tuple(reason for m in used for reason in _reasons(m, found)),
        parties=parties_in(cell for _, cell in cells),
        marked=bool(notes),
        feet=tuple(dict.fromkeys(say.foot(m) for m in used)),  # several tables of one page have one foot
        lang=found.lang,
    )


def _by_model(found: Topic, title: str, shown: Collection[Matrix]) -> Table:
    label = texts(found.lang)["label"]
    verdicts = {model: found.verdict(model) for model in found.models}
    heads = [
        head(
            say.model_label(model),
            aside=texts(found.lang)["topic"][verdict],
            lit=verdict == "differ",
        )
        for model, verdict in verdicts.items()
    ]
    rows = [
        (_row_head(line), *(_said(line, model, line.matrix in shown) for model in found.models))
        for line in found.lines
        if any(line.under(model) for model in found.models)
    ]
    corner = head(label["area"], plain=(label["matrix"], label["area"]))
    return Table(((corner, *heads), *rows), title, "badges")


def _apart(lines: list[Line], title: str, lang: str) -> Table:
    """The columns that are no service model, under their own names."""
    label = texts(lang)["label"]
    heads = (
        head(label["area"], plain=(label["matrix"], label["area"])),
        head(texts(lang)["topic"]["columns"]),
    )
    rows = [(_row_head(line), _listed(line.under(""), lang)) for line in lines]
    return Table((heads, *rows), title, "badges")


def _row_head(line: Line) -> TableCell:
    m, area = line.matrix, line.area
    return head(area.label, source=m.short, aside=line.reason, plain=(m.short, area.label))


def _said(line: Line, model: str, shown: bool) -> TableCell:
    """What a row says under a model: a party, several with the columns that say so, or nothing."""
    pairs = line.under(model)
    if not shown:
        return TableCell(open=True)
    if not pairs:
        return TableCell("–")
    if len({cell.party for _, cell in pairs}) > 1:
        return _listed(pairs, line.matrix.lang)
    return party_cell(pairs[0][1], line.matrix.lang)


def _listed(pairs: list[tuple[Column, Cell]], lang: str) -> TableCell:
    says = tuple(Said(party_key(cell), column.label, mark(cell)) for column, cell in pairs)
    names = [named_party(cell.party, lang) for _, cell in pairs]
    text = " ".join(
        f"{name.letter or name.text} {said.text}{said.mark}" for name, said in zip(names, says, strict=True)
    )
    plain = "; ".join(dict.fromkeys(name.plain[0] for name in names))
    return TableCell(text, says=says, plain=(plain,))


def _reasons(m: Matrix, found: Topic) -> list[Fact]:
    """The columns of one matrix by the model they count as, and why."""
    groups: dict[tuple[str, str], list[str]] = {}
    for column in {c.id: c for line in found.lines_of(m) for c in line.columns}.values():
        groups.setdefault((column.model, column.model_reason), []).append(column.label)
    none = texts(found.lang)["topic"]["none"]
    return [
        Fact(
            say.model_label(model) if model else none,
            reason,
            lead=f"{m.short}: {', '.join(labels)}" if len(m.columns) > 1 else m.short,
        )
        for (model, reason), labels in groups.items()
        if reason
    ]
