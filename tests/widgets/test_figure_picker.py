"""The notebook for a teacher with a slide to make: every choice is drawn, saved, and can be copied."""

import re

import pytest
from playwright.sync_api import expect

import srm_data as srm
from srm_data.core.vocabulary import LANGUAGES
from srm_data.views.figures import catalogue, draw
from srm_data.views.palette import THEMES
from srm_data.widgets.figure_picker import _Picker
from tests.browser import open_notebook, run_all
from tests.lessons import NOTEBOOKS, Kernel, cells, read

NOTEBOOK = "teacher/figures_for_slides.ipynb"


@pytest.fixture
def picker(tmp_path, monkeypatch):
    monkeypatch.setenv("SRM_WORK", str(tmp_path))
    return _Picker("azure-2026", "en")


def shown(picker):
    """Title of the figure in the preview."""
    return re.search("<title[^>]*>([^<]*)<", picker.preview.value)[1]


def click(picker, label):
    (button,) = [one for one in picker.view.children[4].children if getattr(one, "description", "") == label]
    button.click()


def test_it_begins_with_the_whole_table(picker):
    assert shown(picker) == draw.matrix("azure-2026", "en").heading
    assert [label for label, _ in picker.kind.options] == [
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


def test_every_control_changes_the_picture(picker):
    picker.kind.value = "model"
    picker.about.value = 2
    assert shown(picker) == draw.model("azure-2026", "PaaS", "en").heading
    picker.language.value = "nl"
    assert shown(picker) == draw.model("azure-2026", "PaaS", "nl").heading
    picker.theme.value = "dark"
    assert THEMES["dark"].ground in picker.preview.value
    picker.size.value = "1:1"
    assert 'viewBox="0 0 540 540"' in picker.preview.value
    picker.step.value = 0
    assert shown(picker) == "PaaS: wat blijft er voor de klant over?"
    picker.matrix.value = "gcp"  # begins whole again: another figure has other steps
    assert shown(picker) == draw.model("gcp", "PaaS", "nl").heading


def test_a_matrix_offers_only_what_it_has(picker):
    picker.kind.value = "what-if"
    picker.about.value = 5
    picker.matrix.value = "aws-control-types"  # one column: no move, no ladder
    assert [value for _, value in picker.kind.options] == ["matrix", "split", "incident"]
    assert picker.kind.value == "matrix"
    assert picker.about.layout.display == "none"
    assert shown(picker) == draw.matrix("aws-control-types", "en").heading


def test_the_steps_are_those_of_the_figure(picker):
    assert [label for label, _ in picker.step.options][1:] == [
        "nothing, for the board",
        "up to step 1",
        "up to step 2",
        "up to step 3",
    ]
    picker.kind.value = "what-if"
    assert [value for _, value in picker.step.options] == [-1, 0, 1]


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_a_figure_is_saved_as_it_is_seen(picker, tmp_path, kind):
    picker.kind.value, picker.theme.value = "ladder", "print"
    click(picker, kind.upper())
    file = tmp_path / "figures" / f"azure-2026-ladder-print.{kind}"
    drawn = draw.ladder("azure-2026", "en", "print").write(tmp_path / f"again.{kind}")
    assert file.read_bytes() == drawn.read_bytes()
    assert f"Saved: {file.name}, in {file.parent}." in picker.note.value


def test_the_steps_are_saved_one_after_another(picker, tmp_path):
    picker.kind.value = "what-if"
    click(picker, "Each step as PNG")
    names = sorted(path.name for path in (tmp_path / "figures").glob("*.png"))
    assert names == [f"azure-2026-what-if-on-premises-to-iaas-step-{n}.png" for n in range(3)]
    assert "Saved: 3 steps as PNG" in picker.note.value


def test_what_cannot_be_saved_is_said(picker, tmp_path):
    (tmp_path / "figures").write_text("taken")
    click(picker, "SVG")
    assert "The figure could not be saved in" in picker.note.value
    assert (tmp_path / "figures").read_text() == "taken"


def test_what_nobody_foresaw_is_said_too(picker, monkeypatch):
    def broken(*_):
        raise RuntimeError("<b>odd</b>")

    monkeypatch.setattr(catalogue, "figure_set", broken)
    with pytest.raises(RuntimeError):
        picker.theme.value = "dark"
    assert "RuntimeError: &lt;b&gt;odd&lt;/b&gt;" in picker.note.value


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
            options = kernel.widgets[comm_id].get("_options_labels", ())
            if message.get("state", {}).get("index", 0) in (0, 1, len(options) - 1):  # 25 matrices look alike
                kernel.send(comm_id, message)
                tried += 1
                assert kernel.errors == []
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
    cell.get_by_role("combobox", name="Figuur").select_option(label="een incident op zijn laag")
    picture = cell.locator("svg[role=img]")
    expect(picture.locator("title")).to_contain_text("Meltdown")  # the oldest comes first
    cell.get_by_role("combobox", name="Welke").select_option(label="ChaosDB")
    expect(picture.locator("title")).to_have_text(title)
    # Whatever typeface the browser has, no word leaves the slide.
    over = picture.evaluate("""svg => {
      const slide = svg.getBoundingClientRect();
      return [...svg.querySelectorAll('text')].filter(t => t.getBoundingClientRect().right > slide.right + 1)
        .map(t => t.textContent);
    }""")
    assert over == []
    cell.get_by_role("button", name="Kopiëren …").click()
    cell.get_by_role("button", name="Kopieer", exact=True).click()
    expect(cell.get_by_role("status")).to_have_text("Gekopieerd. Plak hem in je dia.")
    assert page.evaluate(_PASTE) == [1920, 1080]
    assert cell.locator("figure img").get_attribute("alt").startswith(title)
    assert page.evaluate("kernelErrors") == []
    assert page.faults == []
