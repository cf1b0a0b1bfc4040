"""Explanations of records, field by field."""

from collections.abc import Iterable, Iterator

import pytest

from netstat_parse import Dump, parse
from netstat_parse.insight.explain.records import explain_record, find_counter_of, find_records
from netstat_parse.insight.moments import TABLES
from netstat_parse.schema import PrintedRecord
from netstat_parse.schema.explanation import FieldExplanation
from support.samples import SAMPLES, parse_sample

SOCKET = "tcp        5      0 10.0.0.1:22             10.0.0.2:4000           CLOSE_WAIT  on (1.20/3/0)\n"
ROUTES6 = """Kernel IPv6 routing table
Destination                    Next Hop                   Flag Met Ref  Use If
::/0                           fe80::1                    UGDA 1024 1    0 eth0
"""


def by_term(explanations: Iterable[FieldExplanation]) -> dict[str, FieldExplanation]:
    return {explanation.term: explanation for explanation in explanations}


def test_a_socket_is_explained_with_its_state_its_queue_and_its_timer() -> None:
    (connection,) = parse(SOCKET).connections
    found = by_term(explain_record(connection))
    assert found["state"].value == "close_wait"
    assert "close_wait: The peer closed the connection" in found["state"].meaning
    assert found["recv_q"].meaning.endswith(
        "In the state close_wait: bytes that the program has not read, 1 of them for the FIN."
    )
    assert "on: The timer of retransmission runs" in found["timer"].meaning


def test_the_flags_of_a_route_are_those_of_its_family() -> None:
    (route,) = parse(ROUTES6).routes
    flags = by_term(explain_record(route))["flags"]
    assert flags.value == ["up", "gateway", "default", "addrconf"]
    assert "default: The default route, learnt from a router advertisement." in flags.meaning


def test_a_counter_is_explained_before_its_fields() -> None:
    (counter,) = parse("Tcp:\n    12 segments retransmitted\n").counters
    first = next(explain_record(counter))
    assert (first.kind, first.value, first.names.kernel, first.unit) == ("counter", 12, "Tcp.RetransSegs", "segments")


def test_what_was_not_printed_is_not_explained() -> None:
    (connection,) = parse(SOCKET).connections
    assert not {"pid", "truncated", "line", "snapshot"} & by_term(explain_record(connection)).keys()


def sample_records(table: str) -> Iterator[PrintedRecord]:
    """Yield the first records of a table in some samples; those of masqueraded connections (-M) are few."""
    for sample in {*SAMPLES[::8], *(sample for sample in SAMPLES if ".M" in sample.name)}:
        dump = parse_sample(sample)
        if isinstance(dump, Dump):
            yield from getattr(dump, table)[:3]


@pytest.mark.parametrize("table", TABLES)
def test_every_field_of_a_record_is_explained(table: str) -> None:
    records = list(sample_records(table))
    assert records
    for record in records:
        printed = {name for name, value in record.model_dump().items() if value not in (None, [], {})}
        assert printed - {"snapshot", "line"} <= by_term(explain_record(record)).keys()


def test_a_counter_of_windows_is_found_without_a_name_in_the_kernel() -> None:
    facts = find_counter_of("ip", "routing_discards", None)
    assert facts is not None
    assert facts.unit == "routes"


def test_the_record_of_a_line_is_found() -> None:
    dump = parse(f"$ netstat -ant\n{SOCKET}{SOCKET}")
    assert [find_records(dump, line) for line in (1, 2, 3)] == [[], [dump.connections[0]], [dump.connections[1]]]
