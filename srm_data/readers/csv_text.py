"""Text and rows of a file that somebody made in a spreadsheet or editor, whatever it was saved as."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.files.inert_csv import as_typed
from srm_data.readers.faults import Fault, file_words, short

_LONGEST_FIELD = 131_072  # signs; a longer one is a broken file

# How files begin that are no text; the name is a key of the locale.
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx, ods, numbers; xls
_NOT_TEXT = (
    ((b"%PDF",), "pdf"),
    ((b"<!doctype", b"<html", b"<table", b"<?xml"), "page"),
    ((b"\x89png", b"\xff\xd8\xff", b"gif8", b"<svg"), "picture"),
    ((b"\x1f\x8b", b"7z\xbc\xaf", b"rar!"), "packed"),
    ((b"{\\rtf",), "rtf"),
)
_WIDEST = 1_000  # fields of a line; no table of the kit comes near it
_UNCOUNTED = 100_000  # rows too many: more are not counted
_SHEETS = (".csv", ".tsv", ".txt")  # what a spreadsheet saves
_LINE_END = re.compile("[\r\n]")
_MOST_BROKEN = 100  # lines that are no CSV: after so many there is no table to read
_LONGEST_WORD = 200  # signs that are put in order; see `clean`

Row = tuple[int, list[str]]  # line in the file, fields


def read_text(
    file: Path, faults: list[Fault], *, largest: float, what: str = "matrix", page: bool = False
) -> str:
    """The text of the file, or nothing when it cannot be had; faults go to `faults`.

    Args:
        file: what to read.
        faults: where a fault is added.
        largest: megabytes; a larger file is not opened.
        what: what the file should be, as a key of the locale.
        page: whether it may be a web page.
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
    if other := _no_text(raw, page=page):
        faults.append(Fault(other))
        return ""
    encoding = _encoding(raw)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        # Read on as what Windows probably wrote, to find the other faults too.
        text = raw.decode("cp1252" if encoding == "utf-8-sig" else encoding, errors="replace")
        before = raw[: error.start].decode("latin-1" if encoding == "utf-8-sig" else encoding, "replace")
        line = before.count("\n") + before.count("\r") - before.count("\r\n") + 1
        value = _line_at(text, len(before))
        sheet = file.suffix.lower() in _SHEETS
        faults.append(
            Fault(
                words["encoding" if sheet else "encoding_text"].format(value=short(value)),
                line=line,
                value=value,
            )
        )
    if not text.strip():
        faults.append(Fault(words["empty"]))
    return text


def _line_at(text: str, place: int) -> str:
    """The line of a text in which a place lies."""
    begin = max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1
    end = _LINE_END.search(text, place)
    return text[begin : end.start() if end else len(text)]


def _no_text(raw: bytes, *, page: bool) -> str:
    """What to say of a file that is no table as text, nor a page where that is fine; nothing for others."""
    words = file_words()
    if raw.startswith(_WORKBOOKS):
        return str(words["workbook"])
    start = raw[:64].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    for beginnings, kind in _NOT_TEXT:
        if kind == "page" and page:
            continue
        if start.startswith(tuple(beginning.lower() for beginning in beginnings)):
            return str(words["not_text"].format(kind=words["kinds"][kind]))
    return ""


def sign_fault(value: str) -> str:
    """What a spreadsheet or editor did to the signs of a text on its way; nothing where all is well."""
    words = file_words()
    if "\ufffd" in value:
        return str(words["lost_sign"].format(value=short(value)))
    if value in _sheet_errors():
        return str(words["sheet_error"].format(value=value))
    right = _decoded_once_more(value)
    return str(words["twice_encoded"].format(value=short(value), right=short(right))) if right else ""


@cache
def _sheet_errors() -> frozenset[str]:
    """What a spreadsheet writes where a formula failed, in either language."""
    spoken = (word for lang in LANGUAGES for word in texts(lang)["file"]["sheet_errors"])
    return frozenset(("###", "Err:502", "Err:509", *spoken))


# The five bytes without a sign in Windows' own table; they pass as control signs.
_UNUSED = re.compile("([\x81\x8d\x8f\x90\x9d]+)")


def _decoded_once_more(text: str) -> str:
    """The text that was meant, where UTF-8 was taken for the signs of Windows and saved again ("PrivÃ©")."""
    if text.isascii():
        return ""
    try:
        raw = (piece.encode("latin-1" if _UNUSED.match(piece) else "cp1252") for piece in _UNUSED.split(text))
        return b"".join(raw).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return ""


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
    first = next(line for line in io.StringIO(text, newline=None) if line.strip())
    declared, delimiter = _delimiter(first, is_first)
    rows: list[Row] = []
    beyond = 0  # rows after the last one that is wanted are only counted
    for start, fields in _raw_rows(text, delimiter, faults):
        if len(rows) <= most + declared:
            rows.append((start, [clean(as_typed(field)) for field in fields]))
        else:
            beyond += 1
            if beyond == _UNCOUNTED:
                break
    del rows[: int(declared)]  # the line that told the delimiter
    if not rows:
        if not faults:
            faults.append(Fault(file_words()["empty"]))
        return []
    if beyond:
        faults.append(
            Fault(
                file_words()[too_many].format(
                    n=f"{len(rows) - 1 + beyond}{'+' * (beyond == _UNCOUNTED)}", limit=most
                )
            )
        )
    headings = rows[0][1]
    width = max((i for i, heading in enumerate(headings, 1) if heading), default=len(headings))
    return [(line, _trim(fields, width)) for line, fields in rows]


def _raw_rows(text: str, delimiter: str, faults: list[Fault]) -> Iterator[Row]:
    """Each row that is not empty, with the line it begins on; one that is no CSV or too wide is a fault."""
    # StringIO leaves line ends alone; str.splitlines would also cut at signs such as U+2028.
    before = csv.field_size_limit(_LONGEST_FIELD)  # one for the whole process, and others raise it
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start, broken = 1, 0
    try:
        while broken < _MOST_BROKEN:
            try:
                for fields in reader:
                    # A spreadsheet may save a million empty rows: the first test is the quick one.
                    if any(fields) and any(map(str.strip, fields)):
                        if any(map(str.strip, fields[_WIDEST:])):
                            faults.append(Fault(file_words()["too_wide"].format(limit=_WIDEST), line=start))
                        yield start, fields[:_WIDEST]
                    start = reader.line_num + 1
            except csv.Error as error:
                faults.append(Fault(_broken(error), line=start))
                broken += 1
                start = reader.line_num + 1
            else:
                return
    finally:
        csv.field_size_limit(before)


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
        fields = first.split(delimiter, _WIDEST)
        return any(is_first(field.strip(' "\n')) for field in fields), outside.count(delimiter)

    return False, max(",;\t", key=fitness)


def clean(field: str) -> str:
    """A field on one line, without needless blanks, accents in one piece.

    Thousands of accents on one letter take minutes to put in order; so long a word stays as it is.
    """
    words = field.split()
    if not field.isascii():
        words = [unicodedata.normalize("NFC", word) if len(word) <= _LONGEST_WORD else word for word in words]
    return " ".join(words)


def _trim(fields: list[str], width: int) -> list[str]:
    """Without the empty fields a spreadsheet leaves at the right of the table."""
    fields = [*fields]
    while len(fields) > width and not fields[-1]:
        fields.pop()
    return fields
