"""The folder of a site: its own files are known by a list of sums, and anything else is left alone."""

from __future__ import annotations

import hashlib
from pathlib import Path

from srm_data.core.language import texts

#: What a site holds, with the sum of each file: by it a later build knows its own work.
MANIFEST = "assets/files.txt"

BESIDE = ".srm-site-"  # how a folder begins in which a site is being built


class SiteError(RuntimeError):
    """Why no site was made, in one sentence for the reader; what was there before is as it was."""


def swap(out: Path, new: Path, old: Path) -> None:
    """Move what `out` holds to `old`, and what `new` holds to `out`; where that fails, all goes back.

    Args:
        out: the folder of the site.
        new: a folder with what is to stand there, on the same disk.
        old: a folder that is not there yet, on the same disk.
    """
    old.mkdir()
    moves = [(path, old / path.name) for path in out.iterdir() if not path.name.startswith(BESIDE)]
    moves += [(path, out / path.name) for path in new.iterdir()]
    done: list[tuple[Path, Path]] = []
    try:
        for source, target in moves:
            source.rename(target)
            done.append((source, target))
    except OSError:
        for source, target in reversed(done):
            target.rename(source)
        raise


def refuse_foreign(folder: Path, lang: str) -> None:
    """Say no to a folder that holds anything that `build_site` did not write, or that was changed since.

    Raises:
        SiteError: names the first such file.
    """
    words = texts(lang)["site"]
    if not folder.exists():
        return
    if not folder.is_dir():
        raise SiteError(words["foreign"].format(folder=folder.parent, file=folder.name))
    ours = {}
    manifest = folder / MANIFEST
    if manifest.is_file():
        for line in manifest.read_text("utf-8", errors="replace").splitlines():
            value, _, name = line.partition("  ")
            ours[name] = value
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if (path.is_dir() and not path.is_symlink()) or name.startswith(BESIDE):
            continue
        if name != MANIFEST and (path.is_symlink() or ours.get(name) != _sum(path)):
            raise SiteError(words["foreign"].format(folder=folder, file=name))


def sign(folder: Path) -> list[str]:
    """Write down what the site holds; return the names."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    lines = [f"{_sum(folder / name)}  {name}\n" for name in names]
    (folder / MANIFEST).write_text("".join(lines), "utf-8", newline="\n")
    return [*names, MANIFEST]


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
