"""Settle the kit in the environment that runs this: ``kit.py`` calls it once, after the installation."""

import json
import subprocess
import sys
import sysconfig
from os import path
from pathlib import Path

ROOT = Path(__file__).parent.parent

#: What JupyterLab finds in the environment. The words of a learner on the command line outweigh it.
SETTINGS = {
    "etc/jupyter/jupyter_lab_config.json": {
        "ServerApp": {"ip": "127.0.0.1", "allow_root": True},  # this machine only; the token stays on
        "LabApp": {
            "default_url": "/lab/tree/notebooks/start.ipynb",
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",  # nothing asks the outside world
            "extension_manager": "readonly",
        },
        "ContentsManager": {"pre_save_hook": "srm_data.saving.tidy"},
    },
    "etc/ipython/ipython_kernel_config.json": {
        "InteractiveShellApp": {"extra_extensions": ["srm_data.out_of_order"]}
    },
    "share/jupyter/lab/settings/overrides.json": {
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
        "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},  # reopened, views work
    },
}


def settle() -> None:
    """Let every notebook folder import srm_data, tell JupyterLab where to begin, trust the lessons."""
    # A path file needs no build tool and no network, and shows a changed word at once.
    # Being relative, it lets the folder move and have any name.
    site = sysconfig.get_path("purelib")
    Path(site, "srm_kit.pth").write_text(path.relpath(ROOT, site) + "\n", encoding="utf-8")
    for name, settings in SETTINGS.items():
        file = Path(sys.prefix, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings, indent=1), encoding="utf-8")
    lessons = sorted(str(lesson) for lesson in (ROOT / "notebooks").rglob("*.ipynb"))
    # Should this fail, saved pictures stay hidden until the cell is run: no reason to stop.
    subprocess.run([sys.executable, "-m", "nbformat.sign", *lessons], stdout=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    settle()
