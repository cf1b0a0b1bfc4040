"""Packed files and archives are read, and bombs are refused."""

import bz2
import gzip
import io
import json
import lzma
import tarfile
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from netstat_parse.inputs import archives
from netstat_parse.inputs.origins import make_origin
from netstat_parse.sources import FailedInputError, ReadOptions, read_files
from netstat_parse.sources import Failure as InputFailure
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
    ran = netstat_parse("-f", "ndjson", path)
    assert f'"source":"{path}:2.txt"' in ran.stdout
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
    def fail(*_: object) -> None:
        raise error

    zipped(tmp_path / "x.zip")
    (tmp_path / "y.txt").write_text(ROW.format(22))
    monkeypatch.setattr(archives._Unpacker, "_open_zip", fail)  # noqa: SLF001 - as a bug in it
    database = tmp_path / "x.db"
    report = to_sqlite(str(tmp_path), str(database))
    assert [(failure.source, failure.status) for failure in report.failures] == [
        (str(tmp_path / "x.zip"), "unreadable")
    ]
    assert report.files == 2


ROWS = "".join(
    f"tcp 0 0 10.0.{n // 250}.{n % 250}:{n} 0.0.0.0:* LISTEN {n * 7919 % 65536}/p{n}\n" for n in range(1, 3001)
)
"""Rows that do not shrink to nothing."""


def read_ports(path: Path) -> list[int]:
    """Return the ports of an archive that is damaged; it must be an error as well."""
    report: list[str] = []
    found: list[int] = []
    for item in read_files([make_origin(str(path))], ReadOptions()):
        if isinstance(item, InputFailure):
            report.append(item.message)
            continue
        try:
            for rows in item.rows():
                found += rows.columns["local_port"] if rows.kind == "connections" else []
        except FailedInputError as error:
            report.append(error.failure.message)
    assert report
    assert all(message for message in report)
    return found


def damaged(pack: Callable[[bytes], bytes], change: Callable[[bytes], bytes], path: Path) -> list[int]:
    path.write_bytes(change(pack(ROWS.encode())))
    return read_ports(path)


def tar_of(data: bytes) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        member = tarfile.TarInfo("dump.txt")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return file.getvalue()


def zip_of(method: int) -> Callable[[bytes], bytes]:
    def pack(data: bytes) -> bytes:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", method) as archive:
            archive.writestr("dump.txt", data)
        return file.getvalue()

    return pack


ALL = list(range(1, 3001))


@pytest.mark.parametrize(
    ("pack", "change"),
    [
        (gzip.compress, lambda data: data[:-1]),
        (gzip.compress, lambda data: data[:-8]),
        (gzip.compress, lambda data: data + b"x"),
        (gzip.compress, lambda data: data + b"more text"),
        (gzip.compress, lambda data: data + data[:5]),
        (gzip.compress, lambda data: data[:-8] + bytes(4) + data[-4:]),
        (bz2.compress, lambda data: data + b"x"),
        (lzma.compress, lambda data: data[:-1]),
        (lzma.compress, lambda data: data[:-30] + bytes(30)),
        (lzma.compress, lambda data: data + b"x"),
        (zip_of(zipfile.ZIP_DEFLATED), lambda data: data[:-1]),
        (zip_of(zipfile.ZIP_DEFLATED), lambda data: data[:-70]),
        (zip_of(zipfile.ZIP_STORED), lambda data: data[:-10]),
        (zip_of(zipfile.ZIP_STORED), lambda data: data[:14] + bytes(4) + data[18:-1]),
        (zip_of(zipfile.ZIP_DEFLATED), lambda data: data[:14] + bytes(4) + data[18:-1]),
        (lambda data: gzip.compress(tar_of(data)), lambda data: data[:-8] + bytes(8)),
        (lambda data: gzip.compress(tar_of(data)), lambda data: data + b"x"),
        (lambda data: tar_of(gzip.compress(data)[:-1]), lambda data: data),
        (lambda data: zip_of(zipfile.ZIP_STORED)(gzip.compress(data)[:-1]), lambda data: data),
    ],
)
def test_all_records_of_an_archive_that_is_damaged_behind_them_are_read(
    tmp_path: Path, pack: Callable[[bytes], bytes], change: Callable[[bytes], bytes]
) -> None:
    assert damaged(pack, change, tmp_path / "x") == ALL


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_a_wrong_checksum_in_a_zip_is_an_error_and_the_records_are_read(tmp_path: Path, method: int) -> None:
    def change(data: bytes) -> bytes:
        crc = zlib.crc32(ROWS.encode()).to_bytes(4, "little")
        return data.replace(crc, bytes(4))

    assert damaged(zip_of(method), change, tmp_path / "x.zip") == ALL


@pytest.mark.parametrize("pack", [gzip.compress, zip_of(zipfile.ZIP_DEFLATED), zip_of(zipfile.ZIP_STORED), tar_of])
def test_the_records_before_the_place_where_an_archive_is_cut_are_read(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    found = damaged(pack, lambda data: data[: len(data) // 2], tmp_path / "x")
    assert found == ALL[: len(found)]
    assert len(found) > 1000


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_an_archive_without_a_file_is_an_error(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"x.{kind}"
    if kind == "zip":
        zipfile.ZipFile(path, "w").close()
    else:
        with tarfile.open(path, "w") as archive:
            link = tarfile.TarInfo("link")
            link.type, link.linkname = tarfile.SYMTYPE, "target"
            archive.addfile(link)
    ran = netstat_parse(path)
    message = f"netstat-parse: {path}: the archive contains no file, or links and folders only\n"
    assert (ran.returncode, ran.stderr) == (2, message)


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_member_of_a_tar_has_its_whole_name(tmp_path: Path, form: int) -> None:
    names = ["a/22.txt", "é/" + "b" * 90 + "/22.txt"] + (["c" * 300] if form != tarfile.USTAR_FORMAT else [])
    with tarfile.open(tmp_path / "x.tar", "w", format=form) as archive:
        for name in names:
            member = tarfile.TarInfo(name)
            member.size = len(ROW.format(22))
            archive.addfile(member, io.BytesIO(ROW.format(22).encode()))
    ran = netstat_parse("-f", "ndjson", "--only", "connections", tmp_path / "x.tar")
    assert [json.loads(line)["source"] for line in ran.stdout.splitlines()] == [f"{tmp_path}/x.tar:{n}" for n in names]


def test_the_members_behind_a_damaged_header_are_read(tmp_path: Path) -> None:
    tarred(tmp_path / "x.tar", "w")
    data = bytearray((tmp_path / "x.tar").read_bytes())
    data[148] ^= 1
    (tmp_path / "x.tar").write_bytes(data)
    assert read_ports(tmp_path / "x.tar") == [80]


@pytest.mark.parametrize("kind", [b"L", b"x"])
def test_a_long_name_in_a_tar_is_refused_with_bounded_memory(tmp_path: Path, kind: bytes) -> None:
    header = tarfile.TarInfo("name")
    header.type, header.size = kind, 1 << 28
    with gzip.open(tmp_path / "x.tar.gz", "wb") as file:
        file.write(header.tobuf())
        file.write(b"1" * (16 << 20))
    tracemalloc.start()
    try:
        assert read_ports(tmp_path / "x.tar.gz") == []
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("text", [b"1" * 200_000, b"11 path=\n", b"99 path=a\n", b"x", b"12 size=a12\n", b"0 path=a\n"])
def test_a_damaged_pax_header_is_an_error_at_once(tmp_path: Path, text: bytes) -> None:
    header = tarfile.TarInfo("pax")
    header.type, header.size = tarfile.XHDTYPE, len(text)
    (tmp_path / "x.tar").write_bytes(header.tobuf() + text + bytes(-len(text) % 512) + tar_of(b"text"))
    started = time.process_time()
    assert read_ports(tmp_path / "x.tar") == []
    assert time.process_time() - started < 5


def test_an_xz_that_needs_too_much_memory_is_refused(tmp_path: Path) -> None:
    data = bytearray(lzma.compress(ROW.format(22).encode()))
    size = (data[12] + 1) * 4
    header = data[12 : 12 + size]
    header[header.index(b"\x21\x01") + 2] = 40  # a dictionary of 4 GiB
    header[-4:] = zlib.crc32(bytes(header[:-4])).to_bytes(4, "little")
    data[12 : 12 + size] = header
    (tmp_path / "x.xz").write_bytes(data)
    ran = netstat_parse(tmp_path / "x.xz")
    assert (ran.returncode, ran.stderr) == (
        2,
        f"netstat-parse: {tmp_path}/x.xz: broken archive: Memory usage limit exceeded\n",
    )
