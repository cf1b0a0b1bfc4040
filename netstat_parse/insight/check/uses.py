"""The rules that use a counter or a field of an interface."""

from functools import cache

from netstat_parse.insight.check.rules import load_rules
from netstat_parse.insight.facts.kernel_counters import name_without_family


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
    return tuple((rule.id, frozenset(rule.list_uses())) for rule in load_rules().values())
