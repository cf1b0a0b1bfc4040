"""Text of other programs below and between the rows of a table is foreign: it is neither a damaged row nor a row."""

import pytest

from netstat_parse import NetstatParseError, parse
from netstat_parse.schema.dump import Dump
from support.ordinary_text import KINDS, make_text
from support.samples import ROOT

LINES = 300

TABLES = {
    "an": "linux/net-tools-2.10.debian-12.an",
    "anp": "linux/net-tools-2.10.debian-12.pt-BR.anp",
    "x": "linux/net-tools-2.10.debian-12.axp",
    "rn": "linux/net-tools-git-2026.rn",
    "r": "linux/net-tools-2.10.debian-12.r",
    "6rn": "linux/net-tools-1.60.rhel-5.A-inet6-rn",
    "i": "linux/net-tools-2.10.debian-12.in",
    "ie": "linux/net-tools-git-2026.ie",
    "g": "linux/net-tools-2.10.debian-12.g",
    "s": "linux/net-tools-2.10.debian-12.s",
    "M": "linux/net-tools-git-2018.debian-10.invented-legacy.M",
    "Windows ano": "windows/windows-10.en.ano.utf-8",
    "Windows b": "windows/windows-10.en.b.utf-8",
    "Windows r": "windows/windows-10.en.r.utf-8",
    "Windows e": "windows/windows-10.en.e.utf-8",
    "Windows s": "windows/windows-10.en.s.utf-8",
}

FALSE_ALARMS = {"unparsed-line", "truncated-row", "unread-table", "possible-row"}


def count_faults(dump: Dump) -> int:
    return sum(found.code in FALSE_ALARMS for found in dump.diagnostics)


def list_faults(dump: Dump) -> list[str]:
    return [
        f"{found.code}: {found.text!r}: {found.message}" for found in dump.diagnostics if found.code in FALSE_ALARMS
    ]


def read(table: str) -> str:
    return (ROOT / "samples" / f"{TABLES[table]}.txt").read_text("utf-8", "replace")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("table", TABLES)
def test_text_below_a_table_is_foreign(table: str, kind: str) -> None:
    text = read(table).rstrip() + "\n"
    alone, noise = parse(text), make_text(kind, LINES)
    for between in ("", "\n"):
        dump = parse(text + between + noise)
        assert list_faults(dump)[count_faults(alone) :][:5] == []
        assert dump.lines.records == alone.lines.records


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("table", TABLES)
def test_text_between_two_rows_is_foreign(table: str, kind: str) -> None:
    text = read(table).rstrip() + "\n"
    above, _, last = text.removesuffix("\n").rpartition("\n")
    alone = parse(text)
    dump = parse(f"{above}\n{make_text(kind, LINES)}{last}\n")
    assert list_faults(dump)[count_faults(alone) :][:5] == []


@pytest.mark.parametrize(
    ("table", "row", "code"),
    [
        ("x", "unix  2      [ ]         STREAM", "truncated-row"),
        ("rn", "10.0.0.0        10.1.2.3        255.0", "truncated-row"),
        ("rn", "10.0.0.0        10.1.2.3        255.0.0.0       ??        0 0          0 eth0", "unparsed-line"),
        ("g", "eth0            1", "truncated-row"),
        ("i", "eth9             1500       28      0", "truncated-row"),
        (
            "i",
            "eth9             1500       28      x      0 0            97      0      0      0 BMRU",
            "unparsed-line",
        ),
        ("M", "tcp   9:59.99 10.0.0.2", "unparsed-line"),
        ("Windows ano", "  TCP    0.0.0.0:135            0.0.0.0", "unparsed-line"),
    ],
)
def test_a_damaged_row_below_a_table_is_reported(table: str, row: str, code: str) -> None:
    text = read(table).rstrip() + "\n"
    (found,) = list_faults(parse(f"{text}{row}\n"))[count_faults(parse(text)) :]
    assert found.startswith(f"{code}: {row!r}")


GROUPS = """\
IPv6/IPv4 Group Memberships
Interface       RefCnt Group
--------------- ------ ---------------------
lo              1      224.0.0.1
"""

OWNED = """
Active Connections

  Proto  Local Address          Foreign Address        State           PID
  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1712
"""

COUNTERS = "Tcp:\n    5 active connection openings\n    6 passive connection openings\n"


@pytest.mark.parametrize("line", ["echoes 7/tcp", "commit 3602aca0277", "click 1.2.4", "Running 5 tests"])
def test_a_group_is_a_multicast_address_or_a_name_behind_a_number(line: str) -> None:
    assert len(parse(f"{GROUPS}{line}\n").multicast_groups) == 1


@pytest.mark.parametrize("group", ["all-systems.mcast.net", "all-systems", "allnodes", "ff02::1", "239.1.2.3"])
def test_the_name_of_a_group_is_read(group: str) -> None:
    assert parse(f"{GROUPS}{'eth0':<15} 1      {group}\n").multicast_groups[1].group == group


@pytest.mark.parametrize(
    "text", ["rc: 0\n", "Total: 12\nPassed: 10\n", "     rx_packets: 5\n", "    100000    4   tcp\n"]
)
def test_lines_without_the_indent_or_the_form_of_counters_are_none(text: str) -> None:
    assert len(parse(COUNTERS + text).counters) == 2


def test_a_sentence_below_a_title_that_is_no_counter_does_not_make_it_one() -> None:
    with pytest.raises(NetstatParseError):
        parse("Tcp:\n    it is 3 o'clock\n")


@pytest.mark.parametrize(
    ("text", "program"),
    [
        ("[server]\nport = 80\n", None),
        ("\n[server]\nport = 80\n", None),
        (" [System]\nport = 80\n", "System"),
        ("[System]\n", "System"),
        ("[svchost.exe]\nport = 80\n", "svchost.exe"),
    ],
)
def test_a_section_of_settings_is_no_owner(text: str, program: str | None) -> None:
    assert parse(OWNED + text).connections[0].program == program


def test_digits_that_are_no_address_are_no_host() -> None:
    row = "tcp        0      0 127.0.0.1:631           0.0.0.0:*               LISTEN\n"
    dump = parse(row + row.replace("0.0.0.0", "0.0.0"))
    assert (len(dump.connections), [found.code for found in dump.diagnostics]) == (1, ["unparsed-line"])
