"""The recognizers that all inputs of a process share, one for each choice of systems."""

from functools import cache

from netstat_parse.reading.recognizer import TableRecognizer
from netstat_parse.systems import catalog


@cache
def load_recognizer(system: str | None) -> TableRecognizer:
    """Return the recognizer for one system, or for all.

    Raises:
        LookupError: the system is unknown.
    """
    if system is not None and system not in catalog.systems():
        raise LookupError(f"unknown system {system!r} (there are {', '.join(catalog.systems())})")
    return TableRecognizer(system)
