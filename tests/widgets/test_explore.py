"""Every state of the widgets is prepared, is the pure view, and is linked to a native control."""

import json
import re

import ipywidgets as w
import pytest

import srm_data as srm
from srm_data.core.dataset import table_frame
from srm_data.core.frames import as_matrix
from srm_data.core.language import texts
from srm_data.core.topics import all_topics
from srm_data.core.vocabulary import LANGUAGES
from srm_data.views.html import tables

MATRICES = [*table_frame("matrices")["matrix"]]
MANY_COLUMNS = [m for m in MATRICES if srm.load_matrix(m).shape[1] > 1]


@pytest.fixture(autouse=True)
def english_again():
    yield
    srm.use_language("en")


@pytest.fixture
def made():
    """A call's result, every widget on its page, and the links between those."""

    def made(call, *args, **options):
        # No public list of live widgets is left in ipywidgets 8.
        registry = w.widgets.widget._instances
        registry.clear()
        view = call(*args, **options)
        page = [*on_page(view)]
        return view, page, [widget for widget in registry.values() if isinstance(widget, w.widget_link.Link)]

    return made


def on_page(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from on_page(child)


def kinds(widgets, kind):
    return [widget for widget in widgets if type(widget) is kind]


def wires(links):
    """Which stack each control moves: links are made from index to selected_index, and nothing else."""
    found = {}
    for link in links:
        (control, name), (stack, target) = link.source, link.target
        assert (name, target) == ("index", "selected_index")
        assert isinstance(stack, w.Stack)
        assert stack.selected_index == control.index
        found.setdefault(control, []).append(stack)
    return found


def body(html):
    assert type(html) is w.HTML
    return html.value


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("matrix", MATRICES)
def test_explore_holds_the_view_of_every_column(matrix, lang, made):
    view, widgets, links = made(srm.explore, matrix, lang)
    (control,) = kinds(widgets, w.RadioButtons)
    (stack,) = wires(links)[control]
    columns = [*srm.load_matrix(matrix, lang=lang).columns]
    assert [label for label, _ in control.options] == columns
    assert [body(child) for child in stack.children] == [
        tables.model(matrix, column, lang).body for column in columns
    ]
    assert body(view.children[0]) == f"<style>{tables.style()}</style>"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("matrix", MANY_COLUMNS)
def test_what_if_holds_the_view_of_every_pair(matrix, lang, made):
    _, widgets, links = made(srm.what_if, matrix, lang)
    before, after = kinds(widgets, w.RadioButtons)
    assert [before.description, after.description] == {"en": ["From", "To"], "nl": ["Van", "Naar"]}[lang]
    wired = wires(links)
    (outer,) = wired[before]
    columns = [*srm.load_matrix(matrix, lang=lang).columns]
    words = {"en": ("from", "to"), "nl": ("van", "naar")}[lang]
    assert [label for label, _ in before.options] == [f"{words[0]} {column}" for column in columns]
    assert [label for label, _ in after.options] == [f"{words[1]} {column}" for column in columns]
    assert [*outer.children] == wired[after]  # a row of the outer stack for each column one comes from
    for old, row in zip(columns, outer.children, strict=True):
        for new, html in zip(columns, row.children, strict=True):
            assert body(html) == tables.what_if(matrix, old, new, lang).body


def test_what_if_starts_where_the_lesson_does(made):
    _, widgets, _links = made(srm.what_if, "azure-2026")
    before, after = kinds(widgets, w.RadioButtons)
    assert (before.label, after.label) == ("from IaaS", "to PaaS")


@pytest.mark.parametrize(("call", "matrices"), [(srm.explore, MATRICES), (srm.what_if, MANY_COLUMNS)])
def test_without_a_matrix_all_can_be_chosen(call, matrices, made):
    view, widgets, links = made(call)
    (menu,) = kinds(widgets, w.Dropdown)
    (panels,) = wires(links)[menu]
    assert [label for label, _ in menu.options] == [as_matrix(m, "en").short for m in matrices]
    assert len(panels.children) == len(matrices)
    assert menu.description == "Matrix"
    assert menu in view.children


def test_some_matrices_can_be_chosen_from(made):
    mine = srm.load_matrix("azure-2026").iloc[:3]
    _, widgets, links = made(srm.explore, ["azure-classic", mine])
    (menu,) = kinds(widgets, w.Dropdown)
    assert len(menu.options) == 2
    (panels,) = wires(links)[menu]
    shown = panels.children[1].children[1].children[0]
    assert body(shown).count('scope="row"') == 3


def listeners(widgets):
    """The functions of the kit that hear it when a learner moves one of these widgets."""
    heard = []
    for widget in widgets:
        for by_type in widget._trait_notifiers.values():
            heard += [one for ones in by_type.values() for one in ones]
        heard += getattr(widget, "_click_handlers", w.CallbackDispatcher()).callbacks
    whole = [getattr(one, "func", one) for one in heard]  # what is behind a partial
    return [one for one in whole if getattr(one, "__module__", "").startswith("srm_data")]


@pytest.mark.parametrize("call", [srm.explore, srm.what_if])
def test_nothing_needs_the_kernel(call, made):
    """No Python listens: all that happens on a click happens in the browser."""
    _, widgets, _links = made(call, "azure-2026")
    assert not kinds(widgets, w.Output)
    assert listeners(widgets) == []


VIEWS = {
    "explore": lambda: srm.explore("azure-2026"),
    "what_if": lambda: srm.what_if("azure-2026"),
    "explore_topics": lambda: srm.explore_topics(["azure-2026", "gcp"]),
    "on_by_default": lambda: srm.on_by_default(),
    "who_patches": lambda: srm.who_patches(),
    "lose_the_os": lambda: srm.lose_the_os(),
    "bet": lambda: srm.bet("vm-os-update"),
    "play_incidents": lambda: srm.play_incidents("omigod-2021"),
    "several incidents": lambda: srm.play_incidents("omigod-2021", "log4shell-2021"),
    "both_sides": lambda: srm.both_sides("ovh-fire-2021"),
    "find_wrong_cell": lambda: srm.find_wrong_cell("gcp"),
    "both_parts": lambda: srm.both_parts("azure-2026", "network-controls", "paas"),
    "sort_duties": lambda: srm.sort_duties("azure-classic", "customer"),
    "order_ladder": lambda: srm.order_ladder("aws-rds"),
    "browse": lambda: srm.browse(srm.load_services()),
    "hand_in": lambda: srm.hand_in(),
    "pick_figure": lambda: srm.pick_figure(),
    "build_workload": lambda: srm.build_workload("web-shop"),
}


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", VIEWS)
def test_what_the_kernel_hears_says_so_where_there_is_none(name, lang, made):
    """The style sheet shows it in JupyterLab while the kernel is away; what needs none says nothing."""
    srm.use_language(lang)
    view, widgets, _links = made(VIEWS[name])
    kept = {one for one in view._dom_classes if one.startswith("srm-kept")}
    assert "srm-view" in view._dom_classes
    assert kept == ({f"srm-kept-{lang}"} if listeners(widgets) else set())
    (rule,) = re.findall(rf"\.srm-kept-{lang}\.jupyter-widgets-disconnected::before{{(.*?)}}", tables.style())
    assert f'content:"{texts(lang)["kernel"]["apart"]}"' in rule
    assert not re.search(r'["\\\n<]', texts(lang)["kernel"]["apart"])  # it stands in a style sheet as it is


@pytest.mark.parametrize("call", [srm.explore, srm.what_if])
def test_controls_are_labelled_and_native(call, made):
    _, widgets, _links = made(call)
    controls = [*kinds(widgets, w.RadioButtons), *kinds(widgets, w.Dropdown)]
    assert all(control.description for control in controls)
    assert {type(widget).__name__ for widget in widgets} <= {
        "View",
        "VBox",
        "HBox",
        "Stack",
        "HTML",
        "RadioButtons",
        "Dropdown",
    }


@pytest.mark.parametrize(("call", "name"), [(srm.explore, "explore"), (srm.what_if, "what_if")])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_its_kernel_it_says_what_to_do(call, name, lang):
    hint = repr(call("azure-2026", lang))
    assert hint == texts(lang)["widget"][f"{name}_hint"]
    assert hint.startswith(f"{name}(): ")
    assert "Shift+Enter" in hint
    assert {"en": "run this cell", "nl": "voer deze cel uit"}[lang] in hint


@pytest.mark.parametrize("call", [srm.explore, srm.what_if])
def test_the_language_in_use_is_spoken(call, made):
    srm.use_language("nl")
    _, widgets, _links = made(call, "azure-2026")
    shown = "".join(html.value for html in kinds(widgets, w.HTML))
    assert 'lang="nl"' in shown
    assert 'lang="en"' not in shown


@pytest.mark.parametrize(
    ("call", "matrix", "most"),
    [
        (srm.explore, "azure-2026", 0.2),
        (srm.what_if, "azure-2026", 0.2),
        (srm.explore, None, 2),
        (srm.what_if, None, 2),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_state_stays_small(call, matrix, most, lang):
    registry = w.widgets.widget._instances
    registry.clear()
    view = call(matrix, lang)
    states = [widget.get_state() for widget in registry.values()]  # layouts, styles and links too
    assert view.model_id in registry
    assert sum(len(json.dumps(state, default=str).encode()) for state in states) / 1e6 < most


@pytest.mark.parametrize("call", [srm.explore, srm.what_if])
def test_a_mistyped_matrix_is_guessed(call):
    for given in ("azure-2025", ["azure-classic", "azure-2025"]):
        with pytest.raises(srm.UnknownNameError, match=r"Did you mean 'azure-20[12]6'"):
            call(given)
    with pytest.raises(srm.UnknownNameError, match="Choose from: en, nl"):
        call("azure-2026", lang="fr")


# Topics


@pytest.mark.parametrize("lang", LANGUAGES)
def test_explore_topics_holds_the_view_of_every_topic_with_a_row(lang, made):
    lined_up = ["azure-2026", "gcp", "ibm-managed"]
    view, widgets, links = made(srm.explore_topics, iter(lined_up), lang)
    (control,) = kinds(widgets, w.Dropdown)
    (stack,) = wires(links)[control]
    topics = [topic for topic in all_topics(lined_up, lang) if topic.lines]
    assert 10 < len(topics) < len(table_frame("topics"))
    assert [label for label, _ in control.options] == [topic.label for topic in topics]
    assert control.description == {"en": "Topic", "nl": "Onderwerp"}[lang]
    assert [body(child) for child in stack.children] == [
        tables.topic(topic.id, lined_up, lang).body for topic in topics
    ]
    assert "explore_topics()" in repr(view)


def test_all_topics_of_all_matrices_stay_small(made):
    _, widgets, _ = made(srm.explore_topics, lang="nl")
    assert sum(len(body(html)) for html in kinds(widgets, w.HTML)) < 350_000
