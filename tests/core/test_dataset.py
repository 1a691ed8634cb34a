"""The tables as plain rows, and the same as a DataFrame."""

import pandas as pd
import pytest

from srm_data.core.dataset import datapackage, read_table, rows_by, rows_where, table_frame
from srm_data.files.paths import DATA

TABLES = sorted(path.name.partition(".csv")[0] for path in DATA.glob("*.csv*"))


@pytest.mark.parametrize("name", TABLES)
def test_every_value_is_the_text_that_pandas_reads(name):
    (file,) = DATA.glob(f"{name}.csv*")
    wanted = pd.read_csv(file, dtype=str, keep_default_na=False)
    assert [dict(row) for row in read_table(name)] == wanted.to_dict("records")
    pd.testing.assert_frame_equal(table_frame(name), wanted)


def test_every_table_of_the_metadata_can_be_read():
    resources = datapackage()["resources"]
    tables = [r for r in resources if str(r["path"]).endswith((".csv", ".csv.gz"))]
    assert len(tables) >= 15
    for table in tables:
        assert [*read_table(table["name"])[0]] == [field["name"] for field in table["schema"]["fields"]]


def test_rows_are_found_by_their_values():
    row = rows_by("incidents", "incident")["capital-one-2019"]
    assert rows_where("incidents", incident="capital-one-2019") == [row]
    assert rows_where("incidents", incident="capital-one-2019", matrix="gcp") == []
    assert rows_where("cells") == [*read_table("cells")]
    with pytest.raises(KeyError):
        rows_where("incidents", year_of_birth="2019")
