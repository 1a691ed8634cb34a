"""Walk every incident: whole in both languages, where it says it lies, and true to the fact base."""

import csv
import inspect
import re

import pytest
from lxml import html

import srm_data as srm
from srm_data.core.incidents import Incident, as_incident
from srm_data.core.language import texts
from srm_data.core.vocabulary import FAILED, LANGUAGES
from srm_data.files.paths import DATA
from srm_data.learning.questions import questions_about
from srm_data.views import sentences as words
from srm_data.views.html import tables

BOTH = pytest.mark.parametrize("lang", LANGUAGES)

with (DATA / "incidents.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
with (DATA / "cells.csv").open(encoding="utf-8", newline="") as file:
    CELLS = {(r["matrix"], r["area"], r["column"]): r["party"] for r in csv.DictReader(file)}

# From the fact base, not from the CSV: year, who failed, the service models, where to read about it.
# Three incidents of the fact base are not here: their sources were never opened.
FACTS = {
    "meltdown-spectre-2018": (2018, "both", "iaas", "secnews24.com"),
    "capital-one-2019": (2019, "customer", "iaas", "dl.acm.org"),
    "azurescape-2021": (2021, "provider", "paas", "unit42.paloaltonetworks.jp"),
    "chaosdb-2021": (2021, "provider", "paas", "data3.com"),
    "log4shell-2021": (2021, "depends on model", "on-premises iaas paas saas", "cloudgov.statuspage.io"),
    "omigod-2021": (2021, "disputed", "iaas", "irzu.org"),
    "ovh-fire-2021": (2021, "provider", "iaas", "lemagit.fr"),
    "power-apps-2021": (2021, "customer", "paas saas", "upguard.com"),
    "cosmiss-2022": (2022, "provider", "paas", "msrc.microsoft.com"),
    "storm-0558-2023": (2023, "provider", "saas", "medianama.com"),
    "toyota-2023": (2023, "customer", "", "therecord.media"),
    "azure-central-us-2024": (2024, "provider", "iaas paas saas", "cognisys.co.uk"),
    "crowdstrike-2024": (2024, "third party", "iaas", "techoreo.online"),
    "snowflake-customers-2024": (2024, "customer", "saas", "robinsoncoleblogs.com"),
    "unisuper-2024": (2024, "provider", "iaas", "cloudsteak.com"),
    "aws-dynamodb-2025": (2025, "provider", "paas", "worldofsoftware.org"),
    "toolshell-2025": (2025, "disputed", "on-premises", "safeguard.sh"),
}
#: In these the fact base names a dispute; in the others it names none, and neither do we.
DISPUTED = {
    "capital-one-2019", "omigod-2021", "ovh-fire-2021", "power-apps-2021", "storm-0558-2023", "toyota-2023",
    "crowdstrike-2024", "snowflake-customers-2024", "unisuper-2024", "aws-dynamodb-2025", "toolshell-2025",
}  # fmt: skip
#: Words that would give the party away before the bet.
TELLING = {
    "en": r"\b(customers?|providers?|third part\w+|disputed|shared|responsib\w+|faults?|blame\w*)\b",
    "nl": r"\b(klant\w*|leverancier\w*|derde partij\w*|omstreden|gedeeld|verantwoord\w+|schuld\w*)\b",
}


def test_every_incident_is_what_the_fact_base_says():
    told = {row["incident"]: row for row in ROWS}
    assert list(told) == list(FACTS)  # oldest first
    for incident, (year, failed, models, host) in FACTS.items():
        row = told[incident]
        assert (int(row["year"]), row["failed_party"], row["service_models"]) == (year, failed, models)
        assert re.match(rf"https://(?:\w+\.)*{re.escape(host)}/", row["source_url"]), incident
    assert {row["incident"] for row in ROWS if row["dispute_en"]} == DISPUTED


@pytest.mark.parametrize(
    ("incident", "lang", "dispute"),
    [
        ("ovh-fire-2021", "en", ["2023", "Lille", "2025", "court of appeal", "Douai", "1,800"]),
        ("ovh-fire-2021", "nl", ["2023", "Lille", "2025", "hof", "Douai", "1.800"]),
        ("unisuper-2024", "en", ["8 May", "two regions", "review", "one region"]),
        ("unisuper-2024", "nl", ["8 mei", "twee regio", "onderzoek", "één regio"]),
    ],
)
def test_what_came_out_later_stands_beside_what_was_said_first(incident, lang, dispute):
    row = next(row for row in ROWS if row["incident"] == incident)
    assert [words for words in dispute if words not in row[f"dispute_{lang}"]] == []
    assert not re.search(r"two regions|twee regio", row[f"story_{lang}"] + row[f"other_side_{lang}"])


@BOTH
def test_nobody_is_called_the_one_who_failed_while_it_is_disputed(lang):
    disputed = [row["incident"] for row in ROWS if row["failed_party"] == "disputed"]
    assert disputed == ["omigod-2021", "toolshell-2025"]
    said = texts(lang)["incident"]["failed"]
    for incident in disputed:
        heading = words.incident_title(incident, lang)
        assert said["disputed"]["title"] in heading
        assert [x for x in ("customer", "provider") if said[x]["title"] in heading] == []
        party = next(q for q in questions_about(incident, lang) if q.key in FAILED)
        assert party.key == "disputed"
        assert {"customer", "provider"} < {option.key for option in party.options}


def test_every_incident_lies_in_cells_that_ship():
    for row in ROWS:
        areas, columns = row["areas"].split(), row["columns"].split()
        assert row["failed_party"] in FAILED, row["incident"]
        assert columns, row["incident"]
        for column in columns:
            assert [c for m, _, c in CELLS if (m, c) == (row["matrix"], column)], (row["incident"], column)
            for area in areas:
                assert (row["matrix"], area, column) in CELLS, (row["incident"], area)
    assert {row["incident"] for row in ROWS if not row["areas"]} == {"unisuper-2024", "azure-central-us-2024"}


def test_a_column_is_one_of_the_service_models_where_the_matrix_has_them():
    models = {"on-premises", "iaas", "paas", "saas"}
    for row in ROWS:
        columns, known = set(row["columns"].split()), set(row["service_models"].split())
        assert known <= models
        if known and columns <= models:
            assert columns <= known, row["incident"]


@BOTH
def test_every_field_is_filled_in_both_languages_and_says_something_of_its_own(lang):
    names = [name for name in ROWS[0] if name.endswith(f"_{lang}") and not name.startswith("dispute")]
    for row in ROWS:
        assert [name for name in names if not row[name]] == [], row["incident"]
        assert bool(row["dispute_en"]) == bool(row["dispute_nl"])
        sentences = [row[f"{x}_{lang}"] for x in ("story", "why", "dispute", "other_side", "question")]
        assert len(set(filter(None, sentences))) == 5 - (not row["dispute_en"])
        assert all(sentence[-1] in ".?" for sentence in sentences if sentence), row["incident"]
        assert not re.search(r"[<>*_`]", " ".join(sentences))
        assert row[f"question_{lang}"] not in row["story_en"]


def test_no_sentence_was_left_in_the_other_language():
    for row in ROWS:
        for name in ("story", "why", "dispute", "other_side", "question", "layer"):
            assert row[f"{name}_en"] != row[f"{name}_nl"] or not row[f"{name}_en"]
            assert not re.search(r"\b(the|and|with|which|from)\b", row[f"{name}_nl"]), row[f"{name}_nl"]
            assert not re.search(r"\b(de|het|een|voor|niet|wordt)\b", row[f"{name}_en"]), row[f"{name}_en"]


@BOTH
def test_no_story_gives_its_answer_away(lang):
    for incident in FACTS:
        i = as_incident(incident, lang)
        assert not re.search(TELLING[lang], f"{i.name} {i.story}", re.I), i.story
        for area in i.areas:
            assert area.label.casefold() not in i.story.casefold(), i.id
    assert re.search(
        TELLING[lang], " ".join(as_incident(x, lang).why for x in FACTS)
    )  # it would have found one


# The table and the dataclass


@BOTH
def test_the_table_has_a_row_an_incident_in_one_language(lang):
    frame = srm.load_incidents(lang)
    assert list(frame.index) == list(FACTS)
    assert not [name for name in frame if name.endswith(("_en", "_nl"))]
    assert frame["year"].dtype.kind == "i"
    assert (
        frame.loc["ovh-fire-2021", "name"]
        == {
            "en": "OVHcloud Strasbourg fire",
            "nl": "Brand bij OVHcloud in Straatsburg",
        }[lang]
    )
    for name in frame:
        assert f"\n        {name}: " in inspect.getdoc(srm.load_incidents)


@pytest.mark.parametrize("name", ["storm-0558-2023", "Storm-0558", " STORM-0558 "])
def test_an_incident_is_found_by_id_and_by_name(name):
    i = as_incident(name, "nl")
    assert (i.id, i.matrix.id, [c.id for c in i.columns]) == ("storm-0558-2023", "azure-classic", ["saas"])
    assert [area.label for area in i.areas] == ["Inlog- en directory-infrastructuur"]
    assert i.answers == ("shared",)
    assert as_incident(i, "en").matrix.lang == "en"


@pytest.mark.parametrize("view", [words.incident, words.incident_title, tables.incident])
def test_an_unknown_incident_lists_those_there_are_and_guesses(view):
    with pytest.raises(
        srm.UnknownNameError, match=r"'chaosdbb'\. Did you mean 'chaosdb-2021'\? .*unisuper-2024"
    ):
        view("chaosdbb", lang="en")


def test_answers_follow_the_cells_of_the_matrix():
    for row in ROWS:
        i = as_incident(row["incident"], "en")
        expected = [
            CELLS[row["matrix"], area, column]
            for area in row["areas"].split()
            for column in row["columns"].split()
        ]
        assert list(i.answers) == list(dict.fromkeys(expected)), i.id
        assert sum(i.holds(area, column) for area, column, _ in i.matrix.walk()) == len(expected)


# Words and table say the same


@BOTH
@pytest.mark.parametrize("incident", FACTS)
def test_the_sentence_says_what_failed_who_and_what_is_disputed(incident, lang):
    i: Incident = as_incident(incident, lang)
    sentence, title = words.incident(incident, lang), words.incident_title(incident, lang)
    failed = texts(lang)["incident"]["failed"][i.failed_party]
    for part in (i.name, str(i.year), i.layer, i.matrix.short, *(a.label for a in i.areas), i.dispute):
        assert part in sentence
    assert failed["say"].format(provider=i.provider) in sentence
    assert title.startswith(f"{i.name}: {failed['title']}")
    for party in i.answers:
        assert texts(lang)["party"][party]["word"] in title
        assert texts(lang)["party"][party]["word"] in sentence
    if not i.areas:
        assert texts(lang)["incident"]["row_none"] in title
    assert not re.search(r"[{}]|  |\.\.", sentence + title)


@BOTH
@pytest.mark.parametrize("incident", FACTS)
def test_the_table_lights_the_cells_of_the_incident_and_no_other(incident, lang):
    i = as_incident(incident, lang)
    page = html.fromstring(str(tables.incident(incident, lang)))
    grid, beside = page.xpath("//table")
    lit = [
        (row.xpath("string(th)"), column)
        for row in grid.xpath("./tbody/tr")
        for column, cell in enumerate(row.xpath("./td"))
        if "k" in (classes := cell.get("class", "").split()) and "dim" not in classes
    ]
    columns = [n for n, column in enumerate(i.matrix.columns) if column in i.columns]
    assert lit == [(area.label, n) for area in i.matrix.areas if area in i.areas for n in columns]
    assert len(grid.xpath(".//th[@class='lit']")) == len(columns)
    empty = [
        n
        for row in grid.xpath("./tbody/tr")
        for n, td in enumerate(row.xpath("./td"))
        if td.xpath("div[@class='empty']")
    ]
    assert empty == ([] if i.areas else columns)

    failed = ["customer", "provider"] if i.failed_party == "both" else [i.failed_party]
    told = [td.text_content().strip() for td in beside.xpath(".//td")]
    said = texts(lang)
    expected = [
        said["party"][x]["letter"] + said["party"][x]["label"] if x in said["party"]
        else said["incident"]["failed"][x]["label"]
        for x in [*failed, *i.answers]
    ]  # fmt: skip
    assert told == (expected if i.areas else [*expected, said["label"]["no_row"]])

    text = " ".join(page.text_content().split())
    for part in (i.why, i.other_side, i.question, words.incident(i, lang), words.incident_title(i, lang)):
        assert part in text
    assert (said["incident"]["ours"] in text) == (i.other_side_basis == "reading")
    assert [a.get("href") for a in page.xpath("//a")] == [i.source_url]
