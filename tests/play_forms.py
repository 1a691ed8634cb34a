"""A component in a page of its own, with the Python behind it that a kernel has: it keeps and answers."""

from srm_data.views import web

# The page sends what the component says, and hands back what the view in Python holds then.
_HOST = """([tag, content, traits]) => {
  const view = document.createElement(tag);
  const send = async one => Object.assign(view, await kernel(one));
  window.sent = [];
  for (const event of ['srm-answer', 'srm-ask']) view.addEventListener(event, ({detail}) => {
    const one = event === 'srm-ask' ? {kind: 'ask', ...detail} : detail;
    sent.push(one);
    send(one);
  });
  Object.assign(view, traits, {asks: true, content});
  document.querySelector('main').append(view);
  view.note = traits.note;
}"""


def traits(view) -> dict:
    """What a page is told of a view."""
    return {"answers": view.answers, "shown": view.shown, "note": view.note}


def send(view, message) -> None:
    """A message as a page sends it."""
    view._handle_custom_msg(message, [])


class Host:
    """A page in which components are shown one after the other, each with its kernel."""

    def __init__(self, page, file) -> None:
        self.page, self.file, self.view = page, file, None
        if not hasattr(page, "srm_host"):  # a page exposes a function once for all that it ever shows
            page.expose_function("kernel", lambda message: page.srm_host._hear(message))
        page.srm_host = self

    def _hear(self, message):
        send(self.view, message)
        return traits(self.view)

    def show(self, view, theme="light", wide=1000, high=768):
        """Open a page with a view alone; its element."""
        self.view = view
        self.page.set_viewport_size({"width": wide, "height": high})
        self.file.write_text(web.demo([], theme), "utf-8")
        self.page.goto(self.file.as_uri())
        return self.again()

    def again(self):
        """Show the view once more in the same page, as a second output of the same cell does."""
        self.page.evaluate(_HOST, [self.view.tag, self.view.content, traits(self.view)])
        return self.page.locator(self.view.tag).last
