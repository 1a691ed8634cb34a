"""An incident as a sentence, and the title that states its point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data.core.incidents import as_incident
from srm_data.core.language import join, texts

if TYPE_CHECKING:
    from srm_data.core.incidents import Incident
    from srm_data.core.matrix import Area


def incident(incident: str | Incident, lang: str | None = None) -> str:
    """What failed in an incident, who failed, where it lies on its matrix, and what is disputed.

    >>> print(incident("ovh-fire-2021", lang="en").partition(" The dispute")[0])  # doctest: +ELLIPSIS
    OVHcloud Strasbourg fire (2021). What failed: ... It belongs to Physical datacenter ...

    Raises:
        UnknownNameError: for an unknown incident or language, with the nearest guess.
    """
    i = as_incident(incident, lang)
    words = texts(i.lang)["incident"]
    return str(
        words["sentence"].format(
            name=i.name,
            year=i.year,
            layer=i.layer,
            failed=words["failed"][i.failed_party]["say"].format(provider=i.provider),
            where=incident_where(i),
            dispute=words["dispute" if i.dispute else "no_dispute"].format(dispute=i.dispute),
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


def incident_where(i: Incident) -> str:
    """To which rows of its matrix an incident belongs, and whose they are, as a sentence."""
    words = texts(i.lang)["incident"]
    name = "where_none" if not i.areas else "where_goes" if _goes(i) else "where"
    areas = join([area.label for area in i.areas], i.lang)
    return str(words[name].format(areas=areas, place=incident_place(i), **_answers(i)))


def incident_verdict(i: Incident) -> str:
    """Who failed, and whose the row is: "The provider failed (OVHcloud). Row: Physical datacenter, ..."."""
    words = texts(i.lang)["incident"]
    failed = str(words["failed"][i.failed_party]["say"].format(provider=i.provider))
    if not i.areas:
        return f"{failed} {words['of_none']}"
    if _goes(i):
        of = [words["of"]["goes"].format(area=join((a.label for a in i.areas), i.lang), **_answers(i))]
    else:
        of = [words["of"][_party_of(i, area)].format(area=area.label) for area in i.areas]
    return f"{failed} {words['of_rows' if i.areas[1:] else 'of_row'].format(rows='; '.join(of))}"


def _party_of(i: Incident, area: Area) -> str:
    """The party of one row of an incident; "none" where its cells are not applicable."""
    return next((cell.party for c in i.columns if (cell := i.matrix.cell(area, c)).party), "none")


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
