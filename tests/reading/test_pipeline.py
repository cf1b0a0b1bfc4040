"""One input from bytes to rows."""

import pytest

from netstat_parse.reading import pipeline
from netstat_parse.reading.recognizer import TableRecognizer

COMMENTED = """\
Some text above.
# Active Internet connections (only servers)
# Proto Recv-Q Send-Q Local Address           Foreign Address         State
# tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN
Proto Recv-Q Send-Q Local Address           Foreign Address         State
tcp        0      0 0.0.0.0:80              0.0.0.0:*               LISTEN
"""


def test_the_same_input_has_the_same_rows_after_all_grammars_were_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    recognizer = TableRecognizer()
    monkeypatch.setattr(pipeline, "load_recognizer", lambda _: recognizer)
    first = list(pipeline.read(COMMENTED))
    assert recognizer.index.by_system
    assert list(pipeline.read(COMMENTED)) == first


def test_read_gives_the_rows_of_an_input() -> None:
    table = "".join(COMMENTED.splitlines(keepends=True)[-2:])
    assert [rows.kind for rows in pipeline.read(f"Some text above.\n{table}")] == ["connections", "snapshots"]


def test_a_row_above_a_last_line_of_blanks_is_read() -> None:
    row = "  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       948\n"
    found = [rows for rows in pipeline.read(f"Active Connections\n{row} ") if rows.kind == "connections"]
    assert [rows.columns["local_port"] for rows in found] == [[135]]


def test_an_open_snapshot_is_described_as_its_record_will_be() -> None:
    row = "tcp        0      0 10.0.0.1:22             10.0.0.2:50000          ESTABLISHED\n"
    text = f"Sat Nov 28 10:00:00 UTC 2026\nroot@web1:~# netstat -an\n{row * 2000}"
    reading = pipeline.Reading(text)
    *blocks, record = reading.rows()
    assert blocks
    assert record.kind == "snapshots"
    known = []
    for rows in (again := pipeline.Reading(text)).rows():
        if rows.kind == "connections":
            known.append({**again.describe_snapshot(0)})
    for facts in known:
        del facts["last_line"], facts["listeners"]  # known at the end
        assert facts.items() <= {name: column[0] for name, column in record.columns.items()}.items()
    assert known[0]["command"] == "netstat -an"
    assert known[0]["captured_at"] == "Sat Nov 28 10:00:00 UTC 2026"
    assert again.describe_snapshot(0) == again.describe_snapshot(1) == {}
