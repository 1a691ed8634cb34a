"""The questions as GIFT, a text format of Moodle."""

from __future__ import annotations

from collections.abc import Sequence

from srm_data.core.matrix import one_line
from srm_data.learning.questions import Question
from srm_data.publishing.questions import common


def gift(questions: Sequence[Question], lang: str) -> bytes:
    """GIFT: the same questions as text. All of it is marked as plain text, so no sign is ever markup."""
    blocks = []
    for lesson, numbered in common.by_lesson(questions):
        blocks.append(f"$CATEGORY: {common.category(lesson, lang)}")
        for number, q in numbered:
            lines = [
                f"// [id:{q.id}] " + " ".join(f"[tag:{one_line(tag)}]" for tag in common.tags(q)),
                f"::{_gift(number)} {_gift(q.id)}::[plain]{_gift_lines(q.story, q.stem, q.place)} {{",
            ]
            for option in q.options:
                mark = "=" if q.accepts(option.key) else "~"
                lines.append(f"\t{mark}{_gift_part(option.label)}#{_gift_part(option.feedback)}")
            lines += [f"\t####{_gift_part(common.reason(q), *common.background(q))}", "}"]
            blocks.append("\n".join(lines))
    return ("\n\n".join(blocks) + "\n").encode()


def _gift(text: str) -> str:
    r"""Text with GIFT's special signs escaped.

    >>> _gift("a = {b}")
    'a \\= \\{b\\}'
    """
    return "".join(f"\\{sign}" if sign in "\\~=#{}:" else sign for sign in one_line(text))


def _gift_lines(*texts: str) -> str:
    """Several lines: GIFT writes their end as a backslash and an n, since an empty line ends a question."""
    return "\\n".join(_gift(text) for text in texts if text)


def _gift_part(*texts: str) -> str:
    """An option or feedback; at its start "[...]" would be read as a format and "%...%" as a weight."""
    part = _gift_lines(*texts)
    return f"[plain]{part}" if part.startswith(("[", "%")) else part
