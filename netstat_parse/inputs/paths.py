"""Find the files that names on the command line mean: files, folders and patterns."""

import glob
import os
from collections.abc import Iterable
from pathlib import Path


def find_paths(names: Iterable[str]) -> list[str]:
    """The files that are meant: all in a folder and below it, all that a pattern fits, and what names a file itself.

    What a dot hides is left out, as are pipes and devices unless they are named themselves.
    """
    return [path for name in names for path in _paths(name)]


def _paths(name: str) -> Iterable[str]:
    if name != "-" and Path(name).is_dir():
        return _below(name)
    if glob.has_magic(name) and not os.path.lexists(name):
        found = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - the shell's patterns, as they are written
        files = [file for path in found for file in (_below(path) if Path(path).is_dir() else [path])]
        return dict.fromkeys(files) or [name]
    return [name]


def _below(folder: str) -> list[str]:
    found = []
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        whole = (os.path.join(parent, name) for name in sorted(files) if not name.startswith("."))  # noqa: PTH118 - as named
        found += [path for path in whole if os.path.isfile(path)]  # noqa: PTH113
    return found or [folder]
