"""What `build_workload` does, without a single widget: three plans, the one that is open, and a way back."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from srm_data.core.language import join, texts, unknown_name
from srm_data.files.paths import work_folder
from srm_data.files.write_whole import file_sum, write_own
from srm_data.workloads import html
from srm_data.workloads.component import Component
from srm_data.workloads.plan_file import read_plan
from srm_data.workloads.scenarios import PLANS, list_scenarios, load_scenario
from srm_data.workloads.workload import Workload
from srm_data.workloads.workload_file import ENDINGS, read_workload, to_bytes

if TYPE_CHECKING:
    from srm_data.core.frames import MatrixLike

_STEPS_BACK = 50


@dataclass
class Desk:
    """Three plans for one workload; every action tells in one sentence what it did.

    Actions raise ValueError or OSError, in words for the reader, and then change nothing.
    """

    matrix: MatrixLike
    lang: str
    plans: dict[str, Workload] = field(default_factory=dict)
    shown: str = "before"
    compared: str = ""
    page: int = 1
    _past: list[tuple[dict[str, Workload], str, str]] = field(default_factory=list)
    _opened: dict[str, str] = field(default_factory=dict)  # the sum of each file that was opened here

    def __post_init__(self) -> None:
        words = texts(self.lang)["workload"]
        names = dict(zip(PLANS, (words["before"], words["plan_a"], words["plan_b"]), strict=True))
        self.plans = {
            plan: self.plans.get(plan, Workload(name=names[plan], matrix=self.matrix)) for plan in PLANS
        }

    @property
    def plan(self) -> Workload:
        """The plan that is open."""
        return self.plans[self.shown]

    @property
    def pages(self) -> int:
        """How many pages of components the view has."""
        other = self.plans[self.compared] if self.compared else None
        n = len({*self.plan.by_name, *(other.by_name if other else ())})
        return max(1, -(-n // html.PAGE))

    def view(self) -> str:
        """The open plan, or what it does to the one it is compared with, as HTML."""
        self.page = min(self.page, self.pages)
        if self.compared and self.compared != self.shown:
            return html.difference(self.plans[self.compared], self.plan, self.lang, self.page).body
        return html.whole(self.plan, self.lang, self.page).body

    def add(self, name: str, kind: str, service: str, model: str) -> str:
        """One component more in the open plan.

        Args:
            name: of the component; no other may have it.
            kind: what it is: a key such as "web", or its word in English or Dutch.
            service: on which it runs; may be empty.
            model: label or id of a column; empty when it is not placed yet.
        """
        self._change(self.plan.add(name, kind, service, model))
        return self._say("added", name=self.plan.components[-1].name)

    def move(self, name: str, service: str, model: str) -> str:
        """Give a component of the open plan a place, or another one.

        Args:
            name: of a component of the plan.
            service: on which it runs; empty to keep the one it has.
            model: label or id of a column; empty to take its place away.
        """
        self._change(self.plan.place(name, model, service))
        place = dict(zip(("name", "kind", "service", "model"), self._row(name), strict=True))
        where = " · ".join(filter(None, (place["service"], place["model"])))
        return self._say("moved", name=place["name"], place=where)

    def remove(self, name: str) -> str:
        """One component less in the open plan."""
        gone = self.plan.component(name).name
        self._change(self.plan.remove(name))
        return self._say("removed", name=gone)

    def undo(self) -> str:
        """Take back the last change, whatever it was."""
        if not self._past:
            return self._say("nothing_to_undo")
        self.plans, self.shown, self.compared = self._past.pop()
        return self._say("undone")

    def copy(self) -> str:
        """The open plan as plan B too, opened beside it."""
        self._remember()
        source, words = self.shown, texts(self.lang)["workload"]
        told = self.plan.name
        if source != "b":
            self.plans = self.plans | {"b": self.plan.plan_b(words["plan_b"])}
            self.shown, self.compared = "b", source
        return self._say("copied", plan=told)

    def take(self, scenario: str) -> str:
        """The three plans of a ready workload, or three empty ones."""
        if not scenario:
            self._remember()
            self.plans, self.shown, self.compared = {}, "before", ""
            self.__post_init__()
            return self._say("emptied")
        plans = {plan: load_scenario(scenario, plan, self.lang) for plan in PLANS}
        self._remember()
        self.plans, self.shown, self.compared, self.page = plans, "before", "", 1
        return story(scenario, self.lang)

    def save(self, file: str) -> str:
        """Write the open plan into the learner's folder; a file that was there before stays."""
        name = _file_name(file, "workload.yaml")
        content = to_bytes(self.plan, name.rpartition(".")[2].lower())
        target = write_own(work_folder() / name, content, known=self._opened.get(name, ""))
        return self._say("saved", file=target.name, folder=target.parent)

    def load(self, file: str) -> str:
        """Read a file from the learner's folder into the open plan; a Terraform plan brings its "now"."""
        source = work_folder() / _plain_name(file, "workload.yaml")
        more = ""
        if source.suffix.lower() in (".json", ".jsonc"):
            read = read_plan(source, matrix=self.matrix)
            if read.before.components:
                self._remember()
                self.plans = self.plans | {"before": read.before, "a": read.workload}
                self.shown, self.compared, self.page = "a", "before", 1
            else:
                self._change(read.workload)
            types = join(read.unknown[:8], self.lang) if read.unknown else "–"
            more = " " + self._say("read_plan", types=types, n=len(read.resources))
            more += " " + self._say("read_doubts", n=len(read.unsure)) if read.unsure else ""
        else:
            opened = file_sum(source)
            self._change(read_workload(source, self.matrix))
            self._opened[source.name] = opened
        return self._say("loaded", file=source.name, plan=self.plan.name) + more

    def component(self, name: str) -> Component | None:
        """A component of the open plan, for the fields to show; None for a new one."""
        return self.plan.by_name.get(" ".join(name.split()))

    def suggested(self) -> list[str]:
        """The components on this page, to choose from."""
        first = (self.page - 1) * html.PAGE
        return [c.name for c in self.plan.components[first : first + html.PAGE]]

    def _row(self, name: str) -> tuple[str, str, str, str]:
        one = Workload((self.plan.component(name),), matrix=self.matrix).to_frame(self.lang)
        return tuple(one.iloc[0])

    def _change(self, plan: Workload) -> None:
        self._remember()
        self.plans = self.plans | {self.shown: plan}

    def _remember(self) -> None:
        self._past = [*self._past, (self.plans, self.shown, self.compared)][-_STEPS_BACK:]

    def _say(self, key: str, **gaps: object) -> str:
        return str(texts(self.lang)["build"][key].format(**gaps))


def story(scenario: str, lang: str) -> str:
    """What runs there and why it has to move, and the plans there are."""
    head = list_scenarios(lang).loc[scenario]
    words = texts(lang)["build"]["taken"]
    return str(words.format(story=head["story"], before=head["before"], a=head["a"], b=head["b"]))


def _plain_name(file: str, default: str) -> str:
    """The name of a file in the learner's folder: never a way to another folder."""
    name = Path(file.strip().replace("\\", "/")).name or default
    return name if "." in name else f"{name}.yaml"


def _file_name(file: str, default: str) -> str:
    """The name to write a workload under.

    Raises:
        UnknownNameError: for an ending that no workload has.
    """
    name = _plain_name(file, default)
    ending = name.rpartition(".")[2].lower()
    if ending not in ENDINGS:
        raise unknown_name("format", ending, ENDINGS)
    return name
