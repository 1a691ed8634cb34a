"""The lessons as files in a folder of your own; an installed package carries them inside itself."""

from __future__ import annotations

import os
from pathlib import Path

from srm_data.files.paths import NOTEBOOKS
from srm_data.files.write_whole import was_written, write_own

_OURS = "SHA256SUMS"  # by it kit.py knows the lessons of a checkout


def copy_lessons(folder: Path) -> list[tuple[Path, Path]]:
    """Write the lessons of both languages, the start page, the glossaries and what teachers get.

    A file that somebody changed stays as it is, see `write_own`.

    Args:
        folder: where they go; it is made when it is not there.

    Returns:
        For each file the name that was wanted and the one that was written.

    Raises:
        OSError: when the folder cannot be written to.
    """
    return [(folder / name, write_own(folder / name, (NOTEBOOKS / name).read_bytes())) for name in _names()]


def renew_lessons(folder: Path) -> list[tuple[Path, Path]]:
    """Like `copy_lessons`, for a folder that is brought up to date at every start of a server.

    A version that was written there before is not written again beside the one that somebody changed. A
    lesson that was removed comes back.

    Args:
        folder: where they go; it is made when it is not there.

    Returns:
        For each file that was written the name that was wanted and the one that it got.

    Raises:
        OSError: when the folder cannot be written to.
    """
    made = []
    for name in _names():
        wanted, content = folder / name, (NOTEBOOKS / name).read_bytes()
        if not (os.path.lexists(wanted) and was_written(wanted, content)):
            made.append((wanted, write_own(wanted, content)))
    return made


def _names() -> list[Path]:
    """What is copied, as paths in the folder of the notebooks."""
    found = [path for path in sorted(NOTEBOOKS.rglob("*")) if path.is_file() and path.name != _OURS]
    names = [path.relative_to(NOTEBOOKS) for path in found]
    return [name for name in names if not any(part.startswith(".") for part in name.parts)]
