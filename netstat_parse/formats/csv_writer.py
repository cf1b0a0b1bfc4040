r"""Records as CSV and TSV: for each kind of record a heading and its rows, and an empty line between two kinds.

A program or a host can call itself ``=HYPERLINK(...)``, and a spreadsheet would run that. So in CSV (RFC 4180) text
that a spreadsheet would take for a formula gets an apostrophe before it, which spreadsheets do not show, and what a
terminal would act on is replaced by a symbol. The raw form is for programs, and has every cell as it is.

TSV is for programs too, and has no quotation marks that they would have to understand: a line is a record and a tab
ends a cell, always, as ``cut`` and ``awk`` take it. Within a cell a tab, a newline, a carriage return and a backslash
are ``\t``, ``\n``, ``\r`` and ``\\``, as Miller and PostgreSQL read them; what else a terminal would act on is ``\x1b``
or ``\u202e``; and a quotation mark with which a cell begins is ``\x22``, since readers of CSV would take it for theirs.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from netstat_parse.records import fields, values
from netstat_parse.records.values import printable

FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a formula begins with; the last four are the wide forms of the first."""


LEFT_OUT = frozenset({"snapshots", "diagnostics"})
"""Tables about the input and not about what netstat tells; diagnostics are told on standard error."""


_ESCAPED = re.compile(r'^"|\\|[^ -~]')


_ESCAPES = {"\t": r"\t", "\n": r"\n", "\r": r"\r", "\\": r"\\", '"': r"\x22"}


Blocks = Iterable[tuple[str, Iterable[dict[str, Any]]]]
"""Records in blocks, each with the name of its table."""


class Form(NamedTuple):
    """A way to write rows."""

    text: Callable[[str], str]
    """Makes a cell of text."""
    write: Callable[[Iterable[Iterable[str]]], str]
    """Makes lines of rows of cells."""
    end: str
    """What ends a line."""


def is_wanted(table: str, only: frozenset[str] | None) -> bool:
    """Whether the table is to be printed, where only these are wanted; None where none are named."""
    return table not in LEFT_OUT if only is None else table in only


def with_head(blocks: Blocks, source: str | None) -> Blocks:
    """The records with the name of their kind before them, and that of the input where there are several."""
    for table, records in blocks:
        yield table, _behind(fields.record_prefix(table, source), records)


def _behind(head: Mapping[str, Any], records: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for record in records:
        yield {**head, **{fields.prefixed_name(head, name): value for name, value in record.items()}}


def tables(blocks: Blocks, form: Form, *, is_one: bool) -> Iterator[str]:
    """The records as text, a table at a time; where there can be but one table, block by block as they come."""
    texts = _texts(blocks, form)
    if is_one:
        yield from (text for _, text in texts)
        return
    found: dict[str, list[str]] = {}
    for table, text in texts:
        found.setdefault(table, []).append(text)
    before = ""
    for table in fields.tables():
        if table in found:
            yield before
            yield from found[table]
            before = form.end


def _texts(blocks: Blocks, form: Form) -> Iterator[tuple[str, str]]:
    """The blocks as text, the first of each table below its heading."""
    begun = set()
    for table, records in blocks:
        rows = list(records)
        heading = [] if table in begun else [rows[0].keys()]
        begun.add(table)
        yield table, form.write([*heading, *([_cell(value, form) for value in row.values()] for row in rows)])


def _cell(value: object, form: Form) -> str:
    """What was not printed is empty; lists are JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return form.text(value)
    text = values.dumps(value).decode()
    return form.text(text) if isinstance(value, list | dict) else text


def _unprocessed(text: str) -> str:
    return text


def _harmless(text: str) -> str:
    """The text, which no spreadsheet takes for a formula and no terminal acts on."""
    text = printable(text)
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text


def _escaped(text: str) -> str:
    """The text without tabs, newlines and what a terminal would act on."""
    return _ESCAPED.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    if character in _ESCAPES:
        return _ESCAPES[character]
    if printable(character) == character:
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004


def _comma_separated(rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _tab_separated(rows: Iterable[Iterable[str]]) -> str:
    return "".join("\t".join(row) + "\n" for row in rows)


FORMS: Mapping[str, Form] = {
    "csv": Form(_harmless, _comma_separated, "\r\n"),
    "csv-raw": Form(_unprocessed, _comma_separated, "\r\n"),
    "tsv": Form(_escaped, _tab_separated, "\n"),
}
