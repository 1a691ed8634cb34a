"""Taking DataFrames at their word, and matrices as they are."""

import pandas as pd
import pytest

import srm_data as srm
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
    with pytest.raises(ValueError, match="'Customer data' is in this DataFrame twice"):
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


# A matrix that was looked up already


def test_a_matrix_is_taken_as_it_is():
    m = as_matrix("azure-2026", "nl")
    assert as_matrix(m, "nl") is m
    own = as_matrix(by_hand(), "en")
    assert as_matrix(own, "en") is own


@pytest.mark.parametrize("matrix", ["azure-2026", "aws-eks", "stack"])
def test_a_matrix_in_another_language_is_the_shipped_one(matrix):
    assert as_matrix(as_matrix(matrix, "en"), "nl") == as_matrix(matrix, "nl")
    srm.use_language("nl")
    assert as_matrix(as_matrix(matrix, "en")) == as_matrix(matrix, "nl")


def test_a_part_of_a_matrix_with_a_changed_cell_stays_so_in_another_language(frame):
    part = frame.loc[["Operating system", "Applications"], ["SaaS", "IaaS"]]
    part.loc["Applications", "IaaS"] = "provider"
    assert as_matrix(as_matrix(part, "en"), "nl") == as_matrix(part, "nl")


def test_labels_that_somebody_wrote_stay_in_another_language():
    own = as_matrix(by_hand(), "en")
    dutch = as_matrix(own, "nl")
    assert (dutch.areas, dutch.columns, dutch.cells) == (own.areas, own.columns, own.cells)
    assert dutch.lang == "nl"
    frame = by_hand()
    frame.attrs["srm"] = {"name": "azure-2026"}  # as a file of that name would be called
    assert as_matrix(as_matrix(frame, "en"), "nl").areas == own.areas


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_view_takes_a_matrix_for_its_name(lang):
    names = ["azure-2026", "azure-classic"]
    m, other = (as_matrix(name, lang) for name in names)
    assert tables.model(m, "IaaS", lang) == tables.model("azure-2026", "IaaS", lang)
    assert sentences.what_if(m, "IaaS", "PaaS", lang) == sentences.what_if("azure-2026", "IaaS", "PaaS", lang)
    assert tables.topic("data", [m, other], lang) == tables.topic(
        "data", ["azure-2026", "azure-classic"], lang
    )
    assert (
        draw.side_by_side(other, m, "SaaS", lang).svg()
        == draw.side_by_side("azure-classic", "azure-2026", "SaaS", lang).svg()
    )
    assert srm.load_cells(m, lang).equals(srm.load_cells("azure-2026", lang))


def test_several_matrices_may_come_one_by_one():
    names = ["azure-2026", "gcp"]
    assert tables.topic("data", (name for name in names)) == tables.topic("data", names)
    assert draw.topic("data", (name for name in names)).svg() == draw.topic("data", names).svg()
    assert len(srm.explore(name for name in names).content["matrices"]) == len(names)
