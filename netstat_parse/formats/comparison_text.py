"""Comparisons for people: tables on a terminal, and in Markdown for a ticket."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from netstat_parse.formats.appearance import Appearance
from netstat_parse.formats.cells import LOCAL, REMOTE, format_rate
from netstat_parse.formats.comparison_formats import (
    RECORD_TABLES,
    Comparison,
    ComparisonTask,
    counter_figures,
    describe_side,
    interface_figures,
    record_changes,
)
from netstat_parse.formats.display import (
    COLUMNS,
    DisplayColumns,
    DisplayTable,
    format_row,
    make_table,
    title_table,
)
from netstat_parse.formats.markdown_writer import escape, format_table
from netstat_parse.formats.paragraphs import break_paragraph, find_style_for, paint_for, write_lines
from netstat_parse.formats.styles import CHANGES, HEADING, TITLE
from netstat_parse.formats.text_layout import Grid, draw_lines, measure_column, narrow
from netstat_parse.records.values import cell_width, printable

RECORD_COLUMNS: DisplayColumns = {
    **COLUMNS,
    "connections": {
        "Proto": ("protocol", "family"),
        "Local": LOCAL,
        "Remote": REMOTE,
        "State": ("state", "state_text"),
        "User": ("user", "uid"),
        "Program": ("program", "components"),
    },
    "unix_sockets": {name: COLUMNS["unix_sockets"][name] for name in ("Type", "State", "PID", "Program", "Path")},
    "interfaces": {
        "Interface": ("name", "index", "description"),
        "Physical address": ("physical_address",),
        "MTU": ("mtu",),
        "Flags": ("flags",),
        "Addresses": ("addresses",),
    },
    "routes": {
        name: COLUMNS["routes"][name] for name in ("Destination", "Gateway", "Source", "Interface", "Metric", "Flags")
    },
}
"""Columns of the records that changed."""

CHANGE = "Change"
"""Heading of the column that says how something changed."""

OUTCOME_STYLES: Mapping[str, str] = {**CHANGES, **dict.fromkeys(("reset", "wrapped", "unclear"), CHANGES["changed"])}
"""Styles of changes of records, and of figures that fell."""

FIGURE_HEADINGS = [CHANGE, "Before", "After", "Difference", "Per second"]

NUMBERS = frozenset(FIGURE_HEADINGS[1:])
"""Headings of columns that are aligned to the right."""


def write_table(task: ComparisonTask) -> None:
    """Write what moved, the largest difference first."""
    for number, comparison in enumerate(task.comparisons):
        lines = [*_title_lines(comparison, task.appearance), *_table_lines(comparison, task.appearance)]
        write_lines([*([""] if number else []), *lines], task.file)


def title_of(comparison: Comparison) -> str:
    """Return what is compared, for people."""
    return " ".join(_list_title_parts(comparison))


def _list_title_parts(comparison: Comparison) -> list[str]:
    seconds = comparison["seconds"]
    time = "" if seconds is None else f", {seconds:,.10g} seconds"
    sides = [printable(describe_side(comparison[side])) for side in ("before", "after")]
    return [sides[0], f"to {sides[1]}{time}"]


def _title_lines(comparison: Comparison, appearance: Appearance) -> Iterator[str]:
    title = title_of(comparison)
    is_short = appearance.width is None or cell_width(title) <= appearance.width
    for line in [title] if is_short else _list_title_parts(comparison):
        yield paint_for(line, TITLE, appearance)


def _table_lines(comparison: Comparison, appearance: Appearance) -> Iterator[str]:
    tables = list(make_tables(comparison))
    for table in tables:
        yield ""
        yield paint_for(table.title, TITLE, appearance)
        yield from _draw_table(table, appearance)
    if not tables:
        yield describe_nothing(comparison)
    if comparison["not_comparable"]:
        yield ""
        yield paint_for("Not comparable", TITLE, appearance)
        for problem in comparison["not_comparable"]:
            yield from break_paragraph(describe_problem(problem), 0, appearance)


def _draw_table(table: DisplayTable, appearance: Appearance) -> Iterator[str]:
    """Yield the lines of a table, on a terminal not wider than it."""
    sizes = list(map(measure_column, zip(table.headings, *table.rows, strict=True)))
    if appearance.width is not None:
        sizes = narrow(sizes, appearance.width)
    styles = [_find_outcome_style if appearance.has_color and name == CHANGE else None for name in table.headings]
    is_right = [heading in NUMBERS for heading in table.headings]
    grid = Grid(sizes, is_right, [False] * len(sizes), styles, appearance.width)
    bold = [find_style_for(HEADING, appearance)] * len(sizes)
    yield from draw_lines([[heading] for heading in table.headings], grid._replace(styles=bold))
    yield from draw_lines(list(zip(*table.rows, strict=True)), grid)


def _find_outcome_style(change: str) -> str:
    return OUTCOME_STYLES.get(change, "")


def describe_nothing(comparison: Comparison) -> str:
    """Return that nothing has changed, as far as it was compared."""
    return f"nothing {'comparable ' if comparison['not_comparable'] else ''}has changed"


def describe_problem(problem: Mapping[str, Any]) -> str:
    """Return what cannot be compared and why, for people."""
    place = ": ".join(filter(None, (problem["table"].replace("_", " "), problem["subject"])))
    return printable(f"{place}: {problem['reason']}")


def make_tables(comparison: Comparison) -> Iterator[DisplayTable]:
    """Yield a table for each kind of change that there is."""
    rows = [[printable(name), *_figure_cells(figure)] for name, figure in counter_figures(comparison)]
    yield from _make_table("Counters", ["Counter", *FIGURE_HEADINGS], rows)
    figures = interface_figures(comparison)
    rows = [[printable(name), figure["field"], *_figure_cells(figure)] for name, figure in figures]
    yield from _make_table("Interface counters", ["Interface", "Counter", *FIGURE_HEADINGS], rows)
    for name in RECORD_TABLES:
        rows = [_record_cells(name, change) for change in record_changes(comparison, name)]
        yield from _make_table(title_table(name), [CHANGE, *RECORD_COLUMNS[name], "Other fields"], rows)


def _make_table(title: str, headings: list[str], rows: list[list[str]]) -> Iterator[DisplayTable]:
    if rows:
        yield make_table(title, headings, rows)


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
        format_rate(rate),
    ]


def _record_cells(table: str, change: Mapping[str, Any]) -> list[str]:
    """Return the cells of a record, those that differ with both values, and the other fields that changed."""
    columns = RECORD_COLUMNS[table]
    records = [change[side] for side in ("before", "after") if change[side]]
    cells = map(_join_values, zip(*(format_row(columns, record) for record in records), strict=True))
    others = [name for name in change["changed_fields"] if not any(name in fields for fields in columns.values())]
    texts = (f"{name} {_join_values(format_row({name: (name,)}, record)[0] for record in records)}" for name in others)
    return [change["change"], *cells, ", ".join(texts)]


def _join_values(values: Sequence[str] | Iterator[str]) -> str:
    return " → ".join(dict.fromkeys(filter(None, values)))


def describe_record(table: str, record: Mapping[str, Any]) -> str:
    """Return a record as one text for people."""
    return " ".join(filter(None, format_row(RECORD_COLUMNS[table], record)))


def write_markdown(task: ComparisonTask) -> None:
    """Write a heading for each comparison, and below it a table for each kind of change."""
    for comparison in task.comparisons:
        tables = [format_table(table, level=3, numbers=NUMBERS) for table in make_tables(comparison)]
        texts = [f"## {escape(title_of(comparison))}\n\n", *tables]
        if not tables:
            texts.append(f"{describe_nothing(comparison).capitalize()}.\n\n")
        if comparison["not_comparable"]:
            problems = (f"- {escape(describe_problem(problem))}\n" for problem in comparison["not_comparable"])
            texts += ["### Not comparable\n\n", *problems, "\n"]
        task.file.write("".join(texts).encode(errors="backslashreplace"))
