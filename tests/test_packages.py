"""What the package imports, what pyproject.toml declares, and what a wheel of it holds and does."""

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from itertools import pairwise
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from srm_data.core.extras import EXTRA_OF

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
RUN_ONLY = {"ipykernel"}  # the kernel of the lessons: started, never imported

#: What somebody lacks who has pandas alone; that brings numpy.
MORE = EXTRA_OF.keys() - {"numpy"}


def name_of(requirement):
    """The name of a distribution as the index knows it."""
    return re.match(r"[\w.-]+", requirement)[0].lower().replace("_", "-")


EXTRAS = PROJECT["optional-dependencies"]

#: The distributions that each extra names itself; "" is what comes without one.
DECLARED = {
    extra: {name_of(line) for line in lines} - {"srm-data"}
    for extra, lines in {"": PROJECT["dependencies"], **EXTRAS}.items()
}


def imports(folder=""):
    """Every package that a module imports, at its head or within a function."""
    found = set()
    for file in (ROOT / "srm_data" / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.add(node.module.partition(".")[0])
    return found - {*sys.stdlib_module_names, "srm_data"}


def test_every_import_is_declared_once_and_nothing_else():
    names = [name for names in DECLARED.values() for name in names]
    assert len(names) == len(set(names))
    known = packages_distributions()
    imported = {name_of(distribution) for package in imports() for distribution in known[package]}
    assert imported == {*names} - RUN_ONLY


def test_the_message_about_a_missing_package_names_the_extra_that_declares_it():
    known = packages_distributions()
    assert {*EXTRA_OF} == imports() - {"pandas"}
    assert [
        package for package, extra in EXTRA_OF.items() if name_of(known[package][0]) not in DECLARED[extra]
    ] == []


def test_the_package_by_itself_needs_pandas_alone():
    assert DECLARED[""] == {"pandas"}
    for room in ("files", "core", "readers"):
        assert imports(room) <= {"pandas"}, room
    assert imports("views/figures") <= {"matplotlib", "numpy", "PIL", "pypdf", "pandas"}


def test_each_extra_holds_the_ones_before_it():
    held = {extra: re.findall(r"srm_data\[([\w,]+)\]", " ".join(lines)) for extra, lines in EXTRAS.items()}
    assert held == {
        "figures": [],
        "workloads": [],
        "lab": ["figures,workloads"],
        "publish": ["lab"],
        "all": ["publish"],
    }


def test_each_dependency_has_its_reason():
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    declared = text[text.index("\ndependencies = [") : text.index("[tool.")]
    lines = declared.splitlines()
    for before, line in pairwise(lines):
        if re.match(r'  "(?!srm_data)', line):
            assert "#" in line or before.lstrip().startswith("#"), line


# The wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    return Path(next(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])))


@pytest.fixture(scope="module")
def unpacked(wheel, tmp_path_factory):
    """The folder into which a wheel is installed, which for one without scripts is only unpacked."""
    folder = tmp_path_factory.mktemp("site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(unpacked, where, *words, without=()):
    """Run Python elsewhere with the installed package, as if some packages were not there."""
    head = (
        f"import sys; sys.modules.update(dict.fromkeys({list(without)!r})); "
        f"import srm_data; assert srm_data.__file__.startswith({str(unpacked)!r}), srm_data.__file__"
    )
    env = os.environ | {"PYTHONPATH": str(unpacked), "PYTHONIOENCODING": "utf-8"}
    if words[0] == "-c":
        code = words[1]
    else:
        code = f"import runpy; sys.argv[1:] = {list(words)!r}; runpy.run_module('srm_data', None, '__main__')"
    call = [sys.executable, "-P", "-c", f"{head}\n{code}"]
    return subprocess.run(call, cwd=where, env=env, capture_output=True, text=True, encoding="utf-8")


def test_the_wheel_holds_what_git_holds_and_no_drawn_figure(wheel):
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "srm_data", "notebooks"]
    done = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True)
    ours = {name for name in done.stdout.splitlines() if (ROOT / name).exists()}
    ours -= {"notebooks/SHA256SUMS", "notebooks/.made_by_srm_data.txt"}
    wanted = {name if name.startswith("srm_data/") else f"srm_data/{name}" for name in ours}
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
        licences = {name.partition("/licenses/")[2] for name in archive.namelist() if "/licenses/" in name}
    assert held == wanted
    assert licences >= {"LICENSE", "DATA-LICENCES.md"}
    folders = {name.removeprefix("srm_data/").rpartition("/")[0] for name in held}
    facts = {"data", "data/questions", "locale", "templates", "templates/site", "vendor"}
    facts |= {"fonts", "figure_fonts"}
    assert folders >= facts | {"notebooks", "notebooks/en", "notebooks/nl", "notebooks/teacher/nl"}
    assert wheel.stat().st_size < 4_000_000


def test_an_installed_package_finds_its_own(unpacked, tmp_path):
    code = (
        "from srm_data.files import paths\n"
        "assert not paths.in_checkout() and not paths.FIGURES.exists()\n"
        "assert (paths.NOTEBOOKS / 'start.ipynb').is_file() and (paths.LICENCES / 'LICENSE').is_file()\n"
        "assert paths.work_folder() == paths.Path.cwd() / 'my_work' or 'SRM_WORK' in paths.os.environ"
    )
    done = run(unpacked, tmp_path, "-c", code)
    assert done.stderr == ""


def test_with_pandas_alone_the_core_and_the_readers_work(unpacked, tmp_path):
    (tmp_path / "mine.csv").write_text("area,IaaS,PaaS\nDisk,customer,provider\nDoor,provider,provider\n")
    code = (
        "import srm_data as srm\n"
        "assert srm.load_matrix('azure-2026').shape == (10, 4)\n"
        "assert srm.read_matrix('mine.csv').shape == (2, 2)\n"
        "assert len(srm.compare(srm.read_matrix('mine.csv'), 'IaaS', 'PaaS')) == 2\n"
        "assert srm.words.model('azure-2026', 'PaaS')\n"
        "open('mine.csv', 'w').write('area,IaaS\\n=Door,\\n')\n"
        "try: srm.read_matrix('mine.csv')\n"
        "except srm.MatrixFileError as error: assert len(error.faults) == 2, error\n"
        "srm.use_language('nl')\n"
        "picture = srm.figures.matrix('azure-2026')\n"
        "picture.write('mine.svg')\n"
        "def png(): picture.write('mine.png')\n"
        "def pdf(): picture.write('mine.pdf')\n"
        "parts = [lambda name=name: getattr(srm, name) for name in ('explore', 'tables', 'hand_in')]\n"
        "for part in (png, pdf, *parts):\n"
        "    try: part()\n"
        "    except ImportError as error: print(error)"
    )
    done = run(unpacked, tmp_path, "-c", code, without=MORE)
    assert done.stderr == ""
    extras = [re.search(r'pip install "srm_data\[(\w+)\]"', line)[1] for line in done.stdout.splitlines()]
    assert extras == ["figures", "figures", "lab", "lab", "lab"]
    assert (tmp_path / "mine.svg").stat().st_size > 10_000
    assert [file.name for file in tmp_path.glob("mine.p*")] == []


def test_its_lessons_can_be_copied_with_pandas_alone(unpacked, tmp_path):
    done = run(unpacked, tmp_path, "lessons", "mine", "--lang", "nl", without=MORE)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "mine" / "nl" / "03_what_if.ipynb").is_file()


def test_a_command_without_its_packages_is_one_sentence(unpacked, tmp_path):
    done = run(unpacked, tmp_path, "questions", "--lang", "nl", without=EXTRA_OF)
    assert done.returncode == 1
    said = 'jinja2 is niet geïnstalleerd: typ pip install "srm_data[lab]" en probeer het opnieuw.\n'
    assert done.stderr == said


def test_with_all_packages_it_draws_shows_and_makes_slides(unpacked, tmp_path):
    code = (
        "import srm_data as srm\n"
        "srm.figures.matrix('azure-2026').write('matrix.svg')\n"
        "srm.explore('azure-2026')"
    )
    assert run(unpacked, tmp_path, "-c", code).stderr == ""
    done = run(unpacked, tmp_path, *["slides", "--lesson", "03", "--lang", "nl", "--out", "slides"])
    assert done.returncode == 0, done.stderr
    made = {path.name for path in (tmp_path / "slides" / "nl").iterdir()}
    assert made >= {"03_what_if.html", "03_what_if.pptx"}


def test_its_site_draws_the_figures_that_a_checkout_has_already(unpacked, tmp_path):
    code = (
        "from pathlib import Path\n"
        "from srm_data.files.paths import NOTEBOOKS\n"
        "from srm_data.publishing.site import build as site\n"
        "every = site.default_set\n"
        "site.default_set = lambda lang: list(every(lang))[:2]\n"
        "steps = []\n"
        "site.build_site(Path('site'), ['nl'], pdf=False, pages=[NOTEBOOKS / 'glossary_nl.ipynb'],\n"
        "                tell=lambda step, steps_: steps.append(step))\n"
        "print(steps[-1])"
    )
    done = run(unpacked, tmp_path, "-c", code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "de figuren"
    drawn = {path.name for path in (tmp_path / "site" / "figures" / "nl").iterdir()}
    assert {Path(name).suffix for name in drawn} == {".svg", ".png", ".pdf", ".txt"}
    assert len([name for name in drawn if name.endswith(".svg")]) == 2
    assert (tmp_path / "site" / "data" / "LICENCES.md").is_file()
    page = (tmp_path / "site" / "nl" / "figures.html").read_text("utf-8")
    assert all(f"../figures/nl/{name}" in page for name in drawn)
