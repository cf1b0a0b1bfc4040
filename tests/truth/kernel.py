"""Read the kernel's tables of /proc/net, and the owners of sockets."""

from __future__ import annotations

import json
import re
import socket
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .captures import CAPTURES

UNSPECIFIED_ADDRESSES = {"0.0.0.0", "::"}


@dataclass(frozen=True)
class InetSocket:
    """One row of /proc/net/tcp, tcp6, udp ..."""

    protocol: str
    is_ipv6: bool
    local: tuple[str, int]
    remote: tuple[str, int]
    state: int
    send_q: int
    recv_q: int
    timer: int
    timer_seconds: float
    retransmits: int
    uid: int
    probes: int
    inode: int


@dataclass(frozen=True)
class UnixSocket:
    """One line of /proc/net/unix. The path is all text after the inode."""

    ref_count: int
    is_listening: bool
    type: int
    state: int
    inode: int
    path: bytes


@dataclass(frozen=True)
class Program:
    """A process and its first argument, which netstat prints as its name."""

    pid: int
    argv0: str
    uid: int


SCENE_PROGRAM = Program(1, "python3", 0)
"""The process that created the sockets of the captures, and owns all that it did not hand over.

It is not in programs_main.json.
"""


def parse_address(text: str) -> str:
    """Parse an address in the kernel's hexadecimal: 32 bit words in the byte order of the host."""
    words = [bytes.fromhex(text[n : n + 8])[::-1] for n in range(0, len(text), 8)]
    return format_address(b"".join(words))


def format_address(packed: bytes) -> str:
    return socket.inet_ntop(socket.AF_INET if len(packed) == 4 else socket.AF_INET6, packed)


def read_lines(file: Path, skip: int = 1) -> list[str]:
    """Read the lines of a table below its heading; none if the kernel does not have the table."""
    if not file.exists():
        return []
    return file.read_bytes().decode("utf-8", "surrogateescape").split("\n")[skip:-1]


@cache
def read_inet_sockets(folder: Path, table: str) -> list[InetSocket]:
    return [parse_inet_socket(table, line.split()) for line in read_lines(folder / table)]


def parse_inet_socket(table: str, words: list[str]) -> InetSocket:
    local, remote = (word.split(":") for word in words[1:3])
    send, receive = (int(word, 16) for word in words[4].split(":"))
    timer, ticks = (int(word, 16) for word in words[5].split(":"))
    return InetSocket(
        table.removesuffix("6"), table.endswith("6"),
        (parse_address(local[0]), int(local[1], 16)), (parse_address(remote[0]), int(remote[1], 16)),
        int(words[3], 16), send, receive, timer, ticks / 100, int(words[6], 16),
        int(words[7]), int(words[8]), int(words[9]),
    )  # fmt: skip


UNIX_LINE = re.compile(rb"[0-9a-f]+: (\w+) \w+ (\w+) (\w+) (\w+) +(\d+)(?: (.*))?")


@cache
def read_unix_lines(folder: Path) -> list[UnixSocket | None]:
    """Read /proc/net/unix line by line, as netstat does.

    The text after a newline in a path is a line of its own: no socket (`None`), or a forged one.
    """
    file = folder / "unix"
    found: list[UnixSocket | None] = []
    for line in file.read_bytes().split(b"\n")[1:-1] if file.exists() else []:
        match = UNIX_LINE.fullmatch(line)
        if not match:
            found.append(None)
            continue
        references, flags, kind, state = (int(number, 16) for number in match.groups()[:4])
        found.append(UnixSocket(references, bool(flags & 0x10000), kind, state, int(match[5]), match[6] or b""))
    return found


@cache
def read_programs() -> dict[int, Program]:
    """Read the owner of each socket, by inode."""
    listed = json.loads((CAPTURES / "truth" / "programs_main.json").read_text("utf-8"))
    return {inode: Program(item["pid"], item["argv0"], item["uid"]) for item in listed for inode in item["inodes"]}


def find_owner(inode: int) -> Program | None:
    """Return the owner of a socket, as root finds it."""
    if inode in INODES_WITHOUT_OWNER:
        return None
    return SCENE_PROGRAM if inode in INODES_WITH_TWO_OWNERS else read_programs().get(inode, SCENE_PROGRAM)


INODES_WITHOUT_OWNER = {0, 77777}
"""Inodes of sockets without a process: 0 for one not accepted yet or already closed, 77777 for the forged line."""

INODES_WITH_TWO_OWNERS = {305276}
"""Inodes of sockets that nginx inherited and `SCENE_PROGRAM` keeps open; netstat prints the lower process id."""


def read_counter_tables(file: Path) -> list[tuple[str, dict[str, int], int]]:
    """Read the tables of snmp and netstat: the name, the counters, and the length of the longer of the two lines."""
    rows = read_lines(file, skip=0)
    found = []
    for names, values in zip(rows[::2], rows[1::2], strict=True):
        table, _, columns = names.partition(":")
        numbers = [int(word) for word in values.partition(":")[2].split()]
        found.append((table, dict(zip(columns.split(), numbers, strict=True)), max(len(names), len(values)) + 1))
    return found


def read_snmp6(file: Path) -> dict[str, int]:
    return {name: int(value) for name, value in (line.split() for line in read_lines(file, skip=0))}


def read_devices(file: Path) -> dict[str, list[int]]:
    """Read the sixteen numbers of each interface."""
    rows = (line.rpartition(":") for line in read_lines(file, skip=2))
    return {name.strip(): [int(word) for word in numbers.split()] for name, _, numbers in rows}


def read_inet6_addresses(file: Path) -> dict[str, list[tuple[str, int, int]]]:
    """Read the IPv6 addresses of each interface: address, prefix length and scope."""
    found: dict[str, list[tuple[str, int, int]]] = {}
    for line in read_lines(file, skip=0):
        packed, _, prefix, scope, _, name = line.split()
        item = (format_address(bytes.fromhex(packed)), int(prefix, 16), int(scope, 16) & 0xF0)
        found.setdefault(name, []).append(item)
    return found


@cache
def read_links(namespace: str) -> list[dict[str, object]]:
    """Read the interfaces with their IPv4 addresses from the output of ip(8)."""
    document = json.loads((CAPTURES / "truth" / f"ip_{namespace}.json").read_text("utf-8"))
    return list(document["addr"])


def read_groups(folder: Path) -> list[tuple[str, str, int, str]]:
    """Read the family, interface, users and address of each multicast group, IPv4 first."""
    found, device = [], ""
    for line in read_lines(folder / "igmp"):
        words = line.replace(":", " ").split()
        if line.startswith("\t"):
            found.append(("ipv4", device, int(words[1]), parse_address(words[0])))
        else:
            device = words[1]
    for line in read_lines(folder / "igmp6", skip=0):
        _, device, packed, users, *_ = line.split()
        found.append(("ipv6", device, int(users), format_address(bytes.fromhex(packed))))
    return found
