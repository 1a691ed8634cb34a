"""Write a file whole or not at all."""

import tempfile
from pathlib import Path


def write_whole(target: Path, content: bytes) -> Path:
    """Put `content` under the name `target`, in one step: a reader never meets half a file.

    Raises:
        OSError: when the folder cannot be written to; nothing is left behind.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False)  # noqa: SIM115
    whole = Path(part.name)
    try:
        with part:
            part.write(content)
        whole.chmod(0o644)
        whole.replace(target)
    except OSError:
        whole.unlink()
        raise
    return target
