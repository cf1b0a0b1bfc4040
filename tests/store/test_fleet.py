"""A Parquet dataset has each input once, even after an interrupted run."""

import gzip
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from netstat_parse import sources
from netstat_parse.inputs.origins import Origin, make_origin
from netstat_parse.reading.pipeline import Reading
from netstat_parse.records import fields
from netstat_parse.records.rows import Rows
from netstat_parse.sources import ReadOptions
from netstat_parse.store import batches, parquet, provenance
from netstat_parse.store.fleet import to_parquet
from support.command_line import netstat_parse
from support.stored import ROW, read_arrow_rows, read_ports, read_sources, write_dumps


def inodes(out: Path) -> set[int]:
    """Return the inodes of a dataset's files: a rewritten file has another."""
    return {path.stat().st_ino for path in out.rglob("*.parquet")}


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_command_line_writes_each_input_once(tmp_path: Path, jobs: int) -> None:
    ran = netstat_parse("-f", "parquet", "-j", jobs, "-o", tmp_path / "out", write_dumps(tmp_path / "dumps", 40))
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert read_ports(tmp_path / "out") == list(range(1, 41))
    assert len(list((tmp_path / "out/connections").iterdir())) == jobs


def test_stored_files_are_not_read_again(tmp_path: Path) -> None:
    folder = write_dumps(tmp_path / "dumps", 10)
    to_parquet(str(folder), str(tmp_path / "out"))
    before = inodes(tmp_path / "out")
    report = to_parquet(str(folder), str(tmp_path / "out"))
    assert (report.files, report.skipped, inodes(tmp_path / "out")) == (0, 10, before)


def test_a_name_that_looks_like_a_pattern_is_a_name(tmp_path: Path) -> None:
    folder, out = write_dumps(tmp_path / "dumps[1]", 2), tmp_path / "out[*]"
    reports = [to_parquet(str(folder), str(out)) for _ in range(2)]
    assert [(report.files, report.skipped) for report in reports] == [(2, 0), (0, 2)]
    assert len(list(tmp_path.iterdir())) == 2


def test_new_files_are_added(tmp_path: Path) -> None:
    for count in (10, 15):
        report = to_parquet(str(write_dumps(tmp_path / "dumps" / str(count), count)), str(tmp_path / "out"))
    assert (report.files, len(read_ports(tmp_path / "out"))) == (15, 25)


def test_a_changed_file_is_replaced_and_the_others_of_its_batch_stay(tmp_path: Path) -> None:
    folder = write_dumps(tmp_path / "dumps", 10)
    to_parquet(str(folder), str(tmp_path / "out"))
    (folder / "00004.txt").write_text(ROW.format(4444))
    (folder / "00009.txt").unlink()
    report = to_parquet(str(folder), str(tmp_path / "out"))
    assert (report.files, report.skipped) == (1, 8)
    assert read_ports(tmp_path / "out") == [1, 2, 3, 5, 6, 7, 8, 9, 10, 4444]
    assert len(read_sources(tmp_path / "out")) == 10


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are Unicode there")
def test_a_file_under_the_former_spelling_of_its_name_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = write_dumps(tmp_path / "dumps", 1), tmp_path / "out"
    Path(os.fsdecode(os.fsencode(folder) + b"/h\xffst.txt")).write_text(ROW.format(22))
    with monkeypatch.context() as patch:
        for module in (sources, provenance):
            patch.setattr(module, "escape_name", lambda name: name.encode(errors="backslashreplace").decode())
        to_parquet(str(folder), str(out))
    assert read_sources(out) == [f"{folder}/00001.txt", f"{folder}/h\\udcffst.txt"]
    report = to_parquet(str(folder), str(out))
    assert (report.files, report.skipped) == (1, 1)
    assert read_sources(out) == [f"{folder}/00001.txt", f"{folder}/h\\xffst.txt"]
    assert read_ports(out) == [1, 22]


def test_a_batch_whose_files_have_all_changed_is_removed(tmp_path: Path) -> None:
    folder = write_dumps(tmp_path / "dumps", 2)
    to_parquet(str(folder), str(tmp_path / "out"))
    for port in (1, 2):
        (folder / f"0000{port}.txt").write_text(ROW.format(port + 1000))
    to_parquet(str(folder), str(tmp_path / "out"))
    assert read_ports(tmp_path / "out") == [1001, 1002]
    assert len(list((tmp_path / "out/files").iterdir())) == 1


REMOVE_INPUTS = parquet.remove_inputs


def remove_from_all_but_files(place: parquet.Dataset, batch: str, sources: list[str]) -> None:
    """Remove inputs as a run that is interrupted just before the last step."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(parquet, "list_tables", fields.table_names)
        REMOVE_INPUTS(place, batch, sources)
    raise KeyboardInterrupt


def test_a_run_interrupted_while_it_removes_changed_files_does_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_dumps(tmp_path / "dumps", 3)
    to_parquet(str(folder), str(tmp_path / "out"))
    (folder / "00002.txt").write_text(ROW.format(2222))
    with monkeypatch.context() as patched:
        patched.setattr(parquet, "remove_inputs", remove_from_all_but_files)
        with pytest.raises(KeyboardInterrupt):
            to_parquet(str(folder), str(tmp_path / "out"))
    to_parquet(str(folder), str(tmp_path / "out"))
    assert read_ports(tmp_path / "out") == [1, 3, 2222]


def test_a_bad_input_is_reported_by_each_run_and_is_in_files(tmp_path: Path) -> None:
    (write_dumps(tmp_path / "dumps", 3) / "00002.txt").write_text("no table here\n")
    message = "no netstat table in 1 line of text (looked for Windows and Linux tables in any language)"
    for _ in range(2):
        ran = netstat_parse("-f", "parquet", "-o", tmp_path / "out", tmp_path / "dumps")
        assert (ran.returncode, ran.stderr) == (1, f"netstat-parse: {tmp_path}/dumps/00002.txt: {message}\n")
    assert read_ports(tmp_path / "out") == [1, 3]
    assert [(row["status"], row["error"]) for row in read_arrow_rows(tmp_path / "out", "files")] == [
        ("parsed", None),
        ("no-table", message),
        ("parsed", None),
    ]


def test_strict_reports_the_same_if_nothing_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "dump.txt").write_text(ROW.format(22) + "tcp  0  0 10.0.0.1:22\n")
    command = ["--strict", "-f", "parquet", "-o", tmp_path / "out", tmp_path / "dump.txt"]
    first, second = netstat_parse(*command), netstat_parse(*command)
    assert first.returncode == second.returncode == 1
    assert first.stderr == second.stderr != ""


def test_an_unreadable_file_is_read_again(tmp_path: Path) -> None:
    folder = write_dumps(tmp_path / "dumps", 3)
    broken = gzip.compress(ROW.format(9).encode())
    (folder / "9.gz").write_bytes(broken[:-9])
    statuses = [netstat_parse("-f", "parquet", "-o", tmp_path / "out", folder).returncode]
    (folder / "9.gz").write_bytes(broken)
    statuses += [netstat_parse("-f", "parquet", "-o", tmp_path / "out", folder).returncode]
    assert (statuses, read_ports(tmp_path / "out")) == ([2, 0], [1, 2, 3, 9])


def test_a_bug_that_one_input_triggers_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Faulty(Reading):
        def rows(self) -> Iterator[Rows]:
            if self.name and self.name.endswith("2.txt"):
                raise RecursionError("too deep")
            return super().rows()

    monkeypatch.setattr("netstat_parse.sources.Reading", Faulty)
    report = to_parquet(str(write_dumps(tmp_path / "dumps", 3)), str(tmp_path / "out"))
    assert [(failure.status, failure.error) for failure in report.failures] == [
        ("unreadable", "RecursionError: too deep")
    ]
    assert read_ports(tmp_path / "out") == [1, 3]


WORK = "import sys; from netstat_parse import fleet; fleet.to_parquet(*sys.argv[1:], jobs=2, inputs=20)"


def wait_for(count: int, out: Path, running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while len(list(out.glob("files/*.parquet"))) < count:
        assert running.poll() is None, "it was too fast to be killed"
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.mark.parametrize("kill", [os.kill, os.killpg], ids=["alone", "with its processes"])
def test_the_next_run_continues_a_killed_one(tmp_path: Path, kill: Callable[[int, int], None]) -> None:
    folder, out = write_dumps(tmp_path / "dumps", 2000), tmp_path / "out"
    with subprocess.Popen([sys.executable, "-c", WORK, str(folder), str(out)], start_new_session=True) as running:
        wait_for(3, out, running)
        kill(running.pid, signal.SIGKILL)
    for path in out.glob("[!.]*/*.parquet"):
        pq.read_table(path)  # fails for half a file
    done = read_sources(out)
    report = to_parquet(str(folder), str(out))
    assert 60 <= len(done) < 2000
    assert (report.skipped, report.files) == (len(done), 2000 - len(done))
    assert read_ports(out) == list(range(1, 2001))
    assert read_sources(out) == sorted(map(str, folder.iterdir()))
    assert not (out / ".unfinished").exists()


def workers(pid: int) -> list[int]:
    """Return the worker processes among the children of a process."""
    begun = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in begun if b"--multiprocessing-fork" in Path(f"/proc/{child}/cmdline").read_bytes()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no list of child processes")
def test_a_killed_worker_is_an_error_and_the_next_run_continues(tmp_path: Path) -> None:
    folder, out = write_dumps(tmp_path / "dumps", 1000), tmp_path / "out"
    command = [sys.executable, "-m", "netstat_parse", "-f", "parquet", "-j", "2", "-o", str(out), str(folder)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as running:
        while not list(out.glob(".unfinished/*/")):
            time.sleep(0.005)
        os.kill(workers(running.pid)[0], signal.SIGKILL)
        errors = running.communicate()[1].decode()
    message = "netstat-parse: a worker process was killed; not read: "
    assert (running.returncode, errors.count("\n")) == (2, 1)
    assert errors.startswith(message)
    lost = errors.removeprefix(message).partition(" and ")[0].split(", ")
    assert len(lost) == 10
    assert {Path(path).parent for path in lost} == {folder}
    to_parquet(str(folder), str(out))
    assert read_ports(out) == list(range(1, 1001))


def test_files_left_by_a_killed_run_are_removed(tmp_path: Path) -> None:
    folder, out = write_dumps(tmp_path / "dumps", 3), tmp_path / "out"
    to_parquet(str(folder), str(out))
    (complete,) = (out / "connections").iterdir()
    shutil.copy(complete, out / "connections" / "part-0123.parquet")
    to_parquet(str(folder), str(out))
    assert read_ports(out) == [1, 2, 3]


def test_the_name_of_a_batch_depends_on_its_files(tmp_path: Path) -> None:
    folder = write_dumps(tmp_path / "dumps", 3)
    files = [make_origin(str(path)) for path in sorted(folder.iterdir())]
    (first,), (again,), (other,) = (batches.partition(some, ReadOptions()) for some in (files, files, files[1:]))
    assert first.name == again.name != other.name


def test_batches_are_as_large_as_the_limits_allow(monkeypatch: pytest.MonkeyPatch) -> None:
    files = [Origin(str(number), 10) for number in range(10)]
    monkeypatch.setattr(batches, "MAX_BATCH_BYTES", 30)
    assert [len(batch.origins) for batch in batches.partition(files, ReadOptions(), inputs=8)] == [3, 3, 3, 1]
    assert [len(batch.origins) for batch in batches.partition(files, ReadOptions(), inputs=2)] == [2] * 5
