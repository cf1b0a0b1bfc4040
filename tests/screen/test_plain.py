"""Tables that are refreshed without keys."""

import re
from typing import Any

import pytest

from netstat_parse.formats.display import COLUMNS
from netstat_parse.records.fields import field_defaults
from netstat_parse.screen.plain import draw_tables
from netstat_parse.screen.tracker import TableRound, Tracker

ADDRESS = "2001:db8:aaaa:bbbb:cccc:dddd:eeee:1"


def connections(*ports: int) -> list[dict[str, Any]]:
    ends = {"local_address": ADDRESS, "remote_address": ADDRESS, "remote_port": 443}
    return [{**field_defaults("connections"), "protocol": "tcp", **ends, "local_port": port} for port in ports]


def routes(count: int) -> list[dict[str, Any]]:
    return [{**field_defaults("routes"), "destination": f"10.{number}.0.0/16"} for number in range(count)]


def last_tables(*rounds: dict[str, list[dict[str, Any]]]) -> list[TableRound]:
    tracker = Tracker(COLUMNS)
    for number, blocks in enumerate(rounds):
        read = tracker.add_round(blocks.items(), float(number))
    return [*read.tables.values()]


def test_what_changed_comes_first_and_what_is_hidden_is_counted() -> None:
    ports = range(100, 150)
    tables = last_tables({"connections": connections(*ports)}, {"connections": connections(*ports, 7)})
    lines = [line for line, _ in draw_tables(tables, 132, 6)]
    assert lines[0] == "Connections 51 +1 (not visible: 47 rows)"
    assert [line.split()[:1] for line in lines[1:]] == [["Proto"], ["+"], ["tcp"], ["tcp"], ["tcp"]]


def test_each_table_gets_its_share_of_the_lines() -> None:
    tables = last_tables({"connections": connections(*range(50)), "routes": routes(3)})
    lines = [line for line, _ in draw_tables(tables, 132, 20)]
    assert len(lines) == 20
    assert sum("10." in line for line in lines) == 3
    assert "Routes 3" in lines


@pytest.mark.parametrize("columns", [40, 45, 80, 132, 200])
def test_an_address_is_broken_only_at_the_edge_of_a_terminal_that_is_narrower(columns: int) -> None:
    lines = [line for line, _ in draw_tables(last_tables({"connections": connections(1, 2)}), columns, 40)]
    text = "".join(lines) if columns < len(f"[{ADDRESS}]:443") else "\n".join(lines)
    assert text.count(f"[{ADDRESS}]:443") == 2
    assert all(len(line) <= columns for line in lines)


@pytest.mark.parametrize("columns", [20, 40, 80])
@pytest.mark.parametrize("height", [*range(12), 30])
def test_tables_are_no_higher_than_the_terminal(columns: int, height: int) -> None:
    tables = last_tables({"connections": connections(*range(9)), "routes": routes(20)})
    lines = [line for line, _ in draw_tables(tables, columns, height)]
    assert len(lines) <= height
    hidden = sum(int(found) for found in re.findall(r"not visible: (\d+) rows?", " ".join(lines)))
    visible = sum(f"10.{number}.0.0/16" in line for line in lines for number in range(20)) + sum(
        line.startswith("  tcp") for line in lines
    )
    assert height < 6 or hidden + visible == 29
