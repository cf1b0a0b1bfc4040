"""The appearance of output: on a terminal, or in a file or a pipe."""

from netstat_parse.named_fields import NamedFields

TEXT_WIDTH = 100
"""Width in characters of paragraphs that are not written to a terminal."""


class Appearance(NamedFields):
    """The widths, colours and indentation of an output; the default is that of a file."""

    width: int | None = None
    """Width of the terminal in characters; None if the output is no terminal."""
    has_color: bool = False
    """True to write ANSI colours."""
    is_indented: bool = False
    """True to write JSON on several lines."""
    text_width: int = TEXT_WIDTH
    """Width of paragraphs in characters: that of the terminal if there is one."""


IN_FILE = Appearance()
"""The appearance in a file: every byte is the record's, for programs."""
