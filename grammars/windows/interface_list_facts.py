"""Facts of the list of interfaces."""

from collections.abc import Mapping
from typing import Any

from netstat_parse.grammar import Columns, Section


def read_index(text: str) -> int:
    """Read an index: ``12``, or ``0x10003`` of XP."""
    return int(text, 16 if text.startswith("0x") else 10)


def join_name(columns: Columns, row: int, texts: Mapping[str, Any], _section: Section) -> None:
    """Join the lines of a name that the console has wrapped."""
    columns["description"][row] += texts["rest"] if texts.get("rest") else f" {texts['rest_after_blank'].lstrip()}"
