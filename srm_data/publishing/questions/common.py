"""Which questions are chosen, how they are numbered, and what every format says of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from srm_data.core.dataset import rows_by
from srm_data.core.language import texts, unknown_name
from srm_data.core.services import baselines_about
from srm_data.core.shipped import shipped_matrix
from srm_data.learning.questions import Question, question_bank


@dataclass(frozen=True)
class Source:
    """Where the reason of a key can be read: a matrix with its edition, or an incident with its year."""

    name: str
    title: str
    edition: str
    url: str

    def __str__(self) -> str:
        return f"{self.title}, {self.edition}, {self.url}"


def choose(lang: str, lessons: Sequence[int] | None = None) -> list[Question]:
    """The questions of these lessons that are graded, lesson by lesson, in the order of the bank.

    Raises:
        UnknownNameError: for a lesson that has no questions.
    """
    bank = [q for q in question_bank(lang) if q.graded]
    known = sorted({q.lesson for q in bank})
    for lesson in lessons or ():
        if lesson not in known:
            raise unknown_name("lesson", lesson, map(str, known))
    return sorted((q for q in bank if not lessons or q.lesson in lessons), key=lambda q: q.lesson)


def by_lesson(questions: Iterable[Question]) -> Iterator[tuple[int, list[tuple[str, Question]]]]:
    """Each lesson with its questions, numbered 1.01, 1.02 ... so that every output names them alike."""
    for lesson, group in groupby(questions, key=lambda q: q.lesson):
        yield lesson, [(f"{lesson}.{n:02}", q) for n, q in enumerate(group, 1)]


def sources(q: Question) -> list[Source]:
    """The sources behind the key of a question, its own matrix first."""
    names = dict.fromkeys([*([q.matrix.id] if q.matrix else []), *q.sources])
    return [find_source(name, q.lang) for name in names]


def find_source(name: str, lang: str) -> Source:
    """The source of an incident, of baselines (such as "baselines-v3.0") or of a matrix, by its id."""
    if row := rows_by("incidents", "incident").get(name):
        return Source(*(row[x] for x in (f"name_{lang}", "source_title", "year", "source_url")))
    if name.startswith("baselines-"):
        version = name.removeprefix("baselines-")
        about = baselines_about(version, lang)
        title = texts(lang)["baseline"]["name"].format(version=version)
        return Source(title, about["source_title"], about["edition"], about["source_url"])
    m = shipped_matrix(name, lang)
    return Source(m.short, m.source_title, m.edition, m.source_url)


def category(lesson: int, lang: str) -> str:
    """The path of a category, without a context.

    Moodle puts it in the bank the teacher stands in. With one (``$course$``), Moodle 5, where a course
    has no categories of its own, makes a shared bank and puts the questions there (create_category_path
    in question/format.php of moodle/moodle).
    """
    words = texts(lang)["export"]
    return f"top/{words['category']}/{words['lesson'].format(n=lesson)}"


def assessment_names(lesson: int, lang: str) -> tuple[str, str]:
    """The id of the test of a lesson in a package, and its title."""
    words = texts(lang)["export"]
    return f"srm-{lang}-lesson-{lesson}", f"{words['category']}: {words['lesson'].format(n=lesson)}"


def tags(q: Question) -> list[str]:
    """What a teacher may want to filter by: lesson, exams, and the misconceptions behind wrong options."""
    lesson = texts(q.lang)["export"]["lesson"].format(n=q.lesson)
    return list(dict.fromkeys([lesson, *q.exams, *(o.misconception for o in q.options if o.misconception)]))


def reason(q: Question) -> str:
    """Each right answer with its reason, for who chose another one."""
    return " ".join(f"{right.label}: {right.feedback}" for right in q.right)


def background(q: Question) -> list[str]:
    """What holds whichever option was chosen: both parts of a shared cell, its qualifier, the sources.

    Of an incident also what is disputed about it.
    """
    source = texts(q.lang)["export"]["source"]
    return [*about_cell(q), *about_incident(q), *(source.format(source=one) for one in sources(q))]


def about_cell(q: Question) -> list[str]:
    """Both parts of the cell of a question, and its qualifier; empty where it is about no cell."""
    if not (q.cell and q.matrix):
        return []
    sides = (
        (texts(q.lang)["label"]["customer_does"], q.cell.customer_part),
        (q.cell.provider or q.matrix.provider_short, q.cell.provider_part),
    )
    said = [f"{who}: {part}" for who, part in sides if part]
    return [*said, q.cell.qualifier] if q.cell.qualifier else said


def about_incident(q: Question) -> list[str]:
    """Why the row of an incident, what is disputed, and what the other side says; empty for other kinds."""
    if not q.incident:
        return []
    words, i = texts(q.lang)["incident"], q.incident
    told = (("why" if i.areas else "why_none", i.why), ("disputed", i.dispute), ("other_side", i.other_side))
    return [f"{words[label]}: {text}" for label, text in told if text]
