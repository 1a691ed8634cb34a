"""Every figure of every matrix: nothing overlaps, nothing is cut, and the committed set is fresh."""

import pytest

from srm_data.core.dataset import table_frame
from srm_data.core.frames import as_matrix
from srm_data.core.vocabulary import LANGUAGES
from srm_data.files.paths import CHECKOUT
from srm_data.files.write_whole import RECORD, file_sum
from srm_data.views import sentences
from srm_data.views.figures import catalogue
from srm_data.views.figures import draw as figures
from srm_data.views.figures.canvas import SIZES
from srm_data.views.figures.marks import Text
from srm_data.views.palette import THEMES
from tests.views.figures.checks import cells_of, collisions, faults

MATRICES = sorted(table_frame("matrices")["matrix"])
COMMITTED = CHECKOUT / "figures"
RENEW = "renew it with: python3 kit.py figures"


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


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("matrix", ["azure-classic", "azure-ai", "gcp", "ovhcloud"])
def test_a_figure_shows_the_bands_of_its_source_once_it_is_whole(matrix, lang, size):
    bands = [band for band, _ in as_matrix(matrix, lang).bands]
    assert len(bands) == 3

    def drawn(picture):
        said = "".join(text.text for text in picture.texts()).replace(" ", "")
        return [band for band in bands if band.replace(" ", "") in said]

    assert drawn(figures.matrix(matrix, lang, size=size)) == bands
    for step in range(len(as_matrix(matrix, lang).columns)):  # an empty figure asks who keeps what
        assert bands[1] not in drawn(figures.matrix(matrix, lang, size=size, shown=step))


@pytest.mark.parametrize("size", SIZES)
def test_a_lit_column_is_under_the_bands_too(size):
    bands = [band for band, _ in as_matrix("azure-classic", "en").bands]
    said = " ".join(text.text for text in figures.model("azure-classic", "PaaS", "en", size=size).texts())
    empty = figures.model("azure-classic", "PaaS", "en", size=size, shown=0)
    assert all(band in said for band in bands)
    assert not any(band in " ".join(text.text for text in empty.texts()) for band in bands)


def test_a_picture_shows_both_letters_where_another_is_accountable():
    said = [text.text for text in figures.matrix("ovhcloud", lang="nl").texts()]
    assert (said.count("Gedeeld L/K*"), said.count("Gedeeld G/K")) == (3, 1)
    assert "twee letters, zoals L/K" in " ".join(said)
    assert not any("/K" in text.text for text in figures.matrix("azure-2026", lang="nl").texts())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_nor_where_matrices_meet(lang, size):
    wrong = [(name, *fault) for name, picture in drawn_across(lang, size) for fault in faults(picture)]
    assert wrong == []


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
    shown = "".join(text.text for text in picture.texts()).replace(" ", "")  # however the lines break
    heads = [column.label for column in m.columns] if len(m.columns) > 1 else []
    for label in (*(area.label for area in m.areas), *heads, m.title, sentences.foot(m)):
        assert label.replace(" ", "") in shown
    assert picture.heading == sentences.matrix_title(m)
    assert picture.heading.replace(" ", "") in shown
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
    fills = [box.fill for box in cells_of(figures.model("azure-2026", "PaaS", "en"))]
    assert [fill == "#ffffff" for fill in fills] == [True, True, False, True] * 10  # row by row


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
def test_no_committed_picture_is_stale(lang, tmp_path):
    stale = []
    for i, (_, name, draw) in enumerate(job for job in committed() if job[0] == lang):
        picture = draw()
        for kind in ("svg", "png", "pdf") if i % 12 == 0 else ("svg",):
            fresh = picture.write(tmp_path / f"{name}.{kind}").read_bytes()
            if fresh != (COMMITTED / lang / f"{name}.{kind}").read_bytes():
                stale.append(f"{lang}/{name}.{kind}")
    assert stale == [], RENEW
