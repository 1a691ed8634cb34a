"""Walk the question bank: whole, in both languages, and no key that disagrees with its matrix."""

import csv
import gzip
import re
import tomllib
from collections import Counter

import pytest

from srm_data.core import dataset, incidents, shipped
from srm_data.core.dataset import read_table, rows_by
from srm_data.core.vocabulary import FAILED, LANGUAGES, PARTIES, UnknownNameError
from srm_data.files.paths import DATA
from srm_data.learning import questions
from srm_data.learning.questions import KINDS, find_question, load_questions, misconception, question_bank
from tests.lessons import LESSONS, bet_cells, cells

BANK = {lang: question_bank(lang) for lang in LANGUAGES}
ENTRIES = {
    entry["id"]: entry
    for path in sorted((DATA / "questions").glob("*.toml"))
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["question"]
}
EXAMS = {"AZ-900", "SC-900", "CLF-C02", "CDL"}
#: What each guide holds. AZ-900 (20 July 2026): "describe the shared responsibility model", of Azure, and
#: IaaS, PaaS and SaaS. SC-900 (28 July 2026): the same model, of Azure. CLF-C02 (as read on 1 October 2026),
#: task 2.1: the model of AWS, and how it shifts with the service; IaaS, PaaS and SaaS are not in it. CDL
#: (12 August 2026), 1.2: benefits and trade-offs of IaaS, PaaS and SaaS, but no shared responsibility.
AZURE, SERVICE_MODELS = {"AZ-900", "SC-900"}, {"AZ-900", "SC-900", "CDL"}
HELD = {
    "azure-classic": AZURE, "azure-2026": AZURE, "nist-800-145": SERVICE_MODELS, "stack": SERVICE_MODELS,
    "aws-rds": {"CLF-C02"}, "aws-rds-custom": {"CLF-C02"}, "aws-eks": {"CLF-C02"}, "aws-lambda": {"CLF-C02"},
    "aws-control-types": {"CLF-C02"},
}  # fmt: skip
#: Questions about the model itself, which name no cloud: CLF-C02 asks them of AWS.
OF_EVERY_MODEL = {"what-the-model-does", "claim-without-column", "processor-flaw-two-parts"}
BOTH = pytest.mark.parametrize("lang", LANGUAGES)


def rows(table):
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CELLS = {(row["matrix"], row["area"], row["column"]): row["party"] for row in rows("cells")}
MATRICES = {row["matrix"] for row in rows("matrices")}


# Whole


def test_there_are_at_least_eighty_questions_and_ten_a_lesson():
    assert len(BANK["en"]) >= 80
    a_lesson = Counter(q.lesson for q in BANK["en"])
    assert set(a_lesson) == {int(path.stem) for path in (DATA / "questions").glob("*.toml")}
    assert set(a_lesson) >= {1, 2, 3, 4, 5, 6, 8}
    assert [lesson for lesson, n in a_lesson.items() if n < 10] == []


def test_ids_are_unique_and_readable():
    ids = [q.id for q in BANK["en"]]
    assert [name for name, n in Counter(ids).items() if n > 1] == []
    assert [name for name in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


def test_kinds_difficulties_and_exams_are_spread():
    kinds = Counter(q.kind for q in BANK["en"])
    assert set(kinds) == set(KINDS)
    assert min(kinds.values()) >= 8
    assert kinds["cell"] < len(BANK["en"]) * 2 / 3
    difficulties = Counter(q.difficulty for q in BANK["en"])
    assert set(difficulties) == {1, 2, 3}
    assert min(difficulties.values()) >= 10
    exams = Counter(exam for q in BANK["en"] for exam in q.exams)
    assert set(exams) == EXAMS
    assert min(exams[exam] for exam in EXAMS - {"CDL"}) >= 15
    assert exams["CDL"] >= 6  # its guide holds the service models only
    assert [q.id for q in BANK["en"] if len(set(q.exams)) != len(q.exams)] == []


def test_an_exam_stands_only_on_what_its_guide_holds():
    outside = {}
    for q in BANK["en"]:
        about = {q.matrix.id} if q.matrix else set()
        about |= {q.incident.matrix.id} if q.incident else set()
        about |= {f"baselines-{q.baseline}"} if q.baseline else set()
        held = set().union(*(HELD.get(source, set()) for source in about | set(q.sources)))
        held |= {"CLF-C02"} if q.id in OF_EVERY_MODEL else set()
        if wrong := set(q.exams) - held:
            outside[q.id] = wrong
    assert outside == {}
    # Google's, IBM's and Red Hat's tables, old editions, AI, laws and the baselines are in no guide.
    assert sum(not q.exams for q in BANK["en"]) >= 30


def test_no_answer_can_be_guessed_from_the_others():
    keys = Counter(q.key for q in BANK["en"] if q.kind == "cell")
    assert set(keys) == set(PARTIES)
    assert max(keys.values()) <= 0.55 * sum(keys.values())  # "always the customer" is no way to pass
    for kind in ("count", "baseline", "choice", "incident"):
        places = Counter([o.key for o in q.options].index(q.key) for q in BANK["en"] if q.kind == kind)
        assert len(places) >= 3, kind
        assert max(places.values()) <= sum(places.values()) / 2, kind


def test_both_languages_hold_the_same_questions():
    for en, nl in zip(*BANK.values(), strict=True):
        facts = [
            (q.id, q.kind, q.lesson, q.key, q.exams, q.repair, q.sources, [o.key for o in q.options])
            for q in (en, nl)
        ]
        assert facts[0] == facts[1]


# Each question


@BOTH
def test_every_key_is_among_the_answers_offered(lang):
    assert [q.id for q in BANK[lang] if q.key not in [option.key for option in q.options]] == []
    assert [q.id for q in BANK[lang] if not 3 <= len({option.label for option in q.options}) <= 4] == []


@BOTH
def test_every_answer_says_why(lang):
    lengths = {(q.id, o.key): len(o.feedback.strip()) for q in BANK[lang] for o in q.options}
    assert {where: n for where, n in lengths.items() if not 40 <= n <= 300} == {}
    for q in BANK[lang]:
        assert len({option.feedback for option in q.options}) == len(q.options), q.id


@BOTH
def test_every_question_has_a_stem_and_three_hints(lang):
    for q in BANK[lang]:
        assert 30 <= len(q.stem) <= 300, q.id
        assert len(set(q.hints)) == 3, q.id
        assert min(len(hint) for hint in q.hints) >= 15, q.id


def test_no_text_was_left_in_the_other_language():
    for en, nl in zip(*BANK.values(), strict=True):
        pairs = [(en.stem, nl.stem), *zip(en.hints, nl.hints, strict=True)]
        pairs += [(a.feedback, b.feedback) for a, b in zip(en.options, nl.options, strict=True)]
        if en.kind == "choice":
            pairs += [(a.label, b.label) for a, b in zip(en.options, nl.options, strict=True)]
        assert [one for one, other in pairs if one == other] == [], en.id


@BOTH
def test_neither_stem_nor_hint_says_the_answer(lang):
    # A party may be named as part of an area ("Customer data"), as somebody else ("another provider"), or
    # when another answer is named beside it.
    other_sense = {"en": r"an(?:other|y) provider", "nl": r"andere leverancier"}[lang]
    given_away = []
    for q in BANK[lang]:
        for text in (q.stem, *q.hints):
            plain = re.sub(other_sense, "", text.replace(q.area, "") if q.area else text, flags=re.IGNORECASE)
            named = [
                o.key
                for o in q.options
                if re.search(rf"\b{re.escape(o.label)}\b", plain, flags=re.IGNORECASE)
            ]
            if named == [q.key]:
                given_away.append((q.id, text))
    assert given_away == []


@BOTH
def test_a_second_answer_that_can_be_defended_is_right_everywhere_and_that_is_said(lang):
    """Microsoft does patch under Azure SQL Database: who knows that was told that it is not so."""
    several = [q for q in BANK[lang] if q.also]
    assert {q.id for q in several} >= {"patch-sql-database", "crowdstrike-layer", "azurescape-layer"}
    assert "provider" in find_question("patch-sql-database", lang).also
    words = {"en": "form itself|defend", "nl": "formulier zelf|verdedigen"}[lang]
    for q in several:
        assert set(q.also) <= {option.key for option in q.options} - {q.key}, q.id
        assert len(q.right) < len(q.options), q.id
        for key in q.also:
            assert q.accepts(key), q.id
            assert re.search(words, q.option(key).feedback), q.id


def test_each_row_that_is_accepted_for_an_incident_can_be_defended_by_the_data():
    """A second row must at least say of itself what failed: its parts under that column name it."""
    for name, row, said in (
        ("azurescape-layer", "applications", "under the code"),
        ("toyota-layer", "network-controls", "who may reach it"),
    ):
        q = find_question(name, "en")
        assert row in q.also
        cell = q.incident.matrix.cells[row, "paas"]
        assert said in f"{cell.customer_part} {cell.provider_part}"
    crowdstrike = find_question("crowdstrike-layer", "en")
    matrix, (column,) = crowdstrike.incident.matrix, crowdstrike.incident.columns
    rows = ("applications", "operating-system")
    assert {matrix.cells[row, column.id].party for row in rows} == {"customer"}


@BOTH
def test_no_stem_contradicts_its_key(lang):
    """Settings stay with the customer in SaaS, so the provider does not run "all, down to the buttons"."""
    q = find_question("count-alone-in-saas", lang)
    settings = next(a for a in q.matrix.areas if a.id == "configurations-and-settings")
    assert q.matrix.cell(settings, q.matrix.column("saas")).party == "customer"
    assert not re.search(r"\b(everything, down|buttons|alles, tot|knoppen)\b", q.stem)
    heading = find_question("isaca-identity-heading", lang).stem
    assert not re.search(r"\b(customer|provider|klant|leverancier)", heading), "the stem told the answer"


def test_a_repair_is_the_same_idea_elsewhere():
    by_id = {q.id: q for q in BANK["en"]}
    with_repair = [q for q in BANK["en"] if q.repair]
    assert len(with_repair) >= sum(q.kind == "cell" for q in BANK["en"])
    for q in with_repair:
        other = by_id[q.repair]
        assert other.id != q.id
        if q.matrix and other.matrix:
            assert (other.matrix.id, other.column) != (q.matrix.id, q.column), q.id


def test_a_misconception_lies_behind_wrong_answers_only():
    known = set(rows_by("misconceptions", "misconception"))
    used = set()
    for entry in ENTRIES.values():
        beliefs = entry.get("misconception", {})
        q = find_question(entry["id"], "en")
        assert set(beliefs) <= {o.key for o in q.options} - {q.key, *q.also}, entry["id"]
        used |= set(beliefs.values())
    assert used == known


@BOTH
def test_every_misconception_has_a_claim_and_a_truth(lang):
    for name in rows_by("misconceptions", "misconception"):
        claim, truth = misconception(name, lang)
        assert claim.endswith(".")
        assert truth.endswith(".")
        assert claim != truth


def test_every_choice_names_sources_that_ship():
    known = MATRICES | {row["incident"] for row in rows("incidents")}
    known |= {f"baselines-{row['version']}" for row in rows("baselines")}
    for entry in ENTRIES.values():
        if entry["kind"] == "choice":
            assert entry["sources"], entry["id"]
        assert set(entry.get("sources", ())) <= known, entry["id"]


def test_every_incident_is_played_and_every_piece_of_evidence_ships():
    laid = {row["incident"] for row in rows("incidents")}
    evidence = {name for row in rows("misconceptions") for name in row["evidence"].split()}
    used = evidence | {name for entry in ENTRIES.values() for name in entry.get("sources", ())}
    assert laid <= {entry["incident"] for entry in ENTRIES.values() if entry["kind"] == "incident"}
    used -= {f"baselines-{row['version']}" for row in rows("baselines")}
    assert used - laid - MATRICES <= {"comparisons"}  # several matrices beside each other


# Keys follow from the matrices


def key_from_baselines(entry):
    """A share in per cent, or the one answer, from the compressed CSV file."""
    with gzip.open(DATA / f"baselines-{entry['version']}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        found = [
            row
            for row in csv.DictReader(file)
            if all(row[name] == value for name, value in entry.get("where", {}).items())
        ]
    if "offer" in entry:
        there = [row["enabled_by_default"] == "true" for row in found if row["supported"] == "true"]
        return str(round(100 * sum(there) / len(there)))
    (row,) = found
    return row["responsibility"] or "n/a"


def key_from_csv(entry):
    """The key worked out anew, from the CSV file and the words of the definition."""
    if entry["kind"] == "baseline":
        return key_from_baselines(entry)
    if entry["kind"] == "count":
        return str(
            sum(
                (matrix, column, party) == (entry["matrix"], entry["column"], entry["party"])
                for (matrix, _, column), party in CELLS.items()
            )
        )
    if entry["kind"] == "incident":
        row = next(row for row in rows("incidents") if row["incident"] == entry["incident"])
        return {"layer": row["areas"] or "none", "party": row["failed_party"]}[entry["ask"]]
    if entry["kind"] == "cell":
        return CELLS[entry["matrix"], entry["area"], entry["column"]]
    old, new = (CELLS[entry["matrix"], entry["area"], entry[side]] for side in ("before", "after"))
    return {
        ("customer", "customer"): "still do",
        ("shared", "shared"): "still shared",
        ("provider", "provider"): "still theirs",
        ("customer", "provider"): "stop doing",
        ("shared", "provider"): "stop doing",
        ("customer", "shared"): "now shared",
        ("provider", "shared"): "now shared",
        ("shared", "customer"): "new duty",
        ("provider", "customer"): "new duty",
    }[old, new]


def test_no_key_disagrees_with_its_matrix():
    computed = {name: entry for name, entry in ENTRIES.items() if entry["kind"] != "choice"}
    assert len(computed) >= 60
    for name, entry in computed.items():
        assert "key" not in entry, f"{name}: the key follows from the matrix or the incident"
        for lang in LANGUAGES:
            assert find_question(name, lang).key == key_from_csv(entry), name


def test_questions_about_one_cell_or_move_do_not_ask_the_same_twice():
    asked = Counter(
        (
            e["kind"],
            e["matrix"],
            e.get("area"),
            e.get("column"),
            e.get("before"),
            e.get("after"),
            e.get("party"),
        )
        for e in ENTRIES.values()
        if e["kind"] in ("change", "count")
    )
    assert [what for what, n in asked.items() if n > 1] == []


@pytest.fixture
def change_cell(monkeypatch):
    """Give a cell another party, as if the CSV said so; everything read before is forgotten."""
    caches = (shipped.shipped_matrix, questions.question_bank, questions._made)

    def forget():
        for cache in caches:
            cache.cache_clear()

    def change(matrix, area, column, party):
        here = {"matrix": matrix, "area": area, "column": column}
        altered = [
            row | {"party": party} if here.items() <= row.items() else row for row in read_table("cells")
        ]
        assert sum(row not in read_table("cells") for row in altered) == 1
        tables = {"cells": altered}
        monkeypatch.setattr(dataset, "read_table", lambda table: tables.get(table) or read_table(table))
        forget()

    yield change
    monkeypatch.undo()
    forget()


def test_a_changed_cell_changes_the_key_of_a_question_about_it(change_cell):
    assert find_question("vm-os-update", "nl").key == "customer"
    change_cell("azure-classic", "operating-system", "iaas", "provider")
    for lang in LANGUAGES:
        q = find_question("vm-os-update", lang)
        assert q.key == "provider"
        assert q.option(q.key).feedback == ENTRIES["vm-os-update"]["feedback"]["provider"][lang]


@pytest.mark.parametrize("name", sorted(n for n, e in ENTRIES.items() if e["kind"] in ("change", "count")))
def test_a_changed_cell_changes_the_key_of_a_move_or_count(name, change_cell):
    entry, before = ENTRIES[name], find_question(name, "en").key
    area = entry.get("area") or next(
        a for (m, a, c), p in CELLS.items() if (m, c) == (entry["matrix"], entry["column"])
    )
    column = entry.get("after") or entry["column"]
    now = CELLS[entry["matrix"], area, column]
    counted = entry.get("party", "")
    party = next(p for p in PARTIES if p != now and (not counted or counted in (p, now)))
    change_cell(entry["matrix"], area, column, party)
    assert find_question(name, "en").key != before


def test_what_the_other_questions_of_lesson_9_tell_of_the_baselines_is_so():
    """Keys in words: the numbers and answers in them, from the files."""
    with gzip.open(DATA / "baselines-v3.0.csv.gz", "rt", encoding="utf-8", newline="") as file:
        new = list(csv.DictReader(file))
    there = [row for row in new if row["supported"] == "true"]
    machine = [row for row in there if row["control_domain"] == "Endpoint Security"]
    assert len(machine) == 22
    assert {row["host_access"] for row in machine} == {"full"}  # endpoint-features: a
    ours = Counter(row["service"] for row in new if row["responsibility"] == "customer")
    assert (ours["Virtual Machines - Windows"], ours["Azure DDoS Protection"]) == (25, 2)  # count-ranks
    (row,) = (r for r in there if r["service"] == "Storage" and "Using Platform Keys" in r["feature"])
    assert (row["enabled_by_default"], row["responsibility"]) == ("true", "provider")  # column-responsibility
    patched = {"version": "v1.1", "where": {"service": "API Management", "control_id": "5.2"}}
    assert key_from_baselines(patched) == "customer"  # patch-api-management
    with gzip.open(DATA / "baselines-v1.1.csv.gz", "rt", encoding="utf-8", newline="") as file:
        backups = Counter(row["responsibility"] for row in csv.DictReader(file) if row["control_id"] == "9.1")
    assert backups == {"customer": 38, "": 20, "shared": 5, "provider": 1}  # backup-cosmos


def test_what_lesson_10_tells_of_who_does_it_and_who_is_accountable_is_so():
    """Keys in words, and what an answer counts: the letters in the cells, not only their party."""
    told = {(r["matrix"], r["area"], r["column"]): (r["does"], r["accountable"]) for r in rows("cells")}
    assert told["azure-ai-agent", "tool-permissions", "saas"] == ("shared", "customer")  # key c
    assert find_question("agent-rights-accountable", "en").key == "c"
    assert told["cosai", "content-filtering", "owner"] == ("customer", "provider")  # key b
    (cell,) = (r for r in rows("cells") if (r["matrix"], r["area"]) == ("cosai", "content-filtering"))
    assert cell["provider"] == "Model provider"
    assert find_question("cosai-filter-accountable", "en").key == "b"
    ready_made = Counter(p for (m, _, c), p in CELLS.items() if (m, c) == ("azure-ai-agent", "saas"))
    assert ready_made == {"customer": 5, "shared": 8, "provider": 7}  # agent-count-saas: five, and thirteen


# Incidents


def test_every_incident_asks_for_its_row_and_for_who_failed():
    for lang in LANGUAGES:
        for row in rows("incidents"):
            layer, party = questions.questions_about(row["incident"], lang)
            assert (ENTRIES[layer.id]["ask"], ENTRIES[party.id]["ask"]) == questions.ASKED
            assert layer.story == party.story == row[f"story_{lang}"]
            assert row[f"name_{lang}"] in layer.stem
            assert row[f"name_{lang}"] in party.stem
            assert layer.matrix.id == row["matrix"]
            assert party.matrix is None  # who failed stands in no matrix
            columns = [c.label for c in layer.matrix.columns if c.id in row["columns"].split()]
            assert layer.column == (columns[0] if len(columns) == 1 and layer.matrix.axis != "owner" else "")
            areas = {area.id for area in layer.matrix.areas}
            for option in layer.options:
                assert option.key == questions.NO_ROW or set(option.key.split()) <= areas
            assert {option.key for option in party.options} <= set(FAILED)


@BOTH
def test_a_question_about_an_incident_names_the_table_it_means(lang):
    """It is asked before a table is shown, so "this table" would point at nothing."""
    layers = [q for q in BANK[lang] if q.kind == "incident" and q.matrix]
    assert len(layers) > 10
    for q in layers:
        assert q.incident.matrix.short in q.stem
        assert not re.search(r"\b(this table|deze tabel)\b", q.stem)


def test_honest_answers_that_name_no_single_party_are_asked_for():
    keys = Counter(q.key for q in BANK["en"] if q.kind == "incident")
    for key in ("both", "third party", "disputed", "depends on model", questions.NO_ROW):
        assert keys[key] >= 1, key
    # None of them is right wherever it is offered: that would be a way to pass without reading.
    offered = Counter(o.key for q in BANK["en"] if q.kind == "incident" for o in q.options)
    for key in ("both", "third party", "disputed", "depends on model", questions.NO_ROW):
        assert offered[key] > keys[key], key


def test_a_repair_is_no_bet_of_a_lesson():
    """It would stand there answered, or tell a bet that is still to come."""
    asked = {q.id for path in LESSONS for cell in bet_cells(path) for group in cell.rounds for q in group}
    assert {q.id: q.repair for q in BANK["en"] if q.id in asked and q.repair in asked} == {}


def test_a_repair_does_not_tell_the_next_incident_of_the_lesson():
    code = " ".join(cells("en/11_incidents.ipynb", "code"))
    played = re.findall(r'play_incidents\("([\w-]+)"\)', code)
    assert len(played) >= 5
    for n, incident in enumerate(played):
        for q in questions.questions_about(incident, "en"):
            assert find_question(q.repair, "en").incident.id not in played[n + 1 :], q.id


def test_another_party_in_the_incident_is_another_key(monkeypatch):
    before = find_question("omigod-party", "en")
    assert before.key == "disputed"
    other = {"failed_party": "customer", "areas": "applications"}
    changed = [row | other if row["incident"] == "omigod-2021" else row for row in read_table("incidents")]
    monkeypatch.setattr(incidents, "read_table", lambda table: changed)
    incidents._shipped.cache_clear()
    try:
        keys = [questions._question(ENTRIES[name], "nl").key for name in ("omigod-layer", "omigod-party")]
    finally:
        monkeypatch.undo()
        incidents._shipped.cache_clear()
    assert keys == ["applications", "customer"]


# The reader


def test_the_bank_as_a_table():
    frame = load_questions("nl")
    assert len(frame) == len(BANK["nl"])
    row = frame.loc["vm-os-update"]
    assert row["key"] == "Klant"
    assert row["options"] == "Klant | Gedeeld | Leverancier"
    assert row["exams"] == "AZ-900, SC-900"
    assert (row["matrix"], row["area"], row["column"]) == ("azure-classic", "Besturingssysteem", "IaaS")
    assert set(load_questions("en", lesson=3)["lesson"]) == {3}


def test_an_unknown_question_or_answer_is_told_with_a_guess():
    with pytest.raises(UnknownNameError, match="Did you mean 'vm-os-update'"):
        find_question("vm-os-updat", "en")
    with pytest.raises(UnknownNameError, match="Choose from: customer, shared, provider"):
        find_question("vm-os-update", "en").option("nobody")


def test_the_keys_that_other_parties_would_change_are_told_beforehand():
    matrix = shipped.shipped_matrix("azure-classic", "en")
    assert questions.changed_keys(matrix) == {}
    told = questions.changed_keys(matrix.with_parties(dict.fromkeys(matrix.cells, "provider")))
    computed = {
        n: e for n, e in ENTRIES.items() if e.get("matrix") == "azure-classic" and e["kind"] != "choice"
    }
    assert {e["kind"] for e in computed.values()} == {"cell", "change", "count"}
    unmoved = ("provider", "still theirs", "0")
    still = {n for n in computed if find_question(n, "en").key in unmoved}
    assert {*told} == computed.keys() - still
    assert told["vm-os-update"] == ("Customer", "Provider")
    counts = [told[name][1] for name in told if computed[name]["kind"] == "count"]
    assert {*counts} <= {"0", "10"}
