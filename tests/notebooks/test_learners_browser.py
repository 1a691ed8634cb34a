"""Two learners go through every lesson by keyboard: one always bets wrong, one always bets right."""

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from srm_data.core.language import texts
from srm_data.files.markdown_text import plain as plain_markdown
from srm_data.learning.bets import answer_view
from srm_data.learning.hand_in import wrong_bet
from srm_data.learning.questions import find_question
from tests.browser import (
    beside,
    go_to_cell,
    jupyter_folders,
    open_again,
    open_notebook,
    reach,
    run_all,
    violations,
    wait_for,
)
from tests.lessons import LESSONS, bet_cells, every_other, plain

pytestmark = [pytest.mark.browser]

PAYLOAD = "<script>alert(1)</script> & **vet**"


class Learner:
    """Somebody who bets the same way in every lesson, and where their answers are kept."""

    def __init__(self, right, lang, lab, work):
        self.right, self.lang, self.lab, self.work = right, lang, lab, work
        self.lessons = [path for path in every_other("en") if path.startswith(f"{lang}/")]
        self.words = texts(lang)["bet"]

    def answer(self, question):
        keys = [option.key for option in question.options]
        return question.key if self.right else next(key for key in keys if key != question.key)

    def kept(self):
        """What is on the disk now: the kernel may be behind the page, so see `wait_for`."""
        file = self.work / "progress.json"
        return json.loads(file.read_text("utf-8"))["bets"] if file.exists() else {}

    def expect_kept(self, questions, *, revealed=True):
        """Wait until these answers are on the disk, as given by somebody who is always sure."""
        facts = ("answer", "sure", "right", "revealed")
        wanted = {one.id: (self.answer(one), 2, self.right, revealed) for one in questions}

        def kept():
            found = self.kept()
            return {name: tuple(found.get(name, {}).get(fact) for fact in facts) for name in wanted}

        wait_for(kept, wanted)


@pytest.fixture(scope="module", params=[(False, "nl"), (True, "en")], ids=["always wrong", "always right"])
def learner(request, lab, lab_folder):
    """Each begins with nothing kept, in the same JupyterLab."""
    work = Path(jupyter_folders(beside(lab_folder))["SRM_WORK"])
    shutil.rmtree(work, ignore_errors=True)
    return Learner(*request.param, lab, work)


def press(page, group, option):
    """Choose an option of a group of radio buttons with Tab and the space bar."""
    radio = group.get_by_role("radio").nth(option)
    reach(page, radio)
    page.keyboard.press("Space")
    expect(radio).to_be_checked()


def place_bets(page, learner, index, questions, early=False):
    """Answer, and say how sure; `early` is for who asks for the outcome before that."""
    place = page.locator(".jp-CodeCell").nth(index)
    groups, missing = place.locator(".widget-radio:visible"), place.locator(".srm-missing:visible")
    told, reveal = place.locator(".told:visible"), groups.nth(2 * len(questions))
    if early:
        press(page, reveal, 1)
        says = learner.words["missing"]
        expect(missing).to_have_text([says.format(n=n + 1) for n in range(len(questions))])
    for n, question in enumerate(questions):
        keys = [option.key for option in question.options]
        press(page, groups.nth(2 * n), keys.index(learner.answer(question)))
        expect(told).to_have_count(n if early else 0)
        press(page, groups.nth(2 * n + 1), 2)
        expect(missing).to_have_count(len(questions) - n - 1 if early else 0)
    return reveal


def assert_revealed(page, learner, index, questions, *, told_below=False):
    """Each row says what this answer earns; a wrong one leads to the same idea in another guise."""
    shown = page.locator(".jp-CodeCell").nth(index).locator(".told:visible")
    told = [
        plain(answer_view(question, learner.answer(question), n, told=told_below))
        for n, question in enumerate(questions, 1)
    ]
    expect(shown).to_have_text(told)
    for n, text in enumerate(told, 1):
        verdict = learner.words["right" if learner.right else "wrong"]
        assert text.startswith(f"{learner.words['question'].format(n=n)}: {verdict}")
    again = page.locator(".jp-CodeCell").nth(index).get_by_text(learner.words["again"])
    expect(again).to_have_count(0 if learner.right else sum(bool(q.repair) for q in questions))


def test_every_bet_of_every_lesson(learner, lab_page):
    page = lab_page
    seen = {}
    for path in learner.lessons:
        open_notebook(page, learner.lab, path)
        run_all(page)
        for cell in bet_cells(path):
            place = page.locator(".jp-CodeCell").nth(cell.index)
            go_to_cell(page, cell.index)
            for n, questions in enumerate(cell.rounds):
                if len(cell.rounds) > 1:
                    reach(page, place.locator("select"))
                    place.locator("select").select_option(index=n)
                early = len(seen) % 2 == 1  # some ask for the outcome before they answer
                reveal = place_bets(page, learner, cell.index, questions, early)
                assert early or place.locator(".told:visible").count() == 0
                press(page, reveal, 1)
                assert_revealed(page, learner, cell.index, questions, told_below=cell.told)
                seen |= {question.id: question for question in questions}
        assert violations(page) == []
        learner.expect_kept(seen.values())  # before the kernel of this lesson ends
        assert page.evaluate("kernelErrors") == []
    assert len(seen) >= 20
    assert page.faults == []


def test_their_hand_in_tells_it(learner, lab_page):
    """The page comes after the lessons; it is written by keyboard and read back from the disk."""
    page = lab_page
    path = next(path for path in LESSONS if path.startswith(f"{learner.lang}/10_"))
    words = texts(learner.lang)["hand_in"]
    open_notebook(page, learner.lab, path)
    run_all(page)
    form = page.locator(".jp-CodeCell", has_text="srm.hand_in()").last
    for label, text in (("name", "Sanne"), ("result", PAYLOAD)):
        box = form.get_by_label(words[label], exact=True)
        reach(page, box)
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    reach(page, form.get_by_role("button", name=words["write"]))
    page.keyboard.press("Enter")
    expect(form.get_by_text(f"hand-in-{learner.lang}.pdf")).to_be_visible(timeout=15_000)

    written = (learner.work / f"hand-in-{learner.lang}.md").read_text("utf-8")
    wrong = {name: bet["answer"] for name, bet in learner.kept().items() if not bet["right"]}
    assert (len(wrong) == 0) is learner.right
    for name, answer in wrong.items():
        assert plain_markdown(wrong_bet(find_question(name, learner.lang), answer)) in written
    assert (words["wrong_bets"] in written) is not learner.right
    assert "Sanne" in written
    assert "<script>" not in written
    page_file = learner.work / f"hand-in-{learner.lang}.html"
    assert "<script>" not in page_file.read_text("utf-8")
    page.goto(page_file.as_uri())
    expect(page.get_by_text(PAYLOAD)).to_be_visible()
    expect(page.get_by_text(words["empty"])).to_have_count(4)  # all but the result
    assert page.faults == []


def test_a_killed_kernel_between_bet_and_reveal_loses_nothing(learner, lab_page):
    page = lab_page
    path = learner.lessons[0]
    open_notebook(page, learner.lab, path)
    (learner.work / "progress.json").unlink(missing_ok=True)
    run_all(page)
    index, (questions, *_) = bet_cells(path)[0].index, bet_cells(path)[0].rounds
    go_to_cell(page, index)
    reveal = place_bets(page, learner, index, questions)
    expect(page.get_by_text("progress.json").first).to_be_visible()
    learner.expect_kept(questions, revealed=None)
    page.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    press(page, reveal, 1)  # the browser has every answer, kernel or not
    assert_revealed(page, learner, index, questions)
    assert learner.kept().keys() == {question.id for question in questions}

    open_again(page, learner.lab, path, reload=False)  # in a new kernel
    run_all(page)
    groups = page.locator(".jp-CodeCell").nth(index).locator(".widget-radio")
    for n, question in enumerate(questions):
        keys = [option.key for option in question.options]
        expect(
            groups.nth(2 * n).get_by_role("radio").nth(keys.index(learner.answer(question)))
        ).to_be_checked()
