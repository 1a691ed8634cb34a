"""Write files so that nothing is half written and nobody's work is written over."""

import hashlib
import os
import re
import tempfile
from itertools import chain, count
from pathlib import Path

#: Lies in each folder the kit writes into: the sum and the name of every file it made there. By it a later
#: run knows which files are its own and unchanged.
RECORD = ".made_by_srm_data.txt"


def write_whole(target: Path, content: bytes) -> Path:
    """Put `content` under the name `target`, in one step: a reader never meets half a file.

    Raises:
        OSError: when the folder cannot be written to; nothing is left behind.
    """
    part = _part(target, content)
    try:
        part.replace(target)
    except OSError:
        part.unlink()
        raise
    return target


def write_own(target: Path, content: bytes, *, known: str = "") -> Path:
    """Put `content` under the name `target`, or under the next free one where that is somebody's work.

    A file is replaced when the kit wrote it and nobody changed it since. Any other file stays as it is,
    and the new one becomes ``name-2.ending``, ``name-3.ending`` ...

    Args:
        target: the name to begin with.
        content: what to write.
        known: `file_sum` of a file that may be replaced too, such as one that was opened to be changed.

    Returns:
        The file that was written; another name than that of `target` tells that a file was kept.

    Raises:
        OSError: when the folder cannot be written to; nothing is left behind.
    """
    new = _sum_of(content)
    place, n = target, 1
    while True:
        if not os.path.lexists(place):
            try:
                create_whole(place, content)
                break
            except FileExistsError:  # another writer was faster: the file is looked at like any other
                pass
        if may_replace(place, content, known=known):
            if file_sum(place) != new:
                write_whole(place, content)
            break
        n += 1
        place = target.with_name(f"{target.stem}-{n}{target.suffix}")
    if (new, place.name) not in _record(place.parent):
        # Appending a line is one step, so that several processes may write into a folder at once.
        with (place.parent / RECORD).open("a", encoding="utf-8", newline="\n") as record:
            record.write(f"{new}  {place.name}\n")
    return place


def write_new(target: Path, content: bytes) -> Path:
    """Put `content` under the name `target`, or the next free one: no file that is there is touched.

    Two writers at the same moment get two names.

    Raises:
        OSError: when the folder cannot be written to; nothing is left behind.
    """
    target.parent.mkdir(parents=True, exist_ok=True)  # fails here, not in the loop, where it is no folder
    for place in chain([target], (target.with_name(f"{target.stem}-{n}{target.suffix}") for n in count(2))):
        if not os.path.lexists(place):
            try:
                create_whole(place, content)
            except FileExistsError:
                continue
            return place
    raise AssertionError("there is no end to names")


def may_replace(place: Path, content: bytes, *, known: str = "") -> bool:
    """Whether nothing of anybody's is lost when `content` goes there; see `write_own`.

    Args:
        place: where it would go.
        content: what would be written.
        known: `file_sum` of a file that may be replaced too; none when left out.
    """
    there = file_sum(place)
    if not there:
        return not os.path.lexists(place)
    return there in (_sum_of(content), known) or (there, place.name) in _record(place.parent)


def was_written(place: Path, content: bytes) -> bool:
    """Whether the kit wrote `content` there once, under this name or one with a number, see `write_own`.

    Args:
        place: where it would go.
        content: what would be written.
    """
    numbered = re.compile(rf"{re.escape(place.stem)}(-\d+)?{re.escape(place.suffix)}")
    new = _sum_of(content)
    return any(there == new and numbered.fullmatch(name) for there, name in _record(place.parent))


def tidy_record(folder: Path) -> None:
    """Leave in the record of a folder only what is there, in the order of names."""
    lines = sorted(
        f"{there}  {name}\n" for there, name in _record(folder) if file_sum(folder / name) == there
    )
    if lines:
        write_whole(folder / RECORD, "".join(sorted(lines, key=lambda line: line[64:])).encode())


def file_sum(file: Path) -> str:
    """The SHA-256 of a file's content; empty for what is no file or cannot be read."""
    try:
        return "" if file.is_symlink() else _sum_of(file.read_bytes())
    except OSError:
        return ""


def _sum_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _record(folder: Path) -> set[tuple[str, str]]:
    """Sum and name of each file that the kit wrote into a folder, in all its versions."""
    try:
        text = (folder / RECORD).read_text("utf-8", errors="replace")
    except OSError:
        return set()
    return {(line[:64], line[66:]) for line in text.splitlines()}


def create_whole(target: Path, content: bytes) -> None:
    """Like `write_whole`, but never over a file that is there.

    On a disk without links the file is there before it is whole; what breaks off leaves nothing.

    Raises:
        FileExistsError: when there is one by now.
    """
    part = _part(target, content)
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # a disk without links
        with target.open("xb") as file:
            try:
                file.write(content)
            except BaseException:  # also when somebody stops the kernel
                target.unlink()
                raise
    finally:
        part.unlink()


def _part(target: Path, content: bytes) -> Path:
    """The content in a file of the moment, beside the place where it is going to be."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False)  # noqa: SIM115
    whole = Path(part.name)
    try:
        with part:
            part.write(content)
        whole.chmod(0o644)
    except BaseException:
        whole.unlink()
        raise
    return whole
