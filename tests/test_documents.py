"""README and CONTRIBUTING: every path they name is there, and both languages point at the same folders."""

import re

import pytest

from tests.lessons import ROOT

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "DATA-LICENCES.md", "CHANGELOG.md")
#: Beginnings of a path of the kit, as it is written between backticks.
PLACES = r"(?:srm_data|tests|notebooks|figures|bench|\.ci)/[^\s`]*"
TABLE = {"en": "## How to change …", "nl": "## Zelf iets veranderen"}


def read(name):
    return (ROOT / name).read_text("utf-8")


def links(text):
    return [target for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) if "://" not in target]


def changed_in(lang):
    """The folders that the table of a language points at."""
    return re.findall(r"^\| \*\*.*", read("README.md").partition(TABLE[lang])[2].partition("\n## ")[0], re.M)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_somewhere(name):
    assert [target for target in links(read(name)) if not (ROOT / target).exists()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_path_that_is_named_is_there(name):
    named = {path.rstrip(".,:") for path in re.findall(rf"`({PLACES})`", read(name))}
    assert [path for path in sorted(named) if not any(ROOT.glob(path.rstrip("/")))] == []


def test_what_to_change_where_is_a_folder_and_the_same_one_in_both_languages():
    where = {lang: [links(row) for row in changed_in(lang)] for lang in TABLE}
    assert where["en"] == where["nl"]
    assert len(where["en"]) >= 10
    assert [path for row in where["en"] for path in row if not (ROOT / path).is_dir()] == []
