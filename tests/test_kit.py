"""kit.py makes a real .venv here, from two small wheels that stand in for JupyterLab and pytest."""

import ast
import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OFFLINE = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull, "PIP_NO_COMPILE": "1"}
ECHO = "import json, os, sys; print(json.dumps([os.getcwd(), *sys.argv[1:]]))\n"


def wheel(folder, name, modules):
    """Make a wheel of a few modules; return its line for a locked requirements file."""
    file = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(file, "w") as made:
        for path, source in modules.items():
            made.writestr(path, source)
        made.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        made.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        made.writestr(f"{info}/RECORD", "")
    return f"{name}==1.0 --hash=sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}\n"


def start(folder, *words, cwd=None, **env):
    """Type ``python3 kit.py ...`` as a stranger would."""
    call = [sys.executable, str(folder / "kit.py"), *words]
    env = os.environ | OFFLINE | env
    return subprocess.run(call, cwd=cwd or folder, env=env, capture_output=True, text=True, encoding="utf-8")


def start_patched(folder, patch, *words):
    """The same, on another kind of machine."""
    code = f"import runpy, sys; {patch}; sys.argv[1:] = {words!r}; runpy.run_path('kit.py', None, '__main__')"
    env = os.environ | OFFLINE
    return subprocess.run([sys.executable, "-c", code], cwd=folder, env=env, capture_output=True, text=True)


def assert_one_sentence(ended, *parts):
    assert ended.returncode not in (0, None)
    assert len(ended.stderr.strip().splitlines()) == 1, ended.stderr
    for part in parts:
        assert part in ended.stderr


def echoed(ended):
    """The folder and the words that the stand-in was started with."""
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout.splitlines()[-1])


def checkout(tmp_path):
    """Lay out a small checkout; its folder's name has a space and an accent."""
    folder = tmp_path / "mijn kít"
    (folder / "srm_data").mkdir(parents=True)
    (folder / "notebooks" / "nl").mkdir(parents=True)
    (folder / "notebooks" / "nl" / "les.ipynb").write_text("{}")
    (folder / "mine.ipynb").write_text("{}")
    shutil.copy(ROOT / "kit.py", folder)
    (folder / "srm_data" / "__init__.py").write_text("")
    (folder / "srm_data" / "__main__.py").write_text(ECHO)
    (folder / "srm_data" / "doctor.py").write_text(ECHO)
    shutil.copy(ROOT / "srm_data" / "settle.py", folder / "srm_data")
    trust = "import sys; open(sys.prefix + '/trusted', 'w', encoding='utf-8').write(repr(sys.argv[1:]))"
    lab = {"jupyterlab/__main__.py": ECHO, "nbformat/__init__.py": "", "nbformat/sign.py": trust}
    (folder / "requirements.txt").write_text(wheel(tmp_path, "lab", lab))
    tests = {"pytest/__main__.py": ECHO + "sys.exit(int(sys.argv[1]) if len(sys.argv) > 1 else 0)\n"}
    (folder / "requirements-test.txt").write_text(wheel(tmp_path, "checks", tests))
    return folder


@pytest.fixture
def bare(tmp_path):
    """A checkout that was never started."""
    return checkout(tmp_path)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    """One checkout in which `python3 kit.py test` was typed."""
    keep = tmp_path_factory.mktemp("made")
    folder = checkout(keep)
    ended = start(folder, "test", PIP_FIND_LINKS=keep.as_uri())
    assert ended.returncode == 0, ended.stderr
    return folder, ended


@pytest.fixture
def made(made_once, tmp_path):
    """A copy of it for one test; a moved checkout must work as it is."""
    folder = tmp_path / "elders"
    shutil.copytree(made_once[0], folder, symlinks=True)
    return folder


def load_kit():
    spec = importlib.util.spec_from_file_location("kit", ROOT / "kit.py")
    kit = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(kit)
    return kit


# Words


def test_old_python_can_read_it():
    ast.parse((ROOT / "kit.py").read_text("utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("word", ["help", "--help", "-h"])
def test_help_tells_of_every_command(bare, word):
    ended = start(bare, word)
    assert ended.returncode == 0
    assert all(f"kit.py {command} " in ended.stdout for command in load_kit().COMMANDS)
    assert not (bare / ".venv").exists()


@pytest.mark.parametrize(
    ("typed", "meant"), [("tset", "test"), ("docter", "doctor"), ("Figures", "figures"), ("zzz", "help")]
)
def test_unknown_command_gets_the_nearest_guess(bare, typed, meant):
    ended = start(bare, typed)
    assert_one_sentence(ended, f'"{typed}"', f"`python3 kit.py {meant}`")
    assert ended.returncode == 2


# A machine that lacks something


def test_old_python_is_told(bare):
    ended = start_patched(bare, "sys.version_info = (3, 8, 1, 'final', 0)")
    assert_one_sentence(ended, "3.11", "3.8")


def test_missing_ensurepip_names_the_apt_line(bare):
    ended = start_patched(bare, "sys.modules['ensurepip'] = None")
    assert_one_sentence(ended, "sudo apt install python{}.{}-venv".format(*sys.version_info))


def test_full_disk_is_told_before_the_download(bare):
    ended = start_patched(
        bare, "import shutil; shutil.disk_usage = lambda _: shutil._ntuple_diskusage(9, 9, 0)"
    )
    assert_one_sentence(ended, "disk is full")
    assert not (bare / ".venv").exists()


def test_folder_that_cannot_be_written(bare):
    (bare / ".venv").write_text("a file where the folder must come")
    assert_one_sentence(start(bare), "Cannot write in", str(bare))


def test_incomplete_checkout(bare):
    (bare / "requirements.txt").unlink()
    assert_one_sentence(start(bare), "requirements.txt")


def test_no_network(made):
    (made / "requirements-test.txt").write_text("absent==1.0 --hash=sha256:" + 64 * "0")
    dead = {"PIP_NO_INDEX": "0", "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "1"}
    assert_one_sentence(start(made, "test", **dead), "check the network")
    assert echoed(start(made))  # the lessons still open


def test_altered_download_is_refused(made, tmp_path):
    locked = wheel(tmp_path, "altered", {"altered.py": ""})
    (made / "requirements-test.txt").write_text(locked.partition("sha256:")[0] + "sha256:" + 64 * "0")
    assert_one_sentence(start(made, "test", PIP_FIND_LINKS=tmp_path.as_uri()), "refused")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("OSError: [Errno 30] Read-only file system: 'x'", "Cannot write"),
        ("PermissionError: [WinError 5] Zugriff verweigert", "Cannot write"),
        ("WARNING: Retrying (Retry(total=4))\nERROR: No matching distribution found", "network"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "network"),
        ("first\nERROR: something new\n", "Otherwise: ERROR: something new"),
    ],
)
def test_every_trouble_has_its_sentence(said, sentence):
    with pytest.raises(SystemExit, match=sentence):
        load_kit().fail(said, "Otherwise:")


@pytest.mark.skipif(os.name == "nt", reason="no process groups on Windows")
def test_ctrl_c_is_quiet_and_the_next_start_goes_on(made, made_once):
    (made / ".venv" / "requirements-test.txt.stamp").unlink()
    with socket.create_server(("127.0.0.1", 0)) as mute:  # a network that never answers
        address = f"http://127.0.0.1:{mute.getsockname()[1]}/simple"
        call = [sys.executable, "kit.py", "test"]
        env = os.environ | OFFLINE | {"PIP_NO_INDEX": "0", "PIP_INDEX_URL": address}
        lock = made / "requirements-test.txt"
        whole = lock.read_text()
        lock.write_text("absent==1.0 --hash=sha256:" + 64 * "0")
        process = subprocess.Popen(
            call,
            cwd=made,
            env=env,
            start_new_session=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        mute.settimeout(20)
        with mute.accept()[0]:
            os.killpg(process.pid, signal.SIGINT)
            _, stderr = process.communicate(timeout=20)
    assert (process.returncode, stderr) == (130, "")
    lock.write_text(whole)
    assert echoed(start(made, "test", PIP_FIND_LINKS=made_once[0].parent.as_uri()))


# The installation


def test_first_start_installs_and_says_so(made_once):
    folder, ended = made_once
    assert ended.stdout.count("Installing") == 2
    trusted = ast.literal_eval((folder / ".venv" / "trusted").read_text("utf-8"))
    assert trusted == [str(folder / "notebooks" / "nl" / "les.ipynb")]  # and not mine.ipynb


def test_second_start_needs_no_network_and_installs_nothing(made):
    for words in ((), ("test",), ("figures",)):
        assert "Installing" not in start(made, *words).stdout


def test_package_is_found_from_every_folder(made):
    python = next((made / ".venv").glob("[bS]*/python*"))
    code = "import srm_data; print(srm_data.__file__)"
    found = subprocess.run(
        [python, "-c", code], cwd=made / "notebooks" / "nl", capture_output=True, text=True
    )
    assert Path(found.stdout.strip()) == made / "srm_data" / "__init__.py"


def test_broken_off_installation_is_made_anew(made, made_once):
    (made / ".venv" / "requirements.txt.stamp").unlink()
    stray = made / ".venv" / "half-a-package"
    stray.touch()
    ended = start(made, PIP_FIND_LINKS=made_once[0].parent.as_uri())
    assert echoed(ended)
    assert "Installing requirements.txt" in ended.stdout
    assert not stray.exists()


def test_new_lock_is_noticed(made, made_once):
    with (made / "requirements-test.txt").open("a") as lock:
        lock.write("# newer\n")
    ended = start(made, "test", PIP_FIND_LINKS=made_once[0].parent.as_uri())
    assert ended.stdout.count("Installing") == 1


# What is started


def test_lab_gets_the_extra_words_last(made):
    for words in (["--port", "9999"], ["lab", "--port", "9999"]):
        cwd, *given = echoed(start(made, *words, cwd=made.parent))
        assert Path(cwd) == made
        assert given[-2:] == ["--port", "9999"]


def test_jupyterlab_finds_the_settings_of_the_kit(made):
    lab = json.loads((made / ".venv" / "etc" / "jupyter" / "jupyter_lab_config.json").read_text("utf-8"))
    assert lab["LabApp"]["default_url"] == "/lab/tree/notebooks/start.ipynb"
    assert lab["ServerApp"] == {"ip": "127.0.0.1", "allow_root": True}  # and no word on token or password
    asked = next((made / ".venv").glob("share/jupyter/lab/settings/overrides.json")).read_text("utf-8")
    assert '"fetchNews": "false"' in asked


def test_test_gives_back_the_exit_code(made):
    ended = start(made, "test", "3", "-x", cwd=made.parent)
    assert ended.returncode == 3
    assert json.loads(ended.stdout) == [str(made), "3", "-x"]


def test_figures_are_made_from_where_you_are(made):
    assert echoed(start(made, "figures", "--out", "x", cwd=made.parent)) == [
        str(made.parent),
        "figures",
        "--out",
        "x",
    ]


def test_doctor_comes_with_and_without_an_installation(made, bare):
    assert echoed(start(bare, "doctor", "--lang", "nl")) == [str(bare), "--lang", "nl"]
    assert not (bare / ".venv").exists()
    assert echoed(start(made, "doctor")) == [str(made)]


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
def test_without_a_display_no_browser_is_opened(monkeypatch, system, display, own, expected):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    if display:
        monkeypatch.setenv(display, ":0")
    monkeypatch.setattr(sys, "platform", system)
    assert load_kit().lab_words(own) == expected


# What is written down twice


def test_pre_commit_uses_the_locked_versions():
    locks = (ROOT / "requirements.txt").read_text("utf-8") + (ROOT / "requirements-test.txt").read_text(
        "utf-8"
    )
    pins = re.findall(r"[\w-]+==[\w.]+", (ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert len(pins) >= 4
    assert [pin for pin in pins if f"\n{pin} \\" not in locks] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_locks_name_no_host(name):
    lock = (ROOT / name).read_text("utf-8")
    assert not re.search(r"https?:|file:|^--(index|extra-index|find)", lock, re.MULTILINE)


def test_learners_get_no_test_tool():
    locked = (ROOT / "requirements.txt").read_text("utf-8")
    assert not re.search(r"^(pytest|playwright|hypothesis|mypy|ruff)\b", locked, re.MULTILINE)
    assert "--hash=sha256:" in locked


def test_package_needs_what_learners_get():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = {re.match(r"[\w-]+", line)[0] for line in project["dependencies"]}
    wanted = set(re.findall(r"^[\w-]+", (ROOT / "requirements.in").read_text("utf-8"), re.MULTILINE))
    assert wanted - names == {"jupyterlab"}  # the package itself works without it
