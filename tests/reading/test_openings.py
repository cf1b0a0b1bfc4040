"""One pattern finds the tables of which a row may begin in a line."""

from netstat_parse.grammar import Table
from netstat_parse.reading.openings import Openings
from netstat_parse.tokens import integer, token, word

PORTS = Table(name="ports", kind="routes", columns={"Port": token("eth[0-9]")("interface"), "Cost": integer("metric")})
NAMES = Table(name="names", kind="routes", columns={"Port": word("interface"), "Cost": integer("metric")})
OPENINGS = Openings([("router", PORTS), ("switch", NAMES)])


def test_every_table_with_that_opening_is_found() -> None:
    assert OPENINGS.find("eth0 5\n") == [("router", PORTS), ("switch", NAMES)]


def test_tables_with_another_opening_are_left_out() -> None:
    assert OPENINGS.find("wlan0 5\n") == [("switch", NAMES)]


def test_other_text_opens_no_table() -> None:
    assert OPENINGS.find("some text\n") == []
