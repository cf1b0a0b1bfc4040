"""Routes of Linux: IPv4, IPX and others, but not IPv6."""

from itertools import pairwise

import pytest

import netstat_parse as np
from netstat_parse import Dump, Route

HEADINGS = {
    "": "Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface",
    "e": "Destination     Gateway         Genmask         Flags Metric Ref    Use Iface",
    "ee": "Destination     Gateway         Genmask         Flags Metric Ref    Use Iface    MSS   Window irtt",
    "C": "Source          Destination     Gateway         Flags   MSS Window  irtt Iface",
    "Ce": "Source          Destination     Gateway         Flags Metric Ref    Use Iface",
}


def dump(option: str, *rows: str) -> Dump:
    return np.parse("\n".join((HEADINGS[option], *rows)) + "\n")


def route(option: str, row: str) -> Route:
    (found,) = dump(option, row).routes
    return found


@pytest.mark.parametrize(
    ("mask", "length"),
    [
        ("0.0.0.0", "0"),
        ("128.0.0.0", "1"),
        ("255.240.0.0", "12"),
        ("255.255.255.255", "32"),
        ("255.0.255.0", "255.0.255.0"),
    ],
)
def test_a_mask_becomes_a_length_unless_its_ones_have_gaps(mask: str, length: str) -> None:
    found = route("", f"10.0.0.0        0.0.0.0         {mask:15} U         0 0          0 eth0")
    assert found.destination == f"10.0.0.0/{length}"


@pytest.mark.parametrize(("mask", "destination"), [("0.0.0.0", "0.0.0.0/0"), ("128.0.0.0", "0.0.0.0/1")])
def test_default_has_the_prefix_length_of_its_mask(mask: str, destination: str) -> None:
    found = route("", f"default         192.0.2.254     {mask:15} UG        0 0          0 eth0")
    assert (found.destination, found.destination_host) == (destination, None)


def test_the_mask_of_a_network_with_a_name_is_kept() -> None:
    found = route("", "link-local      *               255.255.0.0     U         0 0          0 eth0")
    assert (found.destination, found.destination_host) == (None, "link-local")
    assert found.extra == {"Genmask": "255.255.0.0"}


def test_a_name_of_fifteen_bytes_may_be_cut() -> None:
    found = route("", "longhostname-ga www.routerlogin 255.255.255.255 UGH       0 0          0 eth0")
    assert found.truncated == ["destination_host", "gateway_host"]


@pytest.mark.parametrize("none", ["0.0.0.0", "*"])
def test_without_a_gateway_a_destination_is_on_the_link(none: str) -> None:
    found = route("", f"10.0.0.0        {none:15} 255.0.0.0       U         0 0          0 eth0")
    assert (found.gateway, found.on_link, found.type) == (None, True, "unicast")


def test_an_ipv6_gateway_of_an_ipv4_route_is_null_and_not_on_the_link() -> None:
    found = route("", "10.73.0.0       0.0.0.0         255.255.0.0     UG        0 0          0 eth0")
    assert (found.gateway, found.on_link) == (None, False)


@pytest.mark.parametrize(
    "row",
    [
        "10.66.0.0       -               255.255.0.0     !         - -          - -",  # net-tools
        "10.66.0.0       *               255.255.0.0     !         0 0          0 *",  # busybox
    ],
)
def test_a_reject_route_has_no_gateway_and_no_interface(row: str) -> None:
    found = route("", row)
    assert (found.type, found.flags, found.gateway, found.interface, found.on_link) == (
        "reject",
        ["reject"],
        None,
        None,
        None,
    )


def test_dashes_are_not_numbers() -> None:
    found = route(
        "ee", "10.66.0.0       -               255.255.0.0     !     5      -        7 -        -     -      -"
    )
    assert (found.metric, found.references, found.uses, found.mss, found.window, found.irtt) == (
        5,
        None,
        7,
        None,
        None,
        None,
    )


def test_blackhole_and_throw_routes_are_not_unicast() -> None:
    found = route("", "10.68.0.0       0.0.0.0         255.255.0.0     U         0 0          0 *")
    assert (found.type, found.interface, found.on_link) == (None, None, None)


@pytest.mark.parametrize(("printed", "metric"), [("-1", -1), ("4294967295", 4294967295)])
def test_a_metric_of_32_bits_is_kept(printed: str, metric: int) -> None:
    found = route("e", f"0.0.0.0         192.0.2.253     0.0.0.0         UG    {printed:6} 0        0 eth0")
    assert found.metric == metric


def test_the_interface_may_be_cut_only_before_further_columns() -> None:
    row = "10.72.0.0       0.0.0.0         255.255.0.0     U     0      0        0 longif"
    assert route("e", row).truncated == []
    assert route("ee", f"{row}   0     0      0").truncated == ["interface"]


def test_six_flags_of_busybox_have_no_blank_before_the_metric() -> None:
    found = route("e", "10.24.0.0       192.0.2.24      255.255.0.0     !GHRDM24     24   24000 eth0")
    assert found.flags == ["reject", "gateway", "host", "reinstate", "dynamic", "modified"]
    assert (found.metric, found.references, found.uses) == (24, 24, 24000)


@pytest.mark.parametrize(("flags", "words"), [("Uco", ["addrconf"]), ("Uoc", ["cache"]), ("Uc", ["c"])])
def test_the_position_of_the_flag_c_determines_its_meaning(flags: str, words: list[str]) -> None:
    found = route("", f"10.16.0.0       192.0.2.16      255.255.0.0     {flags:5}  1016 2016    3016 eth1")
    assert [word for word in found.flags if word not in ("up", "nonexthop")] == words


@pytest.mark.parametrize(
    ("tail", "numbers"),
    [
        ("U         1 2          3 eth0", {"mss": 1, "window": 2, "irtt": 3}),
        ("U     16436 0          0 lo", {"mss": 16436, "window": 0, "irtt": 0}),
        ("U     1      2        3 eth0", {"metric": 1, "references": 2, "uses": 3}),
        ("U     1      2        3 eth0     4     5      6", {"metric": 1, "mss": 4, "window": 5, "irtt": 6}),
        ("U 1 2 3 eth0", {"metric": None, "mss": None}),
    ],
)
def test_without_headings_the_alignment_of_the_numbers_identifies_them(tail: str, numbers: dict[str, int]) -> None:
    (found,) = np.parse(f"10.0.0.0        0.0.0.0         255.0.0.0       {tail}").routes
    assert {name: getattr(found, name) for name in numbers} == numbers


def test_unidentified_numbers_are_kept() -> None:
    (found,) = np.parse("10.0.0.0 0.0.0.0 255.0.0.0 U 1 2 3 eth0").routes
    assert found.extra == {"MSS or Metric": "1", "Window or Ref": "2", "irtt or Use": "3"}


def test_only_toybox_has_tabs_in_its_heading() -> None:
    heading = "Destination\tGateway \tGenmask \tFlags   MSS Window  irtt Iface"
    read = np.parse(f"{heading}\ndefault         192.0.2.254     0.0.0.0         UG        0 0          0 eth0\n")
    assert (read.snapshots[0].tool, read.routes[0].destination) == ("toybox", "0.0.0.0/0")


def test_a_route_of_the_cache_has_a_source_and_leads_to_a_host() -> None:
    found = route("C", "192.0.2.1       192.0.2.2       192.0.2.2              1500 32767    300 eth0")
    assert (found.source, found.destination, found.gateway, found.on_link) == ("192.0.2.1", "192.0.2.2/32", None, True)
    assert (found.flags, found.mss) == ([], 1500)


def test_flags_of_the_cache_have_words_of_their_own() -> None:
    found = route("Ce", "192.0.2.2       255.255.255.255 255.255.255.255 bNdl  0      0        1 eth0")
    assert (found.flags, found.type) == (["broadcast", "dnat", "local"], "broadcast")


def test_rows_distinguish_the_cache_from_the_table_in_portuguese() -> None:
    read = np.parse(
        "Tabela de Roteamento IP do Kernel\n"
        "Destino         Roteador        MáscaraGen.    Opções   MSS Janela  irtt Iface\n"
        "192.0.2.2       192.0.2.1       192.0.2.1       l     16436 0          0 lo\n"
    )
    assert (read.routes[0].source, read.routes[0].type, read.snapshots[0].language) == ("192.0.2.2", "local", "pt-BR")
    assert read.lines.unparsed == 0


def test_a_title_without_rows_is_a_table_without_routes() -> None:
    read = np.parse("Kernel IP routing table\n")
    assert (read.routes, len(read.snapshots)) == ([], 1)


def test_an_ipx_router_made_of_the_words_directly_connected_is_on_the_link() -> None:
    read = np.parse(
        "Kernel IPX routing table\n"
        "Destination               Router Net                Router Node\n"
        "00000001                  0000000D                  C00000000000             \n"
    )
    assert (read.routes[0].gateway, read.routes[0].on_link) == (None, True)
    assert [found.code for found in read.diagnostics] == ["untrustworthy"]


@pytest.mark.parametrize(
    "text",
    [
        "default via 192.168.1.1 dev eth0 proto dhcp metric 100\n10.0.0.0/8 via 10.1.1.1 dev tun0\n",
        "2001:db8::/64 dev eth0 proto kernel metric 256 pref medium\n",
        "eth0\t0000FEA9\t00000000\t0001\t0\t0\t1002\t0000FFFF\t0\t0\t0\n",
        "Destination        Gateway          Flags    Netif\ndefault            192.168.1.1      UGScg      en0\n",
        "192.0.2.1 198.51.100.7 203.0.113.9 100 200 300 requests\n",
    ],
    ids=["ip route", "ip -6 route", "/proc/net/route", "macOS", "a log"],
)
def test_routes_of_other_programs_are_not_read(text: str) -> None:
    with pytest.raises(np.NetstatParseError):
        np.parse(text)


def test_text_after_a_table_is_not_a_damaged_route() -> None:
    row = "10.0.0.0        0.0.0.0         255.0.0.0       U         0 0          0 eth0"
    read = dump("", row, "done in 3 seconds", "root@host:~# ip route", "default via 192.0.2.254 dev eth0")
    assert (len(read.routes), read.lines.foreign, read.lines.unparsed) == (1, 3, 0)


def test_a_route_cut_short_is_reported_with_its_column() -> None:
    row = "10.0.0.0        192.0.2.1       255.0.0.0       UG        0 0          0 eth0"
    for length in (45, 50, 70):
        (found,) = dump("", row, row[:length]).diagnostics
        assert (found.code, found.line) == ("truncated-row", 3)


@pytest.mark.parametrize("tables", list(pairwise(HEADINGS)))
def test_the_headings_of_each_table_identify_it(tables: tuple[str, str]) -> None:
    read = np.parse("".join(f"{HEADINGS[table]}\n" for table in tables))
    assert read.lines.headings == 2


def test_an_interface_of_six_letters_is_cut_only_by_ee() -> None:
    headings = "Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface"
    row = "0.0.0.0         10.0.2.2        0.0.0.0         UG        0 0          0 enp0s3"
    assert np.parse(f"Kernel IP routing table\n{headings}\n{row}\n").routes[0].truncated == []


def test_a_route_that_is_cut_after_two_columns_is_reported() -> None:
    headings = "Destination     Gateway         Genmask         Flags Metric Ref    Use Iface"
    row = "link-local      0.0.0.0         255.255.0.0     U     1000   0        0 eth0"
    for columns in range(20, len(row) - 4):
        dump = np.parse(f"Kernel IP routing table\n{headings}\n{row}\n{row[:columns]}\n")
        assert [found.code for found in dump.diagnostics] in (["truncated-row"], ["unparsed-line"]), row[:columns]
