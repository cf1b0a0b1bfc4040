"""The encoded records of several tables, which come in turn and are written table by table, in bounded memory."""

from collections.abc import Iterator
from contextlib import ExitStack
from errno import ENOSPC
from typing import IO, Self

MAX_MEMORY_BYTES = 128 << 20
"""Size of all tables from which on their chunks are moved to temporary files: 100,000 sockets have 70 MB of JSON, and
memory is faster."""


class TableChunks:
    """The chunks of each table in the order in which they came. Its files are deleted on exit.

    Where no temporary file can be written, such as on a full disk, the chunks stay in memory.
    """

    def __init__(self) -> None:
        self._tables: dict[str, _Table] = {}
        self._size = 0
        """Of all chunks in memory."""
        self._files = ExitStack()
        self._has_space = True
        """False once a temporary file could not be written."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._files.close()

    def __contains__(self, table: str) -> bool:
        """Return whether a table has chunks."""
        return table in self._tables

    def add(self, table: str, chunk: bytes) -> None:
        """Add a chunk to a table."""
        if table not in self._tables:
            self._tables[table] = _Table()
        self._tables[table].chunks.append(chunk)
        self._size += len(chunk)
        if self._size > MAX_MEMORY_BYTES and self._has_space:
            self._move_to_files()

    def read(self, table: str) -> Iterator[bytes]:
        """Yield the chunks of a table as they were added, once all are.

        Raises:
            OSError: a temporary file cannot be read.
        """
        if table in self._tables:
            yield from self._tables[table].read()

    def _move_to_files(self) -> None:
        from tempfile import TemporaryFile  # few runs need one

        try:
            for table in self._tables.values():
                if table.file is None:
                    table.file = self._files.enter_context(TemporaryFile(buffering=0))  # noqa: SIM115 - the stack closes it
                table.move_to_file(table.file)
        except OSError:
            self._has_space = False
        self._size = sum(len(chunk) for table in self._tables.values() for chunk in table.chunks)


class _Table:
    """The chunks of one table: the first ones in a file, if there is one, and the others in memory."""

    def __init__(self) -> None:
        self.chunks: list[bytes] = []
        self.file: IO[bytes] | None = None
        self._sizes: list[int] = []
        """The sizes of the chunks in the file."""

    def move_to_file(self, file: IO[bytes]) -> None:
        """Move the chunks to the end of a file; on an error those stay that were not written whole."""
        file.seek(sum(self._sizes))
        sizes = []
        try:
            for chunk in self.chunks:
                if file.write(chunk) < len(chunk):
                    raise OSError(ENOSPC, "a chunk was not written whole")
                sizes.append(len(chunk))
        finally:
            self._sizes += sizes
            del self.chunks[: len(sizes)]

    def read(self) -> Iterator[bytes]:
        """Yield all chunks."""
        if self.file is not None:
            self.file.seek(0)
            for size in self._sizes:
                chunk = self.file.read(size)
                if len(chunk) < size:
                    raise OSError("a temporary file has been cut")
                yield chunk
        yield from self.chunks
