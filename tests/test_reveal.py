"""The web slides, opened from a file in Chromium: they fit, move, speak, and ask nobody anything."""

import json
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from srm_data import __main__ as command
from srm_data import deck, reveal, words
from srm_data.prose import plain
from srm_data.vocabulary import LANGUAGES

#: The lessons that are opened: one of each language and theme, with the widgets that are hardest to fit.
OPENED = {"nl/02_service_models": "dark", "en/03_what_if": "light", "en/07_other_clouds": "light"}

# What sticks out of its slide, or out of the room between title and foot. A list may scroll in its frame.
STICKS_OUT = """() => {
  const slide = Reveal.getCurrentSlide(), found = [];
  const main = slide.querySelector('.main'), box = slide.getBoundingClientRect();
  const room = main ? main.getBoundingClientRect() : box, near = 2;
  for (const one of slide.querySelectorAll('*')) {
    if (one.closest('.vh, aside, script, svg') || !one.checkVisibility()) continue;
    let frame = one.parentElement;
    while (frame !== slide && getComputedStyle(frame).overflowY !== 'auto') frame = frame.parentElement;
    if (frame !== slide) continue;
    const here = one.getBoundingClientRect();
    if (!here.width) continue;
    if (here.left < box.left - near || here.right > box.right + near || here.bottom > box.bottom + near
        || (main && main.contains(one) && here.bottom > room.bottom + near))
      found.push(`${one.tagName}.${one.className}`);
  }
  return found;
}"""

TITLE = "Reveal.getCurrentSlide().querySelector('h1, h2').textContent"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The decks with their pages in one folder: `made[name] == (deck, page)`."""
    folder = tmp_path_factory.mktemp("slides")
    found = {}
    for name, theme in OPENED.items():
        built = deck.build(name[3:], name[:2], theme)
        found[name] = built, reveal.write(built, folder / f"{name}.html")
    return found


@pytest.fixture
def show(page):
    """Open a page of slides and wait until its widgets are there."""

    def opened(file, wide=1366, high=768, query=""):
        page.set_viewport_size({"width": wide, "height": high})
        page.goto(f"{file.as_uri()}{query}")
        page.wait_for_function("window.Reveal && Reveal.isReady()")
        page.wait_for_function(
            "[...document.querySelectorAll('.live')].every(one => one.querySelector('.jupyter-widgets'))"
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
@pytest.mark.parametrize("name", OPENED)
def test_every_slide_fits_and_nothing_is_fetched(made, show, name):
    built, file = made[name]
    slides = built.shown("reveal")
    for wide, high in ((1366, 768), (1920, 1080)):
        page = show(file, wide, high)
        assert page.evaluate("Reveal.getTotalSlides()") == len(slides)
        seen = []
        for _ in slides:
            settle(page)
            seen.append(page.evaluate(TITLE))
            assert page.evaluate(STICKS_OUT) == [], seen[-1]
            page.keyboard.press("Space")
        assert seen == [slide.title for slide in slides]
    assert page.faults == []
    asked = {url for url in page.asked if not url.startswith(("data:", "blob:"))}
    assert all(url.startswith("file:") for url in asked)
    assert {url.rpartition("/")[2].partition("#")[0] for url in asked} <= {
        file.name,
        *(asset.name for asset in reveal.ASSETS),
    }


@pytest.mark.browser
@pytest.mark.parametrize("name", OPENED)
def test_every_view_of_a_widget_fits(made, show, name):
    """Every matrix of every drop-down, with the last of its buttons chosen."""
    built, file = made[name]
    page = show(file)
    for slide in built.shown("reveal"):
        if slide.kind != "live":
            continue
        go_to(page, slide.title)
        here = page.locator("section.present section.present")
        lists = here.locator("select:visible")
        for option in range(lists.first.locator("option").count() if lists.count() else 1):
            if lists.count():
                lists.first.select_option(index=option)
            for radios in here.locator(".widget-radio:visible").all():
                radios.get_by_role("radio").last.check()
            settle(page)
            assert page.evaluate(STICKS_OUT) == [], (slide.title, option)


@pytest.mark.browser
def test_a_widget_answers_and_the_keys_stay_with_the_slides(made, show):
    page = show(made["en/03_what_if"][1])
    go_to(page, "Any two columns")
    here = page.locator("section.present section.present")
    here.get_by_role("radio", name="from On-premises").check()
    here.get_by_role("radio", name="to SaaS").click()
    wanted = words.what_if("azure-2026", "On-premises", "SaaS", "en")
    page.wait_for_function(
        "wanted => [...document.querySelectorAll('.present .say')].some("
        "one => one.checkVisibility() && one.textContent === wanted)",
        arg=wanted,
    )
    page.keyboard.press("ArrowRight")  # after the mouse the arrow is for the slides
    assert page.evaluate(TITLE) == "Three small cases"
    page.keyboard.press("ArrowLeft")
    here.get_by_role("radio", name="to SaaS").focus()  # by keyboard it is for the buttons
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(TITLE) == "Any two columns"
    assert here.get_by_role("radio", name="to PaaS").is_checked()


@pytest.mark.browser
def test_a_bet_is_asked_and_then_revealed(made, show):
    built, file = made["en/03_what_if"]
    answer = next(slide for slide in built.slides if slide.kind == "answer")
    reason = answer.question.option(answer.question.key).feedback
    page = show(file)
    go_to(page, "Question 3")
    here = page.locator("section.present section.present .slide")
    assert built.slides[5].question.stem in here.text_content()
    assert reason not in here.text_content()
    page.keyboard.press("ArrowDown")
    assert reason in here.text_content()
    assert page.evaluate(TITLE) == answer.title


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


@pytest.mark.browser
def test_it_prints_a_page_a_slide(made, show, tmp_path):
    built, file = made["nl/02_service_models"]
    page = show(file, query="?print-pdf")
    page.wait_for_selector(".pdf-page")
    settle(page)
    page.pdf(path=tmp_path / "print.pdf", prefer_css_page_size=True, print_background=True)
    pages = PdfReader(tmp_path / "print.pdf").pages
    slides = built.shown("reveal")
    assert len(pages) == len(slides)
    for sheet, slide in zip(pages, slides, strict=True):
        text = " ".join(sheet.extract_text().split())
        assert slide.title.split()[0] in text
        for point in slide.points:
            assert plain(point.line).split()[0] in text


@pytest.mark.browser
@pytest.mark.parametrize("name", list(OPENED)[:2])
def test_it_can_be_read_by_everybody(made, show, name):
    from axe_playwright_python.sync_playwright import Axe

    built, file = made[name]
    page = show(file)
    kinds = set()
    for slide in built.shown("reveal"):
        if slide.kind in kinds or (built.theme == "dark" and slide.kind not in ("answer", "table", "live")):
            continue
        kinds.add(slide.kind)
        go_to(page, slide.title)
        found = (
            Axe().run(page, context=".slides", options={"resultTypes": ["violations"]}).response["violations"]
        )
        assert [(one["id"], node["target"]) for one in found for node in one["nodes"]] == [], slide.title
    assert len(kinds) == (3 if built.theme == "dark" else 8)


def test_the_same_deck_gives_the_same_bytes():
    one, other = (reveal.page(deck.build("03", "nl"), "assets") for _ in range(2))
    assert one == other


def test_the_state_of_the_widgets_is_whole_and_ends_no_script():
    page = reveal.page(deck.build("03", "en"), "assets")
    (raw,) = re.findall(r'widget-state\+json">(.*?)</script>', page, re.S)
    state = json.loads(raw)["state"]
    shown = re.findall(r'"model_id":"(\w+)"', page)
    assert len(shown) == 2
    named = set(re.findall(r"IPY_MODEL_(\w+)", raw)) | set(shown)
    assert named <= set(state)
    assert all(re.fullmatch(r"\d{4,}", name) for name in state)


def test_text_of_a_lesson_is_never_markup():
    built = deck.build("05", "en")
    first = replace(
        built.slides[0], title='<img src=x onerror="bad()">', notes=["</aside><script>bad()</script>"]
    )
    page = reveal.page(replace(built, slides=[first]), "assets")
    assert "<img" not in page
    assert "<script>bad" not in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_command_writes_pages_and_what_they_need(lang, tmp_path, capsys):
    words_ = ["slides", "--lesson", "05", "--lang", lang, "--format", "reveal", "--out", str(tmp_path)]
    assert command.main(words_) == 0
    page = (tmp_path / lang / "05_stack_is_not_matrix.html").read_text("utf-8")
    wanted = set(re.findall(r'(?:src|href)="\.\./assets/([^"]+)"', page))
    assert {"reveal.js", "reveal.css", "reveal-notes.js", "embed-amd.js", "require.js"} <= wanted
    assert all((tmp_path / "assets" / name).is_file() for name in wanted)
    assert f'<html lang="{deck.LANGUAGE[lang]}">' in page
    assert "1 deck in " in capsys.readouterr().out
