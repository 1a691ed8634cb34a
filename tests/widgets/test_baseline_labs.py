"""The labs and the search: every state is the pure view, sorted as it says, cautions on top."""

import re

import pandas as pd
import pytest
from lxml import html

import srm_data as srm
from srm_data.core.baselines import defaults, patching
from srm_data.core.language import texts
from srm_data.core.services import baselines_about
from srm_data.core.vocabulary import LANGUAGES, PARTIES, UnknownNameError
from srm_data.views import sentences
from srm_data.views.html import tables
from srm_data.views.search import PAGE, find_rows, shown
from tests.lessons import plain

EACH = pytest.mark.parametrize("lang", LANGUAGES)
PAYLOAD = "<img src=x onerror=alert(1)>"


def v3(lang):
    return srm.load_baselines("v3.0", lang)


def table_of(view):
    """The first table of a view: headings, `aria-sort` by heading, and its rows as texts."""
    (first, *_) = html.fromstring(view.body).xpath("//table")
    heads = first.xpath("./thead//th")
    assert all(head.get("scope") == "col" for head in heads)
    sorts = {plain_text(head): head.get("aria-sort") for head in heads if head.get("aria-sort")}
    rows = [[plain_text(cell) for cell in row.xpath("./th|./td")] for row in first.xpath("./tbody/tr")]
    return [plain_text(head) for head in heads], sorts, rows


def plain_text(element):
    return " ".join(element.text_content().split())


# The tables


@EACH
@pytest.mark.parametrize("by", ["control_domain", "service"])
@pytest.mark.parametrize("sort", tables.DEFAULT_SORTS)
def test_defaults_are_sorted_and_say_how(by, sort, lang):
    _, sorts, rows = table_of(tables.on_by_default(v3(lang), by, sort, lang))
    counted = defaults(v3(lang), by)
    assert len(rows) == len(counted)
    column = [*tables.DEFAULT_SORTS].index(sort)
    names = [row[0].casefold() for row in rows]
    if sort == "name":
        assert names == sorted(names)
    elif sort != "share":
        values = [int(row[column]) for row in rows]
        assert values == sorted(values, reverse=True)
    else:
        values = [int(row[2]) / int(row[1]) for row in rows]
        assert values == sorted(values, reverse=True)
    (way,) = sorts.values()
    assert way == ("ascending" if sort == "name" else "descending")
    assert sum(int(row[1]) for row in rows) == counted["supported"].sum()
    for row in rows:
        assert row[3] == f"{round(100 * int(row[2]) / int(row[1]))} %"


@EACH
@pytest.mark.parametrize("party", [None, *PARTIES, "n/a"])
@pytest.mark.parametrize("sort", tables.PATCHING_SORTS)
def test_patching_shows_the_services_of_an_answer(party, sort, lang):
    old = srm.load_baselines("v1.1", lang)
    _, sorts, rows = table_of(tables.who_patches(old, party, sort, lang))
    words_of = {texts(lang)["party"][p]["word"]: p for p in PARTIES}
    answers = patching(old)["responsibility"]
    wanted = {
        service
        for service, word in answers.items()
        if party is None or (words_of.get(word) or "n/a") == party
    }
    assert {row[0] for row in rows} == wanted
    assert len(rows) == len(wanted)
    assert list(sorts.values()) == ["ascending"]
    if sort == "service":
        assert [row[0].casefold() for row in rows] == sorted(row[0].casefold() for row in rows)
    if sort == "model":
        models = [entry["word"] for entry in texts(lang)["service_model"].values()]
        places = [models.index(row[1]) if row[1] in models else len(models) for row in rows]
        assert places == sorted(places)
    if sort == "answer":
        letters = [texts(lang)["party"][p]["letter"] for p in PARTIES]
        places = [letters.index(row[2][0]) if row[2][0] in letters else 3 for row in rows if row[2]]
        assert places == sorted(places)


@EACH
@pytest.mark.parametrize("access", ["full", "read-only", "none"])
def test_access_lists_its_services(access, lang):
    view = tables.lose_the_os(v3(lang), access, lang)
    _, _, rows = table_of(view)
    assert [row[1] for row in rows] == ["10", "1", "107"]
    lit = html.fromstring(view.body).xpath("//tr[@class='lit']/th/text()")
    assert lit == [texts(lang)["host_access"][access]]
    text = plain(view.body)
    for service in v3(lang).query("host_access == @access")["service"].unique():
        assert service in text


@EACH
def test_every_view_says_first_what_it_does_not_say(lang):
    views = {
        "v3.0": [
            tables.on_by_default(v3(lang), lang=lang),
            tables.on_by_default(v3(lang), "service", lang=lang),
            *(tables.lose_the_os(v3(lang), access, lang) for access in ("full", "read-only", "none")),
            tables.rows(v3(lang), lang=lang),
        ],
        "v1.1": [tables.who_patches(srm.load_baselines("v1.1", lang), lang=lang)],
        "v2.0": [tables.rows(srm.load_baselines("v2.0", lang), lang=lang)],
    }
    for version, shown_views in views.items():
        about = baselines_about(version, lang)
        for view in shown_views:
            assert about["caution"] in plain(view.body)
            assert view.body.index("careful") < view.body.index("<table")
            assert f"{about['source_title']}, {about['edition']}" in plain(view.body)
    assert "2020" in baselines_about("v1.1", lang)["caution"]
    assert {"en": "no responsibility matrix", "nl": "geen verantwoordelijkheidsmatrix"}[lang] in plain(
        views["v3.0"][0].body
    )


@EACH
def test_sentences_are_the_words_and_their_numbers_right(lang):
    old = srm.load_baselines("v1.1", lang)
    said = {
        sentences.on_by_default(v3(lang), lang=lang): (
            tables.on_by_default(v3(lang), lang=lang),
            "118 361 28 51 0",
        ),
        sentences.on_by_default(v3(lang), "service", lang): (
            tables.on_by_default(v3(lang), "service", lang=lang),
            "118 361 28 1 31",
        ),
        sentences.who_patches(old, lang): (tables.who_patches(old, lang=lang), "64 10 5 9 40"),
        sentences.lose_the_os(v3(lang), lang): (
            tables.lose_the_os(v3(lang), lang=lang),
            "10 118 22 35 37 107",
        ),
    }
    for sentence, (view, numbers) in said.items():
        assert sentence in plain(view.body)
        assert set(numbers.split()) <= set(re.findall(r"\d+", sentence)), sentence
        assert not re.search(r"[{}]|None|\bnan\b|  |,,| \.", sentence), sentence
    assert {"en": "1,269", "nl": "1.269"}[lang] in sentences.on_by_default(v3(lang), lang=lang)


def test_a_part_of_the_rows_is_counted_alone():
    part = v3("en").query("service == 'Storage'")
    assert sentences.on_by_default(part, lang="en").startswith("1 services have 21 ")
    assert "14 %" in tables.on_by_default(part, lang="en").body


def test_unknown_orders_and_parties_are_guessed():
    old = srm.load_baselines("v1.1")
    for call, guess in (
        (lambda: tables.on_by_default(v3("en"), sort="shares"), "share"),
        (lambda: tables.who_patches(old, sort="models"), "model"),
        (lambda: tables.who_patches(old, "costumer"), "customer"),
        (lambda: tables.lose_the_os(v3("en"), "ful"), "full"),
        (lambda: tables.rows(old, sort="servic"), "service"),
    ):
        with pytest.raises(UnknownNameError, match=f"Did you mean '{guess}'"):
            call()


# The labs: what the browser does with them is in tests/views/web/test_views_browser.py


@EACH
def test_the_labs_are_given_the_tables(lang):
    taught = v3(lang)[v3(lang)["service"].isin(srm.load_services(lang)["name_v3_0"])]
    assert srm.on_by_default(lang).content["views"] == [
        tables.on_by_default(v3(lang), lang=lang).body,
        tables.on_by_default(taught, "service", lang=lang).body,
    ]
    old = srm.load_baselines("v1.1", lang)
    assert srm.who_patches(lang).content["views"] == [tables.who_patches(old, lang=lang).body]
    kinds = ("full", "read-only", "none")
    access = srm.lose_the_os(lang).content
    assert access["pick"]["options"] == [texts(lang)["host_access"][kind] for kind in kinds]
    assert access["views"] == [tables.lose_the_os(v3(lang), kind, lang).body for kind in kinds]


@pytest.mark.parametrize("lab", [srm.on_by_default, srm.who_patches, srm.lose_the_os])
def test_a_lab_is_light_and_says_what_to_do(lab):
    view = lab("nl")
    assert repr(view) == texts("nl")["lab"]["hint"]
    assert sum(map(len, view.content["views"])) < 100_000


# Search


TABLE = pd.DataFrame(
    {
        "name": ["Storage", "azure SQL", "Backup", PAYLOAD],
        "on": pd.array([True, False, None, True], dtype="boolean"),
        "n": [10, 9, 2, 1],
        "party": pd.Categorical(["shared", None, "customer", "shared"], ["customer", "shared"], ordered=True),
    }
)


@pytest.mark.parametrize(
    ("search", "names"),
    [
        ("", ["Storage", "azure SQL", "Backup", PAYLOAD]),
        ("SQL", ["azure SQL"]),
        ("yes shared", ["Storage", PAYLOAD]),
        ("shared STOR", ["Storage"]),
        ("storage sql", []),
        ("img src", [PAYLOAD]),
        (".*", []),  # words, no patterns
        ("(", [PAYLOAD]),
    ],
)
def test_every_word_of_a_search_must_be_there(search, names):
    assert find_rows(TABLE, search, lang="en")["name"].tolist() == names


@pytest.mark.parametrize(
    ("sort", "descending", "order"),
    [("name", False, [3, 1, 2, 0]), ("n", False, [3, 2, 1, 0]), ("n", True, [0, 1, 2, 3])],
)
def test_rows_are_sorted_by_a_column(sort, descending, order):
    assert list(find_rows(TABLE, "", sort, descending, "en").index) == order


def test_an_ordered_column_keeps_its_order_and_what_is_missing_comes_last():
    assert list(find_rows(TABLE, "", "party", lang="en").index) == [2, 0, 3, 1]
    assert list(find_rows(TABLE, "", "party", True, "en").index) == [0, 3, 2, 1]
    assert list(find_rows(TABLE, "", "on", True, "en").index)[-1] == 2


def test_values_are_shown_in_the_language():
    assert [shown(value, "nl") for value in (True, False, None, "", 3, "x")] == [
        "ja",
        "nee",
        "–",
        "–",
        "3",
        "x",
    ]


def test_a_long_table_is_leafed_a_hundred_rows_at_a_time():
    everything = v3("en")[["service", "feature"]]
    last = -(-len(everything) // PAGE)
    assert last == 42
    seen = []
    for page in (1, 2, last):
        view = tables.rows(everything, page=page, lang="en")
        rows = table_of(view)[2]
        seen.append(len(rows))
        assert rows[0] == [shown(x, "en") for x in everything.iloc[(page - 1) * PAGE]]
        assert f"4,141 of 4,141 rows. Page {page} of 42." in plain(view.body)
    assert seen == [100, 100, 41]
    assert tables.rows(everything, page=99, lang="en") == tables.rows(everything, page=42, lang="en")


@EACH
def test_browse_is_given_every_row(lang):
    columns = ["service", "feature", "supported"]
    table = v3(lang)[columns]
    content = srm.browse(table, lang).content
    assert content["rows"] == len(table) == 4141
    for name, column in zip(columns, content["columns"], strict=True):
        assert [column["values"][at] for at in column["at"]] == [shown(x, lang, name) for x in table[name]]
        ordered = sorted(range(len(column["at"])), key=lambda r: column["rank"][column["at"][r]] % 10_000)
        wanted = find_rows(table, "", name, lang=lang)[name]
        assert [column["values"][column["at"][r]] for r in ordered] == [shown(x, lang, name) for x in wanted]
    assert content["caution"] == baselines_about("v3.0", lang)["caution"]


def test_a_missing_value_is_in_the_first_place_of_no_order():
    content = srm.browse(TABLE, "en").content
    on = content["columns"][1]
    assert on["rank"][on["values"].index("–")] == -1
