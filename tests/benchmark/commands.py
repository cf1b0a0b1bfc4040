"""Scenes of the command line: output formats, commands, start-up, processes; and of the Ansible filter."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from dumps import DUMPS, linux_sockets
from noise import SAMPLE_NAMES, make_noisy_log, read_sample
from scene import Case, Ratio, Scene, Sizes, run_command_line

from netstat_parse.formats.registry import WRITERS

# Where the collection is: in a checkout, or in a wheel.
ANSIBLE = "netstat_parse.ansible" if find_spec("netstat_parse.ansible") else "ansible_collections.netstat.parse"

OF_JSON = Ratio("of -f json", "-f json")
OF_READING = Ratio("of netstat-parse FILE", "netstat-parse FILE")

STORES = {"sqlite": "dumps.db", "parquet": "dumps.parquet"}
"""Formats that store, with the name of the output."""

LISTENER = "tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      123/sshd            "

FINDINGS = 1
"""The exit status of `check` if it finds something: of many rows, many sockets in CLOSE_WAIT."""

START_ROWS = 28
"""Rows of the dumps whose reading takes hardly longer than the start of the program."""


def make_command_scenes(sizes: Sizes) -> list[Scene]:
    """Make the scenes of formats, commands, start-up and processes."""
    rows = sizes.command_rows
    return [
        Scene(f"formats, {rows:,} rows", "µs a row", partial(_write_formats, rows)),
        Scene(f"commands, {rows:,} rows", "µs a row", partial(_run_commands, rows)),
        Scene("start, 30 lines", "ms", _start, turns_factor=3),
        Scene(f"{sizes.files:,} files of {sizes.file_rows:,} rows", "s", partial(_read_files, sizes)),
        Scene(f"1 file of {sizes.stream_rows:,} rows", "s", partial(_read_long_file, sizes), has_memory=False),
        Scene(f"1 log of {sizes.log_lines:,} lines", "s", partial(_read_long_log, sizes), has_memory=False),
    ]


def _write_formats(rows: int, folder: Path) -> Sequence[Case]:
    path = folder / "dump.txt"
    path.write_text(linux_sockets(rows))
    prints = [Case(f"-f {name}", partial(run_command_line, "-f", name, str(path)), rows, [OF_JSON]) for name in WRITERS]
    stores = [Case(f"-f {name}", partial(_store, name, folder, path), rows, [OF_JSON]) for name in STORES]
    return [*prints, *stores]


def _store(name: str, folder: Path, path: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as output:
        run_command_line("-f", name, "-o", str(Path(output) / STORES[name]), str(path))


def _run_commands(rows: int, folder: Path) -> Sequence[Case]:
    """Return commands on two dumps, of which the later one has lost a third of the earlier one's sockets."""
    first, second, program = folder / "before.txt", folder / "after.txt", folder / "netstat"
    title, heading, *lines = linux_sockets(rows + rows // 2).splitlines()
    counters = read_sample("linux/net-tools-2.10.debian-12.de.s")
    for path, part in ((first, lines[:rows]), (second, lines[-rows:])):
        path.write_text("\n".join([title, heading, LISTENER, *part, counters]))
    program.write_text(f'#!/bin/sh\nexec cat "{first}"\n')
    program.chmod(0o700)
    text = first.read_text()
    from_netstat = import_module(f"{ANSIBLE}.plugins.plugin_utils.documents").read
    one, two = str(first), str(second)

    def make_case(name: str, *arguments: str, dumps: int = 1, worst: int = 0) -> Case:
        return Case(name, partial(run_command_line, *arguments, worst=worst), dumps * rows, [OF_READING])

    return [
        make_case("netstat-parse FILE", one),
        make_case("run -- -an", "run", "--netstat", str(program), "--", "-an"),
        make_case("listeners FILE", "listeners", one),
        make_case("talkers FILE", "talkers", one),
        make_case("check FILE", "check", one, worst=FINDINGS),
        make_case("check BEFORE AFTER", "check", one, two, dumps=2, worst=FINDINGS),
        make_case("compare BEFORE AFTER", "compare", one, two, dumps=2),
        make_case("explain FILE:LINE", "explain", f"{one}:{rows}"),
        Case("from_netstat of Ansible", lambda: from_netstat(text), rows, [OF_READING]),
    ]


def _start(folder: Path) -> Sequence[Case]:
    """Return processes that read a short input of each kind, and jc, which fails on most of them, on the first."""
    anp = DUMPS["Linux -anp"](START_ROWS)
    log = make_noisy_log([anp], START_ROWS)
    inputs = {
        "Linux -anp": anp,
        "German Linux -t": read_sample("linux/net-tools-2.10.debian-12.de.t"),
        "Linux -s": read_sample("linux/net-tools-2.10.debian-12.s"),
        "Windows -ano": DUMPS["Windows -ano"](START_ROWS),
        "Linux -anp in a log": log.text,
    }
    program, of_jc = _find_program("netstat-parse"), Ratio("of jc", "jc: Linux -anp")
    cases = []
    for number, (name, text) in enumerate(inputs.items()):
        path = folder / f"{number}.txt"
        path.write_bytes(text.encode())
        cases.append(_make_process(name, [program, "-q"], path, of_jc))
    return [
        _make_process("python", [sys.executable, "-c", "pass"]),
        _make_process(of_jc.base, [_find_program("jc"), "--netstat"], folder / "0.txt"),
        *cases,
        _make_process("explain CLOSE_WAIT", [program, "explain", "CLOSE_WAIT"], None, of_jc),
    ]


def _find_program(name: str) -> str:
    """Return the path of a program that is installed beside this Python."""
    path = shutil.which(name, path=str(Path(sys.executable).parent))
    if path is None:
        raise SystemExit(f"{name} is not installed beside {sys.executable}")
    return path


def _make_process(name: str, command: Sequence[str], path: Path | None = None, ratio: Ratio | None = None) -> Case:
    """Return the case of a program with a file as standard input; without a ratio it is not ours."""
    # An installed program has compiled modules, so let Python write them.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def run() -> None:
        with (path or Path(os.devnull)).open("rb") as file:
            subprocess.run(command, stdin=file, stdout=subprocess.DEVNULL, check=True, env=environment)

    return Case(name, run, ratios=[ratio] if ratio else (), is_ours=ratio is not None, is_process=True)


def _read_files(sizes: Sizes, folder: Path) -> Sequence[Case]:
    text = linux_sockets(sizes.file_rows).encode()
    for number in range(sizes.files):
        (folder / f"{number}.txt").write_bytes(text)
    return _run_jobs(folder)


def _read_long_file(sizes: Sizes, folder: Path) -> Sequence[Case]:
    path = folder / "dump.txt"
    path.write_text(linux_sockets(sizes.stream_rows))
    return _run_jobs(path)


def _read_long_log(sizes: Sizes, folder: Path) -> Sequence[Case]:
    path = folder / "customer.log"
    path.write_text(make_noisy_log([read_sample(name) for name in SAMPLE_NAMES], sizes.log_lines).text)
    return _run_jobs(path)


def _run_jobs(path: Path) -> Sequence[Case]:
    ratio = Ratio("times as fast as -j 1", "-j 1", is_speed=True)
    command = [_find_program("netstat-parse"), "-q", "-f", "ndjson"]
    counts = _list_job_counts()
    return [_make_process(f"-j {count}", [*command, "-j", str(count), str(path)], None, ratio) for count in counts]


def _list_job_counts() -> list[int]:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return [count for count in (1, 2, 4, 8, 16) if count <= cores]
