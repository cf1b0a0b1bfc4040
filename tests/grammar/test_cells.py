"""Columns of a block are read and changed in place."""

from netstat_parse.grammar import Columns, keep_extra, mark_truncated


def test_only_rows_that_may_be_cut_are_marked() -> None:
    columns: Columns = {"name": ["eth0", "wlan0"]}
    mark_truncated(columns, "name", [False, True])
    assert columns["truncated"] == [[], ["name"]]


def test_marks_of_several_fields_add_up() -> None:
    columns: Columns = {"name": ["eth0"], "truncated": [["user"]]}
    mark_truncated(columns, "name", [True])
    assert columns["truncated"] == [["user", "name"]]


def test_without_a_cut_value_there_is_no_column_of_marks() -> None:
    columns: Columns = {"name": ["eth0"]}
    mark_truncated(columns, "name", [False])
    assert columns == {"name": ["eth0"]}


def test_extra_texts_are_kept_under_their_heading() -> None:
    columns: Columns = {"name": ["eth0", "lo"], "extra": [{"Cost": "1"}, {}]}
    keep_extra(columns, "Colour", ["red", None])
    assert columns["extra"] == [{"Cost": "1", "Colour": "red"}, {}]
