"""A parse of a capture against the kernel's own tables of that moment.

The captures are no part of the project: they are looked for in ``../shared/captures`` beside it (or where
NETSTAT_PARSE_SHARED names another ``shared``), and where they are not, there is nothing to test.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import netstat_parse
from truth import compare, counters, groups, interfaces, routes, sockets
from truth.captures import CAPTURES, Capture, Command, read_index

if not CAPTURES.is_dir():
    pytest.skip(f"there are no captures in {CAPTURES}", allow_module_level=True)

ALL = read_index()
KINDS = ("sockets", "counters", "interfaces", "routes", "groups")


def of_kind(kind: str) -> pytest.MarkDecorator:
    """Every capture in which this kind of table must be, by name."""
    found = [capture for capture in ALL if capture.command(kind)]
    return pytest.mark.parametrize("capture", found, ids=str)


def only_counters(capture: Capture) -> bool:
    return capture.command("counters") is not None and len(capture.commands) == 1


def ask(capture: Capture, kind: str) -> Command:
    command = capture.command(kind)
    assert command is not None
    return command


def is_utf8(data: bytes) -> bool:
    """Whether the names in a capture can be held to letter by letter."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def check(capture: Capture, dump: netstat_parse.Dump, rows: list[compare.Row], records: list[Any]) -> None:
    compared = compare.rounds if capture.repeats else compare.differences
    told = compared(rows, records)
    assert (uninterrupted(told, dump) if capture.interrupted else told) == []


def uninterrupted(told: list[str], dump: netstat_parse.Dump) -> list[str]:
    """What is left when two rows that a message on standard error broke in two go unread, but not unsaid.

    Standard output is written in blocks of 4096 bytes, so that there are no more such rows.
    """
    missing = [line for line in told if line.startswith("no record of")]
    return [line for line in told if line not in missing[: min(2, len(dump.diagnostics))]]


def check_table(capture: Capture, kind: str, expect: Callable[..., list[compare.Row]], records: str) -> None:
    data = capture.data
    dump = netstat_parse.parse(data)
    check(capture, dump, expect(capture, ask(capture, kind), exact=is_utf8(data)), getattr(dump, records))


@of_kind("sockets")
def test_connections_are_the_kernels(capture: Capture) -> None:
    dump = netstat_parse.parse(capture.data)
    check(capture, dump, sockets.connections(capture, ask(capture, "sockets")), dump.connections)


@of_kind("sockets")
def test_unix_sockets_are_the_kernels(capture: Capture) -> None:
    check_table(capture, "sockets", sockets.unix_sockets, "unix_sockets")


@of_kind("counters")
def test_counters_are_the_kernels(capture: Capture) -> None:
    dump = netstat_parse.parse(capture.data)
    assert counters.differences(capture, ask(capture, "counters"), dump.counters) == []


@pytest.mark.parametrize("capture", [capture for capture in ALL if only_counters(capture)], ids=str)
def test_every_printed_counter_is_a_record(capture: Capture) -> None:
    dump = netstat_parse.parse(capture.data)
    assert len(dump.counters) == counters.printed_figures(capture.data)


@of_kind("interfaces")
def test_interfaces_are_the_kernels(capture: Capture) -> None:
    check_table(capture, "interfaces", interfaces.rows, "interfaces")


@of_kind("routes")
def test_routes_are_the_kernels(capture: Capture) -> None:
    check_table(capture, "routes", routes.rows, "routes")


@of_kind("groups")
def test_groups_are_the_kernels(capture: Capture) -> None:
    data = capture.data
    dump = netstat_parse.parse(data)
    compared = groups.all_rounds if capture.repeats else compare.differences
    assert compared(groups.rows(capture, ask(capture, "groups"), exact=is_utf8(data)), dump.multicast_groups) == []


@pytest.mark.parametrize("capture", [capture for capture in ALL if not capture.prints], ids=str)
def test_nothing_is_made_of_an_error(capture: Capture) -> None:
    try:
        dump = netstat_parse.parse(capture.data)
    except netstat_parse.NetstatParseError:
        return
    assert not capture.data.strip()
    assert dump.model_dump(include={*RECORDS}) == {name: [] for name in RECORDS}


RECORDS = ("connections", "unix_sockets", "counters", "interfaces", "routes", "multicast_groups")


def test_each_capture_is_tested_at_least_once() -> None:
    untested = {str(capture) for capture in ALL if capture.prints and not any(map(capture.command, KINDS))}
    assert untested == {"nt_merged_6rnv"}  # beside it lie the tables of sockets, not those of routes


EXPECTED: dict[str, Callable[[Capture, Command], Any]] = {
    "sockets": lambda capture, command: (
        sockets.connections(capture, command) + sockets.unix_sockets(capture, command, exact=False)
    ),
    "counters": counters.may_print,
    "interfaces": lambda capture, command: interfaces.rows(capture, command, exact=False),
    "routes": lambda capture, command: routes.rows(capture, command, exact=False),
    "groups": lambda capture, command: groups.rows(capture, command, exact=False),
}


def test_only_what_had_nothing_to_show_is_empty() -> None:
    asked = [(capture, kind, capture.command(kind)) for capture in ALL for kind in KINDS]
    empty = {str(capture) for capture, kind, command in asked if command and not EXPECTED[kind](capture, command)}
    assert empty == HEADINGS_ONLY


HEADINGS_ONLY = {
    *("nt_empty_an", "nt_empty_anp", "nt_empty_ax", "nt_empty_i", "nt_empty_plain", "nt_empty_r"),
    "nt_anS",  # the kernel has no SCTP
    *("nt_rC", "nt_rneC", "nt_6rneC", "route_nC"),  # nor a cache of routes
    *("loc_cs_CZ_rC", "loc_fr_FR_rC", "loc_ja_JP_rC", "loc_pt_BR_rC"),
    *("old_deb12u1_rnC", "old_deb8_rnC", "old_rhel6_rnC", "old_rhel8_rnC"),
}
