"""A workload: it never changes, its names are fit for every file, and nothing in a name is followed."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import KINDS, LANGUAGES, UnknownNameError
from srm_data.workloads.component import kind_of

MODELS = ["on-premises", "iaas", "paas", "saas", ""]


def cleanable(text):
    """Whether something of a text is left as a name, and a spreadsheet does not take it for a formula."""
    try:
        return bool(srm.Component(text))
    except ValueError:
        return False


#: Names that break careless readers: script, quotes, words of YAML, numbers, signs of every script.
HOSTILE = st.sampled_from(
    [
        "<script>alert(1)</script>",
        '"; DROP TABLE',
        "null",
        "~",
        "yes",
        "no",
        "1e5",
        "0x10",
        "2024-01-01",
        "!!python/object/apply:os.system ['ls']",
        "&a *a",
        "name: x",
        "[a, b]",
        "{{ 7*7 }}",
        "% TAG",
        "a,b;c\td",
        "# comment",
        "'",
        "\ufeffBOM",
        "e\u0301",
        "\u202eltr",
        "winkel\u2028site",
        "sep=;",
        "$HOME `id`",
    ]
)
NAMES = (HOSTILE | st.text(min_size=1, max_size=40)).filter(cleanable)
COMPONENTS = st.builds(
    srm.Component,
    NAMES,
    st.sampled_from(KINDS),
    st.just("") | NAMES,
    st.sampled_from(MODELS),
)


@st.composite
def workloads(draw, most=8):
    components = draw(st.lists(COMPONENTS, max_size=most, unique_by=lambda c: c.name))
    return srm.Workload(tuple(components), draw(st.just("") | NAMES))


@pytest.fixture
def shop():
    return (
        srm.Workload(name="shop")
        .add("site", "web", "Azure App Service", "PaaS")
        .add("orders", "database", "SQL Server on Azure VMs", "iaas")
        .add("reports")
    )


def test_actions_give_a_new_workload_and_leave_the_old_one(shop):
    moved = shop.move("orders", "PaaS", "Azure SQL")
    assert (shop.component("orders").model, moved.component("orders").model) == ("iaas", "paas")
    assert moved.component("orders").service == "Azure SQL"
    assert shop.place("reports", "SaaS").component("reports") == srm.Component("reports", "other", "", "saas")
    assert [c.name for c in shop.remove("site").components] == ["orders", "reports"]
    assert [c.name for c in shop.components] == ["site", "orders", "reports"]
    assert shop.move("site", "").unplaced() == [
        srm.Component("site", "web", "Azure App Service"),
        srm.Component("reports"),
    ]


def test_plan_b_is_the_same_under_another_name(shop):
    copy = shop.plan_b()
    assert (copy.components, copy.name, shop.name) == (shop.components, "Plan B", "shop")
    assert shop.plan_b("later").name == "later"
    srm.use_language("nl")
    assert shop.plan_b("straks").name == "straks"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_frame_and_back(shop, lang):
    srm.use_language(lang)
    frame = shop.to_frame()
    assert frame.columns.to_list() == ["name", "kind", "service", "model"]
    assert frame["kind"].to_list() == [texts(lang)["kind"][kind] for kind in ("web", "database", "other")]
    assert frame["model"].to_list() == ["PaaS", "IaaS", ""]
    assert srm.Workload.from_frame(frame, "shop") == shop
    assert srm.Workload.from_frame(frame[["name"]]).components[0] == srm.Component("site")


def test_a_frame_with_faults_tells_them_all():
    frame = pd.DataFrame(
        {"naam": ["a", "a", None], "soort": ["web", "kar", "web"], "model": ["PasS", "", "x"]}
    )
    with pytest.raises(srm.WorkloadFileError) as caught:
        srm.Workload.from_frame(frame)
    assert [(f.line, f.column, f.value) for f in caught.value.faults] == [
        (2, "model", "PasS"),
        (3, "kind", "kar"),
        (4, "name", ""),
        (4, "model", "x"),
    ]
    assert "Did you mean 'PaaS'?" in str(caught.value)


@pytest.mark.parametrize(
    ("action", "says"),
    [
        (lambda s: s.add("site"), "two components 'site'"),
        (lambda s: s.add(" "), "needs a name"),
        (lambda s: s.add("=1+1"), "spreadsheet formula"),
        (lambda s: s.add("x" * 201), "longer than 200"),
        (lambda s: s.add("x", service="@cmd"), "spreadsheet formula"),
    ],
)
def test_what_cannot_be_a_component_is_said(shop, action, says):
    with pytest.raises(ValueError, match=says):
        action(shop)


@pytest.mark.parametrize(
    ("action", "guess"),
    [
        (lambda s: s.add("x", model="PasS"), "Did you mean 'PaaS'"),
        (lambda s: s.add("x", kind="databse"), "Did you mean 'database'"),
        (lambda s: s.move("sight", "PaaS"), "Did you mean 'site'"),
        (lambda s: s.remove("order"), "Did you mean 'orders'"),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest(shop, action, guess):
    with pytest.raises(UnknownNameError, match=guess):
        action(shop)


def test_models_are_the_columns_of_the_matrix_in_use():
    frame = pd.DataFrame({"Huur": ["klant"], "Abonnement": ["leverancier"]}, index=["Beheer"])
    plan = srm.Workload(matrix=frame).add("site", model="huur")
    assert plan.component("site").model == "Huur"
    with pytest.raises(UnknownNameError, match="Huur, Abonnement"):
        plan.add("mail", model="PaaS")
    ladder = srm.Workload(matrix="aws-rds").add("db", model="Amazon RDS")
    assert srm.responsibilities(ladder).shape == (1, len(srm.load_matrix("aws-rds")))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_has_a_word_and_is_found_by_it(lang):
    assert list(texts(lang)["kind"]) == list(KINDS)
    assert [kind_of(word.upper()) for word in texts(lang)["kind"].values()] == list(KINDS)


@given(workloads())
@settings(max_examples=60, deadline=None)
def test_a_workload_survives_its_frame(plan):
    if plan.components:
        assert srm.Workload.from_frame(plan.to_frame("nl"), plan.name).components == plan.components


@given(workloads(), st.sampled_from(MODELS))
@settings(max_examples=60, deadline=None)
def test_there_and_back_again_is_the_same_plan(plan, model):
    there = back = plan
    for component in plan.components:
        there = there.place(component.name, model)
    for component in plan.components:
        back = (
            there.place(component.name, component.model)
            if back is plan
            else back.place(component.name, component.model)
        )
    assert back == plan or not plan.components


def test_a_name_is_shown_as_text():
    plan = srm.Workload().add("<img src=x onerror=alert(1)>")
    assert "<img" not in plan._repr_html_()
    assert "&lt;img" in plan._repr_html_()
