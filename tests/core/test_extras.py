"""A package that is not installed is one sentence in the reader's language, with what brings it."""

import importlib
import sys

import pytest

import srm_data as srm
from srm_data import __main__ as command
from srm_data.core import extras
from srm_data.core.extras import MissingExtraError, needing
from srm_data.files.paths import CHECKOUT


@pytest.fixture
def installed(monkeypatch):
    """The package as if it came from a wheel."""
    monkeypatch.setattr(extras, "in_checkout", lambda: False)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", 'pptx is not installed: type pip install "srm_data[publish]", then try again.'),
        ("nl", 'pptx is niet geïnstalleerd: typ pip install "srm_data[publish]" en probeer het opnieuw.'),
    ],
)
def test_the_message_names_the_extra_in_the_language_in_use(lang, said, installed, monkeypatch):
    monkeypatch.setitem(sys.modules, "pptx", None)
    srm.use_language(lang)
    with pytest.raises(MissingExtraError) as told, needing():
        importlib.import_module("pptx")
    assert str(told.value) == said
    assert isinstance(told.value, ImportError)


def test_one_extra_for_all_that_a_command_needs(installed, monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm", None)
    with pytest.raises(MissingExtraError, match=r"srm_data\[publish\]"), needing("publish"):
        importlib.import_module("tqdm")


def test_in_a_checkout_pip_gets_the_folder_and_no_name_to_look_up(monkeypatch):
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(MissingExtraError) as told, needing():
        importlib.import_module("yaml")
    assert f'"{CHECKOUT}[workloads]"' in str(told.value)


@pytest.mark.parametrize("name", ["srm_data.no_such_room", "nothing_of_this_name"])
def test_what_no_extra_brings_is_told_as_it_is(name):
    with pytest.raises(ModuleNotFoundError) as told, needing("publish"):
        importlib.import_module(name)
    assert not isinstance(told.value, MissingExtraError)


def test_a_public_name_says_it(installed, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setattr(srm, "_import_module", lambda home: importlib.import_module("matplotlib"))
    with pytest.raises(MissingExtraError, match=r"srm_data\[figures\]"):
        srm.__getattr__("figures")


def test_a_workload_in_yaml_says_it_and_one_in_csv_needs_nothing(installed, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "yaml", None)
    workload = srm.load_scenario("web-shop")
    file = tmp_path / "shop.yaml"
    file.write_text("components:\n- name: a\n  kind: app\n  service: b\n  model: PaaS\n")
    for try_it in (lambda: srm.read_workload(file), lambda: srm.write_workload(workload, file)):
        with pytest.raises(MissingExtraError, match=r"srm_data\[workloads\]"):
            try_it()
    assert srm.read_workload(srm.write_workload(workload, tmp_path / "shop.csv")).components


@pytest.mark.parametrize(
    ("words", "extra"),
    [("figures --matrix stack", "figures"), ("slides --lesson 03", "publish"), ("site", "publish")],
)
def test_a_command_says_it_in_its_first_language(words, extra, installed, monkeypatch, capsys, tmp_path):
    monkeypatch.setitem(sys.modules, "tqdm", None)
    assert command.main([*words.split(), "--lang", "nl", "en", "--out", str(tmp_path / "out")]) == 1
    said = f'tqdm is niet geïnstalleerd: typ pip install "srm_data[{extra}]" en probeer het opnieuw.\n'
    assert capsys.readouterr().err == said
    assert [*tmp_path.iterdir()] == []
