"""Every lesson in real JupyterLab in real Chromium, as a learner meets it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

import srm_data as srm
from srm_data.core.frames import as_matrix
from srm_data.core.glossary import glossary_terms
from srm_data.core.language import texts
from srm_data.views.palette import THEMES
from tests.browser import (
    change_theme,
    go_to_cell,
    on_disk,
    open_again,
    open_notebook,
    reach,
    run_all,
    run_cell,
    save,
    violations,
)
from tests.lessons import NOTEBOOKS, bet_cells, cells, every_other, find, widget_cells
from tests.play import Stepper
from tests.play_views import LiveView, operate

pytestmark = [pytest.mark.browser]


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
    matrix = as_matrix(cell.matrices[-1], cell.lang)
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
        expect(pictures.locator("path").first).to_have_css("fill", rgb(colours.ground))


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


_BEFORE = "all => all.map(one => getComputedStyle(one, '::before').content)"


def assert_works_before_a_cell_is_run(page, path, shown):
    """What was saved is all there and switches; what nobody keeps says so; a cell too early says why.

    A stepper says so of an answer when it has waited four seconds: the first lesson of each language waits.
    """
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
        stepper = Stepper(place.locator("srm-bet"), path[:2])
        question = cell.rounds[0][0]
        stepper.click(question, question.key, 1)
        stepper.expect_result(question, question.key)
        if path in every_other("nl")[:2]:
            expect(stepper.element.locator(".srm-said")).to_have_text(words["component"]["unkept"])
    run_cell(page, 1)
    first = cells(path, "code")[0].partition("\n")[0]
    needs = words["kernel"]["needs"].format(name="srm", line=first)
    expect(page.locator(".jp-CodeCell").nth(1)).to_contain_text(needs)


@pytest.mark.parametrize("path", every_other("nl"))
def test_a_lesson_in_jupyterlab(lab, lab_page, path):
    page = lab_page
    open_notebook(page, lab, path)
    change_theme(page, "JupyterLab Light", light=True)  # it remembers the last one
    run_all(page)
    for cell in widget_cells(path):
        place = page.locator(".jp-CodeCell").nth(cell.index)
        # Every state is played in test_views_browser, without JupyterLab round it.
        operate(page, place, cell, arrive=lambda cell=cell: go_to_cell(page, cell.index), every=3)
        assert_source_opens(page, cell)
    assert_a_word_is_explained(page, path[:2])
    assert_pictures_speak(page, path)
    assert_theme(page, "light")
    # axe-core takes seconds. The same lesson on the site is read in the other theme, see test_site.
    if path.startswith("nl/"):
        assert violations(page) == []
    change_theme(page, "JupyterLab Dark", light=False)
    assert_theme(page, "dark")
    if path.startswith("en/"):
        assert violations(page) == []

    assert page.evaluate("kernelErrors") == []
    page.evaluate("document.activeElement.blur()")  # a word of the glossary that has the focus is explained
    expect(page.get_by_role("tooltip")).to_have_count(0)
    shown = page.locator(".srm:visible").count()
    save(page)
    assert len(on_disk(page, lab, path)) < 2_000_000
    open_again(page, lab, path, reload=path == every_other("nl")[0])
    assert_works_before_a_cell_is_run(page, path, shown)

    assert page.faults == []
    host = lab.partition("://")[2]  # nothing leaves this machine
    assert [
        url
        for url in page.asked
        if not url.startswith((f"http://{host}/", f"ws://{host}/", "data:", "blob:"))
    ] == []


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
