"""The browser of the system prints a page; what it cannot do, it says."""

import io
import subprocess

import pytest
from pypdf import PdfReader

from srm_data.publishing import print_pdf as chromium
from srm_data.publishing.print_pdf import PrintError, find_chromium, print_pdf

PAGE = (
    '<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>Wie doet wat?</title></head>'
    "<body><h1>Één blad</h1><table><tr><th>a<td>b<tr><th>c<td>d</table></body></html>"
)


@pytest.mark.browser
def test_the_same_page_gives_the_same_bytes(tmp_path, chromium):
    sheet = tmp_path / "blad één.html"
    sheet.write_text(PAGE, "utf-8")
    browser = find_chromium()
    first = print_pdf(browser, sheet, tmp_path / "1.pdf").read_bytes()
    second = print_pdf(browser, sheet, tmp_path / "2.pdf").read_bytes()
    assert first == second
    made = PdfReader(io.BytesIO(first))
    assert made.metadata.title == "Wie doet wat?"
    assert made.metadata["/CreationDate"].startswith("D:2026010100")
    assert made.trailer["/Root"]["/Lang"] == "nl"
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Één blad" in made.pages[0].extract_text()


def test_the_numbers_of_nodes_keep_their_order():
    pdf = (
        b"/ID (node00000041) /Names [(node00000041) 1 0 R (node00000107) 2 0 R]"
        b" /ModDate (D:20301231235959+02'00')"
    )
    fixed = chromium._same_every_time(pdf)
    assert fixed == (
        b"/ID (node00000001) /Names [(node00000001) 1 0 R (node00000002) 2 0 R]"
        b" /ModDate (D:20260101000000+00'00')"
    )
    assert len(fixed) == len(pdf)


@pytest.mark.parametrize("browser", ["false", "true", "no-such-browser"])
def test_a_browser_that_prints_nothing_is_told(tmp_path, browser):
    with pytest.raises(PrintError):
        print_pdf(browser, tmp_path / "page.html", tmp_path / "page.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_browser_that_hangs_is_told(tmp_path, monkeypatch):
    def hang(call, timeout, **options):
        raise subprocess.TimeoutExpired(call, timeout)

    monkeypatch.setattr(subprocess, "run", hang)
    with pytest.raises(PrintError, match="timed out"):
        print_pdf("chromium", tmp_path / "page.html", tmp_path / "page.pdf")


def test_a_browser_outside_the_search_path_is_found(tmp_path, monkeypatch):
    there = tmp_path / "chrome.exe"
    there.touch()
    monkeypatch.setattr(chromium, "_NAMES", ("no-such-browser",))
    monkeypatch.setattr(chromium, "_ELSEWHERE", (str(tmp_path / "absent"), str(there)))
    assert find_chromium() == str(there)
    there.unlink()
    assert find_chromium() is None
