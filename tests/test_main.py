"""``python -m srm_data``: which files it writes, and one sentence for what goes wrong."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from PIL import Image

from srm_data import __main__ as command
from srm_data.views.figures import draw

ONE = ["figures", "--matrix", "stack", "--lang", "en", "--format", "svg", "--out"]  # drawn in this process


def test_one_matrix_in_all_formats(tmp_path, capsys):
    code = command.main(["figures", "--matrix", "aws-control-types", "--lang", "nl", "--out", str(tmp_path)])
    assert code == 0
    written = sorted(
        path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("[!.]*") if path.is_file()
    )
    assert written == [
        f"nl/aws-control-types-{name}.{kind}"
        for name in ("incident-capital-one-2019", "matrix", "split")
        for kind in ("pdf", "png", "svg", "txt")  # the words of the PNG
    ]
    assert "9 files in " in capsys.readouterr().out
    svg = (tmp_path / "nl/aws-control-types-split.svg").read_text(encoding="utf-8")
    drawn = draw.split("aws-control-types", "nl")
    assert svg.partition("</desc>")[2] == drawn.svg(typeface=True).partition("</desc>")[2]
    assert "klant | gedeeld | leverancier" in svg.partition("</desc>")[0]


def test_figures_go_into_the_folder_figures_when_none_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert command.main([*ONE[:-1], "--figure", "split"]) == 0
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.svg")] == [
        "figures/en/stack-split.svg"
    ]
    assert str(tmp_path / "figures") in capsys.readouterr().out


def test_every_option(tmp_path):
    words = "figures --matrix aws-lambda aws-control-types --lang en nl --theme light dark --format png --out"
    assert command.main([*words.split(), str(tmp_path)]) == 0
    names = [path.name for path in (tmp_path / "en").glob("[!.]*")]
    pictures = [name for name in names if name.endswith(".png")]
    # Lambda: whole, split, two columns, a move, ladder. Control types: whole, split, incident. Each twice.
    assert len(pictures) == 2 * (6 + 3)
    assert (
        len(names) == len([*(tmp_path / "nl").glob("[!.]*")]) == 2 * len(pictures)
    )  # with its words beside it
    assert {
        "aws-lambda-matrix.png",
        "aws-lambda-matrix-dark.png",
        "aws-lambda-what-if-container-image-to-managed-runtime.png",
    } <= set(names)
    for name, light in (("aws-lambda-split.png", True), ("aws-lambda-split-dark.png", False)):
        with Image.open(tmp_path / "nl" / name) as image:
            assert (sum(image.convert("RGB").getpixel((5, 5))) > 600) == light


def test_blanks_steps_and_shapes_have_names_of_their_own(tmp_path):
    def drawn(words):
        folder = tmp_path / words.replace(" ", "").replace(":", "")
        call = f"figures --matrix aws-lambda --lang en --format svg {words} --out".split()
        assert command.main([*call, str(folder)]) == 0
        return sorted(path.name for path in folder.rglob("*.svg"))

    assert drawn("--figure split --blank") == ["aws-lambda-split-blank.svg"]
    assert drawn("--figure split --steps") == [f"aws-lambda-split-step-{n}.svg" for n in range(3)]
    assert drawn("--figure matrix ladder --size 1:1 4:3 --theme print") == [
        f"aws-lambda-{figure}-print-{shape}.svg"
        for figure in ("ladder", "matrix")
        for shape in ("1x1", "4x3")
    ]


def test_an_unknown_figure_is_guessed(tmp_path, capsys):
    assert command.main(["figures", "--figure", "lader", "--out", str(tmp_path)]) == 1
    assert "There is no figure 'lader'. Did you mean 'ladder'?" in capsys.readouterr().err
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", 'there is no figure "what-if". Its columns are kinds of task'),
        ("nl", 'er is geen figuur "what-if". De kolommen zijn soorten taken'),
    ],
)
def test_a_figure_that_a_matrix_does_not_have_is_told(lang, told, tmp_path, capsys):
    call = ["figures", "--matrix", "rosa", "--figure", "what-if", "--lang", lang, "--out", str(tmp_path)]
    assert command.main(call) == 1
    assert told in capsys.readouterr().err
    assert [*tmp_path.iterdir()] == []
    assert command.main([*call, "--figure", "what-if", "split", "--format", "svg"]) == 0
    assert told in capsys.readouterr().err
    assert [path.name for path in (tmp_path / lang).glob("*.svg")] == ["rosa-split.svg"]


def test_an_unknown_matrix_is_told_before_anything_is_drawn(tmp_path, capsys):
    code = command.main(["figures", "--matrix", "azure-2026", "azure-2027", "--out", str(tmp_path)])
    assert code == 1
    told = capsys.readouterr().err
    assert told.startswith(
        "There is no matrix 'azure-2027'. Did you mean 'azure-2026'? Choose from: azure-2026, "
    )
    assert "isaca-2022" in told
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("wrong", [["--lang", "de"], ["--format", "jpg"], ["--theme", "blue"], ["paint"], []])
def test_a_wrong_call_lists_what_is_right(wrong, capsys):
    with pytest.raises(SystemExit) as stop:
        command.main(["figures", *wrong] if wrong[:1] != ["paint"] and wrong else wrong)
    assert stop.value.code == 2
    told = capsys.readouterr().err
    assert "usage: python -m srm_data" in told
    assert "invalid choice" in told or "required" in told


@pytest.mark.parametrize("wrong", ["IBM", "IBM=", "=provider"])
def test_a_name_without_its_party_is_a_wrong_call(wrong, capsys):
    with pytest.raises(SystemExit) as stop:
        command.main(["figures", "--party", wrong])
    assert stop.value.code == 2
    assert f"'{wrong}' is not NAME=PARTY, such as IBM=provider" in capsys.readouterr().err


def test_a_table_named_like_a_matrix_goes_over_no_figure_of_that_matrix(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert command.main([*ONE, "out"]) == 0
    shipped = {path: path.read_bytes() for path in Path("out/en").glob("*.svg")}
    Path("stack.csv").write_text("area,IaaS\nDisk,customer\nRack,provider\nDoor,provider\n")
    own = "figures --matrix stack.csv --figure split --lang en --format svg --out out"
    assert command.main(own.split()) == 0
    assert {path: path.read_bytes() for path in shipped} == shipped
    assert {*Path("out/en").glob("*.svg")} - {*shipped} == {Path("out/en/own-stack-split.svg")}


def test_a_folder_with_the_name_of_a_matrix_is_not_meant(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stack").mkdir()
    assert command.main([*ONE, str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "en" / "stack-split.svg").is_file()


def test_a_file_in_place_of_the_folder_is_one_sentence(tmp_path, capsys):
    (tmp_path / "taken").write_text("mine")
    code = command.main(
        ["figures", "--matrix", "stack", "--lang", "en", "--format", "svg", "--out", str(tmp_path / "taken")]
    )
    assert code == 1
    (told,) = [line for line in capsys.readouterr().err.splitlines() if line.startswith("Cannot")]
    assert told == f"Cannot write in {tmp_path / 'taken'}: Not a directory."
    assert (tmp_path / "taken").read_text() == "mine"


def test_a_folder_one_may_not_write_in_is_one_sentence(tmp_path, capsys, monkeypatch):
    def refuse(**where):
        raise PermissionError(13, "Permission denied", f"{where['dir']}/.stack-matrix.svg.xk3")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)  # root may write anywhere
    assert (
        command.main(
            ["figures", "--matrix", "stack", "--lang", "en", "--format", "svg", "--out", str(tmp_path)]
        )
        == 1
    )
    told = capsys.readouterr().err.splitlines()
    assert told == [f"Cannot write in {tmp_path}: Permission denied."]


def test_a_full_disk_leaves_no_half_file(tmp_path, capsys, monkeypatch):
    def full(*words, **more):
        file = temporary(*words, **more)
        write = file.write

        def half(content):
            write(content[:100])
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(file, "write", half, raising=False)
        return file

    temporary = tempfile.NamedTemporaryFile
    monkeypatch.setattr("tempfile.NamedTemporaryFile", full)
    assert (
        command.main(
            ["figures", "--matrix", "stack", "--lang", "en", "--format", "svg", "--out", str(tmp_path)]
        )
        == 1
    )
    assert "No space left on device." in capsys.readouterr().err
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_module_runs_and_the_doctor_answers():
    for words in (["doctor", "--help"], ["figures", "--help"]):
        done = subprocess.run(
            [sys.executable, "-m", "srm_data", *words], capture_output=True, text=True, check=True, timeout=60
        )
        assert f"usage: python -m srm_data {words[0]}" in done.stdout
    assert done.stderr == ""


def test_the_doctor_is_reached_with_its_language(monkeypatch):
    asked = []
    monkeypatch.setattr("srm_data.setup.doctor.run", lambda lang: asked.append(lang) or 3)
    assert command.main(["doctor", "--lang", "nl"]) == 3
    assert asked == ["nl"]
