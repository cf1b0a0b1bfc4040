"""A dump is split into moments where a table begins again, and nowhere else."""

from netstat_parse import parse
from netstat_parse.insight.moments import TABLES, split_moments
from netstat_parse.schema import Dump

SOCKETS = """\
Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address           Foreign Address         State
tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN
udp        0      0 0.0.0.0:68              0.0.0.0:*
"""
STATISTICS = """\
Ip:
    5 total packets received
Tcp:
    1 active connection openings
"""
STATISTICS6 = """\
Ip6:
    7 total packets received
Tcp:
    1 active connection openings
"""
INTERFACES = """\
Kernel Interface table
Iface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg
eth0      1500        5      0      0 0             6      0      0      0 BMRU
"""
INTERFACES_LONG = """\
Kernel Interface table
eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500
        inet 10.0.0.1  netmask 255.255.255.0  broadcast 10.0.0.255
        ether 02:00:00:00:00:01  txqueuelen 1000  (Ethernet)
        RX packets 5  bytes 500 (500.0 B)
        RX errors 0  dropped 0  overruns 0  frame 0
        TX packets 6  bytes 600 (600.0 B)
        TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0

"""
ROUTES = """\
Kernel IP routing table
Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface
0.0.0.0         10.0.0.254      0.0.0.0         UG        0 0          0 eth0
"""
ROUTES_EXTENDED = """\
Kernel IP routing table
Destination     Gateway         Genmask         Flags Metric Ref    Use Iface
0.0.0.0         10.0.0.254      0.0.0.0         UG    100    0        0 eth0
"""
ALL = [SOCKETS, INTERFACES, INTERFACES_LONG, ROUTES, ROUTES_EXTENDED, STATISTICS, STATISTICS6]


def count_records(dump: Dump) -> dict[str, int]:
    return {table: count for table in TABLES if (count := len(getattr(dump, table)))}


def test_the_commands_of_one_moment_are_one_moment() -> None:
    [moment] = split_moments(parse("\n".join(ALL)))
    assert count_records(moment) == {"connections": 2, "counters": 3, "interfaces": 1, "routes": 1}


def test_a_table_in_two_forms_is_the_one_with_more_columns() -> None:
    [moment] = split_moments(parse("\n".join(ALL)))
    assert moment.routes[0].metric == 100
    assert moment.interfaces[0].in_octets == 500


def test_all_commands_again_are_the_next_moment() -> None:
    first, second = split_moments(parse("\n".join([*ALL, *ALL])))
    assert count_records(first) == count_records(second)


def test_each_round_of_an_interval_is_a_moment() -> None:
    assert len(split_moments(parse("\n".join([STATISTICS] * 5)))) == 5
    assert len(split_moments(parse("\n".join([SOCKETS, INTERFACES] * 4)))) == 4


def test_sockets_of_one_protocol_each_are_one_moment() -> None:
    tcp = "$ netstat -tan\n" + "".join(SOCKETS.splitlines(keepends=True)[:3])
    udp = "$ netstat -uan\n" + "".join(line for line in SOCKETS.splitlines(keepends=True) if "tcp" not in line)
    [moment] = split_moments(parse(tcp + udp))
    assert [record.protocol for record in moment.connections] == ["tcp", "udp"]


def test_hosts_of_a_log_have_moments_of_their_own() -> None:
    moments = split_moments(parse("".join(f"==> {host} <==\n{SOCKETS}\n" for host in ("alpha", "beta"))))
    assert [moment.snapshots[0].origin for moment in moments] == ["alpha", "beta"]


def test_a_moment_keeps_the_diagnostics_of_its_lines() -> None:
    damaged = SOCKETS.replace("0.0.0.0:68              0.0.0.0:*", "0.0.0.0:68              0.0.0.0")
    first, second = split_moments(parse(f"{SOCKETS}\n{damaged}"))
    assert (len(first.diagnostics), len(second.diagnostics)) == (0, 1)


def test_a_moment_is_one_moment() -> None:
    moments = split_moments(parse("\n".join([*ALL, *ALL])))
    assert [split_moments(moment) for moment in moments] == [[moment] for moment in moments]
