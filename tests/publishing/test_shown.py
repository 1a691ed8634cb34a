"""What a view says of itself for places without a kernel: it survives JSON, and only a run asks for it."""

import json
from types import SimpleNamespace
from typing import get_args, get_type_hints

import nbformat
import pytest
from IPython.core.formatters import DisplayFormatter

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.publishing import kernel
from srm_data.publishing.shown import MIME, Drawing, shown_in
from srm_data.views.figures import draw
from srm_data.views.html import tables
from srm_data.views.still import Away


def shown(view):
    """What a deck reads of a view, after it has been in a notebook."""
    data = json.loads(json.dumps({MIME: kernel._bundle(view)[MIME]}))
    cell = nbformat.v4.new_code_cell("", outputs=[nbformat.v4.new_output("display_data", data)])
    return shown_in(cell)


def test_a_table_comes_back_as_it_was():
    table = tables.what_if("azure-2026", "IaaS", "PaaS", "en")
    (still,) = shown(table).stills
    assert still.view == table.content
    assert still.view.tables[0].groups


def test_a_figure_comes_back_as_it_was():
    picture = draw.matrix("azure-2026", "nl")
    *before, still = shown(picture).stills
    assert shown(picture).first == still
    inner = picture.unframed()
    words = picture.heading, picture.alt, picture.svg(), still.view.png, "Azure, januari 2026"
    assert still.view == Drawing(*words, " · ".join(picture.foot), inner.top())
    assert still.view.png_bytes() == inner.png()
    assert [(one.passing, one.view.png) for one in before] == [(True, "")] * picture.steps
    assert [one.view.svg for one in before] == [
        draw.matrix("azure-2026", "nl", shown=n).svg() for n in range(picture.steps)
    ]


def test_the_widgets_say_what_they_are():
    game = shown(srm.play_incidents("chaosdb-2021", "cosmiss-2022", lang="en"))
    assert not game.live
    assert game.paper == "questions"
    assert [bool(still.asks) for still in game.stills] == [True, False, True, False]
    assert {one for still in game.stills for one in still.answers} == {*game.questions}
    bet = shown(srm.bet("app-service-os", lang="en"))
    assert bet.questions == bet.stills[0].questions == ("app-service-os",)
    assert shown(srm.explore("azure-2026", "en")).paper == "nothing"
    assert len(shown(srm.explore("azure-2026", "en")).stills) == 1
    assert shown(srm.explore(["azure-2026", "gcp"], "en")).stills == ()
    assert shown(srm.both_parts("azure-2026", "applications", "paas", "en")).needs_kernel == "typing"
    assert shown(srm.check("moves", ..., "en")).stills[0].task
    assert shown(srm.show(srm.load_matrix("azure-2026", "en"), "en")).needs_kernel == "table"


def test_every_view_of_a_run_says_what_it_is_not_the_first_alone():
    """anywidget makes a class for each object, which the formatters of IPython must not take for the kind."""
    shell = SimpleNamespace(display_formatter=DisplayFormatter())
    kernel.load_ipython_extension(shell)
    views = (
        srm.explore("azure-2026", "en"),
        srm.what_if("azure-2026", lang="en"),
        tables.matrix("gcp", "en"),
        srm.bet("app-service-os", lang="en"),
        draw.matrix("gcp", "en"),
        srm.explore("gcp", "en"),
    )
    said = [shell.display_formatter.format(view)[0][MIME]["tag"] for view in views]
    assert said == ["srm-explore", "srm-what-if", "", "srm-bet", "", "srm-explore"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_is_a_sentence_for_each_need(lang):
    needs = set(get_args(get_type_hints(Away)["needs_kernel"])) - {""}
    remembers = {"typing", "hand_in"}
    assert needs - remembers == needs & texts(lang)["site"].keys()


def test_nothing_is_said_to_a_learner():
    """Without the extension of a run, notebooks hold what they always held."""
    data, _ = srm.explore("azure-2026", "en")._repr_mimebundle_()
    assert MIME not in data
    assert shown_in(SimpleNamespace(get=lambda name, default: default)).stills == ()
