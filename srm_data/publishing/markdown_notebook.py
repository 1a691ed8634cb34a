"""A notebook of prose alone, as JupyterLab would save it: opening it and saving it changes nothing."""

import json
from collections.abc import Iterable
from typing import Any


def markdown_notebook(name: str, cells: Iterable[str]) -> str:
    """The text of a notebook.

    Args:
        name: how the ids of its cells begin, such as "term" for term-0, term-1 ...
        cells: the Markdown of each cell.
    """
    notebook: dict[str, Any] = {
        "cells": [
            {
                "cell_type": "markdown",
                "id": f"{name}-{i}",
                "metadata": {},
                "source": text.splitlines(keepends=True),
            }
            for i, text in enumerate(cells)
        ],
        "metadata": {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {
                "codemirror_mode": {"name": "ipython", "version": 3},
                "file_extension": ".py",
                "mimetype": "text/x-python",
                "name": "python",
                "nbconvert_exporter": "python",
                "pygments_lexer": "ipython3",
            },
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
