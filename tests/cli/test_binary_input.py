"""Binary input is refused in one line, in every format."""

import random
import struct
import sys
import zlib
from pathlib import Path

import pytest

from netstat_parse.formats.registry import WRITERS
from support.command_line import LISTING, netstat_parse

RANDOM = random.Random(13).randbytes(20_000)
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 640, 480, 8, 6, 0, 0, 0) + zlib.compress(RANDOM)
ELF = b"\x7fELF\x02\x01\x01" + bytes(57) + RANDOM + b"Active Internet connections (w/o servers)\n\0%s:%d\n" + RANDOM
BINARIES = {"random": RANDOM, "png": PNG, "elf": ELF, "zeros": bytes(100_000), "zeros and lines": b"\0\0\0\n" * 3_000}


@pytest.mark.parametrize("name", BINARIES)
def test_binary_input_is_refused_in_one_line(name: str) -> None:
    ran = netstat_parse(text=BINARIES[name])
    message = "netstat-parse: no netstat table: the input is binary data, not text\n"
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, "", message)


@pytest.mark.parametrize("form", WRITERS)
def test_binary_input_is_one_line_on_standard_error_in_every_format(form: str) -> None:
    ran = netstat_parse("-f", form, text=ELF)
    assert (ran.returncode, ran.stderr.count("\n")) == (1, 1)


def test_the_program_that_runs_this_test_is_binary() -> None:
    ran = netstat_parse(sys.executable)
    assert (ran.returncode, ran.stderr.count("\n"), "binary" in ran.stderr) == (1, 1, True)


def test_a_file_name_stands_before_the_message(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    assert netstat_parse(tmp_path / "a.png").stderr.startswith(f"netstat-parse: {tmp_path}/a.png: no netstat table")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp850"])
def test_text_is_not_binary_in_any_encoding(encoding: str) -> None:
    ran = netstat_parse(text=("Sehr geehrte Damen und Herren,\nes läuft überhaupt nicht.\n" * 40).encode(encoding))
    assert (ran.returncode, "binary" in ran.stderr) == (1, False)


def test_a_recorded_terminal_is_not_binary() -> None:
    assert "binary" not in netstat_parse(text=b"\x1b[0m\x1b[32mok\x1b[0m\b\b \x07\r\n" * 200).stderr


def test_a_table_in_a_log_that_begins_with_zeros_is_read() -> None:
    ran = netstat_parse(text=bytes(5000) + b"\n" + LISTING.encode())
    assert (ran.returncode, '"local_port":22' in ran.stdout) == (0, True)
