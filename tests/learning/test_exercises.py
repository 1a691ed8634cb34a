"""Exercises: every option gets its verdict, the wrong cell is one cell, and a table is told what differs."""

import json
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import srm_data as srm
from srm_data.core.compare import place_duties
from srm_data.core.dataset import table_frame
from srm_data.core.frames import as_matrix, wide_frame
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES, PARTIES, UnknownNameError
from srm_data.learning import check_tables, progress_file, wrong_cell
from srm_data.views import web
from tests.lessons import plain

pytestmark = pytest.mark.usefixtures("work")

MATRICES = [*table_frame("matrices")["matrix"]]
PAYLOAD = "<script>alert(1)</script>"


def verdicts(view):
    """Every card of an exercise with the verdict on each place: label -> {place: (right, text)}."""
    places = [place["label"] for place in view.content["places"]]
    for card in view.content["cards"]:
        said = [verdict(view.content["said"][n]) for n in card["said"]]
        yield card["label"], dict(zip(places, said, strict=True))


def verdict(said):
    """Whether an answer is right, and all that is said of it; `said` is HTML or what a component is given."""
    if isinstance(said, dict):
        right, text = said["right"], " ".join(filter(None, (f"{said['word']}.", said["text"], said["more"])))
    else:
        text = plain(said.body)
        right = {"good": True, "bad": False, "open": None}[re.search(r'class="told (\w+)', said.body)[1]]
    begins = {
        True: ("Right.", "Klopt."),
        False: ("Not right.", "Klopt niet."),
        None: ("Arguable.", "Te verdedigen."),
    }
    assert text.startswith(begins[right])
    return bool(right), text


def everything(view):
    """All that a page is given of an exercise, as text."""
    return json.dumps(view.content, ensure_ascii=False) + str(view.still)


def hear(view, name, **facts):
    """What the browser sends when a part was typed."""
    view._handle_custom_msg({"kind": "work", "name": name, "facts": facts}, [])


# Sort.


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("side", ["customer", "provider"])
@pytest.mark.parametrize("matrix", ["azure-classic", "azure-2026", "gcp"])
def test_every_place_of_every_duty_gets_its_verdict(matrix, side, lang):
    words, m = texts(lang), as_matrix(matrix, lang)
    duties = place_duties(m, side)
    rows = [*verdicts(srm.sort_duties(matrix, side, lang))]
    assert [name for name, _ in rows] == [f"{n}. {placed.duty}" for n, placed in enumerate(duties, 1)]
    for (_, said), placed in zip(rows, duties, strict=True):
        no_row = words["exercise"]["no_row"]
        assert [*said] == [*(area.label for area in m.areas), no_row]
        areas = {area.label for area in placed.areas}
        fits = areas if placed.own else areas | {no_row}
        assert {label for label, (right, _) in said.items() if right} == fits
        for label, (right, text) in said.items():
            assert text.startswith(words["bet"]["right" if right else "wrong"])
            if right:
                assert placed.remark in text
                assert (words["exercise"]["partly"] in text) == (len(areas) > 1)
                assert (words["exercise"]["no_row_too"] in text) == (bool(areas) and not placed.own)
                assert all(other in text for other in fits - {label}), "the others are named"
            else:
                assert words["exercise"]["there_is" if label == no_row else "not_there"] in text
                assert not any(f" {other}" in text for other in fits - {label})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_accepted_place_of_a_duty_can_be_defended_by_the_data(lang):
    """An area is right when the crosswalk gives it a topic of the duty, *no row* when none has the first."""
    crosswalk = table_frame("crosswalk")
    duties = table_frame("duties")
    no_row = texts(lang)["exercise"]["no_row"]
    for matrix in MATRICES:
        m = as_matrix(matrix, lang)
        label = {area.id: area.label for area in m.areas}
        mine = crosswalk[crosswalk["matrix"] == matrix]
        for side in ("customer", "provider"):
            rows = verdicts(srm.sort_duties(matrix, side, lang))
            topics = duties.loc[duties["side"] == side, "topics"].str.split()
            for (name, said), about in zip(rows, topics, strict=True):
                wanted = {label[area] for area in mine.loc[mine["topic"].isin(about), "area"]}
                if about[0] not in set(mine["topic"]):
                    wanted.add(no_row)
                assert {place for place, (right, _) in said.items() if right} == wanted, (matrix, name)


@pytest.mark.parametrize(
    ("lang", "no_row", "hosts", "look"),
    [
        ("en", "no row of its own", "Physical hosts", "There is an area that holds this"),
        ("nl", "geen eigen rij", "Fysieke servers", "Er is een gebied waar dit onder valt"),
    ],
)
def test_the_hypervisor_may_stand_on_the_hosts_or_have_no_row(lang, no_row, hosts, look):
    rows = [said for _, said in verdicts(srm.sort_duties("azure-classic", "provider", lang))]
    assert {place for place, (right, _) in rows[2].items() if right} == {no_row, hosts}
    assert no_row in rows[2][hosts][1]
    assert hosts in rows[2][no_row][1]
    # Where there is a row, the one who says that there is none is told to look, not to read an area aloud.
    right, text = rows[0][no_row]
    assert not right
    assert look in text


def test_a_switch_for_logging_may_stand_among_the_settings():
    rows = [said for _, said in verdicts(srm.sort_duties("azure-2026", "customer", "en"))]
    accepted = {place for place, (right, _) in rows[3].items() if right}
    assert accepted == {"no row of its own", "Configurations and settings"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_verdict_stutters(lang):
    """Not "Right. Yes." and not "Not right. No.": after the verdict comes the reason."""
    stutter = re.compile(r"(?:Right|Not right|Not right|Klopt|Klopt niet)\. (?:Yes|No|Ja|Nee)[.,]")
    for view in (
        srm.sort_duties("azure-classic", "provider", lang),
        srm.order_ladder("aws-rds", lang),
        srm.find_wrong_cell("stack", lang),
        srm.place_services("Batch", "Azure SQL", lang=lang),
    ):
        said = [verdict(one)[1] for one in view.content["said"]]
        assert said
        assert not [text for text in said if stutter.search(text)]


def test_a_side_that_is_none_is_refused():
    with pytest.raises(srm.UnknownNameError, match=r"'custommer'. Did you mean 'customer'\?"):
        srm.sort_duties("azure-2026", "custommer")
    with pytest.raises(srm.UnknownNameError, match="azure-2026"):
        srm.sort_duties("azure-2025", "customer")


# Order.


def rungs(view):
    """What is said of each column on each rung, rung by rung."""
    assert view.content["one"], "a rung holds one column"
    columns = dict(verdicts(view))
    places = [place["label"] for place in view.content["places"]]
    return [(rung, {name: said[rung] for name, said in columns.items()}) for rung in places]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("matrix", MATRICES)
def test_every_place_on_the_ladder_gets_its_verdict(matrix, lang):
    words, m = texts(lang)["exercise"], as_matrix(matrix, lang)
    taken = {column.label: m.count(column)["provider"] for column in m.columns}
    rows = rungs(srm.order_ladder(matrix, lang))
    assert [name for name, _ in rows] == [words["rung"].format(n=n + 1) for n in range(len(taken))]
    for (_, said), wanted in zip(rows, sorted(taken.values()), strict=True):
        assert said.keys() == taken.keys()
        for name, (right, text) in said.items():
            assert right == (taken[name] == wanted), "columns that take the same stand on either rung"
            if not right:
                assert words["more" if taken[name] < wanted else "less"] in text
            assert words["takes"].format(name=name, n=taken[name], total=len(m.areas)) in text
    # Whichever order a learner puts them in that never goes down is right on every rung.
    order = sorted(taken, key=lambda name: (taken[name], name))
    assert all(said[name][0] for (_, said), name in zip(rows, order, strict=True))


def test_columns_that_take_the_same_may_change_places():
    tied = srm.load_matrix("azure-2026").assign(FaaS=lambda frame: frame["PaaS"])
    assert [
        {name for name, (right, _) in said.items() if right} for _, said in rungs(srm.order_ladder(tied))
    ] == [
        {"On-premises"},
        {"IaaS"},
        {"PaaS", "FaaS"},
        {"PaaS", "FaaS"},
        {"SaaS"},
    ]


def test_the_ladder_is_not_given_in_order():
    def given_order():
        return [card["label"] for card in srm.order_ladder("aws-rds-custom").content["cards"]]

    m = as_matrix("aws-rds-custom", "en")
    assert sorted(given_order()) == sorted(column.label for column in m.columns)
    assert given_order() != [column.label for column in m.columns]
    assert given_order() == given_order(), "the same mix each time"


# Find the wrong cell.


def can_be_found(m):
    rows = [[m.cell(a, c).party for c in m.columns] for a in m.areas]
    return all(rises(row) for row in rows) and any(
        len(set(row[i : i + 3])) == 1 for row in rows for i in range(len(row) - 2)
    )


def rises(row):
    order = [PARTIES.index(party) for party in row if party]
    return order == sorted(order)


FINDABLE = [m for m in MATRICES if can_be_found(as_matrix(m, "en"))]


def shown_parties(content):
    """The parties in the table of an exercise."""
    of = {sign: cell["party"] for sign, cell in content["parties"].items()}
    parties = [[of[sign] for sign in row["cells"]] for row in content["rows"]]
    return [[None if party == "none" else party for party in row] for row in parties]


def test_most_matrices_can_be_tampered_with():
    assert {"azure-2026", "azure-classic", "azure-2016", "stack", "aws-rds", "gcp"} <= {*FINDABLE}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("matrix", FINDABLE)
def test_one_cell_is_wrong_and_breaks_its_row(matrix, lang):
    m, words = as_matrix(matrix, lang), texts(lang)["exercise"]
    view = srm.find_wrong_cell(matrix, lang)
    published = [[m.cell(a, c).party for c in m.columns] for a in m.areas]
    assert [row["label"] for row in view.content["rows"]] == [a.label for a in m.areas]
    assert [column["label"] for column in view.content["columns"]] == [c.label for c in m.columns]
    shown = shown_parties(view.content)
    (wrong,) = [
        (a, c) for a, row in enumerate(shown) for c, party in enumerate(row) if party != published[a][c]
    ]
    assert [rises(row) for row in shown] == [a != wrong[0] for a in range(len(m.areas))]
    assert view.content["title"] == words["tampered"], "not a claim that is true of the mistake only"
    assert "*" not in "".join(sign for row in view.content["rows"] for sign in row["cells"])

    # Whoever reads only the table can point at each cell that would mend the row: all of them are right.
    row = shown[wrong[0]]
    mending = {c for c in range(len(row)) for p in PARTIES if rises([*row[:c], p, *row[c + 1 :]])}
    assert wrong[1] in mending
    for a, row in enumerate(view.content["rows"]):
        for c, n in enumerate(row["said"]):
            right, text = verdict(view.content["said"][n])
            truth = published[a][c]
            word = texts(lang)["party"][truth]["word"] if truth else texts(lang)["not_applicable"]["label"]
            assert right == (a == wrong[0] and c in mending)
            assert words["found" if (a, c) == wrong else "cell_stands"].format(party=word) in text
            assert (words["warm"] in text) == (a == wrong[0] and not right)
            if right and len(mending) > 1:  # it is said that another answer counts too, and which
                others = [m.columns[i].label for i in sorted(mending - {c})]
                assert any(other in text for other in others)


@pytest.mark.parametrize("matrix", ["azure-2026", "azure-classic", "azure-2016", "gcp"])
def test_the_wrong_cell_can_be_told_by_looking(matrix):
    m = as_matrix(matrix, "en")
    area, column, party = wrong_cell._tamper(m)
    row = [party if c == column else m.cell(area, c).party for c in m.columns]
    mends = {i for i in range(len(row)) for p in PARTIES if rises([*row[:i], p, *row[i + 1 :]])}
    assert mends == {m.columns.index(column)}


def test_the_wrong_cell_is_the_same_in_both_languages():
    for matrix in FINDABLE:
        english, dutch = (wrong_cell._tamper(as_matrix(matrix, lang)) for lang in LANGUAGES)
        assert (english[0].id, english[1].id, english[2]) == (dutch[0].id, dutch[1].id, dutch[2])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("matrix", [m for m in MATRICES if m not in FINDABLE])
def test_a_matrix_without_a_cell_to_find_says_so(matrix, lang):
    short = as_matrix(matrix, lang).short
    with pytest.raises(ValueError) as told:
        srm.find_wrong_cell(matrix, lang)
    assert str(told.value) == texts(lang)["exercise"]["no_wrong_cell"].format(matrix=short)


def test_rows_where_nothing_applies_are_left_alone():
    empty = pd.DataFrame({c: ["n/a", "customer"] for c in "abc"}, index=["no", "yes"])
    for n in range(20):  # the draw goes by the name
        empty.attrs["srm"] = {"name": f"mine {n}", "cells": []}
        area, _, _ = wrong_cell._tamper(as_matrix(empty, "en"))
        assert area.label == "yes"


# Write both parts.

SHARED = [
    (m, area.id, column.id)
    for m in MATRICES
    for area, column, cell in as_matrix(m, "en").walk()
    if cell.party == "shared"
]


def work_kept(name):
    kept = json.loads(progress_file.progress_file().read_text(encoding="utf-8"))["work"][name]
    return {key: value for key, value in kept.items() if key != "when"}


NAME = "azure-2026.applications.paas"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_shared_cell_can_be_written_and_compared(lang):
    assert len(SHARED) > 50
    for matrix, area, column in SHARED[::3]:
        m = as_matrix(matrix, lang)
        here = next(a for a in m.areas if a.id == area)
        view = srm.both_parts(matrix, area, column, lang)
        assert view.tag == "srm-own-words"
        assert view.answers == {}
        customer, provider = view.content["parts"]
        assert (customer["key"], provider["key"]) == ("customer", "provider")
        assert provider["label"] == m.provider_short
        assert here.label in view.content["task"]
        assert m.column(column).label in view.content["task"]
        told = {fact["term"]: fact["text"] for fact in view.content["model"] if "term" in fact}
        cell = m.cell(here, m.column(column))
        if cell.customer_part:
            assert told[customer["label"]] == cell.customer_part
            assert cell.provider_part in told.values()
            assert cell.customer_part not in plain(str(view.still)), "paper holds no answer"
        assert m.source_title in told[texts(lang)["label"]["source"]]


@pytest.mark.parametrize(
    ("area", "column"), [("Applications", "PaaS"), ("applications", "paas"), ("APPLICATIONS", " PaaS ")]
)
def test_labels_and_ids_name_the_same_cell(area, column):
    view = srm.both_parts("azure-2026", area, column)
    hear(view, NAME, customer="we write the code")
    assert work_kept(NAME) == {"customer": "we write the code"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_parts_are_kept_and_come_back(lang):
    first = srm.both_parts("azure-2026", "applications", "paas", lang)
    second = srm.both_parts("azure-2026", "applications", "paas")  # another notebook, opened before
    hear(first, NAME, customer=PAYLOAD)
    hear(second, NAME, provider="the platform")
    assert work_kept(NAME) == {"customer": PAYLOAD, "provider": "the platform"}
    assert first.note == texts(lang)["progress"]["kept"].format(file="progress.json")
    assert (first.heard, second.heard) == (1, 1), "the page hears that somebody is there"
    assert second.answers == work_kept(NAME), "two tabs show the same"
    again = srm.both_parts("azure-2026", "applications", "paas", lang)
    assert again.answers == {"customer": PAYLOAD, "provider": "the platform"}
    assert again.note == ""
    assert PAYLOAD not in everything(again), "what a learner wrote is in no page that is published"


@pytest.mark.parametrize(
    "told",
    [
        None,
        {"kind": "bets", "name": NAME, "facts": {"customer": "words"}},
        {"kind": "work", "name": "check.moves", "facts": {"customer": "words"}},
        {"kind": "work", "name": NAME, "facts": {"right": True}},
        {"kind": "work", "name": NAME, "facts": "customer"},
        {"kind": "work", "name": NAME},
    ],
)
def test_only_the_parts_of_the_exercise_itself_are_kept(told):
    view = srm.both_parts("azure-2026", "applications", "paas")
    view._handle_custom_msg(told, [])
    assert progress_file.load().get("work", {}) == {}
    assert view.heard == 0


def test_words_that_cannot_be_kept_are_told(work):
    work.write_text("")
    view = srm.both_parts("azure-2026", "applications", "paas")
    hear(view, NAME, customer="words")
    assert "cannot be kept" in view.note
    assert view.heard == 1
    assert srm.both_parts("azure-2026", "applications", "paas").answers == {"customer": "words"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "at_first", "then"),
    [("{", "unreadable", "damaged"), ('{"version": 99, "bets": {}, "work": {}}', "newer", "newer")],
)
def test_a_file_that_cannot_be_read_is_told_and_costs_nothing(text, at_first, then, lang):
    file = progress_file.progress_file()
    file.parent.mkdir()
    file.write_text(text)
    words = texts(lang)["progress"]
    view = srm.both_parts("azure-2026", "applications", "paas", lang)
    assert view.note == words[at_first].format(file=file)
    hear(view, NAME, provider="words")
    assert view.note.startswith(words[then].format(file=file).partition("progress")[0][:20])
    assert view.answers == {"provider": "words"}
    kept = [one.read_text() for one in file.parent.glob("*.json")]
    assert text in kept, "the file that was there still is"


def test_an_error_that_nobody_foresaw_is_told_and_goes_its_way(monkeypatch):
    view = srm.both_parts("azure-2026", "applications", "paas")
    (hears,) = view._msg_callbacks.callbacks

    def fails(*_, **__):
        raise RuntimeError("no foresight")

    monkeypatch.setattr(progress_file, "record", fails)
    with pytest.raises(RuntimeError, match="no foresight"):
        hears(view, {"kind": "work", "name": NAME, "facts": {"customer": "words"}}, [])
    assert "RuntimeError: no foresight" in view.note
    assert view.heard == 1


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Operating system in SaaS is not shared, so there are no two parts to write."),
        ("nl", "bij SaaS is niet gedeeld, dus er zijn geen twee delen om op te schrijven."),
    ],
)
def test_a_cell_that_is_not_shared_has_no_two_parts(lang, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        srm.both_parts("azure-2026", "operating-system", "saas", lang)


def test_a_mistyped_area_or_column_is_guessed():
    with pytest.raises(srm.UnknownNameError, match=r"area 'Aplications'\. Did you mean 'Applications'\?"):
        srm.both_parts("azure-2026", "Aplications", "PaaS")
    with pytest.raises(srm.UnknownNameError, match=r"column 'PasS'\. Did you mean 'PaaS'\?"):
        srm.both_parts("azure-2026", "applications", "PasS")
    srm.use_language("nl")
    with pytest.raises(srm.UnknownNameError, match=r"Bedoelde je 'Applicaties'\?"):
        srm.both_parts("azure-2026", "Aplicaties", "PaaS")


# Finish a line of pandas.


def answers(lang):
    matrix = srm.load_matrix("azure-2026", lang)
    moves = srm.compare("azure-2026", "IaaS", "PaaS", lang)
    return {
        "moves": moves[moves["before"] != moves["after"]],
        "kept": matrix[matrix.eq(texts(lang)["party"]["customer"]["word"]).all(axis=1)],
        "counts": matrix.apply(lambda column: column.value_counts(sort=False)),
    }


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("exercise", ["moves", "kept", "counts"])
def test_the_table_that_was_asked_for_is_right(exercise, lang):
    frame = answers(lang)[exercise]
    assert len(frame) >= 3
    for answer in (frame, frame.astype(object), pd.DataFrame(frame.to_dict(), index=[*frame.index])):
        right, text = verdict(srm.check(exercise, answer, lang))
        assert (right, text) == (True, f"{texts(lang)['bet']['right']}. {texts(lang)['exercise']['same']}")
    assert work_kept(f"check.{exercise}") == {"right": True}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unsolved_exercise_is_no_error_and_undoes_nothing(lang):
    for exercise, frame in answers(lang).items():
        assert verdict(srm.check(exercise, ..., lang)) == (
            False,
            f"{texts(lang)['bet']['wrong']}. {texts(lang)['exercise']['todo']}",
        )
        assert not progress_file.load().get("work", {}).get(f"check.{exercise}")
        srm.check(exercise, frame, lang)
        srm.check(exercise, ..., lang)
        assert work_kept(f"check.{exercise}") == {"right": True}
        srm.check(exercise, frame.iloc[:-1], lang)
        assert work_kept(f"check.{exercise}") == {"right": False}


def test_what_differs_is_named():
    counts = answers("en")["counts"]
    first, *_, last = counts.columns

    def told(answer):
        right, text = verdict(srm.check("counts", answer))
        assert not right
        return text

    assert "This is a list; a DataFrame was asked for." in told([1, 2])
    assert "This is a NoneType" in told(None)
    assert "This is a Series" in told(counts[first])
    assert "Missing rows: shared." in told(counts.drop("shared"))
    assert "Missing rows: customer and provider." in told(counts.loc[["shared"]])
    assert "Missing columns: On-premises." in told(counts.drop(columns=first))
    assert "Not asked for among the columns: FaaS." in told(counts.assign(FaaS=1))
    both = told(counts.rename(index={"shared": "both"}))
    assert "Missing rows: shared. Not asked for among the rows: both." in both
    wrong = counts.astype(object)
    wrong.loc["shared", last] = 99
    assert f"shared, {last}: 99 is not the value in the data." in told(wrong)
    wrong.loc["shared", last] = PAYLOAD
    assert f"shared, {last}: {PAYLOAD} is not" in told(wrong)
    assert "<script" not in srm.check("counts", wrong).body
    wrong.loc["shared", last] = None
    assert f"shared, {last}: " in told(wrong)
    assert "'shared' is in this DataFrame twice" in told(pd.concat([counts, counts.loc[["shared"]]]))
    long = told(srm.load_cells("azure-2026"))
    assert "Not asked for among the rows: 0, 1, 2, 3, 4, 5 and …." in long


@pytest.mark.parametrize("lang", LANGUAGES)
def test_another_order_is_right_and_that_is_said(lang):
    """No exercise asks for an order: who sorts the shares has the table that was asked for."""
    share = srm.load_baselines(lang=lang).query("supported").groupby("control_domain")["enabled_by_default"]
    counts = answers(lang)["counts"]
    for exercise, answer in (
        ("on_by_default", share.mean().sort_values()),
        ("counts", counts.iloc[::-1]),
        ("counts", counts.iloc[:, ::-1]),
    ):
        right, text = verdict(srm.check(exercise, answer, lang))
        assert right, text
        assert texts(lang)["exercise"]["order"] in text
    wrong = counts.iloc[::-1].astype(object)
    wrong.iat[0, 0] = 99
    assert "99" in verdict(srm.check("counts", wrong, lang))[1]


def test_what_differs_is_named_in_dutch():
    counts = answers("nl")["counts"]
    _, text = verdict(srm.check("counts", counts.drop("gedeeld"), "nl"))
    assert text == "Klopt niet. Er ontbreken rijen: gedeeld."
    _, text = verdict(srm.check("counts", 3, "nl"))
    assert text == "Klopt niet. Dit is een int; er werd een DataFrame gevraagd."


@pytest.mark.parametrize(
    "answer",
    [
        pd.DataFrame(),
        pd.DataFrame({"a": [[1], [2]]}),
        pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("a", 1), ("a", 2)])),
        pd.DataFrame({None: [1]}, index=[float("nan")]),
        pd.DataFrame({"x": [1]}, index=pd.to_datetime(["2026-01-01"])),
        object(),
        pd.DataFrame,
        float("nan"),
    ],
)
def test_strange_answers_are_told_not_raised(answer):
    for exercise in ("moves", "kept", "counts"):
        right, text = verdict(srm.check(exercise, answer))
        assert not right
        assert len(text) > 20


@pytest.mark.parametrize("strange", [[1, 2], pd.Series([1, 2]), pd.NA, {}, pd.Timestamp("2026-01-01"), ...])
def test_strange_cells_are_told_not_raised(strange):
    answer = answers("en")["counts"].astype(object)
    answer.iat[1, 1] = strange
    assert "shared, IaaS: " in verdict(srm.check("counts", answer))[1]


def test_an_unknown_exercise_is_guessed():
    with pytest.raises(srm.UnknownNameError, match=r"exercise 'move'\. Did you mean 'moves'\?"):
        srm.check("move", ...)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_answer_that_cannot_be_kept_is_told(work, lang):
    work.write_text("")
    _, text = verdict(srm.check("counts", answers(lang)["counts"], lang))
    assert texts(lang)["exercise"]["same"] in text
    assert texts(lang)["progress"]["unwritable"].partition(" {")[0] in text


labels = st.text("abcdefgh", min_size=1, max_size=3)


@st.composite
def frames(draw):
    rows = draw(st.lists(labels, min_size=1, max_size=5, unique=True))
    columns = draw(st.lists(labels, min_size=1, max_size=4, unique=True))
    values = st.one_of(st.sampled_from(["customer", "shared", "provider"]), st.integers(0, 9), st.none())
    content = {c: draw(st.lists(values, min_size=len(rows), max_size=len(rows))) for c in columns}
    return pd.DataFrame(content, index=rows, dtype=object)


@settings(max_examples=40, deadline=None)
@given(frames(), st.sampled_from(LANGUAGES))
def test_equal_tables_do_not_differ(frame, lang):
    assert check_tables.first_fault(frame.copy(), frame, lang) == ""
    assert check_tables.first_fault(frame.rename_axis("other"), frame, lang) == ""
    assert check_tables.first_fault(frame.iloc[::-1, ::-1], frame, lang) == ""


@settings(max_examples=60, deadline=None)
@given(frames(), st.data(), st.sampled_from(LANGUAGES))
def test_any_single_change_is_told(frame, data, lang):
    row, column = data.draw(st.sampled_from([*frame.index])), data.draw(st.sampled_from([*frame.columns]))
    changed = {
        "row gone": lambda: (frame.drop(row), row),
        "column gone": lambda: (frame.drop(columns=column), column),
        "row more": lambda: (pd.concat([frame, frame.iloc[[0]].set_axis(["zz"])]), "zz"),
        "column more": lambda: (frame.assign(zz=1), "zz"),
        "row renamed": lambda: (frame.rename(index={row: "zz"}), "zz"),
        "column renamed": lambda: (frame.rename(columns={column: "zz"}), "zz"),
        "row twice": lambda: (pd.concat([frame, frame.loc[[row]]]), row),
        "column twice": lambda: (pd.concat([frame, frame[[column]]], axis=1), column),
        "other value": lambda: (with_value(frame, row, column, "zz"), f"{row}, {column}: zz"),
        "no table": lambda: (frame.to_dict(), "dict"),
    }
    answer, named = changed[data.draw(st.sampled_from([*changed]))]()
    told = check_tables.first_fault(answer, frame, lang)
    assert named in told
    assert told.endswith(".")


def with_value(frame, row, column, value):
    frame = frame.copy()
    frame.loc[row, column] = value
    return frame


# What all of them share.


EXERCISES = {
    "sort": ("srm-sort", lambda lang: srm.sort_duties("azure-2026", "customer", lang)),
    "ladder": ("srm-sort", lambda lang: srm.order_ladder("azure-2026", lang)),
    "place": ("srm-sort", lambda lang: srm.place_services("azure-sql", lang=lang)),
    "wrong_cell": ("srm-wrong-cell", lambda lang: srm.find_wrong_cell("azure-2026", lang)),
    "both": ("srm-own-words", lambda lang: srm.both_parts("azure-2026", "applications", "paas", lang)),
    "sides": ("srm-own-words", lambda lang: srm.both_sides("ovh-fire-2021", lang)),
    "claim": ("srm-claim", lambda lang: srm.write_claim(2, "azure-2026", lang=lang)),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", EXERCISES)
def test_an_exercise_is_a_component_with_three_hints(kind, lang, work):
    tag, make = EXERCISES[kind]
    view = make(lang)
    assert not work.exists(), "an exercise that nobody touched keeps nothing"
    assert (view.tag, view.content["lang"]) == (tag, lang)
    assert view.content["hints"] == texts(lang)["exercise"]["hints"][kind]
    assert len({*view.content["hints"]}) == 3
    assert repr(view) == texts(lang)["exercise"]["hint"]
    assert view.away.needs_kernel == ("typing" if tag in ("srm-own-words", "srm-claim") else "")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", EXERCISES)
def test_paper_holds_the_task_and_room_for_a_pen_but_no_answer(kind, lang):
    view = EXERCISES[kind][1](lang)
    text, html = plain(view.still.body), str(view.still)
    assert f'lang="{lang}"' in html
    asked = view.content["task"].removesuffix(texts(lang)["exercise"]["afterwards"]).strip()
    assert asked in text
    assert not any(said["text"] and said["text"] in text for said in view.content.get("said", []))
    assert not any(hint in text for hint in view.content["hints"])
    if view.tag == "srm-sort":
        for one in (*view.content["cards"], *view.content["places"]):
            assert one["label"] in text
        assert html.count('class="fill"') == len(view.content["places"])
    elif view.tag == "srm-own-words":
        assert html.count('class="lines"') == 2
    elif view.tag == "srm-claim":
        assert html.count("☐") == 8
    else:
        assert html.count("<tr") == len(view.content["rows"]) + 1


def test_words_of_a_matrix_stay_words():
    evil = pd.DataFrame(
        {c: ["customer", "shared", "provider"] for c in ("a", PAYLOAD, "c")}, index=["x", PAYLOAD, "y"]
    )
    for view in (
        srm.sort_duties(evil, "customer"),
        srm.order_ladder(evil),
        srm.find_wrong_cell(evil),
        srm.both_parts(evil, PAYLOAD, PAYLOAD),
    ):
        assert PAYLOAD in json.dumps(view.content)
        assert "<script" not in str(view.still)
        page = web.element(view.tag, view.content, str(view.still))
        assert page.count("</script>") == 1, "no text ends the script that the content stands in"
    assert wide_frame(as_matrix(evil, "en"), {}).columns[1] == PAYLOAD


# Place services.


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_service_is_placed_on_one_model(lang):
    services = srm.load_services(lang)
    view = srm.place_services(*services["service_id"], lang=lang)
    words = texts(lang)["exercise"]
    for (name, row), (label, said) in zip(services.iterrows(), verdicts(view), strict=True):
        assert label.endswith(f". {name}")
        assert [model for model, (right, _) in said.items() if right] == [row["model"]]
        named = row["basis"] == "Microsoft"
        told = words["place_named" if named else "place_read"].format(model=row["model"])
        assert told in said[row["model"]][1]
        arguable = [model for model, (_, text) in said.items() if words["place_near"] in text]
        models = [*said]
        place = models.index(row["model"])
        near = [model for i, model in enumerate(models) if abs(i - place) == 1]
        assert arguable == ([] if named else near)
        for model in set(models) - {row["model"], *arguable}:
            assert row["model"] not in said[model][1].replace(model, "")  # a wrong one gives nothing away


def test_the_signs_of_a_service_are_those_of_the_baselines():
    ((_, aks), (_, sql)) = verdicts(
        srm.place_services("Azure Kubernetes Service (AKS)", "azure-sql", lang="en")
    )
    assert "Access to the machine (v3.0): no access." in aks["between IaaS and PaaS"][1]
    assert "Who patches the operating system (v1.1): customer." in aks["IaaS"][1]
    assert "Who patches the operating system (v1.1): does not apply." in sql["PaaS"][1]


def test_an_unknown_service_is_guessed():
    with pytest.raises(UnknownNameError, match="Did you mean 'Azure SQL'"):
        srm.place_services("Azure SQLL")


def test_the_share_of_defaults_by_any_right_way():
    features = srm.load_baselines().query("supported")
    groups = features.groupby("control_domain")["enabled_by_default"]
    for answer in (groups.mean(), groups.sum() / groups.size(), groups.mean().to_frame()):
        fault = check_tables.first_fault(answer, check_tables._WANTED["on_by_default"]("en"), "en")
        assert not fault or "column" in fault, fault
    assert verdict(srm.check("on_by_default", groups.mean()))[0]
    assert not verdict(srm.check("on_by_default", groups.sum()))[0]
