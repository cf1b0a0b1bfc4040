"""CSV, for spreadsheets and for programs."""

import csv
import io
import json

import pytest

from support.command_line import netstat_parse

ROWS = (
    "tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      -2         305258     77/=1+1              \n"
    'tcp        0      0 0.0.0.0:80              0.0.0.0:*               LISTEN      0          305259     78/a, "b"            \n'
)


def table(form: str, text: str = ROWS) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(netstat_parse("-f", form, text=text).stdout, newline="")))


def test_no_cell_becomes_a_formula() -> None:
    assert [row["program"] for row in table("csv")] == ["'=1+1", 'a, "b"']


def test_the_raw_form_is_as_it_was_printed() -> None:
    assert [row["program"] for row in table("csv-raw")] == ["=1+1", 'a, "b"']


def test_a_number_below_zero_is_a_number() -> None:
    assert table("csv")[0]["uid"] == "-2"


@pytest.mark.parametrize("form", ["csv", "csv-raw"])
def test_a_reader_of_csv_finds_what_json_has(form: str) -> None:
    records = json.loads(netstat_parse(text=ROWS).stdout)["connections"]
    read = [{name: value for name, value in row.items() if value not in ("", "[]", "{}")} for row in table(form)]
    told = [{name: str(value) for name, value in record.items() if value not in (None, [], {})} for record in records]
    assert [row | {"program": row["program"].removeprefix("'")} for row in read] == [
        {"kind": "connection"} | record for record in told
    ]


def test_each_kind_of_record_has_its_heading() -> None:
    unix = "unix  2      [ ACC ]     STREAM     LISTENING     306263   @/tmp/.X11-unix/X0\n"
    tables = netstat_parse("-f", "csv", text=ROWS + unix).stdout.split("\r\n\r\n")
    assert [text.split(",")[0] for text in tables] == ["kind", "kind"]
    assert tables[1].splitlines()[1].startswith("unix_socket,")


def test_without_a_table_nothing_is_printed() -> None:
    ran = netstat_parse("-f", "csv", text="nothing here\n")
    assert (ran.returncode, ran.stdout) == (1, "")
