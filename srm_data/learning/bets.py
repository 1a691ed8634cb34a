"""Bet before the reveal: the learner commits to an answer, sees it beside the matrix, and repairs it.

Every answer to every question is prepared and linked in the browser, so a lesson exported without a
kernel still reveals. That also means that the answers travel with the outputs of an executed notebook:
one of three values cannot be hidden by hashing it, so the kit does not pretend to. The lessons are
handed out without outputs, and hold no answer.

With a kernel each bet is kept as well, and stays as it was once revealed. A question opens when it has an
answer and the learner has said how sure they are; until then it says that both are missing, with or
without a kernel (a style rule takes that line away when the outcome stands under it).
"""

from __future__ import annotations

from typing import Any

import ipywidgets as w

from srm_data.core.language import resolve_language, texts
from srm_data.core.services import baselines_about
from srm_data.learning import progress_file
from srm_data.learning.questions import Question, find_question, misconception
from srm_data.views.html import tables
from srm_data.views.still import Away, Still
from srm_data.widgets.explore import Shared, View

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
    ids = tuple(question.id for question in asked)
    away = Away(lambda: [Still(questions=ids)], live=False, paper="questions", questions=ids)
    return View([css, *betting(asked, shared, lang)], texts(lang)["bet"]["hint"], lang, away)


def betting(asked: list[Question], shared: Shared, lang: str, told: w.Widget | None = None) -> list[w.Widget]:
    """Questions with one reveal for all.

    Args:
        asked: the questions, in order.
        shared: the layout and style of the view that they become part of.
        lang: "en" or "nl".
        told: what to show below the last answer, whatever was bet on it; nothing when left out.
    """
    words = texts(lang)["bet"]
    trouble = progress_file.trouble(lang)
    note = shared.html(_note(trouble, lang) if trouble else "")
    kept = progress_file.load().get("bets", {})
    stems: list[w.Widget] = []
    rows: list[w.Widget] = []
    asking: list[_Bet] = []
    read = ""
    for n, question in enumerate(asked, 1):
        head = shared.html(stem(question, n, story=question.story != read))
        bet = _Bet(question, kept, head, shared, note, lang)
        stems += [head, bet.answer, bet.sure]
        read = question.story
        last = told if n == len(asked) else None
        views = [
            shared.html(answer_view(question, o.key, n, told=told is not None)) for o in question.options
        ]
        opened = _revealed(question, views, bet.answer, kept, shared, note, lang, last)
        if bet.sure.index is not None or not bet.sure.disabled:  # an older kit ended bets without it
            opened = shared.linked([opened] * len(bet.sure.options), bet.sure)
        said = tables.render("exercises.html", lang, view="text", text=words["missing"].format(n=n))
        missing = shared.html(said).add_class("srm-missing")
        rows.append(shared.box([missing, opened]))
        asking.append(bet)
    reveal = w.RadioButtons(
        options=[(label, i) for i, label in enumerate(words["reveals"])],
        index=int(bool(asking) and all(bet.answer.disabled for bet in asking)),
        description=words["reveal"],
        orientation="horizontal",
        style=shared.described,
        layout=shared.control,
    )
    closed = shared.html(_note(words["no_bet"], lang))

    def on_reveal(_: Any) -> None:
        if reveal.index == 1:
            for bet in asking:
                bet.end()

    # A bet made while the answers lie open ends at once: its reveal is there.
    for control in (reveal, *(control for bet in asking for control in (bet.answer, bet.sure))):
        control.observe(on_reveal, "index")
    begin = shared.html(_note(words["begin"], lang))
    shown = shared.linked([closed, shared.box(rows)], reveal)
    return [begin, *stems, reveal, note, shown]


def stem(question: Question, n: int = 0, *, story: bool = True) -> str:
    """The question with its hints, as HTML.

    Args:
        question: what is asked.
        n: its number in the view, from 1; 0 for the same idea in another guise, which has none.
        story: false where what there is to read stands above already.
    """
    return tables.render("bets.html", question.lang, view="stem", q=question, n=n, story=story)


def answer_view(question: Question, option: str, n: int = 0, *, told: bool = False) -> str:
    """What is shown for one answer: the bet beside the matrix, why, both parts, and the source.

    Args:
        question: what was asked.
        option: key of the answer that was chosen.
        n: number of the question in the view, from 1; 0 for none.
        told: true where what stands below names the sources already.
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
    """Keep `facts` (see `progress_file.record`) and say in `note` what became of them.

    Jupyter shows a learner nothing of an error behind a control, so one that nobody foresaw is said
    here too before it goes its way.

    Args:
        note: the widget that says it.
        lang: "en" or "nl".
        kind: "bets" or "work".
        name: id of the question or exercise.
        facts: what to keep, by name.
    """
    words = texts(lang)["progress"]
    file = progress_file.progress_file()
    try:
        told = progress_file.record(kind, name, lang=lang, **facts)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        note.value = _note(words["unwritable"].format(folder=file.parent, reason=reason), lang)
        raise
    note.value = _note(told or words["kept"].format(file=file.name), lang, kept=True)


def _note(text: str, lang: str, *, kept: bool = False) -> str:
    """A line; one that says that something is `kept` is not shown while no kernel keeps anything."""
    return tables.render("bets.html", lang, view="note", text=text, kept=kept)


class _Bet:
    """One question as it stands on the page: its two controls, and what becomes of the answer."""

    def __init__(
        self, question: Question, kept: dict[str, Any], head: w.HTML, shared: Shared, note: w.HTML, lang: str
    ) -> None:
        self._question, self._head, self._note, self._lang = question, head, note, lang
        self._words = texts(lang)["bet"]
        self._keys = [option.key for option in question.options]
        self.answer = _radio(self._words["answer"], [option.label for option in question.options], shared)
        self.sure = _radio(self._words["sure"], self._words["sures"], shared)
        self._show(kept.get(question.id, {}))
        for control in (self.answer, self.sure):
            control.observe(lambda _: self._save(), "index")

    def end(self) -> None:
        """End the betting on this question, once both controls are chosen."""
        if self.answer.disabled or self._stands() or None in (self.answer.index, self.sure.index):
            return
        self._save(revealed=True)
        self.answer.disabled = self.sure.disabled = True

    def _save(self, **facts: Any) -> None:
        if self.answer.disabled or self.answer.index is None or self._stands():
            return
        chosen = self._keys[self.answer.index]
        facts |= {"answer": chosen, "sure": self.sure.index, "right": self._question.accepts(chosen)}
        keep_and_tell(self._note, self._lang, "bets", self._question.id, **facts)

    def _stands(self) -> bool:
        """Whether the bet has ended in another tab or notebook: then show that answer, and say so."""
        bet = progress_file.load().get("bets", {}).get(self._question.id, {})
        if not self._ended(bet):
            return False
        self._show(bet)
        label = self._question.option(bet["answer"]).label.rstrip(".")
        self._note.value = _note(self._words["stands"].format(answer=label), self._lang)
        self._head.value += self._note.value  # so that it stays when the next question is kept
        return True

    def _ended(self, bet: dict[str, Any]) -> bool:
        return bool(bet.get("revealed")) and bet.get("answer") in self._keys

    def _show(self, bet: dict[str, Any]) -> None:
        # Disabled first, so that what follows is not taken for a choice of the learner's.
        self.answer.disabled = self.sure.disabled = self._ended(bet)
        if bet.get("answer") in self._keys:
            self.answer.index = self._keys.index(bet["answer"])
        if bet.get("sure") in range(len(self._words["sures"])):
            self.sure.index = int(bet["sure"])


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
        head = shared.html(stem(repair))
        again = _Bet(repair, kept, head, shared, note, lang).answer
        views = [shared.html(answer_view(repair, o.key)) for o in repair.options]
        extra = [head, again, shared.linked(views, again)]
    states = []
    for option, view in zip(question.options, shown, strict=True):
        wrong = not question.accepts(option.key)
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
