"""Prefixes and suffixes that other tools add to each line are stripped, and change nothing of what is read."""

import random
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netstat_parse import Dump, NetstatParseError, parse
from netstat_parse.decode.text import decode
from netstat_parse.escapes.undo import undo
from netstat_parse.reading.prefix_stripper import PrefixStripper
from netstat_parse.reading.recognizer import TableRecognizer

HEADINGS = "Proto Recv-Q Send-Q Local Address           Foreign Address         State      \n"
ROW = "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN     \n"
OTHER_ROW = "tcp        0      0 192.0.2.7:25            0.0.0.0:*               LISTEN     \n"
TITLE = "Active Internet connections (only servers)\n"
TABLE = TITLE + HEADINGS + ROW
COUNTERS = "Ip:\n    5 total packets received\n    1 forwarded\n"
ROUTES = (
    "Kernel IP routing table\n"
    "Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n"
    "0.0.0.0         10.0.0.1        0.0.0.0         UG        0 0          0 eth0\n"
)
SAMPLES = Path(__file__).parents[2] / "samples"
RECOGNIZER = TableRecognizer()
SURROUNDED = [
    "linux/net-tools-2.10.debian-12.an.txt",
    "linux/net-tools-2.10.debian-12.6rn-peer.txt",
    "linux/net-tools-2.10.debian-12.s.txt",
    "linux/net-tools-2.10.debian-12.ie-peer.txt",
    "linux/net-tools-2.10.debian-12.axp.txt",
    "windows/windows-xp.en.r.cp437.txt",
]
MARKS = ["+ ", "+", "-", "- ", "// ", "; ", "# ", "#", "* ", "| "]
Decoration = Callable[[int, str], str]


def mark_line(mark: str, _: int, line: str) -> str:
    return mark + line


DECORATIONS: dict[str, Decoration] = {
    "quoted": lambda _, line: f"> {line}" if line else ">",
    "quoted twice": lambda _, line: f"> > {line}" if line else "> >",
    "quoted by markup": lambda _, line: f"&gt; {line}",
    "numbered by cat": lambda number, line: f"{number:6}\t{line}",
    "numbered by an editor": lambda number, line: f"{number:4}: {line}",
    "numbered in a column": lambda number, line: f"{number:4} {line}",
    "numbered by grep": lambda number, line: f"{number}:{line}",
    "numbered by find": lambda number, line: f"[{number}]{line}",
    "named by grep": lambda _, line: f"logs/host-1.txt:{line}",
    "named and numbered by grep": lambda number, line: f"logs/host-1.txt:{number}:{line}",
    "named around a match by grep": lambda number, line: f"host-1.txt-{number}-{line}",
    "named by findstr": lambda _, line: f"C:\\logs\\host-1.txt:{line}",
    "coloured": lambda _, line: f"\x1b[01;32m{line}\x1b[0m" if line else line,
    "stamped": lambda number, line: f"2024-05-06T07:08:{number % 60:02}.123Z {line}",
    "stamped by a clock": lambda number, line: f"[07:08:{number % 60:02}] {line}",
    "stamped in English": lambda number, line: f"12/15/2017 9:45:{number % 60:02} PM {line}",
    "stamped in German": lambda number, line: f"15.12.2017 21:45:{number % 60:02} {line}",
    "stamped by a web server": lambda number, line: f"[15/Dec/2017:21:45:{number % 60:02} +0000] {line}",
    "stamped with an epoch": lambda number, line: f"{1513374314 + number} {line}",
    "in a column": lambda number, line: f"2017-12-15 21:45:{number % 60:02} | 1330 | {line}",
    "in a Java log": lambda number, line: f"2017-12-15 21:45:14,{number % 1000:03} INFO {line}",
    "in a container log": lambda number, line: f"2017-12-15T21:45:14.{number:09}Z stdout F {line}",
    "in syslog": lambda number, line: f"May  6 07:08:{number % 60:02} host1 report[12]: {line}",
    "in syslog with a priority": lambda number, line: f"<30>Dec {number % 28 + 1:2} 21:45:14 host1 report: {line}",
    "by docker compose": lambda _, line: f"web_1  | {line}",
    "by kubectl": lambda _, line: f"[pod/web-1/nginx] {line}",
    "by fabric": lambda _, line: f"[10.0.0.5] out: {line}",
    "by pdsh": lambda _, line: f"host1: {line}",
    "in key and value": lambda _, line: f"level=info msg={line}",
    "in a string of a log": lambda number, line: f'time="21:45:{number % 60:02}" level=info msg="{line}"',
    "in a list of strings": lambda _, line: f'    "{line}",',
    "in calls": lambda _, line: f"print('{line}')",
    "invented": lambda number, line: f"@@ job:{number} <<out>> {line}",
    "words": lambda _, line: f"my tool writes: {line}",
    "highlighted": lambda _, line: f"=={line}==",
    "emphasized": lambda _, line: f"**{line}**",
    "framed": lambda _, line: f"| {line:100} |",
    "with line ends made visible": lambda _, line: f"{line}$",
    "continued": lambda _, line: f"{line}\\",
    **{f"marked {mark}": partial(mark_line, mark) for mark in MARKS},
}


def plain_text(sample: str) -> str:
    return (SAMPLES / sample).read_bytes().decode(errors="replace").replace("\r\n", "\n").replace("\0", "")


def decorate(decoration: Decoration, text: str) -> str:
    lines = text.removesuffix("\n").split("\n")
    return "".join(f"{decoration(number, line)}\n" for number, line in enumerate(lines, 1))


def facts(text: str) -> dict[str, Any]:
    """The records, without line numbers and texts, time stamps and origins."""
    try:
        document = parse(text).model_dump(mode="json", exclude={"lines"})
    except NetstatParseError:
        return {}
    for records in document.values():
        for record in records if isinstance(records, list) else ():
            for name in ("captured_at", "origin", "text", "line", "first_line", "last_line", "column"):
                record.pop(name, None)
    return document


cached_facts = cache(facts)


@pytest.mark.parametrize("sample", SURROUNDED)
@pytest.mark.parametrize("decoration", DECORATIONS.values(), ids=list(DECORATIONS))
def test_a_decoration_of_each_line_changes_nothing(decoration: Decoration, sample: str) -> None:
    text = plain_text(sample)
    assert facts(decorate(decoration, text)) == cached_facts(text)


marks = st.text("#*+-/;>|~!@%^&=:.<>[]{}", min_size=1, max_size=3)
numbers = st.sampled_from(["{n}", "[{n}]", "{n}.", "00:{n}:07", "2024-05-06 07:08:{n}", "({n})", "<{n}>"])
names = st.sampled_from(["[web1]", "out", "web1 app[{n}]:", "job-7/a", "INFO", "Main:"])
invented = st.lists(st.one_of(marks, numbers, names), min_size=1, max_size=4).map(" ".join)


@settings(max_examples=60)
@given(
    prefix=invented,
    blank=st.sampled_from([" ", "\t", "  "]),
    sample=st.sampled_from(SURROUNDED),
    above=st.sampled_from(["", "Some text above.\n\n"]),
    below=st.sampled_from(["", "\nThe text goes on.\n"]),
)
def test_an_invented_prefix_changes_nothing(prefix: str, blank: str, sample: str, above: str, below: str) -> None:
    text = plain_text(sample)
    decorated = decorate(lambda number, line: prefix.replace("{n}", str(number)) + blank + line, text)
    assert facts(above + decorated + below) == cached_facts(text)


class Pieces:
    """A file whose reads return text in pieces."""

    def __init__(self, data: bytes, sizes: Callable[[], int]) -> None:
        self.data = data
        self.sizes = sizes

    def read(self, _: int, /) -> bytes:
        size = self.sizes()
        piece, self.data = self.data[:size], self.data[size:]
        return piece


def stripped_lines(data: bytes, sizes: Callable[[], int]) -> list[tuple[int, str | None, str, str | None]]:
    """The number, origin, text and original of each line."""
    found = []
    for block in PrefixStripper(RECOGNIZER).strip_all(undo(decode(Pieces(data, sizes), "utf-8", {}))):
        lines = block.text.removesuffix("\n").split("\n")
        for number, line in zip(block.numbers, lines, strict=True):
            found.append((number, block.origin, line, block.originals.get(number)))
    return found


FOREIGN = [
    "some text",
    "web2 | hello",
    "",
    "Jun 1 10:00:00 h kernel: x",
    "web1 | CHANGED | rc=0 >>",
    "==> a.txt <==",
    "-" * 16,
    "host1",
]


@pytest.mark.parametrize("seed", range(40))
def test_pieces_of_any_size_give_the_same_lines(seed: int) -> None:
    chance = random.Random(seed)
    lines: list[str] = []
    for _ in range(chance.randint(1, 4)):
        decoration = chance.choice(list(DECORATIONS.values())) if chance.random() < 0.7 else partial(mark_line, "")
        sample = plain_text(chance.choice(SURROUNDED)).split("\n")
        begin = chance.randrange(len(sample))
        for line in sample[begin : begin + chance.randint(1, 40)]:
            lines.append(decoration(len(lines), line))
            if chance.random() < 0.1:
                lines.append(chance.choice(FOREIGN))
    data = "\n".join(lines).encode()
    whole = stripped_lines(data, lambda: 1 << 16)
    assert stripped_lines(data, lambda: 1) == whole
    assert stripped_lines(data, lambda: chance.choice((3, 50, 400))) == whole


def test_a_row_that_needs_no_stripping_passes_at_once() -> None:
    blocks = undo(decode(iter([TITLE, HEADINGS, ROW, OTHER_ROW]), None, {}))
    stripper = PrefixStripper(RECOGNIZER).strip_all(blocks)
    assert [next(stripper).text for _ in range(4)] == [TITLE, HEADINGS, ROW, OTHER_ROW]


def test_foreign_lines_stay_as_they_are() -> None:
    lines = [
        "2017-12-15 21:45:14,123 INFO [main] com.example.Server - tcp listener on 192.0.2.7:22 is up",
        "Dec 15 21:45:14 web1 sshd[12]: Accepted publickey for root from 192.0.2.9 port 50000 ssh2",
        "ipv4     2 tcp      6 431999 ESTABLISHED src=192.0.2.7 dst=192.0.2.8 sport=1 dport=2",
        "the report says: tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN",
        "# Tcp:",
        "see Active Connections",
    ] * 3
    assert {original for *_, original in stripped_lines("\n\n\n\n\n\n\n".join(lines).encode(), lambda: 999)} == {None}


def origins(text: str) -> list[tuple[str | None, list[int]]]:
    """The origin of each snapshot with the local ports of its connections."""
    dump: Dump = parse(text)
    return [
        (snapshot.origin, [c.local_port for c in dump.connections if c.snapshot == snapshot.index and c.local_port])
        for snapshot in dump.snapshots
    ]


@pytest.mark.parametrize(
    "prefix", ["{} | ", "[{}] ", "Dec 15 21:45:14 {} mon[12]: ", "{}: ", "[{}] out: ", "{}    | 21:45:14 "]
)
def test_mixed_lines_of_two_origins_are_two_snapshots(prefix: str) -> None:
    first, second = (
        [prefix.format(name) + line for line in (TITLE, HEADINGS, row)]
        for name, row in (("web1", ROW), ("db_2", OTHER_ROW))
    )
    mixed = "".join(line for pair in zip(first, second, strict=True) for line in pair)
    assert [(origin and origin.split()[0], ports) for origin, ports in origins(mixed)] == [
        ("web1", [22]),
        ("db_2", [25]),
    ]


@pytest.mark.parametrize(
    "header",
    ["{} | CHANGED | rc=0 >>", "[1] 21:45:14 [SUCCESS] {}", "==> {} <==", "---------- {}", "-- {} --", ":::: {} ::::",
     f"{'-' * 16}\n{{}}\n{'-' * 16}"],
)  # fmt: skip
def test_a_header_names_the_origin_of_the_lines_below(header: str) -> None:
    text = f"{header.format('web1')}\n{ROW}{header.format('web2')}\n{OTHER_ROW}{header.format('web1')}\n{ROW}"
    found = [(origin, ports) for origin, ports in origins(text) if ports]
    assert found[:2] == [("web1", found[0][1]), ("web2", [25])]
    assert [port for _, ports in found for port in ports].count(22) == 2


def test_a_line_of_another_program_does_not_interrupt_a_table() -> None:
    logged = [f"Jun  1 10:00:00 h mon: {line}" for line in (HEADINGS, ROW, OTHER_ROW)]
    logged.insert(2, "Jun  1 10:00:00 h kernel: [123.4] usb 1-1: new device found\n")
    dump = parse("".join(logged))
    assert [connection.local_port for connection in dump.connections] == [22, 25]
    assert (dump.diagnostics, dump.lines.foreign) == ([], 1)


def test_lines_of_a_diff_are_read() -> None:
    rows = [ROW.replace(":22 ", f":{port} ") for port in (21, 22, 23, 24)]
    text = "".join(sign + row for sign, row in zip(("", "-", "+", " "), rows, strict=True))
    assert [connection.local_port for connection in parse(HEADINGS + text).connections] == [21, 22, 23, 24]


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


@pytest.mark.parametrize("beginning", ["[9] ", '"', "x ", "# "])
@pytest.mark.parametrize(
    "repeated",
    [" ", "\t", "1", "a", ":", "[", "a ", "1 ", "1:", "a:", "/", '"', "$", "=", "# ", "tcp ", "1.1.1.1 ", "::1/"],
)
def test_a_long_line_takes_linear_time(beginning: str, repeated: str) -> None:
    for line in (beginning + repeated * 100_000, beginning + ROW.rstrip() + repeated * 100_000):
        begin = time.process_time()
        stripped_lines(f"{beginning}{ROW}{line}\n{line}".encode(), lambda: 1 << 20)
        assert time.process_time() - begin < 2


@pytest.mark.parametrize("unit", ["a", "a.", "1-", "[", "a:1", "é "])
def test_long_prefixes_that_differ_take_little_time(unit: str) -> None:
    rows = "".join(f"{(f'x{number}' + unit * 300)[:298]} {ROW.rstrip()}\n" for number in range(100))
    begin = time.process_time()
    stripped_lines(rows.encode(), lambda: 1 << 20)
    assert time.process_time() - begin < 5


def test_a_pid_and_a_name_take_linear_time() -> None:
    begin = time.process_time()
    stripped_lines(f"{ROW}{'1/' * 10_000} \nx\n".encode(), lambda: 1 << 20)
    assert time.process_time() - begin < 1


@pytest.mark.parametrize("table", [TABLE, COUNTERS])
@pytest.mark.parametrize(
    "tags",
    [
        ["[req-003dde] ", "[req-103dd1] ", "[req-203dd2] ", "[req-303dd3] ", "[req-403dd4] "],
        ["[worker-0] ", "[worker-1] ", "[worker-0] ", "[worker-1] "],
        [
            "2026-11-28 12:00:01 [pool-1-thread-7] ",
            "2026-11-28 12:00:02 [pool-1-thread-2] ",
            "2026-11-28 12:00:02 [pool-1-thread-3] ",
        ],
    ],
)
def test_a_tag_that_differs_within_a_table_is_no_origin(tags: list[str], table: str) -> None:
    lines = table.splitlines()
    dump = parse("".join(f"{tag}{line}\n" for tag, line in zip(tags, lines, strict=False)))
    assert [one.origin for one in dump.snapshots] == [None]
    assert dump.lines.foreign == 0


@pytest.mark.parametrize("table", [TABLE, COUNTERS])
def test_mixed_lines_of_two_hosts_in_brackets_have_two_origins(table: str) -> None:
    dump = parse("".join(f"[{host}] {line}\n" for line in table.splitlines() for host in ("web1", "web2")))
    assert [one.origin for one in dump.snapshots] == ["web1", "web2"]
    assert dump.lines.foreign == 0


@pytest.mark.parametrize("table", [TABLE, COUNTERS, ROUTES])
@pytest.mark.parametrize(
    ("form", "names"),
    [
        ('{{"ts":"2026-11-28T12:00:0{number}Z","host":"{host}","message":"{line}"}}', ["web1", "web2"]),
        ('{{"host":{{"name":"{host}"}},"message":"{line}"}}', ["web1", "web2"]),
        ('ts=2026-11-28T12:00:0{number}Z host={host} msg="{line}"', ["web1", "web2"]),
        ("2026-11-28T12:00:0{number}.123456+00:00 {host}: {line}", ["app[web.1]", "app[web.2]"]),
        ("0|{host}  | {line}", ["api", "worker"]),
        ("{host} {line}", ["web-7d9f api", "web-8c1a api"]),
        ("{host} | {line}", ["10.0.0.1", "10.0.0.2"]),
        ("{host}\t{line}", ["web1", "web2"]),
        ("{host}  | {line}", ["db-1", "web-1"]),
        ("Mar  3 04:00:0{number} {host}[812]: {line}", ["web1 netmon", "web2 netmon"]),
    ],
)
def test_mixed_lines_of_two_hosts_are_two_snapshots(form: str, names: list[str], table: str) -> None:
    lines = [
        form.format(host=host, line=line, number=number)
        for number, line in enumerate(table.splitlines())
        for host in names
    ]
    dump = parse("".join(f"{line}\n" for line in lines))
    assert [(one.origin, one.first_line) for one in dump.snapshots] == [(names[0], 1), (names[1], 2)]
    assert dump.lines.foreign == 0
    assert all((one.captured_at is not None) == ("04:00" in lines[0] or "12:00" in lines[0]) for one in dump.snapshots)


@pytest.mark.parametrize("header", ["=== {} ===", "--- {} ---", "*** {} ***", "# {}", "Host: {}", "##### {} #####"])
def test_a_header_of_a_script_divides_snapshots(header: str) -> None:
    dump = parse("".join(f"{header.format(host)}\n{TABLE}" for host in ("web1", "web2")))
    assert [(one.origin, one.first_line) for one in dump.snapshots] == [("web1", 2), ("web2", 6)]


@pytest.mark.parametrize("table", [TABLE, COUNTERS, ROUTES])
@pytest.mark.parametrize(
    "marks",
    [
        ["+", " ", "-", " "],
        ["+ ", "  ", "- ", "  "],
        ["> ", "> > ", "> "],
        ["> > ", "> ", "> "],
        [">", "> >", ">"],
        ["7-", "8:", "9-", "10:"],
        ["a.txt-7-", "a.txt:8:", "a.txt-9-", "a.txt:10:"],
    ],
)
def test_one_tool_writes_several_prefixes(marks: list[str], table: str) -> None:
    lines = table.splitlines(keepends=True)
    text = "".join(f"{mark}{line}" for mark, line in zip(marks * 2, lines, strict=False))
    plain, dump = parse(table), parse(text)
    assert dump.lines == plain.lines
    assert [len(dump.connections), len(dump.routes), len(dump.counters)] == [
        len(plain.connections), len(plain.routes), len(plain.counters)
    ]  # fmt: skip
