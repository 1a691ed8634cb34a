"""Opens JupyterLab with the kit's own settings and nobody else's; ``kit.py lab`` runs this.

What lies in ``~/.jupyter``, ``/etc/jupyter``, ``~/.ipython`` or the environment could open the server to the
network, drop its token, serve another folder or start another kernel, so none of it is read. The words a
learner types do count: JupyterLab lets them outweigh every file.
"""

import json
import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from srm_data.setup.register_kit import is_registered, write_settings

#: The folders of Jupyter in the environment that one may choose. Everything else that begins so is dropped.
PLACES = (
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "JUPYTER_PLATFORM_DIRS",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
)
CONFIGS = ("jupyter*config.py", "jupyter*config.json", "jupyter*config.d/*.json", "labconfig/*.json")


def environment(environ: Mapping[str, str], user: Path) -> dict[str, str]:
    """The environment in which JupyterLab and its kernels read no settings but those of this Python.

    Args:
        environ: the environment as it is.
        user: where Jupyter would look for the user's settings. Only what the user chose in the menus of
            JupyterLab, such as dark colours or larger letters, is still taken from there.
    """
    own = Path(sys.prefix, "etc", "srm-kit")
    kept = {name: value for name, value in environ.items() if _stays(name)}
    return {
        "JUPYTERLAB_SETTINGS_DIR": str(user / "lab" / "user-settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(user / "lab" / "workspaces"),
        **kept,
        "JUPYTER_CONFIG_DIR": str(own),
        "JUPYTER_PREFER_ENV_PATH": "1",  # our kernel before one of the same name in the home folder
        "IPYTHONDIR": str(own / "ipython"),
    }


def _stays(name: str) -> bool:
    return name in PLACES or not (name.startswith("JUPYTER") or name in ("IPYTHONDIR", "PYTHONSTARTUP"))


def isolate() -> list[str]:
    """Bring this process into that environment; name the settings that no longer count."""
    from jupyter_core import paths

    if is_registered():  # maybe by an earlier kit, whose settings name modules that this one does not have
        with suppress(OSError):  # an environment that cannot be written to keeps the settings that it has
            write_settings()
    user = Path(paths.jupyter_config_dir())
    found = _configs(paths.jupyter_config_path())
    clean = environment(os.environ, user)
    os.environ.clear()
    os.environ.update(clean)
    with suppress(OSError):  # else IPython warns, and takes a folder of the moment
        Path(clean["IPYTHONDIR"]).mkdir(parents=True, exist_ok=True)
    paths.SYSTEM_CONFIG_PATH.clear()  # no variable does this without the settings of this Python going too
    return sorted(found - _configs(paths.jupyter_config_path()))


def _configs(folders: Iterable[str]) -> set[str]:
    return {str(file) for folder in folders for kind in CONFIGS for file in Path(folder).glob(kind)}


def words(own: list[str], platform: str, environ: Mapping[str, str]) -> list[str]:
    """Give JupyterLab the learner's own words; without a display, it prints its address with the token.

    Args:
        own: what the learner typed behind the command.
        platform: as `sys.platform` gives it.
        environ: the variables of the environment.
    """
    display = any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
    blind = platform == "linux" and not display and "browser" not in " ".join(own)
    return (["--no-browser"] if blind else []) + own


def seen() -> dict[str, object]:
    """What a server started now would hold to; nothing is opened."""
    ignored = isolate()
    from jupyter_core import paths
    from jupyter_server.serverapp import ServerApp

    server = ServerApp.instance(jpserver_extensions={"jupyterlab": True}, log_level="CRITICAL")
    server.initialize([], new_httpserver=False, starter_extension="lab")
    lab = server.extension_manager.extension_points["lab"].app
    kernels = server.kernel_spec_manager
    kernel = kernels.get_all_specs().get("python3") if kernels else None
    return {
        "ignored": ignored,
        "ip": server.ip,
        "token": server.identity_provider.auth_enabled,
        "root": server.root_dir,
        "asks": not lab.check_for_updates_class.__name__.startswith("Never") or bool(lab.news_url),
        "kernel": kernel and [kernel["spec"]["argv"][0], kernel["resource_dir"]],
        "labextensions": paths.jupyter_path("labextensions"),
        "configs": paths.jupyter_config_path(),
        "writes": [paths.jupyter_data_dir(), paths.jupyter_runtime_dir()],
    }


def tell() -> None:
    """Print it, for a doctor that imports no package itself."""
    print(json.dumps(seen()))


def main() -> None:
    """Run as ``python -m srm_data.setup.open_lab``, the learner's words behind it."""
    isolate()
    from jupyterlab.labapp import main as open_jupyterlab

    open_jupyterlab(words(sys.argv[1:], sys.platform, os.environ))


if __name__ == "__main__":
    main()
