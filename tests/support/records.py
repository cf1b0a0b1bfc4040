"""Records as tests compare them: with their places, which `==` of records leaves out."""

from collections.abc import Iterable
from typing import Any

from netstat_parse.schema import Record


def exact(records: Iterable[Record]) -> list[tuple[type[Record], dict[str, Any]]]:
    """Return the type and all values of each record, with its line and its snapshot."""
    return [(type(record), dict(vars(record))) for record in records]
