"""Every format of the question files, and what writes the bank in them.

Libraries were looked for first. For Moodle XML there are `moodle-questions` (writes no tags, reads
nothing) and converters from spreadsheets or LaTeX; for GIFT `py2gift`, made for questions written in a
notebook; for QTI `text2qti` (from Markdown, with today's date, so other bytes every day) and
`qti-package-maker` (no feedback). For Common Cartridge and the CSV of Brightspace there was none. None
writes what the bank holds. So the standard library's ElementTree writes and escapes the XML, its csv the
CSV, and GIFT, a text format with seven special signs, is written here. The tests read all of it back with
other parsers.

Options keep the order of the bank, and one call gives the same bytes every time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from srm_data.core.language import unknown_name
from srm_data.core.vocabulary import LANGUAGES
from srm_data.files.write_whole import write_own
from srm_data.learning.questions import Question
from srm_data.publishing.questions.brightspace import brightspace
from srm_data.publishing.questions.cartridge import cartridge
from srm_data.publishing.questions.common import choose
from srm_data.publishing.questions.gift import gift
from srm_data.publishing.questions.moodle import moodle
from srm_data.publishing.questions.paper import key, sheet
from srm_data.publishing.questions.qti import qti


def write_exports(
    out: Path,
    lessons: Sequence[int] | None = None,
    langs: Sequence[str] = LANGUAGES,
    formats: Sequence[str] | None = None,
) -> list[Path]:
    """Write the bank into `out` as ``questions-<lang>...``, one file a language and format.

    A file that somebody changed stays as it is, see `write_whole.write_own`.

    Args:
        out: the folder; made when it is not there.
        lessons: only the questions of these lessons; all when left out.
        langs: the languages to write.
        formats: keys of `FORMATS`; all when left out.

    Raises:
        UnknownNameError: for a lesson without questions, a language or a format.
        OSError: when the folder cannot be written to.
    """
    made = []
    for lang in langs:
        questions = choose(lang, lessons)
        for kind in formats or FORMATS:
            if kind not in FORMATS:
                raise unknown_name("format", kind, FORMATS)
            ending, write = FORMATS[kind]
            made.append(write_own(out / f"questions-{lang}{ending}", write(questions, lang)))
    return made


#: Every format: how its file name ends, and what writes it.
FORMATS: dict[str, tuple[str, Callable[[Sequence[Question], str], bytes]]] = {
    "moodle": ("-moodle.xml", moodle),
    "gift": (".gift.txt", gift),
    "qti": ("-qti.zip", qti),
    "cartridge": (".imscc", cartridge),
    "brightspace": ("-brightspace.csv", brightspace),
    "sheet": ("-sheet.html", sheet),
    "key": ("-key.html", key),
}
