"""Create sockets, interfaces and routes in a network namespace, and record them.

    unshare --net python network_scene.py FOLDER

It writes to the folder the output of `netstat_parse.run` and copies of /proc/net, which did not change during the run.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import netstat_parse as np
from netstat_parse.live.locate import locate_command

FILES = (
    *("tcp", "tcp6", "udp", "udp6", "raw", "unix", "snmp", "netstat", "snmp6"),
    *("dev", "route", "ipv6_route", "igmp", "igmp6", "if_inet6"),
)
ATTEMPTS = 10

LINKS = """
    link set lo up
    link add v0 type veth peer name v1
    link set v0 up
    link set v1 up
    addr add 192.0.2.1/24 dev v0
    addr add 2001:db8::1/64 dev v0 nodad
    route add 198.51.100.0/24 via 192.0.2.254 metric 7
    route add 2001:db8:1::/48 via 2001:db8::2
"""


def build_scene() -> list[socket.socket]:
    """Create interfaces, routes and sockets; the sockets stay open as long as they are referenced."""
    for line in LINKS.split("\n"):
        if line.strip():
            subprocess.run([*locate_command("ip"), *line.split()], check=True)
    listener = socket.create_server(("127.0.0.1", 4021))
    listener6 = socket.create_server(("::1", 4022), family=socket.AF_INET6)
    client = socket.create_connection(("127.0.0.1", 4021))
    server, _ = listener.accept()
    datagram = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    datagram.bind(("192.0.2.1", 4023))
    member = socket.inet_aton("224.0.0.251") + socket.inet_aton("192.0.2.1")
    datagram.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
    local = socket.socket(socket.AF_UNIX)
    local.bind("\0a scene")
    local.listen()
    client.sendall(b"12345")  # never read, so that Recv-Q is 5
    return [listener, listener6, client, server, datagram, local]


def read_kernel_tables() -> dict[str, bytes]:
    """Read the tables in /proc/net of this namespace."""
    paths = {name: Path("/proc/net", name) for name in FILES}
    return {name: path.read_bytes() for name, path in paths.items() if path.exists()}


def main(folder: Path) -> None:
    """Create the network and record it."""
    sockets = build_scene()
    (folder / "pid").write_text(str(os.getpid()))
    for _ in range(ATTEMPTS):
        before = read_kernel_tables()
        dump = np.run()
        busybox = np.run(netstat=["busybox", "netstat"]) if shutil.which("busybox") else None
        after = read_kernel_tables()
        if before == after:
            break
        time.sleep(0.5)  # neighbour discovery and group membership change the tables for a while
    else:
        sys.exit("the kernel's tables keep changing")
    for name, data in after.items():
        (folder / name).write_bytes(data)
    (folder / "net-tools.json").write_text(dump.model_dump_json())
    if busybox:
        (folder / "busybox.json").write_text(busybox.model_dump_json())
    for sock in sockets:
        sock.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
