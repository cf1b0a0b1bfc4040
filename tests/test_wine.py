"""Wine's netstat.exe: a native program of Windows, run as one on Linux."""

import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import netstat_parse as np
from netstat_parse.executable import NoNetstatError, find
from truth import counters


def wineserver_ends() -> None:
    """End what a prefix keeps running."""
    try:
        subprocess.run([*find("wineserver"), "--kill"], check=False, timeout=60)
    except NoNetstatError:
        return


@pytest.fixture(scope="module")
def wine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """Wine's netstat, with a prefix of its own."""
    try:
        program = find("wine")
    except NoNetstatError:
        pytest.skip("no wine")
    settings = {
        "WINEPREFIX": str(tmp_path_factory.mktemp("wine")),
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree,mshtml=",  # which it would offer to download
        "DISPLAY": "",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        subprocess.run([*program, "wineboot", "--init"], capture_output=True, check=False, timeout=300)
        yield ["wine", "netstat"]
        wineserver_ends()


@pytest.fixture
def connected() -> Iterator[tuple[int, int]]:
    """The ports of a connection that is up; Wine shows no listeners."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
        server.accept()[0],
    ):
        yield client.getsockname()[1], server.getsockname()[1]


def test_wine_tells_a_connection_as_windows_does(wine: list[str], connected: tuple[int, int]) -> None:
    found = np.run("-an", netstat=wine)
    (snapshot,) = found.snapshots
    assert (snapshot.system, snapshot.exit_status, snapshot.argv[1:]) == ("windows", 0, ["netstat", "-an"])
    pairs = {(c.local_port, c.remote_port, c.state) for c in found.connections}
    assert {(*connected, "established"), (*reversed(connected), "established")} <= pairs


def test_wine_counts_as_the_kernel_does(wine: list[str]) -> None:
    found = np.run(statistics=True, interfaces=True, netstat=wine)
    values = {counter.kernel_name: counter.value for counter in found.counters}
    now = counters.kernel_counters(Path("/proc/net"))
    assert 0 < (values["Tcp.InSegs"] or 0) <= now["Tcp.InSegs"]
    assert 0 <= (values["Tcp.ActiveOpens"] or 0) <= now["Tcp.ActiveOpens"]
    (total,) = found.interfaces
    assert (total.name, total.in_octets is not None) == (None, True)
    assert found.diagnostics == []


def test_wine_leaves_nothing_unread(wine: list[str]) -> None:
    found = np.run(netstat=wine)
    assert [snapshot.command for snapshot in found.snapshots] == [
        "wine netstat -a",
        "wine netstat -s",
        "wine netstat -e",
    ]
    assert found.lines.unparsed == found.lines.foreign == 0
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["not-told"]


def test_wine_is_watched_by_asking_again(wine: list[str]) -> None:
    found = list(np.watch(0.1, "-e", count=2, netstat=wine))
    assert [dump.interfaces[0].line for dump in found] == [5, 5]
