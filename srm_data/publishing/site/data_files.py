"""The tables behind the lessons as CSV files of the site, with what their fields mean and whose they are."""

from __future__ import annotations

import csv
import gzip
import json
import re
from pathlib import Path
from typing import Any

from srm_data.files.paths import DATA, LICENCES


def write_data(folder: Path) -> list[dict[str, Any]]:
    """Write the tables; those that are packed in the kit are unpacked.

    Args:
        folder: where to.

    Returns:
        For each table its path, description and number of rows.
    """
    package = json.loads((DATA / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        content = (DATA / resource["path"]).read_bytes()
        if resource.pop("compression", None) == "gz":
            content = gzip.decompress(content)
            resource["path"] = resource["path"].removesuffix(".gz")
        target = folder / resource["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    _write(folder / "datapackage.json", json.dumps(package, indent=2, ensure_ascii=False) + "\n")
    return [
        {"path": one["path"], "description": one["description"], "rows": _rows(folder / one["path"])}
        for one in package["resources"]
    ]


def write_licences(folder: Path) -> None:
    """Write whose the facts and the code are.

    Args:
        folder: where to; the fonts with their licence are in ``../assets/fonts``.
    """
    for source, name in (("DATA-LICENCES.md", "LICENCES.md"), ("LICENSE", "LICENSE")):
        if (LICENCES / source).is_file():
            text = (LICENCES / source).read_text("utf-8")
            # Its links are for the kit; here they lead to what lies here.
            text = text.replace("](srm_data/fonts/OFL.txt)", "](../assets/fonts/OFL.txt)")
            text = re.sub(r"\[([^\[\]]*)\]\((?!https?:|LICENSE|\.\./assets)[^()]*\)", r"\1", text)
            _write(folder / name, text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


def _rows(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1
