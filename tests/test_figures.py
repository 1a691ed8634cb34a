"""Every figure of every matrix: nothing overlaps, nothing is cut, and the committed set is fresh."""

from itertools import combinations
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Annotation

from srm_data import __main__ as command
from srm_data import figures, words
from srm_data.loaders import as_matrix, read_table
from srm_data.palette import THEMES
from srm_data.vocabulary import LANGUAGES

MATRICES = sorted(read_table("matrices")["matrix"])
COMMITTED = Path(__file__).parent.parent / "figures"
RENEW = "renew it with: python3 kit.py figures"


def drawn(matrix, lang):
    """One figure of each kind; of the moves, the longest and one in the middle, there and back."""
    m = as_matrix(matrix, lang)
    columns = [column.id for column in m.columns]
    yield "matrix", figures.matrix(matrix, lang)
    yield "split", figures.split(matrix, lang)
    yield "model", figures.model(matrix, columns[-1], lang, theme="dark")
    middle = len(columns) // 2
    pairs = {(columns[0], columns[-1]), (columns[-1], columns[0]), (columns[middle - 1], columns[middle])}
    for before, after in sorted(pairs) if len(columns) > 1 else ():
        yield f"what-if {before} {after}", figures.what_if(matrix, before, after, lang)


def boxes(picture):
    """Extent of every text and of every cell, in slide pixels (1600 × 900)."""
    renderer = FigureCanvasAgg(picture).get_renderer()
    scale = 1600 / picture.bbox.width

    def extent(artist):
        box = artist.get_window_extent(renderer)
        return box.x0 * scale, 900 - box.y1 * scale, box.x1 * scale, 900 - box.y0 * scale

    (axes,) = picture.axes
    texts = [t for t in axes.texts if t.get_text().strip() and not isinstance(t, Annotation)]
    cells = [patch for patch in axes.patches if isinstance(patch, FancyBboxPatch)]
    return [(t.get_text(), extent(t)) for t in texts], [extent(cell) for cell in cells]


def collisions(picture):
    """Every text that is cut, off the slide, over the side of its cell, or upon something else."""
    texts, cells = boxes(picture)
    for text, (x0, y0, x1, y1) in texts:
        if x0 < 0 or x1 > 1600 or y0 < 0 or y1 > 900:
            yield "off the slide", text
        if text.endswith("…"):
            yield "cut", text
        middle = (x0 + x1) / 2, (y0 + y1) / 2
        for left, top, right, bottom in cells:
            inside = left <= middle[0] <= right and top <= middle[1] <= bottom
            if inside and (x0 < left or x1 > right or y0 < top - 1 or y1 > bottom + 1):
                yield "leaves its cell", text
            if not inside and x0 < right - 1 and x1 > left + 1 and y0 < bottom - 1 and y1 > top + 1:
                yield "runs into a cell", text
    for (one, a), (other, b) in combinations(texts, 2):
        # Extents hold the leading too: letters meet only where boxes do by more than that.
        if a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 3 and b[1] < a[3] - 3:
            yield "overlap", one, other


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("matrix", MATRICES)
def test_no_text_overlaps_is_cut_or_leaves_its_place(matrix, lang):
    faults = [(name, *fault) for name, picture in drawn(matrix, lang) for fault in collisions(picture)]
    assert faults == []


@pytest.mark.parametrize(
    ("x", "y", "text", "fault"),
    [
        (1550, 450, "Operating system", "off the slide"),
        (60, 240, "Operating system", "overlap"),
        (300, 240, "Operating system", "runs into a cell"),
        (700, 240, "Operating system", "leaves its cell"),
        (60, 30, "Operating sy…", "cut"),
    ],
)
def test_a_collision_would_be_seen(x, y, text, fault):
    picture = figures.matrix("azure-2026", "en")
    assert [*collisions(picture)] == []
    picture.axes[0].text(x, y, text, fontsize=16)
    assert fault in [found[0] for found in collisions(picture)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("matrix", MATRICES)
def test_a_figure_shows_every_area_column_title_and_source(matrix, lang):
    m = as_matrix(matrix, lang)
    picture = figures.matrix(matrix, lang)
    shown = " ".join(text.get_text() for text in picture.axes[0].texts)
    for label in (
        *(area.label for area in m.areas),
        *(column.label for column in m.columns),
        m.title,
        words.foot(m),
    ):
        assert label in shown
    assert picture.heading == words.matrix_title(m)
    assert picture.heading in shown
    assert picture.alt == words.matrix(matrix, lang)


def test_every_figure_states_its_own_point():
    headings = {
        figures.matrix("azure-2026").heading,
        figures.split("azure-2026").heading,
        figures.model("azure-2026", "PaaS").heading,
        figures.what_if("azure-2026", "IaaS", "PaaS").heading,
    }
    assert len(headings) == 4


def test_a_lit_column_keeps_its_fill_and_the_others_lose_theirs():
    (axes,) = figures.model("azure-2026", "PaaS", "en").axes
    fills = [patch.get_facecolor() for patch in axes.patches if isinstance(patch, FancyBboxPatch)]
    white = (1, 1, 1, 1)
    # Ten cells a column, column by column, then three in the key.
    assert [fill == white for fill in fills[:40]] == [True] * 20 + [False] * 10 + [True] * 10


def test_the_split_counts_each_column():
    shown = [text.get_text() for text in figures.split("azure-2026", "en").axes[0].texts]
    for label in (
        "10 Customer",
        "7 Customer",
        "3 Provider",
        "4 Customer",
        "2 Shared",
        "3 Customer",
        "5 Provider",
    ):
        assert label in shown


def test_a_move_shows_what_moved_and_names_what_stayed():
    shown = [text.get_text() for text in figures.what_if("azure-2026", "IaaS", "PaaS", "en").axes[0].texts]
    for label in ("1 Stop doing", "2 Now shared", "4 Still do", "3 Still theirs", "Operating system"):
        assert label in shown
    assert "Physical hosts, Physical network, Physical datacenter" in shown


def test_doubt_is_marked_and_explained():
    shown = " ".join(text.get_text() for text in figures.matrix("gcp", "en").axes[0].texts)
    assert "sources disagree" in shown
    assert "?" in shown.replace("? sources disagree", "")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_colours_the_ground(theme):
    assert to_hex(figures.split("stack", theme=theme).get_facecolor()) == THEMES[theme].ground


# The committed set


def committed():
    return [
        (lang, name, draw)
        for matrix in command.DEFAULT_MATRICES
        for lang in LANGUAGES
        for name, draw in command.figure_set(matrix, lang)
    ]


def test_the_set_holds_every_figure_of_both_matrices():
    names = [name for lang, name, _ in committed() if lang == "en"]
    assert len(names) == len(set(names)) == 24  # per matrix: whole, split, four columns, six moves
    assert "azure-2026-what-if-iaas-to-paas" in names
    assert "azure-classic-model-saas" in names


def test_no_figure_is_missing_or_left_over():
    expected = {f"{lang}/{name}.{kind}" for lang, name, _ in committed() for kind in ("svg", "png", "pdf")}
    there = {
        path.relative_to(COMMITTED).as_posix()
        for lang in LANGUAGES
        for path in (COMMITTED / lang).rglob("*")
        if path.is_file()
    }
    assert there == expected, RENEW


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_committed_picture_is_stale(lang, tmp_path):
    stale = []
    for i, (_, name, draw) in enumerate(job for job in committed() if job[0] == lang):
        picture = draw()
        for kind in ("svg", "png", "pdf") if i % 12 == 0 else ("svg",):
            fresh = picture.write(tmp_path / f"{name}.{kind}").read_bytes()
            if fresh != (COMMITTED / lang / f"{name}.{kind}").read_bytes():
                stale.append(f"{lang}/{name}.{kind}")
    assert stale == [], RENEW
