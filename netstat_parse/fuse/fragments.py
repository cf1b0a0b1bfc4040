r"""Lowered expressions as plain data, and their composition without pyparsing.

`fuse.lower` turns an expression of pyparsing into `Parts`: the elements of a sequence, each with its results name and a
`Fragment`, which is a piece of a regular expression. Grammars compose rows of them at run time, as the printed headings
demand, in three ways that mean the same as in pyparsing::

    sequence([a, b])    a + b
    choice([a, b])      a | b
    option(a)           pp.Opt(a)

Wheels contain the parts and not the expressions, so that a run imports neither pyparsing nor the grammars.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from netstat_parse.fuse.fused import Capture, Fused
from netstat_parse.patterns import BLANK
from netstat_parse.precompiled import compile_pattern

_SKIP_BLANKS = f"{BLANK}*+"

_GROUP = compile_pattern(r"\(\?P<\w+>")
"""The beginning of a capture group; no terminal has one of its own."""


class Fragment(NamedTuple):
    """A piece of a regular expression, and the facts that pieces around it depend on."""

    pattern: str
    captures: tuple[Capture, ...] = ()
    """The capture groups in the pattern, in their order."""
    skips_blanks: bool = False
    """Blanks may precede the pattern."""
    backtracks: bool = False
    """`re` can match the pattern in more than one way."""

    def sealed(self) -> str:
        """Return the whole pattern, closed to backtracking: anything may follow."""
        pattern = f"(?>{self.pattern})" if self.backtracks else self.pattern
        return _SKIP_BLANKS + pattern if self.skips_blanks else pattern

    def alternative(self) -> str:
        """Return the whole pattern for a choice, which is an atomic group itself."""
        return self.sealed() if self.skips_blanks else self.pattern

    def fuse(self) -> Fused:
        """Return the pattern as one that reads rows."""
        return Fused(self.sealed(), self.captures)


class Part(NamedTuple):
    """An element of a sequence."""

    name: str
    """Its results name; empty if it has none."""
    fragment: Fragment


Parts = tuple[Part, ...]
"""A lowered expression: its elements, one behind the other."""

if TYPE_CHECKING:
    import pyparsing as pp

    Expression = pp.ParserElement | Parts
    """An expression in a grammar, or lowered in a wheel."""

END_OF_LINE: Parts = (Part("", Fragment(r"(?:\n|\Z)", skips_blanks=True, backtracks=True)),)
"""`tokens.end_of_line`, lowered."""


def sequence(fragments: Sequence[Fragment]) -> Fragment:
    """Join fragments of which each follows the one before it."""
    first, *others = _rename_groups(fragments)
    pattern = first._replace(skips_blanks=False).sealed() + "".join(other.sealed() for other in others)
    return Fragment(pattern, _captures([first, *others]), skips_blanks=first.skips_blanks)


def choice(fragments: Sequence[Fragment]) -> Fragment:
    """Join fragments of which the first that matches is taken, after the blanks that all of them skip."""
    skips_blanks = all(fragment.skips_blanks for fragment in fragments)
    alternatives = [f._replace(skips_blanks=f.skips_blanks and not skips_blanks) for f in _rename_groups(fragments)]
    pattern = "|".join(alternative.alternative() for alternative in alternatives)
    return Fragment(pattern, _captures(alternatives), skips_blanks, backtracks=True)


def option(fragment: Fragment) -> Fragment:
    """Make a fragment optional; the blanks before it are skipped even if the rest of it does not match."""
    inner = choice([fragment._replace(skips_blanks=False), Fragment("")])
    return inner._replace(skips_blanks=fragment.skips_blanks)


def _captures(fragments: Iterable[Fragment]) -> tuple[Capture, ...]:
    return tuple(capture for fragment in fragments for capture in fragment.captures)


def rename(fragment: Fragment, captures: Sequence[Capture]) -> Fragment:
    """Replace the capture groups of a fragment by as many others, which keep its patterns."""
    first, *texts = _GROUP.split(fragment.pattern)
    renamed = (f"(?P<{new.group}>{text}" for new, text in zip(captures, texts, strict=True))
    return fragment._replace(pattern=first + "".join(renamed), captures=tuple(captures))


def _rename_groups(fragments: Iterable[Fragment]) -> Iterator[Fragment]:
    """Number the groups with equal results names, across all fragments: `pid`, `pid__2`."""
    used = set[str]()
    for fragment in fragments:
        groups = [capture.group for capture in fragment.captures]
        if used.isdisjoint(groups):  # as of nearly all
            used.update(groups)
            yield fragment
            continue
        yield rename(fragment, [c._replace(group=_new_group(c.name, used)) for c in fragment.captures])


def _new_group(name: str, used: set[str]) -> str:
    group = next(own for n in count(1) if (own := f"{name}__{n}" if n > 1 else name) not in used)
    used.add(group)
    return group
