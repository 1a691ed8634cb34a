"""What most notebooks do, and the ruler for ours: the same matrix, drawn anew at every click.

This file is not imported; its text is the code cell of the plain notebook. It is meant to be what a
teacher would write after a tutorial: pandas, pyplot, `interact`, no trick to be fast or slow.
"""

import matplotlib.pyplot as plt
import pandas as pd
from ipywidgets import RadioButtons, interact

table = pd.read_csv("matrix.csv", index_col="area")
fill = {"customer": "#17386f", "shared": "#c96f1a", "provider": "#dff2ee"}
ink = {"customer": "white", "shared": "black", "provider": "black"}


@interact(model=RadioButtons(options=list(table.columns)))
def draw(model):
    fig, ax = plt.subplots(figsize=(10, 5))  # noqa: RUF059 - as everybody writes it
    for x, column in enumerate(table.columns):
        seen = 1 if column == model else 0.3
        for y, party in enumerate(table[column]):
            ax.add_patch(plt.Rectangle((x, y), 1, 1, facecolor=fill[party], edgecolor="white", alpha=seen))
            ax.text(x + 0.5, y + 0.5, party, color=ink[party], alpha=seen, ha="center", va="center")
    ax.set_xlim(0, len(table.columns))
    ax.set_ylim(len(table), 0)
    ax.set_xticks([x + 0.5 for x in range(len(table.columns))], table.columns)
    ax.set_yticks([y + 0.5 for y in range(len(table))], table.index)
    ax.set_title(f"Who answers for what: {model}")
    plt.show()
