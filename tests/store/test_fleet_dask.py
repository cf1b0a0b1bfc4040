"""Dask workers write the same dataset, even if one of them is killed."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import fsspec
import pyarrow.dataset as ds
import pytest
from distributed import Client, LocalCluster

from netstat_parse.store.fleet import to_parquet
from support.stored import ROW, write_dumps


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """Start a cluster of two processes."""
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster,
        Client(cluster) as client,
    ):
        yield client


@pytest.fixture
def thread() -> Iterator[Client]:
    """Start a cluster in this process, which shares its memory."""
    with (
        LocalCluster(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=":0") as cluster,
        Client(cluster) as client,
    ):
        yield client


def rows(out: Path, table: str = "connections") -> list[tuple[str, ...]]:
    """Return all rows of a dataset's table, sorted."""
    found = ds.dataset(str(out / table), format="parquet").to_table().to_pylist()
    return sorted(tuple(map(repr, row.values())) for row in found)


def kill_a_worker(client: Client, out: Path) -> None:
    while len(list(out.glob("files/*.parquet"))) < 2 or not list(out.glob(".unfinished/*/")):
        time.sleep(0.005)
    os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)


@pytest.mark.parametrize("table", ["connections", "files"])
def test_dask_writes_what_one_process_writes(client: Client, tmp_path: Path, table: str) -> None:
    folder = write_dumps(tmp_path / "dumps", 30)
    to_parquet(str(folder), str(tmp_path / "alone"))
    report = to_parquet(str(folder), str(tmp_path / "out"), client, inputs=7)
    assert report.files == 30
    assert rows(tmp_path / "out", table) == rows(tmp_path / "alone", table)


def test_no_row_is_lost_or_doubled_if_a_worker_is_killed(client: Client, tmp_path: Path) -> None:
    folder, out = write_dumps(tmp_path / "dumps", 2000), tmp_path / "out"
    pids = set(client.run(os.getpid).values())
    killer = Thread(target=kill_a_worker, args=(client, out))
    killer.start()
    report = to_parquet(str(folder), str(out), client, inputs=50)
    killer.join()
    client.wait_for_workers(2, timeout=60)
    assert set(client.run(os.getpid).values()) != pids
    assert report.files == 2000
    assert len(rows(out)) == len({row[0] for row in rows(out)}) == 2000
    assert len(rows(out, "files")) == 2000
    assert not (out / ".unfinished").exists()


def test_an_address_of_fsspec_is_read_and_written(thread: Client) -> None:
    store = fsspec.filesystem("memory")
    for port in (1, 2, 3):
        store.pipe(f"/dumps/{port}.txt", ROW.format(port).encode())
    reports = [to_parquet("memory://dumps/*.txt", "memory://out", thread) for _ in range(2)]
    assert [(report.files, report.skipped) for report in reports] == [(3, 0), (0, 3)]
    table = ds.dataset("/out/connections", filesystem=store, format="parquet").to_table()
    assert sorted(table["source"].to_pylist()) == [f"memory:///dumps/{port}.txt" for port in (1, 2, 3)]


@pytest.mark.parametrize("address", ["memory://folder", "memory://folder/1.txt"])
def test_a_folder_and_a_file_are_addresses_too(tmp_path: Path, address: str) -> None:
    fsspec.filesystem("memory").pipe("/folder/1.txt", ROW.format(1).encode())
    assert to_parquet(address, str(tmp_path / "out")).files == 1
    assert len(rows(tmp_path / "out")) == 1


def test_an_address_without_a_file_is_a_failure(tmp_path: Path) -> None:
    report = to_parquet("memory://nothing/*.txt", str(tmp_path / "out"))
    assert [(failure.source, failure.status) for failure in report.failures] == [
        ("memory://nothing/*.txt", "unreadable")
    ]
