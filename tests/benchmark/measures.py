"""Run one measurement and print it as JSON: ``python tests/benchmark/measures.py MEASUREMENT DUMP ROWS``."""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import jc
from dumps import DUMPS
from noise import SAMPLE_NAMES, make_noisy_log, read_sample

import netstat_parse
from netstat_parse.cli.command import main
from netstat_parse.records.diagnostics import LINE_ERRORS

SLOW_SECONDS = 1.0
"""Tasks that take longer, such as jc, run only in every third turn."""

Task = Callable[[], object]


def time_seconds(task: Task) -> float:
    """Return the duration of a task in seconds."""
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def run_in_turn(tasks: dict[str, Task], base: str, rows: int, repeat: int) -> dict[str, dict[str, float]]:
    """Run the tasks in turn, several times; return the medians of microseconds a row and of the ratio to `base`."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    ratios: dict[str, list[float]] = {name: [] for name in tasks}
    for task in tasks.values():
        task()  # the first run also imports and compiles
    for turn in range(repeat):
        for name, task in tasks.items():
            if turn % 3 and times[name][-1] > SLOW_SECONDS:
                continue
            times[name].append(time_seconds(task))
            ratios[name].append(times[name][-1] / times[base][-1])
    return {name: {"us": median(times[name]) * 1e6 / rows, "ratio": median(ratios[name])} for name in tasks}


def bare_split(text: str) -> list[list[str]]:
    """Split each line at its blanks, the least work that any parser does."""
    return [line.split() for line in text.splitlines()]


def run_command_line(*arguments: str) -> None:
    status = main(["-o", os.devnull, *arguments])
    if status:
        raise SystemExit(status)


def make_readers(text: str, path: str) -> dict[str, Task]:
    """Return a task for each way to read a whole dump."""
    data, unix = text.encode(), text.replace("\r\n", "\n")
    return {
        "bare split": lambda: bare_split(text),
        "to_json": lambda: netstat_parse.to_json(data),
        "netstat-parse FILE": lambda: run_command_line(path),
        "parse": lambda: netstat_parse.parse(data),
        "jc": lambda: json.dumps(jc.parse("netstat", unix, quiet=True), ensure_ascii=False, separators=(",", ":")),
    }


def measure_throughput(dump: str, rows: int, folder: Path, repeat: str) -> dict[str, Any]:
    """Measure each reader in microseconds a row and as a ratio to the bare split."""
    text = DUMPS[dump](rows)
    path = folder / "dump.txt"
    path.write_bytes(text.encode())
    return run_in_turn(make_readers(text, str(path)), "bare split", rows, int(repeat))


def measure_memory(dump: str, rows: int, folder: Path, reader: str) -> float:
    """Measure the peak memory of the process in MiB, with Python and the input."""
    text = DUMPS[dump](rows)
    path = folder / "dump.txt"
    path.write_bytes(text.encode())
    make_readers(text, str(path))[reader]()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def make_log_readers(text: str, path: str) -> dict[str, Task]:
    """Return a task for each way to read a log."""
    return {
        "bare split": lambda: bare_split(text),
        "to_json": lambda: netstat_parse.to_json(text),
        "-f ndjson FILE": lambda: run_command_line("-q", "-f", "ndjson", path),
    }


def measure_log(name: str, noise_lines: int, folder: Path, repeat: str) -> dict[str, Any]:
    """Measure each reader of a log: lines a second and the ratio to the bare split; and what is found in the log."""
    dumps = [read_sample(sample) for sample in SAMPLE_NAMES]
    log = make_noisy_log(dumps, noise_lines)
    path = folder / name
    path.write_text(log.text)
    lines = log.text.count("\n")
    readers = run_in_turn(make_log_readers(log.text, str(path)), "bare split", lines, int(repeat))
    inside = {number for numbers in log.dump_lines for number in numbers}
    diagnostics = json.loads(netstat_parse.to_json(log.text))["diagnostics"]
    alarms = [item for item in diagnostics if item["code"] in LINE_ERRORS and item["line"] not in inside]
    return {
        "lines": lines,
        "records": count_records(log.text),
        "expected": sum(map(count_records, dumps)),
        "alarms": len(alarms),
        "readers": readers,
    }


def count_records(text: str) -> int:
    """Return the number of records of all tables in a text."""
    document = json.loads(netstat_parse.to_json(text))
    about_input = ("snapshots", "diagnostics")
    return sum(len(table) for name, table in document.items() if isinstance(table, list) and name not in about_input)


def measure_log_memory(name: str, noise_lines: int, folder: Path, reader: str) -> float:
    """Measure the peak memory of the process in MiB, with Python and the log."""
    text = make_noisy_log([read_sample(sample) for sample in SAMPLE_NAMES], noise_lines).text
    path = folder / name
    path.write_text(text)
    make_log_readers(text, str(path))[reader]()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_linear(dump: str, rows: int, folder: Path) -> float:
    """Measure `stream` in microseconds a line."""
    path = folder / "dump.txt"
    path.write_bytes(DUMPS[dump](rows).encode())

    def stream() -> None:
        with path.open("rb") as file:
            deque(netstat_parse.stream(file), maxlen=0)

    stream()
    return median(time_seconds(stream) for _ in range(max(3, min(50, 100_000 // rows)))) * 1e6 / rows


def measure_start(dump: str, rows: int, folder: Path, repeat: str) -> dict[str, float]:
    """Measure processes that read a dump of a few rows, in milliseconds."""
    path = folder / "dump.txt"
    path.write_bytes(DUMPS[dump](rows).encode())
    own, other = (shutil.which(name, path=str(Path(sys.executable).parent)) for name in ("netstat-parse", "jc"))
    commands: dict[str, Sequence[str | None]] = {
        "jc": [other, "--netstat"],
        "netstat-parse": [own],
        "python": [sys.executable, "-c", "import sys; sys.stdin.read()"],
        "import pyparsing": [sys.executable, "-c", "import pyparsing"],
    }

    # An installed program has compiled modules, so let Python write them.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def run(name: str) -> None:
        command = [str(word) for word in commands[name]]
        with path.open("rb") as file:
            subprocess.run(command, stdin=file, stdout=subprocess.DEVNULL, check=True, env=environment)

    results = run_in_turn({name: partial(run, name) for name in commands}, "jc", 1, int(repeat))
    times = {name: result["us"] / 1000 for name, result in results.items()}
    return times | {"ratio": results["netstat-parse"]["ratio"]}


def measure_jobs(dump: str, rows: int, folder: Path, files: str, processes: str) -> float:
    """Measure the command line on many files with `-j`, in seconds."""
    text = DUMPS[dump](rows).encode()
    for number in range(int(files)):
        (folder / f"{number}.txt").write_bytes(text)
    return time_seconds(lambda: run_command_line("-f", "ndjson", "-j", processes, str(folder)))


MEASUREMENTS: dict[str, Callable[..., object]] = {
    "throughput": measure_throughput,
    "memory": measure_memory,
    "log": measure_log,
    "log memory": measure_log_memory,
    "linear": measure_linear,
    "start": measure_start,
    "jobs": measure_jobs,
}

if __name__ == "__main__":
    measurement, dump, rows, *arguments = sys.argv[1:]
    with tempfile.TemporaryDirectory() as name:
        print(json.dumps(MEASUREMENTS[measurement](dump, int(rows), Path(name), *arguments)))
