"""The files of data of this package: the meanings of states, flags, columns, titles, options and messages."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_data(name: str) -> Mapping[str, Any]:
    """Read a file of data."""
    return tomllib.loads((files(__package__) / "data" / name).read_text("utf-8"))
