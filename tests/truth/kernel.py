"""The kernel's own tables, as they lie under /proc/net, and who owned which socket."""

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
    """One row of tcp, tcp6, udp ...: both ends, state by number, and the rest."""

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
    """One line of unix. The path is all that follows the inode."""

    ref_count: int
    is_listening: bool
    type: int
    state: int
    inode: int
    path: bytes


@dataclass(frozen=True)
class Program:
    """A process and the name that it shows of itself."""

    pid: int
    argv0: str
    uid: int


SCENE_PROGRAM = Program(1, "python3", 0)
"""The process that made the scene holds every socket which it gave to nobody; programs_main.json leaves it out."""


def parse_address(text: str) -> str:
    """An address in the kernel's hexadecimal, one 32 bit word after the other in the host's order."""
    words = [bytes.fromhex(text[n : n + 8])[::-1] for n in range(0, len(text), 8)]
    return format_address(b"".join(words))


def format_address(packed: bytes) -> str:
    return socket.inet_ntop(socket.AF_INET if len(packed) == 4 else socket.AF_INET6, packed)


def read_lines(file: Path, skip: int = 1) -> list[str]:
    """The lines of a table below its heading; none where the kernel has no such table."""
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
    """Line by line, as netstat reads it: a newline in a path makes a line of no socket (None), or of a forged one."""
    file = folder / "unix"
    found: list[UnixSocket | None] = []
    for line in file.read_bytes().split(b"\n")[1:-1] if file.exists() else []:
        parts = UNIX_LINE.fullmatch(line)
        if not parts:
            found.append(None)
            continue
        references, flags, kind, state = (int(part, 16) for part in parts.groups()[:4])
        found.append(UnixSocket(references, bool(flags & 0x10000), kind, state, int(parts[5]), parts[6] or b""))
    return found


@cache
def read_programs() -> dict[int, Program]:
    """Who holds a socket, by its inode."""
    listed = json.loads((CAPTURES / "truth" / "programs_main.json").read_text("utf-8"))
    return {inode: Program(item["pid"], item["argv0"], item["uid"]) for item in listed for inode in item["inodes"]}


def find_owner(inode: int) -> Program | None:
    """The process that holds a socket, as one who may look into every process finds it."""
    if inode in INODES_WITHOUT_OWNER:
        return None
    return SCENE_PROGRAM if inode in INODES_WITH_TWO_OWNERS else read_programs().get(inode, SCENE_PROGRAM)


INODES_WITHOUT_OWNER = {0, 77777}
"""A socket that no process has (yet, or any more) has no inode; 77777 is the forged one."""

INODES_WITH_TWO_OWNERS = {305276}
"""nginx's listener is a duplicate of one that the scene keeps; netstat shows the one that it finds first, the lower process id."""


def read_counter_tables(file: Path) -> list[tuple[str, dict[str, int], int]]:
    """The tables of snmp and netstat: name, counters, and how long the longer of the two lines is."""
    rows = read_lines(file, skip=0)
    found = []
    for names, values in zip(rows[::2], rows[1::2], strict=True):
        table, _, listed = names.partition(":")
        numbers = [int(word) for word in values.partition(":")[2].split()]
        found.append((table, dict(zip(listed.split(), numbers, strict=True)), max(len(names), len(values)) + 1))
    return found


def read_snmp6(file: Path) -> dict[str, int]:
    return {name: int(value) for name, value in (line.split() for line in read_lines(file, skip=0))}


def read_devices(file: Path) -> dict[str, list[int]]:
    """The sixteen figures of each interface."""
    rows = (line.rpartition(":") for line in read_lines(file, skip=2))
    return {name.strip(): [int(word) for word in figures.split()] for name, _, figures in rows}


def read_inet6_addresses(file: Path) -> dict[str, list[tuple[str, int, int]]]:
    """Address, prefix length and scope of each interface's IPv6 addresses."""
    found: dict[str, list[tuple[str, int, int]]] = {}
    for line in read_lines(file, skip=0):
        packed, _, prefix, scope, _, name = line.split()
        item = (format_address(bytes.fromhex(packed)), int(prefix, 16), int(scope, 16) & 0xF0)
        found.setdefault(name, []).append(item)
    return found


@cache
def read_links(namespace: str) -> list[dict[str, object]]:
    """The interfaces with their IPv4 addresses, as ip(8) shows them."""
    shown = json.loads((CAPTURES / "truth" / f"ip_{namespace}.json").read_text("utf-8"))
    return list(shown["addr"])


def read_groups(folder: Path) -> list[tuple[str, str, int, str]]:
    """Family, interface, users and address of each multicast group, IPv4 first."""
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
