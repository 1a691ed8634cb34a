"""The minutes that a lesson states are what its words, questions, exercises and views take."""

import pytest

from srm_data.core.vocabulary import LANGUAGES
from srm_data.publishing.lessons import lessons
from tests.lessons import cells
from tests.minutes import EXTRA, SLOW, USUAL, parts

NUMBERED = [one for one in lessons("en") if one.number]


@pytest.mark.parametrize("lesson", NUMBERED, ids=lambda one: one.number)
def test_the_stated_minutes_are_enough_and_no_more_than_five_too_many(lesson):
    stated, takes = int(lesson.minutes), []
    for lang in LANGUAGES:
        takes.append(sum(parts(lesson.number, lang, USUAL, extra=False).values()))
        whole = sum(parts(lesson.number, lang, USUAL).values())
        assert takes[-1] <= whole < sum(parts(lesson.number, lang, SLOW).values())
    told = f"counted: {', '.join(f'{one:.0f}' for one in takes)}; stated: {stated}"
    assert stated - 5 < max(takes) <= stated, told
    assert max(takes) - min(takes) < 3, told


@pytest.mark.parametrize("name", [one.path.name for one in NUMBERED])
def test_what_is_extra_is_extra_in_both_languages(name):
    marked = [
        [n for n, source in enumerate(cells(f"{lang}/{name}", "markdown")) if EXTRA[lang] in source]
        for lang in LANGUAGES
    ]
    assert marked[0] == marked[1]


def test_there_are_extra_parts_in_most_lessons():
    every = [cells(f"en/{one.path.name}", "markdown") for one in NUMBERED]
    assert sum(any(EXTRA["en"] in source for source in sources) for sources in every) >= 6
