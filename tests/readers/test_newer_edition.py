"""Newer copies of source pages beside the matrices that were made from them."""

from pathlib import Path

import pytest

from srm_data.readers.newer_edition import newer_editions
from srm_data.readers.page_tables import read_page

PAGES = Path(__file__).parents[1] / "fixtures" / "editions"
AZURE = (PAGES / "azure-2026-01-12.md").read_text(encoding="utf-8")


@pytest.fixture
def editions(tmp_path):
    def read(text):
        (tmp_path / "page.md").write_text(text, encoding="utf-8")
        return newer_editions(read_page(tmp_path / "page.md"), "en")

    return read


@pytest.fixture
def azure(editions):
    def read(old, new):
        assert old in AZURE
        (found,) = editions(AZURE.replace(old, new))
        assert found.matrix.id == "azure-2026"
        return found

    return read


@pytest.mark.parametrize("page", ["azure-2026-01-06.md", "azure-2026-01-12.md"])
def test_two_editions_of_january_2026_have_the_same_table(page):
    (found,) = newer_editions(read_page(PAGES / page), "nl")
    assert (found.same_table, found.same_note, found.changed_cells) == (True, True, {})
    assert len(found.parties) == 40
    assert found.changed_matrix is found.matrix


def test_the_page_of_2023_has_no_table():
    assert newer_editions(read_page(PAGES / "azure-2023-09.md"), "en") == []


def test_the_tables_of_ibm_are_told_apart_by_their_headings_or_their_rows(editions):
    text = (PAGES / "ibm-2026-06.md").read_text(encoding="utf-8")
    for page in (text, text.replace("\n## ", "\n## Part: ")):
        found = editions(page)
        assert [one.matrix.id for one in found] == [
            "ibm-iaas", "ibm-hybrid", "ibm-managed", "ibm-managed-on-customer", "ibm-software",
        ]  # fmt: skip
        assert [one.same_table for one in found] == [True] * 5
        assert [one.same_note for one in found] == [False] * 5  # the notes of the fixture are in own words


def test_the_heading_above_a_table_counts_before_its_rows(editions):
    text = (PAGES / "ibm-2026-06.md").read_text(encoding="utf-8")
    iaas = text[text.index("## Infra") : text.index("## IBM Hybrid")]
    (found, *_) = editions(iaas.replace("Infrastructure-as-a-service", "IBM Hybrid Cloud"))
    assert found.matrix.id == "ibm-hybrid"
    assert found.renamed == {"rack-network": "Physical network and devices"}
    assert found.gone == ["core-network"]


@pytest.mark.parametrize(
    "table",
    [
        "| Area | PaaS | SaaS |\n|-|-|-|\n| Customer data | Customer | Customer |\n",  # half of the columns
        "| Name | Price |\n|-|-|\n| Disk | 3 |\n",
        "| Area | On-premises | IaaS | PaaS | SaaS |\n|-|-|-|-|-|\n| Customer data | C | C | C | C |\n"
        "| Disk | C | C | C | C |\n| Rack | C | C | C | C |\n",  # a third of the rows
    ],
)
def test_a_table_about_something_else_fits_no_matrix(editions, table):
    assert editions(table) == []


def test_what_ibm_changed_between_2020_and_2026():
    found = {e.matrix.id: e for e in newer_editions(read_page(PAGES / "ibm-2020-06.md"), "en")}
    changed = {name: len(e.changed_cells) for name, e in found.items()}
    assert changed == {
        "ibm-iaas": 14, "ibm-managed": 3, "ibm-managed-on-customer": 12, "ibm-software": 12, "ibm-hybrid": 0,
    }  # fmt: skip
    assert found["ibm-hybrid"].tables == []  # that table came in 2024
    assert found["ibm-managed"].changed_cells == {
        (area, "disaster-recovery"): "shared" for area in ("servers", "virtual-storage", "virtual-network")
    }
    assert found["ibm-iaas"].changed_cells["physical-servers", "identity-access"] == "provider"


def test_a_cell_with_another_party(azure):
    found = azure(
        "| Network controls | Customer | Customer | Shared |", "| Network controls | You | Both | Shared |"
    )
    assert found.changed_cells == {("network-controls", "iaas"): "shared"}
    assert found.changed_matrix.cells["network-controls", "iaas"].party == "shared"
    assert not found.same_table


def test_a_cell_that_names_no_party(azure):
    found = azure("Applications | Customer", "Applications | It depends")
    assert found.unread == {("applications", "on-premises"): "It depends"}
    assert found.changed_cells == {}


def test_capitals_blanks_and_marks_make_no_difference(azure):
    assert azure("| Customer data | Customer |", "|  **CUSTOMER   data** |customer|").same_table


def test_another_order_is_no_changed_cell_but_not_the_same_table(azure):
    row = "| Physical network | Customer | Microsoft | Microsoft | Microsoft |\n"
    hosts = row.replace("network", "hosts")
    found = azure(hosts + row, row + hosts)
    assert (found.changed_cells, found.gone, found.new, found.same_table) == ({}, [], [], False)


def test_a_new_name_in_the_place_of_a_row_is_read_as_that_row(azure):
    found = azure("| Client devices | Customer ", "| Endpoints | Shared ")
    assert found.renamed == {"client-devices": "Endpoints"}
    assert found.changed_cells == {("client-devices", "on-premises"): "shared"}
    assert (found.gone, found.new) == ([], [])


def test_rows_that_came_and_went(azure):
    new = azure("| Applications |", "| Agents | Shared | Shared | Shared | Shared |\n| Applications |")
    assert (new.new, new.gone, new.renamed) == (["Agents"], [], {})
    gone = azure("| Applications | Customer | Customer | Shared | Shared |\n", "")
    assert (gone.new, gone.gone, gone.renamed) == ([], ["applications"], {})


def test_columns_that_came_and_went(azure):
    found = azure("| PaaS |", "| Containers |")
    assert (found.columns_gone, found.columns_new) == (["paas"], ["Containers"])
    assert len(found.parties) == 30


def test_a_text_under_the_table_that_was_not_there(azure):
    found = azure("### What stays", "A footnote.\n\n### What stays")
    assert (found.same_table, found.same_note) == (True, False)


def test_marks_in_a_column_for_each_party(editions):
    from srm_data.core.dataset import rows_where
    from srm_data.core.shipped import shipped_matrix

    called = {
        row["id"]: row["label"] for row in rows_where("source_labels", matrix="managed-hsm", kind="area")
    }
    marks = {
        "customer": "| Enforces | ✅ Owns | |",
        "provider": "| ✅ | |",
        "shared": "| ✅ A | ✅ B | ✅ C |",
    }
    matrix = shipped_matrix("managed-hsm", "en")
    page = "| Area | Microsoft | Customer | Designated operator |\n|-|-|-|-|\n"
    for area in matrix.areas:
        page += f"| {called.get(area.id, area.label)} {marks[matrix.cells[area.id, 'owner'].party]}\n"
    (found,) = editions(page)
    assert (len(found.parties), found.changed_cells, found.columns_new) == (16, {}, [])
    (found,) = editions(page.replace("| Incident response | ✅ A |", "| Incident response | |"))
    assert found.changed_cells == {("incident-response", "owner"): "customer"}


def test_words_in_a_column_for_each_party(editions):
    heads = (
        "| Component | AI Model Provider | Cloud/Platform Provider | Agentic Provider "
        "| Application Developer | End User/Organization |\n|-|-|-|-|-|-|\n"
    )
    first = (
        "| **Identity & Access Management** | Not Involved | **Responsible** | Support | Support "
        "| **Accountable** |\n"
    )
    last = "| AI Compute Infrastructure | Support | **Accountable** | Support | Support | Not Involved |\n"
    page = f"#### A\n{heads}{first}\n#### B\n{heads}{last}"
    (found,) = editions(page)
    assert (found.matrix.id, len(found.tables), found.columns_new) == ("cosai", 2, [])
    assert found.parties == {("identity-access", "owner"): "shared", ("ai-compute", "owner"): "provider"}
    (found,) = editions(page.replace("| **Responsible** |", "| Support |"))
    assert found.changed_cells == {("identity-access", "owner"): "customer"}


AKS = {"provider": "🟢 Microsoft", "shared": "🟣 Shared", "customer": "🔵 Customer ⚠️ Unsupported"}


@pytest.fixture
def aks():
    """A page with all rows of the source of azure-aks, under headings that stand in the table."""
    from srm_data.core.dataset import rows_where
    from srm_data.core.shipped import shipped_matrix

    cells = shipped_matrix("azure-aks", "en").cells
    page = "| Responsibility area | On-premises Kubernetes | AKS (Azure) |\n|-|-|-|\n"
    rows = rows_where("source_labels", matrix="azure-aks", kind="area")
    for n, row in enumerate(rows):
        page += f"| **Group {n}** | | |\n" if not n % 4 else ""
        page += f"| {row['label']} | 🔵 Customer | {AKS[str(cells[row['id'], 'owner'].party)]} |\n"
    return page


def test_a_matrix_may_put_rows_together_and_leave_a_column_out(editions, aks):
    (found,) = editions(aks)
    assert aks.count("🔵 Customer |") == 36
    assert (found.matrix.id, len(found.parties), found.changed_cells) == ("azure-aks", 23, {})
    assert (found.unread, found.gone, found.new, found.renamed) == ({}, [], [], {})
    assert (found.columns_gone, found.columns_new) == ([], [])


def test_of_rows_that_stand_together_one_may_change(editions, aks):
    row = "| kubelet and kube-proxy | 🔵 Customer | {} |"
    assert row.format(AKS["provider"]) in aks
    (found,) = editions(aks.replace(row.format(AKS["provider"]), row.format(AKS["shared"])))
    assert found.changed_cells == {("node-components", "owner"): "shared"}


def test_a_row_that_lost_its_party_is_no_heading(azure):
    found = azure("| Applications | Customer | Customer | Shared | Shared |", "| Applications | | | | |")
    assert [*found.changed_cells.values()] == [None] * 4
    assert (found.gone, found.new) == ([], [])


def test_letters_with_a_footnote_are_read_as_the_matrix_has_them(editions):
    page = (
        "| Responsibility area | IaaS agent | PaaS agent | SaaS agent |\n|-|-|-|-|\n"
        "| Identities and users | C | C | C |\n| Base model hosting and weights | C/M<sup>1</sup> | M | S |\n"
    )
    (found,) = editions(page)
    assert found.matrix.id == "azure-ai-agent"
    assert (found.changed_cells, found.unread) == ({("base-model", "saas"): "shared"}, {})
    assert len(found.gone) == 18


def test_of_two_tables_that_differ_the_news_counts(editions):
    rows = ("Scaling", "OS patching", "High availability", "Database backups")
    page = "| Feature | Amazon EC2 management | {} management |\n|-|-|-|\n"
    old, new = (
        page.format(name) + "".join(f"| {row} | {ec2} | {other} |\n" for row in rows) + "\n## Next\n"
        for name, ec2, other in (("Amazon RDS", "Customer", "AWS"), ("On-premises", "AWS", "Customer"))
    )
    for text in (old + new, new + old):
        (found,) = editions(text)
        assert {column for _, column in found.changed_cells} == {"ec2"}
        assert len(found.changed_cells) == 4


def test_a_new_name_in_two_tables_is_of_one_row(editions):
    rows = ("Application optimization", "Grow and shrink", "High availability", "Database backups")
    heads = ("Amazon EC2 management | Amazon RDS", "On-premises management | Amazon EC2")
    cells = "".join(f"| {row} | Both | Both |\n" for row in rows) + "\n## Next\n"
    (found,) = editions("".join(f"| Feature | {head} management |\n|-|-|-|\n{cells}" for head in heads))
    assert (found.renamed, found.new) == ({"scaling": "Grow and shrink"}, [])
    assert len(found.changed_cells) == 12
