"""Rows to what is printed: the JSON document, NDJSON, and a table for people.

The records go to JSON by column, without a model in between. Which fields a record has, and what stands in those that
were not printed, is read from the published JSON Schema, which a test holds equal to the models.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain, repeat
from json.encoder import encode_basestring
from pkgutil import get_data
from types import NoneType
from typing import Any

from netstat_parse.fuse import is_constant
from netstat_parse.grammar import Columns
from netstat_parse.snapshots import Rows

SCHEMA_VERSION = "1.0"


@cache
def shipped(name: str) -> dict[str, Any]:
    """A JSON Schema that lies in the package, as it is published: of the ``document``, or of the table ``files``."""
    return dict(json.loads(get_data("netstat_parse", f"schema/{name}.schema.json") or b""))


def published() -> dict[str, Any]:
    """The JSON Schema of the document."""
    return shipped("document")


@cache
def fields(table: str) -> dict[str, Any]:
    """The fields of a table's records in order, each with the value that stands for what was not printed."""
    empty: dict[str, Any] = {"array": [], "object": {}}
    return {name: empty.get(property_.get("type")) for name, property_ in properties(table).items()}


def properties(table: str) -> dict[str, Any]:
    """The JSON Schema of each field of a table's records."""
    return dict(resolved(published()["properties"][table]["items"])["properties"])


def resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema itself, or the one that it refers to."""
    return published()["$defs"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def tables() -> list[str]:
    """The tables of the document in order."""
    return [name for name, property_ in published()["properties"].items() if "items" in property_]


def kind(table: str) -> str:
    """What an NDJSON line calls a record of the table."""
    return table.removesuffix("s")


def records(table: str, columns: Columns) -> Iterator[dict[str, Any]]:
    """Whole records, with every field of the schema, from the columns that were printed."""
    names = fields(table)
    values = [_own(columns.get(name), default) for name, default in names.items()]
    return (dict(zip(names, record, strict=True)) for record in zip(*values, strict=False))


def _own(column: list[Any] | None, default: list[Any] | dict[str, Any] | None) -> Iterable[Any]:
    """The values of a field, or what stands for them without end: lists and dicts are each record's own."""
    if default is None:
        return column or repeat(None)
    new: Callable[..., Any] = type(default)
    return map(new, column) if column else iter(new, None)


_PLAIN = re.compile(r"[ !#-\[\]-~]*+\Z")
"""Text that JSON writes as it is."""


def json_records(table: str, columns: Columns, end: str, head: Mapping[str, Any] | None = None) -> str:
    """The records as JSON, each with `head` before its fields and `end` behind it."""
    return joined(fields(table), columns, end, head)


def head(table: str, source: str | None) -> dict[str, Any]:
    """What stands before the fields of a record: the name of its kind, and of the input where there are several."""
    return {"kind": kind(table)} | ({} if source is None else {"source": source})


def beside(head: Mapping[str, Any] | None, name: str) -> str:
    """What a field is called behind a head that has one of this name: the source of a route is `route_source` then."""
    return f"{head['kind']}_{name}" if head and name in head else name


def joined(names: Mapping[str, Any], columns: Columns, end: str, head: Mapping[str, Any] | None = None) -> str:
    """Records of these fields, each with the value that stands for what was not printed, as JSON.

    All are joined at once, from what differs and what stands between, which is the same in every record.
    """
    count = len(next(iter(columns.values())))
    between = "{" + "".join(f'"{name}":{_json(value)},' for name, value in (head or {}).items())
    pieces: list[Iterable[str]] = []
    for name, default in names.items():
        between += f'"{beside(head, name)}":'
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


def plain(columns: Columns) -> list[dict[str, Any]]:
    """Records with the fields that were printed, for the models to complete."""
    whole = [name for name, column in columns.items() if None not in column]
    rows = zip(*(columns[name] for name in whole), strict=True)
    records = list(map(dict, map(zip, repeat(whole), rows)))
    for name in [name for name in columns if name not in whole]:
        for record, value in zip(records, columns[name], strict=True):
            if value is not None:
                record[name] = value
    return records


def dumps(value: object) -> bytes:
    """JSON, compact; integers may be of any size."""
    import orjson  # which takes long, and is for what is neither text nor a whole number

    try:
        return orjson.dumps(value)
    except TypeError:  # orjson knows integers of 64 bits only
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


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
    account = ",".join(f'"{kind}":{count}' for kind, count in lines().items())
    return [*pieces, f',"lines":{{{account}}}}}'.encode()]


def ndjson(rows: Iterable[Rows], source: str | None = None, write: Write = json_records) -> Iterator[bytes]:
    """The records as lines, a block at a time, as they come; with the input's name where there are several."""
    for table, columns in rows:
        yield write(table, columns, "\n", head(table, source)).encode()
