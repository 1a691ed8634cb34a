"""Two learners go through every lesson by keyboard: one always bets wrong, one always bets right."""

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from srm_data.core.language import texts
from srm_data.files.markdown_text import plain as plain_markdown
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
from tests.lessons import LESSONS, bet_cells, every_other
from tests.play import Stepper

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


def stepper_of(page, learner, index):
    """The stepper in a code cell."""
    return Stepper(page.locator(".jp-CodeCell").nth(index).locator("srm-bet"), learner.lang)


def predict(page, learner, stepper, questions):
    """Answer every question by keyboard; who is wrong is offered a second chance and passes it by."""
    for n, question in enumerate(questions):
        if n and learner.right:  # the button that goes on has the focus, and leads to the answers
            page.keyboard.press("Enter")
        elif len(questions) > 1:  # one question alone has no dots
            reach(page, stepper.dots.nth(_step(stepper, n)))
            page.keyboard.press("Enter")
        reach(page, stepper.answers.first)
        stepper.press(question, learner.answer(question), 2)
        stepper.expect_result(question, learner.answer(question))
        alone = len(questions) == 1 and (learner.right or not question.repair)
        expect(stepper.result.locator(".verdict") if alone else stepper.next).to_be_focused()
        if question.repair and not learner.right:
            expect(stepper.next).to_have_text(stepper.words["to_again"])


def _step(stepper, n):
    """The place of a question among the dots, where second chances stand too."""
    names = [dot.get_attribute("title") for dot in stepper.dots.all()]
    return names.index(stepper.words["question"].format(n=n + 1))


def test_every_bet_of_every_lesson(learner, lab_page):
    page = lab_page
    seen = {}
    for path in learner.lessons:
        open_notebook(page, learner.lab, path)
        run_all(page)
        for cell in bet_cells(path):
            stepper = stepper_of(page, learner, cell.index)
            go_to_cell(page, cell.index)
            for n, questions in enumerate(cell.rounds):
                if len(cell.rounds) > 1:
                    drop_down = stepper.element.get_by_role("combobox")
                    reach(page, drop_down)
                    drop_down.select_option(index=n)
                predict(page, learner, stepper, questions)
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
    stepper = stepper_of(page, learner, index)
    first, *_ = questions
    reach(page, stepper.answers.first)
    place = [option.key for option in first.options].index(learner.answer(first))
    page.keyboard.press(str(place + 1))
    page.keyboard.press("3")
    learner.expect_kept([first], revealed=None)
    page.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    page.keyboard.press("Enter")  # the browser has every answer, kernel or not
    stepper.expect_result(first, learner.answer(first))
    unkept = texts(learner.lang)["component"]["unkept"]
    expect(stepper.element.locator(".srm-said")).to_have_text(unkept)

    open_again(page, learner.lab, path, reload=False)  # in a new kernel
    run_all(page)
    learner.expect_kept([first])  # the page told the new kernel what the old one did not hear
    stepper.dots.first.click()
    stepper.expect_result(first, learner.answer(first))
