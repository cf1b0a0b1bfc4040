"""Worker processes read one file only if it is long, and is printed as it is read."""

from argparse import Namespace
from pathlib import Path

import pytest

from netstat_parse.cli.row_workers import MIN_BYTES, open_row_workers
from netstat_parse.inputs.origins import Origin

WHOLE = {"format": "json", "jobs": 2, "only": None, "where": None, "fields": None, "explain": False, "count_by": None}


def has_workers(path: Path, size: int, **options: object) -> bool:
    with path.open("wb") as file:
        file.truncate(size)
    with open_row_workers(Namespace(**WHOLE | options), [Origin(str(path))], prints_records=True) as pool:
        return pool is not None


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
def test_only_a_long_file_that_is_printed_whole_has_workers(
    tmp_path: Path, size: int, options: dict[str, object], workers: int
) -> None:
    assert has_workers(tmp_path / "dump.txt", size, **options) == bool(workers)
