"""Fragments that are written without pyparsing are what the expressions are lowered to."""

import re

from netstat_parse.fuse.fragments import END_OF_LINE, rename
from netstat_parse.fuse.fused import Capture
from netstat_parse.fuse.lower import lower
from netstat_parse.patterns import BLANK, BLANKS
from netstat_parse.tokens import end_of_line, glued, token


def test_the_end_of_a_line_is_that_of_the_terminals() -> None:
    assert lower(end_of_line) == END_OF_LINE


def test_the_pattern_of_a_blank_has_the_same_characters() -> None:
    assert [char for char in map(chr, range(0x3100)) if re.fullmatch(BLANK, char)] == sorted(BLANKS)


def test_groups_are_renamed_in_their_order() -> None:
    (part,) = lower((token(r"[0-9]+")("pid") + glued(token("/"))) | token(r"\(\?P<pid>")("name"))
    renamed = rename(part.fragment, [Capture("a", "a"), Capture("b", "b")])
    assert [*re.compile(renamed.pattern).groupindex] == ["a", "b"]
    assert renamed.pattern.replace("<a>", "<pid>", 1).replace("<b>", "<name>") == part.fragment.pattern
