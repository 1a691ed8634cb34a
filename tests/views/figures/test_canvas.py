"""The slide: type that fits, fonts of our own, and figures that say in every format what they show."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image
from pypdf import PdfReader

import srm_data as srm
from srm_data.core.vocabulary import LANGUAGES
from srm_data.files import paths, write_whole
from srm_data.views.figures import canvas as canvas
from srm_data.views.figures import draw, text_fit
from srm_data.views.figures.catalogue import default_set
from srm_data.views.figures.text_fit import fit, measure
from srm_data.views.matrix_content import named_party
from srm_data.views.palette import THEMES, luminance

SVG = "{http://www.w3.org/2000/svg}"
LABELS = ["Identity and directory infrastructure", "IaaS", "→ Ünïcode ←", "a" * 60]


def texts_of(svg):
    return ["".join(element.itertext()) for element in ET.fromstring(svg).iter(f"{SVG}text")]


# Measuring


@pytest.mark.parametrize("bold", [False, True])
def test_a_measured_width_is_the_drawn_width(bold):
    drawn_on = canvas.Canvas("", "", "light")
    drawn_on.text(0, 100, LABELS[0], 40, width=1600, bold=bold)
    figure = drawn_on.finish().figure()
    (text,) = figure.axes[0].texts
    drawn = text.get_window_extent(FigureCanvasAgg(figure).get_renderer()).width
    # The figure is 1600 slide pixels wide.
    assert drawn / figure.bbox.width * 1600 == pytest.approx(measure(LABELS[0], 40, bold=bold), rel=0.02)


@pytest.mark.parametrize(("cut", "file"), [("normal", "Regular"), ("bold", "Bold")])
def test_the_widths_are_those_of_the_typeface(cut, file):
    """Renew `fonts/widths.json` from the typeface's own tables when that changes."""
    font = TTFont(paths.FONTS / f"AtkinsonHyperlegibleNext-{file}.ttf")
    assert font["head"].unitsPerEm == 1000
    told = json.loads((paths.FONTS / "widths.json").read_text("utf-8"))[cut]
    assert told == {chr(sign): font["hmtx"][glyph][0] for sign, glyph in font.getBestCmap().items()}


@pytest.mark.parametrize("text", LABELS)
@pytest.mark.parametrize("width", [60, 150, 400])
@pytest.mark.parametrize("lines", [1, 2])
def test_fitted_text_stays_in_its_room(text, width, lines):
    shown, size = fit(text, 30, width, lines, height=60)
    assert len(shown) <= lines
    assert 24 <= size <= 30
    assert max(measure(line, size) for line in shown) <= width


def test_text_that_fits_keeps_its_size_and_its_words():
    assert fit("Operating system", 30, 400) == (["Operating system"], 30)
    shown, size = fit("Identity and directory infrastructure", 30, 300, 2, height=80)
    assert " ".join(shown) == "Identity and directory infrastructure"
    assert size == 30


def test_a_number_stays_on_the_line_of_what_it_counts():
    width = max(measure("areas: 12", 30), measure("12 layers", 30)) + 1
    assert fit("areas: 12 layers", 30, width, 2) == (["areas:", "12 layers"], 30)


def test_text_that_cannot_fit_ends_in_an_ellipsis():
    ((line,), size) = fit("Identity and directory infrastructure", 30, 120)
    assert line.endswith("…")
    assert size == text_fit.LEAST


@pytest.mark.parametrize("size", [50, 30, 24, 18])
def test_type_shrinks_to_14_points_and_what_is_smaller_stays(size):
    _, fitted = fit("Identity and directory infrastructure", size, 60)
    assert fitted == min(size, max(size * 0.6, 24))


def test_a_paragraph_keeps_its_size_and_tells_where_it_ends():
    story = "Attackers read mail of organisations. They need no password and no second factor."
    drawn_on = canvas.Canvas("", "")
    end = drawn_on.paragraph(100, 200, story, 40, 500)
    lines = drawn_on.finish().texts()
    assert " ".join(line.text for line in lines) == story
    assert {line.size for line in lines} == {40}
    assert all(measure(line.text, 40) <= 500 for line in lines)
    assert end == pytest.approx(200 + len(lines) * 40 * text_fit.LEADING)
    assert 200 < lines[0].y < lines[-1].y < end


@pytest.mark.parametrize("claim", [True, False])
def test_a_bracket_under_columns_is_the_claim_or_quiet(claim):
    drawn_on = canvas.Canvas("", "")
    drawn_on.bracket_under(100, 500, 300, claim=claim)
    (bracket,) = drawn_on.finish().marks
    xs, ys = zip(*(point for line in bracket.ends for point in line), strict=True)
    assert (min(xs), max(xs), max(ys)) == (100, 400, 500)
    assert min(ys) < 500
    assert bracket.claim is claim
    assert bracket.colour == (THEMES["light"].accent if claim else THEMES["light"].quiet)


def test_a_high_cell_makes_its_letter_smaller_before_it_drops_its_word():
    provider = named_party("provider", "nl")
    drawn_on = canvas.Canvas("", "", lang="nl")
    word = drawn_on.word_size([provider], 199, 100)
    drawn_on.cell(0, 0, 199, 100, provider, word=word)
    letter, said = drawn_on.finish().texts()
    assert (letter.text, said.text) == ("L", "Leverancier")
    assert said.size >= text_fit.LEAST
    assert said.size < letter.size < 32
    assert said.x + measure(said.text, said.size) <= 199


def test_the_fonts_are_those_of_the_kit():
    canvas.Canvas("", "", "light").finish().figure()
    for weight, name in (("normal", "Regular"), ("bold", "Bold")):
        found = font_manager.findfont(font_manager.FontProperties(family=text_fit.FAMILY, weight=weight))
        assert Path(found) == paths.FIGURE_FONTS / f"AtkinsonHyperlegibleNext-{name}.ttf"


# Formats


@pytest.fixture(scope="module")
def picture():
    return draw.matrix("azure-2026", lang="en")


def test_svg_has_a_role_a_title_and_a_description(picture):
    root = ET.fromstring(picture.svg())
    assert root.attrib["role"] == "img"
    assert root.attrib["viewBox"] == "0 0 1600 900"
    title, description = root[0], root[1]
    assert (title.tag, title.text) == (f"{SVG}title", "3 of 10 areas stay with the customer in every column")
    assert (description.tag, description.text) == (f"{SVG}desc", srm.words.matrix("azure-2026", "en"))
    assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {description.attrib['id']}"


def test_svg_keeps_text_as_text(picture):
    texts = texts_of(picture.svg())
    for label in ("Operating system", "IaaS", "Customer", "Shared", "Provider", "C", "S", "P"):
        assert label in texts
    assert texts.count("Customer") == 24
    assert texts.count("Shared") + texts.count("Shared*") + texts.count("Shared?") == 4


def test_no_two_figures_of_a_page_share_an_id():
    seen = {}
    for lang in LANGUAGES[:1]:  # a page has one language
        for job in default_set(lang):
            drawn = job.draw()
            key = re.search('<title id="t([0-9a-f]{8})"', drawn.svg())[1]
            assert key not in seen, (seen[key], job.name, lang)
            seen[key] = job.name, lang
    assert len(seen) > 40
    ids = [
        [element.attrib["id"] for element in ET.fromstring(drawn.svg()).iter() if "id" in element.attrib]
        for drawn in (
            draw.matrix("azure-2026"),
            draw.matrix("azure-2026", theme="dark"),
            draw.model("azure-2026", "IaaS"),
            draw.model("azure-2026", "PaaS"),
            draw.what_if("azure-2026", "IaaS", "PaaS"),
        )
    ]
    assert sum(map(len, ids)) == len(set().union(*ids))


def test_no_letter_is_squeezed(picture):
    """What holds the width changes the gaps between letters, as an SVG does if it does not say otherwise."""
    held = [one for one in ET.fromstring(picture.svg()).iter(f"{SVG}text") if "textLength" in one.attrib]
    assert {one.get("lengthAdjust", "spacing") for one in held} == {"spacing"}


def test_svg_text_keeps_its_width_in_any_typeface(picture):
    held = {
        "".join(element.itertext()): float(element.attrib["textLength"])
        for element in ET.fromstring(picture.svg()).iter(f"{SVG}text")
        if "textLength" in element.attrib
    }
    drawn = {text.text: text for text in picture.texts()}
    for word in ("Operating system", "IaaS"):
        text = drawn[word]
        assert held[word] == pytest.approx(measure(word, text.size, bold=text.bold), abs=0.01)


def test_svg_fetches_nothing(picture):
    for element in ET.fromstring(picture.svg()).iter():
        for name, value in element.attrib.items():
            assert not name.endswith("href") or value.startswith("#")


def test_a_notebook_shows_the_svg_and_lets_it_follow_the_theme(picture):
    shown = picture._repr_html_()
    assert '[data-jp-theme-light="false"] .srm-figure{' in shown
    assert "fill:var(--17386f,#17386f)" in shown
    assert "<svg " in shown
    dark = draw.matrix("azure-2026", theme="dark")
    assert dark._repr_html_() == dark.svg(typeface=True)


def test_png_is_full_hd_and_says_what_it_shows(picture, tmp_path):
    with Image.open(picture.write(tmp_path / "matrix.png")) as image:
        image.load()
        assert image.size == (1920, 1080)
        assert image.text["Title"] == picture.heading
        assert image.text["Description"] == picture.alt
        assert "Software" not in image.text


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_pdf_holds_its_words_and_fonts(lang, tmp_path):
    drawn = draw.what_if("azure-2026", "IaaS", "PaaS", lang=lang)
    (page,) = (reader := PdfReader(drawn.write(tmp_path / "move.pdf"))).pages
    shown = page.extract_text()
    for word in {
        "en": ("Operating system", "Stop doing", "Now shared", "Network controls"),
        "nl": ("Besturingssysteem", "Niet meer doen", "Nu gedeeld", "Klant"),
    }[lang]:
        assert word in shown
    assert reader.metadata.title == drawn.heading
    assert reader.metadata.subject == drawn.alt
    assert reader.metadata.creation_date is None
    assert page.mediabox.width / page.mediabox.height == pytest.approx(16 / 9)
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[-1] for font in page["/Resources"]["/Font"].values()
    }
    assert {"/AtkinsonHyperlegibleNext-Regular", "/AtkinsonHyperlegibleNext-Bold"} <= {
        font if font.startswith("/") else f"/{font}" for font in fonts
    }


def test_a_pdf_is_tagged_and_carries_its_table(tmp_path):
    drawn = draw.model("azure-2026", "PaaS", lang="nl")
    file = drawn.write(tmp_path / "model.pdf")
    reader = PdfReader(file)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    document = root["/StructTreeRoot"]["/K"][0].get_object()
    (figure,) = (child.get_object() for child in document["/K"])
    assert (document["/S"], figure["/S"]) == ("/Document", "/Figure")
    assert figure["/Alt"] == drawn.alt
    assert figure["/T"] == drawn.heading
    # The content of the page hangs in that tag, from the first sign to the last.
    content = reader.pages[0].get_contents().get_data().strip()
    assert content.startswith(b"/Figure <</MCID 0>> BDC")
    assert content.endswith(b"EMC")
    assert reader.attachments["table.csv"] == [drawn.table().encode()]


@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="poppler-utils is not installed")
def test_another_program_reads_tags_and_table_of_the_pdf(tmp_path):
    file = draw.topic("network-controls", lang="en").write(tmp_path / "topic.pdf")

    def poppler(*words):
        done = subprocess.run([*words], capture_output=True, text=True, check=True, cwd=tmp_path)
        return done.stdout + done.stderr

    told = poppler("pdfinfo", "-struct-text", file.name)
    assert told.splitlines()[0] == "Document"
    assert "Figure" in told.splitlines()[1]
    assert "Warning" not in told
    assert "Error" not in told
    assert "Tagged:          yes" in poppler("pdfinfo", file.name)
    assert "Network security" in poppler("pdftotext", file.name, "-")
    fonts = poppler("pdffonts", file.name).splitlines()[2:]
    assert fonts
    assert all("yes" in line for line in fonts)  # embedded
    poppler("pdfdetach", "-saveall", file.name)
    assert "Google Cloud, 2023,Network security" in (tmp_path / "table.csv").read_text().replace('"', "")


def test_the_words_of_a_png_lie_beside_it(picture, tmp_path):
    picture.write(tmp_path / "matrix.png")
    assert {path.name for path in tmp_path.iterdir()} == {"matrix.png", "matrix.txt"}
    told = (tmp_path / "matrix.txt").read_text("utf-8")
    assert told == picture.description()
    assert "Operating system | customer | customer | provider | provider" in told
    assert "Microsoft Azure, May 2026 (table of January 2026)" in told


def test_the_description_of_an_svg_file_holds_the_table(picture, tmp_path):
    root = ET.fromstring(picture.write(tmp_path / "matrix.svg").read_text("utf-8"))
    assert root[1].text.startswith(picture.alt)
    assert "Operating system | customer | customer | provider | provider" in root[1].text
    assert root.attrib["lang"] == "en"


@pytest.mark.parametrize(("theme", "light"), [("light", True), ("dark", False)])
def test_pixels_have_the_colours_of_the_theme(theme, light):
    ground, customer, provider = (
        THEMES[theme].ground,
        THEMES[theme].ink["customer"].fill,
        THEMES[theme].ink["provider"].fill,
    )
    assert (luminance(ground) > 0.9) == light
    raw = io.BytesIO()
    draw.matrix("azure-2026", theme=theme).figure().savefig(raw, format="png", dpi=144)
    with Image.open(raw) as image:
        pixels = image.convert("RGB")

        def colour(x, y):  # in slide pixels, 1600 wide
            return "#{:02x}{:02x}{:02x}".format(*pixels.getpixel((round(x * 1.2), round(y * 1.2))))

        assert colour(10, 10) == ground
        # The right ends of the top left and the bottom right cell.
        assert colour(620, 210) == customer
        assert colour(1275, 830) == provider


def test_the_file_appears_whole_or_not_at_all(picture, tmp_path, monkeypatch):
    class Full:
        def __init__(self, **where):
            self.name = str(where["dir"] / ".part")
            Path(self.name).touch()

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def write(self, content):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(write_whole.tempfile, "NamedTemporaryFile", Full)
    with pytest.raises(OSError, match="No space left"):
        picture.write(tmp_path / "matrix.svg")
    assert [*tmp_path.iterdir()] == []


def test_an_unknown_format_lists_those_there_are(picture, tmp_path):
    with pytest.raises(srm.UnknownNameError, match=r"There is no format 'jpg'.*Choose from: svg, png, pdf\."):
        picture.write(tmp_path / "matrix.jpg")
    assert [*tmp_path.iterdir()] == []


BYTES = """
import hashlib, pathlib, sys
from srm_data import figures
folder = pathlib.Path(sys.argv[1])
for kind in ("svg", "png", "pdf"):
    for draw in (figures.matrix, figures.split):
        file = draw("azure-2026", lang="nl").write(folder / f"x.{kind}")
        print(hashlib.sha256(file.read_bytes()).hexdigest())
    file = figures.what_if("azure-ai", "iaas", "saas").write(folder / f"x.{kind}")
    print(hashlib.sha256(file.read_bytes()).hexdigest())
"""


def test_two_processes_write_the_same_bytes(tmp_path):
    runs = [
        subprocess.run(
            [sys.executable, "-c", BYTES, str(tmp_path)],
            env={**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]
    assert len(set(runs[0])) == 9
    assert runs[0] == runs[1]


# Text stays text


@pytest.mark.parametrize(
    "label",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{7*7}}",
        "$x$ and $\\frac{1}{2}$",
        "]]> --> &amp;",
        "two\nlines",
        "数据 🎉",
    ],
)
def test_a_label_stays_text_in_every_picture(label):
    frame = pd.DataFrame({label: ["C", "S"], "SaaS": ["P", None]}, index=[f"{label} 1", "Building"])
    seen = " ".join(label.split())
    harmless = draw.matrix(pd.DataFrame({"a": ["C", "S"], "SaaS": ["P", None]}, index=["b", "c"])).svg()
    for drawn in (draw.matrix(frame), draw.model(frame, label), draw.what_if(frame, label, "SaaS")):
        svg = drawn.svg()
        assert seen in " ".join(texts_of(svg))  # a long one is wrapped
        tags = {element.tag.removeprefix(SVG) for element in ET.fromstring(svg).iter()}
        assert tags == {element.tag.removeprefix(SVG) for element in ET.fromstring(harmless).iter()}


@pytest.mark.parametrize("sign", ["\0", "\x01", "\x1b", "\uffff", "\ud800"])
def test_a_sign_that_xml_cannot_hold_is_replaced(sign):
    frame = pd.DataFrame({"IaaS": ["C"]}, index=[f"Back{sign}up"])
    drawn = draw.matrix(frame, lang="en")
    assert "Back\ufffdup" in texts_of(drawn.svg())


def test_math_is_not_set():
    frame = pd.DataFrame({"IaaS": ["C"]}, index=["$\\notacommand{$"])
    raw = io.BytesIO()
    draw.matrix(frame).figure().savefig(raw, format="png")  # would raise if it were read as math
    assert raw.getvalue().startswith(b"\x89PNG")
