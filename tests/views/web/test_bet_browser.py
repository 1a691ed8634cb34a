"""The prediction stepper in Chromium, in a page without a kernel: keys, heights, names and what is said."""

import pytest
from playwright.sync_api import expect

import srm_data as srm
from srm_data.core.incidents import as_incident, incident_ids
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.learning import question_content
from srm_data.learning.question_content import Round
from srm_data.learning.questions import find_question, question_bank, questions_about
from srm_data.views import web
from tests.browser import violations
from tests.play import Stepper, wrong_key

pytestmark = [pytest.mark.browser]

BOTH = pytest.mark.parametrize("lang", LANGUAGES)
THREE = ("vm-os-update", "accountable-to-the-law", "count-alone-in-saas")
HEIGHT = "element => element.getBoundingClientRect().height"


def asked(lang):
    return [find_question(question, lang) for question in THREE]


@pytest.fixture
def open_demo(page, work):
    """Open a page with one stepper."""

    def opened(lang, view=None, theme="light"):
        view = view or srm.bet(*THREE, lang=lang)
        page.set_content(web.demo([web.element("srm-bet", view.content, view.still.body)], theme))
        return Stepper(page.locator("srm-bet"), lang)

    return opened


@BOTH
def test_three_predictions_take_at_most_fourteen_keys(open_demo, page, lang):
    stepper = open_demo(lang)
    page.evaluate("() => { window.keys = 0; addEventListener('keydown', () => { window.keys++; }, true); }")
    page.keyboard.press("Tab")
    for question in asked(lang):
        stepper.press(question, question.key, 2)
        stepper.expect_result(question, question.key)
        expect(stepper.next).to_be_focused()
        page.keyboard.press("Enter")
    expect(stepper.element.get_by_role("heading", name=stepper.words["end"])).to_be_focused()
    assert page.evaluate("window.keys") <= 14
    assert page.faults == []


@BOTH
@pytest.mark.parametrize("width", [320, 700, 1000])
def test_every_question_and_its_outcome_are_on_one_screen(page, work, lang, width):
    """As high with the outcome as before it, give or take a line, so that nothing jumps."""
    rounds = [Round((q,)) for q in question_bank(lang) if q.kind != "incident"]
    rounds += [Round((q,), as_incident(i, lang)) for i in incident_ids() for q in questions_about(i, lang)]
    page.set_viewport_size({"width": width + 32, "height": 768})
    contents = [question_content.stepper([one], lang) for one in rounds]
    page.set_content(web.demo([web.element("srm-bet", content) for content in contents]))
    found = page.evaluate(
        """() => [...document.querySelectorAll('srm-bet')].map(one => {
          const height = () => Math.round(one.getBoundingClientRect().height);
          const before = height();
          // A word is broken where the label needs more room than it has.
          const broken = [...one.querySelectorAll('.srm-cards .words')].some(words => {
            const room = words.getBoundingClientRect().width;
            words.style.cssText = 'flex:none;width:min-content;overflow-wrap:normal';
            const needed = words.getBoundingClientRect().width;
            words.style.cssText = '';
            return needed > room + 1;
          });
          const {id, options} = one.content.rounds[0].questions[0];
          one.querySelectorAll('.srm-cards button')[options.findIndex(option => !option.right)].click();
          one.querySelector('.srm-segments button').click();
          one.querySelector('.srm-go').click();
          return [id, before, height(), Boolean(one.querySelector('.srm-result')), broken];
        })"""
    )
    assert len(found) == len(rounds) >= 160
    assert all(revealed for *_, revealed, _ in found)
    assert [one[0] for one in found if one[4]] == []
    if width >= 700:
        assert [one for one in found if max(one[1], one[2]) > 440] == []
        assert [one for one in found if abs(one[2] - one[1]) > 24] == []


@BOTH
def test_what_is_missing_is_said_until_it_is_given(open_demo, lang):
    stepper = open_demo(lang)
    words = stepper.words
    expect(stepper.told).to_have_text("")
    stepper.show.click()
    expect(stepper.told).to_have_text(words["missing_both"])
    stepper.sures.nth(1).click()
    expect(stepper.told).to_have_text(words["missing_answer"])
    stepper.show.click()
    expect(stepper.told).to_have_text(words["missing_answer"])
    expect(stepper.result).to_have_count(0)
    stepper.answers.nth(0).click()
    expect(stepper.told).to_have_text("")
    stepper.answers.nth(1).click()  # nothing was seen yet, so it may still change
    expect(stepper.answers.nth(1)).to_be_checked()
    expect(stepper.answers.nth(0)).not_to_be_checked()
    stepper.show.click()
    question = asked(lang)[0]
    stepper.expect_result(question, question.options[1].key)
    assert question.options[1].feedback in stepper.told.text_content()


@BOTH
def test_a_wrong_answer_brings_its_second_chance_and_stays_the_score(open_demo, lang):
    stepper = open_demo(lang)
    first, *others = asked(lang)
    stepper.click(first, wrong_key(first), 2)
    stepper.expect_result(first, wrong_key(first))
    expect(stepper.next).to_have_text(stepper.words["to_again"])
    stepper.next.click()
    again = find_question(first.repair, lang)
    stepper.click(again, again.key, 1)
    stepper.expect_result(again, again.key)
    for question in others:
        stepper.next.click()
        stepper.click(question, question.key, 2)
    stepper.next.click()
    end = stepper.element.locator(".srm-stage")
    words = stepper.words
    expect(end).to_contain_text(words["sum"].format(right=2, all=3))
    expect(end).to_contain_text(words["sum_again"].format(right=1, all=1))
    expect(end).to_contain_text(words["sum_sure"].format(sure=words["sures"][2], all=3, right=2))
    expect(end).to_contain_text(words["number"].format(n=1))
    stepper.dots.nth(0).click()  # one may look back
    stepper.expect_result(first, wrong_key(first))
    expect(stepper.dots.nth(0)).to_be_focused()


@BOTH
def test_an_estimate_says_that_it_does_not_count_and_does_not(open_demo, lang):
    names = ("default-share-all", "patch-sql-database")
    stepper = open_demo(lang, srm.bet(*names, lang=lang))
    estimate, other = (find_question(name, lang) for name in names)
    expect(stepper.element).to_contain_text(stepper.words["estimate"])
    stepper.click(estimate, estimate.key, 2)
    stepper.next.click()
    expect(stepper.element).not_to_contain_text(stepper.words["estimate"])
    stepper.click(other, wrong_key(other), 1)
    stepper.next.click()
    said = stepper.words["sum"].format(right=0, all=1)
    expect(stepper.element.locator(".srm-stage .sum")).to_have_text(said)


@BOTH
def test_the_hints_come_one_by_one(open_demo, page, lang):
    stepper = open_demo(lang)
    words, hints = texts(lang)["component"], stepper.element.locator(".srm-given p")
    expect(hints).to_have_count(0)
    names = [words["hint"], *(words["next_hint"].format(n=n, total=3) for n in (2, 3))]
    for n, name in enumerate(names, 1):
        stepper.element.get_by_role("button", name=name, exact=True).click()
        told = [f"{words['hint_n'].format(n=i)}: {hint}" for i, hint in enumerate(asked(lang)[0].hints, 1)]
        expect(hints).to_have_text(told[:n])
    expect(hints.last).to_be_focused()
    page.keyboard.press("1")  # the keys of the answers work from here too
    expect(stepper.answers.first).to_be_checked()


@BOTH
def test_what_is_kept_stands_again_and_it_opens_at_the_first_open_question(open_demo, page, lang):
    stepper = open_demo(lang)
    first, second, _ = asked(lang)
    bets = {
        first.id: {"answer": first.key, "sure": 1, "right": True, "revealed": True},
        second.id: {"answer": second.options[1].key, "sure": None, "right": False, "revealed": False},
    }
    page.evaluate(
        """bets => {
          const old = document.querySelector('srm-bet');
          const fresh = document.createElement('srm-bet');
          fresh.answers = bets;
          fresh.content = old.content;
          old.replaceWith(fresh);
        }""",
        bets,
    )
    expect(stepper.stem).to_have_text(second.stem)
    expect(stepper.answers.nth(1)).to_be_checked()
    stepper.dots.nth(0).click()
    stepper.expect_result(first, first.key)
    # Another tab ends the second question: it shows here as soon as it is told.
    stepper.dots.nth(1).click()
    bets[second.id] |= {"sure": 0, "revealed": True}
    stepper.element.evaluate("(element, bets) => { element.answers = bets; }", bets)
    stepper.expect_result(second, second.options[1].key)


def test_a_word_from_the_kernel_leaves_the_focus_where_it_is(open_demo):
    stepper = open_demo("en")
    first, second, _ = asked("en")
    stepper.click(first, first.key, 1)
    bet = {"answer": first.key, "sure": 1, "right": True, "revealed": True}
    for target in (stepper.dots.nth(1), stepper.next):
        target.focus()
        stepper.element.evaluate("(element, bets) => { element.answers = bets; }", {first.id: bet})
        expect(target).to_be_focused()
    stepper.next.click()
    stepper.answers.nth(0).click()
    stepper.sures.nth(0).focus()
    bets = {first.id: bet, second.id: {"answer": second.options[0].key, "sure": None, "revealed": False}}
    stepper.element.evaluate("(element, bets) => { element.answers = bets; }", bets)
    expect(stepper.sures.nth(0)).to_be_focused()


@BOTH
def test_after_the_last_question_the_incident_stands_folded(open_demo, lang):
    stepper = open_demo(lang, srm.play_incidents("toolshell-2025", "ovh-fire-2021", lang=lang))
    stepper.element.get_by_role("combobox").select_option(index=1)
    for question in questions_about("ovh-fire-2021", lang):
        stepper.click(question, question.key, 1)
        stepper.next.click()
    fold = stepper.element.locator("details")
    expect(fold.locator("summary")).to_have_text(texts(lang)["play"]["told"])
    expect(fold.locator("table")).not_to_be_visible()
    fold.locator("summary").click()
    i = as_incident("ovh-fire-2021", lang)
    expect(fold.locator("table")).to_be_visible()
    for said in (i.why, i.other_side, i.source_title):
        expect(fold).to_contain_text(said)


@BOTH
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_before_and_after(open_demo, page, lang, theme):
    stepper = open_demo(lang, theme=theme)
    assert violations(page) == []
    stepper.show.click()
    assert violations(page) == []
    first = asked(lang)[0]
    stepper.click(first, wrong_key(first), 0)
    stepper.element.get_by_role("button", name=stepper.words["more"], exact=True).click()
    assert violations(page) == []


def test_roles_and_names(open_demo):
    stepper = open_demo("en")
    question = asked("en")[0]
    group = stepper.element.get_by_role("radiogroup", name=question.stem)
    names = ["Customer", "Shared", "Provider"]
    for n, name in enumerate(names):
        expect(group.get_by_role("radio").nth(n)).to_have_accessible_name(name)
    expect(stepper.sures.nth(2)).to_have_accessible_name("certain")
    expect(stepper.told).to_have_role("status")
    expect(stepper.dots.nth(0)).to_have_accessible_name("Question 1, not answered yet")
    heights = [card.bounding_box()["height"] for card in stepper.answers.all()]
    assert min(heights) >= 44


def test_every_stop_keeps_jupyters_keys_away_and_modified_keys_stay_free(open_demo, page):
    stepper = open_demo("en")
    bare = (
        "document.querySelectorAll('srm-bet :is(button,[tabindex]):not([data-lm-suppress-shortcuts])').length"
    )
    assert page.evaluate(bare) == 0
    page.keyboard.press("Tab")
    page.keyboard.press("Control+2")
    page.keyboard.press("Escape")
    expect(stepper.answers.nth(1)).not_to_be_checked()
    expect(stepper.answers.nth(0)).to_be_focused()
    page.keyboard.press("2")
    expect(stepper.answers.nth(1)).to_be_checked()
