"""Names become open streams, and printing and storing name an input the same."""

import gzip
import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from netstat_parse.inputs.origins import STANDARD_INPUT, Content, Origin, Unreadable, describe_error
from netstat_parse.inputs.streams import find_origins, open_inputs
from support.command_line import netstat_parse
from support.log_folder import ports_by_source
from support.stored import ROW

not_utf8 = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are Unicode there")


def query(path: Path, text: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(text).fetchall()


def opened(*names: object) -> list[tuple[str, str]]:
    """Return the name of each input with its content or its error."""
    inputs = open_inputs(find_origins(map(str, names)))
    return [(found.name, read(found)) for found in inputs]


def read(found: Content | Unreadable) -> str:
    if isinstance(found, Unreadable):
        return describe_error(found.error)
    try:
        return found.file.read().decode()
    except OSError as error:
        return describe_error(error)


def tarred(path: Path, **members: bytes) -> None:
    with tarfile.open(path, "w") as archive:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))


@pytest.fixture
def odd(tmp_path: Path) -> str:
    """Write a dump whose name is not UTF-8."""
    path = os.fsdecode(os.fsencode(tmp_path) + b"/h\xffst.txt")
    Path(path).write_text(ROW.format(22))
    return path


@not_utf8
def test_printing_and_storing_name_a_file_the_same(tmp_path: Path, odd: str) -> None:
    printed = json.loads(netstat_parse(odd).stdout)["source"]
    netstat_parse("-f", "sqlite", "-o", tmp_path / "x.db", odd)
    assert query(tmp_path / "x.db", "SELECT source, path FROM files") == [(printed, printed)]
    assert printed == f"{tmp_path}/h\\xffst.txt"


@not_utf8
def test_a_name_that_looks_like_an_escaped_one_is_another_source(tmp_path: Path, odd: str) -> None:
    literal = tmp_path / r"h\xffst.txt"
    literal.write_text(ROW.format(80))
    assert ports_by_source(netstat_parse(odd, literal)) == {
        rf"{tmp_path}/h\xffst.txt": [22],
        rf"{tmp_path}/h\\xffst.txt": [80],
    }
    netstat_parse("-f", "sqlite", "-o", tmp_path / "x.db", odd, literal)
    assert len(set(query(tmp_path / "x.db", "SELECT path FROM files"))) == 2


@not_utf8
@pytest.mark.parametrize("options", [[], ["-f", "sqlite", "-o", "x.db"]], ids=["printing", "storing"])
@pytest.mark.parametrize("text", [None, "no table here\n"], ids=["missing", "without a table"])
def test_an_error_names_the_file_as_the_records_do(tmp_path: Path, odd: str, options: list[str], text: str) -> None:
    Path(odd).unlink()
    if text is not None:
        Path(odd).write_text(text)
    ran = subprocess.run(
        [sys.executable, "-m", "netstat_parse", *options, odd], cwd=tmp_path, capture_output=True, check=False
    )
    assert ran.stderr.decode().startswith(f"netstat-parse: {tmp_path}/h\\xffst.txt: ")


def test_a_file_is_opened_with_its_origin(tmp_path: Path) -> None:
    path = tmp_path / "dump.txt"
    path.write_text("text")
    os.utime(path, ns=(0, 1_700_000_000_123_456_789))
    (found,) = open_inputs(find_origins([str(path)]))
    assert found.origin == Origin(str(path), 4, "2023-11-14T22:13:20.123456Z")


def test_an_archive_at_an_address_is_opened(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a.txt", "text")
    assert opened(f"file://{tmp_path}/x.zip") == [(f"file://{tmp_path}/x.zip:a.txt", "text")]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere://dump.txt", "Protocol not known: nowhere"),
        ("memory://nothing/dump.txt", "No such file or directory"),
        ("nothing.txt", "No such file or directory"),
        ("null\0.txt", "embedded null byte"),
    ],
)
def test_a_name_that_cannot_be_opened_does_not_stop_the_others(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "dump.txt").write_text("text")
    found = opened(name, tmp_path / "dump.txt")
    assert found == [(name, message), (f"{tmp_path}/dump.txt", "text")]


@pytest.mark.skipif(sys.platform == "win32", reason="no sh")
def test_a_closed_standard_input_is_an_error_of_one_line() -> None:
    script = f"{sys.executable} -m netstat_parse <&-"
    ran = subprocess.run(["sh", "-c", script], capture_output=True, check=False)  # noqa: S607 - any sh
    assert (ran.returncode, ran.stderr) == (2, b"netstat-parse: -: standard input is closed\n")


def test_a_file_named_like_standard_input_is_not_its_origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "-").write_text("text")
    monkeypatch.chdir(tmp_path)
    assert list(find_origins([STANDARD_INPUT])) == [Origin(STANDARD_INPUT)]


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_a_broken_file_in_an_archive_does_not_stop_the_others(tmp_path: Path, kind: str) -> None:
    members = {"1.gz": gzip.compress(b"text")[:-9], "2.txt": b"text"}
    path = tmp_path / "x"
    if kind == "tar":
        tarred(path, **members)
    else:
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in members.items():
                archive.writestr(name, data)
    (broken, message), other = opened(path)
    assert (broken, message.partition(":")[0], other) == (f"{path}:1.gz", "broken archive", (f"{path}:2.txt", "text"))


def test_after_a_bomb_the_next_file_is_read_but_not_the_rest_of_the_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in "12345":
            archive.writestr(name, bytes(10 << 20))
    (tmp_path / "b.txt").write_text(ROW.format(22))
    ran = netstat_parse(tmp_path)
    errors = ran.stderr.splitlines()
    assert [line.partition(": ")[2].partition(":")[0] for line in errors[-1:]] == [f"{tmp_path}/a.zip"]
    assert sum("refused as a bomb" in line for line in errors) == 1
    assert [json.loads(line)["source"] for line in ran.stdout.splitlines()] == [f"{tmp_path}/b.txt"]


def test_a_bomb_is_stored_as_one_unreadable_file(tmp_path: Path) -> None:
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(bytes(50 << 20)))
    netstat_parse("-f", "sqlite", "-o", tmp_path / "x.db", tmp_path / "bomb.gz")
    assert query(tmp_path / "x.db", "SELECT source, status FROM files") == [(f"{tmp_path}/bomb.gz", "unreadable")]


def test_an_input_that_cannot_be_opened_is_returned_with_its_error() -> None:
    (found,) = open_inputs([Origin("/nonexistent/dump.txt")])
    assert isinstance(found, Unreadable)


def test_a_folder_without_files_is_reported(tmp_path: Path) -> None:
    (found,) = open_inputs(find_origins([str(tmp_path)]))
    assert isinstance(found, Unreadable)
    assert str(found.error) == "an empty folder"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no /dev/zero")
@pytest.mark.parametrize("device", ["zero", "urandom", "full"])
def test_a_device_without_end_is_refused(device: str) -> None:
    assert opened(f"/dev/{device}") == [(f"/dev/{device}", "is a device, whose data may never end")]
    with Path(f"/dev/{device}").open("rb") as file:
        command = [sys.executable, "-m", "netstat_parse"]
        ran = subprocess.run(command, stdin=file, capture_output=True, timeout=60, check=False)
    assert (ran.returncode, ran.stderr) == (2, b"netstat-parse: -: is a device, whose data may never end\n")


def test_the_null_device_is_an_empty_input() -> None:
    assert opened(os.devnull) == [(os.devnull, "")]


@pytest.mark.skipif(sys.platform == "win32", reason="no terminals of POSIX")
def test_a_terminal_is_an_input() -> None:
    leader, terminal = os.openpty()
    try:
        os.write(leader, b"text\n\x04")
        assert opened(os.ttyname(terminal)) == [(os.ttyname(terminal), "text\n")]
    finally:
        os.close(leader)
        os.close(terminal)
