"""Prefixes that other tools add before a line are found, and marked if a row may look the same."""

import pytest

from netstat_parse.logs import prefixes

ROW = "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN"


@pytest.mark.parametrize(
    ("prefix", "kind", "number"),
    [
        ("    12\t", "tab", 12),
        ("12:", "number", 12),
        ("12. ", "number", 12),
        ("[2024-05-06T07:08:09Z] ", "logger", 0),
        ("May  6 07:08:09 host1 report[12]: ", "logger", 0),
        ("logs/host-1.txt:", "file logs/host-1.txt", 0),
        ("C:\\logs\\host-1.txt:", "file C:\\logs\\host-1.txt", 0),
        ("host.txt-7-", "file host.txt", 0),
    ],
)
def test_a_prefix_has_a_kind_and_perhaps_a_line_number(prefix: str, kind: str, number: int) -> None:
    found = next(prefixes.find_prefixes(prefix + ROW))
    assert (found.kind, found.end, found.number) == (kind, len(prefix), number)


@pytest.mark.parametrize(
    ("line", "is_ambiguous"), [("2001:db8::/32 ::", True), ("2001:Active", False), ("udp:a", True), ("./udp:a", False)]
)
def test_a_prefix_that_may_be_part_of_a_row_is_ambiguous(
    line: str,
    is_ambiguous: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    (found,) = prefixes.find_prefixes(line)
    assert found.is_ambiguous is is_ambiguous


@pytest.mark.parametrize("line", [ROW, "fe80::1:22", "Active Internet connections"])
def test_a_line_of_netstat_has_no_prefix(line: str) -> None:
    assert list(prefixes.find_prefixes(line)) == []


@pytest.mark.parametrize(
    ("line", "text"), [("> tcp", "tcp"), ("> > tcp", "tcp"), ("^C  tcp", "  tcp"), ("tcp > udp", "tcp > udp")]
)
def test_marks_of_quotation_are_removed(line: str, text: str) -> None:
    assert prefixes.strip_quotation(line) == text


@pytest.mark.parametrize("prefix", ["> ", "12:", "12\t", "host.txt:", "May  6 07:08:09 "])
def test_text_with_a_prefix_passes_the_fast_test(prefix: str) -> None:
    assert prefixes.may_have_prefix(f"{ROW}\n{prefix}{ROW}")
