"""Zips that are the same bytes whenever they are made."""

import io
import time
import zipfile

import pytest

from srm_data.files.zip_bytes import zip_bytes

FILES = {"b/last first.txt": "één\n".encode() * 50, "a.xml": b"<a/>"}


@pytest.mark.parametrize("compressed", [False, True])
def test_what_goes_in_comes_out_in_the_same_order(compressed):
    with zipfile.ZipFile(io.BytesIO(zip_bytes(FILES, compressed=compressed))) as package:
        assert package.testzip() is None
        assert {name: package.read(name) for name in package.namelist()} == FILES
        assert package.namelist() == [*FILES]


def test_packing_makes_it_smaller():
    assert len(zip_bytes(FILES, compressed=True)) < len(zip_bytes(FILES))


@pytest.mark.parametrize("compressed", [False, True])
def test_neither_the_clock_nor_the_system_shows(compressed, monkeypatch):
    first = zip_bytes(FILES, compressed=compressed)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("sys.platform", "win32")
    assert zip_bytes(FILES, compressed=compressed) == first


def test_a_file_may_be_for_its_owner_alone():
    with zipfile.ZipFile(io.BytesIO(zip_bytes(FILES, mode=0o600))) as package:
        assert {entry.external_attr >> 16 for entry in package.infolist()} == {0o600}
