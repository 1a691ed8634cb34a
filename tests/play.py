"""How a learner answers in the prediction stepper, by mouse and by keyboard, whatever page it stands in."""

from playwright.sync_api import expect

from srm_data.core.language import texts


class Stepper:
    """One ``<srm-bet>`` in a page."""

    def __init__(self, element, lang):
        """Play a stepper.

        Args:
            element: its locator.
            lang: "en" or "nl".
        """
        self.element, self.page, self.words = element, element.page, texts(lang)["bet"]
        self.answers = element.locator(".srm-cards").get_by_role("radio")
        self.sures = element.get_by_role("radiogroup", name=self.words["sure"]).get_by_role("radio")
        self.show = element.get_by_role("button", name=self.words["show"], exact=True)
        self.next = element.locator(".srm-go")
        self.result = element.locator(".srm-result")
        self.told = element.locator(".srm-bet > [role=status]")
        self.stem = element.locator(".stem")
        self.dots = element.locator(".srm-dots button")

    def click(self, question, key, sure):
        """Answer with the mouse and ask for the outcome.

        Args:
            question: what is asked now.
            key: the answer.
            sure: how sure, from 0 to 2.
        """
        expect(self.stem).to_have_text(question.stem)
        self.answers.nth(_place(question, key)).click()
        self.sures.nth(sure).click()
        self.show.click()

    def press(self, question, key, sure):
        """Answer with three keys, with the focus on an answer; the focus is then on the button that goes on.

        Args:
            question: what is asked now.
            key: the answer.
            sure: how sure, from 0 to 2.
        """
        expect(self.stem).to_have_text(question.stem)
        for pressed in (str(_place(question, key) + 1), str(sure + 1), "Enter"):
            self.page.keyboard.press(pressed)

    def expect_result(self, question, key):
        """The verdict, both answers and the reason, in the place of the answers."""
        option = question.option(key)
        verdict = self.words["right" if question.accepts(key) else "wrong"]
        expect(self.result).to_be_visible()
        expect(self.result.locator(".mark")).to_contain_text(verdict)
        expect(self.result.locator(".pair").first).to_contain_text(option.label)
        expect(self.result).to_contain_text(option.feedback)
        if key != question.key:
            expect(self.result.locator(".pair").nth(1)).to_contain_text(question.option(question.key).label)
        expect(self.answers).to_have_count(0)


def _place(question, key):
    return [option.key for option in question.options].index(key)


def wrong_key(question):
    """An answer to a question that does not count as right."""
    return next(option.key for option in question.options if not question.accepts(option.key))
