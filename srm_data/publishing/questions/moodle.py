"""The questions as Moodle XML."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from srm_data.learning.questions import Question
from srm_data.publishing.questions import common
from srm_data.publishing.questions.xml_text import html, leaf, stem, xml


def moodle(questions: Sequence[Question], lang: str) -> bytes:
    """Moodle XML: a category a lesson, feedback for every option, the hints, the source and tags."""
    quiz = ET.Element("quiz")
    for lesson, numbered in common.by_lesson(questions):
        category = ET.SubElement(quiz, "question", type="category")
        _text(category, "category", common.category(lesson, lang))
        for number, q in numbered:
            _moodle_question(quiz, number, q)
    return xml(quiz)


def _text(parent: ET.Element, tag: str, text: str, **attributes: str) -> ET.Element:
    """Moodle wraps every text once more."""
    child = ET.SubElement(parent, tag, attributes)
    leaf(child, "text", text)
    return child


def _moodle_question(quiz: ET.Element, number: str, q: Question) -> None:
    item = ET.SubElement(quiz, "question", type="multichoice")
    _text(item, "name", f"{number} {q.id}")
    _text(item, "questiontext", stem(q), format="html")
    _text(item, "generalfeedback", html(*common.background(q)), format="html")
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
        leaf(item, tag, value)
    _text(item, "correctfeedback", "", format="html")
    _text(item, "partiallycorrectfeedback", "", format="html")
    _text(item, "incorrectfeedback", html(common.reason(q)), format="html")
    for option in q.options:
        fraction = "100" if q.accepts(option.key) else "0"
        answer = _text(item, "answer", html(option.label), fraction=fraction, format="html")
        _text(answer, "feedback", html(option.feedback), format="html")
    for hint in q.hints:
        _text(item, "hint", html(hint), format="html")
    tags = ET.SubElement(item, "tags")
    for tag in common.tags(q):
        _text(tags, "tag", tag)
