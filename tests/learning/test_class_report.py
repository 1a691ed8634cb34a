"""What a teacher shows of a class and what a teacher keeps: no names in front, and a spreadsheet behind."""

import json
import os

import pytest

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES, UnknownNameError
from srm_data.learning import hand_in
from srm_data.learning.questions import find_question
from tests.views.html.test_tables import parse

BOTH = pytest.mark.parametrize("lang", LANGUAGES)

#: Of lesson 2, 1 and 5, each with its right answer and a wrong one.
NETWORK, WINDOWS, LAW = "database-open-to-all", "vm-os-update", "accountable-to-the-law"
FORMULA = '=HYPERLINK("http://x","y")'
LEARNERS = 28


def answer(question, *, right, sure):
    asked = find_question(question, "en")
    wrong = next(option.key for option in asked.options if not asked.accepts(option.key))
    return {
        "answer": asked.key if right else wrong,
        "sure": sure,
        "when": "2026-10-01T10:00:00",
        "revealed": True,
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """28 learners as Moodle packs them; every fourth left the network to somebody else, and was certain."""
    root = tmp_path_factory.mktemp("class")
    for n in range(LEARNERS):
        bets = {
            NETWORK: answer(NETWORK, right=n % 4 > 0, sure=2),
            WINDOWS: answer(WINDOWS, right=n % 2 > 0, sure=0),
        }
        kept = {"version": 2, "bets": bets, "work": {}, "answers": {}}
        place = root / f"Learner{n:02} Ödegård_{n + 100}_assignsubmission_file" / "progress.json"
        place.parent.mkdir()
        place.write_text(json.dumps(kept), "utf-8")
    names = (FORMULA, "+1+1", "@SUM(A1)", "-2")
    for name, ending in zip(names, (".json",) * 4, strict=True):
        safe = name.replace("/", "∕")
        kept = {"version": 2, "bets": {LAW: answer(LAW, right=True, sure=1)}, "learner": "never shown"}
        (root / f"{safe}{ending}").write_text(json.dumps(kept), "utf-8")
    (root / "Zed Broken.json").write_text("{", "utf-8")
    page = hand_in.Page("en", "Hannah Only-Page", {}, (), answers=())
    (root / "Hannah Only-Page.md").write_text(hand_in.to_markdown(page, "x.png"), "utf-8")
    return root


def shown(results):
    return parse(results._repr_html_().partition("</style>")[2]).text


@BOTH
def test_what_may_be_on_the_projector_names_nobody(folder, lang):
    results = srm.class_results(folder, lang)
    assert len(results.learners) == LEARNERS + 4 + 1
    named = parse(str(results.with_names).partition("</style>")[2]).text
    for picture in (shown(results), results.figure().svg(), results.figure().alt, repr(results)):
        for name in (*results.learners, "Zed", "Hannah", "progress.json", "never shown"):
            assert name == "-2" or name not in picture
    for name in (*results.learners, "Zed Broken.json"):
        assert name in named


def test_a_lesson_is_counted_from_progress_files(folder):
    results = srm.class_results(folder, "en")
    rows = results.per_lesson.set_index("lesson").to_dict("index")
    assert rows == {
        1: {"title": "Who is responsible?", "learners": 28, "predictions": 28, "right": 14, "share": 0.5}
        | {"certain_wrong": 0},
        2: {"title": "Service models", "learners": 28, "predictions": 28, "right": 21, "share": 0.75}
        | {"certain_wrong": 7},
        5: {"title": rows[5]["title"], "learners": 4, "predictions": 4, "right": 4, "share": 1.0}
        | {"certain_wrong": 0},
    }
    assert rows[5]["title"] in shown(results)


def test_a_learner_is_a_row_with_or_without_a_page(folder):
    frame = srm.class_results(folder, "en").per_learner.set_index("learner")
    assert frame.loc["Learner00 Ödegård"].to_dict() == {
        "lessons": "1, 2",
        "predictions": 2,
        "right": 0,
        "share": 0.0,
        "certain_wrong": 1,
        "hand_in": "",
    }
    only_page = frame.loc["Hannah Only-Page"]
    assert only_page["predictions"] == 0
    assert only_page.isna()["share"]
    assert "Sources" in only_page["hand_in"]


@BOTH
def test_one_lesson_alone(folder, lang):
    results = srm.class_results(folder, lang)
    second = results.of_lesson(2)
    title = "Lesson 2, Service models: " if lang == "en" else "Les 2, Servicemodellen: "
    assert second.sentence.startswith(title)
    assert {bet.question for bet in second.made} == {NETWORK}
    assert title.strip() in second.figure().svg()
    assert second.per_lesson["lesson"].tolist() == [2]
    assert len(second.learners) == LEARNERS
    assert results.of_lesson(12).sentence.endswith(texts(lang)["classroom"]["none_of_lesson"])
    with pytest.raises(UnknownNameError, match="12"):
        results.of_lesson(99)


@pytest.fixture(scope="module")
def read_back(folder, tmp_path_factory):
    """Both spreadsheets, as openpyxl reads them, by language."""
    if os.environ.get("CI"):
        import openpyxl
    else:
        openpyxl = pytest.importorskip("openpyxl", reason="not there: pip install -r requirements-test.txt")
    out = tmp_path_factory.mktemp("sheets")
    files = {lang: srm.class_results(folder, lang).save(out / f"class-{lang}") for lang in LANGUAGES}
    return {lang: openpyxl.load_workbook(file) for lang, file in files.items()}


@BOTH
def test_another_program_reads_every_sheet(folder, read_back, lang):
    results, words = srm.class_results(folder, lang), texts(lang)["classroom"]
    sheets = {
        key: [*read_back[lang][name].iter_rows(values_only=True)]
        for key, name in words["sheet"].items()
        if key != "title"
    }
    assert len(read_back[lang].sheetnames) == len(sheets)
    heads, _, second, *_ = sheets["lessons"]
    assert heads[:2] == (words["the_lesson"], words["title"])
    assert second == (2, results.per_lesson["title"][1], 28, 28, 21, 0.75, 7)
    assert read_back[lang][words["sheet"]["lessons"]]["F3"].number_format == "0%"
    learners = {row[0]: row for row in sheets["learners"][1:]}
    assert learners.keys() == {*results.learners}
    assert learners["Learner00 Ödegård"] == ("Learner00 Ödegård", "1, 2", 2, 0, 0, 1, None)
    assert len(sheets["predictions"]) == 1 + len(results.made)
    assert sheets["skipped"][1:] == [*results.left_out]
    missed = results.missed(lang)
    assert [row[0] for row in sheets["questions"][1:]] == [one.question.stem for one in missed]
    for key in ("questions", "lessons"):
        assert not [cell for row in sheets[key] for cell in row if cell in results.learners]


def test_no_name_is_a_formula(read_back):
    cells = {
        cell.value: cell.data_type
        for sheet in read_back["en"]
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    for name in ("+1+1", "@SUM(A1)", "-2", FORMULA.replace("/", "∕")):
        assert cells[name] == "s"
    assert {*cells.values()} == {"s", "n"}


def test_the_same_class_gives_the_same_bytes_and_nobody_s_file_is_lost(folder, tmp_path):
    results = srm.class_results(folder, "nl")
    first = results.save(tmp_path / "klas.xlsx")
    before = first.read_bytes()
    assert results.save(tmp_path / "klas") == first
    assert first.read_bytes() == before
    first.write_bytes(before + b"a note of the teacher")
    assert results.save(first).name == "klas-2.xlsx"
    with pytest.raises(ValueError, match=r"klas\.csv wordt zo geen rekenblad"):
        results.save(tmp_path / "klas.csv")
