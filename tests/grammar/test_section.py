"""The state of a section, and the steps that complete its columns."""

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

import netstat_parse.grammar as public
from netstat_parse.grammar import Columns, Lookup, Section, Table
from netstat_parse.systems.words import Words
from netstat_parse.tokens import word

FOLDER = Path(public.__file__).parent


@dataclass
class Count:
    rows: int = 0


TABLE = Table(name="states", kind="connections", columns={"State": word("state_text")})


def section(table: Table = TABLE) -> Section:
    return Section(table, table.layout(), Words("linux"))


def test_state_lasts_from_block_to_block() -> None:
    one = section()
    one.state(Count).rows += 1
    assert one.state(Count).rows == 1


def test_each_section_has_state_of_its_own() -> None:
    section().state(Count).rows += 1
    assert section().state(Count).rows == 0


def test_a_table_that_is_printed_again_begins_with_new_state() -> None:
    one = section()
    one.state(Count).rows += 1
    one.forget()
    assert one.state(Count).rows == 0


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
    table.layout().take("ESTABLISHED!\n", 0, section(table))
    assert seen == ["not looked up", "established"]


def test_the_tool_of_a_table_goes_into_the_snapshot() -> None:
    table = Table(name="states", kind="connections", columns={"State": word("state_text")}, tool="net-tools")
    one = section(table)
    table.layout().take("LISTEN\n", 0, one)
    assert one.snapshot == {"tool": "net-tools"}


def imports(module: str) -> set[str]:
    """The modules of the package that a module imports, for types only too."""
    nodes = ast.walk(ast.parse((FOLDER / f"{module}.py").read_text("utf-8")))
    names = {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.rpartition(".")[2] for name in names if name.startswith(f"{public.__name__}.")}


def test_no_two_modules_of_the_package_import_each_other() -> None:
    left = {path.stem: imports(path.stem) for path in FOLDER.glob("*.py") if path.stem != "__init__"}
    while free := [module for module, needs in left.items() if not needs & left.keys()]:
        for module in free:
            del left[module]
    assert left == {}


def test_every_public_name_is_there() -> None:
    assert [name for name in dir(public) if getattr(public, name, None) is None] == []


def test_a_continuation_line_needs_a_function_that_joins_it() -> None:
    with pytest.raises(ValueError, match="states: `more` and `join` are needed together"):
        Table(name="states", kind="connections", columns={"State": word("state_text")}, more=word("more"))
