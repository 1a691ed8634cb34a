"""Both languages say the same things, and errors speak the language in use."""

import re
import string

import pytest

import srm_data as srm
from srm_data import language
from srm_data.vocabulary import LANGUAGES


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


def test_letters_are_those_of_the_design():
    letters = {lang: [p["letter"] for p in language.texts(lang)["party"].values()] for lang in LANGUAGES}
    assert letters == {"en": ["C", "S", "P"], "nl": ["K", "G", "L"]}


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
