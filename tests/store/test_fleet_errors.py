"""An error of the dataset's folder, the disk or the installation is one line, and loses no data."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from netstat_parse.inputs.remote import HOW_TO_INSTALL
from netstat_parse.store import parquet
from netstat_parse.store.fleet import to_parquet
from support.command_line import netstat_parse
from support.stored import ROW, read_ports, read_sources, write_dumps


def test_a_damaged_file_of_the_dataset_is_an_error(tmp_path: Path) -> None:
    folder, out = write_dumps(tmp_path / "dumps", 2), tmp_path / "out"
    to_parquet(str(folder), str(out))
    (path,) = (out / "files").iterdir()
    path.write_bytes(path.read_bytes()[:-100])
    ran = netstat_parse("-f", "parquet", "-o", out, folder)
    message = "is damaged; remove it and run again to read its inputs again"
    assert (ran.returncode, ran.stderr) == (2, f"netstat-parse: {path}: {message}\n")
    path.unlink()
    assert netstat_parse("-f", "parquet", "-o", out, folder).returncode == 0
    assert read_ports(out) == [1, 2]


@pytest.mark.parametrize("name", ["files/theirs.parquet", "files/part-0.parquet", "connections/theirs.parquet"])
def test_a_parquet_file_of_another_program_is_named_and_stays(tmp_path: Path, name: str) -> None:
    folder, out = write_dumps(tmp_path / "dumps", 2), tmp_path / "out"
    to_parquet(str(folder), str(out))
    pq.write_table(pa.table({"a": [1]}), out / name)
    ran = netstat_parse("-f", "parquet", "-o", out, folder)
    message = "is no file of the dataset; move it elsewhere"
    assert (ran.returncode, ran.stderr) == (2, f"netstat-parse: {out}/{name}: {message}\n")
    assert pq.read_table(out / name).num_rows == 1


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("form", ["sqlite", "parquet"])
def test_a_full_disk_is_an_error_of_one_line(tmp_path: Path, form: str, jobs: int) -> None:
    folder, out = write_dumps(tmp_path / "dumps", 4), tmp_path / "out"
    code = (
        "import resource, sys; from netstat_parse.cli import main\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)); sys.exit(main(sys.argv[1:]))"
    )
    ran = netstat_parse("-f", form, "-j", jobs, "-o", out, folder, code=code)
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1), ran.stderr
    assert list(out.glob("files/*")) == []


@pytest.mark.parametrize("place", ["nowhere://out", "s3://bucket/out"])
def test_an_unreachable_place_is_an_error_of_one_line(tmp_path: Path, place: str) -> None:
    code = "import sys; sys.modules['s3fs'] = None; from netstat_parse.cli import main; sys.exit(main(sys.argv[1:]))"
    ran = netstat_parse("-f", "parquet", "-o", place, write_dumps(tmp_path / "dumps", 1), code=code)
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1), ran.stderr
    assert ran.stderr.startswith(f"netstat-parse: {place}: ")


def test_two_runs_do_not_write_to_the_same_dataset_at_once(tmp_path: Path) -> None:
    folder, out = write_dumps(tmp_path / "dumps", 3), tmp_path / "out"
    with parquet.lock(parquet.open_dataset(str(out))):
        ran = netstat_parse("-f", "parquet", "-o", out, folder)
    assert (ran.returncode, ran.stderr) == (
        2,
        f"netstat-parse: {out}: another run is writing there; wait until it ends\n",
    )


@pytest.mark.parametrize("name", ["file", "folder"])
def test_a_folder_that_is_not_a_dataset_is_not_changed(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "mine").touch()
    ran = netstat_parse("-f", "parquet", "-o", tmp_path / name, write_dumps(tmp_path / "dumps", 1))
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)
    assert ran.stderr.startswith(f"netstat-parse: {tmp_path}/{name}: ")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_dataset_in_the_folder_that_is_read_is_not_an_input(tmp_path: Path) -> None:
    folder = write_dumps(tmp_path / "dumps", 2)
    for _ in range(2):
        assert netstat_parse("-f", "parquet", "-o", folder / "out", folder).returncode == 0
    assert len(read_sources(folder / "out")) == 2


def test_a_missing_extra_is_an_error_of_one_line(tmp_path: Path) -> None:
    code = "import sys; sys.modules['pyarrow'] = None; from netstat_parse.cli import main; sys.exit(main(sys.argv[1:]))"
    ran = netstat_parse("-f", "parquet", "-o", tmp_path / "out", text=ROW.format(1).encode(), code=code)
    message = f"netstat-parse: -f parquet needs pyarrow: {HOW_TO_INSTALL}\n"
    assert (ran.returncode, ran.stderr) == (2, message)


def test_sqlite_needs_no_extra(tmp_path: Path) -> None:
    code = "import sys; sys.modules['pyarrow'] = sys.modules['fsspec'] = None; from netstat_parse.cli import main; sys.exit(main(sys.argv[1:]))"
    assert (
        netstat_parse("-f", "sqlite", "-o", tmp_path / "x.db", write_dumps(tmp_path / "d", 4), code=code).returncode
        == 0
    )


def test_many_inputs_need_few_open_files(tmp_path: Path) -> None:
    folder, out = write_dumps(tmp_path / "dumps", 300), tmp_path / "out"
    limited = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))  # noqa: E731 - named, to keep the next line short
    command = [sys.executable, "-m", "netstat_parse", "-f", "parquet", "-o", str(out), str(folder)]
    ran = subprocess.run(command, preexec_fn=limited, check=False, capture_output=True)
    assert (ran.returncode, ran.stderr, len(read_ports(out))) == (0, b"", 300)


@pytest.mark.skipif(os.name == "nt", reason="file names are Unicode there")
def test_a_file_whose_name_is_not_utf_8_can_be_stored(tmp_path: Path) -> None:
    folder = tmp_path / "dumps"
    folder.mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/\xe9.txt")).write_text(ROW.format(22))
    for _ in range(2):
        assert netstat_parse("-f", "parquet", "-o", tmp_path / "out", folder).returncode == 0
    assert read_sources(tmp_path / "out") == [f"{folder}/\\xe9.txt"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_device_is_no_dataset(tmp_path: Path) -> None:
    (tmp_path / "dump.txt").write_text(ROW.format(22))
    ran = netstat_parse("-f", "parquet", "-o", "/dev/full", tmp_path / "dump.txt")
    assert (ran.returncode, ran.stderr) == (2, "netstat-parse: /dev/full: is no folder, and a dataset is one\n")
