"""Worker processes read one file only if that is worth their start, and if it is printed as it is read."""

import os
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from netstat_parse.cli import row_workers
from netstat_parse.cli.row_workers import MIN_BYTES, MIN_FORKED_BYTES, open_row_workers
from netstat_parse.inputs.origins import Origin

WHOLE = {"format": "json", "jobs": 2, "only": None, "where": None, "fields": None, "explain": False, "count_by": None}


def has_workers(path: Path, **options: object) -> bool:
    with open_row_workers(Namespace(**WHOLE | options), [Origin(str(path))], prints_records=True) as workers:
        return workers is not None


@pytest.mark.parametrize(
    ("size", "options", "workers"),
    [
        (MIN_BYTES, {}, 2),
        (MIN_BYTES, {"format": "ndjson"}, 2),
        (MIN_BYTES - 1, {}, 0),
        (9_000_000, {}, 0),  # takes more processor time with workers, and no less time
        (MIN_BYTES, {"jobs": 1}, 0),
        (MIN_BYTES, {"format": "csv"}, 0),
        (MIN_BYTES, {"only": ["routes"]}, 0),
    ],
)
def test_only_a_long_file_that_is_printed_whole_has_workers_that_are_spawned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, options: dict[str, object], workers: int
) -> None:
    monkeypatch.setattr(row_workers, "may_fork", lambda: False)
    path = tmp_path / "dump.txt"
    with path.open("wb") as file:
        file.truncate(size)
    assert has_workers(path, **options) == bool(workers)


@pytest.mark.parametrize("form", ["json", "ndjson"])
@pytest.mark.parametrize(("size", "expected"), [(MIN_FORKED_BYTES, True), (MIN_FORKED_BYTES - 1, False)])
def test_a_shorter_file_has_workers_that_are_forked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, size: int, *, expected: bool
) -> None:
    monkeypatch.setattr(row_workers, "may_fork", lambda: True)
    path = tmp_path / "dump.txt"
    with path.open("wb") as file:
        file.truncate(size)
    assert has_workers(path, format=form) == expected


@pytest.fixture
def pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the path of a named pipe, on a system that forks."""
    if sys.platform == "win32":
        pytest.skip("named pipes of POSIX")
    monkeypatch.setattr(row_workers, "may_fork", lambda: True)
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


def test_a_pipe_that_is_printed_at_its_end_has_workers(pipe: Path) -> None:
    assert has_workers(pipe, format="json")


def test_rows_of_a_pipe_that_are_printed_at_once_do_not_wait_for_the_next_ones(pipe: Path) -> None:
    assert not has_workers(pipe, format="ndjson")
