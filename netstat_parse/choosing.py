"""What of the records is wanted: ``--only`` some tables, ``--where`` fields hold a value, these ``--fields``.

Rows are chosen by column before anything is rendered, block by block as they come. What is not chosen is not printed,
whatever the format; in the JSON document its list is empty, and `lines` stays the account of the whole input.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import compress
from typing import Any, NamedTuple

from netstat_parse import render
from netstat_parse.grammar import Columns
from netstat_parse.snapshots import Rows

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


class Choice(NamedTuple):
    """What is wanted; None, or no condition, where it is everything."""

    only: frozenset[str] | None = None
    """Tables."""
    where: tuple[Condition, ...] = ()
    """Conditions, all of which have to hold."""
    fields: tuple[str, ...] | None = None
    """Fields of the records, in this order."""


def tables(text: str) -> list[str]:
    """The tables that are meant, by their names or those of their records: ``connections,unix-socket``.

    Raises:
        ValueError: one of them is no table.
    """
    known = {name: table for table in render.tables() for name in (table, render.kind(table))}
    names = [name.strip().replace("-", "_") for name in text.split(",")]
    for name in names:
        if name not in known:
            raise ValueError(f"there is no table {name!r}; there are {', '.join(render.tables())}")
    return [known[name] for name in names]


def fields(text: str) -> list[str]:
    """The fields that are meant: ``protocol,local_port``.

    Raises:
        ValueError: no table has such a field.
    """
    return [_known(name, [*_branches(), *HEAD]) for name in text.split(",")]


def condition(text: str) -> Condition:
    """A condition: ``state=listen,established``; a value in quotation marks is text, whatever it looks like.

    Raises:
        ValueError: it is no condition, no table has such a field, or the field can never hold such a value.
    """
    name, equals, values = text.partition("=")
    if not (equals and values):
        raise ValueError(f"not a condition: {text}; try state=listen, or state=null for what was not printed")
    field = _known(name, _branches())
    return Condition(field, frozenset(value for word in _split(values) for value in _values(field, word)))


def chosen(rows: Iterable[Rows], choice: Choice, source: str | None) -> Iterator[Rows]:
    """The rows that are wanted, as they come; where fields are, each block has exactly their columns."""
    for table, columns in rows:
        if choice.only is not None and table not in choice.only:
            continue
        for field, values in choice.where:
            columns = _where(table, columns, field, values)  # noqa: PLW2901 - what is left of them
        if not columns:
            continue
        if choice.fields is None:
            yield Rows(table, columns)
        elif picked := _picked(table, columns, choice.fields, source):
            yield Rows(table, picked)


def choice_of(only: Iterable[str] | None, where: Iterable[Condition] | None, fields: Iterable[str] | None) -> Choice:
    """The choice that the options make; None, or nothing, for an option that was not given."""
    return Choice(
        None if only is None else frozenset(only), tuple(where or ()), None if fields is None else tuple(fields)
    )


def had(table: str, names: Iterable[str]) -> list[str]:
    """The wanted fields that records of the table have; none where they have nothing of what is wanted."""
    has = render.fields(table)
    wanted = list(dict.fromkeys(names))
    if any(name in has for name in wanted) or all(name in HEAD for name in wanted):
        return [name for name in wanted if name in has or name in HEAD]
    return []


def records(table: str, columns: Columns) -> Iterator[dict[str, Any]]:
    """The records of a block that has exactly the columns that are wanted, whatever its table."""
    del table
    names = list(columns)
    return (dict(zip(names, values, strict=True)) for values in zip(*columns.values(), strict=True))


def json_records(_table: str, columns: Columns, end: str, _head: Mapping[str, Any] | None = None) -> str:
    """The same as JSON; with no more before the fields than was asked for."""
    return render.joined(dict.fromkeys(columns), columns, end)


def _where(table: str, columns: Columns, field: str, values: frozenset[Any]) -> Columns:
    """The columns of those records for which the condition holds; no columns where it holds for none."""
    has = render.fields(table)
    if field not in has or not columns:
        return {}
    column = columns.get(field)
    if not column:  # it was not printed
        return columns if None in values else {}
    if has[field] is None:
        fitting = [value in values for value in column]
    else:
        fitting = [not values.isdisjoint(_atoms(value)) for value in column]
    if not any(fitting):
        return {}
    return {name: list(compress(values_, fitting)) for name, values_ in columns.items()}


def _atoms(value: Any) -> Iterator[Any]:  # noqa: ANN401 - whatever a list or an object is made of
    """What a list or an object holds; None where it holds nothing."""
    for item in (value.values() if isinstance(value, dict) else value) or [None]:
        if isinstance(item, dict | list):
            yield from (atom for atom in _atoms(item) if atom is not None)
        else:
            yield item


def _picked(table: str, columns: Columns, names: Sequence[str], source: str | None) -> Columns:
    count = max(map(len, columns.values()))
    head = {"kind": render.kind(table), "source": source}
    defaults = head | render.fields(table)
    return {name: columns.get(name) or [defaults[name]] * count for name in had(table, names)}


@cache
def _branches() -> dict[str, list[dict[str, Any]]]:
    """The fields of all tables, each with the JSON Schemas of the values that it, or an item of it, may have."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table in render.tables():
        for name, schema in render.properties(table).items():
            found.setdefault(name, []).extend(_plain(schema))
    return found


def _plain(schema: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    schema = render.resolved(schema)
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
