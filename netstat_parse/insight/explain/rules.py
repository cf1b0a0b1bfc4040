"""The rules of `check`: which of them use a counter, and what each means."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from netstat_parse.insight.check.counter_rule import Alternatives, CounterRule
from netstat_parse.insight.check.rules import load_rules
from netstat_parse.schema.explanation import Explanation
from netstat_parse.systems.mib import IPV4_NAMES


def find_rules(kernel_name: str) -> list[str]:
    """Return the identifiers of the rules that use a counter, by its name in the kernel."""
    table, _, name = kernel_name.partition(".")
    return _rules_by_counter().get(f"{table.removesuffix('6')}.{IPV4_NAMES.get(kernel_name, name)}", [])


def explain_rules() -> Iterator[Explanation]:
    """Yield the explanation of each rule, whose identifier is its term."""
    for name, rule in load_rules().items():
        yield Explanation(
            term=name,
            kind="rule",
            meaning=f"{rule.meaning} Remedy: {rule.remedy}",
            sources=[rule.source],
            rules=[name],
        )


@cache
def _rules_by_counter() -> Mapping[str, list[str]]:
    found = defaultdict[str, list[str]](list)
    for name, rule in load_rules().items():
        counters = {counter for counter_rule in rule.counters for counter in _counters_of(counter_rule)}
        for counter in counters:
            found[counter].append(name)
    return found


def _counters_of(rule: CounterRule) -> Iterator[str]:
    conditions = (*rule.where, *rule.unless, *rule.lowered_where)
    sums: list[Alternatives | None] = [rule.count, rule.base]
    sums += [alternatives for condition in conditions for alternatives in (condition.count, condition.base)]
    for alternatives in sums:
        yield from (term.name for terms in alternatives or () for term in terms)
