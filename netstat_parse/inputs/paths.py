"""Expand names to paths of this machine: files, folders and patterns."""

import glob
import os
from collections.abc import Iterable
from pathlib import Path

from netstat_parse.inputs.origins import STANDARD_INPUT


def find_paths(name: str) -> Iterable[str]:
    """List the files that a name means: all files below a folder, all matches of a pattern, or the file itself.

    Hidden files are left out. So are pipes and devices in a folder; one that is named itself is listed. A name without
    any file is returned as it is, so that the error appears where it is opened.
    """
    if name != STANDARD_INPUT and Path(name).is_dir():
        return _files_below(name)
    if glob.has_magic(name) and not os.path.lexists(name):
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - keeps "./" and ".." as they were typed
        files = [file for path in matches for file in (_files_below(path) if Path(path).is_dir() else [path])]
        return dict.fromkeys(files) or [name]
    return [name]


def is_address(name: str) -> bool:
    """Return whether a name is a remote address (``s3://bucket/x``), not a path (``C://dumps``)."""
    scheme, separator, _ = name.partition("://")
    return bool(separator) and len(scheme) > 1


def _files_below(folder: str) -> list[str]:
    found = []
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = (os.path.join(parent, name) for name in sorted(files) if not name.startswith("."))  # noqa: PTH118 - as typed
        found += [path for path in paths if os.path.isfile(path)]  # noqa: PTH113 - there may be a million of them
    return found or [folder]
