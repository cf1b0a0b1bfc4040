"""The installed netstat, compared with the tables of the kernel at the same time."""

import os
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from ipaddress import ip_interface, ip_network
from pathlib import Path

import pytest

import netstat_parse as np
from netstat_parse.live.locate import NoNetstatError, locate_command
from truth import counters, kernel

WINDOWS = sys.platform == "win32"
STATES = {1: "established", 6: "time_wait", 10: "listen"}
UNIX_TYPES = {1: "stream", 2: "dgram", 5: "seqpacket"}


def has(program: str) -> bool:
    try:
        return bool(locate_command(program))
    except NoNetstatError:
        return False


def is_net_tools() -> bool:
    if WINDOWS or not has("netstat"):
        return False
    return b"net-tools" in subprocess.run([*locate_command("netstat"), "-V"], capture_output=True, check=False).stdout


net_tools = pytest.mark.skipif(not is_net_tools(), reason="netstat of net-tools is not installed")
busybox = pytest.mark.skipif(not has("busybox"), reason="busybox is not installed")


# Sockets, interfaces and routes in a separate network namespace


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the tables of the kernel, and dumps of the same time."""
    if not has("unshare") or not has("ip"):
        pytest.skip("unshare or ip is not installed")
    unshare = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--net", "--map-root-user"]
    if subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no permission to create a network namespace")
    folder = tmp_path_factory.mktemp("scene")
    script = [sys.executable, str(Path(__file__).parents[1] / "support" / "network_scene.py"), str(folder)]
    subprocess.run([*unshare, *script], check=True, timeout=120)
    return folder


@pytest.fixture(scope="module")
def dump(scene: Path) -> np.Dump:
    return np.Dump.model_validate_json((scene / "net-tools.json").read_bytes())


@pytest.fixture(scope="module")
def busybox_dump(scene: Path) -> np.Dump:
    return np.Dump.model_validate_json((scene / "busybox.json").read_bytes())


def inet_sockets(scene: Path) -> list[kernel.InetSocket]:
    return [
        found for table in ("tcp", "tcp6", "udp", "udp6", "raw") for found in kernel.read_inet_sockets(scene, table)
    ]


def kernel_socket(found: kernel.InetSocket) -> tuple[object, ...]:
    peer = (None, None) if found.remote[0] in kernel.UNSPECIFIED_ADDRESSES else found.remote
    return (found.protocol, "ipv6" if found.is_ipv6 else "ipv4", *found.local, *peer, STATES.get(found.state))


def printed_socket(connection: np.Connection) -> tuple[object, ...]:
    peer = connection.remote_address, connection.remote_port
    local = connection.local_address, connection.local_port
    return (connection.protocol, connection.family, *local, *peer, connection.state)


@net_tools
def test_all_output_of_net_tools_is_parsed(dump: np.Dump) -> None:
    assert dump.diagnostics == []
    assert dump.lines.unparsed == dump.lines.foreign == 0
    assert {snapshot.exit_status for snapshot in dump.snapshots} == {0}
    assert {snapshot.tool for snapshot in dump.snapshots} == {"net-tools"}
    assert {snapshot.language for snapshot in dump.snapshots} <= {"en", None}


@net_tools
def test_connections_are_those_of_the_kernel(scene: Path, dump: np.Dump) -> None:
    expected = [(*kernel_socket(found), found.recv_q, found.uid, found.inode) for found in inet_sockets(scene)]
    actual = [(*printed_socket(found), found.recv_q, found.uid, found.inode) for found in dump.connections]
    assert Counter(actual) == Counter(expected)
    assert len(actual) == 5


@net_tools
def test_processes_are_the_owners_of_the_sockets(scene: Path, dump: np.Dump) -> None:
    assert {connection.pid for connection in dump.connections} == {int((scene / "pid").read_text())}


@net_tools
def test_unix_sockets_are_those_of_the_kernel(scene: Path, dump: np.Dump) -> None:
    lines = [line for line in kernel.read_unix_lines(scene) if line]
    expected = [(UNIX_TYPES[line.type], line.inode, line.path.decode() or None) for line in lines]
    actual = [(found.type, found.inode, found.path) for found in dump.unix_sockets]
    # net-tools truncates a path at a blank.
    assert Counter(actual) == Counter((kind, inode, path and path.split()[0]) for kind, inode, path in expected)


@net_tools
def test_counters_are_those_of_the_kernel(scene: Path, dump: np.Dump) -> None:
    values = counters.read_kernel_counters(scene)
    actual = {counter.kernel_name: counter.value for counter in dump.counters if counter.value is not None}
    assert actual == {name: values.get(name or "") for name in actual}
    assert {name for name, value in values.items() if value} - actual.keys() <= counters.CONSTANT_COUNTERS


@net_tools
def test_traffic_of_interfaces_is_that_of_the_kernel(scene: Path, dump: np.Dump) -> None:
    devices = kernel.read_devices(scene / "dev")
    assert {
        found.name: (found.in_octets, found.in_packets, found.out_octets, found.out_packets)
        for found in dump.interfaces
    } == {name: (row[0], row[1], row[8], row[9]) for name, row in devices.items()}


@net_tools
def test_interfaces_have_their_addresses(dump: np.Dump) -> None:
    addresses = {ip_interface(f"{item.address}/{item.prefix_length}") for i in dump.interfaces for item in i.addresses}
    assert {ip_interface("192.0.2.1/24"), ip_interface("2001:db8::1/64")} <= addresses


@net_tools
def test_routes_are_those_of_the_kernel(scene: Path, dump: np.Dump) -> None:
    expected = []
    for line in kernel.read_lines(scene / "route"):
        device, destination, gateway, _, _, _, metric, mask, *_ = line.split()
        network = str(ip_network(f"{kernel.parse_address(destination)}/{kernel.parse_address(mask)}"))
        expected.append((network, kernel.parse_address(gateway), device, int(metric)))
    for line in kernel.read_lines(scene / "ipv6_route", skip=0):
        destination, prefix, _, _, hop, metric, _, _, _, device = line.split()
        network = f"{kernel.format_address(bytes.fromhex(destination))}/{int(prefix, 16)}"
        signed = int.from_bytes(bytes.fromhex(metric), signed=True)  # as net-tools prints it
        expected.append((network, kernel.format_address(bytes.fromhex(hop)), device, signed))
    anywhere = {"ipv4": "0.0.0.0", "ipv6": "::"}
    actual = [
        (route.destination, route.gateway or anywhere[route.family or ""], route.interface, route.metric)
        for route in dump.routes
    ]
    assert Counter(actual) == Counter(expected)


@net_tools
def test_groups_are_those_of_the_kernel(scene: Path, dump: np.Dump) -> None:
    actual = [(found.family, found.interface, found.ref_count, found.group) for found in dump.multicast_groups]
    assert Counter(actual) == Counter(kernel.read_groups(scene))
    assert ("ipv4", "v0", 1, "224.0.0.251") in actual


@busybox
def test_busybox_prints_the_same_connections(dump: np.Dump, busybox_dump: np.Dump) -> None:
    assert Counter(map(printed_socket, busybox_dump.connections)) == Counter(map(printed_socket, dump.connections))


@busybox
def test_busybox_is_identified(busybox_dump: np.Dump) -> None:
    assert [diagnostic.code for diagnostic in busybox_dump.diagnostics] == ["not-supported"]
    assert {snapshot.tool for snapshot in busybox_dump.snapshots} == {"busybox"}


@busybox
def test_busybox_prints_the_same_ipv4_routes(dump: np.Dump, busybox_dump: np.Dump) -> None:
    assert [(found.destination, found.gateway, found.metric) for found in busybox_dump.routes] == [
        (found.destination, found.gateway, found.metric) for found in dump.routes if found.family == "ipv4"
    ]


# The network namespace of this machine


@pytest.fixture
def listener() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def sockets_on(found: np.Dump, port: int) -> list[tuple[str, str | None, int | None]]:
    return [(c.protocol, c.state, c.pid) for c in found.connections if c.local_port == port]


@pytest.mark.skipif(not has("netstat"), reason="netstat is not installed")
def test_a_listener_of_this_process_is_found(listener: int) -> None:
    found = np.run(connections=True)
    has_processes = not any("processes" in diagnostic.message for diagnostic in found.diagnostics)
    assert sockets_on(found, listener) == [("tcp", "listen", os.getpid() if has_processes else None)]


@pytest.mark.skipif(not has("netstat"), reason="netstat is not installed")
def test_options_are_passed_to_netstat(listener: int) -> None:
    found = np.run("-an")
    assert sockets_on(found, listener) == [("tcp", "listen", None)]
    assert found.snapshots[0].argv == [*locate_command(), "-an"]


@net_tools
@pytest.mark.skipif(
    WINDOWS or os.geteuid() != 0 or not has("setpriv"), reason="setpriv is not installed, or not run as root"
)
def test_hidden_processes_are_a_diagnostic(listener: int) -> None:
    unprivileged = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "netstat"]
    found = np.run(connections=True, netstat=unprivileged)
    assert sockets_on(found, listener) == [("tcp", "listen", None)]
    assert "processes-hidden" in [diagnostic.code for diagnostic in found.diagnostics]


@net_tools
def test_netstat_does_not_use_the_language_of_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    german = {"LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de"}
    listing = subprocess.run(
        [*locate_command(), "-an"], env=os.environ | german, capture_output=True, check=False
    ).stdout
    if b"Aktive" not in listing:
        pytest.skip("the locale de_DE.UTF-8 or the German messages of net-tools are not installed")
    for name, value in german.items():
        monkeypatch.setenv(name, value)
    assert {snapshot.language for snapshot in np.run().snapshots} <= {"en", None}


@net_tools
def test_watch_uses_the_interval_of_net_tools(listener: int) -> None:
    command = [sys.executable, "-m", "netstat_parse", "watch", "1", "--count", "2", "-f", "ndjson", "--", "-ant"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.count('"-ant","-c"') == 2
    assert ran.stdout.count(f'"local_port":{listener},') == 2


@pytest.mark.skipif(not WINDOWS, reason="needs Windows")
def test_windows_prints_all_topics_except_groups() -> None:
    found = np.run()
    assert found.connections
    assert found.counters
    assert found.interfaces
    assert found.routes
    assert {snapshot.system for snapshot in found.snapshots} == {"windows"}
    assert {snapshot.exit_status for snapshot in found.snapshots} == {0}
    assert {counter.kernel_name for counter in found.counters} >= {"Tcp.ActiveOpens", "Ip6.InReceives"}
