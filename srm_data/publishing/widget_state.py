"""The widgets of an executed lesson: their models by name, and as JSON that a page takes in."""

from __future__ import annotations

import json
import re
from typing import Any

from markupsafe import Markup

from srm_data.publishing.run_lesson import WIDGET_STATE, WIDGET_VIEW

_CHILD = re.compile(r"IPY_MODEL_(\d+)")
_LINKS = ("LinkModel", "DirectionalLinkModel")


def models_of(lesson: Any) -> dict[str, Any]:
    """The models of a lesson by name; empty when it has no widgets."""
    models: dict[str, Any] = lesson.metadata.get("widgets", {}).get(WIDGET_STATE, {}).get("state", {})
    return models


def views_of(cell: Any) -> list[str]:
    """The models that the outputs of a cell show."""
    views = (output.get("data", {}).get(WIDGET_VIEW) for output in cell.get("outputs", []))
    return [view["model_id"] for view in views if view]


def inside(models: dict[str, Any], view: str) -> list[str]:
    """A widget and all the widgets that it holds."""
    children = _CHILD.findall(json.dumps(models[view]["state"].get("children", [])))
    return [view, *(name for child in children for name in inside(models, child))]


def linked(models: dict[str, Any], link: str) -> set[str]:
    """The two models that a link ties together; none for a model that is no link."""
    if models[link]["model_name"] not in _LINKS:
        return set()
    state = models[link]["state"]
    return set(_CHILD.findall(json.dumps([state["source"], state["target"]])))


def state_script(models: dict[str, Any]) -> Markup:
    """Models as JSON to put in a ``<script>``."""
    kept = {
        name: {**model, "state": {k: v for k, v in model["state"].items() if v is not None or k == "index"}}
        for name, model in models.items()
    }
    whole = {"version_major": 2, "version_minor": 0, "state": kept}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("</", "\\u003c/").replace("<!--", "\\u003c!--"))  # noqa: S704 - escaped here
