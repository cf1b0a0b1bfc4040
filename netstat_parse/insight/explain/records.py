"""Find the record of a line, and explain it field by field."""

from collections.abc import Iterator
from typing import Any

from netstat_parse.insight import moments
from netstat_parse.insight.explain.counter_terms import explain_counter
from netstat_parse.insight.explain.fields import explain_field
from netstat_parse.insight.explain.term_data import read_data
from netstat_parse.insight.explain.words import QUEUES, load_flags, load_states
from netstat_parse.insight.facts.counters import INTERFACE, CounterFacts, find_counter, guess_counter
from netstat_parse.schema import TABLES, Connection, Counter, Dump, Interface, PrintedRecord
from netstat_parse.schema.explanation import Explanation, FieldExplanation

MAX_INTERFACE_LINES = 12
"""Maximum number of lines of an interface of ``netstat -ie``."""

_PLACE = ("snapshot", "line")
"""Fields that give the place of a record, and are no facts about the network."""


def find_counter_of(protocol: str, name: str, kernel_name: str | None) -> CounterFacts | None:
    """Find the facts of a counter record; those of a newer kernel's counter follow from its name."""
    own = kernel_name or f"{protocol}.{name}"
    return find_counter(own) or guess_counter(own)


def explain_record(record: PrintedRecord) -> Iterator[FieldExplanation]:
    """Explain each field of a record that netstat printed; of a counter first what it counts."""
    table = next(name for name, model in TABLES.items() if type(record) is model)
    values = record.model_dump(mode="json", exclude=set(_PLACE))
    if isinstance(record, Counter):
        facts = find_counter_of(record.protocol, record.name, record.kernel_name)
        if facts:
            value = record.text if record.value is None else record.value
            yield _add_value(explain_counter(facts, record.label), record, table, value)
    for name, value in values.items():
        if value in (None, [], {}):
            continue
        counter = find_counter(f"{INTERFACE}.{name}") if table == "interfaces" else None
        found = explain_counter(counter, name) if counter else explain_field(f"{table}.{name}", name)
        meanings = [_explain_word(f"{table}.{name}", word, values.get("family")) for word in _words(value)]
        text = " ".join([found.meaning, *filter(None, meanings), *_explain_queue(name, values.get("state"))])
        yield _add_value(found.model_copy(update={"meaning": text}), record, table, value)


def _words(value: object) -> list[str]:
    words = value if isinstance(value, list) else [value]
    return [word for word in words if isinstance(word, str)]


def _explain_word(path: str, word: str, family: str | None) -> str | None:
    """Return the meaning of a state, type, timer or flag; flags of routes differ by family."""
    known = (*load_states(), *load_flags())
    found = [each for each in known if each.explanation.names.schema_name == f"{path}: {word}"]
    of_family = [each for each in found if each.family in {family, None}] or found
    return f"{word}: {of_family[0].bare_meaning or of_family[0].explanation.meaning}" if of_family else None


def _explain_queue(name: str, state: str | None) -> list[str]:
    """Return what a queue means in this state; an empty one needs no words."""
    entry = read_data("states.toml")["states"].get(state, {}) if name in QUEUES.values() else {}
    return [f"In the state {state}: {entry[name]}."] if name in entry else []


def _add_value(explanation: Explanation, record: PrintedRecord, table: str, value: Any) -> FieldExplanation:  # noqa: ANN401 - any value of JSON
    own = {"line": record.line, "table": table, "value": value}
    return FieldExplanation.model_validate({**explanation.model_dump(by_alias=True), **own})


def find_records(dump: Dump, line: int) -> list[PrintedRecord]:
    """Find the records that begin in a line, or else the record of several lines that the line belongs to."""
    records: list[PrintedRecord] = [record for table in moments.TABLES for record in getattr(dump, table)]
    found = [record for record in records if record.line == line]
    above = (record for record in records if record.line < line)
    last = max(above, key=lambda record: record.line, default=None)
    return found or ([last] if last and line <= last.line + _count_more_lines(last) else [])


def _count_more_lines(record: PrintedRecord) -> int:
    """Count the lines below the first one of a record, as far as they are certain."""
    if isinstance(record, Connection):
        owner = len(record.components) + (1 if record.components or record.ownership else 0)
        return max(owner, len(record.more_local_addresses), len(record.more_remote_addresses))
    is_long = isinstance(record, Interface) and record.encapsulation is not None
    return MAX_INTERFACE_LINES if is_long else 0
