"""A workload: the components that do the work together, each placed on a service."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from srm_data.core.frames import as_matrix
from srm_data.core.language import resolve_language, texts, unknown_name
from srm_data.core.matrix import one_line
from srm_data.readers.csv_text import clean
from srm_data.workloads.component import Component, fit, model_spellings, plain_name
from srm_data.workloads.component_rows import read_components

if TYPE_CHECKING:
    import pandas as pd

    from srm_data.core.frames import MatrixLike
    from srm_data.core.matrix import Matrix


@dataclass(frozen=True)
class Workload:
    """Components by name, each on a service, under a column of a matrix.

    A workload never changes: `add`, `place`, `move`, `change` and `remove` give a new one, so every plan
    stays what it was.

    Args:
        components: the parts, each name once.
        name: what to call the plan, such as "Plan A".
        matrix: the matrix whose columns the components are placed under.

    Raises:
        ValueError: when a name stands twice.
        UnknownNameError: for a service model that the matrix does not have.

    >>> shop = Workload(name="Web shop").add("shop site", "web", "Azure Virtual Machines", "IaaS")
    >>> shop.move("shop site", "PaaS", "Azure App Service").to_frame("en").loc[0, "model"]
    'PaaS'
    """

    components: tuple[Component, ...] = ()
    name: str = ""
    matrix: MatrixLike = field(default="azure-2026", compare=False, repr=False)

    def __post_init__(self) -> None:
        models = self.models
        placed = [
            c if c.model in models.values() or not c.model else replace(c, model=self.model_id(c.model))
            for c in self.components
        ]
        object.__setattr__(self, "components", tuple(placed))
        object.__setattr__(self, "name", fit(self.name, "plan") if self.name else "")
        if len(self.by_name) < len(placed):
            seen: set[str] = set()
            twice = next(c.name for c in placed if c.name in seen or seen.add(c.name))  # type: ignore[func-returns-value]
            raise ValueError(texts(resolve_language(None))["workload"]["twice"].format(name=twice))

    def __len__(self) -> int:
        return len(self.components)

    def _repr_html_(self) -> str:
        return str(self.to_frame().to_html(escape=True, index=False))

    @cached_property
    def by_name(self) -> dict[str, Component]:
        """The components by their name."""
        return {component.name: component for component in self.components}

    @cached_property
    def models(self) -> dict[str, str]:
        """Every way to write a column of the matrix, lower case, with its id."""
        return model_spellings(self.matrix)

    def model_id(self, name: str) -> str:
        """The id of a column by its label or id, in either language.

        Raises:
            UnknownNameError: lists the columns of the matrix and guesses which was meant.
        """
        found = self.models.get(one_line(name).casefold())
        return found if found is not None else as_matrix(self.matrix).column(name).id

    def add(self, name: str, kind: str = "other", service: str = "", model: str = "") -> Workload:
        """The workload with one component more.

        Args:
            name: of the component; no other may have it.
            kind: what it is: a key such as "web", or its word in English or Dutch; "other" when left out.
            service: on which it runs; may be empty.
            model: label or id of a column; without it the component is not placed yet.

        Raises:
            ValueError: when there is a component of that name, or the name cannot be one.
            UnknownNameError: for an unknown kind or model.
        """
        return replace(self, components=(*self.components, Component(name, kind, service, model)))

    def place(self, name: str, model: str, service: str = "") -> Workload:
        """The workload with one component in another place.

        Args:
            name: of a component of the workload.
            model: label or id of a column; empty to take its place away.
            service: on which it runs; the one it has when left out.

        Raises:
            UnknownNameError: for an unknown component or model.
        """
        old = self.component(name)
        return self.change(name, model=model, service=service or old.service)

    #: The same for a component that has a place already.
    move = place

    def change(self, name: str, /, **parts: str) -> Workload:
        """The workload with one component changed, in the place where it stood.

        Args:
            name: of a component of the workload.
            parts: what is new: any of `name`, `kind`, `service` and `model`; "" takes a place away.

        Raises:
            ValueError: when another component has the new name, or the name cannot be one.
            UnknownNameError: for an unknown component, kind or model.
        """
        old = self.component(name)
        if parts.get("model"):
            parts["model"] = self.model_id(parts["model"])
        new = replace(old, **parts)
        return replace(self, components=tuple(new if c is old else c for c in self.components))

    def remove(self, name: str) -> Workload:
        """The workload without one component.

        Raises:
            UnknownNameError: for an unknown component.
        """
        gone = self.component(name)
        return replace(self, components=tuple(c for c in self.components if c is not gone))

    def plan_b(self, name: str = "") -> Workload:
        """The same components under another name, to change while the first plan stays."""
        return replace(self, name=name or texts(resolve_language(None))["workload"]["plan_b"])

    def component(self, name: str) -> Component:
        """One component by its name.

        Raises:
            UnknownNameError: lists the components there are and guesses which was meant.
        """
        found = self.by_name.get(plain_name(name))
        if found is None:
            raise unknown_name("component", name, [c.name for c in self.components[:50]])
        return found

    def unplaced(self) -> list[Component]:
        """The components that are not placed yet."""
        return [c for c in self.components if not c.model]

    def to_frame(self, lang: str | None = None) -> pd.DataFrame:
        """One row a component: ``name``, ``kind``, ``service`` and ``model``, in words of `lang`."""
        import pandas as pd

        m = as_matrix(self.matrix, lang)
        labels = {column.id: column.label for column in m.columns} | {"": ""}
        kinds = texts(m.lang)["kind"]
        rows = [(c.name, kinds[c.kind], c.service, labels[c.model]) for c in self.components]
        return pd.DataFrame(rows, columns=["name", "kind", "service", "model"])

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, name: str = "", matrix: MatrixLike = "azure-2026") -> Workload:
        """A workload from a DataFrame as `to_frame` gives it.

        Args:
            frame: a row a component: column ``name`` and, if you like, ``kind``, ``service`` and ``model``.
            name: of the plan; none when left out.
            matrix: an id or a DataFrame, whose columns are the models.

        Raises:
            WorkloadFileError: with everything that is wrong in it; lines count from the heading, 1.
        """
        plain = frame.astype(object).where(frame.notna(), "")
        rows = [[str(heading) for heading in frame.columns]]
        rows += [[str(value) for value in row] for row in plain.itertuples(index=False)]
        components = read_components([*enumerate(rows, 1)], "DataFrame", matrix, [])
        return cls(components, plan_name(name), matrix)


def plan_name(said: str) -> str:
    """The name of a plan from that of its file, without what a plan cannot be called."""
    return clean(said).lstrip("=+-@ ")[:100]


def plan_names(plans: Iterable[Workload], lang: str) -> list[str]:
    """What to call some plans side by side: their own names, or Plan A and Plan B."""
    words = texts(lang)["workload"]
    names = [
        plan.name or default for plan, default in zip(plans, (words["plan_a"], words["plan_b"]), strict=True)
    ]
    return [words["plan_a"], words["plan_b"]] if len(set(names)) < len(names) else names


def column_labels(m: Matrix) -> dict[str, str]:
    """The label of every column by its id, and of no column at all."""
    return {column.id: column.label for column in m.columns} | {"": texts(m.lang)["workload"]["unplaced"]}
