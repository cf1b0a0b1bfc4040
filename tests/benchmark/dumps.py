"""Generate dumps of any length, with TCP over IPv4. No two rows are the same."""

from collections.abc import Callable, Iterator
from functools import partial
from random import Random

SEED = 1


def make_address(chance: Random) -> str:
    return ".".join(str(chance.randint(1, 254)) for _ in range(4))


def make_endpoint(chance: Random) -> str:
    return f"{make_address(chance)}:{chance.randint(1, 65535)}"


def linux_sockets(rows: int) -> str:
    """Return ``netstat -anp`` of net-tools 2.10."""
    chance = Random(SEED)
    lines = [
        "Active Internet connections (servers and established)",
        "Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name    ",
    ]
    for _ in range(rows):
        state = chance.choice(["ESTABLISHED", "TIME_WAIT", "CLOSE_WAIT"])
        owner = chance.choice(["-", f"{chance.randint(1, 32000)}/nginx: worker", "123/sshd"])
        ends = f"{make_endpoint(chance):<23} {make_endpoint(chance):<23}"
        lines.append(f"tcp        0      0 {ends} {state:<11} {owner:<20}")
    return "\n".join([*lines, ""])


def windows_connections(rows: int, owner: str = "") -> str:
    """Return ``netstat -ano`` of Windows 10; with an owner line below each row, ``netstat -anob``."""
    chance = Random(SEED)
    lines = ["", "Active Connections", "", "  Proto  Local Address          Foreign Address        State           PID"]
    for _ in range(rows):
        state = chance.choice(["ESTABLISHED", "TIME_WAIT", "CLOSE_WAIT"])
        ends = f"{make_endpoint(chance):<22} {make_endpoint(chance):<22}"
        lines.append(f"  TCP    {ends} {state:<15} {chance.randint(0, 30000)}")
        if owner:
            lines.append(owner)
    return "\r\n".join([*lines, ""])


def linux_statistics(rows: int) -> str:
    """Return ``netstat -s`` of net-tools, repeated."""
    chance = Random(SEED)
    lines: list[str] = []
    while len(lines) < rows:
        tcp = ["active connection openings", "passive connection openings", "failed connection attempts"]
        udp = ["packets received", "packets to unknown port received", "packet receive errors", "packets sent"]
        lines += ["Tcp:", *(f"    {chance.randrange(10**9)} {name}" for name in tcp)]
        lines += ["Udp:", *(f"    {chance.randrange(10**9)} {name}" for name in udp)]
    return "\n".join([*lines, ""])


def linux_routes(rows: int) -> str:
    """Return ``netstat -rn``."""
    chance = Random(SEED)
    lines = [
        "Kernel IP routing table",
        "Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface",
    ]
    lines += [
        f"{make_address(chance):<15} {make_address(chance):<15} 255.255.255.255 UGH       0 0          0 eth{number % 10}"
        for number in range(rows)
    ]
    return "\n".join([*lines, ""])


def linux_interfaces(rows: int) -> str:
    """Return ``netstat -ie``: seven lines and a blank line for each interface."""
    chance = Random(SEED)

    def blocks() -> Iterator[str]:
        yield "Kernel Interface table"
        for number in range(rows // 7):
            packets = [chance.randrange(10**9) for _ in range(2)]
            yield f"veth{number}: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500"
            yield f"        inet {make_address(chance)}  netmask 255.255.0.0  broadcast 172.17.255.255"
            yield f"        ether 02:42:{number >> 16 & 255:02x}:{number >> 8 & 255:02x}:{number & 255:02x}:01  txqueuelen 0  (Ethernet)"
            yield f"        RX packets {packets[0]}  bytes {packets[0] * 60} ({packets[0] * 60 / 1e6:.1f} MB)"
            yield "        RX errors 0  dropped 0  overruns 0  frame 0"
            yield f"        TX packets {packets[1]}  bytes {packets[1] * 60} ({packets[1] * 60 / 1e6:.1f} MB)"
            yield "        TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0"
            yield ""

    return "\n".join([*blocks(), ""])


DUMPS: dict[str, Callable[[int], str]] = {
    "Linux -anp": linux_sockets,
    "Windows -ano": windows_connections,
    "Windows -anob": partial(windows_connections, owner=" [svchost.exe]"),
    "Linux -s": linux_statistics,
    "Linux -rn": linux_routes,
    "Linux -ie": linux_interfaces,
}
