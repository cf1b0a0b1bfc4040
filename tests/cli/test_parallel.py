"""Several processes print the same as one."""

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from support.command_line import COMMAND, MAX_SECONDS, netstat_parse, sh
from support.log_folder import make_logs, ports_by_source
from support.stored import ROW


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    return make_logs(tmp_path)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_broken_input_does_not_stop_the_others(logs: Path, jobs: int) -> None:
    (logs / "b" / "15.gz").write_bytes(gzip.compress(ROW.format(5).encode())[:-9])
    (logs / "b" / "16.txt").write_text("no table here\n")
    ran = netstat_parse("-j", jobs, logs)
    assert [*ports_by_source(ran).values()] == [[2], [3], [1]]
    assert ran.returncode == 2
    assert [line.split(": ")[1].rpartition("/")[2] for line in ran.stderr.splitlines()] == ["15.gz", "16.txt"]


@pytest.mark.parametrize("form", ["json", "ndjson", "table"])
def test_several_processes_print_the_same_as_one(logs: Path, form: str) -> None:
    for port in range(1, 30):
        (logs / f"{port:03}.txt").write_text(ROW.format(port) * 10)
    alone = netstat_parse("-f", form, logs)
    assert netstat_parse("-f", form, "-j0", logs).stdout == alone.stdout
    assert netstat_parse("-f", form, "--jobs", "3", logs).stdout == alone.stdout


@pytest.mark.parametrize("form", ["json", "ndjson"])
@pytest.mark.parametrize("extra", ["", "tcp  0  0 10.0.0.1:22\n", "text of a log\n" * 9])
@pytest.mark.parametrize("way", ["file", "pipe", "file with spawned workers"])
def test_several_processes_print_the_same_of_one_long_file(tmp_path: Path, form: str, extra: str, way: str) -> None:
    rows = [ROW.format(port) for port in range(1, 40_001)]
    path = tmp_path / "long.txt"
    path.write_text("".join([*rows[:30_000], extra, *rows[30_000:]]))
    source, text = ("-", path.read_bytes()) if way == "pipe" else (path, b"")
    code = SPAWN if way.endswith("spawned workers") else ""
    alone, several = (netstat_parse("-f", form, "-j", jobs, source, text=text, code=code) for jobs in (1, 2))
    assert several.stdout == alone.stdout
    assert (several.stderr, several.returncode) == (alone.stderr, alone.returncode)


def test_standard_input_is_read_among_several_inputs(logs: Path) -> None:
    alone, several = (netstat_parse("-j", jobs, "-", logs, text=ROW.format(9)) for jobs in (1, 2))
    assert ports_by_source(alone)[None] == [9]
    assert (several.stdout, several.stderr) == (alone.stdout, alone.stderr)


def test_batches_of_several_inputs_print_the_same_as_one_process(tmp_path: Path) -> None:
    for number in range(150):  # the first are the longest, so that a temporary file has their rest behind later ones
        is_empty = number % 40 == 7
        (tmp_path / f"{number:03}.txt").write_text("" if is_empty else ROW.format(number + 1) * (400 - 2 * number))
    alone, several = (netstat_parse("-f", "ndjson", "-j", jobs, tmp_path) for jobs in (1, 2))
    assert (several.stdout, several.stderr, several.returncode) == (alone.stdout, alone.stderr, alone.returncode)
    assert alone.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no sh")
@pytest.mark.parametrize("redirection", [">{0}", ">>{0}", "-o {0}", "| cat >{0}"])
def test_several_processes_write_the_same_to_a_file_or_a_pipe(tmp_path: Path, redirection: str) -> None:
    for number in range(60):
        (tmp_path / f"{number:03}.txt").write_text(ROW.format(number + 1) * 200)
    written = []
    for jobs in (1, 2):
        output = tmp_path / f"output{jobs}"
        output.write_text("before\n")
        command = f"{COMMAND} -f ndjson -j {jobs} {tmp_path}/*.txt {redirection.format(output)}"
        assert sh(command).returncode == 0
        written.append(output.read_text())
    assert written[0] == written[1]
    assert written[0].startswith("before\n") is redirection.startswith(">>")


@pytest.mark.skipif(sys.platform != "linux", reason="no pipe of any size")
def test_a_pipe_that_is_read_late_has_the_same_from_several_processes(tmp_path: Path) -> None:
    """Workers use a temporary file again as soon as it is copied, though the pipe has not been read."""
    import fcntl

    for number in range(24):
        (tmp_path / f"{number:02}.txt").write_text(ROW.format(number + 1) * 2)
    written = []
    for jobs in ("1", "2"):
        command = [sys.executable, "-m", "netstat_parse", "-j", jobs, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            fcntl.fcntl(process.stdout, fcntl.F_SETPIPE_SZ, 1 << 20)
            assert process.wait(MAX_SECONDS) == 0
            written.append(process.stdout.read())
    assert written[0] == written[1]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_full_disk_is_reported_by_its_name(logs: Path, jobs: int) -> None:
    ran = sh(f"{COMMAND} -j {jobs} -o /dev/full {logs}/b")
    assert (ran.returncode, ran.stderr) == (2, "netstat-parse: /dev/full: No space left on device\n")


def test_the_inputs_that_a_killed_worker_has_lost_are_named(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(ROW.format(22))
    code = (
        "import os, signal, sys; from netstat_parse.cli import files, main\n"
        "def print_file(origin, options, output, **keywords): os.kill(os.getpid(), signal.SIGKILL)\n"
        "files.print_file = print_file\n"
        "if __name__ == '__main__': sys.exit(main(sys.argv[1:]))"
    )
    (tmp_path / "run.py").write_text(code)
    ran = netstat_parse(
        "-j", 2, *(tmp_path / name for name in ("a.txt", "b.txt", "c.txt")), code=START.format(str(tmp_path))
    )
    assert ran.returncode == 2
    named = ", ".join(f"{tmp_path}/{name}.txt" for name in "abc")
    assert ran.stderr == f"netstat-parse: a worker process was killed; not read: {named}\n"


SPAWN = """
import sys
from netstat_parse.cli import main, row_workers
from netstat_parse.workers import pool
row_workers.MIN_BYTES = 1 << 20
row_workers.may_fork = pool.may_fork = lambda: False
if __name__ == "__main__": sys.exit(main(sys.argv[1:]))
"""

START = "import runpy, sys; sys.path.insert(0, {0!r}); import run; from netstat_parse.cli import main; sys.exit(main(sys.argv[1:]))"
