"""The question bank for other programs and for paper: Moodle XML, GIFT, QTI, a sheet and a teacher's key.

Libraries were looked for first. For Moodle XML there are `moodle-questions` (writes no tags, reads
nothing) and converters from spreadsheets or LaTeX; for GIFT `py2gift`, made for questions written in a
notebook, and readers that nobody keeps; for QTI `text2qti` (from Markdown, with today's date, so other
bytes every day) and `qti-package-maker` (no feedback). None writes what the bank holds. So the standard
library's ElementTree writes and escapes the XML, and GIFT, a text format with seven special signs, is
written here. The tests read all of it back with other parsers.

Options keep the order of the bank, and one call gives the same bytes every time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree as ET

from srm_data.core.dataset import rows_by
from srm_data.core.language import texts, unknown_name
from srm_data.core.matrix import one_line
from srm_data.core.services import baselines_about
from srm_data.core.shipped import shipped_matrix
from srm_data.core.vocabulary import LANGUAGES
from srm_data.files.write_whole import write_own
from srm_data.files.zip_bytes import zip_bytes
from srm_data.learning.questions import Option, Question, misconception, question_bank
from srm_data.views.html import tables


@dataclass(frozen=True)
class Source:
    """Where the reason of a key can be read: a matrix with its edition, or an incident with its year."""

    name: str
    title: str
    edition: str
    url: str

    def __str__(self) -> str:
        return f"{self.title}, {self.edition}, {self.url}"


def write_exports(
    out: Path,
    lessons: Sequence[int] | None = None,
    langs: Sequence[str] = LANGUAGES,
    formats: Sequence[str] | None = None,
) -> list[Path]:
    """Write the bank into `out` as ``questions-<lang>...``, one file a language and format.

    A file that somebody changed stays as it is, see `write_whole.write_own`.

    Args:
        out: the folder; made when it is not there.
        lessons: only the questions of these lessons; all when left out.
        langs: the languages to write.
        formats: keys of `FORMATS`; all when left out.

    Raises:
        UnknownNameError: for a lesson without questions, a language or a format.
        OSError: when the folder cannot be written to.
    """
    made = []
    for lang in langs:
        questions = choose(lang, lessons)
        for kind in formats or FORMATS:
            if kind not in FORMATS:
                raise unknown_name("format", kind, FORMATS)
            ending, write = FORMATS[kind]
            made.append(write_own(out / f"questions-{lang}{ending}", write(questions, lang)))
    return made


def choose(lang: str, lessons: Sequence[int] | None = None) -> list[Question]:
    """The questions of these lessons, lesson by lesson, in the order of the bank.

    Raises:
        UnknownNameError: for a lesson that has no questions.
    """
    bank = question_bank(lang)
    known = sorted({q.lesson for q in bank})
    for lesson in lessons or ():
        if lesson not in known:
            raise unknown_name("lesson", lesson, map(str, known))
    return sorted((q for q in bank if not lessons or q.lesson in lessons), key=lambda q: q.lesson)


def by_lesson(questions: Iterable[Question]) -> Iterator[tuple[int, list[tuple[str, Question]]]]:
    """Each lesson with its questions, numbered 1.01, 1.02 ... so that every output names them alike."""
    for lesson, group in groupby(questions, key=lambda q: q.lesson):
        yield lesson, [(f"{lesson}.{n:02}", q) for n, q in enumerate(group, 1)]


def sources(q: Question) -> list[Source]:
    """The sources behind the key of a question, its own matrix first."""
    names = dict.fromkeys([*([q.matrix.id] if q.matrix else []), *q.sources])
    return [_source(name, q.lang) for name in names]


def moodle(questions: Sequence[Question], lang: str) -> bytes:
    """Moodle XML: a category a lesson, feedback for every option, the hints, the source and tags."""
    quiz = ET.Element("quiz")
    for lesson, numbered in by_lesson(questions):
        category = ET.SubElement(quiz, "question", type="category")
        _text(category, "category", _category(lesson, lang))
        for number, q in numbered:
            _moodle_question(quiz, number, q)
    return _xml(quiz)


def gift(questions: Sequence[Question], lang: str) -> bytes:
    """GIFT: the same questions as text. All of it is marked as plain text, so no sign is ever markup."""
    blocks = []
    for lesson, numbered in by_lesson(questions):
        blocks.append(f"$CATEGORY: {_category(lesson, lang)}")
        for number, q in numbered:
            lines = [
                f"// [id:{q.id}] " + " ".join(f"[tag:{one_line(tag)}]" for tag in _tags(q)),
                f"::{_gift(number)} {_gift(q.id)}::[plain]{_gift_lines(q.story, q.stem, q.place)} {{",
            ]
            for option in q.options:
                mark = "=" if q.accepts(option.key) else "~"
                lines.append(f"\t{mark}{_gift_part(option.label)}#{_gift_part(option.feedback)}")
            lines += [f"\t####{_gift_part(_reason(q), *_background(q))}", "}"]
            blocks.append("\n".join(lines))
    return ("\n\n".join(blocks) + "\n").encode()


def qti(questions: Sequence[Question], lang: str) -> bytes:
    """A QTI 1.2 package with a test a lesson, in the form that Canvas and Brightspace read."""
    words = texts(lang)["export"]
    manifest = ET.Element(
        "manifest",
        {"identifier": f"srm-{lang}", "xmlns": "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"},
    )
    about = ET.SubElement(manifest, "metadata")
    _leaf(about, "schema", "IMS Content")
    _leaf(about, "schemaversion", "1.1.3")
    ET.SubElement(manifest, "organizations")
    resources = ET.SubElement(manifest, "resources")
    files: dict[str, bytes] = {}
    for lesson, numbered in by_lesson(questions):
        name = f"srm-{lang}-lesson-{lesson}"
        title = f"{words['category']}: {words['lesson'].format(n=lesson)}"
        test, settings = f"{name}/{name}.xml", f"{name}/assessment_meta.xml"
        files[test] = _qti_test(name, title, numbered)
        files[settings] = _canvas_settings(name, title, len(numbered))
        resource = ET.SubElement(resources, "resource", identifier=name, type="imsqti_xmlv1p2")
        ET.SubElement(resource, "file", href=test)
        ET.SubElement(resource, "dependency", identifierref=f"{name}-meta")
        resource = ET.SubElement(
            resources,
            "resource",
            identifier=f"{name}-meta",
            type="associatedcontent/imscc_xmlv1p1/learning-application-resource",
            href=settings,
        )
        ET.SubElement(resource, "file", href=settings)
    return zip_bytes({"imsmanifest.xml": _xml(manifest)} | files)


def sheet(questions: Sequence[Question], lang: str) -> bytes:
    """A sheet to print: a line for the name, the questions, no answers."""
    return _page("sheet", questions, lang)


def key(questions: Sequence[Question], lang: str) -> bytes:
    """The teacher's key: the right answer and why, what is behind each wrong one, the source."""
    return _page("key", questions, lang)


#: Every format: how its file name ends, and what writes it.
FORMATS: dict[str, tuple[str, Callable[[Sequence[Question], str], bytes]]] = {
    "moodle": ("-moodle.xml", moodle),
    "gift": (".gift.txt", gift),
    "qti": ("-qti.zip", qti),
    "sheet": ("-sheet.html", sheet),
    "key": ("-key.html", key),
}


# What every format says


def _source(name: str, lang: str) -> Source:
    if row := rows_by("incidents", "incident").get(name):
        return Source(*(row[x] for x in (f"name_{lang}", "source_title", "year", "source_url")))
    if name.startswith("baselines-"):
        version = name.removeprefix("baselines-")
        about = baselines_about(version, lang)
        title = texts(lang)["baseline"]["name"].format(version=version)
        return Source(title, about["source_title"], about["edition"], about["source_url"])
    m = shipped_matrix(name, lang)
    return Source(m.short, m.source_title, m.edition, m.source_url)


def _category(lesson: int, lang: str) -> str:
    """The path of a category, without a context.

    Moodle puts it in the bank the teacher stands in. With one (``$course$``), Moodle 5, where a course
    has no categories of its own, makes a shared bank and puts the questions there.
    """
    words = texts(lang)["export"]
    return f"top/{words['category']}/{words['lesson'].format(n=lesson)}"


def _tags(q: Question) -> list[str]:
    """What a teacher may want to filter by: lesson, exams, and the misconceptions behind wrong options."""
    lesson = texts(q.lang)["export"]["lesson"].format(n=q.lesson)
    return list(dict.fromkeys([lesson, *q.exams, *(o.misconception for o in q.options if o.misconception)]))


def _reason(q: Question) -> str:
    """Each right answer with its reason, for who chose another one."""
    return " ".join(f"{right.label}: {right.feedback}" for right in q.right)


def _background(q: Question) -> list[str]:
    """What holds whichever option was chosen: both parts of a shared cell, its qualifier, the sources.

    Of an incident also what is disputed about it.
    """
    words = texts(q.lang)
    said = []
    if q.cell and q.matrix:
        provider = q.cell.provider or q.matrix.provider_short
        for who, part in (
            (words["label"]["customer_does"], q.cell.customer_part),
            (provider, q.cell.provider_part),
        ):
            if part:
                said.append(f"{who}: {part}")
        if q.cell.qualifier:
            said.append(q.cell.qualifier)
    said += about_incident(q)
    return said + [words["export"]["source"].format(source=source) for source in sources(q)]


def about_incident(q: Question) -> list[str]:
    """Why the row of an incident, what is disputed, and what the other side says; empty for other kinds."""
    if not q.incident:
        return []
    words, i = texts(q.lang)["incident"], q.incident
    told = (("why" if i.areas else "why_none", i.why), ("disputed", i.dispute), ("other_side", i.other_side))
    return [f"{words[label]}: {text}" for label, text in told if text]


# XML


def _leaf(parent: ET.Element, tag: str, text: object, **attributes: str) -> ET.Element:
    """A child that holds text; one line, since XML cannot hold every sign."""
    child = ET.SubElement(parent, tag, attributes)
    child.text = one_line(text)
    return child


def _html(*paragraphs: str) -> str:
    """Text as the HTML that learning platforms expect; what was text stays text."""
    return "".join(f"<p>{escape(one_line(text))}</p>" for text in paragraphs if text)


def _stem(q: Question) -> str:
    where = q.place
    return _html(q.story, q.stem) + (f"<p><small>{escape(one_line(where))}</small></p>" if where else "")


def _xml(root: ET.Element) -> bytes:
    ET.indent(root)
    body: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"


# Moodle XML and GIFT


def _text(parent: ET.Element, tag: str, text: str, **attributes: str) -> ET.Element:
    """Moodle wraps every text once more."""
    child = ET.SubElement(parent, tag, attributes)
    _leaf(child, "text", text)
    return child


def _moodle_question(quiz: ET.Element, number: str, q: Question) -> None:
    item = ET.SubElement(quiz, "question", type="multichoice")
    _text(item, "name", f"{number} {q.id}")
    _text(item, "questiontext", _stem(q), format="html")
    _text(item, "generalfeedback", _html(*_background(q)), format="html")
    for tag, value in (
        ("defaultgrade", "1"),
        ("penalty", "0.3333333"),
        ("hidden", "0"),
        ("idnumber", q.id),
        ("single", "true"),
        ("shuffleanswers", "false"),
        ("answernumbering", "abc"),
        ("showstandardinstruction", "0"),
    ):
        _leaf(item, tag, value)
    _text(item, "correctfeedback", "", format="html")
    _text(item, "partiallycorrectfeedback", "", format="html")
    _text(item, "incorrectfeedback", _html(_reason(q)), format="html")
    for option in q.options:
        fraction = "100" if q.accepts(option.key) else "0"
        answer = _text(item, "answer", _html(option.label), fraction=fraction, format="html")
        _text(answer, "feedback", _html(option.feedback), format="html")
    for hint in q.hints:
        _text(item, "hint", _html(hint), format="html")
    tags = ET.SubElement(item, "tags")
    for tag in _tags(q):
        _text(tags, "tag", tag)


def _gift(text: str) -> str:
    r"""Text with GIFT's special signs escaped.

    >>> _gift("a = {b}")
    'a \\= \\{b\\}'
    """
    return "".join(f"\\{sign}" if sign in "\\~=#{}:" else sign for sign in one_line(text))


def _gift_lines(*texts: str) -> str:
    """Several lines: GIFT writes their end as a backslash and an n, since an empty line ends a question."""
    return "\\n".join(_gift(text) for text in texts if text)


def _gift_part(*texts: str) -> str:
    """An option or feedback; at its start "[...]" would be read as a format and "%...%" as a weight."""
    part = _gift_lines(*texts)
    return f"[plain]{part}" if part.startswith(("[", "%")) else part


# QTI


def _qti_test(name: str, title: str, numbered: Iterable[tuple[str, Question]]) -> bytes:
    root = ET.Element("questestinterop", xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2")
    test = ET.SubElement(root, "assessment", ident=name, title=title)
    section = ET.SubElement(test, "section", ident="root_section")
    for number, q in numbered:
        _qti_item(section, number, q)
    return _xml(root)


def _qti_item(section: ET.Element, number: str, q: Question) -> None:
    # The language is in every id: a course may hold both, and Canvas replaces what has the same id.
    name = f"srm-{q.lang}-{q.id}"
    ids = {option.key: f"{name}-{n}" for n, option in enumerate(q.options, 1)}
    item = ET.SubElement(section, "item", ident=name, title=f"{number} {q.id}")
    data = ET.SubElement(ET.SubElement(item, "itemmetadata"), "qtimetadata")
    for label, entry in (
        ("question_type", "multiple_choice_question"),
        ("points_possible", "1"),
        ("original_answer_ids", ",".join(ids.values())),
        ("assessment_question_identifierref", f"{name}-ref"),
    ):
        fact = ET.SubElement(data, "qtimetadatafield")
        _leaf(fact, "fieldlabel", label)
        _leaf(fact, "fieldentry", entry)
    shown = ET.SubElement(item, "presentation")
    _material(shown, _stem(q))
    response = ET.SubElement(shown, "response_lid", ident="response1", rcardinality="Single")
    choice = ET.SubElement(response, "render_choice", shuffle="No")
    for option in q.options:
        _material(ET.SubElement(choice, "response_label", ident=ids[option.key]), _html(option.label))
    _qti_marking(item, ids, [right.key for right in q.right])
    _qti_feedback(item, "general_fb", *_background(q))
    _qti_feedback(item, "general_incorrect_fb", _reason(q))
    for option in q.options:
        _qti_feedback(item, f"{ids[option.key]}_fb", option.feedback)


def _qti_marking(item: ET.Element, ids: dict[str, str], right: list[str]) -> None:
    marking = ET.SubElement(item, "resprocessing")
    outcomes = ET.SubElement(marking, "outcomes")
    ET.SubElement(outcomes, "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")

    def when(answer: str | None, shows: str = "", score: str = "", goes_on: str = "Yes") -> None:
        rule = ET.SubElement(marking, "respcondition", {"continue": goes_on})
        condition = ET.SubElement(rule, "conditionvar")
        if answer is None:
            ET.SubElement(condition, "other")
        else:
            _leaf(condition, "varequal", answer, respident="response1")
        if score:
            _leaf(rule, "setvar", score, action="Set", varname="SCORE")
        if shows:
            ET.SubElement(rule, "displayfeedback", feedbacktype="Response", linkrefid=shows)

    when(None, shows="general_fb")
    for answer in ids.values():
        when(answer, shows=f"{answer}_fb")
    for key in right:
        when(ids[key], score="100", goes_on="No")  # what follows is only for the others
    when(None, shows="general_incorrect_fb")


def _qti_feedback(item: ET.Element, name: str, *paragraphs: str) -> None:
    _material(ET.SubElement(ET.SubElement(item, "itemfeedback", ident=name), "flow_mat"), _html(*paragraphs))


def _material(parent: ET.Element, html: str) -> None:
    _leaf(ET.SubElement(parent, "material"), "mattext", html, texttype="text/html")


def _canvas_settings(name: str, title: str, points: int) -> bytes:
    """What only Canvas reads: a practice quiz that keeps the order of the options."""
    quiz = ET.Element("quiz", identifier=name, xmlns="http://canvas.instructure.com/xsd/cccv1p0")
    for tag, value in (
        ("title", title),
        ("shuffle_answers", "false"),
        ("quiz_type", "practice_quiz"),
        ("points_possible", f"{points}.0"),
        ("allowed_attempts", "-1"),
        ("show_correct_answers", "true"),
    ):
        _leaf(quiz, tag, value)
    return _xml(quiz)


# Paper


def _page(view: str, questions: Sequence[Question], lang: str) -> bytes:
    def belief(option: Option) -> tuple[str, str] | None:
        return misconception(option.misconception, lang) if option.misconception else None

    title = texts(lang)["export"]["title" if view == "sheet" else "key_title"]
    body = tables.render(
        "exports.html",
        lang,
        view=view,
        title=title,
        lessons=list(by_lesson(questions)),
        sources=sources,
        about_incident=about_incident,
        belief=belief,
    )
    body = one_line(body)  # only signs that a page can hold
    page = (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f'<style>{tables.style()}{_PRINT}</style></head><body class="{view}"><main>{body}</main></body>'
        "</html>\n"
    )
    return page.encode()


#: A question is never cut in two by the end of a page, and a heading never stands alone below one.
_PRINT = (
    "@page{size:A4;margin:18mm 16mm}"
    "body{max-width:46rem;margin:2rem auto;padding:0 1rem;background:#fff}"
    ".question{break-inside:avoid;margin:0 0 1.4em}"
    ".question h3{font-size:1em;margin:0 4px .3em}"
    "h1,h2,h3{break-after:avoid}"
    ".srm ol.options{list-style:none;margin:.3em 4px;padding:0}"
    ".srm ol.options li{display:flex;gap:.7em;margin:.35em 0}"
    ".srm ol.options b{min-width:1.2em}"
    ".fill{display:flex;gap:2em;margin:1em 4px 1.6em}"
    ".fill p{flex:1;margin:0;border-bottom:1.5px solid #111;padding-bottom:.2em}"
    ".fill p:first-child{flex:2}"
    ".srm dl.wrong{grid-template-columns:2em 1fr}.srm .wrong dt{min-width:0}"
    "@media print{body{margin:0;padding:0;max-width:none}.key .srm{font-size:9.5pt}"
    "h2.new-page{break-before:page}}"
)
