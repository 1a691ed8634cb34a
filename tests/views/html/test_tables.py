"""The HTML tables: what stands in each cell, how it is marked up, and that text stays text."""

from html.parser import HTMLParser

import pandas as pd
import pytest

import srm_data as srm
from srm_data.core.dataset import table_frame
from srm_data.core.frames import as_matrix
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES, PARTIES
from srm_data.views import sentences
from srm_data.views.html import tables
from srm_data.views.palette import THEMES

MATRICES = sorted(table_frame("matrices")["matrix"])
VOID = {"br", "img", "hr", "input", "meta", "link"}
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{7*7}}{% raw %}",
    "$x$ \\(y\\)",
    "&lt;b&gt; &amp;",
    "</td></table><h1>",
]


class Element:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent, self.children = tag, dict(attributes), parent, []

    def find(self, tag, **attributes):
        """Every descendant with this tag and these attributes; `kind` is a class."""
        kind = attributes.pop("kind", None)
        for child in self.children:
            if isinstance(child, Element):
                fits = tag in ("*", child.tag) and all(
                    child.attributes.get(k) == v for k, v in attributes.items()
                )
                if fits and (kind is None or kind in child.attributes.get("class", "").split()):
                    yield child
                yield from child.find(tag, **attributes, **({"kind": kind} if kind else {}))

    @property
    def text(self):
        return "".join(c.text if isinstance(c, Element) else c for c in self.children)


class Page(HTMLParser):
    """Builds the tree and refuses tags that do not nest."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("root", {}, None)
        self.feed(str(html))
        self.close()
        assert self.here is self.root, f"<{self.here.tag}> is never closed"

    def handle_starttag(self, tag, attrs):
        element = Element(tag, attrs, self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_endtag(self, tag):
        assert tag == self.here.tag, f"</{tag}> closes <{self.here.tag}>"
        self.here = self.here.parent

    def handle_data(self, data):
        self.here.children.append(data)


def parse(html):
    return Page(html).root


def views(matrix, lang):
    """Every view of one matrix but the many pairs of what_if, of which the first and the last."""
    m = as_matrix(matrix, lang)
    first, last = m.columns[0].label, m.columns[-1].label
    yield tables.matrix(matrix, lang)
    yield tables.split(matrix, lang)
    yield tables.about(matrix, lang)
    yield from (tables.model(matrix, column.label, lang) for column in m.columns)
    yield tables.what_if(matrix, first, last, lang)
    yield tables.what_if(matrix, last, first, lang)


@pytest.mark.parametrize("matrix", MATRICES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_view_is_well_formed_and_says_its_language(matrix, lang):
    for view in views(matrix, lang):
        (outer,) = parse(view.body).children
        assert (outer.attributes["class"], outer.attributes["lang"]) == ("srm", lang)
        for gap in ("None", "{{", "{%", " nan"):
            assert gap not in outer.text
        for table in outer.find("table"):
            (caption,) = table.find("caption")
            assert caption.text.strip()
            assert all(th.attributes.get("scope") for th in table.find("th"))
        for link in outer.find("a"):
            assert link.attributes["href"].startswith("https://")
            assert link.attributes["rel"] == "noopener"


@pytest.mark.parametrize("matrix", MATRICES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_cell_of_the_table_is_that_of_the_matrix(matrix, lang):
    frame = srm.load_matrix(matrix, lang=lang)
    spoken = texts(lang)["party"]
    look = {spoken[p]["word"]: (p[0], spoken[p]["letter"], spoken[p]["label"]) for p in PARTIES}
    body = next(parse(tables.matrix(matrix, lang).body).find("tbody"))
    rows = [*body.find("tr")]
    assert [next(row.find("th")).text for row in rows] == [*frame.index]
    for row, values in zip(rows, frame.to_numpy(), strict=True):
        for cell, value in zip(row.find("td"), values, strict=True):
            colour, letter, label = look[value]
            assert colour in cell.attributes["class"].split()  # which colour and hatch the style gives
            assert next(cell.find("b")).text == letter
            assert next(cell.find("span", kind="w")).text == label


def test_the_head_has_every_column_with_its_examples():
    head = next(parse(tables.matrix("azure-2026", "en").body).find("thead"))
    assert [th.text for th in head.find("th", scope="col")] == [
        "Area",
        "On-premisesyour own server room",
        "IaaSAzure Virtual Machines",
        "PaaSAzure App Service, Azure SQL Database",
        "SaaSMicrosoft 365",
    ]


def test_title_sentence_and_foot_are_the_words():
    page = parse(tables.matrix("azure-2026", "nl").body)
    assert next(page.find("caption")).text == sentences.matrix_title(as_matrix("azure-2026", "nl"))
    assert next(page.find("p", kind="say")).text == sentences.matrix("azure-2026", "nl")
    assert next(page.find("p", kind="foot")).text == sentences.foot(as_matrix("azure-2026", "nl"))


def test_one_column_is_lit_and_the_others_dimmed():
    page = parse(tables.model("azure-2026", "PaaS", "en").body)
    (lit,) = page.find("th", kind="lit")
    assert lit.text.startswith("PaaS")
    for row in next(page.find("tbody")).find("tr"):
        assert ["dim" in cell.attributes["class"] for cell in row.find("td")] == [True, True, False, True]
    assert not [*parse(tables.matrix("azure-2026").body).find("td", kind="dim")]


def test_the_bar_counts_the_lit_column():
    page = parse(tables.model("azure-2026", "PaaS", "en").body)
    (bar,) = page.find("ol", kind="bar")
    assert [item.text for item in bar.find("li")] == ["4 customer", "2 shared", "4 provider"]
    assert [item.attributes["style"] for item in bar.find("li")] == ["flex:4", "flex:2", "flex:4"]


def test_every_area_opens_to_who_does_what():
    lines = [*parse(tables.model("azure-2026", "SaaS", "en").body).find("details")]
    assert len(lines) == 10
    cells = srm.load_cells("azure-2026", lang="en").set_index(["area", "column"])
    by_area = {line.text: line for line in lines}
    (devices,) = (line for text, line in by_area.items() if text.startswith("SClient devices"))
    cell = cells.loc[("Client devices", "SaaS")]
    for told in (
        cell["customer_part"],
        cell["provider_part"],
        cell["qualifier"],
        "Disputed",
        "confidence: high",
    ):
        assert told in devices.text
    assert cell["source_title"] not in devices.text  # it stands at the foot, once for all lines
    (system,) = (line for text, line in by_area.items() if text.startswith("POperating system"))
    assert "The customernothingMicrosoftall of it" in system.text.replace("\n", "")


@pytest.mark.parametrize("matrix", MATRICES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_source_is_named_once_a_view(matrix, lang):
    m = as_matrix(matrix, lang)
    last = m.columns[-1].label
    shown = [
        tables.matrix(matrix, lang),
        tables.model(matrix, last, lang),
        tables.what_if(matrix, m.columns[0].label, last, lang),
        tables.ladder(matrix, lang),
        tables.side_by_side(matrix, matrix, lang=lang),
    ]
    for view in shown:
        assert parse(view.body).text.count(sentences.foot(m)) == 1
        assert parse(view.body).text.count(m.source_title) == 1


def test_every_shared_cell_shows_both_parts():
    for matrix in MATRICES:
        for lang in LANGUAGES:
            cells = srm.load_cells(matrix, lang=lang)
            shared = cells[cells["customer_part"] != ""]
            for column in shared["column"].unique():
                shown = parse(tables.model(matrix, column, lang).body).text
                mine = shared[shared["column"] == column]
                for part in (*mine["customer_part"], *mine["provider_part"], *mine["qualifier"]):
                    assert part in shown


def test_two_letters_say_who_does_the_work_where_another_is_accountable():
    page = parse(tables.matrix("azure-ai-agent", "en").body)
    letters = [one.text for one in page.find("b", kind="roles")]
    cells = srm.load_cells("azure-ai-agent", lang="en")
    assert len(letters) == (cells["does"] != cells["accountable"]).sum() >= 5
    assert set(letters) == {"S/C does the work: both; is accountable: the customer"}
    assert "two letters, such as P/C" in next(page.find("ul", kind="legend")).text
    assert not [*parse(tables.matrix("azure-2026", "en").body).find("b", kind="roles")]
    opened = parse(tables.model("azure-ai-agent", "SaaS agent", "en").body).text
    assert "Does the workbothIs accountablethe customer" in opened


def test_doubt_is_marked_in_the_table_and_explained_under_it():
    page = parse(tables.matrix("azure-2026", "en").body)
    marks = [mark.text for mark in page.find("sup")]
    assert marks.count("? Disputed") == 1
    cells = srm.load_cells("azure-2026", lang="en")
    assert marks.count("* Note") == ((cells["qualifier"] != "") & ~cells["disputed"]).sum() >= 1
    assert "* comes with a note, ? sources disagree" in next(page.find("ul", kind="legend")).text
    assert not [*parse(tables.matrix("azure-classic", "en").body).find("sup")]


def test_providers_operators_and_readings_are_told():
    hsm = parse(tables.model("managed-hsm", "Who is responsible", "en").body).text
    assert hsm.count("The customer may appoint an operator for this.") == 7
    rosa = parse(tables.model("rosa", "Change management", "en").body)
    assert {"Red Hat", "AWS"} <= {term.text for term in rosa.find("dt")}


def test_a_move_is_grouped_and_counted():
    page = parse(tables.what_if("azure-2026", "IaaS", "PaaS", "en").body)
    counts = next(page.find("ul", kind="counts"))
    assert [item.text for item in counts.find("li")] == [
        "1Stop doing",
        "2Now shared",
        "4Still do",
        "3Still theirs",
    ]
    groups = [*page.find("tbody")]
    assert [next(group.find("th", scope="rowgroup")).text.partition(" ·")[0] for group in groups] == [
        "Stop doing",
        "Now shared",
        "Still do",
        "Still theirs",
    ]
    stop = [*groups[0].find("td")]
    assert [cell.text for cell in stop] == ["CCustomer", "PProvider"]
    assert not any("dim" in cell.attributes["class"] for cell in stop)
    assert all("dim" in cell.attributes["class"] for cell in groups[2].find("td"))


@pytest.mark.parametrize("matrix", MATRICES)
def test_a_move_shows_every_area_once(matrix):
    m = as_matrix(matrix, "en")
    for before in m.columns:
        page = parse(tables.what_if(matrix, before.id, m.columns[-1].id, "en").body)
        shown = [th.text for th in page.find("th", scope="row")]
        assert sorted(shown) == sorted(area.label for area in m.areas)


def test_the_stack_speaks_of_running():
    legend = next(parse(tables.matrix("stack", "en").body).find("ul", kind="legend")).text
    assert "the customer runs it" in legend
    assert "answers" not in legend


def test_what_to_know_is_told_with_source_and_licence():
    about = parse(tables.about("azure-2026", "en").body)
    assert len([*about.find("li")]) == 13
    assert "The page contradicts itself" in about.text
    assert "CC BY 4.0" in about.text
    assert next(about.find("a")).text == "Shared responsibility in the cloud - Microsoft Azure"


def test_the_duties_of_the_page_stand_beside_their_areas():
    page = parse(tables.duties("azure-2026", "provider", "en").body)
    heads = [th.text for th in page.find("th", scope="rowgroup")]
    assert len(heads) == 5
    assert heads[0].startswith("1. Physical security of the datacenters")
    assert next(page.find("th", scope="row")).text == "Physical datacenter"
    assert "no row of its own" in page.text
    with pytest.raises(srm.UnknownNameError, match="Choose from: customer, provider"):
        tables.duties("azure-2026", "shared")


def test_colours_follow_the_theme_of_jupyterlab():
    style = tables.style()
    light, dark = style.index(".srm{"), style.index('[data-jp-theme-light="false"] .srm')
    for name, place in (("light", style[light:dark]), ("dark", style[dark:])):
        for party in PARTIES:
            assert f"--{party[0]}-fill:{THEMES[name].ink[party].fill};" in place.partition("}")[0]
    assert "url(" not in style  # nothing is fetched
    assert "@import" not in style


def test_a_terminal_shows_two_lines_and_no_markup():
    for view in (tables.matrix("azure-2026", "nl"), tables.model("azure-ai-agent", "SaaS agent", "en")):
        title, sentence = repr(view).splitlines()
        assert (title, sentence) == (view.content.title, view.content.sentence)
        assert "<" not in repr(view)


def test_a_view_shows_itself_with_its_style():
    view = tables.matrix("azure-2026")
    assert view._repr_html_() == f"<style>{tables.style()}</style>{view.body}" == str(view)


# Text stays text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_label_cannot_become_markup(hostile):
    frame = pd.DataFrame(
        {hostile: ["customer", "shared"], "SaaS": ["S", "P"]}, index=[f"{hostile} 1", "Building"]
    )
    plain = pd.DataFrame({"a": ["customer", "shared"], "SaaS": ["S", "P"]}, index=["a 1", "Building"])

    def tags(view):
        return [(element.tag, sorted(element.attributes)) for element in parse(view.body).find("*")]

    for make in (
        lambda f, column: tables.matrix(f),
        lambda f, column: tables.model(f, column),
        lambda f, column: tables.split(f),
        lambda f, column: tables.what_if(f, column, "SaaS"),
        lambda f, column: tables.about(f),
    ):
        assert tags(make(frame, hostile)) == tags(make(plain, "a"))
    shown = parse(tables.matrix(frame).body).text
    assert " ".join(hostile.split()) in shown


@pytest.mark.parametrize("hostile", HOSTILE)
def test_neither_can_what_a_file_says_about_itself(hostile):
    frame = pd.DataFrame({"IaaS": ["shared"]}, index=["Backup"])
    cell = {
        "area": "Backup",
        "column": "IaaS",
        "party": "shared",
        "customer_part": hostile,
        "qualifier": hostile,
    }
    frame.attrs["srm"] = {
        "name": hostile,
        "source_title": hostile,
        "source_url": f"javascript:{hostile}",
        "cells": [cell],
    }
    page = parse(tables.model(frame, "IaaS").body)
    assert not {element.tag for element in page.find("*")} & {"script", "img", "h1", "a"}
    assert not [e for e in page.find("*") if any(name.startswith("on") for name in e.attributes)]
    assert hostile in page.text
    assert not [*parse(tables.about(frame).body).find("a")]
