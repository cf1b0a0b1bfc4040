"""The formats of comparisons by name, and `write_comparisons`, which all of them go through.

A comparison is an object of JSON, as `netstat_parse.schema.comparison` defines it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pkgutil import resolve_name
from typing import IO, Any, NamedTuple

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

UNMOVED = frozenset({"unchanged", "gauge", "setting"})
"""Outcomes of a figure that has not moved, unless its two values differ."""


class ComparisonTask(NamedTuple):
    """Comparisons to write to a file."""

    comparisons: Sequence[Comparison]
    file: IO[bytes]
    is_list: bool = False
    """True to write a list in JSON, even of one comparison."""
    with_unchanged: bool = False
    """True to write also what did not move; JSON always has it."""


def write_comparisons(task: ComparisonTask, format_name: str) -> None:
    """Write comparisons in a format, one of `COMPARISON_FORMATS`.

    Raises:
        KeyError: there is no such format.
        OSError: the file cannot be written.
    """
    write: Callable[[ComparisonTask], None] = resolve_name(f"{__package__}.{COMPARISON_FORMATS[format_name]}")
    write(task)


def has_moved(figure: Mapping[str, Any]) -> bool:
    """Return whether a figure has another value than before, or may have."""
    if figure["change"] not in UNMOVED:
        return True
    texts = figure.get("before_text"), figure.get("after_text")
    return bool(figure["before"] != figure["after"] or texts[0] != texts[1])


def has_changes(comparison: Comparison) -> bool:
    """Return whether anything has changed."""
    changes = (change for table in RECORD_TABLES for change in comparison[table])
    return any(map(has_moved, comparison["counters"])) or any(change["change"] != "unchanged" for change in changes)


def select_figures(figures: Sequence[Mapping[str, Any]], *, with_unchanged: bool) -> list[Mapping[str, Any]]:
    """Return the figures to write, the largest difference first."""
    chosen = [figure for figure in figures if with_unchanged or has_moved(figure)]
    return sorted(chosen, key=lambda figure: -abs(figure["difference"] or 0))


def counter_figures(comparison: Comparison, *, with_unchanged: bool) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the counters of the protocol statistics to write, each with its name for people."""
    for figure in select_figures(comparison["counters"], with_unchanged=with_unchanged):
        yield name_counter(figure), figure


def interface_figures(comparison: Comparison, *, with_unchanged: bool) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the counters of interfaces to write, each with the name of its interface."""
    for change in comparison["interfaces"]:
        for figure in select_figures(change["counters"], with_unchanged=with_unchanged):
            yield name_interface(change["after"]), figure


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


def record_changes(
    comparison: Comparison, table: str, *, with_unchanged: bool
) -> Iterator[tuple[str, Mapping[str, Any] | None, Mapping[str, Any] | None]]:
    """Yield how each record changed: the word for it, the record before and the record after.

    An interface of which only the counters have moved is not listed: `interface_figures` has them.
    """
    for change in comparison[table]:
        before, after = change["before"], change["after"]
        word = change["change"]
        if table == "interfaces" and word == "changed" and not has_other_settings(before, after):
            word = "unchanged"
        if with_unchanged or word != "unchanged":
            yield word, before, after


INTERFACE_SETTINGS = ("physical_address", "mtu", "metric", "tx_queue_length", "description")


def has_other_settings(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Return whether an interface has other settings than before, apart from what only one side prints."""
    names = list(INTERFACE_SETTINGS)
    if (before["encapsulation"] is None) == (after["encapsulation"] is None):
        names += ["flags", "addresses", "encapsulation"]
    values = ((before[name], after[name]) for name in names)
    return any(old != new and old is not None and new is not None for old, new in values)


def describe_side(side: Mapping[str, Any]) -> str:
    """Return the name of a side for people: its input, snapshot and time stamp."""
    name = f"{side['source'] or 'standard input'}@{side['snapshot']}"
    return f"{name} ({side['captured_at']})" if side["captured_at"] else name
