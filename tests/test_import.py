"""What is loaded when: a lesson that shows no figure must not pay for matplotlib."""

import json
import subprocess
import sys

import pytest

HEAVY = ("pandas", "numpy", "matplotlib", "ipywidgets", "IPython", "jinja2", "jsonschema", "json", "tomllib")


def loaded_by(code):
    """Which of the heavy modules a fresh Python holds after this code."""
    script = f"import sys\n{code}\nprint([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout.splitlines()[-1].replace("'", '"')))


def test_importing_loads_nothing():
    assert loaded_by("import srm_data") == set()
    assert loaded_by("import srm_data; dir(srm_data); srm_data.__version__") == set()


@pytest.mark.parametrize(
    ("code", "without"),
    [
        (
            "srm_data.load_matrix('azure-2026')",
            {"matplotlib", "ipywidgets", "IPython", "jinja2", "jsonschema"},
        ),
        (
            "srm_data.compare('azure-2026', 'IaaS', 'PaaS')",
            {"matplotlib", "ipywidgets", "jinja2", "jsonschema"},
        ),
        ("srm_data.words.model('azure-2026', 'PaaS')", {"matplotlib", "ipywidgets", "jinja2", "jsonschema"}),
        ("srm_data.tables.matrix('azure-2026')", {"matplotlib", "ipywidgets", "jsonschema"}),
        ("srm_data.explore('azure-2026')", {"matplotlib", "jsonschema"}),
        ("srm_data.what_if('azure-2026')", {"matplotlib", "jsonschema"}),
        ("srm_data.figures.matrix('azure-2026')", {"ipywidgets", "jinja2", "jsonschema"}),
    ],
)
def test_each_step_loads_what_it_needs(code, without):
    loaded = loaded_by(f"import srm_data\n{code}")
    assert loaded & without == set()
    assert "pandas" in loaded


def test_all_public_names_exist():
    import srm_data

    assert srm_data.__all__ == sorted(srm_data.__all__)
    assert [name for name in srm_data.__all__ if getattr(srm_data, name, None) is None] == []
    assert set(srm_data.__all__) <= set(dir(srm_data))
    # The function, not the module that happens to be called nearly the same.
    assert callable(srm_data.compare)


def test_a_mistyped_public_name_is_an_attribute_error():
    import srm_data

    with pytest.raises(AttributeError, match="no attribute 'load_matrics'"):
        _ = srm_data.load_matrics
