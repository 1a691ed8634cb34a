"""Pick a figure for a slide: see it, save it as a file, or copy it.

There are more figures than can be prepared (25 matrices, nine kinds, two languages, three themes, three
shapes), so each choice is drawn in the kernel. Jupyter shows nobody an error behind a component, so every
one is said in the view.
"""

from __future__ import annotations

import base64
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srm_data.core.dataset import read_table
from srm_data.core.frames import as_matrix
from srm_data.core.language import kept_lines, resolve_language, texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.files.paths import work_folder
from srm_data.views.component_content import options_json
from srm_data.views.figures import catalogue
from srm_data.views.figures.canvas import SIZES
from srm_data.views.html import tables
from srm_data.views.palette import THEMES
from srm_data.views.still import Away
from srm_data.widgets.component import ComponentView

if TYPE_CHECKING:
    from srm_data.core.frames import MatrixLike
    from srm_data.views.figures.picture import Picture


def pick_figure(matrix: MatrixLike = "azure-2026", lang: str | None = None) -> ComponentView:
    """Choose a figure and its look; save it as SVG, PNG or PDF in ``my_work/figures``, or copy it.

    Args:
        matrix: the matrix to begin with, an id from `list_matrices` or a DataFrame.
        lang: "en" or "nl", for the controls and to begin with; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown matrix or language.
        TypeError: for anything that is neither an id nor a DataFrame.
    """
    lang = resolve_language(lang)
    list(catalogue.figure_set(matrix, lang))  # an unknown matrix is told here, not behind a control
    return _Picker(matrix, lang).view


_WHOLE = -1  # the step of a figure with everything in it
_OWN = ""  # stands in the list of matrices for the DataFrame that was given

#: What a page may ask for.
_ASKED = ("draw", "save", "steps", "copy")


@dataclass(frozen=True)
class _Chosen:
    """What is chosen in the controls; `about` counts the figures of a kind from 0."""

    matrix: str
    language: str
    kind: str = catalogue.KINDS[0]
    about: int = 0
    step: int = _WHOLE
    theme: str = "light"
    size: str = "16:9"

    @property
    def shown(self) -> int | None:
        """How many steps are filled in; None for all of them."""
        return None if self.step == _WHOLE else self.step


class _Picker:
    """The view, and the figures that it asks for."""

    def __init__(self, matrix: MatrixLike, lang: str) -> None:
        self.lang, self.words = lang, texts(lang)["pick"]
        self.own = None if isinstance(matrix, str) else matrix
        first = _Chosen(matrix if isinstance(matrix, str) else _OWN, lang)
        shown = self._draw(first)
        self.view = ComponentView(
            "srm-figure-picker",
            self._content(),
            Away(needs_kernel="lab"),
            tables.Html(f"<figure>{shown['svg']}</figure>"),
            self.words["hint"],
            kept_in=lang,
            shown=shown,
        )
        self.view.on_msg(self._hear)

    def _content(self) -> dict[str, Any]:
        """What does not change while one chooses."""
        words = self.words
        own = [] if self.own is None else [(_OWN, as_matrix(self.own, self.lang).short)]
        shipped = [(row["matrix"], row[f"short_{self.lang}"]) for row in read_table("matrices")]
        said = (*_Chosen.__dataclass_fields__, "save", "steps", "copy", "copied", "not_copied")
        return {
            "lang": self.lang,
            "words": {name: words[name] for name in said}
            | {name: texts(self.lang)["component"][name] for name in ("unkept", "unheard")},
            "matrix": options_json([*own, *shipped]),
            "language": options_json((one, words["languages"][one]) for one in LANGUAGES),
            "theme": options_json((one, words["themes"][one]) for one in THEMES),
            "size": options_json((one, one) for one in SIZES),
            "whole": _WHOLE,
        }

    def _hear(self, _: Any, told: Any, __: Any) -> None:
        """Do what the page asks for with what is chosen in it, and say what came of it."""
        match told:
            case {"kind": "ask", "do": str(do), "asked": str(asked), "chosen": dict(given)} if do in _ASKED:
                pass
            case _:
                return
        self.view.tell(note="" if do == "draw" else self.words["busy"])
        shown = {name: value for name, value in self.view.shown.items() if name != "png"}
        note = ""
        try:
            chosen = _Chosen(**given)
            if do == "draw":
                shown = self._draw(chosen)
            elif do == "copy":
                shown["png"] = base64.b64encode(self._picture(chosen).png()).decode()
            else:
                note = (
                    self._save_steps(chosen) if do == "steps" else self._save(chosen, str(told.get("format")))
                )
        except OSError as error:
            note = self.words["unwritable"].format(folder=_folder(), reason=error.strerror or error)
        except Exception as error:
            note = self.words["failed"].format(reason=f"{type(error).__name__}: {error}")
            raise
        finally:  # also when it was interrupted: the page waits for this answer
            with self.view.hold_sync():
                self.view.shown = shown | {"asked": asked}
                self.view.note = note

    # What is chosen.

    def _settled(self, chosen: _Chosen) -> tuple[_Chosen, list[catalogue.Job]]:
        """What is chosen as far as its matrix has it, and the figures of the matrix."""
        matrix = self.own if self.own is not None and chosen.matrix == _OWN else chosen.matrix
        jobs = list(catalogue.figure_set(matrix, chosen.language, chosen.theme, chosen.size))
        kinds = {job.kind for job in jobs}
        kind = chosen.kind if chosen.kind in kinds else next(one for one in catalogue.KINDS if one in kinds)
        chosen = replace(chosen, kind=kind)
        of_kind = _of_kind(chosen, jobs)
        if not 0 <= chosen.about < len(of_kind):
            chosen = replace(chosen, about=0)
        if chosen.step > 0 and chosen.step >= of_kind[chosen.about].draw(shown=0).steps:
            chosen = replace(chosen, step=_WHOLE)
        return chosen, jobs

    def _job(self, chosen: _Chosen) -> tuple[_Chosen, catalogue.Job]:
        chosen, jobs = self._settled(chosen)
        return chosen, _of_kind(chosen, jobs)[chosen.about]

    def _picture(self, chosen: _Chosen) -> Picture:
        chosen, job = self._job(chosen)
        return job.draw(shown=chosen.shown)

    def _draw(self, chosen: _Chosen) -> dict[str, Any]:
        """The figure, with what there is to choose of its matrix and its kind."""
        chosen, jobs = self._settled(chosen)
        of_kind = _of_kind(chosen, jobs)
        picture = of_kind[chosen.about].draw(shown=chosen.shown)
        kinds = [kind for kind in catalogue.KINDS if any(job.kind == kind for job in jobs)]
        steps = [(str(_WHOLE), self.words["whole"]), ("0", self.words["empty"])]
        steps += [(str(n), self.words["after_step"].format(n=n)) for n in range(1, picture.steps)]
        return {
            "chosen": asdict(chosen),
            "options": {
                "kind": options_json((kind, self.words["kinds"][kind]) for kind in kinds),
                "about": options_json((str(i), job.about) for i, job in enumerate(of_kind)),
                "step": options_json(steps),
            },
            "svg": picture.svg(typeface=True),
            "alt": f"{picture.heading}. {picture.alt}",
        }

    # What is done with it.

    def _save(self, chosen: _Chosen, kind: str) -> str:
        chosen, job = self._job(chosen)
        name = job.name if chosen.shown is None else f"{job.name}-step-{chosen.shown}"
        asked = _folder() / f"{name}.{kind}"
        file = job.draw(shown=chosen.shown).write_own(asked)
        said = self.words["saved"].format(file=file.name, folder=_folder())
        return " ".join([said, *kept_lines([asked], [file], self.lang)])

    def _save_steps(self, chosen: _Chosen) -> str:
        _, job = self._job(chosen)
        steps = list(catalogue.steps(job))
        asked = [_folder() / f"{step.name}.png" for step in steps]
        made = [step.draw().write_own(file) for step, file in zip(steps, asked, strict=True)]
        said = self.words["saved_steps"].format(n=len(steps), folder=_folder())
        return " ".join([said, *kept_lines(asked, made, self.lang)])


def _of_kind(chosen: _Chosen, jobs: list[catalogue.Job]) -> list[catalogue.Job]:
    return [job for job in jobs if job.kind == chosen.kind]


def _folder() -> Path:
    return work_folder() / "figures"
