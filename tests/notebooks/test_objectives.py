"""Each objective of each lesson is in the table word for word, and is checked after it was explained."""

import re
from collections import Counter
from functools import cache

import pytest

import srm_data as srm
from srm_data.core.dataset import read_table
from srm_data.core.vocabulary import LANGUAGES
from srm_data.learning.questions import find_question
from srm_data.publishing.asked_questions import asked_by
from srm_data.publishing.lesson_calls import calls_in
from tests.lessons import LESSONS, NOTEBOOKS, read

ROWS = read_table("objectives")
NAMES = sorted({path[3:] for path in LESSONS})
NUMBERS = {row["lesson"]: row["number"] for row in read_table("lessons")}


def bullets(path):
    """The objectives of a lesson as plain words."""
    lines = [line[2:] for line in read(path).cells[0].source.splitlines() if line.startswith("- ")]
    return [re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", line).replace("*", "").rstrip(";.") for line in lines]


@cache
def calls(name):
    """What a lesson calls: the number of the cell, the function of the kit, the words it is given."""
    return [
        (call.cell, call.name, [str(one).casefold() for one in call.given if isinstance(one, str | int)])
        for call in calls_in(NOTEBOOKS / f"en/{name}")
    ]


def explained_from(name):
    """The number of the cell with which the first section begins after the opening question or story."""
    opened = False
    for n, cell in enumerate(read(f"en/{name}").cells):
        for heading in re.findall(r"^## (.*)$", cell.source, re.M) if cell.cell_type == "markdown" else ():
            if opened:
                return n
            opened = heading.startswith("First, ")
    raise AssertionError(f"{name} explains nothing after its opening")


def checks(item, name):
    """Whether an item is met in a lesson after the first explanation, or in practice from the next one on."""
    start = explained_from(name)
    function, _, words = item.partition(":")
    if function == "claim" or hasattr(srm, function):
        wanted = words.split(".") if words else []
        called = "write_claim" if function == "claim" else function
        return any(
            n > start and attr == called and given[: len(wanted)] == wanted for n, attr, given in calls(name)
        )
    question = find_question(item, "en")
    asked = {one: n for n, one in asked_by(NOTEBOOKS / f"en/{name}")}
    if question.id in asked:
        return asked[question.id] > start
    practised = question.graded and str(question.lesson) == NUMBERS[name.removesuffix(".ipynb")]
    return practised and (not question.incident)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_each_objective_is_in_the_table_word_for_word(name, lang):
    rows = [row for row in ROWS if f"{row['lesson']}.ipynb" == name]
    assert [row[f"text_{lang}"] for row in rows] == bullets(f"{lang}/{name}")
    assert [int(row["order"]) for row in rows] == list(range(1, len(rows) + 1))
    assert rows


def test_no_objective_is_of_a_lesson_that_is_not_there():
    assert {f"{row['lesson']}.ipynb" for row in ROWS} == {*NAMES}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["objective"])
def test_each_objective_is_checked_after_it_was_explained(row):
    items = row["items"].split()
    assert items
    assert [item for item, n in Counter(items).items() if n > 1] == []
    assert [item for item in items if not checks(item, f"{row['lesson']}.ipynb")] == []


def test_what_a_lesson_asks_before_it_explains_checks_nothing():
    assert not checks("vm-os-update", "01_who_answers.ipynb")  # the first question of all
    assert not checks("default-share-rest", "09_real_services.ipynb")  # an estimate
    assert not checks("both_parts:azure-2026.network-controls.paas", "01_who_answers.ipynb")
    assert checks("both_parts:azure-2026.network-controls.paas", "02_service_models.ipynb")
