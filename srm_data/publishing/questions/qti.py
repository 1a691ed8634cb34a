"""The questions as a QTI package."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

from srm_data.core.language import texts
from srm_data.files.zip_bytes import zip_bytes
from srm_data.learning.questions import Question
from srm_data.publishing.questions import common
from srm_data.publishing.questions.xml_text import html, leaf, stem, xml


def qti(questions: Sequence[Question], lang: str) -> bytes:
    """A QTI 1.2 package with a test a lesson, in the form that Canvas and Brightspace read."""
    words = texts(lang)["export"]
    manifest = ET.Element(
        "manifest",
        {"identifier": f"srm-{lang}", "xmlns": "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"},
    )
    about = ET.SubElement(manifest, "metadata")
    leaf(about, "schema", "IMS Content")
    leaf(about, "schemaversion", "1.1.3")
    ET.SubElement(manifest, "organizations")
    resources = ET.SubElement(manifest, "resources")
    files: dict[str, bytes] = {}
    for lesson, numbered in common.by_lesson(questions):
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
    return zip_bytes({"imsmanifest.xml": xml(manifest)} | files)


def _qti_test(name: str, title: str, numbered: Iterable[tuple[str, Question]]) -> bytes:
    root = ET.Element("questestinterop", xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2")
    test = ET.SubElement(root, "assessment", ident=name, title=title)
    section = ET.SubElement(test, "section", ident="root_section")
    for number, q in numbered:
        _qti_item(section, number, q)
    return xml(root)


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
        leaf(fact, "fieldlabel", label)
        leaf(fact, "fieldentry", entry)
    shown = ET.SubElement(item, "presentation")
    _material(shown, stem(q))
    response = ET.SubElement(shown, "response_lid", ident="response1", rcardinality="Single")
    choice = ET.SubElement(response, "render_choice", shuffle="No")
    for option in q.options:
        _material(ET.SubElement(choice, "response_label", ident=ids[option.key]), html(option.label))
    _qti_marking(item, ids, [right.key for right in q.right])
    _qti_feedback(item, "general_fb", *common.background(q))
    _qti_feedback(item, "general_incorrect_fb", common.reason(q))
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
            leaf(condition, "varequal", answer, respident="response1")
        if score:
            leaf(rule, "setvar", score, action="Set", varname="SCORE")
        if shows:
            ET.SubElement(rule, "displayfeedback", feedbacktype="Response", linkrefid=shows)

    when(None, shows="general_fb")
    for answer in ids.values():
        when(answer, shows=f"{answer}_fb")
    for key in right:
        when(ids[key], score="100", goes_on="No")  # what follows is only for the others
    when(None, shows="general_incorrect_fb")


def _qti_feedback(item: ET.Element, name: str, *paragraphs: str) -> None:
    _material(ET.SubElement(ET.SubElement(item, "itemfeedback", ident=name), "flow_mat"), html(*paragraphs))


def _material(parent: ET.Element, html: str) -> None:
    leaf(ET.SubElement(parent, "material"), "mattext", html, texttype="text/html")


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
        leaf(quiz, tag, value)
    return xml(quiz)
