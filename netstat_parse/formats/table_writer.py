"""Tables for people, as they are drawn on a terminal or into a file."""

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from netstat_parse.formats.display import Cells, Shown, title, used


class PlainConsole(Console):
    """Where tables are printed once."""

    def on_broken_pipe(self) -> None:
        """Leave it to the command line that the reader has gone: Rich would exit as if something were wrong."""
        raise  # noqa: PLE0704 - Rich calls this while it handles the error


def tables(cells: Cells, shown: Shown, source: str = "") -> Iterator[Table]:
    """A table for each kind of record, with the columns that hold anything."""
    for name, rows in cells.items():
        table = Table(title=title(name) + source)
        table.title_justify = "left"
        headings, filled = used(shown[name], rows)
        for heading in headings:
            table.add_column(heading, overflow="fold")
        for row in filled:
            table.add_row(*map(Text, row))
        yield table
