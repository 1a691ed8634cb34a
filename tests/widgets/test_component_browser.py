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
  const library = {get: name => ({version: 'test', script, style})[name]};
  const traits = {tag, content, library: 'IPY_MODEL_library', answers: {}, shown: {}, note: '', heard: 0};
  let changed = () => {};
  window.sent = [];
  window.news = said => { Object.assign(traits, said); changed(); };
  const model = {
    widget_manager: {get_model: async () => library},
    get: name => traits[name],
    on: (event, call) => { changed = call; },
    off: () => { changed = () => {}; },
    send: message => sent.push(message),
  };
  const code = new Blob([loader], {type: 'text/javascript'});
  const {default: {render}} = await import(URL.createObjectURL(code));
  await render({model, el: document.querySelector('main')});
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
