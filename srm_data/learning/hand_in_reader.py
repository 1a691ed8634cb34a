"""Read a hand-in back: which predictions it says went wrong, and what was left empty.

The file may have gone through another program, which wraps its lines, turns its quotes, or writes its
headings and lists in another way. So words are compared, and what a program may change is left out.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.learning.hand_in import DATA, SECTIONS
from srm_data.learning.hand_in_facts import wrong_bet
from srm_data.learning.questions import Question, find_question, question_bank

_DATA = re.compile(rf"<!--\s{{0,9}}{DATA} (\{{[^<>]{{0,100000}}\}})\s{{0,9}}-->")
#: Pages from before these were asked for have no heading for them, so nothing was left empty there.
_LATER = ("definition", "conclusion")
_LINES = 20_000  # a page of ten thousand words has a tenth of it
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
        "→": "->",
        "\u00ad": None,
        "\\": None,
    }
)


@dataclass(frozen=True)
class HandIn:
    """What a page tells: whose it is, the wrong predictions as question and answer, the empty sections."""

    name: str
    wrong: tuple[tuple[str, str], ...]
    empty: tuple[str, ...]


def read_hand_in(text: str) -> HandIn | None:
    """The page in this text, in whichever language it was written; None when there is none.

    Headings have to be marked as such; only where hardly one is, as in plain text that a word processor
    saved, does a line with the words of a heading count as one.
    """
    data = _data(text)
    lines = [*_lines(_simple(text))]
    for marked in (True, False):
        for lang in LANGUAGES:
            bodies = _sections(lines, lang, marked=marked)
            # A learner may have lost a heading; two that happen to stand in a page are no hand-in.
            if len(bodies) >= 4:  # three, and what stands before them
                return _told(bodies, lang, data)
    return None


def _data(text: str) -> tuple[tuple[str, str], ...] | None:
    """The wrong predictions that the page carries as data; None where there are none, or they are damaged."""
    found = _DATA.findall(text)
    if not found:
        return None
    try:
        told = json.loads(found[-1])["wrong"]  # the kit's own stands last, whatever was typed before it
        answers = [(str(question), str(answer)) for question, answer in told]
        known = [(find_question(name, LANGUAGES[0]), answer) for name, answer in answers]
    except (ValueError, TypeError, KeyError, RecursionError):  # an unknown question is a ValueError too
        return None
    if not all(any(option.key == answer for option in q.options) for q, answer in known):
        return None
    return tuple((q.id, answer) for q, answer in known if not q.accepts(answer))


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Each line without its marks, and whether it is marked as a heading; none of a text that is no page."""
    raw = [line.strip() for line in text.splitlines()]
    if len(raw) > _LINES:
        return
    for bare, under in pairwise([*raw, ""]):
        if not bare:
            yield "", False
        elif bare.strip("=-"):  # the rest underlines the heading above, or rules a line
            underlined = bool(under) and not (under.strip("=") and under.strip("-"))
            bold = bare.startswith(("**", "__")) and bare.endswith(("**", "__"))
            yield _plain(bare), bare.startswith("#") or underlined or bold


def _sections(lines: list[tuple[str, bool]], lang: str, *, marked: bool) -> dict[str, list[str]]:
    """The lines below each heading of a hand-in; those before the first under an empty name."""
    titles = {_plain(_simple(texts(lang)["hand_in"][section])): section for section in SECTIONS}
    bodies: dict[str, list[str]] = {"": []}
    section = ""
    for line, heading in lines:
        if (heading or not marked) and line.rstrip(":") in titles:
            section = titles[line.rstrip(":")]
            bodies.setdefault(section, [])
        else:
            bodies[section].append(line)
    return bodies


def _told(bodies: dict[str, list[str]], lang: str, data: tuple[tuple[str, str], ...] | None) -> HandIn:
    words = texts(lang)["hand_in"]
    title, sentence = _plain(_simple(words["title"])), _plain(_simple(words["empty"]))
    name = next((line for line in bodies[""] if line and line != title), "")
    empty = [
        section
        for section in SECTIONS
        if (section in bodies or section not in _LATER)
        and (sentence in (body := bodies.get(section, [])) or not any(_written(body)))
    ]
    # A program that saved the page again may have left its data out; its sentences are read then.
    wrong = tuple(_wrong(bodies.get("difficulties", []), lang)) if data is None else data
    return HandIn(name, wrong, tuple(empty))


def _written(lines: list[str]) -> Iterator[str]:
    """What begins a paragraph that is no figure and no comment."""
    for line, before in zip(lines, ["", *lines], strict=False):
        if line and not before and not line.startswith(("![", "<!")):
            yield line


def _wrong(lines: list[str], lang: str) -> Iterator[tuple[str, str]]:
    """The wrong predictions in these lines; a sentence begins with a line, and may run over several."""
    words = [_words(line) for line in lines]
    for n in range(len(words)):
        node: _Node | None = _sentences(lang)
        told = None
        for word in _paragraph(words, n):
            node = node.words.get(word) if node else None
            if node is None:
                break
            told = node.told or told
        if told:
            yield told


def _paragraph(words: list[list[str]], n: int) -> Iterator[str]:
    """The words from line `n` on, to the next empty line."""
    while n < len(words) and words[n]:
        yield from words[n]
        n += 1


@dataclass
class _Node:
    """The words that may follow, word by word; and what a sentence that ends here tells."""

    words: dict[str, _Node] = field(default_factory=dict)
    told: tuple[str, str] | None = None


@cache
def _sentences(lang: str) -> _Node:
    """What a hand-in says of each wrong answer in the bank → question and answer.

    Two questions about one cell say the same; the first stands for both.
    """
    root = _Node()
    for question in question_bank(lang):
        for option in question.options:
            if question.accepts(option.key):
                continue
            for sentence in (wrong_bet(question, option.key), _before(question, option.key)):
                node = root
                for word in _words(_plain(_simple(sentence))):
                    node = node.words.setdefault(word, _Node())
                node.told = node.told or (question.id, option.key)
    return root


def _before(question: Question, answer: str) -> str:
    """How a page said it before its sentences were made for paper."""
    return str(
        texts(question.lang)["hand_in"]["wrong_before"].format(
            where=question.place or question.stem,
            yours=question.option(answer).label,
            theirs=question.option(question.key).label,
        )
    )


def _simple(text: str) -> str:
    """The same text with the signs that programs write in more than one way written in one."""
    if text.count("&") < _LINES:
        with suppress(ValueError):  # a number of thousands of figures is no sign
            text = html.unescape(text)
    return unicodedata.normalize("NFC", text).translate(_ALIKE)


def _plain(line: str) -> str:
    """The words of a line that is simple: no mark of Markdown, no bullet."""
    bare = re.sub(r"\{#[^{}]*\}$", "", line).strip("#*_>+•·◦▪●○■§ \t-")
    return " ".join(re.sub(r"^(?:\d{1,3}[.)]|o)\s", "", bare).split())


def _words(line: str) -> list[str]:
    """The words alone: where a line was cut, a sign may pass for a bullet."""
    return re.findall(r"\w+", line)
