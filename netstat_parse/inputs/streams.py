"""Find inputs and open them, one after the other."""

import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from netstat_parse.inputs.archives import unpack
from netstat_parse.inputs.counted import open_counted
from netstat_parse.inputs.origins import STANDARD_INPUT, Content, Origin, Unreadable, make_origin
from netstat_parse.inputs.paths import find_paths, is_address


def find_origins(names: Iterable[str]) -> Iterator[Origin]:
    """List the files that names mean: files, folders, patterns, addresses of fsspec, and ``-`` for standard input.

    A name without any file is listed too: `open_inputs` reports why it cannot be opened.
    """
    for name in names:
        if name == STANDARD_INPUT:
            yield Origin(name)
        elif is_address(name):
            from netstat_parse.inputs.remote import find_remote_origins

            yield from find_remote_origins(name)
        else:
            yield from map(make_origin, find_paths(name))


def open_inputs(origins: Iterable[Origin], unpack_limit: int | None = None) -> Iterator[Content | Unreadable]:
    """Open files one after the other, and in place of an archive each file in it.

    Args:
        origins: the files, as `find_origins` lists them.
        unpack_limit: maximum unpacked size of an archive in bytes, whatever its own size.

    Raises nothing for a file that cannot be opened: that is an `Unreadable`. A stream raises OSError when it is read;
    `BombError` means that no other file of the archive follows.
    """
    for origin in origins:
        try:
            if origin.path == STANDARD_INPUT:
                with _standard_input() as file:
                    yield Content(origin.path, origin, file, is_member=False)
            elif is_address(origin.path):
                from netstat_parse.inputs.remote import open_remote

                with open_remote(origin.path) as file:
                    yield from unpack(origin, file, origin.size or 0, unpack_limit)
            else:
                with open_counted(origin.path) as file:
                    yield from unpack(origin, file, os.fstat(file.fileno()).st_size, unpack_limit)
        except OSError as error:
            yield Unreadable(origin.path, origin, error)
        except ValueError as error:  # a null character in the path
            yield Unreadable(origin.path, origin, OSError(str(error)))


def open_bytes(data: bytes, name: str, unpack_limit: int | None = None) -> Iterator[Content | Unreadable]:
    """Open bytes as if they were the file of that name; otherwise as `open_inputs`."""
    origin = Origin(name, len(data))
    try:
        yield from unpack(origin, io.BufferedReader(io.BytesIO(data)), len(data), unpack_limit)
    except OSError as error:
        yield Unreadable(name, origin, error)


@contextmanager
def _standard_input() -> Iterator[io.BufferedReader]:
    """Open a copy of standard input, which can be closed without closing the process's own."""
    if sys.stdin is None:
        raise OSError("standard input is closed")
    with open_counted(os.dup(sys.stdin.fileno())) as file:
        yield file
