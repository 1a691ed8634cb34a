"""What `build_workload` does, without a single widget: three plans, the one that is open, and a way back."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from srm_data.core.language import join, texts, unknown_name
from srm_data.core.services import load_services
from srm_data.files.paths import work_folder
from srm_data.files.write_whole import file_sum, write_own
from srm_data.workloads import html
from srm_data.workloads.component import Component, model_spellings, plain_name
from srm_data.workloads.plan_file import read_plan
from srm_data.workloads.resource_types import load_resource_types
from srm_data.workloads.scenarios import PLANS, list_scenarios, load_scenario
from srm_data.workloads.workload import Workload
from srm_data.workloads.workload_file import ENDINGS, read_workload, to_bytes

if TYPE_CHECKING:
    from srm_data.core.frames import MatrixLike

_STEPS_BACK = 50

#: Stands for all three plans where one is chosen to make way.
ALL = "all"

#: What undo brings back: the plans, which is open and what it is compared with, and how they began.
_Stand = tuple[dict[str, Workload], str, str, bool, str, dict[str, Workload]]


class PlansTakenError(ValueError):
    """Plans would be written over; `choices` are those that may make way, with what its button says."""

    def __init__(self, question: str, choices: dict[str, str]) -> None:
        super().__init__(question)
        self.choices = choices


@dataclass
class Desk:
    """Three plans for one workload; every action tells in one sentence what it did.

    Actions raise ValueError or OSError, in words for the reader, and then change nothing. No action writes
    over a plan that holds components, unless it is told which.
    """

    matrix: MatrixLike
    lang: str
    plans: dict[str, Workload] = field(default_factory=dict)
    shown: str = "before"
    compared: str = ""
    turned: bool = False  # a comparison reads from the later plan to the earlier one
    page: int = 1
    scenario: str = ""  # the ready workload that the plans began as
    _past: list[_Stand] = field(default_factory=list)
    _opened: dict[str, str] = field(default_factory=dict)  # the sum of each file that was opened here
    _begun: dict[str, Workload] = field(default_factory=dict)  # the plans before anybody changed them

    def __post_init__(self) -> None:
        self.plans = {
            plan: self.plans.get(plan, Workload(name=label, matrix=self.matrix))
            for plan, label in self.labels.items()
        }
        self._begun = self.plans

    @cached_property
    def services(self) -> dict[str, str]:
        """The services to choose from, with the column of each; "" where that is yours to say."""
        spellings = model_spellings(self.matrix)
        types = load_resource_types()
        pairs = [*zip(types["service"], types["model"], strict=True), *load_services("en")["model"].items()]
        found = {str(one): spellings.get(str(model).casefold(), "") for one, model in pairs if one}
        return dict(sorted(found.items(), key=lambda pair: pair[0].casefold()))

    @property
    def labels(self) -> dict[str, str]:
        """What each plan is called: Now, Plan A, Plan B."""
        words = texts(self.lang)["workload"]
        return dict(zip(PLANS, (words["before"], words["plan_a"], words["plan_b"]), strict=True))

    @property
    def plan(self) -> Workload:
        """The plan that is open."""
        return self.plans[self.shown]

    @property
    def free(self) -> list[str]:
        """The plans without components, the open one first."""
        return [
            plan for plan in sorted(PLANS, key=lambda plan: plan != self.shown) if not len(self.plans[plan])
        ]

    @property
    def way(self) -> tuple[str, str] | None:
        """The plans that are compared, from and to; None when none are."""
        if not self.compared:
            return None
        first, last = sorted((self.shown, self.compared), key=PLANS.index, reverse=self.turned)
        return first, last

    @property
    def pages(self) -> int:
        """How many pages of components the view has."""
        other = self.plans[self.compared] if self.compared else None
        n = len({*self.plan.by_name, *(other.by_name if other else ())})
        return max(1, -(-n // html.PAGE))

    def view(self) -> str:
        """The open plan, or what going from one plan to the other does, as HTML."""
        self.page = min(self.page, self.pages)
        if self.way:
            before, after = (self.plans[plan] for plan in self.way)
            return html.difference(before, after, self.lang, self.page).body
        return html.whole(self.plan, self.lang, self.page).body

    def open(self, plan: str) -> str:
        """Open another plan; one that it is compared with already stays in the comparison."""
        if self.compared == plan:
            self.compared = self.shown
        elif self.compared:
            self.turned = False
        self.shown, self.page = plan, 1
        return ""

    def compare(self, plan: str) -> str:
        """Compare the open plan with another, the earlier one first; with "" it stands alone."""
        self.compared, self.turned, self.page = "" if plan == self.shown else plan, False, 1
        return ""

    def turn(self) -> str:
        """Read the comparison the other way round."""
        self.turned = not self.turned
        return ""

    def turn_to(self, page: str) -> str:
        """Turn to another page; one that is not there is the nearest that is."""
        self.page = min(max(1, int(page)), self.pages)
        return ""

    def add(self, name: str, kind: str, service: str, model: str) -> str:
        """One component more in the open plan.

        Args:
            name: of the component; no other may have it.
            kind: what it is: a key such as "web", or its word in English or Dutch.
            service: on which it runs; may be empty.
            model: label or id of a column; empty when it is not placed yet.
        """
        self._check_free(self.shown, name)
        self._change(self.plan.add(name, kind, service, model))
        self.page = -(-len(self.plan) // html.PAGE)  # where the new one stands
        return self._say("added", name=self.plan.components[-1].name)

    def change(self, name: str, part: str, value: str) -> str:
        """Change one part of a component of the open plan.

        A component that is in several plans is called the same in each, or they could not be compared: a new
        name is for all of them. A service whose column is known gives it to a component that has none.

        Args:
            name: of a component of the plan.
            part: "name", "kind", "service" or "model".
            value: what it is from now on.
        """
        old = self.plan.component(name)
        if part == "name":
            return self._rename(old.name, value)
        parts = {part: value}
        if part == "service" and not old.model:
            parts["model"] = self.services.get(plain_name(value), "")
        new = self.plan.change(old.name, **parts)
        if new != self.plan:
            self._change(new)
        row = dict(zip(("name", "kind", "service", "model"), self._row(old.name), strict=True))
        where = " · ".join(filter(None, (row["service"], row["model"])))
        return self._say("kind_now" if part == "kind" else "moved", place=where or "–", **row)

    def _rename(self, old: str, new: str) -> str:
        new = plain_name(new)
        if new == old:
            return ""
        having = [plan for plan in PLANS if old in self.plans[plan].by_name]
        for plan in having:
            self._check_free(plan, new)
        renamed = {plan: self.plans[plan].change(old, name=new) for plan in having}
        self._remember()
        self.plans = self.plans | renamed
        plans = join([self.labels[plan] for plan in having], self.lang)
        return self._say("renamed", old=old, new=new, plans=plans)

    def _check_free(self, plan: str, name: str) -> None:
        if plain_name(name) in self.plans[plan].by_name:
            raise ValueError(self._say("name_taken", plan=self.labels[plan], name=plain_name(name)))

    def remove(self, name: str) -> str:
        """One component less in the open plan."""
        gone = self.plan.component(name).name
        self._change(self.plan.remove(name))
        return self._say("removed", name=gone, plan=self.labels[self.shown])

    def undo(self) -> str:
        """Take back the last change, whatever it was."""
        if not self._past:
            return self._say("nothing_to_undo")
        before = self._past.pop()
        self.plans, self.shown, self.compared, self.turned, self.scenario, self._begun = before
        return self._say("undone")

    def copy(self, target: str = "") -> str:
        """The open plan once more in a plan that is empty, opened beside it.

        Raises:
            PlansTakenError: when none is empty and `target` does not say which may be replaced.
        """
        source = self.shown
        others = [plan for plan in PLANS if plan != source]
        target = self._room(target, others, [plan for plan in self.free if plan != source])
        told = self._replaced(target)
        self._remember()
        self.plans = self.plans | {target: self.plan.plan_b(self.labels[target])}
        self.shown, self.compared = target, source
        self.turned = PLANS.index(target) < PLANS.index(source)
        return self._say("copied", plan=self.labels[source], copy=self.labels[target]) + told

    def take(self, scenario: str, target: str = "") -> str:
        """The three plans of a ready workload, or three empty ones.

        Raises:
            PlansTakenError: when what somebody made would go and `target` is not `ALL`.
        """
        plans = {plan: load_scenario(scenario, plan, self.lang) for plan in PLANS} if scenario else {}
        mine = self.plans != self._begun and len(self.free) < len(PLANS)
        if mine and target != ALL:
            raise PlansTakenError(self._say("replace_all"), {ALL: self._say("replace_three")})
        self._remember()
        self.plans, self.shown, self.compared, self.turned, self.page = plans, "before", "", False, 1
        self.scenario = scenario
        self.__post_init__()
        label = list_scenarios(self.lang)["label"][scenario] if scenario else ""
        told = self._say("taken", label=label) if scenario else self._say("emptied")
        return f"{told} {self._say('undo_brings_back')}" if mine else told

    def _room(self, target: str, allowed: list[str], free: list[str]) -> str:
        """The plan to write into: that which was said, else an empty one.

        Args:
            target: the plan that was said, or "".
            allowed: the plans that may make way.
            free: the empty plans among them.
        """
        if target in allowed:
            return target
        if not free:
            choices = {plan: self._say("replace", plan=self.labels[plan]) for plan in allowed}
            raise PlansTakenError(self._say("replace_which"), choices)
        return free[0]

    def _replaced(self, *plans: str) -> str:
        """What to say of plans that make way; nothing of empty ones."""
        gone = [self.labels[plan] for plan in plans if len(self.plans[plan])]
        return " " + self._say("replaced", plans=join(gone, self.lang)) if gone else ""

    def save(self, file: str) -> str:
        """Write the open plan into the learner's folder; a file that was there before stays."""
        name = _file_name(file, "workload.yaml")
        content = to_bytes(self.plan, name.rpartition(".")[2].lower())
        target = write_own(work_folder() / name, content, known=self._opened.get(name, ""))
        return self._say("saved", file=target.name, folder=target.parent)

    def load(self, file: str, target: str = "") -> str:
        """Read a file from the learner's folder into a plan that is empty; a Terraform plan brings its "now".

        Raises:
            PlansTakenError: when none is empty and `target` does not say which may be replaced.
        """
        source = work_folder() / _plain_name(file, "workload.yaml")
        if source.suffix.lower() in (".json", ".jsonc"):
            return self._load_resources(source, target)
        opened = file_sum(source)
        read = read_workload(source, self.matrix)
        target = self._room(target, list(PLANS), self.free)
        told = self._replaced(target)
        self._remember()
        self._put({target: read})
        self._opened[source.name] = opened
        return self._say("loaded", file=source.name, plan=self.labels[target]) + told

    def _load_resources(self, source: Path, target: str) -> str:
        read = read_plan(source, matrix=self.matrix)
        if read.before.components:
            taken = [plan for plan in ("before", "a") if len(self.plans[plan])]
            if taken and target != "a":
                labels = join([self.labels[plan] for plan in taken], self.lang)
                choices = {"a": self._say("replace", plan=labels)}
                raise PlansTakenError(self._say("replace_these", plans=labels), choices)
            told = self._replaced("before", "a")
            self._remember()
            self._put({"before": read.before, "a": read.workload})
            self.compared, self.turned, target = "before", False, "a"
        else:
            target = self._room(target, list(PLANS), self.free)
            told = self._replaced(target)
            self._remember()
            self._put({target: read.workload})
        said = [self._say("loaded", file=source.name, plan=self.labels[target]) + told]
        types = join(read.unknown[:8], self.lang) if read.unknown else "–"
        said.append(self._say("read_plan", types=types, n=len(read.resources)))
        if read.unsure:
            said.append(self._say("read_doubts", n=len(read.unsure)))
        return " ".join(said)

    def _put(self, plans: dict[str, Workload]) -> None:
        """Put plans in their places and open the last of them."""
        self.plans = self.plans | plans
        self.shown, self.page = list(plans)[-1], 1
        if self.compared == self.shown:
            self.compared = ""

    def rows(self) -> list[Component]:
        """The components of the open plan on this page."""
        first = (min(self.page, self.pages) - 1) * html.PAGE
        return list(self.plan.components[first : first + html.PAGE])

    @property
    def story(self) -> str:
        """What runs in the ready workload, why it has to move, and the plans there are."""
        return story(self.scenario, self.lang) if self.scenario else ""

    def _row(self, name: str) -> tuple[str, str, str, str]:
        one = Workload((self.plan.component(name),), matrix=self.matrix).to_frame(self.lang)
        return tuple(one.iloc[0])

    def _change(self, plan: Workload) -> None:
        self._remember()
        self.plans = self.plans | {self.shown: plan}

    def _remember(self) -> None:
        now = (self.plans, self.shown, self.compared, self.turned, self.scenario, self._begun)
        self._past = [*self._past, now][-_STEPS_BACK:]

    def _say(self, key: str, **gaps: object) -> str:
        return str(texts(self.lang)["build"][key].format(**gaps))


def story(scenario: str, lang: str) -> str:
    """What runs there and why it has to move, and the plans there are."""
    head = list_scenarios(lang).loc[scenario]
    words = texts(lang)["build"]["story"]
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
