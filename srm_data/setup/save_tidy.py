"""What JupyterLab saves of a notebook, tidied on its way to the disk (`register_kit` tells JupyterLab to).

The state of the widgets is saved with the notebook, so that its views show and work the next day, before
any cell is run. JupyterLab saves every widget that it has seen, also what earlier runs left behind, and the
version of Python. Both would change a file in which nobody changed anything.
"""

from __future__ import annotations

import json
import re
from typing import Any

from srm_data.publishing.run_lesson import WIDGET_VIEW

WIDGET_STATE = "application/vnd.jupyter.widget-state+json"

_NAME = re.compile(r"[0-9a-f]{32}")
_LINKS = ("LinkModel", "DirectionalLinkModel")


def tidy(model: dict[str, Any], **_: Any) -> None:
    """Keep of the widgets those that an output shows, and leave out the version of Python.

    JupyterLab calls this before it saves: a ``pre_save_hook`` of its contents manager.

    Args:
        model: the file that is saved; only a notebook is changed.
    """
    if model["type"] != "notebook" or model["content"].get("nbformat") != 4:
        return
    metadata = model["content"]["metadata"]
    metadata.get("language_info", {}).pop("version", None)
    widgets = metadata.get("widgets", {})
    if WIDGET_STATE in widgets:
        saved = widgets[WIDGET_STATE]
        saved["state"] = _shown(model["content"], saved["state"])
        if not saved["state"]:
            del widgets[WIDGET_STATE]
    if not widgets:
        metadata.pop("widgets", None)


def _shown(notebook: dict[str, Any], models: dict[str, Any]) -> dict[str, Any]:
    """The models that the outputs show, with all that they need and the links between them."""
    needs = {name: set(_NAME.findall(json.dumps(state))) & models.keys() for name, state in models.items()}
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    views = [output.get("data", {}).get(WIDGET_VIEW, {}).get("model_id") for output in outputs]
    kept: set[str] = set()
    found = models.keys() & set(views)
    while found:
        kept |= found
        found = set().union(*(needs[name] for name in found)) - kept
    links = {name for name, state in models.items() if state.get("model_name") in _LINKS}
    kept |= {link for link in links if needs[link] <= kept}
    return {name: state for name, state in models.items() if name in kept}
