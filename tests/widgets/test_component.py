"""What all views in a notebook have in common: they say so where nobody hears what is done in them."""

import re

import ipywidgets as w
import pytest

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.views.html import tables

#: Each with whether Python hears what a learner does in it.
VIEWS = {
    "explore": (lambda: srm.explore("azure-2026"), False),
    "what_if": (lambda: srm.what_if("azure-2026"), False),
    "explore_topics": (lambda: srm.explore_topics(["azure-2026", "gcp"]), False),
    "on_by_default": (lambda: srm.on_by_default(), False),
    "who_patches": (lambda: srm.who_patches(), False),
    "lose_the_os": (lambda: srm.lose_the_os(), False),
    "browse": (lambda: srm.browse(srm.load_services()), False),
    "find_wrong_cell": (lambda: srm.find_wrong_cell("gcp"), False),
    "sort_duties": (lambda: srm.sort_duties("azure-classic", "customer"), False),
    "order_ladder": (lambda: srm.order_ladder("aws-rds"), False),
    "bet": (lambda: srm.bet("vm-os-update"), True),
    "play_incidents": (lambda: srm.play_incidents("omigod-2021"), True),
    "several incidents": (lambda: srm.play_incidents("omigod-2021", "log4shell-2021"), True),
    "both_sides": (lambda: srm.both_sides("ovh-fire-2021"), True),
    "both_parts": (lambda: srm.both_parts("azure-2026", "network-controls", "paas"), True),
    "hand_in": (lambda: srm.hand_in(), True),
    "pick_figure": (lambda: srm.pick_figure(), True),
    "build_workload": (lambda: srm.build_workload("web-shop"), True),
}


def on_page(widget):
    """A widget and all that it holds."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from on_page(child)


def listeners(widgets):
    """The functions of the kit that hear it when a learner does something in one of these widgets."""
    heard = []
    for widget in widgets:
        for by_type in widget._trait_notifiers.values():
            heard += [one for ones in by_type.values() for one in ones]
        heard += getattr(widget, "_click_handlers", w.CallbackDispatcher()).callbacks
        heard += widget._msg_callbacks.callbacks
    whole = [getattr(one, "func", one) for one in heard]  # what is behind a partial
    return [one for one in whole if getattr(one, "__module__", "").startswith("srm_data")]


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", VIEWS)
def test_what_the_kernel_hears_says_so_where_there_is_none(name, lang):
    """The style sheet shows it in JupyterLab while the kernel is away; what needs none says nothing."""
    srm.use_language(lang)
    make, hears = VIEWS[name]
    view = make()
    kept = {one for one in view._dom_classes if one.startswith("srm-kept")}
    assert "srm-view" in view._dom_classes
    assert bool(listeners(on_page(view))) == hears
    assert kept == ({f"srm-kept-{lang}"} if hears else set())
    (rule,) = re.findall(rf"\.srm-kept-{lang}\.jupyter-widgets-disconnected::before{{(.*?)}}", tables.style())
    assert f'content:"{texts(lang)["kernel"]["apart"]}"' in rule
    assert not re.search(r'["\\\n<]', texts(lang)["kernel"]["apart"])  # it stands in a style sheet as it is


def test_the_page_hears_everything_of_an_answer_at_once(monkeypatch):
    """What changed and that it was heard go in one message, so the page never shows half of it."""
    view = srm.explore("gcp", "en")
    sent = []
    monkeypatch.setattr(view, "send_state", lambda key=None: sent.append(set(key)))  # it is emptied after
    view.tell(answers={"a": 1}, note="kept")
    assert sent == [{"answers", "note", "heard"}]
    assert (view.answers, view.note, view.heard) == ({"a": 1}, "kept", 1)
