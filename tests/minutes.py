"""How long a lesson takes: counted from its words, its questions, its exercises and its views."""

import re
from typing import NamedTuple

from srm_data.publishing.slides.find_lessons import find_lesson
from tests.lessons import read


class Speed(NamedTuple):
    """Words a minute, and minutes for a question, for an exercise and for a view that is looked at."""

    words: float
    question: float
    exercise: float
    view: float


#: What the minutes of a lesson are stated for. The language may be the reader's second.
USUAL = Speed(150, 1, 4, 1.5)
#: What the routes of the teacher's guide are planned with: a class that reads slowly.
SLOW = Speed(130, 1.5, 5, 2)

#: How a part begins that is for whoever has time left.
EXTRA = {"en": "**Extra, if you have time left.**", "nl": "**Extra, voor wie snel klaar is.**"}

_EXERCISES = {
    "sort_duties", "order_ladder", "find_wrong_cell", "both_parts", "both_sides", "write_definition",
    "write_claim", "check", "place_services", "build_workload", "hand_in",
}  # fmt: skip
_FREE = ("use_language", "load_", "compare")


def parts(number, lang, speed, *, extra=True):
    """The minutes under each heading of a lesson; without `extra`, those that everybody needs."""
    found, title, left_out = {}, "", False
    for cell in read(f"{lang}/{find_lesson(number, lang).path.name}").cells:
        if cell.cell_type == "markdown":
            left_out = not extra and EXTRA[lang] in cell.source
            for text in re.split(r"^(?=#+ )", cell.source, flags=re.M):
                if heading := re.match(r"#+ (.+)", text):
                    title = heading[1].replace("*", "")
                words = re.sub(r"\]\([^)]*\)", "", text).split()
                found[title] = found.get(title, 0) + (0 if left_out else len(words) / speed.words)
        elif not left_out:
            called = re.findall(r"srm\.(?:\w+\.)?(\w+)\(([^)]*)", cell.source)
            found[title] = found.get(title, 0) + sum(_cost(*call, speed) for call in called)
    return found


def _cost(name, given, speed):
    asked = given.count('"') // 2
    if name == "bet":
        return asked * speed.question
    if name == "play_incidents":
        return 2 * asked * speed.question
    if name == "practise":
        return int(next(iter(re.findall(r"\d+", given)), 5)) * speed.question
    if name in _EXERCISES:
        return speed.exercise
    return 0 if name.startswith(_FREE) else speed.view
