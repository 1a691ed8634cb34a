"""Cards with two sides: each answer lies behind its story, whole and tagged. And cards that Anki reads."""

import csv
import re
from io import BytesIO, StringIO
from itertools import pairwise

import pypdf
import pytest

import srm_data as srm
from srm_data import __main__ as command
from srm_data.core.dataset import read_table
from srm_data.core.glossary import Term
from srm_data.core.incidents import as_incident, incident_ids
from srm_data.core.language import texts
from srm_data.core.shipped import shipped_matrix
from srm_data.core.vocabulary import LANGUAGES
from srm_data.learning.pdf_text import has_letter
from srm_data.publishing.paper import anki, cards
from srm_data.views import sentences as say
from tests.publishing.pdfs import headings, is_accessible, misplaced, pages_of_words, squeezed, text_of

MARGIN = 17  # points: 9 mm round each card, less what a letter may rise above the edge of its line


@pytest.fixture(scope="module", params=LANGUAGES)
def made(request):
    return request.param, cards.incident_cards(request.param)


def test_each_card_has_its_story_in_front_and_its_answer_behind(made):
    lang, pdf = made
    pages = [squeezed(page.extract_text()) for page in pypdf.PdfReader(BytesIO(pdf)).pages]
    words = texts(lang)["incident"]
    incidents = [as_incident(one, lang) for one in incident_ids()]
    assert len(pages) == 2 * -(-len(incidents) // 4)
    for n, i in enumerate(incidents):
        front, back = pages[n // 4 * 2], pages[n // 4 * 2 + 1]
        answer = [
            i.why,
            i.layer,
            i.dispute or words["no_dispute"],
            i.other_side,
            i.source_title,
            i.source_url,
        ]
        answer += [words["failed"][i.failed_party]["say"].format(provider=i.provider), say.incident_where(i)]
        assert [one for one in (i.name, str(i.year), i.story) if squeezed(one) not in front] == []
        assert [one for one in answer if squeezed(one) not in back] == []
        given_away = [i.why, i.dispute, i.other_side, say.incident_where(i)]
        assert [one for one in given_away if one and squeezed(one) in front] == []


def test_the_backs_are_mirrored_so_that_each_lies_behind_its_front(made):
    lang, pdf = made
    word = texts(lang)["cards"]["number"].split()[0]
    places = []
    for width, height, words in pages_of_words(pdf):
        found = {}
        for (name, left, top, *_), (number, *_) in pairwise(words):
            if name == word and number.isdecimal():
                found[int(number)] = (left > width / 2, top > height / 2)
        places.append(found)
    for front, back in zip(places[::2], places[1::2], strict=True):
        assert back == {number: (not right, low) for number, (right, low) in front.items()}
    assert sorted(number for front in places[::2] for number in front) == [*range(1, len(incident_ids()) + 1)]


def test_nothing_is_cut_and_nothing_crosses_the_line_to_cut_along(made):
    _, pdf = made
    assert [*misplaced(pdf, MARGIN)] == []
    for width, height, words in pages_of_words(pdf):
        for word, left, top, right, bottom in words:
            assert not left < width / 2 < right, word
            assert not top < height / 2 < bottom, word
            assert right < width / 2 - MARGIN + 4 or left > width / 2 + MARGIN, word
    assert {sign for sign in text_of(pdf) if not sign.isspace() and not has_letter(sign)} == set()


def test_they_are_tagged_and_the_same_every_time(made):
    lang, pdf = made
    names = [as_incident(one, lang).name for one in incident_ids()]
    found = headings(pdf)
    assert len(found) == 2 * len(names)
    assert [name for name in names if f"H1 {name}" not in found] == []
    assert is_accessible(pdf, lang, texts(lang)["cards"]["title"])
    assert cards.incident_cards(lang) == pdf


def read_deck(lang):
    """The lines before the first card, and the cards, as Python's own module reads them."""
    text = anki.anki_deck(lang).decode("utf-8")
    lines = text.split("\n")
    first = next(i for i, line in enumerate(lines) if not line.startswith("#"))
    return lines[:first], [*csv.reader(StringIO("\n".join(lines[first:])), delimiter="\t", strict=True)]


@pytest.mark.parametrize(("lang", "kind"), [("en", "Basic"), ("nl", "Basis")])  # as Anki calls it there
def test_anki_is_told_what_each_column_is(lang, kind):
    head, rows = read_deck(lang)
    assert head == [
        "#separator:tab",
        "#html:true",
        f"#notetype:{kind}",
        "#guid column:1",
        "#deck column:2",
        "#tags column:5",
    ]
    assert {len(row) for row in rows} == {5}
    assert [field for row in rows for field in row if not field or field != field.strip()] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_is_a_card_for_each_cell_and_each_word(lang):
    _, rows = read_deck(lang)
    cells = {
        f"srm/{lang}/{row['matrix']}/{row['area']}/{row['column']}": row
        for row in read_table("cells")
        if row["matrix"] in ("azure-2026", "azure-classic")
    }
    terms = {f"srm/{lang}/glossary/{row['term']}": row for row in read_table("glossary")}
    assert len(cells) == 80
    assert [row[0] for row in rows[:80]] == [*cells]
    assert {row[0] for row in rows[80:]} == {*terms}
    assert len({row[0] for row in rows}) == len({row[2] for row in rows}) == len(rows)
    parties = texts(lang)["party"]
    for guid, deck, front, back, tags in rows[:80]:
        cell = cells[guid]
        m = shipped_matrix(cell["matrix"], lang)
        area = next(area for area in m.areas if area.id == cell["area"])
        assert deck.endswith(f"::{m.short}")
        assert all(one in front for one in (m.short, area.label, m.column(cell["column"]).label))
        assert back.startswith(f"<b>{parties[cell['party']]['label']}</b><br>")
        assert cell[f"customer_part_{lang}"] in back
        assert cell[f"provider_part_{lang}"] in back
        assert m.source_title in back
        assert m.edition in back
        assert tags.split() == [f"srm::{m.id}", f"srm::{cell['column']}"]
    for guid, _, front, back, _ in rows[80:]:
        name = terms[guid][f"term_{lang}"].partition(" (")[0]
        assert name in front
        assert terms[guid][f"meaning_{lang}"] in back


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_cards_hold_no_tag_but_bold_and_line_break(lang, monkeypatch):
    odd = Term("<i>a & b</i>", '("c")', "<script>\t1", (), "odd")
    monkeypatch.setattr(anki, "glossary_terms", lambda lang: [odd])
    _, rows = read_deck(lang)
    sides = " ".join(side for row in rows for side in row[2:4])
    assert set(re.findall("<[^>]*>", sides)) == {"<b>", "</b>", "<br>"}
    assert rows[-1][2].endswith(": &lt;i&gt;a &amp; b&lt;/i&gt;?")
    assert rows[-1][3] == '<b>"c"</b><br>&lt;script&gt;\t1'


def test_a_corrected_cell_is_the_same_card(monkeypatch):
    before = {note.guid: note for note in anki.anki_notes("en")}
    m = shipped_matrix("azure-2026", "en")
    corrected = m.with_parties(dict.fromkeys(m.cells, "shared"))
    monkeypatch.setattr(
        anki, "shipped_matrix", lambda one, lang: corrected if one == m.id else shipped_matrix(one, lang)
    )
    after = {note.guid: note for note in anki.anki_notes("en")}
    assert [*after] == [*before]
    changed = [guid for guid in before if before[guid] != after[guid]]
    assert len(changed) == srm.load_cells("azure-2026", lang="en")["party"].ne("shared").sum()
    assert all(after[guid].front == before[guid].front for guid in changed)


def test_the_command_writes_both_and_says_how_to_print(tmp_path, capsys):
    assert command.main(["cards", "--lang", "nl", "--out", str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.glob("[!.]*")) == ["anki-nl.txt", "incident-cards-nl.pdf"]
    mine = tmp_path / "anki-nl.txt"
    mine.write_text("mine")
    assert command.main(["cards", "--lang", "nl", "--out", str(tmp_path)]) == 0
    assert mine.read_text() == "mine"
    told = capsys.readouterr().out
    assert "2 files in " in told
    assert "draai over de lange kant" in told
    assert "anki-nl-2.txt" in told
