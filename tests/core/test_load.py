"""Loading the shipped matrices, their cells and the list of them."""

import inspect

import pytest

import srm_data as srm
from srm_data.core.dataset import datapackage
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
    assert devices["edition"] == "May 2026 (table of January 2026)"
    assert devices["source_url"].startswith("https://learn.microsoft.com/azure/")


def test_the_list_counts_each_matrix():
    listed = srm.list_matrices(lang="en")
    assert listed.index.name == "matrix"
    assert listed.loc["azure-classic", ["areas", "columns", "shared"]].tolist() == [10, 4, 4]
    assert listed.loc["gcp", "shared"] == 0
    assert listed.loc["stack", "kind"] == "management"
    assert listed.loc["azure-2026", "title"].startswith("Azure: who is responsible for what")
    dutch = srm.list_matrices(lang="nl")
    assert dutch.loc["azure-2026", "title"].startswith("Azure: wie is verantwoordelijk")


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
