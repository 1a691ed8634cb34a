"""What moving does, and what changed between editions."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import srm_data as srm
from srm_data.core.compare import place_duties
from srm_data.core.dataset import table_frame
from srm_data.core.frames import as_matrix
from srm_data.core.vocabulary import CHANGES, MOVES, PARTIES

MATRICES = sorted(table_frame("matrices")["matrix"])


def test_from_iaas_to_paas():
    frame = srm.compare("azure-2026", "IaaS", "PaaS", lang="en")
    assert [*frame.columns] == ["before", "after", "change"]
    assert frame["change"].to_dict() == {
        "Customer data": "still do",
        "Configurations and settings": "still do",
        "Identities and users": "still do",
        "Client devices": "still do",
        "Applications": "now shared",
        "Network controls": "now shared",
        "Operating system": "stop doing",
        "Physical hosts": "still theirs",
        "Physical network": "still theirs",
        "Physical datacenter": "still theirs",
    }
    assert [*frame["change"].cat.categories] == [*CHANGES]


def test_all_six_changes_in_one_table():
    pairs = [("C", "P"), ("P", "S"), ("S", "C"), ("S", "S"), ("C", "C"), ("P", "P"), ("C", None)]
    frame = pd.DataFrame(pairs, columns=["before", "after"], index=[f"area {i}" for i in range(7)])
    changes = srm.compare(frame, "before", "after", lang="en")["change"]
    assert changes.tolist()[:6] == [
        "stop doing",
        "now shared",
        "new duty",
        "still shared",
        "still do",
        "still theirs",
    ]
    assert changes.isna().tolist() == [False] * 6 + [True]


def test_dutch_changes():
    change = srm.compare("azure-2026", "IaaS", "PaaS", lang="nl")["change"]
    assert change["Besturingssysteem"] == "niet meer doen"
    assert change["Applicaties"] == "nu gedeeld"


@pytest.mark.parametrize("name", ["PaaS", "paas", " PAAS "])
def test_a_column_is_found_by_label_or_id_whatever_the_case(name):
    assert srm.compare("azure-2026", "iaas", name).equals(srm.compare("azure-2026", "IaaS", "PaaS"))


def test_a_mistyped_column_is_guessed():
    with pytest.raises(
        srm.UnknownNameError, match=r"'PasS'\. Did you mean 'PaaS'\? Choose from: On-premises, IaaS"
    ):
        srm.compare("azure-2026", "IaaS", "PasS")


def test_a_column_label_may_hold_any_sign():
    frame = pd.DataFrame({"a|b": ["C"], "{0}": ["S"]}, index=["x"])
    assert srm.compare(frame, "a|b", "{0}", lang="en")["change"].tolist() == ["now shared"]
    with pytest.raises(srm.UnknownNameError, match=r"Choose from: a\|b, \{0\}\."):
        srm.compare(frame, "a|b", "c", lang="en")


@st.composite
def own_frames(draw):
    size = draw(st.integers(1, 8)), draw(st.integers(1, 5))
    party = st.sampled_from([*PARTIES, None])
    values = [[draw(party) for _ in range(size[1])] for _ in range(size[0])]
    areas, columns = (
        [f"{word} {i}" for i in range(n)] for word, n in zip(("area", "model"), size, strict=True)
    )
    return pd.DataFrame(values, areas, columns, dtype=object)


@settings(max_examples=60, deadline=None)
@given(frame=own_frames(), data=st.data())
def test_comparing_holds_together(frame, data):
    a, b = (data.draw(st.sampled_from([*frame.columns])) for _ in "ab")
    there, back, same = (srm.compare(frame, x, y, lang="en") for x, y in ((a, b), (b, a), (a, a)))
    assert not same["change"].isin(MOVES).any()
    assert there["before"].equals(back["after"])
    assert there["after"].equals(back["before"])
    assert [*there.index] == [*frame.index]
    # A cell that does not apply has no change; every other has one.
    applies = there[["before", "after"]].notna().all(axis=1)
    assert there["change"].value_counts().sum() == applies.sum()
    assert there["change"].isin(MOVES).tolist() == back["change"].isin(MOVES).tolist()


@pytest.mark.parametrize("matrix", MATRICES)
def test_staying_moves_nothing(matrix):
    for column in srm.load_matrix(matrix).columns:
        assert not srm.compare(matrix, column, column, lang="en")["change"].isin(MOVES).any()


# Editions


def lines(before, after):
    frame = srm.compare_matrices(before, after, lang="en").astype(object)
    return frame.where(frame.notna(), None)


def test_what_changed_between_the_classic_figure_and_the_table_of_2026():
    frame = lines("azure-classic", "azure-2026")
    assert [*frame.columns] == ["topic", "area_before", "area_after", "column", "before", "after", "change"]
    changed = frame[frame["change"] == "changed"]
    assert changed[["area_before", "area_after", "column", "before", "after"]].to_numpy().tolist() == [
        ["Devices (mobile and PCs)", "Client devices", "SaaS", "customer", "shared"],
        ["Applications", "Applications", "SaaS", "provider", "shared"],
    ]
    assert set(frame.loc[frame["change"] == "went", "area_before"]) == {
        "Identity and directory infrastructure"
    }
    assert set(frame.loc[frame["change"] == "came", "area_after"]) == {"Configurations and settings"}
    assert frame["change"].value_counts().to_dict() == {"same": 34, "changed": 2, "went": 4, "came": 4}


def test_one_row_of_2016_became_two():
    frame = lines("azure-2016", "azure-classic")
    split = frame[frame["area_before"] == "Host infrastructure"]
    assert set(split["area_after"]) == {"Operating system", "Physical hosts"}
    assert len(split) == 8  # two rows, four columns
    iaas = split[split["column"] == "IaaS"].set_index("area_after")
    assert iaas["before"].tolist() == ["shared", "shared"]
    assert iaas["after"].to_dict() == {"Operating system": "customer", "Physical hosts": "provider"}


def test_an_edition_is_the_same_as_itself():
    for matrix in MATRICES:
        frame = lines(matrix, matrix)
        itself = frame[frame["area_before"] == frame["area_after"]]
        assert set(itself["change"]) == {"same"}
        assert not frame["change"].isin(["came", "went"]).any()


def test_the_other_way_round_came_and_went_change_places():
    there, back = lines("azure-classic", "azure-2026"), lines("azure-2026", "azure-classic")
    swapped = {"came": "went", "went": "came"}
    assert sorted(there["change"].map(lambda c: swapped.get(c, c))) == sorted(back["change"])


def test_an_edited_edition_against_the_shipped_one():
    mine = srm.load_matrix("azure-2026", lang="en")
    mine.loc["Customer data", "SaaS"] = "provider"
    frame = lines("azure-2026", mine)
    changed = frame[frame["change"] == "changed"]
    assert changed[["area_after", "column", "after"]].to_numpy().tolist() == [
        ["Customer data", "SaaS", "provider"]
    ]


def test_dutch_words_for_editions():
    frame = srm.compare_matrices("azure-classic", "azure-2026", lang="nl")
    assert set(frame["change"]) == {"gelijk", "veranderd", "erbij", "weg"}
    assert "Configuratie en instellingen" in set(frame["area_after"])


def test_matrices_without_a_common_column_are_told_apart():
    with pytest.raises(ValueError, match=r"have no column in common\. .*IaaS.*Incidents and operations"):
        srm.compare_matrices("azure-2026", "aro", lang="en")
    with pytest.raises(ValueError, match="hebben geen kolom gemeen"):
        srm.compare_matrices("azure-2026", "aro", lang="nl")


# The student page


def test_every_duty_of_the_page_finds_its_place():
    m = as_matrix("azure-2026", "en")
    duties = [*place_duties(m, "provider"), *place_duties(m, "customer")]
    placed = {duty.duty: [area.id for area in duty.areas] for duty in duties}
    assert len(placed) == 10
    assert placed["Physical security of the datacenters"] == ["physical-datacenter"]
    assert sum(len(areas) != 1 for areas in placed.values()) >= 3  # duties that straddle rows, or have none
