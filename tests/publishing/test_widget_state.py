"""The widgets of an executed lesson, taken in by a page."""

import json

from srm_data.publishing.widget_state import inside, state_script


def model(kind, **state):
    return {"model_name": kind, "state": state}


MODELS = {
    "0001": model("HTMLModel", value="</script><!-- one"),
    "0002": model("RadioButtonsModel", layout="IPY_MODEL_0003", index=None, tooltip=None),
    "0003": model("LayoutModel"),
    "0004": model("LinkModel", source=["IPY_MODEL_0002", "index"], target=["IPY_MODEL_0001", "value"]),
    "0005": model("VBoxModel", children=["IPY_MODEL_0001", "IPY_MODEL_0002"]),
    "0006": model("HTMLModel", value="of another cell"),
    "0007": model("LinkModel", source=["IPY_MODEL_0002", "index"], target=["IPY_MODEL_0006", "value"]),
}


def test_a_view_holds_what_is_in_it():
    assert inside(MODELS, "0005") == ["0005", "0001", "0002"]


def test_text_ends_no_script():
    script = state_script(MODELS)
    assert "</" not in script
    assert "<!--" not in script
    state = json.loads(script)["state"]
    assert state["0001"]["state"]["value"] == "</script><!-- one"
    assert state["0002"]["state"] == {"layout": "IPY_MODEL_0003", "index": None}
