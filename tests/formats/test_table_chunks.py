"""Chunks of tables are the same from memory and from temporary files, and memory is bounded."""

import errno
import io
import tempfile
from collections.abc import Callable
from typing import IO, TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netstat_parse.formats import table_chunks
from netstat_parse.formats.table_chunks import TableChunks
from support.rendering import render
from support.samples import SAMPLES

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

CHUNKS = st.lists(st.tuples(st.sampled_from(["routes", "counters"]), st.binary(max_size=9)))


@given(CHUNKS, st.integers(0, 40))
def test_the_chunks_of_a_table_are_those_that_were_added(added: list[tuple[str, bytes]], max_bytes: int) -> None:
    with pytest.MonkeyPatch.context() as patch, TableChunks() as tables:
        patch.setattr(table_chunks, "MAX_MEMORY_BYTES", max_bytes)
        for table, chunk in added:
            tables.add(table, chunk)
        for name in ("routes", "counters", "interfaces"):
            assert [*tables.read(name)] == [chunk for table, chunk in added if table == name]
            assert (name in tables) is any(table == name for table, _ in added)


@pytest.mark.parametrize("form", ["json", "yaml", "csv", "csv-raw", "tsv"])
@pytest.mark.parametrize("max_bytes", [0, 2000])
def test_a_document_from_temporary_files_is_the_same(
    form: str, max_bytes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = SAMPLES[::20]
    expected = [render(form, sample) for sample in samples]
    monkeypatch.setattr(table_chunks, "MAX_MEMORY_BYTES", max_bytes)
    assert [render(form, sample) for sample in samples] == expected


def test_chunks_beyond_a_size_are_moved_to_files(monkeypatch: pytest.MonkeyPatch) -> None:
    files: list[IO[bytes]] = []

    def open_file(buffering: int) -> IO[bytes]:
        assert buffering == 0
        files.append(io.BytesIO())
        return files[-1]

    monkeypatch.setattr(tempfile, "TemporaryFile", open_file)
    monkeypatch.setattr(table_chunks, "MAX_MEMORY_BYTES", 1000)
    with TableChunks() as tables:
        for count in range(1, 101):
            tables.add("routes", bytes(100))
            assert 100 * count - (files[0].tell() if files else 0) <= 1000
    assert all(file.closed for file in files)


class FullFile(io.BytesIO):
    """A file on a disk that has no more space behind some bytes."""

    def write(self, data: "ReadableBuffer", /) -> int:
        if self.tell() >= 1000:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(bytes(data)[: 1000 - self.tell()])


def open_full_file(**_options: object) -> IO[bytes]:
    return FullFile()


def fail(**_options: object) -> IO[bytes]:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("open_file", [open_full_file, fail], ids=["full disk", "no folder"])
@pytest.mark.parametrize("size", [1, 7, 300])
def test_chunks_stay_in_memory_where_there_is_no_space(
    size: int, open_file: Callable[..., IO[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", open_file)
    monkeypatch.setattr(table_chunks, "MAX_MEMORY_BYTES", 500)
    chunks = [bytes([number % 256]) * size for number in range(3000 // size)]
    with TableChunks() as tables:
        for chunk in chunks:
            tables.add("routes", chunk)
            tables.add("counters", chunk)
        assert [*tables.read("routes")] == [*tables.read("counters")] == chunks


def test_a_temporary_file_that_was_cut_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.BytesIO()
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_options: file)
    monkeypatch.setattr(table_chunks, "MAX_MEMORY_BYTES", 0)
    with TableChunks() as tables:
        tables.add("routes", b"12")
        file.truncate(1)
        with pytest.raises(OSError, match="has been cut"):
            [*tables.read("routes")]
