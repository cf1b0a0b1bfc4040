"""Tables in GitHub Flavored Markdown, for an issue, a ticket or a wiki."""

import re
from collections.abc import Container, Iterable

from netstat_parse.formats.display import DisplayTable, build_tables, display_columns
from netstat_parse.formats.task import WriteTask
from netstat_parse.records.values import printable

_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$]|:(?=//)|(?<=[wW]{3})\.")
"""Characters that begin markup, a formula, a link or HTML; the last two make a link of ``https://`` and ``www.``."""

_REFERENCE = re.compile(r"(?<!\w)@(?=\w)|@(?=[\w-]++\.\w)|[#!&$~](?=\d)|(?<![a-zA-Z0-9])[gG][hH]-(?=\d)")
"""Characters that begin a mention (``@user``), an address of mail or a reference (``#1``, ``GH-1``, ``!1`` of GitLab);
GitHub and GitLab ignore a backslash there."""

_NOTHING = "<!-- -->"
"""A comment, which ends the text that GitHub and GitLab search for mentions."""


def write_markdown(task: WriteTask) -> None:
    """Write a heading and a table for each kind of record."""
    of_source = f" of {escape(printable(task.source_name))}" if task.source_name else ""
    for table in build_tables(task.records(), display_columns(task)):
        task.file.write(format_table(table, of_source).encode())


def format_table(table: DisplayTable, title_suffix: str = "", *, level: int = 2, numbers: Container[str] = ()) -> str:
    """Format a table with its heading.

    Args:
        table: the table.
        title_suffix: text after its title, escaped already.
        level: the level of the heading, from 1.
        numbers: headings of columns that are aligned to the right.
    """
    lines = [f"{'#' * level} {table.title}{title_suffix}\n\n", _format_row(table.headings)]
    rulers = ["---:" if heading in numbers else "---" for heading in table.headings]
    lines += [_format_row(rulers), *(_format_row(map(escape, row)) for row in table.rows)]
    return "".join([*lines, "\n"])


def escape(text: str) -> str:
    """Escape text of one line so that Markdown shows it unchanged."""
    return _REFERENCE.sub(rf"\g<0>{_NOTHING}", _MARKUP.sub(r"\\\g<0>", text))


def _format_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
