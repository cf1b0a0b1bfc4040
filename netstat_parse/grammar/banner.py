"""Lines in which a program identifies itself, such as its version. They hold no records."""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from netstat_parse.fuse.fused import Fused
from netstat_parse.grammar.base import GrammarFields
from netstat_parse.grammar.lines import compile_line
from netstat_parse.grammar.protocol import ParsedRows, Section, UniformGrammar

if TYPE_CHECKING:
    from netstat_parse.fuse.fragments import Expression


class Banner(GrammarFields, UniformGrammar):
    """The banner of a program: all of its lines count as headings."""

    kind: str | None = None
    first_line: "Expression"
    """The first line. Results names are fields of the snapshot."""
    further_line: "Expression"
    """A line that may follow."""
    constants: Mapping[str, str] = MappingProxyType({})
    """Other fields of the snapshot that the banner implies."""

    @cached_property
    def _first(self) -> Fused:
        return compile_line(self.first_line)

    @cached_property
    def _further(self) -> Fused:
        return compile_line(self.further_line)

    @property
    def opening(self) -> Fused:
        """The first line."""
        return self._first

    def is_row(self, text: str, at: int = 0) -> bool:
        """Return whether the banner begins at this offset."""
        return self._first.pattern.match(text, at) is not None

    def take(self, text: str, at: int, section: Section) -> ParsedRows | None:
        """Read the lines of the banner; its fields go into `Section.snapshot`."""
        start = at
        while at < len(text):
            if found := self._first.pattern.match(text, at):
                values = self._first.columns([found.groups()])
                section.snapshot.update(self.constants, **{name: column[0] for name, column in values.items()})
            elif not (found := self._further.pattern.match(text, at)):
                break
            at = found.end()
        if at == start:
            return None
        height = text.count("\n", start, at) + (text[at - 1] != "\n")
        section.rows += height
        return ParsedRows({}, [], at, height, headings=height)
