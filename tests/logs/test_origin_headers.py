"""Headers above the output of each host or file name its origin."""

import pytest

from netstat_parse.logs.origin_headers import HeaderFinder, find_header, find_header_lines


@pytest.mark.parametrize(
    ("line", "origin"),
    [
        ("web1 | CHANGED | rc=0 >>", "web1"),
        ("web1.example | SUCCESS => {", "web1.example"),
        ("web1 | UNREACHABLE! => {", "web1"),
        ("[1] 21:45:14 [SUCCESS] web1", "web1"),
        ("==> logs/web 1.txt <==", "logs/web 1.txt"),
        ("---------- WEB1.TXT", "WEB1.TXT"),
        ("-- web1 --", "web1"),
        (":::: web1 ::::", "web1"),
        ("web1 | 12 | 13", None),
        ("----------", None),
        ("== web1 ==", None),
        ("[1] 21:45:14 started", None),
    ],
)
def test_a_header_names_an_origin(line: str, origin: str | None) -> None:
    assert find_header(line) == origin


@pytest.mark.parametrize(
    "line",
    [
        "[1] 21:45:14 [SUCCESS] web1",
        "==> logs/web 1.txt <==",
        "---------- WEB1.TXT",
        "-- web1 --",
        ":::: web1 ::::",
        "*** web-1 ***",
        "# web-1",
        "Hostname: web1",
        "-" * 15,
    ],
)
@pytest.mark.parametrize("below", ["", "\n", "\ntext\n"])
def test_a_header_is_found_among_other_lines(line: str, below: str) -> None:
    above = "2026-11-28 a line of a log -- \n-- \n"
    assert list(find_header_lines(f"{above}{line}{below}", len(above))) == [len(above)]
    assert list(find_header_lines(f"{above}{line}{below}", 1)) == [len(above)]


def test_a_name_between_two_rulers_is_an_origin() -> None:
    lines = ["text", "-" * 16, "web[1-3],db1", "-" * 16, "text", "-" * 16, "a sentence", "-" * 16]
    finder = HeaderFinder()
    assert [finder.find_origin(line, number) for number, line in enumerate(lines)] == [
        *[None] * 3, "web[1-3],db1", *[None] * 4
    ]  # fmt: skip


@pytest.mark.parametrize(
    "header", ["=== {} ===", "--- {} ---", "*** {} ***", "# {}", "##### {} #####", "Host: {}", "-- {} --", "--- {}"]
)
def test_a_header_of_a_script_names_a_host(header: str) -> None:
    names = ["web1", "db-a", "a.example", "10.0.0.7", "netstat-an", "word", "2026-11-28", "12", "IPv4", "/proc/net/tcp"]
    found = [find_header(header.format(name)) for name in names]
    hosts = [name for name in found if name and not header.startswith("-- ")]
    assert hosts == ([] if header.startswith("-- ") else names[:4])


@pytest.mark.parametrize("mark", ["-- Fortsetzung --", "-- OK --", "-- snip --", "-- Weiter --", "--More--"])
def test_a_mark_of_a_pager_names_no_origin(mark: str) -> None:
    assert find_header(mark) is None
