"""No cell of a CSV of the kit is a formula, wherever a spreadsheet cuts; and its readers read it back."""

import ast
import csv
import io
import time
from pathlib import Path

import pandas as pd
import pypdf
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import srm_data as srm
from srm_data.files.inert_csv import as_csv, as_typed, inert
from srm_data.readers import csv_text
from srm_data.views.figures.picture import Picture

PACKAGE = Path(srm.__file__).parent
SIGNS = "=+-@＝＋－＠"
FORMULAS = [
    *(f"{sign}1+1" for sign in SIGNS),
    *(
        "=cmd|' /C calc'!A0",
        "\t=1",
        "\r=1",
        "\tx",
        "\rx",
        " =1",
        "\u00a0=1",
        "\ufeff=1",
        "'=1",
        "''=1",
        "' '=1",
    ),
    *("a;=1", "a;;=1", "a; =1", "a;'=1", "a\t=1", "a\n=1", "a\r\n=1", 'a"=1', '"=1"', '";=1', "a;\t\n=1"),
]
HARMLESS = [
    "",
    "a",
    "a=1",
    "on-premises",
    "1-2",
    "–",
    "'a",
    "a;b",
    "a; b - c",
    'say "no"',
    "x@y.nl",
    "’s",
    "a'=1",
]


def cuts(text):
    """Every cell that a spreadsheet could make of a CSV: whichever separator, quotes heeded or not."""
    for separator in ",;\t":
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting):
                for cell in row:
                    yield cell
                    yield cell.strip('"')


def is_formula(cell):
    return cell.lstrip(" \u00a0\u200b\ufeff\t\r\n").startswith(tuple(SIGNS))


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_is_a_formula_wherever_it_is_cut(cell):
    text = as_csv([["head", "other"], [cell, "x"], ["x", cell], [f"x;{cell}", f"{cell};{cell}"]])
    assert [found for found in cuts(text) if is_formula(found)] == []
    assert as_typed(inert(cell)) == cell


@pytest.mark.parametrize("cell", HARMLESS)
def test_what_is_no_formula_stays_as_it_is(cell):
    assert inert(cell) == cell


@given(st.text(st.sampled_from("=+-@;\t\n\r\"' a＝\u00a0")))
@example("' '=")
def test_every_text_comes_back(cell):
    assert as_typed(inert(cell)) == cell
    assert [found for found in cuts(as_csv([[cell]])) if is_formula(found)] == []


# Every writer


def test_nothing_writes_csv_by_itself():
    """A new writer goes through `as_csv`, or it is found here."""
    found = []
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in (
                "writer",
                "DictWriter",
                "to_csv",
                "writerow",
            ):
                found.append(file.name)
            if isinstance(node, ast.ImportFrom) and node.module == "csv":
                found.append(file.name)
    assert found == ["inert_csv.py"]
    scripts = [
        p for ending in ("js", "html") for p in PACKAGE.rglob(f"*.{ending}") if "vendor" not in p.parts
    ]
    assert scripts
    assert [path.name for path in scripts if "text/csv" in path.read_text("utf-8")] == []


@pytest.mark.parametrize("file", sorted((PACKAGE / "data").glob("*.csv")), ids=lambda file: file.stem)
def test_the_tables_that_the_site_offers_hold_no_formula(file):
    with file.open(encoding="utf-8", newline="") as text:
        assert [cell for row in csv.reader(text) for cell in row if inert(cell) != cell] == []


@pytest.mark.parametrize("cell", FORMULAS)
def test_the_table_of_a_figure_holds_no_formula(cell, tmp_path):
    picture = Picture()
    picture.rows = [["area", "rent"], [cell, "customer"]]
    picture.heading = picture.alt = "x"
    assert [found for found in cuts(picture.table()) if is_formula(found)] == []
    if cell != FORMULAS[0]:
        return  # one PDF shows that it is this table that goes along
    attached = pypdf.PdfReader(picture.write(tmp_path / "x.pdf")).attachments["table.csv"]
    assert attached == [picture.table().encode()]


def test_the_list_of_duties_holds_no_formula(tmp_path):
    drawn = [cell for cell in FORMULAS if not set(cell) & set("＝＋－＠\ufeff")]  # the picture has no others
    areas = list(dict.fromkeys(" ".join(cell.split()) for cell in drawn))
    matrix = pd.DataFrame({"rent": ["customer"] * len(areas)}, index=areas)
    plan = srm.Workload(matrix=matrix).add("db", service="x;=1", model="rent")
    srm.write_duties(plan, tmp_path, lang="en")
    text = (tmp_path / "duties.csv").read_bytes().decode("utf-8-sig")
    assert [found for found in cuts(text) if is_formula(found)] == []
    _, *rows = csv.reader(io.StringIO(text, newline=""))
    assert len(rows) == len(areas)
    assert [as_typed(row[1]) for row in rows] == ["x;=1"] * len(areas)


@pytest.mark.parametrize("name", ["a;=1", "a;=1;@x", 'say "=1"', "a;'=1"])
def test_a_workload_reads_back_as_it_was(name, tmp_path):
    plan = srm.Workload(matrix="azure-2026").add(name, service=name, model="PaaS")
    file = srm.write_workload(plan, tmp_path / "plan.csv")
    assert [found for found in cuts(file.read_text("utf-8")) if is_formula(found)] == []
    (component,) = srm.read_workload(file, "azure-2026").components
    assert (component.name, component.service) == (name, name)


def test_rows_read_back_as_they_were():
    cells = [" ".join(cell.split()) for cell in FORMULAS]
    text = as_csv([["area", "x"], *([f"a{n}", cell] for n, cell in enumerate(cells))])
    faults = []
    rows = csv_text.read_rows(text, faults, "area".__eq__, most=100, too_many="too_many_rows")
    assert [fields[1] for _, fields in rows[1:]] == [csv_text.clean(cell) for cell in cells]
    assert faults == []


@pytest.mark.parametrize("unit", [*SIGNS, ";", "\t", '"', "'", " ", ";' ", "\ufeff"])
def test_the_worst_cell_takes_its_length_and_no_more(unit):
    spent = []
    for n in (200_000, 800_000):
        start = time.process_time()
        as_typed(inert(unit * n))
        spent.append(time.process_time() - start)
    assert spent[1] < 16 * max(spent[0], 0.01), "four times the text takes about four times as long"
