"""The tables of a saved page, in Markdown and in HTML."""

import time

import pytest

from srm_data.core.language import speaking
from srm_data.readers.page_tables import PageFileError, PageTable, plain_text, read_page

MARKDOWN = r"""
# Page

## Who *does* what

| Area | **IaaS** | On\-premises |
|:--|:-:|--:|
| [Disk](disk.md) | Shared | C/M<sup>1</sup> |
Rack | {{site.data.keyword.IBM_notm}} | `A\|B`
{: caption="Not a note"}

A [note](note.md) of
two lines &amp; more.

### Next
Not a note.
"""
TABLE = PageTable(
    "Who does what",
    ("Area", "IaaS", "On-premises"),
    (("Disk", "Shared", "C/M¹"), ("Rack", "IBM", "A|B")),
    "A note of two lines & more.",
)


@pytest.fixture
def page(tmp_path):
    def read(text):
        file = tmp_path / "page.md"
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_page(file)

    return read


def test_a_table_in_markdown(page):
    assert page(MARKDOWN) == [TABLE]
    assert page("\ufeff" + MARKDOWN.replace("\n", "\r\n")) == [TABLE]


HTML = """<!DOCTYPE html><html><head><style>td | x
|-|</style></head><body><h2 id=w>Who <em>does</em> what</h2>
<table><thead><tr><th>Area<th><strong>IaaS</strong></th><th>On-premises</th></tr></thead>
<tr><td><p><a href="d">Disk</a></p></td><td>
Shared
</td><td>C/M<sup>1</sup></td></tr><!-- <tr><td>Gone</td></tr> -->
<tr><td>Rack</td><td>IBM</td><td>A|B</td></tr></table><p>A <a href="n">note</a> of</p>
<p>two lines &amp; more.</p>
<h3>Next</h3><p>Not a note.</p></body></html>"""


def test_the_same_table_in_html(page):
    assert page(HTML) == [TABLE]
    assert page(HTML.replace("\n", " ").replace("td | x", "")) == [TABLE]  # all on one line


def test_a_table_of_html_in_markdown_keeps_its_place(page):
    tables = page(MARKDOWN + "\n<table>\n <tr>\n<td>A\n</td><td>B</td></tr><tr><td>1</td><td>2</td></tr>\n")
    assert tables == [TABLE, PageTable("Next", ("A", "B"), (("1", "2"),), "")]


def test_the_text_under_a_table_ends_where_another_table_begins(page):
    first, second = page("a | b\n-|-\nc | d\n\nA note.\n\ne | f\n-|-\ng | h\n\nAnother.\n")
    assert (first.note, second.note) == ("A note.", "Another.")
    assert second.headings == ("e", "f")


def test_code_comments_and_giant_tables_are_no_table(page):
    table = "| a | b |\n|-|-|\n| c | d |\n"
    assert page(f"```\n{table}```\n<!-- \n{table} -->\n") == []
    assert len(page(table + "| c | d |\n" * 99)) == 1
    assert page(table + "| c | d |\n" * 100) == []
    assert page("| a " * 21 + "|\n|-|\n| c | d |\n") == []


def test_signs_that_steer_a_terminal_are_taken_out():
    assert plain_text("a\x1b[31m\u2028b") == "a\ufffd[31m b"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty"),
        (b"%PDF-1.7", "a PDF"),
        (b"x" * 2_000_001, "a page with a table stays under"),
    ],
)
def test_a_file_that_is_no_page_says_so(page, content, says):
    with pytest.raises(PageFileError, match=says):
        page(content)


def test_a_missing_page_is_told_in_the_language_in_use(tmp_path):
    with speaking("nl"), pytest.raises(PageFileError, match="is nog geen pagina met een tabel"):
        read_page(tmp_path / "none.md")


@pytest.mark.parametrize(
    "part",
    [
        "<",
        "<a ",
        "<a b='",
        "<a/",
        "<script",
        "<td>",
        "| a\n|-|\n",
        "[](",
        "<!--",
        "{{",
        "<table><tr><td>",
        "a|b\n-|-\n\n",
    ],
)
def test_a_page_made_to_keep_it_busy_is_read_at_once(page, part):
    begin = time.perf_counter()
    page(part * (1_000_000 // len(part)))
    assert time.perf_counter() - begin < 5
