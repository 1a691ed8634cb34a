"""A zip that has the same bytes on every day and every system."""

import io
import zipfile
from collections.abc import Mapping


def zip_bytes(files: Mapping[str, bytes], *, compressed: bool = False, mode: int = 0o644) -> bytes:
    """Put files in a zip, in the order given, each with the same fixed date.

    Args:
        files: the content of each file, by its path in the zip.
        compressed: whether to pack the files smaller. Another version of zlib may pack them into other bytes.
        mode: what a Unix system lets people do with the files, once unpacked.
    """
    held = io.BytesIO()
    kind = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    with zipfile.ZipFile(held, "w", kind) as package:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)  # its date is the first there is, 1 January 1980
            entry.compress_type = kind
            entry.create_system = 3  # Unix, on Windows too
            entry.external_attr = mode << 16
            package.writestr(entry, content)
    return held.getvalue()
