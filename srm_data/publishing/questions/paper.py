"""The questions as a sheet to print, and the teacher's key."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from srm_data.core.language import texts
from srm_data.core.matrix import one_line
from srm_data.learning.questions import Option, Question, misconception
from srm_data.publishing.questions.common import about_incident, by_lesson, sources
from srm_data.views.html import tables


def sheet(questions: Sequence[Question], lang: str) -> bytes:
    """A sheet to print: a line for the name, the questions, no answers."""
    return _page("sheet", questions, lang)


def key(questions: Sequence[Question], lang: str) -> bytes:
    """The teacher's key: the right answer and why, what is behind each wrong one, the source."""
    return _page("key", questions, lang)


def _page(view: str, questions: Sequence[Question], lang: str) -> bytes:
    def belief(option: Option) -> tuple[str, str] | None:
        return misconception(option.misconception, lang) if option.misconception else None

    title = texts(lang)["export"]["title" if view == "sheet" else "key_title"]
    body = tables.render(
        "exports.html",
        lang,
        view=view,
        title=title,
        lessons=list(by_lesson(questions)),
        sources=sources,
        about_incident=about_incident,
        belief=belief,
    )
    body = one_line(body)  # only signs that a page can hold
    page = (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f'<style>{tables.style()}{_PRINT}</style></head><body class="{view}"><main>{body}</main></body>'
        "</html>\n"
    )
    return page.encode()


#: A question is never cut in two by the end of a page, and a heading never stands alone below one.
_PRINT = (
    "@page{size:A4;margin:18mm 16mm}"
    "body{max-width:46rem;margin:2rem auto;padding:0 1rem;background:#fff}"
    ".question{break-inside:avoid;margin:0 0 1.4em}"
    ".question h3{font-size:1em;margin:0 4px .3em}"
    "h1,h2,h3{break-after:avoid}"
    ".srm ol.options{list-style:none;margin:.3em 4px;padding:0}"
    ".srm ol.options li{display:flex;gap:.7em;margin:.35em 0}"
    ".srm ol.options b{min-width:1.2em}"
    ".fill{display:flex;gap:2em;margin:1em 4px 1.6em}"
    ".fill p{flex:1;margin:0;border-bottom:1.5px solid #111;padding-bottom:.2em}"
    ".fill p:first-child{flex:2}"
    ".srm dl.wrong{grid-template-columns:2em 1fr}.srm .wrong dt{min-width:0}"
    "@media print{body{margin:0;padding:0;max-width:none}.key .srm{font-size:9.5pt}"
    "h2.new-page{break-before:page}}"
)
