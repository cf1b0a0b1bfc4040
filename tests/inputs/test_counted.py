"""Files report the share of them that was read."""

import io
import os
import zipfile
from pathlib import Path

import pytest

from netstat_parse.inputs.counted import listen_to_reads, open_counted
from netstat_parse.inputs.streams import find_origins, open_inputs


def read_all(path: Path) -> None:
    for found in open_inputs(find_origins([str(path)])):
        assert not isinstance(found, Exception)
        while found.file.read(1000):  # type: ignore[union-attr] # each of these inputs can be read
            pass


def test_the_shares_of_a_file_add_up_to_1(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 300_000)
    shares: list[float] = []
    with listen_to_reads(shares.append):
        read_all(tmp_path / "a.txt")
    assert len(shares) > 2
    assert sum(shares) == pytest.approx(1)


def test_the_shares_of_an_archive_that_is_read_twice_add_up_to_1_at_most(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name in ("a", "b"):
            archive.writestr(name, os.urandom(50_000))
    shares: list[float] = []
    with listen_to_reads(shares.append):
        read_all(tmp_path / "a.zip")
    assert 0.5 < sum(shares) <= 1.000_001


def test_a_file_descriptor_is_read_from_its_position(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"0123456789")
    number = os.open(tmp_path / "a.txt", os.O_RDONLY)
    os.lseek(number, 6, os.SEEK_SET)
    shares: list[float] = []
    with listen_to_reads(shares.append), open_counted(number) as file:
        assert file.read(100) == b"6789"
    assert sum(shares) == pytest.approx(1)


def test_nothing_is_counted_without_a_listener(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x")
    with open_counted(str(tmp_path / "a.txt")) as file:
        assert type(file.raw) is io.FileIO
