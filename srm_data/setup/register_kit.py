"""Register the kit with Jupyter in the environment that runs this; ``kit.py`` does so after it installs."""

import hashlib
import json
import os
import subprocess
import sys
import sysconfig
from os import path
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent

#: What JupyterLab finds in the environment. The words of a learner on the command line outweigh it.
SETTINGS: dict[str, dict[str, Any]] = {
    "etc/jupyter/jupyter_lab_config.json": {
        "ServerApp": {"ip": "127.0.0.1", "allow_root": True},  # this machine only; the token stays on
        "LabApp": {
            "default_url": "/lab/tree/notebooks/start.ipynb",
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",  # nothing asks the outside world
            "news_url": None,
            "extension_manager": "readonly",
        },
        "ContentsManager": {"pre_save_hook": "srm_data.setup.save_tidy.tidy"},
    },
    "etc/ipython/ipython_kernel_config.json": {
        "InteractiveShellApp": {"extra_extensions": ["srm_data.widgets.out_of_order"]}
    },
    "share/jupyter/lab/settings/overrides.json": {
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
        "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},  # reopened, views work
    },
}


def register() -> None:
    """Let every notebook folder import srm_data, tell JupyterLab where to begin, trust the lessons."""
    # A path file needs no build tool and no network, and shows a changed word at once.
    # Being relative, it lets the folder move and have any name.
    _path_file().write_text(path.relpath(ROOT, _path_file().parent) + "\n", encoding="utf-8")
    write_settings()
    # Should this fail, JupyterLab calls the lessons not trusted until they are run: no reason to stop.
    if own := own_lessons(ROOT / "notebooks"):
        call = [sys.executable, "-I", "-m", "nbformat.sign", *map(str, own)]
        # Without anybody's settings, so that the list of what is trusted lies where JupyterLab looks for it.
        clean = os.environ | {"JUPYTER_CONFIG_DIR": str(Path(sys.prefix, "etc", "srm-kit"))}
        clean.pop("JUPYTER_CONFIG_PATH", None)
        subprocess.run(call, env=clean, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def _path_file() -> Path:
    return Path(sysconfig.get_path("purelib"), "srm_kit.pth")


def is_registered() -> bool:
    """Whether the kit, this one or an earlier one, was registered in this environment."""
    return _path_file().exists()


def write_settings() -> None:
    """Write `SETTINGS` into the environment; a file that says the same already is left alone.

    They name modules of the kit, so an environment made by an earlier kit must get those of this one.

    Raises:
        OSError: when the environment cannot be written to.
    """
    for name, settings in SETTINGS.items():
        file, text = Path(sys.prefix, name), json.dumps(settings, indent=1)
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")


def own_lessons(folder: Path) -> list[Path]:
    """The notebooks that are byte for byte the kit's: not one that was edited, and none from elsewhere."""
    listed = folder / "SHA256SUMS"
    lines = listed.read_text("utf-8").splitlines() if listed.exists() else []
    known = [(folder / name, wanted) for wanted, _, name in (line.partition("  ") for line in lines)]
    return [file for file, wanted in known if file.is_file() and sha256(file) == wanted]


def sha256(file: Path) -> str:
    """Give the checksum of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    register()
