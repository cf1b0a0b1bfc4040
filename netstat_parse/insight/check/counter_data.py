"""Parse the data of rules about counters."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from netstat_parse.insight.check.counter_rule import (
    COUNTER_KEYS,
    MODES,
    SCOPES,
    Alternatives,
    Condition,
    CounterRule,
    Limit,
    Mode,
    Sum,
    Sums,
    Term,
    lower,
)
from netstat_parse.records.severities import SEVERITIES
from netstat_parse.schema.findings import Severity


def parse_sums(data: Mapping[str, Any]) -> Sums:
    """Parse named sums: for each name a list of sums, the first printed one of which counts.

    Raises:
        ValueError: a name is wrong.
    """
    for name, value in data.items():
        if not isinstance(value, list) or not all(isinstance(terms, list) for terms in value):
            raise ValueError(f"{name} is not a list of lists of counters")
    return {name: tuple(_parse_terms(terms, name) for terms in value) for name, value in data.items()}


def parse_counter_rules(keys: Mapping[str, Any], sums: Sums) -> tuple[CounterRule, ...]:
    """Parse the counters of a rule: one sum, or several that share what is not in their own tables.

    Raises:
        ValueError: a key is missing or wrong.
    """
    figures = keys.get("figures")
    if figures is None:
        return (_parse("", keys, sums),) if "count" in keys else ()
    if not isinstance(figures, dict) or not all(isinstance(own, dict) for own in figures.values()):
        raise ValueError("figures is not a table of tables")
    shared = {key: value for key, value in keys.items() if key in COUNTER_KEYS - {"figures"}}
    found = []
    for name, own in figures.items():
        unknown = own.keys() - COUNTER_KEYS - {"systems"} | own.keys() & {"figures"}
        if unknown:
            raise ValueError(f"figures.{name}: unknown key {min(unknown)}")
        try:
            found.append(_parse(name, {**shared, **own}, sums))
        except ValueError as error:
            raise ValueError(f"figures.{name}: {error}") from error
    return tuple(found)


def _parse(name: str, keys: Mapping[str, Any], sums: Sums) -> CounterRule:
    if "count" not in keys:
        raise ValueError("count is missing")
    base = _parse_sum(keys["base"], "base", sums) if "base" in keys else None
    limits = sorted(_parse_limits(keys), key=lambda limit: SEVERITIES.index(limit.severity), reverse=True)
    if not limits:
        raise ValueError(f"a severity is missing: {', '.join(SEVERITIES)}")
    if base is None and any(limit.ratio for limit in limits):
        raise ValueError("ratio needs the key base")
    scopes = _parse_words(keys.get("scopes", list(SCOPES)), "scopes")
    if unknown := set(scopes) - set(SCOPES):
        raise ValueError(f"scopes has an unknown word {min(unknown)}; known are {', '.join(SCOPES)}")
    return CounterRule(
        name,
        _parse_message(keys.get("message", "{count}")),
        _parse_sum(keys["count"], "count", sums),
        base,
        _parse_least(keys.get("least_base", 1), "least_base"),
        _parse_least(keys.get("least_count", 1), "least_count"),
        _parse_words(keys.get("systems", []), "systems"),
        scopes,
        tuple(limits),
        _parse_conditions(keys, "where", sums),
        _parse_conditions(keys, "unless", sums),
        _parse_conditions(keys, "lowered_where", sums),
        _parse_words(keys.get("names", []), "names"),
        _parse_words(keys.get("skipped_names", []), "skipped_names"),
        frozenset(_parse_words(keys.get("skipped_flags", []), "skipped_flags")),
    )


def _parse_limits(keys: Mapping[str, Any]) -> Iterator[Limit]:
    """Yield the limits: those of one mode, and those of both, which are one step lower since the start.

    Raises:
        ValueError: a key is unknown or wrong.
    """
    same = {"lower": False, "same": True}.get(keys.get("since_start", "lower"))
    if same is None:
        raise ValueError("since_start is neither lower nor same")
    for severity in SEVERITIES:
        for values in _tables(keys.get(severity, []), severity):
            yield _parse_limit(severity, "comparison", values, severity)
            yield _parse_limit(severity if same else lower(severity), "dump", values, severity)
    for mode in MODES:
        own = keys.get(mode, {})
        if not isinstance(own, dict) or own.keys() - set(SEVERITIES):
            raise ValueError(f"{mode} is not a table of {', '.join(SEVERITIES)}")
        for severity in SEVERITIES:
            for values in _tables(own.get(severity, []), f"{mode}.{severity}"):
                yield _parse_limit(severity, mode, values, f"{mode}.{severity}")


def _parse_limit(severity: Severity, mode: Mode, values: Mapping[str, Any], key: str) -> Limit:
    known = {found.name for found in fields(Limit)} - {"severity", "mode"}
    if unknown := values.keys() - known:
        raise ValueError(f"{key}: unknown key {min(unknown)}; known are {', '.join(sorted(known))}")
    for name, value in values.items():
        if name != "untimed":
            _parse_number(value, f"{key}.{name}")
        elif not isinstance(value, bool):
            raise ValueError(f"{key}.{name} is neither true nor false: {value!r}")
    if not values:
        raise ValueError(f"{key} has no condition; known are {', '.join(sorted(known))}")
    return Limit(severity, mode, **values)


def _parse_conditions(keys: Mapping[str, Any], key: str, sums: Sums) -> tuple[Condition, ...]:
    return tuple(_parse_condition(values, key, sums) for values in _tables(keys.get(key, []), key))


def _parse_condition(values: Mapping[str, Any], key: str, sums: Sums) -> Condition:
    if unknown := values.keys() - {"count", "base", "least", "ratio"}:
        raise ValueError(f"{key}: unknown key {min(unknown)}")
    if "count" not in values:
        raise ValueError(f"{key}: count is missing")
    return Condition(
        count=_parse_sum(values["count"], f"{key}.count", sums),
        base=_parse_sum(values["base"], f"{key}.base", sums) if "base" in values else None,
        least=int(_parse_number(values.get("least", 1), f"{key}.least")),
        ratio=_parse_number(values.get("ratio", 0), f"{key}.ratio"),
    )


def _parse_number(value: object, key: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{key} is not a number of 0 or more: {value!r}")
    return value


def _tables(data: object, key: str) -> Sequence[Mapping[str, Any]]:
    """Return a table, or a list of them, as a list."""
    tables: list[object] = data if isinstance(data, list) else [data]
    found = [values for values in tables if isinstance(values, dict)]
    if len(found) < len(tables):
        raise ValueError(f"{key} is not a table, nor a list of tables")
    return found


def _parse_least(value: object, key: str) -> Mapping[Mode, int]:
    if isinstance(value, dict):
        if value.keys() != set(MODES):
            raise ValueError(f"{key} has other keys than {' and '.join(MODES)}")
        return {mode: int(_parse_number(value[mode], f"{key}.{mode}")) for mode in MODES}
    return dict.fromkeys(MODES, int(_parse_number(value, key)))


def _parse_sum(value: object, key: str, sums: Sums) -> Alternatives:
    if isinstance(value, str):
        if value not in sums:
            raise ValueError(f"{key}: no sum has the name {value!r}; known are {', '.join(sorted(sums))}")
        return sums[value]
    return (_parse_terms(value, key),)


def _parse_terms(value: object, key: str) -> Sum:
    if value == []:
        raise ValueError(f"{key} is empty")
    return tuple(_parse_term(word, key) for word in _parse_words(value, key))


def _parse_term(word: str, key: str) -> Term:
    """Parse `Tcp.RetransSegs`, `-Tcp.RetransSegs` or `Tcp.RetransSegs?`."""
    name = word.removeprefix("-").removesuffix("?")
    group, dot, field = name.partition(".")
    if not (group.isalnum() and dot and field.replace("_", "").isalnum()):
        raise ValueError(f"{key}: not the name of a counter in the kernel, nor `interface.` and a field: {word!r}")
    return Term(name, -1 if word.startswith("-") else 1, word.endswith("?"))


def _parse_words(value: object, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise ValueError(f"{key} is not a list of words")
    return tuple(value)


def _parse_message(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("message is no text")  # noqa: TRY004 - bad data, as all of its errors
    try:
        value.format(count="", base="", ratio="")
    except (KeyError, ValueError, IndexError, AttributeError) as error:
        raise ValueError(f"message has other fields than {{count}}, {{base}} and {{ratio}}: {value!r}") from error
    return value
