"""Every figure of every matrix, in each shape, theme and language: legible, whole, and its claim marked."""

import pytest

from srm_data.core.shipped import shipped_ids
from srm_data.core.vocabulary import LANGUAGES
from srm_data.views.figures import catalogue
from srm_data.views.figures.canvas import SIZES
from srm_data.views.palette import THEMES
from tests.views.figures.checks import claims, faults


def figures(lang, size, theme="light"):
    for matrix in shipped_ids():
        yield from catalogue.figure_set(matrix, lang, theme, size)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_figure_can_be_read_from_the_back_row_marks_its_claim_and_is_the_same_twice(lang, size, theme):
    wrong = []
    for job in figures(lang, size, theme):
        picture = job.draw()
        wrong += [(job.name, *fault) for fault in faults(picture)]
        if not claims(picture):
            wrong.append((job.name, "no mark of the claim", picture.heading))
        if theme == "light" and job.draw().svg() != picture.svg():
            wrong.append((job.name, "other bytes when drawn again"))
    assert wrong == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_so_can_each_step_of_it_and_an_empty_one_marks_nothing(lang, size):
    wrong = []
    for job in figures(lang, size):
        for step in range(job.draw(shown=0).steps):
            picture = job.draw(shown=step)
            wrong += [(job.name, step, *fault) for fault in faults(picture)]
            if step == 0 and claims(picture):
                wrong.append((job.name, "gives its claim away"))
    assert wrong == []
