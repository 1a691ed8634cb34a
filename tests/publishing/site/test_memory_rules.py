"""The rules of the site's memory, in JavaScript, beside those of the kit, in Python: both say the same."""

import json
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srm_data.core.language import texts
from srm_data.learning import hand_in, progress, progress_file
from srm_data.learning.answer_history import due, histories, mastered, next_due
from srm_data.learning.hand_in import SECTIONS
from srm_data.learning.new_cells import new_cell_questions
from srm_data.learning.questions import question_bank
from srm_data.publishing.site.remembered import MODULES, scripts
from srm_data.views import web
from srm_data.views.figures.typeface import without_typeface
from tests.lessons import plain

NOW = datetime(2026, 10, 20, 9, 30)


class Clock(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz=None):
        return NOW


QUESTIONS = {q.id: q for q in (*question_bank("en"), *new_cell_questions("en"))}
#: Those of a few ideas, so that ideas are missed and mastered.
ASKED = [q for q in QUESTIONS.values() if q.idea in ("operating-system", "identity", "")][::4]

times = st.one_of(
    st.datetimes(NOW - timedelta(days=40), NOW + timedelta(days=3)).map(lambda at: at.isoformat()[:19]),
    st.sampled_from(["2026-02-30T10:00:00", "soon", "", None, "9999-12-31T23:59:59", "2026-10-19"]),
)
sures = st.sampled_from([0, 1, 2, 2, None, 7, "2"])


def answers_to(question):
    return st.sampled_from([*(option.key for option in question.options), "gone"])


@st.composite
def files(draw):
    """What may stand in a progress file, edited by hand as some are."""
    asked = draw(st.lists(st.sampled_from(ASKED), unique_by=lambda q: q.id, max_size=12))
    kept = {"bets": {}, "answers": {}, "work": {}}
    for q in asked:
        if draw(st.booleans()):
            kept["bets"][q.id] = {
                "answer": draw(answers_to(q)),
                "sure": draw(sures),
                "when": draw(times),
                **({"revealed": True} if draw(st.booleans()) else {}),
            }
        if draw(st.booleans()):
            tries = st.fixed_dictionaries({"answer": answers_to(q), "sure": sures, "when": times})
            kept["answers"][q.id] = {"tries": draw(st.lists(tries, max_size=4))}
    texts = st.sampled_from(["", "The provider patches PaaS.", "* one\n\n# 2. <b>two</b> & $x$ | `y`"])
    for name, part in (("claim.03", "claim"), ("azure-2026.os", "customer"), ("hand-in", "result")):
        if draw(st.booleans()):
            kept["work"][name] = {part: draw(texts), "when": draw(times)}
    if draw(st.booleans()):
        kept["work"]["learner"] = {"seed": draw(st.sampled_from(["a1b2c3d4", "00ff00ff"]))}
    return kept


@pytest.fixture(scope="module")
def rules(chromium):
    """A call of the modules of the site, in a page of its own: code and what it is given."""
    page = chromium.new_page()
    site = scripts("en", [])
    page.set_content("<html lang='en'><body></body></html>")
    page.add_script_tag(content=site["words-en.js"])
    page.evaluate("globalThis.known = globalThis.srmSite; delete globalThis.srmSite")
    page.add_script_tag(content=site["hand-in-en.js"])
    page.add_script_tag(content=web.modules(MODULES))
    page.evaluate(
        "async () => { globalThis.bank = new Map((await unpack(known.questions)).map(q => [q.id, q]));"
        " globalThis.ofPage = await unpack(srmParts['hand-in']); }"
    )
    yield lambda code, *given: page.evaluate(f"given => {{ const [{code[0]}] = given; {code[1]} }}", given)
    page.close()


def _told(found):
    return {
        name: [len(one.answers), one.streak, one.urgent, one.due.isoformat()] for name, one in found.items()
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=files(), before=st.sampled_from([None, 2, 5, 12]), most=st.sampled_from([3, 5, 300]))
def test_what_is_due_and_mastered_is_the_same(rules, kept, before, most):
    found = histories(kept["answers"], "en")
    seed = progress_file.seed(kept)
    lessons = None if before is None else range(1, before)
    wanted = {
        "due": [q.id for q in due(found, "en", NOW, lessons, seed, most)],
        "mastered": mastered(found),
        "next": next_due(found, NOW).isoformat() if next_due(found, NOW) else None,
        "histories": _told(found),
    }
    code = (
        "kept, now, before, most",
        """const found = historiesOf(kept, bank), moment = momentOf(now);
        const iso = at => at === null ? null : timeText(at);
        return {
          due: dueQuestions(found, bank, {now: moment, before, most, seed: seedOf(kept)}).map(q => q.id),
          mastered: masteredIdeas(found),
          next: iso(nextDue(found, moment)),
          histories: Object.fromEntries([...found].map(([id, one]) =>
            [id, [one.answers.length, one.streak, one.urgent, iso(one.due)]])),
        };""",
    )
    assert rules(code, kept, NOW.isoformat(), before, most) == wanted


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(here=files(), there=files())
def test_two_files_are_joined_and_written_in_the_same_way(rules, here, there):
    both = progress_file.joined(here, there)
    assert rules(("a, b", "return joinedProgress(a, b);"), here, there) == both
    twice = progress_file.joined(both, there)
    assert progress_file.joined(twice, there) == twice  # to load a file again changes nothing
    assert {name: len(one["tries"]) for name, one in twice["answers"].items()} == {
        name: len(one["tries"]) for name, one in both["answers"].items()
    }
    text = json.dumps({"version": 2, **both}, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    assert rules(("kept", "return progressText(kept);"), both) == text
    assert rules(("text", "return readProgress(text);"), text) == both == progress_file.parsed(text)[0]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=files())
def test_the_page_and_the_standing_say_the_same(rules, kept, work, monkeypatch):
    monkeypatch.setattr(progress_file, "load", lambda: kept)
    monkeypatch.setattr(progress, "datetime", Clock)
    says = {
        "name": "Ann  Lee",
        "subtitle": "<i>",
        "read_on": "3 May",
        "result": "1. *x*\n\n- y\n# z",
        "definition": " ",
    }
    page = hand_in.compose(
        says["name"], {s: says.get(s, "") for s in SECTIONS}, "paas", "en", subtitle="<i>", read_on="3 May"
    )
    code = (
        "kept, now, says, standing",
        """const words = {...known.words, standing};
        const told = {kept, questions: bank, words, lang: 'en', ideas: known.ideas,
          now: momentOf(now), histories: historiesOf(kept, bank)};
        const {facts, missed} = knownFacts({...told, known: ofPage});
        const {figures: {paas: {alt, svg}}, sections, data} = ofPage;
        const view = document.createElement('srm-standing');
        document.body.replaceChildren(view);
        view.told = told;
        const page = {says, facts, words: words.hand_in, sections};
        return {markdown: markdownPage({...page, missed, picture: 'p.png', alt, data}),
          standing: view.textContent, printed: pageToPrint({...page, svg, lang: 'en'}).textContent};""",
    )
    words = texts("en")["standing"]
    standing = words | {"where": words["file"].format(file="progress.json")}
    told = rules(code, kept, NOW.isoformat(), says, standing)
    assert told["markdown"] == hand_in.to_markdown(page, "p.png")
    assert squeezed(told["standing"]) == squeezed(plain(progress.progress("en").body))
    printed = plain(without_typeface(hand_in.to_html(page)).partition("<main>")[2])
    assert squeezed(told["printed"]) == squeezed(printed)


def squeezed(text):
    """Without spaces: elements stand beside each other in a page, and on lines of their own in a template."""
    return "".join(text.split())
