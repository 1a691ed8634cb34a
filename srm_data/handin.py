"""The learner's own page: their words, their figure, their sources, and what went wrong on the way.

The form is that of the page the kit grew from. What the learner did not fill in stays visibly empty;
what they typed stays text in every format.
"""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as w
import matplotlib
from matplotlib import font_manager

from srm_data import figures, store, tables
from srm_data.bets import keep_and_tell
from srm_data.files import write_whole
from srm_data.language import resolve_language, texts
from srm_data.loaders import shipped_matrix
from srm_data.markdown import plain
from srm_data.picture import Picture
from srm_data.services import baselines_about
from srm_data.standing import bets_made
from srm_data.widgets import Shared, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from srm_data.questions import Question

_FONTS = Path(__file__).parent / "fonts"
# matplotlib brings it; it has the signs (→, Greek, Cyrillic ...) that the kit's typeface lacks.
_DEJAVU = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"

#: The sections of the page, in order, as keys of the locale and of what is kept.
SECTIONS = ("key_terms", "assignment", "sources", "difficulties", "result")

_FIGURES: dict[str, Callable[[str], Picture]] = {
    "matrix": lambda lang: figures.matrix("azure-2026", lang),
    "split": lambda lang: figures.split("azure-2026", lang),
    "paas": lambda lang: figures.model("azure-2026", "paas", lang),
    "what_if": lambda lang: figures.what_if("azure-2026", "iaas", "paas", lang),
}


@dataclass(frozen=True)
class Page:
    """What stands on the page: a name, a text for each section, the learner's wrong bets, a figure."""

    lang: str
    name: str = ""
    sections: dict[str, str] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    figure: str = "what_if"

    def picture(self) -> Picture:
        """The figure the learner chose."""
        return self._picture

    @cached_property
    def _picture(self) -> Picture:
        return _FIGURES[self.figure](self.lang)  # drawn once for all formats


def compose(
    name: str = "",
    sections: dict[str, str] | None = None,
    figure: str = "what_if",
    lang: str | None = None,
) -> Page:
    """Put the learner's words together with what is kept: wrong bets, and the sources behind them."""
    lang = resolve_language(lang)
    made = bets_made(store.load().get("bets", {}), lang)
    wrong = tuple(wrong_bet(b.question, b.answer) for b in made if not b.right)
    matrices = dict.fromkeys(["azure-2026", *(b.question.matrix.id for b in made if b.question.matrix)])
    used = tuple(
        f"{m.source_title}, {m.edition}. {m.source_url}" for m in (shipped_matrix(x, lang) for x in matrices)
    )
    versions = dict.fromkeys(b.question.baseline for b in made if b.question.baseline)
    told = [baselines_about(version, lang) for version in versions]
    used += tuple(f"{x['source_title']}, {x['edition']}. {x['source_url']}" for x in told)
    return Page(lang, name, sections or {}, wrong, tuple(dict.fromkeys(used)), figure)


def wrong_bet(question: Question, answer: str) -> str:
    """A bet that turned out otherwise, as the sentence that stands on the page."""
    return str(
        texts(question.lang)["hand_in"]["wrong_bet"].format(
            where=question.place or question.stem,
            yours=question.option(answer).label,
            theirs=" / ".join(right.label for right in question.right),
        )
    )


def to_markdown(page: Page, picture: str) -> str:
    """The page as Markdown; `picture` is the address of the figure."""
    words = texts(page.lang)["hand_in"]
    lines = [f"# {words['title']}", ""]
    if page.name:
        lines += [plain(" ".join(page.name.split())), ""]
    for section in SECTIONS:
        level = "##" if section in ("key_terms", "assignment") else "###"
        lines += [f"{level} {words[section]}", ""]
        if section == "difficulties" and page.wrong:
            lines += [words["wrong_bets"], "", *(f"- {plain(fact)}" for fact in page.wrong), ""]
        if section == "sources":
            lines += [*(f"- {plain(line)}" for line in page.used), ""]
        lines += [plain(page.sections.get(section, "")) or f"*{words['empty']}*", ""]
        if section == "key_terms":
            lines += [f"![{plain(page.picture().alt)}]({picture})", ""]
    return "\n".join(lines)


def to_html(page: Page) -> str:
    """The page as one HTML file with the figure inside it."""
    body = tables.render("hand_in.html", page.lang, page=page, sections=SECTIONS, svg=page.picture().svg())
    title = html.escape(texts(page.lang)["hand_in"]["title"])
    return (
        f'<!DOCTYPE html>\n<html lang="{page.lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        f"<style>{tables.style()}body{{max-width:52rem;margin:2rem auto;padding:0 1rem}}</style></head>"
        f"<body><main>{body}</main></body></html>\n"
    )


def to_pdf(page: Page, picture: Path) -> bytes:
    """The page as PDF on A4, in the kit's own typeface, with alternative text for the figure."""
    from fpdf import FPDF

    words = texts(page.lang)["hand_in"]
    pdf = FPDF(format="A4")
    pdf.set_lang(page.lang)
    pdf.set_title(words["title"])
    for style, name in (("", "Regular"), ("B", "Bold")):
        pdf.add_font("kit", style, _FONTS / f"AtkinsonHyperlegibleNext-{name}.ttf")
    pdf.add_font("dejavu", "", _DEJAVU)
    pdf.set_fallback_fonts(["dejavu"], exact_match=False)
    pdf.set_margin(20)
    pdf.add_page()

    def write(text: str, size: float, style: str = "", grey: int = 0) -> None:
        pdf.set_font("kit", style, size)
        pdf.set_text_color(grey)
        pdf.multi_cell(0, size * 0.5, _drawable(text), align="L", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(1.5)

    write(words["title"], 20, "B")
    if page.name:
        write(page.name, 12, grey=80)
    for section in SECTIONS:
        pdf.ln(3)
        write(words[section], 15 if section in ("key_terms", "assignment") else 13, "B")
        if section == "difficulties" and page.wrong:
            write(words["wrong_bets"], 11)
            for fact in page.wrong:
                write(f"• {fact}", 11)
        if section == "sources":
            for line in page.used:
                write(f"• {line}", 11)
        said = page.sections.get(section, "").strip()
        write(said or words["empty"], 11, grey=0 if said else 110)
        if section == "key_terms":
            pdf.image(picture, w=pdf.epw, alt_text=page.picture().alt)
    return bytes(pdf.output())


def write_page(page: Page, folder: Path, *, replace: bool = False) -> list[Path]:
    """Write the page as Markdown, HTML and PDF, with its figure, into `folder`.

    Returns:
        The files written. With files of an earlier page there and `replace` not asked for, the new
        ones get a number of their own; nothing is overwritten.

    Raises:
        OSError: when the folder cannot be written to; no file is half written.
    """
    stem = f"hand-in-{page.lang}"
    number = 1
    while not replace and any(
        (folder / f"{_numbered(stem, number)}.{ending}").exists() for ending in ("md", "html", "pdf", "png")
    ):
        number += 1
    stem = _numbered(stem, number)
    picture = write_whole(folder / f"{stem}.png", page.picture().png())
    made = [picture]
    for ending, content in (
        # replace: half a sign, as a cut emoji leaves it, cannot be written
        ("md", to_markdown(page, picture.name).encode(errors="replace")),
        ("html", to_html(page).encode(errors="replace")),
        ("pdf", to_pdf(page, picture)),
    ):
        made.append(write_whole(folder / f"{stem}.{ending}", content))
    return made


def hand_in(name: str = "", lang: str | None = None) -> View:
    """A form for your own page; the button writes it as Markdown, HTML and PDF into ``my_work``.

    Args:
        name: your name, for the top of the page.
        lang: "en" or "nl"; the language in use when left out.
    """
    lang = resolve_language(lang)
    words = texts(lang)["hand_in"]
    kept = store.load().get("work", {}).get("hand-in", {})
    shared = Shared()
    wide = w.Layout(width="min(100%, 50rem)")
    who = w.Text(
        value=name or str(kept.get("name", "")),
        description=words["name"],
        style={"description_width": "9rem"},
        layout=wide,
    )
    fields = {
        section: w.Textarea(
            value=str(kept.get(section, "")),
            description=words[section],
            placeholder=words[f"ask_{section}"],
            continuous_update=False,
            rows=4,
            style={"description_width": "9rem"},
            layout=wide,
        )
        for section in SECTIONS
    }
    figure = w.Dropdown(
        options=[(words[f"figure_{key}"], key) for key in _FIGURES],
        value=kept.get("figure") if kept.get("figure") in list(_FIGURES) else "what_if",
        description=words["figure"],
        style={"description_width": "9rem"},
        layout=wide,
    )
    replace = w.Checkbox(value=False, description=words["replace"], indent=False)
    button = w.Button(description=words["write"], icon="", layout=w.Layout(width="max-content"))
    button.add_class("srm-button")
    said = shared.html("")

    def note(text: str) -> None:
        said.value = tables.render("bets.html", lang, view="note", text=text)

    def keep(part: str, change: dict[str, Any]) -> None:
        # Only what was typed: another field may have been filled in another notebook meanwhile.
        keep_and_tell(said, lang, "work", "hand-in", **{part: change["new"]})

    def write(_: Any) -> None:
        texts_now = {section: box.value for section, box in fields.items()}
        try:
            made = write_page(
                compose(who.value, texts_now, figure.value, lang), store.work_folder(), replace=replace.value
            )
        except OSError as error:
            note(words["unwritable"].format(folder=store.work_folder(), reason=error.strerror or error))
            return
        except Exception as error:  # Jupyter would show the learner nothing
            reason = f"{type(error).__name__}: {error}"
            note(words["unwritable"].format(folder=store.work_folder(), reason=reason))
            raise
        note(words["written"].format(files=", ".join(path.name for path in made), folder=made[0].parent))

    for part, box in {"name": who, "figure": figure, **fields}.items():
        box.observe(partial(keep, part), "value")
    button.on_click(write)
    wrong = compose(lang=lang).wrong
    facts_shown = shared.html(tables.render("hand_in.html", lang, wrong=wrong)) if wrong else shared.html("")
    css = shared.html(f"<style>{tables.style()}</style>")
    head = [fields["key_terms"], figure, fields["assignment"], fields["sources"], facts_shown]
    return View(
        [css, who, *head, fields["difficulties"], fields["result"], replace, button, said],
        words["hint"],
        lang,
    )


def _numbered(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}-{number}"


def _drawable(text: str) -> str:
    """Text with a box for each sign that neither typeface has, so that none goes missing silently."""
    known = [
        font_manager.get_font(str(path))
        for path in (_FONTS / "AtkinsonHyperlegibleNext-Regular.ttf", _DEJAVU)
    ]
    return "\n".join(
        "".join(
            sign if any(font.get_char_index(ord(sign)) for font in known) else "□"
            for sign in line.expandtabs(4)
        )
        for line in text.splitlines()
    )
