"""Opens a class on this machine for a trial; ``kit.py class`` runs this, in an environment of its own.

It installs the package out of this checkout, so that learners get what a server of a school would have.
"""

import argparse
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent.parent


def said_last(words: list[str], cwd: Path) -> str:
    """Run a step; give back nothing when it went well, else the last line that it said."""
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, errors="replace", check=False)
    lines = (done.stderr + done.stdout).strip().splitlines() or [str(done.returncode)]
    return lines[-1] if done.returncode else ""


def install_kit() -> str:
    """Install the package as it is in this checkout now, without a network; say what went wrong."""
    alone = ["--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check"]
    pip = [sys.executable, "-I", "-m", "pip", "install", "--quiet", "--force-reinstall", *alone]
    if said := said_last([*pip, str(CHECKOUT)], HERE):
        return said
    return said_last([sys.executable, "-m", "srm_data.setup.class_server", "--settings"], HERE)


def install_proxy() -> str:
    """Install the proxy as it is locked; once, and again when the lock is another one."""
    lock, stamp = HERE / "package-lock.json", HERE / "node_modules" / ".kit-lock.json"
    if stamp.exists() and stamp.read_bytes() == lock.read_bytes():
        return ""
    if said := said_last(["npm", "ci", "--no-audit", "--no-fund"], HERE):
        return said
    shutil.copy(lock, stamp)
    return ""


def node_is_there() -> bool:
    """Whether there is npm, and a Node that the proxy runs on."""
    if not (shutil.which("npm") and shutil.which("node")):
        return False
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    return said.startswith("v") and int(said[1:].partition(".")[0]) >= 20


def closed_folder(*places: Path) -> Path | None:
    """The first folder on the way to these places that other accounts may not pass through, or None."""
    for place in places:
        for folder in (*reversed(place.parents), *([place] if place.is_dir() else [])):
            if not folder.stat().st_mode & stat.S_IXOTH:
                return folder
    return None


def taken_port(port: int) -> bool:
    """Whether one of the three ports that a class needs is in use."""
    for each in range(port, port + 3):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind(("127.0.0.1", each))
            except OSError:
                return True
    return False


def make_class(folder: Path, learners: int) -> dict[str, str]:
    """Make the folder of the class with a list of accounts; a list that is there counts."""
    from accounts import first_password, read_accounts, write_accounts

    folder.mkdir(parents=True, exist_ok=True)
    listed = folder / "accounts.csv"
    if not listed.exists():
        names = ["teacher", *(f"learner{n}" for n in range(1, learners + 1))]
        write_accounts(listed, {name: first_password() for name in names})
    return read_accounts(listed)


def arguments(words: list[str]) -> argparse.Namespace:
    """What was typed behind ``kit.py class``."""
    parser = argparse.ArgumentParser(prog="python3 kit.py class", description=__doc__)
    parser.add_argument("--learners", type=int, default=3, help="accounts to make the first time; default: 3")
    parser.add_argument("--port", type=int, default=8000, help="this one and the next two; default: 8000")
    parser.add_argument(
        "--folder", type=Path, default=CHECKOUT / "class", help="where all is kept; default: class"
    )
    parser.add_argument("--together", action="store_true", help="as root too: all learners under one account")
    parser.add_argument("--lang", default="en", choices=["en", "nl"], help="of the messages; default: en")
    return parser.parse_args(words)


def open_class(args: argparse.Namespace) -> str:
    """Run JupyterHub until Ctrl-C; give back a sentence when that cannot be."""
    from srm_data.core.language import texts

    said = texts(args.lang)["class_start"]
    together = args.together or os.geteuid() != 0
    folder = args.folder.absolute()
    if not node_is_there():
        return str(said["no_node"])
    if reason := install_proxy():
        return str(said["no_proxy"].format(reason=reason))
    if taken_port(args.port):
        return str(said["no_ports"].format(port=args.port, other=args.port + 100))
    accounts = make_class(folder, args.learners)
    closed = closed_folder(Path(sys.executable), Path(sys.executable).resolve(), folder)
    if closed and not together:
        return str(said["closed"].format(folder=closed))
    address = f"http://127.0.0.1:{args.port}"
    print(said["together" if together else "apart"])
    print(said["accounts"].format(file=folder / "accounts.csv"))
    for name, password in accounts.items():
        print(f"  {name}  {password}")
    if "teacher" in accounts:
        print(said["teacher"].format(address=address))
    sys.stdout.flush()
    more = {"SRM_CLASS": str(folder), "SRM_CLASS_PORT": str(args.port), "SRM_CLASS_TRIAL": "1"}
    os.environ.update(more | ({"SRM_CLASS_TOGETHER": "1"} if together else {}))
    hub = [sys.executable, "-m", "jupyterhub", "-f", str(HERE / "jupyterhub_config.py")]
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(hub, cwd=folder, stdout=log, stderr=log)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the hub, which hears it too and closes all
    if wait_until_open(f"{address}/hub/health", process):
        print(said["open_at"].format(address=address, folder=folder), flush=True)
    code = process.wait()
    return str(said["hub_ended"].format(log=folder / "log.txt")) if code else ""


def wait_until_open(page: str, process: subprocess.Popen[bytes]) -> bool:
    """Wait until the hub lets people in; False when it ended instead."""
    while process.poll() is None:
        try:
            with urllib.request.urlopen(page, timeout=5):  # noqa: S310 - of this machine
                return True
        except OSError:
            time.sleep(0.2)
    return False


def main(words: list[str]) -> None:
    """Open the class, or leave with one sentence.

    Args:
        words: what was typed behind ``kit.py class``.
    """
    sys.path.insert(0, str(HERE))
    args = arguments(words)
    if os.name == "nt":
        sys.exit("A class needs Linux or macOS: JupyterHub does not run on Windows.")
    if reason := install_kit():
        sys.exit(f"The kit could not be installed in {sys.prefix}: {reason}")
    sys.exit(open_class(args) or 0)


if __name__ == "__main__":
    main(sys.argv[1:])
