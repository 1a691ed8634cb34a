"""Walk every row of every table that ships: whole, in both languages, and what the sources say."""

import csv
import json
import re
import shutil
from collections import Counter

import pytest

import srm_data as srm
from srm_data.core.vocabulary import LANGUAGES, PARTIES
from srm_data.files.paths import DATA

# Every cell as transcribed from the sources, row by row, columns from on-premises to SaaS (or from most
# to least work for the customer): Customer, Shared, Provider. From the fact base, not from the CSV.
FACTS = {
    "azure-2026": "CCCC CCCC CCCC CCCS CCSS CCSP CCPP CPPP CPPP CPPP",
    "azure-classic": "CCCC CCCC CCCC CCSS CCSP CCSP CCPP CPPP CPPP CPPP",
    "azure-2016": "CCCC CCCS CCSS CCSP CSPP CSPP CPPP",
    "azure-ai": "CCC CCC CCS CCS CCS CCP CCP CSP CSP CPP CPP CPP CPP SPP",
    "azure-ai-agent": "CCC CCC CCC CCS CPP CSP PPP CCS CCS CCS CSS CSS CCC CSP CSS CSP CSP CSS CPP CCC",
    "azure-ai-agent-figure": "CCC CSP CSP CSS CSP SPP PPP",
    "stack": "CCCP CCCP CCPP CCPP CCPP CPPP CPPP CPPP CPPP",
    "aws-rds": "CCC CCP CCP CCP CCP CCP CCP CCP CPP CPP CPP",
    "aws-rds-custom": "CCCC CSSP CCCP CSSP CSPP CSPP CCPP CSPP PPPP PPPP PPPP",
    "aws-eks": "CCC CCC CCC CCC CCC CCC CCC CCC CCC CCC CCC CCP CCC CPP PPP PPP",
    "aws-eks-auto": "CC CC CP CP CP CP CP CP CP CP CP CP PP PP PP",
    "aws-ecs": "CCCC CCCC CCCC CCCC CCPP CCPP CCPP CPPP PPPP",
    "aws-lambda": "CC CC CP PP CC PP",
    "aws-lambda-runtime": "PP PS PC PC",
    "aws-control-types": "P S S S C",
    "gcp": "CCCC CCCC CCCC CCCP CCCP CCPP CCPP CCPP CCPP CCPP CPPP CPPP CPPP CPPP CPPP CPPP",
    "gcp-gke": "P P P P S P C C C",
    "ibm-iaas": "CCCCC CCCCC CCCCC SSSSS SSSSS SSSSS PPPPP PPSSP PPPPP PPPPP PPPPP",
    "ibm-hybrid": "CCCCC CCCCC CCCCC SSSSS SSSSS SSSSS PPPPP PPSSP PPPPP PPPPP CCCCC CCCCC",
    "ibm-managed": "CCCCC CCCCC PPPPS PPPPP PPPPP PPPPP PPPPP PPPPP PPPPP PPPPP PPPPP",
    "ibm-managed-on-customer": ("CCCCC CCCCC SSSSS SSSSS SSSSS SSSSS SSSSS PPPPP PPPPP PPPPP PPPPP PPPPP"),
    "ibm-software": "CCCCC CCCCC SSCCS SSCCS SSSSS SSSSS SSSSS PPPPP PPPPP PPPPP PPPPP PPPPP",
    "rosa": ("CCCCC CCCCC CCCCC PPPPP PSSSP SSSPP PSSPP SSSSS PPPPP PSPPP PSPPP PPPPP PPPPP PPPPP"),
    "aro": "CCCC CCCC CCCC PPPP PSSS SSSP PSSP SSSS PPPP PPPP PSPP PSPP PPPP PPPP",
    "managed-hsm": "P C C C C P C C C C C C C C S S",
    "oracle-autonomous": "P P P P P P C C",
    "nist-800-145": "PPP CPP CPP SPP CSP CCP CCS",
    "isaca-2022": "PPP PPP CCC CSS CCC CPP CPP CSP",
    "azure-aks": "P P P S S S P C S S C S C S S P C S C C S C C",
    "azure-vmware": "P P P P P P P P S P C C C C C C C C C C C P",
    "cosai": "S S S S S S S S P P P P",
    "ovhcloud": "CCP SSS CCC CCC CCC CCP PSP CSP SPP PPP",
    "gdpr": "C C C S S P S S C P C S S S S S",
}
TABLES = (
    "matrices", "areas", "columns", "cells", "notes", "topics", "crosswalk", "duties", "lessons",
    "objectives", "source_labels",
)  # fmt: skip
PARTS = [f"{side}_part_{lang}" for side in ("customer", "provider") for lang in LANGUAGES]


def rows(table):
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = {table: rows(table) for table in TABLES}
CELLS = ROWS["cells"]
SHARED = [cell for cell in CELLS if cell["party"] == "shared"]


def faults(pairs):
    """What a walk over all rows complains of; empty when the tables are right."""
    return [what for what, wrong in pairs if wrong]


# Whole


def test_all_matrices_ship():
    assert {row["matrix"] for row in ROWS["matrices"]} == set(FACTS)
    assert len(ROWS["matrices"]) == 33


def test_only_the_stack_is_about_management():
    assert [row["matrix"] for row in ROWS["matrices"] if row["kind"] == "management"] == ["stack"]


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("matrices", ["matrix"]),
        ("areas", ["matrix", "area"]),
        ("columns", ["matrix", "column"]),
        ("cells", ["matrix", "area", "column"]),
        ("notes", ["matrix", "order"]),
        ("topics", ["topic"]),
        ("crosswalk", ["matrix", "area", "topic"]),
        ("duties", ["duty"]),
        ("lessons", ["lesson"]),
        ("objectives", ["lesson", "order"]),
        ("source_labels", ["matrix", "kind", "label"]),
    ],
)
def test_no_row_stands_twice(table, key):
    seen = Counter(tuple(row[name] for name in key) for row in ROWS[table])
    assert faults((row, n > 1) for row, n in seen.items()) == []


@pytest.mark.parametrize("table", ["areas", "columns", "notes"])
def test_order_counts_from_one_and_is_the_order_of_the_file(table):
    for matrix in FACTS:
        order = [int(row["order"]) for row in ROWS[table] if row["matrix"] == matrix]
        assert order == list(range(1, len(order) + 1)), matrix


@pytest.mark.parametrize("matrix", FACTS)
def test_every_area_has_one_cell_in_every_column(matrix):
    areas = [row["area"] for row in ROWS["areas"] if row["matrix"] == matrix]
    columns = [row["column"] for row in ROWS["columns"] if row["matrix"] == matrix]
    cells = [(row["area"], row["column"]) for row in CELLS if row["matrix"] == matrix]
    assert sorted(cells) == sorted((area, column) for area in areas for column in columns)


def test_every_reference_leads_somewhere():
    matrices = set(FACTS)
    areas = {(row["matrix"], row["area"]) for row in ROWS["areas"]}
    topics = {row["topic"] for row in ROWS["topics"]}
    assert {row["matrix"] for table in ("areas", "columns", "notes") for row in ROWS[table]} <= matrices
    assert {(row["matrix"], row["area"]) for row in ROWS["crosswalk"]} <= areas
    assert {row["topic"] for row in ROWS["crosswalk"]} <= topics
    assert {topic for row in ROWS["duties"] for topic in row["topics"].split()} <= topics


# Why `python -m srm_data watch` cannot compare these. Whoever finds a table for one fills in its source_file.
NOT_WATCHED = {
    "a drawing, not text": {
        "azure-classic", "azure-2016", "azure-ai", "azure-ai-agent-figure", "aws-eks", "aws-eks-auto", "gcp",
    },
    "many copies of one figure, by many people": {"stack"},
    "running text or lists, from which we made the table": {
        "aws-ecs", "aws-lambda", "aws-control-types", "gcp-gke", "nist-800-145", "gdpr",
    },
    "a table with sentences in its cells, in a row for each mode": {"aws-lambda-runtime"},
    "a table with a row for each party, and all its tasks in one cell": {"azure-vmware"},
    "an AsciiDoc table; we saw no page of it in Markdown or HTML": {"rosa"},
    "three pages with many small tables, of which we took ten rows in our own words": {"ovhcloud"},
    "only an excerpt seen, not the page": {"oracle-autonomous", "isaca-2022"},
}  # fmt: skip


def test_every_matrix_says_where_its_table_is_or_why_it_has_none():
    told = {row["matrix"]: row for row in ROWS["matrices"] if row["source_file"]}
    not_told = [name for names in NOT_WATCHED.values() for name in sorted(names)]
    assert sorted([*told, *not_told]) == sorted(row["matrix"] for row in ROWS["matrices"])
    for row in ROWS["matrices"]:
        assert (
            bool(row["source_file"])
            == bool(row["source_fingerprint"])
            >= bool(row["source_note_fingerprint"])
        )
    assert len({row["source_fingerprint"] for row in told.values()}) == len(told)
    assert {row["matrix"] for row in ROWS["source_labels"]} <= told.keys()


def test_every_name_in_a_source_is_of_something_that_is_there():
    known = {("area", row["matrix"], row["area"]) for row in ROWS["areas"]}
    known |= {("column", row["matrix"], row["column"]) for row in ROWS["columns"]}
    known |= {("column", "azure-aks", "n/a")}  # the source has a column that this matrix leaves out
    named = [row for row in ROWS["source_labels"] if row["kind"] in ("area", "column")]
    assert faults((row, (row["kind"], row["matrix"], row["id"]) not in known) for row in named) == []
    for kind, ids in (("owner", {"provider", "customer", "n/a"}), ("word", {*PARTIES})):
        assert {row["id"] for row in ROWS["source_labels"] if row["kind"] == kind} <= ids
    labels = {(row["matrix"], row["area"]): row["label_en"] for row in ROWS["areas"]}
    once = Counter((row["matrix"], row["id"]) for row in named)
    same = [row for row in named if row["label"] == labels.get((row["matrix"], row["id"]))]
    # A name that the kit has too is written down only beside another name for the same row.
    assert faults((row, once[row["matrix"], row["id"]] == 1) for row in same) == []


def test_the_page_has_five_duties_on_each_side():
    assert Counter(row["side"] for row in ROWS["duties"]) == {"provider": 5, "customer": 5}


def test_an_earlier_edition_is_of_the_same_provider_and_has_an_earlier_date():
    known = {row["matrix"]: row for row in ROWS["matrices"]}
    pairs = [(row, known[row["earlier_edition"]]) for row in known.values() if row["earlier_edition"]]
    assert len(pairs) == 2
    for row, earlier in pairs:
        assert row["provider_en"] == earlier["provider_en"]
        assert earlier["edition_date"] < row["edition_date"]


def test_two_matrices_that_are_compared_name_each_other_and_have_other_providers():
    known = {row["matrix"]: row for row in ROWS["matrices"]}
    pairs = [(row, known[row["compared_with"]]) for row in known.values() if row["compared_with"]]
    assert len(pairs) == 2
    for row, other in pairs:
        assert other["compared_with"] == row["matrix"]
        assert row["provider_en"] != other["provider_en"]
        assert row["axis"] == other["axis"] == "service model"


def test_the_metadata_lists_every_source():
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    told = {(source["title"], source["path"]) for source in package["sources"]}
    assert told == {(row["source_title"], row["source_url"]) for row in ROWS["matrices"]}


# Both languages


@pytest.mark.parametrize("table", TABLES)
def test_both_languages_are_filled_or_neither(table):
    pairs = [name.removesuffix("_en") for name in ROWS[table][0] if name.endswith("_en")]
    assert pairs or table == "source_labels"  # which are those of the source
    assert (
        faults(
            ((name, row), bool(row[f"{name}_en"]) != bool(row[f"{name}_nl"]))
            for row in ROWS[table]
            for name in pairs
        )
        == []
    )


@pytest.mark.parametrize(
    ("ending", "foreign"),
    [("_nl", r"\b(the|and|with|which|from the)\b"), ("_en", r"\b(de|het|een|voor|niet|wordt)\b")],
)
def test_no_sentence_is_left_in_the_other_language(ending, foreign):
    assert (
        faults(
            (f"{table} {name}: {value}", re.search(foreign, value))
            for table in TABLES
            for row in ROWS[table]
            for name, value in row.items()
            if name.endswith(ending)
        )
        == []
    )


def test_labels_of_a_matrix_are_unique_in_each_language():
    # Labels are the index and the columns of a DataFrame, and what a learner types.
    for table in ("areas", "columns"):
        for lang in LANGUAGES:
            seen = Counter((row["matrix"], row[f"label_{lang}"].casefold()) for row in ROWS[table])
            assert faults((label, n > 1) for label, n in seen.items()) == []


def test_menu_names_are_short_and_unique():
    for lang in LANGUAGES:
        names = [row[f"short_{lang}"] for row in ROWS["matrices"]]
        assert len(set(names)) == len(names)
        assert faults((name, len(name) > 34) for name in names) == []


@pytest.mark.parametrize("matrix", FACTS)
def test_every_matrix_says_what_to_know_about_it(matrix):
    notes = [row for row in ROWS["notes"] if row["matrix"] == matrix]
    assert len(notes) >= 2
    for lang in LANGUAGES:
        assert faults((row, len(row[f"note_{lang}"]) < 30) for row in notes) == []


def test_no_stray_blanks():
    assert (
        faults(
            ((table, name, value), value != value.strip() or "  " in value)
            for table in TABLES
            for row in ROWS[table]
            for name, value in row.items()
        )
        == []
    )


# Shared cells


def test_no_shared_cell_is_lost():
    told = sum(cells.count("S") for cells in FACTS.values())
    assert len(SHARED) == told == 206


def test_every_shared_cell_says_who_does_what_in_both_languages():
    def where(cell, part):
        return f"{cell_name(cell)} {part}: {cell[part]}"

    assert (
        faults((where(cell, part), not 20 <= len(cell[part]) <= 220) for cell in SHARED for part in PARTS)
        == []
    )
    # It completes "the customer ...": a verb, lower case, without a full stop.
    verb = {"en": r"[a-z]+s,? ", "nl": r"[a-z]+,? "}
    assert (
        faults(
            (where(cell, part), not re.match(verb[part[-2:]], cell[part]) or cell[part].endswith("."))
            for cell in SHARED
            for part in PARTS
        )
        == []
    )
    for side in ("customer", "provider"):
        assert (
            faults(
                (where(c, f"{side}_part_nl"), c[f"{side}_part_en"] == c[f"{side}_part_nl"]) for c in SHARED
            )
            == []
        )
    for lang in LANGUAGES:
        assert (
            faults(
                (where(c, f"customer_part_{lang}"), c[f"customer_part_{lang}"] == c[f"provider_part_{lang}"])
                for c in SHARED
            )
            == []
        )


def cell_name(cell):
    return f"{cell['matrix']} {cell['area']} × {cell['column']}"


def test_who_does_the_work_and_who_is_accountable_are_told_together():
    """A party alone in a cell does a part of the work or is accountable for it; nobody else does both."""
    told = [cell for cell in CELLS if cell["does"] or cell["accountable"]]
    assert len(told) >= 20
    assert faults((cell_name(c), not (c["does"] and c["accountable"])) for c in told) == []
    for cell in told:
        others = {"customer", "provider"} - {cell["party"]}
        if cell["party"] != "shared":
            assert not {cell["does"], cell["accountable"]} <= {*others, "shared"}, cell_name(cell)
        else:
            assert cell["does"] == "shared" or cell["does"] != cell["accountable"], cell_name(cell)


def test_every_shared_cell_says_whose_reading_the_division_is_and_no_other_has_one():
    assert {cell["parts_basis"] for cell in SHARED} == {"source", "reading"}
    others = [cell for cell in CELLS if cell["party"] != "shared"]
    assert faults((cell, any(cell[name] for name in (*PARTS, "parts_basis"))) for cell in others) == []


#: Who divides the shared cells of a matrix: the source, for each of them, or we, where it says only "shared".
DIVIDED_BY = {
    "source": {
        "azure-2026", "aws-lambda-runtime", "aws-control-types", "gcp-gke", "rosa", "aro", "managed-hsm",
        "azure-vmware", "cosai", "ovhcloud", "gdpr",
    },
    "reading": {
        "azure-classic", "azure-2016", "azure-ai", "azure-ai-agent", "aws-rds-custom", "nist-800-145",
        "ibm-iaas", "ibm-hybrid", "ibm-managed", "ibm-managed-on-customer", "ibm-software",
    },
    "differs by row": {"azure-ai-agent-figure", "azure-aks", "isaca-2022"},
}  # fmt: skip


def test_the_parts_are_the_sources_where_the_source_tells_them():
    told = {}
    for matrix in {cell["matrix"] for cell in SHARED}:
        bases = {cell["parts_basis"] for cell in SHARED if cell["matrix"] == matrix}
        told.setdefault(min(bases) if len(bases) == 1 else "differs by row", set()).add(matrix)
    assert told == DIVIDED_BY


@pytest.mark.parametrize(
    ("lang", "ours", "theirs"),
    [
        ("en", r"parts given here are our interpretation", r"parts given here follow"),
        ("nl", r"verdeling die hier staat, is onze interpretatie", r"verdeling die hier staat, volgt"),
    ],
)
def test_a_note_about_the_parts_agrees_with_the_cells(lang, ours, theirs):
    told = {"reading": set(), "source": set()}
    for row in ROWS["notes"]:
        for basis, words in (("reading", ours), ("source", theirs)):
            if re.search(words, row[f"note_{lang}"]):
                told[basis].add(row["matrix"])
    assert told == {"reading": {"azure-classic", "azure-2016"}, "source": {"azure-2026", "rosa", "aro"}}
    assert all(matrices <= DIVIDED_BY[basis] for basis, matrices in told.items())


@pytest.mark.parametrize(
    ("lang", "moves"), [("en", "moves to the customer"), ("nl", "gaat dit gebied naar de klant")]
)
def test_only_what_is_the_providers_can_move_to_the_customer(lang, moves):
    moved = [cell for cell in CELLS if moves in cell[f"qualifier_{lang}"]]
    assert len(moved) == 3  # footnote 1 of ROSA
    assert {cell["party"] for cell in moved} == {"provider"}


@pytest.mark.parametrize(("lang", "word"), [("en", "upgrade"), ("nl", "upgrade")])
def test_a_note_that_gives_the_nodes_of_openshift_away_says_how_patches_come(lang, word):
    notes = [row[f"note_{lang}"] for row in ROWS["notes"] if "ROSA, ARO" in row[f"note_{lang}"]]
    assert len(notes) == 4
    assert [note for note in notes if word not in note] == []
    nodes = [(m, a) for m, a in (("rosa", "virtual-compute"), ("aro", "worker-nodes"))]
    changes = [c for c in CELLS if (c["matrix"], c["area"]) in nodes and c["column"] == "change-management"]
    assert [word in cell[f"qualifier_{lang}"] for cell in changes] == [True, True]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_patches_a_runtime_of_lambda_depends_on_its_mode(lang):
    runtime = [c for c in CELLS if (c["matrix"], c["area"]) == ("aws-lambda", "runtime-patches")]
    told = {cell["column"]: cell[f"qualifier_{lang}"] for cell in runtime}
    assert all(mode in told["managed-runtime"] for mode in ("Auto", "Function update", "Manual"))
    truths = rows("misconceptions")
    assert "Auto" in next(row[f"truth_{lang}"] for row in truths if row["misconception"] == "retired-runtime")


def test_a_table_of_management_counts_because_a_page_of_responsibility_repeats_it():
    """Amazon heads the columns of one table with "management", and of the other with "responsibility"."""
    for lang, other in (("en", "responsib"), ("nl", "verantwoordelijk")):
        for matrix, word in (("aws-rds", "management"), ("aws-eks-auto", "Managed by")):
            assert any(
                word in row[f"note_{lang}"] and other in row[f"note_{lang}"]
                for row in ROWS["notes"]
                if row["matrix"] == matrix
            ), matrix
    both = [
        {
            (cell["area"], cell["column"]): cell["party"]
            for cell in CELLS
            if cell["matrix"] == matrix and cell["column"] in ("ec2", "rds")
        }
        for matrix in ("aws-rds", "aws-rds-custom")
    ]
    assert both[0] == both[1]
    assert len(both[0]) == 22


def test_a_disputed_cell_says_what_the_dispute_is():
    assert faults((cell, cell["disputed"] == "true" and not cell["qualifier_en"]) for cell in CELLS) == []


# What the sources say


@pytest.mark.parametrize("matrix", FACTS)
def test_every_cell_is_what_the_source_says(matrix):
    letters = {"customer": "C", "shared": "S", "provider": "P"}
    frame = srm.load_matrix(matrix, lang="en")
    assert " ".join("".join(letters[value] for value in row) for row in frame.to_numpy()) == FACTS[matrix]


@pytest.mark.parametrize(
    ("matrix", "customer", "shared", "provider"),
    [
        ("azure-2026", 24, 4, 12),
        ("azure-classic", 23, 4, 13),  # exactly 4 of 40 are shared
        ("azure-2016", 14, 6, 8),
        ("azure-ai", 22, 6, 14),
        ("stack", 16, 0, 20),
        ("gcp", 34, 0, 30),  # Google shares no cell
        ("aws-rds", 20, 0, 13),
        ("rosa", 15, 15, 40),
        ("managed-hsm", 12, 2, 2),
    ],
)
def test_how_many_cells_each_party_has(matrix, customer, shared, provider):
    parties = srm.load_cells(matrix, lang="en")["party"].value_counts()
    assert parties[list(PARTIES)].tolist() == [customer, shared, provider]


def test_the_column_order_is_from_on_premises_to_saas():
    rank = {"on-premises": 0, "IaaS": 1, "PaaS": 2, "SaaS": 3}
    for matrix in FACTS:
        models = [row["model"] for row in ROWS["columns"] if row["matrix"] == matrix]
        ranks = [rank[model] for model in models if model]
        assert ranks == sorted(ranks), matrix
    assert [*srm.load_matrix("azure-classic", lang="en").columns] == ["On-premises", "IaaS", "PaaS", "SaaS"]
    assert [*srm.load_matrix("azure-ai", lang="en").columns] == [
        "IaaS (own model)",
        "PaaS (Azure AI)",
        "SaaS (Copilot)",
    ]


def test_along_the_service_models_work_only_goes_to_the_provider():
    along = [row["matrix"] for row in ROWS["matrices"] if row["axis"] == "service model"]
    assert len(along) == 10
    for matrix in along:
        for area in FACTS[matrix].split():
            assert [*area] == sorted(area, key="CSP".index), (matrix, area)


# Doubt survives


def test_disputed_cells_stay_disputed():
    disputed = {
        (matrix, row.area_id, row.column_id)
        for matrix in FACTS
        for row in srm.load_cells(matrix, lang="nl").query("disputed").itertuples()
    }
    assert {(matrix, column) for matrix, _, column in disputed if matrix == "gcp"} == {
        ("gcp", "saas"),
        ("gcp", "paas"),
    }
    assert disputed == {
        (cell["matrix"], cell["area"], cell["column"]) for cell in CELLS if cell["disputed"] == "true"
    }
    assert ("azure-2026", "client-devices", "saas") in disputed


def test_four_ai_cells_depend_on_the_model():
    cells = srm.load_cells("azure-ai", lang="en").set_index(["area", "column_id"])
    for area in (
        "Model accountability",
        "Model tuning",
        "Model design and implementation",
        "Model training data governance",
    ):
        assert cells.loc[(area, "paas"), "party"] == "provider"
        assert "model" in cells.loc[(area, "paas"), "qualifier"]


def test_providers_of_rosa_are_named_cell_by_cell():
    names = srm.load_cells("rosa", lang="en").query("provider != ''").groupby("provider").size()
    assert names.to_dict() == {"AWS": 10, "Red Hat": 45}


def test_an_operator_may_do_what_the_page_of_managed_hsm_says():
    # The rows that say "When delegated". Incident response has a mark at Microsoft and at the customer too.
    told = {
        "proxy-implementation": "customer", "proxy-operation": "customer", "external-hsm": "customer",
        "certificate-proxy-side": "customer", "latency": "customer", "proxy-logs": "customer",
        "incident-response": "shared",
    }  # fmt: skip
    may = [cell for cell in CELLS if cell["delegable"] == "true"]
    assert {cell["area"]: cell["party"] for cell in may} == told
    assert {cell["matrix"] for cell in may} == {"managed-hsm"}


def test_confidence_is_kept_cell_by_cell():
    gcp = srm.load_cells("gcp", lang="en")
    assert gcp["confidence"].value_counts().to_dict() == {"medium-high": 62, "low": 2}
    assert gcp.loc[gcp["confidence"] == "low", "disputed"].all()
    listed = srm.list_matrices(lang="en")["confidence"]
    assert (listed["azure-2026"], listed["isaca-2022"]) == ("high", "medium")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_qualifiers_reach_the_cells_in_both_languages(lang):
    told = {
        (cell["matrix"], cell["area"], cell["column"]): cell[f"qualifier_{lang}"]
        for cell in CELLS
        if cell[f"qualifier_{lang}"]
    }
    loaded = {
        (matrix, row.area_id, row.column_id): row.qualifier
        for matrix in FACTS
        for row in srm.load_cells(matrix, lang=lang).itertuples()
        if row.qualifier
    }
    assert loaded == told
    assert len(told) > 50


#: It leaves compressed files open, and says so at the end of the test.
LEAVES_FILES_OPEN = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@LEAVES_FILES_OPEN
def test_another_program_reads_the_same():
    # Frictionless checks types, constraints, primary and foreign keys by the metadata alone.
    from frictionless import Package

    report = Package(str(DATA / "datapackage.json")).validate()
    assert report.flatten(["title", "rowNumber", "fieldName", "note"]) == []
    assert report.valid
    assert len(report.tasks) >= 9


@LEAVES_FILES_OPEN
def test_the_other_program_would_have_noticed(tmp_path):
    from frictionless import Package

    shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
    cells = tmp_path / "cells.csv"
    text = cells.read_text(encoding="utf-8")
    cells.write_text(
        text.replace("azure-2026,customer-data,iaas,customer", "azure-2026,lost,iaas,both"), encoding="utf-8"
    )
    types = {row[0] for row in Package(str(tmp_path / "datapackage.json")).validate().flatten(["type"])}
    assert {"constraint-error", "foreign-key"} <= types
