"""Bet first: every answer is prepared, a bet is kept at once, and it stays as it was once revealed."""

import dataclasses
import json
import re

import ipywidgets as w
import pytest
from traitlets import TraitError

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.shipped import shipped_matrix
from srm_data.core.vocabulary import LANGUAGES
from srm_data.learning import bets, progress_file
from srm_data.learning.questions import find_question, misconception, question_bank
from tests.lessons import LESSONS, plain, read

pytestmark = pytest.mark.usefixtures("work")

BANK = question_bank("en")
WITH_REPAIR = "vm-os-update"
OTHERS = [q.id for q in BANK if q.id != WITH_REPAIR and q.id != find_question(WITH_REPAIR, "en").repair][:3]


class Asked:
    """A bet() taken apart: what stands where on the page."""

    def __init__(self, *ids, lang=None):
        self.ids = ids
        self.view = srm.bet(*ids, lang=lang)
        css, begin, *middle, reveal, note, shown = self.view.children
        self.css, self.begin, self.reveal, self.note, self.shown = css, begin, reveal, note, shown
        self.stems, self.answers, self.sures = middle[::3], middle[1::3], middle[2::3]
        self.closed, rows = shown.children
        self.missing = [row.children[0] for row in rows.children]
        self.gates = [row.children[1] for row in rows.children]
        self.rows = [behind(gate) for gate in self.gates]

    def choose(self, n, key, sure=None):
        question = find_question(self.ids[n], "en")
        self.answers[n].index = [option.key for option in question.options].index(key)
        if sure is not None:
            self.sures[n].index = sure

    def open(self):
        """Which questions lie open, where the browser follows the links (a test below sees to those)."""
        asked = zip(self.answers, self.sures, self.gates, self.rows, strict=True)
        return [
            self.reveal.index == 1 and answer.index is not None and (gate is row or sure.index is not None)
            for answer, sure, gate, row in asked
        ]


def behind(gate):
    """The answers to a question, that lie open once the learner has said how sure they are."""
    first, *others = gate.children
    return first if all(other is first for other in others) else gate


def kept(question):
    bets_kept = json.loads(progress_file.progress_file().read_text(encoding="utf-8"))["bets"]
    return {key: value for key, value in bets_kept[question].items() if key != "when"}


def wrong_key(question):
    return next(o.key for o in find_question(question, "en").options if o.key != key_of(question))


def key_of(question):
    return find_question(question, "en").key


def said(html):
    return plain(html.value)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_asks_and_holds_the_answers_back(lang):
    asked = Asked(WITH_REPAIR, *OTHERS, lang=lang)
    words = texts(lang)["bet"]
    assert said(asked.begin) == words["begin"]
    for n, (i, html) in enumerate(zip(asked.ids, asked.stems, strict=True), 1):
        question = find_question(i, lang)
        assert html.value == bets.stem(question, n)
        assert plain(html.value).startswith(f"{words['question'].format(n=n)}. {question.stem}")
    for control, i in zip(asked.answers, asked.ids, strict=True):
        assert [label for label, _ in control.options] == [o.label for o in find_question(i, lang).options]
        assert (type(control), control.description, control.index) == (w.RadioButtons, words["answer"], None)
    for control in asked.sures:
        assert [label for label, _ in control.options] == words["sures"]
        assert (type(control), control.description, control.index) == (w.RadioButtons, words["sure"], None)
    assert [label for label, _ in asked.reveal.options] == words["reveals"]
    assert (asked.reveal.description, asked.reveal.index) == (words["reveal"], 0)
    assert said(asked.closed) == words["no_bet"]
    assert said(asked.note) == ""
    assert asked.shown.selected_index == 0
    assert "Shift+Enter" in repr(asked.view)


def test_the_browser_shows_what_is_chosen_by_itself():
    registry = w.widgets.widget._instances  # no public list of live widgets is left in ipywidgets 8
    registry.clear()
    asked = Asked(WITH_REPAIR, OTHERS[0])
    links = {
        (link.source[0], link.target[0])
        for link in registry.values()
        if isinstance(link, w.widget_link.Link)
        and (link.source[1], link.target[1]) == ("index", "selected_index")
    }
    assert (asked.reveal, asked.shown) in links
    for answer, sure, gate, row in zip(asked.answers, asked.sures, asked.gates, asked.rows, strict=True):
        assert gate is not row
        assert {(sure, gate), (answer, row)} <= links


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_question_without_a_bet_stays_closed_and_says_what_is_missing(lang):
    asked = Asked(WITH_REPAIR, OTHERS[0], lang=lang)
    asked.reveal.index = 1
    assert asked.open() == [False, False]
    assert not any(control.disabled for control in [*asked.answers, *asked.sures])
    assert not progress_file.progress_file().exists(), "what was not bet is not kept"
    for n, line in enumerate(asked.missing, 1):
        assert said(line) == texts(lang)["bet"]["missing"].format(n=n)
        assert "srm-missing" in line._dom_classes  # the browser takes it away when the outcome is there


@pytest.mark.parametrize("first", ["answer", "sure"])
@pytest.mark.parametrize("early", [False, True])
def test_both_are_chosen_before_a_bet_opens_and_ends(first, early):
    """In either order, also with the reveal pressed too early; until then both can be changed."""
    asked = Asked(WITH_REPAIR, OTHERS[0])
    asked.reveal.index = int(early)
    steps = [lambda: asked.choose(0, "shared"), lambda: setattr(asked.sures[0], "index", 2)]
    for half in steps if first == "answer" else steps[::-1]:
        assert asked.open() == [False, False]
        half()
        asked.reveal.index = 0 if not early else 1
    asked.reveal.index = 1
    assert asked.open() == [True, False]
    assert kept(WITH_REPAIR) == {"answer": "shared", "sure": 2, "right": False, "revealed": True}
    assert [control.disabled for control in [*asked.answers, *asked.sures]] == [True, False, True, False]


def test_an_answer_does_not_end_before_how_sure_is_said():
    asked = Asked(WITH_REPAIR)
    asked.choose(0, "shared")
    asked.reveal.index = 1
    assert asked.open() == [False]
    assert (asked.answers[0].disabled, asked.sures[0].disabled) == (False, False)
    assert kept(WITH_REPAIR) == {"answer": "shared", "sure": None, "right": False}
    asked.choose(0, key_of(WITH_REPAIR))  # nothing was seen yet, so it may still change
    asked.sures[0].index = 0
    assert kept(WITH_REPAIR) == {"answer": key_of(WITH_REPAIR), "sure": 0, "right": True, "revealed": True}


def test_a_bet_that_an_older_kit_ended_without_how_sure_lies_open(work):
    work.mkdir()
    bet = {"answer": "shared", "sure": None, "right": False, "revealed": True}
    (work / "progress.json").write_text(json.dumps({"version": 1, "bets": {WITH_REPAIR: bet}}))
    asked = Asked(WITH_REPAIR)
    assert (asked.open(), asked.reveal.index, asked.answers[0].disabled) == ([True], 1, True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_answer_says_bet_key_reason_and_source(lang):
    words = texts(lang)
    for question in question_bank(lang):
        right = question.option(question.key)
        for option in question.options:
            view = bets.answer_view(question, option.key, 3)
            text = plain(view)
            verdict = "right" if question.accepts(option.key) else "wrong"
            assert f"{words['bet']['question'].format(n=3)}: {words['bet'][verdict]}" in text
            assert option.feedback in text
            assert right.feedback in text, "who is wrong also reads why the right answer is right"
            for other in question.right:
                assert other.feedback in text
                as_well = words["bet"]["also"].format(answer=other.label)
                assert (as_well in text) == (question.accepts(option.key) and other != option)
            told = {
                "choice": "key",
                "baseline": "baseline",
                "incident": "theirs" if question.matrix else "key",
            }
            theirs = words["bet"][told.get(question.kind, "theirs")]
            header, cells = re.search(
                r'<th scope="row" class="a">(.*?)</th><td.*?>(.*?)</td></tr>\s*<tr><th scope="row">', view
            ).groups()
            assert header == words["bet"]["yours"]
            assert option.label in plain(cells)
            last = view.split('<th scope="row">')[1].split("</tr>")[0]
            assert plain(last).startswith(theirs)
            assert right.label in plain(last)
            if question.matrix:
                assert question.matrix.source_title in text
                assert question.matrix.edition in text
            if question.incident:
                assert question.incident.source_title in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_wrong_answer_names_the_belief_behind_it(lang):
    words = texts(lang)["bet"]
    told = 0
    for question in question_bank(lang):
        for option in question.options:
            text = plain(bets.answer_view(question, option.key))
            if option.misconception:
                assert not question.accepts(option.key)
                claim, truth = misconception(option.misconception, lang)
                assert f"{words['belief']}{claim}{words['truth']}{truth}" in text
                told += 1
            else:
                assert words["belief"] not in text
    assert told >= 40


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_shared_cell_is_told_in_both_its_parts(lang):
    shared = [q for q in question_bank(lang) if q.cell and q.cell.party == "shared" and q.kind == "cell"]
    assert len(shared) >= 10
    for question in shared:
        for option in question.options:
            text = plain(bets.answer_view(question, option.key))
            if question.cell.customer_part:
                assert question.cell.customer_part in text
                assert question.cell.provider_part in text
            else:
                assert texts(lang)["label"]["not_told"] in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_option_has_its_view_and_the_same_idea_comes_back_under_wrong_ones(lang):
    asked_again = 0
    for question in question_bank(lang):
        (row,) = Asked(question.id, lang=lang).rows
        for option, child in zip(question.options, row.children, strict=True):
            view = bets.answer_view(question, option.key, 1)
            if question.accepts(option.key) or not question.repair:
                assert child.value == view
                continue
            answered, again, control, views = child.children
            assert answered.value == view
            repair = find_question(question.repair, lang)
            assert repair.id != question.id
            assert again.value == bets.stem(repair)
            assert plain(again.value).startswith(f"{texts(lang)['bet']['again']}. {repair.stem}")
            assert [label for label, _ in control.options] == [o.label for o in repair.options]
            assert [html.value for html in views.children] == [
                bets.answer_view(repair, o.key) for o in repair.options
            ]
            asked_again += 1
    assert asked_again >= 50


def test_a_choice_is_kept_at_once():
    asked = Asked(WITH_REPAIR, OTHERS[0])
    wrong = wrong_key(WITH_REPAIR)
    asked.choose(0, wrong)
    assert kept(WITH_REPAIR) == {"answer": wrong, "sure": None, "right": False}
    assert said(asked.note) == "Kept in progress.json."
    asked.sures[0].index = 2
    assert kept(WITH_REPAIR) == {"answer": wrong, "sure": 2, "right": False}
    asked.choose(0, key_of(WITH_REPAIR))
    assert kept(WITH_REPAIR) == {"answer": key_of(WITH_REPAIR), "sure": 2, "right": True}


def test_how_sure_comes_before_the_answer_too():
    asked = Asked(WITH_REPAIR)
    asked.sures[0].index = 1
    assert not progress_file.progress_file().exists()
    asked.choose(0, "shared")
    assert kept(WITH_REPAIR)["sure"] == 1


def test_the_reveal_ends_the_betting():
    asked = Asked(WITH_REPAIR, OTHERS[0])
    asked.choose(0, "shared", 0)
    asked.reveal.index = 1
    assert kept(WITH_REPAIR) == {"answer": "shared", "sure": 0, "right": False, "revealed": True}
    assert asked.answers[0].disabled
    assert asked.sures[0].disabled
    assert not asked.answers[1].disabled
    asked.reveal.index = 0
    assert asked.answers[0].disabled, "seen is seen"
    asked.answers[0].index = 0  # as a browser could still send
    assert kept(WITH_REPAIR)["answer"] == "shared"


def test_a_bet_made_while_the_answers_lie_open_ends_at_once():
    asked = Asked(WITH_REPAIR, OTHERS[0])
    asked.reveal.index = 1
    asked.choose(0, "shared", 0)
    assert kept(WITH_REPAIR)["revealed"] is True
    assert asked.answers[0].disabled
    assert not asked.answers[1].disabled


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("when", ["before", "after", "never"])
def test_two_notebooks_agree_on_a_revealed_bet(lang, when):
    """The second says which answer stands, and shows that one, whenever it chose another."""
    first, second = (Asked(WITH_REPAIR, OTHERS[0], lang=lang) for _ in range(2))
    if when == "before":
        second.choose(0, key_of(WITH_REPAIR), 1)
    first.choose(0, "shared", 0)
    first.reveal.index = 1
    if when == "after":
        second.choose(0, key_of(WITH_REPAIR))
    else:
        second.reveal.index = 1
    bet = {"answer": "shared", "sure": 0, "right": False, "revealed": True}
    assert kept(WITH_REPAIR) == bet
    shared = texts(lang)["party"]["shared"]["label"]
    stands = texts(lang)["bet"]["stands"].format(answer=shared)
    assert said(second.note) == stands
    assert said(second.stems[0]).endswith(stands)
    assert (second.answers[0].label, second.sures[0].index) == (shared, 0)
    assert (second.answers[0].disabled, second.answers[1].disabled) == (True, False)
    second.choose(1, key_of(OTHERS[0]))  # what is said of another question does not hide it
    assert said(second.note) == texts(lang)["progress"]["kept"].format(file="progress.json")
    assert said(second.stems[0]).endswith(stands)
    assert kept(WITH_REPAIR) == bet


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_restart_shows_the_bet_and_the_reveal_again(lang):
    before = Asked(WITH_REPAIR, OTHERS[0])
    before.choose(0, "shared", 2)
    half = Asked(WITH_REPAIR, OTHERS[0], lang=lang)
    assert (half.answers[0].index, half.sures[0].index, half.reveal.index) == (1, 2, 0)
    assert half.answers[0].label == texts(lang)["party"]["shared"]["label"]
    assert half.rows[0].selected_index == 1
    assert not half.answers[0].disabled
    half.answers[1].index = half.sures[1].index = 0
    half.reveal.index = 1
    after = Asked(WITH_REPAIR, OTHERS[0], lang=lang)
    assert (after.reveal.index, after.shown.selected_index) == (1, 1)
    assert [row.selected_index for row in after.rows] == [1, 0]
    assert all(control.disabled for control in [*after.answers, *after.sures])


def test_the_repair_is_kept_as_a_bet_of_its_own():
    asked = Asked(WITH_REPAIR)
    repair = find_question(WITH_REPAIR, "en").repair
    asked.choose(0, wrong_key(WITH_REPAIR), 0)
    asked.reveal.index = 1
    control = asked.rows[0].children[asked.answers[0].index].children[2]
    control.index = 0
    assert kept(repair)["answer"] == find_question(repair, "en").options[0].key
    assert kept(WITH_REPAIR)["answer"] == wrong_key(WITH_REPAIR)


@pytest.mark.parametrize(
    "facts",
    [
        {"answer": "nobody", "sure": 7},
        {"answer": ["shared"], "sure": "2"},
        {"answer": None, "sure": None},
        {"answer": 1, "sure": -1},
        {"answer": "nobody", "sure": 1, "revealed": True},  # of an edition with other options
        {},
    ],
)
def test_a_kept_bet_that_makes_no_sense_is_no_bet(facts, work):
    work.mkdir()
    content = {"version": 1, "bets": {WITH_REPAIR: facts}}
    (work / "progress.json").write_text(json.dumps(content))
    asked = Asked(WITH_REPAIR)
    assert asked.answers[0].index is None
    asked.reveal.index = 1
    asked.choose(0, "shared", 2)
    assert kept(WITH_REPAIR)["answer"] == "shared"


@pytest.mark.parametrize("sure", [True, 1.0])
def test_a_number_of_another_kind_is_a_number(sure, work):
    work.mkdir()
    content = {"version": 1, "bets": {WITH_REPAIR: {"answer": "shared", "sure": sure}}}
    (work / "progress.json").write_text(json.dumps(content))
    assert Asked(WITH_REPAIR).sures[0].index == 1


# What goes wrong is said.


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_folder_that_cannot_be_written_is_said_under_the_reveal(lang, work):
    work.write_text("")
    asked = Asked(WITH_REPAIR, lang=lang)
    asked.choose(0, "shared")
    assert said(asked.note).startswith(texts(lang)["progress"]["unwritable"].partition(" {")[0])
    assert Asked(WITH_REPAIR, lang=lang).answers[0].index == 1, "the bet lasts as long as the kernel"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_damaged_file_is_said_before_and_after(lang, work):
    work.mkdir()
    (work / "progress.json").write_text("{")
    asked = Asked(WITH_REPAIR, lang=lang)
    assert said(asked.note) == plain(
        texts(lang)["progress"]["unreadable"].format(file=work / "progress.json")
    )
    asked.choose(0, "shared")
    (aside,) = work.glob("progress-damaged-*.json")
    assert said(asked.note) == texts(lang)["progress"]["damaged"].format(file=aside.name)
    asked.sures[0].index = 1
    assert said(asked.note) == texts(lang)["progress"]["kept"].format(file="progress.json")


@pytest.mark.parametrize("fault", [TraitError("no such index"), TypeError("not JSON"), RuntimeError("<b>")])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_error_nobody_foresaw_is_said_and_raised(fault, lang, monkeypatch):
    asked = Asked(WITH_REPAIR, lang=lang)

    def broken(*_, **__):
        raise fault

    monkeypatch.setattr(progress_file, "record", broken)
    with pytest.raises(type(fault), match=re.escape(str(fault))):
        asked.choose(0, "shared")
    assert said(asked.note).startswith(texts(lang)["progress"]["unwritable"].partition(" {")[0])
    assert f"({type(fault).__name__}: {fault})" in said(asked.note)
    assert "<b>" not in asked.note.value


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_mistyped_question_is_guessed(lang):
    srm.use_language(lang)
    with pytest.raises(srm.UnknownNameError, match=f"'vm-os-updat'.*'{WITH_REPAIR}'"):
        srm.bet(OTHERS[0], "vm-os-updat")
    with pytest.raises(srm.UnknownNameError, match="en, nl"):
        srm.bet(WITH_REPAIR, lang="fr")


def test_no_question_is_no_error():
    asked = Asked()
    assert (asked.answers, asked.reveal.index, asked.shown.selected_index) == ([], 0, 0)


# What stands in the page.

PAYLOAD = "<script>alert(1)</script>\"' onload=alert(1)"


def test_words_of_a_question_stay_words(monkeypatch):
    evil = dataclasses.replace(
        find_question(WITH_REPAIR, "en"),
        id="evil",
        stem=PAYLOAD,
        hints=(PAYLOAD,),
        repair="",
        area=PAYLOAD,
        column=PAYLOAD,
        matrix=dataclasses.replace(
            shipped_matrix("azure-classic", "en"), source_title=PAYLOAD, edition=PAYLOAD, short=PAYLOAD
        ),
        options=tuple(
            dataclasses.replace(option, feedback=PAYLOAD, misconception=f"evil-{PAYLOAD}" if i else "")
            for i, option in enumerate(find_question(WITH_REPAIR, "en").options)
        ),
    )
    labels = dataclasses.replace(
        evil, kind="choice", options=tuple(dataclasses.replace(o, label=PAYLOAD) for o in evil.options)
    )
    monkeypatch.setattr(bets, "misconception", lambda *_: (PAYLOAD, PAYLOAD))
    for question in (evil, labels):
        pages = [bets.stem(question, 1), *(bets.answer_view(question, o.key) for o in question.options)]
        for page in pages:
            assert "&lt;script&gt;alert(1)" in page
            assert "<script" not in page
            assert PAYLOAD in plain(page)
    monkeypatch.setattr(bets, "find_question", lambda question, lang: {"evil": evil}[question])
    assert "<script" not in "".join(
        html.value for html in on_page(srm.bet("evil")) if isinstance(html, w.HTML)
    )


def on_page(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from on_page(child)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_state_stays_small(lang):
    registry = w.widgets.widget._instances
    most = 0
    for start in range(0, len(BANK) - 3, 4):
        registry.clear()
        view = srm.bet(*(q.id for q in BANK[start : start + 4]), lang=lang)
        assert view.model_id in registry
        states = [widget.get_state() for widget in registry.values()]
        most = max(most, sum(len(json.dumps(state, default=str).encode()) for state in states))
    assert 10_000 < most < 120_000


def test_controls_are_native_and_labelled():
    for widget in on_page(srm.bet(WITH_REPAIR, *OTHERS)):
        assert type(widget).__name__ in {"View", "VBox", "Stack", "HTML", "RadioButtons"}
        if isinstance(widget, w.RadioButtons):
            assert widget.description


# What stands in the lessons, where a curious learner looks.


@pytest.mark.parametrize("path", LESSONS)
def test_a_lesson_holds_no_answer(path):
    notebook = read(path)
    assert notebook.metadata.keys() == {"kernelspec", "language_info"}
    lang = path.partition("/")[0]
    source = "\n".join(f"{cell.source}\n{cell.metadata.get('slide', '')}" for cell in notebook.cells)
    told = [o.feedback for q in question_bank(lang) for o in q.options if o.feedback in source]
    assert told == []
    for cell in notebook.cells:
        assert cell.metadata.keys() <= {
            "editable",
            "deletable",
            "tags",
            "slideshow",
            "slide",
            "note_words",
        }
        assert not cell.get("attachments")
        if cell.cell_type == "code":
            assert cell.outputs == []
            for call in re.findall(r"srm\.play_incidents\(([^)]*)\)", cell.source):
                assert re.fullmatch(r'[\s,]*("[a-z0-9-]+"[\s,]*)+', call)
            for call in re.findall(r"srm\.bet\(([^)]*)\)", cell.source):
                for given in re.findall(r'"([^"]*)"', call):
                    find_question(given, lang)  # an id, and nothing but ids
                assert re.fullmatch(r'[\s,]*("[a-z0-9-]+"[\s,]*)+', call)


def test_the_id_of_a_question_does_not_tell_its_answer():
    parties = {"customer", "provider", "shared"}
    telling = [
        q.id
        for q in BANK
        if q.kind == "cell" and q.key in re.split("-", q.id) and not parties - {q.key} & set(q.id.split("-"))
    ]
    assert telling == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_answers_that_are_sentences_stand_under_each_other(lang, work):
    """Side by side they wrapped, and ran into the heading below."""
    view = srm.bet("vm-os-update", "accountable-to-the-law", lang=lang)
    short, _, long, *_ = [child for child in view.children if isinstance(child, w.RadioButtons)]
    assert (short.orientation, long.orientation) == ("horizontal", "vertical")
    assert "srm-radio" in long._dom_classes  # the style sheet lets these wrap on a phone
