"""The files of a class, as learning platforms, mail programs and people leave them: what there is, and whose.

A platform puts the learner before the name of each file, or in the name of a folder:

- Canvas: ``doejane_[LATE_]12345_678901_progress.json``, or ``[LATE_]anon_8iGjr_678901_progress.json`` where
  the marking is anonymous (lib/content_zipper.rb of instructure/canvas-lms);
- Moodle: ``Jane Doe_12345_assignsubmission_file``, a folder or what a file begins with, and no number for a
  group without a name (mod/assign/classes/downloader.php; in older versions mod/assign/locallib.php);
- Brightspace: ``12345-67890 - Jane Doe - Oct 12, 2026 1159 PM`` (as scripts of teachers take it apart;
  not verified with D2L);
- Blackboard: ``Assignment_doej_attempt_2026-10-12-11-59-00_progress.json`` (kwurst/bb-file-cleanup);
- Google Classroom: ``Jane Doe - progress.json`` (as a script of a teacher has it; not verified with Google);
- Teams: ``Submitted files/Jane Doe/Assignment/Version 2`` (lwchkg/teams_assignment_explorer).

A person renames, copies, packs and nests. Nothing is written, and a ZIP is never unpacked on disk.
"""

from __future__ import annotations

import io
import os
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from srm_data.core.matrix import one_line

LIMIT_BYTES = 2_000_000  # a learner who answers everything makes less than a tenth of it
_LIMIT_UNPACKED = 200_000_000  # of one ZIP; a class of 400 makes a tenth of it
_LIMIT_ZIP = 500_000_000  # as a platform gives it, pictures and all
_LIMIT_ENTRIES = 20_000
_DEEPEST = 3  # a download holds what a learner packed; more layers are a joke or an attack

_LONGEST_ENDING = 9
TEXT = (".json", ".md", ".markdown", ".txt")
_PACKED = (".zip",)
_CLUTTER = ("__macosx", "thumbs.db", "desktop.ini", "index.html")  # what systems and platforms add

# Each with whether its number, or its user name, is the same person in every assignment.
_PLATFORMS = (
    (re.compile(r"^(?P<name>[^_]+)_(?:(?P<id>\d+)_)?assignsubmission_"), False),  # Moodle
    (re.compile(r"^(?:LATE_)?(?P<name>anon_(?P<id>[^\W_]+))_(?:\d{2,}_|text|link)"), False),  # Canvas
    (re.compile(r"_(?P<name>[^_]+)(?P<id>)_attempt_\d{4}(?:-\d\d){5}"), True),  # Blackboard
    (re.compile(r"^(?P<id>\d+)-\d+ - (?P<name>.+?) ?- [^-]{0,24}\b\d{4} \d{1,4}"), True),  # Brightspace
    (
        re.compile(r"^(?P<name>[^\s_]*)(?:_LATE)?_(?P<id>\d+)_(?:LATE_)?(?:\d{2,}_|text|link)"),
        True,
    ),  # Canvas
)
# What the kit itself calls its files; a number behind it is the kit's own or that of a copy.
_OWN = re.compile(r"(?:progress(?:-damaged-[\d-]+)?|hand-in-(?:en|nl))(?:[-_ ](\d+)\b)?", re.I)
_COPY_BEFORE = re.compile(r"(?:copy|kopie|copie)(?: \(\d+\))? (?:of|van|von|de) ", re.I)
_COPY_AFTER = re.compile(r"(?: ?\(\d+\)|[ _-]{1,3}(?:copy|kopie|copie)(?: ?\(?\d+\)?)?)$", re.I)
#: Folders that are about no person: where files were put, or which try or lesson it was.
_NOBODY = re.compile(
    r"my[ _-]?work|files|bestanden|downloads?|submissions?|inzendingen"
    r"|(?:version|versie|attempt|poging|lesson|les|week|assignment|opdracht)[ _-]?\d+|[\d._ -]+",
    re.I,
)
#: Folders of Teams: each folder in them is a learner's.
_OF_PEOPLE = ("submitted files", "working files", "student work", "ingeleverde bestanden", "werkbestanden")


class SkippedError(Exception):
    """A file that is left out: a key of the locale, and what fills its gaps."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key, self.facts = key, facts


@dataclass(frozen=True)
class Found:
    """A file, by the folders and ZIPs it lies in; its text is read when it is asked for."""

    parts: tuple[str, ...]
    source: Path | bytes | SkippedError

    @property
    def name(self) -> str:
        """Where it lies, for the teacher."""
        return one_line("/".join(self.parts))

    @property
    def ending(self) -> str:
        """How its name ends."""
        return _suffix(self.parts[-1])

    def text(self) -> str:
        """What stands in it, whatever program saved it.

        Raises:
            SkippedError: when it cannot be read, or is no text.
        """
        source = _content(self.source, LIMIT_BYTES) if isinstance(self.source, Path) else self.source
        if isinstance(source, SkippedError):
            raise source
        try:
            return source.decode(_encoding(source))
        except ValueError as error:
            raise SkippedError("damaged") from error


@dataclass(frozen=True)
class Owner:
    """Whose a file is, by its place and name alone: `label` is empty when they tell of nobody.

    `where` is the folder or ZIP of the class it lies in. Within one, other ids are other people.
    """

    label: str
    where: tuple[str, ...]
    id: str = ""
    sure: bool = False  # an id that means the same person in every download

    @property
    def folded(self) -> str:
        """The name as two spellings of it agree."""
        return unicodedata.normalize("NFC", self.label).casefold()

    @property
    def key(self) -> tuple[object, ...]:
        """The same for the same person: a first name alone is known in its own folder only."""
        if self.sure:
            return (self.folded, self.id)
        return (self.folded,) if re.search(r"\w[\s,._]+\w", self.label) else (self.folded, self.where)


def find(root: Path) -> Iterator[Found]:
    """Every file below a folder or in a ZIP, in order; one that cannot be opened brings its reason."""
    if not root.is_dir():
        inside = _packed(root, (), 1) if root.suffix.lower() in _PACKED else [Found((root.name,), root)]
        yield from (Found(file.parts or (root.name,), file.source) for file in inside)
        return
    shut: list[OSError] = []
    for parent, folders, names in os.walk(root, onerror=shut.append):
        folders[:] = sorted(name for name in folders if not _is_clutter(name))
        for name in sorted(names):
            path = Path(parent, name)
            if _is_clutter(name):
                continue
            parts = path.relative_to(root).parts
            if path.suffix.lower() in _PACKED:
                yield from _packed(path, parts, 1)
            else:
                yield Found(parts, path)
    for error in shut:
        parts = Path(error.filename).relative_to(root).parts or (root.name,)
        yield Found(parts, SkippedError("unreadable", reason=error.strerror or error))


def owners(files: Iterable[Found]) -> dict[tuple[str, ...], Owner]:
    """Whose each file is, by place and name."""
    found: dict[tuple[str, ...], Owner] = {}
    _assign([(file.parts, file.parts) for file in files], (), found, people=False)
    return found


def copy_mark(name: str) -> str:
    """What a copy of a file has more in its name than the file: "(1)", "- Copy" ...; empty for the file."""
    stem = " ".join(_stem(name).split())
    own = _OWN.search(_uncopied(stem))
    number = own[1] if own and own[0].lower().startswith("progress") else None  # a second page has one too
    return (number or "") + stem.replace(_uncopied(stem), "")


# What there is


def _is_clutter(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _CLUTTER


def _content(path: Path, limit: int) -> bytes | SkippedError:
    try:
        # A pipe or a device would keep us waiting for ever; a huge file would fill the memory.
        if not path.is_file():
            return SkippedError("no_file")
        if (size := path.stat().st_size) > limit:
            return SkippedError("huge", size=size / 1e6)
        return path.read_bytes()
    except OSError as error:
        return SkippedError("unreadable", reason=error.strerror or error)


def _packed(source: Path | bytes, parts: tuple[str, ...], depth: int) -> Iterator[Found]:
    """The files in a ZIP, and in the ZIPs in it; or the ZIP itself, with the reason why it stays shut."""
    try:
        inside = _opened(source, parts)
    except SkippedError as refused:
        yield Found(parts, refused)
        return
    for file in inside:
        if file.ending not in _PACKED or not isinstance(file.source, bytes):
            yield file
        elif depth == _DEEPEST:
            yield Found(file.parts, SkippedError("zip_deep"))
        else:
            yield from _packed(file.source, file.parts, depth + 1)


def _opened(source: Path | bytes, parts: tuple[str, ...]) -> list[Found]:
    raw = _content(source, _LIMIT_ZIP) if isinstance(source, Path) else source
    if isinstance(raw, SkippedError):
        raise raw
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return [*_entries(archive, parts)]
    except SkippedError:
        raise
    except (NotImplementedError, RuntimeError) as error:
        raise SkippedError("archive") from error
    except Exception as error:  # a damaged ZIP raises errors of many kinds: zlib, struct, EOF, Unicode ...
        raise SkippedError("damaged") from error


def _entries(archive: zipfile.ZipFile, parts: tuple[str, ...]) -> Iterator[Found]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > _LIMIT_ENTRIES:
        raise SkippedError("zip_many", limit=_LIMIT_ENTRIES)
    named = {tuple(info.filename.replace("\\", "/").split("/")): info for info in infos}
    wanted = {info for way, info in named.items() if _suffix(way[-1]) in (*TEXT, *_PACKED)}
    if any(info.flag_bits & 1 for info in wanted):
        raise SkippedError("zip_locked")
    for way in named:
        if ".." in way or way[0] == "" or way[0].endswith(":"):
            raise SkippedError("zip_unsafe", entry=one_line("/".join(way))[:80])
    if (size := sum(info.file_size for info in wanted)) > _LIMIT_UNPACKED:
        raise SkippedError("zip_huge", size=size / 1e6)
    for way, info in sorted(named.items(), key=lambda item: item[0]):
        if any(_is_clutter(part) for part in way):
            continue
        yield Found((*parts, *way), _unpacked(archive, info) if info in wanted else b"")


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | SkippedError:
    # What a ZIP says of a size need not be so: never read more than is allowed.
    limit = LIMIT_BYTES * (10 if _suffix(info.filename) in _PACKED else 1)
    with archive.open(info) as file:
        content = file.read(limit + 1)
    return SkippedError("huge", size=info.file_size / 1e6) if len(content) > limit else content


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _encoding(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    # UTF-16 without its mark: every other byte of western text is zero.
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if raw[start::2].count(0) > len(raw) / 4:
            return name
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"  # what an older editor on Windows writes
    return "utf-8-sig"


# Whose it is

_Way = tuple[tuple[str, ...], tuple[str, ...]]  # what is left of the way to a file, and the whole of it


def _assign(
    ways: list[_Way], where: tuple[str, ...], found: dict[tuple[str, ...], Owner], *, people: bool
) -> None:
    """Give each file an owner, in a folder of several people; `people`: its folders are theirs."""
    files, folders = _level(ways)
    for whole in files:
        found[whole] = _named(whole[-1], where) or Owner(_remainder(whole[-1]), where)
    for name, inside in folders.items():
        owner = _named(name, where)
        if name.casefold() in _OF_PEOPLE:
            _assign(inside, where, found, people=True)
            continue
        bare = _uncopied(_folder(name))
        if owner is None and not people and _is_container(inside):
            _assign(inside, (*where, bare), found, people=False)
            continue
        owner = owner or Owner(one_line(bare), where)
        found.update(dict.fromkeys((whole for _, whole in inside), owner))


def _level(ways: list[_Way]) -> tuple[list[tuple[str, ...]], dict[str, list[_Way]]]:
    """The files and folders of one level; a folder that is about nobody is looked through."""
    files: list[tuple[str, ...]] = []
    folders: dict[str, list[_Way]] = {}
    for way, whole in ways:
        rest = way
        while len(rest) > 1 and _NOBODY.fullmatch(_uncopied(_folder(rest[0]))):
            rest = rest[1:]
        if len(rest) == 1:
            files.append(whole)
        else:
            folders.setdefault(rest[0], []).append((rest[1:], whole))
    return files, folders


def _is_container(inside: list[_Way]) -> bool:
    """Whether a folder holds the work of several people, each under a name."""
    files, folders = _level(inside)
    if any(_named(name, ()) for name in (*(whole[-1] for whole in files), *folders)):
        return True
    if any(name.casefold() in _OF_PEOPLE for name in folders):
        return True
    if files:
        # "Jane Doe - progress.json" beside "Ann Lee - progress.json": the files say who they are of.
        own = (whole[-1] for whole in files if _OWN.search(whole[-1]) and _suffix(whole[-1]) in TEXT)
        return len({_remainder(name).casefold() for name in own} - {""}) > 1
    return len(folders) > 1 or any(_is_container(deeper) for deeper in folders.values())


def _named(name: str, where: tuple[str, ...]) -> Owner | None:
    """The learner that a platform put in the name of a file or folder."""
    line = one_line(name)
    for platform, sure in _PLATFORMS:
        told = platform.search(line)
        if told and not _OWN.fullmatch(told["name"]):
            return Owner(told["name"].strip() or told["id"], where, told["id"] or "", sure)
    return None


def _remainder(name: str) -> str:
    """What a name says besides what the kit calls its files: most often, who made it."""
    stem = one_line(_uncopied(_stem(name)))
    own = next((own for own in _OWN.finditer(stem) if _apart(stem, own)), None)
    if own:
        before, after = (_uncopied(part.strip(" -_.")) for part in (stem[: own.start()], stem[own.end() :]))
        stem = f"{before} {after}".strip()
        return "" if _NOBODY.fullmatch(stem) else stem
    return stem


def _apart(stem: str, own: re.Match[str]) -> bool:
    return not stem[: own.start()][-1:].isalnum() and not stem[own.end() :][:1].isalnum()


def _stem(name: str) -> str:
    """A file name without its endings: Windows hides the last one, and a learner adds another."""
    ending = _suffix(name)
    while ending and (ending in (*TEXT, *_PACKED) or ending[1:].isalpha()) and len(ending) <= _LONGEST_ENDING:
        name = name[: -len(ending)]
        ending = _suffix(name) if _suffix(name) in (*TEXT, *_PACKED) else ""
    return name


def _folder(name: str) -> str:
    return _stem(name) if _suffix(name) in _PACKED else name


def _uncopied(stem: str) -> str:
    """A name without what a computer adds to that of a copy."""
    bare = " ".join(stem.split())
    if told := _COPY_BEFORE.match(bare):
        bare = bare[told.end() :]
    while told := _COPY_AFTER.search(bare):
        if not told.start():
            break
        bare = bare[: told.start()]
    return bare
