"""The form of a table: its headings in either language, and what is wrong with them."""

import pytest

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.readers.faults import Fault
from srm_data.readers.form import MOST_HEADINGS, Form, as_records, in_file_order
from srm_data.readers.matrix_file import _FORM as MATRIX
from srm_data.workloads.component_rows import FORM as WORKLOAD

FORM = Form(("name", "kind", "service", "model"), needed=("name", "model"), words="workload_headings")


def told(headings):
    return [(f.column, f.says) for f in FORM.heading_faults(1, headings)]


@pytest.mark.parametrize("form", [MATRIX, WORKLOAD])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_has_a_word_for_the_same_headings(form, lang):
    words = texts(lang)["file"][form.words]
    assert [form.standard(word.upper()) for word in words] == [*form.headings[: len(words)]]
    assert len(words) == len(texts("en")["file"][form.words])


def test_a_heading_that_nobody_knows_stays_as_it_is_in_lower_case():
    assert FORM.standard("Colour") == "colour"
    assert Form(("name",), ("name",)).standard("naam") == "naam"  # a form without words of other languages


def test_missing_headings_come_first_and_the_rest_in_order():
    assert told(["kind", "modle", "kind", ""]) == [
        ("name", "this column is missing"),
        ("model", "this column is missing"),
        ("modle", "'modle' is not a heading of this form. Did you mean 'model'?"),
        ("kind", "this heading is there twice"),
        (None, "heading 4 is empty"),
    ]
    assert told(["model", "name"]) == []


def test_faults_of_headings_are_told_in_the_language_in_use():
    srm.use_language("nl")
    assert told(["name", "model", "name"]) == [("name", "deze kop staat er twee keer")]


def test_a_thousand_wrong_headings_are_not_all_looked_at():
    assert len(told(["name", "model", *(f"x{n}" for n in range(1_000))])) == MOST_HEADINGS - 2


@pytest.mark.parametrize("numbers", [("0", "1"), ("12", "")])
def test_only_a_first_column_of_numbers_is_what_pandas_writes(numbers):
    table = [(1, ["", "Naam"]), *((n, [number, "a"]) for n, number in enumerate(numbers, 2))]
    headings = FORM.recognised(table)[0][1]
    assert headings == (["name"] if all(numbers) else ["", "name"])


def test_a_table_without_any_heading():
    assert FORM.recognised([(1, []), (2, [])]) == [(1, []), (2, [])]
    with pytest.raises(srm.WorkloadFileError, match="column is missing"):
        srm.Workload.from_frame(srm.Workload().to_frame()[[]])


def test_rows_that_do_not_fit_are_told_and_read_as_far_as_they_go():
    faults = []
    rows = [(2, ["a", "b"]), (3, ["a"]), (4, ["a", "b", "c"])]
    read = [*as_records(["name", "model"], rows, faults)]
    assert read == [(2, {"name": "a", "model": "b"}), (3, {"name": "a"}), (4, {"name": "a", "model": "b"})]
    assert [(f.line, f.says) for f in faults] == [
        (3, "1 fields where the headings have 2"),
        (4, "3 fields where the headings have 2"),
    ]


def test_under_a_heading_that_stands_twice_the_first_field_counts():
    assert [*as_records(["name", "name"], [(2, ["a", "b"])], [])] == [(2, {"name": "a"})]


def test_faults_come_in_the_order_of_the_file_and_those_of_no_line_last():
    faults = [Fault("d"), Fault("c", 2, "b"), Fault("b", 2, "a"), Fault("a", 1, "b")]
    assert [f.says for f in in_file_order(faults, ["a", "b"])] == ["a", "b", "c", "d"]
    assert [f.says for f in in_file_order(faults)] == ["a", "c", "b", "d"]
