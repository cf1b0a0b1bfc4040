"""The prefixes that were learnt from the last lines, and those that may still be proven."""

import re
from math import inf

from netstat_parse.named_fields import NamedFields
from netstat_parse.precompiled import compile_pattern
from netstat_parse.reading import suffixes, templates
from netstat_parse.reading.anchors import Anchor
from netstat_parse.reading.recognizer import TableRecognizer
from netstat_parse.reading.templates import MAX_PREFIX_CHARS, MIN_EPOCH_DIGITS, Template

MAX_HELD_LINES = 6
"""Distance in lines between two lines that prove a prefix, and from a proof to the first line that loses the prefix."""

MAX_GAP_LINES = 40
"""Lines without a prefix after which it is forgotten."""

MAX_PREFIXES = 8
"""Prefixes that are stripped at the same time."""

MAX_ORIGINS = 256
"""Origins that one prefix names at the same time."""

_WEAK = compile_pattern(r"[ \t]*+\d++[ \t]++\S|[^\n]*?(?:[:=：][ \t]*+|[ \t])-?\d++(?:\s|$)")
"""Text that a title above makes a row: it has a number."""

_COUNTER = compile_pattern(r"[ \t]*(?:-?\d+[ \t]+[^\W\d_]|\S[^:]*:[ \t]*-?\d+[ \t]*$)")
"""Text that a short title above makes a counter of Linux."""

_BLANKS = compile_pattern(r"[ \xa0]*")


class Prefix:
    """A prefix that is learnt."""

    def __init__(self, template: Template, pattern: re.Pattern[str], padding: int, last: int) -> None:
        self.template = template
        self.pattern = pattern
        self.padding = padding
        """Maximum number of blanks that belong to the prefix."""
        self.last = last
        """The last line that has it."""
        self.origins: dict[str | None, int] = {}
        """The origins of netstat's lines, each with its last line; a line of another origin is foreign."""
        self.number = 0
        """The last line number in the prefix, if that is all it has."""


class _Candidate(NamedFields):
    """A prefix that one line proposes."""

    prefix: Prefix
    anchor: Anchor
    line: int


class Stripped(NamedFields):
    """A line without its prefix."""

    text: str
    prefix: str
    end: int
    """Length of the prefix without blanks at its end."""
    origin: str | None
    learnt: Prefix
    number: int


class LearntPrefixes:
    """Learns prefixes and strips them."""

    def __init__(self, recognizer: TableRecognizer) -> None:
        self._recognizer = recognizer
        self._learnt: dict[str, Prefix] = {}
        """Prefixes by pattern; the one that was seen last is last."""
        self._candidates: dict[tuple[str, str | None], _Candidate] = {}

    def __bool__(self) -> bool:
        return bool(self._learnt or self._candidates)

    @property
    def may_be_diff(self) -> bool:
        """True if the marks of a diff may be before the lines, of which one is a blank."""
        return templates.DIFF in self._learnt or (templates.DIFF, None) in self._candidates

    def forget_before(self, line: int) -> float:
        """Forget prefixes that no line close to this one has; return the line at which the next may be forgotten."""
        if self._learnt:
            for pattern in [key for key, prefix in self._learnt.items() if line - prefix.last > MAX_GAP_LINES]:
                del self._learnt[pattern]
        if self._candidates:
            for key in [key for key, found in self._candidates.items() if line - found.line > MAX_HELD_LINES]:
                del self._candidates[key]
        ends = [prefix.last + MAX_GAP_LINES + 1 for prefix in self._learnt.values()]
        return min((*ends, *(found.line + MAX_HELD_LINES + 1 for found in self._candidates.values())), default=inf)

    def match(self, line: str, number: int) -> Stripped | None:
        """Strip the longest learnt prefix that the line has; `number` is the line's."""
        best: Stripped | None = None
        for prefix in self._learnt.values():
            found = _match(prefix, line)
            if found and found.origin in prefix.origins and _continues(prefix, found):
                best = found if best is None or found.end > best.end else best
        if best:
            self._see(best, number)
        return best

    def match_above(self, line: str, below: Stripped) -> Stripped | None:
        """Strip the prefix of a line that a line below has."""
        found = _match(below.learnt, line)
        if found is None or found.origin != below.origin:
            return None
        return None if below.learnt.template.counts and found.number >= below.number else found

    def prove_below(self, line: str, number: int) -> Stripped | None:
        """Learn the prefix that a title or headings above and a row in this line have."""
        for candidate in self._candidates.values():
            kind = candidate.anchor.kind
            if kind != "row":
                found = _match(candidate.prefix, line)
                if found and self._is_of(candidate, found.origin, number):
                    weak = _COUNTER if kind == "counters" else _WEAK
                    if weak.match(suffixes.strip_closing(found.text, found.prefix)):
                        is_same = found.origin == candidate.prefix.template.origin
                        return self._learn(candidate.prefix if is_same else _without_origin(candidate), line, number)
        return None

    def _is_of(self, candidate: _Candidate, origin: str | None, number: int) -> bool:
        """Return whether a line may be of the table of a candidate: the origin is the same, or a tag of each line."""
        template = candidate.prefix.template
        if origin == template.origin:
            return True
        is_below = template.may_vary and candidate.line == number - 1
        return is_below and (template.pattern, origin) not in self._candidates

    def _find_varying(self, template: Template, anchor: Anchor, number: int) -> Prefix | None:
        """Return the prefix, without origin, if a tag in it differs between a title and the headings or row below."""
        if not template.may_vary:
            return None
        if learnt := self._learnt.get(template.pattern):
            return learnt if learnt.template.origin is None else None
        above = {"headings": ("title", "counters"), "row": ("title", "headings")}.get(anchor.kind, ())
        for candidate in self._candidates.values():
            known = candidate.prefix.template
            is_like = known.pattern == template.pattern and candidate.anchor.kind in above
            if is_like and known.origin != template.origin and self._is_of(candidate, template.origin, number):
                return _without_origin(candidate)
        return None

    def propose(self, line: str, text: str, anchor: Anchor, number: int) -> Stripped | None:
        """Learn the prefix before an anchor if it is proven; else keep it as a candidate.

        Args:
            line: the line.
            text: the prefix, without blanks at its end.
            anchor: the anchor.
            number: the number of the line.
        """
        if len(text) > MAX_PREFIX_CHARS:
            return None
        blanks = anchor.start - len(text)
        template = templates.learn(text, is_glued=not blanks)
        padding = min(blanks, 1) if anchor.indent is None else max(blanks - anchor.indent, 0)
        if varying := self._find_varying(template, anchor, number):
            varying.padding = min(varying.padding, padding)
            return self._learn(varying, line, number)
        key = (template.pattern, template.origin)
        earlier = self._candidates.get(key)
        is_title = anchor.kind in {"title", "counters"}
        known = self._learnt.get(template.pattern)
        prefix = known or Prefix(template, compile_pattern(template.pattern), padding, number)
        prefix.template = template
        if known and template.origin in known.origins:
            return self._learn(prefix, line, number)
        if earlier and not (is_title and earlier.anchor.kind in {"title", "counters"}):
            prefix.padding = min(prefix.padding, earlier.prefix.padding)
        elif is_title or not (template.is_evident and self._is_netstat(line[anchor.start :], text)):
            self._candidates[key] = _Candidate(prefix, anchor, number)
            return None
        return self._learn(prefix, line, number)

    def _is_netstat(self, text: str, prefix: str) -> bool:
        plain = suffixes.strip_sure(suffixes.strip_closing(text, prefix))
        return any(map(self._recognizer.is_netstat_line, dict.fromkeys((text, plain))))

    def _learn(self, prefix: Prefix, line: str, number: int) -> Stripped | None:
        found = _match(prefix, line)
        if found is None:
            return None
        if len(self._learnt) >= MAX_PREFIXES and prefix.template.pattern not in self._learnt:
            del self._learnt[min(self._learnt, key=lambda key: self._learnt[key].last)]
        known = self._learnt.get(prefix.template.pattern, prefix)
        prefix.origins = known.origins | prefix.origins
        if len(prefix.origins) >= MAX_ORIGINS and found.origin not in prefix.origins:
            del prefix.origins[min(prefix.origins, key=prefix.origins.__getitem__)]
        self._learnt[prefix.template.pattern] = prefix
        self._candidates.pop((prefix.template.pattern, found.origin), None)
        self._see(found, number)
        return found

    def _see(self, found: Stripped, number: int) -> None:
        prefix = found.learnt
        prefix.origins[found.origin] = number
        if not found.prefix.isspace():  # a blank in a diff is no evidence
            prefix.last = number
        prefix.number = found.number


def _without_origin(candidate: _Candidate) -> Prefix:
    prefix = candidate.prefix
    return Prefix(prefix.template._replace(origin=None), prefix.pattern, prefix.padding, prefix.last)


def _match(prefix: Prefix, line: str) -> Stripped | None:
    """Strip a prefix from a line that has it."""
    found = prefix.pattern.match(line)
    if found is None:
        return None
    digits = found[0].strip(":- \xa0") if prefix.template.counts else "0"
    if len(digits) >= MIN_EPOCH_DIGITS:
        return None  # no line number
    end = found.end()
    blanks = _BLANKS.match(line, end, end + prefix.padding)
    text = line[blanks.end() if blanks else end :]
    origin = " ".join(found["origin"].split()) if prefix.template.origin is not None else None
    number = int(digits)
    return Stripped(text, found[0], end, origin, prefix, number)


def _continues(prefix: Prefix, found: Stripped) -> bool:
    """Return whether a line number continues those above: an IPv6 address or a column may look like one."""
    if not prefix.template.counts:
        return True
    return found.number > prefix.number if found.prefix.endswith((":", "-")) else found.number == prefix.number + 1
