"""The files of data of this package: the meanings of states, flags, columns, titles, options and messages."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from netstat_parse.generated_modules import read_toml


@cache
def read_data(name: str) -> Mapping[str, Any]:
    """Read a file of data."""
    return read_toml(__package__, f"data/{name}")
