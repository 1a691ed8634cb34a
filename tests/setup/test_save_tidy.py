"""What JupyterLab saves: the widgets that are shown, and nothing that changes by itself."""

import copy
import json
import sys
from pathlib import Path

import ipywidgets as w
import jupyter_core.paths
import pytest
from IPython.core.application import ENV_CONFIG_DIRS
from ipywidgets.embed import dependency_state
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from jupyterlab.commands import get_app_dir

import srm_data as srm
from srm_data.publishing.run_lesson import WIDGET_VIEW
from srm_data.setup import save_tidy
from srm_data.setup.register_kit import SETTINGS
from srm_data.setup.save_tidy import WIDGET_STATE
from tests.lessons import read


def state(*views):
    """What the browser would save of these widgets and of what they need, links too."""
    return json.loads(json.dumps(dependency_state(views, drop_defaults=True)))


def model(*shown, models=None):
    """A lesson as JupyterLab sends it, with some widgets shown and the state of all that it has seen."""
    content = copy.deepcopy(read("nl/01_who_answers.ipynb"))
    content.metadata["language_info"]["version"] = "3.14.1"
    code = [cell for cell in content.cells if cell.cell_type == "code"]
    for cell, view in zip(code, shown, strict=False):
        cell["outputs"] = [
            {"output_type": "execute_result", "data": {WIDGET_VIEW: {"model_id": view.model_id}}}
        ]
    if models is not None:
        saved = {"version_major": 2, "version_minor": 0, "state": models}
        content.metadata["widgets"] = {WIDGET_STATE: saved}
    return {"type": "notebook", "content": content}


def tidied(saved):
    save_tidy.tidy(model=saved, path="nl/x.ipynb", contents_manager=None)
    return saved["content"]


@pytest.mark.usefixtures("work")
def test_what_is_shown_is_kept_whole_and_what_earlier_runs_left_is_not():
    shown, gone = (srm.bet("vm-os-update", lang="nl") for _ in range(2))
    assert len(state(shown, gone)) > len(state(shown))
    kept = tidied(model(shown, models=state(shown, gone)))
    assert kept.metadata["widgets"][WIDGET_STATE]["state"] == state(shown)
    tags = [one["state"].get("tag", "") for one in state(shown).values() if one["model_name"] == "AnyModel"]
    assert sorted(tags) == ["", "srm-bet"], "the component, and the code that it needs"


def test_a_link_to_what_is_not_shown_is_of_no_use():
    here, there = w.RadioButtons(options=["a"]), w.RadioButtons(options=["a"])
    w.jslink((here, "index"), (there, "index"))
    kept = tidied(model(here, models=state(here, there)))
    names = {one["model_name"] for one in kept.metadata["widgets"][WIDGET_STATE]["state"].values()}
    assert "RadioButtonsModel" in names
    assert "LinkModel" not in names


def test_a_cleared_lesson_is_as_it_was_committed():
    """JupyterLab still knows all the widgets of the run before."""
    lesson = read("nl/01_who_answers.ipynb")
    assert tidied(model(models=state(srm.explore("azure-2026")))) == lesson
    assert tidied(model(models={})) == lesson
    assert tidied(model()) == lesson


def test_what_is_not_a_notebook_of_today_is_left_alone():
    for saved in (
        {"type": "file", "content": "metadata"},
        {"type": "directory", "content": None},
        {"type": "notebook", "content": {"nbformat": 3, "worksheets": []}},
    ):
        before = copy.deepcopy(saved)
        save_tidy.tidy(model=saved)
        assert saved == before


def test_other_peoples_widgets_and_facts_stay():
    saved = model()
    saved["content"].metadata |= {"widgets": {"other": 1}, "title": "x", "language_info": {"name": "R"}}
    kept = tidied(saved).metadata
    assert (kept["widgets"], kept["title"], kept["language_info"]) == ({"other": 1}, "x", {"name": "R"})


def test_settings_lie_where_jupyter_and_ipython_look():
    """`SETTINGS` are files below the environment; what reads them says itself where."""
    folders = {Path(sys.prefix, name).parent for name in SETTINGS}
    env = Path(jupyter_core.paths.ENV_CONFIG_PATH[0])
    assert folders == {env, Path(get_app_dir(), "settings"), Path(ENV_CONFIG_DIRS[0])}


def test_the_server_takes_the_hook_by_its_name():
    lab = next(settings for name, settings in SETTINGS.items() if name.endswith("jupyter_lab_config.json"))
    manager = AsyncLargeFileManager(pre_save_hook=lab["ContentsManager"]["pre_save_hook"])
    assert manager.pre_save_hook is save_tidy.tidy
