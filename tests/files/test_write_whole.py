"""Nothing is half written, and nobody's work is written over."""

import multiprocessing
import os
import threading
from functools import cache, partial
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest

import srm_data as srm
from srm_data.__main__ import main
from srm_data.files.write_whole import RECORD, create_whole, file_sum, tidy_record, write_new, write_own
from srm_data.learning import hand_in
from srm_data.publishing.questions.formats import write_exports
from srm_data.publishing.slides import deck, powerpoint, reveal
from srm_data.views.figures import catalogue
from srm_data.workloads import figures
from srm_data.workloads.scenarios import load_scenario
from srm_data.workloads.session import Desk
from tests.browser import ROOT
from tests.play_forms import send


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != RECORD)


def test_a_file_of_the_kits_own_is_replaced_as_often_as_it_is_unchanged(tmp_path):
    file = tmp_path / "a.txt"
    for content in (b"one", b"two", b"one", b"three"):
        assert write_own(file, content) == file
        assert file.read_bytes() == content
    assert names(tmp_path) == ["a.txt"]


def test_a_file_that_somebody_changed_or_made_stays(tmp_path):
    file = tmp_path / "a.txt"
    write_own(file, b"ours")
    file.write_bytes(b"ours, with a word of the teacher")
    assert write_own(file, b"new") == tmp_path / "a-2.txt"
    assert write_own(file, b"newer") == tmp_path / "a-2.txt"  # that one is the kit's own and unchanged
    (tmp_path / "b.txt").write_bytes(b"made by hand")
    assert write_own(tmp_path / "b.txt", b"new") == tmp_path / "b-2.txt"
    assert file.read_bytes() == b"ours, with a word of the teacher"
    assert (tmp_path / "b.txt").read_bytes() == b"made by hand"


def test_the_same_content_is_no_change(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"same")
    assert write_own(tmp_path / "a.txt", b"same") == tmp_path / "a.txt"


def test_folders_and_links_are_left_alone(tmp_path):
    (tmp_path / "a.txt").mkdir()
    (tmp_path / "b.txt").symlink_to(tmp_path / "nowhere")
    assert write_own(tmp_path / "a.txt", b"x").name == "a-2.txt"
    assert write_own(tmp_path / "b.txt", b"x").name == "b-2.txt"
    assert not (tmp_path / "nowhere").exists()


def test_a_file_that_was_opened_may_be_saved_again_unless_it_changed_meanwhile(tmp_path):
    file = tmp_path / "plan.yaml"
    file.write_bytes(b"by hand")
    opened = file_sum(file)
    assert write_own(file, b"changed in the kit", known=opened) == file
    file.write_bytes(b"changed by hand again")
    assert write_own(file, b"more", known=opened).name == "plan-2.yaml"


def test_writers_at_the_same_moment_take_names_of_their_own(tmp_path):
    start = threading.Barrier(8)

    def write(n):
        start.wait()
        for _ in range(5):
            write_new(tmp_path / "same.txt", str(n).encode())

    writers = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(path.read_text() for path in tmp_path.iterdir()) == sorted("01234567" * 5)
    assert {path.name for path in tmp_path.iterdir()} == {
        "same.txt",
        *(f"same-{n}.txt" for n in range(2, 41)),
    }


def test_two_hand_ins_at_the_same_moment_are_two_pages(tmp_path):
    start = threading.Barrier(2)
    pages = {name: hand_in.compose(name, {"result": name * 9}, lang="en") for name in ("Ann", "Bo")}

    def write(name):
        start.wait()
        hand_in.write_page(pages[name], tmp_path)

    writers = [threading.Thread(target=write, args=(name,)) for name in pages]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    texts = [(tmp_path / f"hand-in-en{end}.md").read_text("utf-8") for end in ("", "-2")]
    assert sorted("Bo" in text for text in texts) == [False, True]
    assert len(names(tmp_path)) == 8  # Markdown, HTML, PDF and picture of each


def write_in_process(folder, word):
    for n in range(25):
        write_own(folder / f"{word}-{n}.txt", word.encode())


def test_processes_share_one_record(tmp_path):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_in_process, args=(tmp_path, word)) for word in ("one", "two")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    tidy_record(tmp_path)
    lines = (tmp_path / RECORD).read_text().splitlines()
    assert [line[66:] for line in lines] == names(tmp_path)
    assert all(file_sum(tmp_path / line[66:]) == line[:64] for line in lines)


def test_a_disk_without_links_still_never_overwrites(tmp_path, monkeypatch):
    def no_links(*_):
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", no_links)
    assert write_own(tmp_path / "a.txt", b"x").read_bytes() == b"x"
    (tmp_path / "a.txt").write_bytes(b"mine")
    assert write_own(tmp_path / "a.txt", b"y").name == "a-2.txt"
    assert names(tmp_path) == ["a-2.txt", "a.txt"]


@pytest.mark.parametrize("stopped", [OSError("full"), KeyboardInterrupt()])
def test_what_breaks_off_on_a_disk_without_links_leaves_nothing(stopped, tmp_path, monkeypatch):
    def no_links(*_):
        monkeypatch.setattr(Path, "open", opened)  # what is opened next is the file itself
        raise OSError("no links here")

    really_open = Path.open

    def opened(path, mode):
        class Breaking:
            def __enter__(self):
                return self

            def __exit__(self, *_):
                pass

            def write(self, content):
                with really_open(path, mode) as file:
                    file.write(content[:1])
                raise stopped

        return Breaking()

    monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(type(stopped)):
        create_whole(tmp_path / "a.txt", b"whole")
    assert names(tmp_path) == []


# The commands


def shop():
    return load_scenario("web-shop", "before", "en"), load_scenario("web-shop", "a", "en")


@cache
def what_if():
    return deck.build("03_what_if", "nl", "light")


def slides(folder):
    made = what_if()
    return [powerpoint.write(made, folder / "nl" / "03.pptx"), reveal.write(made, folder / "nl" / "03.html")]


def duties(folder):
    before, after = shop()
    return srm.write_duties(after, folder, before, lang="en")


def drawn(folder):
    call = ["figures", "--matrix", "aws-rds", "--figure", "split", "--lang", "en", "--out", str(folder)]
    assert main(call) == 0
    return [path for path in (folder / "en").iterdir() if path.name != RECORD]


def asked(folder):
    return write_exports(folder, lessons=[1], langs=["en"])


def notebooks(folder):
    for word in ("glossary", "start-page"):
        assert main([word, "--out", str(folder)]) == 0
    return [folder / f"{name}.ipynb" for name in ("glossary_en", "glossary_nl", "start")]


@pytest.mark.parametrize(
    "command", [slides, duties, drawn, asked, notebooks], ids=lambda command: command.__name__
)
def test_no_command_writes_over_what_somebody_changed(command, tmp_path, capsys):
    first = command(tmp_path)
    capsys.readouterr()
    assert len(first) >= 2
    assert command(tmp_path)
    assert "stays as it is" not in capsys.readouterr().out  # its own, unchanged files are replaced
    before = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    for path in first:
        path.write_bytes(path.read_bytes() + b" a word of the teacher")
    command(tmp_path)
    for path in first:
        assert path.read_bytes().endswith(b" a word of the teacher"), path
        assert path.with_stem(f"{path.stem}-2").is_file(), path
    assert set(before) < {path for path in tmp_path.rglob("*") if path.is_file()}
    if command not in (slides, asked):  # these return the files, and the command line says it
        said = capsys.readouterr().out
        assert all(path.name in said for path in first if path.suffix != ".txt")
        assert "stays as it is" in said or "blijft zoals hij is" in said


def test_the_page_of_the_duties_shows_the_new_picture(tmp_path):
    made = duties(tmp_path)
    picture = next(path for path in made if path.name == "workload.png")
    picture.write_bytes(b"drawn over by hand")
    duties(tmp_path)
    assert "(workload-2.png)" in (tmp_path / "duties.md").read_text()


def test_a_workload_that_was_changed_outside_stays(work):
    desk = Desk("azure-2026", "en")
    desk.take("web-shop")
    desk.save("shop")
    desk.save("shop")
    assert names(work) == ["shop.yaml"]
    (work / "shop.yaml").write_text((work / "shop.yaml").read_text() + "# by hand\n")
    assert "shop-2.yaml" in desk.save("shop")
    desk.load("shop.yaml", "before")
    assert "shop.yaml" in desk.save("shop")  # what was opened here is saved under its own name
    assert names(work) == ["shop-2.yaml", "shop.yaml"]


# Figures of an own table


OWN = "gebied;IaaS;SaaS\nBack-up;Contoso;Contoso\nAccounts;klant;klant en Contoso\n"


def test_figures_of_a_csv_file(tmp_path, capsys):
    file = tmp_path / "Mijn cloud.csv"
    file.write_text(OWN)
    call = [
        "figures",
        "--matrix",
        str(file),
        "--lang",
        "nl",
        "--format",
        "svg",
        "--out",
        str(tmp_path / "out"),
    ]
    assert main(call) == 1
    assert "'Contoso' is geen partij" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert main([*call, "--party", "Contoso=leverancier"]) == 0
    made = names(tmp_path / "out" / "nl")
    assert {"mijn-cloud-matrix.svg", "mijn-cloud-what-if-iaas-to-saas.svg", "mijn-cloud-split.svg"} <= set(
        made
    )
    drawn = (tmp_path / "out" / "nl" / "mijn-cloud-matrix.svg").read_text()
    assert "Accounts" in drawn
    assert "Mijn cloud.csv" in drawn


def test_a_csv_file_that_is_not_there_is_said_to_be_missing(tmp_path, capsys):
    assert main(["figures", "--matrix", str(tmp_path / "mine.csv"), "--out", str(tmp_path)]) == 1
    assert "there is no such file" in capsys.readouterr().err


def test_the_picker_takes_an_own_table(work, tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text(OWN.replace("gebied", "area"))
    frame = srm.read_matrix(file, lang="en", parties={"Contoso": "provider"})
    view = srm.pick_figure(frame)
    own = view.content["matrix"][0]
    assert (own["label"], view.shown["chosen"]["matrix"]) == ("mine.csv", own["key"])

    def choose(**parts):
        told = {"kind": "ask", "do": "draw", "asked": "1", "chosen": view.shown["chosen"] | parts}
        send(view, told)

    for kind in view.shown["options"]["kind"]:
        choose(kind=kind["key"])
        assert "mine.csv" in view.shown["svg"]
    choose(matrix="gcp")
    assert "mine.csv" not in view.shown["svg"]
    choose(matrix=own["key"])
    assert "mine.csv" in view.shown["svg"]


def test_a_frame_made_by_hand_can_be_picked():
    frame = pd.DataFrame({"IaaS": ["C", "S"], "PaaS": ["P", "S"]}, index=["System", "Data"])
    assert "System" in srm.pick_figure(frame).shown["svg"]


# What lies round a call


ODD = {
    "font.size": 40,
    "axes.facecolor": "red",
    "savefig.bbox": "tight",
    "savefig.dpi": 30,
    "axes.grid": True,
    "svg.fonttype": "path",
    "figure.facecolor": "yellow",
    "lines.linewidth": 9,
    "patch.edgecolor": "green",
    "hatch.linewidth": 8,
    "hatch.color": "red",
    "text.color": "red",
    "savefig.facecolor": "blue",
    "savefig.transparent": True,
    "pdf.fonttype": 42,
    "savefig.pad_inches": 2,
    "patch.linewidth": 8,
    "figure.dpi": 300,
    "text.antialiased": False,
    "path.sketch": (3, 100, 2),
    "font.family": "serif",
    "patch.antialiased": False,
    "pdf.compression": 0,
    "patch.force_edgecolor": True,
    "font.weight": "bold",
    "font.style": "italic",
    "savefig.edgecolor": "red",
    "figure.autolayout": True,
    "axes.xmargin": 0.4,
}


def every_kind():
    """A figure of each kind there is, by its kind."""
    jobs = {job.kind: job.draw for job in catalogue.figure_set("azure-2026", "en")}
    before, after = shop()
    workloads = {
        "workload": partial(figures.whole, after, "en"),
        "difference": partial(figures.difference, before, after, "en"),
    }
    a_class = srm.class_results(ROOT / "notebooks" / "teacher" / "example_class", lang="en")
    assert {*jobs} == {*catalogue.KINDS}
    return jobs | workloads | {"class": a_class.figure}


def test_a_users_matplotlibrc_changes_no_figure(tmp_path):
    for kind, draw in every_kind().items():
        plain = draw()
        with mpl.rc_context(ODD):
            odd = draw()
            assert odd.svg() == plain.svg(), kind
        if kind == "what-if":  # all are written by the same few lines
            for ending in ("png", "pdf"):
                wanted = plain.write(tmp_path / f"plain.{ending}").read_bytes()
                with mpl.rc_context(ODD):
                    assert odd.write(tmp_path / f"odd.{ending}").read_bytes() == wanted
    assert mpl.rcParams["font.size"] == 10  # and the user keeps their own settings
