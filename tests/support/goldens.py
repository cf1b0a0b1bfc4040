"""Write what was read from a sample as a golden: YAML with one record a line, so that a change shows which records it changes.

::

    connections:
    - {line: 3, protocol: tcp, family: ipv4, local_address: 0.0.0.0, local_port: 22, state: listen, state_text: LISTEN}

What was not printed is left out, and so is the number of the snapshot where there is only one. A sample without any
table has the error instead.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from netstat_parse import Dump, NetstatParseError
from netstat_parse.schema import TABLES

BARE = re.compile(r"[A-Za-z_][\w/-]*|\d{1,3}(?:\.\d{1,3}){3}", re.ASCII)
"""Text that YAML takes for text without quotes; the second is an IPv4 address."""

RESERVED = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
"""Words that YAML takes for another type without quotes."""

EMPTY: tuple[object, ...] = (None, [], {})


def format_golden(found: Dump | NetstatParseError) -> str:
    """Return the golden for a document, or for the error that there is none."""
    if isinstance(found, NetstatParseError):
        return f"error: {format_value(str(found))}\n"
    return "".join(f"{line}\n" for line in format_tables(found.model_dump(mode="json")))


def format_tables(tables: dict[str, Any]) -> Iterator[str]:
    has_one_snapshot = len(tables["snapshots"]) == 1
    for table, records in tables.items():
        if table in TABLES and records:
            yield f"{table}:"
            for record in records:
                if has_one_snapshot:
                    record.pop("snapshot", None)
                yield f"- {format_value(record)}"
    yield f"lines: {format_value({kind: count for kind, count in tables['lines'].items() if count})}"


def format_value(value: Any) -> str:  # noqa: ANN401 - a field of any record
    """Write a value as YAML on one line, without what was not printed."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{format_value(key)}: {format_value(item)}' for key, item in value.items() if item not in EMPTY)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(format_value, value))}]"
    if isinstance(value, str) and BARE.fullmatch(value) and value.lower() not in RESERVED:
        return value
    characters = json.dumps(value, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in characters)
