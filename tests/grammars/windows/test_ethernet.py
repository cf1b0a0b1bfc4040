"""``netstat -e`` of Windows."""

import pytest

import netstat_parse as np
from netstat_parse import Interface
from support.records import exact

ENGLISH = """\
Interface Statistics

                           Received            Sent

Bytes                    1279913096        89768387
Unicast packets              961149          234136
Non-unicast packets            2660          325731
Discards                          3               4
Errors                            5               6
Unknown protocols                 7
"""

GERMAN = """\
Schnittstellenstatistik

                          Empfangen        Gesendet

Bytes                    1279913096        89768387
Unicastpakete                961149          234136
Nicht-Unicastpakete            2660          325731
Verworfen                         3               4
Fehler                            5               6
Unbekannte Protok.                7
"""

INVENTED = """\
Brëska vordalen

                              Vårin           Våset

Bajtu                    1279913096        89768387
Ëncast pakor                 961149          234136
Nolu-ëncast pakor              2660          325731
Slått                             3               4
Brost                             5               6
Onkën protol                      7
"""

CHINESE = """\
接口统计

                           接收的            发送的

字节                     1279913096        89768387
单播数据包                   961149          234136
非单播数据包                   2660          325731
丢弃                              3               4
错误                              5               6
未知协议                          7
"""

# ReactOS in Polish: two blanks before a column of 34 characters
POLISH = """\
Statystyki interfejsu

                                         Odebrano        Wysłano

  Bajty                                1279913096        89768387
  Ramki pojedyncze                         961149          234136
  Ramki rozgłaszane                          2660          325731
  Odrzuty                                       3               4
  Błędy                                         5               6
  Nieznane protokoły                            7
"""


def interface(text: str) -> Interface:
    dump = np.parse(text)
    (found,) = dump.interfaces
    assert (dump.lines.unparsed, dump.lines.foreign, dump.lines.headings) == (0, 0, 2)
    return found


def test_all_interfaces_are_one_record_without_a_name() -> None:
    found = interface(ENGLISH)
    assert (found.name, found.line) == (None, 5)
    assert (found.in_octets, found.out_octets) == (1279913096, 89768387)
    assert (found.in_ucast_pkts, found.out_ucast_pkts) == (961149, 234136)
    assert (found.in_nucast_pkts, found.out_nucast_pkts) == (2660, 325731)
    assert (found.in_discards, found.out_discards, found.in_errors, found.out_errors) == (3, 4, 5, 6)
    assert found.in_unknown_protos == 7


@pytest.mark.parametrize("text", [GERMAN, INVENTED, CHINESE, POLISH], ids=["de", "invented", "zh", "pl"])
def test_counters_are_the_same_in_every_language(text: str) -> None:
    assert exact([interface(text)]) == exact([interface(ENGLISH)])


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (GERMAN, "de"), (INVENTED, None)])
def test_known_words_identify_the_language(text: str, language: str | None) -> None:
    assert np.parse(text).snapshots[0].language == language


def test_known_rows_are_read_in_any_number() -> None:
    found = interface("\n".join([*ENGLISH.splitlines()[:5], "Errors     5     6"]))
    assert (found.in_octets, found.in_errors, found.in_ucast_pkts) == (1279913096, 5, None)


def test_an_unknown_row_is_kept() -> None:
    found = interface(ENGLISH + "Vlorp       8      9\n")
    assert (found.extra, found.in_unknown_protos) == ({"Vlorp": "8 9"}, 7)


def test_a_different_number_of_rows_is_not_read_in_an_unknown_language() -> None:
    with pytest.raises(np.NetstatParseError):
        np.parse("\n".join(line for line in INVENTED.splitlines() if "Brost" not in line))


@pytest.mark.parametrize("text", [ENGLISH, GERMAN, INVENTED], ids=["en", "de", "invented"])
def test_each_iteration_of_an_interval_is_a_snapshot(text: str) -> None:
    dump = np.parse(f"{text}\n{text}")
    assert [found.snapshot for found in dump.interfaces] == [0, 1]
    assert [snapshot.first_line for snapshot in dump.snapshots] == [1, 12]


@pytest.mark.parametrize("text", [ENGLISH, INVENTED], ids=["en", "invented"])
def test_a_stream_of_single_lines_gives_the_same_records(text: str) -> None:
    streamed = [record for record in np.stream(text.splitlines(keepends=True)) if isinstance(record, Interface)]
    assert exact(streamed) == exact([interface(text)])


def test_statistics_may_follow_in_an_unknown_language() -> None:
    rows = "".join(f"  Vlorp {letter}rëm    = {value}\n" for value, letter in enumerate("abcd"))
    dump = np.parse(f"{INVENTED}\nUDP vlorpë pru IPv4\n\n{rows}")
    assert (len(dump.interfaces), len(dump.counters), len(dump.snapshots)) == (1, 4, 1)


def test_a_second_number_for_unknown_protocols_is_kept_and_reported() -> None:
    text = (
        "Interface Statistics\n\n                           Received            Sent\n\n"
        "Bytes                    1279913096        89768387\nUnicast packets              961149          234136\n"
        "Non-unicast packets            2660          325731\nDiscards                          0               0\n"
        "Errors                            0               0\nUnknown protocols                 0               7\n"
    )
    dump = np.parse(text)
    assert dump.interfaces[0].extra == {"Unknown protocols": "0 7"}
    assert [diagnostic.code for diagnostic in dump.diagnostics] == ["unknown-counter"]


def test_a_figure_that_is_no_number_is_not_replaced_by_its_neighbour() -> None:
    text = (
        "Interface Statistics\n\n                           Received            Sent\n\n"
        "Bytes                       xxxx             100\nUnicast packets              1000             200\n"
        "Non-unicast packets            10              20\nDiscards                        0               0\n"
        "Errors                          0               0\nUnknown protocols               0\n"
    )
    dump = np.parse(text)
    assert (dump.interfaces[0].in_octets, dump.interfaces[0].out_octets) == (None, 100)
    assert [found.code for found in dump.diagnostics] == ["untrustworthy"]
