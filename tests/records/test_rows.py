"""Records by column become records one by one."""

from netstat_parse.records.rows import Rows, complete_records, is_constant, sparse_records


def test_a_column_with_one_value_is_constant() -> None:
    assert is_constant(["tcp", "tcp"])
    assert not is_constant(["tcp", "udp", "tcp"])


def test_a_complete_record_has_every_field() -> None:
    rows = Rows("connections", {"line": [1, 2]})
    assert list(complete_records(rows, {"line": None, "pid": None})) == [
        {"line": 1, "pid": None},
        {"line": 2, "pid": None},
    ]


def test_complete_records_do_not_share_their_lists() -> None:
    first, second = complete_records(Rows("connections", {"line": [1, 2]}), {"line": None, "truncated": []})
    assert first["truncated"] is not second["truncated"]


def test_a_sparse_record_has_only_printed_fields() -> None:
    assert sparse_records({"line": [1, 2], "pid": [7, None]}) == [{"line": 1, "pid": 7}, {"line": 2}]
