"""kit.py makes a real .venv here, from two small wheels that stand in for JupyterLab and pytest."""

import ast
import contextlib
import hashlib
import importlib.metadata
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

from srm_data.setup.register_kit import own_lessons
from tests.lessons import find
from tests.renew_twins import sums

ROOT = Path(__file__).parent.parent
OFFLINE = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull, "PIP_NO_COMPILE": "1"}
ECHO = "import json, os, sys; print(json.dumps([os.getcwd(), *sys.argv[1:]]))\n"


def wheel(folder, name, modules):
    """Make a wheel of a few modules; return its line for a locked requirements file."""
    file = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    files = modules | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},,{len(source.encode())}\n" for path, source in files.items())
    with zipfile.ZipFile(file, "w") as made:
        for path, source in (files | {f"{info}/RECORD": record}).items():
            made.writestr(path, source)
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
    (folder / "srm_data" / "setup").mkdir(parents=True)
    (folder / "notebooks" / "nl").mkdir(parents=True)
    (folder / "notebooks" / "nl" / "les.ipynb").write_text("{}")
    (folder / "notebooks" / "nl" / "edited.ipynb").write_text("{1}")
    (folder / "notebooks" / "nl" / "mine.ipynb").write_text("{}")
    own = hashlib.sha256(b"{}").hexdigest()
    listed = "".join(f"{own}  nl/{name}.ipynb\n" for name in ("les", "edited", "gone"))
    (folder / "notebooks" / "SHA256SUMS").write_text(listed)
    shutil.copy(ROOT / "kit.py", folder)
    (folder / "srm_data" / "__init__.py").write_text("")
    (folder / "srm_data" / "setup" / "__init__.py").write_text("")
    (folder / "srm_data" / "__main__.py").write_text(ECHO)
    (folder / "srm_data" / "setup" / "doctor.py").write_text(ECHO)
    (folder / "srm_data" / "setup" / "open_lab.py").write_text(ECHO)
    shutil.copy(ROOT / "srm_data" / "setup" / "register_kit.py", folder / "srm_data" / "setup")
    trust = "import sys; open(sys.prefix + '/trusted', 'w', encoding='utf-8').write(repr(sys.argv[1:]))"
    lab = {"nbformat/__init__.py": "", "nbformat/sign.py": trust, "small/__init__.py": "whole = True\n"}
    (folder / "requirements.txt").write_text(wheel(tmp_path, "lab", lab))
    tests = {"pytest/__main__.py": ECHO + "sys.exit(int(sys.argv[1]) if len(sys.argv) > 1 else 0)\n"}
    (folder / "requirements-test.txt").write_text(wheel(tmp_path, "checks", tests))
    deploy = folder / "deploy" / "jupyterhub"
    deploy.mkdir(parents=True)
    (deploy / "start.py").write_text(ECHO)
    (deploy / "requirements.txt").write_text(wheel(tmp_path, "room", {"room/__init__.py": ""}))
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


@pytest.mark.parametrize("version", [(3, 6), (3, 8), (3, 9), (3, 10)])
def test_old_python_is_told(bare, version):
    ended = start_patched(bare, f"sys.version_info = (*{version}, 1, 'final', 0)")
    assert_one_sentence(ended, "3.11 to 3.14", "{}.{}".format(*version))
    assert not (bare / ".venv").exists()


def test_missing_ensurepip_names_the_apt_line(bare):
    ended = start_patched(bare, "sys.modules['ensurepip'] = None")
    assert_one_sentence(ended, "sudo apt install python{}.{}-venv".format(*sys.version_info))


@pytest.mark.parametrize("free", [0, 10**9 - 1])
def test_full_disk_is_told_before_the_download(bare, free):
    patch = f"import shutil; shutil.disk_usage = lambda _: shutil._ntuple_diskusage(9, 9, {free})"
    assert_one_sentence(start_patched(bare, patch), "disk is full")
    assert not list(bare.glob(".[vn]e*/"))


def test_folder_that_cannot_be_written(bare):
    (bare / ".next").write_text("a file where the folder must come")
    assert_one_sentence(start(bare), "Cannot write in", str(bare))


@pytest.mark.parametrize("what", ["a folder", "a file", "an environment"])
def test_what_is_not_ours_is_left_alone(bare, tmp_path, what):
    other = bare / ".venv"
    if what == "a file":
        other.write_text("mine")
    else:
        other.mkdir()
        (other / ("pyvenv.cfg" if what == "an environment" else "diary.txt")).write_text("mine")
    assert_one_sentence(
        start(bare, PIP_FIND_LINKS=tmp_path.as_uri()), str(other), "not made by the kit", "move"
    )
    assert (other if what == "a file" else next(other.iterdir())).read_text() == "mine"


def test_incomplete_checkout(bare):
    (bare / "requirements.txt").unlink()
    assert_one_sentence(start(bare), "requirements.txt")


DEAD = {"PIP_NO_INDEX": "0", "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "1"}
#: The name of a package in a lock; some have extras behind it.
LOCKED = re.compile(r"^([\w-]+)(?:\[[\w,-]+\])?==", re.MULTILINE)
ABSENT = "absent==1.0 --hash=sha256:" + 64 * "0"


def test_no_network(made):
    (made / ".venv" / "requirements-test.txt.stamp").unlink()
    (made / "requirements-test.txt").write_text(ABSENT)
    for _ in range(2):  # what failed once is tried again
        assert_one_sentence(start(made, "test", **DEAD), "check the network")
    assert echoed(start(made))  # the lessons still open


def test_no_network_at_the_first_start(bare, tmp_path):
    good = (bare / "requirements.txt").read_text()
    (bare / "requirements.txt").write_text(ABSENT)
    assert_one_sentence(start(bare, **DEAD), "check the network")
    assert not (bare / ".venv").exists()
    stray = bare / ".next" / "half-a-package"
    stray.touch()
    (bare / "requirements.txt").write_text(good)
    assert echoed(start(bare, PIP_FIND_LINKS=tmp_path.as_uri()))
    assert not [*bare.glob(".next"), *(bare / ".venv").glob(stray.name)]


def test_no_network_after_an_update(made, made_once):
    """The packages of before do, except for the tests: those would be of another kit."""
    good = (made / "requirements.txt").read_text()
    (made / "requirements.txt").write_text(ABSENT)
    (made / ".venv").rename(made / ".gone")  # an earlier try was broken off between the two names
    ended = start(made, **DEAD)
    assert echoed(ended)
    assert "check the network" in ended.stdout
    assert "runs with the packages it had" in ended.stdout
    assert_one_sentence(start(made, "test", **DEAD), "check the network")
    (made / "requirements.txt").write_text(good + "# newer\n")
    ended = start(made, PIP_FIND_LINKS=made_once[0].parent.as_uri())
    assert echoed(ended)
    assert "Installing requirements.txt" in ended.stdout
    assert not [*made.glob(".next"), *made.glob(".gone")]


def test_where_nothing_can_be_written_the_packages_of_before_do(made):
    with (made / "requirements.txt").open("a") as lock:
        lock.write("# newer\n")
    (made / ".venv.lock").unlink()
    (made / ".venv.lock").mkdir()  # no file can be opened under this name
    ended = start(made)
    assert echoed(ended)
    assert "runs with the packages it had" in ended.stdout
    assert_one_sentence(start(made, "test"), ".venv.lock")


def test_a_full_disk_does_not_keep_the_packages_of_before_away(made):
    with (made / "requirements.txt").open("a") as lock:
        lock.write("# newer\n")
    (made / ".venv").rename(made / ".gone")  # broken off between the two names
    full = "import shutil; shutil.disk_usage = lambda _: shutil._ntuple_diskusage(9, 9, 0)"
    ended = start_patched(made, full)
    assert echoed(ended)
    assert "disk is full" in ended.stdout


def test_altered_download_is_refused(made, tmp_path):
    locked = wheel(tmp_path, "altered", {"altered.py": ""})
    (made / ".venv" / "requirements-test.txt.stamp").unlink()
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
        (
            "ERROR: No packages due to OSError: [Errno 2] No such file or directory: 'C:\\\\x'\n"
            "HINT: This error might have occurred since this system does not have Windows Long Path "
            "support enabled.",
            "too long for Windows",
        ),
        ("FileNotFoundError: [WinError 206] The filename or extension is too long", "too long for Windows"),
        ("first\nERROR: something new\n", "Otherwise: ERROR: something new"),
    ],
)
def test_every_trouble_has_its_sentence(said, sentence):
    with pytest.raises(SystemExit, match=sentence):
        load_kit().fail(said, "Otherwise:")


def test_a_folder_with_a_long_name_is_told_before_the_download(monkeypatch):
    kit = load_kit()
    monkeypatch.setattr(kit, "long_names_work", lambda: False)
    monkeypatch.setattr(kit, "remove", lambda _: pytest.fail("goes on"))
    monkeypatch.setattr(kit, "LONGEST", len(kit.HERE) - 1)
    with pytest.raises(SystemExit, match=r"too long for Windows, \d+ signs: move the kit"):
        kit.make_venv(None)
    monkeypatch.setattr(kit, "LONGEST", len(kit.HERE))
    with pytest.raises(pytest.fail.Exception, match="goes on"):
        kit.make_venv(None)


def test_no_file_of_the_packages_has_a_longer_name_than_the_kit_reckons_with():
    locked = LOCKED.findall((ROOT / "requirements.txt").read_text("utf-8"))
    assert {"jupyterlab", "jsonschema", "bleach"} <= {*locked}
    names = [
        f"Lib/site-packages/{file}" if not str(file).startswith("..") else str(file).replace("../", "")
        for package in locked
        for file in metadata_files(package)
    ]
    room = 259 - len("/.venv/") - load_kit().LONGEST
    assert max(map(len, names)) <= room
    assert room - max(map(len, names)) < 15  # else a folder is refused for nothing


def metadata_files(package):
    """What a package installed; nothing when it is for another system."""
    try:
        return importlib.metadata.files(package) or []
    except importlib.metadata.PackageNotFoundError:
        return []


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
            try:
                _, stderr = process.communicate(timeout=60)
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
    assert (process.returncode, stderr) == (130, "")
    lock.write_text(whole)
    assert echoed(start(made, "test", PIP_FIND_LINKS=made_once[0].parent.as_uri()))


# The installation


def test_first_start_installs_and_says_so(made_once):
    folder, ended = made_once
    assert ended.stdout.count("Installing") == 2
    trusted = ast.literal_eval((folder / ".venv" / "trusted").read_text("utf-8"))
    assert trusted == [str(folder / "notebooks" / "nl" / "les.ipynb")]  # not edited.ipynb, not mine.ipynb


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


def test_scripts_name_the_place_where_they_end_up(made_once):
    folder = made_once[0] / ".venv"
    scripts = [
        file for file in (folder / ("Scripts" if os.name == "nt" else "bin")).iterdir() if file.is_file()
    ]
    texts = [(folder / "pyvenv.cfg").read_bytes(), *(file.read_bytes() for file in scripts)]
    assert any(str(folder).encode() in text for text in texts)
    assert not any(str(folder.with_name(".next")).encode() in text for text in texts)


def packages(venv):
    """Where the packages of an environment lie."""
    (place,) = venv.glob("Lib/site-packages" if os.name == "nt" else "lib/python*/site-packages")
    return place


def hurt(venv, kind):
    """Do what antivirus, a full disk or a hurried hand does to a package."""
    file = packages(venv) / "small" / "__init__.py"
    if kind == "a file gone":
        file.unlink()
    elif kind == "a file cut short":
        file.write_text("")
    else:
        shutil.rmtree(packages(venv) / "lab-1.0.dist-info")


@pytest.mark.parametrize("kind", ["a file gone", "a file cut short", "all gone"])
def test_a_damaged_package_is_noticed(made, monkeypatch, kind, capsys):
    kit = load_kit()
    monkeypatch.setattr(kit, "HERE", str(made))
    monkeypatch.setattr(kit, "VENV", str(made / ".venv"))
    files = ["requirements.txt"]
    assert kit.whole(files, *files)
    assert capsys.readouterr().out == ""
    hurt(made / ".venv", kind)
    assert not kit.whole(files, *files)
    assert capsys.readouterr().out == "The package lab in .venv is damaged.\n"


def test_a_damaged_package_is_mended(made, made_once):
    hurt(made / ".venv", "a file cut short")
    ended = start(made, PIP_FIND_LINKS=made_once[0].parent.as_uri())
    assert echoed(ended)
    assert ended.stdout.count("The package lab in .venv is damaged.") == 1
    assert "whole" in (packages(made / ".venv") / "small" / "__init__.py").read_text()
    assert "is damaged" not in start(made).stdout


def astray(folder):
    """Settings of pip and Python that would take an installation elsewhere."""
    config = folder / "pip.conf"
    config.write_text(
        f"[global]\nuser = true\n[install]\ntarget = {folder / 'file'}\nprefix = {folder / 'file'}\n"
    )
    odd = folder / "odd"
    odd.mkdir()
    for name in ("csv", "random", "venv", "pip", "srm_data", "encodings_of_mine"):
        (odd / f"{name}.py").write_text(f"raise SystemExit('{name} of another')\n")
    return odd, {
        "PIP_CONFIG_FILE": str(config),
        "PIP_USER": "1",
        "PIP_TARGET": str(folder / "target"),
        "PIP_PREFIX": str(folder / "prefix"),
        "PIP_ROOT": str(folder / "root"),
        "PIP_PYTHON": str(folder / "no-python"),
        "PIP_REQUIRE_VIRTUALENV": "1",
        "PIP_DRY_RUN": "1",
        "PIP_CONSTRAINT": str(folder / "no-file"),
        "PIP_NO_BINARY": ":all:",
        "PYTHONPATH": str(odd),
        "PYTHONSTARTUP": str(odd / "csv.py"),
    }


def test_nothing_leads_the_installation_astray(bare, tmp_path):
    odd, settings = astray(tmp_path)
    ended = start(bare, cwd=odd, PIP_FIND_LINKS=tmp_path.as_uri(), **settings)
    assert echoed(ended)
    assert (packages(bare / ".venv") / "small" / "__init__.py").exists()
    assert {path.name for path in tmp_path.iterdir()} == {
        bare.name,
        "odd",
        "pip.conf",
        "lab-1.0-py3-none-any.whl",
        "checks-1.0-py3-none-any.whl",
        "room-1.0-py3-none-any.whl",
    }


def test_no_module_is_taken_from_another_folder(made, tmp_path):
    odd, settings = astray(tmp_path)
    for word in ("", "site", "figures", "doctor", "test"):
        for cwd, env in ((odd, {}), (tmp_path, settings)):
            assert echoed(start(made, *filter(None, [word]), cwd=cwd, **env))
    for name in ("csv", "random"):  # what a learner made in the folder of the kit is not Python's either
        shutil.copy(odd / f"{name}.py", made)
    assert echoed(start(made, "doctor"))


def test_variables_that_lead_python_astray_reach_no_command(made, tmp_path):
    (made / "srm_data" / "setup" / "open_lab.py").write_text("import os; print(sorted(os.environ))")
    _, settings = astray(tmp_path)
    kept = {"PIP_INDEX_URL": "http://127.0.0.1:9", "PYTHONUTF8": "1"}
    names = set(ast.literal_eval(start(made, PYTHONHOME=sys.base_prefix, **settings, **kept).stdout))
    assert not names & {*settings, "PYTHONHOME"} - {"PIP_CONFIG_FILE"}
    assert set(kept) <= names


HOLD = """
import os, sys, time
lock = open(sys.argv[1], "a")
if os.name == "nt":
    import msvcrt
    msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
else:
    import fcntl
    fcntl.flock(lock, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


def test_two_at_once_install_one_after_the_other(bare, tmp_path):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, bare / ".venv.lock"], stdout=subprocess.PIPE, text=True
    )
    env = os.environ | OFFLINE | {"PIP_FIND_LINKS": tmp_path.as_uri()}
    call = [sys.executable, "kit.py"]
    with holder:
        assert holder.stdout.readline() == "held\n"
        both = [
            subprocess.Popen(call, cwd=bare, env=env, stdout=subprocess.PIPE, text=True, encoding="utf-8")
            for _ in range(2)
        ]
        first = [process.stdout.readline() for process in both]
        assert first == 2 * ["Another kit.py is installing: this one waits for it.\n"]
        assert not (bare / ".next").exists()
        holder.kill()  # a crash frees the lock
        said = [process.communicate(timeout=120)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sorted(text.count("Installing") for text in said) == [0, 1]
    stray = bare / ".venv" / "of-before"
    stray.touch()
    ended = start(bare, "test", PIP_FIND_LINKS=tmp_path.as_uri())
    assert ended.stdout.count("Installing") == 1
    assert stray.exists()  # the tests are added to what is there


@pytest.mark.skipif(os.name == "nt", reason="there a child is ended with its parent or holds no lock")
def test_an_installation_whose_kit_was_killed_still_holds_the_lock(made):
    with socket.create_server(("127.0.0.1", 0)) as mute:
        mute.settimeout(60)
        (made / ".venv" / "requirements-test.txt.stamp").unlink()
        (made / "requirements-test.txt").write_text(ABSENT)
        address = f"http://127.0.0.1:{mute.getsockname()[1]}/simple"
        env = os.environ | OFFLINE | {"PIP_NO_INDEX": "0", "PIP_INDEX_URL": address}
        killed = subprocess.Popen(
            [sys.executable, "kit.py", "test"],
            cwd=made,
            env=env,
            start_new_session=True,
            stdout=subprocess.PIPE,
        )
        with mute.accept()[0]:
            killed.kill()
            killed.wait(20)
            waits = subprocess.Popen(
                [sys.executable, "kit.py", "test"], cwd=made, env=env, stdout=subprocess.PIPE, text=True
            )
            try:
                assert waits.stdout.readline() == "Another kit.py is installing: this one waits for it.\n"
            finally:
                waits.kill()
                waits.communicate()
                os.killpg(killed.pid, signal.SIGKILL)
                killed.stdout.close()


def test_new_lock_is_noticed(made, made_once):
    with (made / "requirements-test.txt").open("a") as lock:
        lock.write("# newer\n")
    stray = made / ".venv" / "of-before"
    stray.touch()
    ended = start(made, "test", PIP_FIND_LINKS=made_once[0].parent.as_uri())
    assert ended.stdout.count("Installing") == 2  # anew: what the old lock named may have to go
    assert not stray.exists()


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
    assert lab["LabApp"]["news_url"] is None
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


def test_a_class_has_an_environment_of_its_own(bare, tmp_path):
    assert echoed(start(bare, "class", "--port", "9", PIP_FIND_LINKS=tmp_path.as_uri()))[1:] == [
        "--port",
        "9",
    ]
    assert not (bare / ".venv").exists()
    assert (packages(bare / ".venv-class") / "room").is_dir()
    assert not (packages(bare / ".venv-class") / "srm_kit.pth").exists()  # which leads to a checkout
    assert "Installing" not in start(bare, "class").stdout


STUB = '#!/bin/sh\n[ "$1" = -c ] && exit {old}\necho ran "$@"\nexit {code}\n'


@pytest.mark.skipif(os.name == "nt", reason="a double click there means start.bat")
@pytest.mark.parametrize(("old", "code"), [(0, 0), (0, 3), (1, 0)])
def test_a_double_click_runs_the_kit_or_says_what_is_missing(tmp_path, old, code):
    for name in ("python3", "python3.14", "python3.13", "python3.12", "python3.11"):
        (tmp_path / name).write_text(STUB.format(old=old, code=code))
        (tmp_path / name).chmod(0o755)
    env = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    call = [ROOT / "start.command", "--no-browser"]
    ended = subprocess.run(
        call, cwd=tmp_path, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    if old:
        assert ended.returncode == 1
        assert ended.stdout.count("python.org/downloads") == 2
    else:
        assert ended.stdout == "ran kit.py --no-browser\n"
        assert ended.returncode == code


def test_the_file_for_windows_has_its_line_ends_and_stays_open_on_an_error():
    raw = (ROOT / "start.bat").read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n") > 10
    assert raw.isascii()  # else it depends on the code page
    assert b"kit.py %*" in raw
    assert raw.count(b"python.org/downloads") == 2
    assert b"if errorlevel 1 pause" in raw
    assert re.search(r"^\*\.bat +text eol=crlf$", (ROOT / ".gitattributes").read_text(), re.MULTILINE)


def test_doctor_comes_with_and_without_an_installation(made, bare):
    assert echoed(start(bare, "doctor", "--lang", "nl")) == [str(bare), "--lang", "nl"]
    assert not (bare / ".venv").exists()
    assert echoed(start(made, "doctor")) == [str(made)]


# What is written down twice


def test_every_notebook_of_the_kit_is_known_by_its_checksum():
    """Else it is not trusted: `python -m tests.renew_twins` writes the sums anew."""
    assert (ROOT / "notebooks" / "SHA256SUMS").read_text("utf-8") == sums()
    assert own_lessons(ROOT / "notebooks") == [ROOT / "notebooks" / path for path in find()]


def test_pre_commit_uses_the_locked_versions():
    locks = (ROOT / "requirements.txt").read_text("utf-8") + (ROOT / "requirements-test.txt").read_text(
        "utf-8"
    )
    pins = re.findall(r"[\w-]+==[\w.]+", (ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert len(pins) >= 4
    assert [pin for pin in pins if f"\n{pin} \\" not in locks] == []


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-test.txt", "deploy/jupyterhub/requirements.txt"]
)
def test_locks_name_no_host(name):
    lock = (ROOT / name).read_text("utf-8")
    assert not re.search(r"https?:|file:|^--(index|extra-index|find)", lock, re.MULTILINE)


def test_learners_get_no_test_tool():
    locked = (ROOT / "requirements.txt").read_text("utf-8")
    assert not re.search(r"^(pytest|playwright|hypothesis|mypy|ruff)\b", locked, re.MULTILINE)
    assert "--hash=sha256:" in locked


def test_learners_get_all_that_the_package_may_use():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = sum(project["optional-dependencies"].values(), project["dependencies"])
    names = {re.match(r"[\w-]+", line)[0] for line in lines} - {"srm_data"}
    wanted = set(re.findall(r"^[\w-]+", (ROOT / "requirements.in").read_text("utf-8"), re.MULTILINE))
    assert wanted - {"jsonschema"} <= names  # which JupyterLab uses, and the lock holds back
    locked = (ROOT / "requirements.txt").read_text("utf-8")
    assert {*LOCKED.findall(locked)} >= names  # others bring those not in the .in
