"""The fields of the schema, with the meaning in their docstrings."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, get_args

from pydantic.fields import FieldInfo

from netstat_parse.schema import TABLES, Dump
from netstat_parse.schema.dump import Lines
from netstat_parse.schema.explanation import Explanation, TermNames
from netstat_parse.schema.interfaces import Address

if TYPE_CHECKING:
    from netstat_parse.schema.model import Model


@cache
def load_fields() -> dict[str, str]:
    """Load the meaning of each field by its path: ``connections.state``, ``interfaces.addresses.scope``."""
    models: dict[str, type[Model]] = {**TABLES, "interfaces.addresses": Address, "lines": Lines}
    found = {name: _meaning(field) for name, field in Dump.model_fields.items()}
    for path, model in models.items():
        found |= {f"{path}.{name}": _meaning(field) for name, field in model.model_fields.items()}
    return found


def explain_field(path: str, term: str = "") -> Explanation:
    """Make the explanation of a field."""
    return Explanation(
        term=term,
        kind="field",
        names=TermNames(schema=path),
        meaning=load_fields()[path],
        sources=["JSON Schema of netstat-parse"],
    )


def names_of(path: str) -> Iterator[str]:
    """Yield the names of a field: with its table, with the kind of its records, and alone."""
    table, _, name = path.rpartition(".")
    yield from (path, name)
    if table:
        yield f"{table.removesuffix('s')}.{name}"


def words_of(path: str) -> Iterator[str]:
    """Yield the words that a field can have."""
    table, _, name = path.partition(".")
    model = TABLES.get(table)
    field = model.model_fields.get(name) if model else None
    for choice in (field.annotation, *get_args(field.annotation)) if field else ():
        yield from (word for word in get_args(choice) if isinstance(word, str))


def _meaning(field: FieldInfo) -> str:
    return " ".join((field.description or "").split())
