"""Generate the fields in the documentation of `from_netstat` from the JSON Schema."""

import json
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from netstat_parse.records.fields import document_schema, resolve_reference

TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "array": "list", "object": "dict"}
"""Types of Ansible by those of JSON Schema."""

FIRST = "      schema_version:\n"
"""The line where the generated fields begin."""

WIDTH = 120


def document_fields(text: str) -> str:
    """Return the file of documentation with all fields of the schema below its return value."""
    fields = (
        line for name, field in document_schema()["properties"].items() for line in _document(name, field, " " * 6)
    )
    return text[: text.index(FIRST)] + "".join(f"{line}\n" for line in fields)


def _document(name: str, field: Mapping[str, Any], indent: str) -> Iterator[str]:
    shape = _without_null(field)
    record = _without_null(shape.get("items", shape))
    yield f"{indent}{name}:"
    yield _describe(" ".join(field["description"].split()), f"{indent}  ")
    yield f"{indent}  type: {TYPES[shape.get('type', 'string')]}"
    if shape.get("type") == "array":
        yield f"{indent}  elements: {TYPES[record.get('type', 'string')]}"
    if "properties" in record:
        yield f"{indent}  contains:"
        for below, own in record["properties"].items():
            yield from _document(below, own, f"{indent}    ")


def _without_null(field: Mapping[str, Any]) -> Mapping[str, Any]:
    (found,) = [choice for choice in field.get("anyOf", [field]) if choice.get("type") != "null"]
    return resolve_reference(found)


def _describe(text: str, indent: str) -> str:
    is_plain = ": " not in text and " #" not in text and text[0].isalpha()
    line = f"{indent}description: {text if is_plain else json.dumps(text, ensure_ascii=False)}"
    if len(line) <= WIDTH:
        return line
    lines = textwrap.wrap(text, WIDTH - len(indent) - 2, break_long_words=False, break_on_hyphens=False)
    return "\n".join([f"{indent}description: >-", *(f"{indent}  {line}" for line in lines)])
