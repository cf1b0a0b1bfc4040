r"""CSV and TSV: a heading and rows for each kind of record, and an empty line between two kinds.

CSV (RFC 4180) is for spreadsheets. A program or a host can be named ``=HYPERLINK(...)``, which a spreadsheet would
evaluate. So text that looks like a formula gets an apostrophe before it, which spreadsheets hide, also behind a
semicolon, which separates cells in many countries; characters that a terminal would interpret are replaced by symbols.
csv-raw is for programs: each cell is unchanged.

TSV is for programs that split at tabs, such as ``cut`` and ``awk``: a line is a record, a tab ends a cell, and there is
no quoting. Inside a cell a tab, newline, carriage return and backslash are ``\t``, ``\n``, ``\r`` and ``\\``, as Miller
and PostgreSQL read them. Other characters that a terminal would interpret are ``\x1b`` or ``\u202e``. A quotation mark
at the start of a cell is ``\x22``, as readers of CSV would take it for theirs.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import NoneType
from typing import Any, NamedTuple

from netstat_parse.formats.table_chunks import TableChunks
from netstat_parse.formats.task import WriteTask
from netstat_parse.records.fields import prefixed_name, table_names
from netstat_parse.records.rows import is_constant
from netstat_parse.records.values import encode_json, printable

FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""First characters of a formula; the last four are the full-width forms of the first four."""

UNLISTED = frozenset({"snapshots", "diagnostics"})
"""Tables about the input, not about the network: written only if selected by name."""

_FORMULA_BEHIND_SEPARATOR = re.compile(r"""(?<=;)(?=[\s"']*+[=+\-@\uff1d\uff0b\uff0d\uff20])""")
"""A place in a text at which a cell with a formula begins if the semicolon before it separates cells."""

_ESCAPED = re.compile(r'^"|\\|[^ -~]')

_ESCAPES = {"\t": r"\t", "\n": r"\n", "\r": r"\r", "\\": r"\\", '"': r"\x22"}


class Dialect(NamedTuple):
    """A way to write rows as text."""

    format_text: Callable[[str], str]
    """Makes the cell of a text."""
    format_rows: Callable[[Iterable[Iterable[str]]], str]
    """Makes the lines of rows of cells."""
    line_end: str


def write_csv(task: WriteTask) -> None:
    """Write CSV for spreadsheets."""
    _write(task, Dialect(neutralize, _format_csv, "\r\n"))


def write_csv_raw(task: WriteTask) -> None:
    """Write CSV for programs."""
    _write(task, Dialect(str, _format_csv, "\r\n"))


def write_tsv(task: WriteTask) -> None:
    """Write TSV."""
    _write(task, Dialect(_escape, _format_tsv, "\n"))


def _write(task: WriteTask, dialect: Dialect) -> None:
    is_one_table, chunk = len(task.tables or ()) == 1, b""
    for chunk in _format_tables(task, dialect, is_one_table=is_one_table):
        task.file.write(chunk)
        if is_one_table:
            task.file.flush()
    if chunk and task.is_one_of_several:  # separates them from the tables of the next input
        task.file.write(dialect.line_end.encode())


def _format_tables(task: WriteTask, dialect: Dialect, *, is_one_table: bool) -> Iterator[bytes]:
    """Format all tables one after the other; a single table block by block, as it is read."""
    blocks = _format_blocks(task, dialect)
    if is_one_table:
        yield from (chunk for _, chunk in blocks)
        return
    with TableChunks() as tables:
        for table, chunk in blocks:
            tables.add(table, chunk)
        separator = b""
        for table in table_names():
            if table in tables:
                yield separator
                yield from tables.read(table)
                separator = dialect.line_end.encode()


def _format_blocks(task: WriteTask, dialect: Dialect) -> Iterator[tuple[str, bytes]]:
    """Format each block to write, the first one of a table with its heading; the cells are formatted by column."""
    with_heading = set()
    for (table, columns), defaults in task.blocks():
        if table not in task.tables if task.tables is not None else table in UNLISTED:
            continue
        prefix, count = task.prefix(table), len(next(iter(columns.values())))
        values = {name: [value] for name, value in prefix.items()}
        for name, default in defaults.items():
            values[prefixed_name(prefix, name)] = columns.get(name) or [default]
        heading = [] if table in with_heading else [values.keys()]
        with_heading.add(table)
        cells = (_format_column(column, count, dialect) for column in values.values())
        yield table, dialect.format_rows([*heading, *zip(*cells, strict=True)]).encode()


def _format_column(column: list[Any], count: int, dialect: Dialect) -> Sequence[str]:
    """Format the values of a column with so many cells; one value is for all of them."""
    if is_constant(column):
        return [_format_cell(column[0], dialect)] * count
    types = set(map(type, column))
    if types == {int}:
        return [*map(repr, column)]
    if types <= {str, NoneType}:  # rows often share a text
        known = {value: _format_cell(value, dialect) for value in set(column)}
        return [*map(known.__getitem__, column)]
    return [_format_cell(value, dialect) for value in column]


def _format_cell(value: object, dialect: Dialect) -> str:
    """Format a value: null as an empty cell, lists and dicts as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return dialect.format_text(value)
    text = encode_json(value)
    return dialect.format_text(text) if isinstance(value, list | dict) else text


def neutralize(text: str) -> str:
    """Change text that a spreadsheet would evaluate or a terminal would interpret."""
    text = printable(text)
    if ";" in text:
        text = _FORMULA_BEHIND_SEPARATOR.sub("'", text)
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text


def _escape(text: str) -> str:
    """Escape characters that end a cell or a line, or that a terminal would interpret."""
    return _ESCAPED.sub(_escape_character, text)


def _escape_character(found: re.Match[str]) -> str:
    character = found[0]
    if character in _ESCAPES:
        return _ESCAPES[character]
    if printable(character) == character:
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - digits of Python's escapes


def _format_csv(rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _format_tsv(rows: Iterable[Iterable[str]]) -> str:
    return "".join("\t".join(row) + "\n" for row in rows)
