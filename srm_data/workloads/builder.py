"""The controls to build a workload with: native fields and buttons around a `Desk`.

The input is open, so the views cannot be prepared: each move makes one table in the kernel, as HTML. Jupyter
shows nobody an error behind a button, so every one is said in the view.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from srm_data.core.frames import as_matrix
from srm_data.core.language import resolve_language, texts
from srm_data.core.services import load_services
from srm_data.core.vocabulary import KINDS
from srm_data.views.html import tables
from srm_data.views.still import Away
from srm_data.widgets.explore import Shared, View
from srm_data.workloads.component import model_spellings
from srm_data.workloads.resource_types import load_resource_types
from srm_data.workloads.scenarios import PLANS, list_scenarios, load_scenario
from srm_data.workloads.session import Desk, story
from srm_data.workloads.workload import Workload

if TYPE_CHECKING:
    from srm_data.core.frames import MatrixLike


def build_workload(
    workload: Workload | str | None = None, matrix: MatrixLike = "azure-2026", lang: str | None = None
) -> View:
    """Build a workload: add, place, move, take back, duplicate as plan B, compare, save and open.

    Args:
        workload: a `Workload` to begin with, or the id of a ready one; empty when left out.
        matrix: the matrix whose columns components are placed under; that of `workload` goes before.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown scenario, matrix or language.
    """
    lang = resolve_language(lang)
    if isinstance(workload, str):
        plans = {plan: load_scenario(workload, plan, lang) for plan in PLANS}
        return _Builder(Desk("azure-2026", lang, plans), workload).view
    if workload is not None:
        return _Builder(Desk(workload.matrix, lang, {"before": workload})).view
    return _Builder(Desk(matrix, lang)).view


class _Builder:
    """The controls; what they do is the desk's."""

    def __init__(self, desk: Desk, scenario: str = "") -> None:
        self.desk, self.words = desk, texts(desk.lang)["build"]
        self.shared = Shared()
        self.quiet = False  # while the controls follow the desk, they do not lead it
        self._make_fields(scenario)
        said = texts(desk.lang)["workload"]
        names = [said["before"], said["plan_a"], said["plan_b"]]
        self.plan = self._radio("plan", names)
        # Nothing ties a heading to its buttons for a screen reader, so these say themselves what they are.
        against = [self.words["with"].format(plan=name) for name in names]
        self.compared = self._radio("compared", [self.words["alone"], *against])
        self.page = w.Dropdown(
            options=[("1", 1)], description=self.words["page"], style=self.shared.described, layout=w.Layout()
        )
        self.note, self.table = self.shared.html(""), self.shared.html("")
        self.plan.observe(self._choose, "index")
        self.compared.observe(self._choose, "index")
        self.page.observe(self._choose, "value")
        self.name.observe(self._fill, "value")
        self.service.observe(self._suggest, "value")
        self.view = View(self._layout(), self.words["hint"], self.desk.lang, Away(needs_kernel="lab"))
        self._show(story(scenario, desk.lang) if scenario else "")

    def _make_fields(self, scenario: str) -> None:
        words, lang = self.words, self.desk.lang
        heads = list_scenarios(lang)["label"]
        self.begin = w.Dropdown(
            options=[(words["own"], ""), *((label, name) for name, label in heads.items())],
            value=scenario,
            description=words["begin"],
            style=self.shared.described,
            layout=self.shared.control,
        )
        wide = w.Layout(width="min(100%, 24rem)")
        label = {"description_width": "6.5rem"}
        text: dict[str, Any] = {
            "ensure_option": False,
            "continuous_update": False,
            "layout": wide,
            "style": label,
        }
        self.name = w.Combobox(description=words["name"], **text)
        self.known = _known_services(self.desk)
        self.service = w.Combobox(description=words["service"], options=list(self.known), **text)
        kinds = texts(lang)["kind"]
        self.kind = w.Dropdown(
            options=[(kinds[kind], kind) for kind in KINDS],
            value="other",
            description=words["kind"],
            layout=wide,
            style=label,
        )
        m = as_matrix(self.desk.matrix, lang)
        unplaced = texts(lang)["workload"]["unplaced"]
        self.model = w.Dropdown(
            options=[(unplaced, ""), *((column.label, column.id) for column in m.columns)],
            description=words["model"],
            layout=wide,
            style=label,
        )
        self.file = w.Text(
            value="workload.yaml",
            description=words["file"],
            continuous_update=False,
            layout=wide,
            style=label,
        )

    def _layout(self) -> list[w.Widget]:
        desk, box = self.desk, self.shared
        grid = w.Layout(flex_flow="row wrap", grid_gap="4px 24px")
        line = w.Layout(flex_flow="row wrap", grid_gap="6px", align_items="center")
        buttons = [
            self._button("add", lambda: desk.add(*self._values()), first=True),
            self._button("move", lambda: desk.move(self.name.value, self.service.value, self.model.value)),
            self._button("remove", lambda: desk.remove(self.name.value)),
            self._button("undo", desk.undo),
            self._button("copy", desk.copy),
        ]
        files = [
            self._button("save", lambda: desk.save(self.file.value)),
            self._button("load", lambda: desk.load(self.file.value)),
        ]
        take = self._button("load_scenario", lambda: desk.take(self.begin.value))
        return [
            box.html(f"<style>{tables.style()}</style>"),
            w.HBox([self.begin, take], layout=line),
            w.HBox([self.name, self.kind, self.service, self.model], layout=grid),
            w.HBox(buttons, layout=line),
            w.HBox([self.file, *files], layout=line),
            box.row([self.plan, self.compared]),
            self.note,
            self.page,
            self.table,
        ]

    def _values(self) -> tuple[str, str, str, str]:
        return self.name.value, self.kind.value, self.service.value, self.model.value

    def _radio(self, label: str, options: list[str]) -> w.RadioButtons:
        return w.RadioButtons(
            options=[(option, i) for i, option in enumerate(options)],
            index=0,
            description=self.words[label],
            orientation="horizontal",
            style=self.shared.described,
            layout=self.shared.control,
        )

    def _button(self, key: str, action: Callable[[], str], *, first: bool = False) -> w.Button:
        button = w.Button(description=self.words[key], layout=w.Layout(width="max-content"))
        button.add_class("srm-button")
        if not first:
            button.add_class("srm-second")
        button.on_click(lambda _: self._do(action))
        return button

    def _do(self, action: Callable[[], str]) -> None:
        """Act, and show what became of it; an error nobody foresaw is said too before it goes its way."""
        try:
            told = action()
        except (ValueError, OSError) as error:
            self._say(self.words["trouble"].format(reason=error))
            return
        except Exception as error:
            self._say(self.words["trouble"].format(reason=f"{type(error).__name__}: {error}"))
            raise
        self._show(told)

    def _choose(self, _: Any) -> None:
        if self.quiet:
            return
        self.desk.shown = PLANS[self.plan.index]
        self.desk.compared = ("", *PLANS)[self.compared.index]
        self.desk.page = self.page.value or 1
        self._show("")

    def _fill(self, _: Any) -> None:
        """A component that is there already brings its fields along."""
        found = self.desk.component(self.name.value)
        if found:
            self.kind.value, self.service.value, self.model.value = found.kind, found.service, found.model

    def _suggest(self, _: Any) -> None:
        """A service whose model is known proposes it, where none was chosen."""
        if not self.model.value:
            self.model.value = self.known.get(self.service.value.strip(), "")

    def _say(self, text: str) -> None:
        said = tables.render("workload.html", self.desk.lang, view="note", text=text)
        self.note.value = said if text else ""

    def _show(self, told: str) -> None:
        """Let the controls follow the desk and show its view."""
        self.quiet = True
        try:
            self.plan.index = PLANS.index(self.desk.shown)
            self.compared.index = ("", *PLANS).index(self.desk.compared)
            self.table.value = self.desk.view()
            pages = self.desk.pages
            if len(self.page.options) != pages:
                self.page.options = [(f"{n} / {pages}", n) for n in range(1, pages + 1)]
            self.page.value = self.desk.page
            self.page.layout.display = None if pages > 1 else "none"
            self.name.options = self.desk.suggested()
        finally:
            self.quiet = False
        self._say(told)


def _known_services(desk: Desk) -> dict[str, str]:
    """The services to choose from, with the column each is placed under; empty where that is yours to say."""
    spellings = model_spellings(desk.matrix)
    types = load_resource_types()
    pairs = [*zip(types["service"], types["model"], strict=True), *load_services("en")["model"].items()]
    found = {str(service): spellings.get(str(model).casefold(), "") for service, model in pairs if service}
    return dict(sorted(found.items(), key=lambda pair: pair[0].casefold()))
