"""Tables in GitHub Flavored Markdown, for an issue, a ticket or a wiki."""

import re
from collections.abc import Container, Iterable
from typing import IO

from netstat_parse.formats.cells import CUT_NOTE
from netstat_parse.formats.display import DisplayTable, title_table
from netstat_parse.formats.table_parts import TableDivider, TablePart
from netstat_parse.formats.task import WriteTask

_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$]|:(?=//)|(?<=[wW]{3})\.")
"""Characters that begin markup, a formula, a link or HTML; the last two make a link of ``https://`` and ``www.``."""

_REFERENCE = re.compile(r"(?<!\w)@(?=\w)|@(?=[\w-]++\.\w)|[#!&$~](?=\d)|(?<![a-zA-Z0-9])[gG][hH]-(?=\d)")
"""Characters that begin a mention (``@user``), an address of mail or a reference (``#1``, ``GH-1``, ``!1`` of GitLab);
GitHub and GitLab ignore a backslash there."""

_NOTHING = "<!-- -->"
"""A comment, which ends the text that GitHub and GitLab search for mentions."""


def write_markdown(task: WriteTask) -> None:
    """Write a heading for each snapshot that has a title, and below it a table for each kind of record."""
    writer = _MarkdownWriter(task.file)
    try:
        for part in TableDivider(task).divide():
            writer.write(part)
    finally:
        writer.end()


class _MarkdownWriter:
    """Writes tables to a file, each while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._is_open = False
        """True while a table is being written."""
        self._is_cut = False
        """True if netstat has truncated a value in the table."""

    def write(self, part: TablePart) -> None:
        """Write the first rows of a table, or some that follow those before."""
        lines: list[str] = []
        if part.begins:
            self.end()
            self._is_open = True
            if part.has_new_title:
                lines.append(f"## {escape(', '.join(part.title))}\n\n")
            lines.append(f"{'###' if part.title else '##'} {title_table(part.name)}\n\n")
            lines += [_format_row(part.columns), _format_rulers(part.columns, part.numbers)]
        lines += map(_format_row, zip(*(_escape_cells(part.cells[heading]) for heading in part.columns), strict=True))
        self._is_cut |= bool(part.truncated)
        self._file.write("".join(lines).encode(errors="backslashreplace"))

    def end(self) -> None:
        """End the table that is being written."""
        if self._is_open:
            note = f"\n{CUT_NOTE}\n" if self._is_cut else ""
            self._file.write(f"{note}\n".encode())
            self._is_open = self._is_cut = False


def format_table(table: DisplayTable, *, level: int = 2, numbers: Container[str] = ()) -> str:
    """Format a table with its heading.

    Args:
        table: the table.
        level: the level of the heading, from 1.
        numbers: headings of columns that are aligned to the right.
    """
    lines = [f"{'#' * level} {table.title}\n\n", _format_row(table.headings)]
    lines += [_format_rulers(table.headings, numbers), *(_format_row(map(escape, row)) for row in table.rows)]
    return "".join([*lines, "\n"])


def escape(text: str) -> str:
    """Escape text of one line so that Markdown shows it unchanged."""
    return _REFERENCE.sub(rf"\g<0>{_NOTHING}", _MARKUP.sub(r"\\\g<0>", text))


def _escape_cells(cells: Iterable[str]) -> list[str]:
    """Escape cells, all at once, which is faster: they contain no end of line."""
    return escape("\n".join(cells)).split("\n")


def _format_rulers(headings: Iterable[str], numbers: Container[str]) -> str:
    return _format_row("---:" if heading in numbers else "---" for heading in headings)


def _format_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
