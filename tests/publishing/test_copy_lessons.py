"""`python -m srm_data lessons FOLDER`: all of them, and never over somebody's work."""

import pytest

from srm_data import __main__ as command
from srm_data.publishing.copy_lessons import copy_lessons
from tests.lessons import NOTEBOOKS, find


@pytest.fixture
def copied(tmp_path, capsys):
    def copy(lang="en"):
        code = command.main(["lessons", str(tmp_path / "mine"), "--lang", lang])
        told = capsys.readouterr()
        return code, told.out.splitlines(), told.err.splitlines()

    return copy


def test_every_lesson_goes_along_and_the_class_of_the_guide(copied, tmp_path):
    code, told, _ = copied()
    folder = tmp_path / "mine"
    made = [path for path in folder.rglob("[!.]*") if path.is_file()]
    assert code == 0
    assert told == [f'{len(made)} files in {folder}. To begin: jupyter lab "{folder / "start.ipynb"}"']
    names = {path.relative_to(folder).as_posix() for path in made}
    assert names >= {*find(), "teacher/example_class/amina/progress.json"}
    assert "SHA256SUMS" not in names
    assert all((NOTEBOOKS / name).read_bytes() == (folder / name).read_bytes() for name in names)


def test_a_lesson_that_was_changed_stays_and_the_new_one_gets_a_number(copied, tmp_path):
    copied()
    lesson = tmp_path / "mine" / "nl" / "03_what_if.ipynb"
    lesson.write_text("mine")
    for _ in range(2):
        code, told, _ = copied("nl")
        assert code == 0
        assert told[0].startswith("03_what_if.ipynb blijft zoals hij is")
        assert told[0].endswith("De nieuwe heet 03_what_if-2.ipynb.")
        assert len(told) == 2
        assert "Zo begin je: jupyter lab" in told[1]
    assert lesson.read_text() == "mine"
    assert sorted(path.name for path in lesson.parent.glob("03*")) == [
        "03_what_if-2.ipynb",
        "03_what_if.ipynb",
    ]
    assert (lesson.parent / "03_what_if-2.ipynb").read_bytes() == (
        NOTEBOOKS / "nl" / "03_what_if.ipynb"
    ).read_bytes()


def test_a_newer_lesson_takes_the_place_of_an_older_one_that_nobody_changed(tmp_path, monkeypatch):
    kit = tmp_path / "kit"
    kit.mkdir()
    monkeypatch.setattr("srm_data.publishing.copy_lessons.NOTEBOOKS", kit)
    for text in ("old", "new"):
        (kit / "start.ipynb").write_text(text)
        assert copy_lessons(tmp_path / "mine") == [(tmp_path / "mine" / "start.ipynb",) * 2]
    assert (tmp_path / "mine" / "start.ipynb").read_text() == "new"


def test_a_file_in_place_of_the_folder_is_one_sentence(copied, tmp_path):
    (tmp_path / "mine").write_text("mine")
    code, _, told = copied("nl")
    assert (code, told) == (
        1,
        [f"In {tmp_path / 'mine'} kan niets worden geschreven: Not a directory."],
    )
    assert (tmp_path / "mine").read_text() == "mine"


def test_without_a_folder_the_call_is_wrong(capsys):
    with pytest.raises(SystemExit) as stop:
        command.main(["lessons"])
    assert stop.value.code == 2
    assert "FOLDER" in capsys.readouterr().err
