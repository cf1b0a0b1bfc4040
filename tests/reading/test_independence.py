"""The result of an input is the same in any order of inputs, and in any number of threads."""

import random
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

import netstat_parse as np
from fuzz.invariants import Trickle
from support.samples import SAMPLES

COMMENTED = """\
# Active Internet connections (servers and established)
# Proto Recv-Q Send-Q Local Address               Foreign Address             State       PID/Program name
# tcp        0      0 0.0.0.0:22                  0.0.0.0:*                   LISTEN      734/sshd
# tcp        0      0 127.0.0.1:25                0.0.0.0:*                   LISTEN      900/master
"""

INTERFACES = """\
Kernel Interface table
lo: flags=73<UP,LOOPBACK,RUNNING>  mtu 65536
        inet 127.0.0.1  netmask 255.0.0.0
        loop  txqueuelen 1000  (Local Loopback)
"""

IN_PROCESS = "import sys, netstat_parse; sys.stdout.buffer.write(netstat_parse.to_json(sys.stdin.buffer.read()))"


def read(data: bytes) -> bytes:
    """Return the document, or the message of the error."""
    try:
        return np.to_json(data)
    except np.NetstatParseError as error:
        return str(error).encode()


def test_inputs_give_the_same_in_threads_and_in_any_order() -> None:
    chosen = random.Random(13).sample(sorted(SAMPLES), 80)
    inputs = [path.read_bytes() for path in chosen] + [COMMENTED.encode(), INTERFACES.encode(), b"some text\n"]
    expected = dict(zip(inputs, map(read, inputs), strict=True))
    shuffled = random.Random(31).sample(inputs * 2, len(inputs) * 2)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(read, shuffled))
    assert [data for data, document in zip(shuffled, found, strict=True) if document != expected[data]] == []


def test_an_input_gives_the_same_in_a_new_process() -> None:
    for before, data in ((INTERFACES, COMMENTED), (COMMENTED, INTERFACES)):
        alone = subprocess.run(
            [sys.executable, "-c", IN_PROCESS], input=data.encode(), capture_output=True, check=False
        )
        read(before.encode())
        assert alone.stdout == (read(data.encode()) if alone.returncode == 0 else b"")


ROW = "tcp        0      0 127.0.0.1:80            0.0.0.0:*               LISTEN      "

WINDOWS_ROW = "  TCP    1.2.3.4:5    6.7.8.9:1    "

PIECES = {
    "a program's name with a line break": f"{ROW}279/a\nb c           \n{ROW}280/x\n",
    "PIDs from the third row on": f"{WINDOWS_ROW}ESTABLISHED\n" * 2 + f"{WINDOWS_ROW}LISTENING  4\n" * 3,
    "a state of ReactOS above PIDs": (
        "  Proto  Local Address  Foreign Address  State  PID\n"
        + f"{WINDOWS_ROW}SYN_RCVD\n" * 2
        + f"{WINDOWS_ROW}LISTENING  4\n" * 3
    ),
    "networks without a router": (
        "Kernel IPX routing table\nDestination               Router Net                Router Node\n"
        + "00000001                  0000000D                  C00000000000\n" * 20
    ),
    "unknown counters": "UDP Statistics for IPv4\n\n" + "".join(f"  {label} = 1\n" for label in "abcdefghi"),
    "lines of time stamps below a command": (
        "$ netstat -t\n" + "2026-01-01 12:00:01 x y\n" * 4 + "some text here\n" * 4 + f"{ROW}\n"
    ),
}
"""Texts whose last row or line, where a block ends, could be read without those below it."""

TWO_ENCODINGS = f"{ROW}\n$ netstat -t\n{ROW}1/äöü            \n"


def read_lines(lines: Sequence[bytes], size: int) -> bytes:
    """Return the document of these lines, this many at a time."""
    return read_source(iter([b"".join(lines[at : at + size]) for at in range(0, len(lines), size)]))


def read_source(source: object) -> bytes:
    """Return the document of a source, or the message of the error."""
    try:
        return np.to_json(source)  # type: ignore[arg-type]  # any source
    except np.NetstatParseError as error:
        return str(error).encode()


@pytest.mark.parametrize("text", PIECES.values(), ids=PIECES)
def test_an_input_gives_the_same_line_by_line(text: str) -> None:
    lines = text.encode().splitlines(keepends=True)
    assert {read_lines(lines, size) for size in range(1, len(lines))} == {read(text.encode())}


@pytest.mark.parametrize("size", [1, 7, 64, 512, 4096])
def test_binary_data_gives_the_same_message_in_pieces(size: int) -> None:
    data = b"\x7fELF" + b"text of a program " * 9 + random.Random(1).randbytes(9000)
    assert read_source(Trickle(data, (size,))) == read(data) == b"no netstat table: the input is binary data, not text"


def test_a_snapshot_has_the_encoding_of_its_own_lines() -> None:
    dump = np.parse(TWO_ENCODINGS.encode())
    assert [snapshot.encoding for snapshot in dump.snapshots] == ["ascii", "utf-8"]
