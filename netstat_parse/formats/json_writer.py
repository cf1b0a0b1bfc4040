"""JSON: the document, and NDJSON with one record a line.

Records are encoded by column, without building objects of the schema.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from io import SEEK_END, BytesIO
from itertools import chain
from types import NoneType
from typing import Any

from netstat_parse.formats.json_text import escape_controls, lay_out
from netstat_parse.formats.table_chunks import TableChunks
from netstat_parse.formats.task import Blocks, WriteTask
from netstat_parse.records.fields import SCHEMA_VERSION, field_defaults, prefixed_name, record_prefix, table_names
from netstat_parse.records.integer_column import json_integers, printed_integers
from netstat_parse.records.rows import Columns, EncodedRows, Rows, is_constant
from netstat_parse.records.values import encode_json

_PLAIN = bytes({*range(0x20, 0x7F)} - {*b'"\\'})
"""Characters of ASCII that JSON writes as they are."""

RECORDS_PER_CHUNK = 128
"""Records that are encoded at once: their text fits the processor's cache. That of a whole block would not. In
`to_json` it would also take longer to get its memory than to encode it: glibc returns freed memory of such a size to
the system, where no `cli.freed_memory` keeps it."""


def write_json(task: WriteTask) -> None:
    """Write the document; for an answer an object with its table."""
    if task.answer:
        texts = ["".join(json_records(rows.columns, defaults, ","))[:-1] for rows, defaults in task.blocks()]
        source = f'"source":{encode_json(task.source.name)},' if task.answer.is_of_input else ""
        answer = escape_controls(f'{{{source}"{task.answer.table}":[{"".join(texts)}]}}\n')
        task.file.writelines(lay_out([answer.encode()], task.appearance))
        return
    chunks = json_document(task.blocks(), task.source.name, lambda: task.source.lines)
    task.file.writelines(lay_out(chain(chunks, [b"\n"]), task.appearance))


def write_ndjson(task: WriteTask) -> None:
    """Write one record a line, each block as soon as it has been read."""
    appearance = task.appearance._replace(is_indented=False)
    for rows, defaults in task.blocks():
        records = encode_rows(rows, defaults, "\n", task.prefix(rows.kind))
        task.file.writelines(lay_out(records, appearance))
        task.file.flush()
        rows.columns.clear()  # as in `json_document`


def json_document(blocks: Blocks, name: str | None, lines: Callable[[], Mapping[str, int]]) -> Iterator[bytes]:
    """Yield the document in chunks, as the command line writes it; the first one when all rows have been read.

    Args:
        blocks: all rows, with their fields. The columns of each block are cleared once it is encoded.
        name: the name of the input.
        lines: returns the number of lines by outcome; called once all rows have been read.
    """
    with TableChunks() as tables:
        for rows, defaults in blocks:
            for chunk in encode_rows(rows, defaults, ","):
                tables.add(rows.kind, chunk)
            rows.columns.clear()  # so that the next block uses their memory while it is in the processor's cache
        *between, end = (escape_controls(text).encode() for text in _text_between_tables(name, lines()))
        for before, table in zip(between, table_names(), strict=True):
            yield before
            yield from _drop_last_comma(tables.read(table))
        yield end


def _drop_last_comma(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield chunks without the comma at the end of the last one."""
    last = next(chunks, b"")
    for chunk in chunks:
        yield last
        last = chunk
    yield last[:-1]


def json_bytes(blocks: Blocks, name: str | None, lines: Callable[[], Mapping[str, int]]) -> bytes:
    """Return the document as a whole, without `escape_controls`.

    The arguments are those of `json_document`, and the columns of each block are cleared, too. The rest of the
    document is added to its longest table in place: to join chunks takes twice the memory.
    """
    buffers = {table: BytesIO() for table in table_names()}
    for rows, defaults in blocks:
        buffers[rows.kind].writelines(map(str.encode, json_records(rows.columns, defaults, ",")))
        rows.columns.clear()  # as in `json_document`
    tables = list(buffers.values())
    for table in tables:
        table.truncate(max(table.tell() - 1, 0))  # without the last comma
    between = [text.encode() for text in _text_between_tables(name, lines())]
    longest = max(range(len(tables)), key=lambda number: tables[number].tell())
    before = [text + table.getvalue() for text, table in zip(between, tables[:longest], strict=False)]
    behind = [
        table.getvalue() + text for text, table in zip(between[longest + 2 :], tables[longest + 1 :], strict=True)
    ]
    document = tables[longest]
    _insert_at_start(document, b"".join([*before, between[longest]]))
    document.seek(0, SEEK_END)
    document.writelines([between[longest + 1], *behind])
    return document.getvalue()


def _text_between_tables(name: str | None, lines: Mapping[str, int]) -> list[str]:
    """Return the text of the document before its first table, between its tables, and behind the last one."""
    head = f'{{"schema_version":{encode_json(SCHEMA_VERSION)},"source":{encode_json(name)}'
    tail = f'"lines":{encode_json(dict(lines))}}}'
    first, *others = [f'"{table}":[' for table in table_names()]
    return [f"{head},{first}", *(f"],{other}" for other in others), f"],{tail}"]


def _insert_at_start(file: BytesIO, text: bytes) -> None:
    """Insert text before the content of a file in memory, without a copy of the content."""
    end = file.seek(0, SEEK_END)
    file.write(text)
    with file.getbuffer() as content:
        content[len(text) :] = content[:end]  # memoryview moves text that overlaps
        content[: len(text)] = text


def encode_rows(
    rows: Rows, defaults: Mapping[str, Any], end: str, prefix: Mapping[str, Any] | None = None
) -> Iterator[bytes]:
    """Yield the bytes of `json_records` as the command line writes them, or those of a worker."""
    if isinstance(rows, EncodedRows):
        yield rows.encoded
    else:
        for text in json_records(rows.columns, defaults, end, prefix):
            yield escape_controls(text).encode()


def choose_encoding(form: str, source_name: str | None) -> Callable[[Rows], bytes]:
    """Return the function that encodes rows with all their fields, as `write_json` or `write_ndjson` does."""
    return partial(_encode_all_fields, "\n" if form == "ndjson" else ",", source_name)


def change_snapshot(encoded: bytes, before: int, after: int) -> bytes:
    """Return records of one snapshot as they are encoded for the snapshot with another index.

    Nothing else looks like this field: a quotation mark within a text is escaped.
    """
    return encoded.replace(b'"snapshot":%d,' % before, b'"snapshot":%d,' % after)


def _encode_all_fields(end: str, source_name: str | None, rows: Rows) -> bytes:
    prefix = record_prefix(rows.kind, source_name) if end == "\n" else None
    return b"".join(encode_rows(rows, field_defaults(rows.kind), end, prefix))


def json_records(
    columns: Columns, defaults: Mapping[str, Any], end: str, prefix: Mapping[str, Any] | None = None
) -> Iterator[str]:
    """Encode records in chunks, each with one join: of the values that vary, and of the constant text between them.

    Args:
        columns: the records.
        defaults: their fields in order, each with its value if there is no such column.
        end: text to write after each record.
        prefix: fields to write before those of each record.
    """
    record, varying = _encode_columns(columns, defaults, end, prefix or {})
    count = len(next(iter(columns.values())))
    for start in range(0, count, RECORDS_PER_CHUNK):
        stop = min(start + RECORDS_PER_CHUNK, count)
        texts = record * (stop - start)
        for place, values in enumerate(varying):
            texts[2 * place + 1 :: len(record)] = values[start:stop]
        yield "".join(texts)


def _encode_columns(
    columns: Columns, defaults: Mapping[str, Any], end: str, prefix: Mapping[str, Any]
) -> tuple[list[str], list[list[str]]]:
    """Return the text of one record, with an empty text in every second place, and the values for these places."""
    record: list[str] = []
    varying: list[list[str]] = []
    between = "{" + "".join(f'"{name}":{encode_json(value)},' for name, value in prefix.items())
    for name, default in defaults.items():
        between += f'"{prefixed_name(prefix, name)}":'
        column = columns.get(name)
        if not column or (printed_integers(column) is None and is_constant(column)):
            between += encode_json(column[0] if column else default) + ","
        else:
            quote, values = _encode_column(column)
            record += (between + quote, "")
            varying.append(values)
            between = quote + ","
    record.append(between[:-1] + "}" + end)
    return record, varying


def _encode_column(column: list[Any]) -> tuple[str, list[str]]:
    """Return the quotation mark around each value, if all are plain text, and the values as JSON without it."""
    if (integers := json_integers(column)) is not None:
        return "", integers
    if _is_plain_text(column):
        return '"', column
    types = set(map(type, column))
    if types == {int}:
        return "", [*map(repr, column)]  # faster than `str`
    if types == {int, NoneType}:
        return "", ["null" if value is None else repr(value) for value in column]
    if types & {list, dict}:  # which have no hash, but rows often share one
        texts: dict[int, str] = {}
        return "", [texts.get(id(value)) or texts.setdefault(id(value), encode_json(value)) for value in column]
    return "", _encode_distinct(column, may_be_text=types == {str, NoneType})


def _encode_distinct(column: list[Any], *, may_be_text: bool) -> list[str]:
    """Encode each value once; if most are different, encode plain text without a look at each."""
    distinct = set(column)
    if may_be_text and len(distinct) > len(column) // 2 and _is_plain_text(list(filter(None, distinct))):
        return ["null" if value is None else f'"{value}"' for value in column]
    known = {value: encode_json(value) for value in distinct}
    return [*map(known.__getitem__, column)]


def _is_plain_text(column: list[Any]) -> bool:
    """Return whether all values are text that JSON writes as it is."""
    try:
        text = "".join(column)
    except TypeError:  # faster than to look at the type of each value
        return False
    return text.isascii() and not text.encode().translate(None, _PLAIN)  # half the time of a pattern
