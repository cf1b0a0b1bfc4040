"""The steps that complete the columns of a block."""

import pyparsing as pp

from netstat_parse.grammar import Columns, Lookup, Section, Table
from netstat_parse.tokens import integer, word
from support.sections import make_section, take


def test_repairs_run_before_words_and_words_before_facts() -> None:
    seen: list[str | None] = []

    def repair(columns: Columns, _section: Section) -> None:
        seen.extend(columns.get("state", ["not looked up"]))
        columns["state_text"] = [text.removesuffix("!") for text in columns["state_text"]]

    def fact(columns: Columns, _section: Section) -> None:
        seen.extend(columns["state"])

    table = Table(
        name="states",
        kind="connections",
        columns={"State": word("state_text")},
        facts=[fact],
        repairs=[repair],
        words={"state": Lookup("states", "state_text")},
    )
    take(table, "ESTABLISHED!\n")
    assert seen == ["not looked up", "established"]


def test_the_tool_of_a_table_goes_into_the_snapshot() -> None:
    table = Table(name="states", kind="connections", columns={"State": word("state_text")}, tool="net-tools")
    one = make_section(table)
    take(table, "LISTEN\n", one)
    assert one.snapshot == {"tool": "net-tools"}


def test_a_printed_column_overrides_a_constant() -> None:
    columns = {"State": word("state_text"), "Port": pp.Opt(integer("local_port"))}
    table = Table(name="states", kind="connections", columns=columns, constants={"local_port": 0, "protocol": "tcp"})
    assert take(table, "LISTEN 22\nCLOSED\n").columns == {
        "protocol": ["tcp", "tcp"],
        "state_text": ["LISTEN", "CLOSED"],
        "local_port": [22, None],
    }


def test_an_unknown_word_gets_one_diagnostic() -> None:
    columns = {"State": word("state_text")}
    table = Table(name="states", kind="connections", columns=columns, words={"state": Lookup("states", "state_text")})
    section = make_section(table)
    take(table, "SLEEPING\nLISTEN\nSLEEPING\n", section)
    assert [(note.row, note.code) for note in section.notes] == [(0, "unknown-state")]
