"""Loading matrices, and taking DataFrames at their word."""

import inspect

import pandas as pd
import pytest

import srm_data as srm
from srm_data.core.dataset import datapackage
from srm_data.core.frames import as_matrix
from srm_data.core.party_spellings import parse_party
from srm_data.core.vocabulary import LANGUAGES
from srm_data.files import paths
from srm_data.views import sentences
from srm_data.views.figures import draw
from srm_data.views.html import tables


@pytest.fixture(autouse=True)
def english_again():
    yield
    srm.use_language("en")


@pytest.fixture
def frame():
    return srm.load_matrix("azure-2026", lang="en")


def by_hand():
    return pd.DataFrame({"IaaS": ["customer", "shared"], "SaaS": ["P", None]}, index=["Backup", "Building"])


# What is loaded


def test_the_matrix_of_the_issue(frame):
    assert frame.index.name == "area"
    assert [*frame.index] == [
        "Customer data",
        "Configurations and settings",
        "Identities and users",
        "Client devices",
        "Applications",
        "Network controls",
        "Operating system",
        "Physical hosts",
        "Physical network",
        "Physical datacenter",
    ]
    assert [*frame.columns] == ["On-premises", "IaaS", "PaaS", "SaaS"]
    assert (frame["IaaS"] < "provider").sum() == 7  # the categories are ordered


def test_dutch_labels_and_values():
    frame = srm.load_matrix("azure-2026", lang="nl")
    assert frame.loc["Besturingssysteem", "PaaS"] == "leverancier"
    assert [*frame["PaaS"].cat.categories] == ["klant", "gedeeld", "leverancier"]


def test_every_column_of_the_cells():
    cells = srm.load_cells("azure-2026", lang="en")
    assert [*cells.columns][:3] == ["area", "column", "party"]
    for name in ("customer_part", "provider_part", "source_title", "source_url", "edition", "confidence"):
        assert name in cells
    assert cells["disputed"].dtype == bool
    assert cells["party"].cat.ordered
    assert len(cells) == 40
    devices = cells.set_index(["area", "column"]).loc[("Client devices", "SaaS")]
    assert devices["edition"] == "January 2026"
    assert devices["source_url"].startswith("https://learn.microsoft.com/azure/")


def test_the_list_counts_each_matrix():
    listed = srm.list_matrices(lang="en")
    assert listed.index.name == "matrix"
    assert listed.loc["azure-classic", ["areas", "columns", "shared"]].tolist() == [10, 4, 4]
    assert listed.loc["gcp", "shared"] == 0
    assert listed.loc["stack", "kind"] == "management"
    assert listed.loc["azure-2026", "title"].startswith("Azure: who answers for what")
    assert srm.list_matrices(lang="nl").loc["azure-2026", "title"].startswith("Azure: wie staat waarvoor in")


@pytest.mark.parametrize(
    "call",
    [srm.load_matrix, srm.load_cells, srm.explore, srm.what_if, tables.matrix, sentences.matrix, draw.matrix],
)
def test_every_view_guesses_a_mistyped_matrix(call):
    with pytest.raises(srm.UnknownNameError, match="Did you mean 'azure-classic'"):
        call("azure-clasic")


@pytest.mark.parametrize("wrong", [5, None, ["azure-2026"]])
def test_what_is_no_matrix_is_said_to_be_none(wrong):
    with pytest.raises(TypeError, match="A matrix is an id such as"):
        tables.matrix(wrong)


def test_columns_are_told_by_the_metadata():
    for function, resource, names in (
        (srm.load_cells, "cells", ["party", "customer_part", "disputed", "parts_basis", "delegable"]),
        (srm.list_matrices, "matrices", ["kind", "provider", "confidence", "source_url"]),
    ):
        assert "{fields}" not in function.__doc__
        fields = next(r["schema"]["fields"] for r in datapackage()["resources"] if r["name"] == resource)
        told = {f["name"].removesuffix("_en"): f["description"].removesuffix(", in English") for f in fields}
        for name in names:
            assert f"\n        {name}: {told[name]}\n" in inspect.getdoc(function)


def test_every_column_of_a_table_stands_in_the_docstring():
    for function, frame in (
        (srm.load_cells, srm.load_cells("gcp")),
        (srm.list_matrices, srm.list_matrices()),
    ):
        missing = [name for name in frame.columns if f" {name}:" not in function.__doc__.replace(",", ":")]
        assert missing == []


# Edited by hand


def test_a_changed_value_shows_everywhere(frame):
    frame.loc["Operating system", "PaaS"] = "customer"
    change = srm.compare(frame, "IaaS", "PaaS", lang="en")["change"]
    assert change["Operating system"] == "still do"
    assert "Operating system" in sentences.model(frame, "PaaS").partition("Microsoft")[0]
    assert sentences.matrix(frame) != sentences.matrix("azure-2026")
    assert tables.model(frame, "PaaS").body != tables.model("azure-2026", "PaaS").body
    for view in (tables.matrix(frame).body, draw.matrix(frame).svg()):
        assert "changed by hand" in view
    assert "met de hand gewijzigd" in tables.matrix(frame, lang="nl").body


def test_an_unchanged_table_is_not_called_changed(frame):
    assert "changed by hand" not in tables.matrix(frame).body
    assert tables.matrix(frame).body == tables.matrix("azure-2026").body
    assert draw.matrix(frame).svg() == draw.matrix("azure-2026").svg()


def test_a_changed_cell_loses_its_parts_and_only_that_one(frame):
    before = srm.load_cells(frame, lang="en").set_index(["area", "column"])
    assert before.loc[("Client devices", "SaaS"), "customer_part"]
    frame.loc["Client devices", "SaaS"] = "provider"
    after = srm.load_cells(frame, lang="en").set_index(["area", "column"])
    assert after.loc[("Client devices", "SaaS"), ["party", "customer_part", "qualifier"]].tolist() == [
        "provider",
        "",
        "",
    ]
    rest = before.index != ("Client devices", "SaaS")
    assert after[rest].equals(before[rest])


def test_a_changed_cell_of_an_own_matrix_loses_its_parts_too():
    frame = srm.read_matrix(paths.DATA / "own-matrix.csv", lang="en")
    frame.loc["Backup", "School cloud"] = "provider"
    cells = srm.load_cells(frame, lang="en").set_index(["area", "column"])
    assert cells.loc[("Backup", "School cloud"), ["party", "customer_part"]].tolist() == ["provider", ""]
    assert "changed by hand" in tables.matrix(frame).body


def test_rows_and_columns_left_out_stay_out(frame):
    part = frame.loc[["Operating system", "Applications"], ["SaaS", "IaaS"]]
    m = as_matrix(part, "nl")
    assert [area.label for area in m.areas] == ["Besturingssysteem", "Applicaties"]
    assert [column.label for column in m.columns] == ["SaaS", "IaaS"]
    assert not m.edited
    assert srm.load_cells(part, lang="en").loc[0, "source_title"].startswith("Shared responsibility")
    assert tables.matrix(part).body.count('scope="row"') == 2


def test_a_renamed_area_speaks_for_itself(frame):
    renamed = frame.rename(index={"Operating system": "Windows"})
    m = as_matrix(renamed)
    assert "Windows" in [area.label for area in m.areas]
    assert m.source_title == ""  # nobody published this one
    assert srm.compare(renamed, "IaaS", "PaaS").loc["Windows", "change"] == "stop doing"
    assert "Windows" in draw.matrix(renamed).svg()


def test_an_added_column_is_taken(frame):
    frame["FaaS"] = frame["PaaS"]
    frame.loc["Applications", "FaaS"] = "customer"
    assert srm.compare(frame, "PaaS", "FaaS").loc["Applications", "change"] == "new duty"


def test_words_of_the_other_language_are_understood(frame):
    plain = frame.astype(object)
    plain.loc["Operating system", "PaaS"] = "gedeeld"
    plain.loc["Applications", "PaaS"] = "K"
    change = srm.compare(plain, "IaaS", "PaaS", lang="en")["change"]
    assert change["Operating system"] == "now shared"
    assert change["Applications"] == "still do"


def test_a_dutch_table_shows_in_english():
    dutch = srm.load_matrix("azure-2026", lang="nl")
    assert tables.matrix(dutch, lang="en").body == tables.matrix("azure-2026", lang="en").body


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_table_made_by_hand_is_taken(lang):
    m = as_matrix(by_hand(), lang)
    assert [m.cells[key].party for key in m.cells] == ["customer", "shared", "provider", None]
    assert sentences.foot(m) == {"en": "Own matrix: own matrix", "nl": "Eigen matrix: eigen matrix"}[lang]
    for view in (tables.matrix, sentences.matrix, draw.matrix, draw.split, srm.explore, srm.what_if):
        view(by_hand(), lang=lang)
    assert srm.compare(by_hand(), "IaaS", "SaaS", lang=lang)["change"].isna().tolist() == [False, True]


def test_numbers_may_be_labels():
    frame = pd.DataFrame({2025: ["C", "S"], 2026: ["S", "P"]}, index=[1, 2])
    assert srm.compare(frame, "2025", "2026", lang="en")["change"].tolist() == ["now shared", "stop doing"]


def test_an_index_may_have_become_a_column(frame):
    assert tables.matrix(frame.reset_index()).body == tables.matrix(frame).body


def test_a_value_that_is_no_party_lists_the_parties(frame):
    plain = frame.astype(object)
    plain.loc["Applications", "PaaS"] = "Microsof"
    with pytest.raises(
        srm.UnknownNameError, match=r"There is no party 'Microsof'.*customer, shared, provider, n/a"
    ):
        tables.matrix(plain)


@pytest.mark.parametrize(
    "change",
    [
        lambda frame: frame.copy(),
        lambda frame: frame.astype(object),
        lambda frame: frame.astype(str),
        lambda frame: frame.sort_index().loc[frame.index],
        lambda frame: pd.concat([frame.iloc[:4], frame.iloc[4:]]),
        lambda frame: frame.reindex(frame.index),
        lambda frame: frame.head(10),
    ],
    ids=["copy", "object", "str", "sort", "concat", "reindex", "head"],
)
def test_what_pandas_does_on_the_way_costs_nothing(frame, change):
    assert tables.model(change(frame), "SaaS").body == tables.model("azure-2026", "SaaS").body


def test_without_its_memory_a_table_still_shows(frame):
    frame.attrs.clear()
    assert "Own matrix" in tables.matrix(frame).body
    assert srm.compare(frame, "IaaS", "PaaS").equals(srm.compare("azure-2026", "IaaS", "PaaS"))


def test_rows_that_stand_twice_are_refused(frame):
    with pytest.raises(ValueError, match="'Customer data' stands twice in this DataFrame"):
        tables.matrix(pd.concat([frame, srm.load_matrix("azure-2026", lang="en")]))
    with pytest.raises(ValueError, match="'IaaS' staat twee keer"):
        tables.matrix(pd.concat([frame, frame["IaaS"]], axis=1), lang="nl")


@pytest.mark.parametrize("empty", [lambda f: f.iloc[:0], lambda f: f.iloc[:, :0]])
def test_an_empty_table_is_refused(frame, empty):
    with pytest.raises(ValueError, match="no areas or no columns"):
        draw.split(empty(frame))


def test_loading_again_brings_the_shipped_matrix_back(frame):
    frame.loc[:, "IaaS"] = "provider"
    assert srm.load_matrix("azure-2026", lang="en").loc["Applications", "IaaS"] == "customer"


@pytest.mark.parametrize("value", [None, float("nan"), pd.NA, pd.NaT])
def test_every_missing_value_is_not_applicable(value):
    assert parse_party(value) is None
