"""The JSON document as YAML, which any reader of YAML 1.1 or 1.2 reads back as the same values.

PyYAML writes what has to be thought about: which text needs quotation marks. It does so for the different values of a
column, a line for each, since to build every record as a tree of nodes would take thirty times as long as JSON.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import repeat
from typing import Any

import yaml

from netstat_parse.records.fields import SCHEMA_VERSION, tables
from netstat_parse.records.rows import Rows

NUMBER = re.compile(r"[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|0o[0-7]+|0x[\da-fA-F]+")
"""Text that YAML 1.2 takes for a number. PyYAML knows YAML 1.1, and sees to what that takes for anything but text."""


WIDTH = 1 << 30
"""Characters in a line: no text is to be folded."""


@cache
def dumper() -> Any:  # noqa: ANN401 - of one of two classes, of which the stubs know one
    """The writer, in C where PyYAML has been built with it."""

    class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc] # see the return type
        def ignore_aliases(self, _data: object) -> bool:
            return True  # records may share a list, which is no fact to be told

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        is_quoted = NUMBER.fullmatch(value) or not value.isprintable()  # a line break must not become one
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, '"' if is_quoted else None)

    Dumper.add_representer(str, text)
    return Dumper


def _dump(value: object, *, flow: bool = False) -> str:
    text = yaml.dump(value, Dumper=dumper(), sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=flow)
    return str(text)


def document(
    blocks: Iterable[tuple[Rows, Mapping[str, Any]]], source: str | None, lines: Callable[[], Mapping[str, int]]
) -> Iterator[str]:
    """The document in pieces, of rows and the fields to be printed of them.

    `lines` is asked for the account of lines when all rows have been read.
    """
    parts: dict[str, list[str]] = {table: [] for table in tables()}
    for rows, fields in blocks:
        parts[rows.kind].append("".join(records(rows, fields)))
    yield "---\n"
    yield _dump({"schema_version": SCHEMA_VERSION, "source": source})
    for table, texts in parts.items():
        yield f"{table}:\n" if texts else f"{table}: []\n"
        yield from texts
    yield _dump({"lines": dict(lines())})


def records(rows: Rows, fields: Mapping[str, Any]) -> Iterator[str]:
    """The records as items of a list, with these fields; each has the value that stands for what was not printed."""
    form = "- " + "\n  ".join(f"{name}: %s" for name in fields) + "\n"
    count = max(map(len, rows.columns.values()))
    columns = (rows.columns.get(name) or [default] for name, default in fields.items())
    return map(form.__mod__, zip(*(_texts(column, count) for column in columns), strict=False))


def _texts(column: list[Any], count: int) -> Iterable[str]:
    """The values as YAML; the same for all records where there is but one."""
    types = set(map(type, column))
    if types & {list, dict}:
        texts = [_dump(value, flow=True)[:-1] if value or value is None else str(value) for value in column]
    elif types == {int}:
        texts = list(map(str, column))
    else:
        values = list(set(column))
        known = dict(zip(values, _dump(values).split("\n"), strict=False))
        texts = [known[value].removeprefix("- ") for value in column]
    return repeat(texts[0], count) if len(texts) == 1 else texts
