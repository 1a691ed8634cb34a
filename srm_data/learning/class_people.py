"""Who is who in a class: which files are of one learner, and what to call each."""

from __future__ import annotations

from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srm_data.core.matrix import one_line
from srm_data.learning import class_files

if TYPE_CHECKING:
    from srm_data.learning.class_reader import Read

_STRANGERS = 3  # questions that both answered, none at the same moment: two people, not a copy


def people(read: list[Read]) -> list[Read]:
    """The files with their learner filled in: one name a person, however many files there are."""
    named: dict[tuple[object, ...], list[list[Read]]] = {}
    nameless: list[list[Read]] = []
    units: dict[tuple[object, ...], list[Read]] = {}
    for one in read:
        if one.owner.label:
            people = named.setdefault(one.owner.key, [])
            _join(people, [one], _same_person)
        else:
            unit = (one.file.parts[:-1], class_files.copy_mark(one.file.parts[-1]))
            units.setdefault(unit, []).append(one)
    for files in units.values():
        _join(nameless, files, _same_nameless)
    taken: set[str] = set()
    for person in [*chain.from_iterable(named.values()), *nameless]:
        owner, label = person[0].owner, _label(person)
        more = chain([owner.id, *reversed(owner.where)], map(str, count(2)))
        label = next(x for x in chain([label], (f"{label} ({x})" for x in more if x)) if x not in taken)
        taken.add(label)
        for one in person:
            one.learner = label
    return read


def _join(people: list[list[Read]], files: list[Read], same: Any) -> None:
    for person in people:
        if same(person, files):
            person += files
            return
    people.append(files)


def _same_person(person: list[Read], files: list[Read]) -> bool:
    """Two with one name: another id in the same download means another person, unless it is a copy."""
    new = files[0].owner
    clash = any(x.owner.where == new.where and x.owner.id != new.id and x.owner.id and new.id for x in person)
    return not clash or _shared(person, files)


def _same_nameless(person: list[Read], files: list[Read]) -> bool:
    """Two files without a name, such as "progress.json" and "progress (1).json": what they hold decides."""
    names = [{x.name.casefold() for x in group if x.name} for group in (person, files)]
    if all(names):
        return bool(names[0] & names[1])
    both = {q for x in person for q in x.bets if not x.page} & {
        q for x in files for q in x.bets if not x.page
    }
    return _shared(person, files) or len(both) < _STRANGERS


def _shared(person: list[Read], files: list[Read]) -> bool:
    moments = [set[tuple[str, datetime]]().union(*(x.moments for x in group)) for group in (person, files)]
    return bool(moments[0] & moments[1])


def _label(person: list[Read]) -> str:
    if label := person[0].owner.label:
        return label
    said = next((one.name for one in person if one.name), "")
    return said or one_line(Path(person[0].file.parts[-1]).stem)
