"""Tables for a terminal, drawn by Rich."""

import io

from rich.console import Console
from rich.table import Table
from rich.text import Text

from netstat_parse.formats.display import DisplayTable, build_tables, display_columns
from netstat_parse.formats.task import WriteTask
from netstat_parse.records.values import printable

FILE_WIDTH = 10_000
"""Width in characters of tables that are not written to a terminal, so that no cell is wrapped."""


class PlainConsole(Console):
    """A console that leaves a closed pipe to the command line; Rich's own exits with status 1."""

    def on_broken_pipe(self) -> None:
        """Raise the BrokenPipeError again."""
        raise  # noqa: PLE0704 - Rich calls this while it handles the error


def write_table(task: WriteTask) -> None:
    """Write a table for each kind of record; on a terminal as wide as the terminal."""
    of_source = f" of {printable(task.source_name)}" if task.source_name else ""
    tables = build_tables(task.records(), display_columns(task))
    width = None if task.file.isatty() else FILE_WIDTH
    text = io.TextIOWrapper(task.file, encoding="utf-8")
    try:
        console = PlainConsole(file=text, width=width, highlight=False, soft_wrap=False)
        for table in tables:
            console.print(draw_table(table, of_source))
    finally:
        text.detach()  # else it would close the file


def draw_table(table: DisplayTable, title_suffix: str = "") -> Table:
    """Make the table that Rich draws."""
    # Each text is a `Text`: Rich reads markup in a string, and a file may be named "[link=...]".
    drawn = Table(title=Text(table.title + title_suffix, style="table.title"), title_justify="left")
    for heading in table.headings:
        drawn.add_column(Text(heading, style="table.header"), overflow="fold")
    for row in table.rows:
        drawn.add_row(*map(Text, row))
    return drawn
