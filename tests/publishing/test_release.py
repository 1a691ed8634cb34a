"""A release: one ZIP with the site and all files for teachers, from one run of each lesson."""

import re
import zipfile

import pytest

from srm_data import __main__ as command
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.publishing import release
from srm_data.publishing.questions.formats import FORMATS
from srm_data.publishing.teachers_files import size_words
from tests.lessons import NOTEBOOKS

PAGE = NOTEBOOKS / "nl" / "06_editions.ipynb"


@pytest.fixture(scope="module")
def made(tmp_path_factory, lesson_runs):
    """The release of one lesson, made twice; counts how often a lesson was run."""
    asked = []

    def run(paths):
        paths = list(paths)
        asked.extend(paths)
        return lesson_runs(paths)

    folders = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two")
    done = [release.write_release(folder, ["nl"], pages=[PAGE], run=run) for folder in folders]
    assert asked == [PAGE, PAGE]  # once for each release
    return done


def test_two_releases_have_the_same_bytes(made):
    one, two = (done.path.read_bytes() for done in made)
    assert one == two
    assert len(one) == made[0].size


def test_a_release_holds_all_there_is_to_give_away(made):
    with zipfile.ZipFile(made[0].path) as package:
        assert package.testzip() is None
        names = package.namelist()
        said = package.read(names[0]).decode()
        page = package.read(next(name for name in names if name.endswith("nl/teachers.html"))).decode()
    (top,) = {name.partition("/")[0] for name in names}
    inside = {name.removeprefix(f"{top}/") for name in names}
    assert said.startswith(texts("nl")["site"]["title"])
    assert all(name in inside for name in re.findall(r"\bsite/[\w/]+\.html|\bLICENSE\b", said))
    wanted = {"README.txt", "LICENSE", "DATA-LICENCES.md", "site/index.html", "site/nl/06_editions.html"}
    wanted |= {
        "site/nl/handouts/06_editions.pdf",
        "site/data/cells.csv",
        "site/figures/nl/azure-2026-matrix.svg",
    }
    wanted |= {f"site/teachers/slides/nl/06_editions.{kind}" for kind in ("html", "pptx")}
    wanted |= {f"site/teachers/worksheets/nl/06_editions-{kind}.pdf" for kind in ("worksheet", "answers")}
    wanted |= {f"site/teachers/questions/questions-nl{ending}" for ending, _ in FORMATS.values()}
    wanted |= {"site/teachers/cards/incident-cards-nl.pdf", "site/teachers/cards/anki-nl.txt"}
    assert wanted - inside == set()
    # What the page for teachers offers is there, all of it.
    offered = {f"site/{one.removeprefix('../')}" for one in re.findall(r'href="(\.\./teachers/[^"]*)"', page)}
    assert offered == {name for name in wanted if name.startswith("site/teachers/")}


def test_sizes_and_times_are_said_in_words(made):
    lines = made[0].lines("nl")
    words = texts("nl")["release"]
    assert lines[0].split() == [words["part"], words["files"], words["size"]]
    total = next(line for line in lines if line.startswith(words["zip"]))
    with zipfile.ZipFile(made[0].path) as package:
        assert str(len(package.namelist())) in total
    assert total.endswith(size_words(made[0].size, "nl"))
    assert [line for line in lines if line.startswith(words["make_teachers"])]
    assert release.time_words(75, "nl") == "1 min 15 s"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_command_tells_what_it_made(made, monkeypatch, capsys, tmp_path, lang):
    monkeypatch.setattr(release, "write_release", lambda out, langs, tell: made[0])
    assert command.main(["release", "--lang", lang, "--out", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert made[0].path.name in told
    assert texts(lang)["release"]["zip"] in told
