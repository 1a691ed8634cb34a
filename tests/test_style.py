"""Lint, format, types and the examples in docstrings, so that nobody has to remember them."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOOLS = {
    "lint": ["ruff", "check", "--no-cache", "--output-format=concise", "."],
    "format": ["ruff", "format", "--no-cache", "--check", "."],
    "types": ["mypy", "--no-error-summary"],
    "rooms": ["importlinter.cli", "lint", "--no-cache"],
    "examples": ["pytest", "--doctest-modules", "srm_data", "-q", "-n0", "-p", "no:cacheprovider"],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_the_code_passes(tool):
    done = subprocess.run(
        [sys.executable, "-m", *TOOLS[tool]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


@pytest.mark.parametrize(
    ("tool", "wrong"),
    [("lint", "import os\n"), ("format", "x = { 'a':1 }\n"), ("types", "def f(x):\n    return x\n")],
)
def test_the_tool_would_have_noticed(tool, wrong, tmp_path):
    (tmp_path / "pyproject.toml").write_text(
        (ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    package = tmp_path / "srm_data"
    package.mkdir()
    (package / "__init__.py").write_text(wrong)
    done = subprocess.run(
        [sys.executable, "-m", *TOOLS[tool]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 1
    assert "__init__.py" in done.stdout + done.stderr
