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


def check(capture: Capture, rows: list[compare.Row], records: list[Any]) -> None:
    compared = compare.rounds if capture.repeats else compare.differences
    told = compared(rows, records)
    assert (uninterrupted(told) if capture.interrupted else told) == []


def uninterrupted(told: list[str]) -> list[str]:
    """What is left when the two rows that a message on standard error broke in two may go unread.

    Standard output is written in blocks of 4096 bytes, so that there is one such row at most for each message.
    """
    missing = [line for line in told if line.startswith("no record of")]
    return [line for line in told if line not in missing[:2]]


def check_table(capture: Capture, kind: str, expect: Callable[..., list[compare.Row]], records: str) -> None:
    data = capture.data
    dump = netstat_parse.parse(data)
    check(capture, expect(capture, ask(capture, kind), exact=is_utf8(data)), getattr(dump, records))


@of_kind("sockets")
def test_connections_are_the_kernels(capture: Capture) -> None:
    dump = netstat_parse.parse(capture.data)
    check(capture, sockets.connections(capture, ask(capture, "sockets")), dump.connections)


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
