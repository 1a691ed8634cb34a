"""Five notebooks in real JupyterLab in real Chromium, and what the meter in the page says of them."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import nbformat
from playwright.sync_api import Page, sync_playwright

import srm_data as srm
from tests.browser import CHROMIUM, find_chromium, open_notebook, running_lab

HERE = Path(__file__).parent
SCREEN = {"width": 1366, "height": 900}
MATRIX = "azure-2026"


class Timed(NamedTuple):
    """A notebook of the benchmark: its one code cell, where its picture is, and what is clicked."""

    code: str
    picture: str
    group: str = ".jp-OutputArea-output .widget-radio"
    control: str = "input"

    @property
    def controls(self) -> str:
        """All that is clicked, as one selector."""
        return f"{self.group} {self.control}"


NOTEBOOKS = {
    "explore": Timed(
        f'import srm_data as srm\n\nsrm.explore("{MATRIX}")',
        "srm-explore caption",
        "srm-explore thead",
        "button",
    ),
    "what_if": Timed(
        f'import srm_data as srm\n\nsrm.what_if("{MATRIX}")',
        "srm-what-if h3",
        "srm-what-if [role=radiogroup]",
        "button",
    ),
    # Timed to its first view alone: a click there answers a question once.
    "bet": Timed(
        'import srm_data as srm\n\nsrm.bet("count-alone-in-saas", "app-service-os")',
        "srm-bet .stem",
        "srm-bet .srm-cards",
        "button",
    ),
    # What a click costs in this page at the very least: one word changed by the browser itself.
    "floor": Timed(
        """from IPython.display import HTML

radios = '<input type="radio" name="x" onclick="document.querySelector(`.shown`).textContent = {0}">'
HTML(f"<div class='widget-radio'>{radios.format(0)}{radios.format(1)}</div><p class='shown'>?</p>")""",
        ".shown",
    ),
    "plain": Timed((HERE / "plain_notebook.py").read_text("utf-8"), ".jp-OutputArea-output img"),
}
CLICKS, BLOCK = 40, 4  # each notebook is clicked in blocks, one after the other, until it has its clicks
BURSTS, STARTS = 5, 7

Times = dict[str, list[float]]


@contextmanager
def opened(folder: Path) -> Iterator[tuple[dict[str, Page], str]]:
    """Every notebook in a page of its own, not yet run; and the version of Chromium."""
    folder.mkdir()
    srm.load_matrix(MATRIX, lang="en").to_csv(folder / "matrix.csv")
    for name, timed in NOTEBOOKS.items():
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(timed.code)])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(notebook, folder / f"{name}.ipynb")
    with running_lab(folder) as url, sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=find_chromium(), args=CHROMIUM)
        pages = {name: open_page(chromium.new_page(viewport=SCREEN), url, name) for name in NOTEBOOKS}
        yield pages, chromium.version
        chromium.close()


def open_page(page: Page, url: str, name: str) -> Page:
    open_notebook(page, url, f"{name}.ipynb")
    page.evaluate((HERE / "meter.js").read_text("utf-8"))
    timed = NOTEBOOKS[name]
    page.evaluate("way => meter.setUp(...way)", [timed.picture, timed.controls])
    return page


def time_starts(pages: dict[str, Page]) -> Times:
    """Run all to the first live view, each time in a fresh kernel; the first round warms the disk."""
    times: Times = defaultdict(list)
    for _ in range(1 + STARTS):
        for name, page in pages.items():
            page.bring_to_front()
            page.evaluate("meter.restart()")
            times[name].append(page.evaluate("meter.runAll()"))
            page.evaluate("meter.settle(500)")
    return {name: values[1:] for name, values in times.items()}


def run_all(pages: dict[str, Page]) -> None:
    """Run every notebook, without timing it."""
    for page in pages.values():
        page.bring_to_front()
        page.evaluate("meter.runAll()")
        page.evaluate("meter.settle(500)")


def time_clicks(pages: dict[str, Page]) -> tuple[Times, Times, dict[str, list[str]]]:
    """Click to drawn, click to the next frame, and the state after a click on each of the controls."""
    drawn: Times = defaultdict(list)
    following: Times = defaultdict(list)
    states: dict[str, list[str]] = {}
    for name, page in pages.items():  # once round, untimed
        page.bring_to_front()
        choose_last(page, name)
        states[name] = [
            click(page, name, i)[2] for i in range(page.locator(NOTEBOOKS[name].controls).count())
        ]
    for block in range(CLICKS // BLOCK):
        for name, page in pages.items():
            page.bring_to_front()
            for i in range(block * BLOCK, (block + 1) * BLOCK):
                at = i % len(states[name])
                first, second, state = click(page, name, at)
                if state != states[name][at]:
                    raise RuntimeError(f"{name} answered a click with another state")
                drawn[name].append(first)
                following[name].append(second)
    return drawn, following, states


def choose_last(page: Page, name: str) -> None:
    """Choose the last option of every control: a round over all then changes the state each time."""
    for group in page.locator(NOTEBOOKS[name].group).all():
        group.locator(NOTEBOOKS[name].control).last.click()
        page.evaluate("meter.settle(500)")


def click(page: Page, name: str, at: int) -> tuple[float, float, str]:
    """A real click of the mouse: ms until the answer is drawn, until the next frame, and the state then."""
    page.evaluate("meter.arm(200)")
    page.locator(NOTEBOOKS[name].controls).nth(at).click()
    drawn, following, state = page.evaluate("meter.clicked")
    return drawn, following, state


def time_bursts(pages: dict[str, Page], states: dict[str, list[str]]) -> tuple[Times, Times]:
    """Thirty clicks in three seconds: ms behind after the last click, and the longest ms behind."""
    lags: Times = defaultdict(list)
    worst: Times = defaultdict(list)
    for _ in range(BURSTS):
        for name, page in pages.items():
            page.bring_to_front()
            choose_last(page, name)
            burst = page.evaluate("([states]) => meter.burst(states, 30, 100)", [states[name]])
            if not burst["right"]:
                raise RuntimeError(f"{name} never showed what was asked last")
            lags[name].append(burst["lag"])
            worst[name].append(burst["worst"])
    return lags, worst
