"""Rulers in a log are not part of a table."""

import pytest

from netstat_parse import parse
from netstat_parse.logs import rulers

HEADINGS = "Proto Recv-Q Send-Q Local Address           Foreign Address         State      \n"
ROW = "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN     \n"
TABLE = "Active Internet connections (only servers)\n" + HEADINGS + ROW


@pytest.mark.parametrize(
    "line", ["...", "```", "```console", "~~~", "[code]", "<pre>", "[...]", "<<<<<<< HEAD", "=======", "^C", "--More--"]
)
def test_a_ruler_within_a_table_is_foreign(line: str) -> None:
    dump = parse(TABLE + f"{line}\n" + ROW)
    assert (dump.lines.foreign, dump.lines.unparsed, len(dump.connections), len(dump.snapshots)) == (1, 0, 2, 1)
    assert rulers.is_ruler(line)
