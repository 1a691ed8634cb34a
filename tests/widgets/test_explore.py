"""What `explore`, `what_if` and `explore_topics` give their components, in the sentences of the kit."""

import json

import pytest

import srm_data as srm
from srm_data.core.dataset import table_frame
from srm_data.core.frames import as_matrix
from srm_data.core.language import texts
from srm_data.core.topics import all_topics
from srm_data.core.vocabulary import LANGUAGES, PARTIES
from srm_data.views import web
from srm_data.views.html import tables
from tests.lessons import plain

MATRICES = [*table_frame("matrices")["matrix"]]
MANY_COLUMNS = [m for m in MATRICES if srm.load_matrix(m).shape[1] > 1]
EACH = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture(autouse=True)
def english_again():
    yield
    srm.use_language("en")


@EACH
@pytest.mark.parametrize("matrix", MATRICES)
def test_explore_is_given_every_cell_and_what_is_told_of_it(matrix, lang):
    content = srm.explore(matrix, lang).content
    (given,) = content["matrices"]
    m, cells = as_matrix(matrix, lang), srm.load_cells(matrix, lang=lang)
    assert [column["label"] for column in given["columns"]] == [column.label for column in m.columns]
    assert [row["label"] for row in given["rows"]] == [area.label for area in m.areas]
    for column in given["columns"]:
        assert column["title"] == srm.words.model_title(m, column["label"])
        assert column["sentence"] == srm.words.model(matrix, column["label"], lang)
    said = {party: texts(lang)["party"][party]["word"] for party in ("customer", "shared", "provider")}
    parties = {sign: said.get(party["party"]) for sign, party in content["parties"].items()}
    parts = cells.set_index(["area_id", "column_id"])
    for row, area in zip(given["rows"], m.areas, strict=True):
        for sign, told, column in zip(row["cells"], row["told"], m.columns, strict=True):
            cell = parts.loc[area.id, column.id]
            assert parties[sign[0]] == (cell["party"] if isinstance(cell["party"], str) else None)
            if cell["customer_part"]:
                assert cell["customer_part"] in [fact["text"] for fact in content["told"][told]]
    assert given["foot"] == srm.words.foot(m)


@EACH
@pytest.mark.parametrize("matrix", MANY_COLUMNS)
def test_what_if_is_given_every_move(matrix, lang):
    (given,) = srm.what_if(matrix, lang).content["matrices"]
    columns = [*srm.load_matrix(matrix, lang=lang).columns]
    areas = [row["label"] for row in given["rows"]]
    words = {change["key"]: change["label"] for change in given["changes"]}
    for old, moves in zip(columns, given["moves"], strict=True):
        for new, move in zip(columns, moves, strict=True):
            assert move["sentence"] == srm.words.what_if(matrix, old, new, lang)
            compared = srm.compare(matrix, old, new, lang=lang)
            wanted = compared["change"].to_dict()
            labels = {texts(lang)["change"][key]["word"]: word for key, word in words.items() if key}
            found = dict(zip(areas, (words[key] for key in move["changes"]), strict=True))
            assert {area: labels[word] for area, word in wanted.items() if isinstance(word, str)} == {
                area: label for area, label in found.items() if label
            }


def test_what_if_starts_where_the_lesson_does():
    (given,) = srm.what_if("azure-2026").content["matrices"]
    assert [given["columns"][i]["label"] for i in given["start"]] == ["IaaS", "PaaS"]


@pytest.mark.parametrize(("call", "matrices"), [(srm.explore, MATRICES), (srm.what_if, MANY_COLUMNS)])
def test_without_a_matrix_all_can_be_chosen(call, matrices):
    given = call().content["matrices"]
    assert [one["short"] for one in given] == [as_matrix(m, "en").short for m in matrices]


def test_some_matrices_can_be_chosen_from():
    mine = srm.load_matrix("azure-2026").iloc[:3]
    given = srm.explore(["azure-classic", mine]).content["matrices"]
    assert [len(one["rows"]) for one in given] == [len(as_matrix("azure-classic", "en").areas), 3]


def test_what_a_table_says_cannot_end_the_script_that_holds_it():
    mine = srm.load_matrix("azure-2026").iloc[:3].rename(index={"Customer data": "</script><img src=x>"})
    view = srm.explore(mine)
    html = web.element(view.tag, view.content)
    assert html.count("</script>") == 1
    assert "<!--" not in html
    body = html.partition('json">')[2].partition("</script>")[0]
    assert json.loads(body) == view.content


@EACH
@pytest.mark.parametrize(("call", "name"), [(srm.explore, "explore"), (srm.what_if, "what_if")])
def test_without_its_kernel_it_says_what_to_do(call, name, lang):
    hint = repr(call("azure-2026", lang))
    assert hint == texts(lang)["widget"][f"{name}_hint"]
    assert hint.startswith(f"{name}(): ")
    assert "Shift+Enter" in hint
    assert {"en": "run this cell", "nl": "voer deze cel uit"}[lang] in hint


@EACH
def test_without_scripts_stands_the_table(lang):
    shown = srm.explore("gcp", lang)._repr_mimebundle_()[0]["text/html"]
    assert shown == str(tables.matrix("gcp", lang))
    moved = srm.what_if("azure-2026", lang)._repr_mimebundle_()[0]["text/html"]
    assert moved == str(tables.what_if("azure-2026", "iaas", "paas", lang))


@pytest.mark.parametrize("call", [srm.explore, srm.what_if])
def test_the_language_in_use_is_spoken(call):
    srm.use_language("nl")
    assert call("azure-2026").content["lang"] == "nl"
    assert "Klantgegevens" in json.dumps(call("azure-2026").content)


@EACH
@pytest.mark.parametrize(
    ("call", "matrix", "most"),
    [(srm.explore, "azure-2026", 20), (srm.what_if, "azure-2026", 20), (srm.explore, None, 200)],
)
def test_the_state_stays_small(call, matrix, most, lang):
    assert len(json.dumps(call(matrix, lang).get_state()["content"]).encode()) < most * 1000


def test_the_code_of_all_components_is_there_once():
    libraries = {id(call("azure-2026").library) for call in (srm.explore, srm.what_if)}
    assert len(libraries) == 1
    (library,) = {srm.explore("gcp").library}
    assert library.script == web.script()
    assert "export " not in library.script


@pytest.mark.parametrize("call", [srm.explore, srm.what_if])
def test_a_mistyped_matrix_is_guessed(call):
    for given in ("azure-2025", ["azure-classic", "azure-2025"]):
        with pytest.raises(srm.UnknownNameError, match=r"Did you mean 'azure-20[12]6'"):
            call(given)
    with pytest.raises(srm.UnknownNameError, match="Choose from: en, nl"):
        call("azure-2026", lang="fr")


def test_what_if_of_one_column_says_that_it_takes_two():
    with pytest.raises(ValueError, match="two columns"):
        srm.what_if(srm.load_matrix("azure-2026")[["IaaS"]], "en")


# Topics


@EACH
def test_explore_topics_holds_the_view_of_every_topic_with_a_row(lang):
    lined_up = ["azure-2026", "gcp", "ibm-managed"]
    view = srm.explore_topics(iter(lined_up), lang)
    topics = [topic for topic in all_topics(lined_up, lang) if topic.lines]
    assert 10 < len(topics) < len(table_frame("topics"))
    assert view.content["pick"]["options"] == [topic.label for topic in topics]
    assert view.content["pick"]["label"] == {"en": "Topic", "nl": "Onderwerp"}[lang]
    assert view.content["views"] == [tables.topic(topic.id, lined_up, lang).body for topic in topics]
    assert "explore_topics()" in repr(view)


@EACH
@pytest.mark.parametrize("call", [srm.explore, srm.what_if, srm.explore_topics])
def test_a_list_without_a_matrix_is_told_in_words(call, lang):
    with pytest.raises(ValueError, match={"en": "[Nn]ame at least one", "nl": "[Nn]oem er minstens"}[lang]):
        call([], lang)


def test_all_topics_of_all_matrices_stay_small():
    """As a page gets them: packed, and as base64."""
    assert len(srm.explore_topics(lang="nl").get_state()["content"]) < 65_000


@EACH
def test_covered_columns_come_one_by_one_where_nothing_can_be_clicked(lang):
    """Nothing on a slide tells of a column that is still to be predicted."""
    m = as_matrix("azure-2026", lang)
    labels = {texts(lang)["party"][party]["label"] for party in PARTIES}
    stills = [*srm.explore("azure-2026", lang, covered=True).away.slides()]
    for n, still in enumerate(stills):
        drawn = [text.text.rstrip("*?") for text in still.view.texts()]
        key = 3 if n < len(m.columns) else 0  # the whole picture needs none: each cell says its party
        assert sum(text in labels for text in drawn) == n * len(m.areas) + key
        told = srm.words.model(m, m.columns[n - 1].id, lang)
        assert still.notes == ((told,) if n else ())
    assert [still.view.heading == srm.words.matrix_title(m) for still in stills] == [False] * 4 + [True]


@EACH
def test_a_covered_matrix_is_to_fill_in_on_paper_and_without_scripts(lang):
    m, html = as_matrix("azure-2026", lang), str(srm.explore("azure-2026", lang, covered=True).still)
    assert html.count('<td class="k n"></td>') == len(m.areas) * len(m.columns)
    assert not any(f'<td class="k {party[0]}' in html for party in PARTIES)
    words = plain(html)
    assert srm.words.question("matrix", lang) in words
    assert srm.words.matrix_title(m) not in words
    assert srm.words.matrix(m, lang) not in words
