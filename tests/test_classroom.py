"""A teacher reads the files of a class: right counts, honest skips, and text that stays text."""

import json
import os
import shutil
from pathlib import Path

import pytest

import srm_data as srm
from srm_data import classroom, handin, standing
from srm_data.questions import find_question, misconception
from srm_data.vocabulary import LANGUAGES
from tests.test_figures import boxes, collisions
from tests.test_tables import parse

EXAMPLE = Path(__file__).parent.parent / "notebooks" / "teacher" / "example_class"

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
        made = handin.compose("A. Learner", sections, lang=lang)
        file.write_text(handin.to_markdown(made, "hand-in.png"), encoding="utf-8")

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
            "en": "Assignment, Sources used, Difficulties met",
            "nl": "Opdracht, Gebruikte bronnen, Ervaren uitdagingen",
        }[reader]
    )


def test_a_section_that_was_wiped_or_lost_is_empty(page, tmp_path):
    file = tmp_path / "ann.md"
    page(file, "en", dict.fromkeys(handin.SECTIONS, "Some words."), {})
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
    assert {"en": "3 of these bets come from hand-ins", "nl": "3 van deze gokken komen uit"}[
        lang
    ] in results.sentence


def test_progress_is_believed_before_a_hand_in(page, tmp_path):
    page(tmp_path / "ann" / "a.md", "en", {}, {NETWORK: bet("provider")})
    progress(tmp_path / "ann" / "z.json", {NETWORK: bet("shared", when="no date")})
    assert srm.class_results(tmp_path, "en").bets["right"].tolist() == [True]


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
    "newer.json": (lambda f: f.write_text('{"version": 2, "bets": {}}'), "newer version of the kit"),
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
    assert why in plain(results)


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
    monkeypatch.setattr(classroom, "LIMIT_FILES", 3)
    for n in range(5):
        progress(tmp_path / f"{n}.json", {NETWORK: bet("shared")})
    results = srm.class_results(tmp_path, "en")
    assert len(results.bets) == 3
    assert results.skipped["file"].tolist() == ["3.json"]
    assert "more than 3 files" in results.skipped["reason"][0]


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "No bet was found in"), ("nl", "is geen enkele gok gevonden")]
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
    heading = {"en": "No bets on cells yet", "nl": "Nog geen gokken op cellen"}[lang]
    assert results.figure().heading == heading
    assert [*collisions(results.figure())] == []


def test_a_class_without_a_mistake(tmp_path):
    progress(tmp_path / "a.json", {NETWORK: bet("shared")})
    results = srm.class_results(tmp_path, "en")
    assert results.sentence == "1 learner, 1 bet, 1 of them right. Nothing went wrong in these bets."
    assert results.figure().heading == "No bet on a cell went wrong"


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
            "3 learners, 5 bets, 2 of them right. Most often wrong: Network controls, PaaS, 2 of 3."
            " Once somebody was certain and it was not so.",
        ),
        (
            "nl",
            "3 studenten, 5 gokken, waarvan 2 goed. Vaakst mis: Netwerkregels, PaaS, 2 van de 3."
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
    questions, beliefs = tree.find("table")
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
    tree = parse(results._repr_html_().partition("</style>")[2])
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
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_figure_keeps_its_places(lang, theme):
    picture = srm.class_results(EXAMPLE, "en").figure(lang, theme)
    assert [*collisions(picture)] == []
    assert len(boxes(picture)[1]) > 12
    assert picture.get_figwidth() / picture.get_figheight() == pytest.approx(16 / 9)


@pytest.mark.parametrize("n", [1, 40, 400])
def test_the_figure_holds_a_class_of_any_size(n, tmp_path):
    for i in range(n):
        answer = "customer" if i == 0 and n > 1 else "provider"
        progress(tmp_path / f"{i}.json", {NETWORK: bet(answer), "isaca-identity-heading": bet("customer")})
    picture = srm.class_results(tmp_path, "en").figure()
    assert [*collisions(picture)] == []
    assert f"{n} of {n}" in [text for text, _ in boxes(picture)[0]]


def test_a_longer_bar_is_more_wrong_bets(few):
    progress(few / "dee.json", {NETWORK: bet("provider"), WINDOWS: bet("provider")})
    _, cells = boxes(srm.class_results(few, "en").figure())
    # Row one: 3 provider; row two: 1 shared and 1 provider; after each bar the right answer.
    three, _, one, other, *_ = [right - left for left, _, right, _ in cells[3:]]  # after the key
    assert one == pytest.approx(other, abs=1)
    assert three == pytest.approx(3 * one, rel=0.1)


@pytest.mark.parametrize(
    ("lang", "heading", "row"),
    [
        ("en", "Network controls, PaaS: 2 of 3 bets wrong", "2 of 3 wrong (2 provider); it is shared."),
        (
            "nl",
            "Netwerkregels, PaaS: 2 van de 3 gokken mis",
            "2 van de 3 mis (2 keer leverancier); het is gedeeld.",
        ),
    ],
)
def test_the_figure_says_what_it_shows(lang, heading, row, few):
    picture = srm.class_results(few, "en").figure(lang)
    assert picture.heading == heading
    assert row in picture.alt
    shown = " ".join(text for text, _ in boxes(picture)[0])
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
