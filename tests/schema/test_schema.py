"""Records have the documented fields in their order, and every field has a description."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from netstat_parse import schema
from netstat_parse.records.diagnostics import ERRORS, RUN_FAILURES
from netstat_parse.schema import (
    TABLES,
    Address,
    Connection,
    Counter,
    Diagnostic,
    Dump,
    Interface,
    Lines,
    MulticastGroup,
    PrintedRecord,
    Route,
    UnixSocket,
)
from netstat_parse.schema.published import PUBLISHED, json_schema

PLACE = {"snapshot": 0, "line": 3}
LINES = {"total": 7, "records": 2, "headings": 2, "blank": 1, "foreign": 1, "unparsed": 1}
MINIMAL: dict[str, dict[str, Any]] = {
    "snapshots": {"index": 0, "system": "linux", "first_line": 1, "last_line": 7},
    "connections": PLACE | {"protocol": "tcp"},
    "unix_sockets": PLACE,
    "counters": PLACE | {"protocol": "tcp", "name": "active_opens", "label": "active opens", "known": True},
    "interfaces": PLACE,
    "routes": PLACE,
    "multicast_groups": PLACE | {"interface": "lo", "ref_count": 1, "group": "224.0.0.1"},
    "masquerades": PLACE | {"protocol": "tcp"},
    "diagnostics": {"severity": "warning", "code": "unparsed-line", "message": "not read"},
}
MODELS: list[type[BaseModel]] = [*TABLES.values(), Address, Lines, Dump]

FIELDS = {
    "snapshots": """index system tool language command captured_at origin first_line last_line
        tool_version encoding encoding_grounds argv exit_status started_at duration_seconds listeners""",
    "connections": """snapshot line protocol family local_address local_port local_zone
        more_local_addresses more_remote_addresses local_host local_service
        remote_address remote_port remote_zone remote_host remote_service
        state state_text recv_q send_q user uid inode pid program components ownership
        timer timer_seconds timer_retransmits timer_probes
        offload_state template state_milliseconds dscp security_context truncated extra""",
    "unix_sockets": """snapshot line protocol ref_count flags type state state_text inode pid program
        security_context path truncated""",
    "counters": "snapshot line protocol family name value text label kernel_name known",
    "interfaces": """snapshot line name index description physical_address encapsulation mtu metric
        tx_queue_length flags addresses in_octets out_octets in_packets out_packets
        in_ucast_pkts out_ucast_pkts in_nucast_pkts out_nucast_pkts in_discards out_discards
        in_errors out_errors in_overruns out_overruns in_frame_errors out_carrier_errors collisions
        in_unknown_protos interrupt base_address memory truncated extra""",
    "routes": """snapshot line family destination destination_host gateway gateway_host on_link
        interface interface_index metric flags type persistent mss window irtt references uses
        hh_references hh_up_to_date specific_destination source tos
        physical_address state_text stale_seconds delete_seconds metric_text truncated extra""",
    "multicast_groups": "snapshot line family interface ref_count group",
    "masquerades": """snapshot line protocol expires_seconds source_address source_port
        destination_address destination_port masquerade_port init_sequence delta previous_delta
        source_host source_service destination_host destination_service""",
    "diagnostics": "line severity code message text column",
}


@pytest.mark.parametrize("table", TABLES)
def test_the_fields_of_a_record_are_the_documented_ones_in_their_order(table: str) -> None:
    fields = [name for name, field in TABLES[table].model_fields.items() if not field.exclude]
    assert fields == FIELDS[table].split()


@pytest.mark.parametrize("table", TABLES)
def test_only_fields_that_are_always_printed_are_required(table: str) -> None:
    required = {name for name, field in TABLES[table].model_fields.items() if field.is_required()}
    assert required == set(MINIMAL[table])


@pytest.mark.parametrize("table", TABLES)
def test_an_optional_field_is_null_or_empty_by_default(table: str) -> None:
    record = TABLES[table].model_validate(MINIMAL[table]).model_dump(exclude=set(MINIMAL[table]))
    assert all(value in (None, [], {}) for value in record.values())


@pytest.mark.parametrize("table", TABLES)
def test_a_record_refuses_an_unknown_field(table: str) -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        TABLES[table].model_validate(MINIMAL[table] | {"colour": "red"})


@pytest.mark.parametrize("table", TABLES)
def test_a_record_is_frozen(table: str) -> None:
    record = TABLES[table].model_validate(MINIMAL[table])
    with pytest.raises(ValidationError, match="frozen"):
        record.line = 4  # type: ignore[attr-defined]  # the error is expected


@pytest.mark.parametrize("table", TABLES)
def test_a_record_can_be_read_from_its_json(table: str) -> None:
    record = TABLES[table].model_validate(MINIMAL[table])
    assert vars(TABLES[table].model_validate_json(record.model_dump_json())) == vars(record)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_has_a_description_in_the_json_schema(model: type[BaseModel]) -> None:
    properties = model.model_json_schema()["properties"]
    assert [name for name, field in properties.items() if not field.get("description")] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_description_is_a_sentence(model: type[BaseModel]) -> None:
    meanings = [field.description or "" for field in model.model_fields.values()]
    assert [meaning for meaning in meanings if not re.fullmatch(r"\S.*\.", meaning, re.DOTALL)] == []


@pytest.mark.parametrize("model", PrintedRecord.__subclasses__(), ids=lambda model: model.__name__)
def test_the_first_fields_of_a_record_are_its_snapshot_and_line(model: type[PrintedRecord]) -> None:
    assert list(model.model_fields)[:2] == ["snapshot", "line"]


def test_records_do_not_share_their_lists() -> None:
    first, second = (Connection.model_validate(MINIMAL["connections"]) for _ in range(2))
    assert first.truncated is not second.truncated
    assert first.extra is not second.extra


def test_the_document_has_a_list_for_each_table() -> None:
    document = Dump(lines=Lines(**LINES)).model_dump(mode="json")
    assert list(document) == ["schema_version", "source", *TABLES, "lines"]
    assert document == {"schema_version": "1.1", "source": None, "lines": LINES} | {table: [] for table in TABLES}


def test_the_document_has_its_records() -> None:
    tables = {table: [record] for table, record in MINIMAL.items()}
    document = Dump.model_validate({**tables, "lines": LINES}).model_dump(mode="json")
    assert [len(document[table]) for table in TABLES] == [1] * len(TABLES)


def test_the_tables_are_those_of_the_document() -> None:
    assert list(TABLES) == [name for name in Dump.model_fields if name not in {"schema_version", "source", "lines"}]


@pytest.mark.parametrize(
    ("table", "facts"),
    [
        ("connections", {"local_port": 65536}),
        ("connections", {"remote_port": -1}),
        ("connections", {"state": "LISTENING"}),
        ("connections", {"family": "inet"}),
        ("connections", {"timer_seconds": float("inf")}),
        ("unix_sockets", {"flags": ["ACC"]}),
        ("unix_sockets", {"ref_count": -1}),
        ("counters", {"family": "bluetooth"}),
        ("interfaces", {"in_octets": -1}),
        ("interfaces", {"addresses": [{"address": "::1", "prefix_length": 129}]}),
        ("routes", {"type": "unicorn"}),
        ("diagnostics", {"line": 0}),
    ],
)
def test_a_record_refuses_an_impossible_value(table: str, facts: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        TABLES[table].model_validate(MINIMAL[table] | facts)


@pytest.mark.parametrize(
    ("model", "facts"),
    [
        (Connection, MINIMAL["connections"] | {"uid": -2}),
        (Counter, MINIMAL["counters"] | {"value": 10**40}),
        (Counter, MINIMAL["counters"] | {"value": -1}),
        (Interface, PLACE | {"in_octets": 2**64 + 1}),
        (Route, PLACE | {"metric": -1, "hh_references": -1}),
        (UnixSocket, PLACE | {"type": "dccp"}),
        (MulticastGroup, MINIMAL["multicast_groups"]),
    ],
)
def test_a_record_accepts_unusual_values_that_netstat_prints(model: type[BaseModel], facts: dict[str, Any]) -> None:
    assert facts.items() <= model.model_validate(facts).model_dump().items()


@pytest.mark.parametrize("source", sorted(Path(schema.__path__[0]).glob("*.py")), ids=lambda path: path.name)
def test_the_schema_imports_no_other_package_by_itself(source: Path) -> None:
    nodes = ast.parse(source.read_text(encoding="utf-8")).body  # methods import what makes data frames and HTML
    names = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    found = {name for name in names if re.match(r"netstat_parse\b(?!\.schema\b)", name)}
    assert found <= {"netstat_parse.records.identity"}  # of which `watch` makes keys without the models


def test_the_published_schema_is_that_of_the_models() -> None:
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == json_schema()


def test_the_description_of_a_code_lists_every_error() -> None:
    description = Diagnostic.model_fields["code"].description or ""
    assert set(re.findall(r"[a-z-]+", description)) >= ERRORS | RUN_FAILURES
