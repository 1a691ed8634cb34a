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
        ("srm_data.load_questions('en')", {"matplotlib", "ipywidgets", "jinja2", "jsonschema"}),
    ],
)
def test_a_dataframe_needs_pandas_and_no_more(code, without):
    loaded = loaded_by(f"import srm_data\n{code}")
    assert loaded & without == set()
    assert "pandas" in loaded


@pytest.mark.parametrize(
    ("code", "without"),
    [
        ("words.model('azure-2026', 'PaaS')", {"matplotlib", "ipywidgets", "jinja2"}),
        ("words.topic('operating-system')", {"matplotlib", "ipywidgets", "jinja2"}),
        ("words.side_by_side('azure-classic', 'azure-2026')", {"matplotlib", "ipywidgets", "jinja2"}),
        ("words.incident('ovh-fire-2021')", {"matplotlib", "ipywidgets", "jinja2"}),
        ("tables.matrix('azure-2026')", {"numpy", "matplotlib", "ipywidgets"}),
        ("tables.what_if('azure-2026', 'IaaS', 'PaaS')", {"numpy", "matplotlib", "ipywidgets"}),
        ("tables.duties('azure-2026', 'customer')", {"numpy", "matplotlib", "ipywidgets"}),
        ("tables.topic('operating-system')", {"numpy", "matplotlib", "ipywidgets"}),
        ("explore('azure-2026')", {"numpy", "matplotlib"}),
        ("explore_topics()", {"numpy", "matplotlib"}),
        ("what_if()", {"numpy", "matplotlib"}),
        ("bet('vm-os-update')", {"numpy", "matplotlib"}),
        ("find_wrong_cell('azure-2026')", {"numpy", "matplotlib"}),
        ("place_services('Azure SQL')", {"numpy", "matplotlib"}),
        ("play_incidents()", {"numpy", "matplotlib"}),
        ("progress()", {"numpy", "matplotlib"}),
        ("load_scenario('web-shop', 'b')", {"numpy", "matplotlib", "ipywidgets", "jinja2"}),
        ("figures.matrix('azure-2026')", {"ipywidgets", "jinja2"}),
        ("figures.topic('operating-system')", {"ipywidgets", "jinja2"}),
    ],
)
def test_what_is_shown_needs_no_pandas(code, without):
    """It takes as long to import as all the rest of a first `explore` together."""
    assert loaded_by(f"import srm_data\nsrm_data.{code}") & {*without, "pandas", "jsonschema"} == set()


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
