"""Bet before the reveal: the learner commits to an answer, sees it beside the matrix, and repairs it.

Every answer to every question is prepared and linked in the browser, so a lesson exported without a
kernel still reveals. That also means that the answers travel with the outputs of an executed notebook:
one of three values cannot be hidden by hashing it, so the kit does not pretend to. The lessons are
handed out without outputs, and hold no answer.

With a kernel each bet is kept as well, and stays as it was once revealed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w

from srm_data import store, tables
from srm_data.language import resolve_language, texts
from srm_data.questions import Question, find_question, misconception
from srm_data.services import baselines_about
from srm_data.widgets import Shared, View

if TYPE_CHECKING:
    from collections.abc import Callable


_SHORT = 20  # letters of an answer that stands beside the others


def bet(*questions: str, lang: str | None = None) -> View:
    """Ask questions of the bank, keep the bets, and reveal what the matrix says.

    Args:
        questions: ids of questions, see `load_questions`.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown question or language, with the nearest guess.
    """
    lang = resolve_language(lang)
    asked = [find_question(question, lang) for question in questions]
    shared = Shared()
    css = shared.html(f"<style>{tables.style()}</style>")
    return View([css, *betting(asked, shared, lang)], texts(lang)["bet"]["hint"])


def betting(asked: list[Question], shared: Shared, lang: str, told: w.Widget | None = None) -> list[w.Widget]:
    """Questions with one reveal for all; `told` is shown below the last one, whatever was bet on it."""
    words = texts(lang)["bet"]
    trouble = store.trouble(lang)
    note = shared.html(_note(trouble, lang) if trouble else "")
    kept = store.load().get("bets", {})
    stems: list[w.Widget] = []
    rows: list[w.Widget] = []
    answers: list[w.RadioButtons] = []
    keepers: list[Callable[[], None]] = []
    read = ""
    for n, question in enumerate(asked, 1):
        answer, sure, keep = _controls(question, kept.get(question.id, {}), shared, note, lang)
        stems += [shared.html(stem(question, n, story=question.story != read)), answer, sure]
        read = question.story
        last = told if n == len(asked) else None
        views = [
            shared.html(answer_view(question, o.key, n, told=told is not None)) for o in question.options
        ]
        rows.append(_revealed(question, views, answer, kept, shared, note, lang, last))
        answers.append(answer)
        keepers.append(keep)
    reveal = w.RadioButtons(
        options=[(label, i) for i, label in enumerate(words["reveals"])],
        index=int(bool(asked) and all(kept.get(q.id, {}).get("revealed") for q in asked)),
        description=words["reveal"],
        orientation="horizontal",
        style=shared.described,
        layout=shared.control,
    )
    closed = shared.html(_note(words["no_bet"], lang))

    def on_reveal(_: Any) -> None:
        if reveal.index == 1:
            for keep in keepers:
                keep()

    reveal.observe(on_reveal, "index")
    for answer in answers:  # a bet made while the answers lie open ends at once: its reveal is there
        answer.observe(on_reveal, "index")
    begin = shared.html(_note(words["begin"], lang))
    shown = shared.linked([closed, shared.box(rows)], reveal)
    return [begin, *stems, reveal, note, shown]


def stem(question: Question, n: int = 0, *, story: bool = True) -> str:
    """The question with its hints, as HTML; without a number it is the same idea in another guise.

    `story` is false where what there is to read stands above already.
    """
    return tables.render("bets.html", question.lang, view="stem", q=question, n=n, story=story)


def answer_view(question: Question, option: str, n: int = 0, *, told: bool = False) -> str:
    """What is shown for one answer: the bet beside the matrix, why, both parts, and the source.

    `told` is true where what stands below names the sources already.
    """
    chosen = question.option(option)
    belief = misconception(chosen.misconception, question.lang) if chosen.misconception else None
    about = baselines_about(question.baseline, question.lang) if question.baseline else None
    return tables.render(
        "bets.html",
        question.lang,
        view="answer",
        q=question,
        option=chosen,
        n=n,
        belief=belief,
        about=about,
        told=told,
    )


def keep_and_tell(note: w.HTML, lang: str, kind: str, name: str, /, **facts: Any) -> None:
    """Keep `facts` (see `store.record`) and say in `note` what became of them.

    Jupyter shows a learner nothing of an error behind a control, so one that nobody foresaw is said
    here too before it goes its way.
    """
    words = texts(lang)["progress"]
    file = store.progress_file()
    try:
        told = store.record(kind, name, lang=lang, **facts)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        note.value = _note(words["unwritable"].format(folder=file.parent, reason=reason), lang)
        raise
    note.value = _note(told or words["kept"].format(file=file.name), lang)


def _note(text: str, lang: str) -> str:
    return tables.render("bets.html", lang, view="note", text=text)


def _controls(
    question: Question, kept: dict[str, Any], shared: Shared, note: w.HTML, lang: str
) -> tuple[w.RadioButtons, w.RadioButtons, Callable[[], None]]:
    """The two controls of a question, and the call that ends the betting on it."""
    words = texts(lang)["bet"]
    keys = [option.key for option in question.options]
    answer = _radio(words["answer"], [option.label for option in question.options], shared)
    sure = _radio(words["sure"], words["sures"], shared)
    if kept.get("answer") in keys:
        answer.index = keys.index(kept["answer"])
    if kept.get("sure") in range(len(words["sures"])):
        sure.index = int(kept["sure"])
    answer.disabled = sure.disabled = bool(kept.get("revealed"))

    def save(**facts: Any) -> None:
        if answer.index is None:
            return
        if store.load().get("bets", {}).get(question.id, {}).get("revealed"):
            return  # in another notebook, or elsewhere on the page: that bet stays as it was
        chosen = keys[answer.index]
        facts |= {"answer": chosen, "sure": sure.index, "right": chosen == question.key}
        keep_and_tell(note, lang, "bets", question.id, **facts)

    def on_change(_: Any) -> None:
        if not answer.disabled:
            save()

    def end() -> None:
        if answer.index is not None and not answer.disabled:
            save(revealed=True)
            answer.disabled = sure.disabled = True

    answer.observe(on_change, "index")
    sure.observe(on_change, "index")
    return answer, sure, end


def _revealed(
    question: Question,
    shown: list[w.HTML],
    answer: w.RadioButtons,
    kept: dict[str, Any],
    shared: Shared,
    note: w.HTML,
    lang: str,
    told: w.Widget | None,
) -> w.Widget:
    """The stack of prepared answers to one question; a wrong one ends in the repair question."""
    always = [told] if told else []
    repair = find_question(question.repair, lang) if question.repair else None
    extra: list[w.Widget] = []
    if repair:
        again, _, _ = _controls(repair, kept.get(repair.id, {}), shared, note, lang)
        views = [shared.html(answer_view(repair, o.key)) for o in repair.options]
        extra = [shared.html(stem(repair)), again, shared.linked(views, again)]
    states = []
    for option, view in zip(question.options, shown, strict=True):
        wrong = option.key != question.key
        below = [*always, *(extra if wrong else ())]
        states.append(shared.box([view, *below]) if below else view)
    return shared.linked(states, answer)


def _radio(description: str, labels: list[str], shared: Shared) -> w.RadioButtons:
    """Radio buttons with nothing chosen yet: side by side, or under each other where they are sentences."""
    return w.RadioButtons(
        options=[(label, i) for i, label in enumerate(labels)],
        index=None,
        description=description,
        orientation="horizontal" if max(map(len, labels)) <= _SHORT else "vertical",
        style=shared.described,
        layout=shared.control,
    ).add_class("srm-radio")
