"""Prefixes that other tools add before each line are stripped, and change nothing of what is read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from netstat_parse import parse

HEADINGS = "Proto Recv-Q Send-Q Local Address           Foreign Address         State      \n"
ROW = "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN     \n"
TABLE = "Active Internet connections (only servers)\n" + HEADINGS + ROW
SAMPLES = Path(__file__).parents[2] / "samples"
SURROUNDED = [
    "linux/net-tools-2.10.debian-12.an.txt",
    "linux/net-tools-2.10.debian-12.6rn-peer.txt",
    "linux/net-tools-2.10.debian-12.s.txt",
    "linux/net-tools-2.10.debian-12.ie-peer.txt",
    "linux/net-tools-2.10.debian-12.axp.txt",
    "windows/windows-xp.en.r.cp437.txt",
]
PREFIXES: dict[str, Callable[[int, str], str]] = {
    "quoted": lambda _, line: f"> {line}" if line else ">",
    "quoted twice": lambda _, line: f"> > {line}" if line else "> >",
    "numbered by cat": lambda number, line: f"{number:6}\t{line}",
    "numbered by an editor": lambda number, line: f"{number:4}: {line}",
    "numbered by grep": lambda number, line: f"{number}:{line}",
    "named by grep": lambda _, line: f"logs/host-1.txt:{line}",
    "named by findstr": lambda _, line: f"C:\\logs\\host-1.txt:{line}",
    "coloured": lambda _, line: f"\x1b[01;32m{line}\x1b[0m" if line else line,
    "stamped": lambda number, line: f"2024-05-06T07:08:{number % 60:02}.123Z {line}",
    "in syslog": lambda number, line: f"May  6 07:08:{number % 60:02} host1 report[12]: {line}",
}


def facts(text: str) -> dict[str, Any]:
    """The records, without line texts, time stamps and origins."""
    document = parse(text).model_dump(mode="json", exclude={"lines"})
    for records in document.values():
        for record in records if isinstance(records, list) else ():
            record.pop("captured_at", None)
            record.pop("origin", None)
            record.pop("text", None)
    return document


@pytest.mark.parametrize("sample", SURROUNDED)
@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=list(PREFIXES))
def test_a_prefix_before_each_line_changes_nothing(prefix: Callable[[int, str], str], sample: str) -> None:
    text = (SAMPLES / sample).read_bytes().decode(errors="replace").replace("\r\n", "\n").replace("\0", "")
    lines = text.removesuffix("\n").split("\n")
    assert facts("".join(f"{prefix(number, line)}\n" for number, line in enumerate(lines, 1))) == facts(text)


def test_a_diagnostic_has_the_line_with_its_prefix() -> None:
    found = parse("> " + "\n> ".join(TABLE.splitlines()) + "\n> tcp        0      0 10.0.0.1:22\n").diagnostics[0]
    assert (found.text, found.column) == ("> tcp        0      0 10.0.0.1:22", 34)


def test_an_address_is_not_a_line_number() -> None:
    routes = parse(
        "Kernel IPv6 routing table\n"
        "Destination                    Next Hop                   Flag Met Ref Use If\n"
        "1:db8::/32                     ::                         U    256 1     0 eth0\n"
        "2:db8::/32                     ::                         U    256 1     0 eth0\n"
        "3:db8::/32                     ::                         U    256 1     0 eth0\n"
    ).routes
    assert [route.destination for route in routes] == ["1:db8::/32", "2:db8::/32", "3:db8::/32"]


def test_a_colour_in_the_name_of_a_program_is_part_of_it() -> None:
    row = "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN      281/\x1b[31mred\n"
    assert parse(row).connections[0].program == "\x1b[31mred"


def test_a_colour_that_ends_is_not_part_of_a_name() -> None:
    row = "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN      281/\x1b[31msshd\x1b[m\n"
    assert parse(row).connections[0].program == "sshd"
