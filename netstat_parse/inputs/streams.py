"""Find inputs and open them, one after the other."""

import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from netstat_parse.inputs.archives import unpack
from netstat_parse.inputs.counted import open_counted
from netstat_parse.inputs.origins import STANDARD_INPUT, Content, Origin, Unreadable, as_os_error, make_origin
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


def find_other_origins(names: Iterable[str], output: str | None) -> Iterator[Origin]:
    """List the files that names mean, except the output and what is below it: it may lie in a folder that is read.

    Raises:
        OSError: a name means nothing else. Then the output would replace the input.
    """
    real = None if output is None or is_address(output) else os.path.realpath(output)
    for name in names:
        origins = list(find_origins([name]))
        others = [origin for origin in origins if real is None or not _is_inside(origin.path, real)]
        if not others:
            raise OSError(f"{name}: is the input, so it cannot be the output; name another file")
        yield from others


def refuse_as_output(name: str, output: str | None) -> None:
    """Check that a file that is read is not the output.

    Raises:
        OSError: it is.
    """
    for _ in find_other_origins([name], output):
        pass


def _is_inside(path: str, folder: str) -> bool:
    if path == STANDARD_INPUT:
        return _is_standard_input(folder)
    if is_address(path):
        return False
    real = os.path.realpath(path)
    return real == folder or real.startswith(folder + os.sep)


def _is_standard_input(path: str) -> bool:
    """Return whether standard input comes from this file: ``< dump.txt``. Terminals and pipes may be both."""
    if sys.stdin is None:
        return False
    try:
        source = os.fstat(sys.stdin.fileno())
        return stat.S_ISREG(source.st_mode) and os.path.samestat(source, os.stat(path))  # noqa: PTH116 - as `fstat`
    except OSError:
        return False


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
                    _check_device(file)
                    yield from unpack(origin, file, os.fstat(file.fileno()).st_size, unpack_limit)
        except IsADirectoryError:  # `find_origins` lists a folder itself only if it has no file
            yield Unreadable(origin.path, origin, OSError(_describe_folder(origin.path)))
        except Exception as error:  # noqa: BLE001 - whatever a library raises, it must not stop the other inputs
            yield Unreadable(origin.path, origin, as_os_error(error))


def open_bytes(data: bytes, name: str, unpack_limit: int | None = None) -> Iterator[Content | Unreadable]:
    """Open bytes as if they were the file of that name; otherwise as `open_inputs`."""
    origin = Origin(name, len(data))
    try:
        yield from unpack(origin, io.BufferedReader(io.BytesIO(data)), len(data), unpack_limit)
    except Exception as error:  # noqa: BLE001 - as in `open_inputs`
        yield Unreadable(name, origin, as_os_error(error))


def _describe_folder(path: str) -> str:
    """Return why a folder has no file to read."""
    return "no file in this folder (hidden files are not read)" if os.listdir(path) else "an empty folder"  # noqa: PTH208 - as in `paths`


@contextmanager
def _standard_input() -> Iterator[io.BufferedReader]:
    """Open a copy of standard input, which can be closed without closing the process's own."""
    if sys.stdin is None:
        raise OSError("standard input is closed")
    with open_counted(os.dup(sys.stdin.fileno())) as file:
        _check_device(file)
        yield file


def _check_device(file: io.BufferedReader) -> None:
    """Check that a file is no device such as ``/dev/zero``. A terminal and ``/dev/null`` are allowed: they end.

    Raises:
        OSError: it is one.
    """
    found = os.fstat(file.fileno())
    if not stat.S_ISCHR(found.st_mode) or file.isatty():
        return
    if found.st_rdev != os.stat(os.devnull).st_rdev:  # noqa: PTH116 - as `fstat`
        raise OSError("is a device, whose data may never end")
