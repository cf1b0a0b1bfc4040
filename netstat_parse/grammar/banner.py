"""Lines that tell of the program and hold no records, such as its version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pyparsing as pp

from netstat_parse.fuse.fused import Fused
from netstat_parse.fuse.lower import fuse
from netstat_parse.grammar.protocol import ParsedRows, UniformGrammar
from netstat_parse.grammar.section import Section
from netstat_parse.tokens import end_of_line, on_one_line


@dataclass(frozen=True, eq=False, kw_only=True)
class Banner(UniformGrammar):
    """What a program prints of itself: all of its lines count as headings."""

    name: str
    """What is printed."""
    kind: str = "snapshots"
    """Where it goes: its first line names fields of the snapshot."""
    first: pp.ParserElement
    """The line that it begins with."""
    further: pp.ParserElement
    """A line that may follow."""
    constants: Mapping[str, Any] = field(default_factory=dict)
    """What else follows for the snapshot."""

    @cached_property
    def _first(self) -> Fused:
        return fuse(on_one_line(pp.And([self.first, end_of_line])))

    @cached_property
    def _further(self) -> Fused:
        return fuse(on_one_line(pp.And([self.further, end_of_line])))

    def may_open(self, text: str) -> bool:
        """Whether it begins there."""
        return self.is_row(text)

    def is_row(self, text: str, at: int = 0) -> bool:
        """Whether it begins there."""
        return self._first.pattern.match(text, at) is not None

    def take(self, text: str, at: int, section: Section) -> ParsedRows | None:
        """Read its lines."""
        start = at
        while at < len(text):
            if found := self._first.pattern.match(text, at):
                told = self._first.columns([found.groups()])
                section.snapshot.update(self.constants, **{name: values[0] for name, values in told.items()})
            elif not (found := self._further.pattern.match(text, at)):
                break
            at = found.end()
        if at == start:
            return None
        height = text.count("\n", start, at) + (text[at - 1] != "\n")
        section.rows += height
        return ParsedRows({}, [], at, height, headings=height)
