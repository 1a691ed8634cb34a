"""Words of the glossary in Chromium: what they mean is there on hover and on focus, and goes again."""

import pytest
from playwright.sync_api import expect

from srm_data.core.glossary import glossary_terms
from srm_data.core.vocabulary import LANGUAGES
from srm_data.views import web
from tests.browser import violations

pytestmark = [pytest.mark.browser]

LINKS = """<p lang="{lang}"><a href="#">first</a> <a href="../glossary_{lang}.ipynb#{anchor}">{name}</a></p>
<p lang="{lang}" style="margin-top:1400px;text-align:right"><a href="glossary.html#{anchor}">{name}</a>
<a href="glossary.html#no-such-word">?</a></p>"""


@pytest.fixture(params=LANGUAGES)
def words(request, one_page, tmp_path):
    """A page with two links to a word, and what the word means; the second link is at its lower right."""
    one_page.faults.clear()
    one_page.set_viewport_size({"width": 390, "height": 768})
    term = max(glossary_terms(request.param), key=lambda term: len(term.meaning))
    links = LINKS.format(lang=request.param, anchor=term.anchor, name=term.name)
    file = tmp_path / "page.html"
    file.write_text(web.demo([links]), "utf-8")
    one_page.goto(file.as_uri())
    yield one_page, term
    assert one_page.faults == []


def test_a_meaning_comes_with_the_pointer_and_stays_under_it(words):
    page, term = words
    link, tip = page.locator("a").nth(1), page.get_by_role("tooltip")
    expect(tip).to_have_count(0)
    link.hover()
    expect(tip).to_have_text(term.meaning)
    expect(link).to_have_accessible_description(term.meaning)
    tip.hover()
    page.wait_for_timeout(400)  # longer than it stays without the pointer
    expect(tip).to_have_text(term.meaning)
    page.mouse.move(5, 700)
    expect(tip).to_have_count(0)
    assert link.get_attribute("aria-describedby") is None
    page.locator("a").last.hover()
    expect(tip).to_have_count(0)


def test_a_meaning_comes_with_the_focus_and_escape_takes_it_away(words):
    page, term = words
    tip = page.get_by_role("tooltip")
    page.locator("a").first.focus()
    page.keyboard.press("Tab")
    expect(tip).to_have_text(term.meaning)
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    expect(page.locator("a").nth(1)).to_be_focused()
    page.keyboard.press("Tab")
    expect(tip).to_have_text(term.meaning)
    box = tip.bounding_box()
    assert box["x"] >= 8
    assert box["x"] + box["width"] <= 382
    assert box["y"] + box["height"] <= page.locator("a").nth(2).bounding_box()["y"]  # above: no room below
    page.keyboard.press("Tab")
    expect(tip).to_have_count(0)
