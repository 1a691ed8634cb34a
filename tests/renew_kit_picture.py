"""Take the picture of the README anew: JupyterLab with lesson 2, one column chosen and one cell open.

``python -m tests.renew_kit_picture`` writes ``figures/kit.png``; use it when the look of `explore` changes.
"""

import shutil
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser import CHROMIUM, ROOT, find_chromium, open_notebook, run_all, running_lab
from tests.lessons import cells

PICTURE = ROOT / "figures" / "kit.png"
LESSON = "en/02_service_models.ipynb"
SIZE = {"width": 1280, "height": 860}
COLOURS = 128


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = Path(place) / "notebooks"
        shutil.copytree(ROOT / "notebooks", folder)
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM)
        page = browser.new_page(viewport=SIZE)
        with running_lab(folder) as address:
            open_notebook(page, address, LESSON)
            run_all(page)
            index = next(i for i, source in enumerate(cells(LESSON, "code")) if "srm.explore(" in source)
            cell = page.locator(".jp-CodeCell").nth(index)
            view = cell.locator("srm-explore")
            view.get_by_role("button", name="PaaS").click()
            view.locator("tbody tr").nth(5).locator("button").nth(2).click()
            cell.evaluate("cell => cell.scrollIntoView({block: 'start'})")
            page.mouse.move(0, 0)
            page.evaluate("document.activeElement.blur()")
            page.wait_for_timeout(500)  # what moves has come to rest
            shot = page.screenshot()
        browser.close()
    Image.open(BytesIO(shot)).convert("P", palette=Image.Palette.ADAPTIVE, colors=COLOURS).save(
        PICTURE, optimize=True
    )
    print(PICTURE)


if __name__ == "__main__":
    main()
