"""The content of a table of the kit. What has none yet is read from the kit's own HTML."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from srm_data.core.shipped import shipped_ids, shipped_matrix
from srm_data.core.vocabulary import LANGUAGES
from srm_data.views import sentences as say
from srm_data.views.content import Content, Table, TableCell

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CLASSES = {"c": "customer", "s": "shared", "p": "provider", "n": "none"}


def content_of(view: Any) -> Content:
    """What a view says: an `Html` of the kit, or a content itself."""
    if isinstance(view, Content):
        return view
    made: Content | None = getattr(view, "content", None)
    return made or from_html(view.body)


def needs_kernel(view: Any) -> Literal["", "table"]:
    """Whether a view is a data frame, to which a learner may want to put a question of their own."""
    return "table" if '<table class="frame' in getattr(view, "body", "") else ""


def from_html(body: str) -> Content:
    """Read one view of the kit: its tables, its sentences, and the sources at its foot."""
    from lxml import html

    page = html.fromstring(f"<div>{body}</div>")
    for away in page.xpath("//style | //*[contains(concat(' ', @class, ' '), ' vh ')]"):
        away.drop_tree()
    told: dict[bool, list[str]] = {True: [], False: []}
    for paragraph in page.xpath("//p[not(ancestor::details)]"):
        told["foot" in paragraph.get("class", "").split()].append(_words(paragraph))
    tables = tuple(_table(table) for table in page.iter("table"))
    title = tables[0].title if tables else ""
    content = Content(title, " ".join(told[False]), tables=tables, feet=tuple(told[True]))
    shipped = [shipped_matrix(one, lang) for lang in LANGUAGES for one in shipped_ids()]
    found = [m for m in shipped if say.foot(m) in content.feet]
    return replace(content, subject=found[0].title, short=found[0].short) if len(found) == 1 else content


def _table(table: HtmlElement) -> Table:
    rows, groups = [], set()
    heads = len(table.xpath("./thead/tr"))
    for i, row in enumerate(table.iter("tr")):
        if "g" in row.get("class", "").split():
            groups.add(i)
        rows.append(tuple(_cell(cell) for cell in row.iterchildren("th", "td")))
    caption = table.find("caption")
    return Table(
        tuple(rows),
        title=_words(caption) if caption is not None else "",
        heads=heads,
        groups=frozenset(groups),
    )


def _cell(cell: HtmlElement) -> TableCell:
    classes = cell.get("class", "").split()
    badges = [badge for badge in cell.iter("i") if "k" in badge.get("class", "").split()]
    own = classes if "k" in classes else badges[-1].get("class", "").split() if badges else []
    party = next((_CLASSES[name] for name in own if name in _CLASSES), "") if "k" in own else ""
    letters = cell.xpath("./div/b") if "k" in classes else badges
    set_apart = cell.xpath("./span[not(@class)] | ./small | ./div/small")
    asides = [_words(part) for part in set_apart]
    for part in set_apart:
        part.drop_tree()
    if cell.tag == "th" and "colspan" not in cell.attrib:
        asides = []  # examples under the name of a column
    text = _words(cell)
    mark = "".join(_words(sup) for sup in cell.iter("sup"))
    return TableCell(
        text=text,
        aside=" ".join(asides),
        party=party,
        letter=(_words(letters[0]) + mark if len(letters) == 1 else text) if party else "",
        head=cell.tag == "th",
        dim="dim" in classes,
        lit="lit" in classes,
        changed="changed" in classes,
        span=int(cell.get("colspan", 1)),
    )


def _words(element: HtmlElement) -> str:
    """The text of an element; parts that the style sheet sets apart are set apart by a blank."""
    for inner in element.iter("span", "small", "b", "i"):
        inner.tail = f" {inner.tail or ''}"
        inner.text = f" {inner.text or ''}"
    return " ".join(element.text_content().split()).replace(" ?", "?").replace(" *", "*")
