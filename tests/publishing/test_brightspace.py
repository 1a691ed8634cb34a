"""The CSV of Brightspace, read back by pandas and held against the sample that Brightspace offers."""

import io
import re
from dataclasses import replace

import pandas as pd
import pytest

from srm_data.core.matrix import one_line
from srm_data.core.vocabulary import LANGUAGES
from srm_data.files.inert_csv import as_typed
from srm_data.learning.questions import question_bank
from srm_data.publishing.questions import common
from tests.publishing.question_readers import HOSTILE, hostile_question, options_of, write

BOTH = pytest.mark.parametrize("lang", LANGUAGES)

#: The rows of a question, as in Sample_Question_Import_UTF8.csv; "Image" and "Scoring" are not used.
ROWS = r"NewQuestion ID Title QuestionText Points Difficulty( Option){3,}( Hint)? Feedback"


def read(questions, lang):
    """Each question as its rows, each row a list of five cells."""
    content = write("brightspace", questions, lang)
    assert content.startswith(b"\xef\xbb\xbf//")  # the mark that Excel sets, then a comment
    table = pd.read_csv(io.BytesIO(content), header=None, dtype=str, keep_default_na=False)
    assert table.shape[1] == 5
    found = [[]]
    for row in table.to_numpy().tolist():
        if row[0].startswith("//"):
            assert row[1:] == [""] * 4
        elif any(row):
            found[-1].append(row)
        elif found[-1]:
            found.append([])
    assert found.pop() == []  # the last question is ended too
    return found


def value(question, name):
    (row,) = [row for row in question if row[0] == name]
    assert row[2:] == ["", "", ""], "a column for the word HTML stays empty: all of it is plain text"
    return row[1]


@BOTH
def test_pandas_finds_the_same_questions_keys_feedback_and_hints(lang):
    bank = common.choose(lang)
    assert len(bank) == sum(q.graded for q in question_bank(lang)) < len(question_bank(lang))
    ids = set()
    for q, found in zip(bank, read(bank, lang), strict=True):
        assert re.fullmatch(ROWS, " ".join(row[0] for row in found))
        assert value(found, "NewQuestion") == "MC"
        assert value(found, "Title").endswith(f" {q.id}")
        ids.add(value(found, "ID"))
        text = value(found, "QuestionText")
        assert text.startswith(" ".join(filter(None, [q.story, q.stem])))
        assert text.endswith(f"({q.place})" if q.place else q.stem)
        options = [row[1:] for row in found if row[0] == "Option"]
        assert options == [
            ["100" if right else "0", label, "", feedback] for label, right, feedback in options_of(q)
        ]
        assert value(found, "Hint") == q.hints[0]
        told = value(found, "Feedback")
        assert all(f"{right.label}: {right.feedback}" in told for right in q.right)
        assert all(str(source) in told for source in common.sources(q))
        assert value(found, "Points") == "1"
        assert value(found, "Difficulty") in {"1", "3", "5"}
    assert len(ids) == len(bank)


def test_either_of_two_right_answers_counts_in_full():
    bank = [q for q in common.choose("nl") if q.also]
    for q, found in zip(bank, read(bank, "nl"), strict=True):
        weights = [row[1] for row in found if row[0] == "Option"]
        assert weights.count("100") == 1 + len(q.also) == 2


def test_letters_with_a_mark_and_numbers_come_through():
    content = write("brightspace", common.choose("nl"), "nl").decode("utf-8-sig")
    assert "één" in content
    assert {row[2] for q in read(common.choose("nl", [6]), "nl") for row in q if row[0] == "Option"} & {
        "3",
        "4",
    }


@pytest.mark.parametrize("text", ["=1+1", "+31 20", "-2", "@sum", "ok;=1+1", " =1", *HOSTILE])
def test_no_cell_is_a_formula_and_every_sign_comes_back(text):
    q, after = hostile_question(text), replace(hostile_question("harmless"), id="after-it")
    found, next_one = read([q, after], "en")
    assert value(next_one, "ID").endswith("after-it")
    risky = re.compile(r"(^|[;\t\n\r\"])[ \u00a0\u200b\ufeff]*[-=+@]")
    assert [cell for row in found for cell in row if risky.search(cell)] == []
    options = [[as_typed(cell) for cell in row[1:]] for row in found if row[0] == "Option"]
    assert options == [
        ["100" if right else "0", label, "", feedback] for label, right, feedback in options_of(q)
    ]
    assert as_typed(value(found, "QuestionText")) == one_line(text)
