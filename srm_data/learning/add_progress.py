"""Take over what a learner did elsewhere: on the website, or in JupyterLab on another computer."""

from __future__ import annotations

from pathlib import Path

from srm_data.core.language import resolve_language, texts
from srm_data.learning import progress_file
from srm_data.learning.exercise_view import Told
from srm_data.views.html import tables
from srm_data.views.still import Away

_LARGEST = 2_000_000  # bytes; who answers everything makes less than a tenth of it


def add_progress(file: str | Path, lang: str | None = None) -> Told:
    """Lay the answers and texts of another progress file beside yours, and say what is there now.

    The first answer to each question that was seen stays the first, of two texts the newer one stays, and no
    answer goes. Nothing changes where the file cannot be read.

    Args:
        file: a ``progress.json`` that the website saved, or one of another computer.
        lang: "en" or "nl"; the language in use when left out.
    """
    lang = resolve_language(lang)
    said = _added(Path(file), lang)
    name = progress_file.progress_file().name
    body = tables.render("standing.html", lang, say=said, rows=[], sures=[], later=[], file=name)
    return Told(body, Away(live=False))


def _added(file: Path, lang: str) -> str:
    words = texts(lang)["add_progress"]
    try:
        if file.stat().st_size > _LARGEST:
            raise ValueError
        there, _ = progress_file.parsed(file.read_text(encoding="utf-8-sig"))
    except progress_file.NewerFileError:
        return str(words["newer"].format(file=file.name))
    except ValueError:
        return str(words["damaged"].format(file=file.name))
    except OSError as error:
        return str(words["unreadable"].format(file=file, reason=error.strerror or error))
    told = progress_file.add(there, lang)
    n = len(progress_file.load().get("bets", {}))
    added = words["added_one" if n == 1 else "added"].format(file=file.name, n=n)
    return f"{added} {told}".strip()
