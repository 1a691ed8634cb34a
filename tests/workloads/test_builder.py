"""The builder: what each action does, and what its component is answered."""

import json
from dataclasses import replace

import pytest

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import KINDS, LANGUAGES, UnknownNameError
from srm_data.workloads.component_rows import WorkloadFileError
from srm_data.workloads.scenarios import PLANS
from srm_data.workloads.session import ALL, Desk, PlansTakenError
from tests.lessons import plain
from tests.workloads.test_compare_plans import many
from tests.workloads.test_plan_file import FIXTURES

PAYLOAD = "<img src=x onerror=alert(1)>"


@pytest.fixture
def desk(work):
    return Desk("azure-2026", "en")


# The desk


def test_add_place_move_remove_and_back(desk):
    steps = [
        lambda: desk.add("site", "web", "", ""),
        lambda: desk.change("site", "service", "Azure App Service"),
        lambda: desk.change("site", "model", "SaaS"),
        lambda: desk.change("site", "kind", "database"),
        lambda: desk.change("site", "name", "our site"),
        lambda: desk.remove("our site"),
    ]
    states = [desk.plan]
    for step in steps:
        assert step()
        states.append(desk.plan)
    placed = srm.Component("site", "web", "Azure App Service", "paas")  # what is known of that service
    assert states[2].components == (placed,)
    assert states[3].components == (replace(placed, model="saas"),)
    assert states[4].components == (replace(placed, model="saas", kind="database"),)
    assert states[5].components == (srm.Component("our site", "database", "Azure App Service", "saas"),)
    assert states[6].components == ()
    for state in reversed(states[:-1]):
        assert desk.undo() == "Undone."
        assert desk.plan == state
    assert desk.undo() == "There is nothing to undo."


def test_a_failed_action_changes_nothing(desk):
    desk.add("site", "web", "", "")
    before = desk.plan
    for fail in (
        lambda: desk.add("site", "web", "", ""),
        lambda: desk.add("", "web", "", ""),
        lambda: desk.add("x", "web", "", "PasS"),
        lambda: desk.change("sight", "model", "paas"),
        lambda: desk.change("site", "model", "PasS"),
        lambda: desk.change("site", "kind", "webb"),
        lambda: desk.change("site", "name", " "),
        lambda: desk.load("none.yaml"),
        lambda: desk.save("x.exe"),
    ):
        with pytest.raises(ValueError, match=r"\S"):
            fail()
    assert desk.plan == before
    desk.undo()
    assert desk.plan.components == ()


def test_a_copy_goes_into_a_plan_that_is_empty_and_opens_beside_its_source(desk):
    desk.add("site", "web", "", "iaas")
    assert "Plan A" in desk.copy()
    assert (desk.shown, desk.compared, desk.way) == ("a", "before", ("before", "a"))
    assert desk.plans["a"].components == desk.plans["before"].components
    assert "moves nothing" in plain(desk.view())
    desk.change("site", "model", "paas")
    assert "handed over" in plain(desk.view())
    desk.copy()
    assert (desk.shown, desk.way) == ("b", ("a", "b"))
    assert desk.plans["b"].components == desk.plans["a"].components != desk.plans["before"].components
    for _ in range(3):
        desk.undo()
    assert (desk.shown, desk.compared) == ("before", "")
    assert [len(desk.plans[plan]) for plan in PLANS] == [1, 0, 0]


def test_no_plan_is_written_over_unless_it_is_said(desk, work):
    """A copy, a ready workload and a file ask first, and then change nothing but what was said."""
    desk.take("web-shop")
    desk.shown = "a"
    before = desk.plans
    with pytest.raises(PlansTakenError, match="No plan is empty") as asked:
        desk.copy()
    assert list(asked.value.choices) == ["before", "b"]
    assert desk.plans == before
    assert "Replaced: Now" in desk.copy("before")
    assert desk.plans["before"].components == before["a"].components
    assert {plan: desk.plans[plan] for plan in ("a", "b")} == {plan: before[plan] for plan in ("a", "b")}
    assert desk.way == ("a", "before")  # from the plan that was copied to the copy

    with pytest.raises(PlansTakenError, match="all three") as asked:
        desk.take("greenhouse")
    assert list(asked.value.choices) == [ALL]
    assert "Undo brings yours back" in desk.take("greenhouse", ALL)
    desk.take("school-mail")  # nobody changed the greenhouse
    for _ in range(3):
        desk.undo()
    assert desk.plans == before

    desk.save("mine")
    with pytest.raises(PlansTakenError) as asked:
        desk.load("mine")
    assert list(asked.value.choices) == list(PLANS)
    desk.load("mine", "b")
    assert desk.plans["b"].components == before["a"].components
    (work / "plan.json").write_bytes((FIXTURES / "terraform-plan.json").read_bytes())
    with pytest.raises(PlansTakenError, match="Now and Plan A") as asked:
        desk.load("plan.json")
    assert list(asked.value.choices) == ["a"]
    assert "Replaced: Now and Plan A" in desk.load("plan.json", "a")


def test_what_nobody_changed_since_goes_without_a_question_also_after_undo(desk):
    desk.take("web-shop")
    desk.remove("newsletter")
    desk.take("", ALL)
    desk.undo()
    desk.undo()
    assert "newsletter" in desk.plan.by_name
    assert desk.take("") == "Three empty plans."  # it stands as it was taken


def test_another_name_is_for_every_plan_that_has_the_component(desk):
    """Plans are compared by name: one that is renamed in one of them would go and come."""
    desk.take("web-shop")
    desk.shown = "b"
    assert "Now, Plan A and Plan B" in desk.change("shop site", "name", "  bell   shop ")
    assert all("bell shop" in desk.plans[plan].by_name for plan in PLANS)
    assert [plan.components[0].name for plan in desk.plans.values()] == [
        "bell shop"
    ] * 3  # it stays in its place
    with pytest.raises(ValueError, match="Now already has a component called newsletter"):
        desk.change("bell shop", "name", "newsletter")
    assert desk.change("bell shop", "name", "bell shop") == ""
    desk.undo()
    assert all("shop site" in desk.plans[plan].by_name for plan in PLANS)


def test_a_comparison_says_which_way_it_reads(desk):
    desk.take("web-shop")
    desk.open("b")
    desk.compare("before")
    assert desk.way == ("before", "b")
    assert "Going from the storeroom to platform services" in plain(desk.view())
    desk.turn()
    assert desk.way == ("b", "before")
    assert "Going from platform services to the storeroom" in plain(desk.view())
    desk.open("before")  # it was in the comparison: that stays
    assert desk.way == ("b", "before")
    desk.compare("a")
    assert desk.way == ("before", "a")
    desk.compare("")
    assert desk.way is None


def test_a_file_is_kept_and_opened_again(desk, work):
    desk.take("school-mail")
    assert "school.csv" in desk.save("school.csv")
    kept = desk.plan
    desk.take("")
    assert desk.plan.components == ()
    assert "as Now" in desk.load("school.csv")
    assert desk.plan.components == kept.components
    assert "as Plan A" in desk.load("school.csv")
    desk.undo()
    desk.undo()
    assert desk.plan.components == ()


def test_no_file_of_somebody_else_is_written_over_and_none_outside_the_folder(desk, work):
    work.mkdir()
    (work / "workload.yaml").write_text("mine")
    desk.add("site", "web", "", "")
    desk.save("../../workload")
    desk.save("C:\\temp\\workload.yaml")  # it is this desk's own now, so it stays one file
    assert (work / "workload.yaml").read_text() == "mine"
    assert sorted(path.name for path in work.rglob("[!.]*")) == ["workload-2.yaml", "workload.yaml"]
    assert not (work.parent / "workload.yaml").exists()


def test_a_terraform_plan_brings_what_was_there(desk, work):
    work.mkdir()
    (work / "plan.json").write_bytes((FIXTURES / "terraform-plan.json").read_bytes())
    told = desk.load("plan.json")
    assert "mollie_payment_page" in told
    assert "components: 7" in told
    assert (desk.shown, desk.compared) == ("a", "before")
    assert "azurerm_windows_virtual_machine.old_database" in plain(desk.view())
    (work / "arm.json").write_bytes((FIXTURES / "arm-template.json").read_bytes())
    assert "as Plan B" in desk.load("arm.json")
    assert "bel-sql/orders" in desk.plan.by_name
    assert "Contoso.Bells/ringers" in plain(desk.view())


def test_a_template_tells_what_it_does_not_say(desk, work):
    work.mkdir()
    made = [
        {"type": "Microsoft.Web/sites", "name": "site", "copy": {"name": "c", "count": "[parameters('n')]"}}
    ]
    template = {"contentVersion": "1.0.0.0", "parameters": {"n": {"type": "int"}}, "resources": made}
    (work / "shop.jsonc").write_text("// mine\n" + json.dumps(template), encoding="utf-8")
    told = desk.load("shop.jsonc")
    assert "(×? or ×0–1 behind the name): 1." in told
    assert "site ×?" in plain(desk.view())


def test_a_file_of_another_kind_is_answered_with_what_to_give(desk, work):
    work.mkdir()
    (work / "main.bicep").write_text("targetScope = 'subscription'\n", encoding="utf-8")
    with pytest.raises(WorkloadFileError, match="az bicep build"):
        desk.load("main.bicep")


def test_five_thousand_components_are_paged(work):
    desk = Desk("azure-2026", "en", {"before": many(5_000), "a": many(5_100, 1)})
    assert desk.pages == 50
    desk.page = 50
    assert "part 4999" in plain(desk.view())
    assert [row.name for row in desk.rows()][::99] == ["part 4900", "part 4999"]
    desk.compared = "a"
    assert desk.pages == 51
    desk.compared = ""
    desk.page = 51
    assert "Rows 4901 to 5000" in plain(desk.view())


# The component


class Page:
    """What the component in a page does: it asks, and shows what it is answered."""

    def __init__(self, view):
        self.view = view

    @property
    def state(self):
        return self.view.shown or self.view.content["state"]

    def do(self, what, **detail):
        (hear,) = self.view._msg_callbacks.callbacks
        heard = self.view.heard
        try:
            hear(self.view, {"kind": "ask", "do": what, **detail}, [])
        finally:
            assert self.view.heard == heard + 1
        return self.view.note

    def rows(self):
        return [tuple(row.values()) for row in self.state["rows"]]


def parts(*values):
    return dict(zip(("name", "kind", "service", "model"), values, strict=True))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_learner_builds_changes_and_compares(work, lang):
    words, changes = texts(lang)["build"], texts(lang)["change"]
    page = Page(srm.build_workload(lang=lang))
    assert page.view.content["services"]["Azure App Service"] == "paas"  # so the page proposes it
    assert page.do("add", parts=parts(PAYLOAD, "web", "Azure App Service", "iaas")) == words["added"].format(
        name=PAYLOAD
    )
    page.do("copy")
    assert (page.state["open"], page.state["compared"]) == ("a", "before")
    assert "PaaS" in page.do("change", name=PAYLOAD, part="model", value="paas")
    assert page.rows() == [(PAYLOAD, "web", "Azure App Service", "paas")]
    assert changes["stop doing"]["label"] in page.state["view"]
    assert "<img" not in page.state["view"]
    assert "&lt;img" in page.state["view"]
    page.do("turn")
    assert changes["new duty"]["label"] in page.state["view"]
    page.do("undo")
    page.do("open", value="before")
    page.do("compare", value="")
    page.do("remove", name=PAYLOAD)
    assert [plan["n"] for plan in page.state["plans"]] == [0, 1, 0]
    page.do("take", value="greenhouse")
    assert page.state["question"]["again"]["value"] == "greenhouse"
    again = page.state["question"]["again"]
    page.do(again["do"], value=again["value"], target=ALL)
    whole = srm.workload_tables.whole(srm.load_scenario("greenhouse", "before", lang), lang)
    assert page.state["view"] == whole.body


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_ready_workload_tells_its_story(work, lang):
    told = srm.list_scenarios(lang).loc["school-mail"]
    state = Page(srm.build_workload("school-mail", lang=lang)).state
    assert state["story"].startswith(told["story"])
    assert told["b"] in state["story"]
    assert state["scenario"] == "school-mail"


def test_what_was_refused_is_said_and_nothing_changes(work):
    page = Page(srm.build_workload(lang="en"))
    view = page.state["view"]
    assert "A component needs a name." in page.do("add", parts=parts("", "web", "", ""))
    assert page.state["refused"]
    assert page.state["view"] == view
    page.do("add", parts=parts("site", "web", "", ""))
    assert "refused" not in page.state


@pytest.mark.parametrize(
    ("message", "error"),
    [({"do": "explode"}, KeyError), ({"do": "add", "parts": "site"}, AttributeError)],
)
def test_a_message_that_nobody_foresaw_is_answered_and_its_error_goes_on(work, message, error):
    page = Page(srm.build_workload(lang="en"))
    with pytest.raises(error):
        page.do(message.pop("do"), **message)
    assert page.view.note.startswith(texts("en")["build"]["trouble"].split("{")[0])
    assert error.__name__ in page.view.note


def test_pages_appear_with_the_hundred_and_first(work):
    assert Page(srm.build_workload(many(100), lang="en")).state["pages"] == 1
    page = Page(srm.build_workload(many(101), lang="en"))
    assert (page.state["page"], page.state["pages"]) == (1, 2)
    page.do("page", value="2")
    assert "Rows 101 to 101 of 101" in page.state["view"]
    assert [row[0] for row in page.rows()] == ["part 100"]
    page.do("page", value="1")
    page.do("add", parts=parts("one more", "web", "", ""))
    assert page.state["page"] == 2  # where it stands


def test_another_matrix_has_other_places(work):
    view = srm.build_workload(matrix="aws-rds", lang="en")
    labels = [one["label"] for one in view.content["models"]]
    assert labels[1:] == list(srm.load_matrix("aws-rds", "en").columns)
    assert [one["key"] for one in view.content["kinds"]] == list(KINDS)
    assert repr(view) == texts("en")["build"]["hint"]
    with pytest.raises(UnknownNameError):
        srm.build_workload("webshop")
