"""Read text with one grammar, without the reader."""

from netstat_parse.grammar.protocol import Grammar, ParsedRows, Section
from netstat_parse.systems.words import Words


def make_section(grammar: Grammar, *, header: str = "", is_last: bool = True) -> Section:
    """Return a new section of a table of Linux; `is_last` if no more text follows."""
    section = Section(grammar, grammar.layout(), Words("linux"), header=header)
    section.is_last = is_last
    return section


def take(grammar: Grammar, text: str, section: Section | None = None) -> ParsedRows:
    """Read the rows at the beginning of a text; fail if there is none."""
    section = section or make_section(grammar)
    rows = section.layout.take(text, 0, section)
    assert rows is not None
    return rows
