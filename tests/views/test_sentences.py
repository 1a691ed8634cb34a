"""The sentences: what they say, in both languages, about every matrix."""

import re
from itertools import combinations_with_replacement

import pytest

import srm_data as srm
from srm_data.core.dataset import table_frame
from srm_data.core.frames import as_matrix
from srm_data.core.vocabulary import LANGUAGES
from srm_data.views import sentences

MATRICES = sorted(table_frame("matrices")["matrix"])
EACH = pytest.mark.parametrize("matrix", MATRICES)
SPOKEN = pytest.mark.parametrize("lang", LANGUAGES)


def said(matrix, lang):
    """Every sentence and title about one matrix."""
    m = as_matrix(matrix, lang)
    names = [column.label for column in m.columns]
    yield sentences.matrix(matrix, lang)
    yield sentences.matrix_title(m)
    yield sentences.split_title(m)
    yield sentences.foot(m)
    for name in names:
        yield sentences.model(matrix, name, lang)
        yield sentences.model_title(m, name)
        for other in names:
            yield sentences.what_if(matrix, name, other, lang)
            yield sentences.what_if_title(m, name, other)


def test_a_column_in_words():
    assert sentences.model("azure-2026", "SaaS", "en") == (
        "With SaaS the customer alone is responsible for 3 of the 10 areas (Customer data, "
        "Configurations and settings, Identities and users) and shares 2 with Microsoft "
        "(Client devices, Applications). Microsoft is responsible for 5 (Network controls, "
        "Operating system, Physical hosts, Physical network, Physical datacenter)."
    )
    assert sentences.model("azure-2026", "On-premises", "nl") == (
        "Bij On-premises is de klant als enige verantwoordelijk voor alle 10 gebieden."
    )


def test_a_move_in_words():
    english = sentences.what_if("azure-2026", "IaaS", "PaaS", "en")
    assert english.startswith(
        "Going from IaaS to PaaS, the customer hands over 1 area (Operating system), shares 2 from now on "
        "(Applications, Network controls) and keeps 4 ("
    )
    assert english.endswith(
        "3 areas stay with the provider (Physical hosts, Physical network, Physical datacenter)."
    )
    dutch = sentences.what_if("azure-2026", "IaaS", "PaaS", "nl")
    assert dutch.startswith(
        "Van IaaS naar PaaS: de klant raakt 1 gebied kwijt (Besturingssysteem), gaat 2 delen ("
    )


NUMBERS = {
    "en": (r"(?P<n>\d+|no) cells? differs?", r"(?P<n>\d+) rows? in one only"),
    "nl": (
        r"(?P<n>\d+|geen) cel(?:len)? verschil(?:t|len)",
        r"(?P<n>\d+) rij(?:en)? maar in één",
    ),
}


@SPOKEN
def test_a_title_of_two_tables_counts_the_cells_that_differ_and_the_rows_that_stand_alone(lang):
    """ "2 cells differ" said nothing of the row that went and the row that came."""
    met = set()
    for before, after in combinations_with_replacement(MATRICES, 2):
        try:
            frame = srm.compare_matrices(before, after, lang)
        except ValueError:  # no column in common
            continue
        change = frame["change"].cat.codes  # same, changed, came, went
        alone = frame[change >= 2].drop_duplicates(["area_before", "area_after"])
        title = sentences.side_by_side_title(as_matrix(before, lang), as_matrix(after, lang))
        found = [re.search(pattern, title) for pattern in NUMBERS[lang]]
        counts = [int(m["n"]) if m and m["n"].isdecimal() else 0 for m in found]
        assert counts == [int((change == 1).sum()), len(alone)], title
        assert found[0], title
        met.add((min(counts[0], 2), min(counts[1], 2)))
    assert {(2, 2), (0, 0)} <= met


def test_the_way_back_brings_new_duties():
    assert sentences.what_if("azure-classic", "SaaS", "IaaS", "en").startswith(
        "Going from SaaS to IaaS, the customer takes on 4 areas (Identity and directory infrastructure, "
        "Applications, Network controls, Operating system) and keeps 3 ("
    )


def test_a_label_with_a_comma_stays_one_name():
    told = sentences.model("azure-ai", "SaaS (Copilot)", "en")
    assert "(User training and accountability; Usage policy, admin controls)" in told


def test_a_move_that_moves_nothing_says_so():
    assert (
        sentences.what_if("azure-2026", "IaaS", "IaaS", "en")
        == "IaaS to IaaS is the same column: nothing moves."
    )
    assert "nothing moves" in sentences.what_if_title(as_matrix("azure-2026", "en"), "IaaS", "IaaS")


@pytest.mark.parametrize(
    ("matrix", "title"),
    [
        ("azure-2026", "3 of 10 areas stay with the customer in every column"),
        ("stack", "Who runs which layer: the stack is not the matrix"),
        ("aws-control-types", "The customer is responsible for 1 of 5 areas and shares 3"),
        ("aws-rds", "1 of 11 areas stays with the customer in every column"),
        ("nist-800-145", "No area stays with the customer in every column"),
    ],
)
def test_a_title_states_the_point(matrix, title):
    assert sentences.matrix_title(as_matrix(matrix, "en")) == title


def test_other_titles_state_theirs():
    m = as_matrix("azure-2026", "en")
    assert sentences.model_title(m, "SaaS") == "SaaS leaves the customer 3 of the 10 areas and shares 2"
    assert sentences.split_title(m) == "What the customer does alone: from 10 areas to 3"
    assert sentences.what_if_title(m, "IaaS", "PaaS") == "IaaS → PaaS: 1 handed over, 2 now shared, 4 kept"


@EACH
@SPOKEN
def test_every_sentence_is_whole(matrix, lang):
    for sentence in said(matrix, lang):
        assert not re.search(r"[{}]|None|\bnan\b|  |\(\)|,,| ,| \.|\.\.", sentence), sentence
        assert sentence[0].isupper() or sentence[0] in "“'" or not sentence[0].isalpha(), sentence


@EACH
def test_no_english_word_is_left_in_dutch(matrix):
    # Labels may be names in any language; the words around them may not.
    m = as_matrix(matrix, "nl")
    labels = sorted((x.label for x in (*m.areas, *m.columns)), key=len, reverse=True)
    for sentence in said(matrix, "nl"):
        for label in (m.source_title, m.title, *labels):
            sentence = sentence.replace(label, "")
        assert not re.search(r"\b(the|and|customer|shares|areas|stay|confidence)\b", sentence), sentence


@EACH
@SPOKEN
def test_the_numbers_in_a_sentence_are_those_of_the_matrix(matrix, lang):
    m = as_matrix(matrix, lang)
    for column in m.columns:
        counts = m.count(column)
        told = sentences.matrix(matrix, lang)
        assert sum(counts.values()) + len(m.held_by(column, None)) == len(m.areas)
        part = told.partition(f"{column.label}: ")[2].partition(";")[0].rstrip(".")
        assert [int(n) for n in re.findall(r"(?:^|, )(\d+) ", part)] == [n for n in counts.values() if n]


@EACH
def test_groups_of_a_move_hold_every_area_once(matrix):
    m = as_matrix(matrix, "en")
    for before in m.columns:
        for after in m.columns:
            groups = sentences.areas_by_change(m, before.id, after.id)
            placed = [area.id for areas in groups.values() for area in areas]
            assert sorted(placed) == sorted(area.id for area in m.areas)


def test_providers_are_called_by_name():
    assert "AWS" in sentences.model("aws-rds", "Amazon RDS", "en")
    assert "Red Hat" in sentences.model("rosa", "Change management", "en")
    assert "AWS" in sentences.model("rosa", "Change management", "en")


def test_the_foot_names_source_edition_and_confidence():
    assert sentences.foot(as_matrix("azure-2026", "en")) == (
        "Source: Shared responsibility in the cloud - Microsoft Azure, "
        "May 2026 (table of January 2026) · confidence high"
    )
    assert sentences.foot(as_matrix("isaca-2022", "nl")).endswith("zekerheid gemiddeld")


@pytest.mark.parametrize("call", [sentences.model, sentences.what_if])
def test_a_mistyped_column_is_guessed(call):
    with pytest.raises(srm.UnknownNameError, match="Did you mean 'SaaS'"):
        call("azure-2026", *["SaS"] * (2 if call is sentences.what_if else 1))
