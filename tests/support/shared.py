"""Make what all workers of pytest-xdist share."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

MAX_SECONDS = 600
"""Maximum time to wait for another worker."""


def make_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that the first worker that needs it has made; the others wait for it.

    If it cannot be made, the next worker tries, so that each of them reports the error.

    Raises:
        TimeoutError: another worker has not finished in time; maybe it was killed.
    """
    deadline = time.monotonic() + MAX_SECONDS
    common = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # the folder of the worker is in that of the run
        common = common.parent
    place, lock = common / name, common / f"{name}.lock"
    while not place.exists():
        try:
            lock.mkdir()
        except FileExistsError:
            if time.monotonic() > deadline:
                raise TimeoutError(f"another worker has not made {place} in time") from None
            time.sleep(0.05)
            continue
        try:
            if not place.exists():
                unfinished = factory.mktemp(name)
                make(unfinished)
                unfinished.rename(place)
        finally:
            lock.rmdir()
    return place
