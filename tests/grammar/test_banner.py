"""The lines of a banner are headings, and name fields of the snapshot."""

from netstat_parse.grammar import Banner
from netstat_parse.tokens import glued, token
from support.sections import make_section, take

VERSION = Banner(
    name="version",
    first_line=token("net-tools ") + glued(token(r"\d\.\d+"))("tool_version"),
    further_line=token(r"[+-][A-Z]+"),
    constants={"tool": "net-tools"},
)


def test_the_fields_of_a_banner_go_into_the_snapshot() -> None:
    section = make_section(VERSION)
    take(VERSION, "net-tools 1.60\n", section)
    assert section.snapshot == {"tool": "net-tools", "tool_version": "1.60"}


def test_all_lines_of_a_banner_are_headings() -> None:
    rows = take(VERSION, "net-tools 1.60\n+UNIX\n-IPX\nTcp:\n")
    assert (rows.height, rows.headings, rows.lines) == (3, 3, [])


def test_a_further_line_does_not_begin_a_banner() -> None:
    assert not VERSION.is_row("+UNIX\n")
