"""Wine's netstat.exe: a Windows program that runs on Linux."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

import netstat_parse as np
from truth import counters


@pytest.fixture
def netstat(wine: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the command that runs Wine's netstat."""
    for name, value in wine.items():
        monkeypatch.setenv(name, value)
    return ["wine", "netstat"]


@pytest.fixture
def connected() -> Iterator[tuple[int, int]]:
    """Return the ports of an established connection; Wine prints no listeners."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
        server.accept()[0],
    ):
        yield client.getsockname()[1], server.getsockname()[1]


def test_wine_prints_an_established_connection_as_windows_does(netstat: list[str], connected: tuple[int, int]) -> None:
    found = np.run("-an", netstat=netstat)
    (snapshot,) = found.snapshots
    assert (snapshot.system, snapshot.exit_status, snapshot.argv[1:]) == ("windows", 0, ["netstat", "-an"])
    pairs = {(c.local_port, c.remote_port, c.state) for c in found.connections}
    assert {(*connected, "established"), (*reversed(connected), "established")} <= pairs


def test_counters_of_wine_are_those_of_the_kernel(netstat: list[str]) -> None:
    found = np.run(statistics=True, interfaces=True, netstat=netstat)
    values = {counter.kernel_name: counter.value for counter in found.counters}
    now = counters.read_kernel_counters(Path("/proc/net"))
    assert 0 < (values["Tcp.InSegs"] or 0) <= now["Tcp.InSegs"]
    assert 0 <= (values["Tcp.ActiveOpens"] or 0) <= now["Tcp.ActiveOpens"]
    (total,) = found.interfaces
    assert (total.name, total.in_octets is not None) == (None, True)
    assert found.diagnostics == []


def test_all_lines_of_wine_are_parsed(netstat: list[str]) -> None:
    found = np.run(netstat=netstat)
    assert [snapshot.command for snapshot in found.snapshots] == [
        "wine netstat -a",
        "wine netstat -s",
        "wine netstat -e",
    ], found.diagnostics
    assert found.lines.unparsed == found.lines.foreign == 0
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["not-supported"]


def test_watch_runs_wine_again_and_again(netstat: list[str]) -> None:
    found = list(np.watch(0.1, "-e", count=2, netstat=netstat))
    assert [dump.interfaces[0].line for dump in found] == [5, 5]
