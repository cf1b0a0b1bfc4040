"""Explanations of records, field by field."""

import pytest

from netstat_parse import Dump, parse
from netstat_parse.insight.explain.records import explain_record, find_counter_of
from netstat_parse.schema.explanation import FieldExplanation
from support.samples import SAMPLES, parse_sample, sample_id

SOCKET = "tcp        5      0 10.0.0.1:22             10.0.0.2:4000           CLOSE_WAIT  on (1.20/3/0)\n"
ROUTES6 = """Kernel IPv6 routing table
Destination                    Next Hop                   Flag Met Ref  Use If
::/0                           fe80::1                    UGDA 1024 1    0 eth0
"""


def by_term(explanations: list[FieldExplanation]) -> dict[str, FieldExplanation]:
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
    first = explain_record(counter)[0]
    assert (first.kind, first.value, first.names.kernel, first.unit) == ("counter", 12, "Tcp.RetransSegs", "segments")


def test_what_was_not_printed_is_not_explained() -> None:
    (connection,) = parse(SOCKET).connections
    assert not {"pid", "truncated", "line", "snapshot"} & by_term(explain_record(connection)).keys()


@pytest.mark.parametrize("sample", SAMPLES[::12], ids=sample_id)
def test_every_field_of_a_record_is_explained(sample: object) -> None:
    dump = parse_sample(sample)
    if not isinstance(dump, Dump):
        return
    for table in ("connections", "unix_sockets", "counters", "interfaces", "routes", "multicast_groups", "masquerades"):
        for record in getattr(dump, table)[:3]:
            printed = {name for name, value in record.model_dump().items() if value not in (None, [], {})}
            assert printed - {"snapshot", "line"} <= by_term(explain_record(record)).keys()


def test_a_counter_of_windows_is_found_without_a_name_in_the_kernel() -> None:
    facts = find_counter_of("ip", "routing_discards", None)
    assert facts is not None
    assert facts.unit == "routes"
