"""Pair the records of two rounds, and find out which of them have changed.

Records are paired by `records.identity`, as `compare` and `key` do. The screen differs from `compare` in that it pairs
whatever has an equal key at last: a socket of another process on the same port is a change on the screen.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Literal, NamedTuple

from netstat_parse.insight.compare.matching import Pass
from netstat_parse.records.identity import Key

Change = Literal["", "added", "removed", "changed"]
"""The change of a record in the last round; a removed one is kept for one round."""


class Row(NamedTuple):
    """A record on the screen."""

    identity: Key
    """Its key, which other records can have, too."""
    record: Mapping[str, Any]
    number: int = 0
    """Number of the record in its table, the same in all rounds; each record has its own."""
    cells: Sequence[str] = ()
    """The text of each column."""
    change: Change = ""
    changed_in: int = 1
    """Number of the last round that changed the record; 1 if none did."""
    rates: Mapping[str, float | None] = {}
    """Growth per second since the previous round, of the fields that count something."""


OWN_FIELDS: Mapping[str, Sequence[str]] = {
    "connections": ("inode", "pid", "program"),
    "unix_sockets": ("inode", "pid", "program"),
    "counters": ("label",),
    "interfaces": ("index", "description"),
    "diagnostics": ("line",),
}
"""For each table the fields that distinguish records of an equal key, the most certain first. They are no part of the
key: the process ID and the inode of a connection end before it."""

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

LOOSE_KEYS: Mapping[str, Sequence[str]] = {
    "routes": ("family", "destination", "destination_host", "interface", "interface_index", "source", "persistent"),
    "snapshots": ("command", "index"),
}
"""For tables whose key may change the fields of a looser one: a route gets another gateway, a run another time."""

Getter = Callable[[Mapping[str, Any]], tuple[Any, ...]]


def getter(fields: Sequence[str]) -> Getter:
    """Return a function that returns the values of these fields as a tuple; None for a field that a record lacks."""
    if len(fields) < 2:  # noqa: PLR2004 - `itemgetter` returns no tuple then
        return lambda record: tuple(map(record.get, fields))
    get = itemgetter(*fields)

    def get_values(record: Mapping[str, Any]) -> tuple[Any, ...]:
        try:
            values: tuple[Any, ...] = get(record)
        except KeyError:
            return tuple(map(record.get, fields))
        return values

    return get_values


def list_passes(table: str) -> list[Pass[Row]]:
    """Return the ways to pair the records of a table, the most certain first."""
    own_fields = OWN_FIELDS.get(table, ())
    get = getter((*own_fields, *CHANGE_FIELDS.get(table, ())))
    passes = [Pass[Row](lambda row: (row.identity, _freeze(get(row.record))))]
    passes += [_pass_by(field) for field in own_fields]
    passes.append(Pass[Row](lambda row: row.identity))
    if table in LOOSE_KEYS:
        get_loose = getter(LOOSE_KEYS[table])
        passes.append(Pass[Row](lambda row: get_loose(row.record)))
    return passes


def _pass_by(field: str) -> Pass[Row]:
    """Return the way to pair records of an equal key by a field that has a value."""
    return Pass(lambda row: (row.identity, value) if (value := row.record.get(field)) else None)


def _freeze(values: tuple[Any, ...]) -> Hashable:
    """Return hashable values: flags are a list."""
    return tuple([tuple(value) if type(value) is list else value for value in values])
