"""Look up counters by their names in the Linux kernel: meaning, kind, unit, source.

The facts are in ``data/counters/*.toml``, a table for each of the kernel's tables::

    [Tcp.CurrEstab]
    meaning = "Connections that are ESTABLISHED or CLOSE-WAIT now."
    kind = "gauge"
    unit = "connections"
    mib = "tcpCurrEstab"
    sources = ["RFC 4022"]

A counter that the kernel does not have is there by its name in the schema: ``ip.routing_discards`` of Windows,
``interface.in_octets`` of every system.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from netstat_parse.generated_modules import read_toml
from netstat_parse.records.fields import field_schemas

CounterKind = Literal["counter", "gauge", "setting"]
"""counter: it only grows; gauge: a current number; setting: a configured value."""

INTERFACE = "interface"
"""Table of the counters of interfaces."""

_BY_TYPE = re.compile(r"(?P<table>IcmpMsg|Icmp6)\.(?P<way>In|Out)Type(?P<number>\d{1,5})")
"""A counter of ICMP messages by number; ``<N>`` in the data."""


class CounterFacts(NamedTuple):
    """A counter, by its name in the kernel."""

    kernel_name: str
    """``Tcp.RetransSegs``; for a counter that the kernel does not have, the schema's name: ``ip.routing_discards``."""
    meaning: str
    kind: CounterKind
    unit: str
    mib: str | None
    """MIB object: ``tcpRetransSegs``."""
    is_not: str | None
    """Reading that its name or a label suggests and that is wrong."""
    sources: tuple[str, ...]


def find_counter(kernel_name: str) -> CounterFacts | None:
    """Find a counter by its name in the kernel, or by protocol and name if the kernel does not have it.

    A row of interfaces has the names ``interface.in_octets`` and so on. A name that is not in the data gives None.
    """
    found = load_counters().get(kernel_name)
    by_type = None if found else _BY_TYPE.fullmatch(kernel_name)
    if by_type is None:
        return found
    number = by_type["number"]
    pattern = load_counters()[f"{by_type['table']}.{by_type['way']}Type<N>"]
    texts = _read_data("icmp_types.toml")[by_type["table"]]
    name = texts.get(number, "not assigned when this version was released")
    return pattern._replace(kernel_name=kernel_name, meaning=f"{texts[by_type['way']]} of type {number}: {name}.")


def guess_counter(kernel_name: str) -> CounterFacts | None:
    """Derive what a counter of a newer kernel counts from the beginning of its name; the meaning says so."""
    prefixes = [prefix for prefix in _read_data("counter_prefixes.toml") if kernel_name.startswith(prefix)]
    name = kernel_name.partition(".")[2]
    if not prefixes or not re.fullmatch(r"[A-Z][A-Za-z0-9]{2,63}", name):
        return None
    meaning = _read_data("counter_prefixes.toml")[max(prefixes, key=len)]
    text = f"Unknown to this version; by its name {meaning}."
    return CounterFacts(kernel_name, text, "counter", "events", None, None, ("derived from the name",))


@cache
def load_counters() -> Mapping[str, CounterFacts]:
    """Load all counters by kernel name."""
    tables: dict[str, dict[str, Any]] = {}
    folder = files(__package__) / "data" / "counters"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            for table, named in _read_data(f"counters/{file.name}").items():
                tables.setdefault(table, {}).update(named)
    entries = {f"{table}.{name}": entry for table, named in tables.items() for name, entry in named.items()}
    found = {name: _make_facts(name, entries) for name in entries}
    return {**found, **{facts.kernel_name: facts for facts in _find_equal(entries, found)}}


@cache
def _read_data(name: str) -> Mapping[str, Any]:
    return read_toml(__package__, f"data/{name}")


def _make_facts(kernel_name: str, entries: Mapping[str, Mapping[str, Any]]) -> CounterFacts:
    entry = dict(entries[kernel_name])
    if like := entry.get("like"):
        entry = {**entries[like], **entry}
    table, _, name = kernel_name.partition(".")
    if table == INTERFACE:
        entry["meaning"] = " ".join(field_schemas("interfaces")[name]["description"].split())
    return CounterFacts(
        kernel_name,
        entry["meaning"],
        entry.get("kind", "counter"),
        entry["unit"],
        entry.get("mib"),
        entry.get("not"),
        tuple(entry["sources"]),
    )


def _find_equal(entries: Mapping[str, Mapping[str, Any]], found: Mapping[str, CounterFacts]) -> Iterator[CounterFacts]:
    """Yield the counters that another table of the kernel has under the same name."""
    for kernel_name, entry in entries.items():
        for table in entry.get("also", ()):
            yield found[kernel_name]._replace(kernel_name=f"{table}.{kernel_name.partition('.')[2]}")
