"""Addresses of fsspec are inputs too."""

import json
from pathlib import Path

import pytest

from netstat_parse.inputs.paths import is_address
from support.command_line import netstat_parse
from support.stored import ROW


def test_an_address_of_fsspec_is_printed(tmp_path: Path) -> None:
    (tmp_path / "dump.txt").write_text(ROW.format(22))
    document = json.loads(netstat_parse(f"file://{tmp_path}/*.txt").stdout)
    assert (document["source"], len(document["connections"])) == (f"file://{tmp_path}/dump.txt", 1)


def test_a_remote_address_without_fsspec_is_an_error_of_one_line(tmp_path: Path) -> None:
    (tmp_path / "dump.txt").write_text(ROW.format(22))
    code = "import sys; sys.modules['fsspec'] = None; from netstat_parse.cli import main; sys.exit(main(sys.argv[1:]))"
    ran = netstat_parse("s3://bucket/dump.txt", tmp_path / "dump.txt", code=code)
    message = (
        "a remote address needs fsspec: in a copy of this repository pip install '.[parquet]';"
        " elsewhere pip install 'netstat-parse[parquet]'"
    )
    assert (ran.returncode, ran.stderr) == (2, f"netstat-parse: s3://bucket/dump.txt: {message}\n")
    assert len(ran.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "expected"), [("s3://bucket/x", True), ("C://dumps", False), ("dumps/x", False), ("-", False)]
)
def test_an_address_is_not_a_path(name: str, expected: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert is_address(name) is expected
