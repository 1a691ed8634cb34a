"""What a class bet: progress files and hand-ins read together, so that a teacher sees what to teach again.

The files come from many machines, so none of them is believed: what cannot be read is named with its
reason and skipped, and whatever a file says is right or wrong is computed anew.
"""

from __future__ import annotations

import os
from pathlib import Path

from srm_data.core.language import resolve_language
from srm_data.core.matrix import one_line
from srm_data.learning import class_files, class_people, class_reader
from srm_data.learning.class_bets import Made
from srm_data.learning.class_files import Found, Owner, SkippedError
from srm_data.learning.class_report import ClassResults, say

LIMIT_FILES = 2_000
_DOCUMENTS = (".docx", ".doc", ".odt", ".rtf", ".pages", ".gdoc", ".ipynb")
_PAGES = (".html", ".htm", ".pdf")
_ARCHIVES = (".7z", ".rar", ".tar", ".gz", ".tgz")


def class_results(folder: str | os.PathLike[str], lang: str | None = None) -> ClassResults:
    """Read what a class bet, and show which cells and beliefs went wrong most.

    Give the folder or ZIP that your learning platform makes of what was handed in, or put the files of
    your learners in a folder: ``progress.json`` from their ``my_work``, hand-ins (``.md``), all of
    ``my_work`` as ZIP. A file straight in the folder is the learner it is named after; files in a
    subfolder are those of the learner the subfolder is named after. A learner with several files
    counts once a question: the latest bet. Nothing is changed, and nothing is sent.

    Args:
        folder: where the files are.
        lang: "en" or "nl"; the language in use when left out.

    Returns:
        `ClassResults`: ``bets``, ``hand_ins`` and ``skipped`` are DataFrames, ``figure()`` is a slide,
        ``sentence`` says it in words. Files that cannot be read are in ``skipped``, with the reason.

    Raises:
        FileNotFoundError: when there is no such folder or ZIP.
    """
    lang = resolve_language(lang)
    root = Path(folder)
    if not root.exists():
        raise FileNotFoundError(say("no_folder", lang, folder=root))
    skipped: list[tuple[str, str]] = []
    files, others = _sorted([*class_files.find(root)], skipped, lang)
    owners = class_files.owners([*files, *others])
    read: list[class_reader.Read] = []
    heard: set[tuple[object, ...]] = set()  # of whom something was read or named
    for file in files:
        owner = owners[file.parts]
        try:
            read.append(class_reader.read(file, owner))
        except SkippedError as error:
            if error.key == "no_work":
                others.append(file)
                continue
            skipped.append((file.name, say(error.key, lang, file=file.name, **error.facts)))
        heard.add(owner.key)
    paged = {one.owner.key for one in read if one.page}
    skipped += _unread(others, owners, heard, paged, lang)
    latest: dict[tuple[str, str], Made] = {}
    learners: dict[str, None] = {}
    pages: dict[tuple[str, str], tuple[str, str, tuple[str, ...]]] = {}
    # Progress before hand-ins, since a page tells only the wrong bets.
    for one in sorted(class_people.people(read), key=lambda one: one.page):
        learners.setdefault(one.learner)
        if one.page:
            pages.setdefault((one.learner, one.text), (one.learner, one.file.name, one.empty))
        for question, bet in one.bets.items():
            kept = latest.get((one.learner, question))
            if kept is None or bet.when > kept.when:
                made = Made(one.learner, question, bet.answer, bet.sure, bet.when, one.file.name, one.page)
                latest[one.learner, question] = made
    return ClassResults(
        one_line(root), lang, tuple(learners), tuple(latest.values()), tuple(pages.values()), tuple(skipped)
    )


def _sorted(found: list[Found], skipped: list[tuple[str, str]], lang: str) -> tuple[list[Found], list[Found]]:
    """The files that a learner's work can stand in, and the others; too many of them are left out."""
    readable: list[Found] = []
    others: list[Found] = []
    for file in found:
        if isinstance(file.source, SkippedError):
            skipped.append((file.name, say(file.source.key, lang, file=file.name, **file.source.facts)))
        elif file.ending not in class_files.TEXT:
            others.append(file)
        elif len(readable) < LIMIT_FILES:
            readable.append(file)
        else:
            skipped.append((file.name, say("too_many", lang, file=file.name, limit=LIMIT_FILES)))
            break
    return readable, others


def _unread(
    others: list[Found],
    owners: dict[tuple[str, ...], Owner],
    heard: set[tuple[object, ...]],
    paged: set[tuple[object, ...]],
    lang: str,
) -> list[tuple[str, str]]:
    """The files that hold a learner's work in a form that cannot be read, each with what to do.

    What the kit writes beside a file that was read goes without saying. Of a learner who is not `heard`
    (nothing was read or named), one file is named whatever it is, so that nobody is missed.
    """
    found: list[tuple[str, str]] = []
    rest: dict[tuple[object, ...], Found] = {}
    for file in others:
        key = owners[file.parts].key
        if file.ending in _DOCUMENTS:
            reason = "document"
        elif file.ending in _ARCHIVES:
            reason = "archive"
        elif file.ending in _PAGES and key not in paged:
            reason = "page_only"
        else:
            rest.setdefault(key, file)
            continue
        heard = heard | {key}
        found.append((file.name, say(reason, lang, file=file.name)))
    alone = [file.name for key, file in rest.items() if key not in heard]
    return found + [(name, say("no_work", lang, file=name)) for name in alone]
