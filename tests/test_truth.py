"""Compare the records of captures with the kernel's tables, which were copied at the same time.

The captures are not part of the project. The tests expect them in ``../shared/captures``, or in ``captures`` below the folder
in NETSTAT_PARSE_SHARED. Without them all tests are skipped.
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
RECORDS = ("connections", "unix_sockets", "counters", "interfaces", "routes", "multicast_groups")


def is_utf8(data: bytes) -> bool:
    """Return whether the capture is UTF-8, so that names in it can be compared exactly."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def check(capture: Capture, dump: netstat_parse.Dump, rows: list[compare.Row], records: list[Any]) -> None:
    differences = (compare.find_repeated_differences if capture.repeats_tables else compare.find_differences)(
        rows, records
    )
    assert (remove_interrupted_rows(differences, dump) if capture.is_interrupted else differences) == []


def remove_interrupted_rows(differences: list[str], dump: netstat_parse.Dump) -> list[str]:
    """Remove the differences of up to two rows that a message on standard error interrupts, if they have a diagnostic.

    There are no more such rows, because standard output is written in blocks of 4096 bytes.
    """
    missing = [line for line in differences if line.startswith("no record of")]
    return [line for line in differences if line not in missing[: min(2, len(dump.diagnostics))]]


def check_sockets(capture: Capture, command: Command, dump: netstat_parse.Dump) -> None:
    check(capture, dump, sockets.expected_connections(capture, command), dump.connections)


def check_unix_sockets(capture: Capture, command: Command, dump: netstat_parse.Dump) -> None:
    check(
        capture, dump, sockets.expected_unix_sockets(capture, command, exact=is_utf8(capture.data)), dump.unix_sockets
    )


def check_counters(capture: Capture, command: Command, dump: netstat_parse.Dump) -> None:
    assert counters.find_differences(capture, command, dump.counters) == []
    if len(capture.commands) == 1:
        assert len(dump.counters) == counters.count_printed_counters(capture.data)


def check_interfaces(capture: Capture, command: Command, dump: netstat_parse.Dump) -> None:
    check(capture, dump, interfaces.expected_interfaces(capture, command, exact=is_utf8(capture.data)), dump.interfaces)


def check_routes(capture: Capture, command: Command, dump: netstat_parse.Dump) -> None:
    check(capture, dump, routes.expected_routes(capture, command, exact=is_utf8(capture.data)), dump.routes)


def check_groups(capture: Capture, command: Command, dump: netstat_parse.Dump) -> None:
    differences = groups.find_repeated_differences if capture.repeats_tables else compare.find_differences
    expected = groups.expected_groups(capture, command, exact=is_utf8(capture.data))
    assert differences(expected, dump.multicast_groups) == []


CHECKS: dict[str, list[Callable[[Capture, Command, netstat_parse.Dump], None]]] = {
    "sockets": [check_sockets, check_unix_sockets],
    "counters": [check_counters],
    "interfaces": [check_interfaces],
    "routes": [check_routes],
    "groups": [check_groups],
}
"""Comparisons with the kernel's tables, by the kind of table that a capture has."""

KINDS = tuple(CHECKS)


@pytest.mark.parametrize("capture", [capture for capture in ALL if any(map(capture.command, KINDS))], ids=str)
def test_the_records_of_a_capture_match_the_kernel_tables(capture: Capture, subtests: pytest.Subtests) -> None:
    dump = netstat_parse.parse(capture.data)
    for kind, checks in CHECKS.items():
        command = capture.command(kind)
        if command is None:
            continue
        for holds in checks:
            with subtests.test(holds.__name__.removeprefix("check_").replace("_", " ")):
                holds(capture, command, dump)


@pytest.mark.parametrize("capture", [capture for capture in ALL if not capture.prints_table], ids=str)
def test_a_capture_with_an_error_only_has_no_records(capture: Capture) -> None:
    try:
        dump = netstat_parse.parse(capture.data)
    except netstat_parse.NetstatParseError:
        return
    assert not capture.data.strip()
    assert dump.model_dump(include={*RECORDS}) == {name: [] for name in RECORDS}


def test_each_capture_is_compared_with_a_kernel_table() -> None:
    untested = {str(capture) for capture in ALL if capture.prints_table and not any(map(capture.command, KINDS))}
    assert untested == {"nt_merged_6rnv"}  # it comes with the kernel's tables of sockets, not of routes


EXPECTED: dict[str, Callable[[Capture, Command], Any]] = {
    "sockets": lambda capture, command: (
        sockets.expected_connections(capture, command) + sockets.expected_unix_sockets(capture, command, exact=False)
    ),
    "counters": counters.allowed_counters,
    "interfaces": lambda capture, command: interfaces.expected_interfaces(capture, command, exact=False),
    "routes": lambda capture, command: routes.expected_routes(capture, command, exact=False),
    "groups": lambda capture, command: groups.expected_groups(capture, command, exact=False),
}


def test_only_captures_of_empty_kernel_tables_have_no_expected_rows() -> None:
    commands = [(capture, kind, capture.command(kind)) for capture in ALL for kind in KINDS]
    empty = {str(capture) for capture, kind, command in commands if command and not EXPECTED[kind](capture, command)}
    assert empty == HEADINGS_ONLY


HEADINGS_ONLY = {
    *("nt_empty_an", "nt_empty_anp", "nt_empty_ax", "nt_empty_i", "nt_empty_plain", "nt_empty_r"),
    "nt_anS",  # the kernel has no SCTP
    *("nt_rC", "nt_rneC", "nt_6rneC", "route_nC"),  # the kernel has no route cache
    *("loc_cs_CZ_rC", "loc_fr_FR_rC", "loc_ja_JP_rC", "loc_pt_BR_rC"),
    *("old_deb12u1_rnC", "old_deb8_rnC", "old_rhel6_rnC", "old_rhel8_rnC"),
}
