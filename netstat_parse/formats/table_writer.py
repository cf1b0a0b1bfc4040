"""Tables for a terminal, drawn by Rich."""

from rich.table import Table
from rich.text import Text

from netstat_parse.formats.console import TABLE_WIDTH, open_console
from netstat_parse.formats.display import DisplayTable, build_tables, display_columns
from netstat_parse.formats.task import WriteTask
from netstat_parse.records.values import printable


def write_table(task: WriteTask) -> None:
    """Write a table for each kind of record; on a terminal as wide as the terminal."""
    of_source = f" of {printable(task.source_name)}" if task.source_name else ""
    tables = build_tables(task.records(), display_columns(task))
    with open_console(task.file, TABLE_WIDTH) as console:
        for table in tables:
            console.print(draw_table(table, of_source))


def draw_table(table: DisplayTable, title_suffix: str = "") -> Table:
    """Make the table that Rich draws."""
    # Each text is a `Text`: Rich reads markup in a string, and a file may be named "[link=...]".
    drawn = Table(title=Text(table.title + title_suffix, style="table.title"), title_justify="left")
    for heading in table.headings:
        drawn.add_column(Text(heading, style="table.header"), overflow="fold")
    for row in table.rows:
        drawn.add_row(*map(Text, row))
    return drawn
