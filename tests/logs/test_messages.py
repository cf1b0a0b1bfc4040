"""Messages and help text that netstat prints beside its tables."""

import pytest

import netstat_parse as np
from netstat_parse.logs.messages import is_usage_line, parse_message

TABLE = "Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n"
ROUTE = "10.0.0.0        0.0.0.0         255.0.0.0       U         0 0          0 eth0\n"


@pytest.mark.parametrize(
    ("line", "english"),
    [
        ("Unknown address family `nosuch'.", "Unknown address family `nosuch'."),
        ("Třída adres „nosuch“ není známa.", "Unknown address family `nosuch'."),
        ("不明なアドレスファミリです `nosuch'.", "Unknown address family `nosuch'."),
        ("O AX.25 não foi configurado neste sistema.", "AX.25 not configured in this system."),
        ("Viga /proc/net/snmp analüüsimisel: Success", "error parsing /proc/net/snmp: Success"),
        ("Warnung, fehlerhafte igmp6 line 7.", "warning, got bogus igmp6 line 7."),
        ("netstat: no support for `AF IPX' on this system.", "no support for `AF IPX' on this system."),
        ("/usr/local/net-tools-1.60/netstat: invalid option -- '6'", "invalid option -- '6'"),
        ("Použití: netstat [-vWeenNcCF] [<AF>] -r", "Použití: netstat [-vWeenNcCF] [<AF>] -r"),
    ],
)
def test_a_message_is_recognized_in_every_language(line: str, english: str) -> None:
    assert parse_message(line) == english


@pytest.mark.parametrize("line", ["netstat -rn", "not configured", "usage: tar [-cx]", "Adressfamilie", "a" * 10_000])
def test_other_text_is_not_a_message(line: str) -> None:
    assert parse_message(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "       netstat [-vWnNcaeol] [<Socket> ...]",
        "        -r, --route              経路テーブルの表示",
        "        --numeric-hosts          nepřekládá názvy strojů",
        "\t-r\tRouting table",
        "  <Socket>={-t|--tcp} {-u|--udp} {-U|--udplite} {-S|--sctp} {-w|--raw}",
        "           {-x|--unix} --ax25 --ipx --netrom",
        "    netrom (AMPR NET/ROM) ipx (Novell IPX) ddp (Appletalk DDP) ",
    ],
)
def test_help_text_is_recognized_by_its_shape(line: str) -> None:
    assert is_usage_line(line)


def test_the_diagnostic_of_a_message_is_in_english_and_has_the_line() -> None:
    (diagnostic,) = np.parse(f"Třída adres „x“ není známa.\n{TABLE}{ROUTE}").diagnostics
    assert (diagnostic.code, diagnostic.message) == ("netstat-message", "netstat says: Unknown address family `x'.")
    assert diagnostic.text == "Třída adres „x“ není známa."


@pytest.mark.parametrize(
    "message",
    [
        "(Not all processes could be identified, non-owned process info",
        "(Es konnten nicht alle Prozesse identifiziert werden; Informationen über",
        '(No info could be read for "-p": geteuid()=1000 but you should be root.)',
    ],
)
def test_a_message_about_hidden_processes_has_a_code_in_every_language(message: str) -> None:
    assert [found.code for found in np.parse(f"{message}\n{TABLE}{ROUTE}").diagnostics] == ["processes-hidden"]


def test_a_message_between_two_routes_is_foreign() -> None:
    lines = np.parse(f"{TABLE}{ROUTE}warning, got bogus igmp6 line 7.\n{ROUTE}").lines
    assert (lines.records, lines.foreign, lines.unparsed) == (2, 1, 0)


def test_help_text_above_a_table_is_foreign() -> None:
    usage = "usage: netstat [-vWeenNcCF] [<Af>] -r\n        -r, --route              display routing table\n"
    read = np.parse(f"{usage}{TABLE}{ROUTE}")
    assert (read.lines.foreign, len(read.diagnostics)) == (2, 1)


def test_the_error_repeats_the_message_if_there_is_no_table() -> None:
    with pytest.raises(np.NetstatParseError, match=r"netstat said: No routing for address family `rose'\."):
        np.parse("No routing for address family `rose'.\n")
