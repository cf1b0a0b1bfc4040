"""Records have an identity, can be compared and hashed, and read like mappings; `help` has the meaning of the fields."""

import copy
import csv
import io
import pickle
import pydoc
from itertools import combinations
from typing import Any

import pytest

import netstat_parse as np
from netstat_parse.schema import TABLES, Connection, Dump, Interface, Record, Route
from support.records import exact
from support.samples import SAMPLES, parse_sample, sample_id

ROW = "tcp        0      0 10.0.0.1:22             10.0.0.2:50000          ESTABLISHED 812/sshd\n"
PARSED = [dump for dump in map(parse_sample, SAMPLES[::7]) if isinstance(dump, Dump)]


def parse_row(text: str = ROW, above: str = "") -> Connection:
    return np.parse(above + text).connections[0]


def list_records(table: str) -> list[Any]:
    return [record for dump in PARSED for record in getattr(dump, table)]


PLACE = {"snapshot", "line", "first_line", "last_line"}


def move(record: Any) -> Any:  # noqa: ANN401 - a record of any table
    """Return a copy of a record from another place of another dump."""
    places = {name: getattr(record, name) for name in PLACE & {*type(record).model_fields}}
    return record.model_copy(update={name: (value or 0) + 7 for name, value in places.items()})


@pytest.mark.parametrize("table", TABLES)
def test_a_record_on_another_line_is_the_same_record(table: str) -> None:
    for record in list_records(table):
        moved = move(record)
        assert (moved, hash(moved), moved.key) == (record, hash(record), record.key)


@pytest.mark.parametrize("table", TABLES)
def test_a_record_with_another_value_is_another_record(table: str) -> None:
    record = next(iter(list_records(table)), None)
    if record is None:
        pytest.skip("no sample has this table")
    for name in set(type(record).model_fields) - PLACE:
        changed = record.model_copy(update={name: ("of", "no", "sample")})
        assert changed != record
        assert hash(changed) != hash(record)
    if table == "diagnostics":
        assert record.model_copy(update={"line": 999_999}) == record


def test_records_of_two_tables_are_not_equal() -> None:
    records = [next(iter(records)) for table in TABLES if (records := list_records(table))]
    assert all(one != other and one.key != other.key for one, other in combinations(records, 2))


def test_the_records_that_two_dumps_share_are_an_intersection_of_sets() -> None:
    other = ROW.replace("50000", "50001")
    before, after = np.parse(ROW + other), np.parse(f"$ netstat -tn\n{other}")
    assert exact(set(before.connections) & set(after.connections)) in (
        exact(before.connections[1:]),
        exact(after.connections),
    )
    assert [gone.remote_port for gone in set(before.connections) - set(after.connections)] == [50000]


def test_many_records_that_differ_in_a_list_or_a_dict_have_different_hashes() -> None:
    record = parse_row()
    copies = [record.model_copy(update={"extra": {"Vr/Vs": str(one)}}) for one in range(1000)]
    copies += [record.model_copy(update={"components": [str(one)]}) for one in range(1000)]
    assert len({hash(one) for one in copies}) == 2000


def test_an_interface_with_addresses_can_be_hashed() -> None:
    interfaces = [one for one in list_records("interfaces") if one.addresses]
    assert interfaces
    assert len({*interfaces, *map(copy.deepcopy, interfaces)}) == len({*interfaces})


@pytest.mark.parametrize("table", TABLES)
def test_a_copy_of_a_record_is_equal(table: str) -> None:
    records = list_records(table)
    pickled = pickle.loads(pickle.dumps(records))  # noqa: S301 - pickled in the same line
    assert exact(pickled) == exact(map(copy.copy, records)) == exact(copy.deepcopy(records)) == exact(records)
    assert {*pickled} == {*records}


@pytest.mark.parametrize("sample", SAMPLES, ids=sample_id)
def test_the_records_of_a_snapshot_have_keys_of_their_own(sample: Any) -> None:  # noqa: ANN401 - a path
    """Only of sockets that share an address and a port, and of interfaces with one name, several have one key."""
    dump = parse_sample(sample)
    if not isinstance(dump, Dump):
        return
    for table in TABLES:
        records = getattr(dump, table)
        distinct = {(getattr(record, "snapshot", 0), record) for record in records}
        keys = {(snapshot, record.key) for snapshot, record in distinct}
        if table == "connections":
            distinct = {one for one in distinct if one[1].remote_port is not None}
            keys = {(snapshot, record.key) for snapshot, record in distinct}
        if table != "interfaces":
            assert len(keys) == len(distinct), table


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"pid": 1}, {"pid": 2}),
        ({"state": "established"}, {"state": "close_wait"}),
        ({"local_address": "::ffff:10.0.0.1"}, {"local_address": "10.0.0.1"}),
        ({"truncated": ["program"]}, {"program": "sshd"}),
    ],
)
def test_a_connection_keeps_its_key(one: dict[str, Any], other: dict[str, Any]) -> None:
    record = parse_row()
    assert record.model_copy(update=one).key == record.model_copy(update=other).key


@pytest.mark.parametrize(
    "change",
    [
        {"remote_port": 1},
        {"remote_address": "10.0.0.3"},
        {"local_zone": "2"},
        {"family": "ipv6"},
        {"protocol": "sctp"},
        {"more_remote_addresses": ["10.0.0.9"]},
        {"remote_port": None, "remote_service": "ssh"},
        {"local_address": None, "local_host": "web"},
    ],
)
def test_another_end_is_another_key(change: dict[str, Any]) -> None:
    record = parse_row()
    assert record.model_copy(update=change).key != record.key


def test_raw_sockets_are_distinguished_by_their_state() -> None:
    raw = parse_row().model_copy(update={"protocol": "raw", "state_text": "7"})
    assert raw.key != raw.model_copy(update={"state_text": "1"}).key


def test_a_metric_belongs_to_the_key_of_a_route_and_its_uses_do_not() -> None:
    route = Route(snapshot=0, line=1, family="ipv4", destination="0.0.0.0/0", gateway="10.0.0.1", metric=1)
    assert route.key != route.model_copy(update={"metric": 2}).key
    assert route.key == route.model_copy(update={"uses": 9, "references": 2}).key


def test_two_interfaces_have_routes_of_their_own() -> None:
    text = """\
IPv6 Route Table
===========================================================================
Active Routes:
 If Metric Network Destination      Gateway
 12    281 fe80::/64                On-link
 14    281 fe80::/64                On-link
===========================================================================
"""
    assert len({route.key for route in np.parse(text).routes}) == 2


def test_a_snapshot_below_another_text_is_equal() -> None:
    assert np.parse(ROW).snapshots == np.parse(f"hello\n\n{ROW}").snapshots


def test_the_error_for_an_unknown_attribute_lets_python_suggest_one() -> None:
    models: list[Any] = [np.parse(ROW), parse_row()]
    for record in models:
        with pytest.raises(AttributeError) as caught:
            _ = record.conections
        assert (caught.value.name, caught.value.obj) == ("conections", record)


def test_a_listener_with_a_path_keeps_its_key_and_another_unix_socket_has_its_inode() -> None:
    text = "unix  2      [ ACC ]     STREAM     LISTENING     10     /run/a\nunix  3      [ ]         STREAM     CONNECTED     11     /run/a\n"
    listener, connected = np.parse(text).unix_sockets
    assert listener.model_copy(update={"inode": 99}).key == listener.key
    assert connected.model_copy(update={"inode": 99}).key != connected.key


def test_the_repr_has_only_the_fields_with_a_value_and_evaluates_to_the_record() -> None:
    record = parse_row()
    assert repr(record) == (
        "Connection(protocol='tcp', family='ipv4', local_address='10.0.0.1', local_port=22, remote_address='10.0.0.2',"
        " remote_port=50000, state='established', state_text='ESTABLISHED', recv_q=0, send_q=0, pid=812,"
        " program='sshd', snapshot=0, line=1)"
    )
    assert exact([eval(repr(record))]) == exact([record])  # noqa: S307 - the repr


@pytest.mark.parametrize("table", TABLES)
def test_the_dict_of_a_record_is_its_document(table: str) -> None:
    for record in list_records(table)[:50]:
        assert {**record} == {name: getattr(record, name) for name in record.model_dump()}
        assert (len(record), list(record)) == (len(record.model_dump()), list(record.model_dump()))


def test_a_record_is_a_mapping() -> None:
    record = parse_row()
    assert (record["state"], record.get("colour"), "state" in record, "key" in record) == (
        "established",
        None,
        True,
        False,
    )
    with pytest.raises(KeyError, match="key"):
        _ = record["key"]
    match record:
        case {"state": str(state)}:
            assert state == "established"
        case _:
            pytest.fail("no mapping")


def test_a_field_that_the_document_leaves_out_is_no_key_of_the_mapping() -> None:
    counter = np.parse("Tcp:\n    5 active connection openings\n").counters[0]
    assert [name for name in np.Counter.model_fields if name in counter] == list(counter)
    assert counter.get("meaning", 7) == 7


def test_the_csv_module_writes_records() -> None:
    file = io.StringIO()
    writer = csv.DictWriter(file, ["protocol", "local_port"], extrasaction="ignore")
    writer.writerows(np.parse(ROW).connections)
    assert file.getvalue() == "tcp,22\r\n"


@pytest.mark.parametrize("model", [*TABLES.values(), Dump, np.Finding, np.Comparison, np.Explanation])
def test_help_begins_with_the_meaning_of_the_fields(model: Any) -> None:  # noqa: ANN401 - a model
    text = pydoc.plain(pydoc.render_doc(model))
    head = text.partition("Method resolution order")[0]
    assert [name for name in model.model_fields if f"\n |      {name}: " not in head] == []
    assert len(text) < 9000


def test_the_docstring_of_a_model_does_not_change_its_json_schema() -> None:
    assert Interface.model_json_schema()["description"] == (
        "A network interface; for Windows -e the sum of all interfaces, with `name` null."
    )


def test_completion_of_a_record_has_its_fields_and_no_deprecated_method() -> None:
    names = dir(parse_row())
    assert {"local_port", "key", "model_dump"} <= {*names}
    assert {"dict", "json", "parse_obj", "construct"}.isdisjoint(names)


def name_kind(record: np.Record) -> str:
    """Return the kind of a record; a type checker proves that there is a case for each."""
    match record:
        case np.Snapshot() | np.Diagnostic():
            return "about the run"
        case np.Connection(state=state):
            return state or "none"
        case np.UnixSocket() | np.Masquerade():
            return "socket"
        case np.Counter() | np.Interface():
            return "figures"
        case np.Route() | np.MulticastGroup():
            return "route"


def test_a_stream_yields_records_of_known_types() -> None:
    assert [name_kind(record) for record in np.stream(ROW)] == ["established", "about the run"]
    assert all(isinstance(record, np.Record) for record in np.stream(ROW))
    assert Record is np.Record
