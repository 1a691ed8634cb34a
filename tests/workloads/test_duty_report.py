"""The list of duties as files: the same in each, harmless in a spreadsheet, and whole."""

import csv
import io

import pandas as pd
import pytest
from markdown_it import MarkdownIt

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_team_gets_a_table_a_page_and_pictures(tmp_path, lang):
    before, after = (srm.load_scenario("school-mail", plan, lang) for plan in ("before", "b"))
    made = srm.write_duties(after, tmp_path, before, lang)
    beside = {"workload.txt", "difference.txt"}  # the words of each PNG
    assert {path.name for path in made} | beside == {path.name for path in tmp_path.glob("[!.]*")}
    assert [path.name for path in made] == [
        "duties.csv",
        "duties.md",
        "workload.png",
        "workload.svg",
        "difference.png",
        "difference.svg",
    ]
    frame = srm.duty_list(after, before, lang)
    read = pd.read_csv(tmp_path / "duties.csv", keep_default_na=False)
    assert read.iloc[:, :-1].to_numpy().tolist() == frame.astype(str).to_numpy().tolist()
    assert read.columns[-1] == texts(lang)["workload"]["who"]
    assert set(read.iloc[:, -1]) == {""}  # for a name, to be filled in by the team
    tokens = MarkdownIt().enable("table").parse((tmp_path / "duties.md").read_text("utf-8"))
    assert sum(token.type == "tr_open" for token in tokens) == len(frame) + len(after)
    images = [child for token in tokens for child in token.children or [] if child.type == "image"]
    assert [image.attrs["src"] for image in images] == ["workload.png", "difference.png"]
    assert images[1].content == srm.workload_words.difference(before, after, lang)


def test_the_same_bytes_every_time(tmp_path):
    plan = srm.load_scenario("web-shop", "a", "en")
    first = [path.read_bytes() for path in srm.write_duties(plan, tmp_path, lang="en")]
    assert [path.read_bytes() for path in srm.write_duties(plan, tmp_path, lang="en")] == first
    assert not (tmp_path / "difference.png").exists()


def test_a_hostile_name_is_text_in_every_file(tmp_path):
    matrix = pd.DataFrame({"rent": ["customer"]}, index=["=cmd|' /C calc'!A0"])
    name = "<script>alert(1)</script> | [x](javascript:alert(1)) **b**"
    plan = srm.Workload(name="<b>plan</b>", matrix=matrix).add(name, service="`id`", model="rent")
    srm.write_duties(plan, tmp_path, lang="en")
    (heading, row) = csv.reader(io.StringIO((tmp_path / "duties.csv").read_text("utf-8-sig"), newline=""))
    assert row[:4] == [name, "`id`", "rent", "'=cmd|' /C calc'!A0"]
    assert len(heading) == len(row)
    html = (
        MarkdownIt("commonmark", {"html": True})
        .enable("table")
        .render((tmp_path / "duties.md").read_text("utf-8"))
    )
    assert "<script" not in html
    assert "<b>" not in html
    assert "<strong>" not in html
    assert "href" not in html
    assert html.count("<table>") == 1
    assert "<script" not in (tmp_path / "workload.svg").read_text("utf-8")


def test_a_folder_that_cannot_be_made_leaves_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        srm.write_duties(srm.load_scenario("web-shop"), tmp_path / "file" / "duties")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
