"""What costs time to read, kept beside its source in ``__pycache__``, as Python does with its modules.

A new kernel then reads words, questions and templates in a tenth of the time. Nothing depends on it: where
it cannot be written, or belongs to another state of the source, the source is read again.
"""

import hashlib
import json
import sys
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

from srm_data.files.write_whole import write_whole


def read_toml(path: Path) -> dict[str, Any]:
    """What stands in a TOML file in UTF-8.

    Raises:
        OSError: when it cannot be read.
        tomllib.TOMLDecodeError: when it is no TOML.
    """
    source = path.read_bytes()
    state = hashlib.sha256(source).digest()
    kept = load_aside(path)
    if kept.startswith(state):
        with suppress(ValueError):
            return dict(json.loads(kept[len(state) :]))
    read = tomllib.loads(source.decode())
    with suppress(TypeError):  # a date is nothing that can be kept so
        keep_aside(path, state + json.dumps(read).encode())
    return read


def load_aside(path: Path) -> bytes:
    """What this version of Python kept beside `path`; empty when that is nothing."""
    with suppress(OSError):
        return _place(path).read_bytes()
    return b""


def keep_aside(path: Path, content: bytes) -> None:
    """Keep something beside `path`, if that can be."""
    if not sys.dont_write_bytecode:
        with suppress(OSError):
            _place(path).parent.mkdir(exist_ok=True)
            write_whole(_place(path), content)


def _place(path: Path) -> Path:
    return path.parent / "__pycache__" / f"{path.name}.{sys.implementation.cache_tag}"
