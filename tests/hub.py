"""A class on a real JupyterHub: what starts it, and a learner as the hub and the kernels see one.

`bench/hub.py` has thirty of them.
"""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import subprocess
import sys
import time
import uuid
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import nbformat
import requests
import websocket

from srm_data.core.language import texts

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy" / "jupyterhub"
LESSON = "lessons/en/02_service_models.ipynb"
_SECONDS = 300  # for one step, when thirty begin at once on two slow cores


@dataclass
class Hub:
    """A hub on this machine, in a folder that holds all of its class."""

    folder: Path
    port: int
    python: Path = Path(sys.executable)
    together: bool = True
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it lets people in."""
        env = os.environ | {"SRM_CLASS": str(self.folder), "SRM_CLASS_PORT": str(self.port)}
        env |= {"SRM_CLASS_TOGETHER": "1"} if self.together else {}
        call = [self.python, "-m", "jupyterhub", "-f", DEPLOY / "jupyterhub_config.py"]
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "log.txt").open("a") as log:
            self.process = subprocess.Popen(call, cwd=self.folder, env=env, stdout=log, stderr=log)
        for _ in range(600):
            assert self.process.poll() is None, self.log()
            with suppress(requests.ConnectionError):
                if requests.get(f"{self.address}/hub/health", timeout=5).ok:
                    return
            time.sleep(0.1)
        raise AssertionError(self.log())

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the hub, and with SIGTERM its proxy and, where it holds them, the servers."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(120)

    def log(self) -> str:
        return (self.folder / "log.txt").read_text("utf-8", errors="replace")[-3000:]

    def home(self, name: str) -> Path:
        return self.folder / "learners" / name

    def kept(self, name: str) -> dict[str, Any]:
        """The answers of a learner that are on the disk, as question: answer."""
        file = self.home(name) / "my_work" / "progress.json"
        bets = json.loads(file.read_text("utf-8"))["bets"] if file.exists() else {}
        return {question: facts["answer"] for question, facts in bets.items()}


@contextmanager
def running_hub(folder: Path, port: int, **how: Any) -> Iterator[Hub]:
    """A hub that is ended with its proxy and all servers of its learners."""
    hub = Hub(folder, port, **how)
    try:
        hub.start()
        yield hub
    finally:
        hub.stop()
        end_servers(folder)


def end_servers(folder: Path) -> None:
    """End what still runs in the folder of a class, kernels too: servers outlive a hub that was killed."""
    with suppress(OSError, ValueError):  # it goes with its hub, but not with one that was killed
        os.kill(int((folder / "proxy.pid").read_text()), signal.SIGTERM)
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            told = (process / "environ").read_bytes().split(b"\0")
            if f"HOME={folder}/".encode() in b"\n".join(told) + b"\n" and int(process.name) != os.getpid():
                os.kill(int(process.name), signal.SIGKILL)


def code_of(lesson: Path) -> list[str]:
    """The code cells of a lesson."""
    notebook = nbformat.read(lesson, as_version=4)
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


@dataclass
class Learner:
    """A learner in a browser, without the browser: the same requests, the same messages."""

    address: str
    name: str
    password: str
    session: requests.Session = field(default_factory=requests.Session)
    widgets: dict[str, dict[str, Any]] = field(default_factory=dict)
    kernel: str = ""
    first_view: float = 0  # when the first view of a lesson was there, as `time.monotonic`

    _socket: websocket.WebSocket | None = None
    _heard: float = 0

    @property
    def escaped(self) -> str:
        """The name as the hub writes it in an address."""
        return quote(self.name, safe="@~")

    @property
    def place(self) -> str:
        return f"{self.address}/user/{quote(self.name, safe='@~')}"

    def _xsrf(self, path: str) -> str:
        return next(one.value for one in self.session.cookies if (one.name, one.path) == ("_xsrf", path))

    def log_in(self) -> None:
        """Type name and password on the page of the hub."""
        page = f"{self.address}/hub/login"
        self.session.get(page, timeout=_SECONDS).raise_for_status()
        typed = {"username": self.name, "password": self.password, "_xsrf": self._xsrf("/hub/")}
        answered = self.session.post(page, data=typed, allow_redirects=False, timeout=_SECONDS)
        assert answered.status_code == 302, f"{self.name} was not let in"

    def open_server(self) -> None:
        """What the hub does after the login: it starts the server, shows that it waits, and goes there."""
        shown = self.session.get(f"{self.address}/hub/spawn", timeout=_SECONDS)
        if "/spawn-pending/" in shown.url:
            where = f"{self.address}/hub/api/users/{quote(self.name, safe='@~')}/server/progress"
            asked = {"X-XSRFToken": self._xsrf("/hub/")}
            with self.session.get(where, headers=asked, stream=True, timeout=_SECONDS) as told:
                told.raise_for_status()
                for line in told.iter_lines():
                    if line.startswith(b"data:") and (news := json.loads(line[5:])).get("ready"):
                        break
                    assert not (line.startswith(b"data:") and news.get("failed")), news
        page = self.session.get(f"{self.place}/lab/tree/{LESSON}", timeout=_SECONDS)
        assert page.status_code == 200, f"{page.status_code} at {page.url}"
        assert page.url.startswith(self.place), page.url
        for script in re.findall(r'<script[^>]+src="([^"]+)"', page.text):  # those that the page begins with
            self.session.get(f"{self.address}{script}", timeout=_SECONDS).raise_for_status()

    def ask(self, method: str, where: str, **data: Any) -> requests.Response:
        """A request to the learner's own server; the answer, whatever it is."""
        head = {"X-XSRFToken": self._xsrf(f"/user/{quote(self.name, safe='@~')}/")}
        url = f"{self.place}/{where}"
        return self.session.request(method, url, json=data or None, headers=head, timeout=_SECONDS)

    def ask_hub(self, method: str, where: str) -> requests.Response:
        """A request to the hub, as its pages make; the answer, whatever it is."""
        url, head = f"{self.address}/hub/api/{where}", {"X-XSRFToken": self._xsrf("/hub/")}
        return self.session.request(method, url, headers=head, timeout=_SECONDS)

    def cells(self) -> list[str]:
        """The code of the lesson, as the server hands it out."""
        found = self.ask("GET", f"api/contents/{LESSON}").json()["content"]["cells"]
        return [cell["source"] for cell in found if cell["cell_type"] == "code"]

    def start_kernel(self) -> None:
        """Open the lesson: a kernel of its own, in the folder of the lesson."""
        asked = {"path": LESSON, "name": "02", "type": "notebook", "kernel": {"name": "python3"}}
        answered = self.ask("POST", "api/sessions", **asked)
        assert answered.status_code == 201, answered.text
        self.listen(answered.json()["kernel"]["id"])

    def listen(self, kernel: str) -> None:
        """Connect to a kernel of the learner's server."""
        self.kernel, self.widgets = kernel, {}
        self.connect()

    def close(self) -> None:
        """Leave the page."""
        if self._socket:
            self._socket.close()
        self.session.close()

    def connect(self) -> None:
        """Connect, or connect again when a proxy was started anew, and go on trying, as JupyterLab does.

        A new proxy hears only by and by where the servers are.
        """
        where = f"{self.place}/api/kernels/{self.kernel}/channels?session_id={uuid.uuid4().hex}"
        cookies = requests.cookies.get_cookie_header(self.session.cookies, requests.Request("GET", where))
        if self._socket:
            self._socket.close()
        end = time.monotonic() + _SECONDS
        while True:
            try:
                self._socket = websocket.create_connection(
                    where.replace("http:", "ws:"), cookie=cookies, timeout=_SECONDS, origin=self.address
                )
            except (websocket.WebSocketException, OSError):
                if time.monotonic() > end:
                    raise
                time.sleep(1)
            else:
                break
        self._heard = time.monotonic()

    def _send(self, kind: str, content: dict[str, Any]) -> str:
        if time.monotonic() - self._heard > 20:  # a server leaves whoever does not answer its pings
            self.connect()
        name = uuid.uuid4().hex
        now = datetime.now(UTC).isoformat()
        head = {"msg_id": name, "msg_type": kind, "session": "s", "username": "", "version": "5.3"}
        message = {
            "header": head | {"date": now},
            "parent_header": {},
            "metadata": {},
            "content": content,
            "buffers": [],
        }
        assert self._socket
        self._socket.send(json.dumps(message | {"channel": "shell"}))
        return name

    def _until(self, done: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Take in what the kernel says until something is said; an error of the kernel is one here."""
        assert self._socket
        while True:
            message = json.loads(self._socket.recv())
            self._heard = time.monotonic()
            content, kind = message["content"], message["header"]["msg_type"]
            assert kind != "error", content["evalue"]
            if kind == "comm_open":
                self.widgets[content["comm_id"]] = _opened(content["data"]["state"])
            elif kind == "comm_msg" and content["data"].get("method") in ("update", "echo_update"):
                self.widgets[content["comm_id"]] |= content["data"]["state"]
            elif kind in ("display_data", "execute_result") and not self.first_view:
                view = content["data"].get("application/vnd.jupyter.widget-view+json", {}).get("model_id")
                if self.widgets.get(view, {}).get("tag"):
                    self.first_view = time.monotonic()
            if done(message):
                return message

    def run(self, *cells: str) -> str:
        """Run cells as "Run All" does; what the last one printed."""
        names = [
            self._send("execute_request", {"code": cell, "silent": False, "store_history": True})
            for cell in cells
        ]
        printed: list[str] = []

        def ended(message: dict[str, Any]) -> bool:
            if message["parent_header"].get("msg_id") != names[-1]:
                return False
            if message["header"]["msg_type"] == "stream":
                printed.append(message["content"]["text"])
            return _is_idle(message)

        self._until(ended)
        return "".join(printed)

    def answer(self, question: str, option: str) -> str:
        """Answer a question of the lesson and see the outcome; what the page then says of keeping it."""
        comm_id = next(name for name, widget in self.widgets.items() if question in _asked(widget))
        facts = {"answer": option, "sure": 2, "revealed": True}
        told = {"kind": "bets", "name": question, "facts": facts}
        heard = self.widgets[comm_id]["heard"]
        sent = self._send("comm_msg", {"comm_id": comm_id, "data": {"method": "custom", "content": told}})
        self._until(lambda said: said["parent_header"].get("msg_id") == sent and _is_idle(said))
        assert self.widgets[comm_id]["heard"] == heard + 1
        return str(self.widgets[comm_id]["note"])

    def shown(self, question: str) -> str:
        """The answer that a question of the lesson shows as the learner's own; "" for none."""
        (widget,) = (one for one in self.widgets.values() if question in _asked(one))
        return str(widget["answers"].get(question, {}).get("answer", ""))


#: What a page says when an answer is on the disk.
KEPT = texts("en")["progress"]["kept"].format(file="progress.json")


def _opened(state: dict[str, Any]) -> dict[str, Any]:
    """What a widget begins with; of a component the content, unpacked."""
    if "content" not in state or not state.get("tag"):
        return dict(state)
    return state | {"content": json.loads(zlib.decompress(base64.b64decode(state["content"])))}


def _asked(widget: dict[str, Any]) -> list[str]:
    """The questions of a stepper that belongs to the lesson itself."""
    if widget.get("tag") != "srm-bet" or widget["content"].get("practice"):
        return []
    return [question["id"] for one in widget["content"]["rounds"] for question in one["questions"]]


def _is_idle(message: dict[str, Any]) -> bool:
    return message["header"]["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
