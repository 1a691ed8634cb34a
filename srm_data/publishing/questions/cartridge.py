"""The questions as a Common Cartridge, the package that most learning platforms take.

Version 1.1: Moodle reads 1.0 and 1.1 and no other (backup/converter of moodle/moodle has imscc1 and
imscc11), Canvas 1.0 to 1.3 (lib/canvas/migration/package_identifier.rb of instructure/canvas-lms),
Blackboard Learn 1.0 to 1.2 (its help on Common Cartridge). Moodle checks the manifest against the schema
before it reads on, so all that the schema asks for is here. A cartridge may hold one bank of questions
at most, and any number of tests: so each lesson is a test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from srm_data.core.language import texts
from srm_data.files.zip_bytes import zip_bytes
from srm_data.learning.questions import Question
from srm_data.publishing.questions import common
from srm_data.publishing.questions.qti_assessment import assessment_file
from srm_data.publishing.questions.xml_text import leaf, xml

_LOM = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"

#: Of a test: feedback is shown, and there is no end of tries.
_EXAM = {
    "cc_profile": "cc.exam.v0p1",
    "qmd_scoretype": "Percentage",
    "qmd_feedbackpermitted": "Yes",
    "cc_maxattempts": "unlimited",
}


def cartridge(questions: Sequence[Question], lang: str) -> bytes:
    """A Common Cartridge 1.1 with a test a lesson, feedback for every option and the sources."""
    words = texts(lang)["export"]
    manifest = ET.Element(
        "manifest",
        {"identifier": f"srm-{lang}", "xmlns": "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"},
    )
    about = ET.SubElement(manifest, "metadata")
    leaf(about, "schema", "IMS Common Cartridge")
    leaf(about, "schemaversion", "1.1.0")
    _description(about, words["title"], lang)
    order = ET.SubElement(ET.SubElement(manifest, "organizations"), "organization")
    order.attrib |= {"identifier": "order", "structure": "rooted-hierarchy"}
    folder = ET.SubElement(ET.SubElement(order, "item", identifier="root"), "item", identifier="folder")
    leaf(folder, "title", words["category"])
    resources = ET.SubElement(manifest, "resources")
    files: dict[str, bytes] = {}
    for lesson, numbered in common.by_lesson(questions):
        name, title = common.assessment_names(lesson, lang)
        place = f"{name}/{name}.xml"
        files[place] = assessment_file(name, title, numbered, fields=_EXAM, item_fields=_item_fields)
        item = ET.SubElement(folder, "item", identifier=f"{name}-item", identifierref=name)
        leaf(item, "title", title)
        kind = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"
        ET.SubElement(ET.SubElement(resources, "resource", identifier=name, type=kind), "file", href=place)
    return zip_bytes({"imsmanifest.xml": xml(manifest)} | files)


def _description(about: ET.Element, title: str, lang: str) -> None:
    """What the package is, in which language, and under which licence."""
    lom = ET.SubElement(about, "lom", xmlns=_LOM)
    general = ET.SubElement(lom, "general")
    leaf(ET.SubElement(general, "title"), "string", title, language=lang)
    leaf(general, "language", lang)
    rights = ET.SubElement(lom, "rights")
    leaf(ET.SubElement(rights, "copyrightAndOtherRestrictions"), "value", "yes")
    leaf(ET.SubElement(rights, "description"), "string", "CC BY 4.0", language=lang)


def _item_fields(q: Question) -> Mapping[str, str]:
    fields = {"cc_profile": "cc.multiple_choice.v0p1", "cc_weighting": "1"}
    if q.also:
        # Canvas would make a question of it that wants every right answer chosen. The standard has no such
        # field; a platform that does not know it passes over it.
        fields["question_type"] = "multiple_choice_question"
    return fields
