"""JupyterLab as the kit starts it: whatever the machine says, it is this machine's alone and asks a token."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from srm_data.files.paths import CHECKOUT
from srm_data.setup import open_lab, register_kit

ROOT = CHECKOUT
OPEN = """
c.ServerApp.ip = "0.0.0.0"
c.ServerApp.root_dir = "/"
c.ServerApp.allow_remote_access = True
c.IdentityProvider.token = ""
c.ServerApp.token = ""
c.LabApp.check_for_updates_class = "jupyterlab.handlers.announcements.CheckForUpdate"
c.LabApp.news_url = "http://127.0.0.1:9/news"
"""
OPEN_JSON = {
    "ServerApp": {"ip": "", "root_dir": "/", "token": ""},
    "IdentityProvider": {"token": ""},
    "LabApp": {"check_for_updates_class": "jupyterlab.handlers.announcements.CheckForUpdate"},
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A machine whose every setting opens JupyterLab to others; the environment that leads there."""
    home = tmp_path_factory.mktemp("home")
    folders = [home / ".jupyter", home / "path", home / "system"]
    for folder in folders:
        folder.mkdir()
        for name in ("jupyter_config", "jupyter_server_config", "jupyter_lab_config"):
            (folder / f"{name}.py").write_text(OPEN)
            (folder / f"{name}.json").write_text(json.dumps(OPEN_JSON))
        (folder / "labconfig").mkdir()
        off = {"disabledExtensions": {"@jupyter-widgets/jupyterlab-manager": True}}
        (folder / "labconfig" / "page_config.json").write_text(json.dumps(off))
    kernel = {"argv": ["another-python", "{connection_file}"], "display_name": "Mine", "language": "python"}
    for place in (home / "share" / "kernels" / "python3", home / ".local/share/jupyter/kernels/python3"):
        place.mkdir(parents=True)
        (place / "kernel.json").write_text(json.dumps(kernel))
    startup = home / ".ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "first.py").write_text("started = 'by another'\n")
    return home, {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "JUPYTER_CONFIG_PATH": str(home / "path"),
        "JUPYTER_PATH": str(home / "share"),
        "JUPYTER_PREFER_ENV_PATH": "0",
        "JUPYTER_TOKEN": "secret",
        "JUPYTER_PORT": "no port",
        "JUPYTER_GATEWAY_URL": "http://127.0.0.1:9",
        "JUPYTERLAB_DIR": str(home / "lab"),
        "IPYTHONDIR": str(home / ".ipython"),
        "PYTHONSTARTUP": str(startup / "first.py"),
    }


@pytest.fixture(scope="module")
def prefix(tmp_path_factory):
    """An environment in which the kit was just registered; it borrows the packages of this one."""
    made = tmp_path_factory.mktemp("prefix")
    for name, settings in register_kit.SETTINGS.items():
        file = made / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings), "utf-8")
    for place in Path(sys.prefix, "share", "jupyter").iterdir():
        if place.name not in ("lab",):
            (made / "share" / "jupyter" / place.name).symlink_to(place)
    lab_files = made / "share" / "jupyter" / "lab"
    for place in Path(sys.prefix, "share", "jupyter", "lab").iterdir():
        if place.name != "settings":
            (lab_files / place.name).symlink_to(place)
    return made


def run_in(prefix, hostile, code):
    """Run code where the kit is registered, on that machine; give back the last line as data."""
    home, environ = hostile
    before = f"""
import sys
sys.path.append({str(ROOT)!r})
sys.prefix = {str(prefix)!r}
from jupyter_core import paths
paths.SYSTEM_CONFIG_PATH[:] = [{str(home / "system")!r}]
"""
    done = subprocess.run(
        [sys.executable, "-P", "-c", before + code],
        cwd=ROOT,
        env=os.environ | environ,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_an_environment_of_an_earlier_kit_gets_the_settings_of_this_one(prefix, hostile):
    """An update may move a module that the settings name; offline, the environment of before runs on."""
    file = prefix / "etc" / "jupyter" / "jupyter_lab_config.json"
    now = json.loads(file.read_text("utf-8"))
    before = now | {"ContentsManager": {"pre_save_hook": "srm_data.where_it_was.tidy"}}
    file.write_text(json.dumps(before), "utf-8")
    registered = "from srm_data.setup import open_lab; open_lab.is_registered = lambda: True; "
    assert run_in(prefix, hostile, registered + "open_lab.tell()")["ip"] == "127.0.0.1"
    assert json.loads(file.read_text("utf-8")) == now


@pytest.fixture(scope="module")
def seen(prefix, hostile):
    return run_in(prefix, hostile, "from srm_data.setup import open_lab; open_lab.tell()")


def test_the_machine_opens_nothing(seen):
    assert (seen["ip"], seen["token"], seen["root"]) == ("127.0.0.1", True, str(ROOT))


def test_nothing_is_asked_of_the_internet(seen):
    assert seen["asks"] is False


def test_what_does_not_count_is_named(seen, hostile):
    home = hostile[0]
    names = {Path(name).relative_to(home).as_posix() for name in seen["ignored"]}
    for folder in (".jupyter", "path", "system"):
        assert {f"{folder}/jupyter_server_config.py", f"{folder}/labconfig/page_config.json"} <= names
    assert not any(str(home) in folder for folder in seen["configs"])


def test_the_kernel_is_that_of_the_kit(seen, prefix):
    assert seen["kernel"][0] != "another-python"
    assert Path(seen["kernel"][1]) == prefix / "share" / "jupyter" / "kernels" / "python3"


def test_what_a_learner_chose_in_the_menus_stays(tmp_path):
    clean = open_lab.environment({"HOME": "/h", "JUPYTER_DATA_DIR": "/d", "JUPYTERLAB_DIR": "/l"}, tmp_path)
    assert clean["JUPYTERLAB_SETTINGS_DIR"] == str(tmp_path / "lab" / "user-settings")
    assert (clean["HOME"], clean["JUPYTER_DATA_DIR"]) == ("/h", "/d")
    assert "JUPYTERLAB_DIR" not in clean
    chosen = open_lab.environment({"JUPYTERLAB_SETTINGS_DIR": "/mine"}, tmp_path)
    assert chosen["JUPYTERLAB_SETTINGS_DIR"] == "/mine"


def test_a_kernel_starts_without_the_users_start_up_files(prefix, hostile):
    code = """
import json, os
from srm_data.setup import open_lab
open_lab.isolate()
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="python3")
told = client.execute_interactive("print('started' in globals())", output_hook=lambda m: print(
    json.dumps(m["content"]["text"])) if m["msg_type"] == "stream" else None)
client.stop_channels()
manager.shutdown_kernel(now=True)
"""
    assert run_in(prefix, hostile, code) == "False\n"


def test_the_words_of_a_learner_outweigh_the_settings(prefix, hostile):
    code = """
import json, sys
from srm_data.setup import open_lab
from jupyterlab import labapp
def show(argv):
    server = labapp.LabApp.serverapp_class.instance(jpserver_extensions={"jupyterlab": True})
    server.initialize(argv, new_httpserver=False, starter_extension="lab")
    print(json.dumps([server.ip, server.root_dir, server.port]))
labapp.main = show
sys.argv[1:] = ["--ServerApp.ip=0.0.0.0", "--ServerApp.root_dir=/tmp", "--port", "9999"]
open_lab.main()
"""
    assert run_in(prefix, hostile, code) == ["0.0.0.0", "/tmp", 9999]


@pytest.mark.parametrize(
    ("system", "display", "own", "expected"),
    [
        ("linux", "", [], ["--no-browser"]),
        ("linux", "", ["--no-browser"], ["--no-browser"]),  # JupyterLab refuses to be told a thing twice
        ("linux", "", ["--ServerApp.open_browser=True"], ["--ServerApp.open_browser=True"]),
        ("linux", "DISPLAY", [], []),
        ("linux", "WAYLAND_DISPLAY", ["--ip", "0.0.0.0"], ["--ip", "0.0.0.0"]),
        ("darwin", "", [], []),
    ],
)
def test_without_a_display_no_browser_is_opened(system, display, own, expected):
    assert open_lab.words(own, system, {display: ":0"} if display else {}) == expected
