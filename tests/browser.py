"""Real JupyterLab in real Chromium: what starts them, and what the tests and the benchmark do in a page."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")

_IDLE = "window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"

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


def find_chromium() -> str | None:
    """Where the system has a browser that playwright can drive."""
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


def jupyter_folders(home: Path) -> dict[str, str]:
    """What to set in the environment so that Jupyter reads and writes nothing of the user's."""
    return {
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "IPYTHONDIR": str(home / "ipython"),
        "PYTHONPATH": str(ROOT),  # kernels import this srm_data and no other
    }


@contextmanager
def running_lab(folder: Path) -> Iterator[str]:
    """Serve `folder` with JupyterLab on a free port of this machine; yield the address."""
    home = folder.with_name(f"{folder.name}-jupyter")
    home.mkdir()
    options = [
        "--no-browser",
        "--allow-root",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=0",
        "--IdentityProvider.token=",  # in tests only: the kit itself keeps its token
        "--ServerApp.password=",
        f"--ServerApp.root_dir={folder}",
        "--LabApp.expose_app_in_browser=True",
        "--LabApp.news_url=None",
        "--LabApp.extension_manager=readonly",
    ]
    with (home / "log.txt").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            env=os.environ | jupyter_folders(home),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield _address(server, home)
    finally:
        server.terminate()
        server.wait(30)


def _address(server: subprocess.Popen[bytes], home: Path) -> str:
    """Wait for the server to write down which port it took."""
    note = home / "runtime" / f"jpserver-{server.pid}.json"
    for _ in range(600):
        if note.exists() and (text := note.read_text("utf-8")).endswith("}"):
            return f"http://127.0.0.1:{json.loads(text)['port']}"
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start: {(home / 'log.txt').read_text('utf-8')}")


def open_notebook(page, url: str, path: str) -> None:
    """Open a notebook in a workspace of its own and wait for its kernel."""
    page.goto(f"{url}/lab/workspaces/{path.replace('/', '-').removesuffix('.ipynb')}/tree/{path}")
    page.wait_for_function(_IDLE, timeout=60_000)
    page.evaluate(_WATCH)


def run_all(page) -> None:
    """Do what the menu Run → Run All Cells does; fail on any error of the kernel."""
    page.evaluate(_RUN)
    page.wait_for_function("window.ran !== undefined", timeout=60_000)
    assert page.evaluate("[window.ran, kernelErrors]") == [True, []]


def change_theme(page, name: str, light: bool) -> None:
    """Choose a theme of JupyterLab and wait until the page wears it."""
    page.evaluate(f"() => {{ jupyterapp.commands.execute('apputils:change-theme', {{theme: '{name}'}}); }}")
    page.wait_for_function(f"document.body.dataset.jpThemeLight === '{str(light).lower()}'")
