"""The pages to work on a component with: one for each, and each works as it is opened."""

import re

import pytest

from srm_data import __main__ as command
from srm_data.core.vocabulary import LANGUAGES
from srm_data.publishing.component_pages import EXAMPLES
from srm_data.views import web

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("work")]


def test_every_component_opens_by_itself(page, tmp_path, capsys):
    assert command.main(["components", "--theme", "dark", "--out", str(tmp_path)]) == 0
    assert f"{len(EXAMPLES) * len(LANGUAGES)} files" in capsys.readouterr().out
    seen = set()
    for file in sorted(tmp_path.glob("*.html")):
        page.goto(file.as_uri())
        view = page.locator("main > .srm-component")
        view.wait_for()
        assert view.get_attribute("lang") == file.stem[-2:]
        # What JavaScript says where a part is not there.
        assert not re.search(r"\b(false|null|undefined|NaN)\b|\[object", view.inner_text()), file.name
        seen.add(view.evaluate("view => view.localName"))
    assert seen == set(re.findall(r"^define\('([\w-]+)'", web.script(), re.M))
    assert page.faults == []
    assert all(url.startswith("file:") for url in page.asked)
