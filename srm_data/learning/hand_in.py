"""The learner's own page: their words, their figure, their sources, and what went wrong on the way.

The form is that of the page the kit grew from. What the learner did not fill in stays visibly empty;
what they typed stays text in every format.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srm_data.core.language import resolve_language, texts
from srm_data.files.markdown_text import plain
from srm_data.files.paths import work_folder
from srm_data.files.write_whole import create_whole, write_whole
from srm_data.learning import progress_file
from srm_data.learning.hand_in_facts import DRAWN_FROM, facts_of_learner
from srm_data.learning.kept_work import HAND_IN, keep_work, kept_work
from srm_data.learning.pdf_text import has_letter, listed, paragraph, paragraphs, set_pdf, visible
from srm_data.views.component_content import options_json
from srm_data.views.figures import draw
from srm_data.views.figures.picture import Picture
from srm_data.views.html import tables
from srm_data.views.still import Away
from srm_data.widgets.component import ComponentView

if TYPE_CHECKING:
    from collections.abc import Callable


_NAMED = 12  # signs that a message lists; a Chinese page would fill the screen

#: What the comment with the data of a page begins with.
DATA = "shared-responsibility-hand-in 1"

#: The sections of the page, in order, as keys of the locale and of what is kept; those with a large heading.
SECTIONS = ("definition", "key_terms", "assignment", "sources", "difficulties", "result", "conclusion")
_LARGE = ("definition", "key_terms", "assignment")
#: What is one line: of whom the page is, what stands under its title, and when its sources were read.
LINES = ("name", "subtitle", "read_on")

# On A4 the smallest type of a 16:9 slide would be 5 points.
_SHAPE = "4:3"
#: The figures to choose from, each as a call that draws it in a language.
FIGURES_OF_PAGE: dict[str, Callable[[str], Picture]] = {
    "matrix": lambda lang: draw.matrix(DRAWN_FROM, lang, size=_SHAPE),
    "split": lambda lang: draw.split(DRAWN_FROM, lang, size=_SHAPE),
    "paas": lambda lang: draw.model(DRAWN_FROM, "paas", lang, size=_SHAPE),
    "what_if": lambda lang: draw.what_if(DRAWN_FROM, "iaas", "paas", lang, size=_SHAPE),
}
_USUAL = "what_if"

#: What a form keeps.
_PARTS = (*LINES, "figure", *SECTIONS)
#: The fields of the form in their order; what is asked for beside the sections stands where it belongs.
_FIELDS = ("name", "subtitle", *SECTIONS[:4], "read_on", *SECTIONS[4:])


@dataclass(frozen=True)
class Page:
    """What stands on the page: what is one line, a text for each section, wrong predictions, a figure.

    `wrong` says each error that lasted as a sentence; `answers` are all first answers that were wrong, as ids
    of question and answer. `sures` and `claims` are sentences too.
    """

    lang: str
    name: str = ""
    sections: dict[str, str] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    figure: str = "what_if"
    answers: tuple[tuple[str, str], ...] = ()
    subtitle: str = ""
    read_on: str = ""
    sures: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()

    def facts(self, section: str) -> list[tuple[str, tuple[str, ...]]]:
        """What the kit adds to a section: lists, each with the sentence before it, which may be empty."""
        words = texts(self.lang)["hand_in"]
        known = {
            "difficulties": [(words["wrong_bets"], self.wrong), (words["sures"], self.sures)],
            "result": [(words["claims"], self.claims)],
            "sources": [("", self.used)],
        }
        return [(lead, lines) for lead, lines in known.get(section, []) if lines]

    @property
    def lead(self) -> list[str]:
        """What stands under the title, a line each: the subtitle and the name, where they are given."""
        return [line for said in (self.subtitle, self.name) if (line := " ".join(said.split()))]

    @property
    def read(self) -> str:
        """When the sources were read, as a sentence; "" where nothing is said about it."""
        date = " ".join(self.read_on.split())
        return texts(self.lang)["hand_in"]["read"].format(date=date) if date else ""

    def picture(self) -> Picture:
        """The figure the learner chose."""
        return self._picture

    @cached_property
    def _picture(self) -> Picture:
        return FIGURES_OF_PAGE[self.figure](self.lang)  # drawn once for all formats


def compose(
    name: str = "",
    sections: dict[str, str] | None = None,
    figure: str = "what_if",
    lang: str | None = None,
    *,
    subtitle: str = "",
    read_on: str = "",
) -> Page:
    """Put the learner's words together with what is kept: errors that lasted, sources, claims, how sure.

    Args:
        name: of the learner, for the top of the page; none when left out.
        sections: text by the key of its section (`SECTIONS`); a section without text stays visibly empty.
        figure: "what_if" when left out, "matrix", "split" or "paas".
        lang: "en" or "nl"; the language in use when left out.
        subtitle: one line under the title.
        read_on: when the sources were read, in the learner's own words.
    """
    lang = resolve_language(lang)
    known = facts_of_learner(lang)
    return Page(
        lang,
        name,
        sections or {},
        known.lasting,
        known.used,
        figure,
        known.missed,
        subtitle,
        read_on,
        known.sures,
        known.claims,
    )


def to_markdown(page: Page, picture: str) -> str:
    """The page as Markdown; `picture` is the address of the figure."""
    words = texts(page.lang)["hand_in"]
    lines = [f"# {words['title']}", ""]
    for line in page.lead:
        lines += [plain(line), ""]
    for section in SECTIONS:
        level = "##" if section in _LARGE else "###"
        lines += [f"{level} {words[section]}", ""]
        for lead, facts in page.facts(section):
            lines += [lead, ""] if lead else []
            lines += [*(f"- {plain(fact)}" for fact in facts), ""]
        if section == "sources" and page.read:
            lines += [plain(page.read), ""]
        lines += [plain(page.sections.get(section, "")) or f"*{words['empty']}*", ""]
        if section == "key_terms":
            lines += [f"![{plain(page.picture().alt)}]({picture})", ""]
    return "\n".join([*lines, as_data(page.answers), ""])


def as_data(answers: Iterable[tuple[str, str]]) -> str:
    """Wrong bets as a comment of the page, which a reader does not see and `class_results` reads.

    Args:
        answers: id of the question and key of the answer, for each.
    """
    # Two hyphens would end the comment.
    told = json.dumps({"wrong": [list(answer) for answer in answers]}).replace("--", "\\u002d\\u002d")
    return f"<!-- {DATA} {told} -->"


def to_html(page: Page) -> str:
    """The page as one HTML file with the figure inside it."""
    svg = page.picture().svg(typeface=True)
    body = tables.render("hand_in.html", page.lang, page=page, sections=SECTIONS, large=_LARGE, svg=svg)
    title = html.escape(texts(page.lang)["hand_in"]["title"])
    return (
        f'<!DOCTYPE html>\n<html lang="{page.lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        f"<style>{tables.style()}body{{max-width:52rem;margin:2rem auto;padding:0 1rem;"
        f"overflow-wrap:anywhere}}</style></head><body><main>{body}</main></body></html>\n"
    )


def to_pdf(page: Page, picture: Path) -> bytes:
    """The page as PDF/UA on A4: tagged, in the kit's own typeface, the same bytes for the same page.

    Raises:
        ImportError: where the program that sets the page cannot be had (Windows on ARM).
    """
    words = texts(page.lang)["hand_in"]
    blocks: list[dict[str, Any]] = [{"kind": "heading", "level": 1, "text": words["title"]}]
    blocks += [paragraph(line) for line in page.lead]
    for section in SECTIONS:
        level = 2 if section in _LARGE else 3
        blocks.append({"kind": "heading", "level": level, "text": words[section]})
        for lead, facts in page.facts(section):
            blocks += [paragraph(lead, lead=True)] if lead else []
            blocks.append(listed(facts))
        if section == "sources" and page.read:
            blocks.append(paragraph(page.read))
        written = page.sections.get(section, "").strip()
        blocks += [paragraph(part) for part in paragraphs(written)] or [paragraph(words["empty"], quiet=True)]
        if section == "key_terms":
            blocks.append({"kind": "figure", "alt": page.picture().alt})
    if unshown(page):
        blocks.append(paragraph(words["unshown_foot"], quiet=True))
    told = {"title": words["title"], "lang": page.lang, "picture": picture.name, "blocks": blocks}
    return set_pdf("hand_in.typ", told, picture.parent)


def unshown(page: Page) -> list[str]:
    """The signs on the page that the PDF has no letter for, each once, in their order."""
    own = (page.name, page.subtitle, page.read_on)
    told = [fact for section in SECTIONS for _, facts in page.facts(section) for fact in facts]
    text = "\n".join([*own, *page.sections.values(), *told])
    return list(dict.fromkeys(sign for sign in visible(text) if not sign.isspace() and not has_letter(sign)))


def write_page(page: Page, folder: Path, *, replace: bool = False) -> list[Path]:
    """Write the page as Markdown, HTML and PDF, with its figure, into `folder`.

    Args:
        page: what `compose` gave.
        folder: where to; it is made when it is not there.
        replace: whether files of an earlier page are written over; not when left out.

    Returns:
        The files written, the PDF last; without it where no PDF can be made (`to_pdf`). With files of
        an earlier page there and `replace` not asked for, the new ones get a number of their own;
        nothing is overwritten.

    Raises:
        OSError: when the folder cannot be written to; no file is half written.
    """
    stem = f"hand-in-{page.lang}"
    drawn = page.picture().png()
    if replace:
        picture = write_whole(folder / f"{stem}.png", drawn)
    else:
        picture = _claim(folder, stem, drawn)
        stem = picture.stem
    # replace: half a sign, as a cut emoji leaves it, cannot be written
    content = {
        "md": to_markdown(page, picture.name).encode(errors="replace"),
        "html": to_html(page).encode(errors="replace"),
    }
    with suppress(ImportError):
        content["pdf"] = to_pdf(page, picture)
    return [
        picture,
        *(write_whole(folder / f"{stem}.{ending}", whole) for ending, whole in content.items()),
    ]


def hand_in(name: str = "", lang: str | None = None) -> ComponentView:
    """A form for your own page; the button writes it as Markdown, HTML and PDF into ``my_work``.

    Args:
        name: your name, for the top of the page.
        lang: "en" or "nl"; the language in use when left out.
    """
    lang = resolve_language(lang)
    words = texts(lang)["hand_in"]
    given = {"name": name} if name else {}
    fields = [
        {"key": field, "label": words[field], "ask": words.get(f"ask_{field}", ""), "line": field in LINES}
        for field in _FIELDS
    ]
    known = compose(lang=lang)
    content = {
        "lang": lang,
        "words": {part: words[part] for part in ("figure", "replace", "write")}
        | {part: texts(lang)["component"][part] for part in ("unkept", "unheard")},
        "name": HAND_IN,
        "fields": fields,
        "figures": options_json((key, words[f"figure_{key}"]) for key in FIGURES_OF_PAGE),
        "figure": _USUAL,
        "facts": {
            section: [{"lead": lead, "lines": lines} for lead, lines in known.facts(section)]
            for section in SECTIONS
        },
    }
    view = ComponentView(
        "srm-hand-in",
        content,
        Away(needs_kernel="hand_in"),
        tables.Html(tables.render("hand_in.html", lang, form=fields)),
        words["hint"],
        kept_in=lang,
        answers=kept_work(HAND_IN, _PARTS) | given,
        note=progress_file.trouble(lang),
    )
    keep_work(view, HAND_IN, _PARTS, lang, given)
    view.on_msg(partial(_hear, lang))
    return view


def _hear(lang: str, view: ComponentView, told: Any, _: Any) -> None:
    """Write the page that stands in a form, when its button is pressed."""
    match told:
        case {"kind": "ask", "do": "write", "page": dict(typed)}:
            words = texts(lang)["hand_in"]
        case _:
            return
    view.tell(note=words["writing"])
    says = {part: text for part in _PARTS if isinstance(text := typed.get(part), str)}
    figure = says.get("figure")
    try:
        page = compose(
            says.get("name", ""),
            {section: says.get(section, "") for section in SECTIONS},
            figure if figure in FIGURES_OF_PAGE else _USUAL,
            lang,
            subtitle=says.get("subtitle", ""),
            read_on=says.get("read_on", ""),
        )
        view.note = _written(page, write_page(page, work_folder(), replace=told.get("replace") is True))
    except OSError as error:
        view.note = words["unwritable"].format(folder=work_folder(), reason=error.strerror or error)
    except Exception as error:  # Jupyter would show the learner nothing
        reason = f"{type(error).__name__}: {error}"
        view.note = words["unwritable"].format(folder=work_folder(), reason=reason)
        raise


def _written(page: Page, made: list[Path]) -> str:
    """Which files there are, and what the PDF cannot show."""
    words = texts(page.lang)["hand_in"]
    said = [words["written"].format(files=", ".join(path.name for path in made), folder=made[0].parent)]
    lost = unshown(page)
    if not any(path.suffix == ".pdf" for path in made):
        said.append(words["no_pdf"])
    elif lost:
        signs = " ".join(sign if sign.isprintable() else f"U+{ord(sign):04X}" for sign in lost[:_NAMED])
        more = words["unshown_more"].format(n=len(lost) - _NAMED) if len(lost) > _NAMED else ""
        said.append(words["unshown"].format(signs=f"{signs}{more}"))
    return " ".join(said)


def _claim(folder: Path, stem: str, picture: bytes) -> Path:
    """Write the picture under the first name of which no file is there; with it the name is taken."""
    folder.mkdir(parents=True, exist_ok=True)  # fails here, not in the loop, where it is no folder
    for number in count(1):
        target = folder / f"{_numbered(stem, number)}.png"
        if any(target.with_suffix(ending).exists() for ending in (".md", ".html", ".pdf", ".png")):
            continue
        with suppress(FileExistsError):  # another notebook was faster
            create_whole(target, picture)
            return target
    raise AssertionError("there is no end to numbers")


def _numbered(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}-{number}"
