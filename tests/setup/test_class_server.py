"""The start of a learner's server: lessons are renewed, and what the learner did stays."""

import json

import pytest

from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.setup import class_server
from srm_data.setup.class_server import NEWS, prepare, write_class_settings


@pytest.fixture
def kit(tmp_path, monkeypatch):
    """A package with two lessons; `renew` puts other texts into it."""
    lessons = tmp_path / "package" / "notebooks"
    (lessons / "nl").mkdir(parents=True)
    monkeypatch.setattr("srm_data.publishing.copy_lessons.NOTEBOOKS", lessons)
    monkeypatch.setattr(class_server.tempfile, "tempdir", str(tmp_path))

    def renew(text):
        for name in ("start.ipynb", "nl/les.ipynb"):
            (lessons / name).write_text(f"{name}: {text}")

    renew("first")
    return renew


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "learner"
    folder.mkdir()
    return folder


def found(home):
    lessons = home / "lessons"
    files = [path for path in lessons.rglob("*") if path.is_file() and not path.name.startswith(".")]
    return {path.relative_to(lessons).as_posix(): path.read_text() for path in files}


def test_the_first_start_brings_the_lessons_and_no_news(kit, home):
    variables = prepare(home)
    assert found(home) == {"start.ipynb": "start.ipynb: first", "nl/les.ipynb": "nl/les.ipynb: first"}
    assert "JUPYTERHUB_DEFAULT_URL" not in variables
    assert variables["SRM_WORK"] == str(home / "my_work")


def test_a_lesson_that_was_run_gets_no_copy_while_there_is_no_newer_one(kit, home):
    prepare(home)
    (home / "lessons" / "nl" / "les.ipynb").write_text("run by me")
    for _ in range(2):
        assert "JUPYTERHUB_DEFAULT_URL" not in prepare(home)
    assert found(home) == {"start.ipynb": "start.ipynb: first", "nl/les.ipynb": "run by me"}


def test_a_newer_lesson_comes_beside_the_own_one_and_the_learner_reads_so_once(kit, home):
    prepare(home)
    (home / "lessons" / "nl" / "les.ipynb").write_text("run by me")
    kit("second")
    assert prepare(home)["JUPYTERHUB_DEFAULT_URL"] == f"/lab/tree/lessons/{NEWS}"
    there = found(home)
    news = there.pop(NEWS)
    assert there == {
        "start.ipynb": "start.ipynb: second",  # nobody had changed it
        "nl/les.ipynb": "run by me",
        "nl/les-2.ipynb": "nl/les.ipynb: second",
    }
    for lang in LANGUAGES:
        words = texts(lang)["class_server"]
        assert words["title"] in news
        assert words["kept"].format(file="nl/les.ipynb", new="nl/les-2.ipynb") in news
    (home / "lessons" / "nl" / "les-2.ipynb").write_text("run by me too")
    assert "JUPYTERHUB_DEFAULT_URL" not in prepare(home)
    assert sorted(found(home)) == [NEWS, "nl/les-2.ipynb", "nl/les.ipynb", "start.ipynb"]


def test_removed_lessons_come_back_and_own_files_stay(kit, home):
    prepare(home)
    (home / "lessons" / "start.ipynb").unlink()
    (home / "lessons" / "mine.ipynb").write_text("mine")
    prepare(home)
    assert found(home) == {
        "start.ipynb": "start.ipynb: first",
        "nl/les.ipynb": "nl/les.ipynb: first",
        "mine.ipynb": "mine",
    }


def test_a_folder_that_takes_nothing_keeps_nobody_out(kit, home, capsys):
    (home / "lessons").write_text("a file in the place of the folder")
    assert prepare(home)["SRM_WORK"] == str(home / "my_work")
    assert str(home / "lessons") in capsys.readouterr().err


def test_what_an_earlier_server_left_behind_goes(kit, home, tmp_path):
    first, second = (prepare(home)["JUPYTER_RUNTIME_DIR"] for _ in range(2))
    assert first != second
    assert [str(path) for path in tmp_path.glob("srm-*")] == [second]


def test_the_settings_of_a_class_name_no_address_and_no_port_for_kernels(tmp_path):
    write_class_settings(tmp_path)
    lab = json.loads((tmp_path / "etc/jupyter/jupyter_lab_config.json").read_text())
    assert set(lab) == {"LabApp"}
    assert "default_url" not in lab["LabApp"]
    server = json.loads((tmp_path / "etc/jupyter/jupyter_server_config.json").read_text())
    assert server["KernelManager"] == {"transport": "ipc"}
    assert server["ContentsManager"] == {"pre_save_hook": "srm_data.setup.save_tidy.tidy"}
