"""The tables of facts as they lie in ``data/``: plain rows, and what every field of them means."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from io import StringIO
from typing import TYPE_CHECKING, Any, TypeVar

from srm_data.files.paths import DATA

if TYPE_CHECKING:
    import pandas as pd

#: One row of a table: column to text. Nobody changes it, since everybody is given the same one.
Row = Mapping[str, str]

F = TypeVar("F", bound=Callable[..., Any])


@cache
def datapackage() -> dict[str, Any]:
    """What ``data/datapackage.json`` says about every table and field."""
    package: dict[str, Any] = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    return package


def describes(resource: str, *names: str) -> Callable[[F], F]:
    """Put the descriptions of these fields in place of ``{fields}`` in a docstring.

    So the metadata of the tables is the one place that tells what a column means.
    """
    fields = next(r["schema"]["fields"] for r in datapackage()["resources"] if r["name"] == resource)
    # A column that is there in both languages is described once.
    told = {field["name"].removesuffix("_en"): field["description"] for field in fields}
    lines = [f"{name}: {told[name].removesuffix(', in English')}" for name in names]

    def fill(function: F) -> F:
        # There is none under python -OO. Python 3.13 and later take its indentation away.
        if function.__doc__:
            function.__doc__ = re.sub(
                r"^( *)\{fields\}$",
                lambda found: "\n".join(found[1] + line for line in lines),
                function.__doc__,
                flags=re.MULTILINE,
            )
        return function

    return fill


@cache
def read_table(name: str) -> tuple[Row, ...]:
    """The rows of ``data/<name>.csv``, packed or not, every value as text; an empty field is an empty text.

    >>> read_table("topics")[0]["label_en"]
    'Data'
    """
    plain, packed = DATA / f"{name}.csv", DATA / f"{name}.csv.gz"
    text = gzip.decompress(packed.read_bytes()) if packed.exists() else plain.read_bytes()
    return tuple(csv.DictReader(StringIO(text.decode("utf-8"), newline=""), strict=True))


def rows_where(name: str, **wanted: str) -> list[Row]:
    """The rows of ``data/<name>.csv`` that have these values.

    >>> [row["service_en"] for row in rows_where("scenario_components", scenario="web-shop", plan="b")][0]
    'Azure App Service'
    """
    return [row for row in read_table(name) if all(row[key] == value for key, value in wanted.items())]


@cache
def rows_by(name: str, key: str) -> dict[str, Row]:
    """The rows of ``data/<name>.csv`` by the value of one column, in the order of the file.

    >>> list(rows_by("baselines", "version"))
    ['v1.1', 'v2.0', 'v3.0']
    """
    return {row[key]: row for row in read_table(name)}


@cache
def table_frame(name: str) -> pd.DataFrame:
    """The same rows as a DataFrame of texts. Nobody changes it, since everybody is given the same one."""
    import pandas as pd

    return pd.DataFrame(read_table(name), dtype="str")
