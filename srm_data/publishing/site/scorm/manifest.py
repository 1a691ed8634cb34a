"""``imsmanifest.xml``: what a platform reads first of a SCORM 1.2 package."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from srm_data.publishing.questions.xml_text import leaf, xml

NAME = "imsmanifest.xml"
_IMS = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"


def manifest(identifier: str, title: str, start: str, files: Iterable[str]) -> bytes:
    """The manifest of a package with one object.

    It names no mastery score: Moodle, for one, then calls who leaves early "failed" (``StoreData`` in
    ``mod/scorm/datamodels/scorm_12.js``). Whether a score is enough is for the platform to say.

    Args:
        identifier: of the package: letters, digits and hyphens, a letter first.
        title: what the platform shows.
        start: the file that it opens.
        files: every file of the package, but for this one.
    """
    root = ET.Element(
        "manifest", {"identifier": identifier, "version": "1.0", "xmlns": _IMS, "xmlns:adlcp": _ADL}
    )
    about = ET.SubElement(root, "metadata")
    leaf(about, "schema", "ADL SCORM")
    leaf(about, "schemaversion", "1.2")
    plan, content, item = (f"{identifier}-{part}" for part in ("organization", "content", "item"))
    organizations = ET.SubElement(root, "organizations", {"default": plan})
    organization = ET.SubElement(organizations, "organization", {"identifier": plan})
    leaf(organization, "title", title)
    only = ET.SubElement(
        organization, "item", {"identifier": item, "identifierref": content, "isvisible": "true"}
    )
    leaf(only, "title", title)
    resources = ET.SubElement(root, "resources")
    resource = ET.SubElement(
        resources,
        "resource",
        {"identifier": content, "type": "webcontent", "adlcp:scormtype": "sco", "href": start},
    )
    for file in files:
        ET.SubElement(resource, "file", {"href": file})
    return xml(root)
