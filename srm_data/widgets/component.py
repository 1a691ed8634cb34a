"""A component of `views.web` in a notebook: its content goes to the browser, answers come back.

The code of the components is one model that all components of a kernel share, so a notebook holds it once.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets
from ipywidgets import Widget, widget_serialization

from srm_data.views import web
from srm_data.views.html import tables

if TYPE_CHECKING:
    from srm_data.views.html.engine import Html
    from srm_data.views.still import Away

#: Loads the shared code once a page, then hangs the element into the output and ties it to the model.
_LOADER = (
    web.unpacker()
    + """
async function load(model) {
  const name = model.get('library').replace('IPY_MODEL_', '');
  const library = await model.widget_manager.get_model(name);
  const loaded = (globalThis.srmLoaded ??= {});
  const version = library.get('version');
  return (loaded[version] ??= (async () => {
    const [script, sheet] = await Promise.all([unpack(library.get('script')), unpack(library.get('style'))]);
    await import(URL.createObjectURL(new Blob([script], {type: 'text/javascript'})));
    document.getElementById('srm-style')?.remove();
    const style = document.createElement('style');
    style.id = 'srm-style';
    style.textContent = sheet;
    document.head.append(style);
  })());
}
export default {
  async render({model, el}) {
    const [content] = await Promise.all([unpack(model.get('content')), load(model)]);
    const view = document.createElement(model.get('tag'));
    // The last answer to each question of this page, until a kernel heard it; a later one holds the earlier.
    const open = (globalThis.srmOpen ??= new Map());
    const key = one => `${one.kind} ${one.name}`;
    const sent = [];  // in the order in which the kernel hears them
    const unheard = one => {
      view.note = one.kind === 'ask' ? view.words.unheard : view.words.unkept;
    };
    const send = one => {
      if (one.kind !== 'ask') open.set(key(one), one);
      sent.push({one, timer: setTimeout(unheard, 4000, one)});
      try { model.send(one); } catch { unheard(one); }
    };
    // A page that is ahead of its kernel keeps its own answers until the kernel has heard the last of them.
    let heard = model.get('heard');
    const answered = () => {
      const now = model.get('heard');
      // JupyterLab asks for all states when it connects again; its reply may come after newer news.
      if (now < heard) return;
      for (const {one, timer} of sent.splice(0, now - heard)) {
        clearTimeout(timer);
        if (open.get(key(one)) === one) open.delete(key(one));
      }
      heard = now;
      if (!sent.length) {
        view.answers = model.get('answers');
        view.shown = model.get('shown');
      }
      view.note = model.get('note');
    };
    view.answers = model.get('answers');
    view.shown = model.get('shown');
    view.asks = true;
    view.content = content;
    view.addEventListener('srm-answer', ({detail: {kind, name, facts}}) => send({kind, name, facts}));
    view.addEventListener('srm-ask', ({detail}) => send({kind: 'ask', ...detail}));
    // Jupyter leaves the keys of a component alone. Escape leads back to the cell, where it hears them again.
    view.addEventListener('keydown', event => {
      const free = event.key === 'Escape' && !event.defaultPrevented;
      if (free && !event.target.closest('input, textarea, select')) el.closest('.jp-Cell')?.focus();
    });
    model.on('change', answered);  // once for each message of the kernel, whatever it changed
    const before = [...open.values()];
    el.append(view);
    if (model.get('note')) view.note = model.get('note');
    // The cell was run again, maybe in a new kernel: what no kernel has heard yet is sent once more.
    for (const one of before) {
      if (open.get(key(one)) === one && view.keeps?.(one.kind, one.name)) send(one);
    }
    return () => model.off('change', answered);
  },
};
"""
)


# A notebook that is saved with its views holds all of it.
_PACKED = {"sync": True, "to_json": lambda value, _: web.packed(value)}


class _Library(anywidget.AnyWidget):
    """The code and the style of all components; it shows nothing itself."""

    _esm = "export default {};"
    script = traitlets.Unicode().tag(**_PACKED)
    style = traitlets.Unicode().tag(**_PACKED)
    version = traitlets.Unicode().tag(sync=True)


@cache
def _library() -> _Library:
    script, style = web.script(), tables.style() + web.styles()
    return _Library(script=script, style=style, version=sha256((script + style).encode()).hexdigest()[:12])


class ComponentView(anywidget.AnyWidget):
    """A component of the kit.

    `away` says what it is on a slide, on paper and on a page without a kernel; `still` is the same content
    as HTML that needs no script. What the learner did comes as a message: `kind` is "bets" or "work" with
    `name` and `facts` for what is to be kept, or "ask" with what a view that is made in the kernel needs.
    Whoever answers calls `tell`.
    """

    _esm = _LOADER
    tag = traitlets.Unicode().tag(sync=True)
    content = traitlets.Dict().tag(**_PACKED)
    answers = traitlets.Dict().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)
    note = traitlets.Unicode().tag(sync=True)
    heard = traitlets.Int().tag(sync=True)  # counts what the kernel heard, so that the page knows it is there
    library = traitlets.Instance(Widget).tag(sync=True, **widget_serialization)

    def __init__(
        self,
        tag: str,
        content: dict[str, Any],
        away: Away,
        still: Html,
        hint: str,
        *,
        kept_in: str | None = None,
        **traits: Any,
    ) -> None:
        """Show a component.

        Args:
            tag: name of the element, such as "srm-explore".
            content: what the element is given, see `views.component_content`.
            away: what it is where there is no kernel.
            still: what stands where no script runs.
            hint: what the plain text of the output says.
            kept_in: the language of one that keeps something: in JupyterLab it says so in that language while
                no kernel hears it, such as the next day, before its cell is run.
            traits: `answers`, `shown` and `note` to begin with.
        """
        self.away, self.still, self._hint = away, still, hint
        super().__init__(tag=tag, content=content, library=_library(), **traits)
        self._dom_classes = ("srm-view", f"srm-kept-{kept_in}") if kept_in else ("srm-view",)

    def tell(self, **traits: Any) -> None:
        """Answer a message of the page, once each.

        A page that hears nothing for some seconds says that no kernel runs. So what takes time is answered
        before it begins, and what came of it is set as a trait afterwards.

        Args:
            traits: what changed: `answers`, `shown` or `note`.
        """
        with self.hold_sync():
            for name, value in traits.items():
                setattr(self, name, value)
            self.heard += 1

    def __repr__(self) -> str:
        return self._hint

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle = super()._repr_mimebundle_(**kwargs)
        assert bundle is not None  # is None for a widget without a view
        data, meta = bundle
        return {**data, "text/html": str(self.still)}, meta
