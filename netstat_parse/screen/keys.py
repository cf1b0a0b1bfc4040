"""Fields that identify a record from one round to the next, and fields by which it has changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

Key = tuple[object, ...]
"""The identity of a record in its table."""

_ENDS = tuple(
    f"{side}_{part}" for side in ("local", "remote") for part in ("address", "host", "zone", "port", "service")
)

KEYS: Mapping[str, Sequence[str]] = {
    "connections": ("protocol", "family", *_ENDS),
    "unix_sockets": ("protocol", "type", "inode", "path"),
    "counters": ("protocol", "family", "name", "label"),
    "interfaces": ("index", "name", "description"),
    "routes": ("family", "destination", "destination_host", "interface", "interface_index", "source", "persistent"),
    "multicast_groups": ("family", "interface", "group"),
    "masquerades": (
        *("protocol", "masquerade_port"),
        *(f"{side}_{part}" for side in ("source", "destination") for part in ("address", "host", "port", "service")),
    ),
    "snapshots": ("command", "index"),
    "diagnostics": ("code", "message"),
}
"""For each table the fields that identify a record. Process ID and inode of a connection do not: both end before it."""

CHANGE_FIELDS: Mapping[str, Sequence[str]] = {
    "connections": ("state", "state_text", "user", "uid", "pid", "program"),
    "unix_sockets": ("state", "pid", "program"),
    "counters": ("value", "text"),
    "interfaces": (
        *("physical_address", "mtu", "flags"),
        *(f"{way}_{problem}" for way in ("in", "out") for problem in ("errors", "discards", "overruns")),
    ),
    "routes": ("gateway", "gateway_host", "metric", "flags", "type", "physical_address", "state_text"),
    "multicast_groups": ("ref_count",),
}
"""For each table the fields by which a record has changed. Queues, timers and traffic change all the time."""


def getter(fields: Sequence[str]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    """Return a function that returns the values of these fields as a tuple; None for a field that a record lacks."""
    return lambda record: tuple(map(record.get, fields))


def identify_records(table: str, records: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Key, Mapping[str, Any]]]:
    """Yield each record with its key; records that are equal in all its fields are numbered."""
    get = getter(KEYS[table])
    counts: dict[Key, int] = {}
    for record in records:
        key: Key = get(record)
        number = counts[key] = counts.get(key, 0) + 1
        yield ((*key, number) if number > 1 else key), record
