"""Local files that report the share of them that has been read, whatever reads them: for a progress bar.

Archives are counted by their packed bytes.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

OnRead = Callable[[float], None]
"""Function that is called after each read with the share of its file that was read; for each file their sum is at
most 1."""

_LISTENERS: list[OnRead] = []
"""The functions to call. They are global, as the code between a progress bar and an opened file need not know of it."""


@contextmanager
def listen_to_reads(on_read: OnRead) -> Iterator[None]:
    """Call a function after each read of a local file that this process opens in the meantime."""
    _LISTENERS.append(on_read)
    try:
        yield
    finally:
        _LISTENERS.remove(on_read)


def open_counted(file: str | int) -> io.BufferedReader:
    """Open a path or a file descriptor to read it, and count its reads if there are listeners.

    Raises:
        OSError: it cannot be opened.
    """
    return io.BufferedReader(_CountedFile(file) if _LISTENERS else io.FileIO(file), io.DEFAULT_BUFFER_SIZE)


class _CountedFile(io.FileIO):
    """A file that calls the listeners after each read. A pipe, whose size is unknown, does not."""

    def __init__(self, file: str | int) -> None:
        super().__init__(file, "rb")
        self._share = 0.0
        self._size = 0
        if self.seekable():
            start = self.tell()
            self._size = self.seek(0, io.SEEK_END) - start
            self.seek(start)

    def readinto(self, buffer: "WriteableBuffer", /) -> int | None:
        count = super().readinto(buffer)
        if count and self._size > 0:
            share = min(count / self._size, 1 - self._share)  # a zip is read twice: its directory, then its files
            self._share += share
            for on_read in _LISTENERS:
                on_read(share)
        return count
