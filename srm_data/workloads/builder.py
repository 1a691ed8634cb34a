"""The component to build a workload with: `<srm-builder>` in the page, and the `Desk` that answers it.

The input is open, so the views cannot be prepared: each move makes one table in the kernel, as HTML. Jupyter
shows nobody an error in a message of a page, so every one is said in the component.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from srm_data.core.frames import as_matrix
from srm_data.core.language import resolve_language, texts
from srm_data.core.vocabulary import KINDS
from srm_data.views.component_content import options_json, words_json
from srm_data.views.still import Away
from srm_data.widgets.component import ComponentView
from srm_data.workloads import html
from srm_data.workloads.scenarios import PLANS, list_scenarios, load_scenario
from srm_data.workloads.session import Desk, PlansTakenError
from srm_data.workloads.workload import Workload

if TYPE_CHECKING:
    from srm_data.core.frames import MatrixLike


def build_workload(
    workload: Workload | str | None = None, matrix: MatrixLike = "azure-2026", lang: str | None = None
) -> ComponentView:
    """Build a workload: add, name, place, remove, take back, duplicate, compare, save and open.

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
        return _Builder(Desk("azure-2026", lang, plans, scenario=workload)).view
    if workload is not None:
        return _Builder(Desk(workload.matrix, lang, {"before": workload})).view
    return _Builder(Desk(matrix, lang)).view


class _Builder:
    """Hears what was done in the page, lets the desk do it, and answers with what there is to see."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.words = desk, texts(desk.lang)["build"]
        self.view = ComponentView(
            "srm-builder",
            self._content(),
            Away(needs_kernel="lab"),
            html.whole(desk.plan, desk.lang),
            self.words["hint"],
            kept_in=desk.lang,
        )
        self.view.on_msg(self._hear)

    def _content(self) -> dict[str, Any]:
        """What stays as it is, with what there is to see at first."""
        desk, lang = self.desk, self.desk.lang
        unplaced = texts(lang)["workload"]["unplaced"]
        kinds, columns = texts(lang)["kind"], as_matrix(desk.matrix, lang).columns
        heads = list_scenarios(lang)["label"]
        return {
            "lang": lang,
            "words": words_json(lang) | self.words,
            "kinds": options_json((kind, kinds[kind]) for kind in KINDS),
            "models": options_json([("", unplaced), *((column.id, column.label) for column in columns)]),
            "services": desk.services,
            "scenarios": options_json(
                [("", self.words["own"]), *((str(key), label) for key, label in heads.items())]
            ),
            "state": self._state(),
        }

    def _state(self, **more: Any) -> dict[str, Any]:
        """What there is to see now."""
        desk = self.desk
        view = desk.view()  # it comes first: it brings the page back to one that there is
        return {
            "plans": [
                {"key": plan, "label": label, "n": len(desk.plans[plan])}
                for plan, label in desk.labels.items()
            ],
            "open": desk.shown,
            "compared": desk.compared,
            "turned": desk.turned,
            "page": desk.page,
            "pages": desk.pages,
            "scenario": desk.scenario,
            "story": desk.story,
            "rows": [
                {"name": one.name, "kind": one.kind, "service": one.service, "model": one.model}
                for one in desk.rows()
            ],
            "view": view,
            **more,
        }

    def _hear(self, _: Any, message: dict[str, Any], __: Any) -> None:
        """Do what was asked, and tell what became of it; an error nobody foresaw is told too."""
        try:
            told = self._do(message)
        except PlansTakenError as question:
            asked = {"text": str(question), "choices": question.choices, "again": message}
            self.view.tell(shown=self._state(question=asked), note="")
        except (ValueError, OSError) as error:
            self._refuse(error)
        except Exception as error:
            self._refuse(f"{type(error).__name__}: {error}")
            raise
        else:
            self.view.tell(shown=self._state(), note=told)

    def _refuse(self, reason: object) -> None:
        self.view.tell(shown=self._state(refused=True), note=self.words["trouble"].format(reason=reason))

    def _do(self, message: dict[str, Any]) -> str:
        desk = self.desk
        say = {name: str(message.get(name, "")) for name in ("name", "part", "value", "target")}
        name, value, target = say["name"], say["value"], say["target"]
        parts = [str(message.get("parts", {}).get(part, "")) for part in ("name", "kind", "service", "model")]
        plan = value if value in PLANS else ""
        actions: dict[str, Callable[[], str]] = {
            "add": lambda: desk.add(*parts),
            "change": lambda: desk.change(name, say["part"], value),
            "remove": lambda: desk.remove(name),
            "undo": desk.undo,
            "copy": lambda: desk.copy(target),
            "take": lambda: desk.take(value, target),
            "save": lambda: desk.save(value),
            "load": lambda: desk.load(value, target),
            "open": lambda: desk.open(plan or desk.shown),
            "compare": lambda: desk.compare(plan),
            "turn": desk.turn,
            "page": lambda: desk.turn_to(value),
        }
        return actions[message["do"]]()
