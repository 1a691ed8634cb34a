"""The duties of a workload as files to hand to a team: a table, a page, and its pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from srm_data.core.language import kept_lines, resolve_language, texts
from srm_data.files.inert_csv import as_csv
from srm_data.files.markdown_text import plain
from srm_data.files.write_whole import write_own
from srm_data.views.sentences import foot
from srm_data.workloads import compare_plans, figures, sentences

if TYPE_CHECKING:
    import os

    import pandas as pd

    from srm_data.workloads.workload import Workload


def write_duties(
    workload: Workload,
    folder: str | os.PathLike[str],
    before: Workload | None = None,
    lang: str | None = None,
) -> list[Path]:
    """Write what the customer has to do, as CSV, Markdown and figures.

    Args:
        workload: the plan that the team is going to work with.
        folder: where the files go. A file of an earlier call is replaced, unless somebody changed it:
            then it stays, the new one gets a number, and a line that is printed says so.
        before: the plan they work with now; with it each duty says what changed, and a figure shows
            the difference.
        lang: "en" or "nl"; the language in use when left out.

    Returns:
        The files: ``duties.csv`` (UTF-8 with BOM, as spreadsheets want it), ``duties.md``, and
        ``workload`` and ``difference`` as PNG and SVG. Beside each PNG stands a text with its words.

    Raises:
        OSError: when the folder cannot be written to; no file is half written.
    """
    lang = resolve_language(lang)
    target = Path(folder)
    frame = compare_plans.duty_list(workload, before, lang)
    pictures = {"workload": figures.whole(workload, lang)}
    if before is not None:
        pictures["difference"] = figures.difference(before, workload, lang)
    asked = {target / f"{name}.{ending}": name for name in pictures for ending in ("png", "svg")}
    drawn = [pictures[name].write_own(file) for file, name in asked.items()]
    shown = zip(drawn, asked.values(), strict=True)
    alts = {file.name: pictures[name].alt for file, name in shown if file.suffix == ".png"}
    page = _markdown(frame, workload, before, alts, lang)
    wanted = [target / "duties.csv", target / "duties.md"]
    contents = [_csv(frame, lang), page.encode(errors="replace")]
    made = [write_own(file, content) for file, content in zip(wanted, contents, strict=True)] + drawn
    for line in kept_lines([*wanted, *asked], made, lang):
        print(line)
    return made


def _headings(frame: pd.DataFrame, lang: str) -> list[str]:
    words = texts(lang)
    said = words["workload"]
    known = {
        "component": said["component"],
        "service": said["service"],
        "model": words["label"]["model"],
        "area": words["label"]["area"],
        "party": said["party"],
        "you": said["you"],
        "provider": said["provider_part"],
        "change": words["label"]["change"],
    }
    return [*(known[name] for name in frame.columns), said["who"]]


def _csv(frame: pd.DataFrame, lang: str) -> bytes:
    """The list with an empty last column for who is going to do it."""
    rows = [_headings(frame, lang), *([*row, ""] for row in frame.to_numpy())]
    return as_csv(rows, end="\r\n").encode("utf-8-sig", errors="replace")


def _markdown(
    frame: pd.DataFrame, workload: Workload, before: Workload | None, alts: dict[str, str], lang: str
) -> str:
    words = texts(lang)
    said = words["workload"]
    m = compare_plans.whole(workload, lang).m
    name = sentences.upper(workload.name or said["plan_a"])
    title = said["duties_title"].format(name=name, n=sentences.duties(len(frame), lang))
    lines = [f"# {plain(title)}", "", plain(sentences.whole(workload, lang)), ""]
    if before is not None:
        lines += [plain(sentences.difference(before, workload, lang)), ""]
    for file, alt in alts.items():
        lines += [f"![{plain(alt)}]({file})", ""]
    lines += [plain(said["duties_intro"]), ""]
    shown = [name for name in frame.columns if name not in ("component", "service", "model")]
    headings = dict(zip([*frame.columns, "who"], _headings(frame, lang), strict=True))
    for component in workload.components:
        mine = frame[frame["component"] == component.name]
        if mine.empty:
            continue
        where = " · ".join(part for part in (component.service, mine["model"].iloc[0]) if part)
        lines += [f"## {plain(component.name)}", "", plain(where), ""]
        lines.append("| " + " | ".join(headings[name] for name in [*shown, "who"]) + " |")
        lines.append("|" + " --- |" * (len(shown) + 1))
        for row in mine[shown].to_numpy():
            lines.append("| " + " | ".join(plain(str(value)) for value in row) + " |  |")
        lines.append("")
    return "\n".join([*lines, plain(foot(m)), ""])
