"""What the scripts of the site need to remember, ask again and report: words, questions, tables, figures.

Each is a script that sets one global, since a page from a file may load a script and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from srm_data.core.dataset import read_table
from srm_data.core.language import texts
from srm_data.core.services import baselines_about
from srm_data.core.shipped import shipped_ids, shipped_matrix
from srm_data.learning import vote_content
from srm_data.learning.hand_in import DATA, FIGURES_OF_PAGE, SECTIONS
from srm_data.learning.hand_in_facts import DRAWN_FROM, wrong_bet
from srm_data.learning.new_cells import PREFIX, new_cell_questions
from srm_data.learning.question_content import Round, question_json, stepper
from srm_data.learning.questions import Question, find_question, question_bank
from srm_data.publishing.shown import MIME
from srm_data.views import web

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: The modules that few pages need, with their style sheets.
RARE = ("vote", "vote_parts", "builder", "figure_picker")

#: The modules of the host.
MODULES = Path(__file__).resolve().parent / "web"


def scripts(lang: str, lessons: Iterable[dict[str, Any]]) -> dict[str, str]:
    """The scripts of one language, by file name.

    Args:
        lang: "en" or "nl".
        lessons: for each lesson in order its `page`, `title` and the ids of what it `asked`, see `asked_in`.
    """
    questions = [*question_bank(lang), *new_cell_questions(lang)]
    site = {
        "lang": lang,
        "words": _words(lang),
        "lessons": list(lessons),
        "ideas": {row["topic"]: row[f"label_{lang}"] for row in read_table("topics")},
        "questions": web.packed([_known(q) for q in questions]),
    }
    practice = {
        "stepper": stepper([Round(())], lang),
        "questions": {q.id: question_json(q) for q in questions if q.graded},
    }
    return {
        f"words-{lang}.js": f"globalThis.srmSite={_json(site)};\n",
        f"practice-{lang}.js": _part("practice", practice),
        f"hand-in-{lang}.js": _part("hand-in", _hand_in(questions, lang)),
    }


def asked_in(lesson: NotebookNode) -> list[str]:
    """The ids of the questions that an executed lesson asks as predictions, in their order."""
    found: dict[str, None] = {}
    for cell in lesson.cells:
        for output in cell.get("outputs", []):
            shown = output.get("data", {}).get(MIME, {})
            content = shown.get("content") if shown.get("tag") == "srm-bet" else None
            if content and not content.get("practice"):
                found |= {one["id"]: None for r in content["rounds"] for one in r["questions"]}
    return list(found)


def vote_on(questions: Iterable[str], lang: str) -> Markup:
    """The component of a vote on these questions.

    Args:
        questions: their ids.
        lang: "en" or "nl".
    """
    asked = [find_question(name, lang) for name in questions]
    still = vote_content.still(asked, lang).body
    return Markup(web.element("srm-vote", vote_content.content(asked, lang), still))


def components_of(lang: str) -> dict[str, str]:
    """The components with their host, by file name: all of them, and those that most pages need.

    Args:
        lang: "en" or "nl".
    """
    return {
        f"components-{lang}.js": web.script(MODULES, (lang,), RARE),
        f"all-components-{lang}.js": web.script(MODULES, (lang,)),
    }


def bundle_for(tags: Collection[str]) -> str:
    """Which file of `components_of` a page loads, without language and ending.

    Args:
        tags: names of the elements on the page.
    """
    return "all-components" if {"srm-vote", "srm-builder"} & set(tags) else "components"


def tags_in(lesson: NotebookNode) -> set[str]:
    """The names of the elements that an executed lesson shows."""
    outputs = (output for cell in lesson.cells for output in cell.get("outputs", []))
    return {one.get("data", {}).get(MIME, {}).get("tag") or "" for one in outputs}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")


def _part(name: str, content: Any) -> str:
    """A script that only some pages load: it puts its content, packed, under its name."""
    return f'(globalThis.srmParts??={{}})["{name}"]="{web.packed(content)}";\n'


def _words(lang: str) -> dict[str, Any]:
    said = texts(lang)
    site, hand_in = said["site"], said["hand_in"]
    return {
        "memory": site["memory"],
        "my_work": site["my_work"],
        "standing": said["standing"] | site["standing"],
        "practise": {part: said["practise"][part] for part in ("later", "nothing")},
        "bet": {part: said["bet"][part] for part in ("right", "wrong", "sures", "sum_sure", "sum_sure_one")},
        "hand_in": {part: hand_in[part] for part in ("title", "empty", "read", *SECTIONS)}
        | {part: hand_in[part] for part in ("wrong_bets", "sures", "claims", "claim")}
        | site["hand_in_made"],
        "months": said["date"]["months"],
    }


def _known(q: Question) -> dict[str, Any]:
    """What has to be known of a question to keep its answers and to choose it again."""
    new = q.id.startswith(PREFIX)
    return {
        "id": q.id,
        "lesson": q.lesson,
        "waits": q.waits_for if q.graded and q.kind != "incident" else 0,
        "fresh": new,
        "idea": q.idea,
        "graded": q.graded,
        "options": [option.key for option in q.options],
        "right": [option.key for option in q.right],
        "repair": q.repair,
        "stem": q.stem,
    }


def _hand_in(questions: Iterable[Question], lang: str) -> dict[str, Any]:
    """What the learner's own page says of answers and tables, and its figures."""
    known = [q for q in questions if q.graded]
    about = {name: vars(shipped_matrix(name, lang)) for name in shipped_ids()}
    about |= {q.baseline: baselines_about(q.baseline, lang) for q in known if q.baseline}
    pictures = {key: draw(lang) for key, draw in FIGURES_OF_PAGE.items()}
    return {
        "data": DATA,
        "sections": SECTIONS,
        "drawn_from": DRAWN_FROM,
        "wrong": {
            q.id: {o.key: wrong_bet(q, o.key) for o in q.options if not q.accepts(o.key)} for q in known
        },
        "tables": {
            q.id: [name for name in (q.matrix.id if q.matrix else "", q.baseline) if name] for q in known
        },
        "sources": {
            name: {"title": one["source_title"], "edition": one["edition"], "url": one["source_url"]}
            for name, one in about.items()
        },
        "figures": {key: {"svg": one.svg(), "alt": one.alt} for key, one in pictures.items()},
    }
