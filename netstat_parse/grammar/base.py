"""The fields that every kind of grammar here has."""

from collections.abc import Sequence

from netstat_parse.grammar.fields import Fields
from netstat_parse.grammar.protocol import Grammar


class GrammarFields(Fields, Grammar):
    """The fields of `Grammar`, which documents them, as parameters of each kind."""

    name: str
    kind: str | None
    titles: Sequence[str] = ()
    by_shape: bool = True
