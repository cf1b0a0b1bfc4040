"""Parse the values of ``--only``, ``--where`` and ``--fields``."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from netstat_parse.records import fields

HEAD = ("kind", "source")
"""What `--fields` may name beside the fields of the records: the name of their kind, and of the input."""


TYPES: Mapping[str, tuple[type, ...]] = {
    "integer": (int,),
    "number": (int, float),
    "string": (str,),
    "boolean": (bool,),
    "null": (type(None),),
}
"""What JSON Schema calls the types of values."""


class Condition(NamedTuple):
    """A field that has to hold one of some values; of a list, one of its items has to be one."""

    field: str
    values: frozenset[Any]


def parse_tables(text: str) -> list[str]:
    """The tables that are meant, by their names or those of their records: ``connections,unix-socket``.

    Raises:
        ValueError: one of them is no table.
    """
    known = {name: table for table in fields.tables() for name in (table, fields.record_kind(table))}
    names = [name.strip().replace("-", "_") for name in text.split(",")]
    for name in names:
        if name not in known:
            raise ValueError(f"there is no table {name!r}; there are {', '.join(fields.tables())}")
    return [known[name] for name in names]


def parse_fields(text: str) -> list[str]:
    """The fields that are meant: ``protocol,local_port``.

    Raises:
        ValueError: no table has such a field.
    """
    return [_known(name, [*_branches(), *HEAD]) for name in text.split(",")]


def parse_condition(text: str) -> Condition:
    """A condition: ``state=listen,established``; a value in quotation marks is text, whatever it looks like.

    Raises:
        ValueError: it is no condition, no table has such a field, or the field can never hold such a value.
    """
    name, equals, values = text.partition("=")
    if not (equals and values):
        raise ValueError(f"not a condition: {text}; try state=listen, or state=null for what was not printed")
    field = _known(name, _branches())
    return Condition(field, frozenset(value for word in _split(values) for value in _values(field, word)))


@cache
def _branches() -> dict[str, list[dict[str, Any]]]:
    """The fields of all tables, each with the JSON Schemas of the values that it, or an item of it, may have."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table in fields.tables():
        for name, schema in fields.properties(table).items():
            found.setdefault(name, []).extend(_plain(schema))
    return found


def _plain(schema: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    schema = fields.resolved(schema)
    inner = [*schema.get("anyOf", ()), *schema.get("properties", {}).values()]
    inner += [schema[name] for name in ("items", "additionalProperties") if isinstance(schema.get(name), dict)]
    if not inner and "type" in schema:
        yield dict(schema)
    for part in inner:
        yield from _plain(part)


def _known(name: str, names: Collection[str]) -> str:
    name = name.strip().replace("-", "_")
    if name in names:
        return name
    from difflib import get_close_matches

    close = " or ".join(get_close_matches(name, names, 3))
    raise ValueError(
        f"no table has a field {name!r}; {f'did you mean {close}?' if close else 'see netstat-parse schema'}"
    )


def _split(text: str) -> Iterator[str]:
    """The values between the commas that are not within quotation marks."""
    while text:
        end = text.find(",")
        if text.startswith('"'):
            try:
                end = json.JSONDecoder().raw_decode(text)[1]
            except ValueError:
                raise ValueError(f"no end of what is in quotation marks: {text}") from None
            if text[end : end + 1] not in ("", ","):
                raise ValueError(f"no comma behind what is in quotation marks: {text}")
        end = len(text) if end < 0 else end
        yield text[:end]
        text = text[end + 1 :]


def _values(field: str, word: str) -> list[object]:
    """The values of the field that are written so.

    Raises:
        ValueError: it can have no such value.
    """
    value = _read(word)
    if value is None:
        return [None]
    branches = _branches()[field]
    readings = {type(value): value, str: value if word.startswith('"') else word}
    if found := [reading for reading in readings.values() if any(_may_be(reading, branch) for branch in branches)]:
        return found
    raise ValueError(f"{field} is never {word}: {_possible(branches)}")


def _possible(branches: Iterable[Mapping[str, Any]]) -> str:
    """What values there are, for who has named another."""
    words = [word for branch in branches for word in branch.get("enum", [branch.get("const")]) if word]
    types = [branch["type"] for branch in branches if branch["type"] != "null"]
    return f"it is {', '.join(dict.fromkeys(words or types))} or null"


def _read(word: str) -> object:
    """What the word is in JSON; itself where it is nothing, or nothing that stands alone."""
    try:
        value = json.loads(word, parse_constant=str)
    except ValueError:
        return word
    return word if isinstance(value, list | dict) else value


def _may_be(value: object, branch: Mapping[str, Any]) -> bool:
    if type(value) not in TYPES.get(branch["type"], ()):
        return False
    return value in branch.get("enum", [branch.get("const", value)])
