"""The encoded records of several tables, which come in turn and are written table by table, in bounded memory."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, Self

MAX_HELD_BYTES = 128 << 20
"""Size of all tables from which on their chunks are moved to temporary files: a tenth of a million sockets have 70 MB
of JSON, and memory is faster."""


class TableChunks:
    """The chunks of each table in the order in which they came. Its files are deleted at the end of the block."""

    def __init__(self) -> None:
        self._tables: dict[str, _Table] = {}
        self._held = 0
        """Size of all chunks in memory."""
        self._files = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._files.close()

    def __contains__(self, table: str) -> bool:
        """Return whether a table has chunks."""
        return table in self._tables

    def add(self, table: str, chunk: bytes) -> None:
        """Add a chunk to a table.

        Raises:
            OSError: it cannot be written to a temporary file; the error names their folder.
        """
        if table not in self._tables:
            self._tables[table] = _Table()
        self._tables[table].chunks.append(chunk)
        self._held += len(chunk)
        if self._held > MAX_HELD_BYTES:
            self._move_to_files()

    def of(self, table: str) -> Iterator[bytes]:
        """Yield the chunks of a table as they were added."""
        if table in self._tables:
            yield from self._tables[table].read()

    def _move_to_files(self) -> None:
        from tempfile import TemporaryFile, gettempdir  # few runs need them

        try:
            for table in self._tables.values():
                if table.file is None:
                    table.file = self._files.enter_context(TemporaryFile())  # noqa: SIM115 - the stack closes it
                table.move_to_file(table.file)
        except OSError as error:
            error.filename = error.filename or gettempdir()
            raise
        self._held = 0


class _Table:
    """The chunks of one table: the first ones in a file, if there is one, and the others in memory."""

    def __init__(self) -> None:
        self.chunks: list[bytes] = []
        self.file: IO[bytes] | None = None
        self._sizes: list[int] = []
        """The sizes of the chunks in the file."""

    def move_to_file(self, file: IO[bytes]) -> None:
        """Move the chunks to the end of a file."""
        file.writelines(self.chunks)
        file.flush()
        self._sizes += map(len, self.chunks)
        self.chunks.clear()

    def read(self) -> Iterator[bytes]:
        """Yield all chunks."""
        if self.file is not None:
            self.file.seek(0)
            for size in self._sizes:
                yield self.file.read(size)
        yield from self.chunks
