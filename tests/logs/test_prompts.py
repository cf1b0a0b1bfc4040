"""What stands around netstat's output in a log: it is told apart, and changes nothing of what is read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from netstat_parse import parse
from netstat_parse.logs import rulers, timestamps

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
    """What was read, without where it stood."""
    document = parse(text).model_dump(mode="json", exclude={"lines"})
    for records in document.values():
        for record in records if isinstance(records, list) else ():
            record.pop("captured_at", None)
            record.pop("text", None)
    return document


@pytest.mark.parametrize("sample", SURROUNDED)
@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=list(PREFIXES))
def test_what_others_write_before_each_line_changes_nothing(prefix: Callable[[int, str], str], sample: str) -> None:
    text = (SAMPLES / sample).read_bytes().decode(errors="replace").replace("\r\n", "\n").replace("\0", "")
    lines = text.removesuffix("\n").split("\n")
    assert facts("".join(f"{prefix(number, line)}\n" for number, line in enumerate(lines, 1))) == facts(text)


@pytest.mark.parametrize(
    ("line", "command"),
    [
        (r"C:\Users\x>netstat -ano", "netstat -ano"),
        (r"PS C:\> netstat -ano | findstr 22", "netstat -ano | findstr 22"),
        ("root@h:~# netstat -tulpn", "netstat -tulpn"),
        ("[user@host ~]$ sudo netstat -rn", "sudo netstat -rn"),
        ("$ netstat", "netstat"),
        ("/ # busybox netstat -rn", "busybox netstat -rn"),
        ("~ $ netstat -an", "netstat -an"),
        ("bash-5.1$ /bin/netstat -s", "/bin/netstat -s"),
        ("router:~ # netstat -tpna | grep proxy", "netstat -tpna | grep proxy"),
        ("└─$ netstat -an", "netstat -an"),
        ("(venv) me@h ~ % cd /tmp; netstat -an", "cd /tmp; netstat -an"),
        ("===== netstat -s =====", "netstat -s"),
        ("### netstat -rn", "netstat -rn"),
        ("--- web3: netstat -tln ---", "netstat -tln"),
        ("+ netstat -an", "netstat -an"),
        ("Command: netstat -an", "netstat -an"),
        ("netstat -ano", "netstat -ano"),
        ("C:\\>route print", "route print"),
    ],
)
def test_a_command_line_is_known_by_its_prompt_or_ruler(line: str, command: str) -> None:
    assert parse(f"{line}\n{ROW}").snapshots[0].command == command


@pytest.mark.parametrize(
    "line",
    [
        r"C:\>ipconfig /all",
        "$ ip route",
        "root@h:~# man netstat",
        "$ grep netstat log.txt",
        "# which netstat",
        "==> a.txt <==",
    ],
)
def test_another_command_ends_the_snapshot(line: str) -> None:
    dump = parse(f"$ netstat -tl\n{ROW}{line}\n{ROW}")
    assert [snapshot.command for snapshot in dump.snapshots] == ["netstat -tl", None]


@pytest.mark.parametrize(
    "line",
    [
        "2024-05-06T07:08:09Z",
        "2024-05-06 07:08:09,123",
        "Mon May  6 07:08:09 UTC 2024",
        "Mon May  6 07:08:09 AM CEST 2024",
        "May  6 07:08:09",
        "Mon 05/06/2024  9:10 AM",
        "06.05.2024 09:10:11,12",
    ],
)
@pytest.mark.parametrize(
    "place", ["{0}\n", "===== {0} =====\n\n", "# report of {0}\n$ netstat -tl\n", "[{0}] $ netstat\n"]
)
def test_a_time_stamp_beside_a_table_is_kept_as_it_is_written(line: str, place: str) -> None:
    assert parse(place.format(line) + TABLE).snapshots[0].captured_at == line


def test_date_and_time_of_windows_are_one_time_stamp() -> None:
    log_text = "C:\\>date /t\nMon 05/06/2024 \n\nC:\\>time /t\n09:10 AM\n\nC:\\>netstat -an\n" + TABLE
    assert parse(log_text).snapshots[0].captured_at == "Mon 05/06/2024 09:10 AM"


def test_a_time_stamp_far_above_a_table_is_not_told_of_it() -> None:
    assert (
        parse("2024-05-06T07:08:09Z\n" + "some text\n" * timestamps.MAX_LINES_APART + TABLE).snapshots[0].captured_at
        is None
    )


def test_a_time_stamp_is_told_of_one_snapshot() -> None:
    times = [snapshot.captured_at for snapshot in parse("2024-05-06T07:08:09Z\n" + ROW + "$ netstat\n" + ROW).snapshots]
    assert times == ["2024-05-06T07:08:09Z", None]


@pytest.mark.parametrize(
    "line", ["...", "```", "```console", "~~~", "[code]", "<pre>", "[...]", "<<<<<<< HEAD", "=======", "^C", "--More--"]
)
def test_a_line_that_divides_is_foreign_within_a_table(line: str) -> None:
    dump = parse(TABLE + f"{line}\n" + ROW)
    assert (dump.lines.foreign, dump.lines.unparsed, len(dump.connections), len(dump.snapshots)) == (1, 0, 2, 1)
    assert rulers.is_ruler(line)


def test_a_diagnostic_shows_the_line_as_it_was_written() -> None:
    found = parse("> " + "\n> ".join(TABLE.splitlines()) + "\n> tcp        0      0 10.0.0.1:22\n").diagnostics[0]
    assert (found.text, found.column) == ("> tcp        0      0 10.0.0.1:22", 34)


def test_an_address_is_no_line_number() -> None:
    routes = parse(
        "Kernel IPv6 routing table\n"
        "Destination                    Next Hop                   Flag Met Ref Use If\n"
        "1:db8::/32                     ::                         U    256 1     0 eth0\n"
        "2:db8::/32                     ::                         U    256 1     0 eth0\n"
        "3:db8::/32                     ::                         U    256 1     0 eth0\n"
    ).routes
    assert [route.destination for route in routes] == ["1:db8::/32", "2:db8::/32", "3:db8::/32"]


def test_a_colour_in_the_name_of_a_program_is_its_own() -> None:
    row = "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN      281/\x1b[31mred\n"
    assert parse(row).connections[0].program == "\x1b[31mred"


def test_a_colour_that_ends_is_no_part_of_a_name() -> None:
    row = "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN      281/\x1b[31msshd\x1b[m\n"
    assert parse(row).connections[0].program == "sshd"
