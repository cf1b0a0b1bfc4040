"""Explain the rules of `check`."""

from collections.abc import Iterator

from netstat_parse.insight.check.rules import load_rules
from netstat_parse.schema.explanation import Explanation


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
