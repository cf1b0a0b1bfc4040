"""Parse the values of ``--only``, ``--where`` and ``--fields``."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from netstat_parse.records.fields import field_schemas, record_kind, resolve_reference, table_names

PREFIX_FIELDS = ("kind", "source")
"""Names that `--fields` accepts beside those of the records' own fields: the kind of record, and the input's name."""

PYTHON_TYPES: Mapping[str, tuple[type, ...]] = {
    "integer": (int,),
    "number": (int, float),
    "string": (str,),
    "boolean": (bool,),
    "null": (type(None),),
}
"""The Python types of values of each JSON Schema type."""


class Condition(NamedTuple):
    """A condition on a field: its value, or one item of its list, must be one of these values."""

    field: str
    values: frozenset[Any]


def parse_tables(text: str) -> list[str]:
    """Parse a list of tables, by their names or the kinds of their records: ``connections,unix-socket``.

    Raises:
        ValueError: there is no such table.
    """
    known = {name: table for table in table_names() for name in (table, record_kind(table))}
    names = [name.strip().replace("-", "_") for name in text.split(",")]
    for name in names:
        if name not in known:
            raise ValueError(f"no such table: {name!r}; the tables are {', '.join(table_names())}")
    return [known[name] for name in names]


def parse_fields(text: str) -> list[str]:
    """Parse a list of fields: ``protocol,local_port``.

    Raises:
        ValueError: no table has such a field.
    """
    return [_find_field(name, [*_scalar_schemas(), *PREFIX_FIELDS]) for name in text.split(",")]


def parse_condition(text: str) -> Condition:
    """Parse a condition: ``state=listen,established``. A value in quotation marks is always text.

    Raises:
        ValueError: the syntax is wrong, no table has such a field, or the field cannot have such a value.
    """
    name, equals, values = text.partition("=")
    if not (equals and values):
        raise ValueError(f"not a condition: {text}; write FIELD=VALUE, as in state=listen, or state=null for no value")
    field = _find_field(name, _scalar_schemas())
    return Condition(field, frozenset(value for word in _split_values(values) for value in _field_values(field, word)))


@cache
def _scalar_schemas() -> dict[str, list[dict[str, Any]]]:
    """Map each field of all tables to the JSON Schemas of its scalar values, or of the scalars in its lists."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table in table_names():
        for name, schema in field_schemas(table).items():
            found.setdefault(name, []).extend(_scalars_of(schema))
    return found


def _scalars_of(schema: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    schema = resolve_reference(schema)
    inner = [*schema.get("anyOf", ()), *schema.get("properties", {}).values()]
    inner += [schema[name] for name in ("items", "additionalProperties") if isinstance(schema.get(name), dict)]
    if not inner and "type" in schema:
        yield dict(schema)
    for subschema in inner:
        yield from _scalars_of(subschema)


def _find_field(name: str, fields: Collection[str]) -> str:
    name = name.strip().replace("-", "_")
    if name in fields:
        return name
    from difflib import get_close_matches

    close = " or ".join(get_close_matches(name, fields, 3))
    hint = f"did you mean {close}?" if close else "`netstat-parse schema` lists the fields"
    raise ValueError(f"no table has a field {name!r}; {hint}")


def _split_values(text: str) -> Iterator[str]:
    """Split at the commas that are outside quotation marks."""
    while text:
        end = text.find(",")
        if text.startswith('"'):
            try:
                end = json.JSONDecoder().raw_decode(text)[1]
            except ValueError:
                raise ValueError(f"missing closing quotation mark: {text}") from None
            if text[end : end + 1] not in ("", ","):
                raise ValueError(f"expected a comma after the closing quotation mark: {text}")
        end = len(text) if end < 0 else end
        yield text[:end]
        text = text[end + 1 :]


def _field_values(field: str, word: str) -> list[object]:
    """List the values of the field that a word can mean: 22 is a number for a port, and text for a program.

    Raises:
        ValueError: the field cannot have such a value.
    """
    value = _parse_word(word)
    if value is None:
        return [None]
    schemas = _scalar_schemas()[field]
    readings = {type(value): value, str: value if word.startswith('"') else word}
    if found := [reading for reading in readings.values() if any(_is_valid(reading, schema) for schema in schemas)]:
        return found
    raise ValueError(f"{field} cannot be {word}; it is {_describe_values(schemas)} or null")


def _describe_values(schemas: Iterable[Mapping[str, Any]]) -> str:
    """List the words that a field can have, or their types if it can have any."""
    words = [word for schema in schemas for word in schema.get("enum", [schema.get("const")]) if word]
    types = [schema["type"] for schema in schemas if schema["type"] != "null"]
    return ", ".join(dict.fromkeys(words or types))


def _parse_word(word: str) -> object:
    """Parse a scalar in JSON; anything else is text."""
    try:
        value = json.loads(word, parse_constant=str)
    except ValueError:
        return word
    return word if isinstance(value, list | dict) else value


def _is_valid(value: object, schema: Mapping[str, Any]) -> bool:
    if type(value) not in PYTHON_TYPES.get(schema["type"], ()):
        return False
    return value in schema.get("enum", [schema.get("const", value)])
