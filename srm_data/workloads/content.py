"""What the views of a workload say, before they have a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data.core.language import texts
from srm_data.core.vocabulary import PARTIES
from srm_data.views.content import Content, Said, Table, TableCell
from srm_data.views.matrix_content import head, mark, parties_in
from srm_data.views.search import heading
from srm_data.views.sentences import foot
from srm_data.workloads import sentences as say

if TYPE_CHECKING:
    import pandas as pd

    from srm_data.core.matrix import Area, Matrix
    from srm_data.workloads.compare_plans import Difference, Whole
    from srm_data.workloads.workload import Workload


def whole(found: Whole) -> Content:
    """How many components each party has, a row an area."""
    return _view(found.m, say.whole_title(found), say.whole(found.plan, found.m.lang), _by_area({"": found}))


def difference(found: Difference) -> Content:
    """The same for the components that are in both plans, before and after."""
    both = {name for names in found.pairs.values() for name in names}
    sides = [side.only(both) for side in (found.before, found.after)]
    named = dict(zip(found.labels, sides, strict=True))
    return _view(found.m, say.difference_title(found), " ".join(say.sentences(found)), _by_area(named))


def duties(frame: pd.DataFrame, workload: Workload, m: Matrix) -> Content:
    """What the customer has to do for each component, a row a duty.

    Args:
        frame: what `compare_plans.duty_list` gave, a row a duty; all its columns are shown.
        workload: the plan, for its name.
        m: its matrix, in the language to use.
    """
    words = texts(m.lang)["workload"]
    name = say.upper(workload.name or words["plan_a"])
    title = words["duties_title"].format(name=name, n=say.duties(len(frame), m.lang))
    rows = [tuple(TableCell(str(value)) for value in line) for line in frame.itertuples(index=False)]
    heads = tuple(head(heading(str(column), m.lang), plain=(str(column),)) for column in frame.columns)
    return _view(m, title, "", Table((heads, *rows), title))


def _by_area(sides: dict[str, Whole]) -> Table:
    """An area, and how many components each party has on each side; a side without a name is the only one."""
    m = next(iter(sides.values())).m
    words = texts(m.lang)
    names = [words["party"][party]["word"] for party in PARTIES]
    heads = [
        head(name, plain=tuple(f"{name}: {party}" if name else party for party in names)) for name in sides
    ]
    rows = [(head(area.label), *(_counts(side, area) for side in sides.values())) for area in m.areas]
    return Table(((head(words["label"]["area"]), *heads), *rows), kind="bars")


def _counts(side: Whole, area: Area) -> TableCell:
    counts = side.count(area)
    words = texts(side.m.lang)["party"]
    said = tuple(Said(party, str(n)) for party, n in counts.items() if n)
    text = " ".join(f"{one.text} {words[one.party]['word']}" for one in said)
    return TableCell(text or "–", says=said, plain=tuple(str(counts[party]) for party in PARTIES))


def _view(m: Matrix, title: str, sentence: str, table: Table) -> Content:
    return Content(
        title=title,
        sentence=sentence,
        tables=(table,),
        parties=parties_in(m.cells.values()),
        marked=any(map(mark, m.cells.values())),
        runs=m.kind == "management",
        feet=(foot(m),),
        lang=m.lang,
    )
