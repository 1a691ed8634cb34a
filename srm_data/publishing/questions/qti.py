"""The questions as a QTI package in the form that Canvas exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from srm_data.files.zip_bytes import zip_bytes
from srm_data.learning.questions import Question
from srm_data.publishing.questions import common
from srm_data.publishing.questions.qti_assessment import assessment_file, item_id, option_ids
from srm_data.publishing.questions.xml_text import leaf, xml


def qti(questions: Sequence[Question], lang: str) -> bytes:
    """A QTI 1.2 package with a test a lesson, and the settings of each test, which only Canvas reads."""
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
        name, title = common.assessment_names(lesson, lang)
        test, settings = f"{name}/{name}.xml", f"{name}/assessment_meta.xml"
        files[test] = assessment_file(name, title, numbered, fields={}, item_fields=_canvas_fields)
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


def _canvas_fields(q: Question) -> Mapping[str, str]:
    return {
        "question_type": "multiple_choice_question",
        "points_possible": "1",
        "original_answer_ids": ",".join(option_ids(q).values()),
        "assessment_question_identifierref": f"{item_id(q)}-ref",
    }


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
