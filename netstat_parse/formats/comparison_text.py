"""Comparisons for people: tables on a terminal, and in Markdown for a ticket."""

import io
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any, NamedTuple

from netstat_parse.formats.comparison_formats import (
    RECORD_TABLES,
    Comparison,
    ComparisonTask,
    counter_figures,
    describe_side,
    interface_figures,
    record_changes,
)
from netstat_parse.formats.display import COLUMNS, DisplayColumns, format_row
from netstat_parse.formats.markdown_writer import escape
from netstat_parse.records.values import cell_width, printable

FILE_WIDTH = 10_000
"""Width in characters of tables that are not written to a terminal, so that each row is one line."""

GAP = "  "
"""Blanks between two columns."""

INDENT = "    "
"""Blanks before the rest of a row that is wider than the terminal."""

RECORD_COLUMNS: DisplayColumns = {
    **COLUMNS,
    "connections": {
        "Proto": ("protocol", "family"),
        "Local": ("local_address", "local_host", "local_port", "local_service"),
        "Remote": ("remote_address", "remote_host", "remote_port", "remote_service"),
        "State": ("state", "state_text"),
        "User": ("user", "uid"),
        "Program": ("program", "components"),
    },
    "interfaces": {
        "Interface": ("name", "index", "description"),
        "Physical address": ("physical_address",),
        "MTU": ("mtu",),
        "Flags": ("flags",),
        "Addresses": ("addresses",),
    },
}
"""Columns of the records that changed."""

FIGURE_HEADINGS = ["Change", "Before", "After", "Difference", "Per second"]


class Section(NamedTuple):
    """A table of changes, with its cells as printable text."""

    title: str
    headings: list[str]
    rows: list[list[str]]
    numbers: frozenset[str] = frozenset()
    """Headings of columns that are aligned to the right."""


def write_table(task: ComparisonTask) -> None:
    """Write what moved, the largest difference first. A row wider than the terminal is broken between its cells."""
    text = io.TextIOWrapper(task.file, encoding="utf-8", errors="backslashreplace")
    width = _terminal_width(task.file)
    try:
        for number, comparison in enumerate(task.comparisons):
            lines = [title_of(comparison), *_table_lines(comparison, width, with_unchanged=task.with_unchanged)]
            text.write("\n" * (number > 0) + "\n".join(lines) + "\n")
    finally:
        text.detach()  # else it would close the file


def _terminal_width(file: IO[bytes]) -> int:
    if not file.isatty():
        return FILE_WIDTH
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdecimal() and int(columns) else os.get_terminal_size(file.fileno()).columns or 80


def title_of(comparison: Comparison) -> str:
    """Return what is compared, for people."""
    seconds = comparison["seconds"]
    time = "" if seconds is None else f", {seconds:,.10g} seconds"
    return printable(f"{describe_side(comparison['before'])} to {describe_side(comparison['after'])}{time}")


def _table_lines(comparison: Comparison, width: int, *, with_unchanged: bool) -> Iterator[str]:
    sections = list(make_sections(comparison, with_unchanged=with_unchanged))
    for section in sections:
        yield ""
        yield section.title
        yield from _align(section, width)
    if not sections:
        yield "nothing has changed"
    if comparison["not_comparable"]:
        yield ""
        yield "Not comparable"
        yield from map(describe_problem, comparison["not_comparable"])


def describe_problem(problem: Mapping[str, Any]) -> str:
    """Return what cannot be compared and why, for people."""
    place = ": ".join(filter(None, (problem["table"].replace("_", " "), problem["subject"])))
    return printable(f"{place}: {problem['reason']}")


def make_sections(comparison: Comparison, *, with_unchanged: bool) -> Iterator[Section]:
    """Yield a section for each table with changes."""
    figures = counter_figures(comparison, with_unchanged=with_unchanged)
    rows = [[printable(name), *_figure_cells(figure)] for name, figure in figures]
    yield from _make_section("Counters", ["Counter", *FIGURE_HEADINGS], rows)
    figures = interface_figures(comparison, with_unchanged=with_unchanged)
    rows = [[printable(name), figure["field"], *_figure_cells(figure)] for name, figure in figures]
    yield from _make_section("Interface counters", ["Interface", "Counter", *FIGURE_HEADINGS], rows)
    for table in RECORD_TABLES:
        changes = record_changes(comparison, table, with_unchanged=with_unchanged)
        rows = [[change, *_record_cells(table, before, after)] for change, before, after in changes]
        yield from _make_section(table.replace("_", " ").capitalize(), ["Change", *RECORD_COLUMNS[table]], rows)


def _make_section(title: str, headings: list[str], rows: list[list[str]]) -> Iterator[Section]:
    """Yield the section without empty columns; nothing if it has no row."""
    if rows:
        used = [place for place in range(len(headings)) if any(row[place] for row in rows)]
        kept = [[row[place] for place in used] for row in rows]
        yield Section(title, [headings[place] for place in used], kept, frozenset(FIGURE_HEADINGS[1:]))


def _figure_cells(figure: Mapping[str, Any]) -> list[str]:
    values = [
        figure.get(f"{side}_text") or ("" if figure[side] is None else f"{figure[side]:,}")
        for side in ("before", "after")
    ]
    difference, rate = figure["difference"], figure["per_second"]
    return [
        figure["change"],
        *map(printable, values),
        "" if difference is None else f"{difference:+,}",
        "" if rate is None else f"{rate:,.4g}" if rate < 1000 else f"{rate:,.0f}",  # noqa: PLR2004 - digits enough
    ]


def _record_cells(table: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[str]:
    """Return the cells of a record; those that differ with both values."""
    columns = RECORD_COLUMNS[table]
    rows = [format_row(columns, record) for record in (before, after) if record]
    return [" → ".join(dict.fromkeys(filter(None, cells))) for cells in zip(*rows, strict=True)]


def describe_record(table: str, record: Mapping[str, Any]) -> str:
    """Return a record as one text for people."""
    return " ".join(filter(None, format_row(RECORD_COLUMNS[table], record)))


def _align(section: Section, width: int) -> Iterator[str]:
    """Yield the lines of a section: aligned if all rows fit, else each row broken between its cells."""
    rows = [section.headings, *section.rows]
    widths = [max(map(cell_width, cells)) for cells in zip(*rows, strict=True)]
    if sum(widths) + len(GAP) * (len(widths) - 1) > width:
        yield from (line for row in rows for line in _break(row, width))
        return
    for row in rows:
        cells = zip(row, widths, section.headings, strict=True)
        padded = (_pad(cell, size, right=heading in section.numbers) for cell, size, heading in cells)
        yield GAP.join(padded).rstrip()


def _pad(cell: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - cell_width(cell))
    return blanks + cell if right else cell + blanks


def _break(row: Sequence[str], width: int) -> Iterator[str]:
    """Yield the lines of a row that is broken between cells, never inside of one."""
    line = ""
    for cell in filter(None, row):
        longer = f"{line}{GAP}{cell}" if line.strip() else f"{line}{cell}"
        if cell_width(longer) > width and line.strip():
            yield line
            longer = f"{INDENT}{cell}"
        line = longer
    yield line


def write_markdown(task: ComparisonTask) -> None:
    """Write a heading for each comparison, and below it a table for each kind of change."""
    for comparison in task.comparisons:
        lines = [f"## {escape(title_of(comparison))}", ""]
        sections = list(make_sections(comparison, with_unchanged=task.with_unchanged))
        for section in sections:
            rulers = ["---:" if heading in section.numbers else "---" for heading in section.headings]
            rows = [section.headings, rulers, *(list(map(escape, row)) for row in section.rows)]
            lines += [f"### {section.title}", "", *(f"| {' | '.join(row)} |" for row in rows), ""]
        if not sections:
            lines += ["Nothing has changed.", ""]
        if comparison["not_comparable"]:
            problems = (f"- {escape(describe_problem(problem))}" for problem in comparison["not_comparable"])
            lines += ["### Not comparable", "", *problems, ""]
        task.file.write(("\n".join(lines) + "\n").encode(errors="backslashreplace"))
