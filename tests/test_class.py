"""A class on a real JupyterHub with its proxy: two learners log in, answer and lose nothing.

Both are the account that runs the tests. `bench/hub.py` has thirty, each with a number of their own.
"""

import ast
import csv
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from tests.hub import DEPLOY, KEPT, Learner, running_hub

pytestmark = pytest.mark.skipif(os.name == "nt", reason="JupyterHub does not run on Windows")
PASSWORD = "first-word-here"


@pytest.fixture(scope="module")
def proxy():
    """The proxy of JupyterHub, which `kit.py class` and `.ci/run` install."""
    if not (DEPLOY / "node_modules").exists():
        assert not os.environ.get("CI"), "no proxy: type npm ci in deploy/jupyterhub, CI may not skip this"
        pytest.skip("the proxy of JupyterHub is not here: type npm ci in deploy/jupyterhub")


@pytest.fixture(scope="module")
def hub(proxy, tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    with (folder / "accounts.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("name", "password"), ("ann", PASSWORD), ("bo@school.nl", PASSWORD)])
    (folder / "own_settings.py").write_text("c.Spawner.poll_interval = 1\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(DEPLOY.parent.parent))
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
            patch.delenv(name, raising=False)
        with running_hub(folder, free_ports()) as running:
            yield running


def free_ports():
    """The first of three ports in a row that are free."""
    for port in range(20_000, 30_000, 10):
        with socket.socket() as one, socket.socket() as two, socket.socket() as three:
            try:
                for place, each in enumerate((one, two, three)):
                    each.bind(("127.0.0.1", port + place))
            except OSError:
                continue
            return port
    raise AssertionError("no free ports")


def open_lesson(hub, name):
    """Log in, and run the lesson as far as its predictions."""
    learner = Learner(hub.address, name, PASSWORD)
    learner.log_in()
    learner.open_server()
    cells = learner.cells()
    learner.start_kernel()
    learner.run(*cells[: 1 + next(n for n, cell in enumerate(cells) if "srm.bet(" in cell)])
    return learner


@pytest.fixture(scope="module")
def both(hub):
    """Two who begin at the same moment."""
    with ThreadPoolExecutor(2) as pool:
        opened = list(pool.map(lambda name: open_lesson(hub, name), ("ann", "bo@school.nl")))
    with closing(opened[0]), closing(opened[1]):
        yield opened


@pytest.fixture
def ann(both):
    return both[0]


@pytest.fixture
def bo(both):
    return both[1]


def test_a_learner_answers_and_another_cannot_get_there(hub, ann, bo):
    assert ann.answer("app-service-os", "provider") == KEPT
    assert bo.answer("app-service-os", "customer") == KEPT
    kept = [hub.kept(name) for name in ("ann", "bo@school.nl")]
    assert kept == [{"app-service-os": "provider"}, {"app-service-os": "customer"}]
    there = bo.session.get(f"{ann.place}/api/contents/my_work/progress.json")
    assert there.status_code in (403, 404)
    assert bo.ask_hub("GET", "users/ann").status_code == 404
    assert bo.ask("GET", "api/contents/my_work/progress.json").ok
    assert (hub.folder / "accounts.csv").stat().st_mode & 0o077 == 0
    assert (hub.folder / "hub.sqlite").stat().st_mode & 0o077 == 0
    assert hub.home("ann").stat().st_mode & 0o077 == 0


FULL = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, ({size}, resource.RLIM_INFINITY))"


def test_a_full_disk_is_told_and_nothing_is_lost(hub, bo):
    bo.run(FULL.format(size=10))
    note = bo.answer("count-alone-in-saas", "0")
    assert note != KEPT
    assert "my_work" in note
    bo.run(FULL.format(size="resource.RLIM_INFINITY"))
    assert bo.answer("database-open-to-all", "customer") == KEPT
    assert hub.kept("bo@school.nl") == {
        "app-service-os": "customer",
        "count-alone-in-saas": "0",
        "database-open-to-all": "customer",
    }


def test_a_killed_server_and_removed_files_cost_no_answer(hub, ann):
    """The server is killed, the learner has removed all files that JupyterLab shows, and comes back."""
    home = ann.run("import os; print([os.getppid(), os.environ['HOME']])")
    server, folder = ast.literal_eval(home)
    assert folder == str(hub.home("ann"))
    ann.run(
        "import shutil\nfor one in ('lessons', 'my_work'): shutil.rmtree(f\"{os.environ['HOME']}/{one}\")"
    )
    os.kill(server, signal.SIGKILL)
    end = time.monotonic() + 30
    while ann.ask_hub("GET", "users/ann").json()["server"] and time.monotonic() < end:
        time.sleep(0.2)
    with closing(open_lesson(hub, "ann")) as again:
        assert again.shown("app-service-os") == "provider"
        assert again.answer("count-alone-in-saas", "0") == KEPT
    assert hub.kept("ann") == {"count-alone-in-saas": "0", "app-service-os": "provider"}


def test_a_wrong_password_opens_nothing(hub):
    with (
        closing(Learner(hub.address, "ann", "another-word")) as stranger,
        pytest.raises(AssertionError, match="not let in"),
    ):
        stranger.log_in()


# What needs no hub


@pytest.fixture
def deploy(monkeypatch):
    monkeypatch.syspath_prepend(str(DEPLOY))


def test_a_list_of_names_gets_passwords_and_is_closed(deploy, tmp_path):
    from accounts import read_accounts

    file = tmp_path / "accounts.csv"
    file.write_text("\ufeffname;password\nann;\nbo;own-password\n")
    made = read_accounts(file)
    assert made["bo"] == "own-password"
    assert len(made["ann"]) == 11
    assert read_accounts(file) == made
    assert file.stat().st_mode & 0o077 == 0
    file.write_text("naam\nann\n")
    with pytest.raises(ValueError, match="name,password"):
        read_accounts(file)


@pytest.mark.parametrize(
    ("name", "folder"), [("ann", "ann"), ("..", "%2E."), ("a/../b", "a%2F..%2Fb"), ("bo@x.nl", "bo@x.nl")]
)
def test_no_name_leads_out_of_the_folder_of_the_class(deploy, tmp_path, name, folder):
    from types import SimpleNamespace

    from spawner import LearnerSpawner

    asked = SimpleNamespace(learners=str(tmp_path), user=SimpleNamespace(name=name))
    assert LearnerSpawner.home(asked) == tmp_path / folder


def test_a_closed_folder_on_the_way_is_found(deploy, tmp_path):
    from start import closed_folder

    inner = tmp_path / "closed" / "inner"
    inner.mkdir(parents=True)
    for folder in (inner, inner.parent):
        folder.chmod(0o711)
    assert closed_folder(inner) in (None, *tmp_path.parents, tmp_path)
    inner.parent.chmod(0o700)
    assert closed_folder(inner) is not None


def git(folder, *words):
    who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def test_own_lessons_of_a_teacher_leave_the_work_of_a_learner_alone(tmp_path):
    """By nbgitpuller, which `README.md` names for a teacher's own repository."""
    source, home = tmp_path / "source", tmp_path / "home"
    source.mkdir()
    (home / "my_work").mkdir(parents=True)
    (home / "my_work" / "progress.json").write_text("answers")
    (source / "extra.md").write_text("one\ntwo\nthree\nfour\nfive\n")
    git(source, "init")
    git(source, "add", ".")
    git(source, "commit", "-m", "first")
    pull = [sys.executable, "-m", "nbgitpuller.pull", source.as_uri(), "main", "extra"]

    def pulled():
        done = subprocess.run(pull, cwd=home, check=True, capture_output=True, text=True)
        return done.stdout + done.stderr

    pulled()
    (home / "extra" / "extra.md").write_text("one\ntwo by me\nthree\nfour\nfive\n")
    (home / "extra" / "new.md").write_text("mine")
    (source / "extra.md").write_text("one\ntwo newer\nthree\nfour\nfive newer\n")
    (source / "new.md").write_text("theirs")
    git(source, "add", ".")
    git(source, "commit", "-m", "second")
    assert "to avoid conflict with upstream" in pulled()
    kept = {file.name: file.read_text() for file in (home / "extra").glob("*.md")}
    assert kept.pop("extra.md") == "one\ntwo by me\nthree\nfour\nfive newer\n"
    assert kept.pop("new.md") == "theirs"
    assert list(kept.values()) == ["mine"]
    assert (home / "my_work" / "progress.json").read_text() == "answers"


def test_the_lock_of_the_proxy_is_pinned_and_names_no_host():
    import json

    lock = json.loads((DEPLOY / "package-lock.json").read_text("utf-8"))
    packages = {name: said for name, said in lock["packages"].items() if name}
    assert all(said["integrity"].startswith("sha512-") for said in packages.values())
    assert not any("resolved" in said for said in packages.values())
    assert packages["node_modules/configurable-http-proxy"]["version"] == "5.3.0"
