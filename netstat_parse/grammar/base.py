"""The fields that every kind of grammar here has."""

from collections.abc import Sequence
from dataclasses import dataclass

from netstat_parse.grammar.protocol import Grammar


@dataclass(frozen=True, eq=False, kw_only=True, init=False, repr=False)  # each kind has its own; these would cost 1 ms
class GrammarFields(Grammar):
    """The fields of `Grammar`, which documents them, as parameters of each kind."""

    name: str
    kind: str | None
    titles: Sequence[str] = ()
    by_shape: bool = True
