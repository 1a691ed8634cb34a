"""The incidents as cards with two sides: what happened, and behind it who failed and whose row it was.

What a card says is made here as plain data; ``templates/cards.typ`` sets it, four on a page, the backs
mirrored so that each lies behind its front.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from srm_data.core.incidents import as_incident, incident_ids
from srm_data.core.language import texts
from srm_data.files.write_whole import write_own
from srm_data.learning.pdf_text import set_pdf
from srm_data.publishing.paper.anki import anki_deck
from srm_data.views import sentences as say
from srm_data.views.cell_facts import source_fact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from srm_data.core.incidents import Incident


def incident_cards(lang: str) -> bytes:
    """The cards of all incidents, oldest first, as PDF/UA: a page of fronts, then a page of their backs."""
    words = texts(lang)["cards"]
    told = {"lang": lang, "title": words["title"], "ask": words["ask"], "colon": texts(lang)["colon"]}
    cards = [
        {"number": words["number"].format(n=n), **_card(as_incident(one, lang))}
        for n, one in enumerate(incident_ids(), 1)
    ]
    return set_pdf("cards.typ", {**told, "cards": cards})


def write_cards(out: Path, langs: Sequence[str]) -> list[tuple[Path, Path]]:
    """Write ``<out>/incident-cards-<lang>.pdf`` and ``<out>/anki-<lang>.txt`` for each language.

    A file that somebody changed stays as it is, see `write_whole.write_own`.

    Returns:
        For each file the name it was to have and the one it got.

    Raises:
        OSError: when the folder cannot be written to.
    """
    made = []
    for lang in langs:
        for name, make in ((f"incident-cards-{lang}.pdf", incident_cards), (f"anki-{lang}.txt", anki_deck)):
            made.append((out / name, write_own(out / name, make(lang))))
    return made


def _card(i: Incident) -> dict[str, Any]:
    """Both sides of a card."""
    words = texts(i.lang)
    said = words["incident"]
    sure = words["label"]["confidence"].format(confidence=words["confidence"][i.confidence])
    ours = f" ({said['ours']})" if i.other_side_basis == "reading" else ""
    source = source_fact(i, f", {i.year}, {i.source_url} · {sure}")
    return {
        "name": i.name,
        "year": str(i.year),
        "about": " · ".join(dict.fromkeys((i.service, i.provider))),
        "story": i.story,
        "point": say.incident_title(i, i.lang),
        "facts": [
            [said["who_failed"], said["failed"][i.failed_party]["say"].format(provider=i.provider)],
            [said["layer"], i.layer],
            [words["cards"]["row"], say.incident_where(i)],
            [said["why" if i.areas else "why_none"], i.why],
            [said["disputed"], i.dispute or said["no_dispute"]],
            [said["other_side"], i.other_side + ours],
        ],
        "source": f"{source.term}: {source.text}{source.rest}",
    }
