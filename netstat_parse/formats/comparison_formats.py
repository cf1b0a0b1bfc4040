"""The formats of comparisons by name, and `write_comparisons`, which all of them go through.

A comparison is an object of JSON, as `netstat_parse.schema.comparison` defines it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pkgutil import resolve_name
from typing import IO, Any, NamedTuple

from netstat_parse.formats.appearance import IN_FILE, Appearance
from netstat_parse.records.values import STANDARD_INPUT_NAME

COMPARISON_FORMATS: Mapping[str, str] = {
    "table": "comparison_text:write_table",
    "json": "comparison_documents:write_json",
    "ndjson": "comparison_documents:write_ndjson",
    "csv": "comparison_documents:write_csv",
    "markdown": "comparison_text:write_markdown",
}
"""The module and function that write each format."""

Comparison = Mapping[str, Any]

RECORD_TABLES = ("connections", "unix_sockets", "interfaces", "routes", "multicast_groups")
"""Tables whose records appear, go and change."""


class ComparisonTask(NamedTuple):
    """Comparisons to write to a file."""

    comparisons: Sequence[Comparison]
    """With the changes to write: `select_changes` leaves out what has not moved."""
    file: IO[bytes]
    is_list: bool = False
    """True to write a list in JSON, even of one comparison."""
    appearance: Appearance = IN_FILE


def write_comparisons(task: ComparisonTask, format_name: str) -> None:
    """Write comparisons in a format, one of `COMPARISON_FORMATS`.

    Raises:
        KeyError: there is no such format.
        OSError: the file cannot be written.
    """
    write: Callable[[ComparisonTask], None] = resolve_name(f"{__package__}.{COMPARISON_FORMATS[format_name]}")
    write(task)


def counter_figures(comparison: Comparison) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the counters of the protocol statistics, each with its name for people, the largest difference first."""
    for figure in _sort_figures(comparison["counters"]):
        yield name_counter(figure), figure


def interface_figures(comparison: Comparison) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the counters of interfaces, each with the name of its interface, the largest difference first."""
    for change in comparison["interfaces"]:
        for figure in _sort_figures(change["counters"]):
            yield name_interface(change["after"]), figure


def _sort_figures(figures: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(figures, key=lambda figure: -abs(figure["difference"] or 0))


def name_counter(figure: Mapping[str, Any]) -> str:
    """Return the name of a counter for people: of the kernel, with the family where that name has none."""
    name = str(figure["kernel_name"] or f"{figure['protocol']}.{figure['name']}")
    is_plain = figure["family"] == "ipv6" and "6" not in name.partition(".")[0]
    return f"{name} (ipv6)" if is_plain else name


def name_interface(interface: Mapping[str, Any]) -> str:
    """Return the name of an interface for people."""
    name, index = interface["name"], interface["index"]
    if name is not None:
        return str(name)
    return "all interfaces" if index is None else f"interface {index}"


def record_changes(comparison: Comparison, table: str) -> Iterator[Mapping[str, Any]]:
    """Yield how each record changed.

    An interface of which only the counters have moved is not listed: `interface_figures` has them.
    """
    for change in comparison[table]:
        if change["change"] != "changed" or change["changed_fields"]:
            yield change


def describe_side(side: Mapping[str, Any]) -> str:
    """Return the name of a side for people: its input, snapshot, origin and time stamp."""
    facts = ", ".join(filter(None, (side["origin"], side["captured_at"])))
    name = f"{side['source'] or STANDARD_INPUT_NAME}@{side['snapshot']}"
    return f"{name} ({facts})" if facts else name
