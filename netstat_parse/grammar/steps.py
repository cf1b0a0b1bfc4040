"""The steps that complete the columns of a block once its rows are read."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from netstat_parse.grammar.fields import Fields
from netstat_parse.grammar.protocol import Fact, Lookup, Section
from netstat_parse.records.rows import Columns


class Steps(Fields):
    """Steps that make the columns of a block of rows.

    The steps run in the order of the fields below, and each one sees the results of those before it: `start` gives the
    columns of the constants, which the printed columns are added to, and `complete` runs the others.
    """

    constants: Mapping[str, Any] = MappingProxyType({})
    """Fields with the same value in every row. A printed column of the same name overrides them."""
    repairs: Sequence[Fact] = ()
    """Mend cells that netstat prints wrongly, such as two that run together."""
    words: Mapping[str, Lookup] = MappingProxyType({})
    """Fields whose words are looked up in the vocabularies, if the column of the printed word is there."""
    facts: Sequence[Fact] = ()
    """Derive fields from the columns."""
    tool: str | None = None
    """The program, if only one prints this table: a field of the snapshot."""

    def start(self, count: int) -> Columns:
        """Return the columns of the constants, for this number of rows."""
        return {name: [value] * count for name, value in self.constants.items()}

    def complete(self, columns: Columns, section: Section) -> None:
        """Run the other steps on the columns, in place."""
        for repair in self.repairs:
            repair(columns, section)
        for name, (part, text) in self.words.items():
            if text in columns:
                columns[name] = section.schema_words(part, columns[text])
        for fact in self.facts:
            fact(columns, section)
        if self.tool is not None:
            section.snapshot["tool"] = self.tool
