"""Rows to what is printed: the JSON document, NDJSON, and a table for people.

The records go to JSON by column, without a model in between. Which fields a record has, and what stands in those that
were not printed, is read from the published JSON Schema, which a test holds equal to the models.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, repeat
from json.encoder import encode_basestring
from types import NoneType
from typing import Any

from netstat_parse.records.fields import SCHEMA_VERSION, fields, prefixed_name, record_prefix, tables
from netstat_parse.records.rows import Columns, Rows, is_constant
from netstat_parse.records.values import dumps

_PLAIN = re.compile(r"[ !#-\[\]-~]*+\Z")
"""Text that JSON writes as it is."""


def json_records(table: str, columns: Columns, end: str, prefix: Mapping[str, Any] | None = None) -> str:
    """The records as JSON, each with `prefix` before its fields and `end` behind it."""
    return joined(fields(table), columns, end, prefix)


def selected_json(_table: str, columns: Columns, end: str, _prefix: Mapping[str, Any] | None = None) -> str:
    """Records that have exactly the columns that are there, as JSON; nothing stands before their fields."""
    return joined(dict.fromkeys(columns), columns, end)


def joined(names: Mapping[str, Any], columns: Columns, end: str, prefix: Mapping[str, Any] | None = None) -> str:
    """Records of these fields, each with the value that stands for what was not printed, as JSON.

    All are joined at once, from what differs and what stands between, which is the same in every record.
    """
    count = len(next(iter(columns.values())))
    between = "{" + "".join(f'"{name}":{_json(value)},' for name, value in (prefix or {}).items())
    pieces: list[Iterable[str]] = []
    for name, default in names.items():
        between += f'"{prefixed_name(prefix, name)}":'
        column = columns.get(name) or [default]
        if is_constant(column):
            between += _json(column[0]) + ","
        else:
            quote, texts = _json_column(column)
            pieces += [repeat(between + quote), texts]
            between = quote + ","
    return "".join(chain.from_iterable(zip(*pieces, repeat(between[:-1] + "}" + end, count), strict=False)))


def _json_column(column: list[Any]) -> tuple[str, Iterable[str]]:
    """The values as JSON, and what quotes stand around each of them."""
    types = set(map(type, column))
    if types == {int}:
        return "", map(str, column)
    if types == {str} and _PLAIN.match("".join(column)):
        return '"', column
    if types <= {int, NoneType}:
        return "", ["null" if value is None else str(value) for value in column]
    if types & {list, dict}:
        empty = "{}" if dict in types else "[]"
        known = {id(value): value for value in column}  # as a list has no hash; many a one stands in many rows
        texts = {key: _json(value) if value else empty for key, value in known.items()}
        return "", [texts[id(value)] for value in column]
    known = {value: _json(value) for value in set(column)}
    return "", [known[value] for value in column]


def _json(value: object) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return dumps(value).decode() if value or not isinstance(value, list | dict) else str(value)


Write = Callable[[str, Columns, str, Mapping[str, Any] | None], str]
"""Writes a block of records as JSON, as `json_records` does."""


def document(
    rows: Iterable[Rows], source: str | None, lines: Callable[[], Mapping[str, int]], write: Write = json_records
) -> list[bytes]:
    """The JSON document in pieces; `lines` is asked for the account of lines when all rows have been read."""
    parts: dict[str, list[bytes]] = {table: [] for table in tables()}
    for table, columns in rows:
        parts[table].append(write(table, columns, ",", None).encode())
    pieces = [f'{{"schema_version":{_json(SCHEMA_VERSION)},"source":{_json(source)}'.encode()]
    for table, records_ in parts.items():
        pieces += [f',"{table}":['.encode(), *records_[:-1], *(last[:-1] for last in records_[-1:]), b"]"]
    account = ",".join(f'"{line_kind}":{count}' for line_kind, count in lines().items())
    return [*pieces, f',"lines":{{{account}}}}}'.encode()]


def ndjson(rows: Iterable[Rows], source: str | None = None, write: Write = json_records) -> Iterator[bytes]:
    """The records as lines, a block at a time, as they come; with the input's name where there are several."""
    for table, columns in rows:
        yield write(table, columns, "\n", record_prefix(table, source)).encode()
