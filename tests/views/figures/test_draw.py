"""Every figure of every matrix: nothing overlaps, nothing is cut, and the committed set is fresh."""

from functools import cache
from itertools import combinations

import pytest
from PIL import ImageFont

from srm_data.files.paths import CHECKOUT, FONTS
from srm_data.views.figures import catalogue
from srm_data.views.figures import draw as figures
from srm_data.views import sentences
from srm_data.views.figures.canvas import SIZES
from srm_data.views.figures.marks import Box, Text
from srm_data.files.write_whole import RECORD, file_sum
from srm_data.core.dataset import table_frame
from srm_data.core.frames import as_matrix
from srm_data.views.palette import THEMES
from srm_data.core.vocabulary import LANGUAGES

MATRICES = sorted(table_frame("matrices")["matrix"])
COMMITTED = CHECKOUT / "figures"
RENEW = "renew it with: python3 kit.py figures"


def drawn(matrix, lang, size):
    """Figures of each kind; of the moves, the longest and one in the middle, there and back.

    In the narrow sizes only those that have the most to place.
    """
    m = as_matrix(matrix, lang)
    columns = [column.id for column in m.columns]
    yield "matrix", figures.matrix(matrix, lang, size=size)
    yield "split", figures.split(matrix, lang, size=size)
    yield "ladder", figures.ladder(matrix, lang, size=size)
    if len(columns) > 1:
        yield "what-if", figures.what_if(matrix, columns[0], columns[-1], lang, size=size)
    if size != "16:9":
        return
    yield "model", figures.model(matrix, columns[-1], lang, "dark", size=size)
    yield "matrix to fill in", figures.matrix(matrix, lang, "print", size=size, shown=0)
    yield "split, first step", figures.split(matrix, lang, size=size, shown=1)
    yield "ladder to fill in", figures.ladder(matrix, lang, size=size, shown=0)
    middle = len(columns) // 2
    for before, after in sorted({(columns[-1], columns[0]), (columns[middle - 1], columns[middle])}):
        if before != after:
            yield f"what-if {before} {after}", figures.what_if(matrix, before, after, lang, size=size)
            yield "its first step", figures.what_if(matrix, before, after, lang, size=size, shown=1)


def drawn_across(lang, size):
    """Figures about more than one matrix; a whole incident in 16:9 is in the committed set, see below."""
    for old, new in (("azure-2016", "azure-classic"), ("azure-classic", "azure-2026"), ("gcp", "azure-2026")):
        for shown in (None, 0, 1) if size == "16:9" else (None,):
            name = f"{old} beside {new}, {shown}"
            yield name, figures.side_by_side(old, new, lang=lang, size=size, shown=shown)
    yield "stack", figures.side_by_side("stack", "azure-2026", "saas", lang, size=size)
    for topic in ("network-controls", "operating-system", "data", "devices"):
        yield f"topic {topic}", figures.topic(topic, lang=lang, size=size)
    some = ["azure-2026", "gcp", "aws-rds", "ibm-iaas", "nist-800-145"]
    yield "topic of five", figures.topic("operating-system", some, lang, size=size, shown=2)
    for incident in table_frame("incidents")["incident"]:
        if size == "16:9":
            yield f"{incident}, empty", figures.incident(incident, lang, "print", size=size, shown=0)
        else:
            yield incident, figures.incident(incident, lang, size=size)


@pytest.mark.parametrize("size", ["16:9", "4:3"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_classic_figure_shows_its_three_bands_once_it_is_whole(lang, size):
    bands = [band for band, _ in as_matrix("azure-classic", lang).bands]
    assert len(bands) == 3

    def drawn(picture):
        return [text.text for text in picture.texts() if text.text in bands]

    for whole in (
        figures.matrix("azure-classic", lang, size=size),
        figures.model("azure-classic", "PaaS", lang, size=size),
    ):
        assert drawn(whole) == bands
        rows = [mark for mark in whole.marks if isinstance(mark, Text)]
        heights = {text.text: text.y for text in rows}
        for band, areas in as_matrix("azure-classic", lang).bands:
            labels = [heights[area.label] for area in areas]
            assert heights[band] < labels[0] < labels[-1]
    for step in range(4):  # what is kept by whom is what an empty figure asks
        assert drawn(figures.matrix("azure-classic", lang, size=size, shown=step)) == []
    assert drawn(figures.model("azure-classic", "PaaS", lang, size=size, shown=0)) == []


def test_a_picture_shows_both_letters_where_another_is_accountable():
    said = [text.text for text in figures.matrix("azure-ai-agent", lang="nl").texts()]
    assert said.count("Gedeeld G/K") + said.count("Gedeeld G/K?") == 5
    assert "twee letters, zoals L/K" in " ".join(said)
    assert not any("/K" in text.text for text in figures.matrix("azure-2026", lang="nl").texts())


@cache
def font(bold):
    """The typeface as FreeType reads it, not as the kit measures it."""
    file = FONTS / f"AtkinsonHyperlegibleNext-{'Bold' if bold else 'Regular'}.ttf"
    return ImageFont.truetype(file, 1000, layout_engine=ImageFont.Layout.BASIC)


@cache
def ink(text, bold):
    """How far the letters of a line reach to the right, up and down, in sizes; at least as far as "lp" do."""
    _, top, right, bottom = font(bold).getbbox(text, anchor="ls")
    _, least, _, most = font(bold).getbbox("lp", anchor="ls")
    return right / 1000, -min(top, least) / 1000, max(bottom, most) / 1000


def extent(text):
    """Left, upper, right and lower side of a text, in slide pixels."""
    wide, up, down = (text.size * part for part in ink(text.text, text.bold))
    if text.turned:
        return text.x - up, text.y - wide, text.x + down, text.y
    left = text.x - wide * {"left": 0, "center": 0.5, "right": 1}[text.align]
    return left, text.y - up, left + wide, text.y + down


def cells_of(picture):
    """The cells of a figure, filled in or not."""
    return [mark for mark in picture.marks if isinstance(mark, Box) and mark.corner]


def boxes(picture):
    """Extent of every text and of every cell, in slide pixels."""
    texts = [(text.text, extent(text)) for text in picture.texts() if text.text.strip()]
    return texts, [(box.x, box.y, box.x + box.width, box.y + box.height) for box in cells_of(picture)]


def collisions(picture):
    """Every text that is cut, off the slide, over the side of its cell, or upon something else."""
    texts, cells = boxes(picture)
    for text, (x0, y0, x1, y1) in texts:
        if x0 < 0 or x1 > picture.width or y0 < 0 or y1 > picture.height:
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
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("matrix", MATRICES)
def test_no_text_overlaps_is_cut_or_leaves_its_place(matrix, lang, size):
    faults = [(name, *fault) for name, picture in drawn(matrix, lang, size) for fault in collisions(picture)]
    assert faults == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_nor_where_matrices_meet(lang, size):
    faults = [(name, *fault) for name, picture in drawn_across(lang, size) for fault in collisions(picture)]
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
    picture.marks.append(Text(x, y, text, 27, "#000000"))
    assert fault in [found[0] for found in collisions(picture)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("matrix", MATRICES)
def test_a_figure_shows_every_area_column_title_and_source(matrix, lang):
    m = as_matrix(matrix, lang)
    picture = figures.matrix(matrix, lang)
    shown = " ".join(text.text for text in picture.texts())
    for label in (
        *(area.label for area in m.areas),
        *(column.label for column in m.columns),
        m.title,
        sentences.foot(m),
    ):
        assert label in shown
    assert picture.heading == sentences.matrix_title(m)
    assert picture.heading in shown
    assert picture.alt == sentences.matrix(matrix, lang)


def test_every_figure_states_its_own_point():
    headings = {
        figures.matrix("azure-2026").heading,
        figures.split("azure-2026").heading,
        figures.model("azure-2026", "PaaS").heading,
        figures.what_if("azure-2026", "IaaS", "PaaS").heading,
    }
    assert len(headings) == 4


def test_a_lit_column_keeps_its_fill_and_the_others_lose_theirs():
    fills = [box.fill for box in cells_of(figures.model("azure-2026", "PaaS", "en")) if box.fill != "none"]
    # Three in the key, then ten cells a column, column by column.
    assert [fill == "#ffffff" for fill in fills[3:]] == [True] * 20 + [False] * 10 + [True] * 10


def test_the_split_counts_each_column():
    shown = [text.text for text in figures.split("azure-2026", "en").texts()]
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
    shown = [text.text for text in figures.what_if("azure-2026", "IaaS", "PaaS", "en").texts()]
    for label in ("Stop doing · 1", "Now shared · 2", "Still do · 4", "Still theirs · 3", "Operating system"):
        assert label in shown
    assert "Physical hosts, Physical network, Physical datacenter" in shown


def test_doubt_is_marked_and_explained():
    shown = " ".join(text.text for text in figures.matrix("gcp", "en").texts())
    assert "sources disagree" in shown
    assert "?" in shown.replace("? sources disagree", "")


@pytest.mark.parametrize("theme", THEMES)
def test_the_theme_colours_the_ground(theme):
    assert figures.split("stack", theme=theme).ground == THEMES[theme].ground


# The committed set


def committed():
    return [(lang, job.name, job.draw) for lang in LANGUAGES for job in catalogue.default_set(lang)]


def test_the_set_holds_every_kind_a_blank_of_it_and_every_incident():
    jobs = list(catalogue.default_set("en"))
    names = [job.name for job in jobs]
    assert len(names) == len(set(names))
    assert {job.kind for job in jobs} == set(catalogue.KINDS)
    assert "azure-2026-what-if-iaas-to-paas" in names
    assert "azure-2026-what-if-iaas-to-paas-blank" in names
    assert "azure-2026-topic-network-controls" in names
    incidents = {name.partition("-incident-")[2] for name in names if "-incident-" in name}
    assert incidents == set(table_frame("incidents")["incident"])


def test_no_figure_is_missing_or_left_over():
    kinds = ("svg", "png", "pdf", "txt")
    expected = {f"{lang}/{name}.{kind}" for lang, name, _ in committed() for kind in kinds}
    there = {
        path.relative_to(COMMITTED).as_posix()
        for lang in LANGUAGES
        for path in (COMMITTED / lang).rglob("*")
        if path.is_file() and path.name != RECORD
    }
    assert there == expected, RENEW


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_kit_knows_its_own_pictures(lang):
    """Else `kit.py figures` would take them for somebody's work and write new ones beside them."""
    told = (COMMITTED / lang / RECORD).read_text("utf-8").splitlines()
    there = sorted(path.name for path in (COMMITTED / lang).glob("[!.]*"))
    assert told == [f"{file_sum(COMMITTED / lang / name)}  {name}" for name in there], RENEW


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_committed_picture_is_stale_or_has_words_upon_words(lang, tmp_path):
    stale, faults = [], []
    for i, (_, name, draw) in enumerate(job for job in committed() if job[0] == lang):
        picture = draw()
        faults += [(name, *fault) for fault in collisions(picture)]
        for kind in ("svg", "png", "pdf") if i % 12 == 0 else ("svg",):
            fresh = picture.write(tmp_path / f"{name}.{kind}").read_bytes()
            if fresh != (COMMITTED / lang / f"{name}.{kind}").read_bytes():
                stale.append(f"{lang}/{name}.{kind}")
    assert stale == [], RENEW
    assert faults == []
