"""Views that one chooses in, as a learner uses them: the same in JupyterLab, on the site and in a deck."""

from playwright.sync_api import expect

from tests.browser import reach


class LiveView:
    """`explore`, `what_if` or `explore_topics` somewhere in a page."""

    def __init__(self, page, place, cell) -> None:
        self.page, self.cell = page, cell
        self.view = place.locator("srm-explore, srm-what-if, srm-tables").first

    def expect(self, state) -> None:
        """Wait for the claim and the sentence of a state."""
        expect(self.view.locator("h3, caption").first).to_have_text(state.title)
        expect(self.view.locator(".say").first).to_have_text(state.sentence)

    def heading(self, label: str):
        """The heading of a column, which is a button."""
        return self.view.locator("thead button", has=self.page.get_by_text(label, exact=True))

    def column(self, group: int, label: str):
        """A column of the first or the second choice of a move."""
        return self.view.get_by_role("radiogroup").nth(group).get_by_role("radio", name=label, exact=True)

    def click(self, state) -> None:
        if self.cell.kind == "explore":
            self.heading(*state.chosen).click()
        for group, label in enumerate(state.chosen if self.cell.kind == "what_if" else ()):
            self.column(group, label).click()
        self.expect(state)

    def press(self, state) -> None:
        """The same with Tab, the arrow keys and Enter alone."""
        if self.cell.kind == "explore":
            self._walk_to_heading(*state.chosen)
            self.page.keyboard.press("Enter")
        for group, label in enumerate(state.chosen if self.cell.kind == "what_if" else ()):
            chosen = self.view.get_by_role("radiogroup").nth(group).locator("[aria-checked=true]")
            reach(self.page, chosen)
            wanted = self.column(group, label)
            for _ in range(20):
                if wanted.get_attribute("aria-checked") == "true":
                    break
                self.page.keyboard.press("ArrowRight")
            expect(wanted).to_be_focused()
        self.expect(state)

    def _walk_to_heading(self, label: str) -> None:
        stop = self.view.locator("table [tabindex='0']")
        reach(self.page, stop)
        self.page.keyboard.press("Home")
        wanted = self.heading(label)
        for _ in range(80):
            if wanted.evaluate("one => one === document.activeElement"):
                return
            in_headings = self.page.evaluate("Boolean(document.activeElement.closest('thead'))")
            self.page.keyboard.press("ArrowRight" if in_headings else "ArrowUp")
        raise AssertionError(f"the arrow keys do not lead to {label}")

    def choose(self, option: str) -> None:
        """Take another matrix or topic from the list."""
        self.view.get_by_role("combobox", name=self.cell.choice, exact=True).select_option(label=option)


def operate(page, place, cell, arrive, every=1) -> None:
    """Move every control of a view with the mouse and with the keyboard alone, and read what it says.

    One matrix: every state with the mouse, every third with the keyboard. Several: every matrix with the
    mouse, a state each.

    Args:
        page: the page.
        place: where the view is in it.
        cell: what the view is of.
        arrive: puts the focus before the view, for the keyboard.
        every: 3 for every third state, where another test goes through all of them.
    """
    live = LiveView(page, place, cell)
    if len(cell.matrices) == 1:
        states = cell.states(cell.matrices[0])[::every]
        for state in states:
            live.click(state)
        arrive()
        for state in states[::3]:
            live.press(state)
        return
    for matrix in cell.matrices[::every]:
        live.choose(cell.option(matrix))
        live.click(cell.states(matrix)[-1])
