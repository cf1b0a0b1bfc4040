"""Tables in GitHub Flavored Markdown, for an issue, a ticket or a wiki."""

import re
from collections.abc import Iterable

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


def format_table(table: DisplayTable, title_suffix: str = "") -> str:
    """Format a table with its heading; the suffix is escaped already."""
    lines = [f"## {table.title}{title_suffix}\n\n", _format_row(table.headings)]
    lines += [_format_row(["---"] * len(table.headings)), *(_format_row(map(escape, row)) for row in table.rows)]
    return "".join([*lines, "\n"])


def escape(text: str) -> str:
    """Escape text of one line so that Markdown shows it unchanged."""
    return _REFERENCE.sub(rf"\g<0>{_NOTHING}", _MARKUP.sub(r"\\\g<0>", text))


def _format_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
