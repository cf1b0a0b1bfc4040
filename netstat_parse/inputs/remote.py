"""Files at remote addresses (``s3://bucket/dumps/*.txt``), through fsspec."""

import errno
import io
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

from netstat_parse.inputs.origins import Origin, format_rfc3339

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


HOW_TO_INSTALL = "in a copy of this repository pip install '.[parquet]'; elsewhere pip install 'netstat-parse[parquet]'"
"""Commands that install the packages for remote addresses and Parquet. Only the first works before a first release."""

MTIME_KEYS = ("mtime", "LastModified", "last_modified", "updated", "created")
"""Under which of these keys an fsspec file system gives the time of the last change."""


def open_file_system(address: str) -> tuple[Any, str]:
    """Return the fsspec file system of an address, and the path in it.

    Raises:
        OSError: fsspec or the package for this protocol is not installed, or the protocol is unknown.
    """
    try:
        import fsspec
    except ModuleNotFoundError as error:
        raise OSError(f"a remote address needs fsspec: {HOW_TO_INSTALL}") from error
    try:
        fs, path = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise OSError(str(error)) from error
    return fs, path


def find_remote_origins(address: str) -> Iterator[Origin]:
    """List the files at an address: one file, all files below a folder, or all matches of a pattern.

    An address without any file is returned as it is, so that the error appears where it is opened.
    """
    try:
        with _remote_errors(address):
            fs, path = open_file_system(address)
            found = {path: fs.info(path)} if fs.isfile(path) else fs.glob(_make_pattern(path), detail=True)
    except OSError:
        yield Origin(address)
        return
    files = {name: facts for name, facts in sorted(found.items()) if facts["type"] == "file"}
    for name, facts in files.items():
        yield Origin(fs.unstrip_protocol(name), facts.get("size"), _get_modified_at(facts))
    if not files:
        yield Origin(address)


def _make_pattern(path: str) -> str:
    return path if "*" in path else f"{path.rstrip('/')}/**"


def _get_modified_at(facts: Mapping[str, Any]) -> str | None:
    """Return when a file was changed; text is kept as the file system gives it."""
    found = next((facts[key] for key in MTIME_KEYS if key in facts), None)
    if isinstance(found, datetime):
        found = found.timestamp()
    return format_rfc3339(int(found * 1_000_000_000)) if isinstance(found, int | float) else found


@contextmanager
def open_remote(address: str) -> Iterator[io.BufferedReader]:
    """Open a file at an address.

    Raises:
        OSError: it cannot be opened.
    """
    with _remote_errors(address):
        fs, path = open_file_system(address)
        file = fs.open(path, "rb")
    with file:
        yield io.BufferedReader(_RemoteFile(file, address))


class _RemoteFile(io.RawIOBase):
    """A remote file that raises nothing but OSError, whatever its file system raises."""

    def __init__(self, file: IO[bytes], address: str) -> None:
        self.file = file
        self.address = address

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self.file.seekable()

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        with _remote_errors(self.address):
            return self.file.seek(offset, whence)

    def tell(self) -> int:
        return self.file.tell()

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer)
        with _remote_errors(self.address):
            data = self.file.read(len(view))
        view[: len(data)] = data
        return len(data)


@contextmanager
def _remote_errors(address: str) -> Iterator[None]:
    """Turn every error of a file system into an OSError: each kind of store has errors of its own."""
    try:
        yield
    except FileNotFoundError as error:  # its text is only the path
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), address) from error
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}") from error
