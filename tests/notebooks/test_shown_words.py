"""What the lessons show of their data: whole texts, and in Dutch no code of the data package."""

import re

import pytest
from lxml import html

import srm_data as srm
from srm_data.core.dataset import datapackage, table_frame
from srm_data.core.language import texts
from srm_data.core.vocabulary import CHANGES, LANGUAGES, NOT_APPLICABLE, SERVICE_MODELS
from srm_data.publishing.lesson_html import pieces
from srm_data.views.search import code_words, heading
from tests.lessons import LESSONS, REFERENCE, read

#: Words that are as Dutch as they are English, or a name that is not translated.
SAME = {"matrix", "incident", "scenario", "plan", "database", "machine", "service", "model", "type"}
SAME |= {
    "container",
    "containers",
    "web",
    "mail",
    "ai",
    "iaas",
    "paas",
    "saas",
    "on-premises",
    "serverless",
    "baseline",
}
SAME |= {"topic", "v1.1", "v2.0", "v3.0"}
BASELINES = ("v1.1", "v2.0", "v3.0")
#: What the edition watch compares with, and what stands on a worksheet; no view shows them.
UNSHOWN = {"source_labels", "worksheets"}
FIELDS = [
    field
    for resource in datapackage()["resources"]
    if resource["name"] not in UNSHOWN
    for field in resource["schema"]["fields"]
]


def bare(name):
    """The name of a field in a frame: the language of its column left out."""
    return re.sub("_(en|nl)$", "", name)


def frames(lang):
    """Every frame that a public function gives, by its name."""
    now, plan = srm.load_scenario("web-shop", lang=lang), srm.load_scenario("web-shop", "a", lang=lang)
    results = srm.class_results(REFERENCE.parent.parent / "notebooks/teacher/example_class", lang=lang)
    return {
        "list_matrices": srm.list_matrices(lang),
        "load_cells": srm.load_cells("gcp", lang),
        "compare": srm.compare("azure-2026", "iaas", "paas", lang),
        "compare_matrices": srm.compare_matrices("stack", "azure-2026", lang),
        "compare_topic": srm.compare_topic("network-controls", lang=lang),
        "load_incidents": srm.load_incidents(lang),
        "load_questions": srm.load_questions(lang),
        "load_services": srm.load_services(lang),
        **{v: srm.load_baselines(v, lang) for v in BASELINES},
        "load_resource_types": srm.load_resource_types(),
        "compare_workloads": srm.compare_workloads(now, plan, lang),
        "duty_list": srm.duty_list(plan, now, lang),
        "list_scenarios": srm.list_scenarios(lang),
        "Workload.to_frame": plan.to_frame(lang),
        "bets": results.bets,
        "hand_ins": results.hand_ins,
        "calibration": results.calibration,
        "per_lesson": results.per_lesson,
        "per_learner": results.per_learner,
        "votes": srm.votes(lang=lang).frame,
        "skipped": results.skipped,
    }


def codes():
    """Every field name and every coded value of the data, as they stand in the files."""
    found = {bare(field["name"]) for field in FIELDS}
    found |= {value for field in FIELDS for value in field.get("constraints", {}).get("enum", [])}
    found |= {str(name) for frame in frames("en").values() for name in (*frame.columns, *frame.index.names)}
    return {code.casefold() for code in found | set(CHANGES)} - SAME - {"none", "", "n/a"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_has_a_heading(lang):
    names = {bare(field["name"]) for field in FIELDS}
    for frame in frames(lang).values():
        names |= {str(name) for name in (*frame.columns, *frame.index.names) if name is not None}
    assert not [name for name in names if heading(name, lang) == name]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_coded_value_has_a_word(lang):
    for field in FIELDS:
        name = bare(field["name"])
        for value in field.get("constraints", {}).get("enum", []):
            if value not in (NOT_APPLICABLE, *SERVICE_MODELS, *BASELINES):
                assert value in code_words(lang)[name], f"{name}: {value}"


def test_dutch_says_it_in_dutch():
    english, dutch = texts("en"), texts("nl")
    same = [name for name in dutch["field"] if dutch["field"][name] == english["field"][name]]
    assert same == ["matrix", "incident", "scenario", "plan", "a", "b"]
    for field, words in code_words("nl").items():
        for code, word in words.items():
            assert word.casefold() not in codes(), f"{field}: {code} is called {word}"


CODES = codes()


#: Services have names of their own, such as Storage, in every language.
SERVICES = {*table_frame("services")["label"]}


def is_code(text):
    """Whether a text is a code of the data, or a list with one in it."""
    return any(part.strip().casefold() in CODES for part in re.split("[,;·|]", text))


def is_cut(text):
    return "…" in text or "..." in text


def faults(page, lang):
    """What a learner would read on a piece of a page that is cut, or in Dutch a code."""
    root = html.fromstring(f"<div>{page}</div>")
    for away in root.xpath("//style | //script | //code | //pre[contains(@class, 'highlight')]"):
        away.drop_tree()
    for name in root.xpath("//table[contains(@class, 'rows')]//th[@scope='row']"):
        if name.text_content() in SERVICES:
            name.drop_tree()
    boxes = root.xpath("//th | //td | //li | //dt | //dd | //caption | //pre | //p[@class='say'] | //summary")
    told = [" ".join(box.text_content().split()) for box in boxes]
    yield from (f"cut: {text}" for text in told if is_cut(text))
    if 'class="dataframe"' in page:
        yield "a DataFrame as pandas shows it"
    if lang == "nl":
        yield from (f"code: {text}" for text in told if is_code(text))
        words = re.findall(r"\b[a-z]+_[a-z_]+\b", root.text_content())
        yield from (f"code: {word}" for word in words if word in CODES)


@pytest.mark.parametrize("path", LESSONS)
def test_no_output_of_a_twin_is_cut_or_speaks_in_codes(path):
    """In JupyterLab and on the page of the site, which are made of the same outputs."""
    twin, lang = read(path, REFERENCE), path[:2]
    for cell in twin.cells:
        for output in cell.get("outputs", []):
            shown_here = output.data.get("text/html") or f"<pre>{output.data['text/plain']}</pre>"
            assert not [*faults(shown_here, lang)], cell.source
    twin.metadata.title = path
    for piece in pieces(twin, lang, lambda address: address):
        for one in piece.outputs:
            assert not [*faults(one, lang)], piece.code
