"""Both languages say the same things, and errors speak the language in use."""

import csv
import json
import re
import string
import tomllib
from urllib.parse import unquote

import pytest

import srm_data as srm
from srm_data.core import language
from srm_data.core.dataset import table_frame
from srm_data.core.vocabulary import LANGUAGES
from srm_data.files.paths import DATA
from tests.lessons import NOTEBOOKS
from tests.spoken import foreign, sentences


@pytest.fixture(autouse=True)
def english_again():
    yield
    srm.use_language("en")


def leaves(table, path=()):
    for key, value in table.items():
        yield from leaves(value, (*path, key)) if isinstance(value, dict) else [((*path, key), value)]


def gaps(template):
    return sorted({field for _, field, _, _ in string.Formatter().parse(template) if field})


def test_both_languages_have_the_same_words():
    english, dutch = (dict(leaves(language.texts(lang))) for lang in LANGUAGES)
    assert english.keys() == dutch.keys()


def test_both_languages_fill_the_same_gaps():
    english, dutch = (dict(leaves(language.texts(lang))) for lang in LANGUAGES)
    different = [
        key for key, text in english.items() if isinstance(text, str) and gaps(text) != gaps(dutch[key])
    ]
    assert different == []


def test_no_sentence_is_left_untranslated():
    english, dutch = (dict(leaves(language.texts(lang))) for lang in LANGUAGES)
    same = {
        text for key, text in english.items() if text == dutch[key] and re.search("[a-z]+ [a-z]+", str(text))
    }
    assert same == set()


#: The words and letters of the parties, as every lesson, figure and exam question uses them.
PARTY_WORDS = {
    "en": {
        "customer": ("C", "customer", "Customer"),
        "shared": ("S", "shared", "Shared"),
        "provider": ("P", "provider", "Provider"),
    },
    "nl": {
        "customer": ("K", "klant", "Klant"),
        "shared": ("G", "gedeeld", "Gedeeld"),
        "provider": ("L", "leverancier", "Leverancier"),
    },
}
#: The rows of the newest table, which the lessons name in their text.
AREAS = {
    "en": "Customer data; Configurations and settings; Identities and users; Client devices; Applications; "
    "Network controls; Operating system; Physical hosts; Physical network; Physical datacenter",
    "nl": "Klantgegevens; Configuratie en instellingen; Identiteiten en gebruikers; Apparaten van "
    "gebruikers; Applicaties; Netwerkregels; Besturingssysteem; "
    "Fysieke servers; Fysiek netwerk; Fysiek datacenter",
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_parties_and_areas_have_the_words_of_the_design(lang):
    parties = language.texts(lang)["party"]
    assert {p: (w["letter"], w["word"], w["label"]) for p, w in parties.items()} == PARTY_WORDS[lang]
    assert "; ".join(srm.load_matrix("azure-2026", lang).index) == AREAS[lang]
    cells = set(srm.load_matrix("azure-2026", lang).to_numpy().ravel())
    assert cells == {word for _, word, _ in PARTY_WORDS[lang].values()}


def spoken_in(value, lang):
    """Every text below a value that holds both languages: (language, text)."""
    if isinstance(value, str) and lang:
        yield lang, value
    elif isinstance(value, dict | list):
        for key, below in value.items() if isinstance(value, dict) else enumerate(value):
            yield from spoken_in(below, key if key in LANGUAGES else lang)


def texts_of_the_locale():
    for lang in LANGUAGES:
        for path, value in leaves(language.texts(lang)):
            if path != ("site", "other"):  # it leads to the other language, so it speaks that
                for text in value if isinstance(value, list) else [value]:
                    yield lang, text


def texts_of_the_notebooks():
    for path in NOTEBOOKS.rglob("*.ipynb"):
        name = path.relative_to(NOTEBOOKS).as_posix()
        lang = next((x for x in LANGUAGES if f"{x}/" in name or f"_{x}." in name), "")
        if lang and ".ipynb_checkpoints" not in path.parts:
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
                if cell["cell_type"] == "markdown":
                    yield lang, "".join(cell["source"])


def texts_of_the_data():
    for path in DATA.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for column, text in row.items():
                    if column[-3:] in ("_en", "_nl"):
                        yield column[-2:], text


def texts_of_the_questions():
    for path in (DATA / "questions").glob("*.toml"):
        yield from spoken_in(tomllib.loads(path.read_text(encoding="utf-8")), "")


EVERY_TEXT = {
    "locale": (texts_of_the_locale, 1500),
    "notebooks": (texts_of_the_notebooks, 600),
    "data": (texts_of_the_data, 5000),
    "questions": (texts_of_the_questions, 2000),
}


@pytest.mark.parametrize("kind", EVERY_TEXT)
def test_every_sentence_is_in_the_language_of_its_place(kind):
    """A Dutch sentence that turns English, or the other way round, is found by its small words."""
    found, least = EVERY_TEXT[kind]
    told = [*found()]
    assert len(told) >= least
    assert [(lang, wrong) for lang, text in told for wrong in foreign(text, lang)] == []


@pytest.mark.parametrize("kind", EVERY_TEXT)
def test_a_sentence_in_the_other_language_would_be_found(kind):
    """The test above can fail: take each sentence for one of the other language, and nearly all are found."""
    found, _ = EVERY_TEXT[kind]
    met = [(lang, one) for lang, text in found() for one in sentences(text) if len(one.split()) > 3]
    caught = [one for lang, one in met if foreign(one, {"en": "nl", "nl": "en"}[lang])]
    assert len(caught) >= 0.9 * len(met)


#: Words that say something else than what is there: a back-up for a server that takes over, bands in a figure
#: that has none, and "the same" for tables that agree.
MISLEADING = {
    "en": r"standby cop(?:y|ies)|(?<!figure in )\b(?:top|upper|middle|lower|bottom|three|next) bands?\b",
    "nl": r"reservekopie|(?<!figuur in )\b(?:bovenste|middelste|onderste|drie|volgende) band(?:en)?\b",
}


@pytest.mark.parametrize("kind", EVERY_TEXT)
def test_no_word_names_another_thing_than_is_there(kind):
    found, _ = EVERY_TEXT[kind]
    assert [text for lang, text in found() if re.search(MISLEADING[lang], text, re.IGNORECASE)] == []


#: What an exam or a lesson asks for. A term that goes from here has to go from the lessons first.
TERMS = """
    shared-responsibility-model customer provider shared parts area column cell party matrix edition stack
    responsibility accountability control service-model on-premises iaas paas saas managed-service
    lift-and-shift re-platform third-party physical-host hypervisor virtual-machine guest-os patch runtime
    middleware serverless container cluster worker-node control-plane network-controls firewall
    private-endpoint identity directory token signing-key second-factor client-device backup
    encryption-at-rest availability sla compliance default misconfiguration baseline topic bare-metal hsm
    endpoint-security security-posture image agent region zero-day workload component duty
"""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_glossary_explains_every_term(lang):
    """In its table, and under a heading of its own on its page, to which the lessons link."""
    terms = table_frame("glossary").set_index("term")
    assert sorted(set(TERMS.split()) - set(terms.index)) == []
    page = json.loads((NOTEBOOKS / f"glossary_{lang}.ipynb").read_text(encoding="utf-8"))["cells"]
    entries = dict("".join(cell["source"])[3:].split("\n", 1) for cell in page[1:])
    for term in TERMS.split():
        name = terms.loc[term, f"term_{lang}"].partition(" (")[0]
        assert terms.loc[term, f"meaning_{lang}"] in entries[name], term
    linked = {
        unquote(anchor).replace("-", " ")
        for path in NOTEBOOKS.glob(f"{lang}/*.ipynb")
        for anchor in re.findall(rf"glossary_{lang}\.ipynb#([^)\"]+)", path.read_text(encoding="utf-8"))
    }
    assert len(linked) > 20
    assert linked <= {name.replace("-", " ") for name in entries}


def test_the_language_in_use_is_spoken_where_none_is_given():
    srm.use_language("nl")
    assert srm.load_matrix("azure-2026").loc["Besturingssysteem", "PaaS"] == "leverancier"
    assert srm.load_matrix("azure-2026", lang="en").loc["Operating system", "PaaS"] == "provider"


@pytest.mark.parametrize(("folder", "spoken"), [("nl", "nl"), ("en", "en"), ("lessons", "nl")])
def test_a_lesson_speaks_the_language_of_its_folder(folder, spoken, tmp_path, monkeypatch):
    srm.use_language("en" if folder == "nl" else "nl")
    (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path / folder)
    srm.use_folder_language()
    assert language.resolve_language(None) == spoken


@pytest.mark.parametrize("given", ["de", "NL ", "", 5])
def test_an_unknown_language_lists_those_there_are(given):
    with pytest.raises(srm.UnknownNameError, match=r"There is no language .*Choose from: en, nl\."):
        srm.use_language(given)


def test_the_nearest_name_is_guessed():
    with pytest.raises(srm.UnknownNameError) as error:
        srm.load_matrix("azure2026")
    assert str(error.value).startswith(
        "There is no matrix 'azure2026'. Did you mean 'azure-2026'? Choose from: "
    )
    assert "rosa" in str(error.value)


def test_nothing_is_guessed_when_nothing_is_near():
    with pytest.raises(srm.UnknownNameError) as error:
        srm.load_matrix("xyzzy")
    assert "Did you mean" not in str(error.value)


def test_errors_are_dutch_when_dutch_is_in_use():
    srm.use_language("nl")
    with pytest.raises(srm.UnknownNameError) as error:
        srm.compare("azure-2026", "IaaS", "PasS")
    assert str(error.value) == (
        "'PasS' is hier geen kolom. Bedoelde je 'PaaS'? Kies uit: On-premises, IaaS, PaaS, SaaS."
    )


@pytest.mark.parametrize("name", ["a|b", "{0}", "{value!r}", "", "a\nb"])
def test_any_name_can_be_unknown(name):
    with pytest.raises(srm.UnknownNameError) as error:
        srm.load_matrix(name)
    assert repr(name) in str(error.value)


@pytest.mark.parametrize(
    ("lang", "joined"), [("en", ["", "a", "a and b", "a, b and c"]), ("nl", ["", "a", "a en b", "a, b en c"])]
)
def test_names_join_into_running_text(lang, joined):
    assert [language.join("abc"[:n], lang) for n in range(4)] == joined
