"""Expand names to paths of this machine: files, folders and patterns."""

import os
import re
from collections.abc import Iterable, Iterator

from netstat_parse.inputs.origins import STANDARD_INPUT
from netstat_parse.precompiled import compile_pattern

_SCHEME = compile_pattern(r"[A-Za-z][A-Za-z0-9+.-]+(?:::[A-Za-z][A-Za-z0-9+.-]+)*+://")
"""A scheme name (RFC 3986), or several as fsspec chains them. One of a single letter is a drive of Windows."""

_SEPARATORS = re.escape(os.sep + (os.altsep or ""))

_MAGIC = frozenset("*?[")
"""The characters that begin a wildcard of `glob`, which takes long to import."""

_ANY_FOLDERS = compile_pattern(rf"(?:^|(?<=[{_SEPARATORS}]))\*\*(?:[{_SEPARATORS}]+|$)")
"""The part of a pattern that stands for any number of folders."""


def find_paths(name: str) -> Iterable[str]:
    """List the files that a name means: all files below a folder, all matches of a pattern, or the file itself.

    Hidden files are left out. So are pipes and devices in a folder or of a pattern; one that is named itself is listed.
    Links to folders are not followed below a folder or by ``**``: they may lead in a circle. A name without any file is
    returned as it is, so that the error appears where it is opened.
    """
    if name != STANDARD_INPUT and os.path.isdir(name):
        return _files_below(name)
    if not _MAGIC.isdisjoint(name) and not os.path.lexists(name):
        matches = sorted(_expand(name))
        files = [file for path in matches for file in _files_at(path)]
        return dict.fromkeys(files) or [name]
    return [name]


def is_address(name: str) -> bool:
    """Return whether a name is a remote address (``s3://bucket/x``), not a path (``C://dumps``, ``./a://b``)."""
    return _SCHEME.match(name) is not None


def _expand(pattern: str) -> list[str]:
    """Return the matches of a pattern. `glob` would follow links to folders for ``**``."""
    import glob  # takes long to import

    found = _ANY_FOLDERS.search(pattern)
    if found is None:
        return glob.glob(pattern)  # keeps "./" and ".." as they were typed
    above, below = pattern[: found.start()], pattern[found.end() :] or "*"
    tops = _expand(above) if glob.has_magic(above) else [above]
    folders = dict.fromkeys(folder for top in tops for folder in _folders_below(top))
    paths = dict.fromkeys(path for folder in folders for path in _expand(glob.escape(folder) + below))
    return [path for path in paths if not (os.path.islink(path) and os.path.isdir(path))]


def _folders_below(top: str) -> Iterator[str]:
    """List a folder and all folders below it, each with a separator at its end; the current one is empty."""
    for parent, folders, _ in os.walk(top or os.curdir):
        folders[:] = [name for name in folders if not name.startswith(".")]
        folder = os.path.join(parent, "")
        yield folder if top else folder.removeprefix(os.path.join(os.curdir, ""))


def _files_at(path: str) -> list[str]:
    """Return the files below a folder, or the path itself, unless it is a pipe or device, whose opening may wait."""
    if os.path.isdir(path):
        return _files_below(path)
    return [path] if os.path.isfile(path) or not os.path.exists(path) else []


def _files_below(folder: str) -> list[str]:
    found = []
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = (os.path.join(parent, name) for name in sorted(files) if not name.startswith("."))
        found += [path for path in paths if os.path.isfile(path)]
    return found or [folder]
