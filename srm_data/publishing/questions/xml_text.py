"""The XML of a learning platform, and the HTML that it holds."""

from __future__ import annotations

from html import escape
from xml.etree import ElementTree as ET

from srm_data.core.matrix import one_line
from srm_data.learning.questions import Question


def leaf(parent: ET.Element, tag: str, text: object, **attributes: str) -> ET.Element:
    """A child that holds text; one line, since XML cannot hold every sign.

    Args:
        parent: what it is put into.
        tag: its name.
        text: what it holds; a number is written as text.
        attributes: of the child, by name.
    """
    child = ET.SubElement(parent, tag, attributes)
    child.text = one_line(text)
    return child


def html(*paragraphs: str) -> str:
    """Text as the HTML that learning platforms expect; what was text stays text."""
    return "".join(f"<p>{escape(one_line(text))}</p>" for text in paragraphs if text)


def stem(q: Question) -> str:
    """What a question asks, with the place it asks about in small print."""
    where = q.place
    return html(q.story, q.stem) + (f"<p><small>{escape(one_line(where))}</small></p>" if where else "")


def xml(root: ET.Element) -> bytes:
    """The bytes of a file, indented."""
    ET.indent(root)
    body: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"
