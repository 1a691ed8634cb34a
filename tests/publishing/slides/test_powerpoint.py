"""The PowerPoint of every lesson, read back by python-pptx and shown by LibreOffice."""

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from itertools import combinations

import nbformat
import pytest
from lxml import etree
from PIL import Image, ImageChops, ImageStat
from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE as REL

from srm_data import __main__ as command
from srm_data.core.language import texts
from srm_data.publishing.lessons import Lesson
from srm_data.publishing.slides import deck, powerpoint, slide_fit
from srm_data.publishing.slides import theme as pptx_theme
from srm_data.publishing.slides.slide_fit import shown
from srm_data.publishing.slides.slide_text import plain
from srm_data.views.figures.canvas import MARGIN
from srm_data.views.palette import THEMES, contrast
from tests.lessons import NUMBERED as LESSONS

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
DARK = "en/01_who_answers.ipynb"  # one deck in the other theme
ACCENT = {
    "customer": MSO_THEME_COLOR.ACCENT_1,
    "shared": MSO_THEME_COLOR.ACCENT_2,
    "provider": MSO_THEME_COLOR.ACCENT_3,
}


@pytest.fixture(scope="module")
def made(decks, tmp_path_factory):
    """Every deck with its file, written once: `made[path] == (deck, file)`."""
    folder = tmp_path_factory.mktemp("decks")
    found = {}
    for path in LESSONS:
        lang, name = path[:2], path[3:].removesuffix(".ipynb")
        built = deck.build(name, lang, "dark") if path == DARK else decks[path]
        found[path] = built, powerpoint.write(built, folder / f"{name}-{lang}.pptx")
    return found


@pytest.fixture(scope="module")
def pdfs(made, to_pdf, tmp_path_factory):
    """Every file as LibreOffice shows it."""
    out = tmp_path_factory.mktemp("pdf")
    found = {}
    for first in range(0, len(LESSONS), 6):
        paths = LESSONS[first : first + 6]
        found |= zip(paths, to_pdf([made[path][1] for path in paths], out), strict=True)
    return found


@pytest.mark.parametrize("path", LESSONS)
def test_titles_notes_and_language_are_read_back(made, path):
    built, file = made[path]
    presentation = Presentation(file)
    slides = built.shown("pptx")
    assert [slide.shapes.title.text_frame.text for slide in presentation.slides] == [s.title for s in slides]
    for one, slide in zip(presentation.slides, slides, strict=True):
        assert one.notes_slide.notes_text_frame.text == "\n".join(powerpoint.notes(slide))
        runs = [*one._element.iter(f"{A}rPr"), *one.notes_slide._element.iter(f"{A}rPr")]
        assert {run.get("lang") for run in runs if run.get("lang")} == {powerpoint.LANGUAGE[path[:2]]}
        if slide.points:
            assert [plain(point.line) for point in slide.points] == [
                paragraph.text for paragraph in one.placeholders[1].text_frame.paragraphs
            ]
    core = presentation.core_properties
    assert (core.title, core.language) == (built.title, powerpoint.LANGUAGE[path[:2]])


@pytest.mark.parametrize("path", LESSONS)
def test_nothing_asks_to_be_filled_and_the_foot_says_source_or_lesson_and_number(made, path):
    built, file = made[path]
    for number, (slide, told) in enumerate(
        zip(Presentation(file).slides, built.shown("pptx"), strict=True), 1
    ):
        assert all(holder.text_frame.text.strip() for holder in slide.placeholders), number
        ids = [shape.shape_id for shape in slide.shapes]
        assert len(set(ids)) == len(ids)
        feet = {foot.get("type"): foot for foot in slide._element.iter(f"{P}ph")}
        if number == 1:
            assert not {"ftr", "sldNum"} & set(feet)
            continue
        (words, count) = (feet[kind].getparent().getparent().getparent() for kind in ("ftr", "sldNum"))
        source = told.picture.foot if told.picture else told.last.foot
        assert [one.text for one in words.iter(f"{A}t")] == [source or built.title]
        (field,) = count.iter(f"{A}fld")
        assert (field.get("type"), field.find(f"{A}t").text) == ("slidenum", str(number))


@pytest.mark.parametrize("path", ["en/03_what_if.ipynb", "nl/03_what_if.ipynb"])
def test_a_slide_that_is_added_in_powerpoint_has_the_same_foot(made, path):
    built, file = made[path]
    presentation = Presentation(file)
    for layout in (presentation.slide_master, *presentation.slide_layouts):
        feet = {one.placeholder_format.type: one for one in layout.placeholders}
        assert feet[PP_PLACEHOLDER.FOOTER].text_frame.text == built.title
        assert next(feet[PP_PLACEHOLDER.SLIDE_NUMBER]._element.iter(f"{A}fld")).get("type") == "slidenum"
        wanted = layout._element.find(f"{P}hf")
        off = {"hdr", "dt"} | ({"ftr", "sldNum"} if layout.name == "Title" else set())
        assert dict(wanted.attrib) == dict.fromkeys(off, "0")
    assert presentation.part._element.get("showSpecialPlsOnTitleSld") == "0"


def sizes(slide):
    """The sizes in points of the words of a slide, by what they are; "under" is the line under a title."""
    found = {"title": [], "under": [], "text": [], "table": [], "foot": []}
    styles = slide.slide_layout.slide_master._element.find(f"{P}txStyles")
    for shape in slide.shapes:
        kind = shape.placeholder_format.type if shape.is_placeholder else None
        what = {PP_PLACEHOLDER.TITLE: "title", PP_PLACEHOLDER.CENTER_TITLE: "title"}.get(kind, "text")
        what = "foot" if kind in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER) else what
        what = "under" if kind == PP_PLACEHOLDER.BODY and shape.placeholder_format.idx == 13 else what
        what = "table" if shape.has_table else what
        for paragraph in shape._element.iter(f"{A}p"):
            level = int(next((one.get("lvl", 0) for one in paragraph.iter(f"{A}pPr")), 0)) + 1
            for run in paragraph.iter(f"{A}r", f"{A}fld"):
                own = run.find(f"{A}rPr").get("sz")
                if own is None:  # the layout says it, or the master
                    (layout,) = (
                        one
                        for one in slide.slide_layout.placeholders
                        if one.placeholder_format.idx == shape.placeholder_format.idx
                    )
                    style = layout._element.find(f".//{A}lstStyle/{A}lvl{level}pPr/{A}defRPr")
                    if style is None or style.get("sz") is None:
                        master = styles.find(f"{P}{'titleStyle' if what == 'title' else 'bodyStyle'}")
                        style = master.find(f"{A}lvl{level}pPr/{A}defRPr")
                    own = style.get("sz")
                found[what].append(int(own) / 100)
    return found


@pytest.mark.parametrize("path", LESSONS)
def test_a_title_is_larger_than_the_text_that_than_a_table_and_all_can_be_read(made, path):
    for number, slide in enumerate(Presentation(made[path][1]).slides, 1):
        found = sizes(slide)
        assert min(found["title"]) > max(found["under"] + found["text"] + found["table"], default=0), number
        assert max(found["text"], default=99) >= max(found["table"], default=0), number
        assert min(found["under"] + found["text"] + found["table"], default=99) >= 14, number
        assert 10 <= min(found["foot"], default=10) <= max(found["foot"], default=10) <= 12, number


@pytest.mark.parametrize("path", LESSONS)
def test_tables_are_native_and_in_the_colours_of_the_parties(made, path):
    built, file = made[path]
    theme = THEMES[built.theme]
    for one, slide in zip(Presentation(file).slides, built.shown("pptx"), strict=True):
        if slide.kind != "table":
            continue
        (frame,) = (shape for shape in one.shapes if shape.has_table)
        assert frame._element.nvGraphicFramePr.cNvPr.get("descr")
        for i, row in enumerate(slide.fit.table.rows):
            here = 0
            for cell in row:
                there = frame.table.cell(i, here)
                assert there.text_frame.text == f"{shown(cell, slide.fit.letters)}  {cell.aside}".rstrip()
                if cell.party in ACCENT and not cell.dim:
                    ink = theme.ink[cell.party]
                    assert there.fill.fore_color.theme_color == ACCENT[cell.party]
                    colour = str(there.text_frame.paragraphs[0].runs[0].font.color.rgb)
                    assert f"#{colour.lower()}" == ink.text
                    assert contrast(ink.fill, ink.text) >= 4.5
                here += cell.span


@pytest.mark.parametrize("path", LESSONS)
def test_pictures_have_words(made, path):
    built, file = made[path]
    alts = [s.picture.alt for s in built.shown("pptx") if s.kind == "figure"]
    found = [
        shape._element.nvPicPr.cNvPr.get("descr")
        for slide in Presentation(file).slides
        for shape in slide.shapes
        if shape._element.tag.endswith("}pic")
    ]
    assert found == alts


def questions(made, path):
    """The slides of the questions of a deck, each with what it shows."""
    built, file = made[path]
    for one, slide in zip(Presentation(file).slides, built.shown("pptx"), strict=True):
        if slide.kind == "question":
            yield one, slide


@pytest.mark.parametrize("path", LESSONS)
def test_every_option_has_an_empty_box_beside_it_for_the_hands(made, path):
    count = texts(path[:2])["slides"]["count"]
    for one, slide in questions(made, path):
        by_name = {shape.name: shape for shape in one.shapes}
        for option in slide.question.options:
            card = by_name[option.label]
            assert card.text_frame.text.split("\t")[1] == option.label
            hands = by_name[count.format(answer=option.label.rstrip("."))]
            assert hands.text_frame.text == ""
            assert hands._element.nvSpPr.cNvPr.get("descr") == hands.name
            assert (hands.top, hands.height) == (card.top, card.height)
            assert 0 < hands.left - (card.left + card.width) < 40 * pptx_theme.EMU
            (end,) = hands._element.iter(f"{A}endParaRPr")  # what is typed in it is large
            assert int(end.get("sz")) >= 2000


@pytest.mark.parametrize("path", LESSONS)
def test_a_click_marks_the_right_option_and_says_why(made, path):
    right = texts(path[:2])["slides"]["right"]
    for one, slide in questions(made, path):
        q, by_id = slide.question, {shape.shape_id: shape for shape in one.shapes}
        effects = [*one._element.find(f"{P}timing").iter(f"{P}cTn")]
        shown = [effect for effect in effects if effect.get("presetID")]
        assert {(e.get("presetID"), e.get("presetClass")) for e in shown} == {("1", "entr")}
        assert [e.get("nodeType") for e in shown] == ["clickEffect"] + ["withEffect"] * (len(shown) - 1)
        assert len({effect.get("id") for effect in effects}) == len(effects)
        late = [by_id[int(e.find(f".//{P}spTgt").get("spid"))] for e in shown]
        marks = [shape for shape in late if shape.name == right]
        cards = {shape.name: shape for shape in one.shapes if shape not in late}
        assert {mark._element.nvGrpSpPr.cNvPr.get("descr") for mark in marks} == {
            f"{right}: {option.label}" for option in q.right
        }
        for option in q.options:
            over = [s for s in late if s.name.startswith(f"{option.label} (")]
            assert [s.name.split(" (")[-1] for s in over] == ["outline)" if q.accepts(option.key) else "dim)"]
            (top,) = over
            card = cards[option.label]
            assert top.left < card.left
            assert top.left + top.width > card.left + card.width
        said = "\n".join(shape.text_frame.text for shape in late if shape.has_text_frame)
        assert all(option.feedback in said for option in q.right)
        assert sum(shape.has_table for shape in late) == bool(slide.last.fit)
        assert q.stem in [shape.text_frame.text for shape in cards.values() if shape.has_text_frame]
        listed = {int(one.get("spid")) for one in one._element.iter(f"{P}bldP")}
        assert listed == {shape.shape_id for shape in late if shape.has_text_frame}


@pytest.mark.parametrize("path", LESSONS)
def test_what_a_click_adds_leaves_the_boxes_for_the_hands_free(made, path):
    count = texts(path[:2])["slides"]["count"].format(answer="")
    line = 3 * pptx_theme.EMU  # a shape is drawn with a line round it
    for one, slide in questions(made, path):
        ids = {int(e.get("spid")) for e in one._element.find(f"{P}timing").iter(f"{P}spTgt")}
        added = [shape for shape in one.shapes if shape.shape_id in ids]
        boxes = [shape for shape in one.shapes if shape.name.startswith(count)]
        assert len(boxes) == len(slide.question.options)
        for shape in added:
            for box in boxes:
                beside = (
                    shape.left + shape.width + line <= box.left or box.left + box.width <= shape.left - line
                )
                above = shape.top + shape.height <= box.top or box.top + box.height <= shape.top
                assert beside or above, (shape.name, box.name)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("party", ["customer", "shared", "provider"])
def test_an_option_that_is_not_right_is_dimmed_and_still_read(theme, party):
    def under(colour):
        part, ground = powerpoint._VEIL, THEMES[theme].ground
        mixed = (
            part * int(ground[i : i + 2], 16) + (1 - part) * int(colour[i : i + 2], 16) for i in (1, 3, 5)
        )
        return "#" + "".join(f"{round(one):02x}" for one in mixed)

    ink = THEMES[theme].ink[party]
    assert 3 <= contrast(under(ink.fill), under(ink.text)) < contrast(ink.fill, ink.text)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_is_the_kits_own(decks, theme):
    built = replace(decks["en/01_who_answers.ipynb"], theme=theme)
    package = powerpoint.make(built).part.package
    parts = [part for part in package.iter_parts() if "/theme/" in part.partname]
    assert len(parts) == 2  # of the slides and of the notes
    for part in parts:
        tree = etree.fromstring(part.blob)
        colours = {c.tag.split("}")[1]: c[0].get("val") for c in tree.iter(f"{A}clrScheme").__next__()}
        assert colours["accent1"] == THEMES[theme].ink["customer"].fill[1:].upper()
        ground, text = ("dk1", "lt1") if theme == "dark" else ("lt1", "dk1")
        assert colours[ground] == THEMES[theme].ground[1:].upper()
        assert colours[text] == THEMES[theme].text[1:].upper()
        assert {face.get("typeface") for face in tree.iter(f"{A}latin")} == {"Arial"}  # on every machine
        assert not set(colours.values()) & {"4F81BD", "1F497D", "C0504D", "0000FF"}  # what Office begins with
    mapping = powerpoint.make(built).slide_master._element.find("{*}clrMap")
    assert mapping.get("bg1") == ground


def test_the_design_is_a_file_with_the_colours_and_places_that_are_measured_with():
    template = Presentation(pptx_theme.TEMPLATE)
    assert [*template.slides] == []
    assert [layout.name for layout in template.slide_layouts] == [*pptx_theme.LAYOUTS.values()]
    (theme,) = (part for part in template.part.package.iter_parts() if part.partname.endswith("/theme1.xml"))
    told = pptx_theme.colours(THEMES["light"], dark=False)
    scheme = etree.fromstring(theme.blob).find(f".//{A}clrScheme")
    assert {one.tag.removeprefix(A): f"#{one[0].get('val').lower()}" for one in scheme} == told
    body = template.slide_layouts.get_by_name("Text").placeholders[1]
    box = [round(side / pptx_theme.EMU) for side in (body.left, body.top, body.width, body.height)]
    assert box == [MARGIN, slide_fit.TOP, slide_fit.ROOM, slide_fit.BOTTOM - slide_fit.TOP]


@pytest.fixture
def mine(tmp_path):
    """A template that a teacher changed: another typeface, colour, place and size."""
    template = Presentation(pptx_theme.TEMPLATE)
    layout = template.slide_layouts.get_by_name("Text")
    (source,) = (one for one in layout.placeholders if one.placeholder_format.type == PP_PLACEHOLDER.FOOTER)
    source.left = 99_000
    theme = template.slide_master.part.part_related_by(REL.THEME)
    customer = THEMES["light"].ink["customer"].fill[1:].upper().encode()
    assert theme.blob.count(customer)
    theme._blob = theme.blob.replace(b'"Arial"', b'"Georgia"').replace(customer, b"5B2C6F")
    title = template.slide_master._element.find(f"{P}txStyles/{P}titleStyle/{A}lvl1pPr/{A}defRPr")
    title.set("sz", "3200")
    template.save(tmp_path / "mine.pptx")
    return tmp_path / "mine.pptx"


def test_what_a_teacher_changes_in_the_template_changes_the_slides(decks, mine):
    made = powerpoint.make(decks["en/01_who_answers.ipynb"], mine)
    slide = next(one for one in made.slides if one.slide_layout.name == "Text")
    (foot,) = (one for one in slide.placeholders if one.placeholder_format.type == PP_PLACEHOLDER.FOOTER)
    assert foot.left == 99_000
    assert sizes(slide)["title"] == [32]
    theme = made.slide_master.part.part_related_by(REL.THEME).blob
    assert b'"Georgia"' in theme
    assert b"5B2C6F" in theme
    question = next(one for one in made.slides if one.slide_layout.name == "Question")
    (card,) = (shape for shape in question.shapes if shape.name == "Customer")
    assert card.fill.fore_color.theme_color == MSO_THEME_COLOR.ACCENT_1


@pytest.mark.usefixtures("quick_run")
def test_slides_are_made_in_the_design_that_is_given(mine, tmp_path):
    words = ["slides", "--lesson", "5", "--lang", "en", "--format", "pptx", "--template", str(mine)]
    assert command.main([*words, "--out", str(tmp_path / "out")]) == 0
    (file,) = (tmp_path / "out").rglob("*.pptx")
    with zipfile.ZipFile(file) as package:
        assert b'"Georgia"' in package.read("ppt/theme/theme1.xml")


def no_powerpoint(path):
    path.write_text("no PowerPoint")
    return path


def another_layout(path):
    template = Presentation(pptx_theme.TEMPLATE)
    template.slide_layouts[4].name = "Quiz"
    template.save(path)
    return path


def with_a_slide(path):
    template = Presentation(pptx_theme.TEMPLATE)
    template.slides.add_slide(template.slide_layouts[0])
    template.save(path)
    return path


def narrow(path):
    template = Presentation(pptx_theme.TEMPLATE)
    template.slide_width = 9_144_000
    template.save(path)
    return path


@pytest.mark.parametrize("made", [no_powerpoint, another_layout, with_a_slide, narrow])
@pytest.mark.parametrize(("lang", "said"), [("en", "cannot be the design"), ("nl", "kan niet de vormgeving")])
def test_a_file_that_is_no_template_is_told(made, lang, said, tmp_path, capsys):
    file = made(tmp_path / "mine.pptx")
    words = ["slides", "--lang", lang, "--template", str(file), "--out", str(tmp_path / "out")]
    assert command.main(words) == 1
    assert f"{file} {said}" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "there is no such file"), ("nl", "dit bestand bestaat niet")]
)
def test_a_template_that_is_not_there_is_told(lang, said, tmp_path, capsys):
    file = tmp_path / "none.pptx"
    words = ["slides", "--lang", lang, "--template", str(file), "--out", str(tmp_path / "out")]
    assert command.main(words) == 1
    assert f"{file}: {said}" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_same_deck_gives_the_same_bytes(decks, tmp_path):
    built = decks["nl/03_what_if.ipynb"], deck.build("03", "nl")
    files = [powerpoint.write(one, tmp_path / f"{n}.pptx") for n, one in zip("ab", built, strict=True)]
    assert files[0].read_bytes() == files[1].read_bytes()
    with zipfile.ZipFile(files[0]) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"
        assert not any("thumbnail" in name for name in package.namelist())


@pytest.mark.parametrize("path", LESSONS)
def test_the_package_is_whole(made, path):
    """What PowerPoint would repair: a part that is missing, twice there, or that nobody names."""
    with zipfile.ZipFile(made[path][1]) as package:
        names = package.namelist()
        assert len(set(names)) == len(names)
        types = package.read("[Content_Types].xml").decode()
        for name in names:
            if name.endswith(".xml") and name != "[Content_Types].xml":
                etree.fromstring(package.read(name))
                assert f'PartName="/{name}"' in types, name
        named = re.findall(r'PartName="/([^"]+)"', types)
        assert set(named) <= set(names)


# As LibreOffice shows it


def pages(pdf):
    """Every page as its size and its words with their places."""
    call = ["pdftotext", "-bbox", str(pdf), "-"]
    told = subprocess.run(call, capture_output=True, check=True).stdout
    name = "{http://www.w3.org/1999/xhtml}"
    for page in etree.fromstring(told).iter(f"{name}page"):
        yield (
            (float(page.get("width")), float(page.get("height"))),
            [
                (*(float(word.get(side)) for side in ("xMin", "yMin", "xMax", "yMax")), word.text)
                for word in page.iter(f"{name}word")
            ],
        )


def collisions(size, words):
    """Words that stand on other words, at the upper edge of the slide, or outside it."""
    found = [w[4] for w in words if w[0] < 0 or w[1] < 4 or w[2] > size[0] or w[3] > size[1]]
    for a, b in combinations(words, 2):
        wide, high = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
        if wide > 1 and high > 0.3 * min(a[3] - a[1], b[3] - b[1]):
            found.append((a[4], b[4]))
    return found


@pytest.mark.parametrize("path", LESSONS)
def test_libreoffice_shows_every_slide_and_nothing_overlaps(made, pdfs, path):
    built = made[path][0]
    slides = built.shown("pptx")
    shown_pages = list(pages(pdfs[path]))
    assert len(shown_pages) == len(slides)
    for number, ((size, words), slide) in enumerate(zip(shown_pages, slides, strict=True), 1):
        assert size == pytest.approx((960, 540), abs=0.1)
        text = " ".join(word[4] for word in words)
        wanted = [slide.title, slide.under, *(plain(point.line) for point in slide.points)]
        if number > 1:
            wanted.append((slide.picture.foot if slide.picture else slide.last.foot) or built.title)
            assert words[-1][4] == str(number)
        if q := slide.question:
            wanted += [q.stem, *(one.label for one in q.options), *(one.feedback for one in q.right)]
        for fit in (slide.fit, slide.last.fit):
            if fit:
                wanted += [c.text for row in fit.table.rows for c in row if not c.party]
        for sentence in wanted:
            assert set(re.findall(r"\w+", sentence)) <= set(re.findall(r"\w+", text)), sentence
        assert collisions(size, words) == [], slide.title


@pytest.mark.parametrize("path", LESSONS)
def test_the_title_and_the_sources_of_a_figure_stand_on_nothing_that_is_drawn(made, pdfs, path):
    built = made[path][0]
    ground = tuple(int(THEMES[built.theme].ground[i : i + 2], 16) for i in (1, 3, 5))
    for (_, words), slide in zip(pages(pdfs[path]), built.shown("pptx"), strict=True):
        if slide.kind != "figure":
            continue
        drawn = Image.open(io.BytesIO(slide.picture.png_bytes())).convert("RGB").resize((960, 540))
        for left, top, right, bottom, word in words:
            start, end = slide.picture.top * 0.6, powerpoint._FIGURE_END * 0.6
            assert bottom < start + 1 or top > start, (slide.title, word)  # the picture would lie over it
            if top > end or bottom < start:
                continue  # above the picture, or under it
            under = drawn.crop((int(left), int(top) + 3, int(right) + 1, min(int(bottom) - 2, int(end))))
            away = ImageChops.difference(under, Image.new("RGB", under.size, ground))
            assert max(high for _, high in away.getextrema()) < 40, (slide.title, word)


def test_words_on_words_would_have_been_noticed():
    one, other = (10, 10, 60, 22, "one"), (40, 14, 90, 26, "other")
    assert collisions((960, 540), [one, other]) == [("one", "other")]
    assert collisions((960, 540), [(900, 10, 970, 22, "out")]) == ["out"]
    assert collisions((960, 540), [(10, 3, 60, 15, "high")]) == ["high"]
    assert collisions((960, 540), [one, (70, 10, 90, 22, "beside")]) == []


def picture_of(pdf, number):
    """One page as a picture of 960 × 540 points, a pixel a point."""
    call = ["pdftoppm", "-r", "72", "-f", str(number), "-l", str(number), "-png", str(pdf)]
    raw = subprocess.run(call, capture_output=True, check=True).stdout
    return Image.open(io.BytesIO(raw)).convert("RGB")


@pytest.mark.parametrize("path", LESSONS)
def test_a_figure_looks_as_it_was_drawn(made, pdfs, path):
    """The first, middle and last figure of each deck, as LibreOffice shows it."""
    found = [(n, one) for n, one in enumerate(made[path][0].shown("pptx"), 1) if one.kind == "figure"]
    chosen = {0, len(found) // 2, len(found) - 1} if found else ()
    for number, slide in (found[k] for k in chosen):
        drawn = Image.open(io.BytesIO(slide.picture.png_bytes())).convert("RGB").resize((960, 540))
        box = (0, round(slide.picture.top * 0.6) + 1, 960, round((powerpoint._FIGURE_END - 40) * 0.6))
        seen, small = picture_of(pdfs[path], number).crop(box), drawn.crop(box)
        apart = ImageStat.Stat(ImageChops.difference(seen, small)).mean
        moved = ImageStat.Stat(ImageChops.difference(ImageChops.offset(seen, 40, 25), small)).mean
        assert max(apart) < 12, "LibreOffice shows another picture, or elsewhere"
        assert max(moved) > 1.5 * max(apart), slide.title


@pytest.mark.parametrize("path", [DARK, "en/06_editions.ipynb"])
def test_a_table_has_the_colours_of_the_palette(made, pdfs, path):
    built = made[path][0]
    theme = THEMES[built.theme]
    number, slide = next(
        (n, s) for n, s in enumerate(built.shown("pptx"), 1) if s.kind == "table" and s.fit.table.columns == 5
    )
    counts = {colour: n for n, colour in picture_of(pdfs[path], number).getcolors(1 << 20)}
    for party in {cell.party for row in slide.fit.table.rows for cell in row if cell.party}:
        fill = tuple(int(theme.ink[party].fill[i : i + 2], 16) for i in (1, 3, 5))
        assert counts.get(fill, 0) > 1000, f"{party} is not {fill}"
    ground = tuple(int(theme.ground[i : i + 2], 16) for i in (1, 3, 5))
    assert max(counts, key=counts.get) == ground


# The command


@pytest.mark.usefixtures("quick_run")
def test_slides_are_written_where_they_are_asked_for(tmp_path, capsys):
    words = ["slides", "--lesson", "5", "--lang", "nl", "--theme", "light", "dark", "--format", "pptx"]
    assert command.main([*words, "--out", str(tmp_path)]) == 0
    written = sorted(
        path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("[!.]*") if path.is_file()
    )
    assert written == ["nl/05_stack_is_not_matrix-dark.pptx", "nl/05_stack_is_not_matrix.pptx"]
    assert "2 decks in " in capsys.readouterr().out


@pytest.mark.usefixtures("quick_run")
@pytest.mark.parametrize(("lang", "said"), [("en", "does not run"), ("nl", "loopt vast")])
def test_a_lesson_that_fails_is_told(lang, said, tmp_path, capsys, monkeypatch):
    cells = [nbformat.v4.new_markdown_cell("# A", id="a"), nbformat.v4.new_code_cell("1 / 0", id="b")]
    (tmp_path / lang).mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / lang / "03_bad.ipynb")
    bad = Lesson(tmp_path / lang / "03_bad.ipynb", "3")
    monkeypatch.setattr("srm_data.publishing.slides.find_lessons.chosen", lambda asked, lang: [bad])
    assert command.main(["slides", "--lang", lang, "--out", str(tmp_path / "out")]) == 1
    told = capsys.readouterr().err
    assert f"{lang}/03_bad.ipynb {said}" in told
    assert "ZeroDivisionError" in told


def test_an_unknown_lesson_is_told_before_anything_is_written(tmp_path, capsys):
    assert command.main(["slides", "--lesson", "01", "O3", "--out", str(tmp_path)]) == 1
    assert "There is no lesson 'O3'. Did you mean '03'? Choose from: 01, 02, " in capsys.readouterr().err
    assert [*tmp_path.iterdir()] == []


@pytest.mark.usefixtures("quick_run")
def test_a_full_disk_leaves_no_half_deck(tmp_path, capsys, monkeypatch):
    def full(self, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("srm_data.files.write_whole._part", full)
    words = ["slides", "--lesson", "5", "--lang", "en", "--format", "pptx", "--out", str(tmp_path)]
    assert command.main(words) == 1
    assert "No space left on device." in capsys.readouterr().err
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
