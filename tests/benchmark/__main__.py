"""Compare the speed and memory of netstat_parse with a bare split and with jc: ``python tests/benchmark``.

The compared functions run in turn in one process, several times, and the tables have the median of the ratios, so that a busy
machine affects all alike. It takes about ten minutes; with ``--rows 1000 --most 1000`` half a minute.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from dumps import DUMPS

MEASURES = Path(__file__).with_name("measures.py")
PACKAGES = ("netstat-parse", "pyparsing", "pydantic", "jc")
COMPARED = ("Linux -anp", "Windows -ano")
LOG_NAME = "customer.log"
LOG_NOISE_LINES = 46_000


def run_measure(name: str, dump: str, rows: int, *arguments: str) -> Any:  # noqa: ANN401 - each measurement has another type
    """Run one measurement of `measures` in a new process."""
    command = [sys.executable, str(MEASURES), name, dump, str(rows), *arguments]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def print_table(headings: list[str], rows: list[list[str]]) -> None:
    """Print a table as Markdown."""
    print()
    for row in [headings, ["---", *["---:"] * (len(headings) - 1)], *rows]:
        print(f"| {' | '.join(row)} |")
    sys.stdout.flush()


def print_throughput(rows: int, repeat: int) -> None:
    for dump in COMPARED:
        results = run_measure("throughput", dump, rows, str(repeat))
        cells = [
            [
                name,
                f"{result['us']:.2f}",
                f"{result['ratio']:.1f}",
                f"{results['jc']['us'] / result['us']:.1f}",
                f"{run_measure('memory', dump, rows, name):.0f}",
            ]
            for name, result in results.items()
        ]
        print_table([f"{dump}, {rows:,} rows", "µs a row", "of the split", "times as fast as jc", "peak MiB"], cells)


def print_log(noise_lines: int, repeat: int) -> None:
    found = run_measure("log", LOG_NAME, noise_lines, str(repeat))
    cells = [
        [
            name,
            f"{1e6 / result['us']:,.0f}",
            f"{result['ratio']:.1f}",
            f"{run_measure('log memory', LOG_NAME, noise_lines, name):.0f}",
        ]
        for name, result in found["readers"].items()
    ]
    print_table([f"{found['lines']:,} lines of a log", "lines a second", "of the split", "peak MiB"], cells)
    print(
        f"\nOf {found['expected']:,} records in the log, {found['records']:,} were found;"
        f" {found['alarms']:,} lines of the noise were reported as damaged rows."
    )


def print_start(repeat: int) -> None:
    rows = []
    for dump in COMPARED:
        results = run_measure("start", dump, 28, str(repeat))
        times = [f"{results[name]:.0f}" for name in ("python", "import pyparsing", "netstat-parse", "jc")]
        rows.append([dump, *times, f"{results['ratio']:.1f}"])
    print_table(["30 lines, ms", "python", "import pyparsing", "netstat-parse", "jc", "of jc"], rows)


def print_linear(max_rows: int) -> None:
    sizes = [size for size in (1000, 10_000, 100_000, 1_000_000) if size <= max_rows]
    rows = []
    for dump in DUMPS:
        times = [float(run_measure("linear", dump, size)) for size in sizes]
        rows.append([dump, *(f"{time:.2f}" for time in times), f"{times[-1] / times[0]:.2f}"])
    print_table(["µs a line of a stream", *(f"{size:,}" for size in sizes), "last of first"], rows)


def print_jobs(files: int, rows: int) -> None:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    counts = [count for count in (1, 2, 4, 8, 16) if count <= cores]
    times = {count: float(run_measure("jobs", COMPARED[0], rows, str(files), str(count))) for count in counts}
    cells = [[f"-j {count}", f"{time:.1f}", f"{times[1] / time:.1f}"] for count, time in times.items()]
    print_table([f"{files:,} files of {rows:,} rows", "s", "times as fast"], cells)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python tests/benchmark", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the compared dumps")
    parser.add_argument("--most", type=int, default=1_000_000, help="rows of the longest dump")
    parser.add_argument("--files", type=int, default=1000, help="number of files for -j")
    parser.add_argument("--repeat", type=int, default=7, help="runs of each measurement; the median is printed")
    options = parser.parse_args()
    try:
        packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    except PackageNotFoundError as error:
        parser.error(f"{error.name} is not installed: python -m pip install --editable . --group test")
    print(f"Python {platform.python_version()}, {packages}; {os.cpu_count()} cores")
    print_throughput(options.rows, options.repeat)
    print_log(min(options.rows, LOG_NOISE_LINES), options.repeat)
    print_start(options.repeat)
    print_linear(options.most)
    print_jobs(options.files, min(options.rows, 1000))


if __name__ == "__main__":
    main()
