"""Fixtures that several modules share: a Jupyter that is nobody's, and a real browser."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from xdist.scheduler import LoadFileScheduling

from srm_data.core.language import use_language
from tests import browser, forked_kernels

# Set, each worker, kernel and server would compile all of the kit once more.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


@pytest.fixture(scope="session", autouse=True)
def nobodys_work(tmp_path_factory):
    """No test reads or writes the answers of whoever works in this checkout; kernels inherit it too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SRM_WORK", str(tmp_path_factory.mktemp("work")))
        yield


@pytest.fixture
def work(tmp_path, monkeypatch):
    """A learner's folder of the test's own, which is not there yet, and a memory that holds nothing."""
    from srm_data.core import language
    from srm_data.learning import progress_file

    folder = tmp_path / "my_work"
    monkeypatch.setenv("SRM_WORK", str(folder))
    monkeypatch.setattr(progress_file, "_unsaved", {})
    monkeypatch.setattr(language, "_current", "en")
    return folder


@pytest.fixture(scope="module")
def jupyter_home(tmp_path_factory):
    """Jupyter and IPython read and write nothing of the user's while a module is tested."""
    home = tmp_path_factory.mktemp("jupyter")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in browser.jupyter_folders(home).items():
            patch.setenv(name, value)
        yield home


@pytest.fixture(scope="module")
def chromium():
    """The system's Chromium; closed with the module, since it keeps an event loop busy."""
    found = browser.find_chromium()
    if not found:
        assert not os.environ.get("CI"), "no Chromium: install it, CI may not skip these tests"
        pytest.skip("no Chromium or Chrome on this machine: install one to run the browser tests")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=browser.PATIENCE)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=browser.CHROMIUM)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def kernel_parent():
    """The process that quick kernels are copies of."""
    with forked_kernels.Parent() as parent:
        yield parent


@pytest.fixture(scope="module")
def quick_kernels(kernel_parent):
    """Every kernel of a module begins with the heavy imports done: `tests.forked_kernels`."""
    with kernel_parent.quick():
        yield


@pytest.fixture
def quick_run(kernel_parent):
    """The same for one test, which runs a lesson for something else than the run itself."""
    with kernel_parent.quick():
        yield


@pytest.fixture(scope="session")
def lesson_runs(tmp_path_factory, kernel_parent):
    """Every notebook executed, once for all workers; called as `run_lessons` is."""
    from tests.lessons import Runs

    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "lesson_runs"
    return Runs(folder, kernel_parent.quick)


@pytest.fixture(scope="session")
def decks(lesson_runs):
    """Every lesson as slides, by its path such as "nl/03_what_if.ipynb"."""
    from srm_data.publishing.slides import deck
    from tests.lessons import NOTEBOOKS, NUMBERED

    runs = lesson_runs(NOTEBOOKS / path for path in NUMBERED)
    return {
        path: deck.build(path[3:], path[:2], run=run) for path, (_, run) in zip(NUMBERED, runs, strict=True)
    }


@pytest.fixture(scope="module")
def to_pdf(tmp_path_factory):
    """LibreOffice: call it with files of one folder and get them as PDFs, all in one start."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not (office and shutil.which("pdftotext")):
        assert not os.environ.get("CI"), (
            "no LibreOffice or poppler: install them, CI may not skip these tests"
        )
        pytest.skip(
            "no LibreOffice Impress with poppler-utils on this machine: install them to see the slides"
        )
    home = tmp_path_factory.mktemp("office")

    def convert(files, out):
        profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
        call = [office, "--headless", "--norestore", profile, "--convert-to", "pdf", "--outdir", str(out)]
        done = subprocess.run([*call, *map(str, files)], capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        made = [out / f"{file.stem}.pdf" for file in files]
        assert all(pdf.exists() for pdf in made), done.stdout + done.stderr
        return made

    return convert


@pytest.fixture(scope="module")
def lab_folder(tmp_path_factory):
    """A copy of the notebooks, so that nothing a page saves lands in the checkout."""
    folder = tmp_path_factory.mktemp("lab") / "notebooks"
    shutil.copytree(browser.ROOT / "notebooks", folder, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return folder


@pytest.fixture(scope="module")
def lab(lab_folder, chromium):
    """JupyterLab over that copy."""
    with browser.running_lab(lab_folder) as address:
        yield address


#: What JupyterLab complains of when a test ends a kernel that has not yet answered all it asked; and
#: Notebook 7 when a setting changes before it has read the schema of the extension, while it starts.
_THEIRS = ("Canceled future for ", "undefined (reading 'schema')")


def _is_fault(error):
    return not any(theirs in str(error) for theirs in _THEIRS)


def new_page(chromium):
    """A page that keeps every address it asked for (`asked`) and every error (`faults`)."""
    context = chromium.new_context(viewport={"width": 1366, "height": 900})
    page = context.new_page()
    page.set_default_timeout(browser.PATIENCE)
    page.asked, page.faults = [], []
    context.on("request", lambda request: page.asked.append(request.url))
    page.on("websocket", lambda socket: page.asked.append(socket.url))
    page.on("console", lambda told: page.faults.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)) if _is_fault(error) else None)
    return page


@pytest.fixture
def page(chromium):
    """A page of its own, see `new_page`."""
    page = new_page(chromium)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def one_page(chromium):
    """The page in which a module keeps JupyterLab open."""
    page = new_page(chromium)
    yield page
    page.context.close()


@pytest.fixture
def lab_page(one_page):
    """JupyterLab as the test before left it, see `browser.open_notebook`; what it kept is forgotten."""
    one_page.asked.clear()
    one_page.faults.clear()
    return one_page


@pytest.fixture(autouse=True)
def english():
    """Each test begins in English, whatever the one before it spoke."""
    use_language("en")


#: Files that take half a minute or more, the longest first. Those without a browser are marked `slow`.
LONG = (
    "test_lessons_browser",
    "test_site",
    "test_reveal",
    "test_exercises_browser",
    "test_kit",
    "test_notebook7_browser",
    "test_views_browser",
    "test_bet_browser",
    "test_widths",
    "test_scorm",
    "test_lessons_twins",
    "test_lessons_kernel",
    "test_class",
    "test_worksheets",
    "test_handouts",
    "test_draw",
)

#: Files that share the fixture `decks`, which takes a quarter of a minute to make.
OF_DECKS = ("test_reveal", "test_powerpoint", "test_deck")


@pytest.hookimpl(tryfirst=True)  # before pytest picks out what `-m` asks for
def pytest_collection_modifyitems(items):
    """Begin with the long files: what is short fills the gaps at the end. Mark what needs much."""
    order = {name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: order.get(item.path.stem, len(LONG)))
    for item in items:
        needs = set(getattr(item, "fixturenames", ()))
        if "chromium" in needs:
            item.add_marker("browser")
        if item.path.stem in LONG or needs & {"decks", "to_pdf"}:
            item.add_marker("slow")


class _Schedule(LoadFileScheduling):
    """A file goes to one worker whole, and so do the files that share the decks."""

    def _split_scope(self, nodeid):
        file = super()._split_scope(nodeid)
        return "decks" if Path(file).stem in OF_DECKS else file


def pytest_xdist_make_scheduler(config, log):
    """Used where tests are divided over workers."""
    return _Schedule(config, log)
