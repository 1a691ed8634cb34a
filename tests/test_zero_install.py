"""Binder, JupyterLite and Voila, as far as a machine without a network can tell."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time

import pytest

from tests.browser import ROOT, jupyter_folders
from tests.lessons import NOTEBOOKS

#: Voila's own page asks for its icons there; a lesson has none, and does without.
ICONS = "https://cdn.jsdelivr.net/npm/@fortawesome/"


def test_binder_would_build_what_the_lessons_need(tmp_path):
    for name in ("requirements.txt", "runtime.txt", "postBuild"):
        shutil.copy(ROOT / name, tmp_path)
    call = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", str(tmp_path)]
    told = subprocess.run(call, capture_output=True, text=True, check=True, timeout=120)
    recipe = told.stdout + told.stderr
    assert "Building conda environment for python=3.12" in recipe
    assert 'pip install --no-cache-dir -r "requirements.txt"' in recipe
    assert "RUN ./postBuild" in recipe
    assert "pip install --no-deps ." in (ROOT / "postBuild").read_text("utf-8")


def test_jupyterlite_builds_with_the_lessons_in_it(tmp_path):
    out = tmp_path / "lite"
    call = [
        sys.executable,
        "-m",
        "jupyterlite_core.app",
        "build",
        "--contents",
        NOTEBOOKS,
        "--output-dir",
        out,
    ]
    env = os.environ | {"PATH": f"{os.path.dirname(sys.executable)}{os.pathsep}{os.environ['PATH']}"}  # noqa: PTH120
    subprocess.run(
        [*call, "--no-libarchive"], cwd=tmp_path, env=env, capture_output=True, check=True, timeout=300
    )
    listed = json.loads((out / "api" / "contents" / "nl" / "all.json").read_text("utf-8"))
    assert {one["name"] for one in listed["content"]} == {
        path.name for path in (NOTEBOOKS / "nl").glob("*.ipynb")
    }
    lesson = "03_what_if.ipynb"
    assert (out / "files" / "nl" / lesson).read_bytes() == (NOTEBOOKS / "nl" / lesson).read_bytes()
    assert list((out / "extensions" / "@jupyterlite").glob("pyodide-kernel-extension"))


@pytest.fixture(scope="module")
def voila(tmp_path_factory):
    """A lesson served by Voila; yields its address."""
    home = tmp_path_factory.mktemp("voila")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    call = [
        sys.executable,
        "-m",
        "voila",
        NOTEBOOKS / "nl" / "03_what_if.ipynb",
        "--no-browser",
        f"--port={port}",
    ]
    with (home / "log.txt").open("w") as log:
        server = subprocess.Popen(call, env=os.environ | jupyter_folders(home), stdout=log, stderr=log)
    try:
        for _ in range(300):
            if server.poll() is not None or "is running at" in (home / "log.txt").read_text("utf-8"):
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


@pytest.mark.browser
def test_voila_serves_a_lesson_that_moves(page, voila):
    page.route(lambda url: not url.startswith(voila), lambda route: route.abort())
    page.goto(voila, timeout=90_000)
    view = page.locator("srm-what-if").first
    view.wait_for(timeout=60_000)
    outside = {url for url in page.asked if url.startswith("http") and not url.startswith(voila)}
    assert [url for url in outside if not url.startswith(ICONS)] == []
    control = view.get_by_role("radiogroup").nth(1)
    before = view.locator("h3").inner_text()
    control.get_by_role("radio", name="SaaS", exact=True).click()
    assert view.locator("h3").inner_text() != before
    assert control.is_visible()
