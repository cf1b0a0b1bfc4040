"""Counters have a line each, below the title of their section."""

import pytest

from netstat_parse.grammar import Counters
from netstat_parse.tokens import glued, integer, token
from support.sections import make_section

COUNTERS = Counters(
    name="statistics",
    title=token(r"[A-Z]\w+(?=:)")("title") + glued(token(":")),
    heading=token(r"[a-z ]+:")("heading"),
    row=integer("value") + token(r"[a-z][a-z ]*")("label"),
)


@pytest.mark.parametrize(
    ("below", "title"), [("    5 segments sent", "Tcp"), ("5 segments sent", None), ("    any text", None)]
)
def test_a_title_is_confirmed_by_an_indented_counter_below_it(below: str, title: str | None) -> None:
    assert COUNTERS.title_above("Tcp:", f"{below}\n") == title


def test_counters_are_read_until_the_next_title() -> None:
    section, text = make_section(COUNTERS, header="Tcp:"), "    5 segments sent\n    6 resets\nUdp:\n    7 errors\n"
    rows = section.layout.take(text, 0, section)
    assert rows is not None
    assert (rows.columns, rows.height) == ({"value": [5, 6], "label": ["segments sent", "resets"]}, 2)


def test_a_title_within_the_text_counts_as_a_heading() -> None:
    section = make_section(COUNTERS, header="Tcp:")
    rows = section.layout.take("Udp:\n    7 errors\n", 0, section)
    assert rows is not None
    assert (rows.headings, rows.height, rows.lines) == (1, 1, ())


def test_a_counter_without_an_indent_does_not_belong_to_the_section() -> None:
    section = make_section(COUNTERS, header="Tcp:")
    assert section.layout.take("5 segments sent\n", 0, section) is None


def test_the_same_title_again_waits_for_the_counter_below_it() -> None:
    section = make_section(COUNTERS, header="Tcp:", is_last=False)
    section.layout.take("    5 segments sent\n", 0, section)
    rows = section.layout.take("Tcp:\n", 0, section)
    assert rows is not None
    assert (rows.waits, rows.height) == (True, 0)
