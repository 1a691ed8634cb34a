"""The builder: what each action does, and every control moved in a kernel as a browser would."""

import json

import ipywidgets as w
import pytest

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES, UnknownNameError
from srm_data.views.html import tables
from srm_data.workloads.builder import _Builder
from srm_data.workloads.component_rows import WorkloadFileError
from srm_data.workloads.session import Desk
from tests.lessons import Kernel, plain
from tests.widgets.test_component import on_page
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
        lambda: desk.move("site", "Azure App Service", "paas"),
        lambda: desk.move("site", "", "saas"),
        lambda: desk.remove("site"),
    ]
    states = [desk.plan]
    for step in steps:
        assert step()
        states.append(desk.plan)
    assert states[2].component("site") == srm.Component("site", "web", "Azure App Service", "paas")
    assert states[3].component("site").service == "Azure App Service"  # the field was left empty
    assert states[4].components == ()
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
        lambda: desk.move("sight", "", "paas"),
        lambda: desk.load("none.yaml"),
        lambda: desk.save("x.exe"),
    ):
        with pytest.raises(ValueError, match=r"\S"):
            fail()
    assert desk.plan == before
    desk.undo()
    assert desk.plan.components == ()


def test_plan_b_is_a_copy_beside_the_plan_it_came_from(desk):
    desk.take("web-shop")
    desk.shown = "a"
    desk.copy()
    assert (desk.shown, desk.compared) == ("b", "a")
    assert desk.plans["b"].components == desk.plans["a"].components
    assert "moves nothing" in plain(desk.view())
    desk.move("shop site", "Azure App Service", "paas")
    assert "1 handed over, 2 now shared" in plain(desk.view())
    desk.undo()
    desk.undo()
    assert (desk.shown, desk.compared) == ("a", "")
    assert desk.plans["b"] == srm.load_scenario("web-shop", "b", "en")


def test_a_file_is_kept_and_opened_again(desk, work):
    desk.take("school-mail")
    assert "school.csv" in desk.save("school.csv")
    kept = desk.plan
    desk.take("")
    assert desk.plan.components == ()
    desk.load("school.csv")
    assert desk.plan.components == kept.components
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
    desk.load("arm.json")
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
    assert desk.suggested()[-1] == "part 4999"
    desk.compared = "a"
    assert desk.pages == 51
    desk.compared = ""
    desk.page = 51
    assert "Rows 4901 to 5000" in plain(desk.view())


# The controls


def parts(view):
    page = [*on_page(view)]
    buttons = {b.description: b for b in page if isinstance(b, w.Button)}
    fields = {f.description: f for f in page if isinstance(f, w.Text | w.Dropdown | w.Combobox)}
    radios = [r for r in page if isinstance(r, w.RadioButtons)]
    htmls = [h for h in page if isinstance(h, w.HTML)]
    return buttons, fields, radios, htmls


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_learner_builds_moves_and_compares(work, lang):
    words = texts(lang)["build"]
    buttons, fields, (plan, compared), htmls = parts(srm.build_workload(lang=lang))
    fields[words["name"]].value = PAYLOAD
    fields[words["service"]].value = "Azure App Service"
    assert fields[words["model"]].value == "paas"  # what the table of types says of that service
    fields[words["model"]].value = "iaas"
    buttons[words["add"]].click()
    buttons[words["copy"]].click()
    assert (plan.index, compared.index) == (2, 1)
    fields[words["model"]].value = "paas"
    buttons[words["move"]].click()
    note, view = htmls[-2].value, htmls[-1].value
    assert "PaaS" in plain(note)
    assert texts(lang)["change"]["stop doing"]["label"] in view
    assert "<img" not in note + view
    assert "&lt;img" in view
    buttons[words["undo"]].click()
    assert texts(lang)["change"]["stop doing"]["label"] + " ·" not in plain(htmls[-1].value)
    plan.index = 0
    compared.index = 0
    buttons[words["remove"]].click()
    fields[words["begin"]].value = "greenhouse"
    buttons[words["load_scenario"]].click()
    assert (
        htmls[-1].value
        == srm.workload_tables.whole(srm.load_scenario("greenhouse", "before", lang), lang).body
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_ready_workload_tells_its_story(work, lang):
    told = srm.list_scenarios(lang).loc["school-mail"]
    _, _, _, htmls = parts(srm.build_workload("school-mail", lang=lang))
    assert plain(htmls[-2].value).startswith(told["story"])
    assert told["b"] in htmls[-2].value
    assert Desk("azure-2026", lang).take("school-mail") == plain(htmls[-2].value)


def test_a_component_that_is_there_brings_its_fields(work):
    words = texts("en")["build"]
    _, fields, _, _ = parts(srm.build_workload("web-shop", lang="en"))
    assert fields[words["begin"]].value == "web-shop"
    assert fields[words["name"]].options[0] == "shop site"
    fields[words["name"]].value = "newsletter"
    assert fields[words["kind"]].value == "mail"
    assert fields[words["service"]].value == "a newsletter service"
    assert fields[words["model"]].value == "saas"


def test_an_error_stands_in_the_view_and_goes_on(work):
    words = texts("en")["build"]
    buttons, _, _, htmls = parts(srm.build_workload(lang="en"))
    view = htmls[-1].value
    buttons[words["add"]].click()
    assert 'role="status"' in htmls[-2].value
    assert "A component needs a name." in htmls[-2].value
    assert htmls[-1].value == view
    builder = _Builder(Desk("azure-2026", "en"))
    with pytest.raises(ZeroDivisionError):  # one that nobody foresaw is said, and goes its way
        builder._do(lambda: 1 / 0)
    assert "ZeroDivisionError: division by zero" in builder.note.value


def test_pages_appear_with_the_hundred_and_first(work):
    words = texts("en")["build"]
    _, fields, _, htmls = parts(srm.build_workload(many(100), lang="en"))
    assert fields[words["page"]].layout.display == "none"
    _, fields, _, htmls = parts(srm.build_workload(many(101), lang="en"))
    assert fields[words["page"]].layout.display is None
    fields[words["page"]].value = 2
    assert "Rows 101 to 101 of 101" in htmls[-1].value


def test_every_control_is_native_and_named(work):
    page = [*on_page(srm.build_workload(lang="nl"))]
    kinds = {w.HTML, w.Button, w.RadioButtons, w.Dropdown, w.Combobox, w.Text}
    assert {type(widget) for widget in page if not isinstance(widget, w.Box)} == kinds
    assert all(widget.description for widget in page if type(widget) in kinds - {w.HTML})
    _, _, (plan, compared), _ = parts(srm.build_workload(lang="nl"))
    assert not {label for label, _ in plan.options} & {label for label, _ in compared.options}


def test_another_matrix_has_other_places(work):
    view = srm.build_workload(matrix="aws-rds", lang="en")
    _, fields, _, _ = parts(view)
    labels = [label for label, _ in fields[texts("en")["build"]["model"]].options]
    assert labels[1:] == list(srm.load_matrix("aws-rds", "en").columns)
    assert repr(view) == texts("en")["build"]["hint"]
    with pytest.raises(UnknownNameError):
        srm.build_workload("webshop")


@pytest.mark.usefixtures("jupyter_home")
@pytest.mark.xdist_group("kernel")
def test_every_control_moved_in_a_kernel(tmp_path):
    with Kernel(tmp_path) as kernel:
        kernel.run("import srm_data as srm")
        kernel.run('srm.build_workload("hospital-database", lang="nl")')
        assert kernel.errors == []
        for _ in range(2):  # the second time round there is something to undo, to open and to remove
            for comm_id, message in kernel.moves():
                kernel.send(comm_id, message)
                assert kernel.errors == [], kernel.widgets[comm_id]["description"]


def test_the_style_is_there_once(work):
    _, _, _, htmls = parts(srm.build_workload(lang="en"))
    assert [h.value for h in htmls if "<style" in h.value] == [f"<style>{tables.style()}</style>"]
