"""Facts of SCTP sockets."""

from collections.abc import Mapping
from typing import Any

from netstat_parse.conversions import canonical_ipv6
from netstat_parse.grammar import Columns, Section, get_column

from .socket_facts import describe_text_behind, set_owner


def add_addresses(columns: Columns, row: int, found: Mapping[str, Any], section: Section) -> None:
    """Add a further address to each end, and the columns that options print behind the last one."""
    port, peer = get_column(columns, "local_port")[row], get_column(columns, "remote_address")[row]
    for side in ("local", "remote"):
        text = found.get(f"more_{side}")
        if text is not None:
            if peer is None and port is not None:
                text = text.removesuffix(f":{port}")
            count = len(columns["protocol"])
            columns.setdefault(f"more_{side}_addresses", [[] for _ in range(count)])[row].append(canonical_ipv6(text))
    if found.get("text_behind"):
        section.note(row, *describe_text_behind(found["text_behind"]))
    late: Columns = {name: [found[name]] for name in ("user", "inode", "pid", "program") if found.get(name) is not None}
    set_owner(late, section)
    for name, values in late.items():
        cells = columns[name] = get_column(columns, name)
        if cells[row] is None:
            cells[row] = values[0]
