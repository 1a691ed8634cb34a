"""What every exercise is made of: its task, its hints, and the verdict on each answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from srm_data.core.language import texts
from srm_data.views.html import tables
from srm_data.widgets.component import ComponentView

if TYPE_CHECKING:
    from srm_data.views.still import Away


class Told(tables.Html):
    """A piece of HTML for one learner; `away` says what it is where there is none."""

    def __init__(self, body: str, away: Away) -> None:
        super().__init__(body)
        object.__setattr__(self, "away", away)  # a frozen object is filled like this

    def __repr__(self) -> str:
        return f"Html(body={self.body!r})"


class Verdicts:
    """The verdicts of one exercise, each held once: where an answer points at one, it holds its number."""

    def __init__(self, lang: str) -> None:
        """Hold none yet; `lang` is "en" or "nl"."""
        self._lang = lang
        self._found: dict[str, int] = {}

    def add(self, right: bool | None, text: str, more: str = "") -> int:
        """The number of a verdict.

        Args:
            right: whether the answer is right; None when it can be defended.
            text: why, as plain text.
            more: a second text, behind the first; none when left out.
        """
        said = {"right": right, "word": _word(right, self._lang), "text": text, "more": more}
        return self._found.setdefault(json.dumps(said), len(self._found))

    def all(self) -> list[dict[str, Any]]:
        """Every verdict as JSON, by its number."""
        return [json.loads(said) for said in self._found]


def verdict(right: bool | None, text: str, lang: str, more: str = "") -> str:
    """Whether an answer is right, and why, as HTML.

    Args:
        right: whether the answer is right; None when it can be defended.
        text: why, as plain text.
        lang: "en" or "nl".
        more: a second text, behind the first; none when left out.
    """
    word = _word(right, lang)
    return tables.render("exercises.html", lang, view="verdict", right=right, word=word, text=text, more=more)


def _word(right: bool | None, lang: str) -> str:
    words = texts(lang)
    return str(
        words["exercise"]["arguable"] if right is None else words["bet"]["right" if right else "wrong"]
    )


def content(task: str, hints: str, lang: str, **facts: Any) -> dict[str, Any]:
    """What the component of an exercise is given.

    Args:
        task: what is asked, as plain text.
        hints: which hints, as a key of ``[exercise.hints]`` in the locale.
        lang: "en" or "nl".
        facts: what belongs to this kind of exercise alone.
    """
    words = texts(lang)["exercise"]
    component = {name: texts(lang)["component"][name] for name in ("hint", "hint_n", "next_hint", "unkept")}
    return {
        "lang": lang,
        "words": component | words["control"],
        "task": task,
        "hints": words["hints"][hints],
        **facts,
    }


def exercise(tag: str, made: dict[str, Any], away: Away, paper: str, **traits: Any) -> ComponentView:
    """The component of an exercise.

    Args:
        tag: name of the element, such as "srm-sort".
        made: what it is given, see `content`.
        away: what it is in places without a kernel; some exercises need one, to keep own words.
        paper: HTML of the task and what is needed to do it with a pen.
        traits: `answers` and `note` to begin with.
    """
    lang = made["lang"]
    kept_in = lang if away.needs_kernel else None
    hint = texts(lang)["exercise"]["hint"]
    return ComponentView(tag, made, away, tables.Html(paper), hint, kept_in=kept_in, **traits)
