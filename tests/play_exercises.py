"""The exercises as a learner does them: the same in JupyterLab, on the site and in a deck."""

from playwright.sync_api import expect

from tests.browser import reach


class LiveExercise:
    """One exercise somewhere in a page, by its element such as ``srm-sort``."""

    def __init__(self, page, root) -> None:
        self.page, self.root = page, root
        self.status = root.locator(":scope > [role=status]").first

    def ask_hints(self) -> list[str]:
        """Ask for one hint after the other, until there is none left; what they say."""
        link = self.root.locator(".srm-one-hint button")
        given = self.root.locator(".srm-one-hint p")
        expect(given).to_have_count(0)
        while link.count():
            before = given.count()
            link.click()
            expect(given).to_have_count(before + 1)
        return given.all_inner_texts()


class LiveSort(LiveExercise):
    """Cards that are put on places."""

    def _card(self, label: str):
        words = self.page.get_by_text(label, exact=True)
        return self.page.locator(".srm-card", has=self.page.locator("button", has=words))

    def card(self, label: str):
        """The button of a card."""
        return self.root.locator(self._card(label)).locator("button")

    def place(self, label: str):
        """The button of a place."""
        return self.root.locator(".srm-places").get_by_role("button", name=label, exact=True)

    def told(self, card: str):
        """What is said of a card where it lies; hidden while it lies nowhere."""
        return self.root.locator(self._card(card)).locator(".told")

    def expect_on(self, card: str, place: str) -> None:
        """Wait until a card lies on a place."""
        name = self.page.get_by_role("button", name=place, exact=True)
        here = self.root.locator(".srm-places > li", has=name)
        expect(here.locator(self._card(card))).to_have_count(1)

    def click(self, card: str, place: str) -> None:
        """Click a card, then its place."""
        self.card(card).click()
        self.place(place).click()
        self.expect_on(card, place)

    def drag(self, card: str, place: str, *, drop: bool = True) -> None:
        """Drag a card over a place with the mouse; without `drop` it is let go above all places."""
        self.card(card).scroll_into_view_if_needed()
        x, y = _middle(self.card(card))
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(*_middle(self.place(place)), steps=8)
        if not drop:
            top = self.root.bounding_box()
            self.page.mouse.move(top["x"] + 5, top["y"] + 5, steps=4)
        self.page.mouse.up()
        if drop:
            self.expect_on(card, place)

    def pick_up(self, card: str, key: str = "Enter") -> None:
        """Tab to the cards, walk to one and pick it up, with the keyboard alone."""
        reach(self.page, self.root.locator(".srm-card > button[tabindex='0']"))
        self.page.keyboard.press("Home")
        for _ in range(40):
            if _focused(self.card(card)):
                break
            self.page.keyboard.press("ArrowRight")
        expect(self.card(card)).to_be_focused()
        self.page.keyboard.press(key)
        expect(self.card(card)).to_have_attribute("aria-pressed", "true")

    def press(self, card: str, place: str, key: str = "Enter") -> None:
        """Put a card on a place with the keyboard alone."""
        self.pick_up(card, key)
        self.page.keyboard.press("Home")
        for _ in range(40):
            if _focused(self.place(place)):
                break
            self.page.keyboard.press("ArrowDown")
        expect(self.place(place)).to_be_focused()
        self.page.keyboard.press(key)
        self.expect_on(card, place)
        expect(self.card(card)).to_be_focused()


class LiveWrongCell(LiveExercise):
    """A table with one cell changed."""

    def cell(self, row: int, column: int):
        """The button of a cell, both counted from 0."""
        rows = self.root.locator("tbody tr:not(.strip)")
        return rows.nth(row).locator("td").nth(column).get_by_role("button")

    @property
    def strip(self):
        """What is said of the cell that was chosen last."""
        return self.root.locator("tr.strip")

    def press(self, row: int, column: int) -> None:
        """Walk to a cell with the arrow keys and choose it."""
        reach(self.page, self.root.locator("td button[tabindex='0']"))
        self.page.keyboard.press("Home")
        for _ in range(80):
            if _focused(self.cell(row, 0)):
                break
            now = self.page.evaluate("document.activeElement.closest('tr').sectionRowIndex")
            wanted = self.cell(row, 0).evaluate("one => one.closest('tr').sectionRowIndex")
            self.page.keyboard.press("ArrowDown" if now < wanted else "ArrowUp")
        for _ in range(column):
            self.page.keyboard.press("ArrowRight")
        expect(self.cell(row, column)).to_be_focused()
        self.page.keyboard.press("Enter")
        expect(self.cell(row, column)).to_have_attribute("aria-expanded", "true")


class LiveOwnWords(LiveExercise):
    """Boxes for the learner's own words, and the model answer."""

    def box(self, label: str):
        """The text box of a part."""
        return self.root.get_by_role("textbox", name=label, exact=True)

    @property
    def model(self):
        """The model answer, hidden until it is asked for."""
        return self.root.locator(".srm-model")

    @property
    def show(self):
        """The button that shows and hides it."""
        return self.root.locator(".srm-line button")


class LiveClaim(LiveExercise):
    """One claim: the box, the points that the page sees, and the boxes that a neighbour ticks."""

    @property
    def box(self):
        """Where the claim is written."""
        return self.root.get_by_role("textbox")

    @property
    def points(self):
        """What the page sees, in the order area, column, source, party."""
        return self.root.locator(".srm-points li")

    def tick(self, label: str):
        """A box of the neighbour."""
        return self.root.get_by_role("checkbox", name=label, exact=True)


def _middle(target):
    box = target.bounding_box()
    return box["x"] + min(box["width"] / 2, 60), box["y"] + box["height"] / 2


def _focused(target) -> bool:
    return target.evaluate("one => one === document.activeElement")
