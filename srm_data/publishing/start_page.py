"""The notebook that JupyterLab opens first: every lesson with its minutes and its question.

``python -m srm_data start-page`` writes it from ``data/lessons.csv``; a test keeps it in step.
"""

from __future__ import annotations

from srm_data.core.dataset import read_table
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.publishing.markdown_notebook import markdown_notebook


def start_notebook() -> str:
    """The start page as the text of a notebook: a welcome in both languages, then for each the lessons."""
    first, second = (texts(lang)["site"] for lang in LANGUAGES)
    welcome = [f"# {first['title']}", f"**{second['title']}**", first["lead"], f"*{second['lead']}*"]
    return markdown_notebook(
        "start", ["\n\n".join(welcome), *(cell for lang in LANGUAGES for cell in _in_one_language(lang))]
    )


def _in_one_language(lang: str) -> tuple[str, str]:
    words = texts(lang)["start"]
    table = [
        f"| | {words['lesson']} | {words['minutes']} | {words['question']} |",
        "|---|---|---|---|",
    ]
    for row in read_table("lessons"):
        number = f" {row['number']}" if row["number"] else ""
        link = f"[{row[f'short_{lang}']}]({lang}/{row['lesson']}.ipynb)"
        table.append(f"|{number} | {link} | {row['minutes']} | {row[f'question_{lang}']} |")
    return "\n\n".join([f"## {texts(lang)['site']['choose']}", "\n".join(table)]), words["how"]
