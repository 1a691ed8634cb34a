"""A test as QTI 1.2, in the part of it that a Common Cartridge may hold: choose one, with feedback.

Every answer has one rule, which marks it, shows its feedback and ends the marking. Moodle
(backup/cc/entity11.quiz.class.php) takes the feedback of a rule that goes on for feedback to everybody, so
only the rule for what everybody is told goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from xml.etree import ElementTree as ET

from srm_data.learning.questions import Question
from srm_data.publishing.questions import common
from srm_data.publishing.questions.xml_text import html, leaf, stem, xml


def assessment_file(
    name: str,
    title: str,
    numbered: Iterable[tuple[str, Question]],
    *,
    fields: Mapping[str, str],
    item_fields: Callable[[Question], Mapping[str, str]],
) -> bytes:
    """A file with one test.

    Args:
        name: the id of the test.
        title: what a teacher reads.
        numbered: its questions, each with its number.
        fields: what is said of the test to the platform, by the name of the field; may be empty.
        item_fields: the same for one question.
    """
    root = ET.Element("questestinterop", xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2")
    test = ET.SubElement(root, "assessment", ident=name, title=title)
    if fields:
        _metadata(test, fields)
    section = ET.SubElement(test, "section", ident="root_section")
    for number, q in numbered:
        item = ET.SubElement(section, "item", ident=item_id(q), title=f"{number} {q.id}")
        _metadata(ET.SubElement(item, "itemmetadata"), item_fields(q))
        _question(item, q)
    return xml(root)


def item_id(q: Question) -> str:
    """The id of a question in a package.

    The language is in it: a course may hold both, and Canvas replaces what has the same id.
    """
    return f"srm-{q.lang}-{q.id}"


def option_ids(q: Question) -> dict[str, str]:
    """The id of each option in a package, by its key."""
    return {option.key: f"{item_id(q)}-{n}" for n, option in enumerate(q.options, 1)}


def _metadata(parent: ET.Element, fields: Mapping[str, str]) -> None:
    data = ET.SubElement(parent, "qtimetadata")
    for label, entry in fields.items():
        field = ET.SubElement(data, "qtimetadatafield")
        leaf(field, "fieldlabel", label)
        leaf(field, "fieldentry", entry)


def _question(item: ET.Element, q: Question) -> None:
    ids = option_ids(q)
    shown = ET.SubElement(item, "presentation")
    _material(shown, stem(q))
    response = ET.SubElement(shown, "response_lid", ident="response1", rcardinality="Single")
    choice = ET.SubElement(response, "render_choice", shuffle="No")
    for option in q.options:
        _material(ET.SubElement(choice, "response_label", ident=ids[option.key]), html(option.label))
    _marking(item, q)
    _feedback(item, "general_fb", *common.background(q))
    _feedback(item, "general_incorrect_fb", common.reason(q))
    for option in q.options:
        _feedback(item, f"{ids[option.key]}_fb", option.feedback)


def _marking(item: ET.Element, q: Question) -> None:
    marking = ET.SubElement(item, "resprocessing")
    outcomes = ET.SubElement(marking, "outcomes")
    ET.SubElement(outcomes, "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    everybody = ET.SubElement(marking, "respcondition", {"continue": "Yes"})
    ET.SubElement(ET.SubElement(everybody, "conditionvar"), "other")
    _show(everybody, "general_fb")
    for key, name in option_ids(q).items():
        rule = ET.SubElement(marking, "respcondition", {"continue": "No"})
        leaf(ET.SubElement(rule, "conditionvar"), "varequal", name, respident="response1")
        if q.accepts(key):
            leaf(rule, "setvar", "100", action="Set", varname="SCORE")
        _show(rule, f"{name}_fb")
        if not q.accepts(key):
            _show(rule, "general_incorrect_fb")


def _show(rule: ET.Element, name: str) -> None:
    ET.SubElement(rule, "displayfeedback", feedbacktype="Response", linkrefid=name)


def _feedback(item: ET.Element, name: str, *paragraphs: str) -> None:
    _material(ET.SubElement(ET.SubElement(item, "itemfeedback", ident=name), "flow_mat"), html(*paragraphs))


def _material(parent: ET.Element, html: str) -> None:
    leaf(ET.SubElement(parent, "material"), "mattext", html, texttype="text/html")
