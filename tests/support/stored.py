"""What tests of databases and datasets share: the samples as documents, and as the rows that a table must have."""

import json
import subprocess
import sys
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds

import netstat_parse as np
from netstat_parse.records import columns, fields

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(map(str, (ROOT / "samples").glob("*/*.txt")))
TABLES = fields.table_names()

ROW = "tcp        0      0 0.0.0.0:{}              0.0.0.0:*               LISTEN     \n"

INTERFACE = """Kernel Interface table
Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg
eth0             1500 {}      0      0 0             7      0      0      0 BMRU
"""


def netstat_parse(*arguments: object, text: bytes = b"", code: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line, or the code in its place."""
    command = [sys.executable, *(["-c", code] if code else ["-m", "netstat_parse"]), *map(str, arguments)]
    ran = subprocess.run(command, input=text, capture_output=True, timeout=120, check=False)
    return subprocess.CompletedProcess(ran.args, ran.returncode, ran.stdout.decode(), ran.stderr.decode())


def dumps(folder: Path, count: int) -> Path:
    """A folder with dumps, each of which has one socket, which tells the dump by its port."""
    folder.mkdir(parents=True, exist_ok=True)
    for port in range(1, count + 1):
        (folder / f"{port:05}.txt").write_text(ROW.format(port))
    return folder


@cache
def documents() -> dict[str, dict[str, Any]]:
    """The JSON document of each sample that has one."""
    found = {}
    for sample in SAMPLES:
        try:
            found[sample] = json.loads(np.to_json(Path(sample).read_bytes()))
        except np.NetstatParseError:
            continue
    return found


def expected(table: str) -> list[dict[str, Any]]:
    """The rows that a table of all samples must have, but for what could not be read at all."""
    names = [column.name for column in columns.columns(table)]
    return [
        dict(zip(names, (source, *record.values()), strict=True))
        for source, document in documents().items()
        for record in document[table]
    ]


def plain(value: Any) -> Any:  # noqa: ANN401 - what a reader gives
    """A value as JSON has it, where large integers are no decimals."""
    return int(value) if isinstance(value, Decimal) else value


def arrow_rows(out: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a dataset's table, as JSON has them."""
    rows = ds.dataset(out / table, format="parquet").to_table().to_pylist()
    maps = [column.name for column in columns.columns(table) if column.shape["type"] == "object"]
    for row in rows:
        row.update((name, dict(row[name])) for name in maps)  # which come as pairs
    return [{name: plain(value) for name, value in row.items()} for row in rows]


def ports(out: Path) -> list[int]:
    """The ports of all sockets of a dataset."""
    return sorted(row["local_port"] for row in arrow_rows(out, "connections"))


def sources(out: Path) -> list[str]:
    """The inputs of a dataset."""
    return sorted(row["source"] for row in arrow_rows(out, "files"))
