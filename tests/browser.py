"""Real JupyterLab and Notebook 7 in real Chromium: what starts them, and what is done in a page."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from srm_data.setup.register_kit import SETTINGS

ROOT = Path(__file__).parent.parent

#: Chromium for a container: no sandbox, no shared memory, and nothing that calls home.
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_ELSEWHERE = (  # where macOS and Windows keep it, outside the search path
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
)

#: Milliseconds to wait for a fact in a page; on a slow machine under load a fact may take seconds.
PATIENCE = 30_000

#: Where a Jupyter that is nobody's finds what `register_kit` writes into the environment.
_SETTLED = {
    "etc/jupyter/jupyter_lab_config.json": "config/jupyter_lab_config.json",
    "etc/ipython/ipython_kernel_config.json": "ipython/profile_default/ipython_kernel_config.json",
    "share/jupyter/lab/settings/overrides.json": "config/labconfig/default_setting_overrides.json",
}

_IDLE = "window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"

_OPENED = "path => window.jupyterapp?.shell?.currentWidget?.context?.path === path"

# `dispose` asks nobody whether to save.
_CHANGE = """path => {
  for (const open of [...jupyterapp.shell.widgets('main')]) {
    open.sessionContext?.shutdown();
    open.dispose();
  }
  jupyterapp.commands.execute('docmanager:open', {path});
}"""

# An error in a callback reaches no cell: only the messages of the kernel tell of it.
_WATCH = """() => {
  const session = jupyterapp.shell.currentWidget.sessionContext;
  window.kernelErrors = [];
  session.iopubMessage.connect((_, message) => {
    if (message.header.msg_type === 'error') kernelErrors.push(message.content.evalue);
  });
}"""

# Not awaited in `evaluate`, which knows no time limit.
_RUN = """() => {
  window.ran = undefined;
  jupyterapp.commands.execute('notebook:run-all-cells').then(well => { window.ran = well; });
}"""

_SAVE = """() => {
  window.saved = false;
  jupyterapp.shell.currentWidget.context.save().then(() => { window.saved = true; });
}"""

_END = """() => {
  window.ended = false;
  jupyterapp.shell.currentWidget.sessionContext.shutdown().then(() => { window.ended = true; });
}"""


def find_chromium() -> str | None:
    """Where the system has Chromium or a relative of it, or None."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return found or next(filter(os.path.exists, map(os.path.expandvars, _ELSEWHERE)), None)


def jupyter_folders(home: Path) -> dict[str, str]:
    """What to set in the environment so that Jupyter and the kit read and write nothing of the user's."""
    return {
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "IPYTHONDIR": str(home / "ipython"),
        "SRM_WORK": str(home / "work"),  # bets and answers of no learner
        "PYTHONPATH": str(ROOT),  # kernels import this srm_data and no other
    }


def beside(folder: Path) -> Path:
    """Where the JupyterLab of a folder has its settings, and its learner their answers."""
    return folder.with_name(f"{folder.name}-jupyter")


@contextmanager
def running_lab(folder: Path, module: str = "jupyterlab", app: str = "LabApp") -> Iterator[str]:
    """Serve `folder` with JupyterLab on a free port of this machine; yield the address.

    Args:
        folder: the notebooks.
        module: of the server: "notebook" is Notebook 7.
        app: what its settings are named after.
    """
    home = beside(folder)
    home.mkdir()
    # Only the extensions that the kit needs: JupyterLite's, among the test tools, fails in JupyterLab itself.
    extensions = Path("share/jupyter/labextensions")
    for name in ("@jupyter-widgets", "anywidget", *(["@jupyter-notebook"] if module == "notebook" else [])):
        shutil.copytree(sys.prefix / extensions / name, home / extensions / name)
    for name, place in _SETTLED.items():
        (home / place).parent.mkdir(parents=True, exist_ok=True)
        (home / place).write_text(json.dumps(SETTINGS[name]), "utf-8")
    options = [
        "--no-browser",
        "--allow-root",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=0",
        "--IdentityProvider.token=",  # in tests only: the kit itself keeps its token
        "--ServerApp.password=",
        f"--ServerApp.root_dir={folder}",
        f"--{app}.expose_app_in_browser=True",
        "--LabApp.news_url=None",
        f"--{app}.labextensions_path={home / extensions}",
        "--LabApp.extension_manager=readonly",
    ]
    with (home / "log.txt").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", module, *options],
            env=os.environ | jupyter_folders(home),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield _address(server, home)
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:  # a kernel does not end; it will, once its server is gone
            server.kill()
            server.wait()


def _address(server: subprocess.Popen[bytes], home: Path) -> str:
    """Wait for the server to write down which port it took, and to listen there."""
    note = home / "runtime" / f"jpserver-{server.pid}.json"
    for _ in range(600):
        if note.exists() and (text := note.read_text("utf-8")).endswith("}"):
            port = json.loads(text)["port"]
            with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
                return f"http://127.0.0.1:{port}"
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start: {(home / 'log.txt').read_text('utf-8')}")


def open_notebook(page, url: str, path: str, *, anew: bool = False) -> None:
    """Open a notebook alone in JupyterLab and wait for its kernel.

    A page where JupyterLab runs already stays as it is, since loading it takes longer than most of what is
    done in it: the notebook before is closed, and its kernel ends. `anew` loads it all the same.
    """
    if anew or not page.url.startswith(f"{url}/lab"):
        page.goto(f"{url}/lab/workspaces/tests/tree/{path}?reset")
    else:
        page.evaluate(_CHANGE, path)
    wait_for_kernel(page, path)


def wait_for_kernel(page, path: str) -> None:
    """Wait until a notebook is open and its kernel idle; from then on its errors are noted."""
    page.wait_for_function(_OPENED, arg=path, timeout=60_000)
    page.wait_for_function(_IDLE, timeout=60_000)
    page.evaluate(_WATCH)


def run_all(page) -> None:
    """Do what the menu Run → Run All Cells does; fail on any error of the kernel."""
    page.evaluate(_RUN)
    page.wait_for_function("window.ran !== undefined", timeout=60_000)
    assert page.evaluate("[window.ran, kernelErrors]") == [True, []]


def wait_for(read: Callable[[], Any], wanted: Any, seconds: float = 30) -> None:
    """Wait until what is read outside the page, such as a file that the kernel writes, is as wanted."""
    end = time.monotonic() + seconds
    while (found := read()) != wanted and time.monotonic() < end:
        time.sleep(0.05)
    assert found == wanted, found


def save(page) -> None:
    """Save the notebook, as the menu File does."""
    page.evaluate(_SAVE)
    page.wait_for_function("window.saved")


def on_disk(page, url: str, path: str) -> str:
    """The very text of a file, as the server has it."""
    asked = page.request.get(f"{url}/api/contents/{path}?type=file&format=text")
    return asked.json()["content"]


def open_again(page, url: str, path: str, *, reload: bool = True) -> None:
    """Open a notebook the next day: its kernel is gone, and no cell has been run in the new one.

    Without `reload` the notebook is closed and read from the disk again, in the same JupyterLab.
    """
    page.evaluate(_END)
    page.wait_for_function("window.ended")
    open_notebook(page, url, path, anew=reload)


def run_cell(page, index: int) -> None:
    """Run one code cell, whatever becomes of it."""
    page.evaluate(
        """index => {
          const notebook = jupyterapp.shell.currentWidget.content;
          const code = notebook.widgets.filter(one => one.model.type === 'code')[index];
          notebook.activeCellIndex = notebook.widgets.indexOf(code);
          window.ran = undefined;
          jupyterapp.commands.execute('notebook:run-cell').then(well => { window.ran = well; });
        }""",
        index,
    )
    page.wait_for_function("window.ran !== undefined", timeout=60_000)


def change_theme(page, name: str, light: bool) -> None:
    """Choose a theme of JupyterLab and wait until the page wears it."""
    page.evaluate(f"() => {{ jupyterapp.commands.execute('apputils:change-theme', {{theme: '{name}'}}); }}")
    page.wait_for_function(f"document.body.dataset.jpThemeLight === '{str(light).lower()}'")


# JupyterLab keeps the arrow keys and the letters for itself, so the keyboard way is Tab and the space bar.
_REACH = """target => {
  const here = document.activeElement;
  if (here === target) return 'there';
  return here.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING ? 'Shift+Tab' : 'Tab';
}"""


def reach(page, target) -> None:
    """Tab to a control, forwards or backwards, as somebody without a mouse does."""
    element = target.element_handle()
    for _ in range(300):
        key = page.evaluate(_REACH, element)
        if key == "there":
            return
        page.keyboard.press(key)
    raise AssertionError(f"{target} cannot be reached with the Tab key")


def go_to_cell(page, index: int) -> None:
    """With the arrow keys of JupyterLab to a code cell; all but the last of the way there is a jump."""
    page.evaluate(
        """index => {
          const notebook = jupyterapp.shell.currentWidget.content;
          const code = notebook.widgets.filter(one => one.model.type === 'code')[index];
          notebook.activate();
          notebook.activeCellIndex = Math.max(0, notebook.widgets.indexOf(code) - 2);
        }""",
        index,
    )
    page.keyboard.press("Escape")
    place = """index => {
      const notebook = jupyterapp.shell.currentWidget.content;
      const cell = document.querySelectorAll('.jp-CodeCell')[index];
      return notebook.widgets.findIndex(one => one.node === cell) - notebook.activeCellIndex;
    }"""
    for _ in range(5):
        away = page.evaluate(place, index)
        if not away:
            return
        page.keyboard.press("ArrowDown" if away > 0 else "ArrowUp")
    raise AssertionError(f"the arrow keys do not lead to code cell {index}")


#: What the kit puts in a page; the rest of it is JupyterLab's own.
OURS = (
    ".srm",
    ".srm-figure",
)


_LOOKS = (ROOT / "tests" / "looks.js").read_text("utf-8")

# preload: it would fetch the style sheets once more, which a page from a file may not.
_AXE = """async parts => {
  const options = {resultTypes: ['violations'], preload: false};
  const found = await axe.run(parts ? {include: parts.map(one => [one])} : document, options);
  for (const one of document.querySelectorAll('[data-look]')) one.removeAttribute('data-look');
  return found.violations;
}"""


def violations(page, whole=False, parts=OURS):
    """What axe-core finds wrong in parts of a page, the kit's own, or in all of one that is the kit's own.

    Contrast is read once for each look, see `tests/looks.js`; all else of every element.
    """
    from axe_playwright_python.base import AXE_SCRIPT

    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
        page.evaluate("axe.configure({rules: [{id: 'color-contrast', selector: '[data-look]'}]})")
    page.evaluate(_LOOKS)
    present = [selector for selector in parts if page.locator(selector).count()]
    found = page.evaluate(_AXE, None if whole else present)
    return [(one["id"], node["target"], node["failureSummary"]) for one in found for node in one["nodes"]]
