"""Lint, format, types and the examples in docstrings, so that nobody has to remember them."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOOLS = {
    "lint": ["ruff", "check", "--no-cache", "--output-format=concise", "."],
    "format": ["ruff", "format", "--no-cache", "--check", "."],
    "types": ["mypy", "--no-error-summary"],
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


def lint_imports(folder):
    """What import-linter says of the rooms of the package in a folder; pyproject.toml lists them."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_each_room_imports_only_from_those_below_it():
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("module", "wrong", "told"),
    [
        ("core/matrix.py", "import srm_data.views.palette\n", "srm_data.core is not allowed to import"),
        ("workloads/workload.py", "import srm_data.learning.bets\n", "srm_data.workloads is not allowed"),
        ("core/vocabulary.py", "import srm_data.core.language\n", "No cycles are allowed in srm_data.core"),
    ],
)
def test_a_wrong_import_would_have_been_noticed(module, wrong, told, tmp_path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "srm_data", tmp_path / "srm_data", ignore=shutil.ignore_patterns("data", "vendor"))
    with (tmp_path / "srm_data" / module).open("a", encoding="utf-8") as file:
        file.write(wrong)
    done = lint_imports(tmp_path)
    assert done.returncode == 1
    assert told in done.stdout


def public_functions(body):
    """The functions and methods that other modules may call; what stands within a function is its own."""
    for node in body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from public_functions(node.body)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node


def undescribed(source):
    """Parameters of public functions of three and more that do not stand under Args, as "function: name"."""
    for node in public_functions(ast.parse(source).body):
        taken = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        names = [one.arg for one in taken if one.arg not in ("self", "cls")]
        _, _, after = (ast.get_docstring(node) or "").partition("Args:\n")
        told = after.partition("\n\n")[0].splitlines()
        if len(names) > 2:
            yield from (
                f"{node.name}: {name}"
                for name in names
                if not any(line.startswith(f"    {name}: ") for line in told)
            )


def test_a_public_function_of_many_parameters_says_what_each_is():
    files = [file for file in (ROOT / "srm_data").rglob("*.py") if "vendor" not in file.parts]
    assert files
    found = [
        f"{file.relative_to(ROOT)}: {each}"
        for file in sorted(files)
        for each in undescribed(file.read_text(encoding="utf-8"))
    ]
    assert not found, "not told of under Args:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        ("def f(a, b, c): pass", ["f: a", "f: b", "f: c"]),
        ("def f(a, *, b, c):\n    'F.\\n\\nArgs:\\n    a: x.\\n    c: y.'", ["f: b"]),
        ("def f(a, b, c):\n    'F.\\n\\nArgs:\\n    a: x.\\n    b: y.\\n\\nRaises:\\n    c: z.'", ["f: c"]),
        ("class A:\n    def f(self, a, b, c): pass", ["f: a", "f: b", "f: c"]),
        ("class A:\n    def f(self, a, b): pass", []),
        ("class _A:\n    def f(self, a, b, c): pass", []),
        ("def _f(a, b, c): pass", []),
        ("def f():\n    def g(a, b, c): pass", []),
    ],
)
def test_a_parameter_that_is_not_told_of_would_have_been_noticed(source, missing):
    assert list(undescribed(source)) == missing
