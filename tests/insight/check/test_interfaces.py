"""Rules about interfaces that are down, too narrow, or deaf."""

import pytest

from support.rule_inputs import find_cases, find_obstacle, find_severity

SHORT = "Kernel Interface table\nIface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n"


NO_CARRIER = "4099<UP,BROADCAST,MULTICAST>"
RUNNING = "4163<UP,BROADCAST,RUNNING,MULTICAST>"


def long_form(
    name: str = "eth0",
    flags: str = NO_CARRIER,
    mtu: int = 1500,
    address: str = "10.20.0.1",
    packets: tuple[int, int] = (8, 12),
) -> str:
    """Make an interface as `netstat -ie` prints it; without an address for an empty one."""
    inet = f"        inet {address}  netmask 255.255.255.0  broadcast 0.0.0.0\n" if address else ""
    return (
        f"Kernel Interface table\n{name}: flags={flags}  mtu {mtu}\n{inet}"
        "        ether 6e:ac:17:3f:dc:d6  txqueuelen 1000  (Ethernet)\n"
        f"        RX packets {packets[0]}  bytes 622 (622.0 B)\n        RX errors 0  dropped 0  overruns 0  frame 0\n"
        f"        TX packets {packets[1]}  bytes 937 (937.0 B)\n"
        "        TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0\n\n"
    )


def short_form(name: str = "eth0", mtu: int = 1500, packets: tuple[int, int] = (8, 12), flags: str = "BMRU") -> str:
    """Make an interface as `netstat -i` prints it."""
    return (
        f"{SHORT}{name:<8} {mtu:>5} {packets[0]:>8}      0      0 0      {packets[1]:>8}      0      0      0 {flags}\n"
    )


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        (long_form(), "warning"),
        (long_form(flags=RUNNING), None),
        (long_form(flags="4098<BROADCAST,MULTICAST>"), None),
        (long_form(address="169.254.3.4") + long_form("eth1", RUNNING), None),
        (long_form(address="") + long_form("eth1", RUNNING), None),
        (long_form("docker0"), None),
        (long_form("br-0a1b2c3d4e5f"), None),
        (long_form("br0"), "warning"),
    ],
)
def test_an_address_without_a_carrier_is_a_warning(text: str, severity: str | None) -> None:
    assert find_severity("interface-down", text) == severity


def test_addresses_are_needed_to_find_interfaces_that_are_down() -> None:
    assert "need -ie" in (find_obstacle("interface-down", short_form(flags="BMU")) or "")


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        (long_form(mtu=1279), "warning"),
        (long_form(mtu=1280), None),
        (long_form(mtu=1279, address="") + long_form("eth1"), None),
        (short_form(mtu=1000), "warning"),
        (short_form("can0", mtu=72), None),
        (short_form("wpan0", mtu=123), None),
        (short_form(mtu=67), None),
        (short_form("lo", mtu=500, flags="LRU"), None),
    ],
)
def test_ipv6_needs_1280_bytes(text: str, severity: str | None) -> None:
    assert find_severity("interface-mtu", text) == severity


def test_an_mtu_below_576_is_too_small_for_any_datagram() -> None:
    assert [case.message for case in find_cases("interface-mtu", short_form(mtu=575))] == [
        "the MTU of eth0 is 575, which cuts even small datagrams"
    ]


TCP = "Tcp:\n    {} segments retransmitted\n"


@pytest.mark.parametrize(
    ("more", "resent", "severity"),
    [
        ((0, 100), 0, "warning"),
        ((0, 100), 2, "warning"),
        ((0, 100), 3, "error"),
        ((0, 99), 3, None),
        ((1, 100), 3, None),
    ],
)
def test_an_interface_that_sends_and_hears_nothing(more: tuple[int, int], resent: int, severity: str | None) -> None:
    before = short_form() + TCP.format(5)
    after = short_form(packets=(8 + more[0], 12 + more[1])) + TCP.format(5 + resent)
    assert find_severity("interface-one-way", after, before, seconds=30) == severity


@pytest.mark.parametrize(
    ("name", "flags"), [("lo", "LRU"), ("tun0", "MOPRU"), ("dummy0", "BMORU"), ("veth1a2b", "BMRU"), ("eth0", "BMU")]
)
def test_some_interfaces_need_not_hear_anything(name: str, flags: str) -> None:
    before, after = (short_form(name, packets=packets, flags=flags) for packets in ((5, 0), (5, 500)))
    assert find_cases("interface-one-way", after, before, seconds=30) == []


def test_one_way_needs_two_moments_and_time() -> None:
    text = short_form()
    assert find_obstacle("interface-one-way", text) == "it needs a comparison"
    assert find_obstacle("interface-one-way", text, text, seconds=29) == "it needs two moments that are 30 s apart"


def test_segments_sent_again_after_a_reset_prove_no_loss() -> None:
    before = short_form() + "Tcp:\n    900000 segments received\n" + TCP.format(500).removeprefix("Tcp:\n")
    after = short_form(packets=(8, 112)) + "Tcp:\n    9 segments received\n" + TCP.format(50).removeprefix("Tcp:\n")
    assert find_severity("interface-one-way", after, before, seconds=30) == "warning"
