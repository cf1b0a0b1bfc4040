"""The JSON document as YAML, which parsers of YAML 1.1 and 1.2 read as the same values.

PyYAML decides which text needs quotation marks, once for each distinct value of a column; a template puts the values
into records. To hand whole records to PyYAML takes about 15 times as long, and 30 times as long as JSON.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import repeat
from typing import Any

import yaml

from netstat_parse.formats.styles import KEY, paint
from netstat_parse.formats.table_chunks import TableChunks
from netstat_parse.formats.task import Blocks, WriteTask
from netstat_parse.records.fields import SCHEMA_VERSION, table_names
from netstat_parse.records.rows import Columns

NUMBER = re.compile(r"[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|0o[0-7]+|0x[\da-fA-F]+")
"""Text that YAML 1.2 reads as a number. PyYAML itself quotes what YAML 1.1 reads as anything but text."""

_KEY = re.compile(r"^(- |  )?(\w++)(?=:[ \n])", re.MULTILINE)

UNLIMITED_WIDTH = 1 << 30
"""Line width in characters, so that PyYAML breaks no text."""


class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc] # libyaml's, if PyYAML was built with it
    """Writes values without anchors, and text so that both versions of YAML read it as text."""

    def ignore_aliases(self, _data: object) -> bool:
        """Write a list that several records share in each of them."""
        return True

    def represent_text(self, text: str) -> yaml.ScalarNode:
        """Quote text that looks like a number; escape line breaks and what is not printable."""
        style = '"' if NUMBER.fullmatch(text) or not text.isprintable() else None
        node: yaml.ScalarNode = self.represent_scalar("tag:yaml.org,2002:str", text, style)
        return node


Dumper.add_representer(str, Dumper.represent_text)


def write_yaml(task: WriteTask) -> None:
    """Write the document; for an answer a mapping with its table."""
    if task.answer:
        texts = ["".join(yaml_records(rows.columns, defaults)) for rows, defaults in task.blocks()]
        source = _dump({"source": task.source.name}) if task.answer.is_of_input else ""
        table = f"{task.answer.table}:\n{''.join(texts)}" if texts else f"{task.answer.table}: []\n"
        document: Iterable[bytes] = [f"---\n{source}{table}".encode()]
    else:
        document = yaml_document(task.blocks(), task.source.name, lambda: task.source.lines)
    if task.appearance.has_color:
        document = (_paint_keys(text.decode()).encode() for text in document)
    task.file.writelines(document)


def _paint_keys(text: str) -> str:
    """Paint the keys at the beginnings of lines. A value has no line of its own, as PyYAML breaks and folds none."""
    return _KEY.sub(lambda found: (found[1] or "") + paint(found[2], KEY), text)


def yaml_document(blocks: Blocks, name: str | None, lines: Callable[[], Mapping[str, int]]) -> Iterator[bytes]:
    """Yield the document in chunks of whole lines, as `json_writer.json_document` does."""
    with TableChunks() as tables:
        for rows, defaults in blocks:
            tables.add(rows.kind, "".join(yaml_records(rows.columns, defaults)).encode())
        yield f"---\n{_dump({'schema_version': SCHEMA_VERSION, 'source': name})}".encode()
        for table in table_names():
            yield (f"{table}:\n" if table in tables else f"{table}: []\n").encode()
            yield from tables.read(table)
        yield _dump({"lines": dict(lines())}).encode()


def yaml_records(columns: Columns, defaults: Mapping[str, Any]) -> Iterator[str]:
    """Encode each record as an item of a list; `defaults` are its fields in order (see `Blocks`)."""
    template = "- " + "\n  ".join(f"{name}: %s" for name in defaults) + "\n"
    count = max(map(len, columns.values()))
    texts = (_encode_column(columns.get(name) or [default], count) for name, default in defaults.items())
    return map(template.__mod__, zip(*texts, strict=False))


def _encode_column(column: list[Any], count: int) -> Iterable[str]:
    """Encode the values; a single one is repeated for all records."""
    types = set(map(type, column))
    if types & {list, dict}:
        texts = [_dump(value, flow=True)[:-1] if value or value is None else str(value) for value in column]
    elif types == {int}:
        texts = list(map(str, column))
    else:
        values = list(set(column))
        known = dict(zip(values, _dump(values).split("\n"), strict=False))  # "- value" on a line each
        texts = [known[value].removeprefix("- ") for value in column]
    return repeat(texts[0], count) if len(texts) == 1 else texts


def _dump(value: object, *, flow: bool = False) -> str:
    text = yaml.dump(
        value, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=UNLIMITED_WIDTH, default_flow_style=flow
    )
    return _escape_unprintable(str(text))


def _escape_unprintable(text: str) -> str:
    """Escape what PyYAML writes as it is and a terminal interprets, such as marks of the direction of text.

    All of it is within quotation marks: see `Dumper.represent_text`.
    """
    if text.isascii() or text.replace("\n", "").isprintable():
        return text
    return "".join(char if char.isprintable() or char == "\n" else _escape(char) for char in text)


def _escape(char: str) -> str:
    return f"\\u{ord(char):04x}" if char <= "\uffff" else f"\\U{ord(char):08x}"
