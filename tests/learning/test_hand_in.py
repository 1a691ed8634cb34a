"""The learner's own page, read back by other programs: their words, their bets, their figure."""

import html
import html.parser
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from itertools import pairwise

import numpy as np
import pypdf
import pytest
from markdown_it import MarkdownIt
from matplotlib import pyplot as plt

import srm_data as srm
from srm_data.core.language import said_day, texts
from srm_data.core.shipped import shipped_matrix
from srm_data.core.vocabulary import LANGUAGES
from srm_data.learning import hand_in, hand_in_facts, progress_file
from srm_data.learning.questions import KINDS, find_question, question_bank
from tests.play_forms import send
from tests.views.figures.checks import claims, faults

pytestmark = pytest.mark.usefixtures("work")

HEADINGS = {
    "en": [
        "Shared responsibility model",
        "Definition",
        "Key terms",
        "Assignment",
        "Sources used",
        "Difficulties met",
        "Result",
        "Conclusion",
    ],
    "nl": [
        "Shared Responsibility Model",
        "Definitie",
        "Key-terms",
        "Opdracht",
        "Gebruikte bronnen",
        "Ervaren uitdagingen",
        "Resultaat",
        "Conclusie",
    ],
}
LEVELS = ["h1", "h2", "h2", "h2", "h3", "h3", "h3", "h3"]  # as on the page the kit grew from
WORDS = {section: f"My own words about {section.replace('_', ' ')}." for section in hand_in.SECTIONS}
PAYLOADS = {
    "script": "<script>alert(1)</script>",
    "handler": "<img src=x onerror=alert(1)>",
    "link": "[click](javascript:alert(1))",
    "half a link": "](javascript:alert(1))",
    "picture": "![x](https://example.org/x.png)",
    "heading": "# heading",
    "underlined": "heading\n===",
    "underlined again": "heading\n---",
    "formula": "$x$ and $$y$$",
    "list": "- a\n* b\n+ c\n1. d\n2) e",
    "code": "`x` and\n```\ny\n```\n    z",
    "table": "a | b\n--|--\n1 | 2",
    "quote": "> q",
    "emphasis": "*a* _b_ **c** ~~d~~",
    "entity": "&lt;script&gt; &amp; &#36;",
    "backslash": "\\# \\<b\\> C:\\new",
    "template": "{{ 7 * 7 }} {% raw %}",
    "reference": "[x]: javascript:alert(1)",
    "Chinese": "中文",
    "emoji": "🙂 👩‍🚀",
    "half a sign": "cut \ud83d",
    "control": "a\x00b\x1bc",
    "lines": "one\r\ntwo\u2028three\ttab",
}


class Reader(html.parser.HTMLParser):
    """The elements of a page with their attributes, its headings, and its words line by line."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.headings, self.lines, self.open = [], [], [""], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.open.append(tag)
        if re.fullmatch("h[1-6]|p|li|br|figure", tag):
            self.lines.append("")

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data):
        if {"style", "svg", "title"} & {*self.open}:
            return
        if self.open and re.fullmatch("h[1-6]", self.open[-1]):
            self.headings.append((self.open[-1], data))
        self.lines[-1] += data

    def tags(self):
        return {tag for tag, _ in self.elements}

    def words(self):
        return [line.strip() for line in self.lines if line.strip()]

    def section(self, heading):
        """The lines between one heading and the next."""
        names = [name for _, name in self.headings]
        words = self.words()
        start = words.index(heading) + 1
        ends = [i for i, line in enumerate(words) if line in names and i >= start]
        return words[start : min(ends, default=len(words))]


def markdown(text):
    return Reader(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))


def read_pdf(path):
    pdf = pypdf.PdfReader(path)
    return pdf, "\n".join(page.extract_text() for page in pdf.pages)


def squeezed(text):
    """Without white space: the PDF breaks its lines elsewhere."""
    return re.sub(r"\s+", "", text)


def wrong_bets(n, lang):
    """Bets that go wrong, each on another matrix, and one that does not."""
    found = {}
    for question in question_bank(lang):
        if question.kind == "cell" and question.matrix.id not in found:
            found[question.matrix.id] = question
    chosen = [*found.values()][: n + 1]
    made = []
    for question in chosen[:n]:
        answer = next(o for o in question.options if o.key != question.key)
        progress_file.record("bets", question.id, answer=answer.key)
        made.append((question, answer))
    progress_file.record("bets", chosen[n].id, answer=chosen[n].key)
    return made, chosen[n]


def written(page, folder, **options):
    paths = hand_in.write_page(page, folder, **options)
    return {path.suffix[1:]: path for path in paths}


@pytest.fixture(scope="module")
def picture():
    return hand_in.Page("en").picture()


@pytest.fixture
def drawn_before(picture, monkeypatch):
    """A figure that is there already, where the test is not about it: drawing takes the time."""
    monkeypatch.setattr(hand_in.Page, "picture", lambda _: picture)


# What stands on the page.


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_has_the_form_of_the_seed_in_every_format(lang, work):
    made, right = wrong_bets(3, lang)
    page = hand_in.compose(
        "Sanne de Vries", WORDS, lang=lang, subtitle="Who does what", read_on="1 <b>March</b>"
    )
    files = written(page, work)
    assert [path.name for path in files.values()] == [
        f"hand-in-{lang}.{ending}" for ending in ("png", "md", "html", "pdf")
    ]
    pages = {
        "md": markdown(files["md"].read_text("utf-8")),
        "html": Reader(files["html"].read_text("utf-8")),
    }
    asks, told = {
        "en": ("who is responsible?", "I predicted “{}”; the table says “{}”."),
        "nl": ("wie is verantwoordelijk?", "Ik voorspelde “{}”; in de tabel staat “{}”."),
    }[lang]
    facts = [
        f"{q.matrix.short} · {q.area} · {q.column}: {asks} "
        + told.format(answer.label, q.option(q.key).label)
        for q, answer in made
    ]
    intro = texts(lang)["hand_in"]["wrong_bets"]
    matrices = dict.fromkeys(
        ["azure-2026", *(q.matrix.id for q in question_bank(lang) if q in asked(made, right))]
    )
    day = texts(lang)["hand_in"]["read"].format(date=said_day(date.today(), lang, year=True))
    sources = [
        f"{m.source_title}, {m.edition}. {day} {m.source_url}"
        for m in (shipped_matrix(i, lang) for i in matrices)
    ]
    read = {"en": "Read on 1 <b>March</b>.", "nl": "Gelezen op 1 <b>March</b>."}[lang]
    for page_read in pages.values():
        assert page_read.headings == [*zip(LEVELS, HEADINGS[lang], strict=True)]
        assert page_read.section(HEADINGS[lang][0]) == ["Who does what", "Sanne de Vries"]
        for heading, section in zip(HEADINGS[lang][1:], hand_in.SECTIONS, strict=True):
            assert WORDS[section] in page_read.section(heading)
        assert page_read.section(HEADINGS[lang][5]) == [intro, *facts, WORDS["difficulties"]]
        assert page_read.section(HEADINGS[lang][4]) == [*sources, read, WORDS["sources"]]
    pdf, text = read_pdf(files["pdf"])
    flat = squeezed(text)
    expected = [
        "Sanne de Vries",
        "Who does what",
        read,
        *HEADINGS[lang],
        *WORDS.values(),
        intro,
        *facts,
        *sources,
    ]
    assert [line for line in expected if squeezed(line) not in flat] == []
    places = [re.search(rf"^{re.escape(heading)}$", text, re.M).start() for heading in HEADINGS[lang]]
    assert places == sorted(places)
    assert pdf.metadata.title == HEADINGS[lang][0]
    assert pdf.trailer["/Root"]["/Lang"] == lang


def asked(made, right):
    return [right, *(question for question, _ in made)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_empty_is_seen_to_be_empty(lang, work, drawn_before):
    files = written(hand_in.compose("", {"result": " \n\t "}, lang=lang), work)
    empty = {"en": "Nothing filled in here.", "nl": "Hier is niets ingevuld."}[lang]
    for page in (markdown(files["md"].read_text("utf-8")), Reader(files["html"].read_text("utf-8"))):
        assert page.section(HEADINGS[lang][0]) == []
        for heading in HEADINGS[lang][1:]:
            assert page.section(heading)[-1:] == [empty]
        assert page.words().count(empty) == len(hand_in.SECTIONS)
        assert texts(lang)["hand_in"]["wrong_bets"] not in page.words()
    assert read_pdf(files["pdf"])[1].count(empty) == len(hand_in.SECTIONS)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("figure", hand_in.FIGURES_OF_PAGE)
def test_the_figure_can_be_read_on_paper_and_marks_its_claim(figure, lang):
    drawn = hand_in.FIGURES_OF_PAGE[figure](lang)
    assert [*faults(drawn)] == []
    assert len(claims(drawn)) > 0
    on_paper = 482 / drawn.width  # points: the page is 170 millimetres wide between its margins
    assert min(text.size for text in drawn.texts()) * on_paper > 7


@pytest.mark.parametrize(
    ("figure", "lang"), [("matrix", "nl"), ("split", "en"), ("paas", "nl"), ("what_if", "en")]
)
def test_the_figure_is_there_with_its_words(figure, lang, work):
    page = hand_in.compose("", WORDS, figure, lang)
    alt = page.picture().alt
    assert len(alt) > 40
    files = written(page, work)
    assert files["png"].read_bytes().startswith(b"\x89PNG")

    (shown,) = [attrs for tag, attrs in markdown(files["md"].read_text("utf-8")).elements if tag == "img"]
    assert shown == {"src": files["png"].name, "alt": alt}
    assert (files["md"].parent / shown["src"]).exists()

    html_page = files["html"].read_text("utf-8")
    (svg,) = [attrs for tag, attrs in Reader(html_page).elements if tag == "svg"]
    assert svg["role"] == "img"
    desc = re.search(rf'<desc id="{svg["aria-labelledby"].split()[1]}">(.*?)</desc>', html_page)
    assert html.unescape(desc.group(1)) == alt
    assert page.picture().heading in html.unescape(html_page)

    pdf, _ = read_pdf(files["pdf"])
    (image,) = [image for one in pdf.pages for image in one.images]
    assert image.image.size == (1440, 1080)
    alts = [o.get("/Alt") for o in map(pdf.get_object, range(1, len(pdf.xref[0]) + 1)) if isinstance(o, dict)]
    assert [told for told in alts if told] == [alt]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_html_needs_nothing_from_elsewhere(lang, work):
    page = Reader(written(hand_in.compose("x", WORDS, lang=lang), work)["html"].read_text("utf-8"))
    assert dict(page.elements)["html"] == {"lang": lang}
    assert {"charset": "utf-8"} in [attrs for tag, attrs in page.elements if tag == "meta"]
    assert not page.tags() & {"script", "link", "iframe", "img", "object"}
    fetched = [
        value
        for _, attrs in page.elements
        for name, value in attrs.items()
        if name in ("src", "href", "xlink:href") and not value.startswith("#")
    ]
    assert fetched == []


# What the learner types stays text.


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_what_is_typed_stays_text(payload, drawn_before):
    plain = hand_in.Page("en", "Sanne", dict.fromkeys(hand_in.SECTIONS, "x"))
    typed = hand_in.Page("en", "Sanne", dict.fromkeys(hand_in.SECTIONS, payload))
    lines = [re.sub(r"\s+", " ", line).strip() for line in payload.splitlines()]
    # Files hold no half signs; a reader of Markdown shows no NUL.
    lines = [line.encode(errors="replace").decode() for line in lines]
    for name, page, bare in (
        ("md", hand_in.to_markdown(typed, "x.png"), hand_in.to_markdown(plain, "x.png")),
        ("html", hand_in.to_html(typed), hand_in.to_html(plain)),
    ):
        read = markdown if name == "md" else Reader
        page = page.encode(errors="replace").decode()
        got, known = read(page), read(bare)
        assert got.tags() - {"br"} == known.tags()
        assert got.headings == known.headings
        assert not any(name.startswith("on") for _, attrs in got.elements for name in attrs)
        said = [re.sub(r"\s+", " ", line).replace("\ufffd", "\x00") for line in got.section("Result")]
        assert said == lines
    assert "$x" not in hand_in.to_markdown(typed, "x.png").replace("\\$", ""), (
        "Jupyter would set it as a formula"
    )


def test_a_name_is_one_line(work, drawn_before):
    files = written(hand_in.compose("Sanne\n# <b>Vries</b>", WORDS, lang="en"), work)
    for page in (markdown(files["md"].read_text("utf-8")), Reader(files["html"].read_text("utf-8"))):
        assert [" ".join(line.split()) for line in page.section(HEADINGS["en"][0])] == [
            "Sanne # <b>Vries</b>"
        ]
        assert len(page.headings) == 1 + len(hand_in.SECTIONS)


def test_everything_typed_stands_in_the_pdf_or_shows_a_box(picture, tmp_path):
    typed = "\n".join(PAYLOADS.values())
    picture = picture.write(tmp_path / "x.png")
    (tmp_path / "x.pdf").write_bytes(hand_in.to_pdf(hand_in.Page("en", typed, {"result": typed}), picture))
    flat = squeezed(read_pdf(tmp_path / "x.pdf")[1])
    missing = [
        name
        for name, payload in PAYLOADS.items()
        if name not in ("Chinese", "emoji", "half a sign", "control", "lines")
        and squeezed(payload) not in flat
    ]
    assert missing == []
    assert "onetwothreetab" in flat
    assert "a□b□c" in flat, "a sign that no typeface has does not go missing silently"
    raw = (tmp_path / "x.pdf").read_bytes()
    assert b"/JavaScript" not in raw
    assert b"/URI" not in raw


def kept_file(work, bets, answers, own_work=None):
    """A progress file of version 2."""
    work.mkdir(exist_ok=True)
    kept = {"version": 2, "bets": bets, "answers": answers, "work": own_work or {}}
    (work / "progress.json").write_text(json.dumps(kept), "utf-8")


def answers_of(question, *rights):
    wrong = next(o.key for o in question.options if not question.accepts(o.key))
    return [
        {"answer": question.key if right else wrong, "sure": 2, "when": f"2026-09-0{day}T10:00:00"}
        for day, right in enumerate(rights, 1)
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_only_errors_that_lasted_stand_on_the_page(lang, work):
    repairs = {q.repair for q in question_bank(lang)}
    chosen = [q for q in question_bank(lang) if q.kind == "cell" and q.repair and q.id not in repairs]
    chosen = [*{q.repair: q for q in chosen}.values()][:3]
    lasted, later_right, repaired = chosen
    told = {
        lasted.id: answers_of(lasted, False, False),
        later_right.id: answers_of(later_right, False, True),
        repaired.id: answers_of(repaired, False),
        repaired.repair: answers_of(find_question(repaired.repair, lang), True),
    }
    bets = {name: tries[0] | {"revealed": True} for name, tries in told.items()}
    kept_file(work, bets, {name: {"tries": tries} for name, tries in told.items()})
    page = hand_in.compose(lang=lang)
    first_wrong = answers_of(lasted, False)[0]["answer"]
    assert page.wrong == (hand_in_facts.wrong_bet(lasted, first_wrong),)
    assert {name for name, _ in page.answers} == {q.id for q in chosen}, "the teacher sees each first error"
    (sures,) = page.sures
    assert sures == texts(lang)["bet"]["sum_sure"].format(
        sure=texts(lang)["bet"]["sures"][2].capitalize(), all=4, right=1
    )
    assert dict(page.facts("difficulties"))[texts(lang)["hand_in"]["sures"]] == page.sures


@pytest.mark.parametrize(
    ("lang", "day"), [("en", "Read on 2 September 2026."), ("nl", "Gelezen op 2 september 2026.")]
)
def test_each_source_has_the_last_day_on_which_something_was_done_with_its_table(lang, day, work):
    about = next(q for q in question_bank(lang) if q.kind == "cell" and q.matrix.id == "azure-classic")
    tries = answers_of(about, True, False)
    words = {"customer": "patches", "when": "2026-10-05T09:00:00"}
    kept_file(work, {about.id: tries[0]}, {about.id: {"tries": tries}}, {"gcp.content.iaas": words})
    drawn, classic, gcp = hand_in.compose(lang=lang).used
    assert drawn.startswith(shipped_matrix("azure-2026", lang).source_title)
    assert day[:5] not in drawn, "nothing was done with the table of the figure"
    assert shipped_matrix("azure-classic", lang).source_url in classic
    assert f" {day} http" in classic
    assert gcp.startswith(shipped_matrix("gcp", lang).source_title)
    assert ("5 October" if lang == "en" else "5 oktober") in gcp


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_claims_of_the_lessons_come_together_in_every_format(lang, work):
    claims = {
        "claim.10": {"claim": "Tenth <b>claim</b>\n\nin two parts."},
        "claim.02": {"claim": "Second."},
        "claim.03": {"claim": "  "},
        "claim.x": {"claim": "none"},
    }
    kept_file(work, {}, {}, claims)
    page = hand_in.compose(lang=lang)
    lesson = {"en": "Lesson", "nl": "Les"}[lang]
    told = (f"{lesson} 2: Second.", f"{lesson} 10: Tenth <b>claim</b> in two parts.")
    assert page.claims == told
    files = written(page, work)
    lead = texts(lang)["hand_in"]["claims"]
    for read in (markdown(files["md"].read_text("utf-8")), Reader(files["html"].read_text("utf-8"))):
        assert read.section(texts(lang)["hand_in"]["result"])[:3] == [lead, *told]
    flat = squeezed(read_pdf(files["pdf"])[1])
    assert [line for line in (lead, *told) if squeezed(line) not in flat] == []
    content = Form(lang=lang).content
    assert content["facts"]["result"] == [{"lead": lead, "lines": told}]


# What went wrong, on paper.

SENTENCES = {
    ("vm-os-update", "shared"): (
        "Azure, classic (2019-2025) · Operating system · IaaS: who is responsible?"
        " I predicted “Shared”; the table says “Customer”.",
        "Azure, klassiek (2019-2025) · Besturingssysteem · IaaS: wie is verantwoordelijk?"
        " Ik voorspelde “Gedeeld”; in de tabel staat “Klant”.",
    ),
    ("stack-saas-data", "customer"): (
        "Stack of nine layers · Data · SaaS: who runs it? I predicted “Customer”; the table says “Provider”.",
        "Stapel van negen lagen · Gegevens · SaaS: wie beheert het?"
        " Ik voorspelde “Klant”; in de tabel staat “Leverancier”.",
    ),
    ("replatform-network", "stop doing"): (
        "Azure, January 2026 · Network controls, from IaaS to PaaS: what changes in your work?"
        " I predicted “Stop doing”; the table says “Now shared”.",
        "Azure, januari 2026 · Netwerkregels, van IaaS naar PaaS: wat verandert er aan je werk?"
        " Ik voorspelde “Niet meer doen”; in de tabel staat “Nu gedeeld”.",
    ),
    ("count-google-shared-paas", "2"): (
        "Google Cloud, 2023 · PaaS. Azure's table of 2026 has a few shared cells in its PaaS column. How many"
        " of the sixteen cells in the PaaS column of Google's drawing are shared? I predicted “2”; the table"
        " says “0”.",
        "Google Cloud, 2023 · PaaS. In de tabel van Azure uit 2026 staan in de kolom PaaS een paar gedeelde"
        " cellen. Hoeveel van de zestien cellen zijn gedeeld in de kolom PaaS van de tekening van Google? Ik"
        " voorspelde “2”; in de tabel staat “0”.",
    ),
    ("storm-layer", "accounts-and-identities"): (
        "Azure, classic (2019-2025) · SaaS. Storm-0558. What failed, and to which row of the table "
        "'Azure, classic (2019-2025)' does"
        " that belong? I answered “Accounts and identities”; the right answer is"
        " “Identity and directory infrastructure”.",
        "Azure, klassiek (2019-2025) · SaaS. Storm-0558. Waar ging het mis, en bij welke rij van de tabel "
        "'Azure, klassiek (2019-2025)' hoort"
        " dat? Ik antwoordde “Accounts en identiteiten”; het goede antwoord is"
        " “Inlog- en directory-infrastructuur”.",
    ),
    ("storm-party", "customer"): (
        "Storm-0558. Who failed, by what you know now?"
        " I answered “Customer”; the right answer is “Provider”.",
        "Storm-0558. Wie ging de fout in, met wat je nu weet?"
        " Ik antwoordde “Klant”; het goede antwoord is “Leverancier”.",
    ),
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_wrong_answer_is_a_sentence_that_means_something_on_paper(lang):
    for (question, answer), said in SENTENCES.items():
        assert hand_in_facts.wrong_bet(find_question(question, lang), answer) == said[LANGUAGES.index(lang)]
    kinds = set()
    for question in question_bank(lang):
        kinds.add(question.kind)
        for option in question.options:
            if question.accepts(option.key):
                continue
            said = hand_in_facts.wrong_bet(question, option.key)
            # The question itself, or for a cell or change the table with area and column, then both answers.
            if question.kind == "cell":
                place = (question.matrix.short, question.area, question.column)
            elif question.kind == "change":
                place = (question.matrix.short, question.area, question.before, question.after)
                assert question.before != question.after
            else:
                place = (question.stem, question.place)
            right = " / ".join(one.label.rstrip(".") for one in question.right)
            labels = [option.label.rstrip("."), right]
            assert [part for part in (*place, *(f"“{label}”" for label in labels)) if part not in said] == []
            assert said.index(labels[0]) >= 0
            assert said.endswith(f"“{labels[1]}”.")
            assert "{" not in said
            assert "  " not in said
    assert kinds == set(KINDS)


# What the PDF shows.


def set_pdf(folder, sections=None, lang="en", name="", **more):
    """A PDF of these sections, with a figure of four pixels: drawing the real one takes the time."""
    folder.mkdir(exist_ok=True)
    plt.imsave(folder / "x.png", np.zeros((9, 16)))
    file = folder / "x.pdf"
    file.write_bytes(hand_in.to_pdf(hand_in.Page(lang, name, sections or {}, **more), folder / "x.png"))
    return file


def poppler(program, *words):
    if not shutil.which(program):
        assert not os.environ.get("CI"), "no poppler: install it, CI may not skip these tests"
        pytest.skip("no poppler-utils on this machine: install them to look into the PDF")
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, check=True).stdout


def places(pdf, page=1):
    """Each word of a page with its left, top, right and bottom, and the width of the page."""
    told = poppler("pdftotext", "-bbox", "-f", page, "-l", page, pdf, "-")
    numbers = r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"'
    found = re.findall(rf"<word {numbers}>(.*?)</word>", told)
    width = float(re.search(r'<page width="([\d.]+)"', told)[1])
    return [(html.unescape(word), *map(float, numbers)) for *numbers, word in found], width


def test_the_pdf_is_really_tagged(picture, monkeypatch, tmp_path):
    monkeypatch.setattr(hand_in.Page, "picture", lambda _: picture)
    file = set_pdf(
        tmp_path, {"key_terms": "My terms.\n\nMore of them."}, wrong=("One.", "Two."), used=("S.",)
    )
    told = poppler("pdfinfo", "-struct-text", file)
    lines = [line.strip().removesuffix(" (block)") for line in told.splitlines()]
    levels = [level.upper() for level in LEVELS]
    assert [line for line in lines if re.match(r"H\d ", line)] == [
        f'{level} "{heading}"' for level, heading in zip(levels, HEADINGS["en"], strict=True)
    ]
    paragraphs = [b for a, b in pairwise(lines) if a == "P"]
    assert paragraphs[1:3] == ['"My terms."', '"More of them."']
    assert '"Errors that lasted:"' in paragraphs
    assert [b for a, b in pairwise(lines) if a == "LBody"] == ['"S."', '"One."', '"Two."']
    assert lines.count("Figure:") == 1
    pdf = pypdf.PdfReader(file)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == HEADINGS["en"][0]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_the_same_page_is_the_same_pdf(picture, monkeypatch, tmp_path):
    monkeypatch.setattr(hand_in.Page, "picture", lambda _: picture)
    first, second = (set_pdf(tmp_path / x, WORDS | {"result": "שלום 🙂"}).read_bytes() for x in "ab")
    assert first == second


LONG = {
    "letters": "w" * 420,
    "capitals": "W" * 10_000,
    "an address": "https://example.org/" + "a1-_%" * 200,
    "accents": "e\u0301" * 300,
    "boxes": "中" * 500,
    "Hebrew": "ש" * 300,
}


@pytest.mark.parametrize("word", LONG.values(), ids=LONG)
def test_a_long_word_stays_on_the_paper(word, picture, monkeypatch, tmp_path):
    monkeypatch.setattr(hand_in.Page, "picture", lambda _: picture)
    file = set_pdf(tmp_path, {"result": f"before {word} after"}, name=word, wrong=(word,), used=(word,))
    text = squeezed(read_pdf(file)[1])
    if word.isascii():
        assert text.count(word) == 4
    for page in range(1, len(pypdf.PdfReader(file).pages) + 1):
        words, width = places(file, page)
        margin = 20 / 25.4 * 72
        assert [x for x in words if x[3] > width - margin + 1 or x[1] < margin - 1] == []


@pytest.mark.browser
def test_a_long_word_stays_on_the_screen(page, drawn_before):
    sections = dict.fromkeys(hand_in.SECTIONS, "\n".join([*LONG.values(), "a short line"]))
    made = hand_in.Page("en", LONG["letters"], sections, (LONG["letters"],), (LONG["an address"],))
    page.set_content(hand_in.to_html(made))
    for width in (320, 800, 1366):
        page.set_viewport_size({"width": width, "height": 900})
        wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= room


RTL = {
    "Hebrew": ("דנה כהן", "שלום עולם PaaS הוא"),
    "Arabic": ("سمير حداد", "مرحبا بالعالم PaaS هنا"),
}


@pytest.mark.parametrize(("name", "said"), RTL.values(), ids=RTL)
def test_what_is_read_from_the_right_stands_so(name, said, picture, monkeypatch, tmp_path):
    monkeypatch.setattr(hand_in.Page, "picture", lambda _: picture)
    file = set_pdf(tmp_path, {"key_terms": said}, name=name)
    told = {word: left for word, left, *_ in places(file)[0]}
    for line in (name, said):
        # Poppler lists a word as it is drawn, from the left.
        lefts = [told[word] if word in told else told[word[::-1]] for word in line.split()]
        assert lefts == sorted(lefts, reverse=True), "the first word stands at the right"
    # Poppler gives a line back as it is read, marks for the direction left out.
    text = re.sub("[\u200e\u200f\u202a-\u202e]", "", poppler("pdftotext", file, "-"))
    assert name in text
    page = Reader(hand_in.to_html(hand_in.Page("en", name, {"result": said})))
    assert [attrs.get("dir") for tag, attrs in page.elements if tag == "p"].count("auto") == 2


def test_arabic_letters_are_joined(picture, monkeypatch, tmp_path):
    monkeypatch.setattr(hand_in.Page, "picture", lambda _: picture)

    def ink(word):
        """In how many pieces a word of the name is drawn, read from the pixels."""
        file = set_pdf(tmp_path, name=f"{word} PaaS")
        _, left, top, right, bottom = next(x for x in places(file)[0] if x[0] == word)
        poppler("pdftoppm", "-r", 144, "-png", "-singlefile", "-f", 1, "-l", 1, file, tmp_path / "seen")
        seen = plt.imread(tmp_path / "seen.png")[..., :3].mean(axis=2)
        dark = (seen[int(2 * top) : int(2 * bottom), int(2 * left) : int(2 * right)] < 0.6).any(axis=0)
        return int((dark[1:] & ~dark[:-1]).sum() + dark[0])

    assert ink("سسسس") == 1
    assert ink("دددد") == 4, "letters that never join are apart"


UNSEEN = {
    "Chinese": ("中文", ["中", "文"]),
    "Hindi": ("हि", ["ह", "ि"]),
    "Thai": ("ไทย", ["ไ", "ท", "ย"]),
    "emoji": ("🙂 👩‍🚀 👍🏽", ["🙂", "👩", "🚀", "👍"]),
    "a control": ("a\x1bb", ["\x1b"]),
    "nothing": ("Ελληνικά é e\u0301 → Привет سلام \u200e\u202b ok", []),
}


@pytest.mark.parametrize(("typed", "lost"), UNSEEN.values(), ids=UNSEEN)
def test_a_sign_without_a_letter_is_known(typed, lost):
    assert hand_in.unshown(hand_in.Page("en", "", {"result": typed})) == lost
    assert hand_in.unshown(hand_in.Page("en", typed)) == lost


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("typed", "named"), [("中文 🙂 a\x1bb", "中 文 🙂 U+001B"), ("é → سلام", "")])
def test_a_sign_without_a_letter_is_named(typed, named, lang, work, drawn_before):
    form = Form(lang=lang)
    form.type("result", typed)
    form.write()
    tells = {"en": f"The PDF has no letters for {named}:", "nl": f"De pdf heeft geen letters voor {named}:"}
    assert (tells[lang] in form.said) == bool(named)
    text = read_pdf(work / f"hand-in-{lang}.pdf")[1]
    assert ("□" in text) == bool(named)
    assert ({"en": "□ stands for a sign", "nl": "□ staat voor een teken"}[lang] in text) == bool(named)


def test_many_signs_without_a_letter_do_not_fill_the_screen(work, drawn_before):
    form = Form(lang="en")
    form.type("name", "".join(map(chr, range(0x4E00, 0x4E00 + 40))))
    form.write()
    assert "and 28 more: you see a □ there" in form.said


def test_no_heading_stands_alone_at_the_foot_of_a_page(picture, monkeypatch, tmp_path):
    monkeypatch.setattr(hand_in.Page, "picture", lambda _: picture)
    feet = set()
    for n in range(9, 30, 3):
        lines = "\n".join(["a line"] * n)
        file = set_pdf(tmp_path, dict.fromkeys(hand_in.SECTIONS, lines), wrong=("One fact.",))
        for page in pypdf.PdfReader(file).pages:
            feet.add(page.extract_text().strip().splitlines()[-1])
    assert feet & {*HEADINGS["en"], texts("en")["hand_in"]["wrong_bets"]} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_no_pdf_can_be_made_the_rest_is_written_and_it_is_said(lang, work, drawn_before, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)  # as on Windows on ARM
    form = Form(lang=lang)
    form.write()
    assert {*contents(work)} == {f"hand-in-{lang}.{ending}" for ending in ("png", "md", "html")}
    assert texts(lang)["hand_in"]["no_pdf"] in form.said


def test_signs_beyond_the_typeface_come_from_another(picture, tmp_path):
    picture = picture.write(tmp_path / "x.png")
    typed = "Ελληνικά Кириллица → ≠ é ß"
    (tmp_path / "x.pdf").write_bytes(hand_in.to_pdf(hand_in.Page("en", "", {"result": typed}), picture))
    assert squeezed(typed) in squeezed(read_pdf(tmp_path / "x.pdf")[1])


def test_much_text_takes_several_pages_and_none_is_lost(work, drawn_before):
    words = " ".join(f"word{n}" for n in range(1500))
    assert len(words) > 10_000
    unbroken = "x" * 10_000
    files = written(hand_in.compose("", {"key_terms": words, "result": unbroken}, lang="en"), work)
    pdf, text = read_pdf(files["pdf"])
    assert len(pdf.pages) >= 4
    assert squeezed(words) in squeezed(text)
    assert unbroken in squeezed(text)
    for page in (markdown(files["md"].read_text("utf-8")), Reader(files["html"].read_text("utf-8"))):
        assert words in page.section("Key terms")
        assert unbroken in page.section("Result")


# Where it is written.


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".lock"}


def test_earlier_pages_are_not_overwritten(work, drawn_before):
    first = hand_in.compose("first", WORDS, lang="nl")
    hand_in.write_page(first, work)
    before = contents(work)
    second = written(hand_in.compose("second", WORDS, lang="nl"), work)
    third = written(hand_in.compose("third", WORDS, lang="nl"), work)
    assert [path.name for path in second.values()] == [
        f"hand-in-nl-2.{e}" for e in ("png", "md", "html", "pdf")
    ]
    assert third["md"].name == "hand-in-nl-3.md"
    assert "](hand-in-nl-3.png)" in third["md"].read_text("utf-8")
    assert {name: contents(work)[name] for name in before} == before


@pytest.mark.parametrize("left", ["md", "html", "pdf", "png"])
def test_one_file_that_is_left_is_not_overwritten_either(left, work, drawn_before):
    work.mkdir()
    (work / f"hand-in-en.{left}").write_text("mine")
    files = written(hand_in.compose("", WORDS, lang="en"), work)
    assert files["md"].name == "hand-in-en-2.md"
    assert (work / f"hand-in-en.{left}").read_text() == "mine"


def test_asked_for_they_are_replaced(work, drawn_before):
    hand_in.write_page(hand_in.compose("first", WORDS, lang="en"), work)
    hand_in.write_page(hand_in.compose("second", WORDS, lang="en"), work, replace=True)
    assert {*contents(work)} == {f"hand-in-en.{ending}" for ending in ("png", "md", "html", "pdf")}
    assert "second" in (work / "hand-in-en.md").read_text("utf-8")
    assert "second" in read_pdf(work / "hand-in-en.pdf")[1]


# The form.


class Form:
    """The form as a page has it: what stands in it, and what it sends."""

    def __init__(self, *args, **options):
        self.view = srm.hand_in(*args, **options)
        self.content = self.view.content
        self.now = {}
        self.replace = False

    def type(self, part, text):
        """Fill in a part; the page sends it when the field is left."""
        self.now[part] = text
        send(self.view, {"kind": "work", "name": self.content["name"], "facts": {part: text}})

    def value(self, part):
        """What stands in a part."""
        return self.now.get(part, self.view.answers.get(part, ""))

    def write(self):
        page = {part: self.value(part) for part in (*hand_in.LINES, "figure", *hand_in.SECTIONS)}
        send(self.view, {"kind": "ask", "do": "write", "page": page, "replace": self.replace})

    @property
    def said(self):
        return self.view.note


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_asks_for_each_section(lang):
    form = Form(lang=lang)
    words, content = texts(lang)["hand_in"], form.content
    longer = [one for one in content["fields"] if not one["line"]]
    assert [one["label"] for one in longer] == HEADINGS[lang][1:]
    assert [(one["key"], one["ask"]) for one in longer] == [
        (section, words[f"ask_{section}"]) for section in hand_in.SECTIONS
    ]
    lines = {one["key"]: one["label"] for one in content["fields"] if one["line"]}
    assert lines == {part: words[part] for part in ("name", "subtitle", "read_on")}
    assert {part: content["words"][part] for part in ("figure", "write", "replace")} == {
        part: words[part] for part in ("figure", "write", "replace")
    }
    assert [one["key"] for one in content["figures"]] == ["matrix", "split", "paas", "what_if"]
    assert (content["figure"], form.view.answers, form.said) == ("what_if", {}, "")
    assert "Shift+Enter" in repr(form.view)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_no_script_runs_the_form_is_its_questions(lang):
    words, form = texts(lang)["hand_in"], Form(lang=lang)
    told = Reader(form.view.still.body).words()
    assert [one for one in told if one in {words[part] for part in hand_in.LINES}] == [
        words[part] for part in ("name", "subtitle", "read_on")
    ]
    asked = [f"{words[section]}{words[f'ask_{section}']}" for section in hand_in.SECTIONS]
    assert [one for one in told if one in asked] == asked
    assert form.view.away.needs_kernel == "hand_in"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_shows_the_bets_that_went_wrong(lang):
    assert Form(lang=lang).content["facts"]["difficulties"] == []
    made, _ = wrong_bets(2, lang)
    content = Form(lang=lang).content
    wrong = tuple(hand_in_facts.wrong_bet(question, answer.key) for question, answer in made)
    lead = texts(lang)["hand_in"]["wrong_bets"]
    assert content["facts"]["difficulties"] == [{"lead": lead, "lines": wrong}]


def test_what_is_typed_is_kept_and_comes_back():
    form = Form(lang="en")
    form.type("name", "Sanne")
    form.type("figure", "split")
    for section in hand_in.SECTIONS:
        form.type(section, f"{WORDS[section]}\n<script>alert(1)</script>")
        assert form.said == "Kept in progress.json."
    for lang in LANGUAGES:
        again = Form(lang=lang)
        assert (again.value("name"), again.value("figure")) == ("Sanne", "split")
        for section in hand_in.SECTIONS:
            assert again.value(section) == f"{WORDS[section]}\n<script>alert(1)</script>"


def test_a_name_that_is_given_stands_there_until_it_is_typed_over(work):
    Form(lang="en").type("name", "Sanne")
    form = Form("Kim")
    assert form.value("name") == "Kim"
    form.type("result", "x")
    assert form.value("name") == "Kim"
    assert json.loads((work / "progress.json").read_text())["work"]["hand-in"]["name"] == "Sanne"
    form.type("name", "Kimberly")
    assert form.view.answers["name"] == "Kimberly"
    assert Form().value("name") == "Kimberly"


def test_two_forms_at_once_lose_nothing():
    first, second = Form(lang="en"), Form(lang="nl")
    first.type("result", "from the first")
    second.type("sources", "from the second")
    again = Form()
    assert (again.value("result"), again.value("sources")) == ("from the first", "from the second")
    assert second.view.answers == again.view.answers, "the second form follows the first"


@pytest.mark.parametrize("kept", ["circle", 3, ["split"], None])
def test_a_figure_that_is_none_is_the_usual_one(kept, work):
    work.mkdir()
    content = {"version": 1, "work": {"hand-in": {"figure": kept, "result": 3}}}
    (work / "progress.json").write_text(json.dumps(content))
    form = Form(lang="en")
    assert form.value("result") == "3"
    form.write()
    assert srm.figures.what_if("azure-2026", "iaas", "paas", "en").alt in html.unescape(
        (work / "hand-in-en.html").read_text("utf-8")
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_button_writes_what_is_typed(lang, work):
    form = Form(lang=lang)
    form.type("name", "Sanne")
    form.now["result"] = WORDS["result"]  # was not kept yet, since the button was pressed at once
    form.type("figure", "matrix")
    form.write()
    names = [f"hand-in-{lang}.{ending}" for ending in ("png", "md", "html", "pdf")]
    assert form.said == texts(lang)["hand_in"]["written"].format(files=", ".join(names), folder=work)
    page = markdown((work / names[1]).read_text("utf-8"))
    assert page.section(HEADINGS[lang][0]) == ["Sanne"]
    assert page.section(HEADINGS[lang][-2]) == [WORDS["result"]]
    (picture,) = [attrs for tag, attrs in page.elements if tag == "img"]
    assert picture["alt"] == srm.figures.matrix("azure-2026", lang).alt
    form.write()
    assert f"hand-in-{lang}-2.md" in form.said
    form.replace = True
    form.type("result", "better")
    form.write()
    assert names[1] in form.said
    assert "better" in (work / names[1]).read_text("utf-8")
    assert not (work / f"hand-in-{lang}-3.md").exists()


def test_the_page_hears_at_once_that_it_is_being_written(work, monkeypatch):
    """It would say after some seconds that nobody is there."""
    form = Form(lang="en")
    told = []

    def written(*_, **__):
        told.append((form.view.heard, form.said))
        return [work / "hand-in-en.md", work / "hand-in-en.pdf"]

    monkeypatch.setattr(hand_in, "write_page", written)
    form.write()
    assert told == [(1, texts("en")["hand_in"]["writing"])]
    assert form.view.heard == 1, "it is counted once"
    assert "hand-in-en.md" in form.said


@pytest.mark.parametrize(
    "told",
    [
        None,
        {"kind": "ask", "do": "draw", "page": {}},
        {"kind": "ask", "do": "write"},
        {"kind": "ask", "do": "write", "page": "x"},
        {"kind": "work", "name": "hand-in", "facts": {"other": "x", "result": 3}},
    ],
)
def test_what_no_form_sends_is_left_alone(told, work):
    form = Form(lang="en")
    send(form.view, told)
    assert form.view.heard == 0
    assert not work.exists()


def test_a_page_of_odd_values_is_a_page_of_empty_ones(work):
    form = Form(lang="en")
    send(form.view, {"kind": "ask", "do": "write", "page": {"name": 3, "figure": ["x"], "result": None}})
    assert (work / "hand-in-en.md").read_text("utf-8").count("Nothing filled in here.") == len(
        hand_in.SECTIONS
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_folder_that_cannot_be_written_is_said_and_costs_no_word(lang, work, drawn_before):
    work.write_text("a file where the folder should be")
    form = Form(lang=lang)
    form.type("result", WORDS["result"])
    form.write()
    assert form.said == texts(lang)["hand_in"]["unwritable"].format(folder=work, reason="File exists")
    assert form.view.answers["result"] == WORDS["result"]
    assert Form(lang=lang).value("result") == WORDS["result"]
    work.unlink()
    form.write()
    assert WORDS["result"] in (work / f"hand-in-{lang}.md").read_text("utf-8")


def test_an_error_nobody_foresaw_is_said_and_raised(monkeypatch, caplog):
    form = Form(lang="en")
    keeps, hears = (
        form.view._msg_callbacks.callbacks
    )  # ipywidgets hands what they raise to IPython, or logs it

    def broken(*_, **__):
        raise RuntimeError("no <room>")

    monkeypatch.setattr(hand_in, "to_pdf", broken)
    with pytest.raises(RuntimeError, match="no <room>"):
        hears(form.view, {"kind": "ask", "do": "write", "page": {}}, [])
    assert "(RuntimeError: no <room>)" in form.said
    form.write()
    assert "no <room>" in caplog.text
    monkeypatch.setattr(progress_file, "record", broken)
    with pytest.raises(RuntimeError, match="no <room>"):
        keeps(form.view, {"kind": "work", "name": "hand-in", "facts": {"result": "x"}}, [])
    assert "(RuntimeError: no <room>)" in form.said
    assert "cannot be kept" in form.said
