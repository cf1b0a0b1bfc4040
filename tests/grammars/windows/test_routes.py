"""``netstat -r`` of Windows, which is ``route print``."""

import pytest

import netstat_parse as np
from netstat_parse import Interface, Route
from support.records import exact

RULER = "=" * 75 + "\n"
ACTIVE = "Active Routes:\nNetwork Destination        Netmask          Gateway       Interface  Metric\n"
PERSISTENT = "Persistent Routes:\n  Network Address          Netmask  Gateway Address  Metric\n"
ROUTES6 = " If Metric Network Destination      Gateway\n"

ENGLISH = f"""\
{RULER}Interface List
 12...00 15 5d 8a 10 02 ......Intel(R) Ethernet Connection (7) I219-LM
  1...........................Software Loopback Interface 1
{RULER}
IPv4 Route Table
{RULER}{ACTIVE}\
          0.0.0.0          0.0.0.0    192.168.178.1   192.168.178.21     25
        127.0.0.0        255.0.0.0         On-link         127.0.0.1    331
{RULER}{PERSISTENT}\
          0.0.0.0          0.0.0.0    192.168.178.1  Default
{RULER}
IPv6 Route Table
{RULER}Active Routes:
{ROUTES6}\
  1    331 ::1/128                  On-link
 12    281 2001:db8:20:1:5c4e:91ff:fe3d:25/128
                                    On-link
{RULER}Persistent Routes:
{ROUTES6}\
  0    256 2001:db8:ffff:eeee:dddd::/80
                                    fe80::1
{RULER}"""

INVENTED = (
    ENGLISH.replace("Interface List", "Brëska listu")
    .replace("IPv4 Route Table", "IPv4 rutan tålvu")
    .replace("IPv6 Route Table", "IPv6 rutan tålvu")
    .replace(ACTIVE, "Skeva rutan:\nNëta måal                  Nëtamask           Portalu        Brëska   Mëtra\n")
    .replace(PERSISTENT, "Ostan rutan :\n  Nëta adrin              Nëtamask    Portalu adrin   Mëtra\n")
    .replace("Active Routes:", "Skeva rutan:")
    .replace("Persistent Routes:", "Ostan rutan :")
    .replace(ROUTES6, " Brë Mëtra Nëta måal               Portalu\n")
    .replace("        On-link   ", "      Pru lin ë   ")
    .replace("On-link", "Pru lin ë")
    .replace("Default", "Fåru normo")
)


def routes(rows: str, above: str = f"IPv4 Route Table\n{RULER}{ACTIVE}") -> list[Route]:
    return np.parse(above + rows).routes


def interfaces(rows: str) -> list[Interface]:
    dump = np.parse(f"{RULER}Interface List\n{rows}{RULER}")
    assert (dump.lines.unparsed, dump.lines.foreign) == (0, 0)
    return dump.interfaces


def test_destination_and_mask_are_one_network() -> None:
    (found,) = routes("   198.51.100.128  255.255.255.192  192.168.178.250   192.168.178.21     26\n")
    assert (found.family, found.destination, found.gateway) == ("ipv4", "198.51.100.128/26", "192.168.178.250")
    assert (found.interface, found.metric, found.on_link, found.persistent) == ("192.168.178.21", 26, False, False)


@pytest.mark.parametrize("word", ["On-link", "Auf Verbindung", "No vínculo", "在链路上", "Pru lin ë nolu portalu"])
def test_a_word_in_place_of_a_gateway_means_on_the_link(word: str) -> None:
    (found,) = routes(f"        127.0.0.0        255.0.0.0  {word:>15}         127.0.0.1    331\n")
    assert (found.gateway, found.on_link, found.interface, found.metric) == (None, True, "127.0.0.1", 331)


def test_xp_prints_the_number_of_an_interface_without_an_address_in_hexadecimal() -> None:
    (found,) = routes("  255.255.255.255  255.255.255.255     192.168.1.34           10003       1\n")
    assert (found.interface, found.interface_index, found.metric) == (None, 0x10003, 1)


def test_xp_names_the_default_gateway_again_below_the_routes() -> None:
    dump = np.parse(
        f"{RULER}{RULER}{ACTIVE}"
        "          0.0.0.0          0.0.0.0      192.168.1.1    192.168.1.34       20\n"
        f"Default Gateway:       192.168.1.1\n{RULER}Persistent Routes:\n  None\n"
    )
    assert [route.destination for route in dump.routes] == ["0.0.0.0/0"]
    assert (dump.lines.headings, dump.lines.foreign, dump.lines.unparsed) == (8, 0, 0)


@pytest.mark.parametrize("word", ["Default", "Par défaut", "По умолчанию", "默认", "Fåru normo"])
def test_a_metric_that_is_a_word_is_kept_as_text(word: str) -> None:
    (found,) = routes(f"          0.0.0.0          0.0.0.0    192.168.178.1  {word} \n", PERSISTENT)
    assert (found.metric, found.metric_text, found.persistent) == (None, word, True)


@pytest.mark.parametrize("row", ["On-link  Default", "Auf Verbindung  Par défaut", "Auf Verbindung      1"])
def test_a_persistent_route_may_be_on_the_link(row: str) -> None:
    (found,) = routes(f"         10.0.0.0        255.0.0.0  {row}\n", PERSISTENT)
    assert (found.destination, found.gateway, found.on_link) == ("10.0.0.0/8", None, True)


def test_the_number_of_columns_identifies_persistent_routes_without_a_title() -> None:
    (found,) = routes("      203.0.113.0    255.255.255.0  192.168.178.251       4\n", "")
    assert (found.metric, found.persistent, found.interface) == (4, True, None)


def test_the_gateway_of_a_long_ipv6_destination_is_printed_on_the_next_line() -> None:
    first, second = routes(
        " 12     40 2001:db8:ffff:eeee:dddd::/80\n                                    fe80::42f2:e9ff:fe1d:7780\n"
        "  9    281 fe80::6c1f:20ab:4d03:91e7/128\n                                    Auf Verbindung\n",
        ROUTES6,
    )
    assert (first.destination, first.gateway) == ("2001:db8:ffff:eeee:dddd::/80", "fe80::42f2:e9ff:fe1d:7780")
    assert (first.interface_index, first.metric, first.on_link, first.line) == (12, 40, False, 2)
    assert (second.gateway, second.on_link, second.line) == (None, True, 4)


def test_an_ipv6_gateway_that_was_cut_off_is_null() -> None:
    (found,) = routes("  9    281 fe80::6c1f:20ab:4d03:91e7/128\n", ROUTES6)
    assert (found.gateway, found.on_link) == (None, None)


def test_a_metric_of_32_bits_is_a_number() -> None:
    (found,) = routes("  0 4294967295 2001:db8:f00::/48        fe80::1\n", f"Persistent Routes:\n{ROUTES6}")
    assert (found.metric, found.interface_index, found.persistent) == (4294967295, 0, True)


@pytest.mark.parametrize("text", [ENGLISH, INVENTED], ids=["en", "invented"])
def test_persistent_routes_are_distinguished_from_active_ones_of_the_same_shape(text: str) -> None:
    assert [(route.family, route.persistent) for route in np.parse(text).routes] == [
        ("ipv4", False), ("ipv4", False), ("ipv4", True), ("ipv6", False), ("ipv6", False), ("ipv6", True),
    ]  # fmt: skip


def test_routes_are_the_same_in_every_language() -> None:
    english, invented = np.parse(ENGLISH), np.parse(INVENTED)
    invented_routes, english_routes = (
        exact(route.model_copy(update={"metric_text": None}) for route in dump.routes) for dump in (invented, english)
    )
    assert invented_routes == english_routes
    assert exact(invented.interfaces) == exact(english.interfaces)
    assert (english.snapshots[0].language, invented.snapshots[0].language) == ("en", None)


@pytest.mark.parametrize("text", [ENGLISH, INVENTED], ids=["en", "invented"])
def test_rulers_titles_and_headings_are_headings(text: str) -> None:
    lines = np.parse(text).lines
    assert (lines.headings, lines.records, lines.blank, lines.foreign, lines.unparsed) == (19, 10, 2, 0, 0)


@pytest.mark.parametrize("word", ["None", "Keine", "Отсутствует", "Nolu rutan"])
def test_the_word_for_no_routes_is_a_heading(word: str) -> None:
    active = "  1    331 ::1/128                  On-link\n"
    dump = np.parse(f"IPv6 Route Table\n{RULER}Active Routes:\n{ROUTES6}{active}{RULER}Persistent Routes:\n  {word}\n")
    assert (len(dump.routes), dump.lines.headings, dump.lines.foreign) == (1, 7, 0)


@pytest.mark.parametrize("heading", [" Se destino de rede de métrica      Gateway", "如果跃点数网络目标      网关"])
def test_mistranslated_headings_do_not_matter(heading: str) -> None:
    above = f"IPv6 Route Table\n{RULER}Active Routes:\n{heading}\n"
    (found,) = routes("  1    331 ::1/128                  On-link\n", above)
    assert (found.destination, found.interface_index, found.metric) == ("::1/128", 1, 331)


@pytest.mark.parametrize("text", [ENGLISH, INVENTED], ids=["en", "invented"])
def test_a_second_output_is_a_second_snapshot(text: str) -> None:
    dump = np.parse(f"{text}\n{text}")
    assert [len([r for r in dump.routes if r.snapshot == snapshot.index]) for snapshot in dump.snapshots] == [6, 6]
    assert [snapshot.first_line for snapshot in dump.snapshots] == [1, 33]


@pytest.mark.parametrize("text", [ENGLISH, INVENTED], ids=["en", "invented"])
def test_a_stream_of_single_lines_gives_the_same_records(text: str) -> None:
    streamed = [record for record in np.stream(text.splitlines(keepends=True)) if isinstance(record, Route)]
    assert exact(streamed) == exact(np.parse(text).routes)


def test_rulers_of_other_text_are_not_headings() -> None:
    connections = "  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1712\n"
    dump = np.parse(f"{RULER}Report of Monday\n{RULER}\nseven\nlines\nof\ntext\nthat\nsay\nnothing\n{connections}")
    assert (dump.lines.headings, dump.lines.foreign) == (2, 8)


@pytest.mark.parametrize(
    ("row", "address", "description"),
    [
        (" 12...00 15 5d 8a 10 02 ......Intel(R) Ethernet", "00:15:5d:8a:10:02", "Intel(R) Ethernet"),
        ("  1...........................Software Loopback", None, "Software Loopback"),
        (" 22...00 00 00 00 00 00 00 e0 Microsoft ISATAP", "00:00:00:00:00:00:00:e0", "Microsoft ISATAP"),
        (" 14...0a 00 27 00 00 0e .......dotted adapter", "0a:00:27:00:00:0e", ".dotted adapter"),
        ("  7...........................Туннельный адаптер 0.0", None, "Туннельный адаптер 0.0"),
        ("0x10003 ...00 16 3e 77 01 0f ...... Intel(R) PRO", "00:16:3e:77:01:0f", "Intel(R) PRO"),
        ("0x1 ........................... MS TCP Loopback", None, "MS TCP Loopback"),
    ],
)
def test_an_interface_has_a_number_an_address_and_a_name(row: str, address: str | None, description: str) -> None:
    (found,) = interfaces(f"{row}\n")
    assert (found.physical_address, found.description) == (address, description)
    assert found.index == int(row.partition("...")[0], 0)


@pytest.mark.parametrize(
    "rows",
    [
        "0x3 ...00 16 3e 5a 11 9c ...... Wireless 802.11g USB Adapter #2 - Packet Schedul\ner Miniport\n",
        "0x3 ...00 16 3e 5a 11 9c ...... Wireless  802.11g USB Adapter #2 - Packet Sched-\n er Miniport\n",
    ],
)
def test_the_console_of_xp_wraps_names_at_80_columns(rows: str) -> None:
    first, second = interfaces(f"{rows}0x4 ........................... Other\n")
    assert first.description == rows.replace("\n", "")[32:]
    assert (second.index, second.line) == (4, 5)


@pytest.mark.parametrize("lost", ["", " "])
def test_a_blank_in_column_80_is_part_of_the_name_even_if_it_was_stripped(lost: str) -> None:
    row = f"0x2 ...00 16 3e 5a 11 02 ...... Intel(R) PRO/100 VE Network Connection - Packet{lost}\nScheduler Miniport\n"
    (found,) = interfaces(row)
    assert found.description == "Intel(R) PRO/100 VE Network Connection - Packet Scheduler Miniport"


def test_wide_letters_take_two_of_the_80_columns() -> None:
    (found,) = interfaces(
        "0x10003 ...00 0c 29 f8 c4 17 ...... VMware Accelerated AMD PCNet Adapter - 数\n据包计划程序微型端口\n"
    )
    assert found.description == "VMware Accelerated AMD PCNet Adapter - 数据包计划程序微型端口"


def test_routes_and_connections_of_one_command_are_one_snapshot() -> None:
    dump = np.parse(f"{INVENTED}\nTålvu\n\n  Pro  Våra  Dëra  Ska\n  TCP    192.0.2.1:139   0.0.0.0:0   LISTENING\n")
    assert (len(dump.routes), len(dump.connections), len(dump.snapshots)) == (6, 1, 1)
