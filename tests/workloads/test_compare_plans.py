"""Plan against plan: the scenarios checked by hand, and what holds for every pair of plans."""

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import srm_data as srm
from srm_data.core.dataset import table_frame
from srm_data.core.language import texts
from srm_data.core.shipped import shipped_matrix
from srm_data.core.vocabulary import CHANGES, LANGUAGES, MOVES, PARTIES, UnknownNameError
from srm_data.workloads import compare_plans
from tests.lessons import plain
from tests.workloads.test_workload import MODELS, workloads

AREAS = [area.id for area in shipped_matrix("azure-2026", "en").areas]
SCENARIOS = [*table_frame("scenarios")["scenario"]]

#: What each move does, area by area from customer data down to the datacenter, read from the table of
#: January 2026: x stop doing, s now shared, n new duty, S still shared, d still do, p still theirs.
HAND = {
    ("web-shop", "before", "a"): {
        "shop site": "ddddddd xxx",
        "order database": "ddddddd xxx",
        "product photos": "ddddddd xxx",
        "night jobs": "ddddddd xxx",
        "newsletter": "ddd SS ppppp",
        "backup server": "ddddddd xxx",
    },
    ("web-shop", "before", "b"): {
        "shop site": "dddd ss xxxx",
        "order database": "dddd ss xxxx",
        "product photos": "dddd ss xxxx",
        "night jobs": "dddd ss xxxx",
        "newsletter": "ddd SS ppppp",
        "backup server": "only before",
    },
    ("web-shop", "a", "b"): {
        "shop site": "dddd ss x ppp",
        "order database": "dddd ss x ppp",
        "product photos": "dddd ss x ppp",
        "night jobs": "dddd ss x ppp",
        "newsletter": "ddd SS ppppp",
        "backup server": "only before",
    },
    ("school-mail", "before", "a"): {
        "mail": "ddddddd xxx",
        "shared files": "ddddddd xxx",
        "accounts": "ddddddd xxx",
        "spam filter": "ddddddd xxx",
    },
    ("school-mail", "before", "b"): {
        "mail": "ddd ss xxxxx",
        "shared files": "ddd ss xxxxx",
        "accounts": "ddd ss xxxxx",
        "spam filter": "only before",
    },
    ("school-mail", "a", "b"): {
        "mail": "ddd ss xx ppp",
        "shared files": "ddd ss xx ppp",
        "accounts": "ddd ss xx ppp",
        "spam filter": "only before",
    },
    ("hospital-database", "before", "a"): {
        "results database": "ddddddd xxx",
        "results viewer": "ddddddd xxx",
        "laboratory robots": "dddddddddd",
        "monthly figures": "ddddddd xxx",
        "line to the cloud": "only after",
    },
    ("hospital-database", "before", "b"): {
        "results database": "dddd ss xxxx",
        "results viewer": "dddd ss xxxx",
        "laboratory robots": "dddddddddd",
        "monthly figures": "ddd ss xxxxx",
        "line to the cloud": "only after",
    },
    ("hospital-database", "a", "b"): {
        "results database": "dddd ss x ppp",
        "results viewer": "dddd ss x ppp",
        "laboratory robots": "dddddddddd",
        "monthly figures": "ddd ss xx ppp",
        "line to the cloud": "ddddddd ppp",
    },
    ("town-permits", "before", "a"): {
        "permit program": "dddd ss x ppp",
        "files and drawings": "dddd ss x ppp",
        "permit database": "dddd ss x ppp",
        "payments": "ddd SS ppppp",
    },
    ("town-permits", "before", "b"): {
        "permit program": "ddd ss xx ppp",
        "files and drawings": "ddd ss xx ppp",
        "permit database": "ddd ss xx ppp",
        "payments": "ddd SS ppppp",
    },
    ("town-permits", "a", "b"): {
        "permit program": "ddd s S x pppp",
        "files and drawings": "ddd s S x pppp",
        "permit database": "ddd s S x pppp",
        "payments": "ddd SS ppppp",
    },
    ("greenhouse", "before", "a"): {
        "measurements": "dddd nnn ppp",
        "readings database": "dddd nnn ppp",
        "alarm by phone": "dddd nnn ppp",
        "weather forecast": "ddd SS ppppp",
    },
    ("greenhouse", "before", "b"): {
        "measurements": "dddd nnn nnn",
        "readings database": "dddd nnn nnn",
        "alarm by phone": "ddd s S x pppp",
        "weather forecast": "ddd SS ppppp",
    },
    ("greenhouse", "a", "b"): {
        "measurements": "ddddddd nnn",
        "readings database": "ddddddd nnn",
        "alarm by phone": "ddd ss xx ppp",
        "weather forecast": "ddd SS ppppp",
    },
}
LETTERS = dict(
    zip(
        "xsnSdp",
        ("stop doing", "now shared", "new duty", "still shared", "still do", "still theirs"),
        strict=True,
    )
)


def scenario(name, *which, lang="en"):
    return [srm.load_scenario(name, plan, lang) for plan in which]


def test_every_pair_of_plans_is_checked_by_hand():
    assert {key[0] for key in HAND} == set(SCENARIOS)
    assert len(SCENARIOS) == 5
    assert len(HAND) == 15


@pytest.mark.parametrize("key", HAND, ids="/".join)
def test_the_difference_is_what_the_matrix_says(key):
    before, after = scenario(*key)
    frame = srm.compare_workloads(before, after, "en")
    found = {}
    for name, mine in frame.groupby("component", sort=False):
        if mine["model_before"].isna().all() or mine["model_after"].isna().all():
            found[name] = "only after" if mine["model_before"].isna().all() else "only before"
            assert mine["change"].isna().all()
        else:
            found[name] = mine["change"].astype(str).to_list()
    told = {
        name: said if said.startswith("only") else [LETTERS[letter] for letter in said.replace(" ", "")]
        for name, said in HAND[key].items()
    }
    assert found == told


@pytest.mark.parametrize("key", HAND, ids="/".join)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_table_and_picture_say_the_same_numbers(key, lang):
    before, after = scenario(*key, lang=lang)
    told = "".join(said for said in HAND[key].values() if not said.startswith("only")).replace(" ", "")
    sentence = srm.workload_words.difference(before, after, lang)
    table = srm.workload_tables.difference(before, after, lang).body
    assert plain(table).startswith(sentence)
    for letter, change in LETTERS.items():
        n = told.count(letter)
        head = f"{texts(lang)['change'][change]['label']} · {n} "
        assert (head in plain(table)) is (n > 0)
        assert re.search(rf"\b{n}\b", sentence) or not n
    only = [name for name, said in HAND[key].items() if said.startswith("only")]
    assert bool(only) is (texts(lang)["workload"]["only_before"].partition("{")[0] in sentence)


def test_what_moves_has_a_line_of_its_own_and_what_stays_shares_one():
    table = srm.workload_tables.difference(*scenario("web-shop", "before", "b"), "en").body
    lines = re.findall(r'<th scope="row" role="rowheader">([^<]*)</th><td class="k', table)
    assert lines == [
        "Operating system",
        "Physical hosts",
        "Physical network",
        "Physical datacenter",
        "Applications",
        "Network controls",
        "Client devices, Applications",
        "Customer data, Configurations and settings, Identities and users",
        "Client devices",
        "Network controls, Operating system, Physical hosts, Physical network, Physical datacenter",
    ]


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_scenario_is_whole_in_both_languages(name, lang):
    heads = srm.list_scenarios(lang)
    before, a, b = scenario(name, "before", "a", "b", lang=lang)
    assert [before.name, a.name, b.name] == heads.loc[name, ["before", "a", "b"]].to_list()
    assert heads.loc[name, "story"].endswith(".")
    for plan in (before, a, b):
        assert plan.unplaced() == []
        assert all(c.service for c in plan.components)
    # The same component has the same name and kind in every plan.
    kinds = {c.name: c.kind for c in before.components}
    for plan in (a, b):
        assert {c.name: c.kind for c in plan.components if c.name in kinds}.items() <= kinds.items()
        assert set(plan.by_name) & set(kinds)


def test_scenarios_differ_in_both_languages_only_by_their_words():
    for row in table_frame("scenario_components").to_dict("records"):
        assert all(row.values()), row
    for name in SCENARIOS:
        for plan in ("before", "a", "b"):
            english, dutch = (srm.load_scenario(name, plan, lang) for lang in LANGUAGES)
            assert [c.model for c in english.components] == [c.model for c in dutch.components]


def test_an_unknown_scenario_or_plan_is_answered():
    with pytest.raises(UnknownNameError, match="Did you mean 'web-shop'"):
        srm.load_scenario("webshop")
    with pytest.raises(UnknownNameError, match="before, a, b"):
        srm.load_scenario("web-shop", "c")


# For every pair of plans


@st.composite
def two_plans(draw):
    before = draw(workloads())
    after = before
    for component in before.components:
        action = draw(st.sampled_from(["stay", "move", "remove"]))
        if action == "move":
            after = after.move(component.name, draw(st.sampled_from(MODELS)))
        elif action == "remove":
            after = after.remove(component.name)
    return before, after


@given(workloads())
@settings(max_examples=60, deadline=None)
def test_a_difference_with_itself_is_empty(plan):
    found = compare_plans.difference(plan, plan, "en")
    assert [found.count(change) for change in MOVES] == [0, 0, 0]
    assert found.only_before == found.only_after == []
    frame = srm.compare_workloads(plan, plan, "en")
    pd.testing.assert_series_equal(frame["before"], frame["after"], check_names=False)


@given(two_plans())
@settings(max_examples=80, deadline=None)
def test_totals_add_up(both):
    before, after = both
    found = compare_plans.difference(before, after, "en")
    assert sum(found.count(change) for change in CHANGES) == found.together * len(AREAS)
    placed = len(before) - len(before.unplaced())
    whole = compare_plans.whole(before, "en")
    assert sum(whole.total.values()) == placed * len(AREAS)
    parties = srm.responsibilities(before, "en")
    for party in PARTIES:
        assert (parties == party).to_numpy().sum() == whole.total[party]
    named = sum(len(move.names) for moves in found.moves.values() for move in moves)
    assert named == found.together * len(AREAS)
    assert found.together + len(found.only_before) + len(found.unplaced) == len(before)


@given(two_plans())
@settings(max_examples=60, deadline=None)
def test_the_way_back_undoes_the_way_there(both):
    before, after = both
    there, back = compare_plans.difference(before, after, "en"), compare_plans.difference(after, before, "en")
    assert there.only_before == back.only_after
    assert {(b, a): sorted(names) for (a, b), names in there.pairs.items()} == {
        key: sorted(names) for key, names in back.pairs.items()
    }
    frames = [
        srm.compare_workloads(*way, "en")
        .dropna(subset="change")
        .set_index(["component", "area"])
        .sort_index()
        for way in ((before, after), (after, before))
    ]
    pd.testing.assert_series_equal(frames[0]["before"], frames[1]["after"], check_names=False)
    pd.testing.assert_series_equal(frames[0]["after"], frames[1]["before"], check_names=False)


@given(two_plans())
@settings(max_examples=40, deadline=None)
def test_no_name_becomes_markup(both):
    for lang in LANGUAGES:
        body = (
            srm.workload_tables.whole(both[0], lang).body
            + srm.workload_tables.difference(*both, lang).body
            + srm.workload_tables.duties(*both, lang).body
        )
        assert "<script" not in body
        assert "<img" not in body


# Duties


def test_the_duties_of_a_plan_are_the_cells_of_the_customer():
    before, after = scenario("web-shop", "before", "b")
    frame = srm.duty_list(after, before, "en")
    # 4 on platform services: 4 alone and 2 shared each; the newsletter as SaaS: 3 alone and 2 shared.
    assert frame["party"].value_counts().to_dict() == {"customer": 19, "shared": 10, "provider": 0}
    assert frame["change"].value_counts().to_dict() == {
        "still do": 19,
        "now shared": 8,
        "still shared": 2,
        "stop doing": 0,
        "new duty": 0,
        "still theirs": 0,
    }
    row = frame.set_index(["component", "area"]).loc[("shop site", "Network controls")]
    assert row["you"].startswith("configures the network controls")
    assert row["provider"].startswith("provides the basic network security")
    assert "change" not in srm.duty_list(after).columns


def test_a_component_that_was_not_there_brings_new_duties():
    before, after = scenario("hospital-database", "before", "a")
    frame = srm.duty_list(after, before, "en").set_index("component").loc["line to the cloud"]
    assert set(frame["change"]) == {"new duty"}
    assert len(frame) == 7


def test_a_plan_without_components_and_one_without_a_place():
    empty, waiting = srm.Workload(), srm.Workload().add("site")
    for plan in (empty, waiting):
        assert len(srm.duty_list(plan)) == 0
        assert srm.responsibilities(plan).shape == (len(plan), 10)
        assert srm.workload_figures.whole(plan).alt
        assert "<table" in srm.workload_tables.duties(plan).body
    assert srm.workload_words.whole(empty, "en") == "Plan A: no components yet."
    assert srm.workload_words.whole(waiting, "en") == "Not placed yet, so not counted: site."
    assert "nothing to compare" in srm.workload_words.difference(empty, waiting, "en")


# Any matrix


@pytest.mark.parametrize("matrix", ["aws-rds", "gcp", "stack", "aws-eks", "nist-800-145"])
def test_every_view_takes_any_matrix(matrix):
    columns = srm.load_matrix(matrix, "en").columns
    before = srm.Workload(name="one", matrix=matrix).add("part", model=columns[0])
    after = before.move("part", columns[-1]).plan_b("other")
    areas = len(srm.load_matrix(matrix))
    frame = srm.compare_workloads(before, after, "en")
    expected = srm.compare(matrix, columns[0], columns[-1], "en")
    assert frame["change"].astype(str).to_list() == expected["change"].astype(str).to_list()
    assert len(frame) == areas
    assert srm.workload_tables.difference(before, after, "en").body
    assert srm.workload_figures.difference(before, after, "en").alt == srm.workload_words.difference(
        before, after, "en"
    )


def test_a_matrix_of_ones_own_is_enough():
    frame = pd.DataFrame(
        {"rent": ["customer", "shared"], "buy": ["provider", "customer"]}, index=["<b>keys</b>", "roof"]
    )
    before = srm.Workload(name="rent", matrix=frame).add("shed", model="rent")
    after = before.move("shed", "buy").plan_b("buy")
    assert srm.workload_words.difference(before, after, "en").startswith(
        "Going from rent to buy, the customer hands over 1 duty (<b>keys</b>) and takes on 1 (roof)."
    )
    assert "<b>keys" not in srm.workload_tables.difference(before, after).body
    other = srm.Workload(matrix="azure-2026").add("shed", model="PaaS")
    with pytest.raises(UnknownNameError, match="rent, buy"):
        srm.compare_workloads(before, other)


# Many


def many(n, shift=0):
    return srm.Workload(
        tuple(
            srm.Component(f"part {i}", "web", "x", MODELS[(i * 7 + shift * (i % 3)) % 4]) for i in range(n)
        ),
        f"plan {shift}",
    )


def test_five_thousand_are_a_page_at_a_time():
    before, after = many(5_000), many(5_000, 1)
    first = srm.workload_tables.whole(before, "en").body
    last = srm.workload_tables.whole(before, "en", page=50).body
    assert first.count("<tr") < 110
    assert "Rows 1 to 100 of 5000" in first
    assert "Rows 4901 to 5000 of 5000" in last
    assert srm.workload_tables.whole(before, "en", page=99).body == last
    assert srm.workload_tables.whole(before, "en", page=-3).body == first
    body = srm.workload_tables.difference(before, after, "en").body
    assert len(body) < 120_000
    assert "more</td>" in body
    assert len(srm.workload_words.difference(before, after, "en")) < 1_500


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_picture_of_any_size_has_the_rows_that_move(theme, lang):
    for before, after in (scenario("web-shop", "before", "b", lang=lang), (many(5_000), many(5_000, 1))):
        picture = srm.workload_figures.difference(before, after, lang, theme)
        found = compare_plans.difference(before, after, lang)
        said = [text.text for text in picture.texts()]
        moved = {move.area.label for change in MOVES for move in found.moves[change]}
        assert moved <= set(said)
        assert picture.alt == srm.workload_words.difference(before, after, lang)
        assert any(text.startswith(texts(lang)["workload"]["same_areas"]) for text in said)


def test_the_numbers_of_a_picture_are_its_rows():
    before, after = scenario("web-shop", "before", "b")
    rows = srm.workload_figures.difference(before, after, "en").rows
    assert rows[0][:4] == [
        "Area",
        "the storeroom: customer",
        "the storeroom: shared",
        "the storeroom: provider",
    ]
    assert rows[5] == ["Applications", "4", "1", "0", "0", "5", "0"]  # the backup server is in one plan only
    assert srm.workload_figures.whole(after, "en").rows[6] == ["Network controls", "0", "4", "1"]
