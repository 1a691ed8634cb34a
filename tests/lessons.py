"""The lessons: where they are, how one is run in a kernel, and what its widgets should show."""

import ast
import base64
import itertools
import json
import re
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
from filelock import FileLock, Timeout
from jupyter_client.manager import KernelManager

import srm_data as srm
from srm_data.core.frames import as_matrix
from srm_data.core.language import texts
from srm_data.core.topics import all_topics, look_up
from srm_data.core.vocabulary import LANGUAGES
from srm_data.learning.answer_history import due
from srm_data.learning.questions import Question, find_question, questions_about
from srm_data.publishing.run_lesson import run_lesson, transport

ROOT = Path(__file__).parent.parent
NOTEBOOKS = ROOT / "notebooks"
REFERENCE = ROOT / "tests" / "reference"


def find(folder: Path = NOTEBOOKS) -> list[str]:
    """The notebooks of a folder as relative paths, such as "nl/03_what_if.ipynb"."""
    paths = (path.relative_to(folder) for path in folder.rglob("*.ipynb"))
    return sorted(path.as_posix() for path in paths if ".ipynb_checkpoints" not in path.parts)


LESSONS = [path for path in find() if path.partition("/")[0] in LANGUAGES]
#: Those with a number are taught in this order, and have slides; the others are to explore.
NUMBERED = [path for path in LESSONS if path[3:5].isdigit()]


def every_other(first: str) -> list[str]:
    """Each lesson once: the first in the language `first`, the next in the other one, and so on.

    The code cells of both languages are the same, which a test sees to, so what takes long walks each
    lesson in one language; the other language is another file's.
    """
    names = sorted({path[3:] for path in LESSONS})
    second = next(lang for lang in LANGUAGES if lang != first)
    return [f"{(first, second)[i % 2]}/{name}" for i, name in enumerate(names)]


def read(path: str, folder: Path = NOTEBOOKS) -> nbformat.NotebookNode:
    return nbformat.read(folder / path, as_version=4)


def cells(path: str, kind: str) -> list[str]:
    return [cell.source for cell in read(path).cells if cell.cell_type == kind]


class Runs:
    """Executed notebooks for all the tests: each is run once, whichever worker comes first.

    Called as `run_lessons` is; every call gives copies of its own. `kernels` is around each run.
    """

    def __init__(self, folder: Path, kernels: Callable[[], AbstractContextManager[None]]) -> None:
        self._folder, self._kernels = folder, kernels

    def __call__(self, paths: Iterable[Path]) -> Iterator[tuple[Path, nbformat.NotebookNode]]:
        paths = list(paths)
        for path in paths:
            self._run(path, wait=False)  # what another worker runs at this moment is for later
        for path in paths:
            yield path, nbformat.from_dict(json.loads(self._run(path).read_text("utf-8")))

    def _run(self, path: Path, *, wait: bool = True) -> Path:
        kept = self._folder / path.relative_to(NOTEBOOKS).with_suffix(".json")
        kept.parent.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(kept.with_suffix(".lock"), blocking=wait):
                if not kept.exists():
                    whole = kept.with_suffix(".part")
                    with self._kernels():
                        whole.write_text(json.dumps(run_lesson(path)), "utf-8")
                    whole.rename(kept)
        except Timeout:
            assert not wait
        return kept


# What the widgets of a lesson should show.


@dataclass(frozen=True)
class State:
    """What a learner chooses in a view, and what it says then."""

    chosen: tuple[str, ...]  # a column, or the two of a move
    title: str
    sentence: str


@dataclass(frozen=True)
class WidgetCell:
    """A code cell that ends in `srm.explore(...)` or `srm.what_if(...)`."""

    index: int  # among the code cells
    kind: str
    matrices: tuple[str, ...]
    lang: str
    given: tuple[str, ...] = ()  # what a topic cell lines up

    @property
    def choice(self) -> str:
        """The label of the drop-down of matrices."""
        return texts(self.lang)["label"]["matrix"]

    def option(self, matrix: str) -> str:
        return as_matrix(matrix, self.lang).short

    def states(self, matrix: str) -> list[State]:
        """Every state of the panel of one matrix, neighbours last changed first."""
        m, say = as_matrix(matrix, self.lang), srm.words
        names = [column.label for column in m.columns]
        if self.kind == "explore":
            return [State((c,), say.model_title(m, c), say.model(matrix, c, self.lang)) for c in names]
        return [
            State((a, b), say.what_if_title(m, a, b), say.what_if(matrix, a, b, self.lang))
            for a in names
            for b in names
        ]


class TopicCell(WidgetCell):
    """A code cell that ends in `srm.explore_topics(...)`: a topic stands where others have a matrix."""

    @property
    def choice(self) -> str:
        return texts(self.lang)["label"]["topic"]

    def option(self, matrix: str) -> str:
        return look_up(matrix, lang=self.lang).label

    def states(self, matrix: str) -> list[State]:
        found = look_up(matrix, [*self.given], self.lang)
        said = srm.words.topic(matrix, [*self.given], self.lang)
        return [State((), srm.words.topic_title(found), said)]


def widget_cells(path: str) -> list[WidgetCell]:
    found = []
    lang = path.partition("/")[0]
    for index, source in enumerate(cells(path, "code")):
        match ast.parse(source).body[-1]:
            case ast.Expr(ast.Call(ast.Attribute(ast.Name("srm"), "explore_topics" as kind), [given], [])):
                matrices = tuple(ast.literal_eval(given))
                topics = tuple(topic.id for topic in all_topics(matrices) if topic.lines)
                found.append(TopicCell(index, kind, topics, lang, matrices))
            case ast.Expr(
                ast.Call(
                    ast.Attribute(ast.Name("srm"), "explore" | "what_if" as kind),
                    arguments,
                    [] | [ast.keyword("covered")],
                )
            ):
                given = ast.literal_eval(arguments[0]) if arguments else _shipped(kind)
                found.append(
                    WidgetCell(index, kind, (given,) if isinstance(given, str) else tuple(given), lang)
                )
    return found


@dataclass(frozen=True)
class BetCell:
    """A code cell that ends in `srm.bet(...)` or `srm.play_incidents(...)`."""

    index: int  # among the code cells
    rounds: tuple[tuple[Question, ...], ...]  # one a reveal; several are chosen from a drop-down
    told: bool = False  # what happened stands below the answers, with the sources


def door(path: str) -> list[Question]:
    """What a lesson asks at its beginning of nobody in particular, as on slides and on paper."""
    found = re.search(r"srm\.practise\((\d+), before=(\d+)\)", "\n".join(cells(path, "code")))
    if not found:
        return []
    most, lesson = map(int, found.groups())
    return due({}, path.partition("/")[0], datetime.now(), range(1, lesson))[:most]


def bet_cells(path: str) -> list[BetCell]:
    found = []
    lang = path.partition("/")[0]
    for index, source in enumerate(cells(path, "code")):
        match ast.parse(source).body[-1]:
            case ast.Expr(ast.Call(ast.Attribute(ast.Name("srm"), "bet"), arguments, [])):
                asked = [find_question(ast.literal_eval(one), lang) for one in arguments]
                found.append(BetCell(index, (tuple(asked),)))
            case ast.Expr(ast.Call(ast.Attribute(ast.Name("srm"), "play_incidents"), arguments, [])):
                rounds = [tuple(questions_about(ast.literal_eval(one), lang)) for one in arguments]
                found.append(BetCell(index, tuple(rounds), told=True))
    return found


def _shipped(kind: str) -> list[str]:
    matrices = srm.list_matrices("en")
    return list(matrices.index if kind == "explore" else matrices.query("columns > 1").index)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words = ""

    def handle_data(self, data: str) -> None:
        self.words += data


def plain(html: str) -> str:
    """The text of a piece of HTML, as `textContent` gives it, with single spaces."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return " ".join(parser.words.split())


# A lesson in a kernel, with the messages a browser would send.

#: Components that answer in the browser alone; "" is the code that all components share.
IN_BROWSER = {"", "srm-explore", "srm-what-if", "srm-tables", "srm-browse", "srm-sort", "srm-wrong-cell"}

#: What a learner types.
NAME, WORDS = "Sanne <b>", "eigen woorden & <i>meer</i>"


def _written(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What is typed in the boxes of an exercise; of a claim also what a neighbour ticks."""
    for part in content.get("parts") or [{"key": content["part"]}, *content["neighbour"]]:
        facts: dict[str, Any] = {part["key"]: WORDS}
        yield {"kind": "work", "name": content["name"], "facts": facts}


def _filled_in(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the form of a hand-in sends: every field, and the button."""
    typed = {one["key"]: NAME if one["line"] else WORDS for one in content["fields"]}
    typed["figure"] = content["figures"][0]["key"]
    for part, text in typed.items():
        yield {"kind": "work", "name": content["name"], "facts": {part: text}}
    yield {"kind": "ask", "do": "write", "page": typed, "replace": True}


def _picked(content: dict[str, Any], shown: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the figure picker asks for; of the 33 matrices, which look alike, the first two and the last."""
    chosen, asked = shown["chosen"], itertools.count(1)
    offered = {part: content[part] for part in ("matrix", "language", "theme", "size")} | shown["options"]
    for part, options in offered.items():
        for option in options if part != "matrix" else (*options[:2], options[-1]):
            value = type(chosen[part])(option["key"])
            more = {"do": "draw", "asked": str(next(asked)), "chosen": chosen | {part: value}}
            yield {"kind": "ask", **more}
    for do, form in (("save", "svg"), ("save", "png"), ("save", "pdf"), ("steps", ""), ("copy", "")):
        yield {"kind": "ask", "do": do, "asked": str(next(asked)), "chosen": chosen, "format": form}


def _state(data: dict[str, Any]) -> dict[str, Any]:
    """What a message says of a widget, with the content of a component as it was before it was packed."""
    state = dict(data["state"])
    if "content" in state:
        state["content"] = json.loads(zlib.decompress(base64.b64decode(state["content"])))
    return state


@dataclass
class Kernel:
    """A kernel in the folder of a lesson, every widget it opened and every error it told of."""

    folder: Path
    widgets: dict[str, dict[str, Any]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    opened_bytes: int = 0

    def __enter__(self) -> "Kernel":
        self._home = tempfile.TemporaryDirectory(prefix="srm-kernel-")
        self._manager = KernelManager(**transport(self._home.name))
        self._manager.start_kernel(cwd=str(self.folder))
        self._client = self._manager.blocking_client()
        self._client.start_channels()
        self._client.wait_for_ready(timeout=60)
        return self

    def __exit__(self, *error: object) -> None:
        self._client.stop_channels()
        self._manager.shutdown_kernel(now=True)
        self._home.cleanup()

    def run(self, source: str) -> None:
        self._listen(self._client.execute(source))

    def send(self, comm_id: str, data: dict[str, Any]) -> None:
        """Send what the browser sends when a learner moves a control, and wait until all is done."""
        message = self._client.session.msg("comm_msg", {"comm_id": comm_id, "data": data})
        self._client.shell_channel.send(message)
        self._listen(message["header"]["msg_id"])

    def ask(self, comm_id: str) -> dict[str, Any]:
        """The state of a widget as the kernel has it now."""
        self.send(comm_id, {"method": "request_state"})
        return self.widgets[comm_id]

    def moves(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every move a learner can make: the widget, and the message for it.

        Fails on a control of another kind, so that a new one is not left out by accident.
        """
        for comm_id, state in list(self.widgets.items()):
            kind = state["_model_name"]
            if kind == "AnyModel":
                for content in self._sent(state):
                    yield comm_id, {"method": "custom", "content": content}
            elif kind != "LayoutModel":
                raise AssertionError(f"tests/lessons.py does not know how a learner moves a {kind}")

    @staticmethod
    def _sent(state: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """What a component sends: own words; of the stepper each answer, and the outcome of the last one.

        Of the hand-in every field and the button, of the figure picker each choice and each button.
        """
        tag, content = state.get("tag", ""), state.get("content", {})
        if tag in ("srm-own-words", "srm-claim"):
            yield from _written(content)
        elif tag == "srm-hand-in":
            yield from _filled_in(content)
        elif tag == "srm-figure-picker":
            yield from _picked(content, state["shown"])
        elif tag == "srm-bet":
            for question in (question for one in content["rounds"] for question in one["questions"]):
                for option in question["options"]:
                    last = option is question["options"][-1]
                    facts = {"answer": option["key"], "sure": 2, "revealed": last}
                    kind = "answers" if content.get("practice") else "bets"
                    yield {"kind": kind, "name": question["id"], "facts": facts}
        elif tag == "srm-builder":
            parts = {"name": NAME, "kind": "web", "service": "x", "model": ""}
            asked: list[dict[str, Any]] = [{"do": "add", "parts": parts}]
            asked += [
                {"do": "change", "name": parts["name"], "part": part, "value": content[known][-1]["key"]}
                for part, known in (("kind", "kinds"), ("model", "models"))
            ]
            asked += [{"do": "open", "value": plan["key"]} for plan in content["state"]["plans"]]
            asked += [{"do": "compare", "value": plan["key"]} for plan in content["state"]["plans"]]
            asked += [{"do": "take", "value": one["key"], "target": "all"} for one in content["scenarios"]]
            asked += [{"do": do, "value": "mine.yaml", "target": "b"} for do in ("save", "load")]
            asked += [{"do": "page", "value": "1"}, {"do": "copy", "target": "b"}]
            asked += [{"do": "turn"}, {"do": "undo"}]
            yield from ({"kind": "ask", **one} for one in asked)
        elif tag not in IN_BROWSER:
            raise AssertionError(f"tests/lessons.py does not know what <{tag}> sends")

    def _listen(self, message_id: str) -> None:
        """Read what the kernel tells until it has dealt with a message."""
        while True:
            message = self._client.get_iopub_msg(timeout=60)
            kind, content = message["msg_type"], message["content"]
            if kind == "error":  # whatever its parent: a callback has no cell
                self.errors.append(f"{content['ename']}: {content['evalue']}")
            elif kind == "comm_open":
                self.widgets[content["comm_id"]] = _state(content["data"])
                self.opened_bytes += len(json.dumps(content["data"]))
            elif kind == "comm_msg" and content["data"]["method"] == "update":
                self.widgets[content["comm_id"]].update(_state(content["data"]))
            elif (
                kind == "status"
                and content["execution_state"] == "idle"
                and message["parent_header"].get("msg_id") == message_id
            ):
                return
