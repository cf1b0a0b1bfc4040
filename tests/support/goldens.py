"""Format a parsed sample as a golden: YAML with one record a line, so that a diff names the changed records.

::

    connections:
    - {line: 3, protocol: tcp, family: ipv4, local_address: 0.0.0.0, local_port: 22, state: listen, state_text: LISTEN}

Fields without a value are omitted, and so is the index of the snapshot if there is only one. The golden of a sample without
a table is the error message.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from netstat_parse import Dump, NetstatParseError
from netstat_parse.schema import TABLES

BARE = re.compile(r"[A-Za-z_][\w/-]*|\d{1,3}(?:\.\d{1,3}){3}", re.ASCII)
"""Text that YAML reads as text without quotes: a word or an IPv4 address."""

RESERVED = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
"""Words that YAML reads as another type unless they are quoted."""

SYSTEMS = re.compile(r"\(looked for [^()]* tables (?=in any language)")
"""The names of the systems in the message that there is no table."""

EMPTY: tuple[object, ...] = (None, [], {})


def format_golden(found: Dump | NetstatParseError) -> str:
    """Return the golden of a document, or of the error that parsing raised."""
    if isinstance(found, NetstatParseError):
        # Without the names of the systems, so that a new system leaves the goldens of the others as they are.
        return f"error: {format_value(SYSTEMS.sub('(', str(found)))}\n"
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


def format_value(value: Any) -> str:  # noqa: ANN401 - the value of any field
    """Format a value as YAML on one line, without empty fields."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{format_value(key)}: {format_value(item)}' for key, item in value.items() if item not in EMPTY)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(format_value, value))}]"
    if isinstance(value, str) and BARE.fullmatch(value) and value.lower() not in RESERVED:
        return value
    characters = json.dumps(value, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in characters)
