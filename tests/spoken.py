"""In which language a text is written, by the small words that no sentence of some length does without."""

import re

#: Small words of one language that are none of the other: "is", "in", "of", "we" and "over" tell nothing.
_SMALL = {
    "en": """the and a to who what which that this these it its you your our they their his she her not no
        with for from by at be has have do does did can could may must should would will if when where there
        here but so then than or nor each every both all any some only one two under into out about
        because how why more most less least nothing somebody nobody yes""",
    "nl": """de het een en te wie wat welke dat dit deze die je jij jouw jullie wij ons onze zij hun hij niet
        geen met voor van uit bij op aan als zijn ben bent wordt worden werd waren heeft hebben kan kun kunnen
        kon mag moet moeten zou zal wanneer waar daar hier maar dus dan toch nog ook elk elke allebei alle
        alles iets wel alleen twee onder naar omdat hoe waarom meer meest minder niets iemand niemand ja nee
        er ze""",
}
SMALL = {lang: set(words.split()) for lang, words in _SMALL.items()}
#: Titles and terms that stay as they are in a text of the other language.
NAMES = (
    "lift and shift",
    "encryption at rest",
    "infrastructure as a service",
    "platform as a service",
    "software as a service",
    "Best practices for software updates on Azure IaaS",
    "RDS for",
    "CC BY",
)
#: Code, gaps, tags, addresses, calls, and the link to a source with its title.
_NO_PROSE = re.compile(
    r"```.*?```|`[^`]*`|\{[^}]*\}|<[^>]*>|\[[^\]]*\]\(https?:[^)]*\)|https?://\S+|\]\([^)]*\)|\w+\(\)",
    re.DOTALL,
)


def foreign(text: str, lang: str) -> list[str]:
    """The sentences of a text that are written in the other language."""
    other = next(x for x in SMALL if x != lang)
    found = []
    for sentence in sentences(text):
        words = re.findall(r"[a-zà-ÿ]+(?:['-][a-zà-ÿ]+)*", sentence.lower())
        ours, theirs = (sum(word in SMALL[x] for word in words) for x in (lang, other))
        if theirs > ours and (theirs > 1 or len(words) > 2):
            found.append(sentence)
    return found


def sentences(text: str) -> list[str]:
    """The sentences of a text, without code, addresses, and names of the other language."""
    text = _NO_PROSE.sub(" ", text)
    for name in NAMES:
        text = text.replace(name, " ")
    return [part.strip() for part in re.split(r"(?<=[.!?:;])\s+|\n+|\|", text) if part.strip()]
