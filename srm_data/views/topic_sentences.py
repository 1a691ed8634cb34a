"""One topic across several tables as a sentence, and the title that states its point."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from srm_data.core.language import join, texts
from srm_data.core.topics import look_up

if TYPE_CHECKING:
    from srm_data.core.frames import MatrixLike
    from srm_data.core.matrix import Matrix
    from srm_data.core.topics import Topic


def topic(
    topic: str, matrices: MatrixLike | Iterable[MatrixLike] | None = None, lang: str | None = None
) -> str:
    """Who is responsible for one topic according to several tables: where they agree and where they differ.

    Args:
        topic: id of a topic, or its name, such as "network-controls" or "Network controls".
        matrices: the matrices to line up, ids or DataFrames; all that ship when left out, but for the stack.
        lang: "en" or "nl"; the language in use when left out.

    >>> print(topic("network-controls", ["azure-2026", "gcp"], lang="en"))  # doctest: +ELLIPSIS
    Network controls. With On-premises and IaaS both tables say customer. With PaaS they differ: ...

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
