"""The rules that use a counter or a field of an interface."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from netstat_parse.insight.check.rules import Rule, load_rules
from netstat_parse.insight.facts.kernel_counters import name_without_family

if TYPE_CHECKING:
    from netstat_parse.insight.check.counter_rule import Alternatives


def find_rules(name: str) -> list[str]:
    """Return the identifiers of the built-in rules that use a counter, in their order.

    Args:
        name: its name in the kernel, `Ip6.InReceives`; or `interfaces.` and a field.
    """
    interface, dot, field = name.partition("interfaces.")
    wanted = f"interface.{field}" if dot and not interface else name_without_family(name)
    return [rule for rule, names in _list_uses() if wanted in names]


@cache
def _list_uses() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((rule.id, frozenset(_list_names(rule))) for rule in load_rules().values())


def _list_names(rule: Rule) -> Iterator[str]:
    yield from rule.uses
    for counters in rule.counters:
        conditions = (*counters.where, *counters.unless, *counters.lowered_where)
        sums: list[Alternatives | None] = [counters.count, counters.base]
        sums += [alternatives for condition in conditions for alternatives in (condition.count, condition.base)]
        yield from (term.name for alternatives in sums for terms in alternatives or () for term in terms)
