"""Inputs are read one after the other, and one that fails does not stop the others."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from netstat_parse.inputs.origins import Origin
from netstat_parse.sources import (
    STATUS_NO_TABLE,
    STATUS_UNREADABLE,
    FailedInputError,
    Failure,
    InputReading,
    ReadOptions,
    read_data,
    read_files,
    read_selected_rows,
)

ROW = "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN     \n"


def read_one(data: bytes | str) -> InputReading:
    (found,) = read_data(data, "dump", ReadOptions())
    assert isinstance(found, InputReading)
    return found


def test_a_missing_file_is_a_failure_and_the_next_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "dump.txt").write_text(ROW)
    origins = [Origin(str(tmp_path / name)) for name in ("missing.txt", "dump.txt")]
    missing, dump = read_files(origins, ReadOptions())
    assert isinstance(missing, Failure)
    assert isinstance(dump, InputReading)
    assert missing.status == STATUS_UNREADABLE


def broken_lines() -> Iterator[str]:
    yield ROW
    raise OSError("the disk is broken")


@pytest.mark.parametrize(
    ("lines", "status", "message"),
    [(["some text\n"], STATUS_NO_TABLE, "no netstat table"), (broken_lines(), STATUS_UNREADABLE, "the disk is broken")],
    ids=["no table", "broken"],
)
def test_rows_end_with_the_reason_why_an_input_failed(lines: Iterable[str], status: str, message: str) -> None:
    found = InputReading("dump", Origin("dump"), lines, ReadOptions())
    with pytest.raises(FailedInputError, match=message) as raised:
        list(found.rows())
    assert raised.value.failure.status == status


def test_rows_before_an_error_have_their_snapshot() -> None:
    found = InputReading("dump", Origin("dump"), broken_lines(), ReadOptions())
    kinds = [rows.kind for _, rows in read_selected_rows(found)]
    assert kinds[-2:] == ["snapshots", "diagnostics"]


def test_the_last_row_of_a_failed_input_is_a_diagnostic() -> None:
    *_, (source, rows) = read_selected_rows(read_one("some text\n"))
    assert (source, rows.kind, rows.columns["code"]) == ("dump", "diagnostics", [STATUS_NO_TABLE])


def test_only_a_digested_file_has_a_digest() -> None:
    (found,) = read_data(ROW.encode(), "dump", ReadOptions(), with_digest=True)
    assert isinstance(found, InputReading)
    list(found.rows())
    assert found.digest is not None
    assert found.digest.size == len(ROW)
    assert read_one(ROW).digest is None


def test_all_blocks_of_a_long_file_but_the_first_and_last_have_about_the_same_length(tmp_path: Path) -> None:
    path = tmp_path / "dump.txt"
    path.write_text(ROW * 5000)
    files = read_files([Origin(str(path))], ReadOptions())
    found = next(files)
    assert isinstance(found, InputReading)
    _, *counts, _ = [len(rows.columns["line"]) for rows in found.rows() if rows.kind == "connections"]
    assert max(counts) - min(counts) <= 1
