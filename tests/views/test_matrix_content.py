"""The content of the views of a matrix: which rows belong together, against the table itself."""

import pytest

import srm_data as srm
from srm_data.core.frames import as_matrix
from srm_data.views import matrix_content


def by_label(sets, rows):
    """The names of the rows of each set, by its label without the count; the counts are checked here."""
    for group in sets:
        assert group.label.endswith(f"\xa0·\xa0{len(group.rows)}")
    return {group.label.partition("\xa0·")[0]: [rows[i] for i in group.rows] for group in sets}


@pytest.mark.parametrize("matrix", ["azure-2026", "aws-rds-custom", "gcp", "ibm-iaas", "rosa", "isaca-2022"])
def test_the_sets_of_a_matrix_are_what_its_rows_have_in_all_columns(matrix):
    frame = srm.load_matrix(matrix, "en")
    found = by_label(matrix_content.matrix(as_matrix(matrix, "en")).tables[0].sets, list(frame.index))
    names = {"customer": "Always the customer", "shared": "Always shared", "provider": "Always the provider"}
    expected: dict[str, list[str]] = {}
    for area, row in frame.iterrows():
        parties = set(row)
        expected.setdefault(names[parties.pop()] if len(parties) == 1 else "It depends", []).append(area)
    assert found == expected


@pytest.mark.parametrize("column", ["IaaS", "PaaS", "SaaS"])
def test_the_sets_of_a_column_are_its_parties(column):
    frame = srm.load_matrix("azure-2026", "en")
    table = matrix_content.model(as_matrix("azure-2026", "en"), column).tables[0]
    found = by_label(table.sets, list(frame.index))
    of = {"Customer": "customer", "Shared": "shared", "Provider": "provider"}
    for label, areas in found.items():
        assert areas == list(frame.index[frame[column] == of[label]])
    assert sum(map(len, found.values())) == len(frame)
    assert [group.claim for group in table.sets] == [group.party == "customer" for group in table.sets]


def test_a_column_that_leaves_the_customer_nothing_is_about_what_is_shared():
    table = matrix_content.matrix(as_matrix("cosai", "en")).tables[0]
    assert [(group.label, group.claim) for group in table.sets] == [
        ("Shared\xa0·\xa08", True),
        ("Provider\xa0·\xa04", False),
    ]


def test_rows_have_no_set_and_no_band_before_all_is_filled_in():
    m = as_matrix("azure-classic", "en")
    tables = [matrix_content.matrix(m, step).tables[0] for step in range(5)]
    tables += [matrix_content.model(m, "PaaS", step).tables[0] for step in (0, 1)]
    assert [bool(table.sets) for table in tables] == [False, False, False, False, True, False, True]
    assert [len(table.bands) for table in tables] == [0, 0, 0, 0, 3, 0, 3]


def test_two_editions_fall_into_what_differs_what_one_has_and_what_agrees():
    frame = srm.compare_matrices("azure-classic", "azure-2026", "en")
    rows = frame.drop_duplicates(["area_before", "area_after"])
    table = matrix_content.side_by_side(
        as_matrix("azure-classic", "en"), as_matrix("azure-2026", "en")
    ).tables[0]
    found = by_label(table.sets, [(row[0].text, row[1].text) for row in table.rows[1:]])
    changed = frame[frame["change"] == "changed"]
    assert found.pop("Different") == list(zip(changed["area_before"], changed["area_after"], strict=True))
    assert found.pop("Only in Azure, classic (2019-2025)") == [("Identity and directory infrastructure", "–")]
    assert found.pop("Only in Azure, January 2026") == [("–", "Configurations and settings")]
    assert len(found.pop("The same in both")) == len(rows) - 4
    assert found == {}
