"""Which figures there are of a matrix: moves and models only where the columns are a ladder of services."""

import pytest

from srm_data.core.shipped import shipped_ids, shipped_matrix
from srm_data.core.vocabulary import LANGUAGES
from srm_data.views.figures import catalogue
from srm_data.views.figures import draw as figures

LADDER = {"model", "what-if", "ladder"}


def kinds(matrix):
    return {job.kind for job in catalogue.figure_set(matrix, "en")}


@pytest.mark.parametrize("matrix", shipped_ids())
def test_moves_are_drawn_along_services_and_never_between_tasks(matrix):
    m = shipped_matrix(matrix, "en")
    along = len(m.columns) > 1 and m.axis in ("service model", "service")
    assert LADDER & kinds(matrix) == (LADDER if along else set())
    assert {"matrix", "split"} <= kinds(matrix)


def test_a_figure_that_is_not_in_the_set_is_drawn_for_who_calls_it():
    picture = figures.what_if("rosa", "Incidents and operations", "Change management", "en")
    assert picture.heading == "Incidents and operations → Change management: 4 now shared, 3 kept"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_why_there_is_none_is_told_in_the_readers_language(lang):
    task, one, other = (
        catalogue.why_none(matrix, kind, lang)
        for matrix, kind in (("rosa", "what-if"), ("azure-aks", "ladder"), ("rosa", "topic"))
    )
    words = {
        "en": ("kinds of task", "one column", 'no figure "topic".'),
        "nl": ("soorten taken", "één kolom", 'geen figuur "topic".'),
    }[lang]
    assert words[0] in task
    assert words[1] in one
    assert other.endswith(words[2])
