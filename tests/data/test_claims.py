"""Read all that a learner reads: nothing is called the most, the only or the usual without a ground."""

import csv
import re
import tomllib
from collections.abc import Iterator

import pytest

from srm_data.core.vocabulary import LANGUAGES
from srm_data.files.paths import DATA
from tests.lessons import LESSONS, NOTEBOOKS, cells

TABLES = (
    "notes",
    "areas",
    "glossary",
    "misconceptions",
    "incidents",
    "columns",
    "matrices",
    "cells",
    "duties",
    "lessons",
)

#: Words that claim something about all the world: how often, how rare, the best known, what exams like.
SWEEPING = {
    "en": (
        r"most (?:common|often|people|companies|courses|diagrams|matrices|tables|exams?|customers|mistakes)"
        r"|most \w+ (?:\w+ )?(?:in the news|lack|are off)|most of the gaps|more than most|come up most"
        r"|(?:nearly|almost) (?:always|every \w+|everybody)|no other \w+|nowhere else|a rare|rarely|seldom"
        r"|exams? (?:love|like)|like to (?:tell|ask)|usual(?:ly)?|the most \w+"
    ),
    "nl": (
        r"het vaakst|(?:de|dan de) meeste (?:mensen|bedrijven|cursussen|figuren|matrices|tabellen|examens)"
        r"|de meeste (?:klanten|open opslag|beveiligingsfuncties)|van allemaal|zelden|zeldza\w+|meestal"
        r"|bijna (?:altijd|elke \w+|iedereen|niemand)|geen (?:enkele )?andere (?:maker|dienst|tabel)"
        r"|nergens anders|examens? (?:vragen|houden)|graag een geval|de gewone fout"
    ),
}

#: Why "most tables" may be said of a third party.
THIRD = "counted: rosa, aro, azure-vmware and cosai have one, of 33 matrices"

#: What such words say here can be counted in the data of the kit, read in the source named, or is no claim.
GROUNDED = {
    "en": {
        "no other owner in this drawing": "counted: cells of gcp",
        "in nearly every table that works": "counted: the physical rows of the kit",
        "nearly always repeats the one before it": "counted: baselines v3.0",
        "The usual stack has two values": "counted: all copies but one, see the notes of stack",
        "nearly always repeats the column before it": "counted: baselines v3.0",
        "most tables have no column for it": THIRD,
        "Most matrices have no place for it": THIRD,
        "most security features are off": "counted: baselines v3.0",
        "Old programs know no other way in": "a hint: it asks to imagine",
        "Whoever sets a default decides for most people": "the argument of the other side",
        "the most frequent answer of the 64": "counted: baselines v1.1",
        "The newest table is the most complete": "quoted: a belief that the guide contradicts",
    },
    "nl": {
        "in bijna elke tabel kom je daarmee weg": "counted: the physical rows of the kit",
        "herhaalt bijna altijd de": "counted: baselines v3.0",
        "de meeste tabellen hebben daar geen kolom voor": THIRD,
        "De meeste matrices hebben er geen plek voor": THIRD,
        "staan de meeste beveiligingsfuncties uit": "counted: baselines v3.0",
        "beslist voor de meeste mensen": "the argument of the other side",
        "en meestal met als uitkomst": "counted: baselines v3.0",
        "meestal servicemodellen": "counted: the columns of the kit",
        "van de meeste figuren in deze kit": "counted: the columns of the kit",
    },
}


def told(lang: str) -> Iterator[tuple[str, str]]:
    """Every sentence in a language, with where it stands."""
    for table in TABLES:
        with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                place = " ".join((table, *list(row.values())[:2]))
                yield from ((place, text) for name, text in row.items() if name.endswith(f"_{lang}"))
    for path in sorted((DATA / "questions").glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["question"]:
            parts = [entry.get("stem", {}).get(lang, ""), *entry.get("hint", {}).get(lang, [])]
            parts += [each[lang] for part in ("feedback", "option") for each in entry.get(part, {}).values()]
            yield from ((entry["id"], text) for text in parts)
    for lesson in (*(path for path in LESSONS if path.startswith(lang)), f"teacher/{lang}/guide.ipynb"):
        assert (NOTEBOOKS / lesson).exists()
        yield from ((lesson, text) for source in cells(lesson, "markdown") for text in source.splitlines())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_called_the_most_or_the_only_has_a_ground(lang):
    grounds = sorted(GROUNDED[lang], key=len, reverse=True)
    loose = []
    for place, text in told(lang):
        rest = text
        for ground in grounds:
            rest = rest.replace(ground, "")
        loose += [
            (place, found, text) for found in re.findall(rf"\b(?:{SWEEPING[lang]})", rest, re.IGNORECASE)
        ]
    assert loose == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_ground_is_still_needed(lang):
    everything = "\n".join(text for _, text in told(lang))
    assert [ground for ground in GROUNDED[lang] if ground not in everything] == []


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "It names the most common cause of incidents."),
        ("en", "No other published table answers the question so clearly."),
        ("en", "Exams love this trap."),
        ("en", "Nearly every course shows two pictures."),
        ("nl", "Die rij noemt de oorzaak die het vaakst achter incidenten zit."),
        ("nl", "Geen andere maker in deze kit zegt het in één zin."),
        ("nl", "Examens vragen hier graag naar."),
    ],
)
def test_the_words_would_be_noticed(lang, sentence):
    assert re.search(rf"\b(?:{SWEEPING[lang]})", sentence, re.IGNORECASE)
