"""Helpers for tests of databases and datasets: small dumps and the expected rows of all samples."""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds

import netstat_parse as np
from netstat_parse.records import database_columns, fields
from support.samples import SAMPLES

SAMPLE_PATHS = list(map(str, SAMPLES))
TABLES = fields.table_names()

ROW = "tcp        0      0 0.0.0.0:{}              0.0.0.0:*               LISTEN     \n"

INTERFACE = """Kernel Interface table
Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg
eth0             1500 {}      0      0 0             7      0      0      0 BMRU
"""


def write_dumps(folder: Path, count: int) -> Path:
    """Create a folder of dumps with one socket each; the port of the socket is the number of the dump."""
    folder.mkdir(parents=True, exist_ok=True)
    for port in range(1, count + 1):
        (folder / f"{port:05}.txt").write_text(ROW.format(port))
    return folder


@cache
def parse_all_samples() -> dict[str, dict[str, Any]]:
    """Return the JSON document of each sample with a netstat table."""
    found = {}
    for sample in SAMPLE_PATHS:
        try:
            found[sample] = json.loads(np.to_json(Path(sample).read_bytes()))
        except np.NetstatParseError:
            continue
    return found


def expected_rows(table: str) -> list[dict[str, Any]]:
    """Return the expected rows of a table of all samples."""
    names = [column.name for column in database_columns.get_columns(table)]
    return [
        dict(zip(names, (source, *record.values()), strict=True))
        for source, document in parse_all_samples().items()
        for record in document[table]
    ]


def as_json_value(value: Any) -> Any:  # noqa: ANN401 - the value of any field
    """Convert a decimal to an integer, as in the JSON document."""
    return int(value) if isinstance(value, Decimal) else value


def read_arrow_rows(out: Path, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table of a dataset in the form of the JSON document."""
    rows = ds.dataset(out / table, format="parquet").to_table().to_pylist()
    maps = [column.name for column in database_columns.get_columns(table) if column.shape["type"] == "object"]
    for row in rows:
        row.update((name, dict(row[name])) for name in maps)  # Arrow returns pairs
    return [{name: as_json_value(value) for name, value in row.items()} for row in rows]


def read_ports(out: Path) -> list[int]:
    """Return the local ports of all sockets in a dataset."""
    return sorted(row["local_port"] for row in read_arrow_rows(out, "connections"))


def read_sources(out: Path) -> list[str]:
    """Return the source of each file in a dataset."""
    return sorted(row["source"] for row in read_arrow_rows(out, "files"))
