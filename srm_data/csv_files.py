"""Text and rows of a file that somebody made in a spreadsheet or editor, whatever it was saved as."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from srm_data.csv_out import as_typed
from srm_data.faults import Fault, file_words, short

_LONGEST_FIELD = 131_072  # signs; a longer one is a broken file

Row = tuple[int, list[str]]  # line in the file, fields


def read_text(file: Path, faults: list[Fault], *, largest: float, what: str = "matrix") -> str:
    """The text of the file, or nothing when it cannot be had; faults go to `faults`.

    Args:
        file: what to read.
        faults: where a fault is added.
        largest: megabytes; a larger file is not opened.
        what: what the file should be, as a key of the locale.
    """
    words = file_words()
    if not file.is_file():
        faults.append(Fault(words["not_a_file" if file.is_dir() else "missing_file"]))
        return ""
    size = file.stat().st_size / 1e6
    if size > largest:
        faults.append(Fault(words["too_big"].format(size=size, limit=largest, what=words["what"][what])))
        return ""
    try:
        raw = file.read_bytes()
    except OSError as error:
        faults.append(Fault(words["unreadable"].format(reason=error.strerror)))
        return ""
    encoding = _encoding(raw)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        # Read on as what Windows probably wrote, to find the other faults too.
        text = raw.decode("cp1252" if encoding == "utf-8-sig" else encoding, errors="replace")
        line = raw.count(b"\n", 0, error.start) + 1
        value = (text.splitlines() or [""])[min(line, len(text.splitlines())) - 1]
        faults.append(Fault(words["encoding"].format(value=short(value)), line=line, value=value))
    if not text.strip():
        faults.append(Fault(words["empty"]))
    return text


def _encoding(raw: bytes) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # UTF-16 without its mark: every other byte of western text is zero.
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if raw[start::2].count(0) > len(raw) / 4:
            return name
    return "utf-8-sig"


def read_rows(
    text: str, faults: list[Fault], is_first: Callable[[str], bool], *, most: int, too_many: str
) -> list[Row]:
    """The text as (line number, fields), without empty rows and empty fields at the right.

    Args:
        text: what `read_text` gave.
        faults: where faults are added.
        is_first: tells the heading that the form cannot do without; it helps to find the delimiter.
        most: rows under the headings; more than these is a fault, and they are left out.
        too_many: what to say then, as a key of the locale.
    """
    if not text.strip():
        return []
    declared, delimiter = _delimiter(next(line for line in text.splitlines() if line.strip()), is_first)
    # StringIO leaves line ends alone; str.splitlines would also cut at signs such as U+2028.
    before = csv.field_size_limit(_LONGEST_FIELD)  # one for the whole process, and others raise it
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    start = 1
    while True:
        try:
            fields = [clean(as_typed(field)) for field in next(reader)]
        except StopIteration:
            break
        except csv.Error as error:
            faults.append(Fault(_broken(error), line=start))
            fields = []
        if any(fields):
            rows.append((start, fields))
        start = reader.line_num + 1
    csv.field_size_limit(before)
    del rows[: int(declared)]  # the line that told the delimiter
    if not rows:
        if not faults:
            faults.append(Fault(file_words()["empty"]))
        return []
    if len(rows) - 1 > most:
        faults.append(Fault(file_words()[too_many].format(n=len(rows) - 1, limit=most)))
    headings = rows[0][1]
    width = max((i for i, heading in enumerate(headings, 1) if heading), default=len(headings))
    return [(line, _trim(fields, width)) for line, fields in rows[: most + 1]]


def _broken(error: csv.Error) -> str:
    """What is wrong with a row that is no CSV; most often a quotation mark was forgotten."""
    unclosed = "unexpected end of data" in str(error)
    return str(file_words()["unclosed" if unclosed else "broken"].format(reason=error))


def _delimiter(first: str, is_first: Callable[[str], bool]) -> tuple[bool, str]:
    """Whether a line like ``sep=;`` declares it, as some spreadsheets write; and the delimiter."""
    declared = re.fullmatch(r"\ufeff?sep=([,;\t])\s*", first, re.IGNORECASE)
    if declared:
        return True, declared[1]
    outside = re.sub(r'"[^"]*("|$)', '""', first)  # commas in a quoted heading separate nothing

    def fitness(delimiter: str) -> tuple[bool, int]:
        return any(is_first(field.strip(' "')) for field in first.split(delimiter)), outside.count(delimiter)

    return False, max(",;\t", key=fitness)


def clean(field: str) -> str:
    """A field on one line, without needless blanks, accents in one piece."""
    return " ".join(unicodedata.normalize("NFC", field).split())


def _trim(fields: list[str], width: int) -> list[str]:
    """Without the empty fields a spreadsheet leaves at the right of the table."""
    fields = [*fields]
    while len(fields) > width and not fields[-1]:
        fields.pop()
    return fields
