"""What the slides say of the answers to a question, right and wrong."""

from __future__ import annotations

from srm_data.core.language import texts
from srm_data.learning.questions import Question, misconception
from srm_data.publishing.slides.slide_fit import Fit, fit_table
from srm_data.publishing.slides.slide_text import Point, Run
from srm_data.views import parts as views_parts
from srm_data.views import sentences as say


def option_marks(q: Question) -> list[str]:
    """What stands before each option: the letter of a party where the options are parties, else A, B, C."""
    if q.kind == "cell":
        return [texts(q.lang)["party"][option.key]["letter"] for option in q.options]
    return [chr(ord("A") + i) for i in range(len(q.options))]


def reasons(q: Question) -> list[Point]:
    """Why each right option is right; where there are several, each under what stands before it."""
    if len(q.right) == 1:
        return [Point((Run(q.right[0].feedback),))]
    marks = dict(zip(q.options, option_marks(q), strict=True))
    return [Point((Run(f"{marks[right]}  ", bold=True), Run(right.feedback))) for right in q.right]


def right_labels(q: Question) -> str:
    """The right options in one line."""
    return " / ".join(right.label.rstrip(".") for right in q.right)


def if_wrong(q: Question, words: dict[str, str]) -> list[str]:
    """What to say to each wrong option, with the belief behind it."""
    said = []
    for option in q.options:
        if not q.accepts(option.key):
            belief = " " + misconception(option.misconception, q.lang)[1] if option.misconception else ""
            said.append(
                words["wrong"].format(answer=option.label.rstrip("."), feedback=option.feedback) + belief
            )
    return said


def source(q: Question) -> str:
    """Where the answer to a question comes from, for the foot of its slide."""
    if q.baseline:
        return say.baselines_foot(q.baseline, q.lang)
    return say.foot(q.matrix) if q.matrix else ""


def parts(q: Question) -> Fit | None:
    """Who does which part of the cell a question is about, small enough to stand under the reason."""
    if not (q.cell and q.matrix and q.cell.party == "shared" and q.cell.customer_part):
        return None
    fitted, *more = fit_table(views_parts.parts(q.matrix, q.cell).tables[0], 240)
    return None if more else fitted
