"""What a learner types in an exercise, from its component into the file of their work and back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from srm_data.learning import progress_file

if TYPE_CHECKING:
    from srm_data.widgets.component import ComponentView

#: Under which name the words of the learner's own page are kept.
HAND_IN = "hand-in"


def kept_work(name: str, parts: Collection[str]) -> dict[str, str]:
    """What was kept of an exercise: the text of each part that has one.

    Args:
        name: of the exercise, as in `progress_file.record`.
        parts: the parts it has.
    """
    kept = progress_file.load().get("work", {}).get(name, {})
    return {part: str(kept[part]) for part in parts if kept.get(part)}


def keep_work(
    view: ComponentView,
    name: str,
    parts: Collection[str],
    lang: str,
    given: Mapping[str, str] | None = None,
) -> None:
    """Let a component keep what its learner types, and say what became of it.

    Only the part that was typed is written: another notebook may have filled the other one meanwhile.

    Args:
        view: the component; it sends ``{kind, name, facts}``.
        name: of the exercise. A message about another one is left alone.
        parts: the parts it has. Other facts are left alone.
        lang: "en" or "nl".
        given: what stands in a part whatever is kept of it, until its learner types there.
    """
    untouched = dict(given or {})

    def hear(_: ComponentView, told: Any, buffers: Any) -> None:
        if not isinstance(told, dict) or (told.get("kind"), told.get("name")) != ("work", name):
            return
        typed = told.get("facts")
        facts = {
            part: text
            for part in parts
            if isinstance(typed, dict) and isinstance(text := typed.get(part), str)
        }
        if not facts:
            return
        for part in facts:
            untouched.pop(part, None)
        try:
            said = progress_file.record("work", name, lang=lang, **facts)
        except Exception as error:
            view.tell(note=progress_file.unforeseen(error, lang))
            raise
        view.tell(answers=kept_work(name, parts) | untouched, note=progress_file.outcome(said, lang))

    view.on_msg(hear)
