"""Each line of an input is a record, a heading, blank, foreign or unparsed."""

import pytest

from netstat_parse import parse

TITLE = "Active Internet connections (only servers)\n"
HEADINGS = "Proto Recv-Q Send-Q Local Address           Foreign Address         State      \n"
ROW = "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN     \n"


@pytest.mark.parametrize("above", [TITLE + HEADINGS, TITLE, HEADINGS, ""])
def test_a_table_begins_with_its_title_its_headings_or_a_row(above: str) -> None:
    assert len(parse(above + ROW).connections) == 1


def test_title_and_headings_are_headings() -> None:
    lines = parse(TITLE + HEADINGS + ROW).lines
    assert (lines.headings, lines.records) == (2, 1)


def test_a_title_without_rows_is_an_empty_table() -> None:
    dump = parse(TITLE)
    assert (len(dump.snapshots), dump.connections, dump.lines.headings) == (1, [], 1)


@pytest.mark.parametrize(
    "damaged",
    [
        "xcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN     ",
        "0      0 192.0.2.7:22            0.0.0.0:*               LISTEN     ",
        "the rest",
    ],
)
def test_text_between_two_rows_that_resembles_one_is_unparsed(damaged: str) -> None:
    lines = parse(f"{HEADINGS}{ROW}{damaged}\n{ROW}").lines
    assert (lines.unparsed, lines.foreign, lines.records) == (1, 0, 2)


def test_a_row_with_a_damaged_beginning_is_unparsed_wherever_it_is() -> None:
    damaged = "xcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN     "
    lines = parse(f"{HEADINGS}{ROW}{damaged}\n").lines
    assert (lines.unparsed, lines.foreign) == (1, 0)


@pytest.mark.parametrize(
    "text",
    [
        "The server was restarted because of this.",
        "2026-11-12 19:04:25,593 DEBUG [index-24] com.example.Upstream: commit took 1652 ms for 192.0.2.1:15186",
        "root     18457  1.1  3.9 277102 42409 ?        R   21:47   0:20 /usr/sbin/session --socket=29",
        "/dev/sdc4    5301215    329005    568973  35% /buffer",
        "Le serveur ne répond plus depuis ce matin.",
    ],
)
def test_other_text_below_a_table_is_foreign(text: str) -> None:
    for below in ("", ROW, f"\n{ROW}", f"{text}\n"):
        lines = parse(f"{HEADINGS}{ROW}{text}\n{below}").lines
        assert (lines.unparsed, lines.foreign) == (0, 1 + (below == f"{text}\n"))


def test_text_between_two_rows_is_foreign_after_a_blank_line() -> None:
    lines = parse(f"{HEADINGS}{ROW}\nsome text\n{ROW}").lines
    assert (lines.unparsed, lines.foreign, lines.blank, lines.records) == (0, 1, 1, 2)


def test_text_before_and_after_a_table_is_foreign() -> None:
    lines = parse(f"some text\n\n{TITLE}{HEADINGS}{ROW}\nsome text\n").lines
    assert (lines.foreign, lines.unparsed) == (2, 0)


def test_a_row_with_other_columns_than_the_headings_is_read() -> None:
    program = ROW.rstrip().ljust(92) + "281/sshd            \n"
    assert [record.program for record in parse(HEADINGS + ROW + program).connections] == [None, "sshd"]


def test_a_damaged_row_does_not_end_its_table() -> None:
    dump = parse(f"{HEADINGS}{ROW}{ROW[:40]}\n{ROW}")
    assert (dump.lines.unparsed, len(dump.connections), len(dump.snapshots)) == (1, 2, 1)


def test_unknown_text_right_above_the_first_row_is_headings_unless_it_has_digits() -> None:
    lines = parse(f"Report 7\nProtokolo Fremda\n{ROW}").lines
    assert (lines.headings, lines.foreign) == (1, 1)


@pytest.mark.parametrize("above", ["", TITLE, HEADINGS, TITLE + HEADINGS, f"some text\n{TITLE}"])
@pytest.mark.parametrize("program", ["99/bash# netstat", "99/h> netstat -an", "99/x:~$ ls"])
def test_a_row_wins_over_a_prompt_in_it(above: str, program: str) -> None:
    dump = parse(f"{above}{ROW.rstrip()}      {program}\n{ROW}")
    assert (len(dump.connections), len(dump.snapshots), dump.snapshots[0].command) == (2, 1, None)


@pytest.mark.parametrize("name", ["a@b%", "x:~%"])
def test_a_row_right_below_a_title_wins_over_the_prompt_at_its_beginning(name: str) -> None:
    dump = parse(f"IPv6/IPv4 Group Memberships\n{name:<15} 1      224.0.0.1\n")
    assert [group.interface for group in dump.multicast_groups] == [name]


@pytest.mark.parametrize("title", ["", TITLE])
def test_headings_between_rulers_win_over_a_banner(title: str) -> None:
    dump = parse(f"{title}### {HEADINGS.strip()} ###\n{ROW}")
    assert (dump.lines.foreign, len(dump.connections)) == (0, 1)


def test_a_title_below_which_no_row_can_be_read_is_an_error() -> None:
    dump = parse(f"{TITLE}Protokolo Loka Fora\ntcp|0|0|192.0.2.7:22|0.0.0.0:* x y\n")
    assert [(found.code, found.severity, found.line) for found in dump.diagnostics] == [("unread-table", "error", 2)]


@pytest.mark.parametrize("below", ["", "\n", "\nsome text with 7 words\n", "Thanks and best regards\n", "$ uptime\n"])
def test_an_empty_table_is_no_error(below: str) -> None:
    for headings in ("", HEADINGS):
        assert parse(TITLE + headings + below).diagnostics == []
