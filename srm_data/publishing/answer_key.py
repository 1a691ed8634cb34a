"""The answers to a lesson: each question and exercise, in the order in which the lesson has them.

They are read out of the lesson itself and computed as it computes them, so a cell that is mended, or an
exercise that is added, is in the key at once. Each answer stays closed until somebody opens it: a teacher may
have the key on a projector.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise, permutations
from typing import TYPE_CHECKING, Any

from srm_data.core.compare import changes_by_area
from srm_data.core.dataset import read_table
from srm_data.core.frames import as_matrix
from srm_data.core.language import join, resolve_language, texts, unknown_name
from srm_data.core.topics import Topic, all_topics
from srm_data.learning import own_words, sorting_exercises, wrong_cell
from srm_data.learning.check_tables import wanted_table
from srm_data.learning.questions import Question, find_question, questions_about
from srm_data.publishing.lesson_calls import Call, calls_in
from srm_data.publishing.lessons import Lesson, lessons
from srm_data.views.content import Fact
from srm_data.views.html import tables
from srm_data.workloads.compare_plans import compare_workloads
from srm_data.workloads.scenarios import load_scenario

if TYPE_CHECKING:
    from srm_data.core.matrix import Column, Matrix
    from srm_data.widgets.component import ComponentView

#: What answers each check of a table, with the names that the lesson gives; {customer} is the party in words.
LINES = {
    "moves": 'table.query("before != after")',
    "kept": 'matrix[(matrix == "{customer}").all(axis=1)]',
    "on_by_default": 'features.groupby("control_domain")["enabled_by_default"].mean()',
}


@dataclass(frozen=True)
class Answer:
    """What is asked, and what is right; `code` where that is a line of Python."""

    asked: str
    facts: tuple[Fact, ...]
    code: str = ""


def answer_key(lesson: int | str | None = None, lang: str | None = None) -> tables.Html:
    """The answers to a lesson, each closed until it is opened.

    Args:
        lesson: its number, or the name of its notebook for one without a number; all when left out, each
            lesson closed as well.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown lesson or language, with the nearest guess.

    >>> 'table.query("before != after")' in [one.code for one in answers(_find("3", "en"), "en")]
    True
    """
    lang = resolve_language(lang)
    found = lessons(lang) if lesson is None else [_find(str(lesson), lang)]
    told = [(_name(one, lang), answers(one, lang)) for one in found]
    return tables.Html(tables.render("answer_key.html", lang, lessons=told, folded=lesson is None))


def _name(lesson: Lesson, lang: str) -> str:
    words = texts(lang)["answer_key"]["lesson" if lesson.number else "no_number"]
    return str(words.format(n=lesson.number, name=lesson.short or lesson.path.stem))


def answers(lesson: Lesson, lang: str) -> list[Answer]:
    """Every answer to a lesson, in its order."""
    return [answer for call in calls_in(lesson.path) for answer in _KNOWN.get(call.name, _none)(call, lang)]


def _find(lesson: str, lang: str) -> Lesson:
    known = {name: one for one in lessons(lang) for name in (one.number, one.path.stem) if name}
    if lesson not in known:
        raise unknown_name("lesson", lesson, known)
    return known[lesson]


def _none(call: Call, lang: str) -> Iterator[Answer]:
    yield from ()


def _questions(call: Call, lang: str) -> Iterator[Answer]:
    for name in call.given:
        yield _question(find_question(name, lang))


def _incidents(call: Call, lang: str) -> Iterator[Answer]:
    for name in call.given:
        for question in questions_about(name, lang):
            yield _question(question)


def _question(q: Question) -> Answer:
    words = texts(q.lang)
    facts = [Fact(words["bet"]["key"], " / ".join(right.label.rstrip(".") for right in q.right))]
    facts += [Fact(words["bet"]["why"], right.feedback) for right in q.right]
    return Answer(q.stem, (*facts, *([Fact("", q.place, quiet=True)] if q.place else ())))


def _exercise(make: Callable[..., ComponentView]) -> Callable[[Call, str], Iterator[Answer]]:
    """The answer to an exercise, from what its component knows."""

    def answer(call: Call, lang: str) -> Iterator[Answer]:
        made = make(*call.given, **call.named, lang=lang).content
        if "cards" in made:
            facts = tuple(_card(card, made) for card in made["cards"])
        elif "rows" in made:
            facts = tuple(_right_cells(made))
        else:
            facts = tuple(
                Fact(one.get("term", ""), one["text"], one.get("quiet", False)) for one in made["model"]
            )
        yield Answer(made["task"].removesuffix(texts(lang)["exercise"]["afterwards"]).strip(), facts)

    return answer


def _card(card: dict[str, Any], made: dict[str, Any]) -> Fact:
    """Where a card belongs, and why."""
    said = [made["said"][n] for n in card["said"]]
    places = [place["label"] for place, one in zip(made["places"], said, strict=True) if one["right"]]
    first = next(one for one in said if one["right"])
    return Fact(card["label"], first["text"] or first["more"], lead=" / ".join(places))


def _right_cells(made: dict[str, Any]) -> Iterator[Fact]:
    for row in made["rows"]:
        for column, n in zip(made["columns"], row["said"], strict=True):
            if made["said"][n]["right"]:
                yield Fact(f"{row['label']} × {column['label']}", made["said"][n]["text"])


def _check(call: Call, lang: str) -> Iterator[Answer]:
    name = call.given[0]
    line = LINES[name].format(customer=texts(lang)["party"]["customer"]["word"])
    words = texts(lang)["answer_key"]
    rows = join([str(row) for row in wanted_table(name, lang).index], lang)
    yield Answer(words["line"].format(name=name), (Fact(words["gives"], rows),), line)


def _covered(call: Call, lang: str) -> Iterator[Answer]:
    """Of a table whose columns are covered: what stands under each."""
    if not call.named.get("covered"):
        return
    m, words = as_matrix(call.given[0], lang), texts(lang)["answer_key"]
    facts = []
    for column in m.columns:
        alone, shared = ([a.label for a in m.areas if m.cell(a, column).party == p] for p in _YOURS)
        told = words["alone"].format(n=len(alone), areas=join(alone, m.lang))
        more = words["shared"].format(areas=join(shared, m.lang)) if shared else ""
        facts.append(Fact(column.label, f"{told} {more}".strip()))
    yield Answer(words["covered"].format(matrix=m.short), tuple(facts))


_YOURS = ("customer", "shared")


def _moves(call: Call, lang: str) -> Iterator[Answer]:
    """Of one table the moves with most to stop and most that is new; of several each step."""
    words = texts(lang)["answer_key"]
    if isinstance(call.given[0], list):
        found = [as_matrix(name, lang) for name in call.given[0]]
        yield Answer(words["steps"], tuple(Fact(m.short, _steps(m, words["step"])) for m in found))
        return
    m = as_matrix(call.given[0], lang)
    moves = [(a, b, _count(m, a, b)) for a, b in permutations(m.columns, 2)]
    facts = []
    for change, told in (("stop doing", "most"), ("new duty", "back")):
        a, b, count = max(moves, key=lambda move: move[2][change])
        facts.append(Fact(words[told], words["step"].format(before=a.label, after=b.label, n=count[change])))
    yield Answer(words["moves"].format(matrix=m.short), tuple(facts))


def _count(m: Matrix, before: Column, after: Column) -> Counter[str | None]:
    return Counter(changes_by_area(m, before.id, after.id).values())


def _steps(m: Matrix, words: str) -> str:
    steps = [(a, b, _count(m, a, b)["stop doing"]) for a, b in pairwise(m.columns)]
    return " · ".join(words.format(before=a.label, after=b.label, n=n) for a, b, n in steps)


def _topics(call: Call, lang: str) -> Iterator[Answer]:
    """On which topics tables agree, on which Microsoft and Google differ, and which are in one table only."""
    words = texts(lang)["answer_key"]
    found = all_topics(call.given[0], lang)
    told = {
        "agree": [t for t in found if _verdicts(t) - {"alone"} == {"agree"}],
        "differ": [t for t in found if "differ" in _verdicts(_only(t, "azure-2026", "gcp"))],
        "one_table": [t for t in found if len({line.matrix.id for line in t.lines}) == 1],
    }
    facts = (Fact(words[name], join([t.label for t in topics], lang)) for name, topics in told.items())
    yield Answer(words["topics"], tuple(facts))


def _verdicts(topic: Topic) -> set[str]:
    return {topic.verdict(model) for model in topic.models}


def _only(topic: Topic, *matrices: str) -> Topic:
    lines = tuple(line for line in topic.lines if line.matrix.id in matrices)
    return Topic(topic.id, topic.label, topic.lang, topic.matrices, lines)


def _workload(call: Call, lang: str) -> Iterator[Answer]:
    """Of a workload: a plan that brings work back, and two services between which nothing changes."""
    words, scenario = texts(lang)["answer_key"], call.given[0]
    now, planned = (load_scenario(scenario, plan, lang) for plan in ("before", "b"))
    new = texts(lang)["change"]["new duty"]["word"]
    back = int((compare_workloads(planned, now, lang)["change"] == new).sum())
    a, b, *_ = [row["label"] for row in read_table("services") if row["model"] == "paas"]
    facts = (
        Fact(words["back"], words["back_to_now"].format(plan=planned.name, now=now.name, n=back)),
        Fact(words["no_change"], words["same_model"].format(a=a, b=b)),
    )
    yield Answer(words["workload"], facts)


_KNOWN: dict[str, Callable[[Call, str], Iterator[Answer]]] = {
    "bet": _questions,
    "play_incidents": _incidents,
    "sort_duties": _exercise(sorting_exercises.sort_duties),
    "order_ladder": _exercise(sorting_exercises.order_ladder),
    "place_services": _exercise(sorting_exercises.place_services),
    "find_wrong_cell": _exercise(wrong_cell.find_wrong_cell),
    "both_parts": _exercise(own_words.both_parts),
    "both_sides": _exercise(own_words.both_sides),
    "write_definition": _exercise(own_words.write_definition),
    "check": _check,
    "explore": _covered,
    "what_if": _moves,
    "explore_topics": _topics,
    "build_workload": _workload,
}
