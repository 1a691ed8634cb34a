"""Says what is wrong with this machine's set-up, and how to mend it.

``python3 kit.py doctor`` runs it, as a file: it imports nothing but the standard library, so that it still
speaks when half the packages are missing. What needs more is asked of a Python beside it.
"""

import argparse
import csv
import importlib.metadata
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parent.parent
CHECKOUT = PACKAGE.parent
KIT = "py kit.py" if os.name == "nt" else "python3 kit.py"
OWN_PACKAGES = ("ipywidgets", "pandas", "matplotlib", "jinja2", "tqdm")
CORE_PACKAGES = ("pandas",)  # a package that was installed by itself may do without the others
MAIN_PACKAGES = ("jupyterlab", "ipykernel", *OWN_PACKAGES)
WIDGET_MANAGER = "@jupyter-widgets/jupyterlab-manager"
WIDGET_MANAGER_MAJOR = "5"  # the one that speaks with ipywidgets 8
ROOM = {"made": 200 * 10**6, "not made": 10**9}  # bytes: to work in; to install in

LANGUAGES = ("en", "nl")
#: Taken by its path: this file may run where no other of the package can be imported.
TEXT: dict[str, tuple[str, str]] = runpy.run_path(str(Path(__file__).with_name("doctor_texts.py")))["TEXT"]


@dataclass(frozen=True)
class Check:
    """What one check found; ``mend`` is empty when all is well."""

    name: str
    ok: bool
    message: str
    mend: str = ""


def say(key: str, lang: str, **values: object) -> str:
    """Give the words of ``key`` in English ("en") or Dutch ("nl")."""
    return TEXT[key][LANGUAGES.index(lang)].format(**values)


def check_python(lang: str, version: Sequence[int]) -> Check:
    """Is this Python new enough?"""
    found = ".".join(str(part) for part in version[:3])
    if tuple(version[:2]) < (3, 11):
        old = say("python-old", lang, found=found)
        return Check(say("python", lang), False, old, say("python-old-mend", lang))
    return Check(
        say("python", lang), True, say("python-new", lang, found=found) if version[1] > 14 else found
    )


def check_install(lang: str, checkout: Path) -> Check:
    """Is the .venv the one that kit.py made? It puts it there when it is whole, and its stamp is in it."""
    name, folder = say("install", lang), checkout / ".venv"
    if not folder.exists():
        return Check(name, True, say("install-none", lang))
    if (folder / "requirements.txt.stamp").exists():
        return Check(name, True, say("install-whole", lang))
    other = say("install-other", lang, folder=folder)
    return Check(name, False, other, say("install-other-mend", lang, kit=KIT))


def locked_versions(lines: Iterable[str]) -> dict[str, str]:
    """Read the versions a locked requirements file names."""
    found = (re.match(r"([\w.-]+)(?:\[[\w,-]+\])?==([^\s;\\]+)", line) for line in lines)
    return {match[1].lower(): match[2] for match in found if match}


def check_packages(
    lang: str,
    wanted: Mapping[str, str],
    version_of: Callable[[str], str | None],
    faults_of: Callable[[Sequence[str]], Mapping[str, str]],
) -> Check:
    """Are the main packages there, in the versions that were tested, and do they work?

    With none wanted the package was installed by itself: any version will do, JupyterLab may be elsewhere.

    Args:
        lang: "en" or "nl".
        wanted: tested version by name; empty when the package was installed by itself.
        version_of: gives the installed version of a package, or None.
        faults_of: gives what is wrong with packages that do not work, by name.
    """
    names = MAIN_PACKAGES if wanted else OWN_PACKAGES
    found = {name: version for name in names if (version := version_of(name))}
    absent = [name for name in names if name not in found]
    missing = [name for name in absent if wanted or name in CORE_PACKAGES]
    other = {name: found[name] for name in found if found[name] != wanted.get(name, found[name])}
    broken = faults_of(list(found))
    wrong = [say("packages-missing", lang, names=", ".join(missing))] if missing else []
    wrong += [
        say("packages-other", lang, name=name, found=other[name], wanted=wanted[name]) for name in other
    ]
    wrong += [say("packages-broken", lang, name=name, why=broken[name]) for name in broken]
    mend = (_anew(lang) if broken else say("packages-mend", lang, kit=KIT)) if wrong else ""
    good = say("packages-some", lang, names=", ".join(absent)) if absent else say("packages-good", lang)
    return Check(say("packages", lang), not wrong, "; ".join(wrong) or good, mend)


def installed_version(name: str) -> str | None:
    """The version of a package, or None when it is not there."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def package_faults(names: Sequence[str]) -> dict[str, str]:
    """Name the packages with files gone or cut short, or that cannot be imported, and say why."""
    faults = {}
    for name in names:
        if fault := _fault_of_files(importlib.metadata.distribution(name)):
            faults[name] = fault
    # Each on its own line and in a Python of its own, which may not outlive a broken one.
    whole = [name for name in names if name not in faults]
    tries = "\n".join(f"print({name!r}, flush=True); __import__({name!r})" for name in whole)
    ended = _python(tries)
    if ended.returncode:
        last = (ended.stdout.split() or names)[-1]
        faults[last] = _last_line(ended.stderr) or f"{ended.returncode}"
    return faults


def _fault_of_files(package: importlib.metadata.Distribution) -> str:
    """The first file of a package that is gone or has another size than when it was installed."""
    try:
        # Not package.files: since Python 3.12 that leaves out what is gone.
        for file, _, size in csv.reader((package.read_text("RECORD") or "").splitlines()):
            place = Path(str(package.locate_file(file)))
            if size and _size(place) != f"{size} bytes":
                return f"{place}: {_size(place)}"
    except ValueError as error:  # the list of its files is itself cut short, or no text
        return f"RECORD: {error}"
    return ""


def _size(file: Path) -> str:
    return f"{file.stat().st_size} bytes" if file.exists() else "-"


def check_server(lang: str, seen: Mapping[str, Any], folder: Path) -> Check:
    """Would JupyterLab, as the kit starts it, answer nobody else and open nothing else?

    Args:
        lang: "en" or "nl".
        seen: what `see_server` gave.
        folder: the only one that should be served.
    """
    name = say("server", lang)
    if "error" in seen:
        why = say("server-none", lang, why=seen["error"])
        return Check(name, False, why, _anew(lang))
    faults = {
        say("server-open", lang, found=seen["ip"] or "*"): seen["ip"]
        not in ("127.0.0.1", "::1", "localhost"),
        say("server-token", lang): not seen["token"],
        say("server-folder", lang, found=seen["root"], wanted=folder): Path(seen["root"]) != folder,
        say("server-asks", lang): seen["asks"],
    }
    wrong = [words for words, is_so in faults.items() if is_so]
    if wrong:
        return Check(name, False, "; ".join(wrong), _anew(lang))
    ignored = say("server-ignored", lang, names=", ".join(seen["ignored"])) if seen["ignored"] else ""
    return Check(name, True, say("server-good", lang, folder=folder) + ignored)


def _anew(lang: str) -> str:
    """How to make .venv anew; in another environment than that, how to make it at all."""
    own = CHECKOUT / ".venv"
    key = "packages-anew" if Path(sys.prefix) == own else "packages-mend"
    return say(key, lang, folder=own, kit=KIT)


def see_server() -> dict[str, Any]:
    """Ask JupyterLab what it would hold to if the kit started it now; ``error`` is why it cannot."""
    ended = _python("from srm_data.setup import open_lab; open_lab.tell()")
    try:
        seen: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        return {"error": _last_line(ended.stderr)}
    return seen


def _python(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in the folder of the kit, which is the last place where a module is looked for."""
    code = f"import sys; sys.path.append({str(CHECKOUT)!r})\n{code}"
    call = [sys.executable, "-P", "-c", code]
    # On Windows an error may be told in the letters of that machine instead of UTF-8.
    return subprocess.run(
        call, cwd=CHECKOUT, capture_output=True, encoding="utf-8", errors="replace", check=False
    )


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[-1]


def check_kernel(lang: str, command: str | None, folder: str, lab_python: str) -> Check:
    """Would a lesson's kernel run in the same environment as JupyterLab?

    Args:
        lang: "en" or "nl".
        command: the first word of the kernel's start line; a bare ``python`` means JupyterLab's own.
        folder: where the kernel is described, for the message.
        lab_python: the Python that runs JupyterLab.
    """
    name = say("kernel", lang)
    if command is None:
        return Check(name, False, say("kernel-none", lang), say("mend-kit", lang, kit=KIT))
    own = re.fullmatch(r"python[\d.]*", command) or _folder(command) == _folder(lab_python)
    if own:
        return Check(name, True, say("kernel-good", lang))
    message = say("kernel-other", lang, found=command, wanted=lab_python)
    return Check(name, False, message, say("kernel-mend", lang, folder=folder, kit=KIT))


def check_widgets(lang: str, folders: Iterable[Path], configs: Iterable[Path]) -> Check:
    """Can JupyterLab show controls: is the widget manager there, of the right age and switched on?

    Args:
        lang: "en" or "nl".
        folders: where JupyterLab looks for extensions; it takes the first one it finds.
        configs: folders with its settings; it obeys every page_config.json in them.
    """
    name = say("widgets", lang)
    for file in (each / "labconfig" / "page_config.json" for each in configs):
        disabled = _read_json(file).get("disabledExtensions")
        is_list = isinstance(disabled, list) and WIDGET_MANAGER in disabled
        if is_list or (isinstance(disabled, dict) and disabled.get(WIDGET_MANAGER)):
            off = say("widgets-off", lang, file=file)
            return Check(name, False, off, say("widgets-off-mend", lang, name=WIDGET_MANAGER))
    for folder in (each / WIDGET_MANAGER for each in folders):
        found = str(_read_json(folder / "package.json").get("version", ""))
        if not found:
            continue
        if found.split(".")[0] == WIDGET_MANAGER_MAJOR:
            return Check(name, True, f"{WIDGET_MANAGER} {found}")
        other = say("widgets-other", lang, folder=folder, found=found, wanted=WIDGET_MANAGER_MAJOR)
        return Check(name, False, other, say("widgets-other-mend", lang, folder=folder))
    return Check(name, False, say("widgets-none", lang), say("mend-kit", lang, kit=KIT))


def check_write(lang: str, folders: Iterable[Path]) -> Check:
    """May we write where the lessons are, and where Jupyter keeps its own things?"""
    closed = [folder for folder in folders if not can_write(folder)]
    if not closed:
        return Check(say("write", lang), True, say("write-good", lang))
    message = say("write-not", lang, folder=", ".join(map(str, closed)))
    return Check(say("write", lang), False, message, say("write-mend", lang))


def can_write(folder: Path) -> bool:
    """Try it: write and remove a file in the folder, or in the nearest one that is there already."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def check_fonts(lang: str, folder: Path, cache: Path) -> Check:
    """Can the figures' typeface be read, and matplotlib's list of fonts be kept?

    Args:
        lang: "en" or "nl".
        folder: where the ttf files of the kit's typeface are.
        cache: where matplotlib keeps its list of fonts.
    """
    name, files = say("fonts", lang), sorted(folder.glob("*.ttf"))
    unreadable = [file.name for file in files if not _is_font(file)]
    if unreadable or not files:
        message = say(
            "fonts-bad" if files else "fonts-none", lang, names=", ".join(unreadable), folder=folder
        )
        return Check(name, False, message, say("fonts-mend", lang))
    if not can_write(cache):
        return Check(name, False, say("fonts-cache", lang, folder=cache), say("fonts-cache-mend", lang))
    return Check(name, True, say("fonts-good", lang))


def check_disk(lang: str, free: int, wanted: int) -> Check:
    """Is there room left?

    Args:
        lang: "en" or "nl".
        free: bytes that are free.
        wanted: bytes that the kit needs.
    """
    found, name = free // 10**6, say("disk", lang)
    if free >= wanted:
        return Check(name, True, say("disk-good", lang, found=found))
    message = say("disk-full", lang, found=found, wanted=wanted // 10**6)
    return Check(name, False, message, say("disk-mend", lang))


def checks(lang: str) -> Iterator[Check]:
    """Look at this machine."""
    is_checkout = (CHECKOUT / "kit.py").exists()  # else the package was installed by itself
    lock = CHECKOUT / "requirements.txt"
    wanted = locked_versions(lock.read_text("utf-8").splitlines()) if is_checkout and lock.exists() else {}
    folders = [CHECKOUT, CHECKOUT / "notebooks"] if is_checkout else []

    yield check_python(lang, sys.version_info[:3])
    if is_checkout:
        yield check_install(lang, CHECKOUT)
    yield check_packages(lang, wanted, installed_version, package_faults)
    if installed_version("jupyterlab"):  # else it was missed above already
        seen = see_server()
        if is_checkout:
            yield check_server(lang, seen, CHECKOUT)
        if "error" not in seen:
            command, place = seen["kernel"] or (None, "")
            yield check_kernel(lang, command, place, sys.executable)
            yield check_widgets(lang, map(Path, seen["labextensions"]), map(Path, seen["configs"]))
            folders += map(Path, seen["writes"])
    yield check_write(lang, folders)
    yield check_fonts(lang, PACKAGE / "figure_fonts", matplotlib_cache(os.environ, sys.platform))
    room = ROOM["made" if (CHECKOUT / ".venv").exists() or not is_checkout else "not made"]
    yield check_disk(lang, shutil.disk_usage(CHECKOUT).free, room)


def matplotlib_cache(environ: Mapping[str, str], platform: str) -> Path:
    """Where matplotlib keeps its list of fonts."""
    if environ.get("MPLCONFIGDIR"):
        return Path(environ["MPLCONFIGDIR"])
    if platform.startswith(("linux", "freebsd")):
        return Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "matplotlib"
    return Path.home() / ".matplotlib"


def run(lang: str = "en", out: Callable[[str], object] = print) -> int:
    """Tell what every check found; return 0 when all is well, else 1."""
    if lang not in LANGUAGES:
        raise ValueError(f"no language {lang!r}: choose from {', '.join(LANGUAGES)}")
    found = list(checks(lang))
    width = max(len(say(word, lang)) for word in ("good", "bad"))
    for check in found:
        out(f"{say('good' if check.ok else 'bad', lang):<{width}}  {check.name}: {check.message}")
        if not check.ok:
            out(f"{'':<{width}}  {say('mend', lang)}: {check.mend}")
    wrong = sum(not check.ok for check in found)
    out(say("some-bad", lang, count=wrong, total=len(found)) if wrong else say("all-good", lang))
    return 1 if wrong else 0


def _folder(file: str) -> str:
    """Name the environment a Python is in. Its link is not followed: that of a .venv leads out of it."""
    return os.path.normcase(Path(file).parent.resolve())


def _read_json(file: Path) -> dict[str, object]:
    """Read an object from a JSON file; nothing when it is absent or broken."""
    try:
        found = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_font(file: Path) -> bool:
    """Does the file open, and begin as a font begins?"""
    try:
        with file.open("rb") as stream:
            return stream.read(4) in (b"\x00\x01\x00\x00", b"OTTO", b"true")
    except OSError:
        return False


def main() -> int:
    """Run as ``python -m srm_data.setup.doctor``."""
    parser = argparse.ArgumentParser(prog=f"{KIT} doctor", description=__doc__.splitlines()[0])
    parser.add_argument("--lang", choices=LANGUAGES, default="en")
    return run(parser.parse_args().lang)


if __name__ == "__main__":
    sys.exit(main())
