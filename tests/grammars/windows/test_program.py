"""The program is identified: Windows, ReactOS or Wine."""

import pytest

import netstat_parse as np
from support.windows_statistics import ICMP, TCP, UDP, one_value_block, two_value_block

HEADINGS = "\r\nActive Connections\r\n\r\n  Proto  Local Address          Foreign Address        State"
WITHOUT_PID, WITH_PID, WITH_PROCESS = (f"{HEADINGS}{more}\r\n" for more in ("", "           PID", "       Process"))
CONNECTION = "  TCP    192.0.2.4:50000        198.51.100.7:443       {}\r\n"


def tool(text: str) -> str | None:
    return np.parse(text).snapshots[0].tool


@pytest.mark.parametrize("state", ["SYN_RCVD", "FIN_WAIT1", "FIN_WAIT2", "???"])
def test_states_that_windows_spells_differently_identify_reactos_if_there_are_pids(state: str) -> None:
    assert tool(WITH_PID + CONNECTION.format(f"{state}        12")) == "reactos"


def test_states_that_windows_spells_differently_do_not_identify_a_program_without_pids() -> None:
    assert tool(WITHOUT_PID + CONNECTION.format("SYN_RCVD")) is None


def test_connections_with_pids_identify_windows() -> None:
    assert tool(WITH_PID + CONNECTION.format("SYN_SENT        12")) == "windows"


def test_connections_without_pids_identify_no_program() -> None:
    assert tool(WITHOUT_PID + CONNECTION.format("SYN_SENT")) is None


@pytest.mark.parametrize("heading", ["Process", "Proces", "Процесс", "İşlem"])
def test_only_reactos_has_the_heading_process_above_pids(heading: str) -> None:
    headings = WITH_PROCESS.replace("Process", heading)
    assert tool(headings + CONNECTION.format("ESTABLISHED     12")) == "reactos"


def test_a_state_of_reactos_identifies_it_for_later_blocks_too() -> None:
    rows = CONNECTION.format("FIN_WAIT1       12"), CONNECTION.format("ESTABLISHED     12") * 20_000
    (snapshot,) = (found for found in np.stream([WITH_PID, *rows]) if isinstance(found, np.Snapshot))
    assert snapshot.tool == "reactos"


def test_ipv6_routes_identify_windows() -> None:
    assert tool("IPv6 Route Table\n\n  1    331 ::1/128                  On-link\n") == "windows"


@pytest.mark.parametrize(
    ("text", "program"),
    [
        (one_value_block("UDP Statistics for IPv6", [*UDP]), "windows"),
        (two_value_block("ICMPv4 Statistics", [*ICMP]), "windows"),
        (two_value_block("ICMPv4 Statistics", ["Echos", "Echo Replies"]), "reactos"),
        (one_value_block("TCP Statistics for IPv4", [*TCP]), None),
    ],
)
def test_counters_of_ipv6_and_the_order_of_echos_identify_the_program(text: str, program: str | None) -> None:
    assert tool(text) == program
