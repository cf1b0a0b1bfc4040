"""Read documents, CSV, TSV and Markdown back into cells, to compare the output formats."""

import csv
import io
import json
import re
from collections.abc import Iterable
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from netstat_parse.formats.cells import CUT_NOTE
from netstat_parse.formats.display import COLUMNS, format_row, title_table
from netstat_parse.records import fields
from netstat_parse.records.rows import Rows
from netstat_parse.records.values import printable
from support.rendering import RowSource

Tables = dict[str, list[dict[str, Any]]]


def facts(whole: dict[str, Any]) -> Tables:
    """Return the tables of a document without snapshots and diagnostics."""
    return {
        table: whole[table]
        for table in fields.table_names()
        if whole[table] and table not in ("snapshots", "diagnostics")
    }


def cells(whole: dict[str, Any]) -> list[list[str]]:
    """Return the records of a document as cells: the kind first, nothing for null, JSON for lists."""
    return [
        [fields.record_kind(table), *map(cell, record.values())]
        for table, records in facts(whole).items()
        for record in records
    ]


def cell(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def same_types(values: Iterable[str]) -> list[object]:
    """Parse cells of JSON, which can be written in several ways."""
    return [json.loads(value) if value[:1] in ("[", "{") and is_json(value) else value for value in values]


def is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def from_csv(text: str, delimiter: str = ",") -> list[list[str]]:
    """Read the rows of all tables, without headings and empty lines."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [row for row in rows if row and row[:3] != ["kind", "snapshot", "line"]]


def from_tsv(text: str) -> list[list[str]]:
    rows = [line.split("\t") for line in text.split("\n") if line and not line.startswith("kind\tsnapshot\tline\t")]
    return [[unescaped(value) for value in row] for row in rows]


def unescaped(value: str) -> str:
    """Replace the escapes of a cell, which are those of a Python string."""
    return value.encode("latin-1", "backslashreplace").decode("unicode_escape")


def is_number(text: str) -> bool:
    return re.fullmatch(r"-?[\d.e+-]+", text) is not None and is_json(text)


PeopleTables = dict[tuple[str, str], list[list[tuple[str, str]]]]
"""The tables for people by the titles of snapshot and table: the rows in order, each with the heading and the text of
every cell that is not empty."""


def tables_for_people(whole: dict[str, Any]) -> PeopleTables:
    found: PeopleTables = {}
    for table, records in facts(whole).items():
        for record in records:
            row = label_cells(COLUMNS[table], format_row(COLUMNS[table], record))
            found.setdefault((title_snapshot(whole, record["snapshot"]), title_table(table)), []).append(row)
    return {titles: rows for titles, rows in found.items() if any(rows)}


def title_snapshot(whole: dict[str, Any], index: int) -> str:
    """Return the title of a snapshot; nothing for the only one of a document if it has no name."""
    found = next((snapshot for snapshot in whole["snapshots"] if snapshot["index"] == index), None)
    if found is None:
        return ""
    names = [found[name] for name in ("command", "captured_at", "started_at", "origin") if found[name]]
    if not names and len(whole["snapshots"]) == 1:
        return ""
    return ", ".join(map(printable, [*names, f"line {found['first_line']}", found["system"]]))


def label_cells(headings: Iterable[str], texts: Iterable[str]) -> list[tuple[str, str]]:
    return [(heading, text.strip()) for heading, text in zip(headings, texts, strict=True) if text.strip()]


def from_markdown(text: str) -> PeopleTables:
    """Read the tables, each with the headings above it; fail for anything else."""
    found: PeopleTables = {}
    titles, block, rows = {"h2": "", "h3": ""}, "", list[list[str]]()
    for token in MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text):
        assert token.type in BLOCKS
        if token.type in ("heading_open", "paragraph_open", "table_open"):
            block, rows = token.tag if token.type == "heading_open" else token.type, []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and block == "table_open":
            rows[-1].append(plain(token))
        elif token.type == "inline" and block in titles:
            titles = {"h2": titles["h2"], "h3": ""} | {block: plain(token)}
            assert titles[block]
        elif token.type == "inline":
            assert plain(token) == CUT_NOTE
        elif token.type == "table_close":
            key = (titles["h2"], titles["h3"]) if titles["h3"] else ("", titles["h2"])
            found.setdefault(key, []).extend(label_cells(rows[0], row) for row in rows[1:])
    return found


BLOCKS = {"inline"} | {
    f"{name}_{end}"
    for name in ("heading", "paragraph", "table", "thead", "tbody", "tr", "th", "td")
    for end in ("open", "close")
}


def plain(token: Token) -> str:
    """Return the text of a token; fail if it has markup."""
    children = [child for child in token.children or [] if (child.type, child.content) != ("html_inline", "<!-- -->")]
    assert {child.type for child in children} <= {"text"}
    return "".join(child.content for child in children).strip()


def program(text: str) -> RowSource:
    """Return a connection of this program."""
    return RowSource([Rows("connections", {"snapshot": [0], "line": [1], "protocol": ["tcp"], "program": [text]})])
