"""Measures how fast netstat_parse is, against the bare split and jc: ``python tests/benchmark``.

What is measured against each other is measured in one process, in turn, several times, and the table shows the median of
the ratios: a busy machine slows all of them alike. It takes about ten minutes; ``--rows 1000`` makes it short.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dumps import DUMPS

MEASURES = Path(__file__).with_name("measures.py")
PACKAGES = ("netstat-parse", "pyparsing", "pydantic", "jc")
COMPARED = ("Linux -anp", "Windows -ano")


def measured(measure: str, dump: str, rows: int, *more: str) -> Any:  # noqa: ANN401 - each measure tells something else
    command = [sys.executable, str(MEASURES), measure, dump, str(rows), *more]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def table(headings: list[str], rows: list[list[str]]) -> None:
    """Print as Markdown."""
    print()
    for row in [headings, ["---", *["---:"] * (len(headings) - 1)], *rows]:
        print(f"| {' | '.join(row)} |")
    sys.stdout.flush()


def throughput(rows: int) -> None:
    for dump in COMPARED:
        told = measured("throughput", dump, rows)
        cells = [
            [
                name,
                f"{figures['us']:.2f}",
                f"{figures['ratio']:.1f}",
                f"{told['jc']['us'] / figures['us']:.1f}",
                f"{measured('memory', dump, rows, name):.0f}",
            ]
            for name, figures in told.items()
        ]
        table([f"{dump}, {rows:,} rows", "µs a row", "of the split", "times as fast as jc", "peak MiB"], cells)


def start() -> None:
    rows = []
    for dump in COMPARED:
        told = measured("start", dump, 28)
        times = [f"{told[name]:.0f}" for name in ("python", "import pyparsing", "netstat-parse", "jc")]
        rows.append([dump, *times, f"{told['ratio']:.1f}"])
    table(["30 lines, ms", "python", "import pyparsing", "netstat-parse", "jc", "of jc"], rows)


def linear(most: int) -> None:
    sizes = [size for size in (1000, 10_000, 100_000, 1_000_000) if size <= most]
    rows = []
    for dump in DUMPS:
        told = [float(measured("linear", dump, size)) for size in sizes]
        rows.append([dump, *(f"{figure:.2f}" for figure in told), f"{told[-1] / told[0]:.2f}"])
    table(["µs a line of a stream", *(f"{size:,}" for size in sizes), "last of first"], rows)


def jobs(files: int, rows: int) -> None:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    counts = [count for count in (1, 2, 4, 8, 16) if count <= cores]
    told = {count: float(measured("jobs", COMPARED[0], rows, str(files), str(count))) for count in counts}
    cells = [[f"-j {count}", f"{taken:.1f}", f"{told[1] / taken:.1f}"] for count, taken in told.items()]
    table([f"{files:,} files of {rows:,} rows", "s", "times as fast"], cells)


def main() -> None:
    options = argparse.ArgumentParser(prog="python tests/benchmark", description=__doc__)
    options.add_argument("--rows", type=int, default=100_000, help="rows of the dumps that are compared")
    options.add_argument("--most", type=int, default=1_000_000, help="rows of the longest dump")
    options.add_argument("--files", type=int, default=1000, help="files that are read with -j")
    asked = options.parse_args()
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    print(f"Python {platform.python_version()}, {packages}; {os.cpu_count()} cores")
    throughput(asked.rows)
    start()
    linear(asked.most)
    jobs(asked.files, min(asked.rows, 1000))


if __name__ == "__main__":
    main()
