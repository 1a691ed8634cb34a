"""Every check of the doctor, on a machine that is well and on one that is not."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from srm_data.files.paths import CHECKOUT
from srm_data.setup import doctor

ROOT = CHECKOUT
PYTHON = "/kit/.venv/bin/python"


def labextension(folder, version):
    """Lay out a widget manager as JupyterLab finds it; return the folder of labextensions."""
    place = folder / doctor.WIDGET_MANAGER
    place.mkdir(parents=True)
    (place / "package.json").write_text(json.dumps({"version": version}))
    return folder


def page_config(folder, disabled):
    """Lay out a JupyterLab configuration; return the folder of configurations."""
    (folder / "labconfig").mkdir(parents=True)
    (folder / "labconfig" / "page_config.json").write_text(json.dumps({"disabledExtensions": disabled}))
    return folder


@pytest.mark.parametrize("key", doctor.TEXT)
def test_both_languages_say_the_same_things(key):
    english, dutch = (sorted(re.findall(r"{\w+}", text)) for text in doctor.TEXT[key])
    assert english == dutch
    assert all(doctor.TEXT[key])


def test_no_word_is_left_unused():
    source = Path(doctor.__file__).read_text("utf-8")
    assert {key for key in doctor.TEXT if not re.search(f"[\"']{key}[\"']", source)} == set()


@pytest.mark.parametrize("lang", doctor.LANGUAGES)
@pytest.mark.parametrize(("version", "ok"), [((3, 10, 9), False), ((3, 11, 0), True), ((3, 14, 0), True)])
def test_python(lang, version, ok):
    check = doctor.check_python(lang, version)
    assert (check.ok, bool(check.mend)) == (ok, not ok)
    assert "{}.{}.{}".format(*version) in check.message


def test_install(tmp_path):
    assert doctor.check_install("en", tmp_path).ok  # somebody else's environment: the package check speaks
    (tmp_path / ".venv").mkdir()
    other = doctor.check_install("en", tmp_path)
    assert not other.ok
    assert str(tmp_path / ".venv") in other.message
    assert "move that folder" in other.mend
    (tmp_path / ".venv" / "requirements.txt.stamp").touch()
    assert doctor.check_install("en", tmp_path).ok


def test_packages():
    wanted = dict.fromkeys(doctor.MAIN_PACKAGES, "2.0")

    def check(lang, wanted, version_of, faults=None):
        return doctor.check_packages(lang, wanted, version_of, lambda names: faults or {})

    assert check("en", wanted, lambda _: "2.0").ok
    asked = []
    assert check("en", {}, lambda name: asked.append(name) or "9.9").ok  # no lock beside it
    assert "jupyterlab" not in asked

    some = check("en", {}, lambda name: "9.9" if name == "pandas" else None)
    assert (some.ok, some.mend) == (True, "")  # installed by itself, it may do without the rest
    assert some.message.startswith("without ipywidgets, matplotlib, jinja2, tqdm; pip install ")
    assert not check("en", {}, lambda _: None).ok

    other = check("en", wanted, lambda name: "1.9" if name == "pandas" else "2.0")
    assert (other.ok, other.message) == (False, "pandas is 1.9, tested with 2.0")

    missing = check("nl", wanted, lambda _: None)
    assert not missing.ok
    assert all(name in missing.message for name in doctor.MAIN_PACKAGES)
    assert doctor.KIT in missing.mend

    broken = check("nl", wanted, lambda _: "2.0", {"pandas": "ImportError: x"})
    assert (broken.ok, broken.message) == (
        False,
        "pandas is er wel, maar werkt niet (ImportError: x)",
    )
    assert broken.mend


def installed(folder, name, source):
    """Lay out a small package as pip would."""
    (folder / name).mkdir()
    (folder / name / "__init__.py").write_text(source)
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "RECORD").write_text(f"{name}/__init__.py,,{len(source)}\n")
    return folder / name / "__init__.py"


def test_packages_are_imported_and_their_files_looked_at(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(doctor, "CHECKOUT", tmp_path)  # the last place where a module is looked for
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)  # what one that dies has not yet said is lost
    good = installed(tmp_path, "soundpackage", "x = 1\n")
    installed(tmp_path, "lamepackage", "import nothing_of_this_name\n")
    installed(tmp_path, "deadlypackage", "import os; os._exit(3)\n")
    assert doctor.installed_version("soundpackage") == "1.0"
    assert doctor.installed_version("nothing_of_this_name") is None
    assert doctor.package_faults(["soundpackage"]) == {}
    assert doctor.package_faults(["soundpackage", "lamepackage"]) == {
        "lamepackage": "ModuleNotFoundError: No module named 'nothing_of_this_name'"
    }
    assert doctor.package_faults(["deadlypackage", "soundpackage"]) == {"deadlypackage": "3"}
    latin = "import os, sys; sys.stderr.buffer.write(b'caf\\xe9'); sys.stderr.flush(); os._exit(4)\n"
    installed(tmp_path, "latinpackage", latin)  # as an error on Windows may be told
    assert doctor.package_faults(["latinpackage"]) == {"latinpackage": "caf\N{REPLACEMENT CHARACTER}"}
    installed(tmp_path, "emptiedpackage", "")
    (tmp_path / "emptiedpackage-1.0.dist-info" / "RECORD").write_bytes(bytes(40))  # after a power cut
    assert "RECORD" in doctor.package_faults(["emptiedpackage"])["emptiedpackage"]
    good.write_text("")
    assert doctor.package_faults(["soundpackage"]) == {"soundpackage": f"{good}: 0 bytes"}
    good.unlink()
    assert doctor.package_faults(["soundpackage"]) == {"soundpackage": f"{good}: -"}


SAFE = {"ip": "127.0.0.1", "token": True, "root": "/kit", "asks": False, "ignored": []}


@pytest.mark.parametrize("lang", doctor.LANGUAGES)
@pytest.mark.parametrize(
    ("found", "words"),
    [
        ({"ip": ""}, ("(*)", "(*)")),
        ({"ip": "0.0.0.0"}, ("other machines", "andere computers")),
        ({"ip": "192.168.1.2"}, ("192.168.1.2", "192.168.1.2")),
        ({"token": False}, ("no token", "geen token")),
        ({"root": "/"}, ("/ instead of /kit", "/ in plaats van /kit")),
        ({"asks": True}, ("internet", "internet")),
        ({"error": "ImportError: x"}, ("cannot start: ImportError: x", "niet starten: ImportError: x")),
    ],
)
def test_a_server_that_is_open_is_told(lang, found, words):
    check = doctor.check_server(lang, SAFE | found, Path("/kit"))
    assert not check.ok
    assert words[doctor.LANGUAGES.index(lang)] in check.message
    assert doctor.KIT in check.mend


def test_a_safe_server_and_the_settings_that_do_not_count():
    safe = doctor.check_server("en", SAFE, Path("/kit"))
    assert safe.ok
    assert "do not count" not in safe.message
    told = doctor.check_server(
        "nl", SAFE | {"ignored": ["/h/.jupyter/jupyter_server_config.py"]}, Path("/kit")
    )
    assert told.ok
    assert "tellen niet in de kit: /h/.jupyter/jupyter_server_config.py" in told.message


def test_a_package_in_the_lock_may_have_extras():
    lines = [
        "bleach[css]==6.4.0 \\",
        "    --hash=sha256:00",
        "numpy==2.4 ; python_full_version < '3.12' \\",
        "# via x",
    ]
    assert doctor.locked_versions(lines) == {"bleach": "6.4.0", "numpy": "2.4"}


def test_lock_names_every_main_package():
    locked = doctor.locked_versions((ROOT / "requirements.txt").read_text("utf-8").splitlines())
    assert set(doctor.MAIN_PACKAGES) <= set(locked)


@pytest.mark.parametrize("command", ["python", "python3", "python3.12", PYTHON, PYTHON + "3"])
def test_kernel_of_this_environment(command):
    assert doctor.check_kernel("en", command, "/k", PYTHON).ok


def test_kernel_of_another_environment_is_named_with_its_folder():
    check = doctor.check_kernel("en", "/usr/bin/python3", "/home/me/kernels/python3", PYTHON)
    assert not check.ok
    assert "/usr/bin/python3" in check.message
    assert "/home/me/kernels/python3" in check.mend
    assert not doctor.check_kernel("en", None, "", PYTHON).ok


def test_widget_manager(tmp_path):
    good = labextension(tmp_path / "good", "5.0.16")
    old = labextension(tmp_path / "old", "3.1.0")
    assert doctor.check_widgets("en", [tmp_path / "absent", good], []).ok
    assert "plain text" in doctor.check_widgets("en", [tmp_path / "absent"], []).message
    shadowed = doctor.check_widgets("en", [old, good], [])
    assert not shadowed.ok
    assert str(old) in shadowed.mend


@pytest.mark.parametrize(
    ("disabled", "ok"),
    [
        ({doctor.WIDGET_MANAGER: True}, False),
        ([doctor.WIDGET_MANAGER], False),
        ({doctor.WIDGET_MANAGER: False}, True),
        ({"other": True}, True),
        (None, True),
    ],
)
def test_widget_manager_switched_off(tmp_path, disabled, ok):
    good, config = labextension(tmp_path / "good", "5.0.16"), page_config(tmp_path / "config", disabled)
    assert doctor.check_widgets("en", [good], [config]).ok is ok


def test_broken_configuration_is_no_obstacle(tmp_path):
    config = page_config(tmp_path / "config", None)
    (config / "labconfig" / "page_config.json").write_text("{")
    assert doctor.check_widgets("en", [labextension(tmp_path / "good", "5.0.16")], [config]).ok


def test_write(tmp_path):
    assert doctor.check_write("en", [tmp_path, tmp_path / "not" / "yet"]).ok
    assert list(tmp_path.iterdir()) == []
    (file := tmp_path / "file").touch()
    check = doctor.check_write("en", [tmp_path, file, file / "below"])
    assert not check.ok
    assert str(file) in check.message


def test_write_in_a_closed_folder(tmp_path, monkeypatch):
    def refuse(**_):
        raise PermissionError

    monkeypatch.setattr(doctor.tempfile, "TemporaryFile", refuse)  # root may write everywhere
    assert not doctor.check_write("en", [tmp_path]).ok


def test_fonts(tmp_path):
    assert doctor.check_fonts("en", ROOT / "srm_data" / "figure_fonts", tmp_path).ok
    assert str(tmp_path) in doctor.check_fonts("en", tmp_path, tmp_path).message
    (tmp_path / "Torn.ttf").write_text("<html>")
    assert "Torn.ttf" in doctor.check_fonts("en", tmp_path, tmp_path).message
    slow = doctor.check_fonts("en", ROOT / "srm_data" / "figure_fonts", tmp_path / "Torn.ttf")
    assert "MPLCONFIGDIR" in slow.mend


def test_matplotlib_cache():
    matplotlib = pytest.importorskip("matplotlib")
    assert str(doctor.matplotlib_cache(os.environ, sys.platform)) == matplotlib.get_cachedir()
    assert doctor.matplotlib_cache({"MPLCONFIGDIR": "/m"}, "linux") == Path("/m")
    assert doctor.matplotlib_cache({"XDG_CACHE_HOME": "/c"}, "linux") == Path("/c/matplotlib")
    assert doctor.matplotlib_cache({}, "win32") == Path.home() / ".matplotlib"


def test_disk():
    assert doctor.check_disk("en", 10**9, 10**9).ok
    assert doctor.check_disk("en", 5 * 10**6, 10**9).message == "only 5 MB free, 1000 MB needed"


@pytest.mark.parametrize(
    ("made", "free", "ok"),
    [(True, 0, False), (True, 199 * 10**6, False), (True, 10**9, True), (False, 999 * 10**6, False)],
)
def test_the_disk_of_this_machine_is_looked_at(tmp_path, monkeypatch, made, free, ok):
    (tmp_path / "kit.py").touch()
    if made:
        (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(doctor, "CHECKOUT", tmp_path)
    monkeypatch.setattr(doctor, "installed_version", lambda _: None)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**12, 0, free))
    (check,) = (check for check in doctor.checks("en") if check.name == "Disk")
    assert (check.ok, bool(check.mend)) == (ok, not ok)


@pytest.mark.parametrize("lang", doctor.LANGUAGES)
def test_run_tells_what_is_wrong_and_how_to_mend_it(lang, monkeypatch):
    found = [doctor.Check("A", True, "fine"), doctor.Check("B", False, "broken", "glue")]
    monkeypatch.setattr(doctor, "checks", lambda _: iter(found))
    lines: list[str] = []
    assert doctor.run(lang, lines.append) == 1
    assert [
        line.endswith(end) for line, end in zip(lines[:3], ("A: fine", "B: broken", ": glue"), strict=True)
    ]
    assert "1" in lines[-1]
    assert "2" in lines[-1]
    assert doctor.run(lang, lines.append) == 1
    found.pop()
    assert doctor.run(lang, lines.append) == 0
    assert lines[-1] == doctor.say("all-good", lang)


def test_unknown_language():
    with pytest.raises(ValueError, match="fr"):
        doctor.run("fr")


def test_this_machine_is_well():
    assert [check.message for check in doctor.checks("en") if not check.ok] == []


def test_it_speaks_without_any_package(tmp_path):
    """As kit.py runs it: as a file, by a Python without packages, from a folder with modules of another."""
    venv = tmp_path / "bare"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    (tmp_path / "json.py").write_text("raise SystemExit('json of another')")
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    call = [python, "-P", ROOT / "srm_data" / "setup" / "doctor.py", "--lang", "nl"]
    ended = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert ended.stderr == ""
    assert "niet aanwezig: jupyterlab" in ended.stdout
    assert ended.returncode == 1
