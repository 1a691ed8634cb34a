"""Pick a figure for a slide: see it, save it as a file, or copy it.

There are more figures than can be prepared (25 matrices, nine kinds, two languages, three themes, three
shapes), so each choice is drawn in the kernel. Jupyter shows nobody an error behind a control, so every
one is said in the view.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from srm_data.core.dataset import read_table
from srm_data.core.frames import as_matrix
from srm_data.core.language import kept_lines, resolve_language, texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.files.paths import work_folder
from srm_data.views.figures import catalogue
from srm_data.views.figures.canvas import SIZES
from srm_data.views.html import tables
from srm_data.views.palette import THEMES
from srm_data.views.still import Away
from srm_data.widgets.explore import Shared, View

if TYPE_CHECKING:
    from srm_data.core.frames import MatrixLike
    from srm_data.views.figures.picture import Picture


def pick_figure(matrix: MatrixLike = "azure-2026", lang: str | None = None) -> View:
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


_WHOLE = -1  # a drop-down shows no choice for None
_OWN = ""  # stands in the drop-down for the DataFrame that was given


class _Picker:
    """The controls, and the picture they stand for."""

    def __init__(self, matrix: MatrixLike, lang: str) -> None:
        self.lang, self.words = lang, texts(lang)["pick"]
        self.shared = Shared()
        shorts = [(row[f"short_{lang}"], row["matrix"]) for row in read_table("matrices")]
        self.own = None if isinstance(matrix, str) else matrix
        own = [] if self.own is None else [(as_matrix(self.own, lang).short, _OWN)]
        self.matrix = self._dropdown("matrix", own + shorts, _OWN if own else matrix)
        self.kind = self._dropdown("kind", [], None)
        self.about = self._dropdown("about", [], None)
        self.step = self._dropdown("step", [(self.words["whole"], _WHOLE)], _WHOLE)
        self.language = self._radio("language", [(self.words["languages"][x], x) for x in LANGUAGES], lang)
        self.theme = self._radio("theme", [(self.words["themes"][x], x) for x in THEMES], "light")
        self.size = self._radio("size", [(x, x) for x in SIZES], "16:9")
        self.preview, self.note, self.copy = (self.shared.html("") for _ in range(3))
        self.busy = False  # while the controls follow each other, they draw nothing
        for control in (self.matrix, self.kind, self.about, self.step, self.language, self.theme, self.size):
            control.observe(self._change, "value")
        buttons = [self._button(kind.upper(), self._save, kind) for kind in ("svg", "png", "pdf")]
        buttons += [
            self._button(self.words["steps"], self._save_steps),
            self._button(self.words["copy"], self._offer_copy),
        ]
        row = self.shared.row
        self.view = View(
            [
                self.shared.html(f"<style>{tables.style()}</style>"),
                row([self.matrix, self.kind, self.about]),
                row([self.language, self.theme, self.size, self.step]),
                self.preview,
                row([self.shared.html(self._say(self.words["save"])), *buttons]),
                self.note,
                self.copy,
            ],
            self.words["hint"],
            lang,
            Away(needs_kernel="lab"),
        )
        self._follow()
        self._draw()

    # What is chosen.

    def jobs(self) -> list[catalogue.Job]:
        """The figures of the matrix, in the look that is chosen."""
        look = self.language.value, self.theme.value, self.size.value
        matrix = self.matrix.value if self.own is None or self.matrix.value != _OWN else self.own
        return list(catalogue.figure_set(matrix, *look))

    def job(self) -> catalogue.Job:
        """The figure that is chosen."""
        return [job for job in self.jobs() if job.kind == self.kind.value][self.about.value or 0]

    def picture(self) -> Picture:
        """It drawn, whole or as far as the step that is chosen."""
        return self.job().draw(shown=self.shown())

    def shown(self) -> int | None:
        """How many steps are filled in; None for all of them."""
        return None if self.step.value == _WHOLE else int(self.step.value)

    def _follow(self) -> None:
        """Offer the kinds this matrix has, and what there is of the kind."""
        jobs = self.jobs()
        kinds = [kind for kind in catalogue.KINDS if any(job.kind == kind for job in jobs)]
        _offer(self.kind, [(self.words["kinds"][kind], kind) for kind in kinds])
        of_kind = [job.about for job in jobs if job.kind == self.kind.value]
        _offer(self.about, [(about, i) for i, about in enumerate(of_kind)])
        self.about.layout.display = None if len(of_kind) > 1 else "none"

    def _change(self, change: dict[str, Any]) -> None:
        if self.busy:
            return
        self.busy = True
        try:
            if change["owner"] is not self.step:
                self._follow()
                if change["owner"] in (self.matrix, self.kind):
                    self.step.value = _WHOLE  # another figure has other steps
            self._draw()
        except Exception as error:
            self.note.value = self._say(f"{type(error).__name__}: {error}")
            raise
        finally:
            self.busy = False

    def _draw(self) -> None:
        picture = self.picture()
        middle = [(self.words["after_step"].format(n=n), n) for n in range(1, picture.steps)]
        _offer(self.step, [(self.words["whole"], _WHOLE), (self.words["empty"], 0), *middle])
        self.preview.value = f'<div style="max-width:60rem">{picture.svg()}</div>'
        self.note.value = self.copy.value = ""

    # What is done with it.

    def _save(self, kind: str) -> None:
        job = self.job()
        shown = self.shown()
        name = job.name if shown is None else f"{job.name}-step-{shown}"
        folder = work_folder() / "figures"
        asked = folder / f"{name}.{kind}"
        file = self.picture().write_own(asked)
        kept = kept_lines([asked], [file], self.lang)
        said = self.words["saved"].format(file=file.name, folder=folder)
        self.note.value = self._say(" ".join([said, *kept]))

    def _save_steps(self) -> None:
        folder = work_folder() / "figures"
        steps = list(catalogue.steps(self.job()))
        asked = [folder / f"{step.name}.png" for step in steps]
        made = [step.draw().write_own(file) for step, file in zip(steps, asked, strict=True)]
        said = self.words["saved_steps"].format(n=len(steps), folder=folder)
        self.note.value = self._say(" ".join([said, *kept_lines(asked, made, self.lang)]))

    def _offer_copy(self) -> None:
        picture = self.picture()
        png = base64.b64encode(picture.png()).decode()
        self.copy.value = tables.render("pick.html", self.lang, png=png, picture=picture)

    # The controls.

    def _dropdown(self, label: str, options: list[tuple[str, Any]], value: Any) -> w.Dropdown:
        return w.Dropdown(
            options=options,
            value=value,
            description=self.words[label],
            style=self.shared.described,
            layout=w.Layout(width="max-content", max_width="100%"),
        )

    def _radio(self, label: str, options: list[tuple[str, str]], value: str) -> w.RadioButtons:
        return w.RadioButtons(
            options=options,
            value=value,
            description=self.words[label],
            orientation="horizontal",
            style=self.shared.described,
            layout=self.shared.control,
        ).add_class("srm-radio")

    def _button(self, label: str, act: Callable[..., None], *what: str) -> w.Button:
        button = w.Button(description=label, layout=w.Layout(width="max-content")).add_class("srm-button")

        def on_click(_: Any) -> None:
            try:
                act(*what)
            except OSError as error:
                folder = work_folder() / "figures"
                reason = error.strerror or error
                self.note.value = self._say(self.words["unwritable"].format(folder=folder, reason=reason))
            except Exception as error:
                self.note.value = self._say(f"{type(error).__name__}: {error}")
                raise

        button.on_click(on_click)
        return button

    def _say(self, text: str) -> str:
        return tables.render("bets.html", self.lang, view="note", text=text)


def _offer(control: w.Dropdown, options: list[tuple[str, Any]]) -> None:
    """Give a control these options and keep what was chosen, where it is still there."""
    if tuple(control.options) == tuple(options):
        return
    kept = control.value
    values = [value for _, value in options]
    control.options = options
    control.value = kept if kept in values else values[0]
