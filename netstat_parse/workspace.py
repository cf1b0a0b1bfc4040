"""Folders for unfinished files. A file is moved to its place when it is whole, so nobody sees a part of it.

A run that is killed leaves its folder. The next run in the same place removes it: the lock on a folder ends with the
process that holds it, however that ends.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

PREFIX = ".netstat-parse-"


@contextmanager
def make_workspace(parent: Path) -> Iterator[Path]:
    """Create a folder for unfinished files in `parent`, and remove it at the end, with those of runs that were killed.

    Raises:
        OSError: it cannot be created.
    """
    guard = _lock(parent)  # so that no other run takes a folder that is not locked yet for a leftover
    try:
        if guard is not None:
            _remove_leftovers(parent)
        folder = TemporaryDirectory(prefix=PREFIX, dir=parent, ignore_cleanup_errors=True)
        lock = _lock(Path(folder.name))
    finally:
        _unlock(guard)
    try:
        yield Path(folder.name)
    finally:
        _unlock(lock)
        folder.cleanup()


def resolve_output(path: str) -> Path:
    """Return the file that an output replaces: behind all links.

    Raises:
        OSError: the links lead in a circle.
    """
    real = Path(os.path.realpath(path))  # `Path.resolve` raises RuntimeError before Python 3.13
    if real.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
    return real


def _remove_leftovers(parent: Path) -> None:
    for folder in parent.glob(f"{PREFIX}*"):
        with suppress(OSError):
            is_ours = folder.is_dir() and not folder.is_symlink() and folder.stat().st_uid == os.getuid()
            lock = _lock(folder) if is_ours else None
            if lock is not None:
                shutil.rmtree(folder, ignore_errors=True)
                _unlock(lock)


def _lock(folder: Path) -> int | None:
    """Lock a folder; None if another run holds it, or if this system or file system cannot lock folders."""
    if os.name == "nt":
        return None
    import fcntl

    handle = None
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)  # to open a pipe would wait for its writer
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        _unlock(handle)
        return None
    return handle


def _unlock(handle: int | None) -> None:
    if handle is not None:
        os.close(handle)
