"""Every lesson in real JupyterLab in real Chromium, as two learners meet it.

One always predicts wrong, in Dutch; one always predicts right, in English. Each takes every other lesson.
"""

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

import srm_data as srm
from srm_data.core.frames import as_matrix
from srm_data.core.glossary import glossary_terms
from srm_data.core.language import texts
from srm_data.files.markdown_text import plain as plain_markdown
from srm_data.learning.hand_in import SECTIONS
from srm_data.learning.hand_in_facts import wrong_bet
from srm_data.learning.questions import find_question, question_bank
from srm_data.views.palette import THEMES
from tests.browser import (
    beside,
    change_theme,
    go_to_cell,
    jupyter_folders,
    on_disk,
    open_again,
    open_notebook,
    reach,
    run_all,
    run_cell,
    save,
    violations,
    wait_for,
)
from tests.lessons import LESSONS, NOTEBOOKS, bet_cells, cells, every_other, find, widget_cells
from tests.play import Stepper
from tests.play_views import LiveView, operate

pytestmark = [pytest.mark.browser]

#: Every third state is played here; all of them in test_views_browser, without JupyterLab round it.
EVERY = 3

PAYLOAD = "<script>alert(1)</script> & **vet**"


def rgb(colour):
    return "rgb({}, {}, {})".format(*(int(colour[i : i + 2], 16) for i in (1, 3, 5)))


def assert_pictures_speak(page, path):
    """Every figure is an image with a name, which its title and its description give."""
    drawing = ("srm.figures.", "srm.workload_figures.")
    figures = [source for source in cells(path, "code") if source.startswith(drawing)]
    pictures = page.locator(".jp-OutputArea svg[role=img]")
    expect(pictures).to_have_count(len(figures))
    srm.use_language(path[:2])
    for picture, source in zip(pictures.all(), figures, strict=True):
        drawn = eval(source, {"srm": srm})
        expect(picture).to_have_accessible_name(f"{drawn.heading} {drawn.alt}")
        assert [picture.locator(tag).first.text_content() for tag in ("title", "desc")] == [
            drawn.heading,
            drawn.alt,
        ]


def assert_source_opens(page, cell):
    """A cell opens with Enter and tells who does which part; the view names the source. Escape closes it."""
    if cell.kind != "explore":
        return
    live = LiveView(page, page.locator(".jp-CodeCell").nth(cell.index), cell)
    reach(page, live.view.locator("table [tabindex='0']"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    matrix = as_matrix(cell.matrices[::EVERY][-1], cell.lang)  # where `operate` stopped
    strip = live.view.locator("tr.strip")
    expect(strip.locator("dd.foot").last).to_contain_text(texts(cell.lang)["confidence"][matrix.confidence])
    foot = live.view.locator("p.foot").last
    expect(foot).to_contain_text(matrix.source_title)
    expect(foot).to_contain_text(matrix.edition)
    page.keyboard.press("Escape")
    expect(strip).to_have_count(0)


def assert_a_word_is_explained(page, lang):
    """A link to the glossary shows what its word means; Escape takes that away and nothing else."""
    link = page.locator(".jp-RenderedMarkdown a[href*='glossary']:visible").first
    link.focus()
    shown = page.get_by_role("tooltip")
    assert shown.inner_text() in {term.meaning for term in glossary_terms(lang)}
    page.keyboard.press("Escape")
    expect(shown).to_have_count(0)
    expect(link).to_be_focused()


def assert_theme(page, theme):
    """Tables and pictures wear the palette of a theme."""
    colours = THEMES[theme]
    for party, ink in colours.ink.items():
        badge = page.locator(f".srm:visible .k.{(party or 'n')[0]}:not(.dim)").first
        if badge.count():
            expect(badge).to_have_css("background-color", rgb(ink.fill))
            expect(badge).to_have_css("color", rgb(ink.text))
    pictures = page.locator(".srm-figure svg")
    if pictures.count():
        expect(pictures.locator("rect").first).to_have_css("fill", rgb(colours.ground))


# One kernel for all of them, since it is JupyterLab that writes; the kernel only says what it is.
_OPEN = """async ([path, id]) => {
  const panel = await jupyterapp.commands.execute('docmanager:open', {path, kernel: {id}});
  await panel.context.ready;
  await panel.sessionContext.ready;
  await panel.sessionContext.session.kernel.info;
  const heard = () => panel.content.codeMimetype === 'text/x-ipython';  // the notebook, too
  for (let n = 0; n < 500 && !heard(); n++) await new Promise(well => setTimeout(well, 20));
  const spoken = panel.content.codeMimetype;
  await panel.context.save();
  panel.dispose();
  return spoken;
}"""


# What JupyterLab does to a notebook lies in its model: a panel adds only what the kernel says of itself.
_PASS_THROUGH = """async ([path, spoken, spec]) => {
  const contents = jupyterapp.serviceManager.contents;
  const file = await contents.get(path);
  const model = jupyterapp.docRegistry.getModelFactory('notebook').createNew();
  model.fromJSON(file.content);
  model.setMetadata('language_info', spoken);
  model.setMetadata('kernelspec', spec);
  await contents.save(path, {type: 'notebook', format: 'json', content: model.toJSON()});
  model.dispose();
}"""


def test_opening_and_saving_a_notebook_changes_nothing_in_it(lab, lab_page):
    """Nor does running it, once its outputs are cleared. First in this file: the tests below save runs."""
    page = lab_page
    first = "nl/01_who_answers.ipynb"
    open_notebook(page, lab, first)
    run_all(page)
    page.evaluate("() => { jupyterapp.commands.execute('notebook:clear-all-cell-outputs'); }")
    save(page)
    kernel = page.evaluate("jupyterapp.shell.currentWidget.sessionContext.session.kernel.id")
    spoken, spec = page.evaluate(
        "['language_info', 'kernelspec'].map(key => jupyterapp.shell.currentWidget.model.getMetadata(key))"
    )
    opened = (first, "en/02_service_models.ipynb", "start.ipynb", "teacher/nl/guide.ipynb")
    for path in find():
        if path in opened:
            assert page.evaluate(_OPEN, [path, kernel]) == "text/x-ipython"
        else:
            page.evaluate(_PASS_THROUGH, [path, spoken, spec])
        saved = on_disk(page, lab, path)
        assert saved == (NOTEBOOKS / path).read_text("utf-8"), path
    assert set(opened) <= set(find())


class Learner:
    """Somebody who predicts the same way in every lesson, and where their answers are kept."""

    def __init__(self, lang, lab, work):
        self.right, self.lang, self.lab, self.work = lang == "en", lang, lab, work

    def answer(self, question):
        keys = [option.key for option in question.options]
        return question.key if self.right else next(key for key in keys if key != question.key)

    def kept(self, kind="bets"):
        """What is on the disk now: the kernel may be behind the page, so see `wait_for`."""
        file = self.work / "progress.json"
        return json.loads(file.read_text("utf-8"))[kind] if file.exists() else {}

    def expect_kept(self, questions, *, revealed=True):
        """Wait until these answers are on the disk, as given by somebody who is always sure."""
        facts = ("answer", "sure", "right", "revealed")
        wanted = {one.id: (self.answer(one), 2, self.right, revealed) for one in questions}

        def kept():
            found = self.kept()
            return {name: tuple(found.get(name, {}).get(fact) for fact in facts) for name in wanted}

        wait_for(kept, wanted)


@pytest.fixture(scope="module")
def learner(request, lab, lab_folder):
    """Each begins with nothing kept, in the same JupyterLab."""
    work = Path(jupyter_folders(beside(lab_folder))["SRM_WORK"])
    shutil.rmtree(work, ignore_errors=True)
    return Learner(request.param, lab, work)


#: What each learner does: the lessons one by one, and then what follows from them.
LEARNERS = ("nl", "en")
TAKEN = sorted(every_other("nl"), key=lambda path: LEARNERS.index(path[:2]))
of_both = pytest.mark.parametrize("learner", LEARNERS, indirect=True, scope="module")


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


def predict_all(page, learner, path):
    """Every prediction of a lesson; all of them are on the disk."""
    seen = []
    for cell in bet_cells(path):
        stepper = stepper_of(page, learner, cell.index)
        go_to_cell(page, cell.index)
        for n, questions in enumerate(cell.rounds):
            if len(cell.rounds) > 1:
                drop_down = stepper.element.get_by_role("combobox")
                reach(page, drop_down)
                drop_down.select_option(index=n)
            predict(page, learner, stepper, questions)
            seen += questions
    learner.expect_kept(seen)


def answer_at_the_door(page, learner):
    """The first of the three questions before a lesson, by keyboard: its answer joins the earlier ones."""
    stepper = stepper_of(page, learner, 1)
    reach(page, stepper.answers.first)
    stem = stepper.stem.text_content()
    question = next(one for one in question_bank(learner.lang) if one.stem == stem)
    tries = len(learner.kept("answers").get(question.id, {}).get("tries", []))
    stepper.press(question, learner.answer(question), 2)
    stepper.expect_result(question, learner.answer(question))
    wait_for(lambda: len(learner.kept("answers").get(question.id, {}).get("tries", [])), tries + 1)
    assert learner.kept("answers")[question.id]["tries"][-1]["answer"] == learner.answer(question)


def write_the_claim(page, learner, path):
    """A claim by keyboard: two points are seen in it, it is kept, and a neighbour ticks a box."""
    view = page.locator("srm-claim")
    reach(page, view.get_by_role("textbox"))
    page.keyboard.type("SaaS 2026 <b>x</b>")
    expect(view.locator(".srm-points .there")).to_have_count(1)  # the column: a year alone is no table
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    name, tick = f"claim.{path[3:5]}", view.get_by_role("checkbox").first
    expect(tick).to_be_checked()
    wait_for(lambda: {**learner.kept("work").get(name, {}), "when": ""}, {
        "claim": "SaaS 2026 <b>x</b>", "part": "yes", "when": "",
    })  # fmt: skip


_BEFORE = "all => all.map(one => getComputedStyle(one, '::before').content)"


#: Lessons that hold every kind of view between them, opened again as on the next day.
REOPENED = {
    "01_who_answers.ipynb",
    "02_service_models.ipynb",
    "03_what_if.ipynb",
    "07_aws_and_google.ipynb",
    "09_real_services.ipynb",
    "12_your_hand_in.ipynb",
    "your_workload.ipynb",
}


def assert_works_before_a_cell_is_run(page, learner, path, shown):
    """What was saved is all there and switches, answers too; a cell too early says why."""
    expect(page.locator(".srm:visible")).to_have_count(shown, timeout=30_000)  # drawn one by one
    expect(page.get_by_text("Error displaying widget")).to_have_count(0)
    cut_off = page.locator(".jupyter-widgets-disconnected")
    assert cut_off.count() > 0
    assert not any("\uf127" in sign for sign in cut_off.evaluate_all(_BEFORE)), "a broken chain"
    for cell in widget_cells(path):
        live = LiveView(page, page.locator(".jp-CodeCell").nth(cell.index), cell)
        if len(cell.matrices) > 1:
            live.choose(cell.option(cell.matrices[-2]))
        for state in cell.states(cell.matrices[-2 if len(cell.matrices) > 1 else 0])[:2]:
            live.click(state)
    words = texts(path[:2])
    for cell in bet_cells(path)[:1]:
        place = page.locator(".jp-CodeCell").nth(cell.index)
        assert place.locator(f".srm-kept-{path[:2]}").evaluate_all(_BEFORE) == [
            f'"{words["kernel"]["apart"]}"'
        ]
        stepper = stepper_of(page, learner, cell.index)
        question = cell.rounds[0][0]
        if len(cell.rounds[0]) > 1:
            stepper.dots.first.click()
        stepper.expect_result(question, learner.answer(question))
    run_cell(page, 1)
    first = cells(path, "code")[0].partition("\n")[0]
    needs = words["kernel"]["needs"].format(name="srm", line=first)
    expect(page.locator(".jp-CodeCell").nth(1)).to_contain_text(needs)


@pytest.mark.parametrize(
    ("learner", "path"), [(path[:2], path) for path in TAKEN], indirect=["learner"], scope="module", ids=TAKEN
)
def test_a_lesson_in_jupyterlab(lab, learner, lab_page, path):
    page = lab_page
    open_notebook(page, lab, path)
    change_theme(page, "JupyterLab Light", light=True)  # it remembers the last one
    run_all(page)
    for cell in widget_cells(path):
        place = page.locator(".jp-CodeCell").nth(cell.index)
        operate(page, place, cell, arrive=lambda cell=cell: go_to_cell(page, cell.index), every=EVERY)
        assert_source_opens(page, cell)
    assert_a_word_is_explained(page, path[:2])
    assert_pictures_speak(page, path)
    assert_theme(page, "light")
    # axe-core takes seconds. The same lesson on the site is read in the other theme, see test_site.
    if path.startswith("nl/"):
        assert violations(page) == []
    change_theme(page, "JupyterLab Dark", light=False)
    assert_theme(page, "dark")
    if path[3:5] in ("02", "03"):  # by each of the two once
        answer_at_the_door(page, learner)
        write_the_claim(page, learner, path)
    predict_all(page, learner, path)
    if path.startswith("en/"):
        assert violations(page) == []

    assert page.evaluate("kernelErrors") == []
    page.evaluate("document.activeElement.blur()")  # a word of the glossary that has the focus is explained
    expect(page.get_by_role("tooltip")).to_have_count(0)
    shown = page.locator(".srm:visible").count()
    save(page)
    assert len(on_disk(page, lab, path)) < 2_000_000
    if path[3:] in REOPENED:
        open_again(page, lab, path, reload=path == TAKEN[0])
        assert_works_before_a_cell_is_run(page, learner, path, shown)

    assert page.faults == []
    host = lab.partition("://")[2]  # nothing leaves this machine
    assert [
        url
        for url in page.asked
        if not url.startswith((f"http://{host}/", f"ws://{host}/", "data:", "blob:"))
    ] == []


@of_both
def test_their_hand_in_tells_it(lab, learner, lab_page):
    """The page comes after the lessons; it is written by keyboard and read back from the disk."""
    page = lab_page
    assert len(learner.kept()) >= 20
    path = next(path for path in LESSONS if path.startswith(f"{learner.lang}/12_"))
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
        question = find_question(name, learner.lang)
        told = plain_markdown(wrong_bet(question, answer)) in written
        assert told is question.graded, "an estimate is no error"
    assert (words["wrong_bets"] in written) is not learner.right
    assert "Sanne" in written
    assert "<script>" not in written
    page_file = learner.work / f"hand-in-{learner.lang}.html"
    assert "<script>" not in page_file.read_text("utf-8")
    page.goto(page_file.as_uri())
    expect(page.get_by_text(PAYLOAD)).to_be_visible()
    expect(page.get_by_text(words["empty"])).to_have_count(len(SECTIONS) - 1)  # all but the result
    assert page.faults == []


@pytest.mark.parametrize("learner", LEARNERS[:1], indirect=True, scope="module")
def test_a_killed_kernel_between_bet_and_reveal_loses_nothing(lab, learner, lab_page):
    page = lab_page
    path = f"{learner.lang}/01_who_answers.ipynb"
    (learner.work / "progress.json").unlink(missing_ok=True)
    open_notebook(page, lab, path)
    run_all(page)
    index, (questions, *_) = bet_cells(path)[0].index, bet_cells(path)[0].rounds
    go_to_cell(page, index)
    stepper = stepper_of(page, learner, index)
    first, second, *_ = questions
    reach(page, stepper.answers.first)
    place = [option.key for option in first.options].index(learner.answer(first))
    page.keyboard.press(str(place + 1))
    page.keyboard.press("3")
    learner.expect_kept([first], revealed=None)
    save(page)
    page.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    page.keyboard.press("Enter")  # the browser has every answer, kernel or not
    stepper.expect_result(first, learner.answer(first))
    unkept = texts(learner.lang)["component"]["unkept"]
    expect(stepper.element.locator(".srm-said")).to_have_text(unkept)

    open_again(page, lab, path, reload=False)  # in a new kernel, and no cell is run
    stepper.dots.first.wait_for()
    stepper.dots.nth(_step(stepper, 1)).click()
    stepper.click(second, learner.answer(second), 2)
    stepper.expect_result(second, learner.answer(second))
    expect(stepper.element.locator(".srm-said")).to_have_text(unkept)
    run_all(page)
    learner.expect_kept([first, second])  # the page told the new kernel what no kernel had heard
    stepper.dots.first.click()
    stepper.expect_result(first, learner.answer(first))


def test_the_start_page_opens_the_first_lesson(lab, lab_page):
    page = lab_page
    open_notebook(page, lab, "start.ipynb")
    for lang in ("en", "nl"):
        page.locator(f".jp-RenderedMarkdown a[href*='{lang}/01_who_answers']").click()
        expected = f"{lang}/01_who_answers.ipynb"
        page.wait_for_function(
            f"jupyterapp.shell.currentWidget?.context?.path === '{expected}'", timeout=20_000
        )
        page.evaluate(
            """() => {
              const start = [...jupyterapp.shell.widgets('main')].find(
                one => one.context?.path === 'start.ipynb'
              );
              jupyterapp.shell.activateById(start.id);
            }"""
        )
    assert Path(NOTEBOOKS / expected).exists()


def test_a_workload_is_built_by_keyboard(lab, lab_page):
    """Add, duplicate, move and take back with Tab and the arrow keys; a name stays text."""
    page = lab_page
    path, name = "nl/your_workload.ipynb", "<img src=x onerror=alert(1)> bel"
    words = texts("nl")["build"]
    open_notebook(page, lab, path)
    run_all(page)
    index = next(i for i, source in enumerate(cells(path, "code")) if "build_workload(" in source)
    go_to_cell(page, index)
    form = page.locator(".jp-CodeCell").nth(index).locator("srm-builder")

    def press(button):
        reach(page, form.get_by_role("button", name=words[button], exact=True))
        page.keyboard.press("Enter")

    begin = form.get_by_label(words["begin"], exact=True)
    reach(page, begin)
    page.keyboard.press("Home")  # letters and arrows belong to the list, not to JupyterLab
    expect(begin).to_have_value("")
    press("load_scenario")
    expect(form.get_by_role("status")).to_have_text(words["emptied"])
    reach(page, form.get_by_label(words["new_name"], exact=True))
    page.keyboard.type(name)
    reach(page, form.get_by_label(words["new_service"], exact=True))
    page.keyboard.type("Azure App Service")
    expect(form.get_by_label(words["new_model"], exact=True)).to_have_value("paas")  # proposed with it
    press("add")
    expect(form.get_by_role("status")).to_have_text(words["added"].format(name=name))
    expect(form.get_by_role("rowheader", name=name)).to_be_visible()
    press("copy")
    model = form.locator("tbody").first.locator("select").last
    expect(form.locator(".srm-head [aria-checked=true]")).to_contain_text(texts("nl")["workload"]["plan_a"])
    reach(page, model)
    page.keyboard.press("ArrowUp")
    expect(model).to_have_value("iaas")
    expect(form.locator("caption").first).to_contain_text("3 erbij")  # applications, network, Windows
    expect(model).to_be_focused()
    press("undo")
    expect(form.get_by_text("3 erbij")).to_have_count(0)
    assert form.locator("img").count() == 0
    assert page.evaluate("kernelErrors") == []
