"""Find files at remote addresses, through fsspec."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from netstat_parse.inputs.origins import Origin, local_origin, rfc3339
from netstat_parse.inputs.paths import find_paths

CHANGED = ("mtime", "LastModified", "last_modified", "updated", "created")
"""What the stores of fsspec call the time at which a file was changed."""


def find_origins(source: str | Iterable[str]) -> list[Origin]:
    """The files that are meant, each once."""
    found: dict[str, Origin] = {}
    for name in [source] if isinstance(source, str) else source:
        some = _remote(name) if "://" in name else map(local_origin, find_paths([name]))
        found |= {one.path: one for one in some}
    return list(found.values())


def file_system(address: str) -> tuple[Any, str]:
    """The file system that an address means, as fsspec has it, and the path there.

    Raises:
        OSError: fsspec knows none for it, or needs a package for it that is not installed.
    """
    try:
        import fsspec

        fs, path = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise OSError(f"{address}: {error}") from error
    return fs, path


def _remote(address: str) -> Iterator[Origin]:
    fs, path = file_system(address)
    if fs.isfile(path):
        found = {path: fs.info(path)}
    else:
        found = fs.glob(path if "*" in path else f"{path.rstrip('/')}/**", detail=True)
    files = {name: facts for name, facts in sorted(found.items()) if facts["type"] == "file"}
    for name, facts in files.items():
        yield Origin(fs.unstrip_protocol(name), facts.get("size"), _changed(facts))
    if not files:
        yield Origin(address)  # which is told where it is read


def _changed(facts: Mapping[str, Any]) -> str | None:
    """When a file was changed, in the words of whichever store."""
    found = next((facts[name] for name in CHANGED if name in facts), None)
    if isinstance(found, datetime):
        found = found.timestamp()
    return rfc3339(int(found * 1_000_000_000)) if isinstance(found, int | float) else found
