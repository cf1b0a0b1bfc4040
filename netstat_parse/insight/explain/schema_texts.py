"""Add the meanings of counters, states and flags to the JSON Schema of the document.

They are annotations, which validators ignore: ``x-meanings`` maps each value of a field to its meaning.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from netstat_parse.insight.explain.counters import INTERFACE, load_counters
from netstat_parse.insight.explain.fields import load_fields
from netstat_parse.insight.explain.words import load_flags, load_states

KEYWORD = "x-meanings"


def add_meanings(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema with the meanings of values, and with the field that ``--explain`` adds."""
    explained = deepcopy(dict(schema))
    counter = explained["$defs"]["Counter"]["properties"]
    counter["kernel_name"][KEYWORD] = {
        facts.kernel_name: facts.meaning
        for facts in load_counters().values()
        if not facts.kernel_name.startswith(f"{INTERFACE}.")
    }
    counter["meaning"] = {
        "anyOf": [{"type": "string"}, {"type": "null"}],
        "description": load_fields()["counters.meaning"],
        "title": "Meaning",
    }
    for path, word, meaning in _words():
        table, _, field = path.partition(".")
        model = explained["properties"][table]["items"]["$ref"].rpartition("/")[2]
        explained["$defs"][model]["properties"][field].setdefault(KEYWORD, {}).setdefault(word, meaning)
    return explained


def _words() -> Iterator[tuple[str, str, str]]:
    """Yield the words that the schema has for states, types, timers and flags: field, word, meaning."""
    for known in (*load_states(), *load_flags()):
        path, _, word = (known.explanation.names.schema_name or "").partition(": ")
        if word:
            yield path, word, known.explanation.meaning
