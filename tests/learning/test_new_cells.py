"""Questions about cells that no lesson shows: made from the data, and asked in time."""

import json
import re
from datetime import datetime

import pytest

from srm_data.core.dataset import read_table
from srm_data.core.shipped import shipped_matrix
from srm_data.core.vocabulary import LANGUAGES, PARTIES
from srm_data.files.paths import NOTEBOOKS
from srm_data.learning.answer_history import due, histories
from srm_data.learning.new_cells import new_cell_questions
from srm_data.learning.question_content import Round, stepper
from srm_data.learning.questions import question_bank
from tests.learning.test_progress import answered

NOW = datetime(2026, 9, 20, 10, 0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_question_says_what_the_table_says(lang):
    asked = new_cell_questions(lang)
    assert len(asked) > 40
    assert len({one.id for one in asked}) == len(asked)
    for one in asked:
        matrix, area, column = re.fullmatch(r"cell:([^/]+)/([^/]+)/([^/]+)", one.id).groups()
        cell = shipped_matrix(matrix, lang).cells[area, column]
        assert one.key == cell.party
        assert (cell.confidence, cell.disputed) == ("high", False)
        assert [option.key for option in one.options] == list(PARTIES)
        assert len({option.feedback for option in one.options}) == 3
        assert one.area in one.stem
        assert len({*one.hints}) == len(one.hints) >= 2
    assert len({one.hints[:2] for one in asked}) == 1, "what is the same for each cell gives none away"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_stepper_tells_both_parts_and_the_source(lang):
    made = stepper([Round(new_cell_questions(lang))], lang, practice=True)
    for question, told in zip(new_cell_questions(lang), made["rounds"][0]["questions"], strict=True):
        said = json.dumps(told["facts"], ensure_ascii=False)
        assert question.matrix.source_title in said
        if question.key == "shared":
            assert question.cell.customer_part in said
            assert question.cell.provider_part in said
        assert "repair" not in told


def test_no_lesson_shows_the_tables_they_come_from():
    named = {row["matrix"] for row in read_table("new_cells")}
    assert named
    for file in sorted((NOTEBOOKS / "en").glob("*.ipynb")):
        cells = json.loads(file.read_text("utf-8"))["cells"]
        code = "".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        assert not [name for name in named if f'"{name}"' in code], file.name


def test_neighbours_are_asked_in_another_order_and_each_learner_always_in_the_same():
    orders = {seed: [q.id for q in due({}, "en", NOW, range(1, 13), seed)] for seed in ("a", "b", "")}
    assert len({tuple(order) for order in orders.values()}) == 3
    assert {frozenset(order) for order in orders.values()} == {frozenset(orders["a"])}
    assert orders["a"] == [q.id for q in due({}, "nl", NOW, range(1, 13), "a")]


def test_they_wait_for_their_lesson_and_come_after_the_bank():
    early = due({}, "en", NOW, range(1, 7))
    assert early
    assert not [q.id for q in early if q.id.startswith("cell:")]
    late = [q.id.startswith("cell:") for q in due({}, "en", NOW, range(1, 13))]
    assert late == sorted(late)
    assert any(late)


def test_an_idea_that_went_wrong_comes_first():
    wrong = next(q for q in question_bank("en") if q.idea == "runtime" and q.lesson <= 8)
    found = histories(answered(wrong, False), "en")
    asked = [q for q in due(found, "en", datetime(2026, 9, 1, 12), range(1, 13)) if q != wrong]
    ideas = [q.idea == "runtime" for q in asked]
    assert ideas == sorted(ideas, reverse=True)
    assert sum(ideas) > 8
    right = histories(answered(wrong, True), "en")
    assert due(right, "en", datetime(2026, 9, 1, 12), range(1, 13))[0].idea != "runtime"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_answer_to_one_is_read_back(lang):
    one = new_cell_questions(lang)[0]
    found = histories(answered(one, True, False), lang)
    assert [answer.right for answer in found[one.id].answers] == [True, False]
