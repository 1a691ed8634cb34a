"""The question files read back by other libraries, so that tests can compare them with the bank.

ElementTree writes the XML, lxml reads it. The GIFT readers on the package index are not kept (pygiftparser
read the whole bank, but leans on functions that Python drops; pygiftparserrgmf stumbles over escaped
signs), so lark reads GIFT by a grammar of its own, made from Moodle's description of the format; a test in
Chromium reads it with gift-pegjs of npm too. Of Moodle XML, moodle-xml-parser knows no tags, hints or
categories and undoes escapes twice. Of Common Cartridge and QTI 1.2 no reader was found on an index.
"""

import io
import re
import zipfile
from dataclasses import dataclass

import lark
from lxml import etree, html

from srm_data.core.matrix import one_line
from srm_data.learning.questions import Option, Question
from srm_data.publishing.questions import formats

QTI = {"q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}


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
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        resources = resources_of(package)
        for resource in resources.values():
            (href,) = [x.get("href") for x in resource.iter("{*}file")]
            if resource.get("type") != "imsqti_xmlv1p2":
                settings = parse(package.read(href))
                assert settings.findtext("{*}shuffle_answers") == "false"
                assert settings.findtext("{*}quiz_type") == "practice_quiz"
                continue
            found += read_test(package.read(href))
    return found


def read_cartridge(content):
    """Read a Common Cartridge in the order of its table of contents, where each test has its own title."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        resources = resources_of(package)
        manifest = parse(package.read("imsmanifest.xml"))
        entries = manifest.findall("{*}organizations/{*}organization/{*}item/{*}item/{*}item")
        assert [x.get("identifierref") for x in entries] == list(resources)
        for entry in entries:
            resource = resources[entry.get("identifierref")]
            assert resource.get("type") == "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"
            (href,) = [x.get("href") for x in resource.iter("{*}file")]
            read = read_test(package.read(href))
            assert {r.category for r in read} == {entry.findtext("{*}title")}
            found += read
    return found


def resources_of(package):
    """The resources of a package by their id; each file is listed and there, and no more than that."""
    assert package.testzip() is None
    manifest = parse(package.read("imsmanifest.xml"))
    listed = [x.get("href") for x in manifest.iter("{*}file")]
    assert sorted([*listed, "imsmanifest.xml"]) == sorted(package.namelist())
    resources = {x.get("identifier"): x for x in manifest.iter("{*}resource")}
    assert {x.get("identifierref") for x in manifest.iter("{*}dependency")} <= set(resources)
    return resources


def read_test(content):
    test = parse(content).find("q:assessment", QTI)
    return [read_item(item, test.get("title"), QTI) for item in test.findall("q:section/q:item", QTI)]


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


READERS = {"moodle": read_moodle, "gift": read_gift, "qti": read_qti, "cartridge": read_cartridge}


def write(kind, questions, lang):
    return formats.FORMATS[kind][1](questions, lang)


def stem_of(q):
    return "\n".join(one_line(x) for x in (q.story, q.stem, q.place) if x)


def options_of(q):
    return [(one_line(o.label), q.accepts(o.key), one_line(o.feedback)) for o in q.options]


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
