"""The question bank: one source for bets, exercises, answer keys and learning platforms.

A question about a cell, a change, a count or an incident does not store its key: the key is computed
from the matrix or the incident, so a corrected cell corrects every question about it. So is that of a
question about Microsoft's baselines: who is responsible for a control, or what share is on by default.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from srm_data.core.dataset import rows_by, rows_where
from srm_data.core.incidents import Incident, as_incident
from srm_data.core.language import join, resolve_language, texts, unknown_name
from srm_data.core.shipped import shipped_matrix
from srm_data.core.topics import topics_of
from srm_data.core.vocabulary import NOT_APPLICABLE, PARTIES, change_between
from srm_data.files.kept_aside import read_toml
from srm_data.files.paths import DATA

if TYPE_CHECKING:
    import pandas as pd

    from srm_data.core.matrix import Cell, Matrix

KINDS = ("cell", "change", "count", "baseline", "choice", "incident")

#: What a question asks of a learner, the least first (after Bloom, in the words of Anderson and Krathwohl).
LEVELS = ("remember", "understand", "apply", "analyse", "evaluate")

#: What is asked about an incident: the row it lies in, or who failed.
ASKED = ("layer", "party")

#: The key of "no row of this table".
NO_ROW = "none"


@dataclass(frozen=True)
class Option:
    """One answer to choose: its key in the bank, what it says, and what is said when it is chosen."""

    key: str
    label: str
    feedback: str
    misconception: str = ""


@dataclass(frozen=True)
class Question:
    """One question in one language. `key` names the right option, `also` others that can be defended.

    One that is not `graded` asks for an estimate: it surprises, but right or wrong says nothing of a learner.
    """

    id: str
    lang: str
    kind: str
    lesson: int
    difficulty: int
    exams: tuple[str, ...]
    stem: str
    options: tuple[Option, ...]
    key: str
    hints: tuple[str, ...] = ()
    repair: str = ""
    matrix: Matrix | None = None
    area: str = ""
    column: str = ""
    before: str = ""  # of a change: the column it starts from
    after: str = ""
    cell: Cell | None = None
    sources: tuple[str, ...] = ()
    baseline: str = ""  # version of the baselines that the key follows from
    incident: Incident | None = None
    also: tuple[str, ...] = ()
    level: str = ""  # one of `LEVELS`
    graded: bool = True
    idea: str = ""  # id of the topic that the cell is about
    from_lesson: int = 0  # the lesson that asks it first, where that is not the lesson it is about

    @property
    def waits_for(self) -> int:
        """From which lesson on practice may ask it as a new question."""
        return self.from_lesson or self.lesson

    def accepts(self, option: str) -> bool:
        """Whether this answer counts as right."""
        return option in (self.key, *self.also)

    @property
    def right(self) -> tuple[Option, ...]:
        """Every option that counts as right, the key first."""
        return tuple(self.option(key) for key in (self.key, *self.also))

    @property
    def place(self) -> str:
        """Which matrix or baselines, area and column it is about, as shown under its stem; may be empty."""
        table = self.matrix.short if self.matrix else ""
        if self.baseline:
            table = texts(self.lang)["baseline"]["name"].format(version=self.baseline)
        return " · ".join(part for part in (table, self.area, self.column) if part)

    @property
    def story(self) -> str:
        """What to read before the question; empty for most."""
        return self.incident.story if self.incident else ""

    def option(self, key: str) -> Option:
        """The option with this key.

        Raises:
            UnknownNameError: lists the keys there are.
        """
        for option in self.options:
            if option.key == key:
                return option
        raise unknown_name("answer", key, [option.key for option in self.options])


def load_questions(lang: str | None = None, lesson: int | None = None) -> pd.DataFrame:
    """List the question bank.

    Args:
        lang: "en" or "nl"; the language in use when left out.
        lesson: only the questions of this lesson.

    Returns:
        One row a question, index ``question`` (the id); columns ``lesson``, ``kind`` (cell, change,
        count, baseline, choice or incident), ``difficulty`` (1 to 3), ``level`` (see `LEVELS`), ``graded``
        (False for an estimate, which no platform gets and no score counts), ``stem``, ``options`` (labels,
        separated by " | "), ``key`` (label of the right option), ``exams``, ``matrix``, ``area``,
        ``column`` (or the service that a baseline is about), ``repair``, ``story`` (what to read first;
        empty for most).

    Raises:
        UnknownNameError: for an unknown language.
    """
    import pandas as pd

    rows = [
        {
            "question": q.id,
            "lesson": q.lesson,
            "kind": q.kind,
            "difficulty": q.difficulty,
            "level": q.level,
            "graded": q.graded,
            "stem": q.stem,
            "options": " | ".join(option.label for option in q.options),
            "key": q.option(q.key).label,
            "exams": ", ".join(q.exams),
            "matrix": q.matrix.id if q.matrix else "",
            "area": q.area,
            "column": q.column,
            "repair": q.repair,
            "story": q.story,
        }
        for q in question_bank(resolve_language(lang))
        if lesson in (None, q.lesson)
    ]
    return pd.DataFrame(rows).set_index("question")


@cache
def question_bank(lang: str) -> tuple[Question, ...]:
    """Every question in one language, in the order of the files."""
    return tuple(_made(entry["id"], lang) for entry in _entries())


@cache
def _made(question: str, lang: str) -> Question:
    """One question by itself: a bet need not wait for the whole bank."""
    return _question(_by_id()[question], lang)


class Unasked(NamedTuple):
    """What has to be known of a question to choose it; the question itself is made when it is asked."""

    id: str
    lesson: int
    idea: str


def question_ids() -> Collection[str]:
    """The id of every question, in the order of the files."""
    return _by_id().keys()


def unasked(lessons: Collection[int], known: Collection[str]) -> list[Unasked]:
    """The questions that practice may ask as new ones: no estimates, and no incidents.

    Args:
        lessons: the lessons from which they may come.
        known: ids of those that were asked.
    """
    return [
        Unasked(name, entry["lesson"], _idea(entry))
        for name, entry in _by_id().items()
        if name not in known
        and entry["kind"] != "incident"
        and entry.get("graded", True)
        and entry.get("from_lesson", entry["lesson"]) in lessons
    ]


def find_question(question: str, lang: str) -> Question:
    """The question with this id.

    Raises:
        UnknownNameError: with the nearest guess.
    """
    if question not in _by_id():
        raise unknown_name("question", question, _by_id())
    return _made(question, lang)


@cache
def misconception(name: str, lang: str) -> tuple[str, str]:
    """A wrong belief and what is true instead, as two sentences."""
    row = rows_by("misconceptions", "misconception")[name]
    return row[f"claim_{lang}"], row[f"truth_{lang}"]


@cache
def _entries() -> tuple[dict[str, Any], ...]:
    """The questions as they stand in the files."""
    files = sorted((DATA / "questions").glob("*.toml"))
    return tuple(entry for file in files for entry in read_toml(file)["question"])


@cache
def _by_id() -> dict[str, dict[str, Any]]:
    return {entry["id"]: entry for entry in _entries()}


def questions_about(incident: str, lang: str) -> list[Question]:
    """The questions about one incident, its row before its party.

    Raises:
        UnknownNameError: for an unknown incident, with the nearest guess.
    """
    wanted = as_incident(incident, lang).id
    return [_made(entry["id"], lang) for entry in _entries() if entry.get("incident") == wanted]


def changed_keys(matrix: Matrix) -> dict[str, tuple[str, str]]:
    """The questions whose key follows from a shipped matrix and would be another one.

    Args:
        matrix: the shipped matrix with other parties, see `Matrix.with_parties`.

    Returns:
        By the id of the question, what the right answer says now and what it would say.
    """
    shipped = shipped_matrix(matrix.id, matrix.lang)
    changed = {}
    for entry in _entries():
        if entry.get("matrix") == matrix.id:
            before, after = (
                labels.get(key, key)
                for labels, key in (_answers(entry, one, matrix.lang) for one in (shipped, matrix))
            )
            if before != after:
                changed[entry["id"]] = before, after
    return changed


def _question(entry: dict[str, Any], lang: str) -> Question:
    if entry["kind"] == "incident":
        return _about_incident(entry, lang)
    matrix = shipped_matrix(entry["matrix"], lang) if "matrix" in entry else None
    labels, key = _answers(entry, matrix, lang)
    area = next((a for a in matrix.areas if a.id == entry.get("area")), None) if matrix else None
    column = matrix.column(entry["column"]) if matrix and "column" in entry else None
    baseline = entry.get("version", "")
    service = entry.get("where", {}).get("service", "")
    return Question(
        id=entry["id"],
        lang=lang,
        kind=entry["kind"],
        lesson=entry["lesson"],
        difficulty=entry["difficulty"],
        exams=tuple(entry["exams"]),
        stem=entry["stem"][lang],
        options=_options(entry, labels, lang),
        key=key,
        hints=tuple(entry.get("hint", {}).get(lang, ())),
        repair=entry.get("repair", ""),
        matrix=matrix,
        area=area.label if area else "",
        column=column.label if column else service,
        before=matrix.column(entry["before"]).label if matrix and "before" in entry else "",
        after=matrix.column(entry["after"]).label if matrix and "after" in entry else "",
        cell=matrix.cell(area, column) if matrix and area and column else None,
        sources=(*([f"baselines-{baseline}"] if baseline else []), *entry.get("sources", ())),
        baseline=baseline,
        also=tuple(entry.get("also", ())),
        level=_level(entry),
        graded=entry.get("graded", True),
        idea=_idea(entry),
        from_lesson=entry.get("from_lesson", 0),
    )


def _idea(entry: dict[str, Any]) -> str:
    """The topic that the cell of a question is about; "" where there is no cell, or no topic."""
    if entry["kind"] != "cell":
        return ""
    return next(iter(topics_of(entry["matrix"], entry["area"], entry["column"])), "")


def _level(entry: dict[str, Any]) -> str:
    """What it asks of a learner, as its file says; else as its kind and difficulty have it.

    A row of a story must be found, and who failed weighed; a number is read from a table; a case in everyday
    words is the rule applied, and the plainest case is the rule itself.
    """
    if "level" in entry:
        return str(entry["level"])
    kind, difficulty = entry["kind"], entry["difficulty"]
    if kind == "incident":
        return "evaluate" if entry["ask"] == "party" and difficulty == 3 else "analyse"
    if "offer" in entry and kind != "change":
        return "understand"
    return ("understand", "apply", "analyse" if kind == "choice" else "apply")[difficulty - 1]


def _options(entry: dict[str, Any], labels: dict[str, str], lang: str) -> tuple[Option, ...]:
    beliefs = entry.get("misconception", {})
    return tuple(
        Option(option, label, entry["feedback"][option][lang], beliefs.get(option, ""))
        for option, label in labels.items()
    )


def _about_incident(entry: dict[str, Any], lang: str) -> Question:
    """A question whose story, row and party all come from the incident."""
    i = as_incident(entry["incident"], lang)
    words = texts(lang)["incident"]
    if entry["ask"] == "layer":
        # Several rows are one answer, named by their ids with a blank between.
        areas = {area.id: area.label for area in i.matrix.areas}
        labels = {
            offer: words["option_none"] if offer == NO_ROW else join([areas[x] for x in offer.split()], lang)
            for offer in entry["offer"]
        }
        key = " ".join(area.id for area in i.areas) or NO_ROW
    else:
        labels = {offer: words["failed"][offer]["label"] for offer in entry["offer"]}
        key = i.failed_party
    on_matrix = entry["ask"] == "layer"  # who failed stands in no matrix
    one_column = on_matrix and i.matrix.axis != "owner" and len(i.columns) == 1
    return Question(
        id=entry["id"],
        lang=lang,
        kind=entry["kind"],
        lesson=entry["lesson"],
        difficulty=entry["difficulty"],
        exams=tuple(entry["exams"]),
        stem=words["ask"][entry["ask"]].format(name=i.name, matrix=i.matrix.short),
        options=_options(entry, labels, lang),
        key=key,
        hints=tuple(entry["hint"][lang]),
        repair=entry["repair"],
        matrix=i.matrix if on_matrix else None,
        column=i.columns[0].label if one_column else "",
        sources=(i.id,),
        incident=i,
        also=tuple(entry.get("also", ())),
        level=_level(entry),
        graded=entry.get("graded", True),
    )


def _answers(entry: dict[str, Any], matrix: Matrix | None, lang: str) -> tuple[dict[str, str], str]:
    """The options as key → label, and the key of the right one, computed where a matrix decides."""
    words = texts(lang)
    if entry["kind"] == "baseline":
        return _baseline_answers(entry, lang)
    if matrix is None or entry["kind"] == "choice":
        return {key: text[lang] for key, text in entry["option"].items()}, entry["key"]
    if entry["kind"] == "count":
        held = matrix.count(matrix.column(entry["column"]))[entry["party"]]
        return {str(n): str(n) for n in entry["offer"]}, str(held)
    if entry["kind"] == "change":
        before, after = (
            matrix.cells[entry["area"], matrix.column(entry[side]).id].party for side in ("before", "after")
        )
        return {c: words["change"][c]["label"] for c in entry["offer"]}, str(change_between(before, after))
    party = matrix.cells[entry["area"], matrix.column(entry["column"]).id].party
    return {p: words["party"][p]["label"] for p in PARTIES}, str(party)


def _baseline_answers(entry: dict[str, Any], lang: str) -> tuple[dict[str, str], str]:
    """A share of features that is on by default, in per cent; or who is responsible for a control."""
    rows = rows_where(f"baselines-{entry['version']}", **entry.get("where", {}))
    if "offer" in entry:
        there = [row for row in rows if row["supported"] == "true"]
        on = sum(row["enabled_by_default"] == "true" for row in there)
        share = round(100 * on / len(there))
        return {str(n): f"{n}%" for n in entry["offer"]}, str(share)
    words = texts(lang)
    (answer,) = (row["responsibility"] for row in rows)
    labels = {p: words["party"][p]["label"] for p in PARTIES}
    labels[NOT_APPLICABLE] = words["baseline"]["patching"]["not_applicable"]
    return labels, answer if answer in PARTIES else NOT_APPLICABLE
