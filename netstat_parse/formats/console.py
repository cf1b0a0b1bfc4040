"""Text for people: on a terminal as wide as it, in a file of a fixed width."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from rich.console import Console
from rich.text import Text

from netstat_parse.formats.appearance import IN_FILE, Appearance

TABLE_WIDTH = 10_000
"""Width in characters of tables that are not written to a terminal, so that no cell is wrapped."""

TEXT_WIDTH = 100
"""Width in characters of paragraphs that are not written to a terminal."""


class PlainConsole(Console):
    """A console that leaves a closed pipe to the command line; Rich's own exits with status 1."""

    def on_broken_pipe(self) -> None:
        """Raise the BrokenPipeError again."""
        raise  # noqa: PLE0704 - Rich calls this while it handles the error


@contextmanager
def open_console(file: IO[bytes], appearance: Appearance = IN_FILE, width: int = TEXT_WIDTH) -> Iterator[PlainConsole]:
    """Open a console on a file, which stays open.

    Args:
        file: the file to write to.
        appearance: its width and colours.
        width: the width in characters if it is not a terminal.
    """
    text = io.TextIOWrapper(file, encoding="utf-8", errors="backslashreplace")
    try:
        yield PlainConsole(
            file=text,
            width=appearance.width or width,
            force_terminal=appearance.has_color,
            color_system="standard" if appearance.has_color else None,
            no_color=not appearance.has_color,
            highlight=False,
            soft_wrap=False,
        )
    finally:
        text.detach()  # else it would close the file


def print_paragraph(console: Console, paragraph: str, indent: int) -> None:
    """Print a paragraph, indented and wrapped between words."""
    # Rich's `Padding` would fill each line with blanks.
    for line in Text(paragraph).wrap(console, max(console.width - indent, 1)):
        line.rstrip()
        console.print(Text(" " * indent) + line)
