"""Chunks of tables are the same from memory and from temporary files, and memory is bounded."""

import errno
import tempfile
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netstat_parse.formats import table_chunks
from netstat_parse.formats.table_chunks import TableChunks
from support.rendering import render
from support.samples import SAMPLES

CHUNKS = st.lists(st.tuples(st.sampled_from(["routes", "counters"]), st.binary(max_size=9)))


@given(CHUNKS, st.integers(0, 40))
def test_the_chunks_of_a_table_are_those_that_were_added(added: list[tuple[str, bytes]], max_bytes: int) -> None:
    with pytest.MonkeyPatch.context() as patch, TableChunks() as tables:
        patch.setattr(table_chunks, "MAX_HELD_BYTES", max_bytes)
        for table, chunk in added:
            tables.add(table, chunk)
        for name in ("routes", "counters", "interfaces"):
            assert [*tables.of(name)] == [chunk for table, chunk in added if table == name]
            assert (name in tables) is any(table == name for table, _ in added)


@pytest.mark.parametrize("form", ["json", "yaml", "csv", "csv-raw", "tsv"])
@pytest.mark.parametrize("max_bytes", [0, 2000])
def test_a_document_from_temporary_files_is_the_same(
    form: str, max_bytes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = SAMPLES[::20]
    expected = [render(form, sample) for sample in samples]
    monkeypatch.setattr(table_chunks, "MAX_HELD_BYTES", max_bytes)
    assert [render(form, sample) for sample in samples] == expected


def test_chunks_beyond_a_size_are_in_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    files: list[IO[bytes]] = []

    def open_file() -> IO[bytes]:
        files.append(tempfile.SpooledTemporaryFile())  # noqa: SIM115 - closed by the chunks
        return files[-1]

    monkeypatch.setattr(tempfile, "TemporaryFile", open_file)
    monkeypatch.setattr(table_chunks, "MAX_HELD_BYTES", 1000)
    with TableChunks() as tables:
        for count in range(1, 101):
            tables.add("routes", bytes(100))
            assert 100 * count - (files[0].tell() if files else 0) <= 1000
    assert all(file.closed for file in files)


def test_an_error_of_a_temporary_file_names_their_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> IO[bytes]:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", fail)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(table_chunks, "MAX_HELD_BYTES", 0)
    with TableChunks() as tables, pytest.raises(OSError, match="No space") as raised:
        tables.add("routes", b"1")
    assert raised.value.filename == str(tmp_path)
