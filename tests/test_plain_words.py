"""Words that were decided against are nowhere a learner, a teacher or a visitor reads."""

import csv
import json
import re
import tomllib
from collections.abc import Iterator

import pytest

from srm_data.core.vocabulary import LANGUAGES
from srm_data.files.paths import CHECKOUT, DATA, LOCALE
from tests.lessons import NOTEBOOKS, REFERENCE, find, plain

#: "Ergens voor instaan" means to vouch for it; a "gok" or bet is how unsure one is, and a game for money.
OLD = {
    "nl": (
        r"\binsta(?:at|an|ande)\b|\bsta(?:at|an|t)\b(?: [^ .?!:;]+){0,9}? in voor\b|\bin te staan\b"
        r"|(?:er|waar|daar|hier)voor in(?=[\s]*(?:$|[.,?!;:)\"”*|]))"
        r"|(?<!een )\bgok\b|\bgok(?:t|te|ten|ken|ker|vra\w+)\b|\bgegokt\b"
    ),
    "en": (
        r"\bbet(?:s|ting)?\b|\bwho answers\b"
        r"|\b(?:who|what|it|customer|provider|you|they|we|to|must) (?:alone )?answers? (?:alone )?for\b"
        r"|\banswers (?:alone )?for (?:it|them)\b"
    ),
}
#: Names in code, which stay: `srm.bet(...)`, `bet()`, `.bets`, `my_work/`.
_CODE = re.compile(r"```.*?```|`[^`]*`|\bsrm\.\w+|\bbet\(\)|\.bets\b|\]\([^)]*\)|https?://\S+|\{\w+\}", re.S)


def texts_of(value: object) -> Iterator[str]:
    """Every text in a value from a TOML or JSON file; keys are names in code."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_of(part)


def notebooks() -> Iterator[tuple[str, str]]:
    """What stands in a notebook, what a slide and its notes say of it, and what its twin shows."""
    for path in find():
        for cell in json.loads((NOTEBOOKS / path).read_text("utf-8"))["cells"]:
            meta = cell["metadata"]
            if cell["cell_type"] == "markdown":
                yield path, "".join(cell["source"])
            for text in texts_of(
                [meta.get("slide", ""), meta.get("note_words", {}), meta.get("page_words", {})]
            ):
                yield path, text
        twin = REFERENCE / path
        for cell in json.loads(twin.read_text("utf-8"))["cells"] if twin.exists() else ():
            for output in cell.get("outputs", []):
                data = output.get("data", {})
                yield f"{path}, shown", plain("".join(data.get("text/html", "")))
                yield f"{path}, shown", "".join(data.get("text/plain", "") or output.get("text", ""))


def data() -> Iterator[tuple[str, str]]:
    """Words of the kit, questions, and the tables."""
    told = [*(LOCALE / f"{lang}.toml" for lang in LANGUAGES), *sorted((DATA / "questions").glob("*.toml"))]
    for file in told:
        for text in texts_of(tomllib.loads(file.read_text("utf-8"))):
            yield file.name, text
    for file in sorted(DATA.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                yield from (
                    (f"{file.name}, {name}", row[name]) for name in row if name[-3:] in ("_en", "_nl")
                )
    package = json.loads((DATA / "datapackage.json").read_text("utf-8"))
    yield from (("datapackage.json", text) for text in texts_of(package) if " " in text)


def files() -> Iterator[tuple[str, str]]:
    """What is read without the kit: figures in words, README, the example class."""
    found = [CHECKOUT / "README.md", CHECKOUT / "CONTRIBUTING.md"]
    found += sorted((CHECKOUT / "figures").rglob("*.txt"))
    found += sorted((NOTEBOOKS / "teacher" / "example_class").rglob("*.md"))
    for file in found:
        yield file.relative_to(CHECKOUT).as_posix(), file.read_text("utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_old_word_is_left(lang):
    old = re.compile(OLD[lang], re.I)
    found = {
        f"{place}: …{text[max(0, at.start() - 40) : at.end() + 30]}…"
        for place, said in (*notebooks(), *data(), *files())
        for text in [" ".join(_CODE.sub(" ", said).split())]
        for at in old.finditer(text)
    }
    assert sorted(found) == []


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("nl", "De leverancier staat er niet alleen in voor."),
        ("nl", "Wie staat ervoor in?"),
        ("nl", "Waar de leverancier voor instaat"),
        ("nl", "Je gokken"),
        ("nl", "Eerst een eigen gok, dan kijken"),
        ("en", "Bets you made"),
        ("en", "The provider answers for it"),
        ("en", "who answers?"),
    ],
)
def test_an_old_word_would_be_seen(lang, said):
    assert re.search(OLD[lang], said, re.I)


@pytest.mark.parametrize(
    "said", ["Hoe zeker? een gok", "Wat staat er in de tabel?", "Er staat voor elke rij een letter in."]
)
def test_other_words_may_stay(said):
    assert not re.search(OLD["nl"], said, re.I)
