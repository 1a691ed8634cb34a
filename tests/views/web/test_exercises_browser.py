"""The exercises, each alone in a page from a file: by mouse, by keyboard, in both languages and themes."""

import json
import re

import pytest
from playwright.sync_api import expect

import srm_data as srm
from srm_data.core.frames import as_matrix
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.learning import wrong_cell
from srm_data.views import web
from tests.browser import violations
from tests.play_exercises import LiveClaim, LiveExercise, LiveOwnWords, LiveSort, LiveWrongCell

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("work")]

EACH = pytest.mark.parametrize("lang", LANGUAGES)
NAME = "azure-2026.applications.paas"

EXERCISES = {
    "duties": lambda lang: srm.sort_duties("azure-classic", "provider", lang),
    "ladder": lambda lang: srm.order_ladder("aws-rds", lang),
    "services": lambda lang: srm.place_services("Batch", "Azure SQL", lang=lang),
    "wrong cell": lambda lang: srm.find_wrong_cell("azure-classic", lang),
    "both parts": lambda lang: srm.both_parts("azure-2026", "applications", "paas", lang),
    "both sides": lambda lang: srm.both_sides("ovh-fire-2021", lang),
    "claim": lambda lang: srm.write_claim(8, "azure-2026", "aws-rds", lang=lang),
}


@pytest.fixture
def show(one_page, tmp_path):
    """Open a page with one exercise; at the end, read that nothing failed in it and nothing was fetched."""
    one_page.faults.clear()
    one_page.asked.clear()

    def opened(view, kind, theme="light", wide=1000, high=768):
        one_page.set_viewport_size({"width": wide, "height": high})
        file = tmp_path / "page.html"
        file.write_text(web.demo([web.element(view.tag, view.content, view.still.body)], theme), "utf-8")
        one_page.goto(file.as_uri())
        one_page.evaluate(
            "window.kept = []; document.addEventListener('srm-answer', event => kept.push(event.detail))"
        )
        return kind(one_page, one_page.locator(view.tag))

    yield opened
    assert one_page.faults == []
    assert all(url.startswith("file:") for url in one_page.asked)


def said_of(view, card, place):
    """What the content of an exercise says of a card on a place: whether it is right, and in words."""
    at = [one["label"] for one in view.content["places"]].index(place)
    said = next(one["said"] for one in view.content["cards"] if one["label"] == card)
    found = view.content["said"][said[at]]
    return found["right"], " ".join(filter(None, (f"{found['word']}.", found["text"], found["more"])))


def expect_verdict(live, view, card, place):
    """The verdict stands with the card, and is said to who cannot see it."""
    right, text = said_of(view, card, place)
    sign, look = {True: ("✓", "good"), False: ("✗", "bad"), None: ("≈", "open")}[right]
    expect(live.told(card)).to_have_text(sign + text)
    expect(live.told(card)).to_have_class(f"told {look}")
    expect(live.card(card)).to_have_accessible_description(re.compile(re.escape(text)))
    expect(live.status).to_contain_text(f"{place}: {text}")


def labels(view, kind):
    return [one["label"] for one in view.content[kind]]


# Sort.


@EACH
@pytest.mark.parametrize("kind", ["duties", "ladder", "services"])
@pytest.mark.parametrize("way", ["click", "drag", "press"])
def test_every_card_goes_to_a_place_and_is_told_at_once(show, kind, way, lang):
    view = EXERCISES[kind](lang)
    live = show(view, LiveSort)
    for card in labels(view, "cards"):
        expect(live.told(card)).to_be_hidden()
    places = labels(view, "places")
    for n, card in enumerate(labels(view, "cards")):
        place = places[-1 - n % len(places)]
        getattr(live, way)(card, place)
        expect_verdict(live, view, card, place)
    assert live.page.evaluate("kept") == [], "nothing of it is written down"


@EACH
def test_a_card_may_move_on_until_it_is_right(show, lang):
    view = EXERCISES["duties"](lang)
    live = show(view, LiveSort)
    words = view.content["words"]
    cards, places = labels(view, "cards"), labels(view, "places")
    score = live.root.locator(".srm-score")
    for card in cards:
        wrong = next(place for place in places if said_of(view, card, place)[0] is False)
        expect(score).to_be_hidden()
        live.click(card, wrong)
        expect_verdict(live, view, card, wrong)
    expect(score).to_have_text(words["score"].format(n=0, total=len(cards)))
    for n, card in enumerate(cards, 1):
        right = next(place for place in places if said_of(view, card, place)[0])
        live.press(card, right)
        expect_verdict(live, view, card, right)
        expect(score).to_have_text(words["score"].format(n=n, total=len(cards)))


def test_every_answer_that_can_be_defended_is_accepted(show):
    view = EXERCISES["duties"]("en")
    live = show(view, LiveSort)
    card = labels(view, "cards")[2]  # the hypervisor
    for place in ("Physical hosts", "no row of its own"):
        live.click(card, place)
        expect(live.told(card)).to_contain_text("✓Right.")
    view = EXERCISES["services"]("en")
    live = show(view, LiveSort)
    card = labels(view, "cards")[0]
    near = next(p for p in labels(view, "places") if said_of(view, card, p)[0] is None)
    live.click(card, near)
    expect(live.told(card)).to_contain_text("≈Arguable. It lies next to where we put it")
    live.click(labels(view, "cards")[1], "PaaS")
    expect(live.root.locator(".srm-score")).to_have_text(
        "1 of 2 right, 1 can be defended. You may still move a card."
    )


@pytest.mark.parametrize("way", ["click", "drag", "press"])
def test_a_rung_holds_one_card_and_two_change_places(show, way):
    view = EXERCISES["ladder"]("en")
    live = show(view, LiveSort)
    first, second, third = labels(view, "cards")
    put = getattr(live, way)
    put(first, "Rung 1")
    put(second, "Rung 2")
    put(first, "Rung 2")
    live.expect_on(second, "Rung 1")
    expect_verdict(live, view, first, "Rung 2")
    right, text = said_of(view, second, "Rung 1")
    expect(live.told(second)).to_have_text(("✓" if right else "✗") + text)
    put(third, "Rung 1")  # it lay on none, so the one that lay here goes back among the cards
    expect(live.root.locator(".srm-tray .srm-card")).to_have_count(1)
    expect(live.told(second)).to_be_hidden()


def test_what_is_picked_up_can_be_put_back(show):
    view = EXERCISES["duties"]("en")
    live = show(view, LiveSort)
    page, cards = live.page, labels(view, "cards")
    live.press(cards[1], "Applications", key="Space")
    live.pick_up(cards[1])
    expect(live.place("Applications")).to_be_focused()  # the way begins where the card lies
    expect(live.status).to_contain_text(f"{cards[1]}: picked up.")
    page.keyboard.press("ArrowDown")
    expect(live.place("Network controls")).to_be_focused()
    page.keyboard.press("Escape")
    live.expect_on(cards[1], "Applications")
    expect(live.card(cards[1])).to_be_focused()
    expect(live.card(cards[1])).to_have_attribute("aria-pressed", "false")

    live.drag(cards[0], "Operating system", drop=False)
    expect(live.root.locator(".srm-tray .srm-card")).to_have_count(len(cards) - 1)
    expect(live.root.locator("[aria-pressed=true]")).to_have_count(0)
    live.card(cards[0]).click()
    live.card(cards[0]).click()  # a second click puts it back
    expect(live.root.locator("[aria-pressed=true]")).to_have_count(0)
    live.place("Applications").click()
    expect(live.status).to_have_text("Pick a card first, then its row.")
    expect(live.status).to_be_visible()


def test_the_arrow_keys_stop_at_the_ends_and_tab_comes_to_one_card(show):
    view = EXERCISES["duties"]("en")
    live = show(view, LiveSort)
    page, cards, places = live.page, labels(view, "cards"), labels(view, "places")
    stops = live.root.locator("[tabindex='0']:visible")
    page.keyboard.press("Tab")
    expect(live.card(cards[0])).to_be_focused()
    expect(stops).to_have_count(1)
    page.keyboard.press("ArrowLeft")
    expect(live.card(cards[0])).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")
    expect(live.card(cards[-1])).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    expect(live.place(places[-1])).to_be_focused()
    page.keyboard.press("Enter")
    live.expect_on(cards[-1], places[-1])
    page.keyboard.press("Tab")
    expect(live.root.locator(".srm-one-hint button")).to_be_focused()


def test_a_finger_drags_a_card_by_its_grip(show):
    """Everywhere else the finger scrolls, so a card that it begins on stays where it is."""
    view = EXERCISES["duties"]("en")
    live = show(view, LiveSort)
    card = labels(view, "cards")[0]
    drag = """([from, x, y]) => {
      const {left, top} = from.getBoundingClientRect();
      const send = (type, clientX, clientY) => from.dispatchEvent(new PointerEvent(type, {
        bubbles: true, pointerType: 'touch', pointerId: 1, isPrimary: true, clientX, clientY}));
      Element.prototype.setPointerCapture = () => {};  // no finger is there to hold on to
      send('pointerdown', left + 5, top + 5);
      for (const part of [0.5, 1]) send('pointermove', left + (x - left) * part, top + (y - top) * part);
      send('pointerup', x, y);
    }"""
    box = live.place("Physical network").bounding_box()
    to = [box["x"] + 20, box["y"] + 10]
    words = live.card(card).locator("span").last
    grip = live.card(card).locator(".srm-grip")
    assert grip.evaluate("one => getComputedStyle(one).touchAction") == "none"
    assert words.evaluate("one => getComputedStyle(one.parentElement).touchAction") == "manipulation"
    live.page.evaluate(drag, [words.element_handle(), *to])
    expect(live.told(card)).to_be_hidden()
    live.page.evaluate(drag, [grip.element_handle(), *to])
    live.expect_on(card, "Physical network")


# Find the wrong cell.


@EACH
@pytest.mark.parametrize("matrix", ["azure-classic", "stack"])
def test_every_cell_says_whether_it_is_the_one(show, matrix, lang):
    view = srm.find_wrong_cell(matrix, lang)
    live = show(view, LiveWrongCell)
    m = as_matrix(matrix, lang)
    area, column, _ = wrong_cell._tamper(m)
    expect(live.strip).to_have_count(0)
    for r, row in enumerate(view.content["rows"]):
        for c, n in enumerate(row["said"]):
            said = view.content["said"][n]
            if (r + c) % 2:
                live.cell(r, c).click()
            else:
                live.press(r, c)
            name = f"{row['label']} · {m.columns[c].label}"
            sign = "✓" if said["right"] else "✗"
            expect(live.strip).to_have_text(f"{name}{sign}{said['word']}. {said['text']}")
            expect(live.status).to_have_text(f"{said['word']}. {said['text']}")
            assert live.strip.evaluate("one => one.previousElementSibling.sectionRowIndex") == r
            expect(live.root.locator("[aria-expanded=true]")).to_have_count(1)
            if (m.areas[r], m.columns[c]) == (area, column):
                assert said["right"]
    seen = live.root.locator(".srm-seen")
    expect(seen).to_have_count(len(m.areas) * len(m.columns))
    assert live.root.locator(".srm-seen.good").count() == sum(
        view.content["said"][n]["right"] for row in view.content["rows"] for n in row["said"]
    )


def test_a_cell_closes_again_and_has_a_name(show):
    view = EXERCISES["wrong cell"]("en")
    live = show(view, LiveWrongCell)
    cell = live.cell(1, 1)
    expect(cell).to_have_accessible_name("C Customer")
    cell.click()
    expect(cell).to_have_accessible_name("C Customer ✗ looked at: not so".replace("✗ ", ""))
    live.page.keyboard.press("Escape")
    expect(live.strip).to_have_count(0)
    expect(cell).to_be_focused()
    live.page.keyboard.press("Enter")
    expect(live.strip).to_have_count(1)
    cell.click()
    expect(live.strip).to_have_count(0)


# Own words.


@EACH
@pytest.mark.parametrize("kind", ["both parts", "both sides"])
def test_the_model_answer_is_closed_until_something_is_written(show, kind, lang):
    view = EXERCISES[kind](lang)
    live = show(view, LiveOwnWords)
    words = view.content["words"]
    expect(live.model).to_be_hidden()
    live.show.click()
    expect(live.model).to_be_hidden()
    expect(live.root.get_by_text(words["write_first"])).to_be_visible()
    live.box(view.content["parts"][0]["label"]).fill("eigen woorden")
    live.show.click()
    expect(live.model).to_be_visible()
    for fact in view.content["model"]:
        expect(live.model).to_contain_text(fact["text"])
    expect(live.show).to_have_attribute("aria-expanded", "true")
    expect(live.show).to_have_text(words["hide_model"])
    live.show.click()
    expect(live.model).to_be_hidden()
    expect(live.show).to_have_text(words["show_model"])


def test_who_asks_twice_sees_the_model_answer(show):
    live = show(EXERCISES["both parts"]("en"), LiveOwnWords)
    live.show.click()
    live.show.click()
    expect(live.model).to_be_visible()
    assert live.page.evaluate("kept") == []


def test_what_is_typed_is_kept_after_a_pause_and_when_the_box_is_left(show):
    view = EXERCISES["both parts"]("en")
    live = show(view, LiveOwnWords)
    page = live.page
    first, second = (live.box(part["label"]) for part in view.content["parts"])
    first.click()
    page.keyboard.type("dd xx")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("more")
    assert page.evaluate("kept") == []
    page.wait_for_function("kept.length === 1")
    wanted = {"kind": "work", "name": NAME, "facts": {"customer": "dd xx\nmore"}}
    assert page.evaluate("kept") == [wanted]
    page.keyboard.press("Tab")
    page.keyboard.type("<b>them</b>")
    page.keyboard.press("Tab")
    assert page.evaluate("kept.at(-1).facts") == {"provider": "<b>them</b>"}
    assert page.evaluate("kept.length") == 2, "what did not change is not sent again"
    expect(second).to_have_value("<b>them</b>")


def test_the_box_grows_with_the_text(show):
    view = EXERCISES["both sides"]("en")
    live = show(view, LiveOwnWords)
    box = live.box(view.content["parts"][0]["label"])
    before = box.bounding_box()["height"]
    box.fill("a line\n" * 8)
    assert box.bounding_box()["height"] > before + 80
    assert box.evaluate("one => one.scrollHeight <= one.clientHeight + 1")


ANSWERS = """answers => { document.querySelector('srm-own-words').answers = answers; }"""


def test_what_was_kept_stands_in_the_boxes_and_two_tabs_show_the_same(show):
    view = EXERCISES["both parts"]("en")
    live = show(view, LiveOwnWords)
    page = live.page
    first, second = (live.box(part["label"]) for part in view.content["parts"])
    page.evaluate(ANSWERS, {"customer": "kept before"})
    expect(first).to_have_value("kept before")
    expect(second).to_have_value("")
    first.fill("being written")  # while the other tab tells of its own
    page.evaluate(ANSWERS, {"customer": "from elsewhere", "provider": "theirs"})
    expect(first).to_have_value("being written")
    expect(second).to_have_value("theirs")


def test_words_that_nobody_kept_come_back_when_the_cell_is_run_again(show):
    view = EXERCISES["both parts"]("en")
    live = show(view, LiveOwnWords)
    label = view.content["parts"][0]["label"]
    live.box(label).fill("nobody heard this")
    again = """content => {
      const old = document.querySelector('srm-own-words');
      old.remove();
      kept.length = 0;
      const view = document.createElement('srm-own-words');
      view.content = JSON.parse(content);
      document.querySelector('main').append(view);
      return kept;
    }"""
    sent = live.page.evaluate(again, json.dumps(view.content))
    expect(live.box(label)).to_have_value("nobody heard this")
    assert [one["facts"] for one in sent] == [{"customer": "nobody heard this"}], "and are sent once more"
    live.page.evaluate(ANSWERS, {"customer": "nobody heard this"})  # now somebody has
    assert live.page.evaluate(again, json.dumps(view.content)) == []
    expect(live.box(label)).to_have_value("")


def test_a_note_of_who_keeps_the_words_is_told(show):
    live = show(EXERCISES["both parts"]("en"), LiveOwnWords)
    live.page.evaluate("document.querySelector('srm-own-words').note = 'Kept in progress.json.'")
    expect(live.root.get_by_role("status").filter(has_text="Kept in progress.json.")).to_be_visible()


# All of them.


@EACH
@pytest.mark.parametrize("kind", EXERCISES)
def test_one_link_gives_three_hints(show, kind, lang):
    view = EXERCISES[kind](lang)
    live = show(view, LiveExercise)
    link = live.root.locator(".srm-one-hint button")
    expect(link).to_have_text(view.content["words"]["hint"])
    given = live.ask_hints()
    assert [text.partition(": ")[2] for text in given] == view.content["hints"]
    expect(live.root.locator(".srm-one-hint p").last).to_be_focused()


# What the page sees of a claim: area, column, source, party (who; as in the table).
CLAIMS = {
    "en": {
        "": "",
        "The provider patches the operating system in PaaS (Azure, January 2026).": "ACSP",
        "In PaaS Microsoft installs the updates of the operating system (Azure, January 2026).": "ACSP",
        "In PaaS the customer patches the operating system (Azure, January 2026).": "ACS",
        "Microsoft's table of January 2026 says who patches the operating system in PaaS.": "ACS",
        "The physical network in IaaS is the provider's.": "ACP",
        "Network controls in SaaS, Azure 2026: the customer sets them, Microsoft runs them.": "ACSP",
        "Everything is shared in 2026.": "",
        "The provider patches OPERATING SYSTEMS in paas": "ACP",
        "Our database and our accounts in the cloud": "",
    },
    "nl": {
        "": "",
        "Bij PaaS patcht de leverancier het besturingssysteem (Azure, januari 2026).": "ACSP",
        "De klant patcht het besturingssysteem in PaaS, volgens Azure in 2026.": "ACS",
        "De Netwerkregels zijn bij PaaS gedeeld (Azure, 2026).": "ACSP",
        "In 2026 is alles van de leverancier.": "",
    },
}


@EACH
def test_the_page_sees_what_a_claim_names(show, lang):
    view = EXERCISES["claim"](lang)
    live = show(view, LiveClaim)
    for text, there in CLAIMS[lang].items():
        live.box.fill(text)
        seen = zip("ACSP", live.points.all(), strict=True)
        found = [name for name, line in seen if line.get_attribute("class") == "there"]
        assert "".join(found) == there, text
        expect(live.root.locator("[role=status]").first).to_contain_text(str(len(found)))


# What the page says of the party, for each text that is typed.
SAYS_OF_PARTY = """(root, texts) => texts.map(text => {
  const box = root.querySelector('textarea');
  box.value = text;
  box.dispatchEvent(new Event('input'));
  return root.querySelectorAll('.srm-points li')[3].textContent;
})"""


@EACH
def test_each_cell_of_each_table_can_be_claimed_with_its_own_words(show, lang):
    """The labels of a table, the party in the kit's word, table and year: all four points are seen."""
    words = texts(lang)["party"]
    tables = [m for m in srm.list_matrices(lang).index if as_matrix(m, lang).kind == "responsibility"]
    view = srm.write_claim(2, *tables, lang=lang)
    live = show(view, LiveClaim)
    for name in tables:
        m = as_matrix(name, lang)
        claims = [
            f"{m.short}: {area.label}, {column.label}: {words[cell.party]['label']}. {m.edition}"
            for area, column, cell in m.walk()
            if cell.party in words
        ]
        said = live.root.evaluate(SAYS_OF_PARTY, claims)
        there = view.content["points"]["party_there"]
        assert [claim for claim, one in zip(claims, said, strict=True) if one != there] == []


@EACH
def test_a_claim_and_what_a_neighbour_ticked_are_kept(show, lang):
    view = EXERCISES["claim"](lang)
    live = show(view, LiveClaim)
    live.box.fill("PaaS")
    live.box.blur()
    labels = [one["label"] for one in view.content["neighbour"]]
    live.tick(labels[0]).focus()
    live.page.keyboard.press("Space")
    live.tick(labels[2]).check()
    live.tick(labels[2]).uncheck()
    kept = [(one["name"], one["facts"]) for one in live.page.evaluate("kept")]
    assert kept == [
        ("claim.08", {"claim": "PaaS"}),
        ("claim.08", {"part": "yes"}),
        ("claim.08", {"plain": "yes"}),
        ("claim.08", {"plain": ""}),
    ]
    live.root.evaluate("one => { one.answers = {claim: 'SaaS', looked_up: 'yes'}; }")
    expect(live.box).to_have_value("SaaS")
    assert [live.tick(label).is_checked() for label in labels] == [False, False, False, True]


def play(live, view):
    """Answer everything there is, right and wrong."""
    if isinstance(live, LiveSort):
        places = labels(view, "places")
        for n, card in enumerate(labels(view, "cards")):
            live.click(card, places[-1 - n % len(places)])
    elif isinstance(live, LiveWrongCell):
        for r, row in enumerate(view.content["rows"]):
            for c in range(len(row["cells"])):
                live.cell(r, c).click()
    elif isinstance(live, LiveClaim):
        live.box.fill("PaaS, Azure 2026")
        for one in view.content["neighbour"]:
            live.tick(one["label"]).check()
    else:
        for part in view.content["parts"]:
            live.box(part["label"]).fill("own words")
        live.show.click()
        expect(live.model).to_be_visible()
    live.ask_hints()


KINDS = {
    "srm-sort": LiveSort,
    "srm-wrong-cell": LiveWrongCell,
    "srm-own-words": LiveOwnWords,
    "srm-claim": LiveClaim,
}


@pytest.mark.parametrize(("theme", "lang"), [("light", "en"), ("dark", "nl")])
@pytest.mark.parametrize("kind", EXERCISES)
def test_axe_finds_nothing_before_and_after(show, kind, theme, lang):
    view = EXERCISES[kind](lang)
    live = show(view, KINDS[view.tag], theme)
    assert violations(live.page) == []
    if isinstance(live, LiveSort):
        live.pick_up(labels(view, "cards")[0])
        assert violations(live.page) == []
        live.page.keyboard.press("Escape")
    play(live, view)
    assert violations(live.page) == []


def test_axe_finds_one_faint_row_among_many(show):
    """It reads the contrast of one row of each look, and a faint row is a look of its own."""
    live = show(EXERCISES["wrong cell"]("en"), LiveWrongCell)
    assert violations(live.page) == []
    row = live.root.locator("tbody th").nth(5)
    row.evaluate("one => { one.style.color = '#999'; one.style.backgroundColor = '#aaa'; }")
    assert [name for name, _, _ in violations(live.page)] == ["color-contrast"]


# What is cut off: wider inside than outside. A clip path is on what only a screen reader reads.
CUT = """root => [...root.querySelectorAll('button, p, label, textarea, th, dd')]
  .filter(one => one.checkVisibility() && getComputedStyle(one).clipPath === 'none')
  .filter(one => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline')
  .map(one => one.textContent)"""


@EACH
@pytest.mark.parametrize("kind", EXERCISES)
def test_it_fits_every_width_before_and_after(show, kind, lang):
    """683 is half of 1366: that is a zoom of 200 %."""
    view = EXERCISES[kind](lang)
    live = show(view, KINDS[view.tag])
    for played in (False, True):
        if played:
            play(live, view)
        for wide in (320, 390, 683, 1000, 1366, 1600):
            live.page.set_viewport_size({"width": wide, "height": 768})
            assert live.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), wide
            assert live.root.evaluate(CUT) == [], wide
            if wide == 1366:  # what is asked and what is answered are on one screen
                answers = live.root.locator("table, .srm-sorting, .srm-boxes").first
                assert answers.bounding_box()["height"] <= 640


@pytest.mark.parametrize("kind", EXERCISES)
def test_roles_and_names(show, kind):
    view = EXERCISES[kind]("en")
    live = show(view, KINDS[view.tag])
    tree = live.root.aria_snapshot()
    if view.tag == "srm-sort":
        assert '- group "Cards to place"' in tree
        assert '- list "Where they go"' in tree
        for one in (*labels(view, "cards"), *labels(view, "places")):
            assert f'button "{one}"' in tree
    elif view.tag == "srm-wrong-cell":
        assert '- table "A table with a mistake in it"' in tree
        assert tree.count("- rowheader") == len(view.content["rows"])
        assert tree.count('button "C Customer"') > 5
    elif view.tag == "srm-claim":
        assert '- textbox "Your claim"' in tree
        assert '- list "What the kit can see"' in tree
        assert '- group "What your neighbour looks at"' in tree
        for label in labels(view, "neighbour"):
            assert f'- checkbox "{label}"' in tree
    else:
        for label in labels(view, "parts"):
            assert f'- textbox "{label}"' in tree
        assert '- button "Show the model answer"' in tree
    assert '- button "Hint"' in tree
    focusable = live.root.locator("button, input, textarea, [tabindex]")
    assert focusable.count() > 2
    kept = "all => all.every(one => one.dataset.lmSuppressShortcuts === 'true')"
    assert focusable.evaluate_all(kept), "the shortcuts of Jupyter stay away"
