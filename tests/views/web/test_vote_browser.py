"""A vote in two rounds in Chromium, in a page without a kernel: what the room sees, and when."""

import re
from datetime import datetime, timedelta
from itertools import count

import pytest
from playwright.sync_api import expect

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.learning.questions import find_question
from srm_data.views import palette, web
from tests.browser import violations

pytestmark = [pytest.mark.browser]

BOTH = pytest.mark.parametrize("lang", LANGUAGES)
WINDOWS, LAW = "vm-os-update", "accountable-to-the-law"
ONE, TWO = (7, 12, 4), (18, 6, 0)

# Each thing that is touched and is smaller than 44 pixels; a link in a sentence may be.
_SMALL = """() => [...document.querySelectorAll(':is(button, input, summary)')]
  .filter(one => one.checkVisibility()).map(one => [one.outerHTML, one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 44 || box.height < 44).map(([html]) => html)"""

# A word that reaches into what stands beside it, or out of the page.
_CROWDED = """() => [...document.querySelectorAll('.srm-vote :is(.words, .bar > span)')].filter(one => {
  const range = document.createRange();
  range.selectNodeContents(one);
  const right = range.getBoundingClientRect().right;
  const next = one.nextElementSibling?.getBoundingClientRect();
  const beside = next && next.top < one.getBoundingClientRect().bottom;
  return right > innerWidth || (beside && right > next.left + 1);
}).map(one => one.textContent)"""


class Room:
    """One ``<srm-vote>`` in a page, and who stands before it."""

    def __init__(self, page, lang, theme="light", questions=(WINDOWS, LAW), answers=None):
        view = srm.vote(*questions, lang=lang)
        page.set_content(web.demo([], theme))
        page.evaluate(
            """([content, answers]) => {
              window.sent = [];
              const vote = document.createElement('srm-vote');
              vote.addEventListener('srm-answer', ({detail}) => sent.push(detail));
              if (answers) vote.answers = answers;
              vote.content = content;
              document.querySelector('main').append(vote);
            }""",
            [view.content, answers],
        )
        self.page, self.words = page, texts(lang)["vote"]
        self.element = page.locator("srm-vote")
        self.fields, self.bars = self.element.locator(".srm-hands"), self.element.locator(".srm-bars")
        self.told = self.element.locator(".srm-told")

    def press(self, name):
        self.element.get_by_role("button", name=self.words[name], exact=True).click()

    def type(self, numbers):
        """With the keyboard alone, from the first field to the button that closes the round."""
        self.fields.first.focus()
        for number in numbers:
            self.page.keyboard.type(str(number))
            self.page.keyboard.press("Enter")
        self.page.keyboard.press("Enter")

    def both(self, one=ONE, two=TWO):
        self.type(one)
        self.page.keyboard.press("Enter")
        self.type(two)
        expect(self.bars).to_be_visible()

    def shown(self):
        """The hands in each bar of each round."""
        return [
            [
                int(text.partition(" ")[0])
                for text in self.bars.locator(f"td:nth-child({n}) span").all_inner_texts()
            ]
            for n in (2, 3)
        ]

    @property
    def sent(self):
        return self.page.evaluate("sent")


@BOTH
def test_the_split_and_the_answer_are_hidden_until_round_two_closes(page, work, lang):
    room, question = Room(page, lang), find_question(WINDOWS, lang)
    reason = question.option(question.key).feedback
    for numbers, button in ((ONE, "to_two"), (TWO, None)):
        for n, number in enumerate(numbers):
            room.fields.nth(n).fill(str(number))
        covered = room.fields.evaluate_all("all => all.map(one => getComputedStyle(one).webkitTextSecurity)")
        assert covered == ["disc"] * 3
        expect(room.bars).to_have_count(0)
        assert reason not in room.element.inner_html()
        room.press("close_two" if button is None else "close_one")
        if button:
            expect(room.element.locator(".sum")).to_have_text(room.words["counted"].format(n=sum(ONE)))
            seen = room.element.inner_html()
            assert reason not in seen
            assert not [n for n in ONE if re.search(rf"(?<!\d){n}(?!\d)", room.element.inner_text())]
            room.press(button)
    assert room.shown() == [[*ONE], [*TWO]]
    expect(room.element.locator(".srm-result")).to_contain_text(reason)
    expect(room.element).to_contain_text(question.matrix.source_title)
    widths = room.bars.locator("td:nth-child(2) i").evaluate_all("all => all.map(one => one.offsetWidth)")
    assert widths[1] / widths[0] == pytest.approx(ONE[1] / ONE[0], rel=0.05)
    assert page.faults == []


def test_what_is_sent_can_be_kept(page, work):
    room = Room(page, "en")
    room.element.get_by_label("Class").fill("3A")
    room.both()
    first, last = room.sent[0], room.sent[-1]
    assert {one["name"] for one in room.sent} == {first["name"]}
    assert re.fullmatch(rf"vote\.{WINDOWS}\.\d{{8}}-\d{{6}}", first["name"])
    one, two = "customer 7, shared 12, provider 4", "customer 18, shared 6, provider 0"
    assert first["facts"] == {"class": "3A", "one": one, "two": "", "cancelled": ""}
    assert last["facts"] == {"class": "3A", "one": one, "two": two, "cancelled": ""}
    view = srm.vote(WINDOWS)
    view._handle_msg({"content": {"data": {"method": "custom", "content": last}}, "buffers": []})
    (vote,) = srm.votes().made
    assert ([*vote.one.values()], [*vote.two.values()], vote.room) == ([*ONE], [*TWO], "3A")


def test_a_number_can_be_corrected_a_vote_cancelled_and_done_again(page, work):
    room = Room(page, "en")
    room.type(ONE)
    room.press("correct_one")
    expect(room.fields.first).to_have_value("7")
    room.fields.first.press("ArrowUp")
    room.element.get_by_role("button", name=room.words["more_hands"]).nth(1).click()
    room.press("close_one")
    expect(room.element.locator(".srm-go")).to_be_focused()
    expect(room.element.locator(".srm-go")).to_have_accessible_description("25 hands counted.")
    room.press("to_two")
    room.type((1, 2, 3))
    assert room.shown() == [[8, 13, 4], [1, 2, 3]]
    room.press("correct")
    expect(room.fields.nth(5)).to_have_value("3")
    room.fields.nth(5).fill("x")
    room.press("save")
    expect(room.told).to_have_text(room.words["no_number"].format(letter="P"))
    room.fields.nth(5).fill("30")
    room.press("save")
    assert room.shown() == [[8, 13, 4], [1, 2, 30]]
    room.press("cancel")
    assert room.sent[-1]["facts"] == {"cancelled": "yes"}
    room.press("undo")
    assert room.shown() == [[8, 13, 4], [1, 2, 30]]
    assert room.sent[-1]["facts"]["cancelled"] == ""
    room.press("again")
    expect(room.fields.first).to_have_value("")
    room.press("close_one")
    expect(room.told).to_have_text(room.words["no_hands"])
    assert page.faults == []


def test_a_class_lies_beside_an_earlier_one_once_both_rounds_are_closed(page, work):
    old = {"class": "3B", "one": "customer 5, shared 15", "two": "customer 10, shared 10"}
    half = {"class": "3C", "one": "customer 5"}
    answers = {f"vote.{WINDOWS}.20260901-100000": old, f"vote.{WINDOWS}.20260902-100000": half}
    room = Room(page, "en", answers=answers)
    expect(room.fields).to_have_count(3)
    assert "3B" not in room.element.inner_html()
    room.both()
    room.element.get_by_text(room.words["earlier"]).click()
    cells = room.element.locator(".srm-earlier :is(tbody th, td)").all_inner_texts()
    assert [re.sub(r"\s+", " ", cell) for cell in cells] == [
        "3B 1 September 2026",
        "25% → 50%",
        "75% → 50%",
        "0% → 0%",
    ]


def test_the_next_class_does_not_take_over_the_vote_of_the_one_before(page, work):
    room = Room(page, "en", questions=(WINDOWS,))
    top = room.element.get_by_label("Class").first
    room.both()
    top.fill("3A")  # only now: a vote without a class gets it
    top.blur()
    assert room.sent[-1]["facts"]["class"] == "3A"
    sent = len(room.sent)
    top.fill("3B")
    room.press("again")
    assert len(room.sent) == sent
    room.both(TWO, ONE)
    assert room.sent[-1]["facts"]["class"] == "3B"
    assert room.sent[-1]["name"] != room.sent[0]["name"]
    expect(room.element.locator(".srm-earlier tbody th")).to_contain_text("3A")
    room.press("correct")
    room.element.get_by_label("Class").nth(1).fill("3C")
    room.press("save")
    assert room.sent[-1]["facts"]["class"] == "3C"


def test_a_vote_that_was_broken_off_a_moment_ago_goes_on(page, work):
    began = f"{datetime.now() - timedelta(minutes=1):%Y%m%d-%H%M%S}"
    room = Room(
        page, "en", answers={f"vote.{WINDOWS}.{began}": {"class": "3A", "one": "customer 5", "two": ""}}
    )
    expect(room.element.locator(".sum")).to_have_text("5 hands counted.")
    room.press("to_two")
    room.type(TWO)
    assert room.sent[-1]["facts"]["class"] == "3A"


@pytest.mark.parametrize(
    ("width", "height", "theme", "lang"),
    [(390, 844, "light", "nl"), (1366, 768, "dark", "en"), (1920, 1080, "light", "nl")],
)
def test_every_state_fits_and_can_be_touched(page, work, width, height, theme, lang):
    page.set_viewport_size({"width": width, "height": height})
    room = Room(page, lang, theme)
    n = count()

    def look():
        next(n)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(_SMALL) == []
        assert page.evaluate(_CROWDED) == []
        assert width != 1366 or violations(page) == []
        lowest = room.element.locator(".srm-line").last.evaluate("one => one.getBoundingClientRect().bottom")
        assert width < 700 or lowest <= height, "question, hands and buttons on one screen"

    for question in (WINDOWS, LAW):
        look()
        room.type(ONE)
        look()
        page.keyboard.press("Enter")
        room.type(TWO)
        look()
        room.press("correct")
        look()
        room.press("back")
        if question == WINDOWS:
            room.press("next")
    assert next(n) == 8
    assert page.faults == []


def test_no_key_of_jupyter_is_heard_in_it(page, work):
    room = Room(page, "en")
    for close in ("close_one", "to_two", "close_two"):
        if room.fields.count():
            room.fields.first.fill("3")
        bare = room.element.locator(
            ":is(button, input, summary, [tabindex]):not([data-lm-suppress-shortcuts])"
        )
        assert bare.count() == 0
        room.press(close)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_letters_stand_off_what_is_mixed_under_them(theme):
    colours = palette.THEMES[theme]
    shares = {
        colour: int(share)
        for colour, share in re.findall(
            r"color-mix\(in srgb,var\(--(text|p-edge)\) (\d+)%,var\(--ground\)", style()
        )
    }
    assert shares.keys() == {"text", "p-edge"}
    for colour, share in shares.items():
        over = colours.text if colour == "text" else colours.ink["provider"].edge
        channels = [(int(over[i : i + 2], 16), int(colours.ground[i : i + 2], 16)) for i in (1, 3, 5)]
        mixed = "#" + "".join(f"{round((a * share + b * (100 - share)) / 100):02x}" for a, b in channels)
        assert palette.contrast(colours.text, mixed) >= 4.5
        assert palette.contrast(colours.quiet, mixed) >= 4.5


def style():
    return (web.FOLDER / "vote.css").read_text("utf-8")
