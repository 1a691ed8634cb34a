"""The question bank as other programs read it: every export is parsed back by another library.

ElementTree writes the XML, lxml reads it; Jinja2 writes the pages, lxml.html reads them. The GIFT readers
on the package index are not kept (pygiftparser read the whole bank, but leans on functions that Python
drops; pygiftparserrgmf stumbles over escaped signs), so lark reads GIFT by a grammar of its own, made
from Moodle's description of the format.
"""

import io
import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from dataclasses import dataclass, replace

import lark
import pytest
from lxml import etree, html
from pypdf import PdfReader

from srm_data import __main__ as command
from srm_data.core.language import texts
from srm_data.core.matrix import one_line
from srm_data.core.shipped import shipped_matrix
from srm_data.core.vocabulary import LANGUAGES, UnknownNameError
from srm_data.learning.questions import Option, Question, misconception, question_bank
from srm_data.publishing.questions import common, formats

LESSONS = sorted({q.lesson for q in question_bank("en")})
BOTH = pytest.mark.parametrize("lang", LANGUAGES)


@dataclass
class Read:
    """One question as another program sees it."""

    id: str
    stem: str
    options: list[tuple[str, bool, str]]  # label, right, feedback
    general: list[str]
    incorrect: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


def paragraphs(markup):
    """The text of each paragraph of a piece of HTML, which may hold only paragraphs and small print."""
    if not markup:
        return []
    root = html.fragment_fromstring(markup, create_parent="div")
    assert {element.tag for element in root.iter()} <= {"div", "p", "small"}
    assert [element.attrib for element in root.iter() if element.attrib] == []
    return [p.text_content() for p in root]


def parse(xml):
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


def read_moodle(content):
    root = parse(content)
    assert root.tag == "quiz"
    found, category = [], ""
    for item in root:
        if item.get("type") == "category":
            category = item.findtext("category/text")
            continue
        assert item.get("type") == "multichoice"
        assert item.findtext("single") == "true"
        assert item.findtext("shuffleanswers") == "false"
        assert {text.get("format") for text in item.iter("questiontext", "answer", "feedback")} == {"html"}
        options = [
            (
                *paragraphs(answer.findtext("text")),
                {"100": True, "0": False}[answer.get("fraction")],
                *paragraphs(answer.findtext("feedback/text")),
            )
            for answer in item.iter("answer")
        ]
        assert item.findtext("name/text").endswith(f" {item.findtext('idnumber')}")
        found.append(
            Read(
                id=item.findtext("idnumber"),
                stem="\n".join(paragraphs(item.findtext("questiontext/text"))),
                options=options,
                general=paragraphs(item.findtext("generalfeedback/text")),
                incorrect="\n".join(paragraphs(item.findtext("incorrectfeedback/text"))),
                category=category,
                tags=tuple(item.xpath("tags/tag/text/text()")),
                hints=tuple(h for x in item.iter("hint") for h in paragraphs(x.findtext("text"))),
            )
        )
    return found


GIFT = lark.Lark(
    r"""
    start: category | question
    category: "$CATEGORY:" REST
    question: COMMENT "::" TEXT "::" part "{" option+ general "}"
    option: MARK WEIGHT? part "#" part
    general: "####" part
    part: FORMAT? TEXT
    COMMENT: /\/\/[^\n]*\n/
    REST: /.+/
    MARK: "=" | "~"
    WEIGHT.2: /%-?\d+(\.\d+)?%/
    FORMAT.2: "[" ("html" | "moodle" | "plain" | "markdown") "]"
    TEXT: /([^\\~=#{}:]|\\[\\~=#{}:n])+/
    %ignore /[ \t\n]+/
    """,
    parser="lalr",
)


def read_gift(content):
    found, category = [], ""
    for block in re.split(r"\n[ \t]*\n", content.decode()):  # as Moodle does: an empty line ends a question
        (tree,) = GIFT.parse(block.strip()).children
        if tree.data == "category":
            category = tree.children[0].strip()
            continue
        comment, name, stem, *options, general = tree.children
        read = []
        for option in options:
            mark, *parts = option.children
            assert len(parts) == 2, f"a weight in {name}"
            read.append((gift_text(parts[0]), mark == "=", gift_text(parts[1])))
        assert stem.children[0] == "[plain]", "the other parts take the format of the stem"
        right, *background = gift_text(general.children[0]).split("\n")
        known = re.findall(r"\[(id|tag):([^]]*)\]", comment)
        assert unescape(name).endswith(f" {known[0][1]}")
        found.append(
            Read(
                id=dict(known[:1])["id"],
                stem=gift_text(stem),
                options=read,
                general=background,
                incorrect=right,
                category=category,
                tags=tuple(tag for _, tag in known[1:]),
            )
        )
    return found


def gift_text(part):
    *formats, text = part.children
    assert formats in ([], ["[plain]"])
    return unescape(text)


def unescape(text):
    return re.sub(r"\\(.)", lambda escaped: "\n" if escaped[1] == "n" else escaped[1], str(text)).strip()


def read_qti(content):
    """Read a package as a learning platform does: from the manifest to the files, then answer each item."""
    space = {"q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        manifest = parse(package.read("imsmanifest.xml"))
        resources = {x.get("identifier"): x for x in manifest.iter("{*}resource")}
        listed = [x.get("href") for x in manifest.iter("{*}file")]
        assert sorted([*listed, "imsmanifest.xml"]) == sorted(package.namelist())
        assert {x.get("identifierref") for x in manifest.iter("{*}dependency")} <= set(resources)
        for resource in resources.values():
            (href,) = [x.get("href") for x in resource.iter("{*}file")]
            if resource.get("type") != "imsqti_xmlv1p2":
                settings = parse(package.read(href))
                assert settings.findtext("{*}shuffle_answers") == "false"
                assert settings.findtext("{*}quiz_type") == "practice_quiz"
                continue
            test = parse(package.read(href)).find("q:assessment", space)
            items = test.findall("q:section/q:item", space)
            found += [read_item(item, test.get("title"), space) for item in items]
    return found


def read_item(item, title, space):
    labels = item.findall("q:presentation/q:response_lid/q:render_choice/q:response_label", space)
    assert item.find("q:presentation/q:response_lid", space).get("rcardinality") == "Single"
    told = {
        x.get("ident"): paragraphs(x.findtext("q:flow_mat/q:material/q:mattext", namespaces=space))
        for x in item.findall("q:itemfeedback", space)
    }
    options, general, incorrect = [], None, ""
    for label in labels:
        score, shown = answer(item, label.get("ident"), space)
        assert shown[0] == "general_fb"
        assert shown[1] == f"{label.get('ident')}_fb"
        assert shown[2:] == ([] if score == 100 else ["general_incorrect_fb"])
        general = told["general_fb"]
        incorrect = incorrect or "\n".join(told["general_incorrect_fb"])
        (text,) = paragraphs(label.findtext("q:material/q:mattext", namespaces=space))
        options.append((text, score == 100, *told[shown[1]]))
    return Read(
        id=item.get("title").split(" ", 1)[1],
        stem="\n".join(paragraphs(item.findtext("q:presentation/q:material/q:mattext", namespaces=space))),
        options=options,
        general=general,
        incorrect=incorrect,
        category=title,
    )


def answer(item, chosen, space):
    """Run the rules of an item for one answer: its score, and which feedback is shown."""
    score, shown = 0, []
    for rule in item.findall("q:resprocessing/q:respcondition", space):
        wanted = rule.findtext("q:conditionvar/q:varequal", namespaces=space)
        assert (wanted is None) == (rule.find("q:conditionvar/q:other", space) is not None)
        if wanted not in (None, chosen):
            continue
        score = int(rule.findtext("q:setvar", str(score), namespaces=space))
        shown += [x.get("linkrefid") for x in rule.findall("q:displayfeedback", space)]
        if rule.get("continue") == "No":
            break
    return score, shown


READERS = {"moodle": read_moodle, "gift": read_gift, "qti": read_qti}
EVERY_READER = pytest.mark.parametrize("kind", READERS)


def write(kind, questions, lang):
    return formats.FORMATS[kind][1](questions, lang)


def stem_of(q):
    return "\n".join(one_line(x) for x in (q.story, q.stem, q.place) if x)


def options_of(q):
    return [(one_line(o.label), q.accepts(o.key), one_line(o.feedback)) for o in q.options]


# Read back


@EVERY_READER
@BOTH
def test_another_parser_finds_the_same_questions_keys_and_feedback(kind, lang):
    bank = common.choose(lang)
    assert len(bank) == sum(q.graded for q in question_bank(lang)) >= 80
    read = READERS[kind](write(kind, bank, lang))
    assert [r.id for r in read] == [q.id for q in bank]
    for q, r in zip(bank, read, strict=True):
        assert r.stem == stem_of(q), q.id
        assert r.options == options_of(q), q.id
        assert [right for _, right, _ in r.options].count(True) == 1 + len(q.also), q.id
        assert r.incorrect == " ".join(f"{right.label}: {right.feedback}" for right in q.right), q.id


@EVERY_READER
@BOTH
def test_the_source_and_both_parts_are_told_to_everybody(kind, lang):
    bank = common.choose(lang)
    read = READERS[kind](write(kind, bank, lang))
    shared = 0
    for q, r in zip(bank, read, strict=True):
        told = " ".join(r.general)
        for source in common.sources(q):
            assert source.url.startswith("https://")
            assert f"{source.title}, {source.edition}, {source.url}" in told, q.id
        assert common.sources(q), q.id
        if q.cell and q.cell.party == "shared" and q.cell.customer_part:
            shared += 1
            assert one_line(q.cell.customer_part) in told, q.id
            assert one_line(q.cell.provider_part) in told, q.id
    assert shared >= 10


@pytest.mark.parametrize("kind", ["moodle", "gift"])
@BOTH
def test_lesson_exams_and_misconceptions_are_tags(kind, lang):
    lesson = {"en": "Lesson", "nl": "Les"}[lang]
    bank = common.choose(lang)
    for q, r in zip(bank, READERS[kind](write(kind, bank, lang)), strict=True):
        beliefs = {o.misconception for o in q.options} - {""}
        assert set(r.tags) == {f"{lesson} {q.lesson}", *q.exams, *beliefs}
        assert r.category == f"top/Shared Responsibility Model/{lesson} {q.lesson}"


@BOTH
def test_moodle_has_the_hints_in_their_order(lang):
    bank = common.choose(lang)
    for q, r in zip(bank, read_moodle(write("moodle", bank, lang)), strict=True):
        assert r.hints == q.hints


def test_qti_has_a_test_a_lesson_and_no_id_twice_over_both_languages():
    names = []
    for lang in LANGUAGES:
        content = write("qti", common.choose(lang), lang)
        titles = list(dict.fromkeys(r.category for r in read_qti(content)))
        lesson = texts(lang)["export"]["lesson"]
        assert titles == [f"Shared Responsibility Model: {lesson.format(n=n)}" for n in LESSONS]
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for name in package.namelist():
                root = parse(package.read(name))
                names += [x.get("ident") for x in root.iter("{*}item", "{*}response_label", "{*}assessment")]
    assert len(names) > 700
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z0-9-]+", name)] == []


@EVERY_READER
@BOTH
def test_an_incident_is_told_whole_in_every_format(kind, lang):
    bank = [q for q in common.choose(lang, [11]) if q.incident]
    words = texts(lang)["incident"]
    for q, r in zip(bank, READERS[kind](write(kind, bank, lang)), strict=True):
        i = q.incident
        assert r.stem.startswith(i.story)
        assert f"{words['why' if i.areas else 'why_none']}: {i.why}" in r.general
        assert f"{words['other_side']}: {i.other_side}" in r.general
        assert (f"{words['disputed']}: {i.dispute}" in r.general) == bool(i.dispute)
        assert common.sources(q)[-1].url == i.source_url


@BOTH
def test_an_incident_on_paper_keeps_its_story_and_hides_its_answer(lang):
    bank = [q for q in common.choose(lang, [11]) if q.incident]
    sheet, key = (" ".join(page_of(kind, bank, lang).text_content().split()) for kind in ("sheet", "key"))
    for q in bank:
        assert q.story in sheet
        assert q.incident.why not in sheet
        assert q.incident.why in key
        assert q.incident.dispute in key


def test_a_source_may_be_a_matrix_or_an_incident():
    q = next(q for q in question_bank("nl") if q.id == "processor-flaw-two-parts")
    incident, matrix = common.sources(q)
    assert (incident.name, incident.edition) == ("Meltdown en Spectre", "2018")
    assert matrix.name == shipped_matrix("azure-classic", "nl").short


# Paper


def page_of(kind, questions, lang):
    content = write(kind, questions, lang).decode()
    page = html.document_fromstring(content)
    assert page.get("lang") == lang
    assert not page.xpath("//script|//img|//@src|//*[@*[starts-with(name(),'on')]]")
    return page


def words_of(element):
    return " ".join(" ".join(element.itertext()).split())


@BOTH
def test_the_sheet_has_every_question_and_a_line_for_the_name(lang):
    bank = common.choose(lang)
    page = page_of("sheet", bank, lang)
    assert [words_of(p) for p in page.xpath("//*[@class='fill']/p")] == [
        f"{texts(lang)['export'][line]}:" for line in ("name", "date")
    ]
    sections = page.xpath("//section")
    numbers = [words_of(s.find("h3")).split(" ", 1)[0] for s in sections]
    assert numbers[:2] == ["1.01.", "1.02."]
    assert len(set(numbers)) == len(bank)
    for q, section in zip(bank, sections, strict=True):
        assert words_of(section.find("h3")).split(" ", 1)[1] == q.stem
        assert [words_of(item) for item in section.iter("li")] == [
            f"{letter} {option.label}" for letter, option in zip("abcd", q.options, strict=False)
        ]


@BOTH
def test_the_sheet_does_not_give_the_answers_away(lang):
    bank = common.choose(lang)
    other = [replace(q, key=next(o.key for o in q.options if o.key != q.key)) for q in bank]
    assert write("sheet", other, lang) == write("sheet", bank, lang)  # nothing in it depends on the key
    text = write("sheet", bank, lang).decode()
    assert [q.id for q in bank if q.id in text or any(h in text for h in q.hints)] == []
    assert [q.id for q in bank if any(html_escape(o.feedback) in text for o in q.options)] == []
    assert write("key", other, lang) != write("key", bank, lang)


def html_escape(text):
    return text.replace("&", "&amp;").replace("'", "&#39;").replace('"', "&#34;")


@BOTH
def test_the_key_says_what_is_right_why_and_what_lies_behind_the_rest(lang):
    bank = common.choose(lang)
    words = texts(lang)
    right_word = words["export"]["right"].split(":")[0]
    for q, section in zip(bank, page_of("key", bank, lang).xpath("//section"), strict=True):
        text = words_of(section)
        for right in q.right:
            place = q.options.index(right)
            assert f"{right_word}: {'abcd'[place]}. {right.label} {right.feedback}" in text, q.id
        wrong = [option for option in q.options if not q.accepts(option.key)]
        letters = [words_of(x) for x in section.xpath(".//dl[@class='wrong']/dt")]
        assert letters == ["abcd"[n] for n, o in enumerate(q.options) if o in wrong], q.id
        for option, told in zip(wrong, section.xpath(".//dl[@class='wrong']/dd"), strict=True):
            assert words_of(told).startswith(f"{option.label}. {option.feedback}"), q.id
            claim = misconception(option.misconception, lang) if option.misconception else None
            assert (words["bet"]["belief"] in words_of(told)) == bool(claim), q.id
            if claim:
                assert claim[0] in words_of(told), q.id
                assert claim[1] in words_of(told), q.id
        for source in common.sources(q):
            assert section.xpath(f".//a[@href='{source.url}']"), q.id
            assert source.title in text, q.id
            assert source.edition in text, q.id
        assert all(exam in text for exam in q.exams), q.id


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["sheet", "key"])
def test_on_paper_no_question_is_cut_in_two(kind, page, tmp_path):
    bank = common.choose("nl", [1, 2])
    (tmp_path / "page.html").write_bytes(write(kind, bank, "nl"))
    page.goto((tmp_path / "page.html").as_uri())
    printed = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    # NFKC: the typeface of the machine may have one sign for "fi".
    pages = [" ".join(unicodedata.normalize("NFKC", p.extract_text()).split()) for p in printed]
    for number, q in (pair for _, numbered in common.by_lesson(bank) for pair in numbered):
        last = q.options[-1].label if kind == "sheet" else common.sources(q)[-1].title
        (begun,) = [text for text in pages if f"{number}. " in text]
        assert last.split("(")[0].strip() in begun.split(f"{number}. ")[1], q.id
    assert texts("nl")["export"]["lesson"].format(n=2) in next(p for p in pages if "2.01. " in p)[:20]
    assert page.faults == []
    assert [address for address in page.asked if not address.startswith("file:")] == []


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["sheet", "key"])
def test_axe_finds_nothing_wrong(kind, page, tmp_path):
    from axe_playwright_python.sync_playwright import Axe

    (tmp_path / "page.html").write_bytes(write(kind, common.choose("en", [4]), "en"))
    page.goto((tmp_path / "page.html").as_uri())
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert len(found.response["passes"]) > 10


# Text stays text

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "a & b &amp; c &lt;d&gt;",
    "]]> <![CDATA[ x ]]> <!-- y -->",
    "{a ~b =c #d} ::e:: f -> g",
    "####no general feedback",
    "=right ~wrong",
    "%50%half right",
    "[html]<b>bold</b>",
    "[plain]as written",
    "//no comment",
    "$CATEGORY: nowhere",
    "back\\slash \\n \\{ \\\\ end\\",
    "{{7*7}} {% raw %} $x$",
    "two\n\nlines\tand a tab",
    "control \x00\x0b\x1b signs",
    "é ü 漢字 🙂 \u202e",
]


def hostile_question(text, lang="en"):
    options = tuple(Option(key, f"{text} {key}", f"{text} because {key}", "os-patch") for key in "abc")
    return Question(
        id="made-up",
        lang=lang,
        kind="choice",
        lesson=1,
        difficulty=1,
        exams=("AZ-900",),
        stem=text,
        options=options,
        key="b",
        hints=(text, f"{text} 2", f"{text} 3"),
        sources=("azure-2026",),
    )


@pytest.mark.parametrize("text", HOSTILE)
@EVERY_READER
def test_signs_with_a_meaning_stay_text_in_every_platform(kind, text):
    q, plain = hostile_question(text), hostile_question("harmless")
    plain = replace(plain, id="after-it")
    read, after = READERS[kind](write(kind, [q, plain], "en"))
    assert read.stem == stem_of(q)
    assert read.options == options_of(q)
    assert read.incorrect == f"{one_line(text)} b: {one_line(text)} because b"
    assert (after.stem, after.options) == (stem_of(plain), options_of(plain))
    if kind == "moodle":
        assert read.hints == tuple(one_line(hint) for hint in q.hints)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", ["sheet", "key"])
def test_signs_with_a_meaning_stay_text_on_paper(kind, text):
    page = page_of(kind, [hostile_question(text)], "en")
    shown = words_of(page.find("body"))
    assert shown.count(one_line(text)) >= 4  # the stem and the labels
    allowed = "html head meta title style body main div h1 h2 h3 p section ol li b span dl dt dd br i a"
    assert {element.tag for element in page.iter()} <= set(allowed.split())


# Files


def test_the_command_writes_every_format_in_both_languages(tmp_path, capsys):
    assert command.main(["questions", "--out", str(tmp_path / "new")]) == 0
    assert sorted(path.name for path in (tmp_path / "new").glob("[!.]*")) == sorted(
        f"questions-{lang}{ending}"
        for lang in LANGUAGES
        for ending in ("-moodle.xml", ".gift.txt", "-qti.zip", "-sheet.html", "-key.html")
    )
    assert capsys.readouterr().out == f"10 files in {tmp_path / 'new'}\n"


def test_the_command_takes_lessons_languages_and_formats(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = "questions --lesson 5 2 --lang nl --format gift moodle"
    assert command.main(words.split()) == 0
    folder = tmp_path / "exports"  # the folder when none is named
    assert sorted(path.name for path in folder.glob("[!.]*")) == [
        "questions-nl-moodle.xml",
        "questions-nl.gift.txt",
    ]
    wanted = [q.id for lesson in (2, 5) for q in question_bank("nl") if q.lesson == lesson]
    assert [r.id for r in read_moodle((folder / "questions-nl-moodle.xml").read_bytes())] == wanted
    assert [r.id for r in read_gift((folder / "questions-nl.gift.txt").read_bytes())] == wanted


def test_a_lesson_without_questions_is_told_and_nothing_is_written(tmp_path, capsys):
    assert command.main(["questions", "--lesson", "0", "--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err == f"There is no lesson 0. Choose from: {', '.join(map(str, LESSONS))}.\n"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("wrong", [["--format", "word"], ["--lang", "de"], ["--lesson", "one"]])
def test_a_wrong_call_is_refused(wrong, capsys):
    with pytest.raises(SystemExit) as stop:
        command.main(["questions", *wrong])
    assert stop.value.code == 2
    assert "invalid" in capsys.readouterr().err


def test_an_unknown_format_is_told_with_those_there_are(tmp_path):
    with pytest.raises(UnknownNameError, match="Choose from: moodle, gift, qti, sheet, key"):
        formats.write_exports(tmp_path, formats=["moodel"])


def test_the_command_and_the_module_know_the_same_formats(capsys):
    with pytest.raises(SystemExit):
        command.main(["questions", "--help"])
    assert "{" + ",".join(formats.FORMATS) + "}" in capsys.readouterr().out


def test_the_bytes_are_the_same_in_another_process(tmp_path):
    formats.write_exports(tmp_path / "here", [1, 6])
    subprocess.run(
        [sys.executable, "-m", "srm_data", "questions", "--lesson", "6", "1", "--out", tmp_path / "there"],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
        timeout=60,
    )
    for here in (tmp_path / "here").glob("[!.]*"):
        assert (tmp_path / "there" / here.name).read_bytes() == here.read_bytes(), here.name


def test_the_package_holds_no_clock():
    with zipfile.ZipFile(io.BytesIO(write("qti", common.choose("en", [1]), "en"))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {(entry.create_system, entry.compress_type) for entry in package.infolist()} == {(3, 0)}
