"""Each measure, in a process of its own: ``python tests/benchmark/measures.py MEASURE DUMP ROWS`` prints JSON."""

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

import netstat_parse
from netstat_parse.cli.main import main

ROUNDS = 7
"""How often each is measured; what takes long, as jc does, less often."""

SLOW = 1.0
"""Seconds above which it takes long."""

Work = Callable[[], object]


def seconds(work: Work) -> float:
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


def in_turn(works: dict[str, Work], base: str, rows: int) -> dict[str, dict[str, float]]:
    """Microseconds a row, and the median of the ratios to `base`, of works that are done one after the other."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    ratios: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()  # so that what is imported and built once is
    for number in range(ROUNDS):
        for name, work in works.items():
            if number and number % 3 and taken[name][-1] > SLOW:
                continue
            taken[name].append(seconds(work))
            ratios[name].append(taken[name][-1] / taken[base][-1])
    return {name: {"us": median(taken[name]) * 1e6 / rows, "ratio": median(ratios[name])} for name in works}


def bare_split(text: str) -> list[list[str]]:
    """The least that any parser does."""
    return [line.split() for line in text.splitlines()]


def command_line(*arguments: str) -> None:
    status = main(["-o", os.devnull, *arguments])
    if status:
        raise SystemExit(status)


def works(text: str, path: str) -> dict[str, Work]:
    """All that reads the dump as a whole."""
    data, unix = text.encode(), text.replace("\r\n", "\n")
    return {
        "bare split": lambda: bare_split(text),
        "to_json": lambda: netstat_parse.to_json(data),
        "netstat-parse FILE": lambda: command_line(path),
        "parse": lambda: netstat_parse.parse(data),
        "jc": lambda: json.dumps(jc.parse("netstat", unix, quiet=True), ensure_ascii=False, separators=(",", ":")),
    }


def throughput(dump: str, rows: int, folder: Path) -> dict[str, Any]:
    """How long a row takes each, against the bare split."""
    text = DUMPS[dump](rows)
    path = folder / "dump.txt"
    path.write_bytes(text.encode())
    return in_turn(works(text, str(path)), "bare split", rows)


def memory(dump: str, rows: int, folder: Path, work: str) -> float:
    """The peak of the process in MiB, with Python and the input in it."""
    text = DUMPS[dump](rows)
    path = folder / "dump.txt"
    path.write_bytes(text.encode())
    works(text, str(path))[work]()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def linear(dump: str, rows: int, folder: Path) -> float:
    """Microseconds a line of a stream of records, which takes the same memory however long it is."""
    path = folder / "dump.txt"
    path.write_bytes(DUMPS[dump](rows).encode())

    def stream() -> None:
        with path.open("rb") as file:
            deque(netstat_parse.stream(file), maxlen=0)

    stream()
    return median(seconds(stream) for _ in range(max(3, min(50, 100_000 // rows)))) * 1e6 / rows


def start(dump: str, rows: int, folder: Path) -> dict[str, float]:
    """Milliseconds of whole processes that read a dump of a few rows."""
    path = folder / "dump.txt"
    path.write_bytes(DUMPS[dump](rows).encode())
    own, theirs = (shutil.which(name, path=str(Path(sys.executable).parent)) for name in ("netstat-parse", "jc"))
    commands: dict[str, Sequence[str | None]] = {
        "jc": [theirs, "--netstat"],
        "netstat-parse": [own],
        "python": [sys.executable, "-c", "import sys; sys.stdin.read()"],
        "import pyparsing": [sys.executable, "-c", "import pyparsing"],
    }

    # Whoever has installed it runs compiled modules.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def run(name: str) -> None:
        command = [str(part) for part in commands[name]]
        with path.open("rb") as file:
            subprocess.run(command, stdin=file, stdout=subprocess.DEVNULL, check=True, env=environment)

    told = in_turn({name: partial(run, name) for name in commands}, "jc", 1)
    return {name: figures["us"] / 1000 for name, figures in told.items()} | {"ratio": told["netstat-parse"]["ratio"]}


def jobs(dump: str, rows: int, folder: Path, files: str, processes: str) -> float:
    """Seconds for many files, with `-j`."""
    text = DUMPS[dump](rows).encode()
    for number in range(int(files)):
        (folder / f"{number}.txt").write_bytes(text)
    return seconds(lambda: command_line("-f", "ndjson", "-j", processes, str(folder)))


if __name__ == "__main__":
    measure, dump, rows, *more = sys.argv[1:]
    with tempfile.TemporaryDirectory() as name:
        print(json.dumps(globals()[measure](dump, int(rows), Path(name), *more)))
