"""Answers that come from a component in a page: kept in the learner's file, and told back to every page.

A page only proposes. Whether an answer is right, and whether it may still change, is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeGuard

from srm_data.core.language import texts
from srm_data.learning import progress_file

if TYPE_CHECKING:
    from srm_data.learning.questions import Question
    from srm_data.widgets.component import ComponentView

_SURES = (0, 1, 2)


class KeptAnswers:
    """The answers to the questions of one component."""

    kind = "bets"  # as the page names them, and the file

    def __init__(self, view: ComponentView, asked: Iterable[Question], lang: str) -> None:
        """Show what is kept, and keep what the page sends from now on.

        Args:
            view: the component.
            asked: every question that it may ask, second chances too.
            lang: "en" or "nl".
        """
        self._view, self._lang = view, lang
        self._asked = {question.id: question for question in asked}
        view.answers, view.note = self._kept(), progress_file.trouble(lang)
        view.on_msg(self._hear)

    def _hear(self, _: Any, message: Any, __: Any) -> None:
        """Keep one answer; the page is told in one message what stands now and what became of it.

        Nobody sees an error behind a component, so one that nobody foresaw is said in the note too.
        """
        note = self._view.note
        try:
            note = self._keep(message)
        except Exception as error:
            note = progress_file.unforeseen(error, self._lang)
            raise
        finally:
            self._view.tell(answers=self._kept(), note=note)

    def _keep(self, message: Any) -> str:
        match message:
            case {"kind": self.kind, "name": str(name), "facts": dict(given)} if name in self._asked:
                question = self._asked[name]
            case _:
                return str(self._view.note)
        answer, sure = given.get("answer"), given.get("sure")
        if not _is_option(answer, question):
            return str(self._view.note)
        facts = {
            "answer": answer,
            "sure": sure if sure in _SURES else None,
            "right": question.accepts(answer),
        }
        if given.get("revealed") and facts["sure"] is not None:
            facts["revealed"] = True
        before = self._bet(question)
        if before.get("revealed") and any(before.get(fact) != facts.get(fact) for fact in ("answer", "sure")):
            label = question.option(before["answer"]).label.rstrip(".")
            return str(texts(self._lang)["bet"]["stands"].format(answer=label))
        return self._record(name, facts)

    def _record(self, name: str, facts: dict[str, Any]) -> str:
        """Keep an answer; returns what the page is told."""
        told = progress_file.record(self.kind, name, lang=self._lang, **facts)
        return progress_file.outcome(told, self._lang)

    def _kept(self) -> dict[str, dict[str, Any]]:
        """The answers that make sense today, by question; right or wrong is computed anew."""
        return {question.id: bet for question in self._asked.values() if (bet := self._bet(question))}

    def _bet(self, question: Question) -> dict[str, Any]:
        kept = progress_file.load().get("bets", {}).get(question.id, {})
        answer, sure = kept.get("answer"), kept.get("sure")
        if not _is_option(answer, question):
            return {}
        return {
            "answer": answer,
            "sure": int(sure) if sure in _SURES else None,
            "right": question.accepts(answer),
            "revealed": bool(kept.get("revealed")),
        }


class PracticeAnswers(KeptAnswers):
    """The answers of one practice: it begins with none, and adds each to those of before."""

    kind = "answers"

    def __init__(self, view: ComponentView, asked: Iterable[Question], lang: str) -> None:
        """As `KeptAnswers`, with nothing answered yet."""
        self._given: dict[str, dict[str, Any]] = {}
        super().__init__(view, asked, lang)

    def _record(self, name: str, facts: dict[str, Any]) -> str:
        """Into the file once, when the outcome is seen."""
        revealed = bool(facts.get("revealed"))
        if self._given.get(name, {}).get("revealed"):
            return str(self._view.note)
        self._given[name] = facts | {"revealed": revealed}
        if not revealed:
            return str(self._view.note)
        told = progress_file.record(
            self.kind, name, lang=self._lang, answer=facts["answer"], sure=facts["sure"]
        )
        return progress_file.outcome(told, self._lang)

    def _bet(self, question: Question) -> dict[str, Any]:
        return self._given.get(question.id, {})


def _is_option(answer: Any, question: Question) -> TypeGuard[str]:
    return answer in [option.key for option in question.options]  # a list: the answer may be no string
