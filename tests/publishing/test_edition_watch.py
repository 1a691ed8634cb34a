"""What is said of a newer copy of a source page, and what it would touch."""

import hashlib

import pytest

from srm_data import __main__ as command
from srm_data.core.vocabulary import LANGUAGES
from srm_data.files.paths import CHECKOUT, DATA
from srm_data.publishing.edition_watch import watch_page
from tests.readers.test_newer_edition import AZURE, PAGES


@pytest.fixture
def azure(tmp_path):
    def watch(old, new, lang="en"):
        assert old in AZURE
        file = tmp_path / "page.md"
        file.write_text(AZURE.replace(old, new), encoding="utf-8")
        return watch_page(file, lang)

    return watch


def test_a_page_that_is_the_same():
    assert watch_page(PAGES / "azure-2026-01-06.md", "en") == (
        0,
        [
            "azure-2026-01-06.md: azure-2026, edition May 2026 (table of January 2026)",
            "  The table is the same.",
        ],
    )


def test_a_page_without_a_table_is_told_what_is_needed():
    code, (line,) = watch_page(PAGES / "azure-2023-09.md", "en")
    assert code == 2
    assert line.startswith("azure-2023-09.md: no table on this page fits a matrix of the kit. Needed is ")
    assert "azure-2026, azure-ai-agent, cosai, aws-rds" in line


def test_a_changed_cell_and_all_that_it_touches(azure):
    code, lines = azure(
        "| Operating system | Customer | Customer | Microsoft",
        "| Operating system | Customer | Customer | Shared",
    )
    assert code == 1
    assert "  Operating system × PaaS: provider → shared" in lines
    assert "  Questions whose key would change:" in lines
    assert any(line.endswith(": Stop doing → Now shared") for line in lines)  # the key of a move
    (used,) = [line for line in lines if line.startswith("  Lessons")]
    names = used.partition(": ")[2].split(", ")
    assert {"03_what_if", "your_workload"} <= {*names}  # the second only names it
    assert "08_real_services" not in names
    (shown,) = [line for line in lines if line.startswith("  Figures")]
    names = shown.partition(": ")[2].split(", ")
    assert {"azure-2026-matrix", "azure-2026-editions-azure-classic", "azure-2026-topic-data"} <= {*names}
    assert all((CHECKOUT / "figures" / "en" / f"{name}.svg").is_file() for name in names)
    assert "azure-classic-incident-storm-0558-2023" not in names


def test_ibm_changed_two_keys_after_2020():
    code, lines = watch_page(PAGES / "ibm-2020-06.md", "en")
    begin = lines.index("  Questions whose key would change:")
    assert code == 1
    assert lines[begin + 1 : begin + 3] == [
        "    ibm-bucket-open: Shared → Provider",
        "    ibm-bare-metal-access: Shared → Provider",
    ]
    assert "  Virtual storage × Disaster recovery: provider → shared" in lines
    # The table of hybrid: one lesson only asks about it, another names it.
    assert lines[-2] == "  Lessons that use this matrix: 04_shared_means_two_parts, 08_third_parties"
    source = "ibm-cloud-docs/overview:shared-responsibility.md"
    assert f"  There is no table of this matrix on the page. Its source is {source}." in lines


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("| Client devices |", "| Endpoints |", "In the place of 'Client devices' stands 'Endpoints': "),
        ("| Applications | Customer | Customer | Shared | Shared |\n", "", "Row gone: Applications"),
        ("| Applications |", "| Agents | Both | Both | Both | Both |\n| Applications |", "New row: Agents"),
        ("| PaaS |", "| Containers |", "Column gone: PaaS"),
        ("| PaaS |", "| Containers |", "New column: Containers"),
        ("Applications | Customer", "Applications | It depends", "Applications × On-premises: 'It depends'"),
        ("### What stays", "A footnote.\n\n### What stays", "The text under the table changed"),
        ("| Responsibility area |", "| Area |", "No cell changed, but the table has other words"),
    ],
)  # fmt: skip
def test_whatever_else_is_different_is_said(azure, old, new, says):
    code, lines = azure(old, new)
    assert code == 1
    assert any(line.startswith(f"  {says}") for line in lines)
    assert "  The table is the same." not in lines


def test_questions_about_a_row_that_is_gone_are_named(azure):
    _, lines = azure("| Operating system | Customer | Customer | Microsoft | Microsoft |\n", "")
    (line,) = [line for line in lines if line.startswith("  Questions about a row or column that is gone: ")]
    assert len(line.partition(": ")[2].split(", ")) > 1


def test_dutch(azure):
    _, lines = azure(
        "| Operating system | Customer | Customer | Microsoft",
        "| Operating system | Customer | Customer | Shared",
        "nl",
    )
    assert "  Besturingssysteem × PaaS: leverancier → gedeeld" in lines
    assert "editie mei 2026 (tabel van januari 2026)" in lines[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_text_of_a_page_stays_text(azure, lang):
    _, lines = azure("| Client devices |", "| {0.__class__} {file} \x1b[31m<b>x</b> |", lang)
    (line,) = [line for line in lines if "__class__" in line]
    assert "{0.__class__} {file} \ufffd[31mx" in line


def test_the_command_writes_nothing_and_its_code_is_the_worst(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = {file: hashlib.sha256(file.read_bytes()).digest() for file in DATA.iterdir() if file.is_file()}
    same, older, none = (
        str(PAGES / f"{name}.md") for name in ("azure-2026-01-12", "ibm-2020-06", "azure-2023-09")
    )
    assert command.main(["watch", same]) == 0
    assert command.main(["watch", older, same]) == 1
    assert command.main(["watch", same, none, older]) == 2
    assert command.main(["watch", "none.md", same, "--lang", "nl"]) == 2
    told = capsys.readouterr()
    assert "none.md is nog geen pagina met een tabel" in told.err
    assert told.out.endswith(
        "azure-2026, editie mei 2026 (tabel van januari 2026)\n  De tabel is dezelfde.\n"
    )
    assert [*tmp_path.iterdir()] == []
    assert before == {
        file: hashlib.sha256(file.read_bytes()).digest() for file in DATA.iterdir() if file.is_file()
    }
