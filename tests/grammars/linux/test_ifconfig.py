"""Long listings of interfaces of Linux: ``netstat -ie`` and ifconfig."""

import time
from collections.abc import Iterator

import pytest

import netstat_parse as np
from netstat_parse import Interface
from support.diagnostics import list_diagnostics
from support.records import exact

TITLE = "Kernel Interface table\n"

SINCE_2012 = """\
eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500
        inet 192.0.2.1  netmask 255.255.255.0  broadcast 192.0.2.255
        inet6 fe80::1  prefixlen 64  scopeid 0x20<link>
        ether 02:00:00:00:00:0A  txqueuelen 1000  (Ethernet)
        RX packets 25  bytes 3584 (3.5 KiB)
        RX errors 1  dropped 2  overruns 3  frame 4
        TX packets 66  bytes 44172 (43.1 KiB)
        TX errors 5  dropped 6 overruns 7  carrier 8  collisions 9
        device interrupt 18  base 0xc000  memory 0xda000000-da020000
"""

IN_CZECH = """\
eth0: flags=4163<AKTIVOVÁNO,VŠESMĚR,BĚŽÍ,MULTICAST>  mtu 1500
        inet 192.0.2.1 síťová_maska 255.255.255.0  všesměr 192.0.2.255
        inet6 fe80::1  délka_prefixu 64  scopeid 0x20<linka>
        ether 02:00:00:00:00:0a délka_odchozí_fronty 1000  (Ethernet)
        RX packetů 25  bajtů 3584 (3,5 KiB)
        RX chyb 1  zahozeno 2  přetečení 3  rámců 4
        TX packetů 66  bajtů 44172 (43,1 KiB)
        TX chyb 5  zahozeno 6  přetečení 7  přenos 8  kolizí 9
        device interrupt 18  base 0xc000  memory 0xda000000-da020000
"""

BEFORE_2012 = """\
eth0      Link encap:Ethernet  HWaddr 02:00:00:00:00:0A  \n\
          inet addr:192.0.2.1  Bcast:192.0.2.255  Mask:255.255.255.0
          inet6 addr: fe80::1/64 Scope:Link
          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1
          RX packets:25 errors:1 dropped:2 overruns:3 frame:4
          TX packets:66 errors:5 dropped:6 overruns:7 carrier:8
          collisions:9 txqueuelen:1000 \n\
          RX bytes:3584 (3.5 KiB)  TX bytes:44172 (43.1 KiB)
          Interrupt:18 Base address:0xc000 Memory:da000000-da020000 \n\
"""

IN_FRENCH = """\
eth0      Link encap:Ethernet  HWaddr 02:00:00:00:00:0a
          inet adr:192.0.2.1  Bcast:192.0.2.255  Masque:255.255.255.0
          adr inet6: fe80::1/64 Scope:Lien
          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1
          Packets reçus:25 erreurs:1 :2 overruns:3 frame:4
          TX packets:66 errors:5 dropped:6 overruns:7 carrier:8
          collisions:9 lg file transmission:1000
          Octets reçus:3584 (3.5 KiB) Octets transmis:44172 (43.1 KiB)
          Interruption:18 Adresse de base:0xc000 Mémoire:da000000-da020000
"""

IN_GERMAN = """\
eth0      Protokoll:Ethernet  Hardware Adresse 02:00:00:00:00:0A  \n\
          inet Adresse:192.0.2.1  Bcast:192.0.2.255  Maske:255.255.255.0
          inet6 Adresse: fe80::1/64 Gültigkeitsbereich:Verbindung
          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1
          RX packets:25 errors:1 dropped:2 overruns:3 frame:4
          TX packets:66 errors:5 dropped:6 overruns:7 carrier:8
          Kollisionen:9 Sendewarteschlangenlänge:1000 \n\
          RX bytes:3584 (3.5 Kb)  TX bytes:44172 (43.1 Kb)
          Interrupt:18 Base address:0xc000 Memory:da000000-da020000 \n\
"""


def long(block: str) -> Interface:
    (interface,) = np.parse(f"{TITLE}{block}\n").interfaces
    return interface


@pytest.mark.parametrize("block", [SINCE_2012, IN_CZECH, BEFORE_2012, IN_FRENCH, IN_GERMAN])
def test_a_long_listing_is_the_same_in_every_layout_and_language(block: str) -> None:
    found = long(block).model_dump(exclude={"metric"}, exclude_defaults=True)
    assert found == {
        "snapshot": 0,
        "line": 2,
        "name": "eth0",
        "physical_address": "02:00:00:00:00:0a",
        "encapsulation": "ether",
        "mtu": 1500,
        "tx_queue_length": 1000,
        "flags": ["up", "broadcast", "running", "multicast"],
        "addresses": [
            {"address": "192.0.2.1", "prefix_length": 24, "broadcast": "192.0.2.255"},
            {"address": "fe80::1", "prefix_length": 64, "scope": "link"},
        ],
        "in_octets": 3584,
        "out_octets": 44172,
        "in_packets": 25,
        "out_packets": 66,
        "in_discards": 2,
        "out_discards": 6,
        "in_errors": 1,
        "out_errors": 5,
        "in_overruns": 3,
        "out_overruns": 7,
        "in_frame_errors": 4,
        "out_carrier_errors": 8,
        "collisions": 9,
        "interrupt": 18,
        "base_address": "0xc000",
        "memory": "da000000-da020000",
    }


@pytest.mark.parametrize(
    "block",
    [
        (
            "ppp0: flags=4305<UP,POINTOPOINT,RUNNING,NOARP,MULTICAST>  mtu 1492\n"
            "        inet 10.8.0.1  netmask 255.255.255.255  destination 10.8.0.2\n"
        ),
        (
            "ppp0      Link encap:Point-to-Point Protocol\n"
            "          inet addr:10.8.0.1  P-t-P:10.8.0.2  Mask:255.255.255.255\n"
            "          UP POINTOPOINT RUNNING NOARP MULTICAST  MTU:1492  Metric:1\n"
        ),
        (
            "ppp0      Protokoll:Punkt-zu-Punkt-Verbindung\n"
            "          inet Adresse:10.8.0.1  P-z-P:10.8.0.2  Maske:255.255.255.255\n"
            "          UP PUNKTZUPUNKT RUNNING NOARP MULTICAST  MTU:1492  Metric:1\n"
        ),
    ],
)
def test_the_flags_distinguish_a_peer_from_a_broadcast_address(block: str) -> None:
    (address,) = long(block).addresses
    assert (address.destination, address.broadcast, address.prefix_length) == ("10.8.0.2", None, 32)


def test_an_unset_broadcast_address_is_null() -> None:
    (address,) = long(SINCE_2012.replace("192.0.2.255", "0.0.0.0").replace("inet6", "#")).addresses
    assert address.broadcast is None


def test_a_mask_with_gaps_is_not_a_prefix() -> None:
    assert long(SINCE_2012.replace("255.255.255.0", "255.0.255.0")).addresses[0].prefix_length is None


@pytest.mark.parametrize(
    ("address", "scope"),
    [("::1", "host"), ("fe80::1", "link"), ("fec0::5", "site"), ("::192.0.2.77", "compat"), ("2001:db8::1", "global")],
)
def test_the_scope_before_2012_follows_from_the_address(address: str, scope: str) -> None:
    assert long(BEFORE_2012.replace("fe80::1/64 Scope:Link", f"{address}/64 Rozsah:Něco")).addresses[1].scope == scope


def test_flags_are_read_from_their_number_which_may_be_negative() -> None:
    interface = long("venet0: flags=-28605<was,immer,da,steht>  mtu 1500\n")
    assert interface.flags == ["up", "broadcast", "running", "multicast", "dynamic"]


def test_flags_without_a_blank_between_are_split() -> None:
    interface = long(BEFORE_2012.replace("BROADCAST RUNNING", "BROADCASTRUNNING"))
    assert interface.flags == ["up", "broadcast", "running", "multicast"]


def test_an_unknown_flag_is_reported_once() -> None:
    blocks = BEFORE_2012.replace("UP ", "OBEN ") + "\n" + BEFORE_2012.replace("eth0", "eth1").replace("UP ", "OBEN ")
    dump = np.parse(TITLE + blocks)
    assert dump.interfaces[1].flags == ["broadcast", "running", "multicast"]
    assert list_diagnostics(dump) == [(2, "unknown-flag")]


def test_values_without_a_field_in_the_schema_are_kept() -> None:
    more = BEFORE_2012.replace("txqueuelen", "compressed:4 txqueuelen").replace("Memory", "DMA chan:3 #Memory")
    interface = long(more.partition("#")[0] + "\n          IPX/Ethernet 802.2 addr:00000001:0000C08A6B2C\n")
    assert interface.extra == {
        "TX compressed": "4",
        "DMA chan": "3",
        "IPX/Ethernet 802.2 addr": "00000001:0000C08A6B2C",
    }


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("unspec 00-00-00-00-00-00-00-00-00-00-00-00-00-00-00-00", ":".join(["00"] * 16)),
        ("infiniband 80:00:00:48:FE:80:00:00:00:00:00:00:00:00:00:00:00:00:00:00", f"80:00:00:48:fe:80{':00' * 14}"),
        ("ax25 N0CALL-1", "N0CALL-1"),
        ("sit", None),
    ],
)
def test_a_hardware_address_has_octets_or_is_a_call_sign(line: str, address: str | None) -> None:
    interface = long(f"if0: flags=0<>  mtu 1480\n        {line}  txqueuelen 10  (Title)\n")
    assert interface.physical_address == address
    assert interface.encapsulation == line.split(maxsplit=1)[0]


def test_a_stanza_in_an_unknown_language_is_found_by_its_shape() -> None:
    dump = np.parse("Unheard of\n" + IN_CZECH.replace("síťová", "qwert") + "\n" + "lo: x=73<A,B>  y 65536\n")
    assert [interface.name for interface in dump.interfaces] == ["eth0", "lo"]


def test_an_unknown_word_for_a_link_is_kept() -> None:
    interface = long(BEFORE_2012.replace("Ethernet", "Qwert"))
    assert (interface.encapsulation, interface.extra) == (None, {"Link encap": "Qwert"})


def test_an_unreadable_line_does_not_affect_the_other_lines_of_its_stanza() -> None:
    dump = np.parse(TITLE + SINCE_2012.replace("3  frame 4", "3  fra"))
    (interface,) = dump.interfaces
    assert (interface.in_errors, interface.out_errors) == (None, 5)
    assert (dump.lines.unparsed, list_diagnostics(dump)) == (1, [(7, "unparsed-line")])


def test_an_incomplete_stanza_at_the_end_of_the_input_is_read() -> None:
    dump = np.parse(TITLE + SINCE_2012[:200].rstrip("\n"))
    assert dump.interfaces[0].addresses[0].address == "192.0.2.1"
    assert dump.lines.unparsed == 1


def test_repeated_stanzas_are_snapshots_unless_1_60_lists_an_interface_twice() -> None:
    blocks = "\n".join(BEFORE_2012.replace("eth0 ", name.ljust(5)) for name in ("eth1", "eth10", "eth1", "lo")) + "\n"
    assert [interface.snapshot for interface in np.parse(TITLE + blocks * 2).interfaces] == [0] * 4 + [1] * 4


def test_a_record_is_complete_at_the_blank_line_after_it() -> None:
    fed: list[str] = []

    def lines() -> Iterator[str]:
        for line in (TITLE + SINCE_2012 + "\n" + SINCE_2012.replace("eth0", "eth1") + "\n").splitlines(keepends=True):
            fed.append(line)
            yield line

    first = next(record for record in np.stream(lines()) if isinstance(record, Interface))
    assert (first.name, len(fed)) == ("eth0", 11)


def test_the_size_of_blocks_does_not_matter() -> None:
    text = TITLE + "\n".join([SINCE_2012, BEFORE_2012.replace("Metric:1", "Metric:"), IN_GERMAN, IN_CZECH])
    whole = np.parse(text)
    records = list(np.stream(iter(text.splitlines(keepends=True))))
    assert exact(record for record in records if isinstance(record, Interface)) == exact(whole.interfaces)
    assert exact(record for record in records if isinstance(record, np.Diagnostic)) == exact(whole.diagnostics)


def test_the_time_for_stanzas_is_linear() -> None:
    def seconds(count: int) -> float:
        blocks = (SINCE_2012.replace("eth0", f"eth{number}") for number in range(count))
        text = (TITLE + "\n".join(blocks)).encode()
        start = time.process_time()
        np.to_json(text)
        return time.process_time() - start

    seconds(100)
    assert seconds(8000) < 8 * 3 * seconds(1000)
