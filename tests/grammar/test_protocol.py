"""The state of a section lasts as long as its table."""

from dataclasses import dataclass

from netstat_parse.grammar import Table
from netstat_parse.tokens import word
from support.sections import make_section


@dataclass
class Count:
    rows: int = 0


TABLE = Table(name="states", kind="connections", columns={"State": word("state_text")})


def test_state_lasts_from_block_to_block() -> None:
    one = make_section(TABLE)
    one.state(Count).rows += 1
    assert one.state(Count).rows == 1


def test_each_section_has_state_of_its_own() -> None:
    make_section(TABLE).state(Count).rows += 1
    assert make_section(TABLE).state(Count).rows == 0


def test_a_table_that_is_printed_again_begins_with_new_state() -> None:
    one = make_section(TABLE)
    one.state(Count).rows += 1
    one.forget()
    assert one.state(Count).rows == 0
