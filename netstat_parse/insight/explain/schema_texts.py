"""Add the meanings of counters, states and flags to the JSON Schema of the document.

They are annotations, which validators ignore: ``x-meanings`` maps each value of a field to its meaning. This module
does without the models, as the command ``schema`` does.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from netstat_parse.insight.explain.term_data import read_data
from netstat_parse.insight.facts.counters import INTERFACE, load_counters

KEYWORD = "x-meanings"

MEANING_FIELD = "Meaning of the counter, which only `--explain` adds to the output; otherwise the field is missing."


def add_meanings(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema with the meanings of values, and with the field that ``--explain`` adds."""
    explained = deepcopy(dict(schema))
    counter = explained["$defs"]["Counter"]["properties"]
    counter["meaning"] = {
        "anyOf": [{"type": "string"}, {"type": "null"}],
        "description": MEANING_FIELD,
        "title": "Meaning",
    }
    for path, word, meaning in (*_counters(), *_states(), *_flags()):
        table, _, field = path.partition(".")
        model = explained["properties"][table]["items"]["$ref"].rpartition("/")[2]
        found = explained["$defs"][model]["properties"][field]
        if word in _enumerated(found, [word]):
            found.setdefault(KEYWORD, {}).setdefault(word, meaning)
    return explained


def _enumerated(field: Mapping[str, Any], default: list[str]) -> list[str]:
    """Return the words that the schema lists for a field, or the default if any is allowed."""
    choices = [field, *field.get("anyOf", ()), field.get("items", {})]
    return next((choice["enum"] for choice in choices if "enum" in choice), default)


def _counters() -> Iterator[tuple[str, str, str]]:
    """Yield the counters that the kernel has: field, name, meaning."""
    for facts in load_counters().values():
        table, _, name = facts.kernel_name.partition(".")
        if table != INTERFACE and not name.islower():
            yield "counters.kernel_name", facts.kernel_name, facts.meaning


def _states() -> Iterator[tuple[str, str, str]]:
    """Yield the words that the schema has for states, types and timers: field, word, meaning."""
    for part in read_data("states.toml").values():
        for word, entry in part.items():
            if isinstance(entry, dict) and part["field"] != "connections.offload_state":  # which is as printed
                yield part["field"], word, entry["meaning"]


def _flags() -> Iterator[tuple[str, str, str]]:
    for table in read_data("flags.toml").values():
        yield from ((table["field"], name, meaning) for name, meaning, *_ in table["letters"].values())
