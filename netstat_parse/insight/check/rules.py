"""The rules: built-in ones, and a file of the user that adds to them, changes them or switches them off."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from netstat_parse.generated_modules import read_toml
from netstat_parse.insight.check.cases import Limits
from netstat_parse.insight.check.counter_data import parse_counter_rules, parse_sums
from netstat_parse.insight.check.counter_rule import COUNTER_KEYS, Alternatives, CounterRule, Sums
from netstat_parse.insight.facts.addresses import MAX_PORT
from netstat_parse.insight.facts.counters import find_counter, load_counters
from netstat_parse.insight.facts.dynamic_ports import DYNAMIC_PORTS
from netstat_parse.systems.catalog import systems

DATA = ("counter_rules.toml", "record_rules.toml")
"""Files of the built-in rules. A rule may be in both: then it looks at counters and at records."""

SUMS, PORTS = "sums", "ports"
"""Tables of a file that are no rules: named sums of counters, and the ranges of dynamic ports."""

Threshold = Literal["published", "ours"]

TEXTS = ("meaning", "remedy", "source")
"""Texts of a rule, which become those of its findings."""

GROWING_GROUPS = ("TcpExt.", "IpExt.", "MPTcpExt.", "Icmp.", "IcmpMsg.", "Sctp.")
"""Groups to which new kernels add counters, so that a rule may name one that this version does not know."""

NAMES = ("systems", "lowered_by", "raised_by", "uses")
"""Lists of names that any rule may have."""


TYPE_NAMES = {bool: "boolean", int: "number", float: "number", str: "text", list: "list", dict: "table"}
"""Types of TOML by those of Python."""


class _Shared(NamedTuple):
    """Data that several rules use."""

    sums: Sums
    dynamic_ports: Mapping[str, Sequence[int]]


class Rule(NamedTuple):
    """A rule: its texts, and what it looks for."""

    id: str
    meaning: str
    remedy: str
    source: str
    threshold: Threshold
    systems: tuple[str, ...]
    """Systems that it applies to; empty for all."""
    lowered_by: tuple[str, ...]
    """Rules that make this one step less severe where they apply, too."""
    raised_by: tuple[str, ...]
    """Rules that make this one step more severe where they apply, too."""
    uses: tuple[str, ...]
    """Counters that its function looks at."""
    counters: tuple[CounterRule, ...]
    """Counters that it judges."""
    limits: Limits
    """Thresholds for the function of the rule, if it has one."""

    def list_uses(self) -> Iterator[str]:
        """Yield the names of the counters, and `interface.` with the fields, that the rule looks at."""
        yield from self.uses
        for counters in self.counters:
            conditions = (*counters.where, *counters.unless, *counters.lowered_where)
            sums: list[Alternatives | None] = [counters.count, counters.base]
            sums += [alternatives for condition in conditions for alternatives in (condition.count, condition.base)]
            yield from (term.name for alternatives in sums for terms in alternatives or () for term in terms)


Rules = Mapping[str, Rule]
"""Rules by identifier."""


def load_rules(path: Path | None = None) -> Rules:
    """Load the built-in rules, changed by a file of the user if one is given.

    The file has the form of the built-in ones. A table of its own adds a rule, one with the name of a built-in rule
    changes the keys that it has, and `enabled = false` switches a rule off.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is no TOML, or a rule is wrong; the message names the file, the rule and the key.
    """
    if path is None:
        return _built_in()
    try:
        own = tomllib.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    return _change(own, str(path))


@cache
def _built_in() -> Rules:
    data = _load_data()
    shared = _Shared(parse_sums(data.get(SUMS, {})), DYNAMIC_PORTS)
    return {name: _make_rule(name, keys, shared) for name, keys in data.items() if name != SUMS}


@cache
def _load_data() -> Mapping[str, Any]:
    return _merge(*(read_toml(__package__, name) for name in DATA))


def _merge(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Merge tables: what is in both is that of the new one, table by table."""
    merged = dict(old)
    for key, value in new.items():
        below = merged.get(key)
        merged[key] = _merge(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def _change(own: Mapping[str, Any], source: str) -> Rules:
    """Change the built-in rules by the tables of a user's file.

    Raises:
        ValueError: a table is wrong.
    """
    data = _load_data()
    try:
        sums = parse_sums(_merge(data.get(SUMS, {}), _table(own.get(SUMS, {}), SUMS)))
    except ValueError as error:
        raise ValueError(f"{source}: {SUMS}: {error}") from error
    try:
        shared = _Shared(sums, _change_ports(_table(own.get(PORTS, {}), PORTS)))
    except ValueError as error:
        raise ValueError(f"{source}: {PORTS}: {error}") from error
    rules = {name: _make_rule(name, keys, shared) for name, keys in data.items() if name != SUMS}
    for name in own.keys() - {SUMS, PORTS}:
        try:
            keys = _change_keys(data.get(name), _table(own[name], name), source)
            _check_name(name, keys, data.keys() - {SUMS})
            rules[name] = _make_rule(name, keys, shared)
            _check_rule(rules[name], {*data, *own} - {SUMS, PORTS}, is_new=name not in data)
        except ValueError as error:
            raise ValueError(f"{source}: rule {name}: {error}") from error
    return {name: rule for name, rule in rules.items() if own.get(name, {}).get("enabled", True)}


def _change_keys(built_in: Mapping[str, Any] | None, own: Mapping[str, Any], source: str) -> Mapping[str, Any]:
    """Return the keys of a rule, and where they are from.

    Raises:
        ValueError: a key is unknown, or its value has another type.
    """
    if built_in is None:
        return {"source": source, **own}
    _check_keys(built_in, own)
    is_same = own.keys() <= {*TEXTS, "threshold", "enabled"}
    origin = {} if is_same else {"source": f"{built_in['source']}; changed by {source}", "threshold": "ours"}
    return _merge({**built_in, **origin}, own)


def _change_ports(own: Mapping[str, Any]) -> Mapping[str, Sequence[int]]:
    """Change the ranges of dynamic ports.

    Raises:
        ValueError: there is no such system, or a range is none.
    """
    for system, ports in own.items():
        if system not in DYNAMIC_PORTS:
            raise ValueError(f"unknown key {system}; known are {', '.join(DYNAMIC_PORTS)}")
        if not isinstance(ports, list) or [type(port) for port in ports] != [int, int] or not _is_range(*ports):
            raise ValueError(f"{system} is not a range of ports, as [32768, 60999]: {ports!r}")
    return {**DYNAMIC_PORTS, **own}


def _is_range(first: int, last: int) -> bool:
    return 0 < first <= last <= MAX_PORT


def _check_name(name: str, keys: Mapping[str, Any], built_in: AbstractSet[str]) -> None:
    """Check that a rule without counters, so not one of the user, is no misspelt built-in one.

    Raises:
        ValueError: it is one.
    """
    if name in built_in or not keys.keys().isdisjoint({"count", "figures"}):
        return
    if inner := sorted(key for key, value in keys.items() if isinstance(value, dict) and key in built_in):
        raise ValueError(f"there is no such rule; write [{inner[0]}] instead of [{name}.{inner[0]}]")
    similar = get_close_matches(name, built_in, n=1)
    if similar:
        raise ValueError(f"there is no such rule; did you mean {similar[0]}?")


def _check_rule(rule: Rule, known: AbstractSet[str], *, is_new: bool) -> None:
    """Check what a rule of the user refers to.

    Raises:
        ValueError: it has no counters nor a function, or there is no such rule, system or counter.
    """
    if is_new and not rule.counters:
        raise ValueError("a rule of your own needs the key count")
    named = {*rule.systems, *(name for counters in rule.counters for name in counters.systems)}
    if unknown := named - set(systems()):
        raise ValueError(f"systems has an unknown name {min(unknown)}")
    for key, names in (("lowered_by", rule.lowered_by), ("raised_by", rule.raised_by)):
        if unknown := set(names) - known:
            raise ValueError(f"{key} has an unknown name {min(unknown)}")
    for name in rule.list_uses():
        if find_counter(name) is None and not name.startswith(GROWING_GROUPS):
            similar = get_close_matches(name, load_counters(), n=1)
            raise ValueError(f"no netstat prints a counter {name}" + f"; did you mean {similar[0]}?" * bool(similar))


def _table(value: object, key: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{key} is not a table")  # noqa: TRY004 - bad data, as all of its errors
    return value


def _check_keys(built_in: Mapping[str, Any], own: Mapping[str, Any]) -> None:
    """Check the thresholds of a function that a user changes: it has these and no others.

    Raises:
        ValueError: a key is unknown, or its value has another type.
    """
    known, changed = dict(_thresholds(built_in)), dict(_thresholds(own))
    for key, value in changed.items():
        if key not in known:
            expected = f"; known are {', '.join(sorted(known))}" if known else ""
            raise ValueError(f"unknown key {key}{expected}")
        number = (int, float)
        same = isinstance(value, number if isinstance(known[key], number) else type(known[key]))
        if not same or isinstance(value, bool) != isinstance(known[key], bool):
            raise ValueError(f"{key} is not a {TYPE_NAMES[type(known[key])]}: {value!r}")


def _thresholds(keys: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    known = {*TEXTS, *NAMES, "threshold", "enabled", *COUNTER_KEYS}
    return ((key, value) for key, value in keys.items() if key not in known)


def _make_rule(name: str, keys: Mapping[str, Any], shared: _Shared) -> Rule:
    """Make a rule of its table.

    Raises:
        ValueError: a key is missing or wrong.
    """
    threshold = keys.get("threshold", "ours")
    if threshold not in get_args(Threshold):
        raise ValueError(f"threshold is none of {', '.join(get_args(Threshold))}: {threshold!r}")
    if not isinstance(keys.get("enabled", True), bool):
        raise ValueError("enabled is not true or false")  # noqa: TRY004 - bad data, as all of its errors
    return Rule(
        id=name,
        meaning=_text(keys, "meaning"),
        remedy=_text(keys, "remedy"),
        source=_text(keys, "source"),
        threshold=threshold,
        systems=_names(keys, "systems"),
        lowered_by=_names(keys, "lowered_by"),
        raised_by=_names(keys, "raised_by"),
        uses=_names(keys, "uses"),
        counters=parse_counter_rules(keys, shared.sums),
        limits={**dict(_thresholds(keys)), "dynamic_ports": shared.dynamic_ports},
    )


def _text(keys: Mapping[str, Any], key: str) -> str:
    text = keys.get(key)
    if not isinstance(text, str):
        raise ValueError(f"{key} is missing or no text")  # noqa: TRY004 - bad data, as all of its errors
    return text


def _names(keys: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = keys.get(key, [])
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValueError(f"{key} is not a list of names")
    return tuple(value)
