"""The guide of the teacher: a substitute finds the way, the routes fit, and nothing has no answer."""

import re
from itertools import pairwise

import pytest

import srm_data as srm
from srm_data.core.shipped import shipped_matrix
from srm_data.core.vocabulary import LANGUAGES
from srm_data.publishing.answer_key import answers
from srm_data.publishing.lessons import lessons
from tests.lessons import ROOT, read
from tests.minutes import SLOW, parts

GUIDES = {lang: read(f"teacher/{lang}/guide.ipynb").cells for lang in LANGUAGES}
PAGE_ONE = {"en": "How every lesson is built", "nl": "Zo zit elke les in elkaar"}
ANSWERS = {"en": "Answers", "nl": "De antwoorden"}
MARKS = {"en": "Marks for a page", "nl": "Punten voor een pagina"}


def told(lang):
    """The prose of the guide in one piece."""
    return "\n\n".join(cell.source for cell in GUIDES[lang] if cell.cell_type == "markdown")


def section(lang, title):
    return told(lang).partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def routes(lang):
    """The rows of each route: from, to, and what is done, by its length."""
    found = {}
    for part in re.split(r"^### ", told(lang), flags=re.M)[1:]:
        if length := re.match(r"(\d+) minut", part):
            rows = re.findall(r"^\| (\d+) (?:to|tot) (\d+) \| (.+) \|$", part, re.M)
            found[int(length[1])] = [(int(begin), int(end), what) for begin, end, what in rows]
    return found


def test_both_guides_have_the_same_cells():
    def metadata(cell):  # of what a page says in other words, how much, since the words are of the language
        return {key: len(value) if key == "page_words" else value for key, value in cell.metadata.items()}

    en, nl = ([(c.id, c.cell_type, metadata(c)) for c in GUIDES[lang]] for lang in LANGUAGES)
    assert en == nl
    code = [[c.source for c in GUIDES[lang] if c.cell_type == "code"] for lang in LANGUAGES]
    assert code[0][1:] == code[1][1:]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_at_the_top_names_every_part(lang):
    titles = re.findall(r"^## (.+)$", told(lang), re.M)
    assert re.findall(r"\[([^\]]+)\]\(#", GUIDES[lang][0].source) == titles


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_one_with_one_route_is_read_in_five_minutes(lang):
    before, _, _ = told(lang).partition(f"\n## {PAGE_ONE[lang]}\n")
    assert f"*{PAGE_ONE[lang]}*" in before
    pieces = re.split(r"^(?=#{2,3} )", before, flags=re.M)
    lengths = [len(re.findall(r"[\w'`.-]*\w", re.sub(r"\]\([^)]*\)", "", piece))) for piece in pieces]
    of_routes = [n for piece, n in zip(pieces, lengths, strict=True) if re.match(r"### \d", piece)]
    assert len(of_routes) == 3
    assert sum(lengths) - sum(of_routes) + max(of_routes) <= 5 * 160


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_routes_add_up(lang):
    assert [*routes(lang)] == [20, 45, 90]
    for length, rows in routes(lang).items():
        assert rows[0][0] == 0
        assert rows[-1][1] == length
        assert all(before[1] == after[0] for before, after in pairwise(rows))
        assert rows[0][1] >= 3, "starting up takes time too"
        assert not re.search(r"\*[^*]+\*", rows[0][2]), "and nothing of a lesson is done in it"
    assert [[row[:2] for row in rows] for rows in routes(lang).values()] == [
        [row[:2] for row in rows] for rows in routes("en").values()
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_step_of_a_route_has_the_minutes_that_the_lesson_takes(lang):
    steps = 0
    for rows in routes(lang).values():
        for begin, end, what in rows:
            if named := re.match(r"(?:Lesson|Les) (\d+): ((?:\*[^*]+\*(?:, (?:then|dan) )?)+)", what):
                takes = parts(named[1], lang, SLOW)
                headings = re.findall(r"\*([^*]+)\*", named[2])
                assert set(headings) <= takes.keys(), what
                assert sum(takes[one] for one in headings) <= end - begin, what
                steps += 1
    assert steps == 2 + 5 + 8


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_lessons_that_need_two_meetings_are_the_longest(lang):
    numbered = [one for one in lessons(lang) if one.number]
    minutes = {one.number: sum(parts(one.number, lang, SLOW).values()) for one in numbered}
    *first, last = sorted(sorted(minutes, key=minutes.get)[-3:], key=int)
    said = section(lang, "Three routes" if lang == "en" else "Drie routes")
    assert f" {', '.join(first)} {'and' if lang == 'en' else 'en'} {last} " in said
    most = re.search(r" (\d+) minut\w+ (?:for a lesson|nodig voor een les)", said)
    assert max(minutes.values()) <= int(most[1]) + 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_key_in_the_guide_is_of_every_lesson(lang):
    (key,) = [cell for cell in GUIDES[lang] if "answer_key" in cell.source and cell.cell_type == "code"]
    assert key.source == "srm.answer_key()"
    shown = srm.answer_key(lang=lang).body
    every = [answers(one, lang) for one in lessons(lang)]
    assert len(every) == 13
    assert shown.count("<details>") == 13 + sum(map(len, every))
    assert "<details open" not in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_marks_are_given_for_four_things_with_an_example_of_each(lang):
    rows = re.findall(r"^\| \*\*(.+)$", section(lang, MARKS[lang]), re.M)
    assert [len(re.findall(r"\| \*[^*]+\*", row)) for row in rows] == [3] * 4
    table = shipped_matrix("azure-2026", lang)
    rules = next(area.label.casefold() for area in table.areas if area.id == "network-controls")
    assert table.cells["network-controls", "iaas"].party == "customer"
    assert rules in rows[0].casefold()
    assert table.cells["network-controls", "paas"].party == "shared"
    classic = shipped_matrix("azure-classic", lang)
    word = "availability" if lang == "en" else "beschikbaarheid"
    assert word in rows[2]
    assert not [area for area in classic.areas if word in area.label.casefold()]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_command_and_every_function_that_the_guide_names_is_there(lang):
    every = "\n".join(cell.source for cell in GUIDES[lang])
    named = set(re.findall(r"\bsrm\.(\w+)\(?", every)) - {"write_claim"}
    assert named <= set(srm.__all__)
    known = (ROOT / "kit.py").read_text("utf-8")
    for command in re.findall(r"kit\.py (\w+)", every):
        assert f"python3 kit.py {command}" in known, command


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lesson_10_has_as_many_cells_as_the_guide_says(lang):
    disputed = srm.load_cells("azure-ai-agent", lang).query("disputed and column_id == 'paas'")
    assert re.search(rf"`'paas'`: .* {len(disputed)} cel", told(lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_of_a_class_come_after_a_warning(lang):
    cells = GUIDES[lang]
    at = next(n for n, cell in enumerate(cells) if cell.source == "results.with_names")
    assert ("projector" if lang == "en" else "beamer") in cells[at - 1].source.partition("\n")[0]
    before = [cell.source for cell in cells[:at] if cell.cell_type == "code"]
    assert not [code for code in before if re.search("learner|hand_ins|skipped|names", code)]
