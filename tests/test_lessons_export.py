"""A lesson exported to HTML and opened from a file: no kernel, no network, and the controls still work."""

import shutil
import subprocess
import sys

import pytest

from srm_data.vocabulary import LANGUAGES
from tests.browser import operate
from tests.lessons import LESSONS, NOTEBOOKS, VENDOR, widget_cells

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("jupyter_home")]

SCRIPTS = {"embed-amd.js", "require.js"}

#: As a teacher would type it: run the lessons, keep the state of their widgets, fetch nothing.
EXPORT = [
    *(sys.executable, "-m", "nbconvert", "--execute", "--to", "html"),
    "--HTMLExporter.widget_renderer_url=embed-amd.js",
    "--HTMLExporter.require_js_url=require.js",
    "--HTMLExporter.mathjax_url=",
]


@pytest.fixture(scope="module")
def pages(tmp_path_factory, jupyter_home):
    """A folder of exported lessons for each language, with the two scripts beside them."""
    folder = tmp_path_factory.mktemp("exported")
    for lang in LANGUAGES:
        lessons = [NOTEBOOKS / path for path in LESSONS if path.startswith(f"{lang}/")]
        made = folder / lang
        subprocess.run([*EXPORT, "--output-dir", made, *lessons], check=True, stderr=subprocess.PIPE)
        for script in SCRIPTS:
            shutil.copy(VENDOR / script, made)
    return folder


@pytest.mark.parametrize("path", LESSONS)
def test_an_exported_lesson_needs_no_kernel(page, pages, path):
    file = (pages / path).with_suffix(".html")
    page.goto(file.as_uri())
    for cell in widget_cells(path):
        page.locator(".jp-CodeCell").nth(cell.index).locator(".widget-radio:visible").first.wait_for()
        operate(page, cell, arrive=lambda: None)

    assert page.faults == []
    asked = [url for url in page.asked if not url.startswith(("data:", "blob:"))]
    assert all(url.startswith("file:") for url in asked)
    assert {url.rpartition("/")[2] for url in asked} == {file.name, *SCRIPTS}
