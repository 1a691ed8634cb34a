"""Topics: the crosswalk row by row, what is lined up, and how it is said and shown."""

import re
from itertools import combinations

import pytest

import srm_data as srm
from srm_data.core import topics
from srm_data.core.dataset import table_frame
from srm_data.core.frames import as_matrix
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES, SERVICE_MODELS, UnknownNameError
from srm_data.views import sentences
from srm_data.views.figures import draw
from srm_data.views.html import tables
from tests.views.html.test_tables import HOSTILE, parse

TOPICS = [*table_frame("topics")["topic"]]
CROSSWALK = table_frame("crosswalk").to_dict("records")
CLOUDS = ["azure-2026", "aws-rds", "gcp", "ibm-iaas", "ibm-managed"]
IDS = {(m, c) for m, c in table_frame("columns")[["matrix", "column"]].to_numpy()}


# The crosswalk


def test_every_area_of_every_matrix_has_a_topic():
    areas = {(r["matrix"], r["area"]) for r in table_frame("areas").to_dict("records")}
    assert areas == {(row["matrix"], row["area"]) for row in CROSSWALK}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_is_one_short_sentence(lang):
    for row in [*CROSSWALK, *table_frame("columns").to_dict("records")]:
        reason = row.get(f"reason_{lang}") or row[f"model_reason_{lang}"]
        assert reason[0].isupper(), row
        assert reason.endswith("."), row
        assert len(reason) < 130, row


def test_a_row_that_holds_for_some_columns_names_columns_that_exist():
    narrow = [row for row in CROSSWALK if row["columns"]]
    assert len(narrow) == 17
    for row in narrow:
        assert all((row["matrix"], column) in IDS for column in row["columns"].split()), row


def test_the_crosswalk_goes_by_matrix_and_area_in_source_order():
    order = [(r["matrix"], r["area"]) for r in table_frame("areas").to_dict("records")]
    met = [order.index((row["matrix"], row["area"])) for row in CROSSWALK]
    assert met == sorted(met)


def test_columns_that_name_a_service_model_are_lined_up_under_it():
    for row in table_frame("columns").to_dict("records"):
        named = next((m for m in SERVICE_MODELS if row["label_en"].lower().startswith(m.lower())), None)
        if named:
            assert row["model"] == named, row


def test_a_reason_that_speaks_of_an_own_reading_is_there_where_the_source_names_no_model():
    ours = {
        (row["matrix"], row["model"])
        for row in table_frame("columns").to_dict("records")
        if row["model_reason_en"].startswith("Our interpretation")
    }
    assert ours == {
        ("aws-rds", "PaaS"),
        ("aws-rds-custom", "PaaS"),
        ("aws-lambda", "PaaS"),
        ("ibm-managed", "PaaS"),
        ("oracle-autonomous", "PaaS"),
        ("ovhcloud", "PaaS"),
    }


# What is lined up


def test_who_patches_the_guest_system():
    rows = srm.compare_topic("operating-system", CLOUDS, lang="en")
    said = rows.groupby("model", observed=True)["party"].agg(lambda p: sorted(set(p)))
    assert said.to_dict() == {
        "on-premises": ["customer"],
        "IaaS": ["customer"],
        "PaaS": ["provider"],
        "SaaS": ["provider"],
    }
    assert set(rows["matrix"]) == {"azure-2026", "aws-rds", "gcp", "ibm-iaas"}  # ibm-managed has no such row


def test_who_answers_for_network_controls_in_paas():
    rows = srm.compare_topic("network-controls", CLOUDS, lang="en").query("model == 'PaaS'")
    by_matrix = rows.groupby("matrix")["party"].agg(lambda p: sorted(set(p)))
    assert by_matrix.to_dict() == {
        "azure-2026": ["shared"],
        "gcp": ["provider"],
        "ibm-managed": ["provider"],
    }
    found = topics.look_up("network-controls", CLOUDS, "en")
    assert [found.verdict(m) for m in found.models] == ["agree", "differ", "differ", "agree"]
    assert [m.id for m in found.silent()] == ["aws-rds"]


def test_one_product_name_two_answers():
    rows = srm.compare_topic("operating-system", "aws-rds-custom", lang="en")
    patching = rows[rows["area"] == "OS patching"].set_index("column")
    assert patching["party"].to_dict() == {
        "Database on EC2": "customer",
        "RDS Custom for Oracle": "customer",
        "RDS Custom for SQL Server": "provider",
        "Amazon RDS": "provider",
    }
    assert patching["model"].astype(object).where(patching["model"].notna(), None).to_list() == [
        "IaaS",
        None,
        None,
        "PaaS",
    ]


def test_only_the_task_about_disasters_speaks_of_backup():
    rows = srm.compare_topic("backup", "ibm-managed", lang="en")
    assert set(rows["column"]) == {"Disaster recovery"}
    assert rows.set_index("area")["party"].to_dict() == {
        "Service instance": "shared",
        "Virtual storage": "provider",
    }


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_the_cells_of_its_areas(topic):
    rows = srm.compare_topic(topic, lang="nl")
    expected = {
        (row["matrix"], row["area"], column)
        for row in CROSSWALK
        if row["topic"] == topic and row["matrix"] != "stack"
        for m, column in IDS
        if m == row["matrix"] and (not row["columns"] or column in row["columns"].split())
    }
    keys = ["matrix", "area_id", "column_id"]
    assert {tuple(key) for key in rows[keys].to_numpy()} == expected
    for row in rows.to_dict("records"):
        cells = srm.load_cells(row["matrix"], lang="nl").set_index(["area_id", "column_id"])
        assert row["party"] == cells.loc[(row["area_id"], row["column_id"]), "party"]


def test_a_topic_is_found_by_its_name_in_either_language():
    for name in ("network-controls", "Network controls", " netwerkregels "):
        assert topics.look_up(name, lang="nl").id == "network-controls"
    assert topics.look_up("Netwerkregels", lang="en").label == "Network controls"


def test_mistakes_are_answered_with_what_there_is():
    with pytest.raises(UnknownNameError, match=r"Did you mean 'operating-system'.*Choose from: data, conf"):
        srm.compare_topic("operating-sytem")
    with pytest.raises(UnknownNameError, match="Did you mean 'azure-2026'"):
        srm.compare_topic("data", ["azure-2062"])
    with pytest.raises(ValueError, match="stack says who runs a layer"):
        srm.compare_topic("data", ["azure-2026", "stack"])
    with pytest.raises(ValueError, match="at least one"):
        srm.compare_topic("data", [])


def test_a_table_of_your_own_stands_beside_the_others():
    own = srm.load_matrix("azure-2026", lang="en").rename(index={"Operating system": "os patching"})
    own = own.loc[["os patching", "Customer data"], ["IaaS", "PaaS"]]
    found = topics.look_up("operating-system", ["azure-2026", own], "en")
    assert [line.area.label for line in found.lines] == ["Operating system", "os patching"]
    assert found.verdict("PaaS") == "agree"
    edited = srm.load_matrix("azure-2026", lang="en")
    edited.loc["Operating system", "PaaS"] = "customer"
    assert topics.look_up("operating-system", ["azure-2026", edited], "en").verdict("PaaS") == "differ"


# In words


def test_a_topic_in_words():
    english = sentences.topic("network-controls", CLOUDS, "en")
    assert english == (
        "Network controls. With On-premises both tables say customer. With IaaS they differ: customer in "
        "Azure (January 2026) and Google Cloud (2023); shared in IBM IaaS (June 2026). With PaaS they differ"
        ": shared in Azure (January 2026); provider in Google Cloud (2023) and IBM managed (June 2026). "
        "With SaaS both tables say provider. AWS RDS (June 2023) has no row about this."
    )
    dutch = sentences.topic("backup", CLOUDS, "nl")
    assert dutch.startswith(
        "Back-up en herstel. Bij On-premises staat het maar in één tabel, AWS RDS (juni 2023)"
    )
    assert "deels gedeeld, deels leverancier volgens IBM beheerd (juni 2026)" in dutch


def test_models_with_the_same_answer_share_a_sentence():
    assert (
        "With IaaS, PaaS and SaaS only one table has it, Google Cloud (2023): provider."
        in sentences.topic("encryption-keys", ["gcp"], "en")
    )


@pytest.mark.parametrize(
    ("topic", "matrices", "title"),
    [
        (
            "operating-system",
            CLOUDS,
            "Operating system: the tables agree in On-premises, IaaS, PaaS and SaaS",
        ),
        (
            "network-controls",
            CLOUDS,
            "Network controls: the tables agree in On-premises and SaaS, not in IaaS and PaaS",
        ),
        ("network-controls", ["gcp", "ibm-iaas"], "Network controls: the tables differ in IaaS"),
        ("control-plane", ["aws-eks", "rosa"], "Control plane: no two tables to line up"),
        ("ai-model", ["gcp"], "AI model: no row in these tables"),
    ],
)
def test_the_title_states_where_they_agree(topic, matrices, title):
    assert sentences.topic_title(topics.look_up(topic, matrices, "en")) == title


#: What a title of a topic claims, in each language: where the tables agree, and where they do not.
CLAIMS = {
    "en": (
        re.compile(r": the tables agree in (?P<agree>.+?)(?:, not in (?P<differ>.+))?$"),
        re.compile(r": the tables (?P<agree>)differ in (?P<differ>.+)$"),
    ),
    "nl": (
        re.compile(r": de tabellen zijn het eens bij (?P<agree>.+?)(?:, niet bij (?P<differ>.+))?$"),
        re.compile(r": de tabellen (?P<agree>)verschillen bij (?P<differ>.+)$"),
    ),
}


def claimed(title, lang):
    """The service models under which a title says that the tables agree, and those under which not."""
    found = next((m for pattern in CLAIMS[lang] if (m := pattern.search(title))), None)
    names = found.groupdict() if found else {}
    both = {key: re.split(", | and | en ", names.get(key) or "") for key in ("agree", "differ")}
    return {key: {name.lower() for name in value if name} for key, value in both.items()}


PARTY = table_frame("cells").set_index(["matrix", "area", "column"])["party"].to_dict()
MODEL = {(r["matrix"], r["column"]): r["model"] for r in table_frame("columns").to_dict("records")}


def read_off(matrices, topic):
    """The same from the cells themselves: service model -> what each table says under it."""
    said = {}
    for row in CROSSWALK:
        if row["topic"] != topic or row["matrix"] not in matrices:
            continue
        for (matrix, column), model in MODEL.items():
            if matrix != row["matrix"] or not model or column not in (row["columns"].split() or [column]):
                continue
            if party := PARTY.get((matrix, row["area"], column)):
                said.setdefault(model, {}).setdefault(matrix, set()).add(party)
    several = {model: list(told.values()) for model, told in said.items() if len(told) > 1}
    agree = {model.lower() for model, told in several.items() if all(one == told[0] for one in told)}
    return {"agree": agree, "differ": {model.lower() for model in several} - agree}


TABLES = [r["matrix"] for r in table_frame("matrices").to_dict("records") if r["kind"] == "responsibility"]


@pytest.mark.parametrize("topic", TOPICS)
def test_no_title_of_a_topic_contradicts_the_cells_below_it(topic):
    """ "The same under On-premises and SaaS" stood above C and P: it is the tables that agree."""
    about = [m for m in TABLES if any(r["matrix"] == m and r["topic"] == topic for r in CROSSWALK)]
    for chosen in [TABLES, *combinations(about, 2)]:
        wanted = read_off(chosen, topic)
        for lang in LANGUAGES:
            title = sentences.topic_title(topics.look_up(topic, chosen, lang))
            assert claimed(title, lang) == wanted, (chosen, title)
            assert not re.search(r"\b(?:same|hetzelfde)\b", title), "the same as what?"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_title_of_a_topic_stands_above_its_picture_and_its_table(lang):
    for topic, pair in (("operating-system", ["azure-2026", "gcp"]), ("network-controls", CLOUDS)):
        title = sentences.topic_title(topics.look_up(topic, pair, lang))
        assert draw.topic(topic, pair, lang=lang).heading == title
        assert title in parse(tables.topic(topic, pair, lang=lang).body).text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_is_said_and_shown(topic, lang):
    told = sentences.topic(topic, lang=lang)
    assert told.startswith(f"{topics.look_up(topic, lang=lang).label}. ")
    page = parse(tables.topic(topic, lang=lang).body)
    for gap in ("None", "{", "  ", "()"):
        assert gap not in told
    (outer,) = page.children
    assert outer.attributes == {"class": "srm", "lang": lang}
    for table in outer.find("table"):
        assert next(table.find("caption")).text.strip()
        assert all(th.attributes.get("scope") for th in table.find("th"))
    rows = srm.compare_topic(topic, lang=lang)
    for shown in (
        *rows["area"],
        *rows["reason"],
        *rows["model_reason"],
        *rows["qualifier"],
        *rows["edition"],
    ):
        assert shown in outer.text
    assert told in outer.text


# The table


def test_the_cells_stand_under_their_service_model():
    page = parse(tables.topic("network-controls", ["azure-2026", "gcp", "ibm-managed"], "en").body)
    (table,) = page.find("table")
    head = [th.text for th in next(table.find("thead")).find("th")]
    assert head == [
        "Area",
        "On-premisesthey agree",
        "IaaSthey agree",
        "PaaSthey differ",
        "SaaSthey agree",
    ]
    (lit,) = table.find("th", kind="lit")
    assert lit.text.startswith("PaaS")
    rows = {
        next(row.find("b")).text: [cell.text[:1] for cell in row.find("td")]
        for row in next(table.find("tbody")).find("tr")
    }
    assert rows == {
        "Azure, January 2026": ["C", "C", "S", "P"],
        "Google Cloud, 2023": ["C", "C", "P", "P"],
        "IBM managed, June 2026": ["–", "–", "P", "–"],
    }


def test_tasks_that_differ_are_all_named():
    page = parse(tables.topic("physical-hosts", "ibm-iaas", "en").body)
    (said,) = page.find("ul", kind="said")
    assert [item.text for item in said.find("li")] == [
        "PIncidents and operations",
        "PChange management",
        "SIdentity and access* Note",
        "SSecurity and compliance* Note",
        "PDisaster recovery",
    ]


def test_columns_that_are_no_service_model_keep_their_names():
    page = parse(tables.topic("operating-system", ["azure-2026", "aws-rds-custom"], "nl").body)
    lined, apart = page.find("table")
    assert next(apart.find("caption")).text == texts("nl")["topic"]["apart"]
    assert "KRDS Custom voor Oracle* Let opLRDS Custom voor SQL Server* Let op" in apart.text
    assert "RDS Custom voor" not in lined.text


def test_a_dispute_is_marked_and_told():
    page = parse(tables.topic("people", ["gcp"], "en").body)
    assert "? Disputed" in [mark.text for mark in page.find("sup")]
    assert "an EC-Council textbook gives it to Google" in next(page.find("details")).text


def test_the_sources_of_few_tables_stand_open_and_those_of_many_are_folded():
    few = parse(tables.topic("data", ["azure-2026", "gcp"], "en").body)
    assert [p.text for p in few.find("p", kind="foot")] == [
        sentences.foot(as_matrix(m, "en")) for m in ("azure-2026", "gcp")
    ]
    many = parse(tables.topic("data", lang="en").body)
    assert not [*many.find("p", kind="foot")]
    assert next(d for d in many.find("details") if d.text.startswith("Sources")).text.count("Source:") > 4


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_stays_text(hostile):
    own = srm.load_matrix("azure-2026", lang="en").loc[["Operating system"]].rename(columns={"SaaS": hostile})
    body = tables.topic("operating-system", [own], "en").body
    assert "<script" not in body
    assert "<img" not in body
    assert " ".join(hostile.split()) in parse(body).text
