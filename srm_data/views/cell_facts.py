"""What is told of one cell of a matrix, and where a table or an incident is from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data.core.language import texts
from srm_data.views.content import Fact

if TYPE_CHECKING:
    from srm_data.core.incidents import Incident
    from srm_data.core.matrix import Cell, Matrix


def facts(m: Matrix, cell: Cell, *, source: bool = True) -> tuple[Fact, ...]:
    """Who does which part of a cell, what is said against it, and with `source` where it stands.

    Args:
        m: the matrix.
        cell: one of its cells.
        source: whether to tell where it stands; else only how sure we are.
    """
    words = texts(m.lang)
    label, provider = words["label"], cell.provider or m.provider_short
    told: list[Fact] = []
    if cell.customer_part or cell.provider_part:
        told += [Fact(label["customer_does"], cell.customer_part), Fact(provider, cell.provider_part)]
        if cell.parts_basis == "reading":
            told.append(Fact("", label["our_reading"], quiet=True))
    elif cell.party == "shared":
        told.append(Fact(words["party"]["shared"]["label"], label["not_told"]))
    elif cell.party and not cell.parted:  # else both are told below, and neither has all of it
        all_or_nothing = {True: label["whole"], False: label["nothing"]}
        told.append(Fact(label["customer_does"], all_or_nothing[cell.party == "customer"]))
        told.append(Fact(provider, all_or_nothing[cell.party == "provider"]))
    if cell.does:
        who = {party: said["who"] for party, said in words["party"].items()} | {"provider": provider}
        told += [Fact(label["does"], who[cell.does]), Fact(label["accountable"], who[cell.accountable])]
    if cell.delegable:
        told.append(Fact("", label["operator"]))
    if cell.qualifier:
        told.append(Fact(label["disputed" if cell.disputed else "note"], cell.qualifier))
    sure = (
        label["confidence"].format(confidence=words["confidence"][cell.confidence]) if cell.confidence else ""
    )
    if source and m.source_title:
        where = ", ".join(filter(None, (m.source_title, m.edition)))
        told.append(Fact(label["source"], " · ".join(filter(None, (where, sure))), quiet=True))
    elif sure and not source:
        told.append(Fact("", sure, quiet=True))
    return tuple(told)


def source_fact(told: Matrix | Incident, rest: str, *, quiet: bool = False) -> Fact:
    """Where a table or an incident is from, with a link when it has a safe one, and what follows it.

    Args:
        told: what the source is of.
        rest: what follows the name of the source, such as ", 2026"; may be empty.
        quiet: whether it is set smaller.
    """
    url = told.source_url if told.source_url.startswith("https://") else ""
    return Fact(texts(told.lang)["label"]["source"], told.source_title, quiet=quiet, url=url, rest=rest)
