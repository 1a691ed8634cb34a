"""What a learner did is kept whole, by whoever writes, and what cannot be kept is told."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

import srm_data as srm
from srm_data.core.language import texts
from srm_data.core.vocabulary import LANGUAGES
from srm_data.files import paths, write_whole
from srm_data.files.paths import CHECKOUT
from srm_data.learning import progress_file

ROOT = CHECKOUT

pytestmark = pytest.mark.usefixtures("work")


def on_disk():
    return json.loads(progress_file.progress_file().read_text(encoding="utf-8"))


def facts(kind, name):
    return {key: value for key, value in on_disk()[kind][name].items() if key != "when"}


BEFORE = "import sys\nfrom srm_data.learning import progress_file\n"


def writer(code, *args):
    """Another Python, as another notebook is, with the same folder."""
    return subprocess.Popen(
        [
            sys.executable,
            "-W",
            "error",
            "-c",
            f"{BEFORE}{code}",
            *args,
        ],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_folder_is_named_by_the_environment(work):
    assert paths.work_folder() == work
    assert progress_file.progress_file() == work / "progress.json"


def test_without_a_name_the_folder_is_beside_the_kit(monkeypatch):
    monkeypatch.delenv("SRM_WORK")
    assert paths.work_folder() == ROOT / "my_work"
    monkeypatch.setenv("SRM_WORK", "")
    assert paths.work_folder() == ROOT / "my_work"


def test_outside_the_kit_the_folder_is_in_the_current_one(monkeypatch, tmp_path):
    monkeypatch.delenv("SRM_WORK")
    monkeypatch.setattr(paths, "CHECKOUT", tmp_path / "site-packages")
    monkeypatch.chdir(tmp_path)
    assert paths.work_folder() == tmp_path / "my_work"


def test_a_file_that_notepad_saved_is_read_and_not_set_aside(work):
    progress_file.record("bets", "one", answer="a")
    file = progress_file.progress_file()
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert progress_file.trouble("en") == ""
    assert progress_file.record("bets", "two", answer="b", lang="en") == ""
    assert set(progress_file.load()["bets"]) == {"one", "two"}
    assert [path.name for path in work.glob("*damaged*")] == []


def test_looking_makes_nothing(work):
    assert progress_file.load() == {}
    assert progress_file.trouble() == ""
    assert not work.exists()


def test_a_bet_is_on_disk_at_once():
    assert progress_file.record("bets", "vm-os-update", answer="customer", sure=2) == ""
    assert facts("bets", "vm-os-update") == {"answer": "customer", "sure": 2}
    assert progress_file.load() == {"bets": on_disk()["bets"], "work": on_disk()["work"], "answers": {}}


def test_the_file_can_be_read_by_people(work):
    progress_file.record("work", "hand-in", key_terms="het gevólg — 中文 🙂")
    text = (work / "progress.json").read_text(encoding="utf-8")
    assert "het gevólg — 中文 🙂" in text
    assert len(text.splitlines()) > 5
    assert text.endswith("}\n")
    assert on_disk()["version"] == progress_file.VERSION == 2
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", on_disk()["work"]["hand-in"]["when"])


def test_a_change_is_laid_over_what_is_there():
    progress_file.record("bets", "a", answer="shared", sure=None)
    progress_file.record("bets", "b", answer="provider")
    progress_file.record("work", "a", right=True)
    progress_file.record("bets", "a", sure=1, revealed=True)
    assert facts("bets", "a") == {"answer": "shared", "sure": 1, "revealed": True}
    assert facts("bets", "b") == {"answer": "provider"}
    assert facts("work", "a") == {"right": True}


def test_what_another_program_put_beside_it_stays(work):
    work.mkdir(exist_ok=True)
    others = {"learner": "Ann Lee", "made_by": {"site": [1, 2]}}
    bets = {"vm-os-update": {"answer": "customer"}}
    text = json.dumps({**others, "version": 2, "bets": bets})
    progress_file.progress_file().write_text(text, encoding="utf-8")
    assert progress_file.load()["bets"] == bets
    progress_file.record("work", "check.1", right=True)
    assert {name: on_disk().get(name) for name in others} == others
    assert on_disk()["version"] == progress_file.VERSION
    assert on_disk()["bets"] == bets


def test_any_name_can_be_a_fact():
    progress_file.record("work", "hand-in", name="Sanne", kind="x")
    assert facts("work", "hand-in") == {"name": "Sanne", "kind": "x"}


@pytest.mark.parametrize("text", ["\ud83d", "\x00\x1b", '"}]', "\\u0000", "</script>", "a\nb\tc\u2028d"])
def test_any_text_comes_back(text):
    assert progress_file.record("work", "x", said=text) == ""
    assert progress_file.load()["work"]["x"]["said"] == text


def test_only_the_learner_s_own_machine_keeps_it(work):
    progress_file.record("bets", "a", answer="shared")
    assert {path.name for path in work.iterdir()} <= {"progress.json", "progress.lock"}


# Two notebooks at once, and the end of one.


def test_two_notebooks_at_once_lose_nothing():
    code = """
print("up", flush=True)
sys.stdin.readline()
told = {progress_file.record("bets", f"{sys.argv[1]}{n}", answer="shared", sure=n % 3) for n in range(200)}
assert told == {""}, told
"""
    both = [writer(code, name) for name in "ab"]
    for process in both:
        assert process.stdout.readline() == "up\n"
    for process in both:  # both wait at the line, so that they write at the same time
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in both:
        _, fault = process.communicate(timeout=60)
        assert (process.returncode, fault) == (0, "")
    kept = on_disk()["bets"]
    assert kept.keys() == {f"{name}{n}" for name in "ab" for n in range(200)}
    assert {(entry["answer"], entry["sure"]) for entry in kept.values()} == {("shared", n) for n in range(3)}


def test_a_kernel_killed_while_writing_leaves_a_whole_file(work):
    code = """
print("up", flush=True)
while True:
    progress_file.record("work", "long", said="x" * 100_000, turn=int(sys.argv[1]))
"""
    for turn in range(6):
        process = writer(code, str(turn))
        assert process.stdout.readline() == "up\n"
        until = time.monotonic() + 20
        while progress_file.load().get("work", {}).get("long", {}).get("turn") != turn:
            assert time.monotonic() < until, process.communicate()
        time.sleep(0.007 * turn)  # somewhere in the middle of one of many writes
        process.kill()
        process.communicate()
        assert process.returncode not in (0, 1)  # it did not end by itself
        assert len(on_disk()["work"]["long"]["said"]) == 100_000
        assert (
            progress_file.record("bets", f"after-{turn}", answer="shared") == ""
        )  # the lock died with its holder
    assert on_disk()["bets"].keys() == {f"after-{turn}" for turn in range(6)}


def test_a_write_that_breaks_off_leaves_the_old_file(work, monkeypatch):
    progress_file.record("bets", "a", answer="shared")
    before = (work / "progress.json").read_bytes()

    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    told = progress_file.record("bets", "b", answer="provider")
    assert "No space left on device" in told
    assert (work / "progress.json").read_bytes() == before
    assert {path.name for path in work.iterdir()} <= {"progress.json", "progress.lock"}


def test_write_whole_makes_the_folder_and_replaces(tmp_path):
    target = tmp_path / "new" / "a.txt"
    assert write_whole.write_whole(target, b"one") == target
    write_whole.write_whole(target, b"two")
    assert target.read_bytes() == b"two"
    assert [path.name for path in target.parent.iterdir()] == ["a.txt"]
    if os.name != "nt":  # a teacher may read what a learner hands in on a shared machine
        assert target.stat().st_mode & 0o777 == 0o644


# A folder that cannot be written, and one that can be again.


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_folder_that_cannot_be_written_is_told(work, lang):
    work.write_text("a file where the folder should be")
    told = progress_file.record("bets", "a", lang=lang, answer="shared")
    assert told == texts(lang)["progress"]["unwritable"].format(folder=work, reason="File exists")
    assert {"en": "cannot be kept in", "nl": "kunnen niet bewaard worden in"}[lang] in told
    assert progress_file.load()["bets"]["a"]["answer"] == "shared"


def test_a_read_only_folder_is_told_and_still_read(work, monkeypatch):
    progress_file.record("bets", "a", answer="shared")

    def refused(file):  # what a read-only folder does; root, whom no mode binds, would not meet it
        raise PermissionError(13, "Permission denied", str(file))

    with monkeypatch.context() as patch:
        patch.setattr(progress_file, "_lock", refused)
        told = progress_file.record("bets", "b", answer="provider")
        assert told == texts("en")["progress"]["unwritable"].format(folder=work, reason="Permission denied")
        assert progress_file.load()["bets"].keys() == {"a", "b"}
    assert on_disk()["bets"].keys() == {"a"}
    progress_file.record("bets", "c", answer="customer")
    assert on_disk()["bets"].keys() == {"a", "b", "c"}


def test_what_could_not_be_written_is_written_when_it_can(work):
    work.write_text("")
    progress_file.record("bets", "a", answer="shared", sure=1)
    progress_file.record("bets", "a", sure=2)
    progress_file.record("work", "x", said="words")
    work.unlink()
    assert progress_file.record("bets", "b", answer="provider") == ""
    assert facts("bets", "a") == {"answer": "shared", "sure": 2}
    assert facts("bets", "b") == {"answer": "provider"}
    assert facts("work", "x") == {"said": "words"}
    progress_file.progress_file().unlink()
    assert progress_file.load() == {}, "what is on disk is not held back a second time"


def test_a_later_answer_outdoes_the_one_held_back(work):
    work.write_text("")
    progress_file.record("bets", "a", answer="shared")
    work.unlink()
    progress_file.record("bets", "a", answer="provider")
    assert facts("bets", "a") == {"answer": "provider"}


def test_a_lock_that_is_held_is_told_not_waited_for_ever(work, monkeypatch):
    import filelock

    work.mkdir()
    monkeypatch.setattr(
        progress_file, "_lock", lambda file: filelock.FileLock(file.with_suffix(".lock"), timeout=0.05)
    )
    with filelock.FileLock(work / "progress.lock"):
        told = progress_file.record("bets", "a", answer="shared")
    assert str(work) in told
    assert progress_file.load()["bets"]["a"]["answer"] == "shared"
    assert progress_file.record("bets", "b", answer="shared") == ""
    assert on_disk()["bets"].keys() == {"a", "b"}


# A file that is not what it should be.

DAMAGED = {
    "cut off": b'{"version": 1, "bets": {"a": {"ans',
    "empty": b"",
    "no JSON": b"hello",
    "not UTF-8": b'{"version": 1, "bets": {"a": {"answer": "\xff"}}}',
    "a list": b"[]",
    "no version": b'{"bets": {}}',
    "version in words": b'{"version": "1", "bets": {}}',
    "bets as a list": b'{"version": 1, "bets": []}',
    "a bet as a word": b'{"version": 1, "bets": {"a": "shared"}}',
    "work as a number": b'{"version": 1, "work": 3}',
    "brackets without end": b"[" * 200_000,
    "null": b"null",
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_set_aside_and_told(work, content, lang):
    work.mkdir()
    (work / "progress.json").write_bytes(content)
    assert progress_file.load() == {}
    assert progress_file.trouble(lang) == texts(lang)["progress"]["unreadable"].format(
        file=work / "progress.json"
    )
    told = progress_file.record("bets", "new", lang=lang, answer="shared")
    (aside,) = work.glob("progress-damaged-*.json")
    assert aside.read_bytes() == content
    assert told == texts(lang)["progress"]["damaged"].format(file=aside.name)
    assert facts("bets", "new") == {"answer": "shared"}
    assert progress_file.trouble(lang) == ""
    assert progress_file.record("bets", "more", answer="shared") == "", "it is told once"


def test_damaged_files_of_one_second_do_not_push_each_other_out(work):
    work.mkdir()
    for n in range(3):
        (work / "progress.json").write_text(f"damaged {n}")
        progress_file.record("bets", "a", answer="shared")
    kept = {path.read_text() for path in work.glob("progress-damaged-*.json")}
    assert kept == {"damaged 0", "damaged 1", "damaged 2"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_newer_file_is_left_as_it_is_and_told(work, lang):
    work.mkdir()
    newer = b'{"version":3,"bets":{"a":{"answer":"shared"}},"badges":["what this kit does not know"]}'
    (work / "progress.json").write_bytes(newer)
    told = progress_file.record("bets", "b", lang=lang, answer="provider")
    assert told == texts(lang)["progress"]["newer"].format(file=work / "progress.json")
    assert {"en": "newer version", "nl": "nieuwere versie"}[lang] in told
    assert progress_file.trouble(lang) == told
    assert (work / "progress.json").read_bytes() == newer
    assert [path.name for path in work.glob("*.json")] == ["progress.json"]
    assert progress_file.load()["bets"]["b"]["answer"] == "provider", "the answer lasts as long as the kernel"


def test_messages_speak_the_language_in_use(work):
    work.write_text("")
    srm.use_language("nl")
    assert progress_file.record("bets", "a", answer="shared").startswith(
        "Je antwoorden kunnen niet bewaard worden"
    )


def test_a_folder_in_place_of_the_file_is_told(work):
    (work / "progress.json").mkdir(parents=True)
    assert "directory" in progress_file.trouble()
    assert progress_file.load() == {}
    assert str(work) in progress_file.record("bets", "a", answer="shared")
    assert progress_file.load()["bets"]["a"]["answer"] == "shared"


@pytest.fixture
def copy(work, tmp_path, monkeypatch):
    """A place for a second copy, as on a server for a class."""
    monkeypatch.setenv("SRM_WORK_COPY", str(tmp_path / "copy"))
    return tmp_path / "copy" / "progress.json"


@pytest.mark.parametrize("trouble", ["removed", "damaged"])
def test_with_a_second_copy_a_lost_file_loses_no_answer(work, copy, trouble):
    progress_file.record("bets", "first", answer="customer")
    assert copy.read_bytes() == progress_file.progress_file().read_bytes()
    if trouble == "removed":
        progress_file.progress_file().unlink()
        assert progress_file.load()["bets"]["first"]["answer"] == "customer"
    else:
        progress_file.progress_file().write_text("{half")
    progress_file.record("bets", "second", answer="shared")
    assert {name: said["answer"] for name, said in on_disk()["bets"].items()} == {
        "first": "customer",
        "second": "shared",
    }
    assert copy.read_bytes() == progress_file.progress_file().read_bytes()


def test_a_second_copy_that_cannot_be_written_does_not_cost_the_answer(work, copy):
    copy.parent.write_text("a file in the place of the folder")
    assert progress_file.record("bets", "first", answer="customer") == ""
    assert facts("bets", "first") == {"answer": "customer"}
