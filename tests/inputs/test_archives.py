"""Folders, patterns and archives are read, with one process or several, in constant memory."""

import bz2
import gzip
import io
import json
import lzma
import os
import pty
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from support.command_line import netstat_parse
from support.stored import ROW

MANY = (ROW.format(22) * 1_000_000).encode()


def ports(ran: subprocess.CompletedProcess[str]) -> dict[str | None, list[int]]:
    """Return the ports of each printed document, by source, in the printed order."""
    documents = [json.loads(line) for line in ran.stdout.splitlines()]
    return {found["source"]: [record["local_port"] for record in found["connections"]] for found in documents}


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    for port, name in enumerate(["b/2.txt", "a.txt", "b/1.txt", "b/.hidden", ".git/config"], 1):
        path = tmp_path / "logs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ROW.format(port))
    return tmp_path / "logs"


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


def test_all_files_below_a_folder_are_read_in_order(logs: Path) -> None:
    ran = netstat_parse(logs)
    assert list(ports(ran).items()) == [(f"{logs}/a.txt", [2]), (f"{logs}/b/1.txt", [3]), (f"{logs}/b/2.txt", [1])]
    assert (ran.returncode, ran.stderr) == (0, "")


def test_all_matches_of_a_pattern_are_read(logs: Path) -> None:
    assert list(ports(netstat_parse(f"{logs}/b/*.txt"))) == [f"{logs}/b/1.txt", f"{logs}/b/2.txt"]
    assert len(ports(netstat_parse(f"{logs}/**/*.txt"))) == 3


def test_a_pattern_without_a_match_is_an_error() -> None:
    ran = netstat_parse("/nonexistent/*.txt")
    assert (ran.returncode, ran.stderr) == (2, "netstat-parse: /nonexistent/*.txt: No such file or directory\n")


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_file_is_read_under_its_own_name(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "dump.packed"
    path.write_bytes(pack(ROW.format(22).encode()))
    assert ports(netstat_parse(path)) == {str(path): [22]}


@pytest.mark.parametrize("kind", ["w:", "w:gz", "w:bz2", "w:xz"])
def test_each_file_in_a_tar_is_an_input(tmp_path: Path, kind: str) -> None:
    tarred(tmp_path / "x.tar", kind)
    path = tmp_path / "x.tar"
    assert ports(netstat_parse(path)) == {f"{path}:host/22.txt": [22], f"{path}:host/80.txt": [80]}


def test_each_file_in_a_zip_is_an_input_packed_or_not(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    zipped(path)
    assert ports(netstat_parse(path)) == {f"{path}:host/22.txt": [22], f"{path}:host/80.txt.gz": [80]}


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
    assert ports(ran) == {f"{path}:2.txt": [80]}
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"netstat-parse: {path}:1.gz: broken archive")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_broken_input_does_not_stop_the_others(logs: Path, jobs: int) -> None:
    (logs / "b" / "15.gz").write_bytes(gzip.compress(ROW.format(5).encode())[:-9])
    (logs / "b" / "16.txt").write_text("no table here\n")
    ran = netstat_parse("-j", jobs, logs)
    assert [*ports(ran).values()] == [[2], [3], [1]]
    assert ran.returncode == 2
    assert [line.split(": ")[1].rpartition("/")[2] for line in ran.stderr.splitlines()] == ["15.gz", "16.txt"]


@pytest.mark.parametrize("form", ["json", "ndjson", "table"])
def test_several_processes_print_the_same_as_one(logs: Path, form: str) -> None:
    for port in range(1, 30):
        (logs / f"{port:03}.txt").write_text(ROW.format(port) * 10)
    alone = netstat_parse("-f", form, logs)
    assert netstat_parse("-f", form, "-j0", logs).stdout == alone.stdout
    assert netstat_parse("-f", form, "--jobs", "3", logs).stdout == alone.stdout


def test_a_progress_bar_appears_if_standard_error_is_a_terminal(logs: Path) -> None:
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "netstat_parse", str(logs)]
    ran = subprocess.run(command, stdout=subprocess.PIPE, stderr=slave, env=os.environ | {"TERM": "xterm"}, check=True)
    os.close(slave)
    assert b"3/3" in os.read(master, 65536)
    assert len(ran.stdout.splitlines()) == 3
    os.close(master)


def test_a_row_from_a_pipe_is_printed_before_the_next_is_written() -> None:
    command = [sys.executable, "-m", "netstat_parse", "-f", "ndjson"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdin
        assert running.stdout
        for port in (22, 80, 443):
            running.stdin.write(ROW.format(port).encode())
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["local_port"] == port
        running.stdin.close()


def test_a_long_stream_needs_no_more_memory_than_a_short_one() -> None:
    script = (
        "import io, resource, sys, netstat_parse as np\n"
        "def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        f"row = {ROW.format(22)!r}.encode()\n"
        "for _ in np.stream(row for _ in range(2000)): pass\n"
        "before = peak()\n"
        "for _ in np.stream(row * 100 for _ in range(1000)): pass\n"
        "sys.exit(peak() - before > 10_000)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
