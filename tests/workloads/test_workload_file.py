"""Workloads in files: back as they were, every fault with its place, nothing evaluated."""

import codecs
import time

import pytest
from hypothesis import HealthCheck, given, settings

import srm_data as srm
from srm_data.core.vocabulary import UnknownNameError
from srm_data.files.paths import DATA
from srm_data.workloads import yaml_text
from tests.workloads.test_workload import workloads

CSV = "name,kind,service,model\nsite,web,Azure App Service,PaaS\norders,database,,\n"
YAML = """
workload: the shop
components:
- name: site
  kind: web
  service: Azure App Service
  model: PaaS
- name: orders
  kind: Database
"""
SHOP = srm.Workload().add("site", "web", "Azure App Service", "PaaS").add("orders", "database").components


@pytest.fixture
def read(tmp_path):
    def read(content, name="shop.csv"):
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return srm.read_workload(file)

    return read


@pytest.fixture
def faults(read):
    """The faults of a file as (line, column, value), and what it says."""

    def faults(content, name="shop.csv"):
        with pytest.raises(srm.WorkloadFileError) as caught:
            read(content, name)
        assert str(caught.value).startswith(f"{name} is not a workload yet.")
        return [(f.line, f.column, f.value) for f in caught.value.faults], str(caught.value)

    return faults


def test_both_forms_are_read(read):
    assert read(CSV).components == SHOP
    assert read(CSV).name == "shop"
    assert read(YAML, "shop.yaml").components == SHOP
    assert read(YAML, "shop.yml").name == "the shop"
    assert read(YAML.split("components:")[1], "list.yaml").components == SHOP


def test_dutch_headings_and_words_are_taken(read):
    assert (
        read(
            "naam;soort;dienst;servicemodel\nsite;website;Azure App Service;paas\norders;database;;\n"
        ).components
        == SHOP
    )
    dutch = (
        "componenten:\n- naam: site\n  soort: website\n  dienst: Azure App Service\n  servicemodel: PaaS\n"
    )
    assert read(dutch, "shop.yaml").components == SHOP[:1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_whatever_a_spreadsheet_saves_is_read(read, encoding):
    assert read(CSV.replace("site", "café").encode(encoding)).components[0].name == "café"


def test_the_example_that_ships_is_one():
    plan = srm.read_workload(DATA / "own-workload.csv")
    assert len(plan) == 5
    assert [c.name for c in plan.unplaced()] == ["reports"]


@pytest.mark.parametrize("ending", ["csv", "yaml"])
@given(plan=workloads())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_workload_comes_back_whatever_its_names(tmp_path, ending, plan):
    file = srm.write_workload(plan, tmp_path / f"plan.{ending}")
    if plan.components or ending == "yaml":
        assert srm.read_workload(file).components == plan.components
    first = file.read_bytes()
    srm.write_workload(plan, file)
    assert file.read_bytes() == first


@pytest.mark.parametrize(
    ("content", "places", "says"),
    [
        ("name,model\nsite,PasS\n", [(2, "model", "PasS")], "'PasS' is not a column"),
        ("name,model\nsite,PasS\n", [(2, "model", "PasS")], "allowed: On-premises, IaaS, PaaS, SaaS"),
        ("name,kind\nsite,kar\n", [(2, "kind", "kar")], "not a kind of component"),
        ("name\na\nb\na\n", [(4, "name", "a")], "first on line 2"),
        ("kind,model\nweb,PaaS\n", [(1, "name", None)], "column is missing"),
        ("name,modle\na,PaaS\n", [(1, "modle", "modle")], "Did you mean 'model'"),
        ("name,name\na,b\n", [(1, "name", "name")], "is there twice"),
        ("name\n=cmd|' /C calc'!A0\n", [(2, "name", "=cmd|' /C calc'!A0")], "spreadsheet formula"),
        ("name,service\nx,\x07\n", [(2, "service", "\x07")], "nobody can see"),
        (f"name\n{'x' * 201}\n", [(2, "name", "x" * 201)], "longer than 200"),
        ("name,model\na,PaaS,extra\n", [(2, None, None)], "3 fields"),
        ('name\n"a\n', [(2, None, None)], "never closes"),
        ("", [(None, None, None)], "empty"),
        (b"name\ncaf\xe9\n", [(2, None, "café")], "not UTF-8"),
    ],
)
def test_a_bad_csv_tells_where_and_what(faults, content, places, says):
    found, message = faults(content)
    assert found == places
    assert says in message


def test_all_faults_are_told_at_once(faults):
    found, _ = faults("name,kind,model\na,kar,PasS\n,web,\na,web,IaaS\na,web,IaaS\n")
    assert [place[0] for place in found] == [2, 2, 3, 5]


BOMB = "a: &a [x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\n"


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (BOMB, 1, "anchor or alias"),
        ("components: &all\n- name: a\n", 1, "anchor or alias"),
        ("components:\n- name: a\n- *a\n", 3, "alias"),
        ("components:\n- !!python/object/apply:os.system ['touch /tmp/x']\n", 2, "is a tag"),
        ("components:\n- name: !env HOME\n", 2, "is a tag"),
        ("!!set {a, b}\n", 1, "is a tag"),
        ("components:\n- name: a\n---\ncomponents: []\n", 3, "second document"),
        ("[" * 100_000, 1, "more than 4 deep"),
        ("components:\n- name: [[[[a]]]]\n", 2, "more than 4 deep"),
        ("components:\n- name: {a: b}\n", 2, "plain text"),
        ("components:\n- just text\n", 2, "not a component"),
        ("components: text\n", 1, 'list "components" is missing'),
        ("text\n", 1, 'list "components" is missing'),
        ("components:\n- name: a\n  modle: PaaS\n", 3, "not a heading"),
        ("components:\n- name: a\n  name: b\n", 3, "is there twice"),
        ("components:\n- name: a\n  model: PasS\n", 2, "not a column"),
        ("components:\n - name: a\n- name: b\n", 3, "cannot be read as YAML"),
        ('components: "\n', 2, "cannot be read as YAML"),
        ("components:\n- name: \x01\n", None, "cannot be read as YAML"),
    ],
)
def test_bad_yaml_is_told_and_nothing_is_followed(faults, content, line, says):
    found, message = faults(content, "shop.yaml")
    assert found[0][0] == line
    assert says in message


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_words_of_yaml_stay_the_text_they_are(read, monkeypatch, loader):
    import yaml

    monkeypatch.setattr(yaml_text, "_loader", lambda: getattr(yaml, loader))
    names = ["no", "null", "1e5", "2024-01-01", "0o17", "~"]
    plan = read("components:\n" + "".join(f"- name: {name}\n  service:\n" for name in names), "shop.yaml")
    assert [c.name for c in plan.components] == names
    assert {c.service for c in plan.components} == {""}


def test_a_hundred_megabytes_are_not_opened(tmp_path, monkeypatch):
    for name in ("big.csv", "big.yaml"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(100_000_000)
        begun = time.perf_counter()
        with pytest.raises(srm.WorkloadFileError, match=r"100\.0 MB; a workload stays under 2 MB"):
            srm.read_workload(tmp_path / name)
        assert time.perf_counter() - begun < 5  # reading it would take longer, and its memory


@pytest.mark.parametrize(
    "content",
    ["components:\n" + "- a\n" * 130_000, "a: b\n" * 70_000, "components: [" + "a: b," * 30_000 + "]"],
)
def test_yaml_that_is_longer_than_any_workload_is_not_read_on(faults, content):
    _, message = faults(content, "shop.yaml")
    assert "more words and lists in this file than a workload of 10000 components has" in message


def test_the_first_faults_come_with_a_guess_and_the_rest_without(read):
    with pytest.raises(srm.WorkloadFileError) as caught:
        read("name,model\n" + "".join(f"c{n},PasS\n" for n in range(300)))
    guesses = ["Did you mean 'PaaS'?" in str(fault) for fault in caught.value.faults]
    assert guesses == [True] * 100 + [False] * 200


def test_too_many_components_are_refused(faults):
    _, message = faults("name\n" + "".join(f"c{n}\n" for n in range(10_001)))
    assert "10001 components; a workload has at most 10000" in message


def test_no_file_and_no_such_ending(tmp_path):
    with pytest.raises(srm.WorkloadFileError, match="no such file"):
        srm.read_workload(tmp_path / "none.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(srm.WorkloadFileError, match="folder, not a file"):
        srm.read_workload(tmp_path / "folder.csv")
    for call in (srm.read_workload, lambda path: srm.write_workload(srm.Workload(), path)):
        with pytest.raises(UnknownNameError, match="csv"):
            call(tmp_path / "shop.xlsx")


def test_a_row_number_column_is_left_out(read):
    assert read("," + CSV.replace("\nsite", "\n0,site").replace("\norders", "\n1,orders")).components == SHOP


def test_dutch_when_dutch_is_in_use(read):
    srm.use_language("nl")
    with pytest.raises(srm.WorkloadFileError, match=r"shop.csv is nog geen workload. 1 ding"):
        read("naam,soort\na,kar\n")


def test_the_bom_of_a_duty_list_is_no_heading(read):
    assert read(codecs.BOM_UTF8 + CSV.encode()).components == SHOP


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("plan.csv", "naam;soort;servicemodel\nwinkel;webb;PaaS\n", "is nog geen workload"),
        ("plan.csv", "naam;soort;servicemodel\nwinkel;webb;PaaS\n", "regel 2, kolom 'kind': 'webb'"),
        ("plan.yaml", "onderdelen:\n- naam: winkel\n  soort: webb\n", "is nog geen workload"),
        ("plan.yaml", "naam: caf\xe9\n", "bewaar het bestand als UTF-8"),
    ],
)
def test_faults_are_told_in_the_language_of_the_file(name, content, says, tmp_path):
    file = tmp_path / name
    file.write_bytes(content.encode("latin-1"))
    with pytest.raises(srm.WorkloadFileError) as error:
        srm.read_workload(file)
    assert says in str(error.value)
    assert "line 2" not in str(error.value)
