"""The web slides, opened from a file in Chromium: they fit, move, speak, and ask nobody anything."""

import re
from dataclasses import replace

import nbformat
import pytest
from lxml import html
from playwright.sync_api import expect
from pypdf import PdfReader

from srm_data import __main__ as command
from srm_data.core.vocabulary import LANGUAGES
from srm_data.files.paths import CHECKOUT
from srm_data.publishing.lesson_html import components_of
from srm_data.publishing.run_lesson import run_lesson
from srm_data.publishing.slides import deck, reveal
from srm_data.publishing.slides.slide import LANGUAGE, Deck, Slide
from srm_data.publishing.slides.slide_text import plain
from tests.browser import reach, violations
from tests.lessons import NUMBERED as LESSONS
from tests.lessons import WidgetCell, every_other
from tests.play_views import LiveView

#: The lessons in which more is done than to walk through them: one of each language and theme.
OPENED = {"nl/02_service_models": "dark", "en/03_what_if": "light"}
WALK = (CHECKOUT / "tests" / "slide_walk.js").read_text("utf-8")

TITLE = "Reveal.getCurrentSlide().querySelector('h1, h2').textContent"


@pytest.fixture(scope="module")
def made(tmp_path_factory, decks, kernel_parent):
    """The decks with their pages in one folder: `made[name] == (deck, page)`."""
    folder = tmp_path_factory.mktemp("slides")
    found = {}
    for name, theme in OPENED.items():
        with kernel_parent.quick():
            built = decks[f"{name}.ipynb"] if theme == "light" else deck.build(name[3:], name[:2], theme)
        found[name] = built, reveal.write(built, folder / f"{name}.html")
    return found


@pytest.fixture
def page(one_page):
    """One page for all of these, which keeps the scripts that it has read: each test opens its file in it."""
    one_page.asked.clear()
    one_page.faults.clear()
    one_page.emulate_media(reduced_motion="reduce")  # a row on its way lies over others
    return one_page


@pytest.fixture
def show(page):
    """Open a page of slides and wait until its widgets are there."""

    def opened(file, wide=1366, high=768, query=""):
        page.set_viewport_size({"width": wide, "height": high})
        page.goto(f"{file.as_uri()}{query}")
        page.wait_for_function("window.Reveal && Reveal.isReady()")
        page.wait_for_function(
            "[...document.querySelectorAll('.live')].every(one => one.querySelector('.srm-component'))"
        )
        return page

    return opened


def settle(page):
    """Let the browser link, paint, and fit what is shown."""
    page.evaluate(
        "() => new Promise(go => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(go))))"
    )


def go_to(page, title):
    page.evaluate(
        """title => {
          const slide = [...document.querySelectorAll('section section')].find(
            one => one.querySelector('h1, h2').textContent === title);
          const {h, v} = Reveal.getIndices(slide);
          Reveal.slide(h, v);
        }""",
        title,
    )
    settle(page)


@pytest.mark.browser
@pytest.mark.parametrize("path", LESSONS)
def test_every_slide_is_right_in_every_state(decks, show, tmp_path, path):
    """No text over another, cut off or too small, nothing moves or cannot be clicked; nothing is fetched.

    Controls of one slide are set together in one language of each lesson, and one by one in the other; on the
    larger screen, where the same layout is larger, they stay as they were left.
    """
    slides = decks[path].shown("reveal")
    file = reveal.write(decks[path], tmp_path / "deck.html")
    page = show(file, 1280, 720)
    titles = page.locator("section section").locator("h1, h2").all_text_contents()
    assert titles == [slide.title for slide in slides]
    assert page.evaluate(f"{WALK}.walk({150 if path in every_other('en') else 1})") == []
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.wait_for_function("Reveal.getScale() === 1.2")
    assert page.evaluate(f"{WALK}.walk(0)") == []
    assert page.faults == []
    asked = {url.partition("#")[0] for url in page.asked if not url.startswith(("data:", "blob:"))}
    assert asked == {file.as_uri()}


def _live(call, title, folder):
    """A deck of two slides, the second with the widget of this call."""
    cell = nbformat.v4.new_code_cell(f'import srm_data as srm\nsrm.use_language("en")\n{call}', id="a")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# A", id="b"), cell])
    nbformat.write(notebook, folder / "small.ipynb")
    run = run_lesson(folder / "small.ipynb")
    slides = [
        Slide("title", title, sub=False),
        Slide("live", "A view", component=components_of(run.cells[1])),
    ]
    return Deck("deck", "en", "light", slides)


@pytest.mark.browser
@pytest.mark.usefixtures("quick_run")
def test_a_view_that_is_too_high_scrolls(show, tmp_path):
    """A list of many rows stays at the size of every slide, and its box scrolls by keyboard."""
    page = show(reveal.write(_live("srm.who_patches()", "Patches", tmp_path), tmp_path / "deck.html"))
    page.set_viewport_size({"width": 1280, "height": 720})
    go_to(page, "A view")
    here = page.locator("section.present section.present")
    assert page.evaluate(f"{WALK}.probe(document.querySelector('section.present section.present'))") == []
    box = here.locator(".main")
    assert box.evaluate("one => one.scrollHeight - one.clientHeight") > 300
    page.keyboard.press("ArrowUp")  # the keys are for the slides
    assert page.evaluate(TITLE) == "Patches"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(TITLE) == "A view"
    reach(page, box)
    page.keyboard.press("PageDown")  # by keyboard they scroll
    page.wait_for_function("document.querySelector('.present .main').scrollTop > 300")
    assert page.evaluate(TITLE) == "A view"


@pytest.mark.browser
@pytest.mark.usefixtures("quick_run")
@pytest.mark.parametrize(
    ("style", "fault"),
    [
        (".reveal .srm .foot { position: absolute; left: 56px; bottom: 20px }", "over each other"),
        (".reveal .live .main { zoom: .5 }", " px: "),
        (".reveal .live .main { overflow: hidden }", "cut off"),
        (".reveal .live .main { pointer-events: none }", "cannot be clicked"),
    ],
)
def test_what_is_wrong_would_have_been_noticed(show, tmp_path, style, fault):
    built = _live('srm.explore_topics(["azure-2026", "gcp"])', "Topics", tmp_path)
    page = show(reveal.write(built, tmp_path / "deck.html"))
    page.add_style_tag(content=style)
    go_to(page, "A view")
    found = page.evaluate(f"{WALK}.walk(150)")
    assert any(fault in one for one in found), found


@pytest.mark.browser
def test_a_widget_answers_and_the_keys_stay_with_the_slides(made, show):
    page = show(made["en/03_what_if"][1])
    go_to(page, "Any two columns")
    here = page.locator("section.present section.present")
    cell = WidgetCell(0, "what_if", ("azure-2026",), "en")
    live, states = LiveView(page, here, cell), cell.states("azure-2026")
    for state in states:
        live.click(state)
    for state in states[::3]:
        live.press(state)
    (last,) = (state for state in states if state.chosen == ("On-premises", "SaaS"))
    live.click(last)
    after = here.get_by_role("radiogroup").nth(1)
    page.keyboard.press("ArrowRight")  # after the mouse the arrow is for the slides
    assert page.evaluate(TITLE) == "Three small cases"
    page.keyboard.press("ArrowLeft")
    after.get_by_role("radio", name="SaaS").focus()  # by keyboard it is for the buttons
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(TITLE) == "Any two columns"
    expect(after.get_by_role("radio", name="PaaS")).to_be_checked()


@pytest.mark.browser
def test_who_does_which_part_is_named_on_one_line(decks, show, tmp_path):
    """On a slide the letters are large, and the name has a line of its own."""
    page = show(reveal.write(decks["en/02_service_models.ipynb"], tmp_path / "deck.html"))
    go_to(page, "Not only Azure · 33 tables")
    page.locator("section.present section.present td button").first.click()
    names = page.locator("section.present section.present tr.strip dt")
    expect(names.first).to_have_text("The customer")
    lines = "one => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).fontSize)"
    assert max(name.evaluate(lines) for name in names.all()) < 2


@pytest.mark.browser
def test_the_answer_comes_on_the_slide_of_its_question(made, show):
    built, file = made["en/03_what_if"]
    question = next(slide for slide in built.slides if slide.title == "Question 3").question
    reason = question.option(question.key).feedback
    page = show(file)
    go_to(page, "Question 3")
    here = page.locator("section.present section.present .slide")
    right = here.get_by_role("listitem").filter(has_text=question.option(question.key).label)
    others = here.locator(".options li:not(.right)")
    assert question.stem in here.inner_text()
    assert reason not in here.inner_text()
    assert "The right answer" not in right.aria_snapshot()
    before = [other.evaluate("one => getComputedStyle(one).borderStyle") for other in others.all()]
    page.keyboard.press("ArrowDown")
    assert page.evaluate(TITLE) == "Question 3"
    assert reason in here.inner_text()
    assert "The right answer" in right.aria_snapshot()
    assert right.locator("svg").is_visible()
    after = [other.evaluate("one => getComputedStyle(one).borderStyle") for other in others.all()]
    assert (set(before), set(after)) == ({"solid"}, {"dashed"})
    page.keyboard.press("Space")
    assert page.evaluate(TITLE) == "First, a question"


@pytest.mark.browser
def test_hands_are_counted_with_the_mouse_and_with_keys(made, show):
    page = show(made["en/03_what_if"][1])
    go_to(page, "Question 1")
    boxes = page.locator("section.present section.present").get_by_role("spinbutton")
    first, second = boxes.nth(0), boxes.nth(1)
    more = page.locator("section.present section.present").get_by_role("button", name="One hand more").first
    for _ in range(3):
        more.click()
    more.locator("xpath=preceding-sibling::button").click()
    expect(first).to_have_value("2")
    second.click()
    page.keyboard.type("x14")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")  # in a number an arrow turns no slide
    page.keyboard.press("ArrowRight")
    expect(second).to_have_value("15")
    assert page.evaluate(TITLE) == "Question 1"
    assert second.get_attribute("aria-valuenow") == "15"
    wide = [
        box.evaluate("one => one.parentElement.querySelector('.share').getBoundingClientRect().width")
        for box in (first, second)
    ]
    assert wide[0] * 15 == pytest.approx(wide[1] * 2, rel=0.01)
    page.keyboard.press("PageDown")  # the key of a presenter's remote control: the answer, and then on
    page.keyboard.press("PageDown")
    assert page.evaluate(TITLE) == "Question 2"
    go_to(page, "Question 1")
    assert [box.input_value() for box in boxes.all()] == ["2", "15", "0"]
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.browser
def test_a_figure_is_built_up_on_one_slide(decks, show, tmp_path):
    """Each step takes the place of the one before it, also for who hears the slide."""
    built = decks["en/11_incidents.ipynb"]
    slide = next(slide for slide in built.slides if slide.steps and slide.kind == "figure")
    page = show(reveal.write(built, tmp_path / "deck.html"))
    go_to(page, slide.title)
    figure = page.locator("section.present section.present .figure")
    asked, told = slide.picture.heading, slide.steps[0].picture.heading
    assert asked != told
    for name, gone in ((asked, told), (told, asked)):
        assert figure.get_by_role("img", name=name).count() == 1
        assert figure.get_by_role("img", name=gone).count() == 0
        page.keyboard.press("ArrowDown")


@pytest.mark.browser
def test_the_speaker_sees_the_notes(made, show):
    built, file = made["en/03_what_if"]
    page = show(file)
    with page.context.expect_page() as opening:
        page.keyboard.press("s")
    speaker = opening.value
    notes = speaker.locator(".speaker-controls-notes")
    notes.get_by_text("What did you shift? Windows.").wait_for()
    page.keyboard.press("Space")
    notes.get_by_text(built.slides[1].notes[0]).first.wait_for()
    asked = next(slide for slide in built.slides if slide.kind == "question")
    go_to(page, asked.title)
    notes.get_by_text(asked.notes[0]).first.wait_for()
    page.keyboard.press("Space")
    notes.get_by_text(asked.steps[0].notes[-1]).first.wait_for()
    speaker.close()


@pytest.mark.browser
@pytest.mark.parametrize("query", ["", "?print-pdf"])
def test_it_prints_a_page_a_slide(made, show, tmp_path, query):
    """From the menu of the browser, and from the page that reveal.js makes for it: with all answers."""
    built, file = made["nl/02_service_models"]
    page = show(file, query=query)
    if query:
        page.wait_for_selector(".pdf-page")
    settle(page)
    page.pdf(path=tmp_path / "print.pdf", prefer_css_page_size=True, print_background=True)
    pages = PdfReader(tmp_path / "print.pdf").pages
    slides = built.shown("reveal")
    assert len(pages) == len(slides)
    for sheet, slide in zip(pages, slides, strict=True):
        text = " ".join(sheet.extract_text().split())
        assert slide.last.title.split()[0] in text if slide.kind == "figure" else slide.title in text
        for point in slide.points:
            assert plain(point.line).split()[0] in text
        if slide.question:
            assert slide.question.option(slide.question.key).feedback.split(".")[0] in text


@pytest.mark.browser
@pytest.mark.parametrize("name", OPENED)
def test_it_can_be_read_by_everybody(made, show, name):
    built, file = made[name]
    page = show(file)
    kinds = set()
    for slide in built.shown("reveal"):
        if slide.kind in kinds or (built.theme == "dark" and slide.kind not in ("question", "table", "live")):
            continue
        kinds.add(slide.kind)
        go_to(page, slide.title)
        assert violations(page, parts=(".slides",)) == [], slide.title
        if page.evaluate("Reveal.nextFragment()"):
            assert violations(page, parts=(".slides",)) == [], f"{slide.title}, answered"
    assert len(kinds) == (3 if built.theme == "dark" else 7)


def test_the_same_deck_gives_the_same_bytes(decks):
    one, other = (reveal.page(built) for built in (decks["nl/03_what_if.ipynb"], deck.build("03", "nl")))
    assert one == other


def test_components_need_no_widget_manager(decks):
    page = reveal.page(decks["en/03_what_if.ipynb"])
    assert page.count("<srm-what-if>") == 2
    assert "require.js" not in page
    assert "widget-state+json" not in page


def test_text_of_a_lesson_is_never_markup(decks):
    built = decks["en/05_stack_is_not_matrix.ipynb"]
    first = replace(
        built.slides[0], title='<img src=x onerror="bad()">', notes=["</aside><script>bad()</script>"]
    )
    page = reveal.page(replace(built, slides=[first]))
    assert "<img src=x" not in page
    assert "<script>bad" not in page


@pytest.mark.usefixtures("quick_run")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_command_writes_a_deck_as_one_file(lang, tmp_path, capsys):
    words_ = ["slides", "--lesson", "05", "--lang", lang, "--format", "reveal", "--out", str(tmp_path)]
    assert command.main(words_) == 0
    file = tmp_path / lang / "05_stack_is_not_matrix.html"
    assert [path for path in tmp_path.rglob("[!.]*") if path.is_file()] == [file]
    page = file.read_text("utf-8")
    parsed = html.fromstring(page.encode())
    assert parsed.xpath("//*[self::script or self::link or self::img or self::iframe][@src or @href]") == []
    addresses = re.findall(r"url\(([^)]*)\)", parsed.xpath("string(//style)"))
    assert {address[:5] for address in addresses} == {"data:"}
    assert parsed.get("lang") == LANGUAGE[lang]
    assert "SIL OPEN FONT LICENSE" in page
    assert "1 deck in " in capsys.readouterr().out
