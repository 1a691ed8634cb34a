"""The notebooks that are made from tables are what the tables say now."""

import json

import pytest

from srm_data.__main__ import main
from srm_data.core.vocabulary import LANGUAGES
from srm_data.publishing.glossary import glossary_notebook
from srm_data.publishing.start_page import start_notebook
from tests.lessons import LESSONS, NOTEBOOKS, cells

MADE = {"start.ipynb": start_notebook} | {
    f"glossary_{lang}.ipynb": lambda lang=lang: glossary_notebook(lang) for lang in LANGUAGES
}


@pytest.mark.parametrize("name", MADE)
def test_what_is_committed_is_in_step_with_the_data(name):
    assert MADE[name]() == (NOTEBOOKS / name).read_text("utf-8")


@pytest.mark.parametrize(("command", "names"), [("start-page", [*MADE][:1]), ("glossary", [*MADE][1:])])
def test_the_command_writes_it_anew_and_without_a_change_it_stays_the_same(command, names, tmp_path, capsys):
    for _ in range(2):
        assert main([command, "--out", str(tmp_path)]) == 0
        assert capsys.readouterr().out.split() == [str(tmp_path / name) for name in names]
        for name in names:
            assert (tmp_path / name).read_bytes() == (NOTEBOOKS / name).read_bytes()


def test_the_folder_knows_them_for_its_own_so_that_the_command_replaces_them():
    record = (NOTEBOOKS / ".made_by_srm_data.txt").read_text("utf-8").splitlines()
    sums = (NOTEBOOKS / "SHA256SUMS").read_text("utf-8").splitlines()
    assert sorted(line.partition("  ")[2] for line in record) == sorted(MADE)
    assert set(record) <= set(sums)


def test_keys_stand_in_the_order_in_which_jupyterlab_writes_them():
    notebook = json.loads(start_notebook())
    assert json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n" == start_notebook()


def test_each_lesson_has_its_row_in_the_table_of_its_language():
    tables = [cell for cell in cells("start.ipynb", "markdown") if "|---|" in cell]
    assert len(tables) == len(LANGUAGES)
    for lang, table in zip(LANGUAGES, tables, strict=True):
        rows = [line for line in table.splitlines() if f"]({lang}/" in line]
        assert len(rows) == len([path for path in LESSONS if path.startswith(lang)])
        assert all(row.count("|") == 5 for row in rows)
