"""The question bank as other programs read it: every export is parsed back by another library.

`question_readers` says which. Jinja2 writes the pages, lxml.html reads them. The CSV of Brightspace has a
test file of its own.
"""

import io
import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree, html
from pypdf import PdfReader

from srm_data import __main__ as command
from srm_data.core.language import texts
from srm_data.core.matrix import one_line
from srm_data.core.shipped import shipped_matrix
from srm_data.core.vocabulary import LANGUAGES, UnknownNameError
from srm_data.learning.questions import misconception, question_bank
from srm_data.publishing.questions import common, formats
from tests.publishing.question_readers import (
    HOSTILE,
    READERS,
    hostile_question,
    options_of,
    parse,
    read_gift,
    read_moodle,
    stem_of,
    write,
)

FIXTURES = Path(__file__).parent.parent / "fixtures"
LESSONS = sorted({q.lesson for q in question_bank("en")})
BOTH = pytest.mark.parametrize("lang", LANGUAGES)
EVERY_READER = pytest.mark.parametrize("kind", READERS)
PACKAGES = pytest.mark.parametrize("kind", ["qti", "cartridge"])


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


@PACKAGES
def test_a_package_has_a_test_a_lesson_and_no_id_twice_over_both_languages(kind):
    names = []
    for lang in LANGUAGES:
        content = write(kind, common.choose(lang), lang)
        titles = list(dict.fromkeys(r.category for r in READERS[kind](content)))
        lesson = texts(lang)["export"]["lesson"]
        assert titles == [f"Shared Responsibility Model: {lesson.format(n=n)}" for n in LESSONS]
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for name in package.namelist():
                root = parse(package.read(name))
                names += [x.get("ident") for x in root.iter("{*}item", "{*}response_label", "{*}assessment")]
    names = [name for name in names if name]  # an item of a manifest has none
    assert len(names) > 700
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z0-9-]+", name)] == []


@PACKAGES
def test_only_what_everybody_is_told_lets_the_marking_go_on(kind):
    """Moodle shows the feedback of each rule that goes on to everybody."""
    with zipfile.ZipFile(io.BytesIO(write(kind, common.choose("en", [1]), "en"))) as package:
        (test,) = [name for name in package.namelist() if name.endswith("lesson-1.xml")]
        rules = list(parse(package.read(test)).iter("{*}respcondition"))
    goes_on = [rule for rule in rules if rule.get("continue") == "Yes"]
    assert {x.get("linkrefid") for rule in goes_on for x in rule.iter("{*}displayfeedback")} == {"general_fb"}
    assert len(rules) > 3 * len(goes_on)


@BOTH
def test_a_cartridge_is_what_the_standard_asks_for(lang):
    schema = etree.RelaxNG(etree.parse(FIXTURES / "cartridge.rng"))
    with zipfile.ZipFile(io.BytesIO(write("cartridge", common.choose(lang), lang))) as package:
        roots = [parse(package.read(name)) for name in package.namelist()]
    for root in roots:
        schema.assertValid(root)
    manifest, *tests = roots
    names = manifest.xpath("//@identifier")
    assert len(set(names)) == len(names)
    assert manifest.findtext(".//{*}general/{*}language") == lang
    for item in (item for test in tests for item in test.iter("{*}item")):
        told = {x.get("ident") for x in item.iter("{*}itemfeedback")}
        assert {x.get("linkrefid") for x in item.iter("{*}displayfeedback")} == told


@PACKAGES
def test_two_right_answers_are_still_a_choice_of_one(kind):
    """Else Canvas makes a question of it that wants both chosen."""
    bank = [q for q in common.choose("nl") if q.also]
    assert len(bank) >= 3
    with zipfile.ZipFile(io.BytesIO(write(kind, bank, "nl"))) as package:
        roots = [parse(package.read(name)) for name in package.namelist() if name.endswith(".xml")]
    fields = [x for root in roots for x in root.iter("{*}qtimetadatafield")]
    kinds = [x.findtext("{*}fieldentry") for x in fields if x.findtext("{*}fieldlabel") == "question_type"]
    assert kinds == ["multiple_choice_question"] * len(bank)


@pytest.mark.browser
def test_the_gift_parser_of_npm_reads_the_same(page):
    """gift-pegjs 1.0.2, lib/gift-parser-globals.js as it is in its package."""
    page.add_script_tag(path=FIXTURES / "gift" / "gift-parser.js")

    def parsed(content):
        found = page.evaluate("text => giftParser.parse(text)", content.decode())
        return [q for q in found if q["type"] != "Category"]

    for lang in LANGUAGES:
        bank = common.choose(lang)
        for q, read in zip(bank, parsed(write("gift", bank, lang)), strict=True):
            assert (read["id"], read["type"], read["tags"]) == (q.id, "MC", common.tags(q))
            assert read["stem"] == {"format": "plain", "text": stem_of(q)}
            choices = [
                (c["text"]["text"], c["isCorrect"], c["feedback"]["text"], c["weight"])
                for c in read["choices"]
            ]
            assert choices == [(*option, None) for option in options_of(q)]
            assert read["globalFeedback"]["text"].split("\n")[1:] == common.background(q)
    for text in HOSTILE:
        q, after = hostile_question(text), replace(hostile_question("harmless"), id="after-it")
        read, next_one = parsed(write("gift", [q, after], "en"))
        assert (read["stem"]["text"], next_one["id"]) == (stem_of(q), "after-it")
        assert [c["text"]["text"] for c in read["choices"]] == [label for label, _, _ in options_of(q)]


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
        for ending in (
            "-moodle.xml",
            ".gift.txt",
            "-qti.zip",
            ".imscc",
            "-brightspace.csv",
            "-sheet.html",
            "-key.html",
        )
    )
    assert capsys.readouterr().out == f"14 files in {tmp_path / 'new'}\n"


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
    with pytest.raises(
        UnknownNameError, match="Choose from: moodle, gift, qti, cartridge, brightspace, sheet, key"
    ):
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


@PACKAGES
def test_a_package_holds_no_clock(kind):
    with zipfile.ZipFile(io.BytesIO(write(kind, common.choose("en", [1]), "en"))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {(entry.create_system, entry.compress_type) for entry in package.infolist()} == {(3, 0)}
