"""The same SVG in fewer bytes: no wrappers, no clip at the edge of the page, no digits that nobody sees.

It works on what matplotlib writes, which is flat and regular, and leaves a line for each element, so that
a changed colour is a few short lines in git.
"""

from __future__ import annotations

import re
from itertools import groupby

# Each stops at the next one that opens: a text of nothing but openings takes no longer.
_METADATA = re.compile(r"<metadata>(?:(?!<metadata>).)*?</metadata>", re.S)
_CLIP = re.compile(
    r'<defs>\s*<clipPath id="(\w+)">\s*<rect x="0" y="0" width="([\d.]+)" height="([\d.]+)"/>\s*</clipPath>\s*</defs>'
)
_STYLE_SHEET = re.compile(r"<defs>\s*<style[^<]*</style>\s*</defs>")
_TAG = re.compile(r"<[^<>]*>")
_LEVEL = re.compile(r' transform="rotate\(-?0 [^")]*\)"')
_STYLE = re.compile(r' style="([^"]*)"')
_PATH = re.compile(r' d="([^"]*)"')
_STEP = re.compile(r"([MLQCz])([^MLQCz]*)")
_PLACE = re.compile(r' (x|y|textLength)="([-\d.]+)"')
_SIZE = re.compile(r"font-size:([\d.]+)px")
_FAMILY = re.compile(r";font-family:[^;\"]*")
_GROUP = re.compile(r"<g(?: id=\"\w+\")?>|<g[ >][^<>]*>|</g>")
_LINE = re.compile(r'<path d="([^"]*)" style="(fill:none;[^"]*)"/>')
_MARK = re.compile(r'(<use [^<>]*) style="([^"]*)"/>')


def smaller(body: str, view_box: str) -> str:
    """What stands inside an ``<svg>`` of matplotlib, drawn the same; `view_box` is that of the ``<svg>``."""
    body = _STYLE_SHEET.sub("", _METADATA.sub("", body))
    for clip, width, height in _CLIP.findall(body):
        if view_box == f"0 0 {width} {height}":  # the edge of the picture cuts already
            body = body.replace(f' clip-path="url(#{clip})"', "")
    body = _CLIP.sub(lambda found: found[0] if f"url(#{found[1]})" in body else "", body)
    body = _TAG.sub(_short_tag, body)
    shared = "stroke-linejoin:round"  # what matplotlib says of every element in a style sheet
    families = {found for tag in _TAG.findall(body) for found in _FAMILY.findall(tag)}
    if len(families) == 1:
        body = _TAG.sub(lambda tag: _FAMILY.sub("", tag[0]), body)
        shared += families.pop()
    inside, end, _ = _without_wrappers(body).rpartition("</svg>")
    lines = [line for line in (line.strip() for line in inside.split("\n")) if line]
    return "\n".join(["", f'<g style="{shared}">', *_joined(lines), "</g>", f"{end}\n"])


def _short_tag(tag: re.Match[str]) -> str:
    """One tag, said shorter; what stands between tags is somebody's words."""
    said = _STYLE.sub(_short_style, _LEVEL.sub("", tag[0]))
    said = _PLACE.sub(lambda place: f' {place[1]}="{_number(place[2])}"', said)
    return _PATH.sub(lambda path: f' d="{_short_path(path[1])}"', said) if said.startswith("<path") else said


def _number(text: str) -> str:
    """Five digits: a hundredth of a pixel."""
    return f"{float(text) + 0.0:.5g}"


def _short_style(found: re.Match[str]) -> str:
    style = found[1].replace("; ", ";").replace(": ", ":").replace("text-anchor:start;", "")
    return f' style="{_SIZE.sub(lambda size: f"font-size:{_number(size[1])}px", style)}"'


def _short_path(path: str) -> str:
    """The same way, with level and upright lines named by one number."""
    said: list[str] = []
    here: list[str] = []
    for command, numbers in _STEP.findall(path):
        to = [_number(number) for number in numbers.split()]
        if command == "L" and to == here[:2]:
            continue
        if command == "L" and to[1] == here[1]:
            said.append(f"H{to[0]}")
        elif command == "L" and to[0] == here[0]:
            said.append(f"V{to[1]}")
        else:
            said.append(command + " ".join(to).replace(" -", "-"))
        here = to[-2:] or here
    return "".join(said)


def _without_wrappers(body: str) -> str:
    """Groups that only carry a name, which nothing refers to, go."""
    kept: list[bool] = []

    def group(tag: re.Match[str]) -> str:
        if tag[0] == "</g>":
            return tag[0] if kept.pop() else ""
        kept.append(re.fullmatch(r'<g(?: id="\w+")?>', tag[0]) is None)
        return tag[0] if kept[-1] else ""

    return _GROUP.sub(group, re.sub(r">\s+<", ">\n<", body))


def _joined(lines: list[str]) -> list[str]:
    """Lines of one style, one after the other, as one path; marks of one style in one group."""

    def alike(line: str) -> tuple[str, str]:
        if drawn := _LINE.fullmatch(line):
            return "path", drawn[2]
        if mark := _MARK.fullmatch(line):
            return "use", mark[2]
        return "", line

    joined: list[str] = []
    for (kind, style), run in groupby(lines, alike):
        if kind == "path":
            way = "".join(_LINE.sub(r"\1", line) for line in run)
            joined.append(f'<path d="{way}" style="{style}"/>')
        elif kind == "use":
            joined += [f'<g style="{style}">', *(_MARK.sub(r"\1/>", line) for line in run), "</g>"]
        else:
            joined += run
    return joined
