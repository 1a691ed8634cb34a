"""A class of thirty on a real JupyterHub: when each has the first view, what a learner costs, what is kept.

    sudo python3 kit.py class --help      # once, with a Python that every account may run: makes .venv-class
    .venv/bin/python -m bench.hub         # thirty learners; or another number: -m bench.hub 3

Linux and root: each learner runs under a number of their own, and the full disk is a small one that is
mounted. Whoever answers is no browser, but sends what one sends: the login, the wait for the server, the page
of JupyterLab with the scripts that it begins with, the session, and the messages to the kernel. What a
browser needs to load the rest of JupyterLab and to draw is not in it.

- *to the first view*: from the moment that all learners type their password at once, to the moment that the
  kernel of a learner has sent the first view of lesson 2. With prestart all servers were started before.
- *processor*, *memory*: of all processes of a learner, server and kernel, when the lesson has run whole and
  a question was answered; of memory what is theirs and their part of what they share ("Pss").
- *fit in 24 GiB*: what is left beside hub, proxy and 1.5 GiB for the system, divided by that memory.

Then it ends servers, kernels and the hub, fills a disk and removes files, and compares what each learner was
told to be kept with what lies on the disk. One answer that is not there ends it with an error.
"""

from __future__ import annotations

import csv
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median

from tests.hub import DEPLOY, KEPT, Hub, Learner, running_hub

ROOT = Path(__file__).parent.parent
PYTHON = ROOT / ".venv-class" / "bin" / "python"
LEARNERS, PORT = 30, 8600
#: Questions of lesson 2, each with an answer that is on its page. A question is answered once.
ANSWERS = {
    "count-alone-in-saas": "0",
    "app-service-os": "provider",
    "database-open-to-all": "customer",
    "worked-which-column": "c",
}
_SYSTEM = 1.5 * 2**30


@dataclass
class Class:
    """A hub, its learners, and which answers each was told to be kept."""

    hub: Hub
    learners: list[Learner]
    told: dict[str, dict[str, str]] = field(default_factory=dict)
    answered: dict[str, dict[str, str]] = field(default_factory=dict)

    def answer(self, learner: Learner) -> str:
        """Answer the next question of the lesson, and note what the page says to be kept."""
        answered = self.answered.setdefault(learner.name, {})
        question, option = next(item for item in ANSWERS.items() if item[0] not in answered)
        answered[question] = option
        note = learner.answer(question, option)
        if note == KEPT:  # and with it all from before that could not be kept
            self.told[learner.name] = dict(answered)
        return note

    def check(self) -> int:
        """How many answers were said to be kept; each must be on the disk."""
        for name, told in self.told.items():
            kept = self.hub.kept(name)
            lost = {question: answer for question, answer in told.items() if kept.get(question) != answer}
            if lost:
                raise AssertionError(f"{name} was told that these are kept: {lost}; there is {kept}")
        return sum(map(len, self.told.values()))


def enter(learner: Learner) -> None:
    """Log in, and open the lesson as far as a browser does by itself."""
    learner.log_in()
    learner.open_server()


def follow_lesson(learner: Learner) -> None:
    """Log in, open lesson 2 and run all of it."""
    enter(learner)
    cells = learner.cells()
    learner.start_kernel()
    learner.run(*cells)


def all_at_once(act: Callable[[Learner], object], learners: list[Learner]) -> None:
    """Each learner in a thread; an error of one ends it."""
    with ThreadPoolExecutor(len(learners)) as pool:
        list(pool.map(act, learners))


@contextmanager
def opened(folder: Path, count: int) -> Iterator[Class]:
    """A class with its accounts, and its hub running."""
    names = ["teacher", *(f"learner{n:02}" for n in range(1, count + 1))]
    accounts = {name: secrets.token_hex(6) for name in names}
    folder.mkdir(exist_ok=True)
    folder.chmod(0o711)
    with (folder / "accounts.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("name", "password"), *accounts.items()])
    with running_hub(folder, PORT, python=PYTHON, together=False) as hub:
        yield Class(hub, [Learner(hub.address, name, accounts[name]) for name in names])


def prestart(teacher: Learner, learners: list[Learner]) -> None:
    """What "Start All" on the page of the teacher does: it starts the servers; and wait for them."""
    teacher.log_in()
    all_at_once(lambda one: teacher.ask_hub("POST", f"users/{one.name}/server"), learners)
    while any(not teacher.ask_hub("GET", f"users/{one.name}").json()["server"] for one in learners):
        time.sleep(0.5)


def processes(home: Path) -> list[Path]:
    """What runs under the number of a learner."""
    number = home.stat().st_uid
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if process.stat().st_uid == number:
                found.append(process)
        except OSError:  # it has ended meanwhile
            continue
    return found


def cost(running: list[Path]) -> tuple[float, float]:
    """Seconds of processor and bytes of memory of processes, and of those that they waited for."""
    seconds = memory = 0.0
    for process in running:
        used = process.joinpath("stat").read_text().rpartition(")")[2].split()[11:15]
        seconds += sum(map(int, used)) / os.sysconf("SC_CLK_TCK")
        memory += int(process.joinpath("smaps_rollup").read_text().partition("Pss:")[2].split()[0]) * 1024
    return seconds, memory


def of_hub(hub: Hub) -> list[Path]:
    """The hub and its proxy."""
    assert hub.process
    proxy = (hub.folder / "proxy.pid").read_text().strip()
    return [Path("/proc", str(hub.process.pid)), Path("/proc", proxy)]


# What goes wrong in a class


def server_killed(room: Class, learner: Learner) -> None:
    """Server and kernel of a learner are gone in the middle of a lesson; the learner opens the page again."""
    for process in processes(room.hub.home(learner.name)):
        os.kill(int(process.name), signal.SIGKILL)
    # The hub looks every five seconds.
    while learner.ask_hub("GET", f"users/{learner.name}").json()["server"]:
        time.sleep(0.5)
    open_again(room, learner)


def open_again(room: Class, learner: Learner) -> None:
    """A new kernel shows the answers of before, and takes a new one."""
    learner.widgets.clear()
    follow_lesson(learner)
    for question, option in room.told[learner.name].items():
        assert learner.shown(question) == option, (learner.name, question, learner.shown(question))
    assert room.answer(learner) == KEPT


def kernel_killed(room: Class, learner: Learner) -> None:
    """The kernel is ended from inside, as when memory is full; Jupyter starts another."""
    kernels = [one for one in processes(room.hub.home(learner.name)) if _is_kernel(one)]
    assert kernels, learner.name
    for process in kernels:
        os.kill(int(process.name), signal.SIGKILL)
    open_again(room, learner)


def _is_kernel(process: Path) -> bool:
    return b"ipykernel" in process.joinpath("cmdline").read_bytes()


def files_removed(room: Class, learner: Learner) -> None:
    """A learner clears away all that JupyterLab shows, answers once more, does so again, and comes back."""
    remove = (
        "import os, shutil\nfor one in ('lessons', 'my_work'):\n"
        "    shutil.rmtree(os.path.join(os.environ['HOME'], one), ignore_errors=True)"
    )
    learner.run(remove)
    assert room.answer(learner) == KEPT
    room.check()
    learner.run(remove)
    server_killed(room, learner)


def disk_full(room: Class, learner: Learner) -> None:
    """The disk of a learner is full: the page says that nothing is kept, and keeps it once there is room."""
    said = learner.run(
        "import os\nfill = os.environ['SRM_WORK'] + '/film'\n"
        "try:\n    with open(fill, 'wb', 0) as file:\n        while file.write(bytes(512)): pass\n"
        "except OSError as error: print(error.strerror)"
    )
    assert said.strip() == "No space left on device", said
    note = room.answer(learner)
    assert "cannot be kept" in note, note
    room.check()
    learner.run("os.remove(fill)")
    assert room.answer(learner) == KEPT


def hub_killed(room: Class) -> None:
    """The hub is gone and comes back; whoever is at work goes on with the same server and kernel."""
    room.hub.stop(signal.SIGKILL)
    late = Learner(room.hub.address, "late", secrets.token_hex(6))
    with (room.hub.folder / "accounts.csv").open("a") as file:
        file.write(f"{late.name},{late.password}\n")
    room.hub.start()
    late.log_in()  # whoever was added to the list meanwhile
    for learner in room.learners[1:]:
        learner.connect()
        assert room.answer(learner) == KEPT, learner.name


def others_closed(room: Class, curious: Learner, other: Learner) -> None:
    """No way of a learner leads to the answers of another."""
    home = room.hub.home(other.name)
    files = [home / "my_work" / "progress.json", home / ".my_work_copy" / "progress.json"]
    files += [room.hub.folder / name for name in ("hub.sqlite", "cookie_secret", "accounts.csv")]
    assert all(file.exists() for file in files)
    for act, paths in (("open", files), ("os.listdir", [home, home.parent, room.hub.folder])):
        for path in paths:
            assert tried(curious, act, path) == "Permission denied", path
    page = f"{room.hub.address}/user/{other.name}/api/contents/my_work/progress.json"
    assert curious.session.get(page).status_code in (403, 404), page
    assert curious.ask_hub("GET", f"users/{other.name}").status_code == 404
    assert curious.ask_hub("GET", "users").status_code == 403
    # Anybody may listen to a port, and to a socket in a folder that is open.
    for kernel in (one for one in processes(home) if _is_kernel(one)):
        words = kernel.joinpath("cmdline").read_text().split("\0")
        connection = Path(words[words.index("-f") + 1])
        assert json.loads(connection.read_text())["transport"] == "ipc"
        assert tried(curious, "os.listdir", connection.parent) == "Permission denied", connection


def tried(learner: Learner, act: str, path: Path) -> str:
    """What the system says when the kernel of a learner tries something with a path; "" when it can."""
    code = f"import os\ntry: {act}({str(path)!r})\nexcept OSError as error: print(error.strerror)"
    return learner.run(code).strip()


@contextmanager
def small_disk(home: Path) -> Iterator[None]:
    """A disk of 16 MB as the folder of a learner, who did not come yet."""
    number = 1_900_000_000
    home.mkdir(parents=True)
    home.parent.chmod(0o711)
    words = f"size=16m,uid={number},gid={number},mode=700"
    subprocess.run(["mount", "-t", "tmpfs", "-o", words, "tmpfs", home], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", home], check=True)


def main(words: list[str]) -> int:
    """Measure a class, then let everything go wrong in it."""
    count = int(words[0]) if words else LEARNERS
    if count < 4:
        sys.exit("Four learners at least: each has a trouble of their own.")
    if sys.platform != "linux" or os.geteuid() != 0:
        sys.exit("This needs Linux and root: each learner runs under a number of their own.")
    if not PYTHON.exists():
        sys.exit(f"There is no {PYTHON}: open a class once, see bench/hub.py.")
    renew = "import start, sys; sys.exit(start.install_kit() or start.install_proxy() or 0)"  # as it is now
    subprocess.run([PYTHON, "-c", renew], cwd=DEPLOY, check=True)
    load = os.getloadavg()[0]
    print(f"{count} learners, {os.cpu_count()} cores, load {load:.1f} at the start\n", flush=True)
    with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="srm-class-") as base:
        Path(base).chmod(0o711)
        for early in (False, True):
            trial(Path(base, "early" if early else "cold"), count, early=early)
    return 0


def tell(name: str, value: object) -> None:
    """A row of the table, as soon as it is known."""
    print(f"| {name} | {value} |", flush=True)


def trial(folder: Path, count: int, *, early: bool) -> None:
    """One class from the first password on; in the one without prestart everything goes wrong at the end."""
    name = "with prestart" if early else "without prestart"
    small = folder / "learners" / "learner01"
    with small_disk(small), opened(folder, count) as room:
        teacher, *learners = room.learners
        start = time.monotonic()
        if early:
            prestart(teacher, learners)
            tell(f"{name}: seconds until all servers run", f"{time.monotonic() - start:.1f}")
        measure(room, learners, name)
        assert room.check() == count
        if not early:
            tell("answers said to be kept, and kept after all troubles", troubles(room))


def measure(room: Class, learners: list[Learner], name: str) -> None:
    """All begin at once, run the lesson and answer: how long it took, and what it cost."""
    start = time.monotonic()
    all_at_once(follow_lesson, learners)
    whole = time.monotonic() - start
    views = [one.first_view - start for one in learners]
    all_at_once(room.answer, learners)
    costs = [cost(processes(room.hub.home(one.name))) for one in learners]
    seconds, memory = (mean(values) for values in zip(*costs, strict=True))
    own = cost(of_hub(room.hub))[1]
    tell(f"{name}: seconds to the first view, median of the learners", f"{median(views):.1f}")
    tell(f"{name}: seconds to the first view, the last of the learners", f"{max(views):.1f}")
    tell(f"{name}: seconds until all have run the whole lesson", f"{whole:.1f}")
    tell(f"{name}: seconds of processor a learner", f"{seconds:.2f}")
    tell(f"{name}: MiB of memory a learner", f"{memory / 2**20:.0f}")
    tell(f"{name}: MiB of memory of hub and proxy", f"{own / 2**20:.0f}")
    tell(f"{name}: learners that fit in 24 GiB", f"{(24 * 2**30 - _SYSTEM - own) / memory:.0f}")


def troubles(room: Class) -> int:
    """Let everything go wrong, and count the answers that are kept; one that is lost is an error."""
    first, second, third, fourth, *_ = room.learners[1:]
    others_closed(room, second, third)
    disk_full(room, first)
    server_killed(room, second)
    kernel_killed(room, third)
    files_removed(room, fourth)
    room.check()
    hub_killed(room)
    return room.check()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
