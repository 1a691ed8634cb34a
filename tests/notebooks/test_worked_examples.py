"""What lessons 1 to 11 show in steps, held against the tables; the open step is what the question asks."""

import re

import pytest

from srm_data.core.frames import as_matrix
from srm_data.core.load import list_matrices
from srm_data.core.services import load_services
from srm_data.core.vocabulary import LANGUAGES
from srm_data.learning.questions import find_question
from tests.lessons import LESSONS, bet_cells, cells, read

HEADS = {
    "en": ("### An example, step by step", "### The same, with one step left out"),
    "nl": ("### Een voorbeeld, stap voor stap", "### Nog een keer, met één stap open"),
}
#: The cells of the example and of the case after it, by lesson: matrix, area and column.
CASES = {
    1: ([("azure-classic", "information-and-data", "paas")], [("azure-classic", "applications", "iaas")]),
    2: ([("azure-2026", "network-controls", "iaas")], [("azure-2026", "network-controls", "saas")]),
    3: (
        [("azure-2026", "network-controls", "on-premises"), ("azure-2026", "network-controls", "saas")],
        [("azure-2026", "applications", "saas"), ("azure-2026", "applications", "iaas")],
    ),
    4: (
        [("aws-rds-custom", "scaling", "rds-custom-sql-server")],
        [("aws-rds-custom", "os-installation", "rds-custom-oracle")],
    ),
    5: ([("stack", "storage", "saas")], [("azure-2026", "configurations-and-settings", "paas")]),
    6: (
        [("azure-2016", "network-controls", "iaas"), ("azure-classic", "network-controls", "iaas")],
        [
            ("azure-2016", "identity-and-access", "paas"),
            ("azure-classic", "accounts-and-identities", "paas"),
            ("azure-classic", "identity-infrastructure", "paas"),
        ],
    ),
    7: (
        [("aws-rds", "hardware-lifecycle", "ec2"), ("gcp", "hardware", "iaas")],
        [("azure-2026", "identities-and-users", "paas"), ("gcp", "access-policies", "paas")],
    ),
    8: (
        [("ibm-iaas", "virtual-storage", "change-management")],
        [("ibm-iaas", "servers", "identity-access")],
    ),
    9: ([("azure-2026", "operating-system", "paas")], [("azure-2026", "operating-system", "paas")]),
    10: (
        [("azure-ai-agent", "customer-data", "saas")],
        [("azure-ai-agent", "action-authorization", "saas")],
    ),
    11: (
        [("azure-classic", "identity-infrastructure", "saas")],
        [("azure-2026", "network-controls", "paas")],
    ),
}
PARTY = {
    "en": {"customer": "customer", "shared": "shared", "provider": "provider"},
    "nl": {"customer": "klant", "shared": "gedeeld", "provider": "leverancier"},
}


def lesson(number, lang):
    return next(path for path in LESSONS if path.startswith(f"{lang}/{number:02}_"))


def told(number, lang, which):
    """A cell of the lesson, by its heading, without the addresses of its links."""
    (source,) = (c for c in cells(lesson(number, lang), "markdown") if c.startswith(HEADS[lang][which]))
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", source)


def untold(case, lang, text):
    """What a text leaves out of a case: area, column, party, or the year of the table."""
    name, area_id, column_id = case
    m = as_matrix(name, lang)
    area = next(area for area in m.areas if area.id == area_id)
    column = m.column(column_id)
    year = re.search(r"\b20\d\d\b", f"{m.short} {list_matrices(lang).loc[name, 'edition']}")[0]
    text = text.lower()
    party = PARTY[lang][m.cell(area, column).party]
    rest = text.replace(area.label.lower(), "")  # "Customer data" names no party
    missing = [fact for fact in (area.label, column.label, year) if fact.lower() not in text]
    return {*missing, *([] if party in rest else [party])}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("number", CASES)
def test_each_step_is_what_the_table_says(number, lang):
    """All but the open step, and that one is the answer to the question, which nothing before it tells."""
    example, gap = (told(number, lang, which) for which in (0, 1))
    for case in CASES[number][0]:
        assert untold(case, lang, example) == set()
    (asked,) = (
        q
        for cell in bet_cells(lesson(number, lang))
        for group in cell.rounds
        for q in group
        if q.id.startswith("worked-")
    )
    key = asked.option(asked.key).label
    assert "**?**" in gap
    assert key not in gap
    for case in CASES[number][1]:
        assert untold(case, lang, gap) <= {key, key.partition(",")[0]}  # "SaaS, because …"


@pytest.mark.parametrize("number", CASES)
def test_the_question_follows_its_case_and_the_case_its_example(number):
    sources = [cell.source for cell in read(lesson(number, "en")).cells]
    example, gap = (next(i for i, s in enumerate(sources) if s.startswith(head)) for head in HEADS["en"])
    assert gap == example + 1
    assert sources[gap + 1].startswith('srm.bet("worked-')


def test_lesson_9_says_truly_who_placed_its_two_services():
    services = load_services("en")
    basis = services.reset_index().set_index("service")["basis"]
    assert basis["App Service"] != basis["Key Vault"]
    assert (services["basis"] == basis["App Service"]).sum() == 7
    assert set(services.reset_index().set_index("service").loc[["App Service", "Key Vault"], "model"]) == {
        "PaaS"
    }
    assert find_question("worked-who-placed-it", "en").key == "a"
