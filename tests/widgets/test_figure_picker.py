"""The notebook for a teacher with a slide to make: every choice is drawn, saved, and can be copied."""

import base64
import re

import pytest
from playwright.sync_api import expect

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.views.figures import catalogue, draw
from srm_data.views.figures.text_fit import measure
from srm_data.views.palette import THEMES
from tests.browser import open_notebook, run_all
from tests.lessons import NOTEBOOKS, Kernel, cells, read
from tests.play_forms import send

NOTEBOOK = "teacher/figures_for_slides.ipynb"


class Picker:
    """The picker as a page has it: what is chosen, what it sends and what it shows."""

    def __init__(self, *args, **options):
        self.view = srm.pick_figure(*args, **options)
        self.asked = 0

    def ask(self, do, **more):
        self.asked += 1
        message = {"kind": "ask", "do": do, "asked": str(self.asked), "chosen": self.chosen, **more}
        send(self.view, message)

    def choose(self, **parts):
        """Choose in the controls; as in a page, another figure begins whole."""
        fresh = {"step": -1} if parts.keys() & {"matrix", "kind", "about"} else {}
        self.ask("draw", chosen=self.chosen | fresh | parts)

    @property
    def chosen(self):
        return self.view.shown["chosen"]

    @property
    def svg(self):
        return self.view.shown["svg"]

    @property
    def title(self):
        """Title of the figure in the preview."""
        return re.search("<title[^>]*>([^<]*)<", self.svg)[1]

    def options(self, part):
        return [(one["key"], one["label"]) for one in self.view.shown["options"][part]]


@pytest.fixture
def picker(tmp_path, monkeypatch):
    monkeypatch.setenv("SRM_WORK", str(tmp_path))
    return Picker("azure-2026", "en")


def test_it_begins_with_the_whole_table(picker):
    assert picker.title == draw.matrix("azure-2026", "en").heading
    assert [label for _, label in picker.options("kind")] == [
        "the whole table",
        "the split in bars",
        "one column lit",
        "what a move does",
        "the ladder",
        "two editions side by side",
        "the stack beside the matrix",
        "one topic, two providers",
        "an incident on its layer",
    ]
    assert repr(picker.view).startswith("pick_figure(): run this cell")
    assert picker.svg in picker.view.still.body, "who has no scripts sees the figure it begins with"


def test_every_control_changes_the_picture(picker):
    picker.choose(kind="model", about=2)
    assert picker.title == draw.model("azure-2026", "PaaS", "en").heading
    picker.choose(language="nl")
    assert picker.title == draw.model("azure-2026", "PaaS", "nl").heading
    assert picker.view.shown["alt"].startswith(picker.title)
    picker.choose(theme="dark")
    assert THEMES["dark"].ground in picker.svg
    picker.choose(size="1:1")
    assert 'viewBox="0 0 900 900"' in picker.svg
    picker.choose(step=0)
    assert picker.title == "PaaS: wat blijft er voor de klant over?"
    picker.choose(matrix="gcp")
    assert picker.title == draw.model("gcp", "PaaS", "nl").heading


def test_a_matrix_offers_only_what_it_has(picker):
    picker.choose(kind="what-if", about=5)
    picker.choose(matrix="aws-control-types")  # one column: no move, no ladder
    assert [key for key, _ in picker.options("kind")] == ["matrix", "split", "incident"]
    assert (picker.chosen["kind"], picker.chosen["about"]) == ("matrix", 0)
    assert len(picker.options("about")) == 1
    assert picker.title == draw.matrix("aws-control-types", "en").heading


def test_the_steps_are_those_of_the_figure(picker):
    assert [label for _, label in picker.options("step")][1:] == [
        "nothing, for the board",
        "up to step 1",
        "up to step 2",
        "up to step 3",
    ]
    picker.choose(step=3)
    assert picker.chosen["step"] == 3
    picker.choose(kind="what-if", step=3)  # which this figure has not
    assert picker.chosen["step"] == -1
    assert [key for key, _ in picker.options("step")] == ["-1", "0", "1"]


def test_the_page_hears_which_drawing_has_come_and_is_counted_once(picker):
    picker.choose(kind="ladder")
    assert (picker.view.shown["asked"], picker.view.heard) == ("1", 1)
    picker.ask("save", format="svg")
    assert (picker.view.shown["asked"], picker.view.heard) == ("2", 2)


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_a_figure_is_saved_as_it_is_seen(picker, tmp_path, kind):
    picker.choose(kind="ladder", theme="print")
    picker.ask("save", format=kind)
    file = tmp_path / "figures" / f"azure-2026-ladder-print.{kind}"
    drawn = draw.ladder("azure-2026", "en", "print").write(tmp_path / f"again.{kind}")
    assert file.read_bytes() == drawn.read_bytes()
    assert picker.view.note == f"Saved: {file.name}, in {file.parent}."
    picker.choose(theme="light")
    assert picker.view.note == "", "what was saved is another figure"


def test_the_steps_are_saved_one_after_another(picker, tmp_path):
    picker.choose(kind="what-if")
    picker.ask("steps")
    names = sorted(path.name for path in (tmp_path / "figures").glob("*.png"))
    assert names == [f"azure-2026-what-if-on-premises-to-iaas-step-{n}.png" for n in range(3)]
    assert "Saved: 3 steps as PNG" in picker.view.note
    picker.choose(step=1)
    picker.ask("save", format="svg")
    assert (tmp_path / "figures" / "azure-2026-what-if-on-premises-to-iaas-step-1.svg").exists()


def test_the_picture_to_copy_comes_when_it_is_asked_for(picker):
    assert "png" not in picker.view.shown
    picker.choose(kind="split")
    picker.ask("copy")
    assert base64.b64decode(picker.view.shown["png"]) == draw.split("azure-2026", "en").png()
    picker.choose(theme="dark")
    assert "png" not in picker.view.shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_cannot_be_saved_is_said(lang, tmp_path, monkeypatch):
    monkeypatch.setenv("SRM_WORK", str(tmp_path))
    (tmp_path / "figures").write_text("taken")
    picker = Picker(lang=lang)
    picker.ask("save", format="svg")
    wanted = texts(lang)["pick"]["unwritable"].format(folder=tmp_path / "figures", reason="File exists")
    assert picker.view.note == wanted
    assert (tmp_path / "figures").read_text() == "taken"


def test_what_nobody_foresaw_is_said_too(picker, monkeypatch):
    def broken(*_):
        raise RuntimeError("<b>odd</b>")

    before = dict(picker.view.shown)
    (hears,) = picker.view._msg_callbacks.callbacks  # ipywidgets hands what it raises to IPython, or logs it
    monkeypatch.setattr(catalogue, "figure_set", broken)
    told = {"kind": "ask", "do": "draw", "asked": "7", "chosen": picker.chosen | {"theme": "dark"}}
    with pytest.raises(RuntimeError):
        hears(picker.view, told, [])
    assert picker.view.note == "That did not work (RuntimeError: <b>odd</b>)."
    assert picker.view.shown == before | {"asked": "7"}, "the picture that was there stays, with its choices"


@pytest.mark.parametrize(
    "told",
    [
        None,
        {"kind": "work", "name": "x", "facts": {}},
        {"kind": "ask", "do": "else", "asked": "1", "chosen": {}},
        {"kind": "ask", "do": "draw", "asked": 1, "chosen": {}},
        {"kind": "ask", "do": "draw", "asked": "1"},
    ],
)
def test_what_no_picker_sends_is_left_alone(picker, told):
    before = dict(picker.view.shown)
    send(picker.view, told)
    assert (picker.view.heard, picker.view.shown) == (0, before)


def test_unknown_names_are_told_before_there_is_a_control():
    with pytest.raises(srm.UnknownNameError, match="Did you mean 'azure-2026'"):
        srm.pick_figure("azure-2027")
    with pytest.raises(srm.UnknownNameError, match="There is no language 'de'"):
        srm.pick_figure(lang="de")


@pytest.mark.usefixtures("jupyter_home")
def test_every_option_through_the_kernel():
    with Kernel((NOTEBOOKS / NOTEBOOK).parent) as kernel:
        for source in cells(NOTEBOOK, "code")[:2]:
            kernel.run(source)
        tried = 0
        for comm_id, message in kernel.moves():
            kernel.send(comm_id, message)
            tried += 1
            assert kernel.errors == []
            assert kernel.widgets[comm_id]["shown"]["asked"] == message["content"]["asked"]
        assert tried > 20


def test_the_notebook_is_in_both_languages_and_stripped():
    notebook = read(NOTEBOOK)
    assert [cell.source for cell in notebook.cells if cell.cell_type == "code"][1:] == [
        f'srm.pick_figure(lang="{lang}")' for lang in LANGUAGES
    ]
    assert all(not cell.outputs for cell in notebook.cells if cell.cell_type == "code")


_PASTE = """async () => {
  const [item] = await navigator.clipboard.read();
  const image = await createImageBitmap(await item.getType('image/png'));
  return [image.width, image.height];
}"""


@pytest.mark.browser
def test_a_slide_before_nine(lab, page, jupyter_home):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_notebook(page, lab, NOTEBOOK)
    run_all(page)
    cell = page.locator(".jp-CodeCell").nth(2)
    title = draw.incident("chaosdb-2021", "nl").heading
    kind = cell.get_by_role("combobox", name="Figuur")
    kind.focus()
    kind.select_option(label="een incident op zijn laag")
    picture = cell.locator("svg[role=img]")
    expect(picture.locator("title")).to_contain_text("Meltdown")  # the oldest comes first
    expect(kind).to_be_focused()
    cell.get_by_role("combobox", name="Welke").select_option(label="ChaosDB")
    expect(picture.locator("title")).to_have_text(title)
    # Whatever typeface the browser has, no word leaves the slide.
    over = picture.evaluate("""svg => {
      const slide = svg.getBoundingClientRect();
      return [...svg.querySelectorAll('text')].filter(t => t.getBoundingClientRect().right > slide.right + 1)
        .map(t => t.textContent);
    }""")
    assert over == []
    wide = picture.evaluate("""svg => document.fonts.ready.then(() => {
      const heading = svg.querySelector('text').cloneNode(true);
      heading.removeAttribute('textLength');
      svg.querySelector('g').append(heading);
      const found = heading.getComputedTextLength();
      heading.remove();
      return found;
    })""")
    first = draw.incident("chaosdb-2021", "nl").texts()[0]
    assert wide == pytest.approx(measure(first.text, first.size, bold=first.bold), rel=0.003)
    cell.get_by_role("button", name="Kopieer", exact=True).click()
    expect(cell.get_by_role("status")).to_have_text("Gekopieerd. Plak hem in je dia.")
    assert page.evaluate(_PASTE) == [1920, 1080]
    status, seen = cell.get_by_role("status").bounding_box(), picture.bounding_box()
    assert status["y"] + status["height"] <= seen["y"] + 1, "what became of it stands above the picture"
    cell.get_by_role("button", name="SVG").click()
    expect(cell.get_by_role("status")).to_contain_text("Bewaard: azure-2026-incident-chaosdb-2021.svg")
    assert page.evaluate("kernelErrors") == []
    assert page.faults == []
