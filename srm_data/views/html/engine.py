"""A piece of HTML, the style sheet it needs, and the templates it is filled from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import jinja2
from jinja2.bccache import Bucket

from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.files.kept_aside import keep_aside, load_aside
from srm_data.files.paths import TEMPLATES
from srm_data.views.cell_facts import facts, source_fact
from srm_data.views.content import NOTHING, Content
from srm_data.views.html import widths
from srm_data.views.matrix_content import mark, marks_told
from srm_data.views.palette import THEMES


@dataclass(frozen=True)
class Html:
    """A piece of HTML that shows itself in a notebook.

    `body` is the view alone, for a page or widget that holds `style` once; ``str()`` of the whole
    is complete in itself. `content` is what it was made from.
    """

    body: str
    content: Content = NOTHING

    def __str__(self) -> str:
        return f"<style>{style()}</style>{self.body}"

    def _repr_html_(self) -> str:
        return str(self)

    def __repr__(self) -> str:
        """What a terminal shows, and what a saved notebook holds beside the HTML: the view in two lines."""
        return "\n".join(filter(None, (self.content.title, self.content.sentence))) or "<Html>"


def show(content: Content, *, said: bool = True) -> Html:
    """Render a content as HTML.

    Args:
        content: what the view says.
        said: whether its sentence stands under its table; one that only counts comes first anyway.
    """
    return Html(render("content.html", content.lang, c=content, said=said), content)


@cache
def style() -> str:
    """The style sheet every view needs, once a page."""
    return style_sheet("style.css")


@cache
def style_sheet(template: str) -> str:
    """A style sheet with the colours of the palette filled in, on one line."""
    apart = {lang: texts(lang)["kernel"]["apart"] for lang in LANGUAGES}
    css = _environment().get_template(template).render(themes=THEMES, widths=widths, apart=apart)
    return "".join(line.strip() for line in css.splitlines())


def render(template: str, lang: str, **context: Any) -> str:
    """Fill a template with everything escaped, in the wrapper that the style sheet knows."""
    return f'<div class="srm" lang="{lang}">{fill(template, lang, **context)}</div>'


def fill(template: str, lang: str, **context: Any) -> str:
    """Fill a template with everything escaped, and nothing around it."""
    return _environment().get_template(template).render(words=texts(lang), lang=lang, **context)


class _Compiled(jinja2.BytecodeCache):
    """Keeps each template as the Python that jinja2 makes of it, most of the time of a first view."""

    def load_bytecode(self, bucket: Bucket) -> None:
        if kept := load_aside(TEMPLATES / bucket.key):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        keep_aside(TEMPLATES / bucket.key, bucket.bytecode_to_string())


def environment() -> jinja2.Environment:
    """A new environment for the templates of the kit: everything escaped, and no gap left empty."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=jinja2.select_autoescape(["html"]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_Compiled(),
    )


@cache
def _environment() -> jinja2.Environment:
    made = environment()
    helpers = (
        widths.widest,
        widths.blocks,
        widths.cards,
        widths.measured,
        facts,
        mark,
        marks_told,
        source_fact,
    )
    made.globals |= {helper.__name__: helper for helper in helpers}
    return made
