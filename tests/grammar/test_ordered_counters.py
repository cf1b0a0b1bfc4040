"""Counters in a fixed order are identified by their labels, or by their place in the block."""

from collections.abc import Sequence

from netstat_parse.grammar import Columns, CounterRow, OrderedCounters, Section
from netstat_parse.tokens import integer, token
from support.sections import make_section, take

ROW = token(r"[^=\n]*[^=\s]")("label") + token("=") + integer("first")


def make_records(rows: Sequence[CounterRow], _section: Section) -> tuple[Columns, Sequence[int]]:
    return {"name": [row.meant for row in rows], "value": [row.values[0] for row in rows]}, range(len(rows))


UDP = OrderedCounters(
    name="udp",
    kind="counters",
    titles=["UDP Statistics"],
    row=ROW,
    shape=ROW,
    shape_height=1,
    vocabulary_part="labels.udp",
    labels=lambda: ["Datagrams Received", "No Ports"],
    records=make_records,
)


def test_a_label_identifies_its_counter() -> None:
    assert take(UDP, "  No Ports = 5\n").columns == {"name": ["No Ports"], "value": [5]}


def test_unknown_labels_are_identified_by_their_place_in_a_complete_block() -> None:
    assert take(UDP, "  Ricevuti = 5\n  Senza porta = 6\n").columns["name"] == ["Datagrams Received", "No Ports"]


def test_unknown_labels_of_an_incomplete_block_have_no_meaning() -> None:
    assert take(UDP, "  Ricevuti = 5\n").columns["name"] == [None]


def test_a_label_out_of_place_wins_and_gets_a_diagnostic() -> None:
    section = make_section(UDP)
    rows = take(UDP, "  No Ports = 5\n  Datagrams Received = 6\n", section)
    assert rows.columns["name"] == ["No Ports", "Datagrams Received"]
    assert {note.code for note in section.notes} == {"label-out-of-place"}


def test_a_block_waits_until_it_is_complete() -> None:
    assert take(UDP, "  Ricevuti = 5\n", make_section(UDP, is_last=False)).waits
