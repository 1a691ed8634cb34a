"""What a learner did: one small file in their own folder, never sent anywhere.

The file is JSON that a person can read. It is written whole or not at all, under a lock, and every
change is laid over what the file holds at that moment, so two notebooks at once lose nothing.

``bets`` holds the first answer to each question, as it was given in a lesson. ``answers`` holds under
``tries`` every answer whose outcome was seen, the first one too, each with its time. A file of version 1
has no ``answers``; they are made from its bets.

What else stands in the file, such as the name that the kit's website writes under ``learner``, stays in it.

Where `work_copy` names a folder, every change is written there too, and read from there when the file itself
is gone.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import Any

from srm_data.core.language import resolve_language, texts
from srm_data.files.paths import work_copy, work_folder
from srm_data.files.write_whole import write_whole

VERSION = 2
KINDS = ("bets", "work", "answers")
_LEARNER = "learner"  # under "work": what is kept of the learner, not of an exercise

#: By kind and name: what is kept of it.
Kept = dict[str, dict[str, dict[str, Any]]]

# What could not be written is kept here, so that a read-only folder costs no answer of this session.
_unsaved: Kept = {}


def progress_file() -> Path:
    """Where bets and answers are kept."""
    return work_folder() / "progress.json"


def load() -> Kept:
    """What is kept: ``{"bets": {question: {...}}, "work": {exercise: {...}}, "answers": {question: {...}}}``.

    A missing, damaged or newer file counts as empty here; `trouble` and `record` tell the learner.
    """
    try:
        kept, _ = _read(progress_file())
    except (OSError, ValueError):
        kept = {}
    return _merge(kept, _unsaved)


def seed(kept: Kept) -> str:
    """What makes the choice of new questions this learner's own; "" while no file is there.

    It is drawn once, when the file is made, and kept in it.

    Args:
        kept: what `load` gave.
    """
    return str(kept.get("work", {}).get(_LEARNER, {}).get("seed", ""))


def moment(text: Any) -> datetime | None:
    """A time as this file keeps it; None for what is none.

    Args:
        text: what stands under ``when``; someone may have edited it.
    """
    try:
        when = datetime.fromisoformat(text)
        # The kit writes local time without a zone; another program may have added one.
        when = when.astimezone().replace(tzinfo=None) if when.tzinfo else when
    except (TypeError, ValueError, OverflowError, OSError):
        return None
    return when if when.year < datetime.max.year else None  # no day can be counted on from there


def trouble(lang: str | None = None) -> str:
    """One sentence when there is a file that cannot be read, so that it does not pass for an empty one."""
    said = texts(resolve_language(lang))["progress"]
    file = progress_file()
    try:
        _read(file)
    except NewerFileError:
        return str(said["newer"].format(file=file))
    except ValueError:
        return str(said["unreadable"].format(file=file))
    except OSError as error:
        return str(said["unwritable"].format(folder=file.parent, reason=error.strerror or error))
    return ""


def outcome(told: str, lang: str) -> str:
    """What a learner is told after `record`: its sentence, or that the answer is kept.

    Args:
        told: what `record` returned.
        lang: "en" or "nl".
    """
    return told or str(texts(lang)["progress"]["kept"].format(file=progress_file().name))


def unforeseen(error: Exception, lang: str) -> str:
    """What a learner is told of an error of `record` that nobody foresaw: Jupyter shows nothing of it.

    Args:
        error: what was raised.
        lang: "en" or "nl".
    """
    reason = f"{type(error).__name__}: {error}"
    folder = progress_file().parent
    return str(texts(lang)["progress"]["unwritable"].format(folder=folder, reason=reason))


def record(
    kind: str, name: str, /, *, lang: str | None = None, **facts: str | int | float | bool | None
) -> str:
    """Lay `facts` over what is kept of one bet ("bets") or exercise ("work"), or add an answer ("answers").

    A bet whose outcome is seen for the first time is also the first of the answers.

    Args:
        kind: "bets", "work" or "answers".
        name: id of the question or exercise.
        lang: of the sentence that is returned; the language in use when left out.
        facts: what to keep; `load` gives it back.

    Returns:
        An empty string when it is on disk, else one sentence that tells the learner what happened:
        a damaged file is set aside and a new one begun; a file of a newer kit, or a folder that
        cannot be written, stays as it is, and the answer is kept until the kernel stops.
    """
    dated = facts | {"when": datetime.now().isoformat(timespec="seconds")}
    change: Kept = {kind: {name: {"tries": [dated]} if kind == "answers" else dated}}
    return _lay(lambda kept: _merge(kept, change | _first_answer(kept, change)), lang)


def add(there: Kept, lang: str) -> str:
    """Lay what another file of the same learner holds beside what is kept.

    Args:
        there: what `parsed` gave.
        lang: of the sentence that is returned.

    Returns:
        An empty string when it is on disk, else a sentence as `record` returns it.
    """
    return _lay(lambda kept: joined(kept, there), lang)


def _lay(make: Callable[[Kept], Kept], lang: str | None) -> str:
    """Change the file in one step; what cannot be written is kept until the kernel stops."""
    said = texts(resolve_language(lang))["progress"]
    file = progress_file()
    told = ""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with _lock(file):
            try:
                kept, others = _read(file)
            except NewerFileError:
                _keep(make)
                return str(said["newer"].format(file=file))
            except ValueError:
                aside = _set_aside(file)
                told = said["damaged"].format(file=aside.name)
                kept, others = _read_copy(file)
            kept = make(_merge(kept, _unsaved))
            if not seed(kept):
                kept = _merge(kept, {"work": {_LEARNER: {"seed": token_hex(4)}}})
            _write(file, kept, others)
            _unsaved.clear()
    except OSError as error:
        _keep(make)
        return str(said["unwritable"].format(folder=file.parent, reason=error.strerror or error))
    return str(told)


class NewerFileError(ValueError):
    """The file was written by a newer kit: reading it would lose what this one does not know."""


def _copy_of(file: Path) -> Path | None:
    folder = work_copy()
    return folder / file.name if folder else None


def _read_copy(file: Path) -> tuple[Kept, dict[str, Any]]:
    """What the copy of a file holds that is gone or damaged; nothing where there is none that can be read."""
    copy = _copy_of(file)
    with suppress(OSError, ValueError):
        if copy and copy != file and copy.exists():
            return parsed(copy.read_text(encoding="utf-8-sig"))
    return {}, {}


def _read(file: Path) -> tuple[Kept, dict[str, Any]]:
    """What the kit keeps, and what another program put beside it."""
    return parsed(file.read_text(encoding="utf-8-sig")) if file.exists() else _read_copy(file)


def parsed(text: str) -> tuple[Kept, dict[str, Any]]:
    """What a progress file holds, and what another program put beside it.

    Args:
        text: the whole of the file; an editor may have put its mark before it.

    Raises:
        NewerFileError: for a file of a newer kit.
        ValueError: for what is no progress file.
    """
    try:
        kept = json.loads(text.removeprefix("\ufeff"))
    except RecursionError as error:  # brackets without end
        raise ValueError from error
    if not isinstance(kept, dict) or not isinstance(kept.get("version"), int):
        raise ValueError
    if kept["version"] > VERSION:
        raise NewerFileError
    found = {kind: kept.get(kind, {}) for kind in KINDS}
    if not all(isinstance(e, dict) and all(isinstance(x, dict) for x in e.values()) for e in found.values()):
        raise ValueError
    if not all(isinstance(facts.get("tries", []), list) for facts in found["answers"].values()):
        raise ValueError
    others = {name: value for name, value in kept.items() if name not in ("version", *KINDS)}
    return found if kept["version"] > 1 else found | _first_answer({}, found), others


def _write(file: Path, kept: Kept, others: dict[str, Any]) -> None:
    text = json.dumps({**others, "version": VERSION, **kept}, indent=1, ensure_ascii=False, sort_keys=True)
    # Half a sign (a lone surrogate) has no place in UTF-8, but JSON has a way to write it.
    content = f"{text}\n".encode(errors="backslashreplace")
    write_whole(file, content)
    if copy := _copy_of(file):
        with suppress(OSError):  # the answer is kept all the same
            write_whole(copy, content)


def _merge(kept: Kept, change: Kept) -> Kept:
    merged = {kind: {name: dict(facts) for name, facts in entries.items()} for kind, entries in kept.items()}
    for kind, entries in change.items():
        for name, facts in entries.items():
            here = merged.setdefault(kind, {}).setdefault(name, {})
            if kind == "answers":  # two tabs that each knew a part of them
                facts = facts | {"tries": _both_tries(here.get("tries", []), facts.get("tries", []))}
            here.update(facts)
    return merged


def _first_answer(kept: Kept, change: Kept) -> Kept:
    """The answers that `change` tells of: bets whose outcome is seen now, and was not before."""
    seen = {name for name, facts in kept.get("bets", {}).items() if facts.get("revealed")}
    first = {
        name: {"tries": [{fact: facts.get(fact) for fact in ("answer", "sure", "when")}]}
        for name, facts in change.get("bets", {}).items()
        if facts.get("revealed") and name not in seen
    }
    return {"answers": first} if first else {}


def joined(here: Kept, there: Kept) -> Kept:
    """Two files of one learner as one; the site joins them in the same way.

    The first answer that was seen stays the first, the newer words count, and no answer goes.

    Args:
        here: what is kept.
        there: what the other file holds.
    """
    ways = {"bets": _joined_bet, "answers": _joined_tries, "work": _joined_words}
    both: Kept = {}
    for kind in KINDS:
        ours, theirs = here.get(kind, {}), there.get(kind, {})
        both[kind] = {
            name: ways[kind](ours[name], theirs[name])
            if name in ours and name in theirs
            else dict(ours.get(name, theirs.get(name, {})))
            for name in dict.fromkeys([*ours, *theirs])
        }
    if seed_here := seed(here) or seed(there):
        both["work"].setdefault(_LEARNER, {})["seed"] = seed_here
    return both


def _joined_bet(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    if bool(ours.get("revealed")) != bool(theirs.get("revealed")):
        return ours if ours.get("revealed") else theirs
    if ours.get("revealed"):
        return theirs if _when(theirs, datetime.max) < _when(ours, datetime.max) else ours
    return _newer(ours, theirs)


def _joined_tries(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    tries = _both_tries(ours.get("tries", []), theirs.get("tries", []))
    return {**theirs, **ours, "tries": sorted(tries, key=lambda one: _when(one, datetime.max))}


def _joined_words(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    latest = _newer(ours, theirs)
    both = dict(ours if latest is theirs else theirs)
    # A text is never replaced by none: the box may only not have been filled there.
    return both | {part: text for part, text in latest.items() if text or not both.get(part)}


def _newer(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    return theirs if _when(theirs, datetime.min) > _when(ours, datetime.min) else ours


def _when(facts: Any, otherwise: datetime) -> datetime:
    return moment(facts.get("when") if isinstance(facts, dict) else None) or otherwise


def _both_tries(here: list[Any], there: list[Any]) -> list[Any]:
    """Tries of both, each once."""
    return [*here, *(one for one in there if one not in here)]


def _keep(make: Callable[[Kept], Kept]) -> None:
    changed = make(_unsaved)
    _unsaved.clear()
    _unsaved.update(changed)


def _set_aside(file: Path) -> Path:
    """Move a damaged file out of the way under a name of its own; nothing of it is lost."""
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    n = 0
    while (aside := file.with_name(f"progress-damaged-{stamp}{f'-{n}' if n else ''}.json")).exists():
        n += 1
    return file.rename(aside)


def _lock(file: Path) -> Any:
    import filelock

    return filelock.FileLock(file.with_suffix(".lock"), timeout=5)
