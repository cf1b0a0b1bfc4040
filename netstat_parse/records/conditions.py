"""Parse the values of ``--only``, ``--where`` and ``--fields``."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from netstat_parse.records.condition_words import spellings
from netstat_parse.records.fields import field_schemas, record_kind, resolve_reference, table_names
from netstat_parse.records.services import find_names, find_ports
from netstat_parse.records.values import find_similar, suggest

PREFIX_FIELDS = ("kind", "source")
"""Names that `--fields` accepts beside those of the records' own fields: the kind of record, and the input's name."""

MAX_SUGGESTIONS = 3
"""Maximum number of fields that a message suggests for an unknown one."""

PYTHON_TYPES: Mapping[str, tuple[type, ...]] = {
    "integer": (int,),
    "number": (int, float),
    "string": (str,),
    "boolean": (bool,),
    "null": (type(None),),
}
"""The Python types of values of each JSON Schema type."""


class Alternative(NamedTuple):
    """Another way to meet a condition: these fields of a record have one of these combinations of values."""

    fields: tuple[str, ...]
    values: frozenset[tuple[Any, ...]]


class Condition(NamedTuple):
    """A condition on a field: its value, or one item of its list, must be one of these values."""

    field: str
    values: frozenset[Any]
    alternatives: tuple[Alternative, ...] = ()
    """For a port the names of its services, and for a service its ports: netstat prints one of them."""
    text: str = ""
    """The condition as it was given, for messages."""


def parse_tables(text: str) -> list[str]:
    """Parse a list of tables, by their names or the kinds of their records: ``connections,unix-socket``.

    Raises:
        ValueError: there is no such table.
    """
    known = {name: table for table in table_names() for name in (table, record_kind(table))}
    names = [name.strip().replace("-", "_") for name in text.split(",")]
    for name in names:
        if name not in known:
            hint = suggest(map(known.__getitem__, find_similar(name, known)))
            raise ValueError(f"no such table: {name!r}{hint or ';'} the tables are {', '.join(table_names())}")
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
    words = list(_split_values(values))
    found = frozenset(value for word in words for value in _field_values(field, word))
    return Condition(field, found, tuple(_find_alternatives(field, found)), text)


def check_selection(
    tables: Collection[str] | None, conditions: Sequence[Condition], fields: Sequence[str] = ()
) -> None:
    """Check that records of the selected tables can have the fields and meet the conditions.

    Args:
        tables: the selected tables; None for all.
        conditions: the conditions.
        fields: the selected fields.

    Raises:
        ValueError: only other tables have a field or such a value in it; the message names them.
    """
    tables = table_names() if tables is None else tables
    for field in fields:
        if field not in PREFIX_FIELDS:
            _require_field(field, tables)
    for condition in conditions:
        _check_condition(condition, tables)
    if not any(all(_can_meet(condition, table) for condition in conditions) for table in tables):
        texts = " and ".join(condition.text for condition in conditions)
        raise ValueError(f"no table has records that can meet all of {texts}")


def _require_field(field: str, tables: Collection[str]) -> list[str]:
    """Return those of the tables that have the field."""
    with_field = [table for table in table_names() if field in field_schemas(table)]
    if found := [table for table in with_field if table in tables]:
        return found
    raise ValueError(f"{field} is a field of {_join_names(with_field)}, not of {_join_names(tables)}")


def _check_condition(condition: Condition, tables: Collection[str]) -> None:
    with_field = _require_field(condition.field, tables)
    if any(_can_meet(condition, table) for table in with_field):
        return
    others = _join_names(table for table in table_names() if _can_meet(condition, table))
    schemas = [schema for table in with_field for schema in _table_schemas(table)[condition.field]]
    raise ValueError(
        f"{condition.text} is a value of {others}; "
        f"{condition.field} of {_join_names(with_field)} is {_describe_values(schemas)} or null"
    )


def _can_meet(condition: Condition, table: str) -> bool:
    schemas = _table_schemas(table).get(condition.field, ())
    return any(_is_valid(value, schema) or value is None for value in condition.values for schema in schemas)


def _join_names(names: Iterable[str]) -> str:
    return " and ".join(names)


@cache
def _table_schemas(table: str) -> dict[str, list[dict[str, Any]]]:
    """Map each field of a table to the JSON Schemas of its scalar values, or of the scalars in its lists."""
    return {name: list(_scalars_of(schema)) for name, schema in field_schemas(table).items()}


@cache
def _scalar_schemas() -> dict[str, list[dict[str, Any]]]:
    """Map each field of all tables to the JSON Schemas of its values, as `_table_schemas` does."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table in table_names():
        for name, schemas in _table_schemas(table).items():
            found.setdefault(name, []).extend(schemas)
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
    hint = suggest(find_similar(name, fields, MAX_SUGGESTIONS)) or "; `netstat-parse schema` lists the fields"
    raise ValueError(f"no table has a field {name!r}{hint}")


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
    readings = [value, value if word.startswith('"') else word]
    if not word.startswith('"'):
        readings += spellings(field, word, [value for schema in schemas for value in _enumerated(schema)])
        readings += [port for port, _ in find_ports(word)] if field.endswith("_port") else []
    found = [reading for reading in readings if any(_is_valid(reading, schema) for schema in schemas)]
    if not found:
        near = suggest(find_similar(word, [value for schema in schemas for value in _enumerated(schema)]))
        raise ValueError(f"{field} cannot be {word}{near or ';'} it is {_describe_values(schemas)} or null")
    return [*{(type(reading), reading): reading for reading in found}.values()]


def _find_alternatives(field: str, values: Iterable[Any]) -> Iterator[Alternative]:
    """Find the services of ports, and the ports and other names of services: netstat prints one of them."""
    side, _, kind = field.rpartition("_")
    port, service = f"{side}_port", f"{side}_service"
    if field not in {port, service} or not {port, service} <= _scalar_schemas().keys():
        return
    given = [value for value in values if value is not None]
    ports = {found for name in given for found in find_ports(name)} if kind == "service" else set()
    names = {
        (name, protocol)
        for number in (given if kind == "port" else {number for number, _ in ports})
        for name, protocol in find_names(number)
        if kind == "port" or (number, protocol) in ports
    }
    yield from (
        Alternative((other, "protocol"), frozenset(found))
        for other, found in ((port, ports), (service, names))
        if found
    )


def _describe_values(schemas: Iterable[Mapping[str, Any]]) -> str:
    """List the words that a field can have, or their types if it can have any."""
    words = [word for schema in schemas for word in _enumerated(schema)]
    types = [schema["type"] for schema in schemas if schema["type"] != "null"]
    return ", ".join(dict.fromkeys(words or types))


def _enumerated(schema: Mapping[str, Any]) -> list[Any]:
    """List the values that a field is limited to; none if it is not."""
    return [word for word in schema.get("enum", [schema.get("const")]) if word]


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
