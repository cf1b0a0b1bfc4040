"""The cells of tables for people: values of one or more fields as printable text."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from netstat_parse.records.values import is_printable, printable

Values = Sequence[Any]
"""The values of a field, one a record."""

CUT = "…"
"""Mark behind a value that netstat truncated."""

CUT_NOTE = f"{CUT} netstat printed only the beginning of this value"
"""Note below a table in which the mark is."""

QUANTITIES = frozenset(
    {
        *("recv_q", "send_q", "state_milliseconds", "delta", "previous_delta"),
        *("ref_count", "references", "uses", "hh_references", "value"),
        *(
            f"{way}_{what}"
            for way in ("in", "out")
            for what in ("octets", "packets", "ucast_pkts", "nucast_pkts", "discards", "errors", "overruns")
        ),
        *("in_frame_errors", "out_carrier_errors", "collisions", "in_unknown_protos"),
        *("connections", "inbound", "outbound", "count"),
    }
)
"""Fields that are written with separators of thousands: what is counted, and sizes, but no numbers that identify."""

_EMPTY: tuple[object, ...] = (None, [], {})


def format_cells(columns: Mapping[str, Sequence[str]], records: Mapping[str, Values]) -> dict[str, list[str]]:
    """Return the cells of each column as printable text.

    Args:
        columns: the headings, each with the fields whose values form one cell.
        records: the values of each field; a field that netstat did not print is missing.
    """
    count = max(map(len, records.values()))
    records = _mark_truncated(records)
    nothing = [None] * count
    cells = {}
    for heading, fields in columns.items():
        values = [_separate_thousands(name, records.get(name) or nothing) for name in fields]
        cells[heading] = _make_printable(list(FORMATTERS.get(tuple(fields), join_values)(*values)))
    return cells


def find_numbers(columns: Mapping[str, Sequence[str]], records: Mapping[str, Values]) -> set[str]:
    """Return the headings of columns whose cells are single numbers, which are aligned to the right."""
    return {
        heading for heading, fields in columns.items() if _are_numbers([records.get(name) or () for name in fields])
    }


def _are_numbers(values: Sequence[Values]) -> bool:
    """Return whether one of the fields has numbers, and the others have no value."""
    types = [{*map(type, column)} - {type(None)} for column in values]
    used = [found for found in types if found]
    return len(used) == 1 and used[0] <= {int, float}


def find_truncated(
    columns: Mapping[str, Sequence[str]], records: Mapping[str, Values], cells: Mapping[str, Sequence[str]]
) -> set[str]:
    """Return the headings of columns in which a value is marked, as netstat truncated it.

    Args:
        columns: the headings, each with the fields whose values form one cell.
        records: the values of each field.
        cells: the cells that `format_cells` made of them.
    """
    truncated = {field for names in records.get("truncated") or () for field in names or ()}
    if not truncated:
        return set()
    found = {heading for heading, fields in columns.items() if not truncated.isdisjoint(fields)}
    return {heading for heading in found if any(CUT in cell for cell in cells[heading])}


def _mark_truncated(records: Mapping[str, Values]) -> Mapping[str, Values]:
    """Mark the values that netstat truncated."""
    names = records.get("truncated") or ()
    if not any(names):
        return records
    marked = dict(records)
    for field in {field for found in names for field in found or ()} & {
        name for name, values in records.items() if values
    }:
        marked[field] = [
            f"{value}{CUT}" if value is not None and field in (found or ()) else value
            for value, found in zip(records[field], names, strict=True)
        ]
    return marked


def _separate_thousands(field: str, values: Values) -> Values:
    if field not in QUANTITIES:
        return values
    return [f"{value:,}" if type(value) is int else value for value in values]


def _make_printable(cells: list[str]) -> list[str]:
    return cells if is_printable("".join(cells)) else list(map(printable, cells))


def join_values(*values: Values) -> Iterable[str]:
    """Join the values of a record by blanks."""
    if len(values) == 1:
        return ["" if value is None else value if type(value) is str else format_value(value) for value in values[0]]
    return (
        " ".join([format_value(value) for value in found if value not in _EMPTY]) for found in zip(*values, strict=True)
    )


def format_value(value: object) -> str:
    """Return any value of a record as text."""
    if isinstance(value, list):
        return " ".join(map(format_value, value))
    if isinstance(value, dict):
        return " ".join(f"{name}={format_value(item)}" for name, item in value.items() if item is not None)
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def format_rate(rate: float | None) -> str:
    """Return a rate per second in four digits, and whole from 1,000 on: 0.03333, 12.5, 2,500."""
    if rate is None:
        return ""
    return f"{rate:,.4g}" if rate < 1000 else f"{rate:,.0f}"  # noqa: PLR2004 - digits enough


def _map(format_one: Callable[..., str]) -> Callable[..., Iterable[str]]:
    """Return a function that formats columns by one that formats the values of one record."""
    return partial(map, format_one)


def _format_endpoint(
    address: str | None, zone: str | None, host: str | None, port: object | None, service: str | None
) -> str:
    """Return ``10.0.0.1:22``, ``[fe80::1%eth0]:22`` or ``web:http``."""
    if address and zone:
        address = f"{address}%{zone}"
    name = f"[{address}]" if address and ":" in address else address or host
    end = service if port is None else port
    if end is None:
        return name or ""
    return f"{name or '*'}:{end}"


def _format_host(address: str | None, zone: str | None, host: str | None, network: str | None) -> str:
    return f"{address}%{zone}" if address and zone else address or host or network or ""


def _format_first(*values: object) -> str:
    """Return the first value: a word of the schema, or else the printed text."""
    return next((str(value) for value in values if value is not None), "")


def _format_protocol(protocol: str | None, family: str | None = None) -> str:
    """Return ``tcp``, ``tcp6``, or ``raw ipx``; only IPv4 is not named."""
    if family in (None, "ipv4", protocol):
        return protocol or ""
    return f"{protocol or ''}6" if family == "ipv6" else f"{protocol or ''} {family}"


def _format_timer(timer: str | None, seconds: float | None, retransmits: int | None, probes: int | None) -> str:
    """Return ``keepalive (7199.31/0/0)``, as netstat prints it, but ``off`` for a timer that is off."""
    if not seconds and not retransmits and not probes:
        return timer or ""
    return f"{timer or '?'} ({seconds or 0:.2f}/{retransmits or 0}/{probes or 0})"


def _format_gateway(gateway: str | None, host: str | None, on_link: bool | None = None) -> str:  # noqa: FBT001 - one of three columns
    return gateway or host or ("on-link" if on_link else "")


def _format_addresses(addresses: Sequence[Mapping[str, Any]] | None) -> str:
    """Return ``10.0.0.1/24 broadcast 10.0.0.255``; ``10.0.0.1>10.0.0.2`` for a link to one other address."""
    return " ".join(
        found["address"]
        + (f"/{found['prefix_length']}" if found.get("prefix_length") is not None else "")
        + (f">{found['destination']}" if found.get("destination") else "")
        + "".join(f" {name} {found[name]}" for name in ("broadcast", "scope") if found.get(name))
        for found in addresses or ()
    )


def _endpoint_of(side: str) -> tuple[str, ...]:
    return tuple(f"{side}_{part}" for part in ("address", "zone", "host", "port", "service"))


LOCAL, REMOTE = _endpoint_of("local"), _endpoint_of("remote")
"""Fields of an endpoint: an address or a name, and a port or a name."""

SOURCE, DESTINATION = _endpoint_of("source"), _endpoint_of("destination")

FORMATTERS: Mapping[tuple[str, ...], Callable[..., Iterable[str]]] = {
    **dict.fromkeys([LOCAL, REMOTE, SOURCE, DESTINATION], _map(_format_endpoint)),
    ("remote_address", "remote_zone", "remote_host", "remote_network"): _map(_format_host),
    ("destination", "destination_host"): _map(_format_first),
    ("gateway", "gateway_host", "on_link"): _map(_format_gateway),
    ("protocol", "family"): _map(_format_protocol),
    ("state", "state_text"): _map(_format_first),
    ("timer", "timer_seconds", "timer_retransmits", "timer_probes"): _map(_format_timer),
    ("addresses",): _map(_format_addresses),
}
"""Functions for cells of these fields, which take the values of each; the values of others are joined by blanks."""
