"""Text that Markdown shows as it is."""

import html
import re

_MARKS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]|~$"})


def plain(text: str) -> str:
    r"""Text that Markdown shows as it is, line by line: no HTML, heading, link or formula by accident.

    >>> plain("# not a *heading*")
    '\\# not a \\*heading\\*'
    """
    paragraphs: list[list[str]] = [[]]
    for line in html.escape(text, quote=False).translate(_MARKS).splitlines():
        said = line.strip()
        if said[:1] in ("-", "+", "=", "#"):  # what only makes a list, rule or heading in front
            said = f"\\{said}"
        elif said[:1].isdecimal():
            said = re.sub(r"^(\d+)([.)])", r"\1\\\2", said)
        if said:
            paragraphs[-1].append(said)
        elif paragraphs[-1]:
            paragraphs.append([])
    # Two spaces at the end: the author's own line breaks stay.
    return "\n\n".join("  \n".join(lines) for lines in paragraphs if lines)
