"""Packed files and archives are read, and bombs are refused."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from netstat_parse.store.sqlite import to_sqlite
from support.command_line import netstat_parse
from support.log_folder import ports_by_source
from support.stored import ROW

MANY = (ROW.format(22) * 1_000_000).encode()


def tarred(path: Path, mode: str) -> None:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]  # the mode is a parameter
        for port in (22, 80):
            member = tarfile.TarInfo(f"host/{port}.txt")
            member.size = len(ROW.format(port))
            archive.addfile(member, io.BytesIO(ROW.format(port).encode()))


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("host/", b"")
        archive.writestr("host/22.txt", ROW.format(22))
        archive.writestr("host/80.txt.gz", gzip.compress(ROW.format(80).encode()))


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_file_is_read_under_its_own_name(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "dump.packed"
    path.write_bytes(pack(ROW.format(22).encode()))
    assert ports_by_source(netstat_parse(path)) == {str(path): [22]}


@pytest.mark.parametrize("kind", ["w:", "w:gz", "w:bz2", "w:xz"])
def test_each_file_in_a_tar_is_an_input(tmp_path: Path, kind: str) -> None:
    tarred(tmp_path / "x.tar", kind)
    path = tmp_path / "x.tar"
    assert ports_by_source(netstat_parse(path)) == {f"{path}:host/22.txt": [22], f"{path}:host/80.txt": [80]}


def test_each_file_in_a_zip_is_an_input_packed_or_not(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    zipped(path)
    assert ports_by_source(netstat_parse(path)) == {f"{path}:host/22.txt": [22], f"{path}:host/80.txt.gz": [80]}


@pytest.mark.parametrize("form", ["ndjson", "table"])
def test_a_file_in_an_archive_is_named(tmp_path: Path, form: str) -> None:
    zipped(tmp_path / "x.zip")
    assert "x.zip:host/22.txt" in netstat_parse("-f", form, tmp_path / "x.zip").stdout.replace("\n", "")


@pytest.mark.parametrize("kind", ["gzip", "zip", "tar"])
def test_a_bomb_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "bomb"
    if kind == "gzip":
        path.write_bytes(gzip.compress(bytes(50 << 20)))
    elif kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in "abcde":
                archive.writestr(name, bytes(10 << 20))
    else:
        with tarfile.open(path, "w:gz") as tar:
            member = tarfile.TarInfo("zeros")
            member.size = 50 << 20
            tar.addfile(member, io.BytesIO(bytes(50 << 20)))
    ran = netstat_parse("-f", "ndjson", path)
    assert ran.returncode == 2
    assert f"{path}: unpacks to more than 200 times its size: refused as a bomb; --unpack-limit" in ran.stderr


def test_the_unpack_limit_can_be_raised_and_lowered(tmp_path: Path) -> None:
    path = tmp_path / "repeated.gz"
    path.write_bytes(gzip.compress(MANY[: 30 << 20]))
    assert "refused" in netstat_parse("-f", "ndjson", path).stderr
    assert netstat_parse("-f", "ndjson", "--unpack-limit", "1G", path).stderr.count("refused") == 0
    assert "more than 1 MiB" in netstat_parse("-f", "ndjson", "--unpack-limit", "1M", path).stderr


@pytest.mark.parametrize("size", ["x", "", "-1", "1X", "1.5G"])
def test_an_invalid_unpack_limit_is_a_usage_error(size: str) -> None:
    assert netstat_parse(f"--unpack-limit={size}").returncode == 2


def test_a_broken_file_in_an_archive_does_not_stop_the_others(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("1.gz", gzip.compress(ROW.format(22).encode())[:-20])
        archive.writestr("2.txt", ROW.format(80))
    ran = netstat_parse(path)
    assert ports_by_source(ran) == {f"{path}:2.txt": [80]}
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"netstat-parse: {path}:1.gz: broken archive")


def test_a_zip_member_without_a_name_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(""), ROW.format(22))
        archive.writestr("80.txt", ROW.format(80))
    assert ports_by_source(netstat_parse(path)) == {f"{path}:": [22], f"{path}:80.txt": [80]}


@pytest.mark.parametrize("error", [IndexError("no such index"), RecursionError(), MemoryError()])
def test_an_unforeseen_error_of_a_library_is_one_failed_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(_archive: zipfile.ZipFile) -> None:
        raise error

    zipped(tmp_path / "x.zip")
    (tmp_path / "y.txt").write_text(ROW.format(22))
    monkeypatch.setattr(zipfile.ZipFile, "infolist", fail)
    database = tmp_path / "x.db"
    report = to_sqlite(str(tmp_path), str(database))
    assert [(failure.source, failure.status) for failure in report.failures] == [
        (str(tmp_path / "x.zip"), "unreadable")
    ]
    assert report.files == 2
