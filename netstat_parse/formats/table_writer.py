"""Tables for people: on a terminal drawn by Rich, in a file with the same lines, which takes a tenth of the time."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from netstat_parse.formats.display import DisplayTable, build_tables, display_columns
from netstat_parse.formats.task import WriteTask
from netstat_parse.records.values import cell_width, printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

FRAME_CHARS = 3
"""Characters of the frame for each column: a line and two blanks."""


def write_table(task: WriteTask) -> None:
    """Write a table for each kind of record; on a terminal as wide as the terminal."""
    of_source = f" of {printable(task.source_name)}" if task.source_name else ""
    tables = build_tables(task.records(), display_columns(task))
    if task.appearance.width is None:
        for table in tables:
            text = "".join(f"{line}\n" for line in draw_lines(table, of_source))
            task.file.write(text.encode(errors="backslashreplace"))
        return
    from netstat_parse.formats.console import open_console  # imports Rich, which takes long

    with open_console(task.file, task.appearance) as console:
        for table in tables:
            console.print(draw_table(table, of_source, console))


def draw_lines(table: DisplayTable, title_suffix: str = "") -> Iterator[str]:
    """Yield the lines of a table that is as wide as its cells, as Rich draws it."""
    yield table.title + title_suffix
    if not table.headings:
        return
    columns = [list(cells) for cells in zip(table.headings, *table.rows, strict=True)]
    widths = [[_measure(cell) for cell in column] for column in columns]
    wide = [max(column) for column in widths]
    padded = [
        [cell + " " * (widest - width) for cell, width in zip(column, own, strict=True)]
        for column, own, widest in zip(columns, widths, wide, strict=True)
    ]
    heading, *rows = zip(*padded, strict=True)
    yield _rule("┏━┳┓", wide)
    yield f"┃ {' ┃ '.join(heading)} ┃"
    yield _rule("┡━╇┩", wide)
    yield from (f"│ {' │ '.join(row)} │" for row in rows)
    yield _rule("└─┴┘", wide)


def _rule(frame: str, widths: Sequence[int]) -> str:
    left, line, joint, right = tuple(frame)
    return left + joint.join(line * (width + FRAME_CHARS - 1) for width in widths) + right


def draw_table(table: DisplayTable, title_suffix: str = "", console: "Console | None" = None) -> "Table":
    """Make the table that Rich draws; on a console that is wide enough it breaks lines only between words."""
    from rich.table import Table
    from rich.text import Text

    # Each text is a `Text`: Rich reads markup in a string, and a file may be named "[link=...]".
    drawn = Table(title=Text(table.title + title_suffix, style="table.title"), title_justify="left")
    longest = [max(map(_longest_word, cells)) for cells in zip(table.headings, *table.rows, strict=True)]
    fits = console is not None and sum(longest) + FRAME_CHARS * len(longest) < console.width
    for heading, width in zip(table.headings, longest, strict=True):
        drawn.add_column(Text(heading, style="table.header"), overflow="fold", min_width=width if fits else None)
    for row in table.rows:
        drawn.add_row(*map(Text, row))
    return drawn


def _longest_word(cell: str) -> int:
    return max(map(_measure, cell.split()), default=0)


def _measure(text: str) -> int:
    return len(text) if text.isascii() else cell_width(text)
