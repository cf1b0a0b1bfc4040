"""A stanza is a record of several lines: a first one and further ones."""

from netstat_parse.grammar import Stanzas
from netstat_parse.tokens import glued, integer, token
from support.sections import make_section, take

INTERFACES = Stanzas(
    name="interfaces",
    kind="interfaces",
    first_line=token(r"\w+(?=:)")("name") + glued(token(":")),
    lines=[token("mtu") + integer("mtu"), token("metric") + integer("metric")],
    lists={"addresses": [token("inet") + token(r"\S+")("address")]},
)
LO = "lo:\n        mtu 65536\n        metric 1\n"
ETH0 = "eth0:\n        metric 2\n        mtu 1500\n"


def test_further_lines_have_any_order() -> None:
    assert take(INTERFACES, LO + ETH0).columns == {
        "name": ["lo", "eth0"],
        "mtu": [65536, 1500],
        "metric": [1, 2],
        "addresses": [[], []],
    }


def test_lines_that_come_several_times_make_a_list() -> None:
    rows = take(INTERFACES, "lo:\n        inet 127.0.0.1\n        inet 10.0.0.1\n")
    assert rows.columns["addresses"] == [[{"address": "127.0.0.1"}, {"address": "10.0.0.1"}]]


def test_a_blank_line_ends_a_record() -> None:
    rows = take(INTERFACES, f"{LO}\n{ETH0}")
    assert (rows.lines, rows.height, rows.blank) == ([0, 4], 7, 1)


def test_an_unknown_line_belongs_to_a_record_if_it_is_indented() -> None:
    rows = take(INTERFACES, LO.replace("\n", "\n        colour blue\n", 1))
    assert (rows.unread, rows.height) == ([1], 4)


def test_unknown_lines_below_a_record_are_other_text() -> None:
    assert take(INTERFACES, f"{LO}        colour blue\n").height == 3
    assert take(INTERFACES, f"{LO}colour blue\n").height == 3


def test_the_last_record_waits_until_it_is_complete() -> None:
    rows = take(INTERFACES, f"{LO}\n{ETH0}", make_section(INTERFACES, is_last=False))
    assert (rows.columns["name"], rows.waits) == (["lo"], True)


def test_the_first_key_again_begins_a_repetition() -> None:
    section, text = make_section(INTERFACES), LO + ETH0 + LO
    first = take(INTERFACES, text, section)
    again = section.layout.take(text, first.end, section)
    assert again is not None
    assert (first.columns["name"], first.title) == (["lo", "eth0"], "")
    assert (again.columns["name"], again.title) == (["lo"], "interfaces")
