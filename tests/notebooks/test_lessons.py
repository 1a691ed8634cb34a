"""The lessons as text: stripped, in order, the same in both languages, and whole."""

import ast
import json
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import PurePosixPath

import pytest

from srm_data.core.compare import place_duties
from srm_data.core.dataset import table_frame
from srm_data.core.frames import as_matrix
from srm_data.core.topics import look_up
from srm_data.core.vocabulary import LANGUAGES
from srm_data.learning.questions import find_question
from tests.lessons import LESSONS, NOTEBOOKS, NUMBERED, bet_cells, cells, find, read, widget_cells

ALL = find()

#: The headings that every lesson has, word for word.
HEADINGS = {
    "en": {"objectives": "Objectives", "key points": "Key points", "sources": "Sources"},
    "nl": {"objectives": "Doelen", "key points": "Kernpunten", "sources": "Bronnen"},
}
AFTER = {"en": "After this lesson", "nl": "Na deze les"}
MINUTES = {"en": r"\b\d\d minutes\b", "nl": r"\b\d\d minuten\b"}
#: What JupyterLab writes about a notebook that nobody ran, as a test in a browser sees; `saving` leaves out
#: the version of Python.
AS_SAVED = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}
SCREEN_LINES, SCREEN_SIGNS, CODE_LINES = 30, 1_800, 4

LINK = re.compile(r"(?P<image>!?)\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]*)[^)]*\)")


def prose(path):
    """The markdown of a notebook without its code blocks, in which # is no heading."""
    return re.sub(r"^```.*?^```", "", "\n\n".join(cells(path, "markdown")), flags=re.M | re.S)


class Tags(HTMLParser):
    """Every HTML tag with its attributes."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_there_are_lessons_in_both_languages():
    names = {lang: [path[3:] for path in LESSONS if path.startswith(f"{lang}/")] for lang in LANGUAGES}
    assert len(names["en"]) >= 3
    assert names["en"] == names["nl"]


@pytest.mark.parametrize("path", ALL)
def test_committed_without_outputs(path):
    notebook = read(path)
    text = (NOTEBOOKS / path).read_text("utf-8")
    saved = json.dumps(json.loads(text), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    assert text == saved, "Jupyter puts the keys in order: saving would change the file"
    assert notebook.metadata == AS_SAVED  # so no widget state
    for cell in notebook.cells:
        assert not set(cell.metadata) - {"tags", "slideshow", "slide", "note_words", "page_words"}, (
            cell.source
        )  # so no times of execution
        if cell.cell_type == "code":
            assert cell.outputs == [], cell.source
            assert cell.execution_count is None, cell.source


@pytest.mark.parametrize("name", [path[3:] for path in LESSONS if path.startswith("en/")])
def test_the_same_code_in_both_languages(name):
    english, dutch = read(f"en/{name}").cells, read(f"nl/{name}").cells
    assert [cell.cell_type for cell in english] == [cell.cell_type for cell in dutch]
    (speaks, *ours), (spreekt, *onze) = (cells(f"{lang}/{name}", "code") for lang in ("en", "nl"))
    assert ours == onze
    assert [speaks, spreekt] == [
        f'import srm_data as srm\n\nsrm.use_language("{lang}")' for lang in ("en", "nl")
    ]


@pytest.mark.parametrize("path", [path for path in NUMBERED if path.startswith("en/")])
def test_no_door_asks_what_a_later_lesson_asks_as_new(path):
    for cell in bet_cells(path):
        for question in (question for one in cell.rounds for question in one):
            assert question.incident or question.waits_for == int(path[3:5]), question.id


@pytest.mark.parametrize("path", NUMBERED)
def test_a_lesson_opens_with_what_came_before_and_ends_with_a_claim(path):
    number = int(path[3:5])
    _, *code = cells(path, "code")
    assert code[0] == f"srm.practise(3, before={number})" or number == 1
    assert sum("srm.practise(3" in one for one in code) == (number > 1)
    worked = [n for n, one in enumerate(code) if one.startswith('srm.bet("worked-')]
    if path[3:] != NUMBERED[-1][3:]:  # the last one collects them
        claim, standing = code[-2:]
        assert claim.startswith(f"srm.write_claim({number}, ")
        assert standing == f"srm.progress(lesson={number})"
        assert len(worked) == 1
        assert worked[0] < len(code) - 2, "after the example comes something to do alone"


def test_every_notebook_of_a_folder_speaks_its_language():
    """It says so itself, so that a copy elsewhere speaks it too."""
    ours = [path for path in ALL if PurePosixPath(path).parent.name in LANGUAGES and cells(path, "code")]
    assert {path.split("/")[0] for path in ours} == {*LANGUAGES, "teacher"}
    for path in ours:
        said = re.findall(r"\buse_\w*language\(.*", "\n".join(cells(path, "code")))
        assert said == [f'use_language("{PurePosixPath(path).parent.name}")'], path


@pytest.mark.parametrize("name", [path[3:] for path in LESSONS if path.startswith("en/")])
def test_dutch_is_not_english(name):
    pairs = zip(cells(f"en/{name}", "markdown"), cells(f"nl/{name}", "markdown"), strict=True)
    assert [english for english, dutch in pairs if english == dutch] == []
    words = re.sub(
        r"\*[^*\n]+\*", "", re.sub(LINK, "", prose(f"nl/{name}"))
    )  # names of sources stay as they are
    assert not re.search(r"\b(the|which|you)\b", words)


@pytest.mark.parametrize("path", ALL)
def test_headings_go_down_one_step_at_a_time(path):
    levels = [len(marks) for marks in re.findall(r"^(#{1,6}) ", prose(path), re.M)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    for above, below in pairwise(levels):
        assert below <= above + 1


@pytest.mark.parametrize("path", ALL)
def test_no_cell_is_longer_than_a_screen(path):
    for source in cells(path, "markdown"):
        assert len(source.splitlines()) <= SCREEN_LINES, source
        assert len(source) <= SCREEN_SIGNS, source
    for source in cells(path, "code"):
        assert len(source.splitlines()) <= CODE_LINES, source


@pytest.mark.parametrize("path", ALL)
def test_every_link_leads_somewhere_and_every_image_has_words(path):
    folder = (NOTEBOOKS / path).parent
    headings = {re.sub(r"\s", "-", heading) for heading in re.findall(r"^#+ (.*)$", prose(path), re.M)}
    for link in LINK.finditer(prose(path)):
        target, _, anchor = link["target"].partition("#")
        assert link["text"].strip(), link[0]
        if link["image"]:
            assert "://" not in target, f"{link[0]} is fetched from outside"
        if target.startswith("http"):
            assert target.startswith("https://"), link[0]
        elif target:
            assert not PurePosixPath(target).is_absolute(), link[0]
            assert (folder / target).is_file(), link[0]
        else:
            assert anchor in headings, link[0]
    for tag, attributes in Tags(prose(path)).found:
        assert tag not in ("script", "iframe", "link", "style", "object"), tag
        if tag == "img":
            assert attributes.get("alt"), attributes
        assert "://" not in (attributes.get("src") or ""), attributes


@pytest.mark.parametrize("path", ALL)
def test_no_reference_style_link_escapes_the_test_above(path):
    assert not re.search(r"^\s*\[[^\]]+\]:", prose(path), re.M)


@pytest.mark.parametrize("path", LESSONS)
def test_a_lesson_says_what_for_how_long_and_on_whose_word(path):
    lang = path[:2]
    headings = re.findall(r"^## (.*)$", prose(path), re.M)
    for name, heading in HEADINGS[lang].items():
        assert headings.count(heading) == 1, f"{path} needs a heading {heading!r} for its {name}"
    assert headings[0] == HEADINGS[lang]["objectives"]
    assert headings[-2:] == [HEADINGS[lang]["key points"], HEADINGS[lang]["sources"]]

    first, *_, last = cells(path, "markdown")
    assert re.search(MINUTES[lang], first)
    assert AFTER[lang] in first
    assert len(re.findall(r"^- ", first, re.M)) >= 2
    assert "](https://" in last


@pytest.mark.parametrize("path", LESSONS)
def test_a_question_comes_before_the_first_picture(path):
    before = []
    for cell in read(path).cells:
        if cell.cell_type == "code" and not re.search(r"srm\.(use_language|bet|practise)\(", cell.source):
            break
        before.append(cell.source)
    assert re.search(r"\?|srm\.bet\(", "".join(before))


@pytest.mark.parametrize("path", LESSONS)
def test_a_line_above_each_widget_says_to_run_the_cell(path):
    """A widget without its kernel is an empty place; a learner must know what to do about it."""
    all_cells = read(path).cells
    places = [i for i, cell in enumerate(all_cells) if cell.cell_type == "code"]
    for widget in widget_cells(path):
        above = all_cells[places[widget.index] - 1]
        assert above.cell_type == "markdown", widget
        assert "Shift+Enter" in above.source, above.source


def test_every_live_widget_is_known_to_the_tests():
    """`widget_cells` finds by its spelling what the browser tests operate."""
    calls = [
        source
        for path in LESSONS
        for source in cells(path, "code")
        if re.search(r"explore|what_if\(", source)
    ]
    live = [source for source in calls if not re.search(r"srm\.(tables|figures|words)\.", source)]
    assert len(live) == sum(len(widget_cells(path)) for path in LESSONS)


@pytest.mark.parametrize("path", LESSONS)
def test_code_is_python_that_a_learner_can_read(path):
    for source in cells(path, "code"):
        tree = ast.parse(source)  # so no magics either
        assert not any(
            isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Try) for node in ast.walk(tree)
        ), source
        assert max(map(len, source.splitlines())) <= 110, source


def test_the_start_page_leads_to_every_lesson():
    targets = {link["target"] for link in LINK.finditer(prose("start.ipynb"))}
    assert targets >= set(LESSONS)


# What a lesson says of its pictures and questions, held against the data.


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lesson_1_tells_which_duties_hold_in_which_part_of_the_table(lang):
    """ "One stops being true halfway" was said where two do."""
    m = as_matrix("azure-classic", lang)
    holds = {"everywhere": [], "in a part": [], "nowhere": []}
    for n, placed in enumerate(place_duties(m, "customer"), 1):
        parties = [{m.cell(area, column).party for area in placed.areas} for column in m.columns]
        true = [told == {"customer"} for told in parties if told]
        holds["everywhere" if true and all(true) else "in a part" if any(true) else "nowhere"].append(n)
    assert holds == {"everywhere": [3], "in a part": [1, 2], "nowhere": [4, 5]}
    said = {
        "en": [
            "One of them is true in every column.",
            "Duty 3, the endpoints, is true everywhere",
            "Duty 1 and duty 2 are true in IaaS, but no longer completely true after that",
            "For duty 4 and duty 5 there is no row",
        ],
        "nl": [
            "Eén ervan klopt in alle kolommen.",
            "Taak 3, de endpoints, klopt in deze tabel overal",
            "Taak 1 en taak 2 kloppen bij IaaS, en daarna niet meer helemaal",
            "Voor taak 4 en taak 5 is er geen rij",
        ],
    }[lang]
    text = prose(f"{lang}/01_who_answers.ipynb")
    assert [sentence for sentence in said if sentence not in text] == []


def test_lesson_7_counts_the_columns_in_which_the_clouds_agree():
    code = cells("en/07_aws_and_google.ipynb", "code")
    call = max((c for c in code if "tables.topic(" in c and "aws-rds" in c), key=len)  # the one with all four
    topic, *matrices = re.findall(r'"([\w-]+)"', call)
    assert len(matrices) == 4
    for lang, said in (
        ("en", "Three columns agree, and in one they differ."),
        ("nl", "In één kolom lopen ze uiteen."),
    ):
        found = look_up(topic, matrices, lang)
        assert Counter(found.verdict(model) for model in found.models) == {"agree": 3, "differ": 1}
        assert said in prose(f"{lang}/07_aws_and_google.ipynb")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lesson_8_counts_companies_and_rows_as_the_tables_have_them(lang):
    rosa, hsm, vmware = (as_matrix(name, lang) for name in ("rosa", "managed-hsm", "azure-vmware"))
    named = Counter(cell.provider for cell in rosa.cells.values() if cell.provider)
    operated = Counter(cell.party for cell in hsm.cells.values() if cell.delegable)
    assert named == {"Red Hat": 45, "AWS": 10}
    assert operated == {"customer": 6, "shared": 1}
    assert (hsm.count(hsm.columns[0])["customer"], len(hsm.areas)) == (12, 16)
    assert vmware.count(vmware.columns[0])["shared"] == 1
    assert [cell.provider for cell in vmware.cells.values() if cell.provider] == ["Partner"]
    said = {
        "en": [
            "Red Hat has a part in 45 cells. Amazon has 10",
            "In seven of them",
            "Six of them are still yours",
            "twelve of the sixteen rows",
            "the one row that is shared",
        ],
        "nl": [
            "Red Hat heeft een deel in 45 cellen. Amazon heeft er 10",
            "In zeven ervan",
            "In zes ervan staat nog steeds K",
            "van de zestien rijen zijn er twaalf",
            "de enige rij die gedeeld is",
        ],
    }[lang]
    text = prose(f"{lang}/08_third_parties.ipynb")
    assert [sentence for sentence in said if sentence not in text] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_last_lesson_asks_from_every_lesson_as_it_promises(lang):
    path = f"{lang}/12_your_hand_in.ipynb"
    asked = [q for cell in bet_cells(path) for group in cell.rounds for q in group]
    assert {q.lesson for q in asked} == set(range(1, 12))
    assert {"en": "questions from all the lessons", "nl": "vragen uit alle lessen"}[lang] in prose(path)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_hint_points_at_a_table_that_the_learner_has_not_seen(lang):
    """The bets of lesson 1 come before its first table, and so do the questions that repair them."""
    first, *_ = bet_cells(f"{lang}/01_who_answers.ipynb")
    asked = [q for group in first.rounds for q in group]
    asked += [find_question(q.repair, lang) for q in asked if q.repair]
    unseen = {
        "en": r"\b(table|rows?|columns?|figure|bands?)\b",
        "nl": r"\b(tabel|rij|rijen|kolom|kolommen|figuur|band)\b",
    }[lang]
    assert len(asked) == 6
    assert [(q.id, h) for q in asked for h in q.hints if re.search(unseen, h, re.IGNORECASE)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lift_and_shift_is_the_same_in_the_lesson_and_in_the_glossary(lang):
    """The one said that the work moves along, the other that it does not."""
    meaning = table_frame("glossary").set_index("term").loc["lift-and-shift", f"meaning_{lang}"]
    stays = {"en": r"work on it is still yours", "nl": r"werk eraan blijft van jou"}[lang]
    for text in (meaning, prose(f"{lang}/03_what_if.ipynb")):
        assert re.search(stays, text)


#: The words of the model, and those that exams ask; everyday words of the kit, such as "cell", are not here.
CORE = [
    "shared-responsibility-model",
    "service-model",
    "on-premises",
    "iaas",
    "paas",
    "saas",
    "edition",
    "virtual-machine",
    "patch",
    "network-controls",
    "compliance",
    "availability",
    "accountability",
    "managed-service",
    "serverless",
    "firewall",
    "third-party",
    "backup",
    "misconfiguration",
    "baseline",
    "runtime",
    "middleware",
    "hypervisor",
    "guest-os",
    "lift-and-shift",
    "re-platform",
    "control-plane",
    "signing-key",
    "second-factor",
    "sla",
    "hsm",
    "workload",
    "ai-agent",
]
ENDINGS = {"en": "(?:s|es)?", "nl": "(?:s|es|en|n|len)?"}


def told_first(path, name):
    """The first time that a lesson says a word, in a sentence, with its link if it has one; None if never."""
    word = re.compile(
        rf"(?<![\w-]){re.escape(name)}{ENDINGS[path[:2]]}(?![\w-])",
        re.IGNORECASE if name.islower() else re.NOFLAG,
    )
    for source in cells(path, "markdown"):
        if re.match("## (Sources|Bronnen)", source):
            return None
        for line in source.splitlines():
            if line.startswith(("#", "|")):
                continue
            for part in re.findall(r"\[[^\]]*\]\([^)]*\)|`[^`]*`|[^\[`]+|.", line):
                outside = not part.startswith("`") and (part[0] != "[" or "glossary" in part)
                if outside and word.search(part):
                    return part
    return None


@pytest.mark.parametrize("path", LESSONS)
def test_a_core_term_is_explained_where_it_first_appears(path):
    names = table_frame("glossary").set_index("term").loc[CORE, f"term_{path[:2]}"]
    for name in (name.partition(" (")[0] for name in names):
        first = told_first(path, name)
        assert first is None or f"#{name.replace(' ', '-')})" in first, (name, first)
