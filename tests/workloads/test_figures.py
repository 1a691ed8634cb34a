"""The figures of a workload and of two plans: legible from the back row, their claim marked."""

import pytest

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.views.figures.canvas import SIZES
from srm_data.views.figures.marks import Box, Lines
from srm_data.views.palette import THEMES
from srm_data.workloads import compare_plans
from tests.views.figures.checks import claims, faults
from tests.workloads.test_compare_plans import many

SHAPES = pytest.mark.parametrize("size", SIZES)


def long_plans(matrix="azure-ai-agent", n=7):
    """A plan of so many components on a long table, and one in which two of them move."""
    columns = list(srm.load_matrix(matrix, "en").columns)
    plan = srm.Workload(name="one", matrix=matrix)
    for i in range(n):
        plan = plan.add(f"part {i}", model=columns[i % len(columns)])
    return plan, plan.move("part 0", columns[-1]).plan_b("two")


def pairs():
    for name in ("web-shop", "hospital-database"):
        yield srm.load_scenario(name, "before", "en"), srm.load_scenario(name, "a", "en")
    yield many(5_000), many(5_000, 1)
    yield long_plans()
    plan, _ = long_plans()
    yield plan, plan.plan_b("the same")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("lang", LANGUAGES)
@SHAPES
def test_a_plan_can_be_read_from_the_back_row_and_marks_its_claim(size, lang, theme):
    wrong = []
    for before, after in pairs():
        for picture in (
            srm.workload_figures.whole(before, lang, theme, size=size),
            srm.workload_figures.difference(before, after, lang, theme, size=size),
        ):
            wrong += [(picture.heading, *fault) for fault in faults(picture)]
            if not claims(picture):
                wrong.append((picture.heading, "no mark of the claim"))
    assert wrong == []


@SHAPES
def test_all_duties_together_stand_over_the_areas_with_the_customers_in_a_ring(size):
    plan = srm.load_scenario("web-shop", "b", "en")
    picture = srm.workload_figures.whole(plan, "en", size=size)
    total = compare_plans.whole(plan, "en").total
    (ring,) = claims(picture)
    assert isinstance(ring, Box)
    inside = [
        text.text
        for text in picture.texts()
        if ring.x < text.x < ring.x + ring.width and ring.y < text.y < ring.y + ring.height
    ]
    assert inside == [f"{total['customer']} Customer"]
    assert picture.heading.startswith(
        f"Platform services: {total['customer']} of {sum(total.values())} duties"
    )


@SHAPES
def test_each_bar_shows_the_number_of_each_part(size):
    numbers = {
        int(said.text.split()[0])
        for said in srm.workload_figures.whole(many(5_000), "en", size=size).texts()
        if said.text[0].isdigit()
    }
    frame = srm.workload_figures.whole(many(5_000), "en").rows[1:]
    assert {int(n) for row in frame for n in row[1:]} - {0} <= numbers


@SHAPES
def test_the_rows_that_move_have_a_bracket_and_the_rest_is_counted(size):
    picture = srm.workload_figures.difference(*long_plans(), "nl", size=size)
    assert claims(picture)
    assert all(isinstance(mark, Lines) for mark in claims(picture))
    said = " ".join(text.text for text in picture.texts())
    assert texts("nl")["workload"]["same_areas"] in said


def test_a_plan_that_moves_nothing_says_what_stays_in_large_type():
    plan, _ = long_plans()
    picture = srm.workload_figures.difference(plan, plan.plan_b("the same"), "en")
    assert picture.heading.endswith("nothing moves")
    sizes = {text.text: text.size for text in picture.texts()}
    assert sizes["Unchanged in every component"] >= 34
    assert min(size for text, size in sizes.items() if "Access management" in text) >= 34
