"""A teacher reads the files of a class: right counts, honest skips, and text that stays text."""

import io
import json
import os
import re
import shutil
import textwrap
import tracemalloc
import zipfile
from pathlib import Path

import pytest

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.files.paths import CHECKOUT
from srm_data.learning import class_results, hand_in, hand_in_facts, hand_in_reader
from srm_data.learning import progress as standing
from srm_data.learning.questions import find_question, misconception, question_bank
from tests.views.figures.checks import cells_of, claims, faults
from tests.views.html.test_tables import parse

EXAMPLE = CHECKOUT / "notebooks" / "teacher" / "example_class"

#: Lesson 2: who answers for the network in PaaS? Shared; "provider" is the misconception paas-network.
NETWORK = "database-open-to-all"
#: Lesson 1: who updates Windows on a rented machine? The customer.
WINDOWS = "vm-os-update"


def bet(answer, sure=1, when="2026-10-01T10:00:00"):
    return {"answer": answer, "sure": sure, "when": when, "revealed": True}


def progress(file, bets, **more):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"version": 1, "bets": bets, "work": {}} | more), encoding="utf-8")
    return file


@pytest.fixture
def few(tmp_path):
    """Three learners: one all right, two who leave the network to the provider, one of them certain."""
    progress(tmp_path / "ann" / "progress.json", {NETWORK: bet("shared"), WINDOWS: bet("customer")})
    progress(tmp_path / "bo" / "my_work" / "progress.json", {NETWORK: bet("provider", 2)})
    progress(tmp_path / "cy.json", {NETWORK: bet("provider", 0), WINDOWS: bet("shared")})
    return tmp_path


# Counting


def test_every_bet_is_a_row(few):
    bets = srm.class_results(few, "en").bets.set_index(["learner", "question"])
    assert sorted(bets.index) == [
        ("ann", NETWORK),
        ("ann", WINDOWS),
        ("bo", NETWORK),
        ("cy", NETWORK),
        ("cy", WINDOWS),
    ]
    assert bets.loc[("bo", NETWORK)].to_dict() == {
        "lesson": 2,
        "matrix": "azure-2026",
        "area": "Network controls",
        "column": "PaaS",
        "answer": "Provider",
        "right": False,
        "sure": 2,
        "misconception": "paas-network",
        "file": "bo/my_work/progress.json",
    }
    assert bets.loc[("ann", NETWORK), "right"]
    assert bets.loc[("ann", NETWORK), "misconception"] == ""


def test_how_sure_is_held_against_how_right(few):
    results = srm.class_results(few, "en")
    assert results.calibration.values.tolist() == [
        ["a guess", 1, 0, 0.0],
        ["fairly sure", 3, 2, 2 / 3],
        ["certain", 1, 0, 0.0],
    ]
    options = len(find_question(NETWORK, "en").options)
    squares = [
        (1 / options) ** 2,
        0.25**2,
        0.25**2,
        0.75**2,
        1,
    ]
    assert results.brier == pytest.approx(sum(squares) / 5)
    shown = parse(str(results._repr_html_())).text
    assert "How sure they were, and how often right" in shown
    assert f"Brier score {results.brier:.2f}." in shown
    assert f"Brierscore {results.brier:.2f}.".replace("0.", "0,") in str(
        srm.class_results(few, "nl")._repr_html_()
    )


def test_nobody_who_said_how_sure_is_no_score(tmp_path):
    progress(tmp_path / "ann.json", {NETWORK: {"answer": "shared"}})
    results = srm.class_results(tmp_path, "en")
    assert results.brier is None
    assert results.calibration.empty
    assert "Brier" not in str(results._repr_html_())


def test_the_worst_question_comes_first(few):
    worst, other = srm.class_results(few, "en").missed("en")
    assert (worst.question.id, worst.asked, worst.right, worst.certain) == (NETWORK, 3, 1, 1)
    assert worst.answers == {"provider": 2}
    assert worst.chosen.misconception == "paas-network"
    assert (other.question.id, other.asked, other.right) == (WINDOWS, 2, 1)


def test_two_questions_about_one_cell_are_one_cell(tmp_path):
    twin = "paas-firewall-open"
    cells = [find_question(name, "en") for name in (NETWORK, twin)]
    assert len({(q.matrix.id, q.area, q.column) for q in cells}) == 1
    progress(tmp_path / "a.json", {NETWORK: bet("provider"), twin: bet("customer")})
    (cell,) = srm.class_results(tmp_path, "en").missed("en", cells=True)
    assert (cell.asked, cell.answers) == (2, {"customer": 1, "provider": 1})


@pytest.mark.parametrize("swapped", [False, True])
def test_the_latest_answer_wins(swapped, tmp_path):
    old, new = bet("provider", when="2026-10-01T10:00:00"), bet("shared", when="2026-10-08T10:00:00")
    first, second = (new, old) if swapped else (old, new)
    progress(tmp_path / "ann" / "a.json", {NETWORK: first})
    progress(tmp_path / "ann" / "b" / "progress.json", {NETWORK: second})
    (row,) = srm.class_results(tmp_path, "en").bets.itertuples()
    assert (row.learner, row.answer, row.right) == ("ann", "Shared", True)


@pytest.mark.parametrize("when", ["yesterday", None, 5, [], "9999-99-99", "0001-01-01T00:00:00+14:00"])
def test_a_bet_without_a_good_date_counts_but_never_wins(when, tmp_path):
    progress(
        tmp_path / "ann" / "a.json", {NETWORK: bet("provider", when=when), WINDOWS: bet("shared", when=when)}
    )
    progress(tmp_path / "ann" / "b.json", {NETWORK: bet("shared")})
    bets = srm.class_results(tmp_path, "en").bets.set_index("question")
    assert bets["answer"].to_dict() == {NETWORK: "Shared", WINDOWS: "Shared"}


def test_a_bet_with_a_zone_is_compared_by_its_moment(tmp_path):
    progress(tmp_path / "ann" / "a.json", {NETWORK: bet("provider", when="2026-10-01T10:00:00+00:00")})
    progress(tmp_path / "ann" / "b.json", {NETWORK: bet("shared", when="2026-10-03T10:00:00")})
    assert srm.class_results(tmp_path, "en").bets["answer"].tolist() == ["Shared"]


@pytest.mark.parametrize("text", ["", "\\", "\u00ad"])
def test_an_empty_file_is_named_and_stops_nothing(text, tmp_path):
    (tmp_path / "ann.md").write_text(text, "utf-8")
    progress(tmp_path / "bo" / "progress.json", {WINDOWS: bet("customer")})
    found = srm.class_results(tmp_path, "en")
    assert [*found.bets["learner"]] == ["bo"]
    assert [*found.skipped["file"]] == ["ann.md"]


def test_right_is_computed_and_not_believed(tmp_path):
    progress(tmp_path / "a.json", {NETWORK: bet("provider") | {"right": True}})
    assert srm.class_results(tmp_path, "en").bets["right"].tolist() == [False]


@pytest.mark.parametrize("answer", [["provider"], {"a": 1}, 5, None, "nobody"])
def test_an_answer_the_question_does_not_have_is_no_bet(answer, tmp_path):
    kept = {NETWORK: bet(answer), WINDOWS: bet("customer", sure=[2]), "no-such-question": bet("shared")}
    progress(tmp_path / "a.json", kept)
    (row,) = srm.class_results(tmp_path, "en").bets.itertuples()
    assert row.question == WINDOWS
    assert [made.question.id for made in standing.bets_made(kept, "en")] == [WINDOWS]


def test_beliefs_are_ranked_by_bets(few):
    progress(few / "dee.json", {WINDOWS: bet("provider")})
    claims = [misconception(name, "en") for name in ("paas-network", "os-patch")]
    assert srm.class_results(few, "en").beliefs("en") == [(*claims[0], 2, 2), (*claims[1], 1, 1)]


# Hand-ins


@pytest.fixture
def page(tmp_path, monkeypatch):
    """A function that writes a hand-in as a learner would, with what they bet before."""

    def write(file, lang, sections, bets):
        work = tmp_path.parent / f"{tmp_path.name}-work"
        monkeypatch.setenv("SRM_WORK", str(work))
        progress(work / "progress.json", bets)
        file.parent.mkdir(parents=True, exist_ok=True)
        made = hand_in.compose("A. Learner", sections, lang=lang)
        file.write_text(hand_in.to_markdown(made, "hand-in.png"), encoding="utf-8")
        return file

    return write


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("reader", LANGUAGES)
def test_a_hand_in_tells_what_was_left_empty(lang, reader, page, tmp_path):
    page(tmp_path / "ann" / "page.md", lang, {"key_terms": "PaaS, SaaS", "result": "## Result\n*ok*"}, {})
    ((learner, file, empty),) = srm.class_results(tmp_path, reader).hand_ins.itertuples(index=False)
    assert (learner, file) == ("ann", "ann/page.md")
    assert (
        empty
        == {
            "en": "Definition, Assignment, Sources used, Difficulties met, Conclusion",
            "nl": "Definitie, Opdracht, Gebruikte bronnen, Ervaren uitdagingen, Conclusie",
        }[reader]
    )


def test_a_section_that_was_wiped_or_lost_is_empty(page, tmp_path):
    file = tmp_path / "ann.md"
    page(file, "en", dict.fromkeys(hand_in.SECTIONS, "Some words."), {})
    assert srm.class_results(tmp_path, "en").hand_ins["empty"].tolist() == [""]
    text = file.read_text("utf-8")
    before, _, after = text.partition("### Result")
    file.write_text(before.replace("## Assignment\n\nSome words.", "## Assignment\n"), "utf-8")
    assert after
    assert srm.class_results(tmp_path, "en").hand_ins["empty"].tolist() == ["Assignment, Result"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_wrong_bets_are_read_from_a_hand_in(lang, page, tmp_path):
    wrong = {NETWORK: bet("provider"), "what-the-model-does": bet("b"), "count-alone-in-saas": bet("0")}
    page(tmp_path / "ann.md", lang, {}, wrong | {WINDOWS: bet("customer")})
    results = srm.class_results(tmp_path, lang)
    assert set(results.bets["question"]) == set(wrong)
    assert not results.bets["right"].any()
    assert {"en": "3 of these predictions come from hand-ins", "nl": "3 van deze voorspellingen komen uit"}[
        lang
    ] in results.sentence


def test_progress_is_believed_before_a_hand_in(page, tmp_path):
    page(tmp_path / "ann" / "a.md", "en", {}, {NETWORK: bet("provider")})
    progress(tmp_path / "ann" / "z.json", {NETWORK: bet("shared", when="no date")})
    assert srm.class_results(tmp_path, "en").bets["right"].tolist() == [True]


# Whose it is


A, B, C = (bet("provider", when=f"2026-10-0{n}T10:00:00") for n in (1, 2, 3))
ONE, TWO = {NETWORK: A}, {NETWORK: B}

#: Files with their bets, and how many bet the provider: once a person.
PLACES = {
    "Canvas": {
        "doejane_12345_678901_progress.json": ONE,
        "doejane_12345_678950_progress-1.json": TWO,
        "leeann_LATE_12346_678903_progress.json": ONE,
        "leeann_99999_678904_progress.json": TWO,
        "_777_678905_progress.json": ONE,  # a name without a Latin letter
    },
    "Moodle, folders": {
        "Jane Doe_12345_assignsubmission_file_/progress.json": ONE,
        "Jane Doe_12345_assignsubmission_file_/my_work/progress.json": TWO,
        "Jane Doe_99999_assignsubmission_file/progress.json": {NETWORK: C},
        "José de Wit_12346_assignsubmission_file_/progress.json": ONE,
        "Jose\u0301 de Wit_12346_assignsubmission_file_/progress (1).json": TWO,
        "Participant_5_assignsubmission_file_/progress.json": ONE,
        "Participant_6_assignsubmission_file_/progress.json": TWO,
    },
    "Moodle, flat": {
        "Jane Doe_12345_assignsubmission_file_progress.json": ONE,
        "Jane Doe_12345_assignsubmission_file_my_work_progress.json": TWO,
        "Jan_12346_assignsubmission_file_progress.json": ONE,
        "Jan_12347_assignsubmission_file_progress.json": TWO,
    },
    "Moodle, two assignments": {
        "les 1/Jane Doe_12345_assignsubmission_file_/progress.json": ONE,
        "les 2/Jane Doe_77777_assignsubmission_file_/progress.json": TWO,
        "cloud/Jane Doe_66666_assignsubmission_file_/progress.json": TWO,
    },
    "Canvas, anonymous": {
        "anon_8iGjr_678901_progress.json": ONE,
        "anon_8iGjr_678950_progress.json": TWO,
        "LATE_anon_x2Q9a_678903_progress.json": ONE,
        "LATE_anon_x2Q9a_678904_progress.json": TWO,
    },
    "Moodle, groups": {
        "Team A_31_assignsubmission_file/progress.json": ONE,
        "Team A_31_assignsubmission_onlinetext/progress.json": TWO,
        "Default group_assignsubmission_file/progress.json": ONE,
        "Default group_assignsubmission_onlinetext/progress.json": TWO,
    },
    "Brightspace": {
        "12345-67890 - Jane Doe - Oct 12, 2026 1159 PM/progress.json": ONE,
        "12345-67890 - Jane Doe - Oct 13, 2026 904 AM/progress.json": TWO,
        "12346-67890 - Jane Doe - Oct 12, 2026 1159 PM/progress.json": ONE,
        "12347-67890 - Anne-Marie Smit - 12 okt, 2026 2359/progress.json": ONE,
        "index.html": None,
    },
    "Blackboard": {
        "Opdracht_1_doej_attempt_2026-10-12-11-59-00_progress.json": ONE,
        "Opdracht_1_doej_attempt_2026-10-13-11-59-00_progress.json": TWO,
        "Opdracht_1_doej_attempt_2026-10-13-11-59-00.txt": "Name: Jane Doe (doej)\n",
        "Opdracht_1_leea_attempt_2026-10-12-11-59-00_progress.json": ONE,
    },
    "Google Classroom": {
        "Jane Doe - progress.json": ONE,
        "Copy of Jane Doe - progress.json": TWO,
        "Ann Lee - progress.json": ONE,
    },
    "Teams": {
        "Submitted files/Jane Doe/Cloud/Version 1/progress.json": ONE,
        "Submitted files/Jane Doe/Cloud/Version 2/progress.json": TWO,
        "Submitted files/Jane Doe/Roles/Version 1/progress.json": TWO,
        "Working files/Jane Doe/Cloud/progress.json": TWO,
        "Submitted files/Ann Lee/Cloud/Version 1/progress.json": ONE,
    },
    "copies of files": {
        "jane.json": ONE,
        "jane (1).json": TWO,
        "jane - Copy.json": TWO,
        "jane - Kopie (2).json": TWO,
        "Copy of jane.json": TWO,
        "Kopie van jane.json": TWO,
        "JANE(3).json": TWO,
        "progress jane.json": TWO,
        "jane_progress.json": TWO,
        "jane-progress (2).json": TWO,
        "bob.json": ONE,
    },
    "copies of folders": {
        "Jane Doe/progress.json": ONE,
        "Jane Doe - Copy/progress.json": TWO,
        "Jane Doe (2)/my_work/progress - Kopie.json": TWO,
        "jane doe/progress.json.txt": TWO,
        "Bob Ray/work/progress.json": ONE,
    },
    "nested": {
        "class/2026/Jane/my_work/progress.json": ONE,
        "class/2026/Jane/my_work (1)/progress (1).json": TWO,
        "class/2026/Bob/progress.json": ONE,
    },
    "two classes": {
        "3A/Jane/progress.json": ONE,
        "3A/Bob/progress.json": TWO,
        "3B/Jane/progress.json": ONE,
        "3B/Cy/progress.json": TWO,
    },
    "no name, copies": {
        "progress.json": ONE | {WINDOWS: A},
        "progress (1).json": TWO | {WINDOWS: A},
        "Copy of progress.json": ONE,
        "progress - Kopie.json": ONE,
        "progress-1.json": ONE,
        "progress 2.json": ONE,
    },
    "no name, e-mail": {
        f"progress{mark}.json": dict.fromkeys(
            (NETWORK, WINDOWS, "paas-firewall-open"), bet("provider", when=f"2026-10-01T10:00:0{n}")
        )
        for n, mark in enumerate(("", " (1)", " (2)"))
    },
    "one first name": {"Jane Doe.json": ONE, "Jane Ray.json": TWO, "Jane.json": ONE},
    "numbers": {"1.json": ONE, "2.json": TWO, "0912345.json": ONE},
    "a file of one day": {"jane/progress_2026_11_25.json": ONE, "jane/progress-2.json": TWO},
}
PEOPLE = {
    "Canvas": 4,
    "Moodle, folders": 5,
    "Moodle, flat": 3,
    "Moodle, two assignments": 1,
    "Canvas, anonymous": 2,
    "Moodle, groups": 2,
    "Brightspace": 3,
    "Blackboard": 2,
    "Google Classroom": 2,
    "Teams": 2,
    "copies of files": 2,
    "copies of folders": 2,
    "nested": 2,
    "two classes": 4,
    "no name, copies": 1,
    "no name, e-mail": 3,
    "one first name": 3,
    "numbers": 3,
    "a file of one day": 1,
}
#: Files that only a place straight in the folder gives to several people.
IN_THE_OPEN = ("copies of files", "no name, copies", "no name, e-mail", "one first name", "numbers")


def as_bytes(content):
    if content is None:
        return b"<html></html>"
    if isinstance(content, str):
        return content.encode()
    return json.dumps({"version": 1, "bets": content, "work": {}}).encode()


def lay(folder, files):
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(as_bytes(content))
    return folder


def pack(files, **options):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content if isinstance(content, bytes) else as_bytes(content))
    return raw.getvalue()


@pytest.mark.parametrize("way", ["folder", "zip", "zip in a folder", "under one folder"])
@pytest.mark.parametrize("place", PLACES)
def test_one_learner_a_person_wherever_the_files_come_from(place, way, tmp_path):
    files = PLACES[place]
    if way == "folder":
        source = lay(tmp_path, files)
    elif way == "under one folder":
        source = lay(tmp_path / "in" / "Klas 3B", files).parent
    else:
        source = tmp_path / "Cloud en wij.zip"
        source.write_bytes(pack(files))
        source = source if way == "zip" else tmp_path
    results = srm.class_results(source, "en")
    if way in ("zip in a folder", "under one folder") and place in IN_THE_OPEN:
        assert len(results.learners) == 1, "files in a folder are those of the learner it is named after"
        return
    assert len(results.learners) == len(set(results.learners)) == PEOPLE[place]
    assert results.bets["question"].value_counts()[NETWORK] == PEOPLE[place]
    assert results.left_out == ()


@pytest.mark.parametrize("order", [1, -1])
def test_the_later_answer_wins_across_the_tries_of_a_platform(order, tmp_path):
    files = {
        "doejane_12345_678901_progress.json": {NETWORK: bet("provider", when="2026-10-02T10:00:00")},
        "doejane_12345_678950_progress-1.json": {NETWORK: bet("shared", when="2026-10-03T10:00:00")},
        "doejane_LATE_12345_678999_my_work.zip": pack(
            {"my_work/progress.json": {NETWORK: bet("customer", when="2026-10-01T10:00:00")}}
        ),
    }
    source = tmp_path / "submissions.zip"
    source.write_bytes(pack(dict([*files.items()][::order])))
    (row,) = srm.class_results(source, "en").bets.itertuples()
    assert (row.learner, row.answer) == ("doejane", "Shared")


def test_two_of_one_name_are_told_apart(tmp_path):
    lay(tmp_path, PLACES["two classes"])
    assert sorted(srm.class_results(tmp_path, "en").learners) == ["Bob", "Cy", "Jane", "Jane (3B)"]


@pytest.mark.parametrize("in_file", ["json", "md", "site"])
def test_a_file_without_a_name_may_say_whose_it_is(in_file, tmp_path):
    for n, name in enumerate(("Ann Lee", "Bob Ray", "ann lee")):
        mark = f" ({n})" if n else ""
        if in_file == "json":
            progress(tmp_path / f"progress{mark}.json", ONE, work={"hand-in": {"name": name}})
        elif in_file == "site":
            progress(tmp_path / f"progress{mark}.json", ONE, version=2, learner=f" {name}\n", made_by="site")
        else:
            page = hand_in.Page(
                "en",
                name,
                {},
                (hand_in_facts.wrong_bet(find_question(NETWORK, "en"), "provider"),),
                answers=((NETWORK, "provider"),),
            )
            (tmp_path / f"hand-in-en{mark}.md").write_text(hand_in.to_markdown(page, "x.png"), "utf-8")
    results = srm.class_results(tmp_path, "en")
    assert sorted(name.casefold() for name in results.learners) == ["ann lee", "bob ray"]
    assert len(results.bets) == 2


def test_a_folder_tells_more_than_the_name_in_a_file(tmp_path):
    progress(tmp_path / "Ann Lee" / "progress.json", ONE, learner="somebody else")
    progress(tmp_path / "progress.json", ONE, learner=["no", "text"])
    assert sorted(srm.class_results(tmp_path, "en").learners) == ["Ann Lee", "progress"]


# What another program made of a hand-in


def rewrapped(text):
    return "\n".join(
        line if line.startswith(("#", "!")) else textwrap.fill(line, 30, subsequent_indent="  ")
        for line in text.splitlines()
    )


def typographic(text):
    return text.replace("'", "’").replace(" -", " –").replace("...", "…").replace(" ", "\u00a0")


RESAVED = {
    "as it was": str.encode,
    "Windows lines": lambda text: text.replace("\n", "\r\n").encode(),
    "old Mac lines": lambda text: text.replace("\n", "\r").encode(),
    "a mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-le"),
    "Windows 1252": lambda text: text.encode("cp1252", errors="replace"),
    "blanks at the end": lambda text: text.replace("\n", "  \t\n").encode(),
    "indented": lambda text: text.replace("\n", "\n   ").encode(),
    "stars": lambda text: text.replace("\n- ", "\n* ").encode(),
    "plusses": lambda text: text.replace("\n- ", "\n+   ").encode(),
    "bullets": lambda text: text.replace("\n- ", "\n•\t").encode(),
    "numbers": lambda text: text.replace("\n- ", "\n1. ").encode(),
    "no bullets": lambda text: text.replace("\n- ", "\n\n").encode(),
    "quotes turned": lambda text: text.replace("“", '"').replace("”", '"').encode(),
    "quotes curled": lambda text: typographic(text).encode(),
    "wrapped": lambda text: rewrapped(text).encode(),
    "wrapped, no bullets": lambda text: rewrapped(text.replace("\n- ", "\n\n")).encode(),
    "no escapes": lambda text: text.replace("\\", "").encode(),
    "entities": lambda text: (
        text.replace("(", "&#40;").replace("“", "&ldquo;").replace("”", "&rdquo;").encode()
    ),
    "underlined headings": lambda text: re.sub(r"^#+ (.*)$", r"\1\n-----", text, flags=re.M).encode(),
    "closed headings": lambda text: re.sub(r"^(#+) (.*)$", r"\1 \2 \1", text, flags=re.M).encode(),
    "other levels": lambda text: re.sub(r"^#+ ", "# ", text, flags=re.M).encode(),
    "named headings": lambda text: re.sub(r"^(#+ .*)$", r"\1 {#x-1}", text, flags=re.M).encode(),
    "bold headings": lambda text: re.sub(r"^#+ (.*)$", r"**\1**", text, flags=re.M).encode(),
    "plain text": lambda text: re.sub(r"^#+ |^- |^!.*$|[*\\]", "", text, flags=re.M).encode(),
    "other emphasis": lambda text: re.sub(r"^\*(.*)\*$", r"_\1_", text, flags=re.M).encode(),
}


@pytest.fixture(scope="module")
def resaved():
    """A hand-in in each language, with every kind of sentence, and what it says."""
    made = {}
    for lang in LANGUAGES:
        wrong = [
            (q.id, next(o.key for o in q.options if o.key != q.key))
            for q in question_bank(lang)
            if q.id
            in (NETWORK, "what-the-model-does", "count-alone-in-saas", "storm-layer", "hsm-third-party")
            or q.id in ("replatform-network", "patch-aks", "storm-party", "stack-saas-data")
        ]
        sentences = tuple(hand_in_facts.wrong_bet(find_question(q, lang), answer) for q, answer in wrong)
        words = {"key_terms": "PaaS, *SaaS*.\n- one\n\n# two", "difficulties": "None.", "result": "Done."}
        source = "A source, 2026. https://example.org"
        page = hand_in.Page(lang, "A. Learner", words, sentences, (source,), answers=tuple(wrong))
        text = hand_in.to_markdown(page, "x.png")
        assert hand_in.as_data(page.answers) in text
        # A program may leave the data out: then the sentences tell.
        made[lang] = text.replace(hand_in.as_data(page.answers), ""), dict(wrong)
    return made


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("change", RESAVED)
@pytest.mark.parametrize("ending", [".md", ".md.txt"])
def test_a_hand_in_that_another_program_saved_still_counts(ending, change, lang, resaved, tmp_path):
    text, wrong = resaved[lang]
    (tmp_path / f"ann{ending}").write_bytes(RESAVED[change](text))
    results = srm.class_results(tmp_path, "en")
    assert results.left_out == ()
    assert {bet.question: bet.answer for bet in results.made} == wrong
    assert results.hand_ins["empty"].tolist() == ["Definition, Assignment, Sources used, Conclusion"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_hand_in_is_read_from_its_data_whatever_became_of_its_words(lang, page, tmp_path, monkeypatch):
    wrong = {NETWORK: bet("provider"), "what-the-model-does": bet("b"), "count-alone-in-saas": bet("0")}
    path = page(tmp_path / "ann.md", lang, {}, wrong)
    told = path.read_text("utf-8")
    path.write_text("\n".join(line for line in told.splitlines() if not line.startswith("- ")), "utf-8")
    monkeypatch.setattr(hand_in_reader, "_sentences", lambda lang: pytest.fail("it read the sentences"))
    results = srm.class_results(tmp_path, lang)
    assert {one.question: one.answer for one in results.made} == {
        name: facts["answer"] for name, facts in wrong.items()
    }
    assert (
        results.hand_ins["empty"].tolist()[0].count(",") == len(hand_in.SECTIONS) - 1
    )  # a comment fills no section


@pytest.mark.parametrize(
    "told",
    [
        '{"wrong": [["no-such-question", "a"]]}',
        '{"wrong": [["database-open-to-all", "no such answer"]]}',
        '{"wrong": 3}',
        '{"wrong": [["a"]]}',
        '{"right": []}',
        "{[[[",
    ],
)
def test_damaged_data_leaves_the_sentences(told, page, tmp_path):
    path = page(tmp_path / "ann.md", "en", {}, {NETWORK: bet("provider")})
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"(?<=hand-in 1 ).*(?= -->)", lambda _: told, text), "utf-8")
    assert told in path.read_text("utf-8")
    assert [one.question for one in srm.class_results(tmp_path, "en").made] == [NETWORK]


def test_typed_data_is_text(page, tmp_path):
    typed = hand_in.as_data([(WINDOWS, "shared")])
    page(tmp_path / "ann.md", "en", {"result": typed}, {NETWORK: bet("provider")})
    assert [one.question for one in srm.class_results(tmp_path, "en").made] == [NETWORK]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sentences_of_before_are_still_read(lang, tmp_path):
    (tmp_path / "ann.md").write_bytes((EXAMPLE / "bram" / "hand-in-nl.md").read_bytes())
    results = srm.class_results(tmp_path, lang)
    assert "ik zei Leverancier, het is Gedeeld" in (tmp_path / "ann.md").read_text("utf-8")
    assert {"database-open-to-all", "stack-saas-data"} <= {bet.question for bet in results.made}
    assert len(results.made) == 11


@pytest.mark.parametrize("change", ["a mark", "UTF-16", "UTF-16 without a mark", "Windows lines"])
@pytest.mark.parametrize("ending", [".json", ".json.txt", ".txt", ".JSON"])
def test_progress_that_another_program_saved_still_counts(ending, change, tmp_path):
    text = json.dumps({"version": 1, "bets": ONE, "work": {}}, indent=1)
    (tmp_path / f"ann{ending}").write_bytes(RESAVED[change](text))
    results = srm.class_results(tmp_path, "en")
    assert (results.learners, len(results.bets), results.left_out) == (("ann",), 1, ())


# What cannot be read is named


@pytest.mark.parametrize(
    ("name", "tells"),
    [
        ("Jane Doe_1_assignsubmission_file_/hand-in-en.docx", "plain text"),
        ("Jane Doe/Verslag.odt", "plain text"),
        ("Jane Doe.pages", "plain text"),
        ("Jane Doe/hand-in-en.pdf", "the .md beside it"),
        ("Jane Doe_1_assignsubmission_onlinetext_/onlinetext.html", "the .md beside it"),
        ("Jane Doe/my_work.7z", "Unpack it first"),
        ("Jane Doe/my_work.rar", "Unpack it first"),
        ("Jane Doe/screen.png", "ask for progress.json"),
        ("Jane Doe/note.txt", "ask for progress.json"),
        ("Jane Doe/progress", "ask for progress.json"),
        ("Jane Doe/progress.json.lnk", "ask for progress.json"),
    ],
)
def test_what_another_program_made_is_named_with_what_to_do(name, tells, few):
    lay(few, {name: "something"})
    ((file, reason),) = srm.class_results(few, "en").left_out
    assert file == name
    assert reason.startswith((name, f"In {name}"))
    assert tells in reason
    ((_, dutch),) = srm.class_results(few, "nl").left_out
    assert dutch != reason
    assert name in dutch


def test_what_lies_beside_a_file_that_was_read_goes_without_saying(page, tmp_path):
    folder = tmp_path / "ann"
    page(folder / "hand-in-en.md", "en", {}, {})
    lay(folder, dict.fromkeys(("hand-in-en.pdf", "hand-in-en.html", "hand-in-en.png", "progress.lock"), "x"))
    assert srm.class_results(tmp_path, "en").left_out == ()


def marked(raw, field, value):
    """The same ZIP with another value in a field of every file: its flags or the way it is packed."""
    for start, at in ((b"PK\3\4", {"flags": 6, "packed": 8}), (b"PK\1\2", {"flags": 8, "packed": 10})):
        place = raw.find(start)
        while place >= 0:
            raw = raw[: place + at[field]] + bytes([value]) + raw[place + at[field] + 1 :]
            place = raw.find(start, place + 4)
    return raw


def nested(raw, depth):
    for _ in range(depth):
        raw = pack({"my_work.zip": raw})
    return raw


GOOD = {"my_work/progress.json": ONE}
ZIPS = {
    "locked": (lambda: marked(pack(GOOD), "flags", 1), "locked with a password"),
    "absolute": (
        lambda: pack(GOOD | {"/etc/progress.json": ONE}),
        "outside its own folder (/etc/progress.json)",
    ),
    "above": (lambda: pack(GOOD | {"../../x.json": ONE}), "outside its own folder (../../x.json)"),
    "above, of Windows": (lambda: pack(GOOD | {"..\\x.json": ONE}), "outside its own folder (../x.json)"),
    "a drive": (lambda: pack(GOOD | {"C:\\x.json": ONE}), "outside its own folder (C:/x.json)"),
    "a bomb": (
        lambda: pack({f"{n}.json": bytes(1_900_000) for n in range(120)}, compression=zipfile.ZIP_DEFLATED),
        "would unpack to 228 MB",
    ),
    "too deep": (lambda: nested(pack(GOOD), 3), "a ZIP in a ZIP in a ZIP"),
    "cut": (lambda: pack(GOOD)[:-30], "is damaged"),
    "no ZIP": (lambda: b"PK, but no ZIP", "is damaged"),
    "empty": (lambda: b"", "is damaged"),
    "a changed byte": (
        lambda: pack(GOOD).replace(b'"version"', b'"versiom"'),
        "is damaged",
    ),
    "packed another way": (lambda: marked(pack(GOOD), "packed", 99), "cannot be read here"),
}


@pytest.mark.parametrize("kind", ZIPS)
def test_a_zip_that_is_no_good_is_named_and_costs_nobody_else(kind, few):
    make, reason = ZIPS[kind]
    (few / "Jane Doe.zip").write_bytes(make())
    before = {*few.rglob("*")}
    results = srm.class_results(few, "en")
    assert {*few.rglob("*")} == before
    assert len(results.bets) == 5
    ((file, why),) = results.left_out
    assert file.startswith("Jane Doe.zip")
    assert reason in why


def test_a_zip_that_lies_about_a_size_fills_no_memory(few):
    raw = pack({"progress.json": b"[" + bytes(50_000_000)}, compression=zipfile.ZIP_DEFLATED)
    true, told = (50_000_001).to_bytes(4, "little"), (500).to_bytes(4, "little")
    assert raw.count(true) == 2
    (few / "Jane Doe.zip").write_bytes(raw.replace(true, told))
    tracemalloc.start()
    results = srm.class_results(few, "en")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000
    assert len(results.left_out) == 1
    assert len(results.bets) == 5


def test_a_zip_in_a_zip_is_read(tmp_path):
    packed = pack({"Jane Doe_1_assignsubmission_file_/my_work.zip": pack(GOOD), "Bob Ray.zip": pack(GOOD)})
    (tmp_path / "a.zip").write_bytes(packed)
    assert srm.class_results(tmp_path / "a.zip", "en").learners == ("Bob Ray", "Jane Doe")
    assert srm.class_results(tmp_path, "en").learners == ("Bob Ray", "Jane Doe")


def test_one_file_alone_is_read(tmp_path):
    file = progress(tmp_path / "jane.json", ONE)
    assert srm.class_results(file, "en").learners == ("jane",)


# Files that cannot be read


def sparse(path):
    with path.open("wb") as file:
        file.truncate(3_000_000_000)


BAD = {
    "cut.json": (lambda f: f.write_text('{"version": 1, "bets": {"vm-os'), "is damaged"),
    "empty.json": (lambda f: f.write_text(""), "is damaged"),
    "bytes.json": (lambda f: f.write_bytes(b"\xff\xfe\x00{"), "is damaged"),
    "deep.json": (lambda f: f.write_text("[" * 200_000), "is damaged"),
    "number.json": (lambda f: f.write_text('{"version": ' + "9" * 5_000 + "}"), "is damaged"),
    "shape.json": (lambda f: f.write_text('{"version": 1, "bets": []}'), "is damaged"),
    "facts.json": (lambda f: f.write_text('{"version": 1, "bets": {"vm-os-update": 3}}'), "is damaged"),
    "newer.json": (lambda f: f.write_text('{"version": 3, "bets": {}}'), "newer version of the kit"),
    "foreign.json": (
        lambda f: f.write_text('{"name": "left-pad", "version": "1.0"}'),
        "is not a progress file",
    ),
    "list.json": (lambda f: f.write_text("[1, 2]"), "is not a progress file"),
    "huge.json": (sparse, "is 3000.0 MB"),
    "readme.md": (lambda f: f.write_text("# Notes\n\n## Result\n\nBring cake.\n"), "is not a hand-in"),
    "pipe.json": (lambda f: os.mkfifo(f), "is not an ordinary file"),
    "gone.json": (lambda f: f.symlink_to("/nowhere/at/all.json"), "is not an ordinary file"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_with_its_reason_and_costs_nobody_else(name, few):
    make, reason = BAD[name]
    if name == "pipe.json" and not hasattr(os, "mkfifo"):
        make = Path.mkdir  # Windows has no pipes; a folder of that name is no file either
    make(few / name)
    results = srm.class_results(few, "en")
    if (few / name).is_dir():
        assert results.skipped.empty
        return
    ((file, why),) = results.skipped.itertuples(index=False)
    assert file == name
    assert why.startswith(f"{name} ")
    assert reason in why
    assert len(results.bets) == 5
    named = parse(str(results.with_names).partition("</style>")[2]).text
    assert why in " ".join(named.split())
    assert name not in plain(results)
    assert "1 file was skipped" in plain(results)


def test_a_file_that_may_not_be_opened_says_why(few, monkeypatch):
    def locked(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", locked)
    results = srm.class_results(few, "nl")
    assert results.skipped["reason"].tolist()[0] == "cy.json kan niet geopend worden (Permission denied)."
    assert len(results.skipped) == 3
    assert results.bets.empty


def test_a_file_saved_by_notepad_is_read(tmp_path):
    file = progress(tmp_path / "ann.json", {NETWORK: bet("shared")})
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert len(srm.class_results(tmp_path, "en").bets) == 1


def test_hidden_files_and_folders_are_left_alone(few):
    progress(few / ".ipynb_checkpoints" / "cy-checkpoint.json", {NETWORK: bet("provider")})
    (few / "._cy.json").write_bytes(b"\x00\x05")
    results = srm.class_results(few, "en")
    assert (len(results.bets), len(results.skipped)) == (5, 0)


def test_a_folder_that_is_no_class_stops_early(tmp_path, monkeypatch):
    monkeypatch.setattr(class_results, "LIMIT_FILES", 3)
    for n in range(5):
        progress(tmp_path / f"{n}.json", {NETWORK: bet("shared")})
    results = srm.class_results(tmp_path, "en")
    assert len(results.bets) == 3
    assert results.skipped["file"].tolist() == ["3.json"]
    assert "more than 3 files" in results.skipped["reason"][0]


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "No prediction was found in"), ("nl", "is geen enkele voorspelling gevonden")]
)
@pytest.mark.parametrize("damaged", [False, True])
def test_an_empty_folder_says_what_to_put_there(lang, said, damaged, tmp_path):
    if damaged:
        (tmp_path / "a.json").write_text("{")
    results = srm.class_results(tmp_path, lang)
    assert said in results.sentence
    assert results.sentence in plain(results)
    assert results.bets.empty
    assert [*results.bets.columns[:4]] == ["learner", "question", "lesson", "matrix"]
    assert len(results.skipped) == damaged
    heading = {"en": "No predictions about cells yet", "nl": "Nog geen voorspellingen over cellen"}[lang]
    assert results.figure(lang).heading == heading
    assert [*faults(results.figure(lang))] == []
    assert claims(results.figure(lang)) == []


def test_a_class_without_a_mistake(tmp_path):
    progress(tmp_path / "a.json", {NETWORK: bet("shared")})
    results = srm.class_results(tmp_path, "en")
    assert (
        results.sentence == "1 learner, 1 prediction, 1 of them right. None of these predictions was wrong."
    )
    picture = results.figure()
    assert picture.heading == "No prediction about a cell was wrong"
    assert "Network controls, PaaS (Azure, January 2026): 1 of 1 right; it is shared." in picture.alt
    assert "1 right" in [text.text for text in picture.texts()]
    assert len(claims(picture)) == 1
    assert [*faults(picture)] == []


def test_no_such_folder_is_said_in_the_language(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"There is no folder .*nowhere"):
        srm.class_results(tmp_path / "nowhere", "en")
    with pytest.raises(FileNotFoundError, match=r"De map .*nowhere bestaat niet"):
        srm.class_results(tmp_path / "nowhere", "nl")


def test_nothing_is_changed(few):
    before = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in few.rglob("*")}
    srm.class_results(few, "en").figure()
    assert {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in few.rglob("*")} == before


# Words, tables, figure


def plain(results):
    return " ".join(parse(results._repr_html_().partition("</style>")[2]).text.split())


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            "3 learners, 5 predictions, 2 of them right. Most often wrong: Network controls, PaaS, 2 of 3."
            " Once somebody was certain and it was not so.",
        ),
        (
            "nl",
            "3 studenten, 5 voorspellingen, waarvan 2 goed. Vaakst mis: Netwerkregels, PaaS, 2 van de 3."
            " Eén keer wist iemand het heel zeker en klopte het niet.",
        ),
    ],
)
def test_the_sentence(lang, said, few):
    assert srm.class_results(few, lang).sentence == said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_tables_hold_the_numbers_and_the_belief(lang, few):
    results = srm.class_results(few, lang)
    tree = parse(results._repr_html_().partition("</style>")[2])
    questions, beliefs, _, _ = tree.find("table")
    first = next(next(questions.find("tbody")).find("tr"))
    asked, right, chosen, certain = [cell.text.strip() for cell in first.find("td")]
    assert (asked, right, certain) == ("3", "1", "1")
    claim, truth = misconception("paas-network", lang)
    assert chosen.startswith("2 ×")
    assert claim in chosen
    assert find_question(NETWORK, lang).stem in first.text
    for words in (claim, truth):
        assert words in beliefs.text
    for head in tree.find("th"):
        assert head.attributes["scope"] in ("col", "row")


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}} {n}"]
)
def test_names_stay_text(name, page, tmp_path):
    safe = name.replace("/", "∕")  # a name of a file cannot hold a slash
    folder = tmp_path / safe
    try:
        progress(folder / "progress.json", {NETWORK: bet("provider")})
    except OSError:
        pytest.skip("this file system forbids such names")
    (folder / f"{safe}.json").write_text("{")
    page(folder / "page.md", "en", {}, {})
    results = srm.class_results(tmp_path, "en")
    assert results.bets["learner"].tolist() == [safe]
    tree = parse(str(results.with_names).partition("</style>")[2])
    assert [*tree.find("script")] == [*tree.find("img")] == []
    assert f"{safe}/{safe}.json is damaged" in tree.text
    assert safe in [cell.text for cell in tree.find("th")]


@pytest.mark.skipif(os.name == "nt" or os.uname().sysname == "Darwin", reason="names there are always text")
def test_a_name_that_is_no_text_does_no_harm(tmp_path):
    progress(tmp_path / os.fsdecode(b"caf\xe9.json"), {NETWORK: bet("provider")})
    progress(tmp_path / "be\x1bll.json", {NETWORK: bet("provider")})
    results = srm.class_results(tmp_path, "en")
    assert sorted(results.bets["learner"]) == ["be\ufffdll", "caf\ufffd"]
    results._repr_html_().encode()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_the_figure_keeps_its_places(lang, theme):
    picture = srm.class_results(EXAMPLE, "en").figure(lang, theme)
    assert [*faults(picture)] == []
    assert len(cells_of(picture)) > 12
    assert (picture.width, picture.height) == (1600, 900)


def bar(picture, row=0):
    """How long the parts of one bar are, from left to right; the answer beside it is left out."""
    (ring,) = claims(picture)
    boxes = [box for box in cells_of(picture) if box.fill != "none"]
    high = next(box.height for box in boxes if abs(box.y - ring.y - 4) < 1)
    tops = sorted({round(box.y) for box in boxes if box.height == high})
    parts = sorted((box for box in boxes if round(box.y) == tops[row]), key=lambda box: box.x)
    return [box.width for box in parts[:-1]]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("n", [1, 6, 30, 200, 400])
def test_the_figure_holds_a_class_of_any_size(n, lang, tmp_path):
    for i in range(n):
        answer = "customer" if i == 0 and n > 1 else "provider" if i <= n // 3 else "shared"
        progress(tmp_path / f"{i}.json", {NETWORK: bet(answer), "isaca-identity-heading": bet("customer")})
    wrong = n // 3 + 1
    picture = srm.class_results(tmp_path, "en").figure(lang)
    assert [*faults(picture)] == []
    line = texts(lang)["classroom"]["of"].format(wrong=wrong, n=n)
    assert any(text.text.startswith(line) for text in picture.texts())


def test_a_bar_is_the_class_in_parts_by_their_counts(tmp_path):
    # Of 40 learners 10 are wrong on the first cell, 24 right, and 6 did not predict; on the second 2 of 40.
    for i in range(40):
        bets = {WINDOWS: bet("provider" if i < 2 else "customer")}
        if i < 34:
            bets[NETWORK] = bet("provider" if i < 10 else "shared")
        progress(tmp_path / f"{i:02}.json", bets)
    picture = srm.class_results(tmp_path, "en").figure()
    wrong, right, missing = bar(picture)
    one = wrong / 10
    assert [wrong, right, missing] == pytest.approx([10 * one, 24 * one, 6 * one])
    assert bar(picture, 1) == pytest.approx([2 * one, 38 * one])
    (ring,) = claims(picture)
    assert ring.width - 8 == pytest.approx(wrong)  # what the title counts, and no more
    row = [box for box in cells_of(picture) if box.y == ring.y + 4 and box.x < ring.x + ring.width]
    assert len(row) == 2
    assert picture.marks.index(ring) > max(map(picture.marks.index, row))  # it lies over both
    shown = [text.text for text in picture.texts()]
    for said in ("10 of 34 wrong: 10 Provider", "24 right", "6", "38 right", "2 of 40 wrong: 2 Provider"):
        assert said in shown
    assert "A whole bar is the whole class: 40 learners. Dashed: without a prediction." in " ".join(shown)


def test_one_wrong_of_many_can_be_seen_and_takes_its_room_from_the_right_ones(tmp_path):
    for i in range(200):
        progress(
            tmp_path / f"{i}.json", {NETWORK: bet("shared" if i else "provider"), WINDOWS: bet("customer")}
        )
    picture = srm.class_results(tmp_path, "en").figure()
    wrong, right = bar(picture)
    assert wrong == 10  # its share is three pixels
    heads = {text.text: text.x for text in picture.texts() if text.bold}
    assert wrong + right == pytest.approx(heads["It is"] - heads["Answered"] - 40)  # as long as any other bar


@pytest.mark.parametrize(
    ("lang", "heading", "row"),
    [
        (
            "en",
            "Network controls, PaaS: 2 of 3 predictions wrong",
            "2 of 3 wrong (2 provider); it is shared.",
        ),
        (
            "nl",
            "Netwerkregels, PaaS: 2 van de 3 voorspellingen mis",
            "2 van de 3 mis (2 keer leverancier); het is gedeeld.",
        ),
    ],
)
def test_the_figure_says_what_it_shows(lang, heading, row, few):
    picture = srm.class_results(few, "en").figure(lang)
    assert picture.heading == heading
    assert row in picture.alt
    shown = " ".join(text.text for text in picture.texts())
    assert heading in shown
    assert misconception("paas-network", lang)[0] in shown


def test_an_unknown_language_or_theme_is_told(few):
    results = srm.class_results(few, "en")
    with pytest.raises(srm.UnknownNameError, match="language"):
        results.figure("de")
    with pytest.raises(srm.UnknownNameError, match="theme"):
        results.figure(theme="blue")
    with pytest.raises(srm.UnknownNameError, match="language"):
        srm.class_results(few, "de")


# The example of the guide


def test_the_example_class_shows_what_the_guide_tells(tmp_path):
    results = srm.class_results(EXAMPLE, "en")
    assert set(results.learners) == {"amina", "bram", "chen", "daan", "esra"}
    assert results.skipped["file"].tolist() == ["finn/progress.json"]
    assert results.missed("en")[0].question.id == NETWORK
    assert results.hand_ins["learner"].tolist() == ["bram", "esra"]
    assert results.hand_ins["empty"].tolist()[1] == "Sources used, Result"
    # Each wrong bet on a page stands in the progress file of the same learner.
    assert not results.bets["file"].str.endswith(".md").any()
    shutil.copytree(EXAMPLE, tmp_path / "copy")
    (tmp_path / "copy" / "bram" / "progress.json").unlink()
    alone = srm.class_results(tmp_path / "copy", "en").bets.query("learner == 'bram'")
    kept = results.bets.query("learner == 'bram' and not right")
    assert set(alone["question"]) == set(kept["question"])
