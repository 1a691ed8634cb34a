"""What tests look at in a PDF: its tags, where each word stands, and whether words are cut or overlap."""

import html
import os
import re
import shutil
import subprocess
from functools import cache
from io import BytesIO
from itertools import combinations

import pypdf
import pytest


def poppler(pdf, *call):
    """What a program of poppler says about a PDF."""
    if not shutil.which(call[0]):
        assert not os.environ.get("CI"), "no poppler: install it, CI may not skip these tests"
        pytest.skip("no poppler-utils on this machine: install them to look into the PDF")
    return subprocess.run(call, input=pdf, capture_output=True, check=True).stdout.decode(errors="replace")


@cache
def tags(pdf):
    """The structure of a tagged PDF, a line each."""
    told = poppler(pdf, "pdfinfo", "-struct-text", "-")
    return [line.strip().removesuffix(" (block)") for line in told.splitlines()]


@cache
def structure(pdf):
    """The same without what is written in it: far quicker."""
    told = poppler(pdf, "pdfinfo", "-struct", "-")
    return [line.strip().removesuffix(" (block)") for line in told.splitlines()]


def headings(pdf):
    """Level and words of each heading in their order: as many are tagged as a reader lists."""
    found = [*_listed(pypdf.PdfReader(BytesIO(pdf)).outline)]
    assert [one[:2] for one in found] == [line[:2] for line in structure(pdf) if re.match(r"H\d\b", line)]
    return found


def _listed(outline, level=1):
    for one in outline:
        if isinstance(one, list):
            yield from _listed(one, level + 1)
        else:
            yield f"H{level} {one.title}"


def squeezed(text):
    """Without white space and hyphens: a PDF breaks its lines elsewhere."""
    return re.sub(r"[\s\xad-]+", "", text)


@cache
def text_of_pages(pdf):
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages]


def text_of(pdf):
    return "\n".join(text_of_pages(pdf))


def is_accessible(pdf, lang, title):
    """Marked as PDF/UA, with a language and a title that a reader shows."""
    made = pypdf.PdfReader(BytesIO(pdf))
    root = made.trailer["/Root"]
    return (
        bool(root["/MarkInfo"]["/Marked"])
        and root["/Lang"] == lang
        and bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
        and made.metadata.title == title
        and b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    )


def pages_of_words(pdf):
    """For each page its width and height, and each word with left, top, right and bottom."""
    told = poppler(pdf, "pdftotext", "-bbox", "-", "-")
    numbers = r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"'
    for page in told.split("<page ")[1:]:
        width, height = map(float, re.match(r'width="([\d.]+)" height="([\d.]+)"', page).groups())
        words = [
            (html.unescape(w), *map(float, n)) for *n, w in re.findall(rf"<word {numbers}>(.*?)</word>", page)
        ]
        yield width, height, words


def misplaced(pdf, margin):
    """Words that come nearer to an edge of the page than this many points, or lie over another one."""
    for width, height, words in pages_of_words(pdf):
        for word, left, top, right, bottom in words:
            # A full stop hangs in the margin.
            if left < margin or top < margin or right > width - margin + 4 or bottom > height - margin:
                yield word
        for one, other in combinations(words, 2):
            across = min(one[3], other[3]) - max(one[1], other[1])
            down = min(one[4], other[4]) - max(one[2], other[2])
            if across > 1 and down > 2:
                yield one[0], other[0]
