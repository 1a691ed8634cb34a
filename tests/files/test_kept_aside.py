"""What is kept beside its source: the same as the source, and never needed."""

import sys
import tomllib

import pytest

from srm_data.files import kept_aside
from srm_data.files.kept_aside import read_toml
from srm_data.files.paths import DATA, LOCALE
from srm_data.views.html import engine

SOURCE = 'word = "één"\n[table]\nlist = [1, 2.5, true, {a = "b"}]\n'


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = tmp_path / "words.toml"
    path.write_text(SOURCE, "utf-8")
    return path


@pytest.fixture
def parses(monkeypatch):
    """How often a TOML file was really read."""
    seen = []
    real = tomllib.loads
    monkeypatch.setattr(kept_aside.tomllib, "loads", lambda text: seen.append(text) or real(text))
    return seen


def kept(file):
    (place,) = (file.parent / "__pycache__").iterdir()
    return place


def test_the_second_reading_is_the_same_without_parsing(file, parses):
    assert (
        read_toml(file) == read_toml(file) == {"word": "één", "table": {"list": [1, 2.5, True, {"a": "b"}]}}
    )
    assert len(parses) == 1


def test_a_changed_file_is_read_anew(file, parses):
    read_toml(file)
    file.write_text(SOURCE.replace("één", "twee"), "utf-8")
    assert read_toml(file)["word"] == "twee"
    assert read_toml(file)["word"] == "twee"
    assert len(parses) == 2


@pytest.mark.parametrize("broken", [b"", b"\0" * 50, b"half", None])
def test_what_is_broken_is_read_anew(file, parses, broken):
    right = read_toml(file)
    place = kept(file)
    place.write_bytes(place.read_bytes()[:40] if broken is None else broken)
    assert read_toml(file) == right
    assert len(parses) == 2
    assert read_toml(file) == right
    assert len(parses) == 2


def test_a_folder_that_cannot_be_written_to_is_no_hindrance(file, parses):
    (file.parent / "__pycache__").write_text("a file")
    assert read_toml(file) == read_toml(file)
    assert len(parses) == 2


def test_python_that_keeps_nothing_keeps_nothing(file, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    read_toml(file)
    assert [*file.parent.iterdir()] == [file]


def test_what_json_cannot_hold_is_read_each_time(file):
    file.write_text("day = 2026-11-28", "utf-8")
    assert str(read_toml(file)["day"]) == str(read_toml(file)["day"]) == "2026-11-28"
    assert [*file.parent.iterdir()] == [file]


def test_every_file_of_the_kit_reads_as_it_is_written():
    for file in (*LOCALE.glob("*.toml"), *DATA.rglob("*.toml")):
        assert read_toml(file) == read_toml(file) == tomllib.loads(file.read_text("utf-8")), file


def test_a_new_kernel_compiles_no_template_again(monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)

    def style_of_a_new_kernel():
        for made in (engine.style, engine.style_sheet, engine._environment):
            made.cache_clear()
        return engine.style()

    first = style_of_a_new_kernel()
    monkeypatch.setattr(engine.jinja2.Environment, "compile", None)  # calling it fails
    assert style_of_a_new_kernel() == first
