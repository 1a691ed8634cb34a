"""What ties a component in a page to its model in the kernel, in Chromium, with messages in a bad order."""

import pytest
from playwright.sync_api import expect

import srm_data as srm
from srm_data.learning.questions import find_question
from srm_data.views import web
from tests.play import Stepper

pytestmark = [pytest.mark.browser]

QUESTION = "vm-os-update"

# A model as JupyterLab makes one: `news` is a message of the kernel that sets its traits.
_SHOW = """async ([loader, tag, content, script, style]) => {
  window.again = async () => { document.querySelector('main').replaceChildren(); await show(); };
  window.sent = [];
  const code = new Blob([loader], {type: 'text/javascript'});
  const {default: {render}} = await import(URL.createObjectURL(code));
  const show = async () => {
    const library = {get: name => ({version: 'test', script, style})[name]};
    const traits = {tag, content, library: 'IPY_MODEL_library', answers: {}, shown: {}, note: '', heard: 0};
    let changed = () => {};
    window.news = said => { Object.assign(traits, said); changed(); };
    const model = {
      widget_manager: {get_model: async () => library},
      get: name => traits[name],
      on: (event, call) => { changed = call; },
      off: () => { changed = () => {}; },
      send: message => sent.push(message),
    };
    await render({model, el: document.querySelector('main')});
  };
  await show();
}"""


@pytest.fixture
def stepper(page, work, tmp_path):
    """A stepper with one question whose kernel is played by the test."""
    view = srm.bet(QUESTION, lang="en")
    file = tmp_path / "model.html"
    file.write_text(web.demo([]), "utf-8")
    page.goto(file.as_uri())
    given = (web.packed(one) for one in (view.content, web.script(), web.styles()))
    page.evaluate(_SHOW, [view._esm, view.tag, *given])
    return Stepper(page.locator("srm-bet"), "en")


def tell(page, heard, **facts):
    """What the kernel says when it has heard so many messages."""
    page.evaluate("said => news(said)", {"heard": heard, "answers": {QUESTION: facts}})


def test_older_news_of_the_kernel_takes_no_outcome_away(stepper, page):
    question = find_question(QUESTION, "en")
    stepper.click(question, question.key, 2)
    assert page.evaluate("sent.length") == 3
    tell(page, 1, answer=question.key, sure=None, revealed=False)
    stepper.expect_result(question, question.key)  # the page is ahead of its kernel
    tell(page, 3, answer=question.key, sure=2, revealed=True)
    stepper.expect_result(question, question.key)
    tell(page, 2, answer=question.key, sure=2, revealed=False)
    stepper.expect_result(question, question.key)
    assert page.faults == []


def test_news_of_the_kernel_that_is_newer_is_shown(stepper, page):
    """Another tab may have given the answer."""
    question = find_question(QUESTION, "en")
    expect(stepper.answers).to_have_count(len(question.options))
    tell(page, 1, answer=question.key, sure=2, revealed=True)
    stepper.expect_result(question, question.key)


def test_a_cell_that_is_run_again_at_once_loses_no_answer(stepper, page):
    """The kernel had gone; nobody waits for the page to find that out before they run the cell again."""
    question = find_question(QUESTION, "en")
    stepper.click(question, question.key, 2)
    page.evaluate("() => { window.sent.length = 0; return again(); }")
    page.wait_for_function("sent.length === 1")
    assert page.evaluate("sent[0]") == {
        "kind": "bets",
        "name": QUESTION,
        "facts": {"answer": question.key, "sure": 2, "revealed": True},
    }
    tell(page, 1, answer=question.key, sure=2, revealed=True)
    page.evaluate("() => { window.sent.length = 0; return again(); }")
    expect(stepper.answers).to_have_count(len(question.options))
    assert page.evaluate("sent.length") == 0  # what was heard is not said again
